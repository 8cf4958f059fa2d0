"""Commands, reports and events of execution."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

import attrs

from orderlib.errors import Finding
from orderlib.fulfilment.record import Despatch, ExceptionKind, Incident
from orderlib.ledger.message import QuantitiesPosted
from orderlib.ledger.record import Account, LineQuantity, quantities_of
from orderlib.values.codelist import member
from orderlib.values.identifier import DocumentId, LineId, text
from orderlib.values.instant import Instant
from orderlib.values.message import CaseCommand, Event, Fact
from orderlib.values.twin import maker
from orderlib.values.typed import tuple_of

__all__ = [
    "CheckProgress",
    "DespatchGoods",
    "DespatchMoved",
    "DespatchNoted",
    "DeviationsFound",
    "ExecutionStarted",
    "GoodsDespatched",
    "GoodsLost",
    "GoodsProduced",
    "GoodsReceived",
    "GoodsRefused",
    "IncidentEscalated",
    "IncidentOpened",
    "IncidentResolved",
    "LineShortClosed",
    "OpenIncident",
    "ReportDespatched",
    "ReportProduced",
    "ReportReceived",
    "ResolveIncident",
    "ShortCloseLine",
]


_despatch = maker(Despatch, "id", "lines", "sent_at", "carrier", "tracking")


def _received(given: Iterable[LineQuantity]) -> tuple[LineQuantity, ...]:
    return tuple_of(LineQuantity, given, "/received")


def _refused(given: Iterable[LineQuantity]) -> tuple[LineQuantity, ...]:
    return tuple_of(LineQuantity, given, "/refused")


def _category(value: str) -> ExceptionKind:
    return member(ExceptionKind, value, "/category")


def _findings(given: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple_of(Finding, given, "/findings")


@attrs.frozen
class ReportProduced(Fact):
    """So much of each line has been made, in the unit of the line."""

    lines: tuple[LineQuantity, ...] = attrs.field(converter=quantities_of)


@attrs.frozen
class DespatchGoods(CaseCommand):
    """Send goods: quantities in the unit of each line.

    `despatch_id` names the despatch advice; left out, the command's own id does.
    """

    lines: tuple[LineQuantity, ...] = attrs.field(converter=quantities_of)
    despatch_id: DocumentId | None = attrs.field(
        default=None, converter=attrs.converters.optional(DocumentId), kw_only=True
    )
    carrier: str = attrs.field(default="", converter=text, kw_only=True)
    tracking: str = attrs.field(default="", converter=text, kw_only=True)


@attrs.frozen
class ReportDespatched(Fact):
    """Goods have left, whatever was allowed; quantities in the unit of each line."""

    lines: tuple[LineQuantity, ...] = attrs.field(converter=quantities_of)
    despatch_id: DocumentId = attrs.field(converter=DocumentId)
    carrier: str = attrs.field(default="", converter=text, kw_only=True)


@attrs.frozen
class ReportReceived(Fact):
    """What arrived of a despatch: received, refused and lost, in the unit of each line.

    `complete` says that nothing more of the despatch will come: what is missing then counts as lost.
    """

    despatch_id: DocumentId = attrs.field(converter=DocumentId)
    received: tuple[LineQuantity, ...] = attrs.field(converter=_received)
    refused: tuple[LineQuantity, ...] = attrs.field(default=(), converter=_refused, kw_only=True)
    complete: bool = attrs.field(default=True, kw_only=True)


@attrs.frozen
class ShortCloseLine(CaseCommand):
    """What is still outstanding of a line will not be delivered; the reason is the command's."""

    line_id: LineId = attrs.field(converter=LineId)


@attrs.frozen
class CheckProgress(CaseCommand):
    """Ask the early-warning policy whether the promises are in danger."""


@attrs.frozen
class OpenIncident(CaseCommand):
    """Somebody noticed an exception; the reason says what."""

    incident_id: DocumentId = attrs.field(converter=DocumentId)
    category: ExceptionKind = attrs.field(default=ExceptionKind.OTHER, converter=_category)
    line_id: LineId | None = attrs.field(default=None, converter=attrs.converters.optional(LineId), kw_only=True)
    owner: str = attrs.field(default="", converter=text, kw_only=True)


@attrs.frozen
class ResolveIncident(CaseCommand):
    """An exception is dealt with; the reason says how."""

    incident_id: DocumentId = attrs.field(converter=DocumentId)


@attrs.frozen
class ExecutionStarted(Event):
    """Work on the order has begun."""

    move: ClassVar[str] = "start"


@attrs.frozen
class GoodsProduced(QuantitiesPosted):
    """Goods were made."""

    account: ClassVar[Account] = Account.PRODUCED


@attrs.frozen
class GoodsDespatched(QuantitiesPosted):
    """Goods have left."""

    account: ClassVar[Account] = Account.DESPATCHED

    despatch_id: DocumentId
    carrier: str = ""
    tracking: str = ""

    def record(self) -> Despatch:
        """The despatch that this event begins."""
        return _despatch(self.despatch_id, self.lines, self.stamp.occurred_at, self.carrier, self.tracking)


@attrs.frozen
class GoodsReceived(QuantitiesPosted):
    """Goods have reached the customer."""

    account: ClassVar[Account] = Account.RECEIVED

    despatch_id: DocumentId


@attrs.frozen
class GoodsRefused(QuantitiesPosted):
    """The customer turned goods away."""

    account: ClassVar[Account] = Account.REFUSED

    despatch_id: DocumentId


@attrs.frozen
class GoodsLost(QuantitiesPosted):
    """Goods did not arrive and will not."""

    account: ClassVar[Account] = Account.LOST

    despatch_id: DocumentId


@attrs.frozen
class DespatchMoved(Event):
    """A despatch has arrived, in part, in full or with differences: `step` is the move of its lifecycle."""

    despatch_id: DocumentId
    step: str


@attrs.frozen
class DespatchNoted(Event):
    """A receipt names a despatch that nobody reported; it is noted so that the receipt has its place."""

    despatch: Despatch


@attrs.frozen
class LineShortClosed(QuantitiesPosted):
    """The outstanding rest of lines will not be delivered."""

    account: ClassVar[Account] = Account.SHORT_CLOSED


@attrs.frozen
class DeviationsFound(Event):
    """A report was booked although it deviates from what was allowed or expected."""

    findings: tuple[Finding, ...] = attrs.field(converter=_findings)


@attrs.frozen
class IncidentOpened(Event):
    """An exception has an owner and a clock."""

    incident: Incident


@attrs.frozen
class IncidentEscalated(Event):
    """Nobody resolved an exception in time; it goes one step up."""

    incident_id: DocumentId
    owner: str
    due_at: Instant


@attrs.frozen
class IncidentResolved(Event):
    """An exception is dealt with."""

    incident_id: DocumentId
