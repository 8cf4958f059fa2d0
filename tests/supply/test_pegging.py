"""Who is served by what, how far down it goes, and when it can really be ready."""

from __future__ import annotations

from datetime import date

import pytest

from orderlib.errors import InvalidValueError
from orderlib.supply.bill import Bill, Bills, Component
from orderlib.supply.entry import Demand, Supply
from orderlib.supply.netting import net_requirements
from orderlib.supply.pegging import Peg, PlannedOrder, Shortage, SupplyPlan, Surplus, ready_days, trace
from orderlib.supply.replenish import LotSize, Procurement, Replenishment
from orderlib.values.calendar import WEEKDAYS
from orderlib.values.quantity import Quantity

MONDAY = date(2026, 3, 2)
ONE = Quantity(1)


def day(number):
    """A day of March 2026."""
    return date(2026, 3, number)


def plan(coil_lead=4, quantity=4, on=20, **more):
    """Pumps of motors of coils, one motor on stock."""
    bills = Bills(
        [Bill("pump", [Component("motor", Quantity(1))]), Bill("motor", [Component("coil", Quantity(3))])],
    )
    rules = [
        Replenishment("pump", Procurement.MAKE, 2),
        Replenishment("motor", Procurement.MAKE, 3, **more),
        *([Replenishment("coil", Procurement.BUY, coil_lead)] if coil_lead else []),
    ]
    demands = [Demand("4711/10", "pump", Quantity(quantity), day(on))]
    return net_requirements(demands, [Supply("S", "motor", ONE, MONDAY)], today=MONDAY, bills=bills, rules=rules)


def test_a_line_is_traced_down_to_what_is_bought_and_what_is_there():
    """Work order, stock, work order, purchase: each below what it serves."""
    steps = [(each.depth, each.peg.item_id, each.peg.supply_id) for each in trace(plan(), "4711/10")]
    assert steps == [(0, "pump", "plan-1"), (1, "motor", "S"), (1, "motor", "plan-2"), (2, "coil", "plan-3")]
    assert trace(plan(), "nobody") == ()


def test_a_lot_that_serves_twice_is_opened_once():
    """Ten motors in one lot serve both lines of pumps; what they take is told once."""
    big = plan(lot=LotSize("minimum", 10))
    again = SupplyPlan(orders=big.orders, needs=big.needs, pegs=(*big.pegs, big.pegs[0]))
    assert [each.peg.supply_id for each in trace(again, "4711/10")].count("plan-3") == 1


def test_dates_set_backwards_hold_where_there_is_time():
    """Everything is ready on the day it is wanted."""
    assert ready_days(plan(), WEEKDAYS)["4711/10"] == day(20)


def test_late_components_move_what_they_go_into():
    """Coils ten days after Monday, then three days of motors and two of pumps."""
    late = plan(coil_lead=12)
    ready = ready_days(late, WEEKDAYS)
    assert late.orders["plan-3"].due_on == day(18)
    assert ready["4711/10"] == WEEKDAYS.add_days(day(18), 5) == day(25)
    assert late.pegs_of("4711/10")[0].on == day(20)


def test_what_is_not_to_be_had_is_never_ready():
    """Coils that nobody knows how to get hold up the pumps."""
    ready = ready_days(plan(coil_lead=0), WEEKDAYS)
    assert ready["4711/10"] is None


def test_signals_say_what_is_wrong_and_where():
    """A shortage at its demand, a surplus at its supply, in both languages."""
    short = Shortage("4711/10", "pump", ONE, "2026-03-03")
    assert (short.finding.code, short.finding.address) == ("supply.short", "/demands/4711/10")
    assert "缺少" in Shortage("4711/10", "pump", ONE, day(3), day(5)).finding.message("zh")
    over = Surplus("S", "pump", ONE, "2026-03-03")
    assert (over.finding.code, over.finding.address) == ("supply.surplus", "/supplies/S")


@pytest.mark.parametrize(
    "made",
    [
        lambda: Peg("d", "s", "i", 1, MONDAY, MONDAY),
        lambda: Shortage("d", "i", 1, MONDAY),
        lambda: Surplus("s", "i", 1, MONDAY),
        lambda: SupplyPlan(orders=[1]),
        lambda: SupplyPlan(needs=[1]),
        lambda: SupplyPlan(pegs=[1]),
        lambda: SupplyPlan(shortages=[1]),
        lambda: SupplyPlan(surplus=[1]),
        lambda: PlannedOrder(
            id="1",
            item_id="i",
            procurement=Procurement.BUY,
            quantity=ONE,
            started=ONE,
            release_on=MONDAY,
            due_on=MONDAY,
            needs=[1],
        ),
    ],
)
def test_parts_of_another_type_are_refused(made):
    """Before anybody trips over them."""
    with pytest.raises(InvalidValueError) as caught:
        made()
    assert caught.value.code == "value.type"
