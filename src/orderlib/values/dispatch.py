"""How a room offers its work: rules for its commands, folds for its events.

A room's `process` module holds `RULES`, `FOLDS` and, where something of it lapses, `lapse`. The case
puts the rooms together; nothing here knows which rooms there are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final, Generic, TypeVar

import attrs

from orderlib.values.fact import NO_FACTS, Facts
from orderlib.values.key import Key
from orderlib.values.message import Command, Event

__all__ = ["NO_NEEDS", "Gate", "Needs", "Rule", "View"]

C = TypeVar("C", bound=Command)
S_co = TypeVar("S_co", covariant=True)


class Gate(StrEnum):
    """What a hold can stop."""

    RELEASE = "release"
    PURCHASE = "purchase"
    PRODUCE = "produce"
    DESPATCH = "despatch"
    INVOICE = "invoice"
    CLOSE = "close"


@attrs.frozen
class Needs:
    """What a command must see beyond its own case: shared streams, and look-ups (kind, reference)."""

    keys: tuple[Key[Any], ...] = ()
    look_ups: tuple[tuple[str, str], ...] = ()


NO_NEEDS: Final = Needs()
_NOTHING: Final[Mapping[Any, Any]] = MappingProxyType({})


@attrs.define(eq=False, weakref_slot=False)
class View(Generic[S_co]):
    """What a command may see: the case, the shared streams that it needs, and facts from outside.

    `streams` holds the state of each key that `needs` named (None where the stream does not exist yet),
    `found` the keys that each look-up gave. It lives as long as one decision takes.
    """

    case: S_co
    streams: Mapping[Key[Any], Any] = _NOTHING
    facts: Facts = NO_FACTS
    found: Mapping[tuple[str, str], tuple[Key[Any], ...]] = _NOTHING


def _no_needs(_case: Any, _command: Any, /) -> Needs:
    return NO_NEEDS


def _no_lines(_command: Any, /) -> Iterable[str]:
    return ()


@attrs.frozen(kw_only=True)
class Rule(Generic[C]):
    """One command and what it takes to give it.

    `moves` are the moves of the order's lifecycle that the command may cause; it is possible where at
    least one of them is. A command that moves nothing names the `states` in which it is possible; none
    named means every state. `gate` is the hold that would stop it, for the lines that `lines` names
    (none named: the whole order). `fact` marks reports that are booked whatever the state.
    `stage` is the row of the responsibility matrix that says who may give it. `about` tells, for a command
    that concerns one thing of the case (a task, a seat of the panel, an invoice), which things it could
    concern now; a command that finds nothing to concern is not offered.
    """

    command: type[C]
    handle: Callable[[View[Any], C, Any], Iterable[Event]]
    moves: tuple[str, ...] = ()
    states: frozenset[str] = frozenset()
    gate: Gate | None = None
    lines: Callable[[C], Iterable[str]] = _no_lines
    needs: Callable[[Any, C], Needs] = _no_needs
    fact: bool = False
    stage: str = ""
    about: Callable[[Any], Iterable[str]] | None = None
