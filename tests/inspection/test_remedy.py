"""Nonconformities decided by whoever may, carried out and verified; corrective actions followed up."""

from __future__ import annotations

import pytest

from orderlib.errors import InvalidValueError
from orderlib.inspection.correction import (
    AgreeCorrectiveAction,
    CancelCorrectiveAction,
    CheckEffectiveness,
    DecideDisposition,
    RaiseNonconformity,
    ReportActionImplemented,
    ReportDispositionCarriedOut,
    VerifyDisposition,
    WithdrawNonconformity,
)
from orderlib.inspection.message import ReportInspection
from orderlib.inspection.record import QualityRegister
from orderlib.values.instant import instant
from orderlib.values.party import Actor
from orderlib.values.quantity import Quantity

BOSS = Actor("bo", roles=("management",))
BUYER = Actor("pia", "purchasing")
NC = "L-1-NC1"


@pytest.fixture
def failed(lot):
    """A lot of a thousand that has failed."""
    bench = lot()
    bench.tell(ReportInspection, "L-1", 80, 3)
    return bench


def through(bench, disposition, fault=NC, *, by=BOSS):
    """Decide, carry out, verify; what happened in the end."""
    bench.tell(DecideDisposition, fault, disposition, by=by, reason="as agreed")
    bench.tell(ReportDispositionCarriedOut, fault, "photo 3")
    return bench.tell(VerifyDisposition, fault, evidence="looked at")


class TestDecided:
    def test_by_whoever_may(self, failed):
        """The authority is on record with the decision."""
        names = failed.tell(DecideDisposition, NC, "rework", reason="grind it")
        assert names == ["Decided", "DispositionDecided"]
        fault = failed.fault()
        assert (fault.disposition, fault.decided_by, fault.reason, fault.state) == (
            "rework",
            "lin",
            "grind it",
            "decided",
        )

    def test_by_rule_where_nobody_says_what(self, failed):
        """What was made is reworked while it is not critical."""
        assert failed.tell(DecideDisposition, NC) == ["Decided", "Decided", "DispositionDecided"]
        assert failed.fault().disposition == "rework"

    def test_not_by_everybody(self, failed):
        """Quality may not concede, purchasing may not scrap."""
        assert failed.refused(DecideDisposition, NC, "concession") == [("disposition.may-not", "/by/department")]
        assert failed.refused(DecideDisposition, NC, "scrap", by=BUYER) == [("disposition.may-not", "/by/department")]
        assert failed.tell(DecideDisposition, NC, "concession", by=BOSS)[-1] == "DispositionDecided"

    def test_anew_before_it_is_carried_out(self, failed):
        """Later no more."""
        failed.tell(DecideDisposition, NC, "rework")
        failed.tell(DecideDisposition, NC, "scrap")
        assert failed.fault().disposition == "scrap"
        failed.tell(ReportDispositionCarriedOut, NC, "photo 3")
        assert failed.refused(DecideDisposition, NC, "rework") == [("chart.no-move", "/nonconformity_id")]

    @pytest.mark.parametrize(
        ("kind", "arguments"),
        [
            (DecideDisposition, ("rework",)),
            (ReportDispositionCarriedOut, ("photo",)),
            (VerifyDisposition, ()),
            (WithdrawNonconformity, ()),
        ],
    )
    def test_not_what_there_is_not(self, bench, kind, arguments):
        """An unknown one is named."""
        assert bench.refused(kind, "X", *arguments) == [("nonconformity.unknown", "/nonconformity_id")]

    def test_words_are_checked_at_the_door(self, failed):
        """Another word is no disposition."""
        for kind, arguments, code in (
            (DecideDisposition, (NC, "pray"), "code.unknown"),
            (VerifyDisposition, (NC, "yes"), "value.type"),
            (CheckEffectiveness, ("CA-1", "yes"), "value.type"),
        ):
            with pytest.raises(InvalidValueError) as caught:
                failed.tell(kind, *arguments)
            assert caught.value.code == code


