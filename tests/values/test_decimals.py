"""Numbers at the door."""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction

import pytest

from orderlib.errors import InvalidValueError
from orderlib.values.decimals import canonical, decimal, excerpt, from_ratio, ratio


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("12.50", "12.5"),
        ("-0.10", "-0.1"),
        ("007", "7"),
        ("100", "100"),
        ("0", "0"),
        ("0.00", "0"),
        ("1.0000000000000000", "1"),
        (12, "12"),
        (-3, "-3"),
        (Decimal("1E+2"), "100"),
        (Decimal("12.500"), "12.5"),
        (Decimal("0E+9999"), "0"),
        ("9" * 28, "9" * 28),
    ],
)
def test_what_is_read_is_canonical(given, read):
    """Equal numbers come out written alike: no exponent, no zeros at the end."""
    assert str(decimal(given)) == read


@pytest.mark.parametrize(
    ("given", "code"),
    [
        *(
            (text, "decimal.malformed")
            for text in ("", " ", "+1", "1.", ".5", "1e5", "1_0", "1,5", "1 ", "1\n", "\u0661")
        ),
        *((text, "decimal.malformed") for text in ("NaN", "inf", "--1", "1.2.3", "0x1", "\uff11", "1\x00", "-")),
        *((text, "decimal.minus-zero") for text in ("-0", "-0.00", Decimal("-0"), Decimal("-0E-5"))),
        *((text, "decimal.too-long") for text in ("1" * 29, "0.0000" + "1" * 25, "x" * 100_000, 10**28, -(10**28))),
        *(
            (number, "decimal.too-long")
            for number in (Decimal("1E28"), Decimal("1" * 97), Decimal("1." + "1" * 100), Decimal("1" * 29))
        ),
        *((number, "decimal.too-long") for number in (Decimal("1e1000000"), Decimal("1" * 20 + "." + "1" * 10))),
        *((number, "decimal.too-fine") for number in ("0.0000000000001", Decimal("1e-13"), Decimal("1.0000000000001"))),
        *((number, "decimal.too-fine") for number in (Decimal("1e-1000000"),)),
        *((number, "decimal.not-finite") for number in (Decimal("NaN"), Decimal("sNaN12"), Decimal("-Infinity"))),
        *((thing, "decimal.type") for thing in (1.5, True, None, b"1", [1], {}, object(), 1j, Fraction(1, 2))),
    ],
)
def test_everything_else_is_refused_with_its_code_and_address(given, code):
    """A refusal names one stable code and the address that the caller gave."""
    with pytest.raises(InvalidValueError) as refusal:
        decimal(given, address="/lines/3/price")
    (finding,) = refusal.value.findings
    assert (finding.code, finding.address) == (code, "/lines/3/price")


def test_a_subclass_is_not_taken_for_its_parent():
    """What a subclass of str, int or Decimal answers is anybody's guess."""

    class Text(str):
        __slots__ = ()

    class Whole(int):
        pass

    class Number(Decimal):
        pass

    for thing in (Text("1"), Whole(1), Number("1")):
        with pytest.raises(InvalidValueError, match=r"decimal.type"):
            decimal(thing)


def test_the_bounds_are_the_readers():
    """A reader may ask for fewer digits."""
    assert decimal("12.34", max_digits=4, max_scale=2) == Decimal("12.34")
    with pytest.raises(InvalidValueError, match="more than 3 digits"):
        decimal("12.34", max_digits=3)
    with pytest.raises(InvalidValueError, match="more than 1 digits behind"):
        decimal("12.34", max_scale=1)


def test_the_ambient_context_does_not_matter():
    """A caller that computes with three digits gets all of ours."""
    with localcontext() as context:
        context.prec = 3
        assert decimal(Decimal("1234567.891")) == Decimal("1234567.891")
        assert canonical(Decimal("1234567.8900")) == Decimal("1234567.89")


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("1.50", (3, 2)),
        (7, (7, 1)),
        (Fraction(-2, 6), (-1, 3)),
        (Decimal("-0.25"), (-1, 4)),
        ("0." + "0" * 19 + "1", (1, 10**20)),
    ],
)
def test_a_ratio_is_exact(given, read):
    """Numbers and fractions become numerator and positive denominator."""
    assert ratio(given) == read


def test_a_ratio_is_bounded():
    """A fraction of many digits, or of a class of its own, is refused as a number is."""

    class Odd(Fraction):
        pass

    for thing, code in ((Fraction(1, 2**300), "decimal.too-long"), (Odd(1, 2), "decimal.type"), (0.5, "decimal.type")):
        with pytest.raises(InvalidValueError) as refusal:
            ratio(thing, address="/factor")
        assert (refusal.value.code, refusal.value.findings[0].address) == (code, "/factor")


def test_from_ratio_is_exact_or_refused():
    """A third is no decimal; an eighth is, if its digits are within bounds."""
    assert from_ratio(1, 8) == Decimal("0.125")
    assert str(from_ratio(300, 3)) == "100"
    with pytest.raises(InvalidValueError, match=r"decimal.too-fine"):
        from_ratio(1, 3)
    with pytest.raises(InvalidValueError, match=r"decimal.too-long"):
        from_ratio(10**28, 1)
    with pytest.raises(InvalidValueError, match=r"decimal.too-long"):
        from_ratio(10**28 + 1, 10)


def test_zero_has_no_sign_and_no_scale():
    """Minus zero out of a product is zero."""
    assert str(canonical(Decimal("-0.00"))) == "0"


def test_an_excerpt_is_short_and_harmless():
    """Foreign text enters a message in ASCII, quoted and cut."""
    assert excerpt("a\u202eb") == "'a\\u202eb'"
    assert excerpt("x" * 30) == "'" + "x" * 24 + "'..."
