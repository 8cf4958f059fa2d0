"""Units of UN/ECE Recommendations 20 and 21."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction

import pytest

from orderlib.errors import InvalidValueError
from orderlib.values.unit import Dimension, UnitRounding, UnitStatus, convertible_units, unit, unit_codes


@pytest.mark.parametrize(
    ("code", "name", "dimension", "factor", "whole"),
    [
        ("KGM", "kilogram", Dimension.MASS, 1, False),
        ("GRM", "gram", Dimension.MASS, Fraction(1, 1000), False),
        ("LBR", "pound", Dimension.MASS, Fraction(45359237, 10**8), False),
        ("HUR", "hour", Dimension.TIME, 3600, False),
        ("DZN", "dozen", Dimension.COUNT, 12, True),
        ("C62", "one", Dimension.COUNT, 1, True),
        ("H87", "piece", None, None, True),
        ("XBX", "", None, None, True),
        ("LS", "", None, None, False),
        ("X1", "", None, None, False),
    ],
)
def test_a_unit_is_found_by_its_code(code, name, dimension, factor, whole):
    """With what is known of it."""
    found = unit(code)
    assert (found.code, found.name, found.dimension, found.factor, found.whole) == (
        code,
        name,
        dimension,
        factor,
        whole,
    )
    assert str(found) == code
    assert unit(code) is found


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("KGM", UnitStatus.ACTIVE),
        ("HAR", UnitStatus.DEPRECATED),
        ("KTM", UnitStatus.DELETED),
        ("XPK", UnitStatus.ACTIVE),
    ],
)
def test_a_code_outlives_its_list(code, status):
    """Deleted and deprecated codes are known as such."""
    assert unit(code).status is status is unit_codes()[code]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("QQQ", "unit.unknown"),
        ("X0Z", "unit.unknown"),
        ("kgm", "unit.unknown"),
        ("", "unit.malformed"),
        ("K", "unit.malformed"),
        ("KGMS", "unit.malformed"),
        ("K M", "unit.malformed"),
        ("KG\u041c", "unit.malformed"),
        ("m\u00b2", "unit.malformed"),
        (20, "unit.malformed"),
        (None, "unit.malformed"),
        (["KGM"], "unit.malformed"),
    ],
)
def test_what_is_no_unit_is_refused(code, expected):
    """With its code and address."""
    with pytest.raises(InvalidValueError) as refusal:
        unit(code, address="/unit")
    assert (refusal.value.code, refusal.value.findings[0].address) == (expected, "/unit")


def test_every_dimension_has_its_own_unit_once():
    """The unit with factor one is what the others are counted in; only synonyms share a factor."""
    units = convertible_units().values()
    assert {known.dimension for known in units} == set(Dimension)
    assert all(known.factor > 0 for known in units)
    for dimension in Dimension:
        assert sum(known.dimension is dimension and known.factor == 1 for known in units) == 1


@pytest.mark.parametrize(
    ("code", "parts"), [("LBR", ("ONZ", 16)), ("YRD", ("FOT", 3)), ("GLI", ("PTI", 8)), ("BLL", ("GLL", 42))]
)
def test_customary_units_fit_into_each_other_exactly(code, parts):
    """Sixteen ounces make a pound, to the last digit."""
    smaller, count = parts
    assert unit(code).factor == unit(smaller).factor * count


def test_a_month_is_no_number_of_days():
    """Calendar units convert among themselves only."""
    assert unit("MON").dimension is unit("ANN").dimension is Dimension.CALENDAR
    assert unit("DAY").dimension is Dimension.TIME


def test_rounding_by_unit_knows_what_comes_whole():
    """Pieces have no digits behind the point, kilograms three, and exceptions what is said."""
    rounding = UnitRounding()
    assert [rounding(code) for code in ("H87", "C62", "EA", "XBX", "KGM", "HUR")] == [0, 0, 0, 0, 3, 3]
    finer = UnitRounding(digits=2, exceptions=(("TNE", 6), ("DZN", 1)))
    assert [finer(code) for code in ("KGM", "TNE", "DZN", "H87")] == [2, 6, 1, 0]
    assert rounding.version == "1"


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ({"digits": -1}, "unit.digits"),
        ({"digits": 13}, "unit.digits"),
        ({"digits": True}, "unit.digits"),
        ({"exceptions": (("KGM", 99),)}, "unit.digits"),
        ({"exceptions": (("QQQ", 1),)}, "unit.unknown"),
    ],
)
def test_rounding_by_unit_is_checked(settings, code):
    """Digits are bounded, units known."""
    with pytest.raises(InvalidValueError, match=code):
        UnitRounding(**settings)


def test_the_code_lists_wait_until_they_are_needed():
    """Importing units or quantities loads no list."""
    script = (
        "import sys, orderlib.values.quantity, orderlib.values.rate;"
        "sys.exit(any(name.endswith(('._unit_codes', '._units')) for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
