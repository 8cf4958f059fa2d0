"""Instants are read strictly, kept in UTC, and written one way."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pendulum
import pytest
from pendulum import DateTime

from orderlib.errors import InvalidValueError
from orderlib.values.instant import (
    ZonedInstant,
    day,
    day_start,
    format_instant,
    instant,
    later,
    local_day,
    time_between,
    wall_instant,
    zone,
)

NAIVE = datetime(2024, 5, 6)  # noqa: DTZ001 - that is the case
NO_DAYS = [None, NAIVE, instant("2024-02-29T00:00:00Z")]
NO_ZONES = ["Factory", "right/UTC", "Europe/Berlin\x00", "zone.tab", "+02:00", "A" * 500, None, 8, b"UTC"]


def refused(work, *arguments, **named) -> tuple[str, str]:
    """Code and address of the refusal."""
    with pytest.raises(InvalidValueError) as caught:
        work(*arguments, **named)
    return caught.value.code, caught.value.findings[0].address


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2024-05-06T07:08:09Z", "2024-05-06T07:08:09Z"),
        ("2024-05-06T07:08:09+00:00", "2024-05-06T07:08:09Z"),
        ("2024-05-06T07:08:09-00:00", "2024-05-06T07:08:09Z"),
        ("2024-05-06T07:08:09+02:00", "2024-05-06T05:08:09Z"),
        ("2024-05-06T07:08:09.5-09:30", "2024-05-06T16:38:09.500000Z"),
        ("2024-05-06T07:08:09.123456Z", "2024-05-06T07:08:09.123456Z"),
        ("2024-02-29T23:59:59-23:59", "2024-03-01T23:58:59Z"),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
        ("9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z"),
    ],
)
def test_rfc_3339_is_read_into_utc(text, written):
    """Whatever the offset, the instant is the same moment in UTC, and its text is canonical."""
    read = instant(text)
    assert type(read) is DateTime
    assert read.tzinfo is pendulum.UTC
    assert format_instant(read) == written


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Z",
        "now",
        "10:00",
        "2024-05-06",
        "2024-05-06T07:08:09",  # no offset
        "2024-05-06T07:08Z",  # no seconds
        "2024-05-06 07:08:09Z",
        "2024-05-06t07:08:09Z",
        "2024-05-06T07:08:09z",
        "20240506T070809Z",
        "2024-W19-1T07:08:09Z",
        "2024-W19-1T07:08:09+02:00",
        "2024-127T07:08:09Z",
        "2024-05-06T07:08:09,5Z",
        "2024-05-06T07:08:09.Z",
        "2024-05-06T07:08:09.1234567Z",
        "2024-05-06T07:08:09.12٣Z",  # a digit, but not ASCII
        "٢024-05-06T07:08:09Z",
        "2024-05-06T07:08:09.+1+02:00",
        "2024-05-06T07:08:60Z",  # leap second
        "2024-05-06T24:00:00Z",
        "2024-05-06T24:00:00+02:00",
        "2024-05-06T25:00:00Z",
        "2024-05-06T07:60:00Z",
        "2023-02-29T00:00:00Z",
        "2024-13-01T00:00:00Z",
        "0000-01-01T00:00:00Z",
        "2024-05-06T07:08:09+2:00",
        "2024-05-06T07:08:09+0200",
        "2024-05-06T07:08:09+02",
        "2024-05-06T07:08:09+24:00",
        "2024-05-06T07:08:09+01:60",
        "2024-05-06T07:08:09+01:00:30",
        "2024-05-06T07:08:09 +01:00",
        "2024-05-06T07:08:09−01:00",  # a minus sign that is none
        " 2024-05-06T07:08:09Z",
        "2024-05-06T07:08:09Z ",
        "2024-05-06T07:08:09Z\n",
        "2024-05-06T07:08:09+01:00Z",
        "+2024-05-06T07:08:09Z",
        "12024-05-06T07:08:09Z",
        "2024-05-06T07:08:09[Europe/Berlin]",
        "2024-05-06T07:08:09\x00Z",
        "1714979289",
        "9" * 100_000,
    ],
)
def test_what_is_not_rfc_3339_is_refused_at_its_place(text):
    """Every other spelling is refused with one code, and the finding repeats only its beginning."""
    with pytest.raises(InvalidValueError) as caught:
        instant(text, address="/issued_at")
    assert caught.value.code == "value.instant-malformed"
    assert caught.value.findings[0].address == "/issued_at"
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize(
    "text", ["0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01", "0001-01-01T00:00:00.1+14:00"]
)
def test_years_hold_after_the_shift_to_utc_too(text):
    """What the offset carries beyond year 1 or 9999 is out of range, the first time and the second."""
    assert refused(instant, text) == ("value.instant-out-of-range", "")
    assert refused(instant, text) == ("value.instant-out-of-range", "")


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2024, 5, 6, 5, 8, 9, 7, tzinfo=UTC),
        datetime(2024, 5, 6, 7, 8, 9, 7, tzinfo=timezone(timedelta(hours=2))),
        datetime(2024, 5, 6, 7, 8, 9, 7, tzinfo=ZoneInfo("Europe/Berlin")),
        pendulum.datetime(2024, 5, 6, 7, 8, 9, 7, tz="Europe/Berlin"),
    ],
)
def test_aware_datetimes_of_any_zone_become_instants(moment):
    """The class and the zone go, the moment stays; arithmetic on it keeps the zone."""
    read = instant(moment)
    assert format_instant(read) == "2024-05-06T05:08:09.000007Z"
    assert read.tzinfo is pendulum.UTC
    assert read.add(days=1).tzinfo is pendulum.UTC


def test_the_two_passes_of_a_fold_are_two_instants():
    """The hour that an autumn night has twice is told apart by `fold`."""
    berlin = ZoneInfo("Europe/Berlin")
    first = instant(datetime(2024, 10, 27, 2, 30, tzinfo=berlin))
    second = instant(datetime(2024, 10, 27, 2, 30, fold=1, tzinfo=berlin))
    assert time_between(first, second) == timedelta(hours=1)


def test_an_instant_comes_back_as_it_is():
    """Reading twice costs nothing."""
    at = instant("2024-05-06T07:08:09Z")
    assert instant(at) is at


def test_subclasses_of_text_are_read_as_text():
    """An enum member or a typed string is no special case."""

    class Typed(str):
        __slots__ = ()

    assert instant(Typed("2024-05-06T07:08:09Z")) == instant("2024-05-06T07:08:09Z")


def test_naive_datetimes_are_refused():
    """A wall clock without a place is no instant."""
    assert refused(instant, NAIVE, address="/at") == ("value.instant-naive", "/at")
    assert refused(format_instant, NAIVE) == ("value.instant-naive", "")


def test_datetimes_out_of_range_are_refused():
    """The same limit holds for objects as for text."""
    moment = datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=1)))
    assert refused(instant, moment) == ("value.instant-out-of-range", "")


@pytest.mark.parametrize("value", [None, 0, 1.5, True, b"2024-05-06T07:08:09Z", [], date(2024, 5, 6)])
def test_other_types_are_refused(value):
    """Nothing is guessed from a number, a date or a list."""
    assert refused(instant, value) == ("value.instant-malformed", "")


def test_later_moves_by_elapsed_time():
    """Plain elapsed time, either way, and an error where time ends."""
    at = instant("2024-02-28T12:00:00Z")
    assert format_instant(later(at, timedelta(days=1, microseconds=1))) == "2024-02-29T12:00:00.000001Z"
    assert format_instant(later(at, timedelta(hours=-13))) == "2024-02-27T23:00:00Z"
    assert time_between(later(at, timedelta(hours=5)), at) == timedelta(hours=-5)
    assert refused(later, at, timedelta(days=999_999_999)) == ("value.instant-out-of-range", "")


@pytest.mark.parametrize("value", ["2024-02-29", date(2024, 2, 29), pendulum.date(2024, 2, 29)])
def test_days_are_plain_dates(value):
    """Text and dates become a `datetime.date` and nothing more."""
    assert type(day(value)) is date
    assert day(value) == date(2024, 2, 29)


@pytest.mark.parametrize(
    "value",
    [
        "2023-02-29",
        "2024-2-9",
        "20240229",
        "2024-W09-4",
        "٢٠٢٤-02-29",
        "2024-02-29 ",
        "x" * 1000,
        "",
        20240229,
        *NO_DAYS,
    ],
)
def test_what_is_no_calendar_day_is_refused(value):
    """Nor is a datetime a day, for its day depends on the zone."""
    assert refused(day, value, address="/due_on") == ("value.day-malformed", "/due_on")


@pytest.mark.parametrize("name", ["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "Etc/GMT+5"])
def test_zones_are_iana_names(name):
    """A name that exists comes back."""
    assert zone(name) == name


@pytest.mark.parametrize(
    "name",
    ["", "Europe", "Europe/", "Mars/Base", "../Europe/Berlin", "/etc/passwd", "localtime", "posixrules", *NO_ZONES],
)
def test_what_is_no_zone_is_refused(name):
    """Neither paths nor offsets, nor names that mean this machine's own setting."""
    assert refused(zone, name, address="/zone") == ("value.zone-unknown", "/zone")


