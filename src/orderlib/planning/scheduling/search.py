"""The search that is asked where nobody says otherwise: biased random sampling, justification, and a pool of the best.

Each iteration makes an order of activities, a schedule from it by the serial scheme, and, for the makespan, justifies
it twice. The first orders are those of a priority rule with noise (biased random sampling: Kolisch and Drexl 1996);
later ones take the middle of one good schedule from another (two-point crossover on activity lists: Hartmann 1998)
or, where lateness counts, start what is late sooner. One machine has its own search (`sequence`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate
from random import Random

import attrs

from orderlib.errors import Finding, InvalidValueError
from orderlib.planning.scheduling.bound import lower_bound
from orderlib.planning.scheduling.fault import CANCELLED, PASSED, whole
from orderlib.planning.scheduling.generation import Generator, Layout
from orderlib.planning.scheduling.judge import Judge
from orderlib.planning.scheduling.justify import justified
from orderlib.planning.scheduling.network import Network
from orderlib.planning.scheduling.policy import Cancelled, Progress, SearchProgress, schedule_of
from orderlib.planning.scheduling.problem import SchedulingProblem
from orderlib.planning.scheduling.replan import LeastMove
from orderlib.planning.scheduling.rule import (
    ApparentTardinessCost,
    EarliestDueDate,
    LatestFinish,
    MinimumSlack,
    PriorityRule,
    WeightedShortestProcessing,
    candidates,
)
from orderlib.planning.scheduling.schedule import Schedule, ScheduleObjective
from orderlib.planning.scheduling.sequence import one_machine, sequences
from orderlib.planning.scheduling.validity import sound

__all__ = ["JustifiedSampling"]

_NOISE = 0.5  # of the time that the rule's keys span
_POOL = 20
_SAMPLED = 0.3  # of the iterations
_MUTATED = 0.15
_SHIFT = 0.3


def _iterations(value: int) -> int:
    return whole(value, "iterations", 1, 10**9)


def _seed(value: int) -> int:
    return whole(value, "seed")


@attrs.frozen
class JustifiedSampling:
    """The default policy: good schedules in a fixed number of iterations, the same ones for the same seed.

    `rule` biases the sampling. It ends early where the lower bound is reached. Where the problem has a running
    schedule, `replan` is asked instead, so that as little as possible moves; without one, the running schedule is
    only the first to be tried. A search that is stopped gives its best so far with the finding `schedule.cancelled`.
    """

    iterations: int = attrs.field(default=100, converter=_iterations)
    seed: int = attrs.field(default=1, converter=_seed)
    rule: PriorityRule = attrs.field(factory=LatestFinish)
    replan: LeastMove | None = attrs.field(factory=LeastMove)

    def __call__(
        self, problem: SchedulingProblem, /, *, progress: Progress | None = None, cancelled: Cancelled | None = None
    ) -> Schedule:
        """The best schedule found; raises `InvalidValueError` as every `Scheduler`."""
        if problem.running and self.replan is not None:
            return self.replan(problem)
        network = sound(problem)
        judge, bound = Judge(network), lower_bound(network)
        best, worth, count = _NOTHING, (0, 0, 0), 0
        findings: tuple[Finding, ...] = ()
        for count, layout in enumerate(self._layouts(network, judge), start=1):
            found = judge.worth(layout)
            if best is _NOTHING or found < worth:
                best, worth = layout, found
            if progress is not None:
                progress(SearchProgress(count, worth[1], bound))
            if worth[:2] <= (0, bound):
                break
            if cancelled is not None and cancelled():
                findings = (CANCELLED(iterations=count),)
                break
        if worth[0]:
            findings = (*findings, PASSED("/assignments", periods=worth[0]))
        return schedule_of(network, best, "justified sampling", lower_bound=bound, iterations=count, findings=findings)

    def _layouts(self, network: Network, judge: Judge) -> Iterator[Layout]:
        dice = Random(self.seed)  # noqa: S311 - chance that can be repeated is the point
        if one_machine(network):
            generator = Generator(network)
            for order in sequences(network, self.iterations, dice):
                yield generator.forward(order)
        else:
            yield from _Search(network, judge, dice, self.rule).layouts(self.iterations)


_NOTHING: Layout = ([], [], [])


class _Search:
    """What a search knows at a time: the pool of the best schedules, the best first, no two alike."""

    def __init__(self, network: Network, judge: Judge, dice: Random, rule: PriorityRule) -> None:
        self.network = network
        self.judge = judge
        self.chance = dice.random
        self.generator = Generator(network)
        self.pool: list[tuple[tuple[int, int, int], Layout]] = []
        self._seen: set[tuple[int, ...]] = set()
        self._makespan = network.problem.objective is ScheduleObjective.MAKESPAN
        self._rules = self._keys(rule)
        self._cheapest = [min(range(len(each)), key=lambda at: (each[at].cost, at)) for each in network.options]
        self._single = all(len(options) == 1 for options in network.options)

    def _keys(self, rule: PriorityRule) -> list[list[float]]:
        """The keys that are sampled around: the running schedule, the rule, and others where lateness counts."""
        seen, running = candidates(self.network), self.network.running
        rules: list[PriorityRule] = [rule]
        if not self._makespan:
            rules += [EarliestDueDate(), ApparentTardinessCost(), MinimumSlack(), WeightedShortestProcessing()]
        keys = [[_finite(rule(each, 0)) for each in seen] for rule in rules]
        if running:
            keys.insert(0, [float(running[at].start) if at in running else 10.0**18 for at in range(len(seen))])
        return keys

    def layouts(self, iterations: int) -> Iterator[Layout]:
        """A schedule for each iteration; an order for which there is no room is passed over."""
        sampled, failed = max(int(iterations * _SAMPLED), 1), None
        for count in range(iterations):
            try:
                yield self._keep(self.sample(count) if count < sampled or not self.pool else self.child())
            except InvalidValueError as error:
                failed = error
        if failed is not None and not self.pool:
            raise failed

    def sample(self, count: int) -> Layout:
        """A schedule by a rule, with noise but for the first of each rule."""
        keys = self._rules[count % len(self._rules)]
        if count >= len(self._rules):
            ranked = sorted(keys)
            span = _NOISE * (ranked[int(0.95 * len(ranked))] - ranked[0]) if ranked else 0.0
            keys = [key + span * (self.chance() - 0.5) for key in keys]
        modes = None if count % 3 == 0 or self._single else self._cheapest if count % 3 == 1 else self._some_modes()
        return self.generator.forward(self.network.in_precedence(keys), modes)

    def child(self) -> Layout:
        """A schedule from what is good in others."""
        if not self._makespan and self.chance() < 0.7:
            return self._hurried()
        (_, first), (_, second) = self._pick(1.5), self._pick(1.0)
        network, count = self.network, self.network.count
        one, other = network.in_precedence(first[0]), network.in_precedence(second[0])
        begin = int(self.chance() * count)
        end = begin + int((0.25 + 0.5 * self.chance()) * count)
        order = one[:begin]
        taken = set(order)
        middle = [at for at in other if at not in taken][: max(end - begin, 0)]
        taken.update(middle)
        order += middle
        order += [at for at in one if at not in taken]
        keys = [0.0] * count
        for place, at in enumerate(order):
            shift = _SHIFT * count * (self.chance() - 0.5) if self.chance() < _MUTATED else 0.0
            keys[at] = place + shift
        return self.generator.forward(network.in_precedence(keys), self._mixed(first[2], second[2]))

    def _hurried(self) -> Layout:
        """A good schedule in which something that is late starts sooner, with all that it waits for."""
        _, (starts, finishes, modes) = self._pick(2.0)
        keys = [float(start) for start in starts]
        late = self.judge.late(finishes)
        if late:
            reached = list(accumulate(weight for _, weight in late))
            at = late[bisect_left(reached, reached[-1] * self.chance())][0]
            sooner = self.chance() * (max(finishes) * 0.5 + 1)
            for each in self._ancestors(at):
                keys[each] -= sooner
        else:
            at = int(self.chance() * len(keys))
            keys[at] -= self.chance() * (max(finishes, default=0) + 1)
        return self.generator.forward(self.network.in_precedence(keys), self._mixed(modes, modes))

    def _ancestors(self, at: int) -> set[int]:
        """An activity and all that it comes after."""
        found, ahead = {at}, [at]
        while ahead:
            for before, _, _ in self.network.preds[ahead.pop()]:
                if before not in found:
                    found.add(before)
                    ahead.append(before)
        return found

    def _pick(self, bias: float) -> tuple[tuple[int, int, int], Layout]:
        return self.pool[int(self.chance() ** bias * len(self.pool))]

    def _some_modes(self) -> list[int]:
        """Now and then a mode at random; for the rest, that in which the activity ends first."""
        return [int(self.chance() * len(options)) if self.chance() < 0.3 else -1 for options in self.network.options]

    def _mixed(self, first: list[int], second: list[int]) -> list[int] | None:
        if self._single:
            return None
        modes = [one if self.chance() < 0.5 else other for one, other in zip(first, second, strict=True)]
        return [new if self.chance() < 0.1 else mode for mode, new in zip(modes, self._some_modes(), strict=True)]

    def _keep(self, layout: Layout) -> Layout:
        """The schedule, justified where that helps, taken into the pool."""
        worth = self.judge.worth(layout)
        if self._makespan:
            better = justified(self.generator, layout)
            again = self.judge.worth(better)
            if again <= worth:
                layout, worth = better, again
        mark = tuple(layout[0])
        if mark not in self._seen:
            self._seen.add(mark)
            self.pool.append((worth, layout))
            self.pool.sort(key=lambda each: each[0])
            del self.pool[_POOL:]
        return layout


def _finite(key: float) -> float:
    return min(max(key, -(10.0**18)), 10.0**18)
