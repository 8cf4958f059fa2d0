from __future__ import annotations

import math

import pytest

from orderlib.errors import InvalidValueError
from orderlib.planning.scheduling import (
    Activity,
    CapacityStep,
    Link,
    Mode,
    Relation,
    ResourceNeed,
    SchedulingProblem,
    SchedulingResource,
    WorkingTime,
)


def test_an_activity_is_written_in_one_line():
    """Mappings, single values and plain ids are read as what they stand for."""
    cut = Activity("cut", Mode(3, {"saw": 1}), after="draw")
    assert cut.modes == (Mode(3, (ResourceNeed("saw", 1),)),)
    assert cut.after == (Link("draw", Relation.FINISH_START, 0),)
    assert Activity("x", [Mode(1)], [Link("cut", "SS", -2), "draw"]).after[0].relation is Relation.START_START
    assert SchedulingResource("saw", 2).capacity == (CapacityStep(0, 2),)
    assert SchedulingResource("saw", [CapacityStep(0, 2), CapacityStep(9, 5)]).most == 5
    assert SchedulingResource("saw", ()).most == 0


@pytest.mark.parametrize("duration", [-1, 1.5, math.nan, math.inf, True, "3", None, 10**13, 10**80])
def test_a_duration_is_a_whole_number_of_periods(duration):
    """Negative, fractional, endless and absurd durations are refused at their place."""
    with pytest.raises(InvalidValueError) as caught:
        Mode(duration)
    assert [(each.code, each.address) for each in caught.value.findings] == [("schedule.number", "/duration")]


@pytest.mark.parametrize(
    ("make", "code", "address"),
    [
        (lambda: Activity("a", ()), "schedule.no-mode", "/modes"),
        (lambda: Activity("a", [Mode(1), 2]), "schedule.part", "/modes/1"),
        (lambda: Activity("a", 3), "schedule.part", "/modes"),
        (lambda: Activity("a", Mode(1), 3), "schedule.part", "/after"),
        (lambda: Activity("a", Mode(1), [3]), "schedule.part", "/after/0"),
        (lambda: Activity("a", Mode(1), due=-1), "schedule.number", "/due"),
        (lambda: Link("a", "XX"), "code.unknown", "/relation"),
        (lambda: Mode(1, "saw"), "schedule.part", "/needs"),
        (lambda: SchedulingResource("r", -1), "schedule.number", "/capacity"),
        (
            lambda: SchedulingResource("r", [CapacityStep(3, 1), CapacityStep(3, 2)]),
            "schedule.capacity-steps",
            "/capacity",
        ),
        (lambda: WorkingTime("w", [(3, 3)]), "schedule.span", "/spans/0"),
        (lambda: WorkingTime("w", [(0, 3), (2, 5)]), "schedule.span", "/spans/1"),
        (lambda: WorkingTime("w", [4]), "schedule.span", "/spans/0"),
        (lambda: SchedulingProblem((), objective="speed"), "code.unknown", "/objective"),
        (lambda: SchedulingProblem((), horizon=-4), "schedule.number", "/horizon"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(make, code, address):
    """Every malformed part has a code and an address, and speaks two languages."""
    with pytest.raises(InvalidValueError) as caught:
        make()
    (found,) = caught.value.findings
    assert (found.code, found.address) == (code, address)
    assert found.message("en") != found.message("zh")
