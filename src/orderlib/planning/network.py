"""A network of tasks whose durations are estimates, with what may go wrong with each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from graphlib import CycleError, TopologicalSorter
from typing import Final, cast

import attrs

from orderlib.errors import Finding, FindingCode, InvalidValueError, Severity
from orderlib.planning.scheduling.fault import CYCLE, NO_WORKING_TIME, TWICE, UNKNOWN_BEFORE, UNKNOWN_CALENDAR
from orderlib.planning.scheduling.network import shared
from orderlib.planning.scheduling.problem import Activity, Link, Mode, Relation, SchedulingProblem, WorkingTime
from orderlib.planning.scheduling.schedule import Assignment, Schedule
from orderlib.values.codelist import whole
from orderlib.values.estimate import Delay, Estimate, Rework
from orderlib.values.identifier import DocumentId, text
from orderlib.values.typed import tuple_of, type_check

__all__ = ["ProbableNetwork", "ProbableTask", "network_of"]

PERIOD: Final = FindingCode(
    "probable.period",
    Severity.ERROR,
    "a period of {period} is none: from a microsecond to a year",
    "周期 {period} 无效：须在一微秒到一年之间",
)
UNSCHEDULED: Final = FindingCode(
    "probable.unscheduled",
    Severity.ERROR,
    "activity {activity} has no place in the schedule",
    "活动 {activity} 不在进度计划中",
)

_YEAR: Final = timedelta(days=366)
_FARTHEST: Final = 10**12


def _links(given: str | Link | Iterable[str | Link]) -> tuple[Link, ...]:
    one = isinstance(given, (str, Link))
    every = cast(
        "tuple[str | Link, ...]", (given,) if one else tuple_of(object, cast("Iterable[object]", given), "/after")
    )
    return tuple_of(Link, [Link(each) if isinstance(each, str) else each for each in every], "/after")


def _delays(given: Iterable[Delay]) -> tuple[Delay, ...]:
    return tuple_of(Delay, given, "/delays")


_check_task: Final = type_check(("duration", Estimate), ("rework", (Rework, type(None))))


@attrs.frozen
class ProbableTask:
    """A task with an estimate of its duration, in working time, and what it comes after (lags in periods).

    `rework` may repeat it, each of `delays` (a supplier's, a permit's) may lengthen it. It begins not before period
    `release`, and works in the time named `calendar_id`; none works around the clock. Its end is the milestone
    `milestone`, where it is one. Raises `InvalidValueError` (`value.type`, `number.whole`, `id.*`).
    """

    id: DocumentId = attrs.field(converter=DocumentId)
    duration: Estimate
    after: tuple[Link, ...] = attrs.field(default=(), converter=_links)
    rework: Rework | None = attrs.field(default=None, kw_only=True)
    delays: tuple[Delay, ...] = attrs.field(default=(), converter=_delays, kw_only=True)
    release: int = attrs.field(default=0, kw_only=True)
    calendar_id: str = attrs.field(default="", converter=text, kw_only=True)
    milestone: str = attrs.field(default="", converter=text, kw_only=True)

    def __attrs_post_init__(self) -> None:
        _check_task(self)
        whole(self.release, 0, _FARTHEST, "/release")


def _tasks(given: Iterable[ProbableTask]) -> tuple[ProbableTask, ...]:
    return tuple_of(ProbableTask, given, "/tasks")


def _calendars(given: Iterable[WorkingTime]) -> tuple[WorkingTime, ...]:
    return tuple_of(WorkingTime, given, "/calendars")


_check_network: Final = type_check(("period", timedelta))


@attrs.frozen
class ProbableNetwork:
    """Tasks, how long a period is, and the periods in which work goes on, counted from the start.

    After the last span of a calendar work goes on without a pause: give spans that reach far enough. Raises
    `InvalidValueError` with every fault: `schedule.duplicate-id`, `schedule.unknown-predecessor`, `schedule.cycle`
    (which names the tasks), `schedule.unknown-calendar`, `schedule.no-working-time`, `probable.period`.
    """

    tasks: tuple[ProbableTask, ...] = attrs.field(converter=_tasks)
    period: timedelta = timedelta(minutes=1)
    calendars: tuple[WorkingTime, ...] = attrs.field(default=(), converter=_calendars, kw_only=True)
    _order: tuple[int, ...] = attrs.field(init=False, eq=False, repr=False, default=())

    def __attrs_post_init__(self) -> None:
        _check_network(self)
        if not timedelta(0) < self.period <= _YEAR:
            raise InvalidValueError(PERIOD("/period", period=self.period))
        places = {each.id: place for place, each in enumerate(self.tasks)}
        wrong = [*self._strangers(places)]
        if wrong:
            raise InvalidValueError(*wrong)
        graph = {place: [places[link.before] for link in each.after] for place, each in enumerate(self.tasks)}
        try:
            order = tuple(TopologicalSorter(graph).static_order())
        except CycleError as error:
            around = cast("list[int]", error.args[1])[::-1]
            names = " → ".join(self.tasks[place].id for place in around)
            raise InvalidValueError(CYCLE(f"/tasks/{min(around)}", activities=names)) from None
        object.__setattr__(self, "_order", order)

    def _strangers(self, places: Mapping[DocumentId, int]) -> Iterable[Finding]:
        known = {each.id: each for each in self.calendars}
        for place, each in enumerate(self.calendars):
            if known[each.id] is not each:
                yield TWICE(f"/calendars/{place}/id", id=each.id)
            if not each.spans:
                yield NO_WORKING_TIME(f"/calendars/{place}/spans", calendar=each.id)
        for place, task in enumerate(self.tasks):
            if places[task.id] != place:
                yield TWICE(f"/tasks/{place}/id", id=task.id)
            if task.calendar_id and task.calendar_id not in known:
                yield UNKNOWN_CALENDAR(f"/tasks/{place}/calendar_id", calendar=task.calendar_id, owner=task.id)
            for number, link in enumerate(task.after):
                if link.before not in places:
                    yield UNKNOWN_BEFORE(f"/tasks/{place}/after/{number}", activity=task.id, before=link.before)

    @property
    def order(self) -> tuple[int, ...]:
        """The places of the tasks, each after those that it comes after."""
        return self._order


def network_of(
    problem: SchedulingProblem,
    schedule: Schedule,
    estimates: Mapping[str, Estimate],
    *,
    period: timedelta,
    rework: Mapping[str, Rework] | None = None,
    delays: Mapping[str, Iterable[Delay]] | None = None,
) -> ProbableNetwork:
    """The network of a schedule: its activities in their modes, and who waits for whom for a resource.

    What has no estimate takes as long as its mode says. Resources are used in every run in the order of the schedule.
    Every activity is a milestone. Raises `InvalidValueError` (`probable.unscheduled`, and as `ProbableNetwork` does).
    """
    placed = _placed(problem, schedule)
    handed = _handed_over(problem, placed)
    calendars: dict[str, WorkingTime] = {str(each.id): each for each in problem.calendars}
    tasks: list[ProbableTask] = []
    for activity in problem.activities:
        mode = _mode(activity, placed)
        known = {link.before for link in activity.after if link.relation is Relation.FINISH_START and link.lag >= 0}
        tasks.append(
            ProbableTask(
                activity.id,
                estimates.get(activity.id) or Estimate.fixed(period * mode.duration),
                (*activity.after, *(Link(each) for each in handed.get(activity.id, ()) if each not in known)),
                rework=(rework or {}).get(activity.id),
                delays=tuple((delays or {}).get(activity.id, ())),
                release=activity.release,
                calendar_id=_shared(_times(problem, activity, mode), calendars),
                milestone=activity.id,
            )
        )
    used = {each.calendar_id for each in tasks}
    kept = tuple(each for name, each in calendars.items() if name in used)
    return ProbableNetwork(tuple(tasks), period, calendars=kept)


def _placed(problem: SchedulingProblem, schedule: Schedule) -> dict[DocumentId, Assignment]:
    placed = {each.activity_id: each for each in schedule.assignments}
    missing = [
        UNSCHEDULED(f"/activities/{place}", activity=each.id)
        for place, each in enumerate(problem.activities)
        if each.id not in placed
    ]
    if missing:
        raise InvalidValueError(*missing)
    return placed


def _mode(activity: Activity, placed: Mapping[DocumentId, Assignment]) -> Mode:
    """The mode in which an activity was scheduled."""
    name = placed[activity.id].mode
    return next((each for each in activity.modes if each.id == name), activity.modes[0])


def _times(problem: SchedulingProblem, activity: Activity, mode: Mode) -> set[str]:
    """The names of the working times that bind an activity: its own, and those of what it holds."""
    held = {need.resource_id for need in mode.needs if need.amount}
    names = {each.calendar_id for each in problem.resources if each.id in held}
    return {activity.calendar_id, *names} - {""}


def _shared(names: set[str], calendars: dict[str, WorkingTime]) -> str:
    """The name of the time in which all of several calendars work, made where it is new."""
    ordered = sorted(names)
    name = "+".join(ordered)
    if len(ordered) > 1 and name not in calendars:
        spans = calendars[ordered[0]].spans
        for other in ordered[1:]:
            spans = tuple(shared(spans, calendars[other].spans))
        calendars[name] = WorkingTime(name, spans)
    return name


def _handed_over(
    problem: SchedulingProblem, placed: Mapping[DocumentId, Assignment]
) -> dict[DocumentId, list[DocumentId]]:
    """From whom each activity takes over what it holds, the last who held it first."""
    found: dict[DocumentId, list[DocumentId]] = {}
    for resource in problem.resources:
        held: list[tuple[int, DocumentId | None, int]] = [(0, None, resource.most)]
        for start, finish, activity_id, amount in sorted(_holders(problem, placed, resource.id)):
            held.sort(key=lambda each: each[0], reverse=True)
            left: list[tuple[int, DocumentId | None, int]] = []
            wanted = amount
            for until, holder, quantity in held:
                taken = min(wanted, quantity) if until <= start else 0
                wanted -= taken
                if taken and holder is not None:
                    found.setdefault(activity_id, []).append(holder)
                if quantity > taken:
                    left.append((until, holder, quantity - taken))
            held = [*left, (finish, activity_id, amount)]
    return found


def _holders(
    problem: SchedulingProblem, placed: Mapping[DocumentId, Assignment], resource_id: str
) -> Iterable[tuple[int, int, DocumentId, int]]:
    for activity in problem.activities:
        here, needs = placed[activity.id], _mode(activity, placed).needs
        amount = sum(need.amount for need in needs if need.resource_id == resource_id)
        if amount and here.finish > here.start:
            yield here.start, here.finish, activity.id, amount
