"""Holds: what stops a part of the work for a while, without moving the order."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from orderlib.values.codelist import member
from orderlib.values.dispatch import Gate
from orderlib.values.identifier import DocumentId, LineId, text
from orderlib.values.instant import Instant, instant
from orderlib.values.typed import tuple_of

__all__ = ["Hold", "Holds"]


def gates_of(given: Iterable[str]) -> frozenset[Gate]:
    """What a hold stops; a converter. Raises `InvalidValueError` (`code.unknown`)."""
    return frozenset(member(Gate, each, "/gates") for each in tuple_of(str, given, "/gates"))


def _placed(value: str | Instant) -> Instant:
    return instant(value, address="/placed_at")


def expiry(value: str | Instant | None) -> Instant | None:
    """When something ends by itself, if it does; a converter. Raises `InvalidValueError` (`value.instant-*`)."""
    return None if value is None else instant(value, address="/expires_at")


@attrs.frozen(kw_only=True, weakref_slot=False)
class Hold:
    """One standing hold: what it stops, where, why, whose it is and until when.

    `gates` are the actions it stops; `line_id` None means the whole order. `owner` is the department that
    may lift it; `source` names what placed it where that was not a person (`condition`, `credit`, `change`,
    with its id). It lapses at `expires_at`, where there is one. Raises `InvalidValueError` (`code.unknown`, `id.*`,
    `value.instant-*`).
    """

    id: DocumentId = attrs.field(converter=DocumentId)
    gates: frozenset[Gate] = attrs.field(converter=gates_of)
    reason: str = attrs.field(converter=text)
    placed_at: Instant = attrs.field(converter=_placed)
    line_id: LineId | None = attrs.field(default=None, converter=attrs.converters.optional(LineId))
    owner: str = attrs.field(default="", converter=text)
    source: str = attrs.field(default="", converter=text)
    expires_at: Instant | None = attrs.field(default=None, converter=expiry)


@attrs.frozen(weakref_slot=False)
class Holds:
    """All holds that stand now, oldest first, and those that have ended, kept as evidence by id only."""

    standing: tuple[Hold, ...] = ()
    ended: frozenset[str] = frozenset()

    @property
    def next_due(self) -> Instant | None:
        """When the next hold lapses."""
        soonest: Instant | None = None
        for hold in self.standing:
            due = hold.expires_at
            if due is not None and (soonest is None or due < soonest):
                soonest = due
        return soonest

    def get(self, hold_id: str) -> Hold | None:
        """The standing hold with this id, or None."""
        for hold in self.standing:
            if hold.id == hold_id:
                return hold
        return None

    def stopping(self, gate: Gate, lines: tuple[str, ...] = ()) -> tuple[Hold, ...]:
        """The holds that stop an action: those on the whole order, and those on any of the lines.

        Without lines every hold on the gate counts, since the action would touch all of them.
        """
        return tuple(
            hold
            for hold in self.standing
            if gate in hold.gates and (hold.line_id is None or not lines or hold.line_id in lines)
        )
