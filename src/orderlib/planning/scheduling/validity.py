"""Whether the parts of a problem fit together: everything that is wrong with it, at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from orderlib.errors import Finding, InvalidValueError
from orderlib.planning.scheduling.fault import (
    CYCLE,
    NO_WORKING_TIME,
    TOO_LITTLE_TIME,
    TOO_MUCH,
    TWICE,
    UNKNOWN_BEFORE,
    UNKNOWN_CALENDAR,
    UNKNOWN_RESOURCE,
    WINDOW,
)
from orderlib.planning.scheduling.network import Network
from orderlib.planning.scheduling.problem import Activity, SchedulingProblem

__all__ = ["check_problem"]


def check_problem(problem: SchedulingProblem) -> tuple[Finding, ...]:
    """All that keeps the problem from having a schedule, each finding with its address; none where it may have one.

    Ids that stand twice, predecessors, resources and calendars that are not there, cycles (which are named),
    calendars without working time, needs above what a resource ever has, and activities that cannot end by their
    deadline or within the horizon even if every resource were free.
    """
    return _examined(problem)[0]


def sound(problem: SchedulingProblem) -> Network:
    """The problem compiled; raises `InvalidValueError` with all that `check_problem` finds."""
    wrong, network = _examined(problem)
    if wrong or network is None:
        raise InvalidValueError(*wrong)
    return network


def _examined(problem: SchedulingProblem) -> tuple[tuple[Finding, ...], Network | None]:
    found = [*_twice(problem), *_unknown(problem), *_idle(problem)]
    if not found:
        found += _cycles(problem)
    found += _too_much(problem)
    if found:
        return tuple(found), None
    network = Network(problem)
    return tuple(_windows(network)), network


def _twice(problem: SchedulingProblem) -> Iterator[Finding]:
    named = {
        "activities": [each.id for each in problem.activities],
        "resources": [each.id for each in problem.resources],
        "calendars": [each.id for each in problem.calendars],
    }
    for name, ids in named.items():
        last = {each: number for number, each in enumerate(ids)}
        yield from (TWICE(f"/{name}/{last[each]}/id", id=each) for each, count in Counter(ids).items() if count > 1)
    for number, each in enumerate(problem.activities):
        if len({mode.id for mode in each.modes}) < len(each.modes):
            yield TWICE(f"/activities/{number}/modes", id=f"a mode of {each.id}")
    counted = Counter(each.activity_id for each in problem.running)
    yield from (TWICE("/running", id=each) for each, times in counted.items() if times > 1)


def _unknown(problem: SchedulingProblem) -> Iterator[Finding]:
    known = {each.id for each in problem.activities}
    resources = {each.id for each in problem.resources}
    calendars = {"", *(str(each.id) for each in problem.calendars)}
    for number, each in enumerate(problem.activities):
        here = f"/activities/{number}"
        for at, link in enumerate(each.after):
            if link.before not in known:
                yield UNKNOWN_BEFORE(f"{here}/after/{at}", activity=each.id, before=link.before)
        for at, mode in enumerate(each.modes):
            for place, need in enumerate(mode.needs):
                if need.resource_id not in resources:
                    where = f"{here}/modes/{at}/needs/{place}"
                    yield UNKNOWN_RESOURCE(where, activity=each.id, resource=need.resource_id)
        if each.calendar_id not in calendars:
            yield UNKNOWN_CALENDAR(f"{here}/calendar_id", calendar=each.calendar_id, owner=each.id)
    for number, resource in enumerate(problem.resources):
        if resource.calendar_id not in calendars:
            yield UNKNOWN_CALENDAR(f"/resources/{number}/calendar_id", calendar=resource.calendar_id, owner=resource.id)


def _idle(problem: SchedulingProblem) -> Iterator[Finding]:
    for number, each in enumerate(problem.calendars):
        if not each.spans:
            yield NO_WORKING_TIME(f"/calendars/{number}/spans", calendar=each.id)


def _cycles(problem: SchedulingProblem) -> Iterator[Finding]:
    """One cycle, its activities in the order in which they wait, where there is any."""
    after = {each.id: [link.before for link in each.after] for each in problem.activities}
    waiting = {each: len(befores) for each, befores in after.items()}
    followers: dict[str, list[str]] = {}
    for each, befores in after.items():
        for before in befores:
            followers.setdefault(before, []).append(each)
    ready = [each for each, count in waiting.items() if not count]
    while ready:
        for follower in followers.get(ready.pop(), ()):
            waiting[follower] -= 1  # type: ignore[index]
            if not waiting[follower]:  # type: ignore[index]
                ready.append(follower)  # type: ignore[arg-type]
    stuck = {each for each, count in waiting.items() if count}
    if stuck:
        way, at = dict[str, None](), next(each for each in after if each in stuck)
        while at not in way:  # each that is stuck waits for another that is
            way[at] = None
            at = next(before for before in after[at] if before in stuck)
        names = list(way)
        circle = [*names[names.index(at) :], at]
        yield CYCLE(f"/activities/{list(after).index(at)}/after", activities=" ← ".join(circle))


def _too_much(problem: SchedulingProblem) -> Iterator[Finding]:
    most = {each.id: each.most for each in problem.resources}
    for number, each in enumerate(problem.activities):
        for at, mode in enumerate(each.modes):
            wanted: Counter[str] = Counter()
            for place, need in enumerate(mode.needs):
                wanted[need.resource_id] += need.amount
                if wanted[need.resource_id] > most.get(need.resource_id, 10**18):
                    yield TOO_MUCH(
                        f"/activities/{number}/modes/{at}/needs/{place}",
                        activity=each.id,
                        amount=wanted[need.resource_id],
                        resource=need.resource_id,
                        capacity=most[need.resource_id],
                    )


def _windows(network: Network) -> Iterator[Finding]:
    """The earliest that each activity can end in any of its modes, against what it may."""
    starts, finishes = [0] * network.count, [0] * network.count
    for at in network.order:
        each = network.activities[at]
        soonest = network.soonest_end(at, starts, finishes)
        if soonest is None:
            yield _too_little(network, at)
            return  # those that come after it have no early dates
        finishes[at], starts[at] = soonest
        latest = _earliest_of(each.deadline, network.problem.horizon)
        if latest is not None and finishes[at] > latest and at not in network.frozen:  # what runs is a fact
            where = "deadline" if latest == each.deadline else "release"
            yield WINDOW(f"/activities/{at}/{where}", activity=each.id, earliest=finishes[at], latest=latest)


def _too_little(network: Network, at: int) -> Finding:
    each: Activity = network.activities[at]
    option = min(network.options[at], key=lambda option: option.duration)
    left = option.timeline.total - option.timeline.worked(each.release)
    return TOO_LITTLE_TIME(f"/activities/{at}", activity=each.id, duration=option.duration, available=max(left, 0))


def _earliest_of(*limits: int | None) -> int | None:
    return min((each for each in limits if each is not None), default=None)
