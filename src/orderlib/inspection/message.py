"""Commands, reports and events of inspection lots."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from orderlib.inspection.characteristic import Reading
from orderlib.inspection.control import ControlPlan, InspectionStage, stage_of
from orderlib.inspection.letter import lot_size_of
from orderlib.inspection.master import InspectionSeverity, severity_of
from orderlib.inspection.record import Examination, InspectionLot, InspectionReport, line_ids_of, positive
from orderlib.inspection.sampling import LotOutcome, SampleVerdict
from orderlib.values.codelist import whole
from orderlib.values.identifier import DocumentId, ItemId, LineId, PartyId, text
from orderlib.values.message import CaseCommand, Event, Fact
from orderlib.values.quantity import Quantity
from orderlib.values.typed import tuple_of

__all__ = [
    "CancelInspection",
    "InspectionCancelled",
    "InspectionPlanned",
    "InspectionReported",
    "InspectionStarted",
    "LotAccepted",
    "LotConceded",
    "LotDisposed",
    "LotRecalled",
    "LotRejected",
    "LotResubmitted",
    "PlanInspection",
    "RecallLot",
    "ReinspectLot",
    "ReportInspection",
    "StartInspection",
]


def _plans(given: Iterable[ControlPlan]) -> tuple[ControlPlan, ...]:
    return tuple_of(ControlPlan, given, "/plans")


def _readings(given: Iterable[Reading]) -> tuple[Reading, ...]:
    return tuple_of(Reading, given, "/readings")


def _inspected(value: int) -> int:
    return whole(value, 0, 10**9, "/inspected")


def _found(value: int | None) -> int | None:
    return None if value is None else whole(value, 0, 10**9, "/found")


def _units(value: int | None) -> int | None:
    return None if value is None else lot_size_of(value, "/units")


def _optional_id(value: str | None) -> DocumentId | None:
    return None if value is None else DocumentId(value)


def _optional_severity(value: str | None) -> InspectionSeverity | None:
    return None if value is None else severity_of(value)


@attrs.frozen
class PlanInspection(CaseCommand):
    """Set up a lot for inspection, by whichever of the control plans fits best.

    `units` is the size of the lot for sampling, where its quantity is no number of units; `severity` is where the
    sampling scheme stands. Raises `InvalidValueError` (`inspection.quantity`, `code.unknown`, `id.*`).
    """

    lot_id: DocumentId = attrs.field(converter=DocumentId)
    item_id: ItemId = attrs.field(converter=ItemId)
    quantity: Quantity = attrs.field(converter=positive)
    stage: InspectionStage = attrs.field(converter=stage_of)
    plans: tuple[ControlPlan, ...] = attrs.field(converter=_plans)
    units: int | None = attrs.field(default=None, converter=_units, kw_only=True)
    severity: InspectionSeverity = attrs.field(default=InspectionSeverity.NORMAL, converter=severity_of, kw_only=True)
    supplier_id: PartyId | None = attrs.field(default=None, converter=attrs.converters.optional(PartyId), kw_only=True)
    batch: str = attrs.field(default="", converter=text, kw_only=True)
    line_ids: tuple[LineId, ...] = attrs.field(default=(), converter=line_ids_of, kw_only=True)


@attrs.frozen
class LotCommand(CaseCommand):
    """A command that concerns one lot."""

    lot_id: DocumentId = attrs.field(converter=DocumentId)


@attrs.frozen
class StartInspection(LotCommand):
    """Somebody begins to look at the sample."""


@attrs.frozen
class ReportInspection(Fact):
    """What was seen in the sample, or in a part of it.

    `found` counts what does not conform; where units were read one by one, `readings` say it instead. The report's id
    is the command's where none is given. Raises `InvalidValueError` (`id.*`, `value.type`).
    """

    lot_id: DocumentId = attrs.field(converter=DocumentId)
    inspected: int = attrs.field(converter=_inspected)
    found: int | None = attrs.field(default=None, converter=_found)
    readings: tuple[Reading, ...] = attrs.field(default=(), converter=_readings, kw_only=True)
    evidence: str = attrs.field(default="", converter=text, kw_only=True)
    report_id: DocumentId | None = attrs.field(default=None, converter=_optional_id, kw_only=True)


@attrs.frozen
class ReinspectLot(LotCommand):
    """Look at a lot again that has failed; `units` is what is left of it. Needs a reason."""

    units: int | None = attrs.field(default=None, converter=_units, kw_only=True)
    severity: InspectionSeverity | None = attrs.field(default=None, converter=_optional_severity, kw_only=True)


@attrs.frozen
class RecallLot(LotCommand):
    """A lot that had passed is in doubt: it fails, and a nonconformity is raised. Needs a reason."""


@attrs.frozen
class CancelInspection(LotCommand):
    """The lot need not be judged. Needs a reason."""


@attrs.frozen
class InspectionPlanned(Event):
    """A lot waits to be inspected."""

    lot: InspectionLot


@attrs.frozen
class LotEvent(Event):
    """A fact about one lot."""

    lot_id: DocumentId = attrs.field(converter=DocumentId)


@attrs.frozen
class InspectionStarted(LotEvent):
    """Somebody has begun to look at the sample."""


@attrs.frozen
class InspectionReported(LotEvent):
    """The sample, or a part of it, has been looked at."""

    report: InspectionReport


@attrs.frozen
class LotAccepted(LotEvent):
    """A lot has passed; `outcome` is what the sampling scheme wants to know of it, `verdict` what was ruled."""

    outcome: LotOutcome
    verdict: SampleVerdict = SampleVerdict.ACCEPTED


@attrs.frozen
class LotRejected(LotEvent):
    """A lot has failed; `outcome` is what the sampling scheme wants to know of it, `verdict` what was ruled."""

    outcome: LotOutcome
    verdict: SampleVerdict = SampleVerdict.REJECTED


@attrs.frozen
class LotResubmitted(LotEvent):
    """A lot that had failed is looked at again."""

    examination: Examination


@attrs.frozen
class LotConceded(LotEvent):
    """A lot that had failed is used as it is, as it was repaired, or as something else."""


@attrs.frozen
class LotDisposed(LotEvent):
    """Nothing of a lot that had failed is left: it was scrapped or went back."""


@attrs.frozen
class LotRecalled(LotEvent):
    """A lot that had passed is in doubt."""


@attrs.frozen
class InspectionCancelled(LotEvent):
    """A lot need not be judged."""
