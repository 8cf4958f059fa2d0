"""Control plans: what is inspected at which stage, for which product and supplier, and how much of it.

A plan that names an article, a supplier or both speaks for these; one that names neither speaks for all. Which of
several counts is a policy's word.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import StrEnum
from types import NoneType
from typing import Any, Final, Protocol

import attrs

from orderlib.errors import FindingCode, InvalidValueError, Severity
from orderlib.inspection.characteristic import Characteristic, check_formulas
from orderlib.inspection.letter import InspectionLevel, level_of
from orderlib.inspection.master import InspectionSeverity, RuleSet, aql_of, rule_set_of
from orderlib.inspection.sampling import Counting, SamplingPlan, sampling_plan
from orderlib.order.field import pointer
from orderlib.values.codelist import member
from orderlib.values.decision import Decision
from orderlib.values.identifier import DocumentId, ItemId, PartyId
from orderlib.values.lines import Lines
from orderlib.values.typed import tuple_of, type_check

__all__ = [
    "ControlPlan",
    "ControlPlanDecision",
    "ControlPlanPolicy",
    "InspectionStage",
    "MostSpecificPlan",
    "PlanFit",
    "SamplingRule",
    "stage_of",
]

CHOSEN: Final = FindingCode(
    "control.chosen",
    Severity.INFO,
    "control plan {plan} fits {item} of {supplier} at {stage} by {fit}",
    "控制计划 {plan} 按 {fit} 适用于 {supplier} 的 {item}（{stage}）",
)
NONE_FITS: Final = FindingCode(
    "control.none",
    Severity.WARNING,
    "no control plan speaks for {item} of {supplier} at {stage}",
    "没有适用于 {supplier} 的 {item}（{stage}）的控制计划",
)
AMBIGUOUS: Final = FindingCode(
    "control.ambiguous",
    Severity.WARNING,
    "{plans} fit equally; the first is taken",
    "{plans} 同样适用；采用第一个",
)
NO_CHARACTERISTIC: Final = FindingCode(
    "control.no-characteristic",
    Severity.ERROR,
    "a control plan looks at something at least",
    "控制计划至少要有一个特性",
)


class InspectionStage(StrEnum):
    """When something is inspected."""

    INCOMING = "incoming"
    IN_PROCESS = "in-process"
    FINAL = "final"


def stage_of(value: str) -> InspectionStage:
    """The stage that a word stands for; a converter. Raises `InvalidValueError` (`code.unknown`)."""
    return member(InspectionStage, value, "/stage")


def _counting(value: str | None) -> Counting | None:
    return None if value is None else member(Counting, value, "/counting")


@attrs.frozen
class SamplingRule:
    """How much of a lot is looked at: the rules, the limit and the level; raises as `sampling_plan` does."""

    aql: Decimal = attrs.field(converter=aql_of)
    level: InspectionLevel = attrs.field(default=InspectionLevel.II, converter=level_of)
    rule_set: RuleSet = attrs.field(default=RuleSet.MIL_STD_105E, converter=rule_set_of)
    counting: Counting | None = attrs.field(default=None, converter=_counting, kw_only=True)

    def plan(self, lot_size: int, severity: str = InspectionSeverity.NORMAL) -> SamplingPlan:
        """The plan for a lot of that size."""
        return sampling_plan(lot_size, self.aql, self.level, severity, self.rule_set, counting=self.counting)


def _characteristics(given: Iterable[Characteristic]) -> Lines[Characteristic]:
    return given if isinstance(given, Lines) else Lines(tuple_of(Characteristic, given, "/characteristics"))


_check_parts: Final = type_check(("sampling", (SamplingRule, NoneType)))


@attrs.frozen
class ControlPlan:
    """What is looked at, at one stage; without a rule for sampling every unit is.

    `item_id` and `supplier_id` say for what it speaks; None speaks for all. Raises `InvalidValueError`
    (`control.no-characteristic`, `characteristic.formula-name`, `lines.duplicate-id`, `code.unknown`).
    """

    id: DocumentId = attrs.field(converter=DocumentId)
    stage: InspectionStage = attrs.field(converter=stage_of)
    characteristics: Lines[Characteristic] = attrs.field(converter=_characteristics)
    sampling: SamplingRule | None = None
    item_id: ItemId | None = attrs.field(default=None, converter=attrs.converters.optional(ItemId), kw_only=True)
    supplier_id: PartyId | None = attrs.field(default=None, converter=attrs.converters.optional(PartyId), kw_only=True)

    def __attrs_post_init__(self) -> None:
        _check_parts(self)
        wrong = [*check_formulas(self.characteristics)]
        if not self.characteristics:
            wrong.append(NO_CHARACTERISTIC("/characteristics"))
        if wrong:
            raise InvalidValueError(*wrong)


class PlanFit(StrEnum):
    """Why a control plan was chosen, most specific first; `NONE` where there is none."""

    ITEM_AND_SUPPLIER = "item-and-supplier"
    ITEM = "item"
    SUPPLIER = "supplier"
    GENERAL = "general"
    NONE = "none"


@attrs.frozen
class ControlPlanDecision(Decision[PlanFit]):
    """Which control plan counts."""

    plan_id: DocumentId | None = attrs.field(
        default=None, converter=attrs.converters.optional(DocumentId), kw_only=True
    )


class ControlPlanPolicy(Protocol):
    """Chooses the control plan for an article of a supplier at a stage (slot `control_plan`)."""

    def __call__(
        self, plans: tuple[ControlPlan, ...], item_id: str, supplier_id: str | None, stage: InspectionStage, /
    ) -> Decision[PlanFit]:
        """The fit, with the id of the plan in a `ControlPlanDecision`."""
        ...


@attrs.frozen
class MostSpecificPlan:
    """The plan for article and supplier before the one for the article, the supplier, and all; the first of equals."""

    def __call__(
        self, plans: tuple[ControlPlan, ...], item_id: str, supplier_id: str | None, stage: InspectionStage, /
    ) -> ControlPlanDecision:
        """The most specific plan that fits."""
        facts: dict[str, Any] = {"item": item_id, "supplier": supplier_id or "-", "stage": stage}
        fitting: dict[PlanFit, list[ControlPlan]] = {}
        for plan in plans:
            if plan.stage is stage and plan.item_id in (None, item_id) and plan.supplier_id in (None, supplier_id):
                fitting.setdefault(_FITS[plan.item_id is not None, plan.supplier_id is not None], []).append(plan)
        found = next(((fit, fitting[fit]) for fit in PlanFit if fit in fitting), None)
        if found is None:
            return ControlPlanDecision(PlanFit.NONE, (NONE_FITS("/plans", **facts),))
        fit, best = found
        reasons = [CHOSEN(pointer("plans", best[0].id), plan=best[0].id, fit=fit, **facts)]
        if len(best) > 1:
            reasons.append(AMBIGUOUS("/plans", plans=", ".join(each.id for each in best)))
        otherwise = [
            CHOSEN(pointer("plans", others[0].id), plan=others[0].id, fit=other, **facts)
            for other, others in sorted(fitting.items(), key=lambda item: list(PlanFit).index(item[0]))
            if other is not fit
        ]
        return ControlPlanDecision(fit, tuple(reasons), tuple(otherwise), plan_id=best[0].id)


_FITS: Final[Mapping[tuple[bool, bool], PlanFit]] = {
    (True, True): PlanFit.ITEM_AND_SUPPLIER,
    (True, False): PlanFit.ITEM,
    (False, True): PlanFit.SUPPLIER,
    (False, False): PlanFit.GENERAL,
}
