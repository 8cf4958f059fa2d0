"""Who sits is decided by type, amount and what is out of the ordinary."""

from __future__ import annotations

from datetime import date, timedelta

import attrs
import pytest
from build import at, line, order
from reviewing import euro

from orderlib.order.line import Item
from orderlib.order.record import Attachment, OrderType
from orderlib.order.terms import DeliveryTerms
from orderlib.review.panel import PanelByTypeAndAmount
from orderlib.review.record import PanelKind
from orderlib.values.fact import NO_FACTS, Facts
from orderlib.values.instant import instant
from orderlib.values.rate import ExchangeRate

NOW = instant(at(hour=8))
AUTOMATIC, SMALL, FULL = PanelKind
CHEAP_YUAN = ExchangeRate("CNY", "EUR", "0.1", on=date(2026, 3, 2))


def convened(given, facts=NO_FACTS, **more):
    """The decision of the default, or of one with other parameters."""
    return PanelByTypeAndAmount(**more)(given, NOW, facts)


@pytest.mark.parametrize(
    ("price", "kind", "seats", "quorum"), [("1000", AUTOMATIC, 4, 4), ("10000", SMALL, 4, 4), ("100000", FULL, 7, 5)]
)
def test_the_amount_decides_who_sits(price, kind, seats, quorum):
    """Up to the clean amount policies suffice; above ten times as much everybody sits."""
    decision = convened(order(line(price=price)))
    assert (decision.outcome, len(decision.seats), decision.quorum) == (kind, seats, quorum)
    assert all(seat.automatic is (kind is not FULL) for seat in decision.seats)
    assert decision.chair == "sales"


@pytest.mark.parametrize(
    ("more", "address"),
    [
        ({"type": OrderType.REPAIR}, "/type"),
        ({"delivery": DeliveryTerms(special_terms="by sleigh")}, "/delivery/special_terms"),
        ({"attachments": (Attachment("drawing"),)}, "/attachments/drawing"),
    ],
)
def test_what_is_out_of_the_ordinary_goes_to_the_whole_panel(more, address):
    """However small the amount."""
    decision = convened(order(**more))
    assert (decision.outcome, [each.address for each in decision.reasons]) == (FULL, [address])


@pytest.mark.parametrize(
    ("given", "facts"),
    [
        (order(attrs.evolve(line(), item=Item("P-7", properties=[("flow", "60 l/s")]))), NO_FACTS),
        (order(), Facts(other={"technical/P-7": "unfit: out of production"})),
    ],
)
def test_technology_sits_on_a_small_panel_where_there_is_something_to_judge(given, facts):
    """A specification of its own, or a word of the engineers that must not be passed over."""
    decision = convened(given, facts)
    assert decision.outcome is AUTOMATIC
    assert decision.seats[0].id == "technology"
    assert decision.quorum == 5


def test_a_line_without_a_price_is_out_of_the_ordinary():
    """Nobody can say how much it is."""
    assert convened(order(line(price=None))).reasons[0].address == "/lines/10/price"


def test_another_currency_is_compared_at_a_rate():
    """The one on the order, or one of the facts; without one everybody sits."""
    cheap = order(line(price="3000", currency="CNY"), currency="CNY")
    assert convened(cheap).outcome is FULL
    assert convened(cheap).reasons[0].code == "panel.no-rate"
    assert convened(cheap, Facts(rates=(CHEAP_YUAN,))).outcome is AUTOMATIC


def test_deadlines_are_working_time_and_rush_orders_have_half():
    """16 hours to assess, 8 until somebody accountable has it, 8 more until it counts as not judged."""
    (seat, *_) = convened(order()).seats
    assert [each.isoformat()[:13] for each in (seat.due_at, seat.escalates_at, seat.lapses_at)] == [
        "2026-03-03T17",
        "2026-03-04T17",
        "2026-03-05T17",
    ]
    (rushed, *_) = convened(order(type=OrderType.RUSH)).seats
    assert rushed.due_at.isoformat()[:13] == "2026-03-02T17"


def test_parameters_are_the_strategys():
    """The clean amount, the next limit and the time come from outside."""
    decision = convened(
        order(line(price="100")), clean_amount=euro("1"), small_amount=euro("2"), within=timedelta(hours=1)
    )
    assert decision.outcome is FULL
    assert [each.code for each in decision.reasons] == ["panel.above", "panel.above"]
    assert decision.otherwise[0].code == "panel.clean"
