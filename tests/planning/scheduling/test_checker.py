from __future__ import annotations

import attrs
import pytest

from orderlib.planning.scheduling import (
    Activity,
    Assignment,
    CapacityStep,
    Link,
    Mode,
    Schedule,
    ScheduleFigures,
    SchedulingProblem,
    SchedulingResource,
    WorkingTime,
    check_schedule,
)

PROBLEM = SchedulingProblem(
    [
        Activity("draw", Mode(2)),
        Activity("cut", [Mode(3, {"saw": 1}, "fast"), Mode(5, {"crew": 1}, "slow", 4)], "draw", release=2, deadline=9),
        Activity("drill", Mode(2, {"crew": 2}), [Link("cut", "SS", 1)], calendar_id="day", due=5, weight=3),
        Activity("paint", Mode(2, {"crew": 2}), [Link("drill", "FF", 2), Link("draw", "SF", 4)]),
        Activity("clean", Mode(1, {"saw": 1}), "draw"),
    ],
    [SchedulingResource("saw"), SchedulingResource("crew", [CapacityStep(0, 2), CapacityStep(20, 1)], rate=2)],
    [WorkingTime("day", [(0, 4), (6, 12)])],
    horizon=30,
    running=[Assignment("draw", 0, 2)],
    frozen_until=1,
)
GOOD = {
    "draw": Assignment("draw", 0, 2),
    "cut": Assignment("cut", 2, 5, "fast"),
    "drill": Assignment("drill", 3, 7),
    "paint": Assignment("paint", 7, 9),
    "clean": Assignment("clean", 5, 6),
}
FIGURES = ScheduleFigures(9, 6, 2 * 4 + 2 * 4 + 6)


def codes(schedule):
    """What the checker finds."""
    return [each.code for each in check_schedule(PROBLEM, schedule)]


def changed(**assignments):
    """The good schedule with some assignments exchanged."""
    return Schedule({**GOOD, **assignments}.values(), FIGURES)


def test_a_good_schedule_has_no_findings():
    """Drilling pauses over noon; everything else runs through."""
    assert codes(changed()) == []
    assert codes(attrs.evolve(changed(), lower_bound=9)) == []


@pytest.mark.parametrize(
    ("code", "broken"),
    [
        ("schedule.activity-missing", Schedule([GOOD[each] for each in ("draw", "cut", "drill", "paint")])),
        ("schedule.activity-unknown", changed(other=Assignment("other", 0, 1))),
        ("schedule.duplicate-id", changed(again=Assignment("clean", 8, 9))),
        ("schedule.mode-unknown", changed(cut=Assignment("cut", 2, 5, "faster"))),
        ("schedule.wrong-duration", changed(clean=Assignment("clean", 5, 7))),
        ("schedule.wrong-duration", changed(clean=Assignment("clean", 7, 6))),
        ("schedule.outside-calendar", changed(drill=Assignment("drill", 4, 8), paint=Assignment("paint", 8, 10))),
        ("schedule.precedence", changed(clean=Assignment("clean", 1, 2))),
        ("schedule.precedence", changed(drill=Assignment("drill", 2, 4), paint=Assignment("paint", 7, 9))),
        ("schedule.precedence", changed(drill=Assignment("drill", 7, 9), paint=Assignment("paint", 5, 7))),
        ("schedule.before-release", changed(cut=Assignment("cut", 1, 4, "fast"))),
        ("schedule.before-release", changed(clean=Assignment("clean", 0, 1))),
        ("schedule.after-deadline", changed(cut=Assignment("cut", 7, 10, "fast"), drill=Assignment("drill", 8, 10))),
        ("schedule.overlap", changed(clean=Assignment("clean", 4, 5))),
        ("schedule.overload", changed(paint=Assignment("paint", 6, 8))),
        ("schedule.overload", changed(paint=Assignment("paint", 4, 6))),
        ("schedule.overlap", changed(paint=Assignment("paint", 20, 22))),
        ("schedule.beyond-horizon", changed(paint=Assignment("paint", 29, 31))),
        ("schedule.frozen-moved", changed(draw=Assignment("draw", 1, 3))),
    ],
)
def test_each_kind_of_broken_schedule_is_rejected(code, broken):
    """Whatever is broken is named, at its place, in two languages."""
    found = [each for each in check_schedule(PROBLEM, broken) if each.code == code]
    assert found
    assert all(each.address.startswith("/assignments") for each in found)
    assert all(each.message("en") != each.message("zh") for each in found)


def test_figures_that_are_not_so_are_found():
    """A schedule cannot claim to be better than it is, nor a bound above what was reached."""
    assert codes(attrs.evolve(changed(), figures=ScheduleFigures(8, 0, 0))) == ["schedule.wrong-figure"] * 3
    assert codes(attrs.evolve(changed(), lower_bound=10)) == ["schedule.wrong-figure"]


def test_a_stretch_of_overload_is_told_once_and_again_when_it_returns():
    """One finding for each stretch, at its first period."""
    problem = SchedulingProblem([Activity(name, Mode(2, {"saw": 1})) for name in "abcd"], [SchedulingResource("saw")])
    times = {"a": 0, "b": 1, "c": 5, "d": 6}
    schedule = Schedule([Assignment(name, start, start + 2) for name, start in times.items()])
    found = [each for each in check_schedule(problem, schedule) if each.code == "schedule.overlap"]
    assert [dict(each.evidence)["period"] for each in found] == ["1", "6"]
