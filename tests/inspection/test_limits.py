"""Limit numbers for reduced inspection."""

from __future__ import annotations

import pytest

from orderlib.errors import InvalidValueError
from orderlib.inspection.limits import least_units, limit_number


@pytest.mark.parametrize(
    ("units", "aql", "limit"),
    [
        (19, "1000", None),
        (20, "1000", 181),
        (200, "1.0", 0),
        (500, "1.0", 2),
        (799, "1.0", 2),
        (800, "1.0", 4),
        (1300, "2.5", 24),
        (199, "1.0", None),
        (130, "10", 7),
        (40, "650", 178),
        (31_500, "0.010", 0),
    ],
)
def test_numbers_of_the_table(units, aql, limit):
    """The row in which the units fall, the column of the limit; nothing where they are too few."""
    assert limit_number(units, aql) == limit


def test_below_its_end_a_column_goes_on():
    """The last number stands for all larger sums."""
    assert limit_number(10**9, "1000") == limit_number(49, "1000") == 277


def test_where_the_numbers_begin():
    """The first row that has one."""
    for aql in ("0.010", "1.0", "6.5", "1000"):
        first = least_units(aql)
        assert limit_number(first, aql) is not None
        assert limit_number(first - 1, aql) is None


@pytest.mark.parametrize("units", [-1, 2.5, "100"])
def test_units_are_counted(units):
    """Whole, and not below zero."""
    with pytest.raises(InvalidValueError) as caught:
        limit_number(units, "1.0")
    assert caught.value.findings[0].address == "/units"
