"""What is wanted against what is there, and orders for the rest."""

from __future__ import annotations

from datetime import date

import pytest

from orderlib.errors import InvalidValueError
from orderlib.supply.bill import Bill, Bills, Component, Substitute
from orderlib.supply.entry import Demand, DemandKind, Supply, SupplyKind
from orderlib.supply.netting import net_requirements
from orderlib.supply.replenish import LotSize, Procurement, Replenishment
from orderlib.values.period import DayPeriod
from orderlib.values.quantity import Quantity

MONDAY = date(2026, 3, 2)


def day(number):
    """A day of March 2026; the 2nd is a Monday."""
    return date(2026, 3, number)


def want(quantity, on, id="4711/10", item="pump"):
    """An order line."""
    return Demand(id, item, Quantity(quantity), on)


def stock(quantity, item="pump", id=None, unit="C62"):
    """What lies in the warehouse."""
    return Supply(id or f"stock-{item}", item, Quantity(quantity, unit), MONDAY)


def bought(quantity, on, item="pump", id="PO-1"):
    """What a supplier has confirmed."""
    return Supply(id, item, Quantity(quantity), on, SupplyKind.PURCHASE)


def buy(item="pump", lead=3, **more):
    """A rule for what is bought."""
    return Replenishment(item, Procurement.BUY, lead, **more)


def make(item="pump", lead=2, **more):
    """A rule for what is made."""
    return Replenishment(item, Procurement.MAKE, lead, **more)


def net(demands, supplies=(), **more):
    """A run on Monday the 2nd."""
    return net_requirements(demands, supplies, today=more.pop("today", MONDAY), **more)


def pegs(plan, demand="4711/10"):
    """Supply and quantity of each peg."""
    return [(each.supply_id, int(each.quantity.value)) for each in plan.pegs_of(demand)]


def test_stock_comes_first_then_what_is_on_its_way():
    """Oldest first; what nobody wants is declared."""
    plan = net([want(7, day(12))], [bought(9, day(10)), stock(4)], rules=[buy()])
    assert pegs(plan) == [("stock-pump", 4), ("PO-1", 3)]
    assert not plan.orders
    assert [(each.supply_id, each.quantity) for each in plan.surplus] == [("PO-1", Quantity(6))]
    assert [each.code for each in plan.findings] == ["supply.surplus"]


def test_on_one_day_the_surest_supply_goes_first():
    """Stock before a plan of somebody's."""
    planned = Supply("hope", "pump", Quantity(5), MONDAY, SupplyKind.PLANNED)
    assert pegs(net([want(5, day(3))], [planned, stock(5)])) == [("stock-pump", 5)]


def test_the_rest_is_ordered_in_time():
    """Due on the day, released the lead time before it, both on working days."""
    plan = net([want(7, day(15))], [stock(4)], rules=[buy()])
    (order,) = plan.orders
    assert (order.id, order.quantity, order.procurement) == ("plan-1", Quantity(3), Procurement.BUY)
    assert (order.due_on, order.release_on) == (day(13), day(10))
    assert pegs(plan) == [("stock-pump", 4), ("plan-1", 3)]
    assert plan.findings == ()


@pytest.mark.parametrize(
    ("rule", "size", "ordered", "lots", "left"),
    [("lot-for-lot", 1, 7, 1, 0), ("fixed", 5, 10, 2, 3), ("minimum", 20, 20, 1, 13), ("multiple", 6, 12, 1, 5)],
)
def test_lots_leave_something_over(rule, size, ordered, lots, left):
    """What is ordered beyond the need is declared a surplus, unless somebody wants it later."""
    plan = net([want(7, day(16))], rules=[buy(lot=LotSize(rule, size))])
    (order,) = plan.orders
    assert (order.quantity, order.lots) == (Quantity(ordered), lots)
    assert sum(each.quantity.value for each in plan.surplus) == left
    later = net([want(7, day(16)), want(left, day(18), "later")], rules=[buy(lot=LotSize(rule, size))])
    assert len(later.orders) == 1
    assert not later.surplus


