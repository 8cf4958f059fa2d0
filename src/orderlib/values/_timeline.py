"""Working time as a staircase: how much has been worked by each moment of a year, and back.

All moments are plain `datetime`s in UTC without zone. A `Timeline` covers one calendar year of UTC; a question
is answered by bisection in at most a few of them, so that its cost does not grow with the time asked for.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import MAXYEAR, datetime, timedelta
from typing import Final, TypeAlias

import attrs

__all__ = ["Span", "Timeline", "common", "merged", "staircase", "without", "year_span"]

Span: TypeAlias = tuple[datetime, datetime]
"""From a moment up to, not including, a later one."""

_ZERO: Final = timedelta()


@attrs.frozen(eq=False)
class Timeline:
    """The working spans of one year, apart from each other and in order, with the time worked at their ends."""

    starts: list[datetime]
    ends: list[datetime]
    before: list[timedelta]
    after: list[timedelta]
    total: timedelta

    def worked(self, moment: datetime) -> timedelta:
        """Working time of this year up to the moment."""
        at = bisect_right(self.starts, moment) - 1
        if at < 0:
            return _ZERO
        if moment < self.ends[at]:
            return self.before[at] + (moment - self.starts[at])
        return self.after[at]

    def earliest(self, target: timedelta) -> datetime:
        """The first moment by which `target` has been worked; 0 < target <= total."""
        at = bisect_left(self.after, target)
        return self.starts[at] + (target - self.before[at])

    def latest(self, target: timedelta) -> datetime:
        """The last moment by which no more than `target` has been worked; 0 <= target < total."""
        at = bisect_right(self.before, target) - 1
        return self.starts[at] + (target - self.before[at])

    def working_at(self, moment: datetime) -> bool:
        """Does the moment lie in a span?"""
        at = bisect_right(self.starts, moment) - 1
        return at >= 0 and moment < self.ends[at]


def staircase(spans: Iterable[Span]) -> Timeline:
    """The staircase over spans that are in order and apart."""
    starts: list[datetime] = []
    ends: list[datetime] = []
    before: list[timedelta] = []
    after: list[timedelta] = []
    total = _ZERO
    for start, end in spans:
        starts.append(start)
        ends.append(end)
        before.append(total)
        total += end - start
        after.append(total)
    return Timeline(starts, ends, before, after, total)


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
