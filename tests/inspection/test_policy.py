"""The default judgements."""

from __future__ import annotations

import pytest

from orderlib.inspection.characteristic import UnitVerdict
from orderlib.inspection.control import InspectionStage
from orderlib.inspection.policy import DEFAULTS, OUTCOMES, ByAcceptanceNumber, ByGradeAndStage, ByRole
from orderlib.inspection.record import Disposition, Examination, InspectionReport, Nonconformity
from orderlib.inspection.sampling import sampling_plan
from orderlib.values.instant import instant
from orderlib.values.lines import Lines
from orderlib.values.party import Actor
from orderlib.values.quantity import Quantity


def fault(grade="major", stage=InspectionStage.FINAL):
    """Three pumps that do not conform."""
    return Nonconformity(id="NC", item_id="P-7", quantity=Quantity(3), stage=stage, grade=grade)


class TestByAcceptanceNumber:
    @pytest.mark.parametrize(
        ("found", "outcome", "others"),
        [
            (1, "accepted", ["inspection.rejects", "inspection.marginal"]),
            (2, "marginal", ["inspection.accepts", "inspection.rejects"]),
            (4, "rejected", ["inspection.accepts", "inspection.marginal"]),
        ],
    )
    def test_by_the_numbers_of_the_plan(self, lot, found, outcome, others):
        """With what would have changed it."""
        known = lot().lot()
        examination = Examination(1, sampling_plan(3000, "1.0", severity="reduced"), 50, found)
        decision = ByAcceptanceNumber()(known, examination)
        assert (decision.outcome, [each.code for each in decision.otherwise]) == (outcome, others)
        assert all("?" not in each.message("zh") for each in decision.reasons)

    def test_without_a_gap_nothing_is_marginal(self, lot):
        """Two outcomes only."""
        decision = ByAcceptanceNumber()(lot().lot(), Examination(1, sampling_plan(1000, "1.0"), 80, 0))
        assert [each.code for each in decision.otherwise] == ["inspection.rejects"]

    def test_a_critical_unit_is_too_many(self, lot):
        """Whatever the acceptance number."""
        unit = UnitVerdict("7", (), "critical")
        told = InspectionReport("R", 80, 1, "lin", instant("2026-03-02T08:00:00Z"), units=[unit])
        examination = Examination(1, sampling_plan(1000, "1.0"), 80, 1, reports=Lines([told]))
        decision = ByAcceptanceNumber()(lot().lot(), examination)
        assert (decision.outcome, decision.reasons[0].code) == ("rejected", "inspection.critical")


class TestByGradeAndStage:
    @pytest.mark.parametrize(
        ("grade", "stage", "disposition"),
        [
            ("minor", "incoming", "return-to-supplier"),
            ("critical", "incoming", "return-to-supplier"),
            ("major", "in-process", "rework"),
            ("critical", "final", "scrap"),
        ],
    )
    def test_by_rule(self, grade, stage, disposition):
        """What came in goes back."""
        assert ByGradeAndStage()(fault(grade, InspectionStage(stage))).outcome == disposition

    def test_another_grade_would_mean_another_thing(self):
        """Where it would."""
        assert [dict(each.evidence)["grade"] for each in ByGradeAndStage()(fault()).otherwise] == ["critical"]
        assert ByGradeAndStage()(fault(stage=InspectionStage.INCOMING)).otherwise == ()


class TestByRole:
    @pytest.mark.parametrize(
        ("disposition", "actor", "grade", "may"),
        [
            ("rework", Actor("a", "production"), "major", "yes"),
            ("rework", Actor("a", "sales"), "major", "no"),
            ("scrap", Actor("a", "quality"), "critical", "yes"),
            ("concession", Actor("a", "quality"), "minor", "no"),
            ("concession", Actor("a", roles=("customer",)), "major", "yes"),
            ("concession", Actor("a", roles=("management",)), "critical", "no"),
            ("repair", Actor("a", "technology"), "critical", "no"),
        ],
    )
    def test_by_department_and_role(self, disposition, actor, grade, may):
        """Nobody concedes what is critical."""
        assert ByRole()(fault(grade), Disposition(disposition), actor).outcome == may

    def test_it_says_who_may(self):
        """And what would have changed it."""
        decision = ByRole()(fault(), Disposition.SCRAP, Actor("a", "sales"))
        assert decision.reasons[0].message() == "a may not decide on scrap; management, quality may"
        assert [dict(each.evidence)["role"] for each in decision.otherwise] == ["management", "quality"]
        assert ByRole()(fault(), Disposition.SCRAP, Actor("a", "quality")).otherwise[0].code == "disposition.may-not"

    def test_a_matrix_of_ones_own(self):
        """What is not named is management's."""
        own = ByRole({Disposition.REWORK: ["foreman"]})
        assert own(fault(), Disposition.REWORK, Actor("a", roles=("foreman",))).outcome == "yes"
        assert own(fault(), Disposition.SCRAP, Actor("a", "quality")).outcome == "no"
        assert own(fault(), Disposition.SCRAP, Actor("a", roles=("management",))).outcome == "yes"


def test_each_slot_has_a_default_and_its_outcomes():
    """The slots that a set of policies would take over."""
    assert set(DEFAULTS) == set(OUTCOMES) == {"control_plan", "lot_verdict", "disposition", "disposition_authority"}
