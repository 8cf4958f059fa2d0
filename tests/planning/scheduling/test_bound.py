from __future__ import annotations

from hypothesis import given
from scheduling import problems

from orderlib.errors import InvalidValueError
from orderlib.planning.scheduling import (
    Activity,
    Assignment,
    Mode,
    SchedulingProblem,
    SchedulingResource,
    SerialSchedule,
)
from orderlib.planning.scheduling.bound import lower_bound
from orderlib.planning.scheduling.validity import check_problem, sound


@given(problems())
def test_no_schedule_is_below_the_bound(problem):
    """Whatever the objective, the calendars and the modes."""
    if check_problem(problem):
        return
    try:
        schedule = SerialSchedule()(problem)
    except InvalidValueError:
        return
    assert lower_bound(sound(problem)) <= schedule.value


def test_work_and_chain_bind_whichever_is_larger():
    """Twelve periods of work by two, after a release; a chain of nine; frozen work counts where it is."""
    both = [SchedulingResource("m", 2)]
    wide = [Activity(f"{at}", Mode(3, {"m": 1}), release=1) for at in range(4)]
    assert lower_bound(sound(SchedulingProblem(wide, both))) == 7
    chain = [Activity("a", Mode(4)), Activity("b", Mode(5), "a")]
    assert lower_bound(sound(SchedulingProblem(chain, both))) == 9
    running = [Assignment("a", 2, 9)]
    assert lower_bound(sound(SchedulingProblem(chain, running=running, frozen_until=3))) == 14