class TestCarriedOut:
    def test_with_evidence(self, failed):
        """Without it nothing was done."""
        failed.tell(DecideDisposition, NC, "rework")
        assert failed.refused(ReportDispositionCarriedOut, NC) == [("nonconformity.evidence-missing", "/evidence")]
        assert failed.refused(VerifyDisposition, NC) == [("chart.no-move", "/nonconformity_id")]
        assert failed.tell(ReportDispositionCarriedOut, NC, "photo 3") == ["DispositionCarriedOut"]

    def test_in_vain(self, failed):
        """It is open again, and decided anew."""
        failed.tell(DecideDisposition, NC, "rework")
        failed.tell(ReportDispositionCarriedOut, NC, "photo 3")
        assert failed.tell(VerifyDisposition, NC, succeeded=False) == ["NonconformityReopened"]
        fault = failed.fault()
        assert (fault.state, fault.disposition, fault.live) == ("open", None, True)

    @pytest.mark.parametrize(
        ("disposition", "event", "state"),
        [
            ("rework", "LotResubmitted", "planned"),
            ("repair", "LotConceded", "passed_with_concession"),
            ("concession", "LotConceded", "passed_with_concession"),
            ("regrade", "LotConceded", "passed_with_concession"),
            ("return-to-supplier", "LotDisposed", "disposed"),
            ("scrap", "LotDisposed", "disposed"),
        ],
    )
    def test_what_becomes_of_the_lot(self, failed, disposition, event, state):
        """Rework is looked at again, concessions pass, what is gone is gone."""
        assert through(failed, disposition) == ["NonconformityClosed", event]
        assert (failed.lot().state, failed.fault().state) == (state, "closed")

    def test_the_lot_waits_for_all_of_its_nonconformities(self, failed):
        """Two hundred are scrapped, the rest is reworked: eight hundred are looked at again."""
        failed.tell(
            RaiseNonconformity, "NC-2", "P-7", Quantity(200), "final", "cracked", grade="critical", lot_id="L-1"
        )
        assert through(failed, "scrap", "NC-2") == ["NonconformityClosed"]
        assert through(failed, "rework") == ["NonconformityClosed", "LotResubmitted"]
        assert (failed.lot().units, failed.lot().current.number) == (800, 2)

    def test_a_part_that_is_gone_leaves_the_rest_to_be_looked_at(self, lot):
        """Where nothing else is decided on it."""
        bench = lot()
        bench.tell(ReportInspection, "L-1", 80, 3)
        bench.tell(RaiseNonconformity, "NC-2", "P-7", Quantity(300), "final", "cracked", lot_id="L-1")
        bench.tell(WithdrawNonconformity, NC, reason="it is only the cracked ones")
        assert through(bench, "scrap", "NC-2") == ["NonconformityClosed", "LotResubmitted"]
        assert bench.lot().units == 700

    def test_outside_of_any_lot(self, bench):
        """Nothing else moves."""
        bench.tell(RaiseNonconformity, "NC-1", "P-7", Quantity(3), "in-process", "scratched", line_ids=["10"])
        assert through(bench, "regrade", "NC-1") == ["NonconformityClosed"]
        assert bench.quality.live == ()


class TestRaised:
    def test_an_id_serves_once_and_a_lot_must_be_known(self, failed):
        """Both are said."""
        again = failed.refused(RaiseNonconformity, NC, "P-7", Quantity(1), "final", "x", lot_id="L-9")
        assert again == [("nonconformity.used-id", "/nonconformity_id"), ("nonconformity.unknown-lot", "/lot_id")]

    @pytest.mark.parametrize("quantity", [Quantity(0), Quantity(-1)])
    def test_of_something(self, bench, quantity):
        """Not of nothing."""
        with pytest.raises(InvalidValueError) as caught:
            bench.tell(RaiseNonconformity, "NC-1", "P-7", quantity, "final", "x")
        assert caught.value.code == "inspection.quantity"

    def test_withdrawn_for_a_reason(self, failed):
        """The lot that had failed for it alone is looked at again."""
        assert failed.refused(WithdrawNonconformity, NC) == [("inspection.reason-missing", "/reason")]
        names = failed.tell(WithdrawNonconformity, NC, reason="the gauge was wrong")
        assert names == ["NonconformityWithdrawn", "LotResubmitted"]
        assert (failed.fault().live, failed.lot().units) == (False, 1000)


