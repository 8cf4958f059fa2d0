"""People and plant carry an order from receipt to acceptance."""

from __future__ import annotations

import attrs
import pytest
from build import CLERK, line, order
from lives import CALM

from orderlib.acceptance.message import DefectFailed, DefectFound, DefectVerified
from orderlib.case.message import AdoptOrder
from orderlib.fulfilment.message import GoodsDespatched, GoodsLost, OpenIncident
from orderlib.intake.message import OrderConfirmedBack, ReceiveOrder, ReturnLapsed
from orderlib.order.terms import DeliveryTerms
from orderlib.order.totals import StatedTotals
from orderlib.values.money import Money
from orderlib.values.period import DayPeriod

SOON = DayPeriod(None, "2026-04-30")


def test_a_calm_life(lived):
    """Where nothing goes wrong, everything happens once, in its order."""
    names = lived().names()
    steps = [
        "OrderReceived", "OrderPassedToReview", "OrderAccepted", "OrderPlanned", "OrderPromised", "OrderReleased",
        "GoodsProduced", "GoodsDespatched", "GoodsReceived", "AcceptanceRequested", "GoodsAccepted", "OrderClosed",
    ]  # fmt: skip
    assert [name for name in names if name in steps] == steps


def test_goods_may_leave_in_two_despatches(lived):
    """About half goes first, in whole units, and the rest after it."""
    life = lived(temper=attrs.evolve(CALM, partial=1))
    first, second = life.all(GoodsDespatched)
    assert [str(each.quantity) for each in first.lines] == ["2", "3"]
    assert [str(each.quantity) for each in second.lines] == ["2", "3"]
    assert life.case.state == "closed"


def test_terms_that_forbid_a_split_are_kept(lived):
    """A complete delivery leaves at once, whatever the temper."""
    whole = order(line(quantity=4), delivery=DeliveryTerms(complete_only=True))
    assert len(lived(whole, temper=attrs.evolve(CALM, partial=1)).all(GoodsDespatched)) == 1


def test_a_piece_that_is_lost_is_sent_again(lived):
    """What does not arrive is made good, and the order is closed all the same."""
    lives = [lived(temper=attrs.evolve(CALM, lost=0.5), seed=seed) for seed in range(1, 9)]
    unlucky = [life for life in lives if life.all(GoodsLost)]
    assert 0 < len(unlucky) < len(lives)
    assert {life.case.state for life in lives} == {"closed"}
    assert all(each.settled for life in lives for each in life.case.ledger.lines)


def test_defects_are_put_right_until_they_pass(lived):
    """The customer finds one, and looks again; at times more than once."""
    seen = set()
    for seed in range(1, 25):
        life = lived(temper=attrs.evolve(CALM, defect=1), seed=seed)
        assert life.all(DefectFound)
        assert life.case.state == "closed"
        seen |= {type(event) for event in life.events} & {DefectFailed, DefectVerified}
    assert seen == {DefectFailed, DefectVerified}


def test_a_returned_order_comes_back_put_right(lived):
    """An order that nobody dated is dated, and goes its way."""
    life = lived(order(line(requested_period=None)))
    assert life.case.state == "closed"
    assert "OrderResubmitted" in life.names()


def test_a_customer_who_does_not_answer_loses_the_order(lived):
    """Nobody sends it again, and it lapses; so does one in which there is nothing to put right."""
    silent = attrs.evolve(CALM, answers_return=0)
    assert lived(order(line(requested_period=None)), temper=silent).all(ReturnLapsed)
    unpriced = order(line(price=None), delivery=DeliveryTerms(address=order().buyer.address, requested_period=SOON))
    assert lived(unpriced).case.state == "expired"


def test_totals_that_do_not_add_up_are_left_out_the_second_time(lived):
    """An order whose totals were wrong is sent again with what it really makes."""
    right = order(delivery=DeliveryTerms(address=order().buyer.address, requested_period=SOON))
    stated = StatedTotals(payable=Money("1", "EUR"))
    life = lived(first=lambda _: ReceiveOrder(right, by=CLERK, stated=stated))
    assert life.names().count("OrderResubmitted") == 1
    assert life.case.state == "closed"


def test_a_spoken_order_is_written_back(lived):
    """The customer says yes to what was understood."""
    life = lived(first=lambda _: ReceiveOrder(order(), channel="TE", by=CLERK))
    assert len(life.all(OrderConfirmedBack)) == 1
    assert life.case.state == "closed"


def test_an_order_that_ran_elsewhere_is_finished_here(lived):
    """Without a plan it is made, sent, accepted and paid."""
    life = lived(first=lambda _: AdoptOrder(order(), "in_execution", by=CLERK))
    assert "GoodsDespatched" in life.names()
    assert life.case.state == "closed"


def test_planners_write_the_tasks_that_no_template_has(lived):
    """An order of a type without a template is planned by hand, and made."""
    life = lived(order(line(), type="221"))
    assert life.case.planning.tasks.ids() == ("make", "pack")
    assert life.case.state == "closed"


def test_an_exception_is_dealt_with(lived):
    """What somebody reports is resolved."""
    report = (20, lambda case: OpenIncident(case.id, "i-1", by=CLERK, reason="the crane is broken"))
    assert "IncidentResolved" in lived(meanwhile=[report]).names()


@pytest.mark.parametrize("state", ["accepted", "released"])
def test_work_taken_over_goes_on(lived, state):
    """An order adopted before its execution comes to its end."""
    assert lived(first=lambda _: AdoptOrder(order(), state, by=CLERK)).case.state == "closed"
