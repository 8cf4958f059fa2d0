"""What every way of scheduling has in common: one call from a problem to a schedule, heard and stopped on the way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeAlias

import attrs

from orderlib.errors import Finding
from orderlib.planning.scheduling.checker import figures_of
from orderlib.planning.scheduling.network import Network
from orderlib.planning.scheduling.problem import SchedulingProblem
from orderlib.planning.scheduling.schedule import Assignment, Schedule

__all__ = ["Cancelled", "Progress", "Scheduler", "SearchProgress"]


class Scheduler(Protocol):
    """A scheduling policy: a problem in, a schedule out. Any function will do.

    It is pure: the same problem gives the same schedule. It raises `InvalidValueError` with all that is wrong with
    the problem (`check_problem`), and `schedule.no-place` where there is no room for something.
    """

    def __call__(self, problem: SchedulingProblem, /) -> Schedule:
        """The schedule."""
        ...


@attrs.frozen
class SearchProgress:
    """Where a search stands: iterations done, the best value of the objective so far, the bound below."""

    iterations: int
    best: int
    lower_bound: int


Progress: TypeAlias = Callable[[SearchProgress], object]
"""Hears how a search goes on, after each iteration."""

Cancelled: TypeAlias = Callable[[], bool]
"""Asked before each iteration; true ends the search with the best schedule so far."""


def schedule_of(
    network: Network,
    layout: tuple[Sequence[int], Sequence[int], Sequence[int]],
    found_by: str,
    *,
    lower_bound: int | None = None,
    iterations: int = 1,
    findings: tuple[Finding, ...] = (),
) -> Schedule:
    """Starts, finishes and modes as a schedule, with its figures and how far it lies from the running one."""
    assignments = tuple(
        Assignment(name, start, finish, network.options[at][mode].mode_id)
        for at, (name, start, finish, mode) in enumerate(zip(network.ids, *layout, strict=True))
    )
    moves = [abs(layout[0][at] - each.start) for at, each in network.running.items()]
    problem = network.problem
    return Schedule(
        assignments,
        figures_of(problem, {each.activity_id: each for each in assignments}),
        objective=problem.objective,
        lower_bound=lower_bound,
        found_by=found_by,
        iterations=iterations,
        moved=sum(1 for move in moves if move),
        deviation=sum(moves),
        findings=findings,
    )
