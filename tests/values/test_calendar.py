"""Working calendars: shifts, holidays, make-up days, downtime, zones, combinations."""

from __future__ import annotations

import copy
import pickle
from datetime import date, timedelta

import attrs
import pendulum
import pytest

from orderlib.errors import InvalidValueError
from orderlib.values.calendar import (
    ALWAYS,
    WEEKDAYS,
    CombinationRule,
    CombinedCalendar,
    WorkingCalendar,
    intersection,
    union,
)
from orderlib.values.holiday import Holidays
from orderlib.values.instant import format_instant, instant
from orderlib.values.period import Interval
from orderlib.values.shift import EVERY_DAY, MONDAY_TO_FRIDAY, Hours, MakeUpDay, Shift
from orderlib.values.worktime import Calendar

HOUR = timedelta(hours=1)
NIGHT = Shift(MONDAY_TO_FRIDAY, "22:00", "06:00")
MONDAYS = WorkingCalendar(Shift("MO", "08:00", "12:00"))
TUESDAYS = WorkingCalendar(Shift("TU", "08:00", "12:00"))


def added(calendar: Calendar, at: str, hours: float) -> str:
    """The instant as text."""
    return format_instant(calendar.add_working(instant(at), hours * HOUR))


def code_of(work) -> str:
    """The code of the refusal."""
    with pytest.raises(InvalidValueError) as caught:
        work()
    return caught.value.code


@pytest.mark.parametrize(
    ("at", "hours", "expected"),
    [
        ("2024-05-06T08:00:00Z", 1, "2024-05-06T09:00:00Z"),
        ("2024-05-06T08:00:00Z", 4, "2024-05-06T12:00:00Z"),  # up to the end of the shift, not the next start
        ("2024-05-06T08:00:00Z", 5, "2024-05-06T14:00:00Z"),
        ("2024-05-06T06:30:00.5Z", 1, "2024-05-06T09:00:00Z"),
        ("2024-05-06T11:30:00.5Z", 1, "2024-05-06T13:30:00.500000Z"),
        ("2024-05-04T10:00:00Z", 0, "2024-05-04T10:00:00Z"),  # nothing added, though it is Saturday
        ("2024-05-03T16:00:00Z", 2, "2024-05-06T09:00:00Z"),  # over the weekend
        ("2024-05-06T08:00:00Z", 40, "2024-05-10T17:00:00Z"),
        ("2024-05-06T08:00:00Z", 800, "2024-09-20T17:00:00Z"),
        ("2024-12-31T16:00:00Z", 2, "2025-01-01T09:00:00Z"),  # over the turn of the year
        ("2024-05-06T09:00:00Z", -1, "2024-05-06T08:00:00Z"),
        ("2024-05-06T08:00:00Z", -1, "2024-05-03T16:00:00Z"),
        ("2024-05-06T17:00:00Z", -40, "2024-04-30T08:00:00Z"),
        ("2024-01-01T08:00:00Z", -8, "2023-12-29T08:00:00Z"),
    ],
)
def test_office_hours_are_added_up(at, hours, expected):
    """Forward to the first instant by which the time is worked, backward to the last from which it is."""
    assert added(WEEKDAYS, at, hours) == expected


def test_a_thousand_hours_cross_years():
    """Ten years of office hours end where the count of working days says."""
    end = WEEKDAYS.add_working(instant("2024-01-01T00:00:00Z"), 20_880 * HOUR)
    assert format_instant(end) == "2033-12-30T17:00:00Z"
    assert WEEKDAYS.days_between(date(2023, 12, 31), end.date()) == 2_610


def test_durations_of_pendulum_count_by_what_they_measure():
    """A subclass of timedelta is taken by its elapsed time."""
    at = instant("2024-05-06T08:00:00Z")
    assert WEEKDAYS.add_working(at, pendulum.duration(hours=5)) == WEEKDAYS.add_working(at, 5 * HOUR)
    assert WEEKDAYS.add_working(at, at.add(hours=5) - at) == WEEKDAYS.add_working(at, 5 * HOUR)


@pytest.mark.parametrize("duration", [None, 5, 1.5, "PT5H"])
def test_what_is_no_duration_is_refused(duration):
    """A number of what?"""
    at = instant("2024-05-06T08:00:00Z")
    assert code_of(lambda: WEEKDAYS.add_working(at, duration)) == "calendar.duration-malformed"


