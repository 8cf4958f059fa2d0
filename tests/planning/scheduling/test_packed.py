from __future__ import annotations

from hypothesis import given
from scheduling import problems

from orderlib.planning.scheduling import Activity, CapacityStep, Mode, SchedulingProblem, SchedulingResource
from orderlib.planning.scheduling.generation import Generator
from orderlib.planning.scheduling.justify import backward_order
from orderlib.planning.scheduling.packed import PackedProfile
from orderlib.planning.scheduling.validity import check_problem, sound


@given(problems(calendars=False, modes=1))
def test_long_integers_give_the_schedules_of_the_breakpoints(problem):
    """Forward and backward, period for period."""
    if check_problem(problem):
        return
    network = sound(problem)
    assert PackedProfile.suits(network)
    fast, plain = Generator(network), Generator(network)
    plain.packed = None
    there = fast.forward(network.order)
    assert there == plain.forward(network.order)
    if all(deadline is None for deadline in network.deadline):
        end = max(there[1], default=0) + 2
        sequence = backward_order(network, there[1])
        assert fast.backward(sequence, there[2], end) == plain.backward(sequence, there[2], end)


def test_what_it_is_not_made_for_goes_to_the_breakpoints():
    """Long horizons, several modes, and capacity that stays below its largest."""
    crew = SchedulingResource("crew", [CapacityStep(0, 2), CapacityStep(5, 1)])
    for problem in (
        SchedulingProblem([Activity("a", Mode(10_000))]),
        SchedulingProblem([Activity("a", [Mode(1, id="x"), Mode(2, id="y")])]),
        SchedulingProblem([Activity("a", Mode(1, {"crew": 1}))], [crew]),
    ):
        assert not PackedProfile.suits(sound(problem))
