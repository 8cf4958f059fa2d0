"""The order desk: load, decide, save, tell.

`OrderDesk` works with plain calls, `AsyncOrderDesk` awaits the same steps. Without arguments everything is kept in
memory and judged by the default policies.

    >>> from orderlib import Actor, Item, Order, OrderLine, Party, Quantity, UnitPrice
    >>> from orderlib.case import AdoptOrder
    >>> from orderlib.desk import OrderDesk
    >>> line = OrderLine("1", Item("pump"), Quantity("2"), UnitPrice("450", "EUR"))
    >>> order = Order("PO-7", Party("acme"), Party("we"), "EUR", [line])
    >>> desk = OrderDesk()
    >>> outcome = desk.handle(AdoptOrder(order, "accepted", by=Actor("mei", department="customer-service")))
    >>> outcome.case.state, outcome.case.phase
    ('accepted', 'to be planned')
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderlib._door import lazy

# door: every name
if TYPE_CHECKING:
    from orderlib.desk.desk import AsyncOrderDesk as AsyncOrderDesk
    from orderlib.desk.desk import FactSource as FactSource
    from orderlib.desk.desk import OrderDesk as OrderDesk
    from orderlib.desk.desk import Subscriber as Subscriber
    from orderlib.desk.memory import InMemoryRepository as InMemoryRepository
    from orderlib.desk.outcome import Outcome as Outcome
    from orderlib.desk.outcome import Preview as Preview
    from orderlib.desk.references import references_of as references_of
    from orderlib.desk.system import SystemClock as SystemClock
    from orderlib.desk.system import UuidIds as UuidIds

__all__ = [
    "AsyncOrderDesk",
    "FactSource",
    "InMemoryRepository",
    "OrderDesk",
    "Outcome",
    "Preview",
    "Subscriber",
    "SystemClock",
    "UuidIds",
    "references_of",
]

_WHERE = {
    "AsyncOrderDesk": "orderlib.desk.desk",
    "FactSource": "orderlib.desk.desk",
    "InMemoryRepository": "orderlib.desk.memory",
    "OrderDesk": "orderlib.desk.desk",
    "Outcome": "orderlib.desk.outcome",
    "Preview": "orderlib.desk.outcome",
    "Subscriber": "orderlib.desk.desk",
    "SystemClock": "orderlib.desk.system",
    "UuidIds": "orderlib.desk.system",
    "references_of": "orderlib.desk.references",
}
# end of door
if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy(__name__, _WHERE)
