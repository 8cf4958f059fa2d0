"""Working time compiled for search: where a piece of work ends that pauses when nobody works.

A timeline counts working periods from 0; span i begins at period `starts[i]`, ends before `ends[i]`, and `before[i]`
working periods lie ahead of it. Every question is one or two bisections, however long the horizon is.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate
from typing import Final

__all__ = ["ALL_THE_TIME", "NoTimeLeft", "Timeline"]


class NoTimeLeft(Exception):  # noqa: N818 - a signal between the parts of a search, which never leaves it
    """Working time, or a capacity, ends before the work could."""


class Timeline:
    """The working periods, in order; `spans` are apart and sorted."""

    __slots__ = ("before", "ends", "starts", "total")

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        kept = tuple(spans)
        self.starts: list[int] = [start for start, _ in kept]
        self.ends: list[int] = [end for _, end in kept]
        *before, total = accumulate((end - start for start, end in kept), initial=0)
        self.before: list[int] = before
        self.total: int = total

    def worked(self, period: int) -> int:
        """How many working periods lie before a period."""
        at = bisect_right(self.starts, period) - 1
        return self.before[at] + min(period, self.ends[at]) - self.starts[at] if at >= 0 else 0

    def unit(self, number: int) -> int:
        """The period of a working period, counted from 0."""
        if not 0 <= number < self.total:
            raise NoTimeLeft
        at = bisect_right(self.before, number) - 1
        return self.starts[at] + number - self.before[at]

    def from_(self, period: int) -> int:
        """The first working period from here on."""
        at = bisect_right(self.ends, period)
        if at == len(self.ends):
            raise NoTimeLeft
        return max(period, self.starts[at])

    def finish(self, start: int, duration: int) -> int:
        """Where work ends that begins in a working period."""
        return self.unit(self.worked(start) + duration - 1) + 1 if duration else start

    def latest(self, finish: int, duration: int) -> int:
        """The latest start with which work is done by `finish`."""
        return self.unit(self.worked(finish) - duration) if duration else finish

    def until(self, period: int) -> int:
        """The last working period up to and including this one."""
        return self.unit(self.worked(period + 1) - 1)

    def ending(self, finish: int, duration: int) -> int:
        """The earliest start with which work ends no earlier than `finish`."""
        if not duration:
            return finish
        return self.unit(max(self.worked(finish - 1) + 1 - duration, 0)) if finish > 0 else self.from_(0)


ALL_THE_TIME: Final = Timeline([(0, 1 << 62)])
