"""Working calendars: plant, customer, carrier.

A `WorkingCalendar` is shifts on the clock of a zone, less holidays and downtime, plus days that are made up for;
`intersection` and `union` put calendars together (the plant works *and* the carrier collects). What they can
tell is in `Calendar`: working time added and measured, working days counted.

Times of day become instants by the rule of `orderlib.values.instant`: the first instant at which the clock shows
the time or a later one. So a shift from 22:00 to 06:00 is an hour shorter or longer in the night when clocks
change, hours that fall wholly into a gap are not worked, and hours that end inside a fold end at its first pass.
A shift belongs to the day on which it begins: a holiday takes away the shifts that begin on it, and only those.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Final, TypeAlias

import attrs

from orderlib.errors import Finding, FindingCode, InvalidValueError, Severity
from orderlib.values._timeline import Span, common, merged, without
from orderlib.values.holiday import Holidays, ordered_days
from orderlib.values.instant import Zone, first_showing, naive_utc, rules_of, zone
from orderlib.values.period import Interval
from orderlib.values.shift import EVERY_DAY, MONDAY_TO_FRIDAY, MakeUpDay, Shift, parts_of
from orderlib.values.typed import instance_of
from orderlib.values.worktime import Calendar

__all__ = [
    "ALWAYS",
    "WEEKDAYS",
    "CombinationRule",
    "CombinedCalendar",
    "WorkingCalendar",
    "intersection",
    "union",
]

DAY_CONTRADICTED: Final = FindingCode(
    "calendar.day-contradicted",
    Severity.ERROR,
    "the day is both a holiday and made up for, or made up for twice: {on}",
    "该日既是假日又是调休上班日，或重复调休：{on}",
)
NEVER_WORKS: Final = FindingCode(
    "calendar.never-works",
    Severity.ERROR,
    "a calendar needs a shift or a make-up day with hours",
    "日历至少需要一个班次或一个自有时段的调休上班日",
)
RULE_UNKNOWN: Final = FindingCode(
    "calendar.rule-unknown",
    Severity.ERROR,
    "calendars combine by `all` or `any`, not by {value}",
    "日历只能按 `all` 或 `any` 组合，而非 {value}",
)
NOTHING_COMBINED: Final = FindingCode(
    "calendar.nothing-combined", Severity.ERROR, "there is no calendar to combine", "没有可组合的日历"
)

_Minutes: TypeAlias = tuple[tuple[int, int], ...]


def _zone(name: str) -> Zone:
    return zone(name, address="/zone")


def _shifts(given: Shift | Iterable[Shift]) -> tuple[Shift, ...]:
    return parts_of(Shift, given, "/shifts")


def _holidays(given: Iterable[date | str]) -> tuple[date, ...]:
    return ordered_days(given, "/holidays")


def _make_up(given: MakeUpDay | Iterable[MakeUpDay]) -> tuple[MakeUpDay, ...]:
    return tuple(sorted(parts_of(MakeUpDay, given, "/make_up"), key=lambda each: each.on))


def _downtime(given: Interval | Iterable[Interval]) -> tuple[Interval, ...]:
    spans = parts_of(Interval, given, "/downtime")
    return tuple(sorted(spans, key=lambda each: (each.start_at, each.end_at)))


@attrs.frozen
class WorkingCalendar(Calendar):
    """Shifts on the clock of a zone, less holidays and downtime, plus make-up days.

    `holidays` and `make_up` are kept in order. `downtime` is time that is not worked whatever the shifts say; it
    takes no day out of the count of working days.
    `label` is for people. Raises `InvalidValueError` with the codes of this module, of `shift` and of `instant`.
    """

    shifts: tuple[Shift, ...] = attrs.field(default=(), converter=_shifts)
    zone: Zone = attrs.field(default="UTC", converter=_zone)
    holidays: tuple[date, ...] = attrs.field(default=(), converter=_holidays)
    make_up: tuple[MakeUpDay, ...] = attrs.field(default=(), converter=_make_up)
    downtime: tuple[Interval, ...] = attrs.field(default=(), converter=_downtime)
    label: str = ""

    def __attrs_post_init__(self) -> None:
        seen = set(self.holidays)
        wrong: list[Finding] = []
        for at, each in enumerate(self.make_up):
            if each.on in seen:
                wrong.append(DAY_CONTRADICTED(f"/make_up/{at}", on=each.on))
            seen.add(each.on)
        if not self.shifts and not any(each.hours for each in self.make_up):
            wrong.append(NEVER_WORKS("/shifts"))
        if wrong:
            raise InvalidValueError(*wrong)

    def observing(self, holidays: Holidays) -> WorkingCalendar:
        """The same calendar with further days off and make-up days.

        Raises `InvalidValueError` with `calendar.day-contradicted` where they contradict what it has.
        """
        instance_of(Holidays, holidays)
        known = {each.on for each in self.make_up}
        made_up = (MakeUpDay(each) for each in holidays.make_up if each not in known)
        return attrs.evolve(self, holidays=(*self.holidays, *holidays.off), make_up=(*self.make_up, *made_up))

    def spans(self, year: int) -> list[Span]:
        """The working spans of a year of UTC; those at its edges may reach into the next."""
        rules = rules_of(self.zone)
        week, special = self._plan()
        found: list[Span] = []
        # A local day may lie a day off UTC either way, and a shift may reach into the day after.
        first, last = _ordinals(year)
        for ordinal in range(max(first - 2, date.min.toordinal()), min(last + 1, date.max.toordinal() + 1)):
            on = date.fromordinal(ordinal)
            for start, end in special.get(on, week[on.weekday()]):
                found.append((first_showing(on, start, rules), first_showing(on, end, rules)))
        return without(merged(found), [(naive_utc(each.start_at), naive_utc(each.end_at)) for each in self.downtime])

    def workdays(self, year: int) -> list[int]:
        """The days of a year on which a shift begins, as ordinals."""
        week, special = self._plan()
        days = (date.fromordinal(each) for each in range(*_ordinals(year)))
        return [on.toordinal() for on in days if special.get(on, week[on.weekday()])]

    def _plan(self) -> tuple[tuple[_Minutes, ...], dict[date, _Minutes]]:
        """Hours by weekday, and by day where a day has its own, in minutes from midnight."""
        week = tuple(
            tuple(shift.hours.minutes for shift in self.shifts if weekday in shift.weekdays) for weekday in EVERY_DAY
        )
        usual = next(filter(None, week), ())
        special: dict[date, _Minutes] = dict.fromkeys(self.holidays, ())
        for each in self.make_up:
            if each.hours:
                special[each.on] = tuple(hours.minutes for hours in each.hours)
            else:
                special[each.on] = usual if each.follows is None else week[EVERY_DAY.index(each.follows)]
        return week, special


def _ordinals(year: int) -> tuple[int, int]:
    """The first day of a year, and the day after its last."""
    return date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1


class CombinationRule(StrEnum):
    """When a combination of calendars works: while all of them do, or while any of them does."""

    ALL = "all"
    ANY = "any"


def _rule(given: str) -> CombinationRule:
    try:
        return CombinationRule(given)
    except ValueError:
        raise InvalidValueError(RULE_UNKNOWN("/rule", value=repr(given)[:64])) from None


def _parts(given: Iterable[Calendar]) -> tuple[Calendar, ...]:
    return parts_of(Calendar, given, "/parts")


@attrs.frozen
class CombinedCalendar(Calendar):
    """Several calendars as one, each in its own zone; see `intersection` and `union`.

    A day counts as a working day when it is one in all, or in any, of them. Raises `InvalidValueError` with
    `calendar.nothing-combined` for none.
    """

    rule: CombinationRule = attrs.field(converter=_rule)
    parts: tuple[Calendar, ...] = attrs.field(converter=_parts)

    def __attrs_post_init__(self) -> None:
        if not self.parts:
            raise InvalidValueError(NOTHING_COMBINED("/parts"))

    def spans(self, year: int) -> list[Span]:
        """The working spans of a year of UTC that all parts, or any of them, have."""
        each = [part.timeline(year).spans() for part in self.parts]
        if self.rule is CombinationRule.ANY:
            return merged(span for spans in each for span in spans)
        shared, *rest = each
        for spans in rest:
            shared = common(shared, spans)
        return shared

    def workdays(self, year: int) -> list[int]:
        """The days of a year that are working days in all parts, or in any of them, as ordinals."""
        first, *rest = self.parts
        days = set(first.days_of(year))
        for part in rest:
            days = (
                days.union(part.days_of(year))
                if self.rule is CombinationRule.ANY
                else days.intersection(part.days_of(year))
            )
        return sorted(days)


def intersection(*calendars: Calendar) -> CombinedCalendar:
    """Works while all of them work. Raises `InvalidValueError` with `calendar.nothing-combined` for none."""
    return CombinedCalendar(CombinationRule.ALL, calendars)


def union(*calendars: Calendar) -> CombinedCalendar:
    """Works while any of them works. Raises `InvalidValueError` with `calendar.nothing-combined` for none."""
    return CombinedCalendar(CombinationRule.ANY, calendars)


ALWAYS: Final = WorkingCalendar(Shift(EVERY_DAY, "00:00", "24:00"), label="around the clock")
"""Every hour of every day."""

WEEKDAYS: Final = WorkingCalendar(
    (Shift(MONDAY_TO_FRIDAY, "08:00", "12:00"), Shift(MONDAY_TO_FRIDAY, "13:00", "17:00")), label="office hours, UTC"
)
"""Monday to Friday, 08:00 to 12:00 and 13:00 to 17:00 in UTC: eight hours a day, forty a week."""
