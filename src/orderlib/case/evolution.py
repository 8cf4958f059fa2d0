"""Folding events into a case: pure, total, and cheap whatever the length of the history."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, Final

from orderlib.case.record import STAGES, OrderCase
from orderlib.case.rooms import brings_due, folds_of, listener, listeners_of, moves_clock
from orderlib.case.table import ORDER
from orderlib.errors import FindingCode, InvalidValueError, Severity
from orderlib.ledger.process import follow
from orderlib.values.instant import Instant
from orderlib.values.message import Event
from orderlib.values.twin import copier
from orderlib.values.typed import instance_of, tuple_of

__all__ = ["evolve", "evolve_all"]

EVENT_MOVE: Final = FindingCode(
    "event.impossible-move",
    Severity.ERROR,
    "{event} is the move {move}, which does not leave {state}",
    "事件 {event} 对应的迁移 {move} 不能从状态 {state} 出发",
)

_copy = copier(OrderCase)
_MOVES: Final = ORDER.moves
#: ends that nothing leads out of
_OVER: Final = frozenset(state for state in ORDER.ends if not ORDER.moves[state])
#: slots of which nothing lapses
_TIMELESS: Final = frozenset({"adopted", "order", "ledger"})
_TIMED: Final = tuple(slot for slot in STAGES if slot not in _TIMELESS)

#: how each class of events changes a case that is still open; the answer is whether clocks may stand otherwise
_FOLDS: Final[dict[type[Event], Callable[[Any, Event], bool]]] = {}


def _fold_of(first: Event) -> Callable[[Any, Event], bool]:
    """Write down what a class of events does, once: its move, its own slots, and who else listens.

    The hot path of everything that replays: going through the same by names costs half as much again.
    """
    kind = type(instance_of(Event, first, "/events"))
    body, scope = ["case.version += 1"], dict[str, Any](move=_move, due_of=_due_of, follow=follow)
    clocks: list[str] = []
    if inspect.getattr_static(kind, "move"):  # a property counts as well
        clocks.append("move(case, event)")
    for slot, fold in folds_of(kind):
        scope[f"fold_{slot}"] = fold
        timed = slot not in _TIMELESS and moves_clock(slot, kind)
        body.append(f"old = case.{slot}")
        body.append(f"new = case.{slot} = fold_{slot}(old, event)")
        if timed:
            told = brings_due(slot, kind)  # where nothing is due, only what an event brings can fall due
            some = {None: "new.next_due", "": "None"}.get(told, f"event.{told}")
            body.append(f"{slot} = (case.next_due or {some}) is not None and due_of(old) != new.next_due")
            clocks.append(slot)
        if slot == "order":
            body.append("case.ledger = follow(case.ledger, old, new)")
    for slot in listeners_of(kind):
        scope[f"tell_{slot}"] = partial(_tell, slot=slot, kind=kind)
        body.append(f"{slot} = case.{slot} is not None and tell_{slot}(case, event)")
        clocks.append(slot)
    body.append(f"return {' | '.join(clocks) or 'False'}")
    source = "def fold(case, event):\n    " + "\n    ".join(body)
    exec(compile(source, f"<fold of {kind.__qualname__}>", "exec"), scope)  # noqa: S102 - of our own slots
    fold_case: Callable[[Any, Event], bool] = scope["fold"]
    _FOLDS[kind] = fold_case
    return fold_case


def _move(case: Any, event: Event) -> bool:
    """Move the order, where the event is a move; whether it is over now."""
    move = event.move
    if not move:
        return False
    target = _MOVES[case.state].get(move)
    if target is None:
        raise InvalidValueError(EVENT_MOVE("/move", event=type(event).__name__, move=move, state=case.state))
    case.state = target
    return target in _OVER


def _tell(case: Any, event: Event, *, slot: str, kind: type[Event]) -> bool:
    """Let a slot of another room hear of an event, if it wants to; only now is that room opened."""
    hear = listener(slot, kind)
    if hear is None:
        return False
    setattr(case, slot, hear(getattr(case, slot), event))
    return True


def evolve(case: OrderCase, event: Event) -> OrderCase:
    """The case after one event.

    Raises `InvalidValueError`: `event.impossible-move` for an event that the lifecycle does not know from the
    case's state (such a history was not made by `decide`), `value.type` for what is no case or no event.
    """
    return evolve_all(case, (event,))


def evolve_all(case: OrderCase, events: Iterable[Event]) -> OrderCase:
    """The case after all events, in their order; raises as `evolve` does."""
    try:
        new, following = _copy(case), iter(events)
    except (AttributeError, TypeError):  # asked only now, as nearly all are what they should be
        instance_of(OrderCase, case, "/case")
        tuple_of(Event, events, "/events")
        raise
    clocks = False
    for event in following:
        if (_FOLDS.get(event.__class__) or _fold_of(event))(new, event):
            clocks = True
    if new.version == case.version:
        return case
    if clocks:  # where the order is over, whatever was awaited is awaited no more
        new.next_due = None if new.state in _OVER else _next_due(new)
    new.__class__ = OrderCase
    after: OrderCase = new
    return after


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
