"""What makes one schedule better than another, in numbers that compare at once."""

from __future__ import annotations

from collections.abc import Sequence

from orderlib.planning.scheduling.fault import LARGEST
from orderlib.planning.scheduling.network import Network
from orderlib.planning.scheduling.schedule import ScheduleObjective

__all__ = ["Judge"]


class Judge:
    """Puts a worth on starts, finishes and modes: smaller is better."""

    def __init__(self, network: Network) -> None:
        self._objective = network.problem.objective
        self._dated = [
            (at, due, weight)
            for at, (due, weight) in enumerate(zip(network.due, network.weight, strict=True))
            if due is not None and weight
        ]
        self._costs = [[option.cost for option in options] for options in network.options]
        horizon = LARGEST if network.problem.horizon is None else network.problem.horizon
        self._limits = [
            (at, horizon if deadline is None else min(horizon, deadline))
            for at, deadline in enumerate(network.deadline)
            if deadline is not None or network.problem.horizon is not None
        ]
        self._running = [(at, each.start) for at, each in network.running.items()]

    def value(self, layout: tuple[Sequence[int], Sequence[int], Sequence[int]]) -> int:
        """The objective's figure."""
        finishes = layout[1]
        if self._objective is ScheduleObjective.MAKESPAN:
            return max(finishes, default=0)
        late = self.lateness(finishes)
        if self._objective is ScheduleObjective.WEIGHTED_TARDINESS:
            return late
        return late + sum(costs[mode] for costs, mode in zip(self._costs, layout[2], strict=True))

    def lateness(self, finishes: Sequence[int]) -> int:
        """The weighted tardiness."""
        return sum(weight * (finishes[at] - due) for at, due, weight in self._dated if finishes[at] > due)

    def late(self, finishes: Sequence[int]) -> list[tuple[int, int]]:
        """What is late, and by how much in its weight."""
        return [(at, weight * (finishes[at] - due)) for at, due, weight in self._dated if finishes[at] > due]

    def overrun(self, finishes: Sequence[int]) -> int:
        """By how many periods deadlines and the horizon are passed, in all."""
        return sum(finishes[at] - limit for at, limit in self._limits if finishes[at] > limit)

    def deviation(self, starts: Sequence[int]) -> int:
        """By how many periods what is running starts elsewhere."""
        return sum(abs(starts[at] - was) for at, was in self._running)

    def worth(self, layout: tuple[Sequence[int], Sequence[int], Sequence[int]]) -> tuple[int, int, int]:
        """Overrun, then the value, then how far it lies from the running schedule."""
        overrun = self.overrun(layout[1]) if self._limits else 0
        return overrun, self.value(layout), self.deviation(layout[0]) if self._running else 0
