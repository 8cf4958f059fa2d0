"""P1, P2, P11 and P12: an order's life through `decide` and `evolve`, one command on a stored order, memory, growth."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import life_peers as peers
from measure import Row, at_least, at_most, ratio

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
    """Eight commands that make the twelve events; no policy is consulted."""

    def all_lines(quantity: int) -> list[LineQuantity]:
        return [LineQuantity(line, Decimal(quantity)) for line in peers.LINES]

    order, case_id = order_of(5), "case-1"
    makers: tuple[Callable[..., Command], ...] = (
        lambda **more: AdoptOrder(order, "released", case_id=case_id, **more),
        lambda **more: PlaceHold(case_id, {Gate.INVOICE}, hold_id="h-1", reason="to be clarified", **more),
        lambda **more: LiftHold(case_id, "h-1", **more),
        lambda **more: ReportProduced(case_id, all_lines(4), **more),
        lambda **more: DespatchGoods(case_id, all_lines(2), despatch_id="d-1", **more),
        lambda **more: ReportReceived(case_id, "d-1", all_lines(2), **more),
        lambda **more: DespatchGoods(case_id, all_lines(2), despatch_id="d-2", **more),
        lambda **more: ReportReceived(case_id, "d-2", all_lines(2), **more),
        lambda **more: PlaceHold(case_id, {Gate.CLOSE}, hold_id="h-2", reason="paper missing", **more),
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


def lives(*, smoke: bool) -> list[Row]:
    """P1: twelve events."""
    given = commands()
    case, told = live(given)
    if len(told) != len(peers.STEPS) or case.state != "in_execution":
        raise AssertionError(f"the life has {len(told)} events and ends {case.state}")

    def with_transitions() -> None:
        order = peers.shared_model()
        peers.live(order)
        peers.forget(order)

    def ours() -> object:
        return live(given)

    def against(theirs: Callable[[], object]) -> float:
        return ratio(theirs, ours, smoke=smoke)

    return [
        at_least("P1 life: python-statemachine / ours", 50, against(lambda: peers.live(peers.MachineOrder()))),
        at_least("P1 life: transitions / ours", 8, against(with_transitions)),
        at_least("P1 life: eventsourcing / ours", 3, against(lambda: peers.live(peers.SourcedOrder()))),
        at_most("P1 life: ours / plain class", 4, 1 / against(lambda: peers.live(peers.PlainOrder()))),
    ]


def one_command(*, smoke: bool) -> list[Row]:
    """P2: a stored order and one guarded command; and a refusal."""
    given = commands()
    case, _ = live(given[:4])
    lifted = LiftHold(case.id, "h-9", by=MEI, id="x", at=AT)
    held = evolve_all(
        case,
        decide(
            View(case), PlaceHold(case.id, {Gate.CLOSE}, hold_id="h-9", reason="r", by=MEI, id="y", at=AT), POLICIES
        ).events,
    )
    impossible = AdoptOrder(order_of(1), "released", case_id=case.id, by=MEI, id="z", at=AT)

    def machine() -> None:
        order = peers.MachineOrder(start_value="running")
        order.send("lift")

    def ours() -> OrderCase:
        return evolve_all(held, decide(View(held), lifted, POLICIES).events)

    def machine_refuses() -> None:
        order = peers.MachineOrder(start_value="running")
        try:
            order.send("adopt")
        except Exception:  # noqa: BLE001 - whatever the peer raises is its refusal
            pass

    def ours_refuses() -> None:
        try:
            decide(View(case), impossible, POLICIES)
        except RefusedError:
            pass

    return [
        at_least("P2 command: python-statemachine restore + send / ours", 150, ratio(machine, ours, smoke=smoke)),
        at_least("P2 refusal: python-statemachine / ours", 20, ratio(machine_refuses, ours_refuses, smoke=smoke)),
    ]


def memory(*, smoke: bool) -> list[Row]:
    """P11: an order with its twelve events."""
    given = commands()
    copies = 20 if smoke else 300

    def plain() -> object:
        order = peers.PlainOrder()
        peers.live(order)
        return order

    def machine() -> object:
        order = peers.MachineOrder()
        peers.live(order)
        return order

    mine = size_of(lambda: live(given), copies)
    return [
        at_most("P11 memory: ours / plain class", 1.1, mine / size_of(plain, copies)),
        at_least("P11 memory: live machine / ours", 15, size_of(machine, max(copies // 10, 2)) / mine),
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
