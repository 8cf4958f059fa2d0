"""Moments: read strictly, kept in UTC, the zone's name apart.

An `Instant` is a `pendulum.DateTime` whose zone is `pendulum.UTC`; nothing else may enter the library.
Text is an RFC 3339 `date-time` (section 5.6) with these choices: upper-case `T` and `Z`, seconds always,
a fraction of one to six digits, an offset always, no leap second (UTC here has 86,400 seconds a day),
years 0001 to 9999 before and after the shift to UTC. `-00:00` (offset unknown, section 4.3) is read as UTC.

Where something happened is a second fact: a zone is the name of an IANA time zone, kept beside the instant
in a `ZonedInstant`. A wall-clock time stands for the **first instant at which the zone's clock shows it
or a later one**: in the gap of a spring change that is the jump itself, in the fold of an autumn change
the first of the two.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, Final, TypeAlias, cast

import attrs
import pendulum
from pendulum import DateTime

from orderlib.errors import Finding, FindingCode, InvalidValueError, Severity

# `instant` itself is not listed: as a name of the package it would hide this module, which bears it already.
__all__ = [
    "Instant",
    "Zone",
    "ZonedInstant",
    "day",
    "day_start",
    "format_instant",
    "later",
    "local_day",
    "time_between",
    "wall_instant",
    "zone",
]

Instant: TypeAlias = DateTime
Zone: TypeAlias = str

INSTANT_MALFORMED: Final = FindingCode(
    "value.instant-malformed",
    Severity.ERROR,
    "not an RFC 3339 instant with seconds and offset: {value}",
    "不是带秒和时区偏移的 RFC 3339 时刻：{value}",
)
INSTANT_NAIVE: Final = FindingCode(
    "value.instant-naive",
    Severity.ERROR,
    "a date-time without an offset is no instant: {value}",
    "没有时区偏移的日期时间不是时刻：{value}",
)
INSTANT_OUT_OF_RANGE: Final = FindingCode(
    "value.instant-out-of-range",
    Severity.ERROR,
    "beyond the years 0001 to 9999 in UTC: {value}",
    "换算到 UTC 后超出 0001 年至 9999 年：{value}",
)
DAY_MALFORMED: Final = FindingCode(
    "value.day-malformed",
    Severity.ERROR,
    "not a calendar date YYYY-MM-DD: {value}",
    "不是 YYYY-MM-DD 形式的日期：{value}",
)
ZONE_UNKNOWN: Final = FindingCode(
    "value.zone-unknown",
    Severity.ERROR,
    "not the name of an IANA time zone: {value}",
    "不是 IANA 时区名称：{value}",
)

_UTC: Final = pendulum.UTC
_SECOND: Final = timedelta(seconds=1)
_ZERO: Final = timedelta()
_OFFSETS: Final[dict[str, timedelta]] = {}  # those met so far: at most the 2,880 that are well-formed
_SHOWN: Final = 64  # how much of a refused text a finding repeats

_OFFSET: Final = re.compile(r"[+-](?:[01]\d|2[0-3]):[0-5]\d", re.ASCII).fullmatch
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII).fullmatch
_ZONE: Final = re.compile(r"[A-Za-z][A-Za-z0-9_+-]{0,31}(?:/[A-Za-z0-9_+-]{1,31}){0,2}", re.ASCII).fullmatch
# Names that a zone database on disk may answer to, but that mean "whatever this machine is set to" or
# count leap seconds.
_NOT_ZONES: Final = ("localtime", "posixrules", "Factory", "posix/", "right/", "SystemV/")

_from_iso: Final = datetime.fromisoformat
# The packed state of a datetime is what its pickles carry, hence stable; it goes from one class to the other
# in one piece, which halves the cost of naming seven fields.
_state_of: Final[Callable[[datetime], tuple[Any, Any]]] = cast("Any", datetime.__reduce__)
_of_state: Final[Callable[[bytes], datetime]] = cast("Any", datetime)
_with_utc: Final[Callable[[bytes, pendulum.Timezone], DateTime]] = cast("Any", DateTime)


def instant(value: str | datetime, *, address: str = "") -> Instant:
    """The instant that a text or an aware `datetime` stands for, in UTC.

    An instant that is one already comes back as it is. Raises `InvalidValueError` with
    `value.instant-malformed`, `value.instant-naive` or `value.instant-out-of-range`, at `address`.
    """
    if type(value) is DateTime and value.tzinfo is _UTC:
        return value
    if type(value) is not str:
        return _converted(value, address)
    # Python's reader does the digits and the ranges. What it takes beyond RFC 3339 (week dates, basic format,
    # other separators, more digits, hour 24) is ruled out by shape before, and what it gives goes over packed:
    # the two plainest forms, whole seconds with Z or a usual offset, cost a tenth of a general reader.
    if value[4:17:3] == "--T::" and value[5] != "W" and (value[11] != "2" or value[12] != "4") and value.isascii():
        tail = value[19:]
        try:
            if tail == "Z":
                return _with_utc(_state_of(_from_iso(value))[1][0], _UTC)
            if tail in _OFFSETS:
                return _with_utc(_state_of(_from_iso(value[:19]) - _OFFSETS[tail])[1][0], _UTC)
        except (ValueError, OverflowError):
            pass  # refused below, with its reason
    return _parsed(value, address)


def _converted(value: object, address: str) -> Instant:
    if isinstance(value, datetime):
        return _shifted(value, address)
    if isinstance(value, str):
        return _parsed(str(value), address)
    raise InvalidValueError(INSTANT_MALFORMED(address, value=type(value).__name__))


def _parsed(text: str, address: str) -> Instant:
    try:
        body, offset = (text[:-1], _ZERO) if text[-1:] == "Z" else (text[:-6], _offset(text[-6:]))
        if (
            body[4:17:3] != "--T::"
            or body[5] == "W"
            or body[11:13] == "24"
            or (len(body) != 19 and not _is_fraction(body))
            or not text.isascii()
        ):
            raise InvalidValueError(_malformed(text, address))
        moment = _from_iso(body) - offset
    except OverflowError:
        raise InvalidValueError(INSTANT_OUT_OF_RANGE(address, value=text)) from None
    except (ValueError, IndexError):  # InvalidValueError is a ValueError, too
        raise InvalidValueError(_malformed(text, address)) from None
    return _with_utc(_state_of(moment)[1][0], _UTC)


def from_naive_utc(moment: datetime) -> Instant:
    """The instant of a plain `datetime` that is meant in UTC; the way back from `naive_utc`."""
    return _with_utc(_state_of(moment)[1][0], _UTC)


def _is_fraction(body: str) -> bool:
    return body[19] == "." and len(body) <= 26 and body[20:].isdigit()


def _offset(text: str) -> timedelta:
    if not _OFFSET(text):
        raise ValueError(text)
    east = timedelta(hours=int(text[1:3]), minutes=int(text[4:]))
    _OFFSETS[text] = offset = -east if text[0] == "-" else east
    return offset


def _malformed(text: str, address: str) -> Finding:
    return INSTANT_MALFORMED(address, value=repr(text[:_SHOWN]))


def _shifted(value: datetime, address: str) -> Instant:
    offset = value.utcoffset()
    if offset is None:
        raise InvalidValueError(INSTANT_NAIVE(address, value=datetime.isoformat(value)))
    fields = (value.year, value.month, value.day, value.hour, value.minute, value.second, value.microsecond)
    try:
        return from_naive_utc(datetime(*fields) - offset)  # noqa: DTZ001 - naive on purpose: the offset is taken off here
    except OverflowError:
        raise InvalidValueError(INSTANT_OUT_OF_RANGE(address, value=datetime.isoformat(value))) from None


def format_instant(at: Instant) -> str:
    """The one way an instant is written: RFC 3339 with `Z`, six digits of fraction where there is one.

    `instant(format_instant(at)) == at` for every instant.
    """
    return naive_utc(at).isoformat() + "Z"


def naive_utc(at: Instant) -> datetime:
    """The instant's date and time in UTC as a plain `datetime` without zone: ten times as fast to reckon with."""
    if type(at) is not DateTime or at.tzinfo is not _UTC:
        at = instant(at)
    return _of_state(_state_of(at)[1][0])


