"""P13: whole lives of orders through the desk: against bare `decide` and `evolve`, ten times as many, and in flat memory.

Once, people and plant of the simulated world bring an order of five lines to its end, in two despatches and with a
defect put right; the forty commands that they gave are given again for every order that is measured, each with ids
of its own. One serial pass plans each order.

`ORDERLIB_BENCH_ORDERS` is how many orders stand against a tenth, or at most a thousand, of them: 10,000 unless it is
set. Time is read around the desk alone, not around the making of commands, and in turns, so that a slow minute hits
both sides.
"""

from __future__ import annotations

import gc
import os
import time
import tracemalloc
from collections.abc import Iterator
from typing import Any, Final

import attrs
from measure import Row, at_most, ratio

from orderlib.case.deciding import decide
from orderlib.case.evolution import evolve_all
from orderlib.case.policies import PolicySet
from orderlib.case.record import OrderCase
from orderlib.desk.desk import OrderDesk
from orderlib.desk.memory import InMemoryRepository
from orderlib.desk.outcome import Outcome
from orderlib.intake.message import ReceiveOrder
from orderlib.order.line import Item, OrderLine
from orderlib.order.record import Order
from orderlib.order.terms import TaxCategory
from orderlib.simulation.clock import WorldClock
from orderlib.simulation.everyone import EVERYONE
from orderlib.simulation.facts import SeededFacts
from orderlib.simulation.world import Temper, World
from orderlib.values.dispatch import View
from orderlib.values.fact import Facts
from orderlib.values.identifier import CaseId
from orderlib.values.instant import instant
from orderlib.values.message import Command
from orderlib.values.party import Actor, Address, Party
from orderlib.values.period import DayPeriod
from orderlib.values.port import SequentialIds
from orderlib.values.quantity import Quantity
from orderlib.values.rate import UnitPrice

MEI: Final = Actor("mei", department="customer-service")
POLICIES: Final = PolicySet()
#: nobody is late and nothing gets lost; goods leave in two parts, and a defect is found and put right
TEMPER: Final = Temper(
    defect=1, partial=1, lost=0, late_payer=0, refuses_offer=0, refuses_change=0, answers_return=1, shrugs=0
)
KEPT: Final = 100
TURNS: Final = 10


def order_of(lines: int) -> Order:
    """An order with so many lines that screening finds nothing wrong with."""
    buyer = Party("ACME", "Acme", address=Address(street="Quay 4", city="Rivertown", postal_zone="20457", country="DE"))
    made = [
        OrderLine(
            str(number),
            Item(f"MAST-{number}", f"Mast {number}"),
            Quantity(4),
            UnitPrice("415.50", "EUR"),
            tax=TaxCategory("S", "19"),
            requested_period=DayPeriod(None, "2026-04-30"),
        )
        for number in range(1, lines + 1)
    ]
    return Order("PO-1", buyer, Party("WERK", "Works", address=Address(city="Hilltown", country="DE")), "EUR", made)


def closed(case: OrderCase, /) -> bool:
    """Whether a case may go: its order is closed, whatever the warranty still brings."""
    return case.state == "closed"


