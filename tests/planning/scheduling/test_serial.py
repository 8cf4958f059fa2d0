from __future__ import annotations

import pytest

from orderlib.errors import InvalidValueError
from orderlib.planning.scheduling import (
    Activity,
    CapacityStep,
    Direction,
    Mode,
    SchedulingProblem,
    SchedulingResource,
    SerialSchedule,
    WorkingTime,
    check_schedule,
)

CHAIN = SchedulingProblem(
    [Activity("a", Mode(2, {"m": 1})), Activity("b", Mode(3, {"m": 1})), Activity("c", Mode(1), ["a"])],
    [SchedulingResource("m")],
)


def starts(schedule):
    """Starts in the order of the problem."""
    return [each.start for each in schedule.assignments]


def test_backward_everything_ends_as_late_as_it_may():
    """Against its own end, and against one that is given."""
    assert starts(SerialSchedule()(CHAIN)) == [0, 2, 2]
    assert starts(SerialSchedule(direction="backward")(CHAIN)) == [0, 2, 4]
    late = SerialSchedule(direction=Direction.BACKWARD, end=12)(CHAIN)
    assert starts(late) == [7, 9, 11]
    assert check_schedule(CHAIN, late) == ()
    assert late.found_by == "serial, LatestFinish, backward"


def test_backward_pauses_and_capacity_are_kept():
    """With calendars, steps of capacity and deadlines, from the end to the beginning."""
    problem = SchedulingProblem(
        [
            Activity("a", Mode(3, {"m": 1}), calendar_id="day"),
            Activity("b", Mode(2, {"m": 1}), deadline=18),
            Activity("c", Mode(1, {"m": 1}), "a"),
        ],
        [SchedulingResource("m", [CapacityStep(0, 1), CapacityStep(12, 0), CapacityStep(15, 1)])],
        [WorkingTime("day", [(0, 4), (6, 10), (16, 18)])],
    )
    schedule = SerialSchedule(direction="backward", end=30)(problem)
    assert check_schedule(problem, schedule) == ()
    assert starts(schedule) == [7, 16, 29]


@pytest.mark.parametrize("calendar", ["", "all"])
def test_an_end_that_is_too_early_falls_back_to_forward_and_says_so(calendar):
    """The fallback is a valid schedule with a warning."""
    problem = SchedulingProblem(
        [Activity("a", Mode(2, {"m": 1}), calendar_id=calendar), Activity("b", Mode(3, {"m": 1}))],
        [SchedulingResource("m")],
        [WorkingTime("all", [(0, 99)])],
    )
    schedule = SerialSchedule(direction="backward", end=4)(problem)
    assert [each.code for each in schedule.findings] == ["schedule.backward-failed"]
    assert check_schedule(problem, schedule) == ()


def test_settings_that_cannot_be_are_refused():
    """A direction has a name, an end is a period."""
    with pytest.raises(InvalidValueError):
        SerialSchedule(direction="sideways")
    with pytest.raises(InvalidValueError):
        SerialSchedule(end=-1)


def test_what_takes_no_time_holds_nothing_in_either_direction():
    """A milestone with a need lies in the middle of work that has all of it."""
    needs = {"m": 1}
    problem = SchedulingProblem(
        [Activity("a", Mode(4, needs), release=1), Activity("x", Mode(0, needs), deadline=3, calendar_id="all")],
        [SchedulingResource("m")],
        [WorkingTime("all", [(0, 99)])],
    )
    for direction in Direction:
        schedule = SerialSchedule(direction=direction)(problem)
        assert check_schedule(problem, schedule) == ()
