"""The runs of a network, one after the other, in plain Python; `vectorised` does the same many at a time.

Both do the same operations in the same order on numbers of the same kind, and so come to the same whole periods.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from math import sqrt
from typing import Final

import attrs

from orderlib.planning.network import ProbableNetwork, ProbableTask
from orderlib.planning.scheduling.problem import Relation
from orderlib.planning.scheduling.timeline import Timeline
from orderlib.values.chance import chance, run_key, slot_key
from orderlib.values.estimate import Estimate

__all__: list[str] = []

FOREVER: Final = 1 << 61
_TICK: Final = timedelta(microseconds=1)


@attrs.frozen
class Draw:
    """A triangle in periods, prepared: its ends, the share below its peak, and the two factors of its inverse."""

    low: float
    high: float
    cut: float
    rising: float
    falling: float
    key: int

    @classmethod
    def of(cls, estimate: Estimate, period: timedelta, name: str) -> Draw:
        """The triangle of an estimate; the name is the slot of its chance."""
        low, likely, high = (
            (each // _TICK) / (period // _TICK) for each in (estimate.low, estimate.likely, estimate.high)
        )
        span = high - low
        cut = (likely - low) / span if span > 0 else 0.0
        return cls(low, high, cut, span * (likely - low), span * (high - likely), slot_key(name))

    def periods(self, run: int) -> int:
        """The length in a run."""
        u = chance(run, self.key)
        x = self.low + sqrt(u * self.rising) if u < self.cut else self.high - sqrt((1.0 - u) * self.falling)
        return int(x + 0.5)


@attrs.frozen
class Step:
    """A task, prepared: what it waits for by place in the order, what it draws, when it works."""

    place: int
    release: int
    starts: tuple[tuple[int, bool, int], ...]  # place, whether it is the finish that is waited for, lag
    finishes: tuple[tuple[int, bool, int], ...]
    time: Timeline
    length: Draw
    again: tuple[tuple[float, float], ...]  # for each round of rework: below which chance, and the factor then
    again_key: int
    delays: tuple[tuple[float, int, Draw], ...]

    def periods(self, run: int) -> int:
        """How long the task takes in a run: its length, what is done again, what comes late."""
        length = self.length.periods(run)
        if self.again:
            u, factor = chance(run, self.again_key), 1.0
            for below, larger in self.again:
                if u < below:
                    factor = larger
            length = int(length * factor + 0.5)
        for rate, key, draw in self.delays:
            if chance(run, key) < rate:
                length += draw.periods(run)
        return length


@attrs.frozen
class Runs:
    """What some runs came to: each milestone's period by run, and in how many runs each task was critical."""

    ends: dict[str, list[int]]
    critical: list[int]


def prepared(network: ProbableNetwork) -> list[Step]:
    """The tasks in the order in which they are passed, each with all that a run needs."""
    place_of = {network.tasks[place].id: at for at, place in enumerate(network.order)}
    times = {str(each.id): Timeline((*each.spans, (each.spans[-1][1], FOREVER))) for each in network.calendars}
    always = Timeline(((0, FOREVER),))
    steps: list[Step] = []
    for place in network.order:
        task = network.tasks[place]
        waits = [(place_of[link.before], link.relation, link.lag) for link in task.after]
        steps.append(
            Step(
                place,
                task.release,
                tuple((at, r is Relation.FINISH_START, lag) for at, r, lag in waits if r in _STARTS),
                tuple((at, r is Relation.FINISH_FINISH, lag) for at, r, lag in waits if r not in _STARTS),
                times.get(task.calendar_id, always),
                Draw.of(task.duration, network.period, f"{task.id}/length"),
                _again(task),
                slot_key(f"{task.id}/rework"),
                tuple(
                    (
                        float(each.rate),
                        slot_key(f"{task.id}/delay/{number}"),
                        Draw.of(each.length, network.period, f"{task.id}/delay/{number}/length"),
                    )
                    for number, each in enumerate(task.delays)
                ),
            )
        )
    return steps


_STARTS: Final = (Relation.FINISH_START, Relation.START_START)


def _again(task: ProbableTask) -> tuple[tuple[float, float], ...]:
    if task.rework is None:
        return ()
    rate, share = float(task.rework.rate), float(task.rework.share)
    below, rounds = 1.0, list[tuple[float, float]]()
    for number in range(1, task.rework.most + 1):
        below *= rate
        rounds.append((below, 1.0 + number * share))
    return tuple(rounds)


def milestones(network: ProbableNetwork) -> dict[str, list[int]]:
    """The milestones with the tasks, by their places in the order, that have to be done for each; '' is the end."""
    found: dict[str, list[int]] = {"": list(range(len(network.order)))}
    for at, place in enumerate(network.order):
        name = network.tasks[place].milestone
        if name:
            found.setdefault(name, []).append(at)
    return found


def run_plain(network: ProbableNetwork, seed: int, first: int, last: int) -> Runs:
    """The runs from `first` up to, not including, `last`."""
    steps, wanted = prepared(network), milestones(network)
    ends: dict[str, list[int]] = {name: [] for name in wanted}
    critical = [0] * len(steps)
    for number in range(first, last):
        key = run_key(seed, number)
        starts, finishes = list[int](), list[int]()
        worked, early = list[int](), list[int]()
        for step in steps:
            soonest = step.release
            for at, from_finish, lag in step.starts:
                soonest = max(soonest, (finishes[at] if from_finish else starts[at]) + lag)
            start = step.time.from_(soonest)
            done = step.time.finish(start, step.periods(key))
            finish = done
            for at, from_finish, lag in step.finishes:
                finish = max(finish, (finishes[at] if from_finish else starts[at]) + lag)
            early.append(soonest)
            worked.append(done)
            starts.append(start)
            finishes.append(finish)
        for name, places in wanted.items():
            ends[name].append(max((finishes[at] for at in places), default=0))
        for at in _deciding(steps, early, worked, starts, finishes):
            critical[steps[at].place] += 1
    return Runs(ends, critical)


def _deciding(
    steps: Sequence[Step], early: Sequence[int], worked: Sequence[int], starts: Sequence[int], finishes: Sequence[int]
) -> list[int]:
    """The tasks on which the end hung: the last ones, and whatever bound one that did."""
    end = max(finishes, default=0)
    decides = [finish == end for finish in finishes]
    for at in range(len(steps) - 1, -1, -1):
        if not decides[at]:
            continue
        step = steps[at]
        if finishes[at] == worked[at]:
            for before, from_finish, lag in step.starts:
                if (finishes[before] if from_finish else starts[before]) + lag == early[at]:
                    decides[before] = True
        for before, from_finish, lag in step.finishes:
            if (finishes[before] if from_finish else starts[before]) + lag == finishes[at]:
                decides[before] = True
    return [at for at, decided in enumerate(decides) if decided]
