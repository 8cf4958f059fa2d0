"""Builders that all tests of this room share."""

from __future__ import annotations

import pytest

from orderlib.order.line import Item, OrderLine
from orderlib.order.record import Order
from orderlib.order.terms import TaxCategory
from orderlib.values.party import Party
from orderlib.values.quantity import Quantity
from orderlib.values.rate import UnitPrice


@pytest.fixture
def make_line():
    """A line of pumps at 100 EUR each, taxed with 19 %, unless told otherwise."""

    def made(id="10", quantity=1, price="100", *, item="P-7", unit="C62", **more):
        more.setdefault("tax", TaxCategory("S", "19"))
        unit_price = UnitPrice(price, more.pop("currency", "EUR")) if isinstance(price, str) else price
        return OrderLine(id, Item(item), Quantity(quantity, unit), unit_price, **more)

    return made


@pytest.fixture
def make_order(make_line):
    """An order of one such line, unless told otherwise."""

    def made(*lines, id="4711", currency="EUR", **more):
        buyer, seller = more.pop("buyer", Party("C1", "Waterworks")), more.pop("seller", Party("S1", "Pumps Ltd"))
        return Order(id, buyer, seller, currency, lines or (make_line(),), **more)

    return made
