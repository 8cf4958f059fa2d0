"""What each event of planning does to the plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import attrs

from orderlib.planning.message import (
    LinesSourced,
    MilestoneMissed,
    MilestoneReached,
    OrderPlanned,
    OrderPromised,
    OrderReleased,
    PlanBaselined,
    ProgressReported,
    PromiseMoved,
    TaskAdded,
    TaskCompleted,
    TaskDropped,
    TaskOverdue,
    TaskStarted,
)
from orderlib.planning.record import Baseline, BaselineTask, Plan
from orderlib.planning.table import MILESTONE, TASK
from orderlib.values.lines import Lines
from orderlib.values.message import Event

__all__ = ["FOLDS"]


def _planned(plan: Plan | None, event: OrderPlanned) -> Plan:
    known = plan or Plan()
    if event.anew:
        fresh = {milestone.id: milestone for milestone in event.milestones}
        kept = (fresh.get(each.id, each) for each in known.milestones)
        return attrs.evolve(
            known, tasks=known.tasks.replace(event.tasks), milestones=Lines(kept), revision=known.revision + 1
        )
    tasks = Lines((*known.tasks, *event.tasks))
    plan = attrs.evolve(known, tasks=tasks, milestones=Lines(event.milestones), revision=1)
    return _with_baseline(plan, event)


def _with_baseline(plan: Plan, event: Event) -> Plan:
    """The plan measured from now on against what it is now."""
    old, stamp = plan.baseline, event.stamp
    tasks = (
        BaselineTask(task.id, task.started_at or task.starts_at, task.done_at or task.ends_at, task.draft.budget)
        for task in plan.tasks
        if task.state != "dropped"
    )
    new = Baseline(1 if old is None else old.number + 1, stamp.occurred_at, stamp.reason, Lines(tasks))
    return attrs.evolve(plan, baseline=new, earlier=plan.earlier if old is None else (*plan.earlier, old))


def _baselined(plan: Plan, event: PlanBaselined) -> Plan:
    return _with_baseline(plan, event)


def _promised(plan: Plan | None, event: OrderPromised) -> Plan:
    known = plan or Plan()
    return attrs.evolve(known, promises=Lines((*known.promises, *event.promises)))


def _promise_moved(plan: Plan, event: PromiseMoved) -> Plan:
    return attrs.evolve(plan, promises=plan.promises.replace((event.promise,)))


def _sourced(plan: Plan | None, event: LinesSourced) -> Plan:
    return attrs.evolve(plan or Plan(), sources=Lines(event.sources))


def _released(plan: Plan | None, _event: OrderReleased) -> Plan:
    return plan or Plan()


def _task_added(plan: Plan | None, event: TaskAdded) -> Plan:
    known = plan or Plan()
    return attrs.evolve(known, tasks=known.tasks.add((event.task,)))


def _task_moves(move: str) -> Callable[[Plan, Any], Plan]:
    def fold(plan: Plan, event: Any) -> Plan:
        task = plan.tasks[event.task_id]
        changes: dict[str, Any] = {"state": TASK.moves[task.state][move]}
        if move == "start":
            changes["started_at"] = event.occurred_at
        elif move == "complete":
            changes |= {"done_at": event.occurred_at, "evidence": event.evidence}
        tasks = plan.tasks.replace((attrs.evolve(task, **changes),))
        if move != "drop":
            return attrs.evolve(plan, tasks=tasks)
        # a milestone that hangs on a dropped task will never be reached
        gone = [each for each in plan.milestones if each.task_id == task.id and MILESTONE.target(each.state, "drop")]
        dropped = [attrs.evolve(each, state=MILESTONE.moves[each.state]["drop"]) for each in gone]
        return attrs.evolve(plan, tasks=tasks, milestones=plan.milestones.replace(dropped))

    return fold


def _progressed(plan: Plan, event: ProgressReported) -> Plan:
    task = plan.tasks[event.task_id]
    new = attrs.evolve(task, progress=event.progress, cost=task.cost if event.cost is None else event.cost)
    if event.ends_at is not None:
        new = attrs.evolve(new, ends_at=event.ends_at, warned=False)
    return attrs.evolve(plan, tasks=plan.tasks.replace((new,)))


def _overdue(plan: Plan, event: TaskOverdue) -> Plan:
    return attrs.evolve(plan, tasks=plan.tasks.update((event.task_id,), lambda task: attrs.evolve(task, warned=True)))


def _milestone_moves(move: str) -> Callable[[Plan, Any], Plan]:
    def fold(plan: Plan, event: Any) -> Plan:
        known = plan.milestones[event.milestone_id]
        at = event.occurred_at if move == "reach" else None
        new = attrs.evolve(known, state=MILESTONE.moves[known.state][move], reached_at=at)
        return attrs.evolve(plan, milestones=plan.milestones.replace((new,)))

    return fold


FOLDS: Final[Mapping[type[Event], Callable[[Any, Any], Plan]]] = {
    OrderPlanned: _planned,
    PlanBaselined: _baselined,
    OrderPromised: _promised,
    PromiseMoved: _promise_moved,
    LinesSourced: _sourced,
    OrderReleased: _released,
    TaskAdded: _task_added,
    TaskStarted: _task_moves("start"),
    TaskCompleted: _task_moves("complete"),
    ProgressReported: _progressed,
    TaskDropped: _task_moves("drop"),
    TaskOverdue: _overdue,
    MilestoneReached: _milestone_moves("reach"),
    MilestoneMissed: _milestone_moves("violate"),
}
