"""Instants and periods."""

from __future__ import annotations

from datetime import timedelta

import pytest

from orderlib.errors import InvalidValueError
from orderlib.planning.scheduling.timegrid import TimeGrid
from orderlib.values.calendar import WEEKDAYS
from orderlib.values.instant import instant

MONDAY = instant("2026-03-02T08:00:00Z")
GRID = TimeGrid(MONDAY, timedelta(hours=1))


def test_what_has_to_fit_is_never_made_to_look_shorter():
    """Durations and releases are rounded up, the period of an instant down."""
    half_past = instant("2026-03-02T10:30:00Z")
    assert (GRID.begun(half_past), GRID.reached(half_past)) == (2, 3)
    assert [GRID.periods(timedelta(minutes=each)) for each in (0, 1, 60, 61)] == [0, 1, 1, 2]
    assert GRID.begun(instant("2026-03-02T07:59:00Z")) == -1
    assert GRID.at(3) == instant("2026-03-02T11:00:00Z")


def test_working_time_is_what_is_worked_from_beginning_to_end_of_a_period():
    """Eight to noon and one to five; a period that is worked in part is not worked."""
    assert GRID.working_time("work", WEEKDAYS, 24).spans == ((0, 4), (5, 9))
    coarse = TimeGrid(MONDAY, timedelta(hours=3))
    assert coarse.working_time("work", WEEKDAYS, 4).spans == ((0, 1), (2, 3))
    assert GRID.working_time("work", WEEKDAYS, 2).spans == ((0, 2),)


def test_a_grid_that_begins_within_working_time_counts_from_there():
    """What lies before it is over."""
    later = TimeGrid("2026-03-02T10:00:00Z", timedelta(hours=1))
    assert later.working_time("work", WEEKDAYS, 8).spans == ((0, 2), (3, 7))


@pytest.mark.parametrize("wrong", [timedelta(0), timedelta(days=400), 15, None])
def test_a_period_lies_between_a_second_and_a_year(wrong):
    """Anything else is refused."""
    with pytest.raises(InvalidValueError) as caught:
        TimeGrid(MONDAY, wrong)
    assert [(each.code, each.address) for each in caught.value.findings] == [("schedule.setting", "/period")]
