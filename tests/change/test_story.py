"""Customers change their minds: the choreographies of advanced ordering, told message by message."""

from __future__ import annotations

from decimal import Decimal

import attrs
from build import CLERK, SELLER, Story, line
from changing import CASE, counts, other, running, wants
from reviewing import BOSS, GOOD, convened, say

from orderlib.acceptance.message import ReportReturned
from orderlib.case.message import PassTime
from orderlib.change.message import (
    AnswerChange,
    AnswerCharge,
    ChangeAccepted,
    ChangeProposed,
    CompleteCompensation,
    DecideChange,
    ReceiveOrderChange,
    RequestCancellation,
    RequestChange,
)
from orderlib.ledger.record import LineQuantity
from orderlib.order.revision import difference
from orderlib.order.terms import TaxCategory
from orderlib.review.message import ReviewOrder
from orderlib.review.record import ReviewOutcome
from orderlib.values.party import Actor
from orderlib.values.quantity import Quantity

TAX = TaxCategory("S", "20")
PRODUCTION, LOGISTICS = Actor("pat", "production"), Actor("lou", "logistics")


def quantities(story):
    """What is ordered now, by line."""
    return {str(each.id): str(each.quantity.value) for each in story.case.order.lines}


def reduced():
    """The seller accepts an order of ten and fifty on the condition that it is five and fifty."""
    story = convened(
        line("1", quantity=10, price="40", tax=TAX), line("2", item="P-8", quantity=50, price="6", tax=TAX)
    )
    say(story)
    overrule = ReviewOutcome.CONDITIONALLY_ACCEPTED
    story.tell(ReviewOrder(CASE, by=BOSS, overrule=overrule, reason="fewer on stock"), facts=GOOD)
    fewer = difference(story.case.order, other(story.case.order, q1=5))
    story.tell(RequestChange(CASE, "offer", fewer, "supply", by=SELLER, reason="only five on stock"))
    story.tell(DecideChange(CASE, "offer", accept=True, by=SELLER))
    proposed = story.one(ChangeProposed)
    assert (proposed.response, proposed.wanted.line_ids) == ("CA", {"1"})
    assert story.case.state == "conditionally_accepted"
    assert quantities(story) == {"1": "10", "2": "50"}
    return story


def test_the_buyer_confirms_the_reduction_with_a_change():
    """The change that asks for what was offered is the agreement: nothing has to be decided again."""
    story = reduced()
    assert str(story.case.order.total) == "840.00 EUR"
    confirmed = attrs.evolve(other(story.case.order, q1=5), note="as discussed")
    story.tell(ReceiveOrderChange(CASE, "Change-1", confirmed, 1, by=CLERK))
    accepted = story.one(ChangeAccepted)
    assert (accepted.response, accepted.sequence, accepted.order_id) == ("AP", 1, "4711")
    assert story.case.state == "accepted"
    assert quantities(story) == {"1": "5", "2": "50"}
    assert str(story.case.order.total) == "600.00 EUR"
    assert (story.case.order.revision, story.case.order.note) == (2, "as discussed")
    assert story.case.review.approval.revision == 2
    assert [each.state for each in story.case.change.requests] == ["applied", "applied"]


def test_the_buyer_rejects_the_reduction_and_cancels():
    """Nothing has begun, so the order ends at once; what we had proposed ends with it."""
    story = reduced()
    story.tell(RequestCancellation(CASE, "Cancellation-1", by=CLERK, reason="by telephone"))
    assert story.names == ["CancellationRequested", "QuantitiesCancelled", "CancellationCompleted", "OrderCancelled"]
    assert (story.case.state, story.case.next_due) == ("cancelled", None)
    assert story.case.change.requests["offer"].state == "superseded"
    assert all(each.demand == 0 for each in story.case.ledger.lines)


def test_the_buyer_deletes_a_line_and_the_seller_agrees():
    """Until the seller has answered, the agreed order stands."""
    story = reduced()
    story.tell(ReceiveOrderChange(CASE, "Change-1", other(story.case.order, q1=5), 1, by=CLERK))
    story.tell(ReceiveOrderChange(CASE, "Change-2", other(story.case.order, "2"), 2, by=CLERK))
    assert story.names == ["ChangeRequested"]
    assert quantities(story) == {"1": "5", "2": "50"}
    story.tell(DecideChange(CASE, "Change-2", accept=True, by=SELLER))
    assert story.one(ChangeAccepted).response == "AP"
    assert quantities(story) == {"1": "5"}
    assert (story.case.state, story.case.order.revision) == ("accepted", 3)


def test_a_change_after_cancellation_is_refused():
    """The order is over, and what is allowed says so."""
    story = reduced()
    change = ReceiveOrderChange(CASE, "Change-1", other(story.case.order, q1=5), 1, by=CLERK)
    story.tell(RequestCancellation(CASE, "Cancellation-1", by=CLERK, reason="by telephone"))
    assert story.refused(change) == ("command.impossible",)


