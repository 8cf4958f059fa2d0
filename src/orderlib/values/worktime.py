"""Reckoning with working time and working days, whatever the calendar is made of.

A `Calendar` says which spans of a year are worked and which days count as working days; everything else follows.
Timelines of a year are worked out when the year is first needed and kept with the calendar: they follow from its
fields alone, so that two threads that meet write the same, and neither equality nor pickles know of them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import Any, Final

import attrs
from pendulum import UTC, DateTime

from orderlib.errors import Finding, FindingCode, InvalidValueError, Severity
from orderlib.values._timeline import Span, Timeline, common, merged, staircase, year_span
from orderlib.values.codelist import whole
from orderlib.values.instant import Instant, day, format_instant, from_naive_utc, instant, naive_utc, time_between
from orderlib.values.period import Interval

__all__ = ["HORIZON_YEARS", "Calendar"]

HORIZON_EXCEEDED: Final = FindingCode(
    "calendar.horizon-exceeded",
    Severity.ERROR,
    "the calendar has no such working time within {years} years: {sought} from {start}",
    "日历在 {years} 年内没有所求的工作时间：自 {start} 起 {sought}",
)
DURATION_MALFORMED: Final = FindingCode(
    "calendar.duration-malformed",
    Severity.ERROR,
    "working time is a timedelta, working days are a whole number: {value}",
    "工作时间须为 timedelta，工作日数须为整数：{value}",
)

HORIZON_YEARS: Final = 100
"""How many years a search or a count may cross."""

_HORIZON: Final = timedelta(days=366 * HORIZON_YEARS)
_ZERO: Final = timedelta()
_NEXT: Final = timedelta(microseconds=1)  # of working time: the least that a search can seek
_KEPT_YEARS: Final = 2 * HORIZON_YEARS


@attrs.frozen
class Calendar:
    """What all calendars can tell; `WorkingCalendar` and `CombinedCalendar` say what they are made of.

    Instants may be anything that `instant` reads. A search or a count over more than `HORIZON_YEARS` raises
    `InvalidValueError` with `calendar.horizon-exceeded`, a duration that is none `calendar.duration-malformed`.
    """

    _years: dict[int, Timeline] = attrs.field(init=False, factory=dict[int, Timeline], eq=False, repr=False)
    _workdays: dict[int, list[int]] = attrs.field(init=False, factory=dict[int, list[int]], eq=False, repr=False)

    # -- what a kind of calendar has to say ---------------------------------------------------------------------

    def spans(self, year: int) -> list[Span]:
        """The working spans of a year of UTC, merged."""
        raise NotImplementedError

    def workdays(self, year: int) -> list[int]:
        """The working days of a year as ordinals, in order."""
        raise NotImplementedError

    # -- working time -------------------------------------------------------------------------------------------

    def is_working(self, at: Instant) -> bool:
        """Is work going on at this instant? A span includes its start, not its end."""
        at = instant(at)
        return self.timeline(at.year).working_at(at)

    def add_working(self, at: Instant, duration: timedelta) -> Instant:
        """The first instant by which `duration` of working time has passed since `at`.

        For a negative duration, the last instant from which so much working time passes until `at`. Nothing added
        is the same instant, working or not: `add_working(at, a + b) == add_working(add_working(at, a), b)`
        where a and b point the same way.
        """
        if type(at) is not DateTime or at.tzinfo is not UTC:
            at = instant(at)
        if type(duration) is not timedelta:
            duration = _elapsed(duration)
        year = at.year
        here = self._years.get(year) or self.timeline(year)
        try:
            target = here.worked(at) + duration
        except OverflowError:
            raise InvalidValueError(_exceeded(duration, format_instant(at))) from None
        if duration > _ZERO:
            while target > here.total:
                target -= here.total
                year += 1
                here = self._beyond(year, at, duration)
            return here.earliest(target)
        if duration < _ZERO:
            while target < _ZERO:
                year -= 1
                here = self._beyond(year, at, duration)
                target += here.total
            return here.latest(target)
        return at

    def working_between(self, start: Instant, end: Instant) -> timedelta:
        """Working time from one instant to another, negative if `end` is earlier."""
        first, last = instant(start), instant(end)
        if last < first:
            return -self._between(last, first)
        return self._between(first, last)

    def next_working(self, at: Instant) -> Instant:
        """The instant itself if work is going on, otherwise the next start of work."""
        at = instant(at)
        year, here = at.year, self.timeline(at.year)
        if here.working_at(at):
            return at
        while not here.starts or here.starts[-1] < at:
            year += 1
            here = self._beyond(year, at, _NEXT)
        return from_naive_utc(here.starts[bisect_left(here.starts, at)])

    def previous_working(self, at: Instant) -> Instant:
        """The instant itself if work has been going on right up to it, otherwise the last end of work before."""
        at = instant(at)
        year, here = at.year, self.timeline(at.year)
        while not here.starts or at <= here.starts[0]:
            year -= 1
            here = self._beyond(year, at, -_NEXT)
        return from_naive_utc(min(at, here.ends[bisect_left(here.starts, at) - 1]))

    def working_intervals(self, start: Instant, end: Instant) -> tuple[Interval, ...]:
        """The working spans from one instant to another, cut off at both; none if `end` is not later."""
        first, last = instant(start), instant(end)
        self._within_horizon(first, last)
        asked = [(naive_utc(first), naive_utc(last))]
        worked = [span for year in range(first.year, last.year + 1) for span in self.timeline(year).spans()]
        # Merged, because a span that lasts over the turn of the year is kept in two pieces.
        return tuple(
            Interval(from_naive_utc(begin), from_naive_utc(finish)) for begin, finish in common(merged(worked), asked)
        )

    # -- working days -------------------------------------------------------------------------------------------

    def is_working_day(self, on: date) -> bool:
        """Does work begin on this day, in the calendar's zone?"""
        on = day(on)
        days, ordinal = self.days_of(on.year), on.toordinal()
        at = bisect_left(days, ordinal)
        return at < len(days) and days[at] == ordinal

    def add_days(self, on: date, n: int) -> date:
        """The n-th working day after the day, or before it for a negative n; zero is the day itself."""
        if type(n) is not int:
            raise InvalidValueError(DURATION_MALFORMED(value=repr(n)[:64]))
        on = day(on)
        year, ordinal = on.year, on.toordinal()
        days = self.days_of(year)
        if n > 0:
            place = bisect_right(days, ordinal) + n - 1
            while place >= len(days):
                place -= len(days)
                year += 1
                days = self._days_beyond(year, on, n)
            return date.fromordinal(days[place])
        if n < 0:
            place = bisect_left(days, ordinal) + n
            while place < 0:
                year -= 1
                days = self._days_beyond(year, on, n)
                place += len(days)
            return date.fromordinal(days[place])
        return on

    def days_between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; if `end` is earlier, minus those from it to before.

        So `days_between(on, add_days(on, n)) == n`.
        """
        first, last = day(start), day(end)
        if last < first:
            return -self._days_within(last.toordinal(), first.toordinal(), bisect_left)
        return self._days_within(first.toordinal(), last.toordinal(), bisect_right)

    def next_working_day(self, on: date) -> date:
        """The day itself if it is a working day, otherwise the next one."""
        return day(on) if self.is_working_day(on) else self.add_days(on, 1)

    def previous_working_day(self, on: date) -> date:
        """The day itself if it is a working day, otherwise the one before."""
        return day(on) if self.is_working_day(on) else self.add_days(on, -1)

    # -- the years ----------------------------------------------------------------------------------------------

    def timeline(self, year: int) -> Timeline:
        """The staircase of a year of UTC, each year worked out once. Raises `InvalidValueError` (`number.whole`)."""
        found = self._years.get(year) if type(year) is int else None
        if found is None:
            whole(year, MINYEAR, MAXYEAR, "/year")
            if len(self._years) >= _KEPT_YEARS:
                self._years.clear()
            found = self._years[year] = staircase(common(self.spans(year), [year_span(year)]))
        return found

    def days_of(self, year: int) -> list[int]:
        """The working days of a year as ordinals, in order, each year worked out once.

        Raises `InvalidValueError` (`number.whole`).
        """
        found = self._workdays.get(year) if type(year) is int else None
        if found is None:
            whole(year, MINYEAR, MAXYEAR, "/year")
            if len(self._workdays) >= _KEPT_YEARS:
                self._workdays.clear()
            found = self._workdays[year] = self.workdays(year)
        return found

    def _beyond(self, year: int, start: Instant, sought: timedelta) -> Timeline:
        if abs(sought) > _HORIZON or _out_of_reach(year, start.year):
            raise InvalidValueError(_exceeded(sought, format_instant(start)))
        return self.timeline(year)

    def _days_beyond(self, year: int, start: date, sought: int) -> list[int]:
        if abs(sought) > _HORIZON.days or _out_of_reach(year, start.year):
            raise InvalidValueError(_exceeded(sought, start))
        return self.days_of(year)

    def _within_horizon(self, first: Instant, last: Instant) -> None:
        asked = time_between(first, last)
        if asked > _HORIZON:
            raise InvalidValueError(_exceeded(asked, format_instant(first)))

    def _between(self, first: Instant, last: Instant) -> timedelta:
        self._within_horizon(first, last)
        passed = self.timeline(last.year).worked(last) - self.timeline(first.year).worked(first)
        return sum((self.timeline(year).total for year in range(first.year, last.year)), passed)

    def _days_within(self, first: int, last: int, place: Callable[[list[int], int], int]) -> int:
        start, end = date.fromordinal(first).year, date.fromordinal(last).year
        if end - start > HORIZON_YEARS:
            raise InvalidValueError(_exceeded(last - first, date.fromordinal(first)))
        passed = place(self.days_of(end), last) - place(self.days_of(start), first)
        return sum((len(self.days_of(year)) for year in range(start, end)), passed)

    def __reduce__(self) -> tuple[Any, ...]:
        given = tuple(getattr(self, each.name) for each in attrs.fields(type(self)) if each.init)
        return (type(self), given)


def _out_of_reach(year: int, start: int) -> bool:
    return abs(year - start) > HORIZON_YEARS or not MINYEAR <= year <= MAXYEAR


def _elapsed(duration: object) -> timedelta:
    """A plain timedelta of a subclass such as pendulum's, by what it measures in elapsed time."""
    if not isinstance(duration, timedelta):
        raise InvalidValueError(DURATION_MALFORMED(value=repr(duration)[:64]))
    return timedelta.__add__(duration, _ZERO)


def _exceeded(sought: object, start: object) -> Finding:
    return HORIZON_EXCEEDED(years=HORIZON_YEARS, sought=sought, start=start)
