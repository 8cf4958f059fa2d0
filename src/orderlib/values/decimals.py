"""The one door through which a decimal number enters.

Accepted are `int`, `str` and `Decimal`, nothing that merely looks like them: a float has already lost
what was meant, a bool is no number. Text follows one grammar, ``-?digits[.digits]`` in ASCII: no
exponent, blank, underscore, leading plus or foreign digit. Digits and scale are bounded *before* a
number is built, because ``int(Decimal("1e1000000"))`` takes half a minute. Minus zero is refused: it
equals zero, prints otherwise, and never comes from honest arithmetic.

What comes out is canonical: finite, without exponent and without trailing zeros behind the point, so
that equal numbers are also written alike.
"""

from __future__ import annotations

import re
from decimal import Context, Decimal, Inexact
from fractions import Fraction
from typing import Final

from orderlib.errors import Finding, FindingCode, InvalidValueError, Severity

__all__ = [
    "EXACT",
    "MAX_DIGITS",
    "MAX_SCALE",
    "Number",
    "canonical",
    "decimal",
    "excerpt",
    "from_ratio",
    "plain_parts",
    "ratio",
]

Number = Decimal | int | str
"""What `decimal` reads."""

MAX_DIGITS: Final = 28
"""Digits that a number may have, unless its reader asks for fewer."""

MAX_SCALE: Final = 12
"""Digits behind the point that a number may have, unless its reader asks for fewer."""

_MAX_RATIO_BITS: Final = 256
_MAX_RATIO_SCALE: Final = 20

NOT_A_NUMBER = FindingCode(
    "decimal.type",
    Severity.ERROR,
    "a number is given as str, int or Decimal, not as {type}",
    "数值须以 str、int 或 Decimal 给出，不能是 {type}",
)
MALFORMED = FindingCode(
    "decimal.malformed",
    Severity.ERROR,
    "{text} is not a plain decimal number such as -12.50",
    "{text} 不是普通十进制数（例如 -12.50）",
)
NOT_FINITE = FindingCode("decimal.not-finite", Severity.ERROR, "{text} is not a finite number", "{text} 不是有限数")
TOO_LONG = FindingCode(
    "decimal.too-long", Severity.ERROR, "the number has more than {limit} digits", "数值超过 {limit} 位数字"
)
TOO_FINE = FindingCode(
    "decimal.too-fine",
    Severity.ERROR,
    "the number has more than {limit} digits behind the point",
    "数值的小数位超过 {limit} 位",
)
MINUS_ZERO = FindingCode("decimal.minus-zero", Severity.ERROR, "minus zero is not a number here", "不接受负零")

_is_plain: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+)?").fullmatch
_ONE: Final = Decimal(1)
_EVERYDAY: Final = 1_000_000_000
_EVERYDAY_DIGITS: Final = 9

# Wide enough for anything that passed the bounds, and blind to the caller's ambient context. Shared by
# all threads: only its flags ever change, and nobody reads them.
_WIDE: Final = Context(prec=96, Emin=-999_999, Emax=999_999, traps=[])
EXACT: Final = Context(prec=96, Emin=-999_999, Emax=999_999, traps=[Inexact])
"""For sums and products of numbers that passed `decimal`: exact, whatever the ambient context says."""


def decimal(
    value: Number, /, *, address: str = "", max_digits: int = MAX_DIGITS, max_scale: int = MAX_SCALE
) -> Decimal:
    """Read a number strictly and give it in canonical form.

    Raises `InvalidValueError` at `address` with one of the codes `decimal.type`, `decimal.malformed`,
    `decimal.not-finite`, `decimal.too-long`, `decimal.too-fine`, `decimal.minus-zero`.
    """
    kind = type(value)
    if kind is str or kind is Decimal:
        parts = plain_parts(str(value), max_digits)
        if parts is not None and len(parts[1]) <= max_scale:
            whole, fraction = parts
            return Decimal(f"{whole}.{fraction}") if fraction else Decimal(whole)
    elif isinstance(value, int) and kind is int and -_EVERYDAY < value < _EVERYDAY and max_digits >= _EVERYDAY_DIGITS:
        return Decimal(value)
    return _read_with_care(value, address, max_digits, max_scale)


def plain_parts(text: str, limit: int = MAX_DIGITS, /) -> tuple[str, str] | None:
    """The digits before and behind the point, signs included and trailing zeros not, of a plain short number.

    None for whatever needs a closer look: it is longer, minus zero, or no number at all.
    """
    if len(text) > limit or not text.isascii():
        return None
    whole, point, fraction = text.partition(".")
    if not (fraction.isdigit() if point else whole):
        return None
    fraction = fraction.rstrip("0")
    if whole.isdigit():
        return whole, fraction
    if whole[:1] != "-" or not whole[1:].isdigit() or not (fraction or whole.strip("-0")):
        return None
    return whole, fraction


