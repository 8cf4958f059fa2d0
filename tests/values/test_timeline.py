"""Spans are merged, cut and removed; the staircase over them goes both ways."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from orderlib.values._timeline import common, merged, staircase, without, year_span
from orderlib.values.instant import format_instant, from_naive_utc

HOUR = timedelta(hours=1)


def at(hour: float) -> datetime:
    """An hour of one day."""
    return datetime(2024, 5, 6) + hour * HOUR  # noqa: DTZ001 - spans have no zone


def spans(*hours: tuple[float, float]) -> list[tuple[datetime, datetime]]:
    """Spans by their hours."""
    return [(at(start), at(end)) for start, end in hours]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([], []),
        ([(3, 4), (1, 2)], [(1, 2), (3, 4)]),
        ([(1, 2), (2, 3)], [(1, 3)]),
        ([(1, 5), (2, 3)], [(1, 5)]),
        ([(1, 3), (2, 5)], [(1, 5)]),
        ([(1, 1), (2, 3)], [(2, 3)]),
    ],
)
def test_merging_keeps_the_time(given, expected):
    """In order, apart, without what is empty."""
    assert merged(spans(*given)) == spans(*expected)


def test_common_time_lies_in_both():
    """Touching ends share nothing."""
    one, other = spans((1, 4), (6, 9)), spans((0, 1), (2, 7), (8, 12))
    assert common(one, other) == common(other, one) == spans((2, 4), (6, 7), (8, 9))


def test_removed_time_is_gone():
    """Whatever order and overlap it has."""
    assert without(spans((1, 4), (6, 9)), spans((8, 20), (3, 7), (5, 6))) == spans((1, 3), (7, 8))
    assert without(spans((1, 4)), []) == spans((1, 4))


def test_a_staircase_goes_both_ways():
    """From instants to time worked, and back to the first and the last instant of it."""
    steps = staircase(spans((8, 12), (13, 17)))
    worked = {7: 0, 8: 0, 9: 1, 12: 4, 12.5: 4, 13: 4, 14: 5, 17: 8, 20: 8}
    assert {hour: steps.worked(from_naive_utc(at(hour))) / HOUR for hour in worked} == worked
    assert format_instant(steps.earliest(4 * HOUR)) == "2024-05-06T12:00:00Z"
    assert format_instant(steps.latest(4 * HOUR)) == "2024-05-06T13:00:00Z"
    assert [steps.working_at(from_naive_utc(at(hour))) for hour in (7, 8, 12, 13, 17)] == [
        False,
        True,
        False,
        True,
        False,
    ]
    assert steps.spans() == spans((8, 12), (13, 17))
    assert steps.total == 8 * HOUR


def test_years_meet_and_the_last_one_ends_with_time():
    """No moment between two years; year 9999 has no end but the last microsecond."""
    assert year_span(2024)[1] == year_span(2025)[0]
    assert year_span(9999)[1] == datetime.max  # noqa: DTZ901 - spans have no zone
