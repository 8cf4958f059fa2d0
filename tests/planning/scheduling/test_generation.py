from __future__ import annotations

import pytest

from orderlib.errors import InvalidValueError
from orderlib.planning.scheduling import (
    Activity,
    Assignment,
    CapacityStep,
    Mode,
    SchedulingProblem,
    SchedulingResource,
    SerialSchedule,
    WorkingTime,
    check_schedule,
)


def starts(schedule):
    """Starts by activity."""
    return {str(each.activity_id): each.start for each in schedule.assignments}


def test_capacity_that_varies_is_waited_for():
    """Two need two, of which there is one until period 4, and a gap later on is too short."""
    problem = SchedulingProblem(
        [Activity("a", Mode(3, {"crew": 2})), Activity("b", Mode(2, {"crew": 2}))],
        [SchedulingResource("crew", [CapacityStep(0, 1), CapacityStep(4, 2), CapacityStep(6, 0), CapacityStep(7, 3)])],
    )
    schedule = SerialSchedule()(problem)
    assert starts(schedule) == {"a": 7, "b": 4}
    assert check_schedule(problem, schedule) == ()


def test_of_several_modes_the_one_that_ends_first_is_taken():
    """The second machine is slower, but free; of equals the cheaper."""
    modes = [Mode(3, {"new": 1}, "new"), Mode(4, {"old": 1}, "old"), Mode(4, {"old": 1}, "old-and-cheap", 0)]
    problem = SchedulingProblem(
        [Activity("a", modes[:2]), Activity("b", [modes[0], Mode(4, {"old": 1}, "dear", 7), modes[2]])],
        [SchedulingResource("new"), SchedulingResource("old")],
    )
    schedule = SerialSchedule()(problem)
    assert [each.mode for each in schedule.assignments] == ["new", "old-and-cheap"]
    assert check_schedule(problem, schedule) == ()


def test_a_resource_is_held_over_a_pause():
    """Work that pauses for the night keeps its machine."""
    problem = SchedulingProblem(
        [Activity("a", Mode(3, {"saw": 1})), Activity("b", Mode(1, {"saw": 1}), "a")],
        [SchedulingResource("saw", calendar_id="day")],
        [WorkingTime("day", [(0, 2), (10, 12), (20, 22)])],
    )
    schedule = SerialSchedule()(problem)
    assert [(each.start, each.finish) for each in schedule.assignments] == [(0, 11), (11, 12)]
    assert check_schedule(problem, schedule) == ()


def test_what_finds_no_room_is_named():
    """Capacity that ends, or a calendar that does, leaves nothing to wait for."""
    crew = SchedulingResource("crew", [CapacityStep(0, 1), CapacityStep(3, 0)])
    problem = SchedulingProblem([Activity(name, Mode(2, {"crew": 1})) for name in "ab"], [crew])
    with pytest.raises(InvalidValueError) as caught:
        SerialSchedule()(problem)
    assert [(each.code, each.address) for each in caught.value.findings] == [("schedule.no-place", "/activities/1")]


def test_what_is_frozen_stays_and_the_rest_starts_after():
    """The frozen zone is kept to the period, even where it is full; the new starts behind it."""
    problem = SchedulingProblem(
        [Activity(name, Mode(2, {"saw": 1})) for name in "abc"],
        [SchedulingResource("saw")],
        running=[Assignment("a", 1, 3), Assignment("b", 3, 5)],
        frozen_until=2,
    )
    schedule = SerialSchedule()(problem)
    assert starts(schedule) == {"a": 1, "b": 3, "c": 5}
    assert (schedule.moved, schedule.deviation) == (0, 0)
    assert check_schedule(problem, schedule) == ()
