from __future__ import annotations

import pytest

from orderlib.errors import InvalidValueError
from orderlib.planning.scheduling import (
    Activity,
    ApparentTardinessCost,
    EarliestDueDate,
    FirstReleased,
    GreatestRank,
    LatestFinish,
    LatestStart,
    LongestProcessing,
    MinimumSlack,
    Mode,
    MostSuccessors,
    SchedulingProblem,
    SchedulingResource,
    SerialSchedule,
    ShortestProcessing,
    WeightedShortestProcessing,
    check_schedule,
)
from orderlib.planning.scheduling.rule import RULES

MACHINE = [SchedulingResource("m")]


def order(rule, *activities):
    """The order in which one machine does the activities."""
    problem = SchedulingProblem(activities, MACHINE)
    schedule = SerialSchedule(rule)(problem)
    assert check_schedule(problem, schedule) == ()
    return "".join(each.activity_id for each in sorted(schedule.assignments, key=lambda each: each.start))


def work(name, duration, after=(), **more):
    """Work on the machine."""
    return Activity(name, Mode(duration, {"m": 1}), after, **more)


FLAT = (work("a", 4, due=20, weight=1), work("b", 2, due=9, weight=1), work("c", 3, due=5, weight=6))
TREE = (work("x", 1), work("a", 2), work("b", 1, "a"), work("c", 9, "b"), work("d", 4, "a"))


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (ShortestProcessing(), "bca"),
        (LongestProcessing(), "acb"),
        (WeightedShortestProcessing(), "cba"),
        (EarliestDueDate(), "cba"),
        (FirstReleased(), "abc"),
        (ApparentTardinessCost(), "cba"),
    ],
)
def test_rules_for_machines_order_as_their_names_say(rule, expected):
    """One machine, three jobs."""
    assert order(rule, *FLAT) == expected


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (LatestFinish(), "abxcd"),
        (LatestStart(), "abcdx"),
        (MinimumSlack(), "abcdx"),
        (MostSuccessors(), "abxcd"),
        (GreatestRank(), "abcdx"),
    ],
)
def test_rules_for_networks_look_ahead(rule, expected):
    """A chain a-b-c with a branch d, and x by itself."""
    assert order(rule, *TREE) == expected


def test_due_dates_are_reckoned_back_along_the_chain():
    """What stands before a wished end inherits its urgency and its weight."""
    chain = (work("p", 3, due=20), work("q", 2), work("r", 5, "q", due=8, weight=9))
    assert order(EarliestDueDate(), *chain) == "qrp"
    assert order(ApparentTardinessCost(), *chain) == "qrp"


def test_work_without_a_wish_comes_last_by_apparent_tardiness():
    """No due date: no tardiness to speak of. No weight: nothing is lost by waiting."""
    assert order(ApparentTardinessCost(), work("a", 1), work("b", 1, due=3)) == "ba"
    assert order(WeightedShortestProcessing(), work("a", 1, due=3, weight=0), work("b", 9, due=3)) == "ba"


@pytest.mark.parametrize("value", [0, -1, float("nan"), float("inf")])
def test_a_look_ahead_is_a_positive_number(value):
    """Nothing else makes sense."""
    with pytest.raises(InvalidValueError, match="look_ahead"):
        ApparentTardinessCost(value)


def test_any_function_is_a_rule():
    """A rule of one's own in a line, and every rule ships with its usual parameters."""

    def by_name_backward(candidate, at, /):
        return -ord(candidate.activity.id)

    assert order(by_name_backward, *FLAT) == "cba"
    assert SerialSchedule(by_name_backward)(SchedulingProblem(FLAT, MACHINE)).found_by == "serial, by_name_backward"
    assert len(RULES) == 11
