"""Lives in a simulated world: the temper in which nothing goes wrong, and what is left of a life."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs

from orderlib.case.record import OrderCase
from orderlib.simulation.clock import WorldClock
from orderlib.simulation.world import Temper
from orderlib.values.message import Event

#: a world in which nothing ever goes wrong
CALM = Temper(defect=0, partial=0, lost=0, late_payer=0, refuses_offer=0, refuses_change=0, answers_return=1, shrugs=0)


@attrs.frozen
class Lived:
    """A life: the case as it ended, and all that happened."""

    case: OrderCase
    events: tuple[Event, ...]
    clock: WorldClock

    def names(self) -> list[str]:
        """What happened, by name."""
        return [type(event).__name__ for event in self.events]

    def all(self, kind: type[Event]) -> list[Any]:
        """Every event of a kind."""
        return [event for event in self.events if isinstance(event, kind)]


Live = Callable[..., Lived]
