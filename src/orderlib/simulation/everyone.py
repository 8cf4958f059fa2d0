"""Everybody's habits: who acts first where several have something to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from orderlib.simulation.changing import CHANGING_HABITS
from orderlib.simulation.closing import CLOSING_HABITS
from orderlib.simulation.habits import WORKING_HABITS
from orderlib.simulation.office import BILLING, REVIEWING
from orderlib.simulation.world import Habit

__all__ = ["EVERYONE"]

#: what is in question goes first, then what can be billed and the work; the end comes when nothing else is to be done
EVERYONE: Final[Mapping[str, Habit]] = {
    **CHANGING_HABITS,
    **REVIEWING,
    **BILLING,
    **WORKING_HABITS,
    **CLOSING_HABITS,
}