@pytest.mark.parametrize("ask", ["is_working", "next_working", "previous_working"])
def test_instants_are_read_at_the_door(ask):
    """Text and datetimes of other zones are brought to UTC, naive ones refused."""
    aware = pendulum.datetime(2024, 5, 6, 10, tz="Europe/Berlin")
    assert getattr(WEEKDAYS, ask)(aware) == getattr(WEEKDAYS, ask)("2024-05-06T08:00:00Z")
    assert code_of(lambda: getattr(WEEKDAYS, ask)(aware.naive())) == "value.instant-naive"


def test_adding_reads_instants_at_the_door_too():
    """The fast path does not let a wall clock in."""
    aware = pendulum.datetime(2024, 5, 6, 10, tz="Europe/Berlin")
    assert format_instant(WEEKDAYS.add_working(aware, HOUR)) == "2024-05-06T09:00:00Z"
    assert code_of(lambda: WEEKDAYS.add_working(aware.naive(), HOUR)) == "value.instant-naive"


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2024-05-06T00:00:00Z", "2024-05-07T00:00:00Z", 8),
        ("2024-05-04T00:00:00Z", "2024-05-06T08:00:00Z", 0),
        ("2024-05-06T09:00:00Z", "2024-05-06T13:30:00Z", 3.5),
        ("2024-01-01T00:00:00Z", "2025-01-01T00:00:00Z", 262 * 8),
        ("2024-05-06T13:30:00Z", "2024-05-06T09:00:00Z", -3.5),
        ("2024-05-06T09:00:00Z", "2024-05-06T09:00:00Z", 0),
    ],
)
def test_working_time_is_measured(start, end, hours):
    """Between two instants, negative when they are given the other way round."""
    assert WEEKDAYS.working_between(instant(start), instant(end)) == hours * HOUR


@pytest.mark.parametrize(
    ("at", "working", "following", "preceding"),
    [
        ("2024-05-06T08:00:00Z", True, "2024-05-06T08:00:00Z", "2024-05-03T17:00:00Z"),
        ("2024-05-06T09:00:00Z", True, "2024-05-06T09:00:00Z", "2024-05-06T09:00:00Z"),
        ("2024-05-06T12:00:00Z", False, "2024-05-06T13:00:00Z", "2024-05-06T12:00:00Z"),
        ("2024-05-05T12:00:00Z", False, "2024-05-06T08:00:00Z", "2024-05-03T17:00:00Z"),
        ("2023-12-31T00:00:00Z", False, "2024-01-01T08:00:00Z", "2023-12-29T17:00:00Z"),
        ("2022-12-31T20:00:00Z", False, "2023-01-02T08:00:00Z", "2022-12-30T17:00:00Z"),
        ("2023-01-01T20:00:00Z", False, "2023-01-02T08:00:00Z", "2022-12-30T17:00:00Z"),
    ],
)
def test_work_is_found_around_an_instant(at, working, following, preceding):
    """A span includes its start and leaves out its end; seen from behind it is the other way round."""
    moment = instant(at)
    assert WEEKDAYS.is_working(moment) is working
    assert format_instant(WEEKDAYS.next_working(moment)) == following
    assert format_instant(WEEKDAYS.previous_working(moment)) == preceding


def test_intervals_are_cut_off_at_both_ends():
    """What is asked for, and nothing around it."""
    found = WEEKDAYS.working_intervals(instant("2024-05-06T11:00:00Z"), instant("2024-05-07T09:00:00Z"))
    assert found == (
        Interval("2024-05-06T11:00:00Z", "2024-05-06T12:00:00Z"),
        Interval("2024-05-06T13:00:00Z", "2024-05-06T17:00:00Z"),
        Interval("2024-05-07T08:00:00Z", "2024-05-07T09:00:00Z"),
    )
    assert WEEKDAYS.working_intervals(instant("2024-05-07T09:00:00Z"), instant("2024-05-06T11:00:00Z")) == ()


