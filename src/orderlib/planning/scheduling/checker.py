"""An independent look at a schedule: does it keep everything that the problem asks?

The checker shares no code with what makes schedules: it reads the problem as it stands and counts anew. So it may
judge schedules from anywhere: from this library, from a solver, from a planner's own hand.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from orderlib.errors import Finding
from orderlib.planning.scheduling.fault import (
    AFTER_DEADLINE,
    BEFORE_RELEASE,
    BEYOND,
    DURATION,
    FIGURE,
    FROZEN,
    MISSING,
    NOT_WORKING,
    OVERLAP,
    OVERLOAD,
    PRECEDENCE,
    TWICE,
    UNKNOWN,
    UNKNOWN_MODE,
)
from orderlib.planning.scheduling.problem import Activity, Mode, Relation, SchedulingProblem
from orderlib.planning.scheduling.schedule import Assignment, Schedule, ScheduleFigures

__all__ = ["check_schedule", "figures_of"]


def check_schedule(problem: SchedulingProblem, schedule: Schedule) -> tuple[Finding, ...]:
    """All that is wrong with the schedule, each finding at its assignment; none where it can be carried out.

    Activities that are missing, unknown or there twice, modes that do not exist, wrong durations, work outside
    calendars, starts before release, ends after deadline or horizon, precedence with its lags, capacities
    (`schedule.overlap` where only one may work at a time), what is frozen and was moved, and figures that are not so.
    """
    known = {each.id: each for each in problem.activities}
    found: list[Finding] = []
    placed: dict[str, tuple[Assignment, Mode, str]] = {}
    for number, each in enumerate(schedule.assignments):
        here = f"/assignments/{number}"
        activity = known.get(each.activity_id)
        if activity is None:
            found.append(UNKNOWN(here, activity=each.activity_id))
        elif each.activity_id in placed:
            found.append(TWICE(here, id=each.activity_id))
        else:
            mode = next((mode for mode in activity.modes if mode.id == each.mode), None)
            if mode is None:
                found.append(UNKNOWN_MODE(f"{here}/mode", activity=each.activity_id, mode=each.mode or "''"))
            placed[each.activity_id] = (each, mode or activity.modes[0], here)
            if mode is not None:
                found += _alone(problem, activity, mode, each, here)
    found += [MISSING("/assignments", activity=each) for each in known if each not in placed]
    found += _links(problem, placed)
    found += _loads(problem, placed)
    if not found:
        found += _figures(problem, schedule)
    return tuple(found)


def figures_of(problem: SchedulingProblem, assignments: Mapping[str, Assignment]) -> ScheduleFigures:
    """Makespan, weighted tardiness and cost of assignments by activity; whatever is not assigned counts nothing."""
    rates = {each.id: each.rate for each in problem.resources}
    end = late = cost = 0
    for activity in problem.activities:
        each = assignments.get(activity.id)
        if each is None:
            continue
        end = max(end, each.finish)
        if activity.due is not None:
            late += activity.weight * max(each.finish - activity.due, 0)
        mode = next((mode for mode in activity.modes if mode.id == each.mode), activity.modes[0])
        cost += mode.cost + mode.duration * sum(rates[need.resource_id] * need.amount for need in mode.needs)
    return ScheduleFigures(end, late, cost + late)


def _figures(problem: SchedulingProblem, schedule: Schedule) -> Iterator[Finding]:
    right = figures_of(problem, {each.activity_id: each for each in schedule.assignments})
    said = schedule.figures
    for name in ("makespan", "weighted_tardiness", "cost"):
        if getattr(right, name) != getattr(said, name):
            yield FIGURE(f"/figures/{name}", figure=name, right=getattr(right, name), said=getattr(said, name))
    if schedule.lower_bound is not None and schedule.lower_bound > right.by(schedule.objective):
        value = right.by(schedule.objective)
        yield FIGURE("/lower_bound", figure="lower_bound", right=f"at most {value}", said=schedule.lower_bound)


def _alone(
    problem: SchedulingProblem, activity: Activity, mode: Mode, each: Assignment, here: str
) -> Iterator[Finding]:
    """What can be seen of one assignment by itself."""
    frozen = problem.frozen.get(activity.id)
    release = activity.release if frozen is not None else max(activity.release, problem.frozen_until)
    if each.start < release:
        yield BEFORE_RELEASE(f"{here}/start", activity=activity.id, start=each.start, release=release)
    if activity.deadline is not None and each.finish > activity.deadline:
        yield AFTER_DEADLINE(f"{here}/finish", activity=activity.id, finish=each.finish, latest=activity.deadline)
    if problem.horizon is not None and each.finish > problem.horizon:
        yield BEYOND(f"{here}/finish", activity=activity.id, finish=each.finish, horizon=problem.horizon)
    if frozen is not None and (frozen.start, frozen.finish, frozen.mode) != (each.start, each.finish, each.mode):
        yield FROZEN(f"{here}/start", activity=activity.id, was=frozen.start, start=each.start)
    given = _work(problem, activity, mode, each.start, each.finish)
    if given != mode.duration:
        yield DURATION(f"{here}/finish", activity=activity.id, duration=mode.duration, given=given)
    elif mode.duration:
        for period in (each.start, each.finish - 1):
            if not _work(problem, activity, mode, period, period + 1):
                yield NOT_WORKING(f"{here}/start", activity=activity.id, period=period)


def _work(problem: SchedulingProblem, activity: Activity, mode: Mode, start: int, finish: int) -> int:
    """How many periods from start to finish all calendars concerned work."""
    used = {need.resource_id for need in mode.needs if need.amount}
    names = {activity.calendar_id, *(each.calendar_id for each in problem.resources if each.id in used)} - {""}
    spans = [(start, finish)] if start < finish else []
    for calendar in problem.calendars:
        if calendar.id in names:
            spans = [
                (max(start, first), min(end, last))
                for start, end in spans
                for first, last in calendar.spans
                if first < end and start < last
            ]
    return sum(end - start for start, end in spans)


def _links(problem: SchedulingProblem, placed: Mapping[str, tuple[Assignment, Mode, str]]) -> Iterator[Finding]:
    for activity in problem.activities:
        mine = placed.get(activity.id)
        for link in activity.after:
            theirs = placed.get(link.before)
            if mine is None or theirs is None:
                continue
            first, then = theirs[0], mine[0]
            sooner = first.finish if link.relation in (Relation.FINISH_START, Relation.FINISH_FINISH) else first.start
            later = then.start if link.relation in (Relation.FINISH_START, Relation.START_START) else then.finish
            if later < sooner + link.lag:
                yield PRECEDENCE(
                    f"{mine[2]}/start",
                    activity=activity.id,
                    before=link.before,
                    short=sooner + link.lag - later,
                    relation=link.relation,
                    lag=link.lag,
                )


def _loads(problem: SchedulingProblem, placed: Mapping[str, tuple[Assignment, Mode, str]]) -> Iterator[Finding]:
    """The first period of each stretch in which a resource is asked for more than it has."""
    moves: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for name, (each, mode, _) in placed.items():
        for need in mode.needs:
            if need.amount and each.start < each.finish:
                moves[need.resource_id] += [(each.start, need.amount, name), (each.finish, -need.amount, name)]
    places = {name: place for name, (_, _, place) in placed.items()}
    for resource in problem.resources:
        steps = {step.at: step.amount for step in resource.capacity}
        changes = defaultdict[int, list[tuple[int, str]]](list)
        for at, amount, name in moves[resource.id]:
            changes[at].append((amount, name))
        load, there, over = Counter[str](), 0, False
        for at in sorted({*changes, *steps}):
            there = steps.get(at, there)
            for amount, name in changes[at]:
                load[name] += amount
            active = sorted(name for name, amount in load.items() if amount > 0)
            asked = sum(load[name] for name in active)
            if asked > there and not over:
                where, names = places[active[-1]], ", ".join(active)
                if there == 1:
                    yield OVERLAP(where, activities=names, resource=resource.id, period=at)
                else:
                    yield OVERLOAD(where, activities=names, load=asked, resource=resource.id, capacity=there, period=at)
            over = asked > there
