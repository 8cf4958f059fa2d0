from __future__ import annotations

import attrs
import pytest

from orderlib.errors import InvalidValueError
from orderlib.planning.scheduling import (
    Activity,
    Assignment,
    JustifiedSampling,
    LeastMove,
    Mode,
    SchedulingProblem,
    SchedulingResource,
    check_schedule,
)

PROBLEM = SchedulingProblem(
    [
        Activity("a", Mode(4, {"m": 1})),
        Activity("b", Mode(3, {"m": 1}), "a"),
        Activity("c", Mode(2, {"n": 1}), "a"),
        Activity("d", Mode(5, {"n": 1}), "c"),
        Activity("e", [Mode(2, {"m": 1}, "m"), Mode(2, {"n": 1}, "n")], "b", due=9),
    ],
    [SchedulingResource("m"), SchedulingResource("n")],
)
RUNNING = JustifiedSampling()(PROBLEM)


def again(problem=PROBLEM, **more):
    """The problem with the running schedule beside it."""
    return attrs.evolve(problem, running=RUNNING.assignments, **more)


def test_what_need_not_move_does_not():
    """The same problem again: nothing moves, whatever is frozen."""
    for frozen in (0, 3, 100):
        schedule = LeastMove()(again(frozen_until=frozen))
        assert schedule.assignments == RUNNING.assignments
        assert (schedule.moved, schedule.deviation) == (0, 0)


def test_an_order_that_comes_in_takes_what_is_left():
    """The new one is placed in the gaps; none of the old moves, and nothing starts in the frozen zone."""
    problem = again(attrs.evolve(PROBLEM, activities=[*PROBLEM.activities, Activity("new", Mode(1, {"n": 1}))]))
    schedule = LeastMove()(attrs.evolve(problem, frozen_until=2))
    assert check_schedule(attrs.evolve(problem, frozen_until=2), schedule) == ()
    assert schedule.deviation == 0
    assert schedule.of("new").start == 2


def test_a_delay_moves_what_waits_for_it_and_nothing_else():
    """C takes two periods longer: d moves by two, all else stays."""
    longer = attrs.evolve(PROBLEM.activities[2], modes=Mode(4, {"n": 1}))
    problem = again(attrs.evolve(PROBLEM, activities=[*PROBLEM.activities[:2], longer, *PROBLEM.activities[3:]]))
    schedule = LeastMove()(attrs.evolve(problem, frozen_until=1))
    assert check_schedule(attrs.evolve(problem, frozen_until=1), schedule) == ()
    assert (schedule.moved, schedule.deviation) == (1, 2)


def test_moves_have_a_price():
    """At no price everything is put where it is best; at a high one all stays late."""
    late = attrs.evolve(PROBLEM, running=[Assignment("a", 10, 14), Assignment("b", 20, 23)])
    assert LeastMove()(late).deviation == 0
    assert LeastMove(price=5)(late).deviation == 0
    assert JustifiedSampling(replan=None)(late).makespan == RUNNING.makespan


def test_a_mode_that_is_gone_is_replaced():
    """What ran in a mode that no longer exists takes the one in which it ends first."""
    problem = attrs.evolve(PROBLEM, running=[Assignment("e", 12, 14, "gone"), Assignment("nobody", 1, 2)])
    schedule = LeastMove()(problem)
    assert check_schedule(problem, schedule) == ()
    assert schedule.of("e").start == 12


def test_what_cannot_be_kept_is_told():
    """A deadline that the frozen zone makes impossible."""
    first = attrs.evolve(PROBLEM.activities[0], deadline=4)
    problem = attrs.evolve(PROBLEM, activities=[first, *PROBLEM.activities[1:]])
    schedule = LeastMove()(attrs.evolve(problem, running=[Assignment("a", 6, 10)], frozen_until=7))
    assert [each.code for each in schedule.findings] == ["schedule.deadlines-passed"]
    assert schedule.iterations == 1


@pytest.mark.parametrize("settings", [{"iterations": 0}, {"seed": -1}, {"price": -1}])
def test_settings_that_cannot_be_are_refused(settings):
    """Iterations, seeds and prices are whole numbers."""
    with pytest.raises(InvalidValueError):
        LeastMove(**settings)
