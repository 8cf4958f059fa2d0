"""With which certainty a plan holds its dates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from fractions import Fraction
from typing import Final

from orderlib.planning.network import network_of
from orderlib.planning.probable import Outlook, simulate_network
from orderlib.planning.record import Plan, Task
from orderlib.planning.scheduling.problem import Activity, Link, Mode, SchedulingProblem, SchedulingResource
from orderlib.planning.scheduling.schedule import Assignment, Schedule
from orderlib.planning.scheduling.timegrid import TimeGrid
from orderlib.values.calendar import WEEKDAYS
from orderlib.values.estimate import Estimate
from orderlib.values.identifier import DocumentId
from orderlib.values.instant import Instant, later
from orderlib.values.worktime import Calendar

__all__ = ["plan_outlook"]

_WORK: Final = "work"
_OPEN: Final = frozenset({"planned", "started"})
#: how much longer than planned anything may take before work goes on without a pause
_REACH: Final = 4


def plan_outlook(
    plan: Plan,
    now: Instant,
    calendar: Calendar = WEEKDAYS,
    *,
    runs: int = 1000,
    seed: int = 0,
    period: timedelta = timedelta(minutes=30),
) -> Outlook | None:
    """What is left of a plan, run many times: by when each task, and all of it, is done with which certainty.

    `outlook.at(80, now)` is the P80 of the whole, `outlook.at(80, now, task_id)` that of a task. A task takes what its
    estimate says (its duration, where it has none), a task that has begun the share that is not reported as done;
    what holds the same people or machines goes in the order of the plan. None where nothing is left to do. Raises
    `InvalidValueError` (`schedule.setting`, `number.whole`).
    """
    left = [task for task in plan.tasks if task.state in _OPEN]
    if not left:
        return None
    grid = TimeGrid(now, period)
    shares = {task.id: _left(task) for task in left}
    activities = [_activity(plan, task, shares, grid, calendar) for task in left]
    placed = [
        Assignment(task.id, start, max(grid.reached(task.ends_at), start))
        for task in left
        for start in (max(grid.begun(task.starts_at), 0),)
    ]
    last = max(each.finish for each in placed)
    worst = sum((_longest(task) for task in left), timedelta(0))
    horizon = _REACH * (last + grid.periods(worst)) + grid.periods(timedelta(days=28))
    problem = SchedulingProblem(activities, _resources(left), [grid.working_time(_WORK, calendar, horizon)])
    estimates = {str(task.id): _estimate(task, shares[task.id]) for task in left}
    rework = {str(task.id): task.draft.rework for task in left if task.draft.rework is not None}
    network = network_of(problem, Schedule(placed), estimates, period=period, rework=rework)
    return simulate_network(network, runs, seed)


def _activity(
    plan: Plan, task: Task, shares: Mapping[DocumentId, Fraction], grid: TimeGrid, calendar: Calendar
) -> Activity:
    """What is left of a task, waiting for those others of which something is left as well."""
    return Activity(
        task.id,
        Mode(grid.periods(_scaled(task.draft.duration, shares[task.id])), task.holds),
        [
            Link(link.after, link.relation, grid.periods(link.lag))
            for link in task.draft.waits_for
            if link.after in shares and not (task.state == "started" and link.binds_start)
        ],
        release=_release(plan, task, grid, calendar),
        calendar_id=_WORK if task.draft.duration else "",
    )


def _left(task: Task) -> Fraction:
    """The share of a task that is not reported as done."""
    return 1 - Fraction(task.progress) / 100 if task.state == "started" else Fraction(1)


def _scaled(duration: timedelta, share: Fraction) -> timedelta:
    return duration * share.numerator / share.denominator


def _estimate(task: Task, share: Fraction) -> Estimate:
    known = task.draft.estimate or Estimate.fixed(task.draft.duration)
    return Estimate(*(_scaled(each, share) for each in (known.low, known.likely, known.high)))


def _longest(task: Task) -> timedelta:
    known = task.draft.estimate
    return task.draft.duration if known is None else max(known.high, task.draft.duration)


def _release(plan: Plan, task: Task, grid: TimeGrid, calendar: Calendar) -> int:
    """The first period in which a task could begin.

    After its own bound, after lags that run on from what is done, and not before its slot, where it was given people
    or machines that were not free any sooner.
    """
    if task.state != "planned":
        return 0
    bounds = [] if task.draft.not_before is None else [task.draft.not_before]
    soonest = grid.start_at
    for link in task.draft.waits_for:
        other = plan.tasks.get(link.after)
        if other is None or not link.binds_start:
            continue
        passed = other.done_at if link.from_finish else other.started_at
        if passed is not None:
            bounds.append(later(passed, link.lag))
        planned = other.ends_at if link.from_finish else other.starts_at
        soonest = max(soonest, later(passed or planned, link.lag))
    if task.holds and task.starts_at > calendar.next_working(soonest):
        bounds.append(task.starts_at)
    return max([0, *(grid.reached(bound) for bound in bounds)])


def _resources(tasks: list[Task]) -> list[SchedulingResource]:
    """What the tasks hold, as much of each as the plan ever uses at once."""
    peaks: dict[str, int] = {}
    for task in tasks:
        for need in task.holds:
            at_once = sum(
                other_need.amount
                for other in tasks
                for other_need in other.holds
                if other_need.resource_id == need.resource_id and other.starts_at <= task.starts_at < other.ends_at
            )
            peaks[need.resource_id] = max(peaks.get(need.resource_id, 1), at_once, need.amount)
    return [SchedulingResource(name, peak) for name, peak in peaks.items()]
