"""Targets are checked when they are set, and against each other."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from orderlib.errors import InvalidValueError, Severity
from orderlib.values.money import Money
from orderlib.values.objective import Objectives

PERCENTAGES = ("on_time", "margin", "least_margin", "risk_appetite", "over_delivery", "under_delivery")


def refusal(**targets):
    """Codes and addresses of what is wrong with the targets."""
    with pytest.raises(InvalidValueError) as caught:
        Objectives(**targets)
    return [(finding.code, finding.address) for finding in caught.value.findings]


def test_percentages_are_read_as_exact_numbers():
    """Text and whole numbers become decimals."""
    objectives = Objectives(on_time="97.5", margin=18)
    assert (objectives.on_time, objectives.margin) == (Decimal("97.5"), Decimal(18))


@pytest.mark.parametrize("name", PERCENTAGES)
@pytest.mark.parametrize("value", ["-0.1", "100.1"])
def test_a_percentage_lies_between_0_and_100(name, value):
    """The bounds themselves are percentages too."""
    assert refusal(**{name: value}) == [("objective.range", f"/{name}")]
    assert Objectives(**{name: 0}) != Objectives(**{name: 100})


def test_everything_that_is_wrong_is_named_at_once():
    """Percentages first, then times, then those of the stages."""
    found = refusal(margin=101, flexibility=-timedelta(1), stage_times={"review": -timedelta(1)})
    assert found == [
        ("objective.range", "/margin"),
        ("objective.negative", "/flexibility"),
        ("objective.negative", "/stage_times/review"),
    ]


@pytest.mark.parametrize(
    "targets",
    [
        {"cycle_time": 60},
        {"flexibility": "5 days"},
        {"clean_amount": "100"},
        {"cost_per_order": Decimal(9)},
        {"stage_times": {"review": 3}},
    ],
)
def test_a_target_has_its_type(targets):
    """A number of unknown unit is neither a time nor an amount."""
    ((code, address),) = refusal(**targets)
    assert (code, address.split("/")[1]) == ("value.type", next(iter(targets)))


def test_stages_may_take_as_long_as_the_order():
    """Targets that fit together have no findings."""
    times = {"intake": timedelta(days=1), "review": timedelta(days=2)}
    assert Objectives(stage_times=times, cycle_time=timedelta(days=3)).findings == ()
    assert Objectives(clean_amount=Money("5000", "EUR")).findings == ()


def test_stages_that_take_longer_than_the_order_are_pointed_out():
    """That is a warning: each target may be meant."""
    times = {"intake": timedelta(days=1), "review": timedelta(days=2)}
    (finding,) = Objectives(stage_times=times, cycle_time=timedelta(days=2)).findings
    assert (finding.code, finding.severity) == ("objective.stages-exceed-order", Severity.WARNING)
    assert dict(finding.evidence) == {"stages": "3 days, 0:00:00", "order": "2 days, 0:00:00"}
