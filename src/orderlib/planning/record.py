"""The plan of an order: tasks with an owner and a criterion, milestones, and what was promised.

Requested, promised, estimated and actual are different things and are never mixed: the request stands on the
order, the promise here per line, the estimate on the task, the actual in the ledger.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import attrs

from orderlib.errors import FindingCode, InvalidValueError, Severity
from orderlib.values.identifier import DocumentId, LineId, text
from orderlib.values.instant import Instant
from orderlib.values.lines import Lines

__all__ = ["LinePromise", "Milestone", "Plan", "Task", "TaskDraft"]

TASK_OWNER: Final = FindingCode(
    "task.owner-missing", Severity.ERROR, "task {task} has no owner", "任务 {task} 没有负责人"
)
TASK_CRITERION: Final = FindingCode(
    "task.criterion-missing", Severity.ERROR, "task {task} has no completion criterion", "任务 {task} 没有完成标准"
)
TASK_DURATION: Final = FindingCode(
    "task.duration", Severity.ERROR, "task {task} cannot take {duration}", "任务 {task} 的工期 {duration} 无效"
)


def _ids(given: tuple[str, ...]) -> tuple[DocumentId, ...]:
    return tuple(DocumentId(each) for each in given)


@attrs.frozen
class TaskDraft:
    """A task as a template or a recommendation words it, before it has dates.

    `duration` is working time; `after` names the tasks that must be finished first. Raises
    `InvalidValueError` (`task.owner-missing`, `task.criterion-missing`, `task.duration`): no task without
    an owner and a criterion.
    """

    id: DocumentId = attrs.field(converter=DocumentId)
    name: str = attrs.field(converter=text)
    owner: str = attrs.field(converter=text)
    criterion: str = attrs.field(converter=text)
    duration: timedelta = timedelta(hours=8)
    after: tuple[DocumentId, ...] = attrs.field(default=(), converter=_ids)
    milestone: str = attrs.field(default="", converter=text, kw_only=True)

    def __attrs_post_init__(self) -> None:
        wrong = []
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
    """A task in the plan: draft, estimated dates, state in `TaskLifecycle`, and the evidence that it is done."""

    id: DocumentId
    draft: TaskDraft
    starts_at: Instant
    ends_at: Instant
    state: str = "planned"
    started_at: Instant | None = None
    done_at: Instant | None = None
    evidence: str = ""
    warned: bool = False


@attrs.frozen
class Milestone:
    """A point of the plan that somebody waits for: yet to reach, reached, or violated (`MilestoneLifecycle`)."""

    id: DocumentId = attrs.field(converter=DocumentId)
    due_at: Instant
    task_id: DocumentId
    state: str = "open"
    reached_at: Instant | None = None


@attrs.frozen
class LinePromise:
    """What was promised for a line, against what was wanted; `id` is the line's.

    `reason` says why it moved, where it did; `moved` counts how often.
    """

    id: LineId
    requested_on: date | None
    promised_on: date
    reason: str = ""
    moved: int = 0

    @property
    def late(self) -> bool:
        """Whether the promise is later than the wish."""
        return self.requested_on is not None and self.promised_on > self.requested_on


@attrs.frozen
class Plan:
    """The plan as it stands, its first version kept as `baseline`, and the promises by line."""

    tasks: Lines[Task] = attrs.field(factory=Lines[Task])
    milestones: Lines[Milestone] = attrs.field(factory=Lines[Milestone])
    baseline: tuple[tuple[DocumentId, Instant], ...] = ()
    promises: Lines[LinePromise] = attrs.field(factory=Lines[LinePromise])
    advised: tuple[TaskDraft, ...] = ()
    revision: int = 0

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
        """The tasks that could start now: everything before them is done."""
        done = {task.id for task in self.tasks if task.state == "done"}
        return tuple(task for task in self.tasks if task.state == "planned" and done.issuperset(task.draft.after))
