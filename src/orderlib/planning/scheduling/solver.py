"""The same problem by constraint programming: OR-Tools CP-SAT, with a bound that is proven (extra `solver`).

The model has a start and a finish for each activity, an optional interval for each mode, cumulative constraints with
what a capacity lacks booked as fixed intervals, and, where calendars pause work, the position in working time beside
the position in periods. One worker and a deterministic limit, so that the same problem gives the same schedule on
every machine; a limit of seconds may be added, which does not.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from math import ceil
from typing import Any

import attrs

from orderlib.errors import InvalidValueError
from orderlib.planning.scheduling.bound import lower_bound
from orderlib.planning.scheduling.checker import check_schedule
from orderlib.planning.scheduling.fault import NO_SOLVER, NOT_PROVEN, SETTING, whole
from orderlib.planning.scheduling.generation import Layout
from orderlib.planning.scheduling.judge import Judge
from orderlib.planning.scheduling.model import Model
from orderlib.planning.scheduling.network import Network
from orderlib.planning.scheduling.policy import Cancelled, Progress, SearchProgress, schedule_of
from orderlib.planning.scheduling.problem import SchedulingProblem
from orderlib.planning.scheduling.schedule import Assignment, Schedule, ScheduleObjective
from orderlib.planning.scheduling.search import JustifiedSampling
from orderlib.planning.scheduling.validity import sound

__all__ = ["ConstraintSolver"]


def _limit(value: float) -> float:
    if type(value) not in (int, float) or not 0 < value < 10**9:
        raise InvalidValueError(SETTING("/limit", name="limit", value=repr(value)[:40]))
    return float(value)


def _seconds(value: float | None) -> float | None:
    return None if value is None else _limit(value)


def _seed(value: int) -> int:
    return whole(value, "seed", 0, 2**31 - 1)


def _first() -> JustifiedSampling:
    return JustifiedSampling(20)


@attrs.frozen
class ConstraintSolver:
    """The best schedule there is, where the limit lets it be proven; otherwise the best found, and the bound.

    `limit` counts deterministic time (about a second each), `seconds` those of the clock. `first` gives the schedule
    to start from; where its value is its bound, nothing is left to solve. Where the solver ends without a proof, fails
    or is stopped, the best valid schedule is given with the finding `schedule.not-proven`. Raises `InvalidValueError`
    with `schedule.solver-missing` where OR-Tools is not installed, and otherwise as every `Scheduler`.
    """

    limit: float = attrs.field(default=20.0, converter=_limit)
    seconds: float | None = attrs.field(default=None, converter=_seconds)
    seed: int = attrs.field(default=1, converter=_seed)
    first: JustifiedSampling = attrs.field(factory=_first)

    def __call__(
        self, problem: SchedulingProblem, /, *, progress: Progress | None = None, cancelled: Cancelled | None = None
    ) -> Schedule:
        """The schedule, its proven bound, and what is to be said about it."""
        cp = _loaded()
        network = sound(problem)
        start = self.first(problem)
        if start.proven and not start.findings:
            return start
        judge, known = Judge(network), _layout(network, start.assignments)
        overrun = judge.overrun(known[1])
        model = Model(cp, network, known, kept=not overrun)
        model.hint(known)
        solver = cp.CpSolver()
        self._set(solver.parameters, problem)
        try:
            status = solver.status_name(solver.solve(model.model, _watcher(cp, solver, progress, cancelled)))
        except Exception as error:  # noqa: BLE001 - whatever it is, a schedule is there already
            status = type(error).__name__
        best, bound = start, lower_bound(network)
        if status in ("OPTIMAL", "FEASIBLE"):
            found = schedule_of(network, model.layout(solver), "CP-SAT")
            if (overrun or found.value <= start.value) and not check_schedule(problem, found):
                best = found
        if status in ("OPTIMAL", "FEASIBLE", "UNKNOWN"):
            bound = max(bound, ceil(solver.best_objective_bound - 1e-6))
        bound = min(bound, best.value)
        findings = best.findings
        if status != "OPTIMAL" and (best.value > bound or best.findings):
            findings = (*findings, NOT_PROVEN(status=status, found_by=best.found_by))
        return attrs.evolve(best, lower_bound=bound, findings=findings)

    def _set(self, parameters: Any, problem: SchedulingProblem) -> None:
        parameters.num_workers = 1
        parameters.max_deterministic_time = self.limit
        parameters.random_seed = self.seed
        parameters.use_timetable_edge_finding_in_cumulative = True  # what proves the tight ones
        if problem.objective is ScheduleObjective.MAKESPAN:
            parameters.linearization_level = 0  # a sum of costs gains from the relaxation, a makespan only pays for it
        if self.seconds is not None:
            parameters.max_time_in_seconds = self.seconds


def _loaded() -> Any:
    try:
        return importlib.import_module("ortools.sat.python.cp_model")
    except ImportError:
        raise InvalidValueError(NO_SOLVER()) from None


def _layout(network: Network, assignments: Sequence[Assignment]) -> Layout:
    """A schedule as numbers again."""
    modes = [
        next(number for number, option in enumerate(options) if option.mode_id == each.mode)
        for options, each in zip(network.options, assignments, strict=True)
    ]
    return [each.start for each in assignments], [each.finish for each in assignments], modes


def _watcher(cp: Any, solver: Any, progress: Progress | None, cancelled: Cancelled | None) -> Any:
    """Tells of each better schedule, and asks at each of them and at each better bound whether to go on."""

    class Watcher(cp.CpSolverSolutionCallback):  # type: ignore[misc]
        """The solver's own way of being watched."""

        def __init__(self) -> None:
            super().__init__()
            self.count = 0

        def on_solution_callback(self) -> None:
            """A better schedule was found."""
            self.count += 1
            if progress is not None:
                bound = ceil(self.best_objective_bound - 1e-6)
                progress(SearchProgress(self.count, round(self.objective_value), bound))
            if cancelled is not None and cancelled():
                self.stop_search()

    def bettered(_bound: float) -> None:
        if cancelled is not None and cancelled():
            solver.stop_search()

    solver.best_bound_callback = bettered
    return Watcher()
