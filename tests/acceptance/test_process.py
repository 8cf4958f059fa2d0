"""Acceptance in one act or many, by word or by silence; defects and returns."""

from __future__ import annotations

from decimal import Decimal

import pytest
from build import line
from plans import accepted

from orderlib.acceptance.message import (
    RectifyDefect,
    ReportAcceptance,
    ReportReturned,
    RequestAcceptance,
    VerifyDefect,
    WaiveDefect,
)
from orderlib.acceptance.policy import GravestDefect
from orderlib.acceptance.record import AcceptanceOutcome, Defect
from orderlib.case.message import PassTime
from orderlib.case.policies import PolicySet
from orderlib.errors import InvalidValueError
from orderlib.fulfilment.message import DespatchGoods, ReportReceived
from orderlib.ledger.record import LineQuantity, Status
from orderlib.values.instant import instant
from orderlib.values.party import SYSTEM, Actor

CASE = "case-1"
CUSTOMER = Actor("cora", department="customer")
QUALITY = Actor("quinn", department="quality")
SHIPPER = Actor("ada", department="logistics")


def some(**lines):
    """Quantities by line: `some(l10=3)`."""
    return [LineQuantity(name[1:], Decimal(quantity)) for name, quantity in lines.items()]


def defect(name="d-1", line_id="10", grade="minor", **more):
    """A defect of a line."""
    return Defect(id=name, line_id=line_id, grade=grade, description="a scratch", **more)


@pytest.fixture
def story():
    """Two lines of three, delivered in full."""
    told = accepted(state="released")
    told.tell(DespatchGoods(CASE, some(l10=3, l20=3), despatch_id="s-1", by=SHIPPER))
    told.tell(ReportReceived(CASE, "s-1", some(l10=3, l20=3), by=SHIPPER))
    return told


def malformed(story, command):
    """The codes with which a malformed report is refused."""
    before = story.case
    with pytest.raises(InvalidValueError) as caught:
        story.tell(command)
    assert story.case is before
    return [finding.code for finding in caught.value.findings]


def test_everything_accepted_without_a_defect_is_certified(story):
    """The certificate names the day, and the warranty runs from there."""
    story.tell(RequestAcceptance(CASE, by=QUALITY))
    assert story.case.phase == "in acceptance"
    story.tell(ReportAcceptance(CASE, some(l10=3, l20=3), by=CUSTOMER))
    acceptance = story.case.acceptance
    assert acceptance.certified_on == story.now.date()
    assert acceptance.warranty_until == story.now.add(months=24).date()
    assert acceptance.deemed_at is None
    assert story.case.ledger.acceptance is Status.FULL
    assert story.case.phase == "accepted by the customer"


def test_nothing_to_accept_is_refused():
    """Before anything is delivered nobody is asked."""
    story = accepted(state="in_execution")
    assert story.refused(RequestAcceptance(CASE, by=QUALITY)) == ("acceptance.nothing",)


def test_silence_counts_as_acceptance(story):
    """After the agreed days everything without an open defect counts as accepted."""
    story.tell(RequestAcceptance(CASE, by=QUALITY))
    due = story.case.next_due
    story.tell(PassTime(CASE, by=SYSTEM, at=due))
    (act,) = story.case.acceptance.acts
    assert (act.deemed, act.by, act.outcome) == (True, "silence", AcceptanceOutcome.ACCEPTED)
    assert story.case.ledger.acceptance is Status.FULL
    assert story.case.acceptance.certified_on is not None


def test_silence_does_not_accept_what_is_known_to_be_faulty(story):
    """A line with an open defect waits for its rectification."""
    story.tell(ReportAcceptance(CASE, [], [defect()], by=CUSTOMER))
    story.tell(RequestAcceptance(CASE, by=QUALITY))
    story.tell(PassTime(CASE, by=SYSTEM, at=story.case.next_due))
    assert story.case.ledger.lines["10"].accepted == 0
    assert story.case.ledger.lines["20"].accepted == 3
    assert story.case.acceptance.certified_on is None


def test_a_defect_is_rectified_looked_at_and_rectified_again(story):
    """Conditional acceptance, a first try that fails, a second that passes, and then the certificate."""
    story.tell(ReportAcceptance(CASE, some(l10=3, l20=3), [defect()], by=CUSTOMER))
    assert story.case.phase == "in rectification"
    assert story.case.acceptance.acts[next(iter(story.case.acceptance.acts.ids()))].outcome == "conditionally-accepted"
    assert story.refused(RectifyDefect(CASE, "d-1", " ", by=QUALITY)) == ("defect.evidence-missing",)
    story.tell(RectifyDefect(CASE, "d-1", "polished", by=QUALITY))
    story.tell(VerifyDefect(CASE, "d-1", passed=False, by=CUSTOMER))
    assert story.case.acceptance.defects["d-1"].state == "open"
    story.tell(RectifyDefect(CASE, "d-1", "polished twice", by=QUALITY))
    story.tell(VerifyDefect(CASE, "d-1", by=CUSTOMER))
    assert story.case.acceptance.defects["d-1"].state == "verified"
    assert story.case.acceptance.certified_on is not None
    assert story.refused(RectifyDefect(CASE, "d-1", "more", by=QUALITY)) == ("defect.state",)
    assert story.refused(VerifyDefect(CASE, "d-9", by=CUSTOMER)) == ("defect.unknown",)


