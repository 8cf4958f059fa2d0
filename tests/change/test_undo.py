"""Undoing what was begun: evidence, owners, and counts that prove it."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

import attrs
from build import CLERK, SELLER, line, order
from changing import CASE, counts, running

from orderlib.acceptance.message import ReportReturned
from orderlib.case.evolution import evolve
from orderlib.case.message import PassTime
from orderlib.change.message import CompleteCompensation, RequestCancellation, TerminateOrder
from orderlib.change.record import Remedy
from orderlib.fulfilment.message import ReportReceived
from orderlib.ledger.message import QuantitiesPosted
from orderlib.ledger.record import Account, LineQuantity
from orderlib.order.payment import PaymentTerms
from orderlib.values.message import Stamp
from orderlib.values.party import SYSTEM, Actor


@attrs.frozen
class Credited(QuantitiesPosted):
    """Goods are credited, as another room would say it."""

    account: ClassVar[Account] = Account.CREDITED


def stopped(*balances, of=None, line_ids=(), **more):
    """A running order whose end we want."""
    story = running(*balances, of=of)
    story.tell(RequestCancellation(CASE, "X", line_ids=line_ids, side="supplier", by=SELLER, reason="no steel", **more))
    return story


def done(item_id, by=SYSTEM, evidence="report 7"):
    """An item is done."""
    return CompleteCompensation(CASE, item_id, evidence, by=by)


def item_of(story, remedy):
    """The item with this remedy."""
    return next(each for each in story.case.change.cancellations["X"].items if each.remedy is remedy)


def test_evidence_and_the_owners_word():
    """Production stops the work, and shows it; management and systems may say so as well."""
    story = stopped(counts(produced=4))
    stop = item_of(story, Remedy.STOP)
    wrong = done(stop.id, Actor("fay", "finance"), " ")
    assert story.refused(wrong) == ("compensation.evidence-missing", "compensation.not-owner")
    assert story.refused(done("nothing")) == ("compensation.unknown",)
    story.tell(done(stop.id, Actor("bo", roles=("management",))))
    assert item_of(story, Remedy.STOP).evidence == "report 7"
    assert story.refused(done(stop.id)) == ("compensation.unknown",)


def test_goods_on_their_way_are_still_out():
    """They arrive, they are sent back, and only then are they back."""
    story = stopped(counts(produced=4, despatched=4))
    back = item_of(story, Remedy.RETURN)
    assert story.refused(done(back.id)) == ("compensation.still-out",)
    story.tell(ReportReceived(CASE, "D-1", [LineQuantity("10", 4)], by=CLERK))
    assert story.refused(done(back.id)) == ("compensation.still-out",)
    story.tell(ReportReturned(CASE, [LineQuantity("10", 4)], by=CLERK))
    story.tell(done(back.id))
    assert not item_of(story, Remedy.RETURN).open


def test_what_is_billed_is_credited_first():
    """The counts say so, not the person; and whoever was billed may have paid."""
    story = stopped(counts(produced=4, despatched=4, received=4, returned=4, invoiced=4))
    credit = item_of(story, Remedy.CREDIT)
    assert (credit.owner, str(credit.quantity)) == ("finance", "4")
    assert story.refused(done(credit.id)) == ("compensation.still-billed",)
    stamp = Stamp("c9", CLERK, story.now, story.now)
    story.case = evolve(story.case, Credited(stamp, (LineQuantity("10", 4),)))
    story.tell(done(credit.id))
    assert item_of(story, Remedy.REFUND).line_id is None


def test_the_last_item_waits_for_all_counts():
    """Something left although work was stopped: nothing is complete before it is back."""
    from orderlib.fulfilment.message import ReportDespatched

    story = stopped(of=order(line(quantity=3)))
    stop = item_of(story, Remedy.STOP)
    story.tell(ReportDespatched(CASE, [LineQuantity("10", 1)], "D-1", by=CLERK))
    assert story.refused(done(stop.id)) == ("compensation.still-out",)
    story.tell(ReportReceived(CASE, "D-1", [LineQuantity("10", 1)], by=CLERK))
    story.tell(ReportReturned(CASE, [LineQuantity("10", 1)], by=CLERK))
    story.tell(done(stop.id))
    assert story.case.state == "cancelled"
    pumps = story.case.ledger.lines["10"]
    assert (pumps.cancelled, pumps.delivered, pumps.returned) == (2, 1, 1)


def test_an_advance_is_given_back():
    """Whoever agreed on an advance may have had it."""
    paid = order(line(quantity=3), payment=PaymentTerms(advance="30"))
    story = stopped(of=paid)
    assert item_of(story, Remedy.REFUND).owner == "finance"
    keeping = stopped(counts(produced=1, despatched=1), of=paid, keep_delivered=True)
    assert [each.remedy for each in keeping.case.change.cancellations["X"].items] == [Remedy.STOP]


def test_the_customer_keeps_what_is_delivered():
    """Only the rest ends; the order goes on to acceptance and payment of what was kept."""
    story = stopped(counts(produced=6, despatched=4, received=4, invoiced=4), keep_delivered=True)
    remedies = [(each.remedy, each.line_id) for each in story.case.change.cancellations["X"].items]
    assert remedies == [(Remedy.STOP, "10"), (Remedy.SCRAP, "10"), (Remedy.STOP, "20")]
    for item in story.case.change.cancellations["X"].items:
        story.tell(done(item.id))
    assert story.names[-1] == "CancellationCompleted"
    assert story.case.state == "in_execution"
    assert story.case.ledger.lines["10"].cancelled == 6
    assert story.case.ledger.lines["10"].settled


def test_more_billed_than_kept_is_credited():
    """Five were billed ahead, four are kept."""
    story = stopped(counts(produced=4, despatched=4, received=4, invoiced=5), keep_delivered=True)
    assert str(item_of(story, Remedy.CREDIT).quantity) == "1"


def test_one_line_of_a_running_order():
    """Its hold is lifted, the others go on, and goods of other lines do not matter."""
    story = stopped(counts("20", produced=5, despatched=5, received=5), line_ids=("10",))
    (item,) = story.case.change.cancellations["X"].items
    story.tell(done(item.id))
    assert story.names == ["CompensationDone", "QuantitiesCancelled", "HoldLifted", "CancellationCompleted"]
    assert story.case.holds.standing == ()
    assert story.case.state == "in_execution"


def test_two_cancellations_side_by_side():
    """The first to be complete does not end the order while the other is open."""
    story = stopped(line_ids=("10",))
    story.tell(RequestCancellation(CASE, "Y", line_ids=("20",), side="supplier", by=SELLER, reason="no brass"))
    story.tell(done("X/1"))
    assert story.case.state == "in_execution"
    story.tell(done("Y/1"))
    assert story.case.state == "cancelled"


def test_termination_ends_in_termination():
    """The same way with another end."""
    story = running(of=order(line(quantity=3)))
    story.tell(TerminateOrder(CASE, "X", by=SELLER, reason="insolvent"))
    story.tell(done("X/1"))
    assert story.case.state == "terminated"


def test_what_is_not_undone_in_time_is_overdue_once():
    """Its owner hears of it; the rest of the plan goes on."""
    story = stopped(counts(produced=4))
    due = story.case.next_due
    story.tell(PassTime(CASE, by=CLERK, at=due))
    assert story.names == ["CompensationOverdue"] * 3
    assert [each.warned for each in story.case.change.cancellations["X"].items] == [True] * 3
    assert story.case.next_due is None
    assert story.case.change.cancellations["X"].items["X/1"].due_at == due


def test_a_plan_that_is_empty_is_complete():
    """Everything was produced, despatched, refused and came back: there is nothing to do."""
    story = running(counts(despatched=10, refused=10), counts("20", cancelled=5), of=None)
    from orderlib.case.policies import PolicySet
    from orderlib.change.policy import CancellationDecision
    from orderlib.change.record import CancellationRuling

    story.policies = PolicySet(cancellation=lambda *args: CancellationDecision(CancellationRuling.COMPENSATION))
    story.tell(RequestCancellation(CASE, "X", side="supplier", by=SELLER, reason="no steel"))
    assert story.case.state == "cancelled"
    assert story.case.ledger.lines["10"].cancelled == Decimal(10)
