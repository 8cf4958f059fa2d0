"""Laws of instants and working time, over generated calendars, zones and moments."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from orderlib.errors import InvalidValueError
from orderlib.values.calendar import WorkingCalendar, intersection, union
from orderlib.values.instant import Instant, format_instant, instant, later, wall_instant
from orderlib.values.period import Interval
from orderlib.values.shift import EVERY_DAY, Hours, MakeUpDay, Shift
from orderlib.values.worktime import Calendar

MINUTE = timedelta(minutes=1)
ZONES = ("UTC", "Europe/Berlin", "Asia/Shanghai", "America/New_York", "Australia/Lord_Howe")
# Around the changes of clocks in spring and autumn 2024, where rules go wrong.
SEASONS = (
    date(2024, 3, 9),
    date(2024, 3, 30),
    date(2024, 4, 6),
    date(2024, 10, 5),
    date(2024, 10, 26),
    date(2024, 11, 2),
)

days = st.builds(lambda season, more: season + timedelta(days=more), st.sampled_from(SEASONS), st.integers(-2, 3))
moments = st.builds(
    lambda on, minute: later(instant(f"{on}T00:00:00Z"), minute * MINUTE), days, st.integers(0, 24 * 60 - 1)
)
spells = st.builds(timedelta, minutes=st.integers(0, 60 * 60), microseconds=st.integers(0, 10**6))
clocks = st.sampled_from([f"{hour:02}:{minute:02}" for hour in range(24) for minute in (0, 15, 30)])


@st.composite
def hours(draw) -> tuple[str, str]:
    """Start and end, not the same, as a shift has them."""
    start, end = draw(clocks), draw(st.one_of(clocks, st.just("24:00")))
    assume(start != end)
    return start, end


@st.composite
def working_calendars(draw) -> WorkingCalendar:
    """One to three shifts in any zone, with days off, days made up for, and downtime."""
    shifts = [
        Shift(draw(st.sets(st.sampled_from(EVERY_DAY), min_size=1)), *draw(hours()))
        for _ in range(draw(st.integers(1, 3)))
    ]
    off = draw(st.sets(days, max_size=3))
    made_up = [MakeUpDay(on, hours=Hours(*draw(hours()))) for on in sorted(draw(st.sets(days, max_size=2)) - off)]
    idle = [
        Interval(start, later(start, MINUTE * draw(st.integers(1, 600))))
        for start in draw(st.lists(moments, max_size=2))
    ]
    return WorkingCalendar(shifts, draw(st.sampled_from(ZONES)), off, made_up, idle)


calendars: st.SearchStrategy[Calendar] = st.one_of(
    working_calendars(),
    st.builds(intersection, working_calendars(), working_calendars()),
    st.builds(union, working_calendars(), working_calendars()),
)


def moved(calendar: Calendar, at: Instant, spell: timedelta) -> Instant:
    """Working time added, where the calendar ever has so much."""
    try:
        return calendar.add_working(at, spell)
    except InvalidValueError:
        assume(False)  # two calendars that never meet
        raise


@given(working_calendars(), moments, spells)
def test_what_was_added_is_what_lies_between(calendar, at, spell):
    """Forward and backward, the working time passed is the working time asked for."""
    assert calendar.working_between(at, calendar.add_working(at, spell)) == spell
    assert calendar.working_between(calendar.add_working(at, -spell), at) == spell


@given(calendars, moments, spells, spells)
@settings(max_examples=60)
def test_adding_twice_is_adding_the_sum(calendar, at, one, other):
    """In either direction, over any kind of calendar."""
    assert moved(calendar, moved(calendar, at, one), other) == moved(calendar, at, one + other)
    assert moved(calendar, moved(calendar, at, -one), -other) == moved(calendar, at, -one - other)


@given(working_calendars(), moments, moments, spells, spells)
def test_adding_keeps_the_order(calendar, at, then, one, other):
    """Neither a later start nor more work ends earlier."""
    (at, then), (one, other) = sorted((at, then)), sorted((one, other))
    assert calendar.add_working(at, one) <= calendar.add_working(then, one)
    assert calendar.add_working(at, one) <= calendar.add_working(at, other)
    assert calendar.add_working(at, -one) <= calendar.add_working(then, -one)
    assert calendar.add_working(at, -other) <= calendar.add_working(at, -one)


@given(working_calendars(), moments, moments, moments)
def test_working_time_adds_up(calendar, one, two, three):
    """Between first and last is what lies between first and second and second and last, in any order."""
    whole = calendar.working_between(one, three)
    assert whole == calendar.working_between(one, two) + calendar.working_between(two, three)
    assert calendar.working_between(three, one) == -whole


@given(calendars, moments, moments)
@settings(max_examples=60)
def test_intervals_are_the_time_between(calendar, at, then):
    """Apart from each other, in order, worked throughout, and as long in sum as what is measured."""
    at, then = sorted((at, then))
    found = calendar.working_intervals(at, then)
    assert sum((each.duration for each in found), timedelta()) == calendar.working_between(at, then)
    for each in found:
        assert calendar.is_working(each.start_at)
        assert each.end_at == then or not calendar.is_working(each.end_at)
    assert all(before.end_at < after.start_at for before, after in pairwise(found))


@given(working_calendars(), moments)
def test_searching_finds_the_nearest_work(calendar, at):
    """Nothing is worked between an instant and the next work, nor between the last work and an instant."""
    ahead, behind = calendar.next_working(at), calendar.previous_working(at)
    assert calendar.is_working(ahead)
    assert calendar.is_working(later(behind, timedelta(microseconds=-1)))
    assert behind <= at <= ahead
    assert calendar.working_between(behind, ahead) == timedelta()


@given(calendars, moments)
@settings(max_examples=60)
def test_a_combination_works_by_its_rule(calendar, at):
    """Told instant by instant from its parts."""
    parts = getattr(calendar, "parts", (calendar,))
    verdicts = [part.is_working(at) for part in parts]
    by_any = getattr(calendar, "rule", "all") == "any"
    assert calendar.is_working(at) is (any(verdicts) if by_any else all(verdicts))


@given(working_calendars(), days, st.integers(-400, 400))
def test_days_added_are_days_between(calendar, on, n):
    """The n-th working day is a working day, and n working days away."""
    there = calendar.add_days(on, n)
    assert calendar.days_between(on, there) == n
    assert n == 0 or calendar.is_working_day(there)


# -- the slow reference: the clock on the wall is read minute by minute ---------------------------------------------


@cache
def first_showing(zone: str, wall: datetime) -> datetime:
    """The first minute at which a clock shows a time or a later one, found by looking at it."""
    rules, probe = ZoneInfo(zone), wall.replace(tzinfo=UTC) - timedelta(hours=26)
    while probe.astimezone(rules).replace(tzinfo=None) + timedelta(hours=2) < wall:
        probe += timedelta(minutes=30)
    while probe.astimezone(rules).replace(tzinfo=None) < wall:
        probe += MINUTE
    return probe


def worked_minutes(calendar: WorkingCalendar, first: date, last: date) -> set[datetime]:
    """The minutes of all shifts that begin from one day to another, one by one."""
    found: set[datetime] = set()
    for more in range((last - first).days + 1):
        on = first + timedelta(days=more)
        for start, end in hours_on(calendar, on):
            at, stop = (first_showing(calendar.zone, midnight(on) + each * MINUTE) for each in (start, end))
            while at < stop:
                found.add(at)
                at += MINUTE
    return {at for at in found if not any(each.start_at <= at < each.end_at for each in calendar.downtime)}


def midnight(on: date) -> datetime:
    """The wall's time, without a zone."""
    return datetime(on.year, on.month, on.day)  # noqa: DTZ001 - a wall has none