def test_a_defect_is_waived_with_a_reason(story):
    """The customer lets it be, and says why."""
    story.tell(ReportAcceptance(CASE, some(l10=3, l20=3), [defect()], by=CUSTOMER))
    assert story.refused(WaiveDefect(CASE, "d-1", by=CUSTOMER)) == ("defect.reason-missing",)
    story.tell(WaiveDefect(CASE, "d-1", by=CUSTOMER, reason="not seen from the street"))
    assert story.case.acceptance.certified_on is not None


def test_a_critical_defect_prevents_the_acceptance_of_its_line(story):
    """Its line is not accepted, the other is; the decision says what would have changed it."""
    story.tell(ReportAcceptance(CASE, some(l10=3, l20=3), [defect(grade="critical")], by=CUSTOMER))
    assert story.case.ledger.lines["10"].accepted == 0
    assert story.case.ledger.lines["20"].accepted == 3
    decision = story.events[0].decision
    assert decision.outcome is AcceptanceOutcome.NOT_ACCEPTED
    assert decision.otherwise[0].code == "acceptance.without-critical"


def test_an_overdue_defect_is_noted_once(story):
    """Its owner is told, and not again."""
    due = instant("2026-03-10T08:00:00Z")
    story.tell(ReportAcceptance(CASE, [], [defect(due_at=due)], by=CUSTOMER))
    story.tell(PassTime(CASE, by=SYSTEM, at="2026-03-11T08:00:00Z"))
    assert story.names == ["DefectOverdue"]
    assert story.case.acceptance.next_due is None


def test_more_accepted_than_delivered_is_booked_with_a_finding(story):
    """The report counts, the deviation is named, and the stranger is kept apart."""
    story.tell(ReportAcceptance(CASE, some(l10=5, l99=1), by=CUSTOMER))
    assert story.case.ledger.lines["10"].accepted == 5
    assert story.case.fulfilment.findings[-1].code == "acceptance.above-delivered"
    assert story.case.ledger.unallocated[0].account == "accepted"


def test_a_report_of_nothing_and_a_defect_twice_are_malformed(story):
    """Nothing was booked."""
    assert malformed(story, ReportAcceptance(CASE, by=CUSTOMER)) == ["acceptance.empty"]
    twice = ReportAcceptance(CASE, [], [defect(), defect()], by=CUSTOMER)
    assert malformed(story, twice) == ["defect.used-id"]
    negative = [LineQuantity("10", Decimal(-1))]
    assert malformed(story, ReportAcceptance(CASE, negative, by=CUSTOMER)) == ["acceptance.quantity"]
    story.tell(ReportAcceptance(CASE, [], [defect()], by=CUSTOMER))
    assert malformed(story, ReportAcceptance(CASE, [], [defect()], by=CUSTOMER)) == ["defect.used-id"]
    assert malformed(story, ReportReturned(CASE, [], by=SHIPPER)) == ["acceptance.empty"]


def test_goods_come_back_for_credit_or_for_replacement(story):
    """A return for credit closes the demand; one for replacement opens it again."""
    story.tell(ReportReturned(CASE, some(l10=1), by=SHIPPER))
    assert story.case.ledger.lines["10"].returned == 1
    assert story.case.ledger.lines["10"].outstanding == 0
    story.tell(ReportReturned(CASE, some(l20=2), replace=True, by=SHIPPER))
    assert story.case.ledger.lines["20"].outstanding == 2
    story.tell(ReportReturned(CASE, some(l10=7, l99=1), by=SHIPPER))
    assert story.case.fulfilment.findings[-1].code == "acceptance.above-returnable"
    assert story.case.ledger.unallocated[0].account == "returned"


def test_partial_acceptance_waits_for_the_rest():
    """One line today, the other tomorrow; the certificate comes with the last."""
    story = accepted(line("10"), line("20"), state="released")
    story.tell(DespatchGoods(CASE, some(l10=3, l20=3), despatch_id="s-1", by=SHIPPER))
    story.tell(ReportReceived(CASE, "s-1", some(l10=3, l20=3), by=SHIPPER))
    story.tell(ReportAcceptance(CASE, some(l10=3), by=CUSTOMER))
    assert story.case.acceptance.certified_on is None
    story.tell(ReportAcceptance(CASE, some(l20=3), by=CUSTOMER))
    assert story.case.acceptance.certified_on is not None


def test_the_policy_sets_silence_and_warranty(story):
    """Parameters of the policy, not of the code."""
    story.policies = PolicySet(acceptance=GravestDefect(silence_days=3, warranty_months=6))
    story.tell(RequestAcceptance(CASE, by=QUALITY))
    assert (story.case.next_due - story.now).days == 3
    story.tell(ReportAcceptance(CASE, some(l10=3, l20=3), by=CUSTOMER))
    assert story.case.acceptance.warranty_until == story.now.add(months=6).date()