def time_between(start: Instant, end: Instant) -> timedelta:
    """The time from one instant to another, negative if `end` is earlier.

    Plain elapsed time; pendulum's own difference also works out months and years, at two hundred times the cost.
    """
    return datetime.__sub__(instant(end), instant(start))


def later(at: Instant, by: timedelta) -> Instant:
    """The instant that lies `by` after `at`, or before it where `by` is negative.

    Raises `InvalidValueError` with `value.instant-out-of-range` where time as we write it ends.
    """
    try:
        return from_naive_utc(naive_utc(at) + by)
    except OverflowError:
        raise InvalidValueError(INSTANT_OUT_OF_RANGE(value=f"{format_instant(at)} + {by!s}")) from None


def day(value: str | date, *, address: str = "") -> date:
    """A calendar day: a `date`, or its text `YYYY-MM-DD` (ISO 8601 calendar date, extended format).

    A `datetime` is refused, for its day depends on a zone; `local_day` asks for that. Raises
    `InvalidValueError` with `value.day-malformed`, at `address`.
    """
    return value if type(value) is date else _day(value, address)


def _day(value: object, address: str) -> date:
    if isinstance(value, str):
        if _DATE(value):
            try:
                return date.fromisoformat(value)
            except ValueError:
                pass
        raise InvalidValueError(DAY_MALFORMED(address, value=repr(value[:_SHOWN])))
    if isinstance(value, date) and not isinstance(value, datetime):
        return date(value.year, value.month, value.day)  # a subclass, as pendulum's
    raise InvalidValueError(DAY_MALFORMED(address, value=type(value).__name__))


