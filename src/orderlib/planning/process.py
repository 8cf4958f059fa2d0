"""Planning an accepted order, promising its days, letting the work begin, and following the tasks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from datetime import timedelta
from fractions import Fraction
from typing import Any, Final, cast

import attrs

from orderlib.errors import Finding, FindingCode, RefusedError, Severity
from orderlib.order.record import Order
from orderlib.planning.advice import advised
from orderlib.planning.fold import FOLDS
from orderlib.planning.message import (
    AddTask,
    BaselinePlan,
    CompleteTask,
    DropTask,
    LinesSourced,
    MilestoneMissed,
    MovePromise,
    OrderPlanned,
    OrderPromised,
    OrderReleased,
    PlanBaselined,
    PlanOrder,
    PromiseMoved,
    PromiseOrder,
    ReleaseOrder,
    ReplanOrder,
    ReportProgress,
    SourceOrder,
    StartTask,
    TaskAdded,
    TaskOverdue,
)
from orderlib.planning.policy import (
    ScheduleDecision,
    TemplateDecision,
)
from orderlib.planning.promise import Feasibility, PromiseDecision
from orderlib.planning.record import LinePromise, LineSource, Milestone, Plan, Source, Task, TaskDraft
from orderlib.planning.sourcing import SourcingDecision
from orderlib.planning.task import add_task, complete_task, drop_task, report_progress, start_task
from orderlib.planning.view import PLAN_REASON, PlanningCase, PlanningPolicies, order_of, plan_of
from orderlib.values.decision import Decided, Verdict
from orderlib.values.dispatch import Gate, Rule, View
from orderlib.values.instant import Instant, later
from orderlib.values.message import Event, Stamp

__all__ = ["FOLDS", "RULES", "lapse"]

PLAN_EMPTY: Final = FindingCode(
    "planning.no-tasks", Severity.ERROR, "the template gives no tasks: {reason}", "模板没有给出任务：{reason}"
)
PLAN_IMPOSSIBLE: Final = FindingCode(
    "planning.impossible", Severity.ERROR, "the tasks cannot be scheduled", "任务无法排程"
)
PLAN_TWICE: Final = FindingCode(
    "planning.planned", Severity.ERROR, "the order has a plan; replan it", "订单已有计划，请使用重新计划"
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


def _make_plan(view: View[PlanningCase], command: PlanOrder, policies: PlanningPolicies) -> Iterable[Event]:
    order, known = order_of(view.case), view.case.planning
    if known is not None and known.tasks:
        raise RefusedError(PLAN_TWICE("/planning"))
    stamp = command.stamp()
    template = cast("TemplateDecision", policies.template(order, advised(known, view.case.review)))
    if template.ruling is not Verdict.YES or not template.tasks:
        said = "; ".join(reason.message() for reason in template.reasons)
        raise RefusedError(PLAN_EMPTY("/type", reason=said), *template.reasons)
    start = max(command.start_at, command.moment) if command.start_at is not None else command.moment
    schedule = _scheduled(policies, template.tasks, start, order)
    tasks = tuple(_dated(template.tasks, schedule))
    return (
        Decided(stamp, "template", template),
        Decided(stamp, "scheduling", schedule),
        OrderPlanned(stamp, tasks, tuple(_milestones(tasks))),
    )


def _scheduled(
    policies: PlanningPolicies, tasks: tuple[TaskDraft, ...], start: Instant, order: Order
) -> ScheduleDecision:
    """The schedule, or `RefusedError` with all that makes one impossible."""
    schedule = cast("ScheduleDecision", policies.scheduling(tasks, start, order.requested_on))
    if schedule.ruling is Feasibility.IMPOSSIBLE:
        raise RefusedError(PLAN_IMPOSSIBLE("/tasks"), *schedule.reasons)
    return schedule


def _dated(drafts: Iterable[TaskDraft], schedule: ScheduleDecision) -> Iterator[Task]:
    when = {each.task_id: each for each in schedule.dated}
    return (
        Task(draft.id, draft, dated.starts_at, dated.ends_at, holds=dated.holds)
        for draft in drafts
        for dated in (when[draft.id],)
    )


def _milestones(tasks: Iterable[Task]) -> Iterator[Milestone]:
    return (Milestone(task.draft.milestone, task.ends_at, task.id) for task in tasks if task.draft.milestone)


def _replan(view: View[PlanningCase], command: ReplanOrder, policies: PlanningPolicies) -> Iterable[Event]:
    plan = plan_of(view.case)
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
    drafts = tuple(_still(plan, task, command.moment, ids) for task in left)
    schedule = _scheduled(policies, drafts, command.moment, order_of(view.case))
    when = {each.task_id: each for each in schedule.dated}
    tasks = tuple(
        attrs.evolve(task, ends_at=dated.ends_at, warned=False)
        if task.state == "started"
        else attrs.evolve(task, starts_at=dated.starts_at, ends_at=dated.ends_at, holds=dated.holds, warned=False)
        for task in left
        for dated in (when[task.id],)
    )
    planned = OrderPlanned(stamp, tasks, tuple(_milestones(tasks)), anew=True)
    return (*added, Decided(stamp, "scheduling", schedule), planned)


def _still(plan: Plan, task: Task, now: Instant, ids: AbstractSet[str]) -> TaskDraft:
    """What is still to be scheduled of a task, waiting for these others only.

    One that has begun ends when it is estimated to, and where that has passed, after the share that is not reported
    as done. One that has not begun waits for the lags that run on from what is done.
    """
    after = tuple(each for each in task.draft.after if each in ids)
    links = tuple(link for link in task.draft.links if link.after in ids)
    if task.state != "started":
        bounds = [later(at, link.lag) for link, at in plan.passed(task) if link.binds_start and link.lag]
        bounds += [] if task.draft.not_before is None else [task.draft.not_before]
        return attrs.evolve(task.draft, after=after, links=links, not_before=max(bounds, default=None))
    links = tuple(link for link in links if not link.binds_start)
    if task.ends_at > now:
        over = timedelta(0)
        return attrs.evolve(task.draft, after=(), links=links, duration=over, needs=(), not_before=task.ends_at)
    share = 1 - Fraction(task.progress) / 100
    left = task.draft.duration * share.numerator / share.denominator
    return attrs.evolve(task.draft, after=(), links=links, duration=left, not_before=None)


def _baseline(view: View[PlanningCase], command: BaselinePlan, _policies: PlanningPolicies) -> Iterable[Event]:
    plan_of(view.case)
    if not command.reason:
        raise RefusedError(PLAN_REASON("/reason"))
    return (PlanBaselined(command.stamp()),)


def _source(view: View[PlanningCase], command: SourceOrder, policies: PlanningPolicies) -> Iterator[Event]:
    stamp = command.stamp()
    found: list[LineSource] = []
    for line in order_of(view.case).lines:
        decision = policies.sourcing(line.item.id, line.quantity, view.facts)
        yield Decided(stamp, "sourcing", decision, (("facts", view.facts), ("line", line.id)))
        if isinstance(decision, SourcingDecision):
            found.append(decision.for_line(line.id))
        else:
            found.append(LineSource(line.id, decision.ruling))
    yield LinesSourced(stamp, [each for each in found if each.source is not Source.NONE])


def _promise(view: View[PlanningCase], command: PromiseOrder, policies: PlanningPolicies) -> Iterable[Event]:
    plan = plan_of(view.case)
    stamp = command.stamp()
    ready = plan.ends_at or command.moment
    decision = cast("PromiseDecision", policies.promise(order_of(view.case), ready, view.facts))
    fresh = [promise for promise in decision.promises if promise.id not in plan.promises]
    decided = Decided(stamp, "promise", decision, (("facts", view.facts),))
    moved = [promise for promise in decision.promises if promise.id in plan.promises]
    return (decided, *([OrderPromised(stamp, fresh)] if fresh else ()), *_moves(stamp, plan, moved))


def _moves(stamp: Stamp, plan: Plan, promises: Iterable[LinePromise]) -> Iterator[Event]:
    for promise in promises:
        known = plan.promises[promise.id]
        if (known.promised_on, known.parts) != (promise.promised_on, promise.parts):
            reason = stamp.reason or promise.reason
            if not reason:
                raise RefusedError(PLAN_REASON("/reason"))
            yield PromiseMoved(stamp, attrs.evolve(promise, moved=known.moved + 1, reason=reason))


def _move_promise(view: View[PlanningCase], command: MovePromise, _policies: PlanningPolicies) -> Iterable[Event]:
    plan = view.case.planning
    known = plan.promises.get(command.line_id) if plan is not None else None
    part = known.parts.get(command.part_id) if known is not None and command.part_id is not None else None
    wrong: list[Finding] = []
    if known is None:
        wrong.append(PROMISE_MISSING("/line_id", line=command.line_id))
    elif command.part_id is not None and part is None:
        wrong.append(PROMISE_MISSING("/part_id", line=f"{command.line_id}, {command.part_id}"))
    elif (part or known).promised_on == command.promised_on:
        wrong.append(PROMISE_SAME("/promised_on", line=command.line_id, day=command.promised_on))
    if not command.reason:
        wrong.append(PLAN_REASON("/reason"))
    if wrong or known is None:
        raise RefusedError(*wrong)
    moved = [part] if part is not None else known.parts
    parts = known.parts.replace([attrs.evolve(each, promised_on=command.promised_on) for each in moved])
    last = max((each.promised_on for each in parts), default=command.promised_on)
    return (
        PromiseMoved(
            command.stamp(),
            attrs.evolve(known, promised_on=last, reason=command.reason, moved=known.moved + 1, parts=parts),
        ),
    )


def _release(view: View[PlanningCase], command: ReleaseOrder, policies: PlanningPolicies) -> Iterable[Event]:
    if view.case.review is not None and view.case.review.voided:
        raise RefusedError(RELEASE_UNREVIEWED("/review/approval"))
    decision = policies.release(order_of(view.case), view.case.planning)
    if decision.ruling is not Verdict.YES:
        raise RefusedError(*(decision.reasons or (RELEASE_REFUSED("/"),)))
    stamp = command.stamp()
    return (Decided(stamp, "release", decision), OrderReleased(stamp))


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
    Rule(command=BaselinePlan, handle=_baseline, states=_PLANNED, stage="planning", about=_planned_order),
    Rule(command=SourceOrder, handle=_source, states=_PLANNED, stage="planning"),
    Rule(command=PromiseOrder, handle=_promise, states=_PLANNED, stage="planning", about=_planned_order),
    Rule(command=MovePromise, handle=_move_promise, states=_PLANNED, stage="planning", about=_promised_lines),
    Rule(command=ReleaseOrder, handle=_release, moves=("release",), gate=Gate.RELEASE, stage="release"),
    Rule(command=AddTask, handle=add_task, states=_PLANNED, stage="planning"),
    Rule(command=StartTask, handle=start_task, states=_WORKING, stage="fulfilment", about=_startable),
    Rule(command=ReportProgress, handle=report_progress, fact=True, stage="fulfilment", about=_in_state("started")),
    Rule(command=CompleteTask, handle=complete_task, states=_WORKING, stage="fulfilment", about=_in_state("started")),
    Rule(
        command=DropTask,
        handle=drop_task,
        states=_PLANNED,
        stage="planning",
        about=_in_state("planned", "started"),
    ),
)
