"""Law 12: a schedule respects precedence, calendars and capacity, and never overlaps."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scheduling import problems

from orderlib.errors import InvalidValueError
from orderlib.planning.scheduling import (
    Assignment,
    JustifiedSampling,
    LeastMove,
    SerialSchedule,
    check_problem,
    check_schedule,
    critical_path,
)
from orderlib.planning.scheduling.rule import RULES


def scheduled(policy, problem):
    """The schedule, or nothing where there is no room for one; then the refusal says so."""
    try:
        return policy(problem)
    except InvalidValueError as error:
        if {each.code for each in error.findings} != {"schedule.no-place"}:
            raise
        return None


@given(problems(), st.sampled_from(RULES))
@settings(max_examples=40)
def test_every_rule_makes_schedules_that_can_be_carried_out(problem, rule):
    """Serial generation by any rule, forward and backward: the independent checker finds nothing."""
    if check_problem(problem):
        return
    for direction in ("forward", "backward"):
        schedule = scheduled(SerialSchedule(rule, direction), problem)
        if schedule is not None:
            assert check_schedule(problem, schedule) == ()
            assert schedule.makespan >= critical_path(problem).length or any(
                len(each.modes) > 1 for each in problem.activities
            )


@given(problems(), st.integers(0, 3))
@settings(max_examples=25)
def test_searching_makes_schedules_that_can_be_carried_out(problem, seed):
    """The default policy, whatever the objective; the same seed gives the same schedule."""
    if check_problem(problem):
        return
    schedule = scheduled(JustifiedSampling(8, seed), problem)
    if schedule is not None:
        assert check_schedule(problem, schedule) == ()
        assert schedule.lower_bound <= schedule.value
        assert schedule == JustifiedSampling(8, seed)(problem)


@given(problems(), st.integers(0, 12))
@settings(max_examples=25)
def test_planning_again_keeps_the_frozen_zone_and_what_need_not_move(problem, frozen):
    """The same problem with its own schedule running: nothing moves, and all rules still hold."""
    if check_problem(problem):
        return
    first = scheduled(JustifiedSampling(3), problem)
    if first is not None:
        again = attrs.evolve(problem, running=first.assignments, frozen_until=frozen)
        schedule = LeastMove()(again)
        assert check_schedule(again, schedule) == ()
        assert schedule.deviation == 0


@given(problems(), st.data())
def test_the_checker_sees_every_single_shift(problem, data):
    """A start that is moved alone changes the duration, so that it is never taken for the same schedule."""
    if check_problem(problem) or not problem.activities:
        return
    schedule = scheduled(SerialSchedule(), problem)
    if schedule is None:
        return
    at = data.draw(st.integers(0, len(schedule.assignments) - 1))
    each = schedule.assignments[at]
    longer = Assignment(each.activity_id, each.start, each.finish + data.draw(st.integers(1, 9)), each.mode)
    broken = attrs.evolve(schedule, assignments=[*schedule.assignments[:at], longer, *schedule.assignments[at + 1 :]])
    assert check_schedule(problem, broken) != ()


@pytest.mark.external
@given(problems(most=6))
@settings(max_examples=10)
def test_the_solver_makes_schedules_that_can_be_carried_out(problem):
    """By constraint programming: valid, and never worse than what it began with."""
    pytest.importorskip("ortools", reason="the extra `solver` is not installed")
    from orderlib.planning.scheduling import ConstraintSolver

    if check_problem(problem):
        return
    first = scheduled(JustifiedSampling(2), problem)
    if first is not None:
        schedule = ConstraintSolver(first=JustifiedSampling(2))(problem)
        assert check_schedule(problem, schedule) == ()
        assert schedule.lower_bound <= schedule.value <= first.value