def test_the_turn_of_the_year_cuts_no_interval():
    """Work around the clock is one span, however many years it lasts."""
    whole = Interval("2022-06-01T00:00:00Z", "2025-06-01T00:00:00Z")
    assert ALWAYS.working_intervals(whole.start_at, whole.end_at) == (whole,)
    assert ALWAYS.working_between(whole.start_at, whole.end_at) == whole.duration


def test_around_the_clock_is_elapsed_time():
    """Nothing is left out, in either direction, up to the edges of time."""
    assert added(ALWAYS, "2024-12-31T23:00:00Z", 26) == "2025-01-02T01:00:00Z"
    assert added(ALWAYS, "2025-01-01T01:00:00Z", -26) == "2024-12-30T23:00:00Z"
    assert added(ALWAYS, "9999-12-31T22:00:00Z", 1) == "9999-12-31T23:00:00Z"
    assert added(ALWAYS, "0001-01-01T01:00:00Z", -1) == "0001-01-01T00:00:00Z"


def test_working_days_are_counted():
    """Forward, backward, and not at all."""
    friday = date(2024, 5, 3)
    assert [WEEKDAYS.add_days(friday, n) for n in (-1, 0, 1, 5)] == [
        date(2024, 5, 2),
        friday,
        date(2024, 5, 6),
        date(2024, 5, 10),
    ]
    assert WEEKDAYS.add_days(date(2024, 12, 31), 1) == date(2025, 1, 1)
    assert WEEKDAYS.add_days(date(2024, 1, 1), -1) == date(2023, 12, 29)
    saturday = date(2024, 5, 4)
    assert WEEKDAYS.next_working_day(saturday) == date(2024, 5, 6)
    assert WEEKDAYS.previous_working_day(saturday) == friday
    assert WEEKDAYS.next_working_day(friday) == WEEKDAYS.previous_working_day(friday) == friday
    assert WEEKDAYS.days_between(friday, date(2024, 5, 10)) == 5
    assert WEEKDAYS.days_between(date(2024, 5, 10), friday) == -5
    assert WEEKDAYS.days_between(date(2023, 12, 31), date(2024, 12, 31)) == 262
    assert not WEEKDAYS.is_working_day(date(2023, 12, 31))


@pytest.mark.parametrize("n", [1.0, True, None, "1"])
def test_days_are_added_in_whole_numbers(n):
    """Half a working day is working time, not days."""
    assert code_of(lambda: WEEKDAYS.add_days(date(2024, 5, 3), n)) == "calendar.duration-malformed"


def test_a_holiday_takes_away_the_shifts_that_begin_on_it():
    """The night before runs on into it, its own night does not begin."""
    nights = WorkingCalendar(NIGHT, holidays=[date(2024, 5, 1)])
    assert nights.is_working(instant("2024-05-01T05:00:00Z"))
    assert not nights.is_working(instant("2024-05-01T23:00:00Z"))
    assert not nights.is_working_day(date(2024, 5, 1))
    assert added(nights, "2024-05-01T05:00:00Z", 2) == "2024-05-02T23:00:00Z"


@pytest.mark.parametrize(
    ("made_up", "hours"),
    [
        (MakeUpDay("2024-02-04"), 8),  # as the first weekday with shifts
        (MakeUpDay("2024-02-04", "FR"), 4),
        (MakeUpDay("2024-02-04", "SU"), 0),
        (MakeUpDay("2024-02-04", hours=[Hours("06:00", "07:00"), Hours("09:00", "11:00")]), 3),
    ],
)
def test_a_make_up_day_is_worked_as_it_says(made_up, hours):
    """Like a weekday, or by hours of its own."""
    shifts = [Shift(["TU", "WE"], "08:00", "16:00"), Shift("FR", "08:00", "12:00")]
    calendar = WorkingCalendar(shifts, make_up=made_up)
    day = instant("2024-02-04T00:00:00Z"), instant("2024-02-05T00:00:00Z")
    assert calendar.working_between(*day) == hours * HOUR
    assert calendar.is_working_day(date(2024, 2, 4)) is (hours > 0)


def test_downtime_is_not_worked():
    """Whatever overlaps, whatever the shifts say; the day stays a working day."""
    calendar = WorkingCalendar(
        WEEKDAYS.shifts,
        downtime=[
            Interval("2024-05-06T10:00:00Z", "2024-05-06T14:00:00Z"),
            Interval("2024-05-06T09:00:00Z", "2024-05-06T11:00:00Z"),
        ],
    )
    assert added(calendar, "2024-05-06T08:00:00Z", 2) == "2024-05-06T15:00:00Z"
    assert calendar.is_working_day(date(2024, 5, 6))


