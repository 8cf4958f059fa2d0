"""Working time as a staircase: how much has been worked by each moment of a year, and back.

A `Timeline` covers one calendar year of UTC; a question is answered by bisection in at most a few of them, so that
its cost does not grow with the time asked for. The spans from which it is made are plain `datetime`s without zone,
meant in UTC. What it holds are plain `datetime`s in the zone of all instants, which compare with them and subtract
in the standard library's way: pendulum's own arithmetic costs a hundred times as much.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from datetime import MAXYEAR, datetime, timedelta
from typing import Any, Final, TypeAlias, cast

import attrs
import pendulum

from orderlib.values.instant import Instant, from_naive_utc

__all__ = ["Span", "Timeline", "common", "merged", "staircase", "without", "year_span"]

Span: TypeAlias = tuple[datetime, datetime]
"""From a moment up to, not including, a later one."""

_ZERO: Final = timedelta()
_difference: Final[Callable[[datetime, datetime], timedelta]] = cast("Any", datetime.__sub__)


@attrs.frozen(eq=False)
class Timeline:
    """The working spans of one year, apart from each other and in order, with the time worked at their ends.

    A base is the moment at which work would have begun, had it gone on without a break up to this span: time worked
    is the distance from it.
    """

    starts: list[datetime]
    ends: list[datetime]
    before: list[timedelta]
    after: list[timedelta]
    bases: list[datetime]
    total: timedelta

    def worked(self, at: Instant) -> timedelta:
        """Working time of this year up to the instant."""
        place = bisect_right(self.starts, at) - 1
        if place < 0:
            return _ZERO
        if at < self.ends[place]:
            return _difference(at, self.bases[place])
        return self.after[place]

    def earliest(self, target: timedelta) -> Instant:
        """The first instant by which `target` has been worked; 0 < target <= total."""
        place = bisect_left(self.after, target)
        return from_naive_utc(self.bases[place] + target)

    def latest(self, target: timedelta) -> Instant:
        """The last instant by which no more than `target` has been worked; 0 <= target < total."""
        place = bisect_right(self.before, target) - 1
        return from_naive_utc(self.bases[place] + target)

    def working_at(self, at: Instant) -> bool:
        """Does the instant lie in a span?"""
        place = bisect_right(self.starts, at) - 1
        return place >= 0 and at < self.ends[place]

    def spans(self) -> list[Span]:
        """What it was made from."""
        return [
            (start.replace(tzinfo=None), end.replace(tzinfo=None))
            for start, end in zip(self.starts, self.ends, strict=True)
        ]


def staircase(spans: Iterable[Span]) -> Timeline:
    """The staircase over spans that are in order and apart."""
    starts: list[datetime] = []
    ends: list[datetime] = []
    before: list[timedelta] = []
    after: list[timedelta] = []
    bases: list[datetime] = []
    total = _ZERO
    for start, end in spans:
        starts.append(start.replace(tzinfo=pendulum.UTC))
        ends.append(end.replace(tzinfo=pendulum.UTC))
        before.append(total)
        bases.append(starts[-1] - total)
        total += end - start
        after.append(total)
    return Timeline(starts, ends, before, after, bases, total)


def year_span(year: int) -> Span:
    """A year of UTC; the last one ends a microsecond early, at the last moment that there is."""
    # A plain datetime without zone is this module's unit.
    return datetime(year, 1, 1), datetime.max if year == MAXYEAR else datetime(year + 1, 1, 1)  # noqa: DTZ001, DTZ901


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same time, in order, with what overlaps or touches made one and what is empty left out."""
    done: list[Span] = []
    for start, end in sorted(spans):
        if done and start <= done[-1][1]:
            if end > done[-1][1]:
                done[-1] = (done[-1][0], end)
        elif start < end:
            done.append((start, end))
    return done


def common(one: list[Span], other: list[Span]) -> list[Span]:
    """The time that lies in both lists, each merged."""
    done: list[Span] = []
    i = j = 0
    while i < len(one) and j < len(other):
        start, end = max(one[i][0], other[j][0]), min(one[i][1], other[j][1])
        if start < end:
            done.append((start, end))
        if one[i][1] <= other[j][1]:
            i += 1
        else:
            j += 1
    return done


def without(spans: list[Span], removed: Iterable[Span]) -> list[Span]:
    """The time of a merged list that lies in none of the spans removed."""
    gaps: list[Span] = []
    free = datetime.min  # noqa: DTZ901 - see year_span
    for start, end in merged(removed):
        gaps.append((free, start))
        free = end
    gaps.append((free, datetime.max))  # noqa: DTZ901
    return common(spans, merged(gaps))
