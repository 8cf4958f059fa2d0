"""Small builders that all rooms share: an order, actors, moments."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, TypeVar

import attrs
import pytest

from orderlib.case.deciding import decide
from orderlib.case.evolution import evolve_all
from orderlib.case.policies import PolicySet
from orderlib.case.record import OrderCase
from orderlib.errors import RefusedError
from orderlib.order.line import Item, OrderLine
from orderlib.order.record import Order
from orderlib.order.terms import TaxCategory
from orderlib.values.decision import Decided
from orderlib.values.dispatch import View
from orderlib.values.identifier import CaseId
from orderlib.values.instant import instant, later
from orderlib.values.message import Command, Event
from orderlib.values.party import Actor, Address, Party
from orderlib.values.period import DayPeriod
from orderlib.values.quantity import Quantity
from orderlib.values.rate import UnitPrice

E = TypeVar("E", bound=Event)

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


class Story:
    """One case as it unfolds: tell it commands, look at `case` and at what just happened.

    Commands get ids by themselves, and follow each other by an hour from the 2nd of March 2026, 9:00, unless they
    say when.
    """

    def __init__(self, case_id: str = "case-1", policies: PolicySet | None = None) -> None:
        self.case = OrderCase(id=CaseId(case_id))
        self.policies = policies if policies is not None else PolicySet()
        self.events: tuple[Event, ...] = ()
        self.history: tuple[Event, ...] = ()
        self.told = 0
        self.now = instant(at())

    def tell(self, command: Command, **view: Any) -> tuple[Event, ...]:
        """Decide the command, fold its events, and give them."""
        self.told += 1
        missing: dict[str, Any] = {}
        if command.id is None:
            missing["id"] = f"c{self.told}"
        if command.at is None:
            missing["at"] = self.now = later(self.now, timedelta(hours=1))
        given = attrs.evolve(command, **missing)
        self.now = given.moment
        changes = decide(View(self.case, **view), given, self.policies)
        self.events = changes.events
        self.history += changes.events
        self.case = evolve_all(self.case, changes.get(self.case.key, ()))
        return self.events

    def refused(self, command: Command, **view: Any) -> tuple[str, ...]:
        """The codes with which the command is refused; nothing has changed then."""
        before = self.case
        with pytest.raises(RefusedError) as caught:
            self.tell(command, **view)
        assert self.case is before
        return tuple(finding.code for finding in caught.value.findings)

    @property
    def names(self) -> list[str]:
        """The names of the events of the last command, decisions apart."""
        return [type(event).__name__ for event in self.events if not isinstance(event, Decided)]

    def one(self, kind: type[E]) -> E:
        """The one event of a kind among those of the last command."""
        (found,) = (event for event in self.events if isinstance(event, kind))
        return found
