"""The runs of a network, many at a time, with numpy (extra `fast`); the same results as `sampling`, to the period."""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final, TypeAlias

from orderlib.planning.network import ProbableNetwork
from orderlib.planning.sampling import Draw, Runs, Step, milestones, prepared
from orderlib.planning.scheduling.timeline import Timeline
from orderlib.values.chance import FIRST, FRACTION, SECOND, run_key

__all__: list[str] = []

# Numpy may be missing, where types are checked as well; shapes and kinds stand in the names.
_Whole: TypeAlias = Any  # an array of int64, one for each run
_Real: TypeAlias = Any  # of float64
_Flag: TypeAlias = Any  # of bool

#: so many runs at a time: what they need stays in the processor's cache
_BLOCK: Final = 2048


def run_many(network: ProbableNetwork, seed: int, first: int, last: int) -> Runs:
    """The runs from `first` up to, not including, `last`. Raises `ImportError` without numpy."""
    steps, wanted = prepared(network), milestones(network)
    ends: dict[str, list[int]] = {name: [] for name in wanted}
    critical = [0] * len(steps)
    for block in range(first, last, _BLOCK):
        _Block(steps, seed, block, min(block + _BLOCK, last)).run(wanted, ends, critical)
    return Runs(ends, critical)


class _Block:
    """Some runs side by side: one array for each figure of each task."""

    def __init__(self, steps: list[Step], seed: int, first: int, last: int) -> None:
        np: Any = import_module("numpy")  # only where it is there
        self.np: Any = np
        self.steps = steps
        self.count = last - first
        self.runs: Any = np.array([run_key(seed, run) for run in range(first, last)], dtype=np.uint64)
        self.starts: list[_Whole] = []
        self.finishes: list[_Whole] = []
        self.early: list[_Whole] = []
        self.worked: list[_Whole] = []

    def run(self, wanted: dict[str, list[int]], ends: dict[str, list[int]], critical: list[int]) -> None:
        """Pass through the network, and add what came of it."""
        for step in self.steps:
            self._pass(step)
        np = self.np
        nothing = np.zeros(self.count, dtype=np.int64)
        for name, places in wanted.items():
            last = nothing
            for at in places:
                last = np.maximum(last, self.finishes[at])
            ends[name] += last.tolist()
        for step, decided in zip(self.steps, self._deciding(), strict=True):
            critical[step.place] += int(np.count_nonzero(decided))

    def _pass(self, step: Step) -> None:
        np = self.np
        soonest = np.full(self.count, step.release, dtype=np.int64)
        for wait in step.starts:
            soonest = np.maximum(soonest, self._bound(wait))
        start = self._from(step.time, soonest)
        done = self._finish(step.time, start, self._periods(step))
        finish = done
        for wait in step.finishes:
            finish = np.maximum(finish, self._bound(wait))
        self.early.append(soonest)
        self.worked.append(done)
        self.starts.append(start)
        self.finishes.append(finish)

    def _bound(self, wait: tuple[int, bool, int]) -> _Whole:
        at, from_finish, lag = wait
        bound: _Whole = (self.finishes[at] if from_finish else self.starts[at]) + lag
        return bound

    def _chance(self, key: int) -> _Real:
        np = self.np
        value = self.runs + np.uint64(key)
        value = (value ^ (value >> np.uint64(30))) * np.uint64(FIRST)
        value = (value ^ (value >> np.uint64(27))) * np.uint64(SECOND)
        value ^= value >> np.uint64(31)
        drawn: _Real = (value >> np.uint64(11)).astype(np.float64) * FRACTION
        return drawn

    def _drawn(self, draw: Draw) -> _Whole:
        np = self.np
        u = self._chance(draw.key)
        below = draw.low + np.sqrt(u * draw.rising)
        above = draw.high - np.sqrt((1.0 - u) * draw.falling)
        return self._whole(np.where(u < draw.cut, below, above))

    def _whole(self, x: _Real) -> _Whole:
        rounded: _Whole = (x + 0.5).astype(self.np.int64)
        return rounded

    def _periods(self, step: Step) -> _Whole:
        np = self.np
        length = self._drawn(step.length)
        if step.again:
            u, factor = self._chance(step.again_key), np.ones(self.count)
            for below, larger in step.again:
                factor = np.where(u < below, larger, factor)
            length = self._whole(length * factor)
        for rate, key, draw in step.delays:
            length = length + np.where(self._chance(key) < rate, self._drawn(draw), 0)
        return length

    def _from(self, time: Timeline, period: _Whole) -> _Whole:
        np = self.np
        at = np.searchsorted(np.array(time.ends, dtype=np.int64), period, side="right")
        working: _Whole = np.maximum(period, np.array(time.starts, dtype=np.int64)[at])
        return working

    def _finish(self, time: Timeline, start: _Whole, duration: _Whole) -> _Whole:
        np = self.np
        starts, ends, before = (np.array(each, dtype=np.int64) for each in (time.starts, time.ends, time.before))
        at = np.searchsorted(starts, start, side="right") - 1
        number = before[at] + np.minimum(start, ends[at]) - starts[at] + duration - 1
        at = np.searchsorted(before, number, side="right") - 1
        finish: _Whole = np.where(duration > 0, starts[at] + number - before[at] + 1, start)
        return finish

    def _deciding(self) -> list[_Flag]:
        """By task, the runs in which the end hung on it."""
        np = self.np
        end = np.zeros(self.count, dtype=np.int64)
        for finish in self.finishes:
            end = np.maximum(end, finish)
        decides: list[_Flag] = [finish == end for finish in self.finishes]
        for at in range(len(self.steps) - 1, -1, -1):
            by_start = decides[at] & (self.finishes[at] == self.worked[at])
            for wait in self.steps[at].starts:
                decides[wait[0]] |= by_start & (self._bound(wait) == self.early[at])
            for wait in self.steps[at].finishes:
                decides[wait[0]] |= decides[at] & (self._bound(wait) == self.finishes[at])
        return decides
