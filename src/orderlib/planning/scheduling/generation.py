"""Serial schedule generation: one activity after the other, each as early as what is already placed lets it.

The serial scheme makes active schedules only, among which there is always one of the smallest makespan (Kolisch 1996,
"Serial and parallel resource-constrained project scheduling methods revisited"). It runs backward as well: each
activity as late as possible.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from orderlib.errors import InvalidValueError
from orderlib.planning.scheduling.fault import NO_PLACE
from orderlib.planning.scheduling.network import Network, Option
from orderlib.planning.scheduling.packed import PackedProfile
from orderlib.planning.scheduling.profile import CapacityProfile
from orderlib.planning.scheduling.timeline import NoTimeLeft

__all__ = ["Generator", "Layout"]

Layout: TypeAlias = tuple[list[int], list[int], list[int]]
"""Starts, finishes and modes by activity."""


class Generator:
    """Places activities in a sequence that respects precedence."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.packed: PackedProfile | None = PackedProfile(network) if PackedProfile.suits(network) else None
        self._durations = [each[0].duration for each in network.options]
        self._only = [0] * network.count

    def forward(self, sequence: Sequence[int], modes: Sequence[int] | None = None) -> Layout:
        """Each activity as early as possible, in its mode (-1: the one in which it ends first).

        What is frozen stays. Raises `InvalidValueError` (`schedule.no-place`) where there is no room for ever.
        """
        if self.packed is not None:
            starts = self.packed.forward(sequence)
            return starts, [start + takes for start, takes in zip(starts, self._durations, strict=True)], self._only
        placing = Placing(self.network)
        for number in sequence:
            if number not in self.network.frozen:
                placing.place(number, -1 if modes is None else modes[number])
        return placing.starts, placing.finishes, placing.modes

    def backward(self, sequence: Sequence[int], modes: Sequence[int], end: int) -> Layout | None:
        """Each activity as late as possible, all ending by `end`; none where there is no room."""
        if self.packed is not None:
            starts = self.packed.backward(sequence, end)
            if any(start < release for start, release in zip(starts, self.network.release, strict=True)):
                return None
            return starts, [start + takes for start, takes in zip(starts, self._durations, strict=True)], self._only
        placing = Placing(self.network)
        for number in sequence:
            if number not in self.network.frozen and not placing.place_back(number, modes[number], end):
                return None
        return placing.starts, placing.finishes, placing.modes


class Placing:
    """A schedule in the making, on breakpoints: any calendars, modes and horizons."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.starts: list[int] = [0] * network.count
        self.finishes: list[int] = [0] * network.count
        self.modes: list[int] = [0] * network.count
        self.profiles: list[CapacityProfile] = [CapacityProfile(steps) for steps in network.capacity]
        self._seen: dict[tuple[object, ...], tuple[int, int]] = {}
        for number, frozen in network.frozen.items():
            options = network.options[number]
            mode = next((at for at, option in enumerate(options) if option.mode_id == frozen.mode), 0)
            self.book(number, mode, frozen.start, frozen.finish)

    def book(self, number: int, mode: int, start: int, finish: int) -> None:
        """Put an activity where it is said to be, free or not."""
        self.starts[number], self.finishes[number], self.modes[number] = start, finish, mode
        for resource, amount in self.network.options[number][mode].needs:
            self.profiles[resource].take(start, finish, amount)

    def place(self, number: int, mode: int = -1, not_before: int = 0) -> None:
        """As early as possible in a mode, or in the mode in which it ends first (the cheaper of equals)."""
        best = self._best(number, range(len(self.network.options[number])) if mode < 0 else (mode,), not_before)
        self.book(number, best[3], best[2], best[0])

    def soonest(self, number: int) -> int:
        """The first period in which an activity could start in any of its modes."""
        if number in self.network.frozen:
            return self.starts[number]
        return self._best(number, range(len(self.network.options[number])), 0)[2]

    def _best(self, number: int, modes: Iterable[int], not_before: int) -> tuple[int, int, int, int]:
        """Finish, cost, start and mode of the best place."""
        best: tuple[int, int, int, int] | None = None
        options = self.network.options[number]
        for at in modes:
            option = options[at]
            try:
                start = self.network.earliest(number, option, self.starts, self.finishes)
                start = self.room(option, max(start, not_before))
                finish = start + option.duration if option.always else option.timeline.finish(start, option.duration)
            except NoTimeLeft:
                continue
            if best is None or (finish, option.cost) < best[:2]:
                best = (finish, option.cost, start, at)
        if best is None:
            raise InvalidValueError(NO_PLACE(f"/activities/{number}", activity=self.network.ids[number]))
        return best

    def place_back(self, number: int, mode: int, end: int) -> bool:
        """As late as possible; false where that would be before its release."""
        option = self.network.options[number][mode]
        timeline, duration, release = option.timeline, option.duration, self.network.release[number]
        deadline = self.network.deadline[number]
        try:
            limit = end if deadline is None else min(end, deadline)
            start = self.network.latest(number, option, self.starts, self.finishes, limit)
            while start >= release:
                finish = timeline.finish(start, duration)
                clash = min(
                    (
                        period
                        for resource, amount in option.needs
                        if (period := self.profiles[resource].blocked_back(start, finish, amount)) >= 0
                    ),
                    default=-1,
                )
                if clash < 0:
                    self.book(number, mode, start, finish)
                    return True
                start = timeline.latest(clash, duration)
        except NoTimeLeft:
            pass
        return False

    def room(self, option: Option, start: int) -> int:
        """The first start from a period on at which everything needed is free until the work ends.

        Free capacity only shrinks: what was searched in vain for such a need is not searched again.
        """
        if not option.needs or not option.duration:
            return option.timeline.from_(start) if option.duration else start
        timeline, duration = option.timeline, option.duration
        key = (option.needs, duration, timeline)
        since, found = self._seen.get(key, (0, -1))
        at = found if since <= start <= found else start
        at = at if option.always else timeline.from_(at)
        profiles = [(self.profiles[resource].blocked, amount) for resource, amount in option.needs]
        searching = True
        while searching:
            searching = False
            finish = at + duration if option.always else timeline.finish(at, duration)
            for blocked, amount in profiles:
                until = blocked(at, finish, amount)
                if until >= 0:
                    at = until if option.always else timeline.from_(until)
                    searching = True
                    break
        self._seen[key] = (since if since <= start <= found else start, at)
        return at
