"""What an order takes of its framework agreement, kept in step with the order's own life.

Acceptance sets the quantities aside, a revision follows, deliveries use them up, every end frees what is left. Two
orders that race for the last of it cannot both win: the agreement's stream is saved with the case's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from orderlib.agreement.call_off import reserve
from orderlib.agreement.process import consume, evolve, release
from orderlib.agreement.record import AgreementAccount, ItemQuantity
from orderlib.case.evolution import evolve as evolve_case
from orderlib.case.record import OrderCase
from orderlib.ledger.message import QuantitiesPosted
from orderlib.ledger.record import Account
from orderlib.order.message import OrderRevised
from orderlib.order.record import Order
from orderlib.values.message import Event

__all__ = ["with_call_off"]

_TAKES: Final = frozenset({"accept", "agree"})
_FREES: Final = frozenset({"reject", "decline", "lapse_counter_offer", "cancel", "terminate", "close"})
_TAKEN: Final = frozenset({"accepted", "released", "in_execution"})


def with_call_off(case: OrderCase, account: AgreementAccount, events: Iterable[Event]) -> tuple[Event, ...]:
    """The events with what they mean for the agreement after each of them.

    Raises `RefusedError` (`agreement.*`) where an acceptance or a revision takes more than is left.
    """
    told: list[Event] = []
    for event in events:
        told.append(event)
        if type(event).kind != "case":
            continue
        case = evolve_case(case, event)
        for effect in _effects(case, account, event):
            account = evolve(account, effect)
            told.append(effect)
    return tuple(told)


def _effects(case: OrderCase, account: AgreementAccount, event: Event) -> Iterable[Event]:
    order, stamp = case.order, event.stamp
    if order is None:
        return ()
    if event.move in _TAKES or (isinstance(event, OrderRevised) and case.state in _TAKEN):
        return reserve(account, order, case.id, stamp.recorded_at.date(), stamp)
    if isinstance(event, QuantitiesPosted) and event.account is Account.RECEIVED:
        return consume(account, case.id, _received(order, account, event), stamp)
    return release(account, case.id, stamp) if event.move in _FREES else ()


def _received(order: Order, account: AgreementAccount, event: QuantitiesPosted) -> Iterator[ItemQuantity]:
    """What has arrived of agreed items, in the agreement's units; what does not convert is not the agreement's."""
    for each in event.lines:
        line = order.lines.get(each.line_id)
        agreed = account.agreement.items.get(line.item.id) if line is not None else None
        if line is None or agreed is None or line.quantity.unit != agreed.unit:
            continue
        yield ItemQuantity(agreed.item.id, each.quantity)
