"""Probable dates are the same however they are worked out, and agree with the schedule where nothing is uncertain."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderlib.planning.network import ProbableNetwork, ProbableTask, network_of
from orderlib.planning.probable import simulate_network
from orderlib.planning.sampling import run_plain
from orderlib.planning.scheduling.criticalpath import critical_path
from orderlib.planning.scheduling.problem import (
    Activity,
    Link,
    Mode,
    Relation,
    SchedulingProblem,
    SchedulingResource,
    WorkingTime,
)
from orderlib.planning.scheduling.serial import SerialSchedule
from orderlib.values.estimate import Delay, Estimate, Rework

HOUR = timedelta(hours=1)
LENGTHS = st.tuples(st.integers(0, 30), st.integers(0, 30), st.integers(0, 30)).map(
    lambda given: Estimate(*(HOUR * each for each in sorted(given)))
)
RATES = st.integers(0, 100).map(lambda percent: f"{percent / 100:.2f}")
SHIFTS = [
    WorkingTime("day", [(at * 24 + 8, at * 24 + 16) for at in range(20)]),
    WorkingTime("week", [(0, 120), (168, 288)]),
]


@st.composite
def networks(draw):
    """Up to six tasks, each after some of those before it."""
    tasks = []
    for at in range(draw(st.integers(0, 6))):
        links = draw(
            st.lists(
                st.builds(
                    Link,
                    st.sampled_from([f"t{each}" for each in range(at)] or ["-"]),
                    st.sampled_from(Relation),
                    st.integers(-9, 9),
                ),
                max_size=min(at, 3),
            )
        )
        tasks.append(
            ProbableTask(
                f"t{at}",
                draw(LENGTHS),
                links,
                rework=draw(st.none() | st.builds(Rework, RATES, RATES, st.integers(1, 4))),
                delays=draw(st.lists(st.builds(Delay, RATES, LENGTHS), max_size=2)),
                release=draw(st.integers(0, 50)),
                calendar_id=draw(st.sampled_from(["", "day", "week"])),
                milestone=draw(st.sampled_from(["", "m", f"t{at}"])),
            )
        )
    return ProbableNetwork(tasks, HOUR, calendars=SHIFTS)


@given(networks(), st.integers(0, 2**64 - 1), st.integers(1, 40), st.integers(1, 17))
def test_no_split_changes_what_is_foretold(network, seed, runs, chunk):
    """The same runs, in whatever parts."""
    whole = simulate_network(network, runs, seed, fast=False, chunk=runs)
    assert simulate_network(network, runs, seed, fast=False, chunk=chunk) == whole


@pytest.mark.external
@given(networks(), st.integers(0, 2**64 - 1), st.integers(0, 5000))
def test_numpy_changes_nothing(network, seed, first):
    """Run by run, milestone by milestone, to the period."""
    pytest.importorskip("numpy")
    from orderlib.planning.vectorised import run_many

    assert run_many(network, seed, first, first + 30) == run_plain(network, seed, first, first + 30)


@given(networks(), st.integers(0, 99))
def test_more_certainty_is_never_sooner(network, seed):
    """P50, P80, P95 in this order; no milestone after the end of all; the end hangs on somebody in every run."""
    outlook = simulate_network(network, 30, seed, fast=False)
    for each in outlook.milestones:
        assert each.within(50) <= each.within(80) <= each.within(95) <= outlook.of().within(100)
    index = outlook.criticality
    assert all(0 <= share <= 1 for share in index.values())
    assert not index or sum(index.values()) >= 1


PROBLEMS = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 2), st.integers(0, 2), st.sets(st.integers(0, 6), max_size=2)),
    max_size=7,
)


@given(PROBLEMS)
def test_without_uncertainty_the_schedule_comes_true(given_activities):
    """No activity ends later than scheduled, resources handed on; without resources the end is that of the path."""
    activities = [
        Activity(f"a{at}", Mode(length, {"r": r, "s": s}), [f"a{each}" for each in sorted(after) if each < at])
        for at, (length, r, s, after) in enumerate(given_activities)
    ]
    problem = SchedulingProblem(activities, [SchedulingResource("r", 2), SchedulingResource("s", 3)])
    schedule = SerialSchedule()(problem)
    found = run_plain(network_of(problem, schedule, {}, period=HOUR), 0, 0, 1).ends
    for each in schedule.assignments:
        assert found[each.activity_id][0] <= each.finish
    free = SchedulingProblem([Activity(each.id, Mode(each.modes[0].duration), each.after) for each in activities])
    path = critical_path(free)
    alone = run_plain(
        ProbableNetwork(
            [ProbableTask(each.id, Estimate.fixed(HOUR * each.modes[0].duration), each.after) for each in activities],
            HOUR,
        ),
        0,
        0,
        1,
    )
    assert alone.ends[""][0] == path.length
