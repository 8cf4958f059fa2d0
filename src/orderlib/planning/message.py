"""Commands and events of planning."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import ClassVar, Final

import attrs

from orderlib.errors import Finding, FindingCode, InvalidValueError, Severity
from orderlib.planning.record import LinePromise, LineSource, Milestone, Task, TaskDraft
from orderlib.values.decimals import Number, decimal
from orderlib.values.identifier import DocumentId, LineId, text
from orderlib.values.instant import Instant, instant
from orderlib.values.message import CaseCommand, Event, Fact
from orderlib.values.money import Money
from orderlib.values.typed import tuple_of

__all__ = [
    "AddTask",
    "BaselinePlan",
    "CompleteTask",
    "DropTask",
    "LinesSourced",
    "MilestoneMissed",
    "MilestoneReached",
    "MovePromise",
    "OrderPlanned",
    "OrderPromised",
    "OrderReleased",
    "PlanBaselined",
    "PlanOrder",
    "ProgressReported",
    "PromiseMoved",
    "PromiseOrder",
    "ReleaseOrder",
    "ReplanOrder",
    "ReportProgress",
    "SourceOrder",
    "StartTask",
    "TaskAdded",
    "TaskCompleted",
    "TaskDropped",
    "TaskOverdue",
    "TaskStarted",
]

PROGRESS_RANGE: Final = FindingCode(
    "task.progress-range",
    Severity.ERROR,
    "progress lies between 0 and 100 percent; {value} does not",
    "进度应在 0 至 100 之间，{value} 无效",
)
_ALL: Final = Decimal(100)


def _tasks(given: Iterable[Task]) -> tuple[Task, ...]:
    return tuple_of(Task, given, "/tasks")


def _milestones(given: Iterable[Milestone]) -> tuple[Milestone, ...]:
    return tuple_of(Milestone, given, "/milestones")


def _sources(given: Iterable[LineSource]) -> tuple[LineSource, ...]:
    return tuple_of(LineSource, given, "/sources")


def _findings(given: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple_of(Finding, given, "/findings")


def _promises(given: Iterable[LinePromise]) -> tuple[LinePromise, ...]:
    return tuple_of(LinePromise, given, "/promises")


@attrs.frozen
class PlanOrder(CaseCommand):
    """Make the plan: tasks from the template of the order type, dates from the scheduling policy.

    Nothing starts before `start_at` (the command's moment, where it is left out).
    """

    start_at: Instant | None = attrs.field(default=None, kw_only=True)


@attrs.frozen
class ReplanOrder(CaseCommand):
    """Schedule anew what is not yet done; the reason is the command's."""


@attrs.frozen
class BaselinePlan(CaseCommand):
    """Measure the work against the plan as it stands now, no longer as it was; the reason is the command's."""


@attrs.frozen
class PromiseOrder(CaseCommand):
    """Promise a day for every line, by the promise policy."""


@attrs.frozen
class SourceOrder(CaseCommand):
    """Decide where the goods of each line come from, by the sourcing policy; asked again, it may decide anew."""


@attrs.frozen
class MovePromise(CaseCommand):
    """Move the promise of one line, or of one of its schedule lines (`part_id`), to another day.

    The reason is the command's.
    """

    line_id: LineId = attrs.field(converter=LineId)
    promised_on: date
    part_id: LineId | None = attrs.field(default=None, converter=attrs.converters.optional(LineId), kw_only=True)


@attrs.frozen
class ReleaseOrder(CaseCommand):
    """Let the work begin, where the release policy agrees."""


@attrs.frozen
class AddTask(CaseCommand):
    """Put a further task into the plan."""

    draft: TaskDraft


@attrs.frozen
class StartTask(CaseCommand):
    """Begin a task whose predecessors are done."""

    task_id: DocumentId = attrs.field(converter=DocumentId)


@attrs.frozen
class CompleteTask(CaseCommand):
    """Finish a task; `evidence` shows that its criterion is met."""

    task_id: DocumentId = attrs.field(converter=DocumentId)
    evidence: str = attrs.field(converter=text)


def _percent(value: Number) -> Decimal:
    number = decimal(value, address="/progress")
    if not 0 <= number <= _ALL:
        raise InvalidValueError(PROGRESS_RANGE("/progress", value=number))
    return number


@attrs.frozen
class ReportProgress(Fact):
    """How far a task is, in percent of its work; what it has cost so far, and when it will be finished by now.

    Raises `InvalidValueError` (`task.progress-range`, `decimal.*`).
    """

    task_id: DocumentId = attrs.field(converter=DocumentId)
    progress: Decimal = attrs.field(converter=_percent)
    cost: Money | None = attrs.field(default=None, kw_only=True)
    ends_at: Instant | None = attrs.field(default=None, converter=attrs.converters.optional(instant), kw_only=True)
    evidence: str = attrs.field(default="", converter=text, kw_only=True)


@attrs.frozen
class DropTask(CaseCommand):
    """Take a task out of the plan; the reason is the command's."""

    task_id: DocumentId = attrs.field(converter=DocumentId)


@attrs.frozen
class OrderPlanned(Event):
    """The order has a plan; `anew` says that it replaces the dates of an earlier one."""

    tasks: tuple[Task, ...] = attrs.field(converter=_tasks)
    milestones: tuple[Milestone, ...] = attrs.field(converter=_milestones)
    anew: bool = False


@attrs.frozen
class PlanBaselined(Event):
    """The plan as it stood became the new baseline; the stamp carries the reason, the old one is kept."""


@attrs.frozen
class OrderPromised(Event):
    """Days were promised, line by line."""

    promises: tuple[LinePromise, ...] = attrs.field(converter=_promises)


@attrs.frozen
class LinesSourced(Event):
    """Where the goods of the lines come from; a line that nobody can give is not among them."""

    sources: tuple[LineSource, ...] = attrs.field(converter=_sources)


@attrs.frozen
class PromiseMoved(Event):
    """A promise was moved; the stamp carries the reason."""

    promise: LinePromise


@attrs.frozen
class OrderReleased(Event):
    """Work may begin."""

    move: ClassVar[str] = "release"


@attrs.frozen
class TaskAdded(Event):
    """A further task stands in the plan."""

    task: Task


@attrs.frozen
class TaskStarted(Event):
    """A task has begun."""

    task_id: DocumentId


@attrs.frozen
class ProgressReported(Event):
    """A task has come so far; `findings` say what was odd about the report, which is booked all the same."""

    task_id: DocumentId
    progress: Decimal
    cost: Money | None = None
    ends_at: Instant | None = None
    evidence: str = ""
    findings: tuple[Finding, ...] = attrs.field(default=(), converter=_findings)


@attrs.frozen
class TaskCompleted(Event):
    """A task is done, with evidence."""

    task_id: DocumentId
    evidence: str


@attrs.frozen
class TaskDropped(Event):
    """A task is no longer to be done."""

    task_id: DocumentId


@attrs.frozen
class TaskOverdue(Event):
    """A task should be done by now and is not; its owner has been told once."""

    task_id: DocumentId
    owner: str


@attrs.frozen
class MilestoneReached(Event):
    """A milestone is reached."""

    milestone_id: DocumentId


@attrs.frozen
class MilestoneMissed(Event):
    """A milestone's day has passed without it being reached."""

    milestone_id: DocumentId