def _read_with_care(value: Number, address: str, max_digits: int, max_scale: int) -> Decimal:
    """What the short way did not take: read as strictly, and say what is wrong."""
    kind = type(value)
    fault: Finding | None
    if kind is str:
        number, fault = _from_text(str(value), address, max_digits, max_scale)
    elif kind is int:
        too_long = abs(int(value)) >= 10**max_digits
        number, fault = (_ONE, TOO_LONG(address, limit=max_digits)) if too_long else (Decimal(value), None)
    elif isinstance(value, Decimal) and kind is Decimal:
        number, fault = _from_decimal(value, address, max_digits, max_scale)
    else:
        number, fault = _ONE, NOT_A_NUMBER(address, type=kind.__name__[:40])
    if fault is not None:
        raise InvalidValueError(fault)
    return number


def _from_text(text: str, address: str, max_digits: int, max_scale: int) -> tuple[Decimal, Finding | None]:
    if len(text) > max_digits + 2:  # before anything looks at every character of it
        return _ONE, TOO_LONG(address, limit=max_digits)
    if not _is_plain(text):
        return _ONE, MALFORMED(address, text=excerpt(text))
    if len(text) - (text[0] == "-") - ("." in text) > max_digits:
        return _ONE, TOO_LONG(address, limit=max_digits)
    if "." in text:
        text = text.rstrip("0").removesuffix(".")
        if "." in text and len(text) - text.index(".") - 1 > max_scale:
            return _ONE, TOO_FINE(address, limit=max_scale)
    number = Decimal(text)
    if text[0] == "-" and not number:
        return _ONE, MINUS_ZERO(address)
    return number, None


def _from_decimal(value: Decimal, address: str, max_digits: int, max_scale: int) -> tuple[Decimal, Finding | None]:
    if not value.is_finite():
        return _ONE, NOT_FINITE(address, text="NaN" if value.is_nan() else "infinity")
    if value.is_zero():
        return Decimal(0), MINUS_ZERO(address) if value.is_signed() else None
    highest = value.adjusted()
    if highest >= max_digits:
        return _ONE, TOO_LONG(address, limit=max_digits)
    if highest < -max_scale:
        return _ONE, TOO_FINE(address, limit=max_scale)
    try:
        number = canonical(EXACT.plus(value))
    except Inexact:  # more digits than any bound allows; their tuple is never built
        return _ONE, TOO_LONG(address, limit=max_digits)
    scale = -int(number.as_tuple().exponent)
    if scale > max_scale:
        return _ONE, TOO_FINE(address, limit=max_scale)
    if scale + highest >= max_digits:
        return _ONE, TOO_LONG(address, limit=max_digits)
    return number, None


def canonical(number: Decimal) -> Decimal:
    """The same finite number without exponent, zeros at its end or sign of zero (`1E+2` is 100, `1.50` is 1.5)."""
    if not number:
        return Decimal(0)
    whole = _WIDE.quantize(number, _ONE)
    return whole if whole == number else _WIDE.normalize(number)


def ratio(value: Number | Fraction, /, *, address: str = "") -> tuple[int, int]:
    """A number or a fraction as numerator and positive denominator, exactly.

    A factor or a weight may be finer than an amount: 20 digits behind the point, or 256 bits above and
    below the line of a fraction. Raises `InvalidValueError` as `decimal` does.
    """
    if type(value) is Fraction:
        if max(value.numerator.bit_length(), value.denominator.bit_length()) > _MAX_RATIO_BITS:
            raise InvalidValueError(TOO_LONG(address, limit=_MAX_RATIO_BITS * 3 // 10))
        return value.numerator, value.denominator
    if isinstance(value, Fraction):  # a subclass may answer anything
        raise InvalidValueError(NOT_A_NUMBER(address, type=type(value).__name__[:40]))
    return decimal(value, address=address, max_scale=_MAX_RATIO_SCALE).as_integer_ratio()


def from_ratio(
    numerator: int, denominator: int, /, *, address: str = "", max_digits: int = MAX_DIGITS, max_scale: int = MAX_SCALE
) -> Decimal:
    """The decimal number that equals a ratio of integers (denominator above zero).

    Raises `InvalidValueError`: `decimal.too-fine` where no decimal within `max_scale` equals it (1/3),
    `decimal.too-long` where it has more than `max_digits` digits.
    """
    units, rest = divmod(numerator * 10**max_scale, denominator)
    if rest:
        raise InvalidValueError(TOO_FINE(address, limit=max_scale))
    if abs(units) >= 10 ** (max_digits + max_scale):
        raise InvalidValueError(TOO_LONG(address, limit=max_digits))
    return decimal(
        _WIDE.scaleb(Decimal(units), -max_scale), address=address, max_digits=max_digits, max_scale=max_scale
    )


def excerpt(text: str, /, limit: int = 24) -> str:
    """The beginning of a foreign text, quoted in ASCII, fit for a message or a log."""
    return ascii(text[:limit]) + ("..." if len(text) > limit else "")