def test_a_zoned_instant_keeps_the_moment_and_the_place_apart():
    """The same moment in two places is two values, with one `at`."""
    here = ZonedInstant("2024-05-06T20:00:00Z", "Asia/Shanghai")
    there = ZonedInstant("2024-05-06T20:00:00Z", "America/New_York")
    assert here != there
    assert here.at == there.at
    assert here.local().isoformat() == "2024-05-07T04:00:00+08:00"
    assert there.local().timezone_name == "America/New_York"


def test_a_zoned_instant_says_which_part_is_wrong():
    """Each field has its address."""
    assert refused(ZonedInstant, "x", "UTC") == ("value.instant-malformed", "/at")
    assert refused(ZonedInstant, "2024-05-06T20:00:00Z", "x") == ("value.zone-unknown", "/zone")


def test_the_day_depends_on_the_zone():
    """One moment, three calendar days apart at most."""
    at = instant("2024-05-06T11:30:00Z")
    assert local_day(at, "Pacific/Kiritimati") == date(2024, 5, 7)
    assert local_day(at, "UTC") == date(2024, 5, 6)
    assert local_day(at, "Pacific/Niue") == date(2024, 5, 6)


def test_the_edge_of_time_has_no_wall_clock_everywhere():
    """Where the zone's clock would show year 10000, there is a documented error."""
    assert refused(local_day, instant("9999-12-31T23:00:00Z"), "Asia/Shanghai") == ("value.instant-out-of-range", "")


