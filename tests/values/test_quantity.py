"""Quantities of one unit, and what converts them."""

from __future__ import annotations

import copy
import pickle
from decimal import Decimal, localcontext
from fractions import Fraction

import attrs
import pytest

from orderlib.errors import InvalidValueError, PolicyError
from orderlib.values.quantity import Conversion, Quantity, conversion_factor, sum_quantities
from orderlib.values.rounding import DOWN, HALF_UP, UP
from orderlib.values.unit import UnitRounding

sack = Quantity("12.50", "KGM")
BOX = Conversion("XBX", "H87", 12)
PALLET = Conversion("XPX", "XBX", 40)


@pytest.mark.parametrize(
    ("value", "unit", "text", "source"),
    [
        ("12.50", "KGM", "12.5 KGM", "Quantity('12.5', 'KGM')"),
        (100, "C62", "100 C62", "Quantity('100', 'C62')"),
        (Decimal("1E+2"), "H87", "100 H87", "Quantity('100', 'H87')"),
        ("-3", "XBX", "-3 XBX", "Quantity('-3', 'XBX')"),
    ],
)
def test_a_quantity_is_a_canonical_number_of_a_unit(value, unit, text, source):
    """Equal quantities are written alike."""
    quantity = Quantity(value, unit)
    assert (str(quantity), repr(quantity)) == (text, source)
    assert eval(source) == quantity
    assert Quantity(7).unit == "C62"


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (1.5, "KGM", {("decimal.type", "/value")}),
        ("1e3", "KGM", {("decimal.malformed", "/value")}),
        (10**15, "KGM", {("quantity.out-of-bounds", "/value")}),
        (-(10**15), "KGM", {("quantity.out-of-bounds", "/value")}),
        (1, "QQQ", {("unit.unknown", "/unit")}),
        (10**15, "???", {("quantity.out-of-bounds", "/value"), ("unit.malformed", "/unit")}),
        ("-0", None, {("decimal.minus-zero", "/value"), ("unit.malformed", "/unit")}),
    ],
)
def test_a_bad_quantity_is_refused_with_every_fault(value, unit, expected):
    """Each fault has its code and its address."""
    with pytest.raises(InvalidValueError) as refusal:
        Quantity(value, unit)
    assert {(finding.code, finding.address) for finding in refusal.value.findings} == expected


def test_arithmetic_is_exact():
    """Sum, difference, sign, products; and no minus zero out of any of them."""
    assert sack + Quantity("0.5", "KGM") == Quantity(13, "KGM")
    assert str(sack + sack) == "25 KGM"
    assert sack - Quantity(20, "KGM") == Quantity("-7.5", "KGM")
    assert Quantity("-12.5", "KGM") == -sack
    assert abs(-sack) == +sack == sack
    assert sack * 3 == 3 * sack == Quantity("37.5", "KGM")
    assert sack.times(Fraction(1, 5)) == Quantity("2.5", "KGM")
    assert sack.share_of(Quantity(50, "KGM")) == Fraction(1, 4)
    assert [str(zero) for zero in (Quantity(0) * -1, -Quantity(0), sack - sack)] == ["0 C62", "0 C62", "0 KGM"]
    assert not Quantity.zero("KGM")
    assert sack


def test_the_ambient_context_does_not_matter():
    """A caller that computes with three digits gets all of ours."""
    with localcontext() as context:
        context.prec = 3
        total = Quantity("1234.5678") + Quantity("0.0001")
    assert total.value == Decimal("1234.5679")


OPERATIONS = [
    lambda left, right: left + right,
    lambda left, right: left - right,
    lambda left, right: left < right,
    lambda left, right: left <= right,
    lambda left, right: left > right,
    lambda left, right: left >= right,
    lambda left, right: left.share_of(right),
]


@pytest.mark.parametrize("operation", OPERATIONS)
def test_two_units_do_not_mix(operation):
    """Not even grams and kilograms: a conversion is asked for by name."""
    with pytest.raises(InvalidValueError, match=r"quantity.unit-mismatch.*KGM and GRM"):
        operation(sack, Quantity(1, "GRM"))


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_quantity_combines_with_a_quantity_only(operation):
    """A number has no unit."""
    with pytest.raises(InvalidValueError, match=r"quantity.not-quantity"):
        operation(sack, 1)