def test_shifts_that_overlap_count_once():
    """Two crews at the same time make no more of the clock."""
    calendar = WorkingCalendar(
        [Shift("MO", "08:00", "12:00"), Shift("MO", "10:00", "14:00"), Shift("MO", "11:00", "12:00")]
    )
    assert calendar.working_between(instant("2024-05-06T00:00:00Z"), instant("2024-05-07T00:00:00Z")) == 6 * HOUR


@pytest.mark.parametrize(
    ("zone", "start", "end", "hours"),
    [
        ("Europe/Berlin", "2024-03-29T12:00:00Z", "2024-03-31T12:00:00Z", 15),  # one night of 8 h, one of 7 h
        ("Europe/Berlin", "2024-10-25T12:00:00Z", "2024-10-27T12:00:00Z", 17),
        ("America/New_York", "2024-03-08T12:00:00Z", "2024-03-10T16:00:00Z", 15),
        ("America/New_York", "2024-11-01T12:00:00Z", "2024-11-03T16:00:00Z", 17),
        ("Asia/Shanghai", "2024-03-29T12:00:00Z", "2024-03-31T12:00:00Z", 16),
    ],
)
def test_the_night_of_the_change_is_shorter_or_longer(zone, start, end, hours):
    """The clock on the wall rules the shift, elapsed time is what is worked."""
    nights = WorkingCalendar(Shift(EVERY_DAY, "22:00", "06:00"), zone)
    assert nights.working_between(instant(start), instant(end)) == hours * HOUR


def test_hours_inside_a_gap_are_not_worked():
    """Between two and three there was no time that Sunday."""
    calendar = WorkingCalendar(Shift("SU", "02:10", "02:50"), "Europe/Berlin")
    assert added(calendar, "2024-03-30T00:00:00Z", 0.5) == "2024-04-07T00:40:00Z"


def test_days_are_those_of_the_zone():
    """Monday morning in Shanghai is Sunday night in UTC, and the turn of the year lies elsewhere too."""
    calendar = WorkingCalendar(Shift(MONDAY_TO_FRIDAY, "06:00", "07:00"), "Asia/Shanghai")
    assert calendar.is_working(instant("2024-05-05T22:30:00Z"))
    assert calendar.is_working(instant("2023-12-31T22:30:00Z"))
    assert format_instant(calendar.previous_working(instant("2024-01-01T00:00:00Z"))) == "2023-12-31T23:00:00Z"


def test_an_intersection_works_while_all_do():
    """The plant and the carrier, each on its own clock."""
    plant = WorkingCalendar(Shift(MONDAY_TO_FRIDAY, "08:00", "16:00"), "Asia/Shanghai")  # 00:00 to 08:00 in UTC
    carrier = WorkingCalendar(Shift(["MO", "WE"], "07:00", "12:00"))
    both = intersection(plant, carrier, ALWAYS)
    assert added(both, "2024-05-06T00:00:00Z", 2) == "2024-05-08T08:00:00Z"
    assert [both.is_working_day(date(2024, 5, day)) for day in (6, 7, 8)] == [True, False, True]
    assert both.add_days(date(2024, 5, 6), 2) == date(2024, 5, 13)


def test_a_union_works_while_any_does():
    """Two shops, one order."""
    either = union(MONDAYS, TUESDAYS, WorkingCalendar(Shift("MO", "10:00", "14:00")))
    assert added(either, "2024-05-06T00:00:00Z", 7) == "2024-05-07T09:00:00Z"
    assert either.days_between(date(2024, 5, 5), date(2024, 5, 12)) == 2


def test_calendars_that_never_meet_end_the_search():
    """A search gives up with a code after the horizon, in every direction, for time and for days."""
    never = intersection(MONDAYS, TUESDAYS)
    at, on = instant("2024-05-06T00:00:00Z"), date(2024, 5, 6)
    for ask in (
        lambda: never.add_working(at, HOUR),
        lambda: never.add_working(at, -HOUR),
        lambda: never.next_working(at),
        lambda: never.previous_working(at),
        lambda: never.add_days(on, 1),
        lambda: never.add_days(on, -1),
    ):
        assert code_of(ask) == "calendar.horizon-exceeded"
    assert never.working_between(at, instant("2030-01-01T00:00:00Z")) == timedelta()
    assert never.days_between(on, date(2030, 1, 1)) == 0