def test_too_late_for_an_order_means_late_and_says_so():
    """It begins today, comes when it comes, and the shortage has an end."""
    plan = net([want(7, day(3))], rules=[buy(lead=5)])
    (order,) = plan.orders
    assert (order.release_on, order.due_on) == (MONDAY, day(9))
    (short,) = plan.shortages
    assert (short.quantity, short.needed_on, short.covered_on) == (Quantity(7), day(3), day(9))
    assert [(each.code, each.address) for each in plan.findings] == [("supply.short-until", "/demands/4711/10")]
    assert plan.pegs[0].late


def test_what_comes_before_a_new_order_could_is_taken_first():
    """A receipt on Thursday beats an order that would come on Monday; one on Tuesday does not."""
    plan = net([want(7, day(3))], [bought(4, day(5)), bought(9, day(10), id="PO-2")], rules=[buy(lead=5)])
    assert pegs(plan) == [("PO-1", 4), ("plan-1", 3)]
    assert plan.shortages[0].covered_on == day(9)
    assert plan.surplus[0].supply_id == "PO-2"


def test_without_a_rule_there_is_only_what_is_given():
    """Late where it comes late, short where nothing comes."""
    plan = net([want(7, day(3))], [bought(4, day(5))])
    assert [(int(each.quantity.value), each.covered_on) for each in plan.shortages] == [(3, None), (4, day(5))]
    assert [each.code for each in plan.findings] == ["supply.short", "supply.short-until"]


def test_an_order_that_begins_on_a_day_off_begins_on_the_next_working_day():
    """Nobody starts on Sunday."""
    plan = net([want(1, day(1))], rules=[buy(lead=1)], today=day(1))
    (order,) = plan.orders
    assert (order.release_on, order.due_on) == (day(2), day(3))


PUMP = Bill("pump", [Component("motor", Quantity(1)), Component("bolt", Quantity(8))])
MOTOR = Bill("motor", [Component("coil", Quantity(3)), Component("bolt", Quantity(2))], good=80)


def test_components_are_wanted_when_their_order_begins():
    """Level by level: motors for the pumps, coils for the motors, bolts for both."""
    plan = net(
        [want(4, day(20))],
        [stock(1), stock(1, "motor")],
        bills=Bills([PUMP, MOTOR]),
        rules=[make(lead=2), make("motor", 3), buy("bolt", 1), buy("coil", 4)],
    )
    pump, motor, *parts = plan.orders
    assert (pump.quantity, pump.release_on) == (Quantity(3), day(18))
    assert (motor.quantity, motor.started, motor.release_on) == (Quantity(2), Quantity(3), day(13))
    assert {(each.item_id, int(each.quantity.value), each.due_on.day) for each in parts} == {
        ("coil", 9, 13),
        ("bolt", 6, 13),
        ("bolt", 24, 18),
    }
    assert [(each.item_id, each.kind) for each in plan.needs][:2] == [("motor", "component"), ("bolt", "component")]
    assert pump.needs == ("plan-1.1", "plan-1.2")


def test_what_passes_through_is_not_ordered_for_days():
    """A phantom brings its components to the day of what contains it, less what happens to be there of it."""
    kit = Bill("kit", [Component("bolt", Quantity(4))], phantom=True)
    bills = Bills([Bill("pump", [Component("kit", Quantity(1))]), kit])
    plan = net([want(5, day(20))], [stock(2, "kit"), stock(99, "bolt")], bills=bills, rules=[make(lead=2)])
    assert [(each.item_id, each.release_on.day, each.due_on.day) for each in plan.orders] == [
        ("pump", 18, 20),
        ("kit", 18, 18),
    ]
    assert pegs(plan, "plan-2.1") == [("stock-bolt", 12)]


def test_a_substitute_is_taken_where_there_is_enough_of_it():
    """The first that suffices, and it is told; none that is short or counted otherwise."""
    coil = Component(
        "coil",
        Quantity(1),
        substitutes=[
            Substitute("thin", Quantity(2)),
            Substitute("wound", Quantity(1, "KGM")),
            Substitute("fat", Quantity(1)),
        ],
    )
    bills = Bills([Bill("pump", [coil])])
    supplies = [stock(3, "coil"), stock(9, "thin"), stock(9, "wound"), stock(9, "fat")]
    plan = net([want(5, day(20))], supplies, bills=bills, rules=[make()])
    assert [(each.item_id, each.quantity) for each in plan.needs] == [("fat", Quantity(5))]
    assert [(each.code, dict(each.evidence)["taken"]) for each in plan.notes] == [("supply.substituted", "fat")]
    enough = net([want(3, day(20))], supplies, bills=bills, rules=[make()])
    assert [each.item_id for each in enough.needs] == ["coil"]
    nowhere = net([want(50, day(20))], supplies, bills=bills, rules=[make()])
    assert [each.item_id for each in nowhere.needs] == ["coil"]


