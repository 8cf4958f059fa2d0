"""Scheduling the tasks of an order on resources that are not enough for everything at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations, islice, product
from typing import Final

import attrs

from orderlib.errors import Finding, FindingCode, InvalidValueError, Severity
from orderlib.planning.policy import SCHEDULE_FITS, SCHEDULE_LATE, ScheduleDecision
from orderlib.planning.promise import Feasibility
from orderlib.planning.record import Plan, TaskDraft
from orderlib.planning.schedule import Dated, in_precedence
from orderlib.planning.scheduling.network import Network
from orderlib.planning.scheduling.policy import Scheduler
from orderlib.planning.scheduling.problem import (
    Activity,
    CapacityStep,
    Link,
    Mode,
    SchedulingProblem,
    SchedulingResource,
    WorkingTime,
)
from orderlib.planning.scheduling.replan import LeastMove
from orderlib.planning.scheduling.rule import LatestFinish
from orderlib.planning.scheduling.schedule import Assignment, Schedule
from orderlib.planning.scheduling.serial import SerialSchedule
from orderlib.planning.scheduling.timegrid import TimeGrid
from orderlib.resource.record import Need, Resource
from orderlib.values.calendar import WEEKDAYS
from orderlib.values.identifier import DocumentId
from orderlib.values.instant import Instant, instant
from orderlib.values.typed import tuple_of
from orderlib.values.worktime import Calendar

__all__ = ["FiniteCapacity", "Occupation", "running_dates"]

NOBODY_CAN: Final = FindingCode(
    "planning.nobody-can",
    Severity.ERROR,
    "task {task} needs {amount} of {need}, and there are {able}",
    "任务 {task} 需要 {need} {amount}，可用资源为 {able}",
)
WAITS_FOR: Final = FindingCode(
    "planning.waits-for-resource",
    Severity.INFO,
    "task {task} could begin on {soonest}, and waits for {resources} until {starts}",
    "任务 {task} 最早可于 {soonest} 开始，因等待 {resources} 推迟到 {starts}",
)
WITHOUT_LIMITS: Final = FindingCode(
    "planning.without-limits",
    Severity.INFO,
    "with resources without end, the last task would end on {end}",
    "若资源不受限制，最后任务可于 {end} 完成",
)
REVERSED: Final = FindingCode(
    "planning.occupation-reversed", Severity.ERROR, "an occupation ends after it starts", "占用的结束须晚于开始"
)
_WORK: Final = "work"
_WAYS: Final = 64  # of meeting the needs of one task: beyond that, more choice makes no better plan


def _at(value: Instant | str) -> Instant:
    return instant(value, address="/starts_at")


def _until(value: Instant | str) -> Instant:
    return instant(value, address="/ends_at")


@attrs.frozen
class Occupation:
    """What other work holds of a resource already; raises `InvalidValueError` (`planning.occupation-reversed`)."""

    resource_id: DocumentId = attrs.field(converter=DocumentId)
    starts_at: Instant = attrs.field(converter=_at)
    ends_at: Instant = attrs.field(converter=_until)
    amount: int = 1

    def __attrs_post_init__(self) -> None:
        if self.ends_at <= self.starts_at or self.amount < 1:
            raise InvalidValueError(REVERSED("/ends_at"))


def _resources(given: Iterable[Resource]) -> tuple[Resource, ...]:
    return tuple_of(Resource, given, "/resources")


def _occupied(given: Iterable[Occupation]) -> tuple[Occupation, ...]:
    return tuple_of(Occupation, given, "/occupied")


def _running(given: Iterable[Dated]) -> tuple[Dated, ...]:
    return tuple_of(Dated, given, "/running")


def _frozen_until(value: Instant | str | None) -> Instant | None:
    return None if value is None else instant(value, address="/frozen_until")


def running_dates(plan: Plan) -> tuple[Dated, ...]:
    """The schedule of a plan that is in force: the tasks that have not begun, with what they hold."""
    left = (task for task in plan.tasks if task.state == "planned")
    return tuple(Dated(task.id, task.starts_at, task.ends_at, task.holds) for task in left)


@attrs.frozen
class FiniteCapacity:
    """Every task in time and on people and machines that are free then; the reasons name what it waits for.

    A need for a skill is met by whoever has it, those of the fewest other skills first. `occupied` is what other
    orders hold; `scheduler` may be any way of scheduling: one serial pass, a search, the solver. What is used up
    (material, money) is no matter of time and left aside here. Nothing is planned beyond `horizon`.

    Where a schedule is in force, `running` (see `running_dates`), `replan` is asked instead, so that as little as
    possible moves; what begins before `frozen_until` stays where it is.
    """

    resources: tuple[Resource, ...] = attrs.field(default=(), converter=_resources)
    occupied: tuple[Occupation, ...] = attrs.field(default=(), converter=_occupied, kw_only=True)
    calendar: Calendar = attrs.field(default=WEEKDAYS, kw_only=True)
    scheduler: Scheduler = attrs.field(factory=lambda: SerialSchedule(LatestFinish()), kw_only=True)
    period: timedelta = attrs.field(default=timedelta(minutes=15), kw_only=True)
    horizon: timedelta = attrs.field(default=timedelta(days=730), kw_only=True)
    running: tuple[Dated, ...] = attrs.field(default=(), converter=_running, kw_only=True)
    frozen_until: Instant | None = attrs.field(default=None, converter=_frozen_until, kw_only=True)
    replan: Scheduler = attrs.field(factory=LeastMove, kw_only=True)

    def __call__(self, tasks: tuple[TaskDraft, ...], start_at: Instant, wanted_on: date | None, /) -> ScheduleDecision:
        """The schedule; impossible where nobody can do a task, or where it has no room within the horizon."""
        in_precedence(tasks)
        grid = TimeGrid(start_at, self.period)
        ways = {task.id: [*islice(self._ways(task), _WAYS)] for task in tasks}
        wrong = [finding for task in tasks if not ways[task.id] for finding in self._missing(task)]
        if wrong:
            return ScheduleDecision(Feasibility.IMPOSSIBLE, tuple(wrong))
        problem = self._problem(tasks, ways, grid, wanted_on)
        try:
            schedule = (self.replan if problem.running else self.scheduler)(problem)
        except InvalidValueError as error:
            return ScheduleDecision(Feasibility.IMPOSSIBLE, error.findings)
        return _judged(problem, schedule, grid, wanted_on)

    def _ways(self, task: TaskDraft) -> Iterator[dict[str, int]]:
        """The ways to meet all needs of a task: how much of which resource."""
        choices = [self._choices(need) for need in task.needs if not self._is_used_up(need)]
        for chosen in product(*choices):
            sums: dict[str, int] = {}
            for part in chosen:
                for resource_id, amount in part.items():
                    sums[resource_id] = sums.get(resource_id, 0) + amount
            if all(amount <= self._most(resource_id) for resource_id, amount in sums.items()):
                yield sums

    def _choices(self, need: Need) -> list[dict[str, int]]:
        """The ways to meet one need: one resource that has enough, or several together."""
        amount = -int(-need.amount // 1)
        able = sorted((each for each in self.resources if each.meets(need)), key=lambda each: len(each.skills))
        alone = [{str(each.id): amount} for each in able if self._most(each.id) >= amount]
        if alone or amount == 1:
            return alone
        single = [each for each in able if self._most(each.id) >= 1]
        return [{str(each.id): 1 for each in team} for team in islice(combinations(single, amount), _WAYS)]

    def _is_used_up(self, need: Need) -> bool:
        able = [each for each in self.resources if each.meets(need)]
        return bool(able) and all(each.used_up for each in able)

    def _most(self, resource_id: str) -> int:
        found = next(each for each in self.resources if each.id == resource_id)
        return int(max([found.capacity, *(change.capacity for change in found.changes)]))

    def _missing(self, task: TaskDraft) -> Iterator[Finding]:
        for number, need in enumerate(task.needs):
            able = sum(self._most(each.id) for each in self.resources if each.meets(need))
            if not self._is_used_up(need) and not self._choices(need):
                address = f"/tasks/{task.id}/needs/{number}"
                yield NOBODY_CAN(address, task=task.id, need=need.of, amount=need.amount, able=able)

    def _problem(
        self, tasks: Sequence[TaskDraft], ways: dict[DocumentId, list[dict[str, int]]], grid: TimeGrid, due: date | None
    ) -> SchedulingProblem:
        horizon = grid.periods(self.horizon)
        calendars = [grid.working_time(_WORK, self.calendar, horizon)]
        resources: list[SchedulingResource] = []
        for each in self.resources:
            if each.used_up:
                continue
            if each.calendar is not None:
                calendars.append(grid.working_time(f"of {each.id}", each.calendar, horizon))
            calendar_id = "" if each.calendar is None else f"of {each.id}"
            resources.append(SchedulingResource(each.id, self._capacity(each, grid, horizon), calendar_id=calendar_id))
        last = None if due is None else max(grid.begun(_end_of(due)), 0)
        activities = [
            Activity(
                task.id,
                [Mode(grid.periods(task.duration), way, str(number)) for number, way in enumerate(ways[task.id])],
                [Link(link.after, link.relation, grid.periods(link.lag)) for link in task.waits_for],
                release=0 if task.not_before is None else max(grid.reached(task.not_before), 0),
                due=last,
                calendar_id=_WORK if task.duration else "",
            )
            for task in tasks
        ]
        return SchedulingProblem(
            activities,
            resources,
            _used(calendars, resources),
            horizon=horizon,
            running=[*self._running(ways, grid)],
            frozen_until=0 if self.frozen_until is None else max(grid.reached(self.frozen_until), 0),
        )

    def _running(self, ways: dict[DocumentId, list[dict[str, int]]], grid: TimeGrid) -> Iterator[Assignment]:
        """The schedule in force, as far as it still lies ahead and speaks of these tasks."""
        for each in self.running:
            if each.task_id in ways and each.starts_at >= grid.start_at:
                held = {str(need.resource_id): need.amount for need in each.holds}
                known = ways[each.task_id]
                mode = known.index(held) if held in known else 0
                start = grid.begun(each.starts_at)
                yield Assignment(each.task_id, start, max(grid.reached(each.ends_at), start), str(mode))

    def _capacity(self, resource: Resource, grid: TimeGrid, horizon: int) -> tuple[CapacityStep, ...]:
        """What is left of a resource, from step to step."""
        held = [each for each in self.occupied if each.resource_id == resource.id]
        moments = {0}
        moments |= {grid.reached(change.from_at) for change in resource.changes}
        moments |= {grid.begun(each.starts_at) for each in held} | {grid.reached(each.ends_at) for each in held}
        steps: list[CapacityStep] = []
        for moment in sorted(max(each, 0) for each in moments if each < horizon):
            taken = sum(
                each.amount for each in held if grid.begun(each.starts_at) <= moment < grid.reached(each.ends_at)
            )
            left = max(int(resource.level_at(grid.at(moment))) - taken, 0)
            if not steps or steps[-1].at != moment:
                steps.append(CapacityStep(moment, left))
        return tuple(steps)


def _judged(problem: SchedulingProblem, schedule: Schedule, grid: TimeGrid, wanted_on: date | None) -> ScheduleDecision:
    network = Network(problem)
    dated = tuple(
        Dated(here.activity_id, grid.at(here.start), grid.at(here.finish), each.modes[_place(network, at, here)].needs)
        for at, (here, each) in enumerate(zip(schedule.assignments, problem.activities, strict=True))
    )
    end = max((each.ends_at for each in dated), default=grid.start_at)
    waits = tuple(_waits(network, schedule, grid))
    if wanted_on is None or end.date() <= wanted_on:
        reason = SCHEDULE_FITS("/tasks", end=end.date(), wanted=wanted_on or "any day")
        return ScheduleDecision(Feasibility.ON_TIME, (reason, *waits, *schedule.findings), dated=dated)
    free = attrs.evolve(problem, resources=[_endless(each) for each in problem.resources])
    soonest = grid.at(SerialSchedule()(free).makespan)
    reason = SCHEDULE_LATE("/tasks", end=end.date(), wanted=wanted_on)
    return ScheduleDecision(
        Feasibility.LATE,
        (reason, *waits, *schedule.findings),
        (WITHOUT_LIMITS("/tasks", end=soonest.date()),) if waits else (),
        dated=dated,
    )


def _used(calendars: Iterable[WorkingTime], resources: Iterable[SchedulingResource]) -> tuple[WorkingTime, ...]:
    """The calendars that somebody follows."""
    asked = {_WORK, *(each.calendar_id for each in resources)}
    return tuple(each for each in calendars if each.id in asked)


def _endless(resource: SchedulingResource) -> SchedulingResource:
    most = max(resource.most, 1)
    return attrs.evolve(resource, capacity=[CapacityStep(0, most * 1_000)])


def _end_of(on: date) -> Instant:
    return instant(f"{on.isoformat()}T23:59:59Z")


def _place(network: Network, at: int, here: Assignment) -> int:
    """Which mode an activity was given."""
    return next(place for place, option in enumerate(network.options[at]) if option.mode_id == here.mode)


def _waits(network: Network, schedule: Schedule, grid: TimeGrid) -> Iterator[Finding]:
    """The tasks that begin later than what they wait for would let them, and the resources that keep them."""
    starts, finishes = [each.start for each in schedule.assignments], [each.finish for each in schedule.assignments]
    for at, here in enumerate(schedule.assignments):
        option = network.options[at][_place(network, at, here)]
        soonest = network.earliest(at, option, starts, finishes)
        if option.needs and here.start > soonest:
            yield WAITS_FOR(
                f"/tasks/{here.activity_id}",
                task=here.activity_id,
                soonest=grid.at(soonest),
                starts=grid.at(here.start),
                resources=", ".join(network.problem.resources[number].id for number, _ in option.needs),
            )
