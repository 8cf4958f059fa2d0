"""Commands and events of holds."""

from __future__ import annotations

import attrs

from orderlib.hold.record import Hold, expiry, gates_of
from orderlib.values.dispatch import Gate
from orderlib.values.identifier import DocumentId, LineId, text
from orderlib.values.instant import Instant
from orderlib.values.message import CaseCommand, Event

__all__ = ["HoldExpired", "HoldLifted", "HoldPlaced", "LiftHold", "PlaceHold"]


@attrs.frozen
class PlaceHold(CaseCommand):
    """Stop actions (`gates`) on the order or on one line; the reason is the command's.

    `hold_id` names the hold; left out, the command's own id does. Raises `InvalidValueError` (`code.unknown`, `id.*`,
    `value.instant-*`).
    """

    gates: frozenset[Gate] = attrs.field(converter=gates_of)
    line_id: LineId | None = attrs.field(default=None, converter=attrs.converters.optional(LineId))
    hold_id: DocumentId | None = attrs.field(
        default=None, converter=attrs.converters.optional(DocumentId), kw_only=True
    )
    owner: str = attrs.field(default="", converter=text, kw_only=True)
    expires_at: Instant | None = attrs.field(default=None, converter=expiry, kw_only=True)


@attrs.frozen
class LiftHold(CaseCommand):
    """End a hold; the reason is the command's. One that stands for something else (`source`) ends with that, unless the
    management lifts it before.
    """

    hold_id: DocumentId = attrs.field(converter=DocumentId)


@attrs.frozen
class HoldPlaced(Event):
    """A hold stands."""

    hold: Hold


@attrs.frozen
class HoldLifted(Event):
    """A hold was lifted."""

    hold_id: DocumentId


@attrs.frozen
class HoldExpired(Event):
    """A hold has lapsed."""

    hold_id: DocumentId