def test_a_number_in_front_changes_nothing():
    """Nor does the order help."""
    for attempt in (lambda: 1 + sack, lambda: 1 - sack):
        with pytest.raises(InvalidValueError, match=r"quantity.not-quantity"):
            attempt()


def test_products_are_checked():
    """Factors are integers, or exact, and results within bounds."""
    for attempt, code in (
        (lambda: sack * 1.5, "quantity.not-integer"),
        (lambda: sack * True, "quantity.not-integer"),
        (lambda: sack * 10**30, "decimal.too-long"),
        (lambda: sack * 10**15, "quantity.out-of-bounds"),
        (lambda: Quantity(1).times(Fraction(1, 3)), "decimal.too-fine"),
        (lambda: Quantity(10**14).times(10), "quantity.out-of-bounds"),
        (lambda: Quantity(5 * 10**14) + Quantity(5 * 10**14), "quantity.out-of-bounds"),
        (lambda: sack.share_of(Quantity.zero("KGM")), "quantity.zero-whole"),
    ):
        with pytest.raises(InvalidValueError, match=code):
            attempt()


def test_comparison_is_by_value_and_equality_by_both():
    """Equal numbers of two units are two things."""
    more = Quantity(13, "KGM")
    assert sack < more
    assert sack <= more
    assert more > sack
    assert more >= sack
    assert max(sack, more) is more
    assert Quantity(1, "KGM") != Quantity(1, "GRM")
    assert Quantity(1) != 1
    assert len({sack, Quantity("12.5", "KGM"), Quantity("12.5", "GRM")}) == 2


@pytest.mark.parametrize(
    ("quantity", "target", "expected"),
    [
        (sack, "GRM", "12500"),
        (sack, "TNE", "0.0125"),
        (Quantity(1, "LBR"), "KGM", "0.45359237"),
        (Quantity(6, "H87"), "XBX", "0.5"),
        (Quantity(1, "XPX"), "H87", "480"),
        (Quantity(3, "GRO"), "DZN", "36"),
        (Quantity(2, "ANN"), "MON", "24"),
        (sack, "KGM", "12.5"),
    ],
)
def test_conversions_are_exact(quantity, target, expected):
    """By the table, or by what is declared, in chains and both ways."""
    assert (
        quantity.convert(target, [PALLET, BOX]) == quantity.convert(target, [BOX, PALLET]) == Quantity(expected, target)
    )


@pytest.mark.parametrize(
    ("quantity", "target", "conversions", "code"),
    [
        (Quantity(1, "H87"), "XBX", [BOX], "quantity.inexact"),
        (Quantity(1, "KGM"), "MTR", [], "conversion.missing"),
        (Quantity(1, "H87"), "C62", [], "conversion.missing"),
        (Quantity(1, "MON"), "DAY", [], "conversion.missing"),
        (Quantity(1, "XBX"), "H87", [BOX, Conversion("H87", "XBX", 12)], "conversion.contradiction"),
        (Quantity(1, "DZN"), "C62", [Conversion("DZN", "C62", 13)], "conversion.contradiction"),
        (Quantity(1, "DZN"), "DZN", [Conversion("DZN", "C62", 13)], "conversion.contradiction"),
        (Quantity(10**14, "KTN"), "GRM", [], "quantity.out-of-bounds"),
        (Quantity(1, "KGM"), "QQQ", [], "unit.unknown"),
    ],
)
def test_a_conversion_that_is_not_exact_is_refused(quantity, target, conversions, code):
    """Nothing is guessed."""
    with pytest.raises(InvalidValueError, match=code):
        quantity.convert(target, conversions)


