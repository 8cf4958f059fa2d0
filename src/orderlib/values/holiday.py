"""Days off by rule: sets that can be worked out from the calendar alone.

The core holds three, each a pure function of the year, with its source beside it. What moves with the moon or is
announced each year (the feasts of China, its make-up working days, most countries) comes from the `calendars`
extra through `orderlib.values.holiday_source`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import MAXYEAR, date, timedelta
from enum import StrEnum
from typing import Final, cast

import attrs

from orderlib.errors import FindingCode, InvalidValueError, Severity
from orderlib.values.instant import day

__all__ = ["HolidayRule", "Holidays", "easter", "fixed_holidays"]

HOLIDAY_CONTRADICTED: Final = FindingCode(
    "calendar.holiday-contradicted",
    Severity.ERROR,
    "the day is both off and made up for: {on}",
    "该日既放假又调休上班：{on}",
)
HOLIDAY_YEAR: Final = FindingCode(
    "calendar.holiday-year",
    Severity.ERROR,
    "the rule {rule} is known for the years {first} to {last}, not for {year}",
    "规则 {rule} 适用于 {first} 年至 {last} 年，不适用于 {year}",
)
HOLIDAY_RULE_UNKNOWN: Final = FindingCode(
    "calendar.holiday-rule-unknown",
    Severity.ERROR,
    "no holiday rule of that name: {value}",
    "没有该名称的假日规则：{value}",
)


def ordered_days(given: object, address: str) -> tuple[date, ...]:
    """Days in order, each once. Raises `InvalidValueError` with `value.day-malformed` at the place of each."""
    parts = cast("Iterable[date | str]", given if isinstance(given, Iterable) else [given])
    return tuple(sorted({day(each, address=f"{address}/{at}") for at, each in enumerate(parts)}))


def _off(given: Iterable[date | str]) -> tuple[date, ...]:
    return ordered_days(given, "/off")


def _make_up(given: Iterable[date | str]) -> tuple[date, ...]:
    return ordered_days(given, "/make_up")


@attrs.frozen
class Holidays:
    """Days off and the working days that make up for them, both in order.

    Raises `InvalidValueError` with `calendar.holiday-contradicted` where a day is in both.
    """

    off: tuple[date, ...] = attrs.field(default=(), converter=_off)
    make_up: tuple[date, ...] = attrs.field(default=(), converter=_make_up)

    def __attrs_post_init__(self) -> None:
        both = sorted(set(self.off) & set(self.make_up))
        if both:
            raise InvalidValueError(*(HOLIDAY_CONTRADICTED(on=each) for each in both))

    def __or__(self, other: Holidays) -> Holidays:
        return Holidays((*self.off, *other.off), (*self.make_up, *other.make_up))


class HolidayRule(StrEnum):
    """The sets in the core: ISO 3166 codes of countries, and the euro's settlement days."""

    CN = "CN"
    """China, fixed dates alone: Regulation on Public Holidays (State Council orders 513 and 795), without the
    five feasts that move and without make-up days. From 2008."""
    DE = "DE"
    """Germany, the nine days of all its states and the one of 2017. From 1995."""
    TARGET = "TARGET"
    """Closing days of the euro settlement system T2 (TARGET), as the European Central Bank fixed them. From 2002."""


_SINCE: Final = {HolidayRule.CN: 2008, HolidayRule.DE: 1995, HolidayRule.TARGET: 2002}
_GREGORIAN_SINCE: Final = 1583


def fixed_holidays(rule: str, years: int | Iterable[int]) -> Holidays:
    """Days off by one of the rules of the core, for one year or several.

    Raises `InvalidValueError` with `calendar.holiday-rule-unknown` or `calendar.holiday-year`.
    """
    try:
        named = HolidayRule(rule)
    except ValueError:
        raise InvalidValueError(HOLIDAY_RULE_UNKNOWN(value=repr(rule)[:64])) from None
    return Holidays(each for year in listed(years) for each in _RULES[named](_year(year, named, _SINCE[named])))


def listed(years: object) -> list[object]:
    """The years asked for, one or several, not yet looked at."""
    return list(cast("Iterable[object]", years)) if isinstance(years, Iterable) else [years]


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar, by Gauss's rule with its two exceptions. From 1583.

    Raises `InvalidValueError` with `calendar.holiday-year`.
    """
    _year(year, "easter", _GREGORIAN_SINCE)
    golden = year % 19
    century = year // 100
    moon = 15 + century - century // 4 - (8 * century + 13) // 25  # M: how far the lunar tables have shifted
    sun = 4 + century - century // 4  # N: the same for the weekdays
    full = (19 * golden + moon) % 30
    after = (2 * (year % 4) + 4 * (year % 7) + 6 * full + sun) % 7
    if (full == 29 and after == 6) or (full == 28 and after == 6 and golden > 10):
        after = -1  # the full moon tables never reach 19 April, nor the 18th twice in one cycle
    return date(year, 3, 22) + timedelta(days=full + after)


def _year(year: object, rule: str, first: int) -> int:
    if type(year) is not int or not first <= year <= MAXYEAR:
        raise InvalidValueError(HOLIDAY_YEAR(rule=rule, first=first, last=MAXYEAR, year=repr(year)[:64]))
    return year


def _china(year: int) -> list[date]:
    days = [(1, 1), (5, 1), (10, 1), (10, 2), (10, 3)]
    if year >= 2025:  # order 795 gave Labour Day a second day
        days.append((5, 2))
    return [date(year, month, each) for month, each in days]


def _germany(year: int) -> list[date]:
    days = [(1, 1), (5, 1), (10, 3), (12, 25), (12, 26)]
    if year == 2017:  # five hundred years of the Reformation
        days.append((10, 31))
    return [date(year, month, each) for month, each in days] + _around_easter(year, -2, 1, 39, 50)


def _target(year: int) -> list[date]:
    days = [(1, 1), (5, 1), (12, 25), (12, 26)]
    return [date(year, month, each) for month, each in days] + _around_easter(year, -2, 1)


def _around_easter(year: int, *offsets: int) -> list[date]:
    sunday = easter(year)
    return [sunday + timedelta(days=each) for each in offsets]


_RULES: Final = {HolidayRule.CN: _china, HolidayRule.DE: _germany, HolidayRule.TARGET: _target}
