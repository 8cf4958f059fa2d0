"""What holds for quantities whatever the values: conversions go there and back, shares sum, order does not matter."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from orderlib.errors import InvalidValueError, known_codes
from orderlib.values.quantity import Conversion, Quantity, conversion_factor, sum_quantities
from orderlib.values.rounding import ROUNDINGS
from orderlib.values.unit import Dimension, UnitRounding, convertible_units, unit, unit_codes


def attempt(make):
    """What is made, and the refusal if there is one."""
    try:
        return make(), None
    except InvalidValueError as refusal:
        return None, refusal


values = st.decimals(-(10**6), 10**6, places=3).map(lambda value: value + 0)
kilograms = st.builds(Quantity, values, st.just("KGM"))
codes = st.sampled_from(sorted(unit_codes()))
convertible = sorted(convertible_units())
rules = st.sampled_from(list(ROUNDINGS.values()))
packages = ["XAA", "XAB", "XAC", "XBX", "XPX", "H87"]


@given(values, codes)
def test_what_is_written_is_read_again(value, code):
    """A quantity survives its text and its repr; equal ones are written alike."""
    quantity = Quantity(value, code)
    text, written = str(quantity).split()
    assert quantity == Quantity(text, written) == eval(repr(quantity))
    assert str(Quantity(Decimal(text) * 1, code)) == str(quantity)
    assert "E" not in text


@given(kilograms, kilograms, kilograms)
def test_addition_is_that_of_numbers(one, two, three):
    """Associative, commutative, with an inverse and a zero."""
    assert (one + two) + three == one + (two + three)
    assert one + two == two + one
    assert one + two - two == one
    assert one - one == Quantity.zero("KGM")
    assert str(one - one) == "0 KGM"
    assert (one + two).value == one.value + two.value


@given(st.lists(kilograms, max_size=15), st.randoms(use_true_random=False))
def test_a_sum_does_not_depend_on_the_order(terms, chance):
    """However the deliveries stand, the total is the same, to its last digit."""
    shuffled = terms.copy()
    chance.shuffle(shuffled)
    assert repr(sum_quantities(terms, "KGM")) == repr(sum_quantities(shuffled, "KGM"))


@given(values, st.data())
def test_a_conversion_goes_there_and_back(value, data):
    """Exactly, wherever the way there is a decimal at all."""
    source = data.draw(st.sampled_from(convertible))
    dimension = unit(source).dimension
    target = data.draw(st.sampled_from([code for code in convertible if unit(code).dimension is dimension]))
    assert conversion_factor(source, target) * conversion_factor(target, source) == 1
    quantity = Quantity(value, source)
    there, refusal = attempt(lambda: quantity.convert(target))
    if refusal is None:
        assert there.convert(source) == quantity
        assert Fraction(there.value) * unit(target).factor == Fraction(value) * unit(source).factor
    else:
        assert refusal.code in {"quantity.inexact", "quantity.out-of-bounds"}


@given(
    st.lists(st.fractions("1/12", 50, max_denominator=12), min_size=5, max_size=5), st.randoms(use_true_random=False)
)
def test_chains_do_not_depend_on_the_order(factors, chance):
    """A chain of packages converts end to end by the product of its steps."""
    chain = [Conversion(*step) for step in zip(packages, packages[1:], factors, strict=False)]
    product = Fraction(1)
    for factor in factors:
        product *= factor
    chance.shuffle(chain)
    assert conversion_factor(packages[0], packages[-1], chain) == product
    assert conversion_factor(packages[-1], packages[0], chain) == 1 / product


@given(st.sampled_from(list(Dimension)), st.sampled_from(list(Dimension)))
def test_dimensions_do_not_mix(one, two):
    """No table leads from kilograms to metres."""
    of = {known.dimension: known.code for known in convertible_units().values()}
    factor, refusal = attempt(lambda: conversion_factor(of[one], of[two]))
    assert (factor == 1) == (one is two)
    assert (refusal is not None and refusal.code == "conversion.missing") == (one is not two)


@given(values, codes, st.lists(st.integers(0, 100), min_size=1, max_size=9).filter(any))
def test_shares_sum_to_the_whole(value, code, weights):
    """In every unit."""
    quantity = Quantity(value, code)
    shares = quantity.allocate(weights)
    assert sum_quantities(shares, code) == quantity
    assert (-quantity).allocate(weights) == tuple(-share for share in shares)
    assert sum_quantities(quantity.split(len(weights)), code) == quantity


@given(values, codes, rules, st.integers(0, 6))
def test_rounding_is_near_and_idempotent(value, code, rule, digits):
    """Less than one unit of the last digit away, and then it stays."""
    by = UnitRounding(digits=digits)
    quantity = Quantity(value, code)
    rounded = quantity.rounded(rule, digits=by)
    assert abs(rounded - quantity).value < Decimal(10) ** -by(code)
    assert rounded.rounded(rule, digits=by) == rounded


@given(
    st.none() | st.booleans() | st.floats() | st.text() | st.integers() | st.decimals(),
    st.text(max_size=5) | st.none() | codes,
)
def test_any_thing_is_a_quantity_or_refused(value, code):
    """No other error comes out."""
    quantity, refusal = attempt(lambda: Quantity(value, code))
    if refusal is None:
        assert Quantity(quantity.value, quantity.unit) == quantity
    else:
        assert {finding.address for finding in refusal.findings} <= {"/value", "/unit"}
        assert all(finding.code in known_codes() for finding in refusal.findings)