@pytest.mark.parametrize(
    "ask",
    [
        lambda: ALWAYS.add_working(instant("2024-05-06T00:00:00Z"), timedelta(days=999_999_999)),
        lambda: ALWAYS.add_working(instant("2024-05-06T00:00:00Z"), timedelta(days=-40_000)),
        lambda: ALWAYS.add_working(instant("9999-12-31T23:00:00Z"), 2 * HOUR),
        lambda: ALWAYS.add_working(instant("0001-01-01T01:00:00Z"), -2 * HOUR),
        lambda: ALWAYS.working_between(instant("0001-01-01T00:00:00Z"), instant("9999-01-01T00:00:00Z")),
        lambda: ALWAYS.working_intervals(instant("1900-01-01T00:00:00Z"), instant("2024-01-01T00:00:00Z")),
        lambda: ALWAYS.add_days(date(2024, 5, 6), 10**9),
        lambda: ALWAYS.add_days(date(9999, 12, 31), 1),
        lambda: ALWAYS.add_days(date(1, 1, 1), -1),
        lambda: ALWAYS.days_between(date(1900, 1, 1), date(2024, 1, 1)),
    ],
)
def test_what_lies_beyond_the_horizon_is_refused(ask):
    """Rather than counted for minutes."""
    assert code_of(ask) == "calendar.horizon-exceeded"


def test_calendars_of_all_zones_reach_the_edges_of_time():
    """The first and the last year are worked like others, without an overflow."""
    for zone in ("Pacific/Kiritimati", "Pacific/Niue"):
        calendar = WorkingCalendar(Shift(EVERY_DAY, "00:00", "24:00"), zone)
        assert calendar.is_working(instant("0001-06-01T00:00:00Z"))
        assert calendar.is_working(instant("9999-12-31T09:00:00Z"))
        assert calendar.is_working_day(date(9999, 12, 31))
        assert calendar.is_working_day(date(1, 1, 1))


def test_equal_calendars_are_equal_whatever_they_were_asked():
    """What is kept for speed is no part of the value."""
    fresh, used = (WorkingCalendar(NIGHT, "Asia/Shanghai", holidays=["2024-05-01"]) for _ in range(2))
    used.add_working(instant("2024-05-06T00:00:00Z"), 800 * HOUR)
    used.add_days(date(2024, 5, 6), 3)
    assert used == fresh
    assert hash(used) == hash(fresh)
    assert repr(used) == repr(fresh)
    assert pickle.dumps(used) == pickle.dumps(fresh)


@pytest.mark.parametrize("calendar", [WEEKDAYS, intersection(MONDAYS, union(TUESDAYS, ALWAYS))])
def test_calendars_can_be_copied_and_pickled(calendar):
    """And answer as before."""
    at = instant("2024-05-06T00:00:00Z")
    for twin in (pickle.loads(pickle.dumps(calendar)), copy.copy(calendar), copy.deepcopy(calendar)):
        assert twin == calendar
        assert twin.add_working(at, HOUR) == calendar.add_working(at, HOUR)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        calendar.parts = ()


def test_the_order_in_which_a_calendar_was_told_does_not_matter():
    """Holidays, make-up days and downtime are kept in order."""
    days = [date(2024, 5, 1), date(2024, 1, 1)]
    made_up = [MakeUpDay("2024-02-18"), MakeUpDay("2024-02-04")]
    idle = [
        Interval("2024-05-07T00:00:00Z", "2024-05-08T00:00:00Z"),
        Interval("2024-05-02T00:00:00Z", "2024-05-03T00:00:00Z"),
    ]
    one = WorkingCalendar(NIGHT, holidays=days, make_up=made_up, downtime=idle)
    assert one == WorkingCalendar(NIGHT, holidays={*days}, make_up=made_up[::-1], downtime=idle[::-1])
    assert one.holidays == (date(2024, 1, 1), date(2024, 5, 1))


