"""The clock of the world goes forward, in working time or to a moment."""

from __future__ import annotations

from datetime import timedelta

from orderlib.simulation.clock import WorldClock
from orderlib.values.instant import instant


def test_work_skips_nights_and_weekends():
    """Ten hours of work on a Friday afternoon end on Monday, after a break at noon."""
    clock = WorldClock("2026-03-06T14:00:00Z")
    clock.work(10)
    assert clock() == instant("2026-03-09T16:00:00Z")


def test_waiting_is_plain_time_and_never_goes_back():
    """A span that is below nothing, and a moment that is past, change nothing."""
    clock = WorldClock("2026-03-06T14:00:00Z")
    clock.wait(timedelta(hours=20))
    clock.wait(timedelta(hours=-20))
    clock.wait_until(instant("2026-03-01T00:00:00Z"))
    assert clock() == instant("2026-03-07T10:00:00Z")
    clock.wait_until(instant("2026-03-08T00:00:00Z"))
    assert clock() == instant("2026-03-08T00:00:00Z")
