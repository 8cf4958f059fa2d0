from __future__ import annotations

import os
import sys

import attrs
import pytest

from orderlib.errors import InvalidValueError
from orderlib.planning.scheduling import (
    Activity,
    Assignment,
    CapacityStep,
    ConstraintSolver,
    JustifiedSampling,
    Link,
    Mode,
    SchedulingProblem,
    SchedulingResource,
    WorkingTime,
    check_schedule,
)
from orderlib.planning.scheduling import solver as solver_module

external = pytest.mark.external
WEAK = JustifiedSampling(1)


@pytest.fixture(name="cp")
def installed():
    """OR-Tools, where it is."""
    if os.environ.get("ORDERLIB_ALL_EXTRAS") != "1":
        return pytest.importorskip("ortools.sat.python.cp_model", reason="the extra `solver` is not installed")
    import ortools.sat.python.cp_model

    return ortools.sat.python.cp_model


def shop(**more):
    """Four orders over three machines, on which one pass by a rule is not the best."""
    times = [(3, 2, 4), (2, 5, 1), (4, 1, 3), (3, 3, 2)]
    routes = ("abc", "bca", "cab", "acb")
    activities = [
        Activity(
            f"{job}{step}",
            Mode(times[job][step], {machine: 1}),
            [f"{job}{step - 1}"] if step else (),
            due=8 if step == 2 else None,
            weight=job + 1,
        )
        for job, route in enumerate(routes)
        for step, machine in enumerate(route)
    ]
    return SchedulingProblem(activities, [SchedulingResource(each) for each in "abc"], **more)


FULL = SchedulingProblem(
    [
        Activity("a", Mode(3, {"crew": 1}), calendar_id="day"),
        Activity("b", [Mode(2, {"crew": 2}, "two", 5), Mode(5, {"crew": 1}, "one", 1)], Link("a", "SS", 1), release=1),
        Activity("c", [Mode(2, {"m": 1}, "x"), Mode(3, {"crew": 1}, "y")], Link("a", "FF", 2), calendar_id="day"),
        Activity("d", Mode(0), Link("b", "SF", 3), due=4, weight=2, deadline=40),
        Activity("e", Mode(2, {"m": 1}), ["c", Link("d", "FS", -1)], due=9, weight=3),
        Activity("f", [Mode(1, {"m": 0}, "p"), Mode(0, (), "q", 1)], calendar_id="day"),
    ],
    [
        SchedulingResource("crew", [CapacityStep(1, 2), CapacityStep(6, 1), CapacityStep(9, 2)], rate=1),
        SchedulingResource("m"),
    ],
    [WorkingTime("day", [(0, 4), (8, 12), (16, 20), (60, 70)])],
)


@external
@pytest.mark.parametrize("objective", ["makespan", "weighted-tardiness", "cost"])
@pytest.mark.parametrize("problem", [shop(), FULL], ids=["shop", "everything"])
def test_what_the_solver_proves_is_valid_and_not_beaten(cp, problem, objective):
    """Valid by the checker, no worse than a long search, with its bound; the same again."""
    problem = attrs.evolve(problem, objective=objective)
    schedule = ConstraintSolver(first=WEAK)(problem)
    assert check_schedule(problem, schedule) == ()
    assert schedule.proven
    assert schedule.findings == ()
    assert schedule.value <= JustifiedSampling(200)(problem).value
    assert schedule == ConstraintSolver(first=WEAK)(problem)


@external
def test_what_is_proven_already_is_not_solved_again(cp, monkeypatch):
    """The first schedule reaches its bound: no model is made."""
    monkeypatch.setattr(solver_module, "Model", None)
    schedule = ConstraintSolver()(SchedulingProblem([Activity("a", Mode(3))]))
    assert (schedule.value, schedule.found_by, schedule.proven) == (3, "justified sampling", True)


