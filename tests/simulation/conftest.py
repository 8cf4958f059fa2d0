"""Lives under tempers of one's own."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from build import CLERK, line, order
from lives import CALM, Live, Lived

from orderlib.case.policies import PolicySet
from orderlib.case.record import OrderCase
from orderlib.desk.desk import OrderDesk
from orderlib.desk.memory import InMemoryRepository
from orderlib.intake.message import ReceiveOrder
from orderlib.order.record import Order
from orderlib.simulation.clock import WorldClock
from orderlib.simulation.everyone import EVERYONE
from orderlib.simulation.facts import SeededFacts
from orderlib.simulation.world import Temper, World
from orderlib.values.fact import NO_FACTS, Facts
from orderlib.values.message import Command
from orderlib.values.port import SequentialIds


@pytest.fixture
def lived() -> Live:
    """Drives an order to its end; `meanwhile` says which commands come from outside, after so many steps each."""

    def live(
        given: Order | None = None,
        *,
        temper: Temper = CALM,
        seed: int = 1,
        known: Facts = NO_FACTS,
        policies: PolicySet | None = None,
        meanwhile: Iterable[tuple[int, Callable[[OrderCase], Command]]] = (),
        first: Callable[[str], Command] | None = None,
    ) -> Lived:
        clock, repository = WorldClock("2026-03-02T08:00:00Z"), InMemoryRepository()
        facts = SeededFacts(seed, known)
        desk = OrderDesk(repository, policies=policies, facts=facts, clock=clock, ids=SequentialIds(f"s{seed}-"))
        wanted = given if given is not None else order(line("10", quantity=4), line("20", item="P-8", quantity=6))
        command = first("s") if first is not None else ReceiveOrder(wanted, by=CLERK)
        case = desk.handle(command).case
        world = World(desk, clock, EVERYONE, seed=seed, temper=temper)
        waiting = sorted(meanwhile, key=lambda each: each[0])
        for step, _ in enumerate(world.drive(case.id), 1):
            while waiting and waiting[0][0] <= step:
                desk.handle(waiting.pop(0)[1](desk.load(case.id)))
        key = desk.load(case.id).key
        events = tuple(recorded.event for recorded in repository.history(key))
        return Lived(desk.load(case.id), events, clock)

    return live
