"""Tasks added to the plan, begun, finished with evidence, and dropped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from orderlib.errors import Finding, FindingCode, InvalidValueError, RefusedError, Severity
from orderlib.planning.message import (
    AddTask,
    CompleteTask,
    DropTask,
    MilestoneReached,
    ProgressReported,
    ReportProgress,
    StartTask,
    TaskAdded,
    TaskCompleted,
    TaskDropped,
    TaskStarted,
)
from orderlib.planning.record import Plan, Task
from orderlib.planning.table import MILESTONE, TASK
from orderlib.planning.view import PLAN_REASON, PlanningCase, PlanningPolicies, plan_of
from orderlib.values.dispatch import View
from orderlib.values.instant import Instant, later
from orderlib.values.lines import Lines
from orderlib.values.message import Event

__all__ = ["add_task", "complete_task", "drop_task", "report_progress", "start_task"]

TASK_UNKNOWN: Final = FindingCode("task.unknown", Severity.ERROR, "there is no task {task}", "不存在任务 {task}")
TASK_EXISTS: Final = FindingCode("task.used-id", Severity.ERROR, "task {task} exists already", "任务 {task} 已存在")
TASK_STATE: Final = FindingCode(
    "task.state", Severity.ERROR, "task {task} is {state} and takes no {move}", "任务 {task} 处于 {state}，不能 {move}"
)
TASK_WAITS: Final = FindingCode(
    "task.waits", Severity.ERROR, "task {task} waits for {after}", "任务 {task} 仍在等待 {after}"
)
TASK_LAGS: Final = FindingCode(
    "task.lags",
    Severity.ERROR,
    "task {task} waits until {until}, after {after}",
    "任务 {task} 须在 {after} 之后等到 {until}",
)
PROGRESS_OVER: Final = FindingCode(
    "task.progress-over", Severity.WARNING, "task {task} is {state} already", "任务 {task} 已处于 {state}"
)
PROGRESS_BACK: Final = FindingCode(
    "task.progress-back",
    Severity.WARNING,
    "task {task} is at {now} percent now, and was at {before}",
    "任务 {task} 进度由 {before} 降至 {now}",
)
COST_BACK: Final = FindingCode(
    "task.cost-back",
    Severity.WARNING,
    "task {task} has cost {now} so far, and had cost {before}",
    "任务 {task} 累计成本由 {before} 降至 {now}",
)
COST_CURRENCY: Final = FindingCode(
    "task.cost-currency",
    Severity.ERROR,
    "the cost of task {task} is kept in {currency}",
    "任务 {task} 的成本以 {currency} 计",
)
TASK_EVIDENCE: Final = FindingCode(
    "task.evidence-missing",
    Severity.ERROR,
    "task {task} needs evidence that {criterion}",
    "任务 {task} 需要证明：{criterion}",
)


def add_task(view: View[PlanningCase], command: AddTask, _policies: PlanningPolicies) -> Iterable[Event]:
    """Put a task into the plan, after what it waits for; `RefusedError` (`task.used-id`, `task.unknown`)."""
    plan, draft = view.case.planning, command.draft
    tasks: Lines[Task] = plan.tasks if plan is not None else Lines()
    wrong: list[Finding] = []
    if draft.id in tasks:
        wrong.append(TASK_EXISTS("/draft/id", task=draft.id))
    wrong += [TASK_UNKNOWN(f"/draft/after/{n}", task=a) for n, a in enumerate(draft.after) if a not in tasks]
    wrong += [
        TASK_UNKNOWN(f"/draft/links/{n}/after", task=link.after)
        for n, link in enumerate(draft.links)
        if link.after not in tasks
    ]
    if wrong:
        raise RefusedError(*wrong)
    start, end = command.moment, command.moment
    for link in draft.waits_for:
        other = tasks[link.after]
        bound = later(other.ends_at if link.from_finish else other.starts_at, link.lag)
        start, end = (max(start, bound), end) if link.binds_start else (start, max(end, bound))
    # by the clock until the next scheduling, which knows the calendar
    return (TaskAdded(command.stamp(), Task(draft.id, draft, start, max(end, later(start, draft.duration)))),)


def _task(case: PlanningCase, task_id: str, move: str) -> Task:
    task = case.planning.tasks.get(task_id) if case.planning is not None else None
    if task is None:
        raise RefusedError(TASK_UNKNOWN("/task_id", task=task_id))
    if TASK.target(task.state, move) is None:
        raise RefusedError(TASK_STATE("/task_id", task=task_id, state=task.state, move=move))
    return task


def start_task(view: View[PlanningCase], command: StartTask, _policies: PlanningPolicies) -> Iterable[Event]:
    """Begin a task; `RefusedError` (`task.waits`, `task.lags`) with all that it still waits for."""
    task = _task(view.case, command.task_id, "start")
    wrong = [*_waits(plan_of(view.case), task, command.moment, start=True)]
    if wrong:
        raise RefusedError(*wrong)
    return (TaskStarted(command.stamp(), task.id),)


def _waits(plan: Plan, task: Task, now: Instant, *, start: bool) -> Iterator[Finding]:
    """What keeps a task from its start, or from its finish: others that are not so far, and lags that run on."""
    yield from (TASK_WAITS("/task_id", task=task.id, after=link.after) for link in plan.unmet(task, start=start))
    for link, passed in plan.passed(task):
        if link.binds_start is start and link.lag and later(passed, link.lag) > now:
            yield TASK_LAGS("/task_id", task=task.id, after=link.after, until=later(passed, link.lag))


def complete_task(view: View[PlanningCase], command: CompleteTask, _policies: PlanningPolicies) -> Iterable[Event]:
    """Finish a task with evidence, and reach its milestones; `RefusedError` with all that is missing."""
    task = _task(view.case, command.task_id, "complete")
    plan = plan_of(view.case)
    wrong = [*_waits(plan, task, command.moment, start=False)]
    if not command.evidence.strip():
        wrong.append(TASK_EVIDENCE("/evidence", task=task.id, criterion=task.draft.criterion))
    if wrong:
        raise RefusedError(*wrong)
    stamp = command.stamp()
    reached = [
        MilestoneReached(stamp, milestone.id)
        for milestone in plan.milestones
        if milestone.task_id == task.id and MILESTONE.target(milestone.state, "reach") is not None
    ]
    return (TaskCompleted(stamp, task.id, command.evidence), *reached)


def report_progress(view: View[PlanningCase], command: ReportProgress, _policies: PlanningPolicies) -> Iterable[Event]:
    """Book how far a task is: whatever is odd about it is noted. `InvalidValueError` for a task nobody knows."""
    plan = view.case.planning
    task = plan.tasks.get(command.task_id) if plan is not None else None
    if plan is None or task is None:
        raise InvalidValueError(TASK_UNKNOWN("/task_id", task=command.task_id))
    found: list[Finding] = []
    if task.state in ("done", "dropped"):
        found.append(PROGRESS_OVER("/task_id", task=task.id, state=task.state))
    elif task.state == "planned":
        found += _waits(plan, task, command.moment, start=True)
    if command.progress < task.progress:
        found.append(PROGRESS_BACK("/progress", task=task.id, now=command.progress, before=task.progress))
    if command.cost is not None and task.cost is not None:
        if command.cost.currency != task.cost.currency:
            raise InvalidValueError(COST_CURRENCY("/cost", task=task.id, currency=task.cost.currency))
        if command.cost < task.cost:
            found.append(COST_BACK("/cost", task=task.id, now=command.cost, before=task.cost))
    stamp = command.stamp()
    begun = (TaskStarted(stamp, task.id),) if task.state == "planned" else ()
    told = ProgressReported(
        stamp, task.id, command.progress, command.cost, command.ends_at, command.evidence, tuple(found)
    )
    return (*begun, told)


def drop_task(view: View[PlanningCase], command: DropTask, _policies: PlanningPolicies) -> Iterable[Event]:
    """Take a task out of the plan, for a reason."""
    task = _task(view.case, command.task_id, "drop")
    if not command.reason:
        raise RefusedError(PLAN_REASON("/reason"))
    return (TaskDropped(command.stamp(), task.id),)
