"""P7: a timestamp read, against `pendulum.parse`; working time added, against a loop over the shifts.

The loop is what one writes without a calendar at hand: day by day, shift by shift, on the standard library's
datetimes. Timestamps are the two forms that systems write, in equal parts: seconds with `Z`, and seconds with an
offset.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pendulum
from measure import Row, at_least, at_most, ratio

from orderlib.values.calendar import WorkingCalendar
from orderlib.values.instant import instant
from orderlib.values.shift import MONDAY_TO_FRIDAY, Shift

ZONE = "Europe/Berlin"
SHIFTS = ((time(8), time(12)), (time(13), time(17)))
OURS = WorkingCalendar(
    tuple(Shift(MONDAY_TO_FRIDAY, f"{start:%H:%M}", f"{end:%H:%M}") for start, end in SHIFTS), zone=ZONE
)
RULES = ZoneInfo(ZONE)
STARTS = tuple(
    instant(f"2025-0{month}-1{day}T0{hour}:20:00Z") for month, day, hour in ((1, 3, 6), (2, 4, 9), (3, 1, 8))
)
STAMPS = ("2025-03-14T09:26:53Z", "2025-03-14T17:26:53+08:00", "2024-12-01T00:00:00Z", "2024-12-01T00:00:00-05:00")


def shift_loop(at: datetime, duration: timedelta) -> datetime:
    """Working time added the plain way: its cost grows with every shift that is crossed."""
    day = at.astimezone(RULES).date()
    while True:
        if day.weekday() < 5:
            for opens, closes in SHIFTS:
                start = max(at, datetime.combine(day, opens, RULES).astimezone(UTC))
                end = datetime.combine(day, closes, RULES).astimezone(UTC)
                if end > start:
                    if end - start >= duration:
                        return start + duration
                    duration -= end - start
        day += timedelta(days=1)


def adding(way: Callable[[datetime, timedelta], object], hours: int) -> Callable[[], object]:
    """One round: so many hours added to each start."""
    duration = timedelta(hours=hours)
    return lambda: [way(at, duration) for at in STARTS]


def reading(way: Callable[[str], object]) -> Callable[[], object]:
    """One round: every timestamp read."""
    return lambda: [way(stamp) for stamp in STAMPS]


def agreed() -> None:
    """Both ways must give the same answers, or the comparison means nothing."""
    for hours in (1, 40, 800):
        duration = timedelta(hours=hours)
        # A loop over plain datetimes, which no difference of two pendulum classes slows down.
        assert all(OURS.add_working(at, duration) == shift_loop(plain(at), duration) for at in STARTS)
    assert all(instant(stamp) == pendulum.parse(stamp) for stamp in STAMPS)


def plain(at: datetime) -> datetime:
    """The same instant as the standard library's own class."""
    return datetime.fromtimestamp(at.timestamp(), UTC)


def run(*, smoke: bool = False) -> list[Row]:
    """Ratios to `pendulum.parse` and to the loop, and of our long addition to our short one."""
    agreed()
    starts = [plain(at) for at in STARTS]

    def looping(hours: int) -> Callable[[], object]:
        duration = timedelta(hours=hours)
        return lambda: [shift_loop(at, duration) for at in starts]

    short, long = adding(OURS.add_working, 40), adding(OURS.add_working, 800)
    return [
        at_least("P7 pendulum.parse / instant", 8, ratio(reading(pendulum.parse), reading(instant), smoke=smoke)),
        at_least("P7 add 40 h: shift loop / calendar", 15, ratio(looping(40), short, smoke=smoke)),
        at_least("P7 add 800 h: shift loop / calendar", 100, ratio(looping(800), long, smoke=smoke)),
        at_most("P7 calendar: add 800 h / add 40 h", 1.25, ratio(long, short, smoke=smoke)),
    ]


if __name__ == "__main__":
    for row in run():
        print(row)
