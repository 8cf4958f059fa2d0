"""A purchase that is late is heard of where its goods are waited for."""

from __future__ import annotations

from datetime import date

import pytest
from build import CLERK, line, order

from orderlib.case.message import AdoptOrder, PassTime
from orderlib.desk.desk import OrderDesk
from orderlib.desk.follow import follow
from orderlib.desk.watch import SupplyWatch
from orderlib.fulfilment.record import ExceptionKind
from orderlib.planning.message import PlanOrder, PromiseOrder, ReleaseOrder
from orderlib.simulation.clock import WorldClock
from orderlib.supply.commitment import PurchaseCommitment
from orderlib.supply.message import OrderPurchase, PlanPurchase, ReportPurchaseConfirmed, ReportPurchaseDelayed
from orderlib.values.instant import instant
from orderlib.values.party import SYSTEM, Actor
from orderlib.values.port import SequentialIds
from orderlib.values.quantity import Quantity

PLANNER = Actor("lin", department="planning")


@pytest.fixture
def desk():
    """A desk on a Monday with a planned order, and steel for its line on Thursday."""
    clock = WorldClock("2026-03-02T08:00:00Z")
    desk = OrderDesk(clock=clock, ids=SequentialIds("i"))
    desk.handle(AdoptOrder(order(line("10"), id="4711"), "accepted", case_id="case-1", by=CLERK))
    desk.handle(PlanOrder("case-1", by=PLANNER))
    desk.handle(PromiseOrder("case-1", by=PLANNER))
    desk.handle(ReleaseOrder("case-1", by=PLANNER))
    return desk


def buy(desk, *serves):
    """Steel that is ordered for some demands."""
    purchase = PurchaseCommitment("PO-1", "S", "steel", Quantity(4), "2026-03-05", serves=serves)
    desk.handle(PlanPurchase(purchase, by=SYSTEM))
    desk.handle(OrderPurchase("PO-1", by=SYSTEM))


def delay(desk, on):
    """The supplier moves its day."""
    desk.handle(ReportPurchaseDelayed("PO-1", on, by=SYSTEM, reason="strike"))


def listen(desk, **more):
    """A watch that has read everything there is."""
    watch = SupplyWatch(desk, **more)
    follow(desk.repository, watch)
    return watch


def test_late_steel_moves_the_plan_and_opens_a_jeopardy(desk):
    """The task that waits for it ends when it comes, what follows begins then, and the promise stays."""
    buy(desk, "4711/10")
    promised = desk.load("case-1").planning.promises["10"].promised_on
    delay(desk, "2026-03-16")
    watch = listen(desk)
    case = desk.load("case-1")
    (incident,) = case.fulfilment.incidents
    assert (incident.kind, incident.line_id) == (ExceptionKind.JEOPARDY, "10")
    tasks = case.planning.tasks
    assert tasks["supply"].ends_at == instant("2026-03-16T00:00:00Z")
    assert tasks["make"].starts_at >= tasks["supply"].ends_at
    assert case.planning.promises["10"].promised_on == promised
    assert watch.refused == []


def test_a_day_that_passes_is_a_delay_as_well(desk):
    """Nobody said anything, and nothing came."""
    buy(desk, "case-1/10")
    clock = desk._clock
    clock.wait_until(instant("2026-03-06T00:00:00Z"))
    desk.handle(PassTime("PO-1", stream="supply", by=SYSTEM))
    listen(desk)
    assert len(desk.load("case-1").fulfilment.incidents) == 1


def test_events_that_come_twice_act_once(desk):
    """A reader may begin anew."""
    buy(desk, "4711/10")
    delay(desk, "2026-03-16")
    listen(desk)
    version = desk.load("case-1").version
    listen(desk)
    assert desk.load("case-1").version == version


def test_what_is_in_time_or_serves_nobody_known_changes_nothing(desk):
    """A confirmation for the day asked for, and a demand of no order."""
    before = desk.load("case-1")
    buy(desk, "4711/10")
    desk.handle(ReportPurchaseConfirmed("PO-1", Quantity(4), "2026-03-05", by=SYSTEM))
    listen(desk)
    assert desk.load("case-1") == before
    other = PurchaseCommitment("PO-2", "S", "bolt", Quantity(4), "2026-03-05", serves=["9999/10", "stock"])
    desk.handle(PlanPurchase(other, by=SYSTEM))
    desk.handle(OrderPurchase("PO-2", by=SYSTEM))
    desk.handle(ReportPurchaseDelayed("PO-2", date(2026, 3, 9), by=SYSTEM, reason="strike"))
    assert listen(desk).refused == []
    assert desk.load("case-1") == before


def test_an_order_without_a_plan_hears_of_it_all_the_same(desk):
    """There is nothing to move; where tasks of other names wait, they are named."""
    desk.handle(AdoptOrder(order(line("10"), id="4712"), "released", case_id="case-2", by=CLERK))
    desk.handle(AdoptOrder(order(line("10"), id="4713"), "accepted", case_id="case-3", by=CLERK))
    buy(desk, "4711/10", "4712/77", "4713/10")
    delay(desk, "2026-03-16")
    watch = listen(desk, tasks=["make"])
    (incident,) = desk.load("case-2").fulfilment.incidents
    assert incident.line_id is None
    assert desk.load("case-2").planning is None
    assert desk.load("case-3").fulfilment is None
    assert desk.load("case-1").planning.tasks["make"].ends_at == instant("2026-03-16T00:00:00Z")
    assert watch.refused == []
