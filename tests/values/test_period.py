"""Spans of days are closed, spans of time half-open."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from orderlib.errors import InvalidValueError
from orderlib.values.instant import instant
from orderlib.values.period import DayPeriod, Interval

MAY = DayPeriod("2024-05-01", date(2024, 5, 31))
MORNING = Interval("2024-05-06T08:00:00Z", "2024-05-06T12:00:00Z")


def test_a_day_period_includes_both_ends():
    """As a period in a document does."""
    days = [date(2024, 4, 30), date(2024, 5, 1), date(2024, 5, 31), date(2024, 6, 1)]
    assert [each in MAY for each in days] == [False, True, True, False]
    assert MAY.days == 31


@pytest.mark.parametrize("period", [DayPeriod(), DayPeriod(None, "2024-05-31"), DayPeriod("2024-05-01")])
def test_an_open_end_has_no_limit(period):
    """Where an end is missing, every day on that side belongs, and there is no length."""
    assert date(2024, 5, 15) in period
    assert period.days is None
    assert period.overlaps(MAY)
    assert MAY.overlaps(period)


def test_day_periods_overlap_by_a_single_day():
    """The last day of one and the first of another may be the same."""
    assert MAY.overlaps(DayPeriod("2024-05-31", "2024-06-30"))
    assert not MAY.overlaps(DayPeriod("2024-06-01", "2024-06-30"))
    assert not MAY.overlaps(DayPeriod(None, "2024-04-30"))


def test_a_single_day_is_a_period():
    """It begins and ends on itself."""
    assert DayPeriod("2024-05-01", "2024-05-01").days == 1


@pytest.mark.parametrize(
    ("kind", "start", "end", "code"),
    [
        (DayPeriod, "2024-05-02", "2024-05-01", "value.period-reversed"),
        (DayPeriod, "x", None, "value.day-malformed"),
        (DayPeriod, None, 3, "value.day-malformed"),
        (Interval, "2024-05-06T08:00:00Z", "2024-05-06T08:00:00Z", "value.interval-empty"),
        (Interval, "2024-05-06T08:00:00Z", "2024-05-06T07:00:00Z", "value.interval-empty"),
        (Interval, "2024-05-06T08:00:00", "2024-05-06T09:00:00Z", "value.instant-malformed"),
        (Interval, "2024-05-06T08:00:00Z", None, "value.instant-malformed"),
    ],
)
def test_what_cannot_be_a_span_is_refused(kind, start, end, code):
    """Reversed, empty, or with ends that are none."""
    with pytest.raises(InvalidValueError) as caught:
        kind(start, end)
    assert caught.value.code == code


def test_an_interval_leaves_its_end_out():
    """So that intervals which touch share no instant."""
    assert instant("2024-05-06T08:00:00Z") in MORNING
    assert instant("2024-05-06T12:00:00Z") not in MORNING
    noon = Interval("2024-05-06T12:00:00Z", "2024-05-06T13:00:00Z")
    assert not MORNING.overlaps(noon)
    assert not noon.overlaps(MORNING)
    assert MORNING.overlaps(Interval("2024-05-06T11:59:59Z", "2024-05-06T13:00:00Z"))
    assert MORNING.duration == timedelta(hours=4)
