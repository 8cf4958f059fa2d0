"""One run after the other, in plain Python."""

from __future__ import annotations

from datetime import timedelta

import pytest

from orderlib.planning.network import ProbableNetwork, ProbableTask
from orderlib.planning.sampling import Draw, prepared, run_plain
from orderlib.planning.scheduling.problem import Link, WorkingTime
from orderlib.values.chance import run_key
from orderlib.values.estimate import Delay, Estimate, Rework

HOUR = timedelta(hours=1)


def task(id, *after, hours=1, **more):
    """A task of so many hours, for certain."""
    return ProbableTask(id, Estimate.fixed(HOUR * hours), after, milestone=id, **more)


def ends(*tasks, calendars=()):
    """The hours at which tasks end in a run without chance."""
    found = run_plain(ProbableNetwork(tasks, HOUR, calendars=calendars), 0, 0, 1).ends
    return {name: here for name, (here,) in found.items()}


@pytest.mark.parametrize(
    ("relation", "lag", "end"),
    [("FS", 0, 7), ("FS", 2, 9), ("FS", -1, 6), ("SS", 0, 3), ("SS", 2, 5), ("FF", 0, 4), ("FF", 3, 7), ("SF", 6, 6)],
)
def test_links_bind_the_ends_that_they_name(relation, lag, end):
    """Four hours, then three: from start or finish to start or finish, with a lag."""
    assert ends(task("a", hours=4), task("b", Link("a", relation, lag), hours=3))["b"] == end


def test_work_pauses_when_nobody_works():
    """Ten hours in shifts of eight end on the second day; after the last shift that is known work goes on."""
    shifts = [WorkingTime("day", [(8, 16), (32, 40)])]
    assert ends(task("a", hours=10, calendar_id="day"), calendars=shifts)["a"] == 34
    assert ends(task("a", hours=20, calendar_id="day"), calendars=shifts)["a"] == 44
    assert ends(task("a", hours=0, calendar_id="day", release=17), calendars=shifts)["a"] == 32
    assert ends(task("a", hours=1, release=5))["a"] == 6


def test_a_milestone_waits_for_all_its_tasks():
    """Two tasks with one milestone: the later end; without a name there is the end of all."""
    found = run_plain(ProbableNetwork([task("a", hours=4), task("b", hours=9)], HOUR), 0, 0, 1)
    assert found.ends == {"": [9], "a": [4], "b": [9]}


@pytest.mark.parametrize(
    ("relation", "lag", "critical"),
    [("FS", 0, [1, 1, 0]), ("SS", 9, [1, 1, 0]), ("FF", 9, [1, 1, 0]), ("SF", 9, [1, 1, 0]), ("SF", 1, [0, 1, 0])],
)
def test_a_task_is_critical_where_the_end_hung_on_it(relation, lag, critical):
    """Back from the last end to whatever bound it, whichever ends are linked."""
    tasks = [task("a", hours=4), task("b", Link("a", relation, lag), hours=6), task("c", hours=2)]
    assert run_plain(ProbableNetwork(tasks, HOUR), 0, 0, 1).critical == critical


def test_two_ways_of_one_length_are_both_critical():
    """Whoever saves an hour on one of them has saved nothing."""
    tasks = [task("a", hours=4), task("b", hours=4), task("c", "a", "b")]
    assert run_plain(ProbableNetwork(tasks, HOUR), 0, 0, 3).critical == [3, 3, 3]


def test_draws_fill_the_triangle():
    """Never outside; in the mean what the triangle says."""
    draw = Draw.of(Estimate(HOUR * 2, HOUR * 4, HOUR * 9), timedelta(minutes=1), "x")
    drawn = [draw.periods(run_key(3, run)) for run in range(4000)]
    assert min(drawn) >= 120
    assert max(drawn) <= 540
    assert abs(sum(drawn) / len(drawn) - 300) < 5


def test_rework_repeats_as_often_as_its_rate_says():
    """Half the work again with one in four, and again with one in sixteen: an hour becomes 60, 90 or 120 minutes."""
    one = ProbableTask("a", Estimate.fixed(HOUR), rework=Rework("0.25", "0.5", 2))
    (step,) = prepared(ProbableNetwork([one]))
    drawn = [step.periods(run_key(3, run)) for run in range(4000)]
    shares = {length: drawn.count(length) / len(drawn) for length in sorted(set(drawn))}
    assert list(shares) == [60, 90, 120]
    assert shares[60] == pytest.approx(0.75, abs=0.02)
    assert shares[120] == pytest.approx(0.0625, abs=0.015)


def test_delays_come_as_often_as_their_rate_says():
    """Two suppliers, late by an hour in one of ten and by two in every case."""
    late, always = Delay("0.1", Estimate.fixed(HOUR)), Delay(1, Estimate.fixed(HOUR * 2))
    (step,) = prepared(ProbableNetwork([task("a", hours=1, delays=[late, always])], HOUR))
    drawn = [step.periods(run_key(3, run)) for run in range(4000)]
    assert set(drawn) == {3, 4}
    assert drawn.count(4) / len(drawn) == pytest.approx(0.1, abs=0.015)


def test_a_task_that_is_added_changes_no_other():
    """Chance belongs to the task: two plans can be compared run by run."""
    guess = Estimate(HOUR, HOUR * 2, HOUR * 8)
    small = ProbableNetwork([ProbableTask("a", guess, milestone="a")])
    large = ProbableNetwork([ProbableTask("b", guess), ProbableTask("a", guess, milestone="a")])
    assert run_plain(small, 9, 0, 20).ends["a"] == run_plain(large, 9, 0, 20).ends["a"]
