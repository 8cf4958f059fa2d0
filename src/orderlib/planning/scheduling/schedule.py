"""A schedule as a plain value: when each activity runs and in which mode, what that is worth, how it was found."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import attrs

from orderlib.errors import Finding
from orderlib.planning.scheduling.fault import parts, whole
from orderlib.values.codelist import member
from orderlib.values.identifier import DocumentId

__all__ = ["Assignment", "Schedule", "ScheduleFigures", "ScheduleObjective"]


class ScheduleObjective(StrEnum):
    """What a schedule is to keep small.

    `makespan`: the end of the last activity. `weighted-tardiness`: the lateness against due dates, each period by
    its weight. `cost`: modes, resources by the working period, and weighted tardiness.
    """

    MAKESPAN = "makespan"
    WEIGHTED_TARDINESS = "weighted-tardiness"
    COST = "cost"


def _start(value: int) -> int:
    return whole(value, "start")


def _finish(value: int) -> int:
    return whole(value, "finish")


@attrs.frozen
class Assignment:
    """An activity from the beginning of period `start` to the beginning of period `finish`, in a mode."""

    activity_id: DocumentId = attrs.field(converter=DocumentId)
    start: int = attrs.field(converter=_start)
    finish: int = attrs.field(converter=_finish)
    mode: str = ""


@attrs.frozen
class ScheduleFigures:
    """What a schedule is worth by each objective."""

    makespan: int = 0
    weighted_tardiness: int = 0
    cost: int = 0

    def by(self, objective: ScheduleObjective) -> int:
        """The figure that an objective looks at."""
        if objective is ScheduleObjective.MAKESPAN:
            return self.makespan
        return self.weighted_tardiness if objective is ScheduleObjective.WEIGHTED_TARDINESS else self.cost


def _assignments(given: Iterable[Assignment]) -> tuple[Assignment, ...]:
    return parts(Assignment, given, "/assignments")


def _findings(given: Iterable[Finding]) -> tuple[Finding, ...]:
    return parts(Finding, given, "/findings")


def _objective(given: str) -> ScheduleObjective:
    return given if type(given) is ScheduleObjective else member(ScheduleObjective, given, "/objective")


@attrs.frozen
class Schedule:
    """When everything runs, in the order of the problem's activities.

    `lower_bound` is a value of the objective that no schedule can go below, where one is known. `moved` counts the
    activities that start elsewhere than in the running schedule, `deviation` sums by how many periods. `findings`
    say what the finder has to say about it: a search that was stopped, a proof that is missing.
    """

    assignments: tuple[Assignment, ...] = attrs.field(converter=_assignments)
    figures: ScheduleFigures = attrs.field(factory=ScheduleFigures)
    objective: ScheduleObjective = attrs.field(default=ScheduleObjective.MAKESPAN, converter=_objective, kw_only=True)
    lower_bound: int | None = attrs.field(default=None, kw_only=True)
    found_by: str = attrs.field(default="", kw_only=True)
    iterations: int = attrs.field(default=0, kw_only=True)
    moved: int = attrs.field(default=0, kw_only=True)
    deviation: int = attrs.field(default=0, kw_only=True)
    findings: tuple[Finding, ...] = attrs.field(default=(), converter=_findings, kw_only=True)

    @property
    def makespan(self) -> int:
        """The end of the last activity."""
        return self.figures.makespan

    @property
    def value(self) -> int:
        """The figure of the objective."""
        return self.figures.by(self.objective)

    @property
    def proven(self) -> bool:
        """Whether nothing better can exist: the value is the lower bound."""
        return self.lower_bound is not None and self.value <= self.lower_bound

    def of(self, activity_id: str) -> Assignment | None:
        """The assignment of an activity."""
        return next((each for each in self.assignments if each.activity_id == activity_id), None)
