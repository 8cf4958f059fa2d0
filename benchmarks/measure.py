"""How two ways of doing one thing are compared: in one process, interleaved, by the median of paired ratios.

Absolute times differ from machine to machine and from minute to minute; the ratio of two neighbours does not.
`time.thread_time` counts what this thread has used, not what others took from it.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from statistics import median
from typing import TypedDict

__all__ = ["PAIRS", "Row", "at_least", "at_most", "loops_for", "ratio", "seconds"]

PAIRS = 9


class Row(TypedDict):
    """One bar: what was measured against which limit; `measured` is a ratio unless the name gives a unit."""

    name: str
    bar: str
    measured: float
    ok: bool


def at_least(name: str, bar: float, measured: float) -> Row:
    """A row whose figure must reach its bar."""
    return Row(name=name, bar=f"≥ {bar:g}", measured=measured, ok=measured >= bar)


def at_most(name: str, bar: float, measured: float) -> Row:
    """A row whose figure must not pass its bar."""
    return Row(name=name, bar=f"≤ {bar:g}", measured=measured, ok=measured <= bar)


def seconds(work: Callable[[], object], loops: int, *, collector: bool = False) -> float:
    """The time that this thread spends on so many rounds, the collector kept out of it unless it is asked in."""
    enabled = gc.isenabled()
    gc.collect()
    if not collector:
        gc.disable()
    try:
        start = time.thread_time()
        for _ in range(loops):
            work()
        return time.thread_time() - start
    finally:
        if enabled:
            gc.enable()


def loops_for(work: Callable[[], object], at_least_seconds: float = 0.02) -> int:
    """So many rounds that the clock's grain does not matter."""
    loops = 1
    while (spent := seconds(work, loops)) < at_least_seconds:
        loops = max(loops * 2, int(loops * at_least_seconds / spent * 1.2) if spent > 0 else loops * 10)
    return loops


def ratio(
    theirs: Callable[[], object],
    ours: Callable[[], object],
    *,
    pairs: int = PAIRS,
    smoke: bool = False,
    collector: bool = False,
) -> float:
    """How many times as long `theirs` takes as `ours`, per call: 10 means that ours is ten times as fast.

    `collector` leaves the garbage collector on, where what it has to do afterwards is part of the price.
    """
    if smoke:
        return seconds(theirs, 1) / max(seconds(ours, 1), 1e-9)
    their_loops, our_loops = loops_for(theirs), loops_for(ours)
    return median(
        (seconds(theirs, their_loops, collector=collector) / their_loops)
        / (seconds(ours, our_loops, collector=collector) / our_loops)
        for _ in range(pairs)
    )
