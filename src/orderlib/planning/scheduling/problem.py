"""A scheduling problem as a plain value: activities with modes, precedence, renewable resources, working time.

Time is counted in whole periods from 0; what a period is (a day, an hour, a minute) the caller decides, and
`TimeGrid` leads from instants to periods and back. An activity holds what it needs from its start to its finish;
it takes `duration` periods of working time and pauses where its calendars, or those of its resources, do not work.
The words are those of the multi-mode resource-constrained project scheduling problem with generalised precedence
(Brucker, Drexl, Möhring, Neumann, Pesch: notation and classification, 1999).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from itertools import pairwise
from typing import cast

import attrs

from orderlib.errors import InvalidValueError
from orderlib.planning.scheduling.fault import LARGEST, NO_MODE, SPAN, STEPS, parts, whole
from orderlib.planning.scheduling.schedule import Assignment, ScheduleObjective
from orderlib.values.codelist import member
from orderlib.values.identifier import DocumentId

__all__ = [
    "Activity",
    "CapacityStep",
    "Link",
    "Mode",
    "Relation",
    "ResourceNeed",
    "SchedulingProblem",
    "SchedulingResource",
    "WorkingTime",
]


class Relation(StrEnum):
    """How two activities are bound: which end of the one waits for which end of the other (PMI)."""

    FINISH_START = "FS"
    START_START = "SS"
    FINISH_FINISH = "FF"
    START_FINISH = "SF"


def _relation(given: str) -> Relation:
    return given if type(given) is Relation else member(Relation, given, "/relation")


def _lag(value: int) -> int:
    return whole(value, "lag", -LARGEST)


@attrs.frozen
class Link:
    """That an activity comes after another: by `relation`, at least `lag` periods later (negative: overlapping)."""

    before: DocumentId = attrs.field(converter=DocumentId)
    relation: Relation = attrs.field(default=Relation.FINISH_START, converter=_relation)
    lag: int = attrs.field(default=0, converter=_lag)


def _amount(value: int) -> int:
    return whole(value, "amount")


@attrs.frozen
class ResourceNeed:
    """How much of a resource is held from start to finish."""

    resource_id: DocumentId = attrs.field(converter=DocumentId)
    amount: int = attrs.field(default=1, converter=_amount)


def _needs(given: Mapping[str, int] | Iterable[ResourceNeed] | ResourceNeed) -> tuple[ResourceNeed, ...]:
    if isinstance(given, Mapping):
        return tuple(ResourceNeed(name, amount) for name, amount in cast("Mapping[str, int]", given).items())
    return parts(ResourceNeed, given, "/needs")


def _duration(value: int) -> int:
    return whole(value, "duration")


def _cost(value: int) -> int:
    return whole(value, "cost")


@attrs.frozen
class Mode:
    """One way to do an activity: `duration` working periods, what it needs, and what it costs beside.

    `needs` may be given as a mapping from resource to amount. Raises `InvalidValueError` (`schedule.number`) for
    a duration that is negative, fractional or not finite.
    """

    duration: int = attrs.field(converter=_duration)
    needs: tuple[ResourceNeed, ...] = attrs.field(default=(), converter=_needs)
    id: str = ""
    cost: int = attrs.field(default=0, converter=_cost)


def _modes(given: Mode | Iterable[Mode]) -> tuple[Mode, ...]:
    return parts(Mode, given, "/modes")


def _after(given: str | Link | Iterable[str | Link]) -> tuple[Link, ...]:
    if isinstance(given, (str, Link)):
        given = (given,)
    elif not isinstance(given, Iterable):  # pyright: ignore[reportUnnecessaryIsInstance] - it may come from outside
        return parts(Link, given, "/after")
    return parts(Link, [Link(each) if isinstance(each, str) else each for each in given], "/after")


def _release(value: int) -> int:
    return whole(value, "release")


def _due(value: int | None) -> int | None:
    return None if value is None else whole(value, "due")


def _latest(value: int | None) -> int | None:
    return None if value is None else whole(value, "deadline")


def _weight(value: int) -> int:
    return whole(value, "weight")


@attrs.frozen
class Activity:
    """A piece of work in one of its modes, not before `release`, wished by `due`, impossible after `deadline`.

    Each period of lateness against `due` weighs `weight` (money, where the objective is cost). `calendar_id` names
    the working time of the activity itself; resources may have theirs. `order_id` says for whom it is done.
    Raises `InvalidValueError` (`schedule.number`, `schedule.no-mode`, `schedule.part`).
    """

    id: DocumentId = attrs.field(converter=DocumentId)
    modes: tuple[Mode, ...] = attrs.field(converter=_modes)
    after: tuple[Link, ...] = attrs.field(default=(), converter=_after)
    release: int = attrs.field(default=0, converter=_release, kw_only=True)
    due: int | None = attrs.field(default=None, converter=_due, kw_only=True)
    deadline: int | None = attrs.field(default=None, converter=_latest, kw_only=True)
    weight: int = attrs.field(default=1, converter=_weight, kw_only=True)
    calendar_id: str = attrs.field(default="", kw_only=True)
    order_id: str = attrs.field(default="", kw_only=True)

    def __attrs_post_init__(self) -> None:
        if not self.modes:
            raise InvalidValueError(NO_MODE("/modes", activity=self.id))


def _at(value: int) -> int:
    return whole(value, "at")


@attrs.frozen
class CapacityStep:
    """From period `at` on, so much is there."""

    at: int = attrs.field(converter=_at)
    amount: int = attrs.field(converter=_amount)


def _capacity(given: int | CapacityStep | Iterable[CapacityStep]) -> tuple[CapacityStep, ...]:
    if isinstance(given, int):
        return (CapacityStep(0, whole(given, "capacity")),)
    return parts(CapacityStep, given, "/capacity")


def _rate(value: int) -> int:
    return whole(value, "rate")


@attrs.frozen
class SchedulingResource:
    """People, machines, space: so many at a time, used and given back.

    `capacity` is a number, or steps over time (none before the first). `rate` is what one costs per working period.
    Raises `InvalidValueError` (`schedule.number`, `schedule.capacity-steps`).
    """

    id: DocumentId = attrs.field(converter=DocumentId)
    capacity: tuple[CapacityStep, ...] = attrs.field(default=(CapacityStep(0, 1),), converter=_capacity)
    calendar_id: str = attrs.field(default="", kw_only=True)
    rate: int = attrs.field(default=0, converter=_rate, kw_only=True)

    def __attrs_post_init__(self) -> None:
        moments = [step.at for step in self.capacity]
        if any(later <= sooner for sooner, later in pairwise(moments)):
            raise InvalidValueError(STEPS("/capacity"))

    @property
    def most(self) -> int:
        """The largest capacity that it ever has."""
        return max((step.amount for step in self.capacity), default=0)


def _spans(given: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    found: list[tuple[int, int]] = []
    for number, pair in enumerate(tuple(given)):
        here = f"/spans/{number}"
        start, end = (whole(each, "span", address=here) for each in _pair(pair, here))
        if start >= end or (found and start < found[-1][1]):
            raise InvalidValueError(SPAN(here, value=f"{start}-{end}"))
        found.append((start, end))
    return tuple(found)


def _pair(given: object, address: str) -> tuple[object, object]:
    kind = type(given).__name__
    if isinstance(given, (tuple, list)):
        both = tuple(cast("Iterable[object]", given))
        if len(both) == 2:
            return both[0], both[1]
    raise InvalidValueError(SPAN(address, value=kind))


@attrs.frozen
class WorkingTime:
    """The periods in which work goes on, as spans of (first, after the last); there is none after the last span.

    `TimeGrid.working_time` compiles one from a calendar. Raises `InvalidValueError` (`schedule.span`).
    """

    id: DocumentId = attrs.field(converter=DocumentId)
    spans: tuple[tuple[int, int], ...] = attrs.field(converter=_spans)


def _activities(given: Iterable[Activity]) -> tuple[Activity, ...]:
    return parts(Activity, given, "/activities")


def _resources(given: Iterable[SchedulingResource]) -> tuple[SchedulingResource, ...]:
    return parts(SchedulingResource, given, "/resources")


def _calendars(given: Iterable[WorkingTime]) -> tuple[WorkingTime, ...]:
    return parts(WorkingTime, given, "/calendars")


def _running(given: Iterable[Assignment]) -> tuple[Assignment, ...]:
    return parts(Assignment, given, "/running")


def _horizon(value: int | None) -> int | None:
    return None if value is None else whole(value, "horizon")


def _frozen(value: int) -> int:
    return whole(value, "frozen_until")


def _objective(given: str) -> ScheduleObjective:
    return given if type(given) is ScheduleObjective else member(ScheduleObjective, given, "/objective")


@attrs.frozen
class SchedulingProblem:
    """Activities of one or many orders on shared resources, and what the schedule is to be good at.

    `running` is the schedule in force: a re-plan starts from it, and what it starts before `frozen_until` stays
    exactly where it is. Nothing may end after `horizon`. Whether the parts fit together `check_problem` tells.
    """

    activities: tuple[Activity, ...] = attrs.field(converter=_activities)
    resources: tuple[SchedulingResource, ...] = attrs.field(default=(), converter=_resources)
    calendars: tuple[WorkingTime, ...] = attrs.field(default=(), converter=_calendars)
    objective: ScheduleObjective = attrs.field(default=ScheduleObjective.MAKESPAN, converter=_objective, kw_only=True)
    horizon: int | None = attrs.field(default=None, converter=_horizon, kw_only=True)
    running: tuple[Assignment, ...] = attrs.field(default=(), converter=_running, kw_only=True)
    frozen_until: int = attrs.field(default=0, converter=_frozen, kw_only=True)

    @property
    def frozen(self) -> dict[DocumentId, Assignment]:
        """What the frozen zone holds, by activity."""
        return {each.activity_id: each for each in self.running if each.start < self.frozen_until}