@pytest.mark.parametrize(
    ("on", "minute", "name", "expected"),
    [
        (date(2024, 3, 31), 2 * 60 + 30, "Europe/Berlin", "2024-03-31T01:00:00Z"),  # in the gap: the jump
        (date(2024, 3, 31), 3 * 60, "Europe/Berlin", "2024-03-31T01:00:00Z"),
        (date(2024, 10, 27), 2 * 60 + 30, "Europe/Berlin", "2024-10-27T00:30:00Z"),  # in the fold: the first
        (date(2024, 10, 27), 3 * 60, "Europe/Berlin", "2024-10-27T02:00:00Z"),
        (date(2024, 3, 10), 2 * 60 + 1, "America/New_York", "2024-03-10T07:00:00Z"),
        (date(2018, 11, 4), 0, "America/Sao_Paulo", "2018-11-04T03:00:00Z"),  # a day without a midnight
        (date(2011, 12, 30), 12 * 60, "Pacific/Apia", "2011-12-30T10:00:00Z"),  # a day that never was
        (date(2024, 1, 1), 30 * 60, "Asia/Shanghai", "2024-01-01T22:00:00Z"),  # beyond the day
        (date(1, 1, 1), 0, "Asia/Shanghai", "0001-01-01T00:00:00Z"),
        (date(9999, 12, 31), 1440, "UTC", "9999-12-31T23:59:59.999999Z"),
        (date(9999, 12, 31), 1439, "America/New_York", "9999-12-31T23:59:59.999999Z"),
        (date(1, 1, 1), -1, "UTC", "0001-01-01T00:00:00Z"),
    ],
)
def test_a_wall_time_is_the_first_instant_that_shows_it_or_a_later_one(on, minute, name, expected):
    """Gaps, folds, days without midnight, and the edges of time."""
    assert format_instant(wall_instant(on, minute, name)) == expected


def test_a_day_starts_when_its_zone_says():
    """Midnight in Shanghai is four in the afternoon in UTC."""
    assert format_instant(day_start(date(2024, 5, 7), "Asia/Shanghai")) == "2024-05-06T16:00:00Z"
