"""Which room handles which command and which event; rooms are opened when they are first needed.

Hundreds of classes stand behind the desk, and a process that only receives orders needs few of them:
a room is imported with the first of its commands or events.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cache
from importlib import import_module
from typing import Any, Final

from orderlib.case.record import STAGES
from orderlib.errors import FindingCode, RefusedError, Severity
from orderlib.values.dispatch import Rule
from orderlib.values.message import Command, Event

__all__ = [
    "COMMAND_ROOMS",
    "brings_due",
    "every_rule",
    "folds_of",
    "lapse_of",
    "listener",
    "listeners_of",
    "moves_clock",
    "rule_of",
]

COMMAND_UNKNOWN: Final = FindingCode(
    "command.unknown", Severity.ERROR, "nobody handles {command}", "没有处理 {command} 的环节"
)

#: rooms with commands to a case, lowest floor first
COMMAND_ROOMS: Final = (
    "hold",
    "risk",
    "enquiry",
    "intake",
    "review",
    "planning",
    "fulfilment",
    "change",
    "acceptance",
    "settlement",
    "closing",
    "case",
)

#: slots that follow the events of other rooms, by the room that declares the event
LISTENERS: Final[Mapping[str, tuple[str, ...]]] = {
    "order": ("enquiry", "review", "planning", "fulfilment", "acceptance", "settlement"),
    "ledger": ("planning", "fulfilment", "acceptance", "settlement"),
    "review": ("risks", "intake", "planning"),
    "planning": ("fulfilment",),
    "fulfilment": ("planning", "acceptance", "settlement"),
    "change": ("review", "planning", "fulfilment", "acceptance", "settlement"),
    "acceptance": ("settlement",),
    "settlement": ("closing",),
}

_SLOTS: Final = {room: slot for slot, room in STAGES.items()}
_RULES: Final[dict[type[Command], Rule[Any]]] = {}
_HEARD: Final[dict[tuple[str, type[Event]], Callable[[Any, Any], Any] | None]] = {}


def _process(room: str) -> Any:
    return import_module(f"orderlib.{room}.process")


def _room_of(kind: type) -> str | None:
    parts = kind.__module__.split(".")
    return parts[1] if len(parts) > 2 and parts[0] == "orderlib" else None


def rule_of(kind: type[Command]) -> Rule[Any]:
    """The rule for a class of commands; raises `RefusedError` (`command.unknown`)."""
    rule = _RULES.get(kind)
    if rule is None:
        room = _room_of(kind)
        if room not in COMMAND_ROOMS:
            raise RefusedError(COMMAND_UNKNOWN("/command", command=kind.__name__))
        for each in _process(room).RULES:
            _RULES[each.command] = each
        rule = _RULES.get(kind)
        if rule is None:
            raise RefusedError(COMMAND_UNKNOWN("/command", command=kind.__name__))
    return rule


@cache
def every_rule() -> tuple[Rule[Any], ...]:
    """All rules of all rooms, in the order of the floors; opens every room."""
    return tuple(rule for room in COMMAND_ROOMS for rule in _process(room).RULES)


def folds_of(kind: type[Event]) -> Iterator[tuple[str, Callable[[Any, Any], Any]]]:
    """The slots that an event's own rooms keep, each with the function that takes the event in.

    An event's own rooms are those that declare its class or a class that it derives from.
    """
    for slot in _own_slots(kind):
        fold = _fold(STAGES[slot], kind)
        if fold is not None:
            yield slot, fold


def listeners_of(kind: type[Event]) -> tuple[str, ...]:
    """Slots of other rooms that may want to hear of an event, once they hold anything."""
    own = _own_slots(kind)
    heard = dict.fromkeys(slot for room in _rooms(kind) for slot in LISTENERS.get(room, ()))
    return tuple(slot for slot in heard if slot not in own)


def listener(slot: str, kind: type[Event]) -> Callable[[Any, Any], Any] | None:
    """How a slot takes in an event of another room, or None where it does not care."""
    known = (slot, kind)
    if known not in _HEARD:
        _HEARD[known] = _fold(STAGES[slot], kind)
    return _HEARD[known]


def moves_clock(slot: str, kind: type[Event]) -> bool:
    """Whether something of a slot may lapse at another time after an event: a room may say after which (`CLOCKS`)."""
    clocks = _clocks(slot)
    return clocks is None or any(cls in clocks for cls in kind.__mro__)


def brings_due(slot: str, kind: type[Event]) -> str | None:
    """Where an event says when something new of a slot falls due, as an attribute of the event.

    A room may say so (`CLOCKS` as a mapping); empty: nothing new falls due by it. None: the room does not say.
    """
    clocks = _clocks(slot)
    return clocks.get(kind) if isinstance(clocks, Mapping) else None


def _clocks(slot: str) -> AbstractSet[type[Event]] | Mapping[type[Event], str] | None:
    clocks: AbstractSet[type[Event]] | Mapping[type[Event], str] | None = getattr(
        _process(STAGES[slot]), "CLOCKS", None
    )
    return clocks


def _rooms(kind: type[Event]) -> list[str]:
    return [room for cls in kind.__mro__ if (room := _room_of(cls)) is not None]


def _own_slots(kind: type[Event]) -> list[str]:
    return list(dict.fromkeys(_SLOTS[room] for room in _rooms(kind) if room in _SLOTS))


def _fold(room: str, kind: type[Event]) -> Callable[[Any, Any], Any] | None:
    folds: Mapping[type[Event], Callable[[Any, Any], Any]] = _process(room).FOLDS
    return next((folds[cls] for cls in kind.__mro__ if cls in folds), None)


def lapse_of(slot: str) -> Callable[..., Any] | None:
    """The function with which a slot's room lets things lapse, or None where nothing of it does."""
    return getattr(_process(STAGES[slot]), "lapse", None)
