"""One serial pass by a priority rule, forward from the beginning or backward from an end."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

import attrs

from orderlib.planning.scheduling.fault import BACKWARD_FAILED, whole
from orderlib.planning.scheduling.generation import Generator, Layout, Placing
from orderlib.planning.scheduling.justify import backward_order
from orderlib.planning.scheduling.network import Network
from orderlib.planning.scheduling.policy import schedule_of
from orderlib.planning.scheduling.problem import SchedulingProblem
from orderlib.planning.scheduling.rule import Candidate, LatestFinish, PriorityRule, candidates
from orderlib.planning.scheduling.schedule import Schedule
from orderlib.planning.scheduling.validity import sound
from orderlib.values.codelist import member

__all__ = ["Direction", "SerialSchedule"]


class Direction(StrEnum):
    """Which way a schedule is made: as early as possible from the beginning, or as late as possible from the end."""

    FORWARD = "forward"
    BACKWARD = "backward"


def _direction(given: str) -> Direction:
    return given if type(given) is Direction else member(Direction, given, "/direction")


def _end(value: int | None) -> int | None:
    return None if value is None else whole(value, "end")


@attrs.frozen
class SerialSchedule:
    """Activities placed one after the other in the order of a rule; the fastest way to a schedule.

    Of several modes it takes the one in which an activity ends first. Backward, everything ends as late as `end` (the
    end of the forward schedule where none is given) and as precedence and capacity allow; where that would begin too
    early, the forward schedule is given instead, with the finding `schedule.backward-failed`.
    """

    rule: PriorityRule = attrs.field(factory=LatestFinish)
    direction: Direction = attrs.field(default=Direction.FORWARD, converter=_direction)
    end: int | None = attrs.field(default=None, converter=_end)

    def __call__(self, problem: SchedulingProblem, /) -> Schedule:
        """The schedule; raises `InvalidValueError` as every `Scheduler`."""
        network = sound(problem)
        name = f"serial, {type(self.rule).__name__ if attrs.has(type(self.rule)) else _named(self.rule)}"
        layout = by_rule(network, self.rule)
        if self.direction is Direction.FORWARD:
            return schedule_of(network, layout, name)
        end = max(layout[1], default=0) if self.end is None else self.end
        back = Generator(network).backward(backward_order(network, layout[1]), layout[2], end)
        if back is None:
            return schedule_of(network, layout, name, findings=(BACKWARD_FAILED("/end", end=end),))
        return schedule_of(network, back, f"{name}, backward")


def _named(rule: Callable[..., float]) -> str:
    return str(getattr(rule, "__name__", type(rule).__name__))


def by_rule(network: Network, rule: PriorityRule) -> Layout:
    """The serial schedule of a rule."""
    seen = candidates(network)
    if getattr(rule, "dynamic", False):
        return _dynamic(network, rule, seen)
    return Generator(network).forward(network.in_precedence([rule(each, 0) for each in seen]), None)


def _dynamic(network: Network, rule: PriorityRule, seen: list[Candidate]) -> Layout:
    """The rule asked anew for each placement, at the earliest period at which any activity could start."""
    placing, waiting = Placing(network), [len(arcs) for arcs in network.preds]
    eligible = [at for at in range(network.count) if not waiting[at]]
    while eligible:
        now = min(placing.soonest(at) for at in eligible)
        best = min(eligible, key=lambda at: (rule(seen[at], now), at))
        eligible.remove(best)
        if best not in network.frozen:
            placing.place(best)
        for follower, _, _ in network.succs[best]:
            waiting[follower] -= 1
            if not waiting[follower]:
                eligible.append(follower)
    return placing.starts, placing.finishes, placing.modes
