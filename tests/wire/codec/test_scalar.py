"""Single values: one written form each, and hostile ones refused."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from enum import Enum, IntEnum
from fractions import Fraction
from typing import Any

import pytest

from orderlib.errors import DocumentError, InvalidValueError, known_codes
from orderlib.values.instant import Instant, instant
from orderlib.values.money import Money
from orderlib.values.quantity import Quantity
from orderlib.values.rounding import HALF_EVEN
from orderlib.wire.codec.codec import Codec
from orderlib.wire.codec.scalar import checked_text, interned, of_choice, of_text_class

CODEC = Codec()
FORMS = [
    (Decimal("12.50"), "12.5"),
    (Decimal("1E+3"), "1000"),
    (Decimal("1E-7"), "0.0000001"),
    (Decimal("-0"), "0"),
    (Decimal("0.00"), "0"),
    (Decimal(10**20), "1" + "0" * 20),
    (Decimal("-1234567.1234567"), "-1234567.1234567"),
    (date(2026, 3, 1), "2026-03-01"),
    (instant("2026-03-01T09:00:00+01:00"), "2026-03-01T08:00:00Z"),
    (timedelta(days=1, microseconds=5), "PT86400.000005S"),
    (timedelta(seconds=-1.5), "-PT1.5S"),
    (timedelta(0), "PT0S"),
    (Fraction(-2, 6), "-1/3"),
    (Fraction(0), "0/1"),
    (b"", ""),
    (b"\0\xff%PDF", "AP8lUERG"),
    (HALF_EVEN, "HALF_EVEN"),
    (Money("0.05", "EUR"), {"amount": "0.05", "currency": "EUR"}),
    (Money("-12.50", "EUR"), {"amount": "-12.50", "currency": "EUR"}),
    (Money("1234567.89", "USD"), {"amount": "1234567.89", "currency": "USD"}),
    (Money("7", "JPY"), {"amount": "7", "currency": "JPY"}),
    (Money("1.234", "BHD"), {"amount": "1.234", "currency": "BHD"}),
    (Quantity("2.50", "KGM"), {"value": "2.5", "unit": "KGM"}),
    (Quantity(0), {"value": "0", "unit": "C62"}),
]
HOSTILE = [
    "", " ", " 1", "1 ", "+1", "-", ".5", "5.", "1.2.3", "1,5", "1_000", "1e5", "1E5", "1e1000000", "1e-9", "NaN",
    "sNaN", "nan", "Infinity", "-inf", "0x10", "\u0661\u0662", "\uff11", "½", "1\u00a0", "1\0", "\ud800", "-0", "-0.00",
    "1" * 41, "1" * 100_000, "0." + "1" * 13,
    None, True, False, 1, 1.5, float("nan"), [], ["1"], {}, {"amount": "1"}, b"1",
]  # fmt: skip


@pytest.mark.parametrize(("value", "written"), FORMS, ids=str)
def test_a_value_has_one_written_form(value, written):
    """It is written so, and read back equal."""
    cls: Any = Instant if isinstance(value, Instant) else type(value)
    assert CODEC.unstructure(value) == written
    assert CODEC.structure(cls, written) == value


@pytest.mark.parametrize("amount", HOSTILE, ids=lambda each: repr(each)[:20])
@pytest.mark.parametrize("cls", [Decimal, Money, Quantity])
def test_hostile_amounts_are_refused(cls, amount):
    """A documented code with the address of the amount, whatever stands there."""
    key, other = ("amount", {"currency": "EUR"}) if cls is Money else ("value", {"unit": "C62"})
    data = amount if cls is Decimal else {key: amount, **other}
    with pytest.raises(DocumentError) as caught:
        CODEC.structure(cls, data)
    finding = caught.value.findings[0]
    assert finding.code in known_codes()
    assert finding.address == ("" if cls is Decimal else f"/{key}")
    assert str(finding).encode()


@pytest.mark.parametrize(
    "text", ["", "PT", "P1D", "PT1M", "PT01S", "PT1.S", "-PT0S", "PT1.1234567S", "PT" + "9" * 14 + "S"]
)
def test_durations_are_seconds_and_nothing_else(text):
    """Days and months have no fixed length, so they are not read."""
    with pytest.raises(DocumentError) as caught:
        CODEC.structure(timedelta, text)
    assert caught.value.code == "json.duration"


@pytest.mark.parametrize("text", ["", "1", "1/0", "-0/1", "01/2", "1/-2", "1.5/2", "1/" + "9" * 78])
def test_fractions_are_two_bounded_integers(text):
    """Nothing that could be huge or undefined is built."""
    with pytest.raises(DocumentError) as caught:
        CODEC.structure(Fraction, text)
    assert caught.value.code == "json.fraction"


@pytest.mark.parametrize("text", ["=", "AA", "AA=", "AB==", "AA==\n", "A A=", "-_==", "é", "AAAA====", "\0"])
def test_octets_are_base64_in_its_one_form(text):
    """Padding is complete, the bits behind the end are nought, and no blank stands between."""
    with pytest.raises(DocumentError) as caught:
        CODEC.structure(bytes, text)
    assert caught.value.code == "json.base64"


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("Infinity"), Decimal("1E+40"), Fraction(1, 2**300)])
def test_what_could_not_be_read_is_not_written(value):
    """A value that no reader would take is refused before it is saved."""
    with pytest.raises(InvalidValueError):
        CODEC.unstructure(value)


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_floats_are_finite(number):
    """JSON has no word for the others."""
    with pytest.raises(DocumentError) as caught:
        CODEC.unstructure(number)
    assert caught.value.code == "json.not-finite"


def test_texts_that_come_again_are_made_once_and_never_kept_without_bound():
    """Short texts are kept until the table is full; long ones and what is no text never."""
    made: list[str] = []
    table = interned(lambda text: made.append(text) or text.upper())
    assert [table["a"], table["a"]] == ["A", "A"]
    assert made == ["a"]
    for number in range(5000):
        _ = table[str(number)]
    assert len(table) <= 2048
    _ = table["x" * 100]
    assert "x" * 100 not in table
    with pytest.raises(TypeError):
        _ = table[1]  # type: ignore[index]


def test_text_that_cannot_be_saved_is_refused():
    """NUL and half surrogates, wherever a text is read."""
    assert checked_text("a\nb") == "a\nb"
    with pytest.raises(InvalidValueError, match="D800"):
        checked_text("\ud800")


class Loud(str):
    __slots__ = ()
    limit = 3

    def __add__(self, other: str) -> Loud:
        return Loud(str.__add__(self, other) + "!")


def test_a_text_class_is_written_as_plain_text():
    """Even where it redefines how texts are joined."""
    assert type(CODEC.unstructure(Loud("x"))) is str
    assert CODEC.unstructure((Loud("x"),), tuple[Loud, ...]) == ["x"]
    assert of_text_class(Loud).schema == {"type": "string", "minLength": 1, "maxLength": 3}


class Level(IntEnum):
    LOW = 1


class Odd(Enum):
    PAIR = (1, 2)


def test_enumerations_are_written_by_value():
    """Codes may be texts or integers; an enumeration of anything else has no form."""
    assert CODEC.structure(Level, 1) is Level.LOW
    assert CODEC.unstructure(Level.LOW) == 1
    with pytest.raises(DocumentError):
        CODEC.structure(Level, True)
    with pytest.raises(TypeError, match="neither str nor int"):
        of_choice(Odd)