class TestCorrectiveAction:
    @pytest.fixture
    def agreed(self, failed):
        """The drill is replaced by the ninth of March."""
        failed.tell(
            AgreeCorrectiveAction,
            NC,
            "CA-1",
            "new drill",
            "production",
            "2026-03-09T08:00:00Z",
            root_cause="worn drill",
        )
        return failed

    def action(self, bench):
        """How it stands with it."""
        return bench.quality.actions["CA-1"]

    def test_with_owner_and_day(self, agreed):
        """The day is awaited."""
        known = self.action(agreed)
        assert (known.owner, known.root_cause, known.state) == ("production", "worn drill", "agreed")
        assert agreed.quality.next_due == instant("2026-03-09T08:00:00Z")

    def test_what_is_none(self, agreed):
        """Every reason at once."""
        found = agreed.refused(AgreeCorrectiveAction, "X", "CA-1", "x", "", "2026-03-01T08:00:00Z")
        assert found == [
            ("nonconformity.unknown", "/nonconformity_id"),
            ("corrective-action.used-id", "/action_id"),
            ("corrective-action.no-owner", "/owner"),
            ("corrective-action.past", "/due_at"),
        ]
        with pytest.raises(InvalidValueError) as caught:
            agreed.tell(AgreeCorrectiveAction, NC, "CA-2", "x", "y", "soon")
        assert caught.value.findings[0].address == "/due_at"

    def test_overdue_once(self, agreed):
        """Its owner is late; it is not said twice."""
        assert agreed.pass_time("2026-03-09T07:59:59Z") == []
        assert agreed.pass_time("2026-03-09T08:00:00Z") == ["CorrectiveActionOverdue"]
        assert agreed.pass_time("2026-03-10T08:00:00Z") == []
        assert (self.action(agreed).warned, agreed.quality.next_due) == (True, None)

    def test_implemented_and_effective(self, agreed):
        """With evidence."""
        assert agreed.refused(CheckEffectiveness, "CA-1", effective=True) == [("chart.no-move", "/action_id")]
        assert agreed.refused(ReportActionImplemented, "CA-1", "") == [("nonconformity.evidence-missing", "/evidence")]
        agreed.tell(ReportActionImplemented, "CA-1", "order 77")
        assert agreed.quality.next_due is None
        assert agreed.tell(CheckEffectiveness, "CA-1", effective=True, evidence="ten lots") == [
            "CorrectiveActionConfirmed"
        ]
        assert (self.action(agreed).state, self.action(agreed).evidence) == ("effective", "ten lots")

    def test_implemented_in_vain(self, agreed):
        """It needs another day, which lies ahead, and is awaited again."""
        agreed.pass_time("2026-03-09T08:00:00Z")
        agreed.tell(ReportActionImplemented, "CA-1", "order 77")
        assert agreed.refused(CheckEffectiveness, "CA-1", effective=False) == [
            ("corrective-action.no-due-date", "/due_at")
        ]
        past = agreed.refused(CheckEffectiveness, "CA-1", effective=False, due_at="2026-03-01T08:00:00Z")
        assert past == [("corrective-action.past", "/due_at")]
        agreed.tell(CheckEffectiveness, "CA-1", effective=False, due_at="2026-04-01T08:00:00Z")
        assert (self.action(agreed).state, self.action(agreed).warned) == ("agreed", False)
        assert agreed.quality.next_due == instant("2026-04-01T08:00:00Z")

    def test_given_up_for_a_reason(self, agreed):
        """And unknown ones are named."""
        assert agreed.refused(CancelCorrectiveAction, "CA-1") == [("inspection.reason-missing", "/reason")]
        assert agreed.tell(CancelCorrectiveAction, "CA-1", reason="a new machine") == ["CorrectiveActionCancelled"]
        for kind, arguments in (
            (CancelCorrectiveAction, ()),
            (ReportActionImplemented, ("x",)),
            (CheckEffectiveness, (True,)),
        ):
            assert agreed.refused(kind, "CA-9", *arguments) == [("corrective-action.unknown", "/action_id")]

    def test_the_next_day_is_the_earliest(self, agreed):
        """Of those that are awaited."""
        agreed.tell(AgreeCorrectiveAction, NC, "CA-2", "training", "quality", "2026-03-05T08:00:00Z")
        agreed.tell(AgreeCorrectiveAction, NC, "CA-3", "manual", "quality", "2026-03-07T08:00:00Z")
        assert agreed.quality.next_due == instant("2026-03-05T08:00:00Z")
        assert QualityRegister().next_due is None
