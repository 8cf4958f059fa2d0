"""Lots from the plan to the verdict, and again."""

from __future__ import annotations

import pytest

from orderlib.errors import Finding, InvalidValueError
from orderlib.inspection.characteristic import Characteristic, Reading
from orderlib.inspection.control import ControlPlan, SamplingRule
from orderlib.inspection.correction import RaiseNonconformity
from orderlib.inspection.message import (
    CancelInspection,
    LotAccepted,
    LotRejected,
    PlanInspection,
    RecallLot,
    ReinspectLot,
    ReportInspection,
    StartInspection,
)
from orderlib.inspection.sampling import SampleVerdict
from orderlib.values.decision import Decided, Decision
from orderlib.values.instant import instant
from orderlib.values.quantity import Quantity

CLEAN = Characteristic("clean", grade="critical")
BORE = Characteristic("bore", lower="4.9", upper="5.1", unit="MMT")


def plan(stage="final", aql="1.0", **more):
    """Bore and burr; without a limit every unit is looked at."""
    return ControlPlan("CP-1", stage, [BORE, CLEAN], None if aql is None else SamplingRule(aql), **more)


def readings(*units):
    """Readings of units: bore, and whether they are clean."""
    return [
        reading
        for item, (bore, clean) in enumerate(units, 1)
        for reading in (Reading(str(item), "bore", bore), Reading(str(item), "clean", conforms=clean))
    ]


class TestPlanned:
    def test_with_the_plan_that_fits_and_a_sample(self, lot):
        """The choice is on record."""
        bench = lot(supplier_id="S1", batch="B-9", line_ids=["10"])
        known = bench.lot()
        assert (known.state, known.units, known.stage, known.line_ids) == ("planned", 1000, "final", ("10",))
        assert (known.current.plan.sample_size, known.current.number, known.current.remaining) == (80, 1, 80)
        assert [type(each).__name__ for each in bench.events] == ["Decided", "InspectionPlanned"]
        assert known.open
        assert not known.released

    def test_every_unit_where_the_plan_names_no_sample(self, lot):
        """Of twenty, all; one bad unit is too many."""
        sampling = lot(quantity=20, plans=(plan(aql=None),)).lot().current.plan
        assert (sampling.sample_size, sampling.accept, sampling.reject, sampling.aql) == (20, 0, 1, None)

    def test_as_severe_as_the_scheme_says(self, lot):
        """Handed in by whoever keeps the scheme."""
        assert lot(severity="tightened").lot().current.plan.accept == 1

    def test_units_where_the_quantity_is_none(self, bench, lot):
        """Twelve and a half kilograms in fifty bags."""
        bulk = ("L-2", "P-7", Quantity("12.5", "KGM"), "final", (plan(),))
        assert bench.refused(PlanInspection, *bulk) == [("inspection.not-whole", "/quantity")]
        bench.tell(PlanInspection, *bulk, units=50)
        assert bench.lot("L-2").units == 50

    def test_an_id_serves_once_and_some_plan_must_fit(self, bench, lot):
        """Both are said, with the policy's reason."""
        lot()
        again = bench.refused(PlanInspection, "L-1", "P-8", Quantity(5), "incoming", (plan(),))
        assert again == [
            ("inspection.used-lot", "/lot_id"),
            ("inspection.no-control-plan", "/plans"),
            ("control.none", "/plans"),
        ]

    def test_no_sample_while_inspection_is_discontinued(self, bench, lot):
        """Nothing can pass."""
        found = bench.refused(PlanInspection, "L-1", "P-7", Quantity(5), "final", (plan(),), severity="discontinued")
        assert found == [("sampling.discontinued", "/severity")]

    @pytest.mark.parametrize(
        ("quantity", "more", "code", "address"),
        [
            (Quantity(0), {}, "inspection.quantity", "/quantity"),
            (Quantity(-5), {}, "inspection.quantity", "/quantity"),
            (5, {}, "inspection.quantity", "/quantity"),
            (Quantity(5), {"units": 0}, "sampling.lot-size", "/units"),
            (Quantity(5), {"units": float("nan")}, "sampling.lot-size", "/units"),
            (Quantity(5), {"severity": "mild"}, "code.unknown", "/severity"),
            (Quantity(5), {"line_ids": [7]}, "value.type", "/line_ids/0"),
        ],
    )
    def test_what_is_no_lot(self, bench, quantity, more, code, address):
        """Checked at the door."""
        with pytest.raises(InvalidValueError) as caught:
            bench.tell(PlanInspection, "L-1", "P-7", quantity, "final", (plan(),), **more)
        assert (caught.value.findings[0].code, caught.value.findings[0].address) == (code, address)


