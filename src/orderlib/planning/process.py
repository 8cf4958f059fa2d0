"""Planning an accepted order, promising its days, letting the work begin, and following the tasks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, Protocol, cast

import attrs

from orderlib.errors import Finding, FindingCode, RefusedError, Severity
from orderlib.order.record import Order
from orderlib.planning.advice import advised
from orderlib.planning.fold import FOLDS
from orderlib.planning.message import (
    AddTask,
    CompleteTask,
    DropTask,
    MilestoneMissed,
    MilestoneReached,
    MovePromise,
    OrderPlanned,
    OrderPromised,
    OrderReleased,
    PlanOrder,
    PromiseMoved,
    PromiseOrder,
    ReleaseOrder,
    ReplanOrder,
    StartTask,
    TaskAdded,
    TaskCompleted,
    TaskDropped,
    TaskOverdue,
    TaskStarted,
)
from orderlib.planning.policy import (
    PromiseDecision,
    PromisePolicy,
    ReleasePolicy,
    ScheduleDecision,
    SchedulingPolicy,
    TemplateDecision,
    TemplatePolicy,
)
from orderlib.planning.record import LinePromise, Milestone, Plan, Task, TaskDraft
from orderlib.planning.table import MILESTONE, TASK
from orderlib.review.record import Reviews
from orderlib.values.decision import Decided, Verdict
from orderlib.values.dispatch import Gate, Rule, View
from orderlib.values.instant import Instant, later
from orderlib.values.lines import Lines
from orderlib.values.message import Event, Stamp

__all__ = ["FOLDS", "RULES", "lapse"]

PLAN_EMPTY: Final = FindingCode(
    "planning.no-tasks", Severity.ERROR, "the template gives no tasks: {reason}", "模板没有给出任务：{reason}"
)
PLAN_TWICE: Final = FindingCode(
    "planning.planned", Severity.ERROR, "the order has a plan; replan it", "订单已有计划，请使用重新计划"
)
PLAN_MISSING: Final = FindingCode("planning.no-plan", Severity.ERROR, "the order has no plan yet", "订单尚无计划")
PLAN_REASON: Final = FindingCode(
    "planning.reason-missing", Severity.ERROR, "moving a plan or a promise needs a reason", "变更计划或承诺必须说明原因"
)
TASK_UNKNOWN: Final = FindingCode("task.unknown", Severity.ERROR, "there is no task {task}", "不存在任务 {task}")
TASK_EXISTS: Final = FindingCode("task.used-id", Severity.ERROR, "task {task} exists already", "任务 {task} 已存在")
TASK_STATE: Final = FindingCode(
    "task.state", Severity.ERROR, "task {task} is {state} and takes no {move}", "任务 {task} 处于 {state}，不能 {move}"
)
TASK_WAITS: Final = FindingCode(
    "task.waits", Severity.ERROR, "task {task} waits for {after}", "任务 {task} 仍在等待 {after}"
)
TASK_EVIDENCE: Final = FindingCode(
    "task.evidence-missing",
    Severity.ERROR,
    "task {task} needs evidence that {criterion}",
    "任务 {task} 需要证明：{criterion}",
)
PROMISE_MISSING: Final = FindingCode(
    "promise.none", Severity.ERROR, "line {line} has no promise to move", "行 {line} 尚无承诺可变更"
)
PROMISE_SAME: Final = FindingCode(
    "promise.unmoved", Severity.ERROR, "line {line} is promised for {day} already", "行 {line} 已承诺 {day}"
)
RELEASE_UNREVIEWED: Final = FindingCode(
    "release.approval-void",
    Severity.ERROR,
    "the order has changed since it was accepted, and has to be reviewed again",
    "订单自接受后已变更，须重新评审",
)
RELEASE_REFUSED: Final = FindingCode("release.refused", Severity.ERROR, "the release policy says no", "下达策略不同意")

_PLANNED: Final = frozenset({"accepted", "released", "in_execution"})
_WORKING: Final = frozenset({"released", "in_execution"})


class PlanningCase(Protocol):
    """The part of a case that planning looks at."""

    @property
    def order(self) -> Order | None:
        """The order."""
        ...

    @property
    def planning(self) -> Plan | None:
        """The plan, once there is one."""
        ...

    @property
    def review(self) -> Reviews | None:
        """What the review says; None for an order that was adopted."""
        ...


class PlanningPolicies(Protocol):
    """The policies that planning asks."""

    @property
    def template(self) -> TemplatePolicy:
        """Which tasks."""
        ...

    @property
    def scheduling(self) -> SchedulingPolicy:
        """When they run."""
        ...

    @property
    def promise(self) -> PromisePolicy:
        """What is promised."""
        ...

    @property
    def release(self) -> ReleasePolicy:
        """Whether work may begin."""
        ...


def _order(case: PlanningCase) -> Order:
    if case.order is None:  # the lifecycle lets nobody plan without an order
        raise RefusedError(PLAN_MISSING("/order"))
    return case.order


def _plan(case: PlanningCase) -> Plan:
    if case.planning is None or not case.planning.tasks:
        raise RefusedError(PLAN_MISSING("/planning"))
    return case.planning


def _make_plan(view: View[PlanningCase], command: PlanOrder, policies: PlanningPolicies) -> Iterable[Event]:
    order, known = _order(view.case), view.case.planning
    if known is not None and known.tasks:
        raise RefusedError(PLAN_TWICE("/planning"))
    stamp = command.stamp()
    template = cast("TemplateDecision", policies.template(order, advised(known, view.case.review)))
    if template.ruling is not Verdict.YES or not template.tasks:
        said = "; ".join(reason.message() for reason in template.reasons)
        raise RefusedError(PLAN_EMPTY("/type", reason=said), *template.reasons)
    start = max(command.start_at, command.moment) if command.start_at is not None else command.moment
    schedule = cast("ScheduleDecision", policies.scheduling(template.tasks, start, order.requested_on))
    tasks = tuple(_dated(template.tasks, schedule))
    return (
        Decided(stamp, "template", template),
        Decided(stamp, "scheduling", schedule),
        OrderPlanned(stamp, tasks, tuple(_milestones(tasks))),
    )


def _dated(drafts: Iterable[TaskDraft], schedule: ScheduleDecision) -> Iterator[Task]:
    when = {each.task_id: each for each in schedule.dated}
    return (Task(draft.id, draft, when[draft.id].starts_at, when[draft.id].ends_at) for draft in drafts)


def _milestones(tasks: Iterable[Task]) -> Iterator[Milestone]:
    return (Milestone(task.draft.milestone, task.ends_at, task.id) for task in tasks if task.draft.milestone)


def _replan(view: View[PlanningCase], command: ReplanOrder, policies: PlanningPolicies) -> Iterable[Event]:
    plan = _plan(view.case)
    if not command.reason:
        raise RefusedError(PLAN_REASON("/reason"))
    stamp = command.stamp()
    added = [
        TaskAdded(stamp, Task(draft.id, draft, command.moment, later(command.moment, draft.duration)))
        for draft in advised(view.case.planning, view.case.review)
        if draft.id not in plan.tasks
    ]
    every = [*plan.tasks, *(each.task for each in added)]
    left = [task for task in every if task.state in ("planned", "started")]
    ids = {task.id for task in left}
    drafts = tuple(attrs.evolve(task.draft, after=tuple(a for a in task.draft.after if a in ids)) for task in left)
    schedule = cast("ScheduleDecision", policies.scheduling(drafts, command.moment, _order(view.case).requested_on))
    when = {each.task_id: each for each in schedule.dated}
    tasks = tuple(
        attrs.evolve(task, starts_at=when[task.id].starts_at, ends_at=when[task.id].ends_at, warned=False)
        for task in left
    )
    planned = OrderPlanned(stamp, tasks, tuple(_milestones(tasks)), anew=True)
    return (*added, Decided(stamp, "scheduling", schedule), planned)


def _promise(view: View[PlanningCase], command: PromiseOrder, policies: PlanningPolicies) -> Iterable[Event]:
    plan = _plan(view.case)
    stamp = command.stamp()
    ready = plan.ends_at or command.moment
    decision = cast("PromiseDecision", policies.promise(_order(view.case), ready, view.facts))
    fresh = [promise for promise in decision.promises if promise.id not in plan.promises]
    decided = Decided(stamp, "promise", decision, (("facts", view.facts),))
    moved = [promise for promise in decision.promises if promise.id in plan.promises]
    return (decided, *([OrderPromised(stamp, fresh)] if fresh else ()), *_moves(stamp, plan, moved))


def _moves(stamp: Stamp, plan: Plan, promises: Iterable[LinePromise]) -> Iterator[Event]:
    for promise in promises:
        known = plan.promises[promise.id]
        if known.promised_on != promise.promised_on:
            reason = stamp.reason or promise.reason
            if not reason:
                raise RefusedError(PLAN_REASON("/reason"))
            yield PromiseMoved(stamp, attrs.evolve(promise, moved=known.moved + 1, reason=reason))


def _move_promise(view: View[PlanningCase], command: MovePromise, _policies: PlanningPolicies) -> Iterable[Event]:
    plan = view.case.planning
    known = plan.promises.get(command.line_id) if plan is not None else None
    wrong = []
    if known is None:
        wrong.append(PROMISE_MISSING("/line_id", line=command.line_id))
    elif known.promised_on == command.promised_on:
        wrong.append(PROMISE_SAME("/promised_on", line=command.line_id, day=command.promised_on))
    if not command.reason:
        wrong.append(PLAN_REASON("/reason"))
    if wrong or known is None:
        raise RefusedError(*wrong)
    moved = LinePromise(known.id, known.requested_on, command.promised_on, command.reason, known.moved + 1)
    return (PromiseMoved(command.stamp(), moved),)


def _release(view: View[PlanningCase], command: ReleaseOrder, policies: PlanningPolicies) -> Iterable[Event]:
    if view.case.review is not None and view.case.review.voided:
        raise RefusedError(RELEASE_UNREVIEWED("/review/approval"))
    decision = policies.release(_order(view.case), view.case.planning)
    if decision.ruling is not Verdict.YES:
        raise RefusedError(*(decision.reasons or (RELEASE_REFUSED("/"),)))
    stamp = command.stamp()
    return (Decided(stamp, "release", decision), OrderReleased(stamp))


def _add_task(view: View[PlanningCase], command: AddTask, _policies: PlanningPolicies) -> Iterable[Event]:
    plan, draft = view.case.planning, command.draft
    tasks: Lines[Task] = plan.tasks if plan is not None else Lines()
    wrong: list[Finding] = []
    if draft.id in tasks:
        wrong.append(TASK_EXISTS("/draft/id", task=draft.id))
    wrong += [TASK_UNKNOWN(f"/draft/after/{n}", task=a) for n, a in enumerate(draft.after) if a not in tasks]
    if wrong:
        raise RefusedError(*wrong)
    start = max([command.moment, *(tasks[after].ends_at for after in draft.after)])
    return (TaskAdded(command.stamp(), Task(draft.id, draft, start, start + draft.duration)),)


def _task(case: PlanningCase, task_id: str, move: str) -> Task:
    task = case.planning.tasks.get(task_id) if case.planning is not None else None
    if task is None:
        raise RefusedError(TASK_UNKNOWN("/task_id", task=task_id))
    if TASK.target(task.state, move) is None:
        raise RefusedError(TASK_STATE("/task_id", task=task_id, state=task.state, move=move))
    return task


def _start_task(view: View[PlanningCase], command: StartTask, _policies: PlanningPolicies) -> Iterable[Event]:
    task = _task(view.case, command.task_id, "start")
    tasks = _plan(view.case).tasks
    open_before = [after for after in task.draft.after if tasks[after].state not in ("done", "dropped")]
    if open_before:
        raise RefusedError(*(TASK_WAITS("/task_id", task=task.id, after=after) for after in open_before))
    return (TaskStarted(command.stamp(), task.id),)


def _complete_task(view: View[PlanningCase], command: CompleteTask, _policies: PlanningPolicies) -> Iterable[Event]:
    task = _task(view.case, command.task_id, "complete")
    if not command.evidence.strip():
        raise RefusedError(TASK_EVIDENCE("/evidence", task=task.id, criterion=task.draft.criterion))
    stamp = command.stamp()
    plan = _plan(view.case)
    reached = [
        MilestoneReached(stamp, milestone.id)
        for milestone in plan.milestones
        if milestone.task_id == task.id and MILESTONE.target(milestone.state, "reach") is not None
    ]
    return (TaskCompleted(stamp, task.id, command.evidence), *reached)


def _drop_task(view: View[PlanningCase], command: DropTask, _policies: PlanningPolicies) -> Iterable[Event]:
    task = _task(view.case, command.task_id, "drop")
    if not command.reason:
        raise RefusedError(PLAN_REASON("/reason"))
    return (TaskDropped(command.stamp(), task.id),)


def lapse(case: PlanningCase, now: Instant, stamp: Stamp, _policies: PlanningPolicies) -> Iterable[Event]:
    """Tasks that should be done and milestones that should be reached by now."""
    plan = case.planning
    if plan is None:
        return ()
    late = [
        task for task in plan.tasks if task.state in ("planned", "started") and not task.warned and task.ends_at <= now
    ]
    missed = [milestone for milestone in plan.milestones if milestone.state == "open" and milestone.due_at <= now]
    return (
        *(TaskOverdue(stamp, task.id, task.draft.owner) for task in late),
        *(MilestoneMissed(stamp, milestone.id) for milestone in missed),
    )


def _has_plan(case: PlanningCase) -> bool:
    return case.planning is not None and bool(case.planning.tasks)


def _unplanned(case: PlanningCase) -> Iterable[str]:
    return () if _has_plan(case) or case.order is None else (case.order.id,)


def _planned_order(case: PlanningCase) -> Iterable[str]:
    return (case.order.id,) if _has_plan(case) and case.order is not None else ()


def _promised_lines(case: PlanningCase) -> Iterable[str]:
    return [promise.id for promise in case.planning.promises] if case.planning is not None else ()


def _startable(case: PlanningCase) -> Iterable[str]:
    return [task.id for task in case.planning.startable()] if case.planning is not None else ()


def _in_state(*states: str) -> Callable[[PlanningCase], Iterable[str]]:
    def about(case: PlanningCase) -> Iterable[str]:
        return [task.id for task in case.planning.tasks if task.state in states] if case.planning is not None else ()

    return about


RULES: Final[tuple[Rule[Any], ...]] = (
    Rule(command=PlanOrder, handle=_make_plan, states=_PLANNED, stage="planning", about=_unplanned),
    Rule(command=ReplanOrder, handle=_replan, states=_PLANNED, stage="planning", about=_planned_order),
    Rule(command=PromiseOrder, handle=_promise, states=_PLANNED, stage="planning", about=_planned_order),
    Rule(command=MovePromise, handle=_move_promise, states=_PLANNED, stage="planning", about=_promised_lines),
    Rule(command=ReleaseOrder, handle=_release, moves=("release",), gate=Gate.RELEASE, stage="release"),
    Rule(command=AddTask, handle=_add_task, states=_PLANNED, stage="planning"),
    Rule(command=StartTask, handle=_start_task, states=_WORKING, stage="fulfilment", about=_startable),
    Rule(command=CompleteTask, handle=_complete_task, states=_WORKING, stage="fulfilment", about=_in_state("started")),
    Rule(command=DropTask, handle=_drop_task, states=_PLANNED, stage="planning", about=_in_state("planned", "started")),
)
