from __future__ import annotations

from itertools import permutations

import attrs
from hypothesis import given
from hypothesis import strategies as st

from orderlib.planning.scheduling import (
    Activity,
    CapacityStep,
    JustifiedSampling,
    Mode,
    SchedulingProblem,
    SchedulingResource,
    check_schedule,
)
from orderlib.planning.scheduling.sequence import one_machine
from orderlib.planning.scheduling.validity import sound

JOBS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 20), st.integers(0, 5)), min_size=2, max_size=6)


def machine(jobs, **more):
    """Jobs of (duration, due, weight) on one machine."""
    activities = [Activity(f"{at}", Mode(p, {"m": 1}), due=d, weight=w) for at, (p, d, w) in enumerate(jobs)]
    return SchedulingProblem(activities, [SchedulingResource("m")], objective="weighted-tardiness", **more)


def least(jobs):
    """The least weighted tardiness of all sequences."""
    values = []
    for order in permutations(jobs):
        now = total = 0
        for takes, due, weight in order:
            now += takes
            total += weight * max(now - due, 0)
        values.append(total)
    return min(values)


@given(JOBS)
def test_a_few_jobs_are_put_in_the_best_order(jobs):
    """As good as trying every sequence."""
    problem = machine(jobs)
    schedule = JustifiedSampling(30)(problem)
    assert check_schedule(problem, schedule) == ()
    assert schedule.value == least(jobs)


def test_one_machine_is_told_from_anything_else():
    """One resource that everything needs whole, nothing released later, nothing linked, lateness wanted."""
    problem = machine([(1, 2, 3), (2, 3, 4)])
    first, second = problem.activities
    varying = SchedulingResource("m", [CapacityStep(0, 1), CapacityStep(3, 0), CapacityStep(4, 1)])
    assert one_machine(sound(problem))
    for other in (
        attrs.evolve(problem, objective="makespan"),
        attrs.evolve(problem, activities=[first]),
        attrs.evolve(problem, activities=[first, attrs.evolve(second, after="0")]),
        attrs.evolve(problem, activities=[first, attrs.evolve(second, release=1)]),
        attrs.evolve(problem, activities=[first, attrs.evolve(second, modes=Mode(1))]),
        attrs.evolve(problem, activities=[first, attrs.evolve(second, modes=[Mode(1), Mode(2, id="x")])]),
        attrs.evolve(problem, resources=[SchedulingResource("m", 2)]),
        attrs.evolve(problem, resources=[varying]),
    ):
        assert not one_machine(sound(other))
