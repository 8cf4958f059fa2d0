"""Days off by rule."""

from __future__ import annotations

from datetime import date

import pytest

from orderlib.errors import InvalidValueError
from orderlib.values.holiday import HolidayRule, Holidays, easter, fixed_holidays


@pytest.mark.parametrize(
    "on",
    [
        "1818-03-22",
        "1886-04-25",
        "1943-04-25",
        "1954-04-18",
        "1981-04-19",
        "2000-04-23",
        "2008-03-23",
        "2024-03-31",
        "2025-04-20",
        "2038-04-25",
        "2049-04-18",
        "2076-04-19",
        "2285-03-22",
    ],
)
def test_easter_falls_where_the_tables_say(on):
    """The earliest and the latest there are, and the two exceptions of the rule."""
    expected = date.fromisoformat(on)
    assert easter(expected.year) == expected


def test_easter_is_a_sunday_between_22_march_and_25_april():
    """In every year of the calendar."""
    for year in range(1583, 4100):
        found = easter(year)
        assert found.weekday() == 6
        assert date(year, 3, 22) <= found <= date(year, 4, 25)


@pytest.mark.parametrize(
    ("rule", "year", "days"),
    [
        ("TARGET", 2024, ["01-01", "03-29", "04-01", "05-01", "12-25", "12-26"]),
        ("CN", 2024, ["01-01", "05-01", "10-01", "10-02", "10-03"]),
        ("CN", 2025, ["01-01", "05-01", "05-02", "10-01", "10-02", "10-03"]),
        ("DE", 2024, ["01-01", "03-29", "04-01", "05-01", "05-09", "05-20", "10-03", "12-25", "12-26"]),
        ("DE", 2017, ["01-01", "04-14", "04-17", "05-01", "05-25", "06-05", "10-03", "10-31", "12-25", "12-26"]),
    ],
)
def test_a_year_has_the_days_of_its_rule(rule, year, days):
    """In order, and none made up for."""
    found = fixed_holidays(rule, year)
    assert [f"{each:%m-%d}" for each in found.off] == days
    assert found.make_up == ()


def test_several_years_are_put_together():
    """A range of years gives what its years give."""
    assert fixed_holidays(HolidayRule.TARGET, range(2024, 2026)) == fixed_holidays("TARGET", 2025) | fixed_holidays(
        "TARGET", [2024]
    )


@pytest.mark.parametrize(
    ("rule", "year", "code"),
    [
        ("XX", 2024, "calendar.holiday-rule-unknown"),
        (None, 2024, "calendar.holiday-rule-unknown"),
        ("CN", 2007, "calendar.holiday-year"),
        ("DE", 1994, "calendar.holiday-year"),
        ("TARGET", 2001, "calendar.holiday-year"),
        ("TARGET", 10_000, "calendar.holiday-year"),
        ("TARGET", [2024.0], "calendar.holiday-year"),
        ("TARGET", True, "calendar.holiday-year"),
        ("TARGET", None, "calendar.holiday-year"),
    ],
)
def test_what_no_rule_covers_is_refused(rule, year, code):
    """Rather than guessed."""
    with pytest.raises(InvalidValueError) as caught:
        fixed_holidays(rule, year)
    assert caught.value.code == code


def test_easter_before_the_gregorian_reform_is_refused():
    """The rule did not exist."""
    with pytest.raises(InvalidValueError) as caught:
        easter(1582)
    assert caught.value.code == "calendar.holiday-year"


def test_holidays_are_kept_in_order_once():
    """However they were given."""
    assert Holidays(["2024-05-01", "2024-01-01", "2024-05-01"]).off == (date(2024, 1, 1), date(2024, 5, 1))


def test_a_day_cannot_be_off_and_made_up_for():
    """The contradiction is named."""
    with pytest.raises(InvalidValueError) as caught:
        Holidays(["2024-02-04"], ["2024-02-04"])
    assert caught.value.code == "calendar.holiday-contradicted"
