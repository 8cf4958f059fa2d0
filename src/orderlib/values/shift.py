"""When people work in a week: weekdays, hours of the day, shifts, and days that are made up for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Final, TypeVar, cast

import attrs

from orderlib.errors import Finding, FindingCode, InvalidValueError, Severity
from orderlib.values.instant import day

__all__ = ["EVERY_DAY", "MONDAY_TO_FRIDAY", "Hours", "MakeUpDay", "Shift", "Weekday"]

HOURS_MALFORMED: Final = FindingCode(
    "calendar.hours-malformed",
    Severity.ERROR,
    "not a time of day hh:mm: {value}",
    "不是 hh:mm 形式的时间：{value}",
)
HOURS_EMPTY: Final = FindingCode(
    "calendar.hours-empty",
    Severity.ERROR,
    "hours that begin and end at {start} have no length; a whole day is 00:00 to 24:00",
    "起止均为 {start} 的时段没有长度；全天应写作 00:00 至 24:00",
)
WEEKDAY_UNKNOWN: Final = FindingCode(
    "calendar.weekday-unknown",
    Severity.ERROR,
    "not a weekday MO, TU, WE, TH, FR, SA or SU: {value}",
    "不是星期代码 MO、TU、WE、TH、FR、SA、SU：{value}",
)
WEEKDAYS_MISSING: Final = FindingCode(
    "calendar.weekdays-missing", Severity.ERROR, "a shift needs a weekday", "班次至少需要一个星期几"
)
MAKE_UP_AMBIGUOUS: Final = FindingCode(
    "calendar.make-up-ambiguous",
    Severity.ERROR,
    "a make-up day follows a weekday or has hours of its own, not both: {on}",
    "调休上班日要么按某个星期几，要么自有时段，不能两者兼有：{on}",
)

PART_MALFORMED: Final = FindingCode(
    "calendar.part-malformed",
    Severity.ERROR,
    "a calendar takes {wanted} here, not {value}",
    "日历此处需要 {wanted}，而非 {value}",
)

_Part = TypeVar("_Part")

MINUTES_OF_DAY: Final = 24 * 60
_TIME: Final = re.compile(r"([01]\d|2[0-4]):([0-5]\d)", re.ASCII).fullmatch


class Weekday(StrEnum):
    """The days of the week in the codes of RFC 5545 (section 3.3.10), Monday first as in ISO 8601."""

    MONDAY = "MO"
    TUESDAY = "TU"
    WEDNESDAY = "WE"
    THURSDAY = "TH"
    FRIDAY = "FR"
    SATURDAY = "SA"
    SUNDAY = "SU"

    @classmethod
    def of(cls, on: date) -> Weekday:
        """The weekday of a calendar day."""
        return _WEEK[on.weekday()]


_WEEK: Final = tuple(Weekday)
EVERY_DAY: Final = _WEEK
MONDAY_TO_FRIDAY: Final = _WEEK[:5]


def _weekday(value: object, address: str = "") -> Weekday:
    try:
        return Weekday(value)  # type: ignore[arg-type]
    except ValueError:
        raise InvalidValueError(WEEKDAY_UNKNOWN(address, value=repr(value)[:64])) from None


def _weekdays(value: str | Iterable[str]) -> tuple[Weekday, ...]:
    given = {_weekday(each, "/weekdays") for each in parts_of(str, value, "/weekdays")}
    if not given:
        raise InvalidValueError(WEEKDAYS_MISSING("/weekdays"))
    return tuple(each for each in _WEEK if each in given)


def _minute(text: object, address: str) -> int:
    found = _TIME(text) if isinstance(text, str) else None
    minute = int(found[1]) * 60 + int(found[2]) if found else MINUTES_OF_DAY + 1
    if minute > MINUTES_OF_DAY:
        raise InvalidValueError(HOURS_MALFORMED(address, value=repr(text)[:64]))
    return minute


@attrs.frozen
class Hours:
    """From `start` up to, not including, `end`, on the clock of the calendar's zone, both `hh:mm`.

    An end before the start lies on the next day; `24:00` is the midnight at which the day ends. Raises
    `InvalidValueError` with `calendar.hours-malformed` or `calendar.hours-empty`.
    """

    start: str
    end: str

    def __attrs_post_init__(self) -> None:
        start, end = _minute(self.start, "/start"), _minute(self.end, "/end")
        if start == MINUTES_OF_DAY:
            raise InvalidValueError(HOURS_MALFORMED("/start", value=repr(self.start)))
        if start == end:
            raise InvalidValueError(HOURS_EMPTY("/end", start=self.start))

    @property
    def minutes(self) -> tuple[int, int]:
        """Both ends in minutes from midnight of the day on which the hours begin."""
        start, end = _minute(self.start, "/start"), _minute(self.end, "/end")
        return start, end if end > start else end + MINUTES_OF_DAY


@attrs.frozen
class Shift:
    """Hours that are worked on one or more weekdays; a night shift belongs to the day on which it begins.

    `weekdays` takes one code, or any of them in any order. Raises `InvalidValueError` as `Hours` does, and with
    `calendar.weekday-unknown` or `calendar.weekdays-missing`.
    """

    weekdays: tuple[Weekday, ...] = attrs.field(converter=_weekdays)
    start: str
    end: str

    def __attrs_post_init__(self) -> None:
        Hours(self.start, self.end)

    @property
    def hours(self) -> Hours:
        """The hours without the weekdays."""
        return Hours(self.start, self.end)


def parts_of(kind: type[_Part], given: object, address: str) -> tuple[_Part, ...]:
    """One thing of a kind, or several, as a tuple; anything else is `calendar.part-malformed` at its place."""
    if isinstance(given, kind):
        return (given,)
    if not isinstance(given, Iterable):
        raise InvalidValueError(_misplaced(kind, given, address))
    parts = tuple(cast("Iterable[object]", given))
    wrong = [_misplaced(kind, each, f"{address}/{at}") for at, each in enumerate(parts) if not isinstance(each, kind)]
    if wrong:
        raise InvalidValueError(*wrong)
    return tuple(each for each in parts if isinstance(each, kind))


def _misplaced(kind: type, value: object, address: str) -> Finding:
    return PART_MALFORMED(address, wanted=kind.__name__, value=type(value).__name__)


def _on(value: str | date) -> date:
    return day(value, address="/on")


def _follows(value: str | None) -> Weekday | None:
    return None if value is None else _weekday(value, "/follows")


def _own_hours(given: Hours | Iterable[Hours]) -> tuple[Hours, ...]:
    return parts_of(Hours, given, "/hours")


@attrs.frozen
class MakeUpDay:
    """A day that is worked although its weekday or a holiday says otherwise.

    It follows the shifts of the weekday `follows`, or has `hours` of its own; with neither, it is worked as the
    first weekday that has shifts. Raises `InvalidValueError` with `calendar.make-up-ambiguous` for both.
    """

    on: date = attrs.field(converter=_on)
    follows: Weekday | None = attrs.field(default=None, converter=_follows)
    hours: tuple[Hours, ...] = attrs.field(default=(), converter=_own_hours)

    def __attrs_post_init__(self) -> None:
        if self.follows is not None and self.hours:
            raise InvalidValueError(MAKE_UP_AMBIGUOUS(on=self.on))
