"""What is being done for the order: despatches on their way, and exceptions that somebody looks after."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

import attrs

from orderlib.errors import Finding
from orderlib.ledger.record import LineQuantity, quantities_of
from orderlib.values.identifier import DocumentId, LineId, text
from orderlib.values.instant import Instant
from orderlib.values.lines import Lines

__all__ = ["Despatch", "ExceptionKind", "Fulfilment", "Incident"]


class ExceptionKind(StrEnum):
    """What has gone wrong, or is about to."""

    JEOPARDY = "jeopardy"
    DEVIATION = "deviation"
    SHORTAGE = "shortage"
    DAMAGE = "damage"
    OTHER = "other"


@attrs.frozen(kw_only=True, weakref_slot=False)
class Despatch:
    """Goods that left together; `state` is a state of `DespatchLifecycle`.

    `lines` is what left, in the unit of each line; `carrier` and `tracking` are the carrier's words.
    """

    id: DocumentId
    lines: tuple[LineQuantity, ...] = attrs.field(converter=quantities_of)
    sent_at: Instant
    carrier: str = ""
    tracking: str = ""
    state: str = "in_transit"
    arrived_at: Instant | None = None


@attrs.frozen(kw_only=True)
class Incident:
    """An exception to the plan with an owner and a clock; `state` is a state of `IncidentLifecycle`.

    `level` counts how often it was escalated; `owner` is the department that has it now.
    """

    id: DocumentId
    kind: ExceptionKind
    finding: Finding
    owner: str
    opened_at: Instant
    due_at: Instant
    line_id: LineId | None = None
    state: str = "open"
    level: int = 0
    resolution: str = attrs.field(default="", converter=text)


_NO_DESPATCHES: Final[Lines[Despatch]] = Lines()
_NO_INCIDENTS: Final[Lines[Incident]] = Lines()


@attrs.frozen(weakref_slot=False)
class Fulfilment:
    """All despatches and exceptions of the order, oldest first."""

    despatches: Lines[Despatch] = _NO_DESPATCHES
    incidents: Lines[Incident] = _NO_INCIDENTS
    findings: tuple[Finding, ...] = ()

    @property
    def open_incidents(self) -> tuple[Incident, ...]:
        """The exceptions that nobody has resolved yet."""
        return tuple(each for each in self.incidents if each.state in ("open", "escalated"))

    @property
    def next_due(self) -> Instant | None:
        """When the next exception is escalated if nobody resolves it."""
        return min((each.due_at for each in self.incidents if each.state in ("open", "escalated")), default=None)
