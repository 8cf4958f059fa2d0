"""The clock of a simulated world: it goes forward when the world says so."""

from __future__ import annotations

from datetime import timedelta

import attrs

from orderlib.values.calendar import WEEKDAYS
from orderlib.values.instant import Instant, instant, later
from orderlib.values.worktime import Calendar

__all__ = ["WorldClock"]


@attrs.define
class WorldClock:
    """A `Clock` that somebody moves; it never goes backwards.

    People work by `calendar`: `work` moves on by working time, `wait_until` to a moment.
    """

    now: Instant = attrs.field(converter=instant)
    calendar: Calendar = WEEKDAYS

    def __call__(self) -> Instant:
        """The present instant of the world."""
        return self.now

    def work(self, hours: float) -> None:
        """So many hours of work go by."""
        self.now = self.calendar.add_working(self.now, timedelta(seconds=round(hours * 3600)))

    def wait(self, time: timedelta) -> None:
        """So much time goes by."""
        self.now = later(self.now, max(time, timedelta(0)))

    def wait_until(self, moment: Instant) -> None:
        """Time goes by until a moment; one that is past changes nothing."""
        self.now = max(self.now, moment)
