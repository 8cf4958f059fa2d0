"""Making, sending, receiving: intentions are refused, facts are booked."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from build import line
from plans import PLANNER, accepted

from orderlib.case.message import PassTime
from orderlib.errors import InvalidValueError
from orderlib.fulfilment.message import (
    CheckProgress,
    DespatchGoods,
    OpenIncident,
    ReportDespatched,
    ReportProduced,
    ReportReceived,
    ResolveIncident,
    ShortCloseLine,
)
from orderlib.hold.message import PlaceHold
from orderlib.ledger.record import LineQuantity, Status
from orderlib.order.terms import DeliveryTerms
from orderlib.planning.message import MovePromise, PlanOrder, PromiseOrder
from orderlib.values.dispatch import Gate
from orderlib.values.instant import instant, later
from orderlib.values.party import SYSTEM, Actor

CASE = "case-1"
MAKER = Actor("otto", department="production")
SHIPPER = Actor("ada", department="logistics")


def some(**lines):
    """Quantities by line: `some(l10=3)`."""
    return [LineQuantity(name[1:], Decimal(quantity)) for name, quantity in lines.items()]


@pytest.fixture
def story():
    """A released order of three and three pieces."""
    return accepted(state="released")


def codes_of(story, command):
    """The codes with which a malformed command is refused."""
    before = story.case
    with pytest.raises(InvalidValueError) as caught:
        story.tell(command)
    assert story.case is before
    return tuple(finding.code for finding in caught.value.findings)


def test_the_first_report_starts_the_execution(story):
    """A released order is in execution as soon as something is made."""
    story.tell(ReportProduced(CASE, some(l10=2), by=MAKER))
    assert story.case.state == "in_execution"
    assert story.case.ledger.lines["10"].produced == 2
    story.tell(ReportProduced(CASE, some(l10=1), by=MAKER))
    assert story.names == ["GoodsProduced"]


def test_a_report_of_nothing_or_of_a_negative_quantity_is_malformed(story):
    """Facts are booked, unless they cannot be facts."""
    assert codes_of(story, ReportProduced(CASE, [], by=MAKER)) == ("fulfilment.no-lines",)
    bad = [LineQuantity("10", Decimal(-1)), LineQuantity("20", Decimal(0))]
    assert codes_of(story, ReportProduced(CASE, bad, by=MAKER)) == ("fulfilment.quantity",) * 2
    assert codes_of(story, ReportDespatched(CASE, [], "d", by=SHIPPER)) == ("fulfilment.no-lines",)
    nothing = ReportReceived(CASE, "d", [], by=SHIPPER, complete=False)
    assert codes_of(story, nothing) == ("fulfilment.no-lines",)


def test_a_report_from_the_future_is_refused(story):
    """What has not happened yet is no fact."""
    soon = later(story.now, timedelta(days=2))
    assert codes_of(story, ReportProduced(CASE, some(l10=1), by=MAKER, occurred_at=soon)) == ("fact.future",)


def test_too_much_made_and_an_unknown_line_are_booked_with_findings(story):
    """More than wanted is a deviation; a stranger goes to the unallocated entries."""
    story.tell(ReportProduced(CASE, some(l10=5, l99=1), by=MAKER))
    assert story.case.ledger.lines["10"].produced == 5
    assert [finding.code for finding in story.case.fulfilment.findings] == ["fulfilment.above-ordered"]
    (entry,) = story.case.ledger.unallocated
    assert (entry.line_id, entry.account, entry.finding.code) == ("99", "produced", "fulfilment.unknown-line")


def test_a_report_before_the_release_is_booked_with_a_finding():
    """Most start picking before confirmation: the fact counts, and the state stays."""
    story = accepted()
    story.tell(ReportProduced(CASE, some(l10=1), by=MAKER))
    assert story.case.state == "accepted"
    assert story.case.fulfilment.findings[0].code == "fulfilment.unexpected-state"


def test_goods_are_sent_in_parts_and_the_rest_is_outstanding(story):
    """A partial despatch, a receipt, and a backorder that is derived."""
    story.tell(DespatchGoods(CASE, some(l10=2), despatch_id="d-1", by=SHIPPER, carrier="rail"))
    ledger = story.case.ledger.lines["10"]
    assert (ledger.in_transit, ledger.to_despatch, ledger.delivery) == (2, 1, Status.NONE)
    story.tell(ReportReceived(CASE, "d-1", some(l10=2), by=SHIPPER))
    ledger = story.case.ledger.lines["10"]
    assert (ledger.in_transit, ledger.outstanding, ledger.delivery) == (0, 1, Status.PARTIAL)
    despatch = story.case.fulfilment.despatches["d-1"]
    assert (despatch.state, despatch.carrier) == ("arrived", "rail")
    assert story.case.phase == "partly delivered"


def test_every_fault_of_a_despatch_is_named(story):
    """Unknown line, impossible quantity, used number: all at once, and nothing has changed."""
    story.tell(DespatchGoods(CASE, some(l10=1), despatch_id="d-1", by=SHIPPER))
    bad = [LineQuantity("99", Decimal(1)), LineQuantity("10", Decimal(0))]
    found = story.refused(DespatchGoods(CASE, bad, despatch_id="d-1", by=SHIPPER))
    assert set(found) == {"fulfilment.quantity", "fulfilment.used-despatch", "fulfilment.unknown-line"}
    assert story.refused(DespatchGoods(CASE, [], by=SHIPPER)) == ("fulfilment.no-lines",)


def test_over_delivery_is_refused_above_the_tolerance_of_the_terms():
    """Ten percent of ten is one more; two more are too many, in one despatch or in two."""
    story = accepted(line("10", quantity=10), state="released", delivery=DeliveryTerms(over_tolerance="10"))
    assert story.refused(DespatchGoods(CASE, some(l10=12), by=SHIPPER)) == ("tolerance.above",)
    story.tell(DespatchGoods(CASE, some(l10=11), by=SHIPPER))
    assert "Decided" in [type(event).__name__ for event in story.events]
    assert story.refused(DespatchGoods(CASE, some(l10=1), by=SHIPPER)) == ("tolerance.above",)


def test_terms_can_forbid_partial_shipment():
    """Everything that would stay behind is named."""
    story = accepted(state="released", delivery=DeliveryTerms(complete_only=True))
    assert story.refused(DespatchGoods(CASE, some(l10=2), by=SHIPPER)) == ("fulfilment.complete-only",) * 2
    found = story.refused(DespatchGoods(CASE, some(l10=3), by=SHIPPER))
    assert found == ("fulfilment.complete-only",)
    story.tell(DespatchGoods(CASE, some(l10=3, l20=3), by=SHIPPER))


def test_a_hold_stops_a_despatch_and_a_report_under_it_is_booked(story):
    """The intention is refused, the fact counts with a finding."""
    story.tell(PlaceHold(CASE, {Gate.DESPATCH}, hold_id="h", by=SHIPPER, reason="paper missing"))
    assert story.refused(DespatchGoods(CASE, some(l10=1), by=SHIPPER)) == ("command.held",)
    story.tell(ReportDespatched(CASE, some(l10=9, l99=1), "d-1", by=SHIPPER))
    codes = {finding.code for finding in story.case.fulfilment.findings}
    assert codes == {"fulfilment.under-hold", "tolerance.above"}
    assert story.case.ledger.lines["10"].despatched == 9
    assert story.case.ledger.unallocated[0].account == "despatched"
    assert codes_of(story, ReportDespatched(CASE, some(l10=1), "d-1", by=SHIPPER)) == ("fulfilment.used-despatch",)


def test_a_hold_on_one_line_stops_only_that_line(story):
    """The other line goes."""
    story.tell(PlaceHold(CASE, {Gate.DESPATCH}, "10", hold_id="h", by=SHIPPER, reason="scratched"))
    assert story.refused(DespatchGoods(CASE, some(l10=1, l20=1), by=SHIPPER)) == ("command.held",)
    story.tell(DespatchGoods(CASE, some(l20=1), by=SHIPPER))


def test_what_is_missing_at_the_end_of_a_receipt_is_lost(story):
    """Two of three arrive, none will follow: one is lost and outstanding again."""
    story.tell(DespatchGoods(CASE, some(l10=3), despatch_id="d-1", by=SHIPPER))
    story.tell(DespatchGoods(CASE, some(l20=3), despatch_id="d-2", by=SHIPPER))
    story.tell(ReportReceived(CASE, "d-1", some(l10=2), by=SHIPPER))
    ledger = story.case.ledger.lines["10"]
    assert (ledger.received, ledger.lost, ledger.to_despatch) == (2, 1, 1)
    assert story.case.fulfilment.despatches["d-1"].state == "arrived_with_differences"
    assert story.case.ledger.lines["20"].in_transit == 3


def test_a_despatch_may_arrive_in_parts_and_be_refused(story):
    """First a part, then the rest is turned away."""
    story.tell(DespatchGoods(CASE, some(l10=3), despatch_id="d-1", by=SHIPPER))
    story.tell(ReportReceived(CASE, "d-1", some(l10=1), complete=False, by=SHIPPER))
    assert story.case.fulfilment.despatches["d-1"].state == "partly_arrived"
    story.tell(ReportReceived(CASE, "d-1", [], refused=some(l10=2), by=SHIPPER))
    ledger = story.case.ledger.lines["10"]
    assert (ledger.received, ledger.refused, ledger.lost, ledger.to_despatch) == (1, 2, 0, 2)
    assert story.case.fulfilment.despatches["d-1"].state == "arrived_with_differences"
    story.tell(ReportReceived(CASE, "d-1", some(l10=1), by=SHIPPER))
    assert story.case.fulfilment.findings[-1].code == "fulfilment.above-despatched"


def test_a_receipt_of_an_unknown_despatch_is_booked(story):
    """The goods are there, whoever sent them; the despatch is noted."""
    story.tell(ReportReceived(CASE, "who", some(l10=1, l99=2), by=SHIPPER))
    assert {finding.code for finding in story.case.fulfilment.findings} == {
        "fulfilment.unknown-despatch",
        "fulfilment.above-despatched",
    }
    assert story.case.fulfilment.despatches["who"].state == "arrived_with_differences"
    assert story.case.ledger.lines["10"].received == 1
    assert story.case.ledger.unallocated[0].account == "received"


def test_a_line_is_short_closed_with_a_reason(story):
    """What is left will not come; nothing is outstanding then."""
    unknown = story.refused(ShortCloseLine(CASE, "99", by=SHIPPER))
    assert unknown == ("fulfilment.unknown-line", "fulfilment.reason-missing")
    story.tell(ShortCloseLine(CASE, "10", by=SHIPPER, reason="no longer made"))
    assert story.case.ledger.lines["10"].settled
    again = ShortCloseLine(CASE, "10", by=SHIPPER, reason="again")
    assert story.refused(again) == ("fulfilment.nothing-outstanding",)


def test_progress_is_checked_against_promises():
    """Clear, watch, jeopardy; a jeopardy opens an exception once per line."""
    story = accepted()
    story.tell(PlanOrder(CASE, by=PLANNER))
    story.tell(PromiseOrder(CASE, by=PLANNER))
    story.tell(MovePromise(CASE, "20", instant("2026-03-03T00:00:00Z").date(), by=PLANNER, reason="customer asks"))
    from orderlib.planning.message import ReleaseOrder

    story.tell(ReleaseOrder(CASE, by=PLANNER))
    story.tell(CheckProgress(CASE, by=PLANNER))
    (incident,) = story.case.fulfilment.open_incidents
    assert (incident.kind, incident.finding.code) == ("jeopardy", "warning.promise-in-danger")
    story.tell(CheckProgress(CASE, by=PLANNER))
    assert story.names == []


def test_progress_needs_a_plan(story):
    """An adopted order without a plan has nothing to compare."""
    assert story.refused(CheckProgress(CASE, by=PLANNER)) == ("fulfilment.no-plan",)


def test_an_exception_climbs_until_somebody_resolves_it(story):
    """Owner, clock, escalation step by step, resolution with a reason."""
    assert story.refused(OpenIncident(CASE, "i-1", by=MAKER)) == ("fulfilment.reason-missing",)
    story.tell(OpenIncident(CASE, "i-1", "shortage", line_id="10", by=MAKER, reason="no steel"))
    twice = OpenIncident(CASE, "i-1", by=MAKER, reason="again")
    assert story.refused(twice) == ("incident.used-id",)
    story.tell(PassTime(CASE, by=SYSTEM, at="2026-03-20T09:00:00Z"))
    incident = story.case.fulfilment.incidents["i-1"]
    assert incident.state == "escalated"
    assert incident.owner == "management"
    assert incident.level > 2
    assert incident.due_at > instant("2026-03-20T09:00:00Z")
    assert story.refused(ResolveIncident(CASE, "i-2", by=MAKER)) == ("incident.unknown", "fulfilment.reason-missing")
    story.tell(ResolveIncident(CASE, "i-1", by=MAKER, reason="bought elsewhere"))
    assert story.case.fulfilment.incidents["i-1"].resolution == "bought elsewhere"
    assert story.case.fulfilment.next_due is None
