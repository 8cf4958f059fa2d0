"""What becomes of differences to what was agreed."""

from __future__ import annotations

import attrs
import pytest
from build import line, order

from orderlib.intake.deviation import NotToOurLoss
from orderlib.intake.record import Resolution
from orderlib.order.compare import compare_orders
from orderlib.order.line import Item, OrderLine, ScheduleLine
from orderlib.order.payment import PaymentTerms
from orderlib.values.party import Party
from orderlib.values.quantity import Conversion, Quantity
from orderlib.values.rate import UnitPrice


def resolved(found, agreed=None, policy=None):
    """The policy's word on an order held against the agreed one."""
    agreed = agreed or order()
    deviations = compare_orders(found, agreed)
    decision = (policy or NotToOurLoss())(deviations, found, agreed)
    assert len(decision.resolutions) == len(deviations) == len(decision.reasons)
    return decision


def test_nothing_deviates():
    """As agreed is accepted, with a reason."""
    decision = NotToOurLoss()((), order(), order())
    assert (decision.outcome, decision.reasons[0].code) == (Resolution.ACCEPTED, "intake.as-agreed")


@pytest.mark.parametrize(
    ("price", "expected"),
    [
        (UnitPrice("250", "EUR"), Resolution.ACCEPTED),
        (UnitPrice("1999", "EUR", per=10), Resolution.OPEN),
        (UnitPrice("2999", "EUR", per=10), Resolution.ACCEPTED),
        (UnitPrice("199.89", "EUR"), Resolution.OPEN),
        (UnitPrice("250", "EUR", unit="C62"), Resolution.ACCEPTED),
        (None, Resolution.REPRICED),
    ],
)
def test_prices(price, expected):
    """A higher price is no loss, a missing one is the agreed one, a lower one waits for a person."""
    agreed = order(line(price="200"))
    assert resolved(order(attrs.evolve(line(), price=price)), agreed).resolutions == (expected,)


def test_prices_for_units_that_do_not_convert_wait_for_a_person():
    """Pieces here, kilograms there: nobody can say which is more."""
    item = Item("P-7", conversions=[Conversion("C62", "KGM", "12")])
    by_weight = order(OrderLine("10", item, Quantity(3), UnitPrice("20", "EUR", unit="KGM")))
    pieces = order(attrs.evolve(line(price="1"), quantity=Quantity(3)))
    assert Resolution.OPEN in resolved(pieces, by_weight).resolutions


def test_a_tolerance_takes_a_slightly_lower_price():
    """Two percent less are accepted where three are allowed."""
    policy = NotToOurLoss(price_tolerance="3")
    assert resolved(order(line(price="196")), order(line(price="200")), policy).outcome is Resolution.ACCEPTED
    assert resolved(order(line(price="190")), order(line(price="200")), policy).outcome is Resolution.OPEN


def test_a_day_put_off_costs_nothing():
    """Later is accepted, sooner waits for a person."""
    agreed = order(line(schedule=[ScheduleLine("1", Quantity(3), requested_on="2026-04-10")]))
    later = order(line(schedule=[ScheduleLine("1", Quantity(3), requested_on="2026-04-20")]))
    assert resolved(later, agreed).outcome is Resolution.ACCEPTED
    assert resolved(agreed, later).outcome is Resolution.OPEN
    assert resolved(order(line(requested_period=None)), order()).outcome is Resolution.OPEN


def test_another_buyer_or_currency_goes_back():
    """Nobody here can resolve that; the worst difference rules the whole."""
    other = order(line(quantity=5), buyer=Party("C2", "Gasworks"))
    decision = resolved(other)
    assert decision.outcome is Resolution.RETURNED
    assert decision.resolutions == (Resolution.RETURNED, Resolution.OPEN)
    dollars = order(line(currency="USD"), currency="USD")
    assert resolved(dollars).resolutions[0] is Resolution.RETURNED


def test_terms_lines_and_items_wait_for_a_person():
    """Payment, a line more or less, another item."""
    assert resolved(order(payment=PaymentTerms(net_days=90))).outcome is Resolution.OPEN
    assert resolved(order(line(), line("20", "V-1"))).outcome is Resolution.OPEN
    assert resolved(order(), order(line(), line("20", "V-1"))).outcome is Resolution.OPEN
    assert resolved(order(line(item="P-8"))).outcome is Resolution.OPEN
