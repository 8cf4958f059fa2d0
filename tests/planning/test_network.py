"""Networks of tasks whose durations are estimates; those of a schedule keep the order in which resources are used."""

from __future__ import annotations

from datetime import timedelta

import pytest

from orderlib.errors import InvalidValueError
from orderlib.planning.network import ProbableNetwork, ProbableTask, network_of
from orderlib.planning.scheduling.problem import (
    Activity,
    Link,
    Mode,
    SchedulingProblem,
    SchedulingResource,
    WorkingTime,
)
from orderlib.planning.scheduling.schedule import Assignment, Schedule
from orderlib.values.estimate import Delay, Estimate, Rework

HOUR = timedelta(hours=1)


def task(id, *after, hours=1, **more):
    """A task of so many hours, for certain."""
    return ProbableTask(id, Estimate.fixed(HOUR * hours), after, **more)


@pytest.mark.parametrize(
    ("made", "found"),
    [
        (lambda: ProbableNetwork([task("a"), task("a")]), [("schedule.duplicate-id", "/tasks/0/id")]),
        (lambda: ProbableNetwork([task("a", "b")]), [("schedule.unknown-predecessor", "/tasks/0/after/0")]),
        (
            lambda: ProbableNetwork([task("a", calendar_id="w")]),
            [("schedule.unknown-calendar", "/tasks/0/calendar_id")],
        ),
        (
            lambda: ProbableNetwork([task("a")], calendars=[WorkingTime("w", [(0, 1)]), WorkingTime("w", [])]),
            [("schedule.duplicate-id", "/calendars/0/id"), ("schedule.no-working-time", "/calendars/1/spans")],
        ),
        (lambda: ProbableNetwork([task("a")], timedelta(0)), [("probable.period", "/period")]),
        (lambda: ProbableNetwork([task("a")], 60), [("value.type", "/period")]),
        (lambda: ProbableNetwork([1]), [("value.type", "/tasks/0")]),
        (lambda: ProbableTask("a", HOUR), [("value.type", "/duration")]),
        (lambda: ProbableTask("a", Estimate.fixed(HOUR), [1]), [("value.type", "/after/0")]),
        (lambda: task("a", release=-1), [("number.whole", "/release")]),
        (lambda: task("a", delays=[1]), [("value.type", "/delays/0")]),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(made, found):
    """Every fault."""
    with pytest.raises(InvalidValueError) as caught:
        made()
    assert [(each.code, each.address) for each in caught.value.findings] == found


def test_tasks_that_wait_for_each_other_are_named():
    """With the way that leads around, at the first of them."""
    with pytest.raises(InvalidValueError) as caught:
        ProbableNetwork([task("x"), task("a", "c"), task("b", "a"), task("c", "b")])
    (finding,) = caught.value.findings
    assert (finding.code, finding.address) == ("schedule.cycle", "/tasks/1")
    assert sorted(dict(finding.evidence)["activities"].split(" → ")[1:]) == ["a", "b", "c"]


def test_one_predecessor_may_stand_alone():
    """A name, a link, or several of both."""
    assert ProbableTask("b", Estimate.fixed(HOUR), "a").after == (Link("a"),)
    assert ProbableTask("b", Estimate.fixed(HOUR), Link("a")).after == (Link("a"),)
    assert ProbableNetwork([task("b", "a"), task("a")]).order == (1, 0)


DAY_SHIFT, MORNINGS = WorkingTime("day", [(0, 8), (24, 32)]), WorkingTime("mornings", [(0, 4), (24, 28)])


def problem():
    """Three jobs on two machines of one kind, and a fourth after the first that needs both."""
    press = SchedulingResource("press", 2, calendar_id="mornings")
    one, both = {"press": 1}, {"press": 2}
    return SchedulingProblem(
        [
            Activity("a", Mode(2, one)),
            Activity("b", Mode(3, one)),
            Activity("c", (Mode(9), Mode(1, one, "fast")), calendar_id="day", release=1),
            Activity("d", Mode(1, both), "a"),
            Activity("wait", Mode(0), "d"),
        ],
        [press, SchedulingResource("spare", 1)],
        [DAY_SHIFT, MORNINGS],
    )


SCHEDULE = Schedule(
    [
        Assignment("a", 0, 2),
        Assignment("b", 0, 3),
        Assignment("c", 2, 3, "fast"),
        Assignment("d", 3, 4),
        Assignment("wait", 4, 4),
    ]
)


def test_a_schedule_hands_resources_on():
    """Whoever takes over a machine waits for whoever had it; what follows anyway is not told twice."""
    network = network_of(problem(), SCHEDULE, {}, period=HOUR)
    waits = {each.id: sorted(link.before for link in each.after) for each in network.tasks}
    assert waits == {"a": [], "b": [], "c": ["a"], "d": ["a", "b", "c"], "wait": ["d"]}
    assert [each.milestone for each in network.tasks] == ["a", "b", "c", "d", "wait"]


def test_durations_are_those_of_the_mode_unless_they_are_estimated():
    """With rework and delays by activity, and the time in which task and resource both work."""
    guess, again, late = Estimate(HOUR, HOUR, HOUR * 3), Rework("0.1"), Delay("0.2", Estimate.fixed(HOUR))
    network = network_of(problem(), SCHEDULE, {"a": guess}, period=HOUR, rework={"b": again}, delays={"c": [late]})
    by_id = {each.id: each for each in network.tasks}
    assert by_id["a"].duration == guess
    assert by_id["c"].duration == Estimate.fixed(HOUR)
    assert (by_id["b"].rework, by_id["c"].delays, by_id["c"].release) == (again, (late,), 1)
    assert [by_id[each].calendar_id for each in "abcd"] == ["mornings", "mornings", "day+mornings", "mornings"]
    assert {each.id: each.spans for each in network.calendars}["day+mornings"] == ((0, 4), (24, 28))


def test_every_activity_has_a_place():
    """One that the schedule leaves out is named."""
    with pytest.raises(InvalidValueError) as caught:
        network_of(problem(), Schedule([Assignment("a", 0, 2)]), {}, period=HOUR)
    assert [(each.code, each.address) for each in caught.value.findings] == [
        ("probable.unscheduled", f"/activities/{place}") for place in range(1, 5)
    ]
