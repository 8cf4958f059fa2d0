"""Clocks and sources of ids that can be foretold."""

from __future__ import annotations

from datetime import timedelta

from orderlib.values.instant import format_instant, instant
from orderlib.values.port import Clock, FixedClock, IdSource, SequentialIds, SteppingClock


def test_a_fixed_clock_stands_still():
    """It tells the same instant, however often it is asked."""
    clock: Clock = FixedClock("2024-05-06T07:08:09Z")
    assert [clock(), clock()] == [instant("2024-05-06T07:08:09Z")] * 2


def test_a_stepping_clock_moves_on_when_read():
    """Each reading is one step after the one before."""
    clock: Clock = SteppingClock("2024-05-06T23:59:59Z", timedelta(seconds=1))
    assert [format_instant(clock()) for _ in range(2)] == ["2024-05-06T23:59:59Z", "2024-05-07T00:00:00Z"]


def test_sequential_ids_never_repeat():
    """They count from one behind their prefix."""
    ids: IdSource = SequentialIds("cmd-")
    assert [ids(), ids(), ids()] == ["cmd-1", "cmd-2", "cmd-3"]
