"""Small builders that all rooms share: an order, actors, moments."""

from __future__ import annotations

from typing import Any

from orderlib.order.line import Item, OrderLine
from orderlib.order.record import Order
from orderlib.order.terms import TaxCategory
from orderlib.values.party import Actor, Address, Party
from orderlib.values.period import DayPeriod
from orderlib.values.quantity import Quantity
from orderlib.values.rate import UnitPrice

CLERK = Actor("mei", "customer-service")
SELLER = Actor("sam", "sales")
BUYER = Party("C1", "Waterworks", address=Address(street="Quay 4", city="Rivertown", postal_zone="20457", country="DE"))
SUPPLIER = Party("S1", "Pumps Ltd", address=Address(city="Hilltown", country="DE"))


def at(day: int = 2, hour: int = 9, minute: int = 0, month: int = 3) -> str:
    """A moment in March 2026 (the 2nd is a Monday)."""
    return f"2026-{month:02}-{day:02}T{hour:02}:{minute:02}:00Z"


def line(id: str = "10", item: str = "P-7", quantity: Any = 3, price: Any = "199.90", **more: Any) -> OrderLine:
    """A line that nothing is missing from, wanted by the end of April 2026."""
    more.setdefault("tax", TaxCategory("S", "19"))
    more.setdefault("requested_period", DayPeriod(None, "2026-04-30"))
    unit_price = None if price is None else UnitPrice(price, more.pop("currency", "EUR"))
    return OrderLine(id, Item(item, f"Item {item}"), Quantity(quantity), unit_price, **more)


def order(*lines: OrderLine, id: str = "4711", currency: str = "EUR", **more: Any) -> Order:
    """An order that passes screening: 3 pumps, unless other lines are given."""
    buyer, seller = more.pop("buyer", BUYER), more.pop("seller", SUPPLIER)
    return Order(id, buyer, seller, currency, lines or (line(),), **more)
