"""What is not known for certain."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest

from orderlib.errors import InvalidValueError
from orderlib.values.estimate import Delay, Estimate, Rework

HOUR = timedelta(hours=1)


def hours(*given):
    """An estimate in hours."""
    return Estimate(*(timedelta(hours=each) for each in given))


def test_three_points_make_a_mean_and_quantiles():
    """The mean of the triangle; half of its area lies below its median."""
    assert hours(2, 4, 9).expected == timedelta(hours=5)
    assert hours(0, 5, 10).within("0.5") == timedelta(hours=5)
    assert hours(2, 4, 9).within(0) == timedelta(hours=2)
    assert hours(2, 4, 9).within(1) == timedelta(hours=9)
    assert Estimate.fixed(timedelta(hours=3)).within("0.9") == timedelta(hours=3)


def test_a_triangle_is_found_again_in_what_it_gives():
    """From two thousand draws the three points come back within a few percent."""
    dice = Random(5)
    seen = [timedelta(hours=dice.triangular(10, 40, 18)) for _ in range(2000)]
    found = Estimate.fitted(seen)
    for point, true in zip((found.low, found.likely, found.high), (10, 18, 40), strict=True):
        assert abs(point / timedelta(hours=1) - true) < 1.5


def test_a_fit_leans_no_further_than_a_triangle_can():
    """One long job among many short ones: the mean stays, the peak lies at one end."""
    seen = [HOUR] * 99 + [HOUR * 20]
    found = Estimate.fitted(seen)
    assert found.low == found.likely
    assert Estimate.fitted(reversed(seen)) == found
    other = Estimate.fitted([HOUR * 20] * 99 + [HOUR])
    assert abs(other.likely - other.high) < timedelta(seconds=1)


def test_one_observation_is_taken_as_it_is():
    """What was seen once is all that is known."""
    assert Estimate.fitted([timedelta(hours=3)]) == Estimate.fixed(timedelta(hours=3))


@pytest.mark.parametrize(
    ("made", "code", "address"),
    [
        (lambda: hours(2, 1, 3), "estimate.order", ""),
        (lambda: hours(-1, 1, 3), "estimate.duration", "/low"),
        (lambda: Estimate(timedelta(0), timedelta(0), timedelta(days=99_999)), "estimate.duration", "/high"),
        (lambda: Estimate(1, timedelta(1), timedelta(1)), "value.type", "/low"),
        (lambda: Estimate.fitted([]), "estimate.no-history", "/durations"),
        (lambda: Estimate.fitted([1]), "value.type", "/durations/0"),
        (lambda: hours(1, 2, 3).within(2), "estimate.rate", "/share"),
        (lambda: Delay("1.1", hours(1, 2, 3)), "estimate.rate", "/rate"),
        (lambda: Delay(-1, hours(1, 2, 3)), "estimate.rate", "/rate"),
        (lambda: Delay(0.5, hours(1, 2, 3)), "decimal.type", "/rate"),
        (lambda: Delay("NaN", hours(1, 2, 3)), "decimal.malformed", "/rate"),
        (lambda: Delay("0.1", timedelta(1)), "value.type", "/length"),
        (lambda: Rework(2), "estimate.rate", "/rate"),
        (lambda: Rework("0.1", 2), "estimate.rate", "/share"),
        (lambda: Rework("0.1", 1, 0), "number.whole", "/most"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(made, code, address):
    """One fault, one code, one address."""
    with pytest.raises(InvalidValueError) as caught:
        made()
    assert [(each.code, each.address) for each in caught.value.findings] == [(code, address)]
