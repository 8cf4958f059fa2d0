"""Cases and histories: orders that lived in a seeded world, up to any point of their lives."""

from __future__ import annotations

from itertools import islice

import attrs
from hypothesis import assume
from hypothesis import strategies as st

from orderlib.case.policies import PolicySet
from orderlib.case.record import OrderCase
from orderlib.desk.desk import OrderDesk
from orderlib.desk.memory import InMemoryRepository
from orderlib.errors import RefusedError
from orderlib.intake.message import ReceiveOrder
from orderlib.order.record import Order
from orderlib.simulation.clock import WorldClock
from orderlib.simulation.everyone import EVERYONE
from orderlib.simulation.facts import SeededFacts
from orderlib.simulation.world import World
from orderlib.testing.values import orders
from orderlib.values.instant import instant
from orderlib.values.message import Event
from orderlib.values.party import Actor
from orderlib.values.port import SequentialIds

__all__ = ["Life", "cases", "histories", "live"]

_CLERK = Actor("intake-clerk", department="customer-service")


@attrs.frozen
class Life:
    """A case with the events that led to it, and the desk at which it lives."""

    case: OrderCase
    events: tuple[Event, ...]
    desk: OrderDesk = attrs.field(repr=False)
    clock: WorldClock = attrs.field(repr=False)


def live(
    order: Order, *, seed: int = 1, steps: int = 500, state: str | None = None, policies: PolicySet | None = None
) -> Life:
    """An order received on its own day and driven so many steps, or until it is in a state."""
    issued = order.issued_on.isoformat() if order.issued_on is not None else "2026-03-02"
    clock = WorldClock(instant(f"{issued}T08:00:00Z"))
    repository = InMemoryRepository()
    desk = OrderDesk(
        repository, policies=policies, facts=SeededFacts(seed), clock=clock, ids=SequentialIds(f"s{seed}-")
    )
    case = desk.handle(ReceiveOrder(order, by=_CLERK)).case
    world = World(desk, clock, EVERYONE, seed=seed)
    try:
        for outcome in islice(world.drive(case.id), steps):
            case = outcome.case
            if case.state == state:
                break
    except RefusedError:
        pass  # a life that comes to a halt is a life up to there
    case = desk.load(case.id)
    return Life(case, tuple(recorded.event for recorded in repository.history(case.key)), desk, clock)


@st.composite
def histories(
    draw: st.DrawFn, *, state: str | None = None, most_steps: int = 40, policies: PolicySet | None = None
) -> Life:
    """Lives of plausible orders: so many steps from receipt, or until they are in a named state.

    A life that never comes to the state is thrown away.
    """
    order, seed = draw(orders(plausible=True, most_lines=3)), draw(st.integers(1, 50))
    if state is None:
        return live(order, seed=seed, steps=draw(st.integers(0, most_steps)), policies=policies)
    life = live(order, seed=seed, state=state, policies=policies)
    assume(life.case.state == state)
    return life


def cases(
    *, state: str | None = None, most_steps: int = 40, policies: PolicySet | None = None
) -> st.SearchStrategy[OrderCase]:
    """Cases, at a named state or anywhere in their lives."""
    return histories(state=state, most_steps=most_steps, policies=policies).map(lambda life: life.case)
