"""Holidays of countries, with China's make-up days, from the optional package."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest

from orderlib.errors import InvalidValueError, OrderlibError
from orderlib.values.calendar import WorkingCalendar
from orderlib.values.holiday import fixed_holidays
from orderlib.values.holiday_source import holidays_of
from orderlib.values.shift import MONDAY_TO_FRIDAY, Shift

pytest.importorskip("holidays", reason="the extra `calendars` is not installed")
pytestmark = pytest.mark.external

OFFICE = Shift(MONDAY_TO_FRIDAY, "09:00", "18:00")


def worked(year: int, month: int, first: int, last: int) -> str:
    """The days of a month in a Chinese office: W for worked, . for off."""
    calendar = WorkingCalendar(OFFICE, "Asia/Shanghai").observing(holidays_of("CN", year))
    return "".join("W" if calendar.is_working_day(date(year, month, day)) else "." for day in range(first, last + 1))


@pytest.mark.parametrize(
    ("year", "month", "first", "expected"),
    [
        (2024, 2, 4, "WWWWWW........WWWWWW"),  # Spring Festival: 10 to 17 off, Sundays 4 and 18 worked
        (2024, 5, 1, ".....WWWWWW."),  # Labour Day: 1 to 5 off, Saturday 11 worked
        (2024, 9, 28, ".WW"),  # Sunday 29 worked, before National Day
        (2024, 10, 1, ".......WWWWW."),  # 1 to 7 off, Saturday 12 worked
        (2023, 1, 20, "W.......WWWW"),  # 21 to 27 off, Saturday 28 and Sunday 29 worked
    ],
)
def test_chinese_bridges_are_made_up_for(year, month, first, expected):
    """As the State Council announced them."""
    assert worked(year, month, first, first + len(expected) - 1) == expected


def test_a_bridge_over_the_turn_of_the_year_is_paid_for_in_the_year_before():
    """The last days of 2006 made up for the first of 2007."""
    assert holidays_of("CN", 2006).make_up[-2:] == (date(2006, 12, 30), date(2006, 12, 31))
    assert all(each.year == 2007 for each in holidays_of("CN", 2007).make_up)


@pytest.mark.parametrize(("rule", "country"), [("CN", "CN"), ("DE", "DE"), ("TARGET", "XECB")])
def test_the_rules_of_the_core_agree_with_the_package(rule, country):
    """For thirty years; China has more days off than its fixed ones."""
    import holidays

    years = range(2008, 2038)
    ours = set(fixed_holidays(rule, years).off)
    if rule == "TARGET":
        theirs = set(holidays.financial_holidays(country, years=years))
    else:
        theirs = set(holidays_of(country, years).off)
    assert ours == theirs if rule != "CN" else ours <= theirs


def test_parts_of_a_country_have_days_of_their_own():
    """Epiphany is a holiday in Bavaria, not in Berlin."""
    epiphany = date(2024, 1, 6)
    assert epiphany in holidays_of("DE", 2024, "BY").off
    assert epiphany not in holidays_of("DE", 2024, "BE").off


def test_several_years_are_put_together():
    """And no day of their neighbours comes along."""
    both = holidays_of("CN", [2023, 2024])
    assert both == holidays_of("CN", 2023) | holidays_of("CN", 2024)
    assert {each.year for each in (*both.off, *both.make_up)} == {2023, 2024}


@pytest.mark.parametrize(
    ("country", "years", "part", "code"),
    [
        ("XX", 2024, None, "calendar.country-unknown"),
        ("HolidayBase", 2024, None, "calendar.country-unknown"),
        ("", 2024, None, "calendar.country-unknown"),
        (None, 2024, None, "calendar.country-unknown"),
        ("DE", 2024, "XX", "calendar.country-unknown"),
        ("CN", 1900, None, "calendar.years-unknown"),
        ("CN", [2024, 10_000], None, "calendar.years-unknown"),
        ("CN", [2024.0], None, "calendar.years-unknown"),
        ("CN", True, None, "calendar.years-unknown"),
        ("CN", None, None, "calendar.years-unknown"),
    ],
)
def test_what_is_not_known_is_refused(country, years, part, code):
    """No empty set where nobody has looked."""
    with pytest.raises(InvalidValueError) as caught:
        holidays_of(country, years, part)
    assert caught.value.code == code


def test_without_the_package_the_error_names_the_extra(monkeypatch):
    """One documented code, and how to get it."""
    monkeypatch.setitem(sys.modules, "holidays", None)
    with pytest.raises(OrderlibError) as caught:
        holidays_of("CN", 2024)
    assert caught.value.code == "calendar.extra-missing"


def test_the_package_is_loaded_only_when_asked():
    """Importing the module costs nothing of it."""
    script = "import sys, orderlib.values.holiday_source; sys.exit('holidays' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