def zone(name: str, *, address: str = "") -> Zone:
    """The name of an IANA time zone, found to exist (`Asia/Shanghai`, `UTC`).

    Raises `InvalidValueError` with `value.zone-unknown`, at `address`, for what is no such name, and for
    `localtime` and the like, which mean something else on each machine.
    """
    rules_of(name, address)
    return name


def rules_of(name: object, address: str = "") -> pendulum.Timezone:
    """The zone's rules, from the time zone database."""
    if isinstance(name, str) and _ZONE(name) and not name.startswith(_NOT_ZONES):
        try:
            return pendulum.Timezone(name)
        except (ValueError, LookupError, OSError):  # OSError: a folder of the database, such as `Europe`
            pass
    shown = repr(name[:_SHOWN]) if isinstance(name, str) else type(name).__name__
    raise InvalidValueError(ZONE_UNKNOWN(address, value=shown))


def _at_field(value: str | datetime) -> Instant:
    return instant(value, address="/at")


def _zone_field(name: str) -> Zone:
    return zone(name, address="/zone")


@attrs.frozen
class ZonedInstant:
    """An instant together with the zone in which it was meant: the clock on the wall of that place.

    `at` takes whatever `instant` reads; `zone` is an IANA name. Equal when both are equal.
    """

    at: Instant = attrs.field(converter=_at_field)
    zone: Zone = attrs.field(converter=_zone_field)

    def local(self) -> DateTime:
        """The wall clock's reading there, for people; it is no `Instant` any more.

        Raises `InvalidValueError` with `value.instant-out-of-range` beyond the first or last day of time.
        """
        return DateTime.instance(_local(self.at, self.zone), tz=rules_of(self.zone))


def _local(at: Instant, name: Zone) -> datetime:
    try:
        return datetime.astimezone(at, rules_of(name))
    except OverflowError:
        raise InvalidValueError(INSTANT_OUT_OF_RANGE(value=format_instant(at))) from None


def local_day(at: Instant, zone: Zone) -> date:
    """The calendar day that it is in the zone at that instant.

    Raises `InvalidValueError` as `instant` and `zone` do.
    """
    return _local(instant(at), zone).date()


def day_start(on: date, zone: Zone) -> Instant:
    """The first instant of a calendar day in the zone (some zones skip midnight when clocks go forward)."""
    return wall_instant(on, 0, zone)


def wall_instant(on: date, minute: int, zone: Zone) -> Instant:
    """The first instant at which the clock of the zone shows a time, in minutes from midnight, or a later one.

    `minute` may lie beyond the day (1,440 is the next midnight). What falls outside the years 0001 to 9999
    comes back as their first or last instant.
    """
    return from_naive_utc(first_showing(on, minute, rules_of(zone)))


def first_showing(on: date, minute: int, rules: pendulum.Timezone) -> datetime:
    """`wall_instant` on rules already found, as a naive `datetime` in UTC."""
    try:
        wall = datetime(on.year, on.month, on.day) + timedelta(minutes=minute)  # noqa: DTZ001 - a wall has no zone
    except OverflowError:
        return datetime.max if minute > 0 else datetime.min  # noqa: DTZ901
    early, late = _offset_at(wall, rules), _offset_at(wall.replace(fold=1), rules)
    try:
        moment = wall - early
        return moment if late <= early else _jump(wall - late, moment, rules)
    except OverflowError:
        return datetime.max if early.total_seconds() < 0 else datetime.min  # noqa: DTZ901


def _offset_at(wall: datetime, rules: pendulum.Timezone) -> timedelta:
    return cast("timedelta", rules.utcoffset(wall))  # a named zone always has one


def _jump(before: datetime, after: datetime, rules: pendulum.Timezone) -> datetime:
    """The first second in (before, after] that has the offset of `after`: where the clock jumps over a gap."""
    target = _shown(after, rules) - after
    while after - before > _SECOND:
        middle = before + timedelta(seconds=(after - before) // _SECOND // 2)
        if _shown(middle, rules) - middle == target:
            after = middle
        else:
            before = middle
    return after


def _shown(moment: datetime, rules: pendulum.Timezone) -> datetime:
    return rules.fromutc(moment.replace(tzinfo=rules)).replace(tzinfo=None)