class Life:
    """The commands of one order's whole life, to be given again."""

    def __init__(self) -> None:
        self.facts: Final[Facts] = SeededFacts(2)(OrderCase(id=CaseId("case")), ReceiveOrder(order_of(5), by=MEI))
        self.commands: Final = tuple(self._lived())
        self._own: Final = frozenset(command.id for command in self.commands)
        self._names: Final = [tuple(self._named(command)) for command in self.commands]

    def known(self, _case: OrderCase, _command: Command, /) -> Facts:
        """The same facts for every order."""
        return self.facts

    def _lived(self) -> Iterator[Command]:
        clock = WorldClock(instant("2026-03-02T09:00:00Z"))
        desk = OrderDesk(facts=self.known, policies=POLICIES, clock=clock, ids=SequentialIds("id-"))
        given: list[Command] = []

        def note(outcome: Outcome, /) -> None:
            given.append(outcome.command)

        desk.subscribe(note)
        case = desk.handle(ReceiveOrder(order_of(5), by=MEI)).case
        for _ in World(desk, clock, EVERYONE, seed=2, temper=TEMPER).drive(case.id):
            pass
        if desk.load(case.id).state != "closed":
            raise AssertionError("the order did not come to its end")
        return iter(given)

    def _named(self, command: Command) -> Iterator[str]:
        """The fields in which a command names one that was given before, or itself."""
        for field in attrs.fields(type(command)):
            if getattr(command, field.name) in self._own:
                yield field.name

    def again(self, number: int) -> list[Command]:
        """The same life for another order, with ids of its own."""
        given: list[Command] = []
        for command, names in zip(self.commands, self._names, strict=True):
            fresh: dict[str, Any] = {name: f"{number}/{getattr(command, name)}" for name in names}
            fresh["case_id"] = f"case-{number}"
            if isinstance(command, ReceiveOrder):
                fresh["order"] = attrs.evolve(command.order, id=f"PO-{number}")
            given.append(attrs.evolve(command, **fresh))
        return given

    def desk(self, repository: InMemoryRepository | None = None) -> OrderDesk:
        """A desk that is as new."""
        return OrderDesk(repository, facts=self.known, policies=POLICIES)

    def live(self, desk: OrderDesk, numbers: range) -> float:
        """Take so many orders through their lives; the time that the desk took, in seconds."""
        spent = 0.0
        for number in numbers:
            given = self.again(number)
            start = time.thread_time()
            for command in given:
                desk.handle(command)
            spent += time.thread_time() - start
        return spent


def against_bare(life: Life, *, smoke: bool) -> list[Row]:
    """The desk with its repository, against the same commands decided and folded by hand."""
    given = life.again(1)

    def bare() -> OrderCase:
        case = OrderCase(id=CaseId("case-1"))
        for command in given:
            case = evolve_all(case, decide(View(case, facts=life.facts), command, POLICIES).events)
        return case

    def through_the_desk() -> OrderCase:
        desk = life.desk()
        for command in given:
            desk.handle(command)
        return desk.load("case-1")

    if bare() != through_the_desk():
        raise AssertionError("the lives differ")
    figure = ratio(through_the_desk, bare, smoke=smoke, collector=True)
    return [at_most(f"P13 life of {len(given)} commands: desk / bare decide + evolve", 2, figure)]


def growth(life: Life, *, smoke: bool) -> list[Row]:
    """Many orders at one desk against few: what each of them costs. What has ended is evicted."""
    many = 20 if smoke else int(os.environ.get("ORDERLIB_BENCH_ORDERS", "10000"))
    few = min(many // 10, 1_000)
    large, small = (life.desk(InMemoryRepository(evict=closed, keep=KEPT)) for _ in range(2))
    life.live(life.desk(), range(3))  # every room is open before the clock runs
    turns = 2 if smoke else TURNS
    cost = [0.0, 0.0]
    for turn in range(turns):
        cost[0] += life.live(large, range(many * turn // turns, many * (turn + 1) // turns))
        cost[1] += life.live(small, range(few * turn // turns, few * (turn + 1) // turns))
    figure = (cost[0] / many) / (cost[1] / few)
    name = f"P13 growth: cost of an order among {many:,} / among {few:,}"
    return [Row(name=name, bar="1 ± 0.2", measured=figure, ok=0.8 <= figure <= 1.2)]


def held_by_each(life: Life, repository: InMemoryRepository, orders: int) -> float:
    """Bytes that one more order leaves behind, once a first part of them has come and gone."""
    desk = life.desk(repository)
    held = list[int]()
    tracemalloc.start()
    for numbers in (range(orders // 2), range(orders // 2, orders)):
        life.live(desk, numbers)
        gc.collect()
        held.append(tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()
    return (held[1] - held[0]) / (orders - orders // 2)


def memory(life: Life, *, smoke: bool) -> list[Row]:
    """What stays of an order that is evicted when it has ended, against one that is kept."""
    orders = 8 if smoke else 200
    kept = held_by_each(life, InMemoryRepository(), orders // 4)
    evicted = held_by_each(life, InMemoryRepository(evict=closed, keep=2), orders)
    return [at_most("P13 memory: an ended order evicted / kept", 0.02, evicted / kept)]


def run(*, smoke: bool = False) -> list[Row]:
    """All rows."""
    life = Life()
    return [*against_bare(life, smoke=smoke), *growth(life, smoke=smoke), *memory(life, smoke=smoke)]