def test_a_conversion_rounds_on_request():
    """By a rule that has a name, to the digits of the target's unit."""
    assert Quantity(13, "H87").convert("XBX", [BOX], rule=UP) == Quantity(2, "XBX")
    assert Quantity(13, "H87").convert("XBX", [BOX], rule=DOWN) == Quantity(1, "XBX")
    assert sack.convert("LBR", rule=HALF_UP) == Quantity("27.558", "LBR")
    assert sack.convert("LBR", rule=HALF_UP, digits=UnitRounding(digits=1)) == Quantity("27.6", "LBR")


def test_two_ways_that_agree_are_no_contradiction():
    """A circle may close."""
    circle = [BOX, Conversion("XPX", "H87", 480), PALLET]
    assert conversion_factor("XPX", "XBX", circle) == 40
    assert conversion_factor("KGM", "KGM") == 1


@pytest.mark.parametrize(
    ("fields", "code", "address"),
    [
        (("XBX", "H87", 0), "conversion.malformed", "/factor"),
        (("XBX", "H87", "-1"), "conversion.malformed", "/factor"),
        (("XBX", "H87", 1.5), "decimal.type", "/factor"),
        (("XBX", "XBX", 1), "conversion.malformed", "/to_unit"),
        (("QQQ", "H87", 1), "unit.unknown", "/from_unit"),
        (("XBX", "", 1), "unit.malformed", "/to_unit"),
    ],
)
def test_a_conversion_is_checked(fields, code, address):
    """Two units and a factor above zero."""
    with pytest.raises(InvalidValueError) as refusal:
        Conversion(*fields)
    assert (refusal.value.code, refusal.value.findings[0].address) == (code, address)
    assert Conversion("XBX", "H87", "1.5").factor == Fraction(3, 2)


def test_rounding_goes_by_the_unit():
    """Pieces are whole, kilograms have three digits."""
    assert Quantity("1.5", "H87").rounded() == Quantity(2, "H87")
    assert Quantity("1.23456", "KGM").rounded(DOWN) == Quantity("1.234", "KGM")
    assert Quantity("1.23456", "KGM").rounded(digits=lambda _: 1) == Quantity("1.2", "KGM")


@pytest.mark.parametrize("digits", [-1, 13, 1.5, None, "2"])
def test_a_rule_for_digits_is_watched(digits):
    """One that means nothing is named as the fault."""
    with pytest.raises(PolicyError, match=r"quantity.digits"):
        sack.rounded(digits=lambda _: digits)


def test_shares_sum_to_the_whole():
    """In whole pieces, in the unit's digits, or as fine as the quantity itself."""
    assert [str(share.value) for share in Quantity(10, "H87").allocate([1, 1, 1])] == ["4", "3", "3"]
    assert [str(share.value) for share in Quantity(1, "KGM").split(3)] == ["0.334", "0.333", "0.333"]
    assert [str(share.value) for share in Quantity("0.5", "H87").split(2)] == ["0.3", "0.2"]
    assert [str(share.value) for share in Quantity(1, "KGM").split(3, digits=lambda _: 1)] == ["0.4", "0.3", "0.3"]
    with pytest.raises(InvalidValueError, match=r"allocation.weights"):
        sack.allocate([])


def test_a_sum_has_a_unit_even_of_nothing():
    """And refuses what is of another."""
    assert sum_quantities([], "KGM") == Quantity.zero("KGM")
    assert sum_quantities((sack for _ in range(4)), "KGM") == Quantity(50, "KGM")
    with pytest.raises(InvalidValueError, match=r"quantity.unit-mismatch"):
        sum_quantities([sack])
    with pytest.raises(InvalidValueError, match=r"quantity.not-quantity"):
        sum_quantities([1])


def test_a_quantity_cannot_be_changed():
    """Also one that came out of arithmetic."""
    for quantity in (sack, sack + sack):
        assert type(quantity) is Quantity
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            quantity.value = Decimal(1)
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            del quantity.unit


def test_a_quantity_travels():
    """Pickled, copied, evolved."""
    for quantity in (sack, sack + sack):
        assert pickle.loads(pickle.dumps(quantity)) == copy.deepcopy(quantity) == quantity
    assert attrs.evolve(sack, unit="GRM") == Quantity("12.5", "GRM")
