"""Sharing out by largest remainders."""

from __future__ import annotations

from fractions import Fraction
from itertools import count

import pytest

from orderlib.errors import InvalidValueError
from orderlib.values.allocation import MAX_PARTS, apportion, split_evenly


@pytest.mark.parametrize(
    ("total", "weights", "shares"),
    [
        (100, [1, 1, 1], [34, 33, 33]),
        (101, [1, 1, 1], [34, 34, 33]),
        (5, [3, 7], [2, 3]),
        (-5, [7, 3], [-4, -1]),
        (1, ["0.33", "0.66"], [0, 1]),
        (10, (1, 2, 1), [3, 5, 2]),
        (7, [0, 5, 0], [0, 7, 0]),
        (0, [1, 2], [0, 0]),
        (10, [Fraction(1, 3), Fraction(2, 3), 1], [2, 3, 5]),
        (3, iter([1, 1]), [2, 1]),
    ],
)
def test_what_is_left_over_goes_where_most_was_lost(total, weights, shares):
    """The earlier share wins a tie; a negative total is mirrored."""
    assert apportion(total, weights) == shares


@pytest.mark.parametrize(
    ("weights", "address", "code"),
    [
        ([], "/weights", "allocation.weights"),
        ([0, 0], "/weights", "allocation.weights"),
        ([1, -1, 5], "/weights", "allocation.weights"),
        (["1", "-0.5"], "/weights", "allocation.weights"),
        (7, "/weights", "allocation.weights"),
        (count(1), "/weights", "allocation.weights"),
        ([1] * (MAX_PARTS + 1), "/weights", "allocation.weights"),
        ([2**1024], "/weights", "allocation.weights"),
        ([Fraction(1, 2**250 + n) for n in range(0, 20, 2)], "/weights", "allocation.weights"),
        ([1, 2.5], "/weights/1", "decimal.type"),
        ([True, 1], "/weights/0", "decimal.type"),
        (["x"], "/weights/0", "decimal.malformed"),
    ],
)
def test_weights_that_mean_nothing_are_refused(weights, address, code):
    """Each refusal says which."""
    with pytest.raises(InvalidValueError) as refusal:
        apportion(10, weights)
    assert (refusal.value.code, refusal.value.findings[0].address) == (code, address)


@pytest.mark.parametrize(
    ("total", "parts", "shares"), [(15, 2, [8, 7]), (-15, 2, [-8, -7]), (2, 3, [1, 1, 0]), (6, 1, [6])]
)
def test_an_even_split_gives_the_rest_to_the_first(total, parts, shares):
    """The same as equal weights."""
    assert split_evenly(total, parts) == shares == apportion(total, [1] * parts)


@pytest.mark.parametrize("parts", [0, -1, MAX_PARTS + 1, 2.0, True, "2", None])
def test_a_number_of_parts_is_bounded(parts):
    """At least one, and not more than anybody needs."""
    with pytest.raises(InvalidValueError) as refusal:
        split_evenly(10, parts)
    assert (refusal.value.code, refusal.value.findings[0].address) == ("allocation.parts", "/parts")
