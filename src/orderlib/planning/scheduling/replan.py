"""A new plan that moves as little as it can of the one in force."""

from __future__ import annotations

from random import Random

import attrs

from orderlib.planning.scheduling.fault import PASSED, whole
from orderlib.planning.scheduling.generation import Layout, Placing
from orderlib.planning.scheduling.judge import Judge
from orderlib.planning.scheduling.network import Network
from orderlib.planning.scheduling.policy import schedule_of
from orderlib.planning.scheduling.problem import SchedulingProblem
from orderlib.planning.scheduling.rule import LatestFinish, PriorityRule, candidates
from orderlib.planning.scheduling.schedule import Schedule
from orderlib.planning.scheduling.validity import sound

__all__ = ["LeastMove"]


def _iterations(value: int) -> int:
    return whole(value, "iterations", 1, 10**9)


def _seed(value: int) -> int:
    return whole(value, "seed")


def _price(value: int | None) -> int | None:
    return None if value is None else whole(value, "price")


@attrs.frozen
class LeastMove:
    """Everything stays where the running schedule has it, as far as that is possible; the new fills what is left.

    What is frozen stays to the period; what has become impossible moves later, never earlier; new activities come in
    the order of `rule`. Several orders are tried (`iterations`), and the one with the least deviation is kept: the
    sum of the periods by which starts move. With a `price`, the objective plus so much for each of those periods
    decides instead, so that a better schedule may cost some moves.
    """

    price: int | None = attrs.field(default=None, converter=_price)
    rule: PriorityRule = attrs.field(factory=LatestFinish)
    iterations: int = attrs.field(default=20, converter=_iterations)
    seed: int = attrs.field(default=1, converter=_seed)

    def __call__(self, problem: SchedulingProblem, /) -> Schedule:
        """The schedule; raises `InvalidValueError` as every `Scheduler`."""
        network = sound(problem)
        judge = Judge(network)
        dice = Random(self.seed)  # noqa: S311 - chance that can be repeated is the point
        keys = self._keys(network)
        span = max((each.finish for each in network.running.values()), default=0)
        best = _kept(network, keys)
        worth, count = self._worth(judge, best), 1
        while count < self.iterations and worth[1]:  # nothing moved cannot be bettered, but by a price
            noise = [key + 0.2 * span * (dice.random() - 0.5) if dice.random() < 0.3 else key for key in keys]
            tried = _kept(network, noise)
            count += 1
            if (found := self._worth(judge, tried)) < worth:
                best, worth = tried, found
        findings = (PASSED("/assignments", periods=worth[0]),) if worth[0] else ()
        return schedule_of(network, best, "least move", iterations=count, findings=findings)

    def _keys(self, network: Network) -> list[float]:
        """The running starts; what is new follows all that runs, in the order of the rule."""
        after = float(max((each.finish for each in network.running.values()), default=0))
        new = [self.rule(each, 0) for each in candidates(network)]
        rank = {at: place for place, at in enumerate(sorted(range(network.count), key=lambda at: (new[at], at)))}
        return [
            float(network.running[at].start) if at in network.running else after + rank[at]
            for at in range(network.count)
        ]

    def _worth(self, judge: Judge, layout: Layout) -> tuple[int, int, int]:
        overrun, value, deviation = judge.worth(layout)
        if self.price is None:
            return overrun, deviation, value
        return overrun, value + self.price * deviation, value


def _kept(network: Network, keys: list[float]) -> Layout:
    """Each activity not before its running start and in its mode, in the order of the keys."""
    placing = Placing(network)
    for at in network.in_precedence(keys):
        if at in network.frozen:
            continue
        was = network.running.get(at)
        if was is None:
            placing.place(at)
        else:
            modes = [number for number, each in enumerate(network.options[at]) if each.mode_id == was.mode]
            placing.place(at, modes[0] if modes else -1, was.start)
    return placing.starts, placing.finishes, placing.modes
