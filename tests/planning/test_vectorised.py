"""Many runs at a time, with numpy, are the same runs."""

from __future__ import annotations

from datetime import timedelta

import pytest

from orderlib.planning.network import ProbableNetwork, ProbableTask
from orderlib.planning.sampling import run_plain
from orderlib.planning.scheduling.problem import Link, WorkingTime
from orderlib.values.estimate import Delay, Estimate, Rework

HOUR = timedelta(hours=1)


def everything():
    """A network with all that there is: links of four kinds, shifts, rework, delays, releases, milestones."""
    guess = Estimate(HOUR * 2, HOUR * 5, HOUR * 14)
    shifts = WorkingTime("day", [(day * 1440 + 480, day * 1440 + 960) for day in range(9)])
    more = {"calendar_id": "day", "milestone": "done"}
    return ProbableNetwork(
        [
            ProbableTask("a", guess, delays=[Delay("0.3", guess), Delay("0.1", Estimate.fixed(HOUR))]),
            ProbableTask("b", guess, "a", rework=Rework("0.4", "0.25", 4), **more),
            ProbableTask("c", guess, Link("a", "SS", 200), calendar_id="day", release=700),
            ProbableTask("d", guess, [Link("b", "FF", 60), Link("c", "SF", 900)], **more),
            ProbableTask("e", Estimate.fixed(timedelta(0)), ["c", "d"], milestone="end"),
        ],
        calendars=[shifts],
    )


@pytest.mark.external
def test_the_runs_are_the_same_to_the_period():
    """Three thousand runs, over the edge of a block: every milestone of every run, and every count."""
    pytest.importorskip("numpy")
    from orderlib.planning.vectorised import run_many

    one, many = run_plain(everything(), 42, 5, 3005), run_many(everything(), 42, 5, 3005)
    assert many == one
    assert min(many.critical[:4]) > 0
    assert many.critical[4] == 3000
