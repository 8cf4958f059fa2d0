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
    from orderlib.desk.clocks import ResponseClocks as ResponseClocks
    from orderlib.desk.clocks import StageClock as StageClock
    from orderlib.desk.desk import AsyncOrderDesk as AsyncOrderDesk
    from orderlib.desk.desk import OrderDesk as OrderDesk
    from orderlib.desk.follow import ReadModel as ReadModel
    from orderlib.desk.memory import Evicted as Evicted
    from orderlib.desk.memory import InMemoryRepository as InMemoryRepository
    from orderlib.desk.memory import at_rest as at_rest
    from orderlib.desk.notification import CustomerNotifier as CustomerNotifier
    from orderlib.desk.notification import DepartmentNotice as DepartmentNotice
    from orderlib.desk.notification import DepartmentNotifier as DepartmentNotifier
    from orderlib.desk.notification import Notification as Notification
    from orderlib.desk.notification import notifications_of as notifications_of
    from orderlib.desk.outcome import Outcome as Outcome
    from orderlib.desk.outcome import Preview as Preview
    from orderlib.desk.references import references_of as references_of
    from orderlib.desk.steps import DeskSteps as DeskSteps
    from orderlib.desk.steps import FactSource as FactSource
    from orderlib.desk.steps import Subscriber as Subscriber
    from orderlib.desk.system import SystemClock as SystemClock
    from orderlib.desk.system import UuidIds as UuidIds
    from orderlib.desk.watch import SupplyWatch as SupplyWatch

__all__ = [
    "AsyncOrderDesk",
    "CustomerNotifier",
    "DepartmentNotice",
    "DepartmentNotifier",
    "DeskSteps",
    "Evicted",
    "FactSource",
    "InMemoryRepository",
    "Notification",
    "OrderDesk",
    "Outcome",
    "Preview",
    "ReadModel",
    "ResponseClocks",
    "StageClock",
    "Subscriber",
    "SupplyWatch",
    "SystemClock",
    "UuidIds",
    "at_rest",
    "notifications_of",
    "references_of",
]

_WHERE = {
    "AsyncOrderDesk": "orderlib.desk.desk",
    "CustomerNotifier": "orderlib.desk.notification",
    "DepartmentNotice": "orderlib.desk.notification",
    "DepartmentNotifier": "orderlib.desk.notification",
    "DeskSteps": "orderlib.desk.steps",
    "Evicted": "orderlib.desk.memory",
    "FactSource": "orderlib.desk.steps",
    "InMemoryRepository": "orderlib.desk.memory",
    "Notification": "orderlib.desk.notification",
    "OrderDesk": "orderlib.desk.desk",
    "Outcome": "orderlib.desk.outcome",
    "Preview": "orderlib.desk.outcome",
    "ReadModel": "orderlib.desk.follow",
    "ResponseClocks": "orderlib.desk.clocks",
    "StageClock": "orderlib.desk.clocks",
    "Subscriber": "orderlib.desk.steps",
    "SupplyWatch": "orderlib.desk.watch",
    "SystemClock": "orderlib.desk.system",
    "UuidIds": "orderlib.desk.system",
    "at_rest": "orderlib.desk.memory",
    "notifications_of": "orderlib.desk.notification",
    "references_of": "orderlib.desk.references",
}
# end of door
if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy(__name__, _WHERE)
