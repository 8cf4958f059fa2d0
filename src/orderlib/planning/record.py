"""The plan of an order: tasks with an owner and a criterion, milestones, and what was promised.

Requested, promised, estimated and actual are different things and are never mixed: the request stands on the
order, the promise here per line, the estimate on the task, the actual in the ledger.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from types import NoneType
from typing import Final

import attrs

from orderlib.errors import Finding, FindingCode, InvalidValueError, Severity
from orderlib.planning.precedence import TaskLink, links_of
from orderlib.planning.scheduling.problem import ResourceNeed
from orderlib.resource.record import Need
from orderlib.values.codelist import member
from orderlib.values.estimate import Estimate, Rework
from orderlib.values.identifier import DocumentId, LineId, text
from orderlib.values.instant import Instant, instant
from orderlib.values.lines import Lines
from orderlib.values.money import Money
from orderlib.values.quantity import Quantity
from orderlib.values.typed import tuple_of, type_check

__all__ = [
    "Baseline",
    "BaselineTask",
    "LinePromise",
    "LineSource",
    "Milestone",
    "PartPromise",
    "Phase",
    "Plan",
    "Source",
    "Task",
    "TaskDraft",
]

TASK_OWNER: Final = FindingCode(
    "task.owner-missing", Severity.ERROR, "task {task} has no owner", "任务 {task} 没有负责人"
)
TASK_CRITERION: Final = FindingCode(
    "task.criterion-missing", Severity.ERROR, "task {task} has no completion criterion", "任务 {task} 没有完成标准"
)
TASK_DURATION: Final = FindingCode(
    "task.duration", Severity.ERROR, "task {task} cannot take {duration}", "任务 {task} 的工期 {duration} 无效"
)


def _after(given: Iterable[str]) -> tuple[DocumentId, ...]:
    return tuple(DocumentId(each) for each in tuple_of(str, given, "/after"))


def _not_before(value: Instant | str | None) -> Instant | None:
    return None if value is None else instant(value, address="/not_before")


def _needs(given: Iterable[Need]) -> tuple[Need, ...]:
    return tuple_of(Need, given, "/needs")


_check_draft: Final = type_check(
    ("duration", timedelta),
    ("budget", (Money, NoneType)),
    ("estimate", (Estimate, NoneType)),
    ("rework", (Rework, NoneType)),
)


@attrs.frozen
class TaskDraft:
    """A task as a template or a recommendation words it, before it has dates.

    `duration` is working time, and is what is scheduled; `estimate` says how sure it is, `rework` how often the task is
    done again. `after` names the tasks that must be finished first, `links` whatever else it waits
    for: the start or the finish of another, and how much later. `needs` are the skills and resources that it takes
    while it lasts, `budget` what it may cost, `phase` the part of the plan that it belongs to; nothing of it is
    planned `not_before` some instant. Raises `InvalidValueError` (`task.owner-missing`, `task.criterion-missing`,
    `task.duration`, `value.type`, `id.*`): no task without an owner and a criterion.
    """

    id: DocumentId = attrs.field(converter=DocumentId)
    name: str = attrs.field(converter=text)
    owner: str = attrs.field(converter=text)
    criterion: str = attrs.field(converter=text)
    duration: timedelta = timedelta(hours=8)
    after: tuple[DocumentId, ...] = attrs.field(default=(), converter=_after)
    milestone: str = attrs.field(default="", converter=text, kw_only=True)
    links: tuple[TaskLink, ...] = attrs.field(default=(), converter=links_of, kw_only=True)
    phase: str = attrs.field(default="", converter=text, kw_only=True)
    needs: tuple[Need, ...] = attrs.field(default=(), converter=_needs, kw_only=True)
    budget: Money | None = attrs.field(default=None, kw_only=True)
    not_before: Instant | None = attrs.field(default=None, converter=_not_before, kw_only=True)
    estimate: Estimate | None = attrs.field(default=None, kw_only=True)
    rework: Rework | None = attrs.field(default=None, kw_only=True)

    @property
    def waits_for(self) -> tuple[TaskLink, ...]:
        """Everything that it waits for, as links."""
        return (*(TaskLink(each) for each in self.after), *self.links)

    def __attrs_post_init__(self) -> None:
        _check_draft(self)
        wrong: list[Finding] = []
        if not self.owner.strip():
            wrong.append(TASK_OWNER("/owner", task=self.id))
        if not self.criterion.strip():
            wrong.append(TASK_CRITERION("/criterion", task=self.id))
        if not timedelta(0) <= self.duration <= timedelta(days=3660):
            wrong.append(TASK_DURATION("/duration", task=self.id, duration=self.duration))
        if wrong:
            raise InvalidValueError(*wrong)


@attrs.frozen
class Task:
    """A task in the plan: draft, estimated dates, state in `TaskLifecycle`, and the evidence that it is done.

    `progress` is how much of it is done, in percent as it was last reported, `cost` what it has cost so far, `holds`
    what the schedule gave it of people and machines.
    """

    id: DocumentId
    draft: TaskDraft
    starts_at: Instant
    ends_at: Instant
    state: str = "planned"
    started_at: Instant | None = None
    done_at: Instant | None = None
    evidence: str = ""
    warned: bool = False
    progress: Decimal = Decimal(0)
    cost: Money | None = None
    holds: tuple[ResourceNeed, ...] = ()


@attrs.frozen
class Milestone:
    """A point of the plan that somebody waits for: yet to reach, reached, or violated (`MilestoneLifecycle`)."""

    id: DocumentId = attrs.field(converter=DocumentId)
    due_at: Instant
    task_id: DocumentId
    state: str = "open"
    reached_at: Instant | None = None


_check_part: Final = type_check(("quantity", Quantity), ("requested_on", (date, NoneType)), ("promised_on", date))


@attrs.frozen
class PartPromise:
    """What was promised for a schedule line; `id` is the schedule line's.

    Raises `InvalidValueError` (`id.*`, `value.type`).
    """

    id: LineId = attrs.field(converter=LineId)
    quantity: Quantity
    requested_on: date | None
    promised_on: date

    def __attrs_post_init__(self) -> None:
        _check_part(self)

    @property
    def late(self) -> bool:
        """Whether the promise is later than the wish."""
        return self.requested_on is not None and self.promised_on > self.requested_on


def _parts(given: Iterable[PartPromise]) -> Lines[PartPromise]:
    return Lines(tuple_of(PartPromise, given, "/parts"))


_check_promise: Final = type_check(
    ("requested_on", (date, NoneType)), ("promised_on", date), ("reason", str), ("moved", int)
)


@attrs.frozen
class LinePromise:
    """What was promised for a line, against what was wanted; `id` is the line's.

    `promised_on` is the day on which all of the line is there; `parts` tell it by schedule line, where the order has
    them. `reason` says why it moved, where it did; `moved` counts how often. Raises `InvalidValueError` (`id.*`,
    `value.type`).
    """

    id: LineId = attrs.field(converter=LineId)
    requested_on: date | None
    promised_on: date
    reason: str = ""
    moved: int = 0
    parts: Lines[PartPromise] = attrs.field(default=Lines[PartPromise](), converter=_parts)

    def __attrs_post_init__(self) -> None:
        _check_promise(self)

    @property
    def late(self) -> bool:
        """Whether the promise, or that of a part, is later than the wish."""
        if self.parts:
            return any(part.late for part in self.parts)
        return self.requested_on is not None and self.promised_on > self.requested_on


class Source(StrEnum):
    """Where goods come from; the nearest first. `none`: from nowhere."""

    STOCK = "stock"
    MAKE = "make"
    BUY = "buy"
    PARTNER = "partner"
    NONE = "none"


def source_of(value: str) -> Source:
    """The source that a word stands for; a converter. Raises `InvalidValueError` (`code.unknown`)."""
    return member(Source, value, "/source")


_check_source: Final = type_check(("lead_time", timedelta), ("cost", (Money, NoneType)))


@attrs.frozen
class LineSource:
    """Where the goods of a line come from (`id` is the line's): through whom, how soon, at what cost."""

    id: LineId = attrs.field(converter=LineId)
    source: Source = attrs.field(converter=source_of)
    party: str = attrs.field(default="", converter=text)
    lead_time: timedelta = timedelta(0)
    cost: Money | None = None

    def __attrs_post_init__(self) -> None:
        _check_source(self)


@attrs.frozen
class BaselineTask:
    """What was planned for a task when the baseline was taken."""

    id: DocumentId
    starts_at: Instant
    ends_at: Instant
    budget: Money | None = None


@attrs.frozen
class Baseline:
    """The plan against which performance is measured (PMI: baseline): taken when, why, and as what.

    `number` counts from 1; the first is the plan as it was made.
    """

    number: int
    taken_at: Instant
    reason: str
    tasks: Lines[BaselineTask]


@attrs.frozen
class Phase:
    """A part of the plan: its tasks together, from the first start to the last finish; `done` of `count` are over."""

    name: str
    starts_at: Instant
    ends_at: Instant
    count: int
    done: int


@attrs.frozen
class Plan:
    """The plan as it stands, the baseline that it is measured against, and the promises by line.

    `earlier` are the baselines that others have replaced, `sources` says where the goods of the lines come from.
    """

    tasks: Lines[Task] = attrs.field(factory=Lines[Task])
    milestones: Lines[Milestone] = attrs.field(factory=Lines[Milestone])
    baseline: Baseline | None = None
    promises: Lines[LinePromise] = attrs.field(factory=Lines[LinePromise])
    advised: tuple[TaskDraft, ...] = ()
    revision: int = 0
    earlier: tuple[Baseline, ...] = ()
    sources: Lines[LineSource] = attrs.field(factory=Lines[LineSource])

    @property
    def next_due(self) -> Instant | None:
        """When the next task or milestone is due that is not yet done, and of which nobody was warned."""
        tasks = [task.ends_at for task in self.tasks if task.state in ("planned", "started") and not task.warned]
        return min([*tasks, *(each.due_at for each in self.milestones if each.state == "open")], default=None)

    @property
    def ends_at(self) -> Instant | None:
        """When the last task should be finished."""
        return max((task.done_at or task.ends_at for task in self.tasks), default=None)

    def startable(self) -> tuple[Task, ...]:
        """The tasks that could start now, unless a lag is not over yet: what they wait for has started, or is done."""
        return tuple(task for task in self.tasks if task.state == "planned" and not any(self.unmet(task, start=True)))

    def unmet(self, task: Task, *, start: bool) -> Iterator[TaskLink]:
        """The links that still keep a task from its start, or from its finish; lags are not looked at."""
        for link in task.draft.waits_for:
            other = self.tasks.get(link.after)
            if link.binds_start is start and other is not None and other.state not in _PASSED[link.from_finish]:
                yield link

    def passed(self, task: Task) -> Iterator[tuple[TaskLink, Instant]]:
        """The links of a task whose end of the other task has happened, and when that was."""
        for link in task.draft.waits_for:
            other = self.tasks.get(link.after)
            at = None if other is None else other.done_at if link.from_finish else other.started_at
            if at is not None:
                yield link, at

    def phases(self) -> tuple[Phase, ...]:
        """The phases in the order in which they are first named; tasks without one belong to none."""
        parts: dict[str, list[Task]] = {}
        for task in self.tasks:
            if task.draft.phase and task.state != "dropped":
                parts.setdefault(task.draft.phase, []).append(task)
        return tuple(
            Phase(
                name,
                min(task.started_at or task.starts_at for task in tasks),
                max(task.done_at or task.ends_at for task in tasks),
                len(tasks),
                sum(task.state == "done" for task in tasks),
            )
            for name, tasks in parts.items()
        )

    def budget(self) -> tuple[Money, ...]:
        """What the tasks may cost in all, one amount a currency, in the order of the codes."""
        sums: dict[str, Money] = {}
        for task in self.tasks:
            cost = task.draft.budget
            if cost is not None and task.state != "dropped":
                known = sums.get(cost.currency)
                sums[cost.currency] = cost if known is None else known + cost
        return tuple(sums[code] for code in sorted(sums))


#: the states of a task by which another no longer waits for its start (False), or for its finish (True)
_PASSED: Final = {False: frozenset({"started", "done", "dropped"}), True: frozenset({"done", "dropped"})}