@external
def test_the_frozen_zone_holds(cp):
    """What is frozen stays, though it would be better elsewhere."""
    problem = shop(running=[Assignment("00", 2, 5), Assignment("31", 30, 33)], frozen_until=3)
    schedule = ConstraintSolver(first=attrs.evolve(WEAK, replan=None))(problem)
    assert check_schedule(problem, schedule) == ()
    assert schedule.of("00").start == 2
    modes = attrs.evolve(FULL, running=[Assignment("b", 1, 6, "one")], frozen_until=2)
    found = ConstraintSolver(first=attrs.evolve(WEAK, replan=None))(modes)
    assert found.of("b") == Assignment("b", 1, 6, "one")
    both = [Assignment("00", 2, 5), Assignment("01", 4, 6)]
    facts = ConstraintSolver(first=WEAK)(shop(running=both, frozen_until=5))
    assert facts.of("01").start == 4


@external
def test_without_time_the_best_so_far_is_given_and_said_so(cp):
    """A limit that allows nothing leaves the first schedule, valid, with a bound and a warning."""
    problem = shop(objective="weighted-tardiness")
    schedule = ConstraintSolver(limit=1e-9, seconds=5, first=WEAK)(problem)
    assert check_schedule(problem, schedule) == ()
    assert [each.code for each in schedule.findings] == ["schedule.not-proven"]
    assert schedule.lower_bound < schedule.value


@external
def test_a_solver_that_fails_leaves_the_best_so_far(cp, monkeypatch):
    """Whatever goes wrong inside, there is a schedule, and it names what happened."""

    def fails(self, model, callback):
        raise RuntimeError("out of luck")

    monkeypatch.setattr(cp.CpSolver, "solve", fails)
    problem = shop(objective="weighted-tardiness")
    schedule = ConstraintSolver(first=WEAK)(problem)
    assert check_schedule(problem, schedule) == ()
    assert "RuntimeError" in schedule.findings[0].message()


@external
def test_progress_is_heard_and_solving_can_be_stopped(cp):
    """Each better schedule is told; who stops gets the best so far."""
    heard = []
    schedule = ConstraintSolver(first=WEAK)(
        shop(objective="cost"), progress=heard.append, cancelled=lambda: len(heard) > 0
    )
    assert heard[0].iterations == 1
    assert heard[0].best >= heard[0].lower_bound
    assert check_schedule(shop(objective="cost"), schedule) == ()


@external
def test_deadlines_that_sampling_misses_are_met(cp):
    """The rule takes the wrong one first; the solver finds the only order that is in time."""

    def wrong(candidate, at, /):
        return float(candidate.activity.id)

    problem = SchedulingProblem(
        [Activity("1", Mode(3, {"m": 1})), Activity("2", Mode(2, {"m": 1}), deadline=2)], [SchedulingResource("m")]
    )
    first = JustifiedSampling(1, rule=wrong)
    assert [each.code for each in first(problem).findings] == ["schedule.deadlines-passed"]
    schedule = ConstraintSolver(first=first)(problem)
    assert check_schedule(problem, schedule) == ()
    assert schedule.findings == ()
    never = attrs.evolve(problem, activities=[Activity(each, Mode(3, {"m": 1}), deadline=4) for each in "12"])
    codes = [each.code for each in ConstraintSolver(first=first)(never).findings]
    assert codes == ["schedule.deadlines-passed", "schedule.not-proven"]


def test_without_the_extra_there_is_one_documented_error(monkeypatch):
    """Nothing is imported before it is needed, and what is missing has a code."""
    monkeypatch.setitem(sys.modules, "ortools.sat.python.cp_model", None)
    with pytest.raises(InvalidValueError) as caught:
        ConstraintSolver()(shop())
    assert [each.code for each in caught.value.findings] == ["schedule.solver-missing"]


@pytest.mark.parametrize("settings", [{"limit": 0}, {"limit": "1"}, {"seconds": float("nan")}, {"seed": -1}])
def test_settings_that_cannot_be_are_refused(settings):
    """Limits are positive numbers, seeds are whole."""
    with pytest.raises(InvalidValueError):
        ConstraintSolver(**settings)
