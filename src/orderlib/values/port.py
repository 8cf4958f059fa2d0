"""What the application hands in so that the library needs no clock and no dice: a clock and a source of ids.

A port is a callable Protocol. The doubles below are deterministic, for tests, examples and simulation; clocks
that tell the real time belong to the application and to the outermost floors.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Protocol

import attrs

from orderlib.values.instant import Instant, instant

__all__ = ["Clock", "FixedClock", "IdSource", "SequentialIds", "SteppingClock"]


class Clock(Protocol):
    """Tells the present instant, in UTC. It never goes backwards."""

    def __call__(self) -> Instant:
        """The present instant."""
        ...


class IdSource(Protocol):
    """Gives an id that it has not given before."""

    def __call__(self) -> str:
        """The next id."""
        ...


@attrs.frozen
class FixedClock:
    """A `Clock` that stands still at `at`."""

    at: Instant = attrs.field(converter=instant)

    def __call__(self) -> Instant:
        """Always the same instant."""
        return self.at


@attrs.define
class SteppingClock:
    """A `Clock` that tells `now`, then moves it on by `step`: every reading is later than the one before."""

    now: Instant = attrs.field(converter=instant)
    step: timedelta = timedelta(seconds=1)

    def __call__(self) -> Instant:
        """The instant that is now; the next reading is one step later."""
        told = self.now
        self.now = told + self.step
        return told


@attrs.define
class SequentialIds:
    """An `IdSource` that counts: `prefix` and the next number, from 1."""

    prefix: str = ""
    given: int = 0

    def __call__(self) -> str:
        """The prefix and the next number."""
        self.given += 1
        return f"{self.prefix}{self.given}"
