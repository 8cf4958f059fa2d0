"""The journal of a repository in memory: every event at a position of its own, for as long as it is held."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from orderlib.case.repository import Recorded

__all__ = ["Journal"]


class Journal:
    """Events in the order in which they were kept. Positions count from 1 and are never given again.

    What is dropped leaves a gap. One writes at a time; any number may read meanwhile.
    """

    __slots__ = ("_gaps", "_last", "_rows")

    def __init__(self) -> None:
        self._last = 0
        self._gaps = 0
        # positions and events side by side; replaced as one, so that a reader never sees halves of two
        self._rows: tuple[list[int], list[Recorded | None]] = ([], [])

    def add(self, recorded: Recorded) -> int:
        """Keep an event; the position that it got."""
        positions, events = self._rows
        events.append(recorded)
        self._last += 1
        positions.append(self._last)  # only now a reader looks for it
        return self._last

    def at(self, places: Iterable[int]) -> list[Recorded]:
        """The events at these positions, as far as they are held."""
        positions, events = self._rows
        found = ((place, bisect_left(positions, place)) for place in places)
        held = (events[index] for place, index in found if index < len(positions) and positions[index] == place)
        return [recorded for recorded in held if recorded is not None]

    def after(self, position: int) -> Iterator[tuple[int, Recorded]]:
        """All events behind a position, those that are added while somebody reads included."""
        reached = position
        while True:
            positions, events = self._rows
            start, end = bisect_right(positions, reached), len(positions)
            if start == end:
                return
            for index in range(start, end):
                reached, recorded = positions[index], events[index]
                if recorded is not None:
                    yield reached, recorded

    def drop(self, places: Iterable[int]) -> None:
        """Hold the events at these positions no more."""
        positions, events = self._rows
        for place in places:
            events[bisect_left(positions, place)] = None
            self._gaps += 1
        if 2 * self._gaps > len(events):  # closed up now and then, so that dropping costs the same however long it is
            held = [(place, event) for place, event in zip(positions, events, strict=True) if event is not None]
            self._rows = ([place for place, _ in held], [event for _, event in held])
            self._gaps = 0

    def __len__(self) -> int:
        return len(self._rows[0]) - self._gaps
