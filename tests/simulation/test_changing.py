"""Changes and cancellations are decided, answered, and what was begun is undone."""

from __future__ import annotations

import attrs
import pytest
from build import CLERK, line, order
from lives import CALM

from orderlib.case.message import AdoptOrder
from orderlib.change.message import (
    ChangeRejected,
    ChargeAccepted,
    ChargeDeclined,
    CompensationDone,
    ReceiveOrderChange,
    RequestCancellation,
    RequestChange,
)
from orderlib.change.record import Side
from orderlib.ledger.record import LineLedger
from orderlib.order.revision import difference
from orderlib.values.quantity import Quantity


def more(case, quantity: int = 9):
    """The order with more on its first line."""
    first = case.order.lines["10"]
    fresh = attrs.evolve(first, quantity=Quantity(quantity))
    return attrs.evolve(case.order, lines=case.order.lines.replace((fresh,)))


def sends(case):
    """The customer sends the order anew."""
    return ReceiveOrderChange(case.id, "C1", more(case), 1, by=CLERK)


def proposes(case):
    """We would like another quantity."""
    wanted = difference(case.order, more(case))
    return RequestChange(case.id, "C2", wanted, "supply", side=Side.SUPPLIER, by=CLERK, reason="material")


def cancels(case):
    """The customer does not want it any more."""
    return RequestCancellation(case.id, "X1", by=CLERK, reason="not needed")


@pytest.mark.parametrize("step", [5, 12, 16])
def test_a_change_is_granted_and_delivered(lived, step):
    """Whether it comes before, during or after the making, the new quantity is delivered and paid."""
    life = lived(meanwhile=[(step, sends)])
    assert life.case.state == "closed"
    assert life.case.ledger.lines["10"].accepted == 9


def test_a_change_may_be_refused(lived):
    """Then the order is delivered as it was."""
    life = lived(meanwhile=[(12, sends)], temper=attrs.evolve(CALM, refuses_change=1))
    assert life.all(ChangeRejected)
    assert life.case.ledger.lines["10"].accepted == 4


@pytest.mark.parametrize(("refuses", "delivered"), [(0, 9), (1, 4)])
def test_what_we_propose_the_customer_answers(lived, refuses, delivered):
    """Yes makes it the order, no leaves the order as it was."""
    life = lived(meanwhile=[(12, proposes)], temper=attrs.evolve(CALM, refuses_offer=refuses))
    assert life.case.ledger.lines["10"].accepted == delivered


@pytest.mark.parametrize("step", [3, 8, 11, 13])
def test_a_cancellation_ends_the_order(lived, step):
    """Whatever had been begun by then."""
    life = lived(meanwhile=[(step, cancels)])
    assert life.case.state == "cancelled"
    assert life.case.change.quiet


def test_goods_on_their_way_come_back_and_are_credited(lived):
    """After a part has left, it is fetched; after it is billed, it is credited; then the order has ended."""
    seen: set[str] = set()
    for step in range(14, 40, 2):
        life = lived(meanwhile=[(step, cancels)], temper=attrs.evolve(CALM, partial=1))
        seen |= {event.evidence.split(" ")[0] for event in life.all(CompensationDone)}
        assert life.case.state in ("cancelled", "closed")
    assert {"stop", "scrap", "return", "credit", "refund"} >= seen >= {"stop", "scrap", "return"}


def test_made_goods_cost_something(lived):
    """Who pays the charge may cancel, who does not gets the goods."""
    for refuses, event, state in ((0, ChargeAccepted, "cancelled"), (1, ChargeDeclined, "closed")):
        steps = range(12, 18)
        lives = [lived(meanwhile=[(step, cancels)], temper=attrs.evolve(CALM, refuses_offer=refuses)) for step in steps]
        answered = [life for life in lives if life.all(event)]
        assert answered
        assert {life.case.state for life in answered} == {state}


@pytest.mark.parametrize(("refuses", "state"), [(0, "cancelled"), (1, "closed")])
def test_what_no_rule_can_judge_a_director_does(lived, refuses, state):
    """A cancellation of goods without a price waits for a person."""
    half = order(line("10", price=None), line("20", item="P-8"))
    made = (LineLedger(id="10", ordered=3, produced=3),)
    life = lived(
        first=lambda _: AdoptOrder(half, "in_execution", made, by=CLERK),
        meanwhile=[(1, cancels)],
        temper=attrs.evolve(CALM, refuses_change=refuses),
    )
    assert life.case.state == state
