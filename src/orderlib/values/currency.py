"""Currencies of ISO 4217, from a table of our own.

The minor unit follows ISO 4217, not CLDR, which differs for a dozen currencies. A code that was
withdrawn is told apart from one that never was, and codes for metals, tests and units of account have
no minor unit: nothing can be priced or invoiced in them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

import attrs

from orderlib.errors import FindingCode, InvalidValueError, Severity
from orderlib.values import _currencies
from orderlib.values.decimals import excerpt

__all__ = ["CURRENCIES", "PRICED", "Currency", "check_currency", "currency", "priced_currency", "withdrawn_currencies"]

MALFORMED = FindingCode(
    "currency.malformed",
    Severity.ERROR,
    "a currency is three capital letters of ISO 4217, not {text}",
    "货币须为 ISO 4217 的三个大写字母，而不是 {text}",
)
UNKNOWN = FindingCode(
    "currency.unknown", Severity.ERROR, "ISO 4217 knows no currency {code}", "ISO 4217 中没有货币 {code}"
)
WITHDRAWN = FindingCode(
    "currency.withdrawn",
    Severity.ERROR,
    "the currency {code} was withdrawn in {until}",
    "货币 {code} 已于 {until} 停用",
)
NO_MINOR_UNIT = FindingCode(
    "currency.no-minor-unit",
    Severity.ERROR,
    "{code} ({name}) has no minor unit; nothing can be priced in it",
    "{code}（{name}）没有辅币单位，不能用于计价",
)

_is_code: Final = re.compile(r"[A-Z]{3}").fullmatch


@attrs.frozen
class Currency:
    """One entry of ISO 4217: `EUR`, number `978`, two digits behind the point, `Euro`.

    `digits` is None where the standard gives no minor unit (`XAU`, `XXX`).
    """

    code: str
    number: str
    digits: int | None
    name: str

    def __str__(self) -> str:
        return self.code


def _read(line: str) -> Currency:
    code, number, digits, name = line.split(" ", 3)
    return Currency(code, number, None if digits == "-" else int(digits), name)


CURRENCIES: Final[Mapping[str, Currency]] = MappingProxyType(
    {entry.code: entry for entry in map(_read, _currencies.ACTIVE.splitlines())}
)
"""The active currencies by code."""


@cache
def withdrawn_currencies() -> Mapping[str, str]:
    """Codes that ISO 4217 withdrew, with the month (`2023-01`) or the year in which their last use ended."""
    entries = re.findall(r"([A-Z]{3}) ([0-9-]+)", _currencies.WITHDRAWN)
    return MappingProxyType(dict(entries))


def currency(code: str, /, *, address: str = "") -> Currency:
    """The active currency of that code.

    Raises `InvalidValueError` at `address`: `currency.malformed`, `currency.withdrawn`, `currency.unknown`.
    """
    if type(code) is not str:
        raise InvalidValueError(MALFORMED(address, text=type(code).__name__[:40]))
    found = CURRENCIES.get(code)
    if found is not None:
        return found
    if not _is_code(code):
        raise InvalidValueError(MALFORMED(address, text=excerpt(code)))
    until = withdrawn_currencies().get(code)
    if until is not None:
        raise InvalidValueError(WITHDRAWN(address, code=code, until=until))
    raise InvalidValueError(UNKNOWN(address, code=code))


PRICED: Final = {entry.code: (entry.code, entry.digits) for entry in CURRENCIES.values() if entry.digits is not None}
"""Code and digits behind the point of every currency that things are priced in; the fast half of `priced_currency`."""


def priced_currency(code: str, /, *, address: str = "") -> tuple[str, int]:
    """The code, as the one text object that the whole process uses for it, and its digits behind the point.

    Raises `InvalidValueError` as `currency` does, and `currency.no-minor-unit` for a code without one.
    """
    try:
        return PRICED[code]
    except (KeyError, TypeError):
        found = currency(code, address=address)
        raise InvalidValueError(NO_MINOR_UNIT(address, code=found.code, name=found.name)) from None


def check_currency(code: str, /) -> str:
    """The code of a currency that can be priced in; raises as `priced_currency` does."""
    return priced_currency(code)[0]
