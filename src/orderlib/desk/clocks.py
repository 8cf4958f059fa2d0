"""Response clocks: how long each stage has had an order, against the target of the stage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any, Final

import attrs

from orderlib.case.repository import Recorded
from orderlib.case.table import ORDER
from orderlib.values.calendar import ALWAYS
from orderlib.values.instant import Instant
from orderlib.values.objective import Objectives
from orderlib.values.worktime import Calendar

__all__ = ["STAGE_TARGETS", "ResponseClocks", "StageClock"]

#: the stage that has the order in each live state
_STAGE_OF: Final[Mapping[str, str]] = {
    "enquired": "enquiry",
    "proposed": "customer",
    "received": "intake",
    "returned": "customer",
    "in_review": "review",
    "conditionally_accepted": "customer",
    "accepted": "planning",
    "released": "fulfilment",
    "in_execution": "fulfilment",
}

#: how long each stage may have an order where the objectives do not say; nobody sets the customer a target
STAGE_TARGETS: Final[Mapping[str, timedelta]] = {
    "enquiry": timedelta(days=5),
    "intake": timedelta(days=1),
    "review": timedelta(days=3),
    "planning": timedelta(days=2),
    "fulfilment": timedelta(days=45),
}


@attrs.frozen
class StageClock:
    """One stay of an order in a stage; `stopped_at` is None while it lasts."""

    case_id: str
    stage: str
    started_at: Instant
    stopped_at: Instant | None = None
    target: timedelta | None = None

    def taken(self, now: Instant, calendar: Calendar = ALWAYS) -> timedelta:
        """How long the stay has lasted, in the calendar's working time."""
        return calendar.working_between(self.started_at, self.stopped_at or now)

    def overdue(self, now: Instant, calendar: Calendar = ALWAYS) -> bool:
        """Whether the target is exceeded."""
        return self.target is not None and self.taken(now, calendar) > self.target


class ResponseClocks:
    """A read model of all stays: give it the feed, ask it who is late.

    Targets are those of the objectives (`stage_times`), else `STAGE_TARGETS`; time runs by `calendar`.
    """

    def __init__(self, objectives: Objectives | None = None, calendar: Calendar = ALWAYS) -> None:
        given: Mapping[str, timedelta] = objectives.stage_times if objectives is not None else {}
        self.targets: Final = {**STAGE_TARGETS, **given}
        self.calendar: Final = calendar
        self._states: dict[str, str] = {}
        self._running: dict[str, StageClock] = {}
        self._finished: list[StageClock] = []

    def apply(self, recorded: Recorded, /) -> None:
        """Take in one event of the feed."""
        move = recorded.event.move
        if recorded.key.kind != "case" or not move:
            return
        case_id = recorded.key.id
        state = ORDER.moves[self._states.get(case_id, ORDER.initial)][move]
        self._states[case_id] = state
        stage, at = _STAGE_OF.get(state), recorded.event.occurred_at
        clock = self._running.get(case_id)
        if clock is not None and clock.stage == stage:
            return
        if clock is not None:
            self._finished.append(attrs.evolve(clock, stopped_at=at))
            del self._running[case_id]
        if stage is not None:
            self._running[case_id] = StageClock(case_id, stage, at, target=self.targets.get(stage))

    def running(self) -> tuple[StageClock, ...]:
        """The stays that last, longest first."""
        return tuple(sorted(self._running.values(), key=lambda clock: (clock.started_at, clock.case_id)))

    def finished(self, stage: str | None = None) -> tuple[StageClock, ...]:
        """The stays that are over, of one stage or of all."""
        return tuple(clock for clock in self._finished if stage is None or clock.stage == stage)

    def overdue(self, now: Instant) -> tuple[StageClock, ...]:
        """The stays that last longer than their target allows, longest first."""
        return tuple(clock for clock in self.running() if clock.overdue(now, self.calendar))

    def within_target(self, clocks: Iterable[StageClock], now: Instant) -> tuple[int, int]:
        """How many of some stays kept their target, and how many have one."""
        aimed: list[Any] = [clock for clock in clocks if clock.target is not None]
        return sum(not clock.overdue(now, self.calendar) for clock in aimed), len(aimed)
