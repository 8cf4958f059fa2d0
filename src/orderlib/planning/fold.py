"""What each event of planning does to the plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import attrs

from orderlib.planning.message import (
    MilestoneMissed,
    MilestoneReached,
    OrderPlanned,
    OrderPromised,
    OrderReleased,
    PromiseMoved,
    TaskAdded,
    TaskCompleted,
    TaskDropped,
    TaskOverdue,
    TaskStarted,
)
from orderlib.planning.record import Plan
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
    baseline = tuple((task.id, task.ends_at) for task in tasks)
    return attrs.evolve(known, tasks=tasks, milestones=Lines(event.milestones), baseline=baseline, revision=1)


def _promised(plan: Plan | None, event: OrderPromised) -> Plan:
    known = plan or Plan()
    return attrs.evolve(known, promises=Lines((*known.promises, *event.promises)))


def _promise_moved(plan: Plan, event: PromiseMoved) -> Plan:
    return attrs.evolve(plan, promises=plan.promises.replace((event.promise,)))


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
    OrderPromised: _promised,
    PromiseMoved: _promise_moved,
    OrderReleased: _released,
    TaskAdded: _task_added,
    TaskStarted: _task_moves("start"),
    TaskCompleted: _task_moves("complete"),
    TaskDropped: _task_moves("drop"),
    TaskOverdue: _overdue,
    MilestoneReached: _milestone_moves("reach"),
    MilestoneMissed: _milestone_moves("violate"),
}
