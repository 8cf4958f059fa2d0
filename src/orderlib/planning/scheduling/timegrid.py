"""From instants to whole periods and back."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import attrs

from orderlib.errors import InvalidValueError
from orderlib.planning.scheduling.fault import SETTING
from orderlib.planning.scheduling.problem import WorkingTime
from orderlib.values.instant import Instant, instant, later, time_between
from orderlib.values.worktime import Calendar

__all__ = ["TimeGrid"]

_LEAST: Final = timedelta(seconds=1)
_MOST: Final = timedelta(days=366)


def _period(value: timedelta) -> timedelta:
    if type(value) is not timedelta or not _LEAST <= value <= _MOST:
        raise InvalidValueError(SETTING("/period", name="period", value=value))
    return value


def _start(value: Instant | str) -> Instant:
    return instant(value, address="/start_at")


@attrs.frozen
class TimeGrid:
    """Period 0 begins at `start_at`, and each lasts `period`, from a second to a year.

    What has to fit is never made to look shorter: durations and releases are rounded up, ends of working time and due
    dates down. Raises `InvalidValueError` (`schedule.setting`, `instant.*`).
    """

    start_at: Instant = attrs.field(converter=_start)
    period: timedelta = attrs.field(default=timedelta(minutes=15), converter=_period)

    def at(self, period: int) -> Instant:
        """The instant at which a period begins."""
        return later(self.start_at, self.period * period)

    def begun(self, at: Instant) -> int:
        """The period that an instant falls into; negative before the start."""
        return time_between(self.start_at, at) // self.period

    def reached(self, at: Instant) -> int:
        """The first period that begins at an instant or after it."""
        return -(time_between(at, self.start_at) // self.period)

    def periods(self, duration: timedelta) -> int:
        """How many periods a duration takes."""
        return -(-duration // self.period)

    def working_time(self, id: str, calendar: Calendar, horizon: int) -> WorkingTime:
        """The working periods of a calendar before `horizon`: those that are worked from beginning to end."""
        spans: list[tuple[int, int]] = []
        for worked in calendar.working_intervals(self.start_at, self.at(horizon)):
            start, end = max(self.reached(worked.start_at), 0), min(self.begun(worked.end_at), horizon)
            if start < end:
                spans.append((start, end))
        return WorkingTime(id, spans)
