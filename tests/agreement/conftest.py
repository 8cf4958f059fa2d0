"""An agreement in force, and what happens to it."""

from __future__ import annotations

import pytest

from orderlib.agreement.message import DraftAgreement, SignAgreement
from orderlib.agreement.process import decide, evolve
from orderlib.agreement.record import AgreedItem, Agreement
from orderlib.order.line import Item, OrderLine
from orderlib.order.record import Order
from orderlib.values.instant import instant
from orderlib.values.message import Stamp
from orderlib.values.party import Actor, Party
from orderlib.values.period import DayPeriod
from orderlib.values.quantity import Quantity
from orderlib.values.rate import UnitPrice

MEI = Actor("mei", "sales")
BUYER, SELLER = Party("C1"), Party("S1")


@pytest.fixture
def agreement():
    """Ten pumps in all, at most six in one order; valves without bound."""
    pump = AgreedItem(Item("P-7"), UnitPrice("180", "EUR"), total=10, maximum=6)
    valve = AgreedItem(Item("V-1"))
    return Agreement("A-1", BUYER, SELLER, "EUR", [pump, valve], valid=DayPeriod("2026-01-01", "2026-12-31"))


@pytest.fixture
def stamp():
    """The stamp of a command in March."""
    now = instant("2026-03-02T09:00:00Z")
    return Stamp("c9", MEI, now, now, "as ordered")


@pytest.fixture
def act():
    """Give a command to an agreement, fold what it decides."""

    def acted(account, kind, what, at="2026-03-02T09:00:00Z", **more):
        for event in decide(account, kind(what, by=MEI, id="c1", at=at, **more)):
            account = evolve(account, event)
        return account

    return acted


@pytest.fixture
def in_force(agreement, act):
    """The agreement, signed."""
    return act(act(None, DraftAgreement, agreement), SignAgreement, "A-1")


@pytest.fixture
def make_order():
    """An order of so many pumps, unless told otherwise."""

    def made(quantity=4, price="180", *, item="P-7", unit="C62", **more):
        currency = more.pop("currency", "EUR")
        unit_price = None if price is None else UnitPrice(price, currency)
        buyer, seller = more.pop("buyer", BUYER), more.pop("seller", SELLER)
        line = OrderLine("1", Item(item), Quantity(quantity, unit), unit_price)
        return Order("4711", buyer, seller, currency, [line], **more)

    return made
