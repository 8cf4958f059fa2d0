"""Rounding by rules that have names."""

from __future__ import annotations

import copy
import pickle

import pytest

from orderlib.errors import InvalidValueError, PolicyError
from orderlib.values.rounding import HALF_DOWN, HALF_UP, ROUNDINGS, Rounding, RoundingScope, ToStep, rounded

TIES = [-15, -5, 5, 15, 25]  # tenths: -1.5, -0.5, 0.5, 1.5, 2.5


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("HALF_UP", [-2, -1, 1, 2, 3]),
        ("HALF_DOWN", [-1, 0, 0, 1, 2]),
        ("HALF_EVEN", [-2, 0, 0, 2, 2]),
        ("HALF_ODD", [-1, -1, 1, 1, 3]),
        ("HALF_CEILING", [-1, 0, 1, 2, 3]),
        ("HALF_FLOOR", [-2, -1, 0, 1, 2]),
        ("UP", [-2, -1, 1, 2, 3]),
        ("DOWN", [-1, 0, 0, 1, 2]),
        ("CEILING", [-1, 0, 1, 2, 3]),
        ("FLOOR", [-2, -1, 0, 1, 2]),
    ],
)
def test_each_rule_breaks_ties_its_own_way(name, expected):
    """Halves are where the rules differ."""
    assert [ROUNDINGS[name](tenths, 10) for tenths in TIES] == expected


@pytest.mark.parametrize("name", sorted(name for name in ROUNDINGS if name.startswith("HALF")))
def test_what_is_no_tie_goes_to_the_nearest(name):
    """All rules of the half agree on everything but halves."""
    rule = ROUNDINGS[name]
    assert [rule(hundredths, 100) for hundredths in (-151, -149, -51, -49, 49, 51, 149, 151)] == [
        -2,
        -1,
        -1,
        0,
        0,
        1,
        1,
        2,
    ]


@pytest.mark.parametrize(
    ("name", "expected"), [("UP", (2, -2)), ("DOWN", (1, -1)), ("CEILING", (2, -1)), ("FLOOR", (1, -2))]
)
def test_directed_rules_look_at_the_rest_only(name, expected):
    """However small the rest, it decides; without one nothing moves."""
    rule = ROUNDINGS[name]
    assert (rule(1001, 1000), rule(-1001, 1000)) == expected
    assert (rule(3), rule(-3), rule(0)) == (3, -3, 0)


def test_a_rule_is_known_by_its_name():
    """It prints, pickles and copies as itself."""
    assert repr(HALF_UP) == "HALF_UP"
    assert pickle.loads(pickle.dumps(HALF_UP)) is HALF_UP
    assert copy.deepcopy(HALF_UP) is HALF_UP
    assert HALF_UP != HALF_DOWN
    assert Rounding("HALF_UP", HALF_DOWN._integer) == HALF_UP
    assert {rule.version for rule in ROUNDINGS.values()} == {"1"}
    assert all(name == rule.name for name, rule in ROUNDINGS.items())


@pytest.mark.parametrize("ratio", [(1, 0), (1, -2), (1.5, 1), (1, 2.0), (True, 1), ("1", 1)])
def test_a_rule_refuses_what_is_no_ratio(ratio):
    """Two integers, the lower above zero."""
    with pytest.raises(InvalidValueError, match=r"rounding.ratio"):
        HALF_UP(*ratio)


def test_a_step_is_rounded_to_its_multiples():
    """0.05 CHF are five minor units."""
    cash = ToStep(5)
    assert [cash(minor) for minor in (1231, 1232, 1233, 1237, 1238, -1233)] == [1230, 1230, 1235, 1235, 1240, -1235]
    assert ToStep(5, HALF_DOWN)(25, 10) == 0
    assert ToStep(5)(25, 10) == 5


@pytest.mark.parametrize("step", [0, -5, 1.5, True, "5", 10**18])
def test_a_step_is_a_positive_integer(step):
    """Nothing else is a step."""
    with pytest.raises(InvalidValueError) as refusal:
        ToStep(step)
    assert (refusal.value.code, refusal.value.findings[0].address) == ("rounding.step", "/step")


def test_a_rule_of_the_application_is_watched():
    """One that gives no integer, or raises, is named in the error."""

    def careless(numerator, denominator, /):
        return numerator / denominator

    def broken(numerator, denominator, /):
        raise KeyError(numerator)

    assert rounded(lambda n, d: n // d, 7, 2) == 3
    with pytest.raises(PolicyError, match=r"rounding.not-integer.*careless gave float"):
        rounded(careless, 7, 2)
    with pytest.raises(PolicyError, match=r"rounding.failed.*broken raised KeyError"):
        rounded(broken, 7, 2)
    with pytest.raises(InvalidValueError, match=r"rounding.ratio"):
        rounded(HALF_UP, 1, 0)


def test_the_scope_is_line_or_document():
    """Where a document rounds."""
    assert [scope.value for scope in RoundingScope] == ["line", "document"]