def test_substitutes_that_others_want_are_not_free():
    """What another order wants is not offered a second time; what comes later is not there."""
    coil = Component("coil", Quantity(1), substitutes=[Substitute("fat", Quantity(1))])
    bills = Bills([Bill("pump", [coil])])
    others = [want(5, day(20)), want(6, day(9), "4712/10", "fat")]
    assert [each.item_id for each in net(others, [stock(9, "fat")], bills=bills, rules=[make()]).needs] == ["coil"]
    late = [bought(9, day(30), "fat")]
    assert [each.item_id for each in net([want(5, day(20))], late, bills=bills, rules=[make()]).needs] == ["coil"]


def test_what_is_made_without_a_bill_is_told():
    """It is planned all the same, and nothing for it."""
    bills = Bills([Bill("pump", [Component("motor", Quantity(1))], valid=DayPeriod("2026-06-01", None))])
    plan = net([want(5, day(20))], bills=bills, rules=[make()])
    assert [(each.code, each.address) for each in plan.findings] == [("supply.no-bill", "/orders/plan-1")]
    assert not plan.needs


def test_a_component_of_which_nothing_is_needed_is_left_out():
    """A line of zero stands in many bills."""
    bills = Bills([Bill("pump", [Component("label", Quantity(0))])])
    assert not net([want(5, day(20))], bills=bills, rules=[make()]).needs


def test_safety_stock_comes_last():
    """Orders are served first; what is missing of the reserve is ordered, and is nobody's shortage."""
    plan = net([want(6, day(20))], [stock(8)], rules=[buy(safety=5)])
    assert pegs(plan) == [("stock-pump", 6)]
    assert pegs(plan, "safety-1") == [("stock-pump", 2), ("plan-1", 3)]
    assert plan.needs["safety-1"].kind is DemandKind.SAFETY
    assert plan.shortages == ()
    assert not net([], [stock(8)], rules=[buy(safety=5)]).orders
    assert net([], rules=[buy("spare", safety=5)]).orders["plan-1"].quantity == Quantity(5)


def test_ids_that_are_taken_are_not_given_again():
    """Whoever calls an order `plan-1` keeps the name."""
    plan = net([want(5, day(20), "plan-1.1"), want(9, day(21), "plan-2")], rules=[buy()])
    assert plan.orders.ids() == ("plan-1", "plan-3")


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"demands": [want(1, day(3)), want(2, day(4))]}, [("supply.used-id", "/demands/1/id")]),
        (
            {"demands": [want(1, day(3))], "supplies": [stock(1, unit="KGM")]},
            [("supply.unit", "/supplies/0/quantity/unit")],
        ),
        ({"demands": [want(1, day(3))], "rules": [buy(unit="KGM")]}, [("supply.unit", "/demands/0/quantity/unit")]),
        ({"demands": [1]}, [("value.type", "/demands/0")]),
        ({"demands": [], "rules": [1]}, [("value.type", "/rules/0")]),
        ({"demands": [], "rules": [buy(), buy()]}, [("lines.duplicate-id", "/1/id")]),
        ({"demands": [], "today": "now"}, [("value.day-malformed", "/today")]),
    ],
)
def test_what_cannot_be_netted_is_refused_with_its_place(given, found):
    """Every fault, before anything is planned."""
    with pytest.raises(InvalidValueError) as caught:
        net(given.pop("demands"), given.pop("supplies", ()), **given)
    assert [(each.code, each.address) for each in caught.value.findings] == found


def test_a_component_in_another_unit_is_refused():
    """A bill in kilograms of what is counted in pieces."""
    bills = Bills([Bill("pump", [Component("bolt", Quantity(1, "KGM"))])])
    with pytest.raises(InvalidValueError) as caught:
        net([want(1, day(20))], [stock(9, "bolt")], bills=bills, rules=[make()])
    assert [(each.code, each.address) for each in caught.value.findings] == [("supply.unit", "/bills")]
