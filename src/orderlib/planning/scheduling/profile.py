"""What is free of a resource over time, as breakpoints: from `times[i]` on `free[i]`, until the next.

Looking up a period is a bisection, and the length of the horizon does not matter, only how often the level
changes.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from orderlib.planning.scheduling.timeline import NoTimeLeft

__all__ = ["CapacityProfile"]


class CapacityProfile:
    """The free capacity of one resource; `steps` are (period, capacity), nothing is there before the first."""

    __slots__ = ("free", "times")

    def __init__(self, steps: Sequence[tuple[int, int]]) -> None:
        self.times: list[int] = (
            [0, *(at for at, _ in steps)] if not steps or steps[0][0] > 0 else [at for at, _ in steps]
        )
        self.free: list[int] = (
            [0, *(amount for _, amount in steps)] if len(self.times) > len(steps) else [n for _, n in steps]
        )

    def blocked(self, start: int, finish: int, amount: int) -> int:
        """-1 where so much is free from start to finish, else the first period after the last that lacks it.

        Raises `NoTimeLeft` where it is lacking for ever.
        """
        times, free = self.times, self.free
        at = bisect_left(times, finish) - 1
        while at >= 0:
            if free[at] < amount:
                if at + 1 == len(times):
                    raise NoTimeLeft
                return times[at + 1]
            if times[at] <= start:
                return -1
            at -= 1
        return -1

    def blocked_back(self, start: int, finish: int, amount: int) -> int:
        """-1 where so much is free from start to finish, else the first period within that lacks it."""
        if start >= finish:
            return -1  # what takes no time holds nothing
        times, free = self.times, self.free
        at = bisect_right(times, start) - 1
        while at < len(times) and times[at] < finish:
            if free[at] < amount:
                return max(times[at], start)
            at += 1
        return -1

    def take(self, start: int, finish: int, amount: int) -> None:
        """Hold so much from start to finish; more than there is leaves less than nothing."""
        if start >= finish:
            return
        times, free = self.times, self.free
        first = bisect_left(times, start)
        if first == len(times) or times[first] != start:
            times.insert(first, start)
            free.insert(first, free[first - 1])
        last = bisect_left(times, finish, first)
        if last == len(times) or times[last] != finish:
            times.insert(last, finish)
            free.insert(last, free[last - 1])
        for at in range(first, last):
            free[at] -= amount
