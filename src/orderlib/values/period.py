"""Spans of days and of time.

`DayPeriod` is how documents speak (UBL `Period`: `StartDate`, `EndDate`): whole days, both ends included,
either end may be open. `Interval` is how clocks speak: from an instant up to, but not including, another.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import attrs

from orderlib.errors import FindingCode, InvalidValueError, Severity
from orderlib.values.instant import Instant, day, format_instant, instant, time_between
from orderlib.values.typed import instance_of

__all__ = ["DayPeriod", "Interval"]

PERIOD_REVERSED: Final = FindingCode(
    "value.period-reversed",
    Severity.ERROR,
    "a period ends before it begins: {start} to {end}",
    "期间的结束早于开始：{start} 至 {end}",
)
INTERVAL_EMPTY: Final = FindingCode(
    "value.interval-empty",
    Severity.ERROR,
    "an interval must end after it begins: {start} to {end}",
    "时段的结束必须晚于开始：{start} 至 {end}",
)


def _start_on(value: str | date | None) -> date | None:
    return None if value is None else day(value, address="/start_on")


def _end_on(value: str | date | None) -> date | None:
    return None if value is None else day(value, address="/end_on")


def _start_at(value: str | Instant) -> Instant:
    return instant(value, address="/start_at")


def _end_at(value: str | Instant) -> Instant:
    return instant(value, address="/end_at")


@attrs.frozen
class DayPeriod:
    """Calendar days from `start_on` to `end_on`, both included; `None` leaves that end open.

    Ends may be given as `YYYY-MM-DD`. Raises `InvalidValueError` with `value.day-malformed` or
    `value.period-reversed`.
    """

    start_on: date | None = attrs.field(default=None, converter=_start_on)
    end_on: date | None = attrs.field(default=None, converter=_end_on)

    def __attrs_post_init__(self) -> None:
        if self.start_on is not None and self.end_on is not None and self.end_on < self.start_on:
            raise InvalidValueError(PERIOD_REVERSED(start=self.start_on, end=self.end_on))

    def __contains__(self, on: date) -> bool:
        on = day(on)
        return (self.start_on is None or self.start_on <= on) and (self.end_on is None or on <= self.end_on)

    def overlaps(self, other: DayPeriod) -> bool:
        """Is there a day that lies in both?"""
        instance_of(DayPeriod, other)
        return _reaches(self.start_on, other.end_on) and _reaches(other.start_on, self.end_on)

    @property
    def days(self) -> int | None:
        """How many days, or `None` where an end is open."""
        if self.start_on is None or self.end_on is None:
            return None
        return (self.end_on - self.start_on).days + 1


def _reaches(start: date | None, end: date | None) -> bool:
    return start is None or end is None or start <= end


@attrs.frozen
class Interval:
    """Time from `start_at` up to, not including, `end_at`; never empty.

    Ends take whatever `instant` reads. Raises `InvalidValueError` with its codes or `value.interval-empty`.
    """

    start_at: Instant = attrs.field(converter=_start_at)
    end_at: Instant = attrs.field(converter=_end_at)

    def __attrs_post_init__(self) -> None:
        if self.end_at <= self.start_at:
            start, end = format_instant(self.start_at), format_instant(self.end_at)
            raise InvalidValueError(INTERVAL_EMPTY(start=start, end=end))

    def __contains__(self, at: Instant) -> bool:
        at = instant(at)
        return self.start_at <= at < self.end_at

    def overlaps(self, other: Interval) -> bool:
        """Is there an instant that lies in both? Intervals that only touch do not overlap."""
        instance_of(Interval, other)
        return self.start_at < other.end_at and other.start_at < self.end_at

    @property
    def duration(self) -> timedelta:
        """How long it is."""
        return time_between(self.start_at, self.end_at)
