from __future__ import annotations

import pytest

from orderlib.errors import InvalidValueError
from orderlib.planning.scheduling import (
    Activity,
    Assignment,
    CapacityStep,
    Link,
    Mode,
    SchedulingProblem,
    SchedulingResource,
    WorkingTime,
    check_problem,
    critical_path,
)

SAW = SchedulingResource("saw", 2)


def found(*activities, **more):
    """Codes and addresses of what is wrong."""
    return [(each.code, each.address) for each in check_problem(SchedulingProblem(activities, **more))]


def test_a_problem_that_fits_together_has_no_findings():
    """Links, modes, calendars and resources that exist, with time enough."""
    problem = SchedulingProblem(
        [Activity("a", Mode(2, {"saw": 2})), Activity("b", Mode(1), "a", calendar_id="day", deadline=11)],
        [SchedulingResource("saw", 2, calendar_id="day")],
        [WorkingTime("day", [(0, 4), (10, 14)])],
    )
    assert check_problem(problem) == ()


def test_a_cycle_is_named_with_all_that_take_part():
    """Those that only wait for the cycle are not blamed."""
    problem = SchedulingProblem(
        [
            Activity("a", Mode(1), ["c"]),
            Activity("b", Mode(1), ["a"]),
            Activity("c", Mode(1), [Link("b", "SS")]),
            Activity("d", Mode(1), ["c"]),
        ]
    )
    (one,) = check_problem(problem)
    assert (one.code, one.address) == ("schedule.cycle", "/activities/0/after")
    assert "a ← c ← b ← a" in one.message()
    with pytest.raises(InvalidValueError):
        critical_path(problem)


@pytest.mark.parametrize(
    ("codes", "activities", "more"),
    [
        ([("schedule.duplicate-id", "/activities/1/id")], [Activity("a", Mode(1)), Activity("a", Mode(1))], {}),
        ([("schedule.duplicate-id", "/activities/0/modes")], [Activity("a", [Mode(1), Mode(2)])], {}),
        ([("schedule.duplicate-id", "/resources/1/id")], [], {"resources": [SAW, SAW]}),
        ([("schedule.duplicate-id", "/running")], [], {"running": [Assignment("a", 0, 1), Assignment("a", 0, 1)]}),
        ([("schedule.unknown-predecessor", "/activities/0/after/0")], [Activity("a", Mode(1), "x")], {}),
        ([("schedule.unknown-resource", "/activities/0/modes/0/needs/0")], [Activity("a", Mode(1, {"x": 1}))], {}),
        ([("schedule.unknown-calendar", "/activities/0/calendar_id")], [Activity("a", Mode(1), calendar_id="x")], {}),
        (
            [("schedule.unknown-calendar", "/resources/0/calendar_id")],
            [],
            {"resources": [SchedulingResource("r", calendar_id="x")]},
        ),
        ([("schedule.no-working-time", "/calendars/0/spans")], [], {"calendars": [WorkingTime("c", [])]}),
        (
            [("schedule.too-little-time", "/activities/0")],
            [Activity("a", Mode(3), calendar_id="c"), Activity("b", Mode(1), "a")],
            {"calendars": [WorkingTime("c", [(0, 2)])]},
        ),
        (
            [("schedule.demand-above-capacity", "/activities/0/modes/0/needs/0")],
            [Activity("a", Mode(1, {"saw": 3}))],
            {"resources": [SAW]},
        ),
        (
            [("schedule.impossible-window", "/activities/0/deadline")],
            [Activity("a", Mode(3), release=2, deadline=4)],
            {},
        ),
        (
            [("schedule.impossible-window", "/activities/1/release")],
            [Activity("a", Mode(3)), Activity("b", Mode(3), "a")],
            {"horizon": 5},
        ),
    ],
)
def test_each_fault_has_its_code_and_its_place(codes, activities, more):
    """What does not fit together is told before anything is scheduled."""
    assert found(*activities, **more) == codes


def test_all_faults_are_told_at_once():
    """Two faults, two findings."""
    assert [code for code, _ in found(Activity("a", Mode(1, {"saw": 9}), "x"), resources=[SAW])] == [
        "schedule.unknown-predecessor",
        "schedule.demand-above-capacity",
    ]


def test_two_calendars_that_never_work_together_leave_no_time():
    """The day and the night share no period."""
    problem = SchedulingProblem(
        [Activity("a", Mode(1, {"saw": 1}), calendar_id="day")],
        [SchedulingResource("saw", [CapacityStep(0, 1)], calendar_id="night")],
        [WorkingTime("day", [(0, 8)]), WorkingTime("night", [(8, 16)])],
    )
    assert [each.code for each in check_problem(problem)] == ["schedule.too-little-time"]