class TestReported:
    def test_at_once(self, lot):
        """The sample is complete: started, reported, judged, passed."""
        bench = lot()
        names = bench.tell(ReportInspection, "L-1", 80, 2, evidence="sheet 7", occurred_at="2026-03-01T08:00:00Z")
        assert names == ["InspectionStarted", "InspectionReported", "Decided", "LotAccepted"]
        (told,) = bench.lot().current.reports
        assert (told.inspector, told.evidence, told.at) == ("lin", "sheet 7", instant("2026-03-01T08:00:00Z"))
        assert (bench.lot().state, bench.lot().released, bench.lot().current.verdict) == ("passed", True, "accepted")

    def test_in_parts(self, lot):
        """By two inspectors; the last part judges."""
        bench = lot()
        assert bench.tell(StartInspection, "L-1") == ["InspectionStarted"]
        assert bench.tell(ReportInspection, "L-1", 50, 1) == ["InspectionReported"]
        assert (bench.lot().current.remaining, bench.lot().state) == (30, "in_inspection")
        assert bench.tell(ReportInspection, "L-1", 30, 1)[-1] == "LotAccepted"
        assert (bench.lot().current.found, len(bench.lot().current.reports)) == (2, 2)

    def test_too_many_before_the_end(self, lot):
        """The rest need not be looked at; the whole lot is a nonconformity."""
        bench = lot()
        names = bench.tell(ReportInspection, "L-1", 10, 3)
        assert names[-2:] == ["LotRejected", "NonconformityRaised"]
        fault = bench.fault()
        assert (fault.quantity, fault.grade, fault.lot_id, fault.state) == (Quantity(1000), "major", "L-1", "open")
        assert fault.description == "3 found in a sample of 10"
        assert bench.lot().state == "failed"

    def test_unit_by_unit(self, lot):
        """The readings say how many; units in which something was found are kept."""
        bench = lot()
        bench.tell(ReportInspection, "L-1", 3, readings=readings(("5.0", True), ("5.2", True), ("4.9", True)))
        (told,) = bench.lot().current.reports
        assert (told.found, [unit.item for unit in told.units]) == (1, ["2"])

    def test_nothing_covers_what_is_critical(self, lot):
        """One burr in a complete sample, though two may be bad."""
        bench = lot()
        bench.tell(ReportInspection, "L-1", 1, readings=readings(("5.0", False)))
        bench.tell(ReportInspection, "L-1", 79, 0)
        assert (bench.lot().state, bench.fault().grade) == ("failed", "critical")

    def test_nonconformities_are_counted_where_the_plan_counts_them(self, lot):
        """Two in one unit are two."""
        bench = lot(quantity=10, plans=(plan(aql="40"),))
        bench.tell(ReportInspection, "L-1", 1, readings=readings(("5.2", False)))
        assert bench.lot().current.found == 2

    def test_what_the_scheme_wants_to_know(self, lot):
        """The outcome travels with the event."""
        bench = lot()
        bench.tell(ReportInspection, "L-1", 80, 1)
        (accepted,) = [each for each in bench.events if isinstance(each, LotAccepted)]
        assert (accepted.outcome.lot_id, accepted.outcome.found, accepted.outcome.original) == ("L-1", 1, True)

    def test_marginal_lots_pass(self, lot):
        """On reduced inspection by MIL-STD-105E."""
        bench = lot(quantity=3000, severity="reduced")
        bench.tell(ReportInspection, "L-1", 50, 2)
        assert (bench.lot().state, bench.lot().current.verdict) == ("passed", SampleVerdict.MARGINAL)

    def test_a_policy_has_the_last_word(self, lot):
        """Here one that lets nothing pass; its decision is on record."""
        bench = lot()
        bench.policies.lot_verdict = lambda lot, examination: Decision(
            SampleVerdict.REJECTED, (Finding("house.strict"),)
        )
        bench.tell(ReportInspection, "L-1", 80, 0)
        assert bench.lot().state == "failed"
        (said,) = [each for each in bench.events if isinstance(each, Decided) and each.slot == "lot_verdict"]
        assert said.decision.reasons[0].code == "house.strict"
        (rejected,) = [each for each in bench.events if isinstance(each, LotRejected)]
        assert (rejected.verdict, rejected.outcome.verdict) == ("rejected", "accepted")

    @pytest.mark.parametrize(
        ("arguments", "more", "found"),
        [
            (("L-9", 1, 0), {}, [("inspection.unknown-lot", "/lot_id")]),
            (("L-1", 81, 0), {}, [("inspection.beyond-sample", "/inspected")]),
            (("L-1", 0, 0), {}, [("inspection.nothing-seen", "/inspected")]),
            (("L-1", 5, 6), {}, [("inspection.found", "/found")]),
            (("L-1", 90, 91), {}, [("inspection.beyond-sample", "/inspected"), ("inspection.found", "/found")]),
            (("L-1", 5), {}, [("inspection.not-counted", "/found")]),
            (("L-1", 2), {"readings": readings(("5", True))}, [("inspection.other-count", "/inspected")]),
            (("L-1", 1, 1), {"readings": readings(("5", True))}, [("inspection.other-count", "/inspected")]),
            (
                ("L-1", 1),
                {"readings": [Reading("1", "colour", "5")]},
                [
                    ("characteristic.unknown", "/readings/0/characteristic_id"),
                    ("characteristic.not-read", "/readings/1"),
                    ("characteristic.not-read", "/readings/1"),
                ],
            ),
        ],
    )
    def test_what_is_no_report(self, lot, arguments, more, found):
        """Refused with its place, and nothing is counted."""
        assert lot().refused(ReportInspection, *arguments, **more) == found

    @pytest.mark.parametrize(("inspected", "found"), [(-1, 0), (2.5, 0), (5, -1), (10**12, 0), (True, 0), (5, "1")])
    def test_counts_are_whole_numbers(self, lot, inspected, found):
        """Checked at the door."""
        with pytest.raises(InvalidValueError) as caught:
            lot().tell(ReportInspection, "L-1", inspected, found)
        assert caught.value.code == "number.whole"

    def test_a_report_is_given_once(self, lot):
        """By its id, within the lot."""
        bench = lot()
        bench.tell(ReportInspection, "L-1", 5, 0, report_id="R-1")
        twice = bench.refused(ReportInspection, "L-1", 5, 0, report_id="R-1")
        assert twice == [("inspection.used-report", "/report_id")]

    def test_nothing_is_reported_of_what_is_judged(self, lot):
        """The result of a lot comes once."""
        bench = lot()
        bench.tell(ReportInspection, "L-1", 80, 0)
        assert bench.refused(ReportInspection, "L-1", 80, 0) == [("inspection.judged", "/lot_id")]