def hours_on(calendar: WorkingCalendar, on: date) -> list[tuple[int, int]]:
    """The hours that begin on a day, in minutes from its midnight."""
    for each in calendar.make_up:
        if each.on == on:
            return [hours.minutes for hours in each.hours]
    if on in calendar.holidays:
        return []
    return [shift.hours.minutes for shift in calendar.shifts if EVERY_DAY[on.weekday()] in shift.weekdays]


@given(working_calendars(), days, st.integers(0, 24 * 60))
@settings(max_examples=40)
def test_the_staircase_agrees_with_the_minutes(calendar, on, minute):
    """Two days around each change of the clock, in every zone: the same minutes, the same sum, the same end."""
    at = later(instant(f"{on}T00:00:00Z"), minute * MINUTE)
    minutes = worked_minutes(calendar, on - timedelta(days=2), on + timedelta(days=3))
    asked = [later(at, each * MINUTE) for each in range(0, 24 * 60, 7)]
    assert [calendar.is_working(each) for each in asked] == [each in minutes for each in asked]
    ahead = sorted(each for each in minutes if at <= each < later(at, timedelta(days=1)))
    assert calendar.working_between(at, later(at, timedelta(days=1))) == len(ahead) * MINUTE
    if ahead:
        assert calendar.add_working(at, len(ahead) * MINUTE) == ahead[-1] + MINUTE
        assert calendar.next_working(at) == ahead[0]


@given(days, st.integers(0, 24 * 60), st.sampled_from(ZONES))
def test_a_wall_time_is_the_first_minute_that_shows_it(on, minute, zone):
    """Found by reckoning and by looking."""
    assert wall_instant(on, minute, zone) == first_showing(zone, midnight(on) + minute * MINUTE)


# -- instants --------------------------------------------------------------------------------------------------------

PLAIN = re.compile(
    r"(?!0000)\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,6})?"
    r"(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)",
    re.ASCII,
)
EDGES = {"min_value": datetime(1, 1, 3), "max_value": datetime(9999, 12, 29)}  # noqa: DTZ001 - as hypothesis wants it


@given(st.datetimes(**EDGES, timezones=st.timezones()))
def test_an_instant_is_what_it_was_after_writing_and_reading(moment):
    """For every moment, in every zone, to the microsecond."""
    at = instant(moment)
    assert at == moment.astimezone(UTC)
    assert instant(format_instant(at)) == at
    assert format_instant(instant(format_instant(at))) == format_instant(at)


def taken(text: str) -> datetime | str:
    """What is read, or the code of the refusal."""
    try:
        return instant(text)
    except InvalidValueError as refusal:
        return refusal.code


def expected(text: str) -> datetime | str:
    """The same from the pattern of RFC 3339 and the standard library."""
    if not PLAIN.fullmatch(text):
        return "value.instant-malformed"
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except OverflowError:
        return "value.instant-out-of-range"
    except ValueError:  # a day that the month does not have
        return "value.instant-malformed"


PIECES = ["", "0", "9", "W", "T", "t", "Z", "z", " ", ":", ".", ",", "-", "+", "٣", "\x00", "24", "60", "é"]


@given(st.from_regex(PLAIN, fullmatch=True), st.integers(0, 31), st.sampled_from(PIECES), st.integers(0, 2))
@settings(max_examples=250)
def test_text_is_read_exactly_where_the_grammar_says(text, at, piece, cut):
    """With any piece put in or taken out: taken if, and only if, the pattern and the calendar take it."""
    for spelling in (text, text, text[:at] + piece + text[at + cut :]):  # the second time its offset is known
        assert taken(spelling) == expected(spelling)
