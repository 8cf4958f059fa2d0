"""The critical path method: early and late dates, floats, what is critical (Kelley and Walker 1959; PMI).

Capacities are not looked at: it is the time that the work itself takes. Early dates come from a pass forward,
late dates from a pass backward; the difference is the total float. The free float is how far an activity can
slip before it delays another.
"""

from __future__ import annotations

import attrs

from orderlib.errors import InvalidValueError
from orderlib.planning.scheduling.fault import NO_PLACE, whole
from orderlib.planning.scheduling.network import FF, FS, SS, Network, Option
from orderlib.planning.scheduling.problem import SchedulingProblem
from orderlib.planning.scheduling.timeline import ALL_THE_TIME, NoTimeLeft
from orderlib.planning.scheduling.validity import sound
from orderlib.values.identifier import DocumentId

__all__ = ["ActivityDates", "CriticalPath", "critical_path"]


@attrs.frozen
class ActivityDates:
    """The early and late dates of an activity, in periods, and its floats.

    A late date before period 0, or a float below 0, says that the end wished for cannot be held.
    """

    activity_id: DocumentId
    early_start: int
    early_finish: int
    late_start: int
    late_finish: int
    free_float: int

    @property
    def total_float(self) -> int:
        """By how many periods it can slip before the end slips."""
        return self.late_start - self.early_start

    @property
    def critical(self) -> bool:
        """Whether any delay delays the end."""
        return self.total_float <= 0


@attrs.frozen
class CriticalPath:
    """The dates of all activities, in the order of the problem; `length` is the earliest end of all."""

    dates: tuple[ActivityDates, ...]
    length: int

    @property
    def critical(self) -> tuple[DocumentId, ...]:
        """The critical activities, by early start."""
        found = sorted((each for each in self.dates if each.critical), key=lambda each: each.early_start)
        return tuple(each.activity_id for each in found)

    def of(self, activity_id: str) -> ActivityDates | None:
        """The dates of an activity."""
        return next((each for each in self.dates if each.activity_id == activity_id), None)


def critical_path(problem: SchedulingProblem, end: int | None = None) -> CriticalPath:
    """Early dates forward from release dates, late dates backward from `end` (the earliest end where none is given).

    Of several modes the shortest counts. Deadlines of activities bind their late dates. Raises `InvalidValueError`
    as `check_problem` finds, and `schedule.no-place` where working time ends too early.
    """
    network = sound(problem)
    modes = network.shortest()
    starts, finishes = early_dates(network, modes)
    length = max(finishes, default=0)
    limit = length if end is None else whole(end, "end")
    late_starts, late_finishes = late_dates(network, modes, limit)
    dates = tuple(
        ActivityDates(
            network.ids[at],
            starts[at],
            finishes[at],
            late_starts[at],
            late_finishes[at],
            _free(network, at, starts, finishes, length),
        )
        for at in range(network.count)
    )
    return CriticalPath(dates, length)


def early_dates(network: Network, modes: list[int]) -> tuple[list[int], list[int]]:
    """Early starts and finishes in the modes given, whatever the capacities."""
    starts, finishes = [0] * network.count, [0] * network.count
    for at in network.order:
        option = network.options[at][modes[at]]
        try:
            starts[at] = network.earliest(at, option, starts, finishes)
            finishes[at] = option.timeline.finish(starts[at], option.duration)
        except NoTimeLeft:
            raise InvalidValueError(NO_PLACE(f"/activities/{at}", activity=network.ids[at])) from None
    return starts, finishes


def late_dates(network: Network, modes: list[int], end: int) -> tuple[list[int], list[int]]:
    """Late starts and finishes against an end; where there is no time left, just as much before period 0."""
    starts, finishes = [0] * network.count, [0] * network.count
    for at in reversed(network.order):
        option = network.options[at][modes[at]]
        deadline = network.deadline[at]
        limit = end if deadline is None else min(end, deadline)
        try:
            starts[at] = network.latest(at, option, starts, finishes, limit)
            finishes[at] = option.timeline.finish(starts[at], option.duration)
        except NoTimeLeft:
            finishes[at] = _before_time(network, at, option, starts, finishes, limit)
            starts[at] = finishes[at] - option.duration
    return starts, finishes


def _before_time(network: Network, at: int, option: Option, starts: list[int], finishes: list[int], limit: int) -> int:
    """The late finish of what would have to begin before period 0, or before its calendars begin."""
    for to, kind, lag in network.succs[at]:
        bound = (starts[to] if kind in (FS, SS) else finishes[to]) - lag
        limit = min(limit, bound if kind in (FS, FF) else bound + option.duration)
    return limit if option.timeline is ALL_THE_TIME else min(limit, 0)


def _free(network: Network, at: int, starts: list[int], finishes: list[int], length: int) -> int:
    slack = [length - finishes[at]]
    for to, kind, lag in network.succs[at]:
        mine = finishes[at] if kind in (FS, FF) else starts[at]
        theirs = starts[to] if kind in (FS, SS) else finishes[to]
        slack.append(theirs - lag - mine)
    return min(slack)
