"""A seeded world around the desk: people and plant that see what is allowed and what is due, and act.

There is no script: in each step whoever has something to do gives a public command, and where nobody has, time passes
to the next thing that is due. One seed gives one story, byte for byte.

    >>> from orderlib.simulation import World, WorldClock
    >>> from orderlib.simulation.habits import WORKING_HABITS
    >>> from orderlib.desk import OrderDesk
    >>> clock = WorldClock("2026-03-02T08:00:00Z")
    >>> world = World(OrderDesk(clock=clock), clock, WORKING_HABITS, seed=7)
    >>> world.seed
    7
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderlib._door import lazy

# door: every name
if TYPE_CHECKING:
    from orderlib.simulation.clock import WorldClock as WorldClock
    from orderlib.simulation.facts import SeededFacts as SeededFacts
    from orderlib.simulation.repair import put_right as put_right
    from orderlib.simulation.world import Habit as Habit
    from orderlib.simulation.world import Moment as Moment
    from orderlib.simulation.world import Temper as Temper
    from orderlib.simulation.world import World as World

__all__ = [
    "Habit",
    "Moment",
    "SeededFacts",
    "Temper",
    "World",
    "WorldClock",
    "put_right",
]

_WHERE = {
    "Habit": "orderlib.simulation.world",
    "Moment": "orderlib.simulation.world",
    "SeededFacts": "orderlib.simulation.facts",
    "Temper": "orderlib.simulation.world",
    "World": "orderlib.simulation.world",
    "WorldClock": "orderlib.simulation.clock",
    "put_right": "orderlib.simulation.repair",
}
# end of door
if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy(__name__, _WHERE)
