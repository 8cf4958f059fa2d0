"""Shortages draw on other periods by the rule that is named."""

from __future__ import annotations

from decimal import Decimal

import pytest

from orderlib.errors import InvalidValueError
from orderlib.supply.consume import (
    ACCUMULATED,
    BACKWARD,
    BACKWARD_ACCUMULATED,
    BY_PERIOD,
    TWO_WAYS_ACCUMULATED,
    AtpRule,
    atp_figures,
    free_figures,
)

SUPPLY = (6, 4, 2, 4, 8, 4, 4, 4)
DEMAND = (6, 2, 3, 6, 6, 1, 2, 2)


@pytest.mark.parametrize(
    ("rule", "figures"),
    [
        (BY_PERIOD, (0, 2, -1, -2, 2, 3, 2, 2)),
        (BACKWARD, (0, 0, 0, -1, 2, 3, 2, 2)),
        (ACCUMULATED, (0, 2, -1, -2, 4, 7, 9, 11)),
        (BACKWARD_ACCUMULATED, (0, 0, 0, -1, 2, 5, 7, 9)),
        (TWO_WAYS_ACCUMULATED, (0, 0, 0, 0, 1, 4, 6, 8)),
        (AtpRule("forward", backward=False, forward=True, accumulate=False), (0, 2, 0, 0, 0, 2, 2, 2)),
    ],
    ids=lambda each: each.name if isinstance(each, AtpRule) else "",
)
def test_the_worked_table_comes_out_by_every_rule(rule, figures):
    """Eight periods, one table, six rules."""
    assert atp_figures(SUPPLY, DEMAND, rule) == figures


def test_the_default_rule_takes_from_earlier_periods_and_carries_over():
    """What nobody named is backward and accumulated, and carries no shortage on."""
    assert atp_figures(SUPPLY, DEMAND) == atp_figures(SUPPLY, DEMAND, BACKWARD_ACCUMULATED)


def test_the_nearest_surplus_is_taken_first():
    """Period 4 takes what period 3 has before it touches period 1."""
    assert free_figures([Decimal(5), Decimal(0), Decimal(2), Decimal(-3)], BACKWARD) == [4, 0, 0, 0]


def test_later_surplus_serves_the_earliest_shortage():
    """With forward consumption the first who is short is helped first."""
    assert free_figures([Decimal(-2), Decimal(-2), Decimal(3)], TWO_WAYS_ACCUMULATED) == [0, -1, 0]


def test_figures_of_unequal_number_are_refused():
    """A period has a supply and a demand."""
    with pytest.raises(InvalidValueError) as caught:
        atp_figures([1, 2], [1])
    assert caught.value.code == "supply.figures"


@pytest.mark.parametrize(("supply", "address"), [([1, "x"], "/supply/1"), ([1, 2.5], "/supply/1")])
def test_a_figure_that_is_no_number_is_named(supply, address):
    """With the period in which it stands."""
    with pytest.raises(InvalidValueError) as caught:
        atp_figures(supply, [0, 0])
    assert caught.value.findings[0].address == address


def test_a_rule_counts_what_it_names():
    """Kinds come as codes, and an unknown one is refused at its place."""
    assert AtpRule("stock only", supplies=["stock"]).supplies == {"stock"}
    for name in ("supplies", "demands"):
        with pytest.raises(InvalidValueError) as caught:
            AtpRule("odd", **{name: ["hearsay"]})
        assert (caught.value.code, caught.value.findings[0].address) == ("code.unknown", f"/{name}")
