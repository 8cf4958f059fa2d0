"""Days off of some 250 countries and their parts, from the `holidays` package (the `calendars` extra).

The package is loaded when a function here is called, never before.
"""

from __future__ import annotations

import importlib
from collections.abc import Container, Iterable
from typing import Any, Final

from orderlib.errors import FindingCode, InvalidValueError, OrderlibError, Severity
from orderlib.values.holiday import Holidays, listed

__all__ = ["holidays_of"]

EXTRA_MISSING: Final = FindingCode(
    "calendar.extra-missing",
    Severity.ERROR,
    "holidays of countries need the extra `calendars` of orderlib",
    "国家假日需要 orderlib 的 `calendars` 扩展",
)
COUNTRY_UNKNOWN: Final = FindingCode(
    "calendar.country-unknown",
    Severity.ERROR,
    "no holidays are known for country {country}, subdivision {subdivision}",
    "没有国家 {country}、分区 {subdivision} 的假日资料",
)
YEARS_UNKNOWN: Final = FindingCode(
    "calendar.years-unknown",
    Severity.ERROR,
    "holidays of {country} are known for the years {first} to {last}, not for {year}",
    "{country} 的假日资料覆盖 {first} 年至 {last} 年，不含 {year}",
)


def holidays_of(country: str, years: int | Iterable[int], subdivision: str | None = None) -> Holidays:
    """Public holidays of a country (ISO 3166-1 alpha-2) or a part of it (ISO 3166-2 without the country).

    With them come the weekend days that are worked to make up for a bridge, where the country decrees them:
    China's are complete for the years that the State Council has announced; for later ones only the feasts are known.
    Raises `InvalidValueError` with `calendar.country-unknown` or `calendar.years-unknown`, and `OrderlibError`
    with `calendar.extra-missing` where the package is not installed.
    """
    source = _source()
    asked = listed(years)
    unknown = COUNTRY_UNKNOWN(country=repr(country)[:64], subdivision=repr(subdivision)[:64])
    if not _listed(country, source.list_supported_countries(include_aliases=False)):
        raise InvalidValueError(unknown)
    kind = getattr(source, country)
    if subdivision is not None and not _listed(subdivision, kind.subdivisions):
        raise InvalidValueError(unknown)
    first, last = kind.start_year, kind.end_year
    wanted = {each for each in asked if type(each) is int and first <= each <= last}
    beyond = [each for each in asked if type(each) is not int or each not in wanted]
    if beyond:
        found = (YEARS_UNKNOWN(country=country, first=first, last=last, year=repr(each)[:64]) for each in beyond)
        raise InvalidValueError(*found)
    # A day may be made up for in the year before the bridge that it pays for, so the neighbours are read as well.
    around = {near for each in wanted for near in (each - 1, each, each + 1) if first <= near <= last}
    table = kind(subdiv=subdivision, years=around, expand=False)
    made_up: set[Any] = set(getattr(table, "weekend_workdays", ()))
    return Holidays(
        (each for each in table if each.year in wanted and each not in made_up),
        (each for each in made_up if each.year in wanted),
    )


def _listed(name: object, among: Container[str]) -> bool:
    return isinstance(name, str) and name in among


def _source() -> Any:
    try:
        return importlib.import_module("holidays")
    except ImportError:
        raise OrderlibError(EXTRA_MISSING()) from None
