"""Forward scheduling over precedence and a working calendar (PMI: early start and early finish dates)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import attrs

from orderlib.errors import Finding, FindingCode, InvalidValueError, Severity
from orderlib.planning.record import TaskDraft
from orderlib.planning.scheduling.problem import ResourceNeed
from orderlib.values.identifier import DocumentId
from orderlib.values.instant import Instant, later
from orderlib.values.worktime import Calendar

__all__ = ["Dated", "forward", "in_precedence"]

PLAN_CYCLE: Final = FindingCode(
    "planning.cycle", Severity.ERROR, "the tasks {tasks} wait for each other", "任务 {tasks} 互相等待"
)
PLAN_UNKNOWN: Final = FindingCode(
    "planning.unknown-task",
    Severity.ERROR,
    "task {task} waits for {after}, which is not there",
    "任务 {task} 等待的 {after} 不存在",
)
PLAN_TWICE: Final = FindingCode(
    "planning.duplicate-task", Severity.ERROR, "task {task} stands twice", "任务 {task} 出现了两次"
)


@attrs.frozen
class Dated:
    """A task with its start and finish, and what it holds of which resource while it lasts."""

    task_id: DocumentId
    starts_at: Instant
    ends_at: Instant
    holds: tuple[ResourceNeed, ...] = ()


def in_precedence(tasks: Iterable[TaskDraft]) -> tuple[TaskDraft, ...]:
    """The tasks, each after all that it waits for; otherwise in the order given.

    Raises `InvalidValueError` with every fault: `planning.duplicate-task`, `planning.unknown-task`,
    `planning.cycle` (which names the tasks of the cycle).
    """
    every = tuple(tasks)
    known = {task.id: task for task in every}
    wrong: list[Finding] = []
    last = {task.id: number for number, task in enumerate(every)}
    wrong += [PLAN_TWICE(f"/tasks/{n}", task=task.id) for n, task in enumerate(every) if last[task.id] != n]
    wrong += [
        PLAN_UNKNOWN(f"/tasks/{number}/after", task=task.id, after=link.after)
        for number, task in enumerate(every)
        for link in task.waits_for
        if link.after not in known
    ]
    if wrong:
        raise InvalidValueError(*wrong)
    before = {task.id: {link.after: None for link in task.waits_for} for task in every}  # each once, in their order
    waiting = {task.id: len(before[task.id]) for task in every}
    followers: dict[DocumentId, list[DocumentId]] = {}
    for task in every:
        for after in before[task.id]:
            followers.setdefault(after, []).append(task.id)
    placed: list[TaskDraft] = []
    ready = [task.id for task in every if waiting[task.id] == 0]
    while ready:
        current = ready.pop(0)
        placed.append(known[current])
        for follower in followers.get(current, ()):
            waiting[follower] -= 1
            if waiting[follower] == 0:
                ready.append(follower)
    if len(placed) != len(every):
        raise InvalidValueError(PLAN_CYCLE("/tasks", tasks=", ".join(task for task, count in waiting.items() if count)))
    return tuple(placed)


def forward(tasks: Iterable[TaskDraft], start_at: Instant, calendar: Calendar) -> tuple[Dated, ...]:
    """Early dates of all tasks, in precedence; nothing starts before `start_at`.

    Raises as `in_precedence`, and as the calendar does where working time runs out.
    """
    found: dict[str, Dated] = {}
    for task in in_precedence(tasks):
        starts, least = max(start_at, task.not_before or start_at), None
        for link in task.waits_for:
            other = found[link.after]
            bound = later(other.ends_at if link.from_finish else other.starts_at, link.lag)
            if link.binds_start:
                starts = max(starts, bound)
            else:
                least = bound if least is None else max(least, bound)
                starts = max(starts, calendar.add_working(bound, -task.duration))
        if task.duration:
            starts = calendar.next_working(starts)
        ends = calendar.add_working(starts, task.duration)
        # where the bound lies in time off, the work is done before it, and the task over only then
        found[task.id] = Dated(task.id, starts, ends if least is None else max(ends, least))
    return tuple(found.values())