def test_old_years_make_room():
    """A calendar asked about many centuries keeps only so many years, and answers the same."""
    calendar = WorkingCalendar(Shift("MO", "08:00", "12:00"))
    first = calendar.add_working(instant("1500-01-01T00:00:00Z"), HOUR)
    for year in range(1501, 1730):
        calendar.timeline(year)
        calendar.days_of(year)
    assert len(calendar._years) < 229
    assert len(calendar._workdays) < 229
    assert calendar.add_working(instant("1500-01-01T00:00:00Z"), HOUR) == first


def test_observing_holidays_adds_to_what_is_known():
    """Days off and make-up days, each kept once."""
    calendar = WorkingCalendar(WEEKDAYS.shifts, make_up=MakeUpDay("2024-02-04", "FR"), holidays=["2024-01-01"])
    seen = calendar.observing(Holidays(["2024-01-01", "2024-02-12"], ["2024-02-04", "2024-02-18"]))
    assert seen.holidays == (date(2024, 1, 1), date(2024, 2, 12))
    assert seen.make_up == (MakeUpDay("2024-02-04", "FR"), MakeUpDay("2024-02-18"))
    assert code_of(lambda: seen.observing(Holidays(["2024-02-18"]))) == "calendar.day-contradicted"


@pytest.mark.parametrize(
    ("make", "code", "address"),
    [
        (WorkingCalendar, "calendar.never-works", "/shifts"),
        (lambda: WorkingCalendar(make_up=MakeUpDay("2024-02-04")), "calendar.never-works", "/shifts"),
        (lambda: WorkingCalendar([NIGHT, "08:00"]), "calendar.part-malformed", "/shifts/1"),
        (lambda: WorkingCalendar(8), "calendar.part-malformed", "/shifts"),
        (lambda: WorkingCalendar(NIGHT, "Berlin"), "value.zone-unknown", "/zone"),
        (lambda: WorkingCalendar(NIGHT, holidays=["2024-01-01", "x"]), "value.day-malformed", "/holidays/1"),
        (lambda: WorkingCalendar(NIGHT, holidays=5), "value.day-malformed", "/holidays/0"),
        (lambda: WorkingCalendar(NIGHT, make_up=[date(2024, 2, 4)]), "calendar.part-malformed", "/make_up/0"),
        (lambda: WorkingCalendar(NIGHT, downtime=[None]), "calendar.part-malformed", "/downtime/0"),
        (
            lambda: WorkingCalendar(NIGHT, holidays=["2024-02-04"], make_up=MakeUpDay("2024-02-04")),
            "calendar.day-contradicted",
            "/make_up/0",
        ),
        (
            lambda: WorkingCalendar(NIGHT, make_up=[MakeUpDay("2024-02-04"), MakeUpDay("2024-02-04", "MO")]),
            "calendar.day-contradicted",
            "/make_up/1",
        ),
        (intersection, "calendar.nothing-combined", "/parts"),
        (lambda: union(WEEKDAYS, None), "calendar.part-malformed", "/parts/1"),
        (lambda: CombinedCalendar("some", [WEEKDAYS]), "calendar.rule-unknown", "/rule"),
    ],
)
def test_calendars_that_cannot_be_are_refused(make, code, address):
    """With the code, and the part that is wrong."""
    with pytest.raises(InvalidValueError) as caught:
        make()
    assert (caught.value.code, caught.value.findings[0].address) == (code, address)


def test_hours_of_make_up_days_alone_make_a_calendar():
    """A stocktaking on two days of the year."""
    calendar = WorkingCalendar(make_up=MakeUpDay("2024-06-29", hours=Hours("08:00", "12:00")))
    assert added(calendar, "2024-01-01T00:00:00Z", 4) == "2024-06-29T12:00:00Z"


def test_a_rule_may_be_given_by_its_value():
    """As a document would."""
    assert CombinedCalendar("any", [WEEKDAYS]).rule is CombinationRule.ANY


def test_a_calendar_of_no_kind_cannot_answer():
    """The base says only what all kinds have in common."""
    with pytest.raises(NotImplementedError):
        Calendar().spans(2024)
    with pytest.raises(NotImplementedError):
        Calendar().workdays(2024)