def test_messages_to_an_unknown_order_are_refused():
    """Neither a change nor a cancellation can found an order."""
    story = Story()
    order = running().case.order
    assert story.refused(ReceiveOrderChange(CASE, "Change-1", order, 1, by=CLERK)) == ("command.impossible",)
    unknown = RequestCancellation(CASE, "Cancellation-1", by=CLERK, reason="by telephone")
    assert story.refused(unknown) == ("cancellation.nothing-known",)


def test_a_running_order_pays_for_what_was_made_in_vain():
    """Eight of ten pumps are made when the customer wants four: four are charged, and only a yes changes the order."""
    story = running(counts(produced=8))
    story.tell(RequestChange(CASE, "C-1", wants(story, q10=4), by=CLERK))
    story.tell(DecideChange(CASE, "C-1", accept=True, by=SELLER))
    (charge,) = story.case.change.open_charges
    assert (str(charge.amount), charge.line_ids) == ("400.00 EUR", ("10",))
    assert quantities(story) == {"10": "10", "20": "5"}
    story.tell(AnswerCharge(CASE, charge.id, accepts=True, by=CLERK))
    assert story.names[:3] == ["ChargeAccepted", "ChangeAccepted", "OrderRevised"]
    assert quantities(story) == {"10": "4", "20": "5"}
    assert story.case.ledger.lines["10"].produced == 8
    assert story.case.change.accepted_charges == (story.case.change.charges[charge.id],)


def test_silence_declines_the_charge_and_the_change():
    """Nobody answers; the order stays as it was."""
    story = running(counts(produced=8))
    before = story.case
    story.tell(RequestChange(CASE, "C-1", wants(story, q10=4), by=CLERK))
    story.tell(DecideChange(CASE, "C-1", accept=True, by=SELLER))
    story.tell(PassTime(CASE, by=CLERK, at=story.case.next_due))
    assert story.names == ["ChargeLapsed", "ChangeLapsed"]
    assert story.case.change.charges["C-1/charge"].state == "timeout"
    kept = attrs.evolve(story.case, change=None, version=before.version)
    assert kept == before


def test_a_supplier_fails_and_the_customer_takes_another_day():
    """What we want is decided by us first, then put to the customer, then done."""
    story = running(state="accepted")
    late = attrs.evolve(story.case.order.lines["20"], quantity=Quantity(4))
    wanted = attrs.evolve(story.case.order, lines=story.case.order.lines.replace([late]))
    story.tell(
        RequestChange(
            CASE, "C-1", difference(story.case.order, wanted), "supply", by=SELLER, reason="the foundry is late"
        )
    )
    assert story.case.change.requests["C-1"].waits_for == "supplier"
    story.tell(DecideChange(CASE, "C-1", accept=True, by=SELLER))
    assert story.case.change.requests["C-1"].waits_for == "customer"
    story.tell(AnswerChange(CASE, "C-1", agrees=True, by=CLERK))
    assert story.names == ["ChangeAgreed", "OrderRevised"]
    assert quantities(story) == {"10": "10", "20": "4"}


def test_a_cancelled_order_is_undone_piece_by_piece():
    """Work stops, what was made is scrapped, what had left comes back; only then is the order cancelled."""
    story = running(counts(produced=6, despatched=2, received=2))
    story.tell(RequestCancellation(CASE, "X-1", side="supplier", by=SELLER, reason="the plant has burnt"))
    items = story.case.change.cancellations["X-1"].items
    assert [(item.remedy.value, item.line_id, str(item.quantity), item.owner) for item in items] == [
        ("stop", "10", "8", "production"),
        ("scrap", "10", "4", "production"),
        ("return", "10", "2", "logistics"),
        ("stop", "20", "5", "production"),
    ]
    assert [hold.source for hold in story.case.holds.standing] == ["cancellation/X-1"]
    done = [CompleteCompensation(CASE, item.id, "seen by the foreman", by=Actor("a", item.owner)) for item in items]
    story.tell(done[0])
    story.tell(done[1])
    assert story.refused(done[2]) == ("compensation.still-out",)
    story.tell(ReportReturned(CASE, [LineQuantity("10", Decimal(2))], by=LOGISTICS))
    story.tell(done[2])
    assert story.case.state == "in_execution"
    story.tell(done[3])
    assert story.names == [
        "CompensationDone",
        "QuantitiesCancelled",
        "HoldLifted",
        "CancellationCompleted",
        "OrderCancelled",
    ]
    pumps = story.case.ledger.lines["10"]
    assert (pumps.cancelled, pumps.returned, pumps.outstanding) == (8, 2, 0)
    assert story.case.holds.standing == ()
