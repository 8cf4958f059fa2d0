from __future__ import annotations

import pytest

from orderlib.errors import InvalidValueError
from orderlib.planning.scheduling import (
    Activity,
    Assignment,
    CapacityStep,
    JustifiedSampling,
    LatestFinish,
    Mode,
    SchedulingProblem,
    SchedulingResource,
    SerialSchedule,
    WorkingTime,
    check_schedule,
)


def shop(**more):
    """Five orders over three machines, routes and times of no pattern."""
    routes = ("abc", "bca", "cab", "acb", "bac")
    activities = [
        Activity(
            f"{job}{step}",
            Mode(1 + (7 * job + 5 * step) % 6, {machine: 1}),
            [f"{job}{step - 1}"] if step else (),
            due=9 + job if step == 2 else None,
            weight=job + 1,
        )
        for job, route in enumerate(routes)
        for step, machine in enumerate(route)
    ]
    return SchedulingProblem(activities, [SchedulingResource(each) for each in "abc"], **more)


@pytest.mark.parametrize("objective", ["makespan", "weighted-tardiness", "cost"])
def test_searching_never_does_worse_than_its_rule(objective):
    """Each objective: valid, no worse than one pass, no better than the bound, the same for the same seed."""
    problem = shop(objective=objective)
    schedule = JustifiedSampling(40)(problem)
    assert check_schedule(problem, schedule) == ()
    assert schedule.lower_bound <= schedule.value <= SerialSchedule(LatestFinish())(problem).value
    assert schedule == JustifiedSampling(40)(problem)
    assert schedule.iterations <= 40
    assert schedule.found_by == "justified sampling"


def test_more_iterations_with_one_seed_are_never_worse():
    """A longer search begins with the shorter one where sampling alone is compared."""
    values = [JustifiedSampling(n, seed=3)(shop(objective="weighted-tardiness")).value for n in (1, 5, 60)]
    assert values == sorted(values, reverse=True)


def test_a_bound_that_is_reached_ends_the_search_with_its_proof():
    """Nothing is better than the critical path."""
    schedule = JustifiedSampling()(SchedulingProblem([Activity("a", Mode(3)), Activity("b", Mode(2), "a")]))
    assert (schedule.value, schedule.lower_bound, schedule.iterations, schedule.proven) == (5, 5, 1, True)
    assert JustifiedSampling()(SchedulingProblem([])).proven


def test_progress_is_heard_and_a_search_can_be_stopped():
    """The watcher hears each iteration; who stops gets the best so far, and the schedule says so."""
    heard = []
    schedule = JustifiedSampling()(shop(), progress=heard.append, cancelled=lambda: len(heard) == 3)
    assert [each.iterations for each in heard] == [1, 2, 3]
    assert heard[0].best >= heard[-1].best >= heard[-1].lower_bound
    assert [each.code for each in schedule.findings] == ["schedule.cancelled"]
    assert check_schedule(shop(), schedule) == ()


def test_lateness_is_searched_with_modes_calendars_and_deadlines():
    """Everything at once stays valid."""
    problem = SchedulingProblem(
        [
            Activity(
                f"{at}",
                [Mode(2 + at % 3, {"a": 1}, "a", 3), Mode(3 + at % 2, {"b": 1}, "b")],
                [f"{at - 3}"] if at > 3 else (),
                due=4 + at,
                calendar_id="day" if at % 2 else "",
            )
            for at in range(12)
        ],
        [SchedulingResource("a", rate=1), SchedulingResource("b", 2)],
        [WorkingTime("day", [(start, start + 5) for start in range(0, 200, 8)])],
        objective="cost",
    )
    schedule = JustifiedSampling(60)(problem)
    assert check_schedule(problem, schedule) == ()
    assert schedule.value < SerialSchedule()(problem).value


def test_where_nothing_is_late_the_search_goes_on_all_the_same():
    """A bound that cannot be reached by the cost of modes alone, with no lateness anywhere."""
    modes = [Mode(2, {"a": 1}, "dear", 9), Mode(3, {"a": 1}, "cheap", 1)]
    problem = SchedulingProblem(
        [Activity(f"{at}", modes, due=99) for at in range(4)], [SchedulingResource("a")], objective="cost"
    )
    schedule = JustifiedSampling(80)(problem)
    assert schedule.proven
    assert schedule.value == 4


def test_deadlines_that_are_passed_are_told():
    """Both must end by 3, and there is one machine."""
    problem = SchedulingProblem(
        [Activity(each, Mode(2, {"a": 1}), deadline=3) for each in "xy"], [SchedulingResource("a")]
    )
    schedule = JustifiedSampling(5)(problem)
    assert [each.code for each in schedule.findings] == ["schedule.deadlines-passed"]
    assert [each.code for each in check_schedule(problem, schedule)] == ["schedule.after-deadline"]


def test_orders_without_room_are_passed_over():
    """Only one of the two orders fits before the crew leaves; where none fits, the first that fails is named."""

    def last_first(candidate, at, /):
        return -int(candidate.activity.id)

    crew = SchedulingResource("crew", [CapacityStep(0, 1), CapacityStep(3, 0), CapacityStep(5, 1), CapacityStep(6, 0)])
    problem = SchedulingProblem([Activity("0", Mode(2, {"crew": 1})), Activity("1", Mode(1, {"crew": 1}))], [crew])
    assert JustifiedSampling(10, rule=last_first)(problem).makespan == 3
    too_much = SchedulingProblem([Activity(f"{at}", Mode(2, {"crew": 1})) for at in range(3)], [crew])
    with pytest.raises(InvalidValueError, match="no place"):
        JustifiedSampling(10)(too_much)


def test_a_running_schedule_is_kept_or_only_tried_first():
    """By default a re-plan moves nothing that need not; without `replan` it starts from there and looks for better."""
    problem = shop(running=[Assignment("00", 30, 31)])
    assert JustifiedSampling()(problem).of("00").start == 30
    fresh = JustifiedSampling(30, replan=None)(problem)
    assert fresh.makespan < 31
    assert fresh.moved == 1
    assert fresh.deviation == 30 - fresh.of("00").start


@pytest.mark.parametrize("settings", [{"iterations": 0}, {"iterations": 1.5}, {"seed": -1}, {"seed": "x"}])
def test_settings_that_cannot_be_are_refused(settings):
    """Iterations and seeds are whole numbers."""
    with pytest.raises(InvalidValueError):
        JustifiedSampling(**settings)
