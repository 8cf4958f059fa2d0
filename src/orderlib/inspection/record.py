"""What inspection keeps of a case: lots, nonconformities, corrective actions.

A lot is what is judged as one, and stands by itself: it may concern lines of the order, an article that was bought, or
neither. It is examined once or again; each examination has a plan, and may come in several reports.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from types import NoneType
from typing import Final

import attrs

from orderlib.errors import FindingCode, InvalidValueError, Severity
from orderlib.inspection.characteristic import NonconformityGrade, UnitVerdict, grade_of
from orderlib.inspection.control import ControlPlan, InspectionStage
from orderlib.inspection.letter import lot_size_of
from orderlib.inspection.sampling import SampleVerdict, SamplingPlan
from orderlib.values.codelist import member, whole
from orderlib.values.identifier import ActorId, DocumentId, ItemId, LineId, PartyId, text
from orderlib.values.instant import Instant
from orderlib.values.lines import Lines
from orderlib.values.quantity import Quantity
from orderlib.values.typed import tuple_of, type_check

__all__ = [
    "CorrectiveAction",
    "Disposition",
    "Examination",
    "InspectionLot",
    "InspectionReport",
    "Nonconformity",
    "QualityRegister",
]

NOT_POSITIVE: Final = FindingCode(
    "inspection.quantity", Severity.ERROR, "a quantity of {quantity} cannot be inspected", "无法检验数量 {quantity}"
)
NOT_WHOLE: Final = FindingCode(
    "inspection.not-whole",
    Severity.ERROR,
    "{quantity} is no whole number of units: say how many units the lot has",
    "{quantity} 不是整数个单位：请说明该批的单位数",
)

_COUNT: Final = 10**9


class Disposition(StrEnum):
    """What is done about what does not conform (ISO 9000:2015, 3.12)."""

    REWORK = "rework"
    REPAIR = "repair"
    CONCESSION = "concession"
    REGRADE = "regrade"
    RETURN_TO_SUPPLIER = "return-to-supplier"
    SCRAP = "scrap"


def disposition_of(value: str | None) -> Disposition | None:
    """The disposition that a word stands for, if any; a converter. Raises `InvalidValueError` (`code.unknown`)."""
    return None if value is None else member(Disposition, value, "/disposition")


def line_ids_of(given: Iterable[str]) -> tuple[LineId, ...]:
    """Ids of lines; a converter. Raises `InvalidValueError` (`id.*`, `value.type`)."""
    return tuple(LineId(each) for each in tuple_of(str, given, "/line_ids"))


def positive(quantity: Quantity) -> Quantity:
    """A quantity above zero; a converter. Raises `InvalidValueError` (`inspection.quantity`) at `/quantity`."""
    if type(quantity) is not Quantity:
        raise InvalidValueError(NOT_POSITIVE("/quantity", quantity=type(quantity).__name__[:40]))
    if quantity.value <= 0:
        raise InvalidValueError(NOT_POSITIVE("/quantity", quantity=quantity))
    return quantity


def units_of(quantity: Quantity, units: int | None) -> int:
    """How many units a lot has: as many as are said, else its quantity, which must then be whole.

    Raises `InvalidValueError` (`inspection.not-whole`, `sampling.lot-size`).
    """
    if units is not None:
        return units
    if quantity.value != quantity.value.to_integral_value():
        raise InvalidValueError(NOT_WHOLE("/quantity", quantity=quantity))
    return lot_size_of(int(quantity.value), "/quantity")


def _size(value: int) -> int:
    return lot_size_of(value, "/units")


def _verdicts(given: Iterable[UnitVerdict]) -> tuple[UnitVerdict, ...]:
    return tuple_of(UnitVerdict, given, "/units")


@attrs.frozen
class InspectionReport:
    """A part of an examination: how many units, how many found, by whom and when, with evidence.

    `units` holds the units in which something was found, where they were read one by one.
    """

    id: DocumentId = attrs.field(converter=DocumentId)
    inspected: int
    found: int
    inspector: ActorId = attrs.field(converter=ActorId)
    at: Instant
    evidence: str = attrs.field(default="", converter=text)
    units: tuple[UnitVerdict, ...] = attrs.field(default=(), converter=_verdicts)

    def __attrs_post_init__(self) -> None:
        whole(self.inspected, 0, _COUNT, "/inspected")
        whole(self.found, 0, _COUNT, "/found")


_NO_REPORTS: Final[Lines[InspectionReport]] = Lines()
_check_examination: Final = type_check(("plan", SamplingPlan), ("verdict", (SampleVerdict, NoneType)))


@attrs.frozen
class Examination:
    """One look at a lot by one plan; `number` 1 is the original one. `verdict` stands once it is over."""

    number: int
    plan: SamplingPlan
    inspected: int = 0
    found: int = 0
    verdict: SampleVerdict | None = None
    reports: Lines[InspectionReport] = _NO_REPORTS

    def __attrs_post_init__(self) -> None:
        _check_examination(self)
        whole(self.number, 1, _COUNT, "/number")
        whole(self.inspected, 0, _COUNT, "/inspected")
        whole(self.found, 0, _COUNT, "/found")

    @property
    def remaining(self) -> int:
        """How many units of the sample are still to be looked at."""
        return self.plan.sample_size - self.inspected


def _examinations(given: Iterable[Examination]) -> tuple[Examination, ...]:
    return tuple_of(Examination, given, "/examinations")


def _ids(given: Iterable[str]) -> tuple[DocumentId, ...]:
    return tuple(DocumentId(each) for each in tuple_of(str, given, "/faults"))


@attrs.frozen(kw_only=True)
class InspectionLot:
    """A lot: what is judged as one.

    `units` is its size for sampling, `control` the plan that says what is looked at; `supplier_id`, `batch` and
    `line_ids` say where it belongs. `state` is a state of `InspectionLotLifecycle`; `examinations` are in their order,
    the last is the one that counts; `faults` names the nonconformities of the lot. Raises `InvalidValueError`
    (`inspection.quantity`, `sampling.lot-size`, `id.*`).
    """

    id: DocumentId = attrs.field(converter=DocumentId)
    item_id: ItemId = attrs.field(converter=ItemId)
    quantity: Quantity = attrs.field(converter=positive)
    units: int = attrs.field(converter=_size)
    control: ControlPlan
    supplier_id: PartyId | None = attrs.field(default=None, converter=attrs.converters.optional(PartyId))
    batch: str = attrs.field(default="", converter=text)
    line_ids: tuple[LineId, ...] = attrs.field(default=(), converter=line_ids_of)
    state: str = "planned"
    examinations: tuple[Examination, ...] = attrs.field(default=(), converter=_examinations)
    faults: tuple[DocumentId, ...] = attrs.field(default=(), converter=_ids)

    @property
    def stage(self) -> InspectionStage:
        """When it is inspected."""
        return self.control.stage

    @property
    def current(self) -> Examination | None:
        """The examination that counts, once there is one."""
        return self.examinations[-1] if self.examinations else None

    @property
    def released(self) -> bool:
        """Whether it may be used: it passed, or passed with a concession."""
        return self.state in ("passed", "passed_with_concession")

    @property
    def open(self) -> bool:
        """Whether it still waits for a word, or for what is done about it."""
        return self.state in ("planned", "in_inspection", "failed")


@attrs.frozen(kw_only=True)
class Nonconformity:
    """Something that does not conform, and what is done about it.

    `state` is a state of `NonconformityLifecycle`; the disposition has who decided it and why, `evidence` that it was
    carried out and helped.
    """

    id: DocumentId = attrs.field(converter=DocumentId)
    item_id: ItemId = attrs.field(converter=ItemId)
    quantity: Quantity = attrs.field(converter=positive)
    stage: InspectionStage
    grade: NonconformityGrade = attrs.field(default=NonconformityGrade.MAJOR, converter=grade_of)
    description: str = attrs.field(default="", converter=text)
    lot_id: DocumentId | None = attrs.field(default=None, converter=attrs.converters.optional(DocumentId))
    line_ids: tuple[LineId, ...] = attrs.field(default=(), converter=line_ids_of)
    state: str = "open"
    disposition: Disposition | None = attrs.field(default=None, converter=disposition_of)
    decided_by: ActorId | None = attrs.field(default=None, converter=attrs.converters.optional(ActorId))
    reason: str = attrs.field(default="", converter=text)
    evidence: str = attrs.field(default="", converter=text)

    @property
    def live(self) -> bool:
        """Whether something is still to be done about it."""
        return self.state not in ("closed", "withdrawn")


@attrs.frozen(kw_only=True)
class CorrectiveAction:
    """What is done so that a nonconformity does not come again, whose it is and by when.

    `state` is a state of `CorrectiveActionLifecycle`; `warned` says that its day passed without it.
    """

    id: DocumentId = attrs.field(converter=DocumentId)
    nonconformity_id: DocumentId = attrs.field(converter=DocumentId)
    description: str = attrs.field(converter=text)
    owner: str = attrs.field(converter=text)
    due_at: Instant
    root_cause: str = attrs.field(default="", converter=text)
    state: str = "agreed"
    evidence: str = attrs.field(default="", converter=text)
    warned: bool = False


_NO_LOTS: Final[Lines[InspectionLot]] = Lines()
_NO_FAULTS: Final[Lines[Nonconformity]] = Lines()
_NO_ACTIONS: Final[Lines[CorrectiveAction]] = Lines()


@attrs.frozen(weakref_slot=False)
class QualityRegister:
    """All lots, nonconformities and corrective actions, oldest first."""

    lots: Lines[InspectionLot] = _NO_LOTS
    nonconformities: Lines[Nonconformity] = _NO_FAULTS
    actions: Lines[CorrectiveAction] = _NO_ACTIONS

    @property
    def open_lots(self) -> tuple[InspectionLot, ...]:
        """Lots that wait for a word or for what is done about them."""
        return tuple(lot for lot in self.lots if lot.open)

    @property
    def live(self) -> tuple[Nonconformity, ...]:
        """Nonconformities about which something is still to be done."""
        return tuple(each for each in self.nonconformities if each.live)

    @property
    def next_due(self) -> Instant | None:
        """When the next corrective action should have been implemented."""
        soonest: Instant | None = None
        for each in self.actions:
            if each.state == "agreed" and not each.warned and (soonest is None or each.due_at < soonest):
                soonest = each.due_at
        return soonest

    def of_lot(self, lot_id: str) -> tuple[Nonconformity, ...]:
        """The nonconformities of one lot, oldest first."""
        lot = self.lots.get(lot_id)
        return tuple(self.nonconformities[each] for each in lot.faults) if lot is not None else ()
