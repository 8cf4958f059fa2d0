"""P1, P2, P11 and P12: an order's life through `decide` and `evolve`, one command on a stored order, memory, growth."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import life_peers as peers
from measure import Row, at_least, at_most, ratio
from statemachine.exceptions import TransitionNotAllowed

from orderlib.case.deciding import decide
from orderlib.case.evolution import evolve_all
from orderlib.case.message import AdoptOrder
from orderlib.case.policies import PolicySet
from orderlib.case.record import OrderCase
from orderlib.errors import RefusedError
from orderlib.fulfilment.message import DespatchGoods, ReportProduced, ReportReceived
from orderlib.hold.message import LiftHold, PlaceHold
from orderlib.ledger.record import LineQuantity
from orderlib.order.line import Item, OrderLine
from orderlib.order.record import Order
from orderlib.risk.message import CloseRisk, IdentifyRisk, TreatRisk
from orderlib.risk.record import Rating, Treatment
from orderlib.values.dispatch import Gate, View
from orderlib.values.instant import instant
from orderlib.values.message import Command, Event
from orderlib.values.party import Actor, Party
from orderlib.values.quantity import Quantity
from orderlib.values.rate import UnitPrice

MEI = Actor("mei", department="customer-service", roles=("management",))
AT = instant("2026-03-02T08:00:00Z")
POLICIES = PolicySet()


def order_of(lines: int) -> Order:
    """An order with so many lines of ten pieces."""
    return Order(
        "PO-1",
        Party("ACME"),
        Party("WERK"),
        "EUR",
        [OrderLine(str(n), Item("MAST-30"), Quantity("4"), UnitPrice("4150", "EUR")) for n in range(1, lines + 1)],
    )


def commands() -> tuple[Command, ...]:
    """Ten commands that make the twelve events; no policy is consulted.

    An order that runs elsewhere is taken over, stopped until the advance is paid, and watched for two risks, about
    one of which something is done; a first parcel with the goods of two lines leaves and arrives, and the risks are over.
    """

    def parcel() -> list[LineQuantity]:
        return [LineQuantity(str(number), Decimal(4)) for number in range(1, 3)]

    order, case_id = order_of(5), "case-1"
    makers: tuple[Callable[..., Command], ...] = (
        lambda **more: AdoptOrder(order, "released", case_id=case_id, **more),
        lambda **more: PlaceHold(case_id, {Gate.DESPATCH}, hold_id="h-1", reason="advance not paid", **more),
        lambda **more: IdentifyRisk(case_id, "r-1", "late steel", "supply", Rating(3, 4), **more),
        lambda **more: IdentifyRisk(case_id, "r-2", "road closed", "internal", Rating(2, 2), **more),
        lambda **more: TreatRisk(case_id, "r-1", Treatment.CHANGE_LIKELIHOOD, "second mill", Rating(2, 4), **more),
        lambda **more: LiftHold(case_id, "h-1", **more),
        lambda **more: DespatchGoods(case_id, parcel(), despatch_id="d-1", **more),
        lambda **more: ReportReceived(case_id, "d-1", parcel(), **more),
        lambda **more: CloseRisk(case_id, "r-1", reason="the steel is here", **more),
        lambda **more: CloseRisk(case_id, "r-2", reason="the goods are there", **more),
    )
    return tuple(make(by=MEI, id=f"c-{number}", at=AT) for number, make in enumerate(makers))


def live(given: tuple[Command, ...]) -> tuple[OrderCase, list[Event]]:
    """The whole life; the case and the events that led to it."""
    case, told = OrderCase(id="case-1"), list[Event]()
    for command in given:
        events = decide(View(case), command, POLICIES).events
        case = evolve_all(case, events)
        told += events
    return case, told


def size_of(make: Callable[[], object], copies: int) -> float:
    """Bytes that one more of what `make` makes holds."""
    make()
    gc.collect()
    tracemalloc.start()
    kept = [make() for _ in range(copies)]
    gc.collect()
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return held / len(kept)


def plain(given: tuple[Command, ...]) -> peers.PlainOrder:
    """The whole life of a plain order."""
    order = peers.PlainOrder()
    peers.live(order, given)
    return order


def machine(given: tuple[Command, ...]) -> peers.MachineOrder:
    """The whole life of a live machine."""
    order = peers.MachineOrder()
    peers.live_by_events(order, given)
    return order


def on_shared_machine(given: tuple[Command, ...]) -> peers.TransitionsOrder:
    """The whole life of an order on the shared machine of `transitions`."""
    order = peers.shared_model()
    peers.live_by_events(order, given)
    peers.forget(order)
    return order


def all_agree(given: tuple[Command, ...]) -> None:
    """Every peer ends where ours does, with the same counts and as many records."""
    case, told = live(given)
    sourced = peers.live_sourced(given)
    books = (plain(given), machine(given).book, on_shared_machine(given), sourced.book)
    states = (case.state, books[0].state, machine(given).current_state_value, books[2].state, sourced.state)
    records = (len(told), *(len(book.log) for book in books[:3]), len(sourced.told))
    if set(states) != {"in_execution"} or set(records) != {12}:
        raise AssertionError(f"the lives differ: {states}, {records}")
    for line in case.ledger.lines:
        counts = {(book.lines[line.id].despatched, book.lines[line.id].received) for book in books}
        if counts != {(line.despatched, line.received)}:
            raise AssertionError(f"the counts of line {line.id} differ: {counts}")


def lives(*, smoke: bool) -> list[Row]:
    """P1: twelve events."""
    given = commands()
    all_agree(given)

    def against(theirs: Callable[[], object]) -> float:
        # whoever leaves rings of objects behind pays for their collection, as in any program that runs on
        return ratio(theirs, lambda: live(given), smoke=smoke, collector=True)

    return [
        at_least("P1 life: python-statemachine / ours", 50, against(lambda: machine(given))),
        at_least("P1 life: transitions / ours", 8, against(lambda: on_shared_machine(given))),
        at_least("P1 life: eventsourcing / ours", 3, against(lambda: peers.live_sourced(given))),
        at_most("P1 life: ours / plain class", 4, 1 / against(lambda: plain(given))),
    ]


def one_command(*, smoke: bool) -> list[Row]:
    """P2: a stored order and one guarded command; and a refusal."""
    given = commands()
    adopted, hold, *_ = given
    case, _ = live(given[:1])
    lift = LiftHold(case.id, "h-1", by=MEI, id="x", at=AT)
    held = evolve_all(case, decide(View(case), hold, POLICIES).events)

    def stored() -> peers.MachineBooking:
        book = peers.MachineBooking()
        book.state = "released"
        book.open_lines(case.order)
        book.hold(book.new_hold(hold))
        return book

    kept = stored()

    def restored(command: Command, name: str) -> None:
        order = peers.MachineOrder(kept)
        order.handle(name, command)

    def machine_lifts() -> None:
        restored(lift, "lift_hold")
        kept.hold(kept.new_hold(hold))  # so that it can be lifted again
        kept.ended_holds.clear()
        kept.log.clear()

    def ours() -> OrderCase:
        return evolve_all(held, decide(View(held), lift, POLICIES).events)

    def machine_refuses() -> None:
        try:
            restored(adopted, "adopt_released")
        except TransitionNotAllowed:
            pass

    def ours_refuses() -> None:
        try:
            decide(View(held), adopted, POLICIES)
        except RefusedError:
            pass

    return [
        at_least("P2 command: python-statemachine restore + send / ours", 150, ratio(machine_lifts, ours, smoke=smoke)),
        at_least("P2 refusal: python-statemachine / ours", 20, ratio(machine_refuses, ours_refuses, smoke=smoke)),
    ]


def memory(*, smoke: bool) -> list[Row]:
    """P11: an order with its twelve events."""
    given = commands()
    copies = 20 if smoke else 300

    mine = size_of(lambda: live(given), copies)
    live_machine = size_of(lambda: machine(given), max(copies // 10, 2))
    return [
        at_most("P11 memory: ours / plain class", 1.1, mine / size_of(lambda: plain(given), copies)),
        at_least("P11 memory: live machine / ours", 15, live_machine / mine),
    ]


def growth(*, smoke: bool) -> list[Row]:
    """P12: one despatch on 10,000 lines against 10; on a history of 10,000 events against 10."""

    def despatched(lines: int) -> Callable[[], Any]:
        adopted = AdoptOrder(order_of(lines), "in_execution", case_id="case-1", by=MEI, id="a", at=AT)
        case = evolve_all(OrderCase(id="case-1"), decide(View(OrderCase(id="case-1")), adopted, POLICIES).events)
        command = DespatchGoods("case-1", [LineQuantity("5", Decimal(1))], despatch_id="d", by=MEI, id="b", at=AT)
        return lambda: evolve_all(case, decide(View(case), command, POLICIES).events)

    def after(events: int) -> Callable[[], Any]:
        adopted = AdoptOrder(order_of(10), "in_execution", case_id="case-1", by=MEI, id="a", at=AT)
        case = evolve_all(OrderCase(id="case-1"), decide(View(OrderCase(id="case-1")), adopted, POLICIES).events)
        made = ReportProduced("case-1", [LineQuantity("7", Decimal("0.0001"))], by=MEI, id="m", at=AT)
        told = decide(View(case), made, POLICIES).events
        for _ in range(events):
            case = evolve_all(case, told)
        command = DespatchGoods("case-1", [LineQuantity("5", Decimal(1))], despatch_id="d", by=MEI, id="b", at=AT)
        return lambda: evolve_all(case, decide(View(case), command, POLICIES).events)

    many_events = 100 if smoke else 10_000
    return [
        at_most("P12 despatch: 10,000 lines / 10", 3, ratio(despatched(10_000), despatched(10), smoke=smoke)),
        at_most("P12 despatch: 10,000 events / 10", 1.2, ratio(after(many_events), after(10), smoke=smoke)),
    ]


def run(*, smoke: bool = False) -> list[Row]:
    """All rows."""
    return [*lives(smoke=smoke), *one_command(smoke=smoke), *memory(smoke=smoke), *growth(smoke=smoke)]


if __name__ == "__main__":
    for row in run():
        print(row)
