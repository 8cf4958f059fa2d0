"""A problem compiled for search: numbers instead of ids, links in both directions, timelines per mode."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from heapq import heapify, heappop, heappush
from typing import Final, TypeAlias

from orderlib.planning.scheduling.problem import Activity, Mode, Relation, SchedulingProblem
from orderlib.planning.scheduling.schedule import Assignment
from orderlib.planning.scheduling.timeline import ALL_THE_TIME, NoTimeLeft, Timeline
from orderlib.values.identifier import DocumentId

__all__ = ["FF", "FS", "SF", "SS", "Arc", "Network", "Option"]

FS: Final = 0
SS: Final = 1
FF: Final = 2
SF: Final = 3
_KINDS: Final = {
    Relation.FINISH_START: FS,
    Relation.START_START: SS,
    Relation.FINISH_FINISH: FF,
    Relation.START_FINISH: SF,
}

Arc: TypeAlias = tuple[int, int, int]
"""The activity at the other end, the kind of link, the lag."""


class Option:
    """A mode, compiled: duration, needs as (resource, amount), the timeline, and what it costs in all."""

    __slots__ = ("always", "cost", "duration", "mode_id", "needs", "timeline")

    def __init__(self, mode: Mode, needs: tuple[tuple[int, int], ...], timeline: Timeline, cost: int) -> None:
        self.mode_id: str = mode.id
        self.duration: int = mode.duration
        self.needs: tuple[tuple[int, int], ...] = needs
        self.timeline: Timeline = timeline
        self.always: bool = timeline is ALL_THE_TIME
        self.cost: int = cost


class Network:
    """What all methods of scheduling work on; made from a problem whose parts fit together."""

    def __init__(self, problem: SchedulingProblem) -> None:
        self.problem = problem
        self.activities: tuple[Activity, ...] = problem.activities
        self.ids: list[DocumentId] = [each.id for each in problem.activities]
        self.index: dict[DocumentId, int] = {each: number for number, each in enumerate(self.ids)}
        self.count: int = len(self.ids)
        self._resources = {each.id: number for number, each in enumerate(problem.resources)}
        self._spans = {each.id: each.spans for each in problem.calendars}
        self._timelines: dict[frozenset[str], Timeline] = {frozenset(): ALL_THE_TIME}
        self.options: list[list[Option]] = [
            [self._option(each, mode) for mode in each.modes] for each in problem.activities
        ]
        self.preds: list[list[Arc]] = [[] for _ in self.ids]
        self.succs: list[list[Arc]] = [[] for _ in self.ids]
        self._link()
        self.due: list[int | None] = [each.due for each in problem.activities]
        self.deadline: list[int | None] = [each.deadline for each in problem.activities]
        self.weight: list[int] = [each.weight for each in problem.activities]
        self.capacity: list[list[tuple[int, int]]] = [
            [(step.at, step.amount) for step in each.capacity] for each in problem.resources
        ]
        self.most: list[int] = [each.most for each in problem.resources]
        self.frozen: dict[int, Assignment] = {
            self.index[each.activity_id]: each
            for each in problem.running
            if each.start < problem.frozen_until and each.activity_id in self.index
        }
        self.release: list[int] = [  # what is not frozen cannot start in the frozen zone any more
            each.release if number in self.frozen else max(each.release, problem.frozen_until)
            for number, each in enumerate(problem.activities)
        ]
        self.running: dict[int, Assignment] = {
            self.index[each.activity_id]: each for each in problem.running if each.activity_id in self.index
        }
        self.order: list[int] = self.in_precedence(range(self.count))
        self.simple: bool = not self.frozen and all(
            len(each) == 1 and each[0].timeline is ALL_THE_TIME for each in self.options
        )

    def _link(self) -> None:
        for number, each in enumerate(self.activities):
            for link in each.after:
                other, kind = self.index[link.before], _KINDS[link.relation]
                self.preds[number].append((other, kind, link.lag))
                self.succs[other].append((number, kind, link.lag))

    def _option(self, activity: Activity, mode: Mode) -> Option:
        resources = self.problem.resources
        used = [(self._resources[need.resource_id], need.amount) for need in mode.needs if need.amount]
        calendars = {activity.calendar_id, *(resources[at].calendar_id for at, _ in used)} - {""}
        cost = mode.cost + mode.duration * sum(resources[at].rate * amount for at, amount in used)
        return Option(mode, tuple(used), self._timeline(frozenset(calendars)), cost)

    def _timeline(self, calendars: frozenset[str]) -> Timeline:
        """The periods in which all of these calendars work."""
        known = self._timelines.get(calendars)
        if known is None:
            first, *rest = (self._spans[each] for each in sorted(calendars))  # type: ignore[index]
            common: Sequence[tuple[int, int]] = first
            for spans in rest:
                common = shared(common, spans)
            known = self._timelines[calendars] = Timeline(common)
        return known

    def in_precedence(self, keys: Sequence[float]) -> list[int]:
        """All activities by their keys, the smallest first, but none before those that it comes after."""
        waiting = [len(arcs) for arcs in self.preds]
        ready = [(keys[number], number) for number in range(self.count) if not waiting[number]]
        heapify(ready)
        placed: list[int] = []
        while ready:
            _, current = heappop(ready)
            placed.append(current)
            for follower, _, _ in self.succs[current]:
                waiting[follower] -= 1
                if not waiting[follower]:
                    heappush(ready, (keys[follower], follower))
        return placed

    def shortest(self) -> list[int]:
        """For each activity, the number of its shortest mode; the cheaper of two that take as long."""
        return [
            min(range(len(each)), key=lambda at, each=each: (each[at].duration, each[at].cost, at))  # type: ignore[misc]
            for each in self.options
        ]

    def earliest(self, number: int, option: Option, starts: Sequence[int], finishes: Sequence[int]) -> int:
        """The first working period that release and predecessors allow; those must have been placed."""
        timeline, duration = option.timeline, option.duration
        at = self.release[number]
        for other, kind, lag in self.preds[number]:
            if kind == FS:
                bound = finishes[other] + lag
            elif kind == SS:
                bound = starts[other] + lag
            else:
                end = (finishes[other] if kind == FF else starts[other]) + lag
                bound = timeline.ending(end, duration) if end > 0 else 0
            at = max(at, bound)
        return at if option.always or not duration else timeline.from_(at)

    def soonest_end(self, number: int, starts: Sequence[int], finishes: Sequence[int]) -> tuple[int, int] | None:
        """The first finish in any mode, and the first start in any, whatever the capacities; none without time left.

        What is frozen has its finish and its start already.
        """
        if number in self.frozen:
            return self.frozen[number].finish, self.frozen[number].start
        reached: list[tuple[int, int]] = []
        for option in self.options[number]:
            with suppress(NoTimeLeft):
                start = self.earliest(number, option, starts, finishes)
                reached.append((option.timeline.finish(start, option.duration), start))
        return (min(reached)[0], min(start for _, start in reached)) if reached else None

    def latest(self, number: int, option: Option, starts: Sequence[int], finishes: Sequence[int], end: int) -> int:
        """The last start that successors and `end` allow; those must have been placed."""
        timeline, duration = option.timeline, option.duration
        start, finish = end, end
        for other, kind, lag in self.succs[number]:
            bound = (starts[other] if kind in (FS, SS) else finishes[other]) - lag
            if kind in (FS, FF):
                finish = min(finish, bound)
            else:
                start = min(start, bound)
        at = min(start, timeline.latest(finish, duration)) if finish >= 0 else -1
        return timeline.until(at) if duration else at


def shared(first: Sequence[tuple[int, int]], second: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans that two sorted lists of spans have in common."""
    found: list[tuple[int, int]] = []
    a = b = 0
    while a < len(first) and b < len(second):
        start, end = max(first[a][0], second[b][0]), min(first[a][1], second[b][1])
        if start < end:
            found.append((start, end))
        if first[a][1] < second[b][1]:
            a += 1
        else:
            b += 1
    return found
