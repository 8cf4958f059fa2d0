"""Judgements of planning: which tasks an order type needs, when they run, what is promised, when work may begin."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final, Protocol

import attrs

from orderlib.errors import Finding, FindingCode, Severity
from orderlib.order.record import Order, OrderType
from orderlib.planning.promise import Feasibility, LeadTimePromise, PromiseDecision
from orderlib.planning.record import LinePromise, Plan, Source, TaskDraft
from orderlib.planning.schedule import Dated, forward
from orderlib.planning.sourcing import MakeOrBuy
from orderlib.values.calendar import WEEKDAYS
from orderlib.values.decision import Decision, Verdict
from orderlib.values.estimate import Estimate, Rework
from orderlib.values.instant import Instant
from orderlib.values.lines import Lines
from orderlib.values.quantity import Quantity
from orderlib.values.typed import couples_of, tuple_of
from orderlib.values.worktime import Calendar

__all__ = [
    "ANSWERS",
    "DEFAULTS",
    "OUTCOMES",
    "AllocateByRequestedDay",
    "AllocationDecision",
    "AllocationPolicy",
    "PlannedAndPromised",
    "PrecedenceSchedule",
    "ReleasePolicy",
    "ScheduleDecision",
    "SchedulingPolicy",
    "TasksByOrderType",
    "TemplateDecision",
    "TemplatePolicy",
]

SCHEDULE_FITS: Final = FindingCode(
    "planning.on-time",
    Severity.INFO,
    "the last task ends on {end}, wanted by {wanted}",
    "最后任务于 {end} 完成，要求 {wanted}",
)
SCHEDULE_LATE: Final = FindingCode(
    "planning.late",
    Severity.WARNING,
    "the last task ends on {end}, after {wanted}",
    "最后任务于 {end} 完成，晚于 {wanted}",
)
SCHEDULE_BEFORE: Final = FindingCode(
    "planning.would-be-on-time",
    Severity.INFO,
    "it would be on time if {task} took {days} days less",
    "若 {task} 缩短 {days} 天，则可按期",
)
TEMPLATE_USED: Final = FindingCode(
    "planning.template",
    Severity.INFO,
    "orders of type {type} take {count} tasks",
    "类型 {type} 的订单需要 {count} 个任务",
)
TEMPLATE_MISSING: Final = FindingCode(
    "planning.no-template",
    Severity.WARNING,
    "no template for orders of type {type}; somebody has to write the tasks",
    "类型 {type} 没有任务模板，需要人工编制",
)
RELEASE_MISSING: Final = FindingCode(
    "release.missing", Severity.ERROR, "work cannot begin without {what}", "缺少{what}，不能开始"
)
RELEASE_READY: Final = FindingCode(
    "release.ready", Severity.INFO, "there is a plan and a promise for every line", "计划与各行承诺均已具备"
)
ALLOCATION_SHORT: Final = FindingCode(
    "allocation.short",
    Severity.WARNING,
    "line {line} gets {given} of {wanted}",
    "行 {line} 分得 {given}，需要 {wanted}",
)


def _tasks(given: Iterable[TaskDraft]) -> tuple[TaskDraft, ...]:
    return tuple_of(TaskDraft, given, "/tasks")


def _dated(given: Iterable[Dated]) -> tuple[Dated, ...]:
    return tuple_of(Dated, given, "/dated")


def _shares(given: Iterable[tuple[str, Decimal]]) -> tuple[tuple[str, Decimal], ...]:
    return couples_of(str, Decimal, given, "/shares")


@attrs.frozen
class TemplateDecision(Decision[Verdict]):
    """The tasks that an order needs."""

    tasks: tuple[TaskDraft, ...] = attrs.field(default=(), converter=_tasks, kw_only=True)


@attrs.frozen
class ScheduleDecision(Decision[Feasibility]):
    """When each task runs."""

    dated: tuple[Dated, ...] = attrs.field(default=(), converter=_dated, kw_only=True)


@attrs.frozen
class AllocationDecision(Decision[Verdict]):
    """How much of a scarce supply each line gets, in its unit."""

    shares: tuple[tuple[str, Decimal], ...] = attrs.field(default=(), converter=_shares, kw_only=True)


class TemplatePolicy(Protocol):
    """Which tasks an order needs (slot `template`)."""

    def __call__(self, order: Order, advised: tuple[TaskDraft, ...], /) -> Decision[Verdict]:
        """A `TemplateDecision`; `advised` are tasks that the review recommended."""
        ...


class SchedulingPolicy(Protocol):
    """When the tasks run (slot `scheduling`)."""

    def __call__(
        self, tasks: tuple[TaskDraft, ...], start_at: Instant, wanted_on: date | None, /
    ) -> Decision[Feasibility]:
        """A `ScheduleDecision`."""
        ...


class ReleasePolicy(Protocol):
    """Whether work may begin (slot `release`)."""

    def __call__(self, order: Order, plan: Plan | None, /) -> Decision[Verdict]:
        """Yes, or no with all that is missing."""
        ...


class AllocationPolicy(Protocol):
    """Who gets what of a supply that is not enough for all (slot `allocation`)."""

    def __call__(self, order: Order, supply: Mapping[str, Quantity], /) -> Decision[Verdict]:
        """An `AllocationDecision`; yes where everybody gets everything."""
        ...


def _hours(low: int, likely: int, high: int) -> Estimate:
    return Estimate(timedelta(hours=low), timedelta(hours=likely), timedelta(hours=high))


_SHIP: Final = TaskDraft(
    "ship",
    "Pack and hand over",
    "logistics",
    "the carrier has signed",
    timedelta(hours=4),
    milestone="ready",
    estimate=_hours(3, 4, 8),
)
_WORK: Final = (
    TaskDraft(
        "supply",
        "Provide material",
        "purchasing",
        "all material of the order is on stock",
        timedelta(hours=16),
        estimate=_hours(12, 16, 40),
    ),
    TaskDraft(
        "make",
        "Make the goods",
        "production",
        "every line is produced in full",
        timedelta(hours=24),
        ("supply",),
        estimate=_hours(20, 24, 36),
        rework=Rework("0.05"),
    ),
    TaskDraft(
        "inspect",
        "Inspect the goods",
        "quality",
        "final inspection is passed",
        timedelta(hours=4),
        ("make",),
        estimate=_hours(3, 4, 8),
    ),
    attrs.evolve(_SHIP, after=("inspect",)),
)
_PICK: Final = (
    TaskDraft(
        "pick", "Pick from stock", "logistics", "every line is picked", timedelta(hours=4), estimate=_hours(3, 4, 8)
    ),
    attrs.evolve(_SHIP, after=("pick",)),
)


@attrs.frozen
class TasksByOrderType:
    """Made to order: material, making, inspection, shipping; call-offs, samples and consignment are picked and shipped.

    Recommended tasks come first, and everything waits for them. Blanket orders have no work of their own.
    """

    make: tuple[TaskDraft, ...] = _WORK
    pick: tuple[TaskDraft, ...] = _PICK

    def __call__(self, order: Order, advised: tuple[TaskDraft, ...], /) -> TemplateDecision:
        """The tasks for the type of the order."""
        if order.type is OrderType.BLANKET:
            return TemplateDecision(Verdict.REVIEW, (TEMPLATE_MISSING("/type", type=order.type.name),))
        picked = order.type in (OrderType.CALL_OFF, OrderType.CONSIGNMENT, OrderType.SAMPLE)
        chosen = self.pick if picked else self.make
        gates = tuple(draft.id for draft in advised)
        roots = tuple(
            attrs.evolve(draft, after=(*draft.after, *gates)) if not draft.after else draft for draft in chosen
        )
        tasks = (*advised, *roots)
        return TemplateDecision(
            Verdict.YES, (TEMPLATE_USED("/type", type=order.type.name, count=len(tasks)),), tasks=tasks
        )


@attrs.frozen
class PrecedenceSchedule:
    """Every task as early as its predecessors and the working calendar let it; capacity is taken as given."""

    calendar: Calendar = WEEKDAYS

    def __call__(self, tasks: tuple[TaskDraft, ...], start_at: Instant, wanted_on: date | None, /) -> ScheduleDecision:
        """Early dates; late where the last one falls after the day wanted."""
        dated = forward(tasks, start_at, self.calendar)
        end = max((each.ends_at for each in dated), default=start_at)
        if wanted_on is None or end.date() <= wanted_on:
            reason = SCHEDULE_FITS("/tasks", end=end.date(), wanted=wanted_on or "any day")
            return ScheduleDecision(Feasibility.ON_TIME, (reason,), dated=dated)
        longest = max(tasks, key=lambda task: task.duration, default=None)
        over = date.toordinal(end) - wanted_on.toordinal()
        # where nothing is left to do, nothing that is done faster would help
        sooner = () if longest is None else (SCHEDULE_BEFORE(f"/tasks/{longest.id}", task=longest.name, days=over),)
        return ScheduleDecision(
            Feasibility.LATE, (SCHEDULE_LATE("/tasks", end=end.date(), wanted=wanted_on),), sooner, dated=dated
        )


@attrs.frozen
class PlannedAndPromised:
    """Work may begin once there is a plan and every line has a promise."""

    def __call__(self, order: Order, plan: Plan | None, /) -> Decision[Verdict]:
        """Yes, or no with all that is missing."""
        missing: list[Finding] = []
        if plan is None or not plan.tasks:
            missing.append(RELEASE_MISSING("/plan", what="a plan"))
        promises: Lines[LinePromise] = plan.promises if plan is not None else Lines()
        missing += [
            RELEASE_MISSING(f"/lines/{line.id}", what=f"a promise for line {line.id}")
            for line in order.lines
            if line.id not in promises
        ]
        if missing:
            return Decision(Verdict.NO, tuple(missing))
        return Decision(Verdict.YES, (RELEASE_READY(),))


@attrs.frozen
class AllocateByRequestedDay:
    """Whoever wants it first gets it first; lines without a day come last, ties go by the order of the lines."""

    def __call__(self, order: Order, supply: Mapping[str, Quantity], /) -> AllocationDecision:
        """The share of each line."""
        left = {item: quantity.value for item, quantity in supply.items()}
        shares: dict[str, Decimal] = {}
        ranked = sorted(order.lines, key=lambda line: (line.requested_on or date.max, order.lines.index(line.id)))
        reasons: list[Finding] = []
        for line in ranked:
            given = min(line.quantity.value, left.get(line.item.id, Decimal(0)))
            left[line.item.id] = left.get(line.item.id, Decimal(0)) - given
            shares[line.id] = given
            if given < line.quantity.value:
                reasons.append(
                    ALLOCATION_SHORT(f"/lines/{line.id}", line=line.id, given=given, wanted=line.quantity.value)
                )
        ordered = tuple((line.id, shares[line.id]) for line in order.lines)
        return AllocationDecision(Verdict.REVIEW if reasons else Verdict.YES, tuple(reasons), shares=ordered)


DEFAULTS: Final[Mapping[str, Callable[[], Any]]] = {
    "release": PlannedAndPromised,
    "template": TasksByOrderType,
    "scheduling": PrecedenceSchedule,
    "promise": LeadTimePromise,
    "sourcing": MakeOrBuy,
    "allocation": AllocateByRequestedDay,
}
OUTCOMES: Final[Mapping[str, type[StrEnum]]] = {
    "release": Verdict,
    "template": Verdict,
    "scheduling": Feasibility,
    "promise": Feasibility,
    "sourcing": Source,
    "allocation": Verdict,
}
#: slots in which a decision has to say more than its outcome
ANSWERS: Final[Mapping[str, type[Decision[Any]]]] = {
    "template": TemplateDecision,
    "scheduling": ScheduleDecision,
    "promise": PromiseDecision,
}