class TestAgain:
    @pytest.fixture
    def failed(self, lot):
        """A lot that has failed."""
        bench = lot()
        bench.tell(ReportInspection, "L-1", 80, 3)
        return bench

    def test_looked_at_again(self, failed):
        """A new examination; it is no original one."""
        assert failed.refused(ReinspectLot, "L-1") == [("inspection.reason-missing", "/reason")]
        assert failed.tell(ReinspectLot, "L-1", reason="sorted", units=900, severity="tightened") == ["LotResubmitted"]
        known = failed.lot()
        assert (known.state, known.units, known.current.number) == ("planned", 900, 2)
        assert known.current.plan.severity == "tightened"
        failed.tell(ReportInspection, "L-1", 80, 0)
        assert (known.state, failed.lot().state) == ("planned", "passed")
        accepted = [each for each in failed.events if isinstance(each, LotAccepted)]
        assert [each.outcome.original for each in accepted] == [False]

    def test_not_more_than_there_was(self, failed):
        """What is left cannot have grown."""
        found = failed.refused(ReinspectLot, "L-1", reason="x", units=1001)
        assert found == [("inspection.more-than-lot", "/units")]

    def test_only_what_has_failed(self, lot):
        """Before, the first look is due."""
        assert lot().refused(ReinspectLot, "L-1", reason="x") == [("chart.no-move", "/lot_id")]

    def test_a_lot_in_doubt_is_recalled(self, lot):
        """It fails, with a nonconformity of its own."""
        bench = lot()
        bench.tell(ReportInspection, "L-1", 80, 0)
        assert bench.refused(RecallLot, "L-1") == [("inspection.reason-missing", "/reason")]
        assert bench.tell(RecallLot, "L-1", reason="customer's complaint") == ["LotRecalled", "NonconformityRaised"]
        assert (bench.lot().state, bench.fault().description) == ("failed", "customer's complaint")

    def test_each_nonconformity_of_a_lot_has_its_number(self, failed):
        """The second failure is another one."""
        failed.tell(ReinspectLot, "L-1", reason="sorted")
        failed.tell(ReportInspection, "L-1", 80, 9)
        assert failed.quality.nonconformities.ids() == ("L-1-NC1", "L-1-NC2")

    def test_a_number_that_somebody_has_taken_is_passed_over(self, lot):
        """Ids are unique, whoever gave them."""
        bench = lot()
        bench.tell(RaiseNonconformity, "L-1-NC1", "P-7", Quantity(1), "final", "a scratch")
        bench.tell(ReportInspection, "L-1", 80, 9)
        assert bench.lot().faults == ("L-1-NC2",)

    def test_cancelled_for_a_reason(self, lot):
        """And then nothing more."""
        bench = lot()
        assert bench.refused(CancelInspection, "L-1") == [("inspection.reason-missing", "/reason")]
        assert bench.tell(CancelInspection, "L-1", reason="the order is gone") == ["InspectionCancelled"]
        assert bench.refused(StartInspection, "L-1") == [("chart.no-move", "/lot_id")]
        assert bench.lot().open is False
