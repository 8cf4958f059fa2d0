"""Weekdays, hours and shifts say what they mean or are refused."""

from __future__ import annotations

from datetime import date

import pytest

from orderlib.errors import InvalidValueError
from orderlib.values.shift import EVERY_DAY, MONDAY_TO_FRIDAY, Hours, MakeUpDay, Shift, Weekday


def test_weekdays_carry_the_codes_of_icalendar():
    """Monday first, two letters each."""
    assert "".join(EVERY_DAY) == "MOTUWETHFRSASU"
    assert Weekday.of(date(2024, 5, 5)) is Weekday.SUNDAY
    assert Weekday.SATURDAY not in MONDAY_TO_FRIDAY


@pytest.mark.parametrize("weekdays", [["FR", "MO"], ("MO", "FR", "MO"), {"MO", "FR"}, [Weekday.FRIDAY, "MO"]])
def test_a_shift_keeps_its_weekdays_in_order_once(weekdays):
    """However they were given, equal shifts are equal."""
    assert Shift(weekdays, "08:00", "12:00") == Shift((Weekday.MONDAY, Weekday.FRIDAY), "08:00", "12:00")


def test_hours_that_end_before_they_start_reach_into_the_next_day():
    """A night shift is one span; 24:00 is the end of the day itself."""
    assert Hours("22:00", "06:00").minutes == (1320, 1800)
    assert Hours("22:00", "00:00").minutes == Hours("22:00", "24:00").minutes == (1320, 1440)
    assert Shift("MO", "00:00", "24:00").hours.minutes == (0, 1440)


@pytest.mark.parametrize(
    ("start", "end", "code", "address"),
    [
        ("8:00", "12:00", "calendar.hours-malformed", "/start"),
        ("24:00", "06:00", "calendar.hours-malformed", "/start"),
        ("08:00", "24:01", "calendar.hours-malformed", "/end"),
        ("08:00", "25:00", "calendar.hours-malformed", "/end"),
        ("08:00", "12:60", "calendar.hours-malformed", "/end"),
        ("08:00", "12:00:00", "calendar.hours-malformed", "/end"),
        ("٠٨:00", "12:00", "calendar.hours-malformed", "/start"),
        (None, "12:00", "calendar.hours-malformed", "/start"),
        ("08:00", 12, "calendar.hours-malformed", "/end"),
        ("08:00", "08:00", "calendar.hours-empty", "/end"),
    ],
)
def test_hours_that_are_none_are_refused(start, end, code, address):
    """With the code, and the end that is wrong; so is a shift made of them."""
    for make in (lambda: Hours(start, end), lambda: Shift("MO", start, end)):
        with pytest.raises(InvalidValueError) as caught:
            make()
        assert (caught.value.code, caught.value.findings[0].address) == (code, address)


@pytest.mark.parametrize(
    ("weekdays", "code"),
    [
        ([], "calendar.weekdays-missing"),
        ("XX", "calendar.weekday-unknown"),
        (["MO", "mo"], "calendar.weekday-unknown"),
        (None, "calendar.part-malformed"),
        ([1], "calendar.part-malformed"),
    ],
)
def test_weekdays_that_are_none_are_refused(weekdays, code):
    """Codes are upper case, and a shift needs one."""
    with pytest.raises(InvalidValueError) as caught:
        Shift(weekdays, "08:00", "12:00")
    assert caught.value.code == code


def test_a_make_up_day_follows_a_weekday_or_has_hours():
    """One or the other; both would contradict."""
    assert MakeUpDay("2024-02-04", "TH").follows is Weekday.THURSDAY
    assert MakeUpDay("2024-02-04", hours=Hours("08:00", "12:00")).hours == (Hours("08:00", "12:00"),)
    with pytest.raises(InvalidValueError) as caught:
        MakeUpDay("2024-02-04", "TH", [Hours("08:00", "12:00")])
    assert caught.value.code == "calendar.make-up-ambiguous"


@pytest.mark.parametrize(
    ("on", "follows", "hours", "code"),
    [
        ("x", None, (), "value.day-malformed"),
        ("2024-02-04", "x", (), "calendar.weekday-unknown"),
        ("2024-02-04", None, ["08:00"], "calendar.part-malformed"),
        ("2024-02-04", None, 8, "calendar.part-malformed"),
    ],
)
def test_a_make_up_day_refuses_what_it_cannot_mean(on, follows, hours, code):
    """Each field has its code."""
    with pytest.raises(InvalidValueError) as caught:
        MakeUpDay(on, follows, hours)
    assert caught.value.code == code
