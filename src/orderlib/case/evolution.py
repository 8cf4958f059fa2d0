"""Folding events into a case: pure, total, and cheap whatever the length of the history."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from orderlib.case.record import STAGES, OrderCase
from orderlib.case.rooms import folds_of, listener, listeners_of
from orderlib.case.table import ORDER
from orderlib.errors import FindingCode, InvalidValueError, Severity
from orderlib.ledger.process import follow
from orderlib.values.instant import Instant
from orderlib.values.message import Event
from orderlib.values.twin import copier, sealer

__all__ = ["evolve", "evolve_all"]

EVENT_MOVE: Final = FindingCode(
    "event.impossible-move",
    Severity.ERROR,
    "{event} is the move {move}, which does not leave {state}",
    "事件 {event} 对应的迁移 {move} 不能从状态 {state} 出发",
)

_copy = copier(OrderCase)
_seal = sealer(OrderCase)
_MOVES: Final = ORDER.moves
#: ends that nothing leads out of
_OVER: Final = frozenset(state for state in ORDER.ends if not ORDER.moves[state])
#: slots of which something can lapse
_TIMED: Final = tuple(slot for slot in STAGES if slot not in ("adopted", "order", "ledger"))

Plan = tuple[tuple[tuple[str, Callable[[Any, Any], Any]], ...], tuple[str, ...], bool, bool]
_PLANS: Final[dict[type[Event], Plan]] = {}


def _plan(kind: type[Event]) -> Plan:
    """What an event does: its own slots and folds, who listens, and whether order and clocks may change."""
    own = tuple(folds_of(kind))
    heard = listeners_of(kind)
    slots = {slot for slot, _ in own}
    plan = (own, heard, "order" in slots, not slots <= {"adopted", "order", "ledger"})
    _PLANS[kind] = plan
    return plan


def evolve(case: OrderCase, event: Event) -> OrderCase:
    """The case after one event.

    Raises `InvalidValueError` (`event.impossible-move`) for an event that the lifecycle does not know
    from the case's state: such a history was not made by `decide`.
    """
    kind = event.__class__
    own, heard, orders, timed = _PLANS.get(kind) or _plan(kind)
    new = _copy(case)
    new.version = case.version + 1
    move = event.move
    if move:
        target = _MOVES[case.state].get(move)
        if target is None:
            raise InvalidValueError(EVENT_MOVE("/move", event=kind.__name__, move=move, state=case.state))
        new.state = target
    clocks = False
    for slot, fold in own:
        old = getattr(case, slot)
        record = fold(old, event)
        setattr(new, slot, record)
        clocks = clocks or (timed and _due_of(old) != _due_of(record))
    if orders:
        new.ledger = follow(new.ledger, case.order, new.order)
    for slot in heard:
        known = getattr(new, slot)
        if known is not None and (hear := listener(slot, kind)) is not None:
            setattr(new, slot, hear(known, event))
            clocks = True
    if new.state in _OVER:
        new.next_due = None  # whatever was awaited is awaited no more
    elif clocks:
        new.next_due = _next_due(new)
    return _seal(new)


def _due_of(record: Any) -> Instant | None:
    due: Instant | None = getattr(record, "next_due", None)
    return due


def _next_due(case: OrderCase) -> Instant | None:
    soonest: Instant | None = None
    for slot in _TIMED:
        record = getattr(case, slot)
        if record is not None:
            due = _due_of(record)
            if due is not None and (soonest is None or due < soonest):
                soonest = due
    return soonest


def evolve_all(case: OrderCase, events: Iterable[Event]) -> OrderCase:
    """The case after all events, in their order."""
    for event in events:
        case = evolve(case, event)
    return case
