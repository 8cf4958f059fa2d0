"""How single values are written in JSON.

| value | JSON |
|---|---|
| `str`, `int`, `bool`, finite `float` | as it is |
| `Decimal` | string, plain notation: ``"12.5"`` |
| `date` | string, ISO 8601 calendar date: ``"2026-03-01"`` |
| `Instant` | string, RFC 3339 in UTC: ``"2026-03-01T08:00:00Z"`` |
| `timedelta` | string, ISO 8601 duration in seconds: ``"PT90.5S"`` |
| `Fraction` | string: ``"1/3"`` |
| `bytes` | string, base64 with padding (RFC 4648, 4): ``"UERG"`` |
| `Quantity` | ``{"value": "5", "unit": "C62"}`` |
| `Money` | ``{"amount": "12.50", "currency": "EUR"}`` |
| a subclass of `str` (an id) | string, checked by its constructor |
| `StrEnum`, `Literal` | the member's value |
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import lru_cache
from typing import Any, Final

from pendulum import DateTime

from orderlib.errors import FindingCode, InvalidValueError, Severity
from orderlib.values.currency import priced_currency
from orderlib.values.decimals import decimal
from orderlib.values.instant import day, format_instant, instant
from orderlib.values.money import Money
from orderlib.values.quantity import Quantity
from orderlib.values.rounding import ROUNDINGS, Rounding
from orderlib.wire.codec.shape import Choice, Compound, Native, Shape, Text
from orderlib.wire.jsontext import CHARACTER, fits_text, unfit_character

__all__ = ["OPEN_TAGS", "SCALARS", "checked_text", "interned", "of_choice", "of_text_class"]

DURATION: Final = FindingCode(
    "json.duration",
    Severity.ERROR,
    "{text} is not a duration in seconds such as PT90.5S",
    "{text} 不是以秒表示的时长（例如 PT90.5S）",
)
FRACTION: Final = FindingCode(
    "json.fraction", Severity.ERROR, "{text} is not a fraction such as 1/3", "{text} 不是分数（例如 1/3）"
)
OCTETS: Final = FindingCode("json.base64", Severity.ERROR, "{text} is not base64", "{text} 不是 base64")

_KEPT: Final = 2048
_KEPT_LENGTH: Final = 64
_SHOWN: Final = 40
_FRACTION_BITS: Final = 256
_is_duration: Final = re.compile(r"(-?)PT(0|[1-9][0-9]{0,13})(?:\.([0-9]{1,6}))?S").fullmatch
_is_fraction: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,76})/[1-9][0-9]{0,76}").fullmatch
_exact: Final[Callable[[Any], str]] = str.__str__


class _Interned(dict[str, Any]):
    """Values by their text, made when first asked for; forgets everything when it is full."""

    __slots__ = ("_read",)

    def __init__(self, read: Callable[[str], Any]) -> None:
        self._read = read

    def __missing__(self, text: str) -> Any:
        if text.__class__ is not str:
            raise TypeError(text)
        value = self._read(text)
        if len(text) <= _KEPT_LENGTH:
            if len(self) >= _KEPT:
                self.clear()
            self[text] = value
        return value


@lru_cache(maxsize=1024)
def interned(read: Callable[[str], Any]) -> Mapping[str, Any]:
    """A mapping from text to what a pure reader makes of it; what is not a str is a `TypeError`.

    It keeps at most 2,048 short texts, so that a stranger cannot fill the memory.
    """
    return _Interned(read)


def checked_text(text: str) -> str:
    """The text itself, where it can be saved; `InvalidValueError` (`json.character`) for NUL and half surrogates."""
    if fits_text(text):
        return text
    raise InvalidValueError(CHARACTER(point=unfit_character(text)))


# What is short, plain and without a zero to drop is in canonical form; the rest takes the long way.
_DECIMAL_SOURCE: Final = (
    "({t} if len({t} := str({x})) < 13 and ({t}.isdigit() or ({t}[-1] in '123456789' and 'E' not in {t}))"
    " else {write}({x}))"
)


def _decimal_text(number: Decimal) -> str:
    text = str(number)
    if len(text) < 13 and text.isdigit():
        return text
    return f"{decimal(number):f}" if number else "0"  # arithmetic may leave a minus zero, which no reader takes


def _duration(text: str) -> timedelta:
    found = _is_duration(text) if len(text) <= _SHOWN else None
    if found is None:
        raise InvalidValueError(DURATION(text=repr(text[:_SHOWN])))
    sign, seconds, fraction = found.groups("")
    try:
        length = timedelta(seconds=int(seconds), microseconds=int(fraction.ljust(6, "0")))
        length = -length if sign else length
    except OverflowError:
        raise InvalidValueError(DURATION(text=repr(text))) from None
    if sign and not length:
        raise InvalidValueError(DURATION(text=repr(text)))
    return length


def _duration_text(length: timedelta) -> str:
    micros = length // timedelta(microseconds=1)
    seconds, rest = divmod(abs(micros), 1_000_000)
    point = f".{rest:06}".rstrip("0") if rest else ""
    return f"{'-' if micros < 0 else ''}PT{seconds}{point}S"


def _octets(text: str) -> bytes:
    try:
        value = base64.b64decode(text, validate=True)
    except ValueError:
        value = b""
    if base64.b64encode(value).decode() != text:  # nothing else is its one written form
        raise InvalidValueError(OCTETS(text=repr(text[:_SHOWN])))
    return value


def _octets_text(value: bytes) -> str:
    return base64.b64encode(value).decode()


def _fraction(text: str) -> Fraction:
    if len(text) <= 160 and _is_fraction(text):
        above, below = text.split("/")
        value = Fraction(int(above), int(below))
        if text[0] != "-" or value:
            return _bounded(value)
    raise InvalidValueError(FRACTION(text=repr(text[:_SHOWN])))


def _fraction_text(value: Fraction) -> str:
    return f"{_bounded(value).numerator}/{value.denominator}"


def _bounded(value: Fraction) -> Fraction:
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > _FRACTION_BITS:
        raise InvalidValueError(FRACTION(text=f"a fraction of more than {_FRACTION_BITS} bits"))
    return value


def _read_money(data: Any) -> Money:
    if len(data) != 2:
        raise TypeError(data)
    amounts: Mapping[str, Money] = _AMOUNTS[data["currency"]]
    return amounts[data["amount"]]


def _amounts(currency: str) -> Mapping[str, Money]:
    code, digits = priced_currency(currency)

    def read(text: str) -> Money:
        whole, point, cents = text.partition(".")
        if len(cents) == digits and bool(point) == bool(digits) and text.isascii() and len(text) <= 18:
            units = whole + cents
            if whole and units.isdigit():
                return Money.of_minor(int(units), code)
        return Money(text, code)

    return _Interned(read)


_AMOUNTS: Final = _Interned(_amounts)


def _money_text(money: Money) -> str:
    minor = money.minor
    digits = _DIGITS[money.currency]
    if digits == 2 and minor >= 100:
        text = str(minor)
        return f"{text[:-2]}.{text[-2:]}"
    return f"{money.amount:f}"


_DIGITS: Final = _Interned(lambda code: priced_currency(code)[1])


def _write_money(money: Money) -> dict[str, Any]:
    return {"amount": _money_text(money), "currency": money.currency}


def _read_quantity(data: Any) -> Quantity:
    if len(data) != 2:
        raise TypeError(data)
    counts: Mapping[str, Quantity] = _COUNTS[data["unit"]]
    return counts[data["value"]]


_COUNTS: Final = _Interned(lambda unit: _Interned(lambda text: Quantity(text, unit)))


def _write_quantity(quantity: Quantity) -> dict[str, Any]:
    return {"value": _decimal_text(quantity.value), "unit": quantity.unit}


_STRING: Final = Native(str, {"type": "string"})
_DECIMAL: Final = {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$", "maxLength": 30}


def _part(schema: Mapping[str, object]) -> Text:
    """A text whose meaning only the whole can check."""
    return Text(str, checked_text, _exact, schema)


SCALARS: Final[Mapping[Any, Shape]] = {
    str: _STRING,
    int: Native(int, {"type": "integer"}),
    bool: Native(bool, {"type": "boolean"}),
    float: Native(float, {"type": "number"}),
    Decimal: Text(Decimal, decimal, _decimal_text, _DECIMAL, _DECIMAL_SOURCE),
    date: Text(date, day, date.isoformat, {"type": "string", "format": "date"}, "{x}.isoformat()"),
    DateTime: Text(DateTime, instant, format_instant, {"type": "string", "format": "date-time"}),
    timedelta: Text(
        timedelta, _duration, _duration_text, {"type": "string", "pattern": r"^-?PT[0-9]+(\.[0-9]{1,6})?S$"}
    ),
    Fraction: Text(Fraction, _fraction, _fraction_text, {"type": "string", "pattern": "^-?[0-9]+/[1-9][0-9]*$"}),
    bytes: Text(bytes, _octets, _octets_text, {"type": "string", "contentEncoding": "base64"}),
    Rounding: Choice(Rounding, ROUNDINGS, "{x}.name"),
    Money: Compound(
        Money,
        {"amount": _part(_DECIMAL), "currency": _part({"type": "string", "pattern": "^[A-Z]{3}$"})},
        Money,
        _read_money,
        _write_money,
    ),
    Quantity: Compound(
        Quantity,
        {"value": _part(_DECIMAL), "unit": _part({"type": "string", "pattern": "^[0-9A-Z]{2,3}$"})},
        Quantity,
        _read_quantity,
        _write_quantity,
        "{{'value': {u} if ({u} := str(({t} := {x}).value)).isdigit() else {write}({t})['value'], 'unit': {t}.unit}}",
    ),
}
"""Types whose written form is fixed here."""


OPEN_TAGS: Final[Mapping[str, Any]] = {
    "date": date,
    "decimal": Decimal,
    "duration": timedelta,
    "fraction": Fraction,
    "instant": DateTime,
    "map": dict[str, Any],
    "money": Money,
    "quantity": Quantity,
    "rounding": Rounding,
}
"""What these types are called where any public value may stand."""


def of_text_class(cls: type[str]) -> Text:
    """A subclass of `str` whose constructor checks: read by its constructor, written as plain text."""
    schema: dict[str, object] = {"type": "string"}
    limit = getattr(cls, "limit", None)
    if isinstance(limit, int):
        schema |= {"minLength": 1, "maxLength": limit}
    # adding nothing makes a plain str of a subclass, faster than anything else does
    plain = cls.__add__ is str.__add__
    return Text(cls, cls, _exact, schema, "{x} + ''" if plain else "join(({x},))")


def of_choice(cls: type[Enum]) -> Choice:
    """An enumeration whose members have JSON scalars as values."""
    members = {member.value: member for member in cls}
    if not all(type(value) in (str, int) for value in members):
        raise TypeError(f"the members of {cls.__qualname__} have values that are neither str nor int")
    return Choice(cls, members, "{x}._value_")
