"""What an article is made of, over all levels."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from orderlib.errors import InvalidValueError
from orderlib.supply.bill import Bill, Bills, Component, Substitute, explode
from orderlib.values.period import DayPeriod
from orderlib.values.quantity import Quantity

MARCH = date(2026, 3, 2)


def part(item, quantity=1, unit="C62", **more):
    """One line of a bill."""
    return Component(item, Quantity(quantity, unit), **more)


def found(caught):
    """Code and address of every finding."""
    return [(each.code, each.address) for each in caught.value.findings]


PUMP = Bill("pump", [part("housing"), part("motor"), part("bolt", 8, scrap=5)])
MOTOR = Bill("motor", [part("coil", 3), part("wire", "2.5", "MTR")], good="90")


def test_a_bill_opens_level_by_level():
    """Ten pumps take twelve motors to start... for ten good ones at nine in ten, and the bolts that are lost."""
    lines = explode(Bills([PUMP, MOTOR]), "pump", Quantity(10), MARCH)
    assert [(each.level, each.item_id, each.quantity) for each in lines] == [
        (0, "pump", Quantity(10)),
        (1, "housing", Quantity(10)),
        (1, "motor", Quantity(10)),
        (2, "coil", Quantity(36)),
        (2, "wire", Quantity("30", "MTR")),
        (1, "bolt", Quantity(85)),
    ]
    assert lines[3].way == ("pump", "motor")


def test_losses_divide():
    """Of ninety good ones at ninety percent a hundred are started; nobody issues a part of a bolt."""
    assert MOTOR.started(Quantity(90)) == Quantity(100)
    assert MOTOR.started(Quantity(1)) == Quantity(2)
    assert part("bolt", 8, scrap=5).needed(Fraction(10)) == Quantity(85)
    assert part("wire", "2.5", "MTR").needed(Fraction(1, 3)) == Quantity("0.834", "MTR")


def test_a_bill_may_make_many():
    """Half a batch takes half of everything, rounded up."""
    paint = Bill("paint", [part("resin", 7, "KGM"), part("can", 5)], makes=Quantity(10, "LTR"))
    lines = explode(Bills([paint]), "paint", Quantity(5, "LTR"), MARCH)
    assert [each.quantity for each in lines[1:]] == [Quantity("3.5", "KGM"), Quantity(3)]


def test_bills_and_components_hold_on_their_days():
    """A new bill and a new component each from its day on."""
    old = Bill("pump", [part("iron")], valid=DayPeriod(None, "2026-05-31"))
    new = Bill(
        "pump", [part("steel"), part("seal", valid=DayPeriod("2026-07-01", None))], valid=DayPeriod("2026-06-01")
    )
    bills = Bills([old, new])
    opened = {
        month: [each.item_id for each in explode(bills, "pump", Quantity(1), date(2026, month, 1))][1:]
        for month in (5, 6, 7)
    }
    assert opened == {5: ["iron"], 6: ["steel"], 7: ["steel", "seal"]}
    assert bills.of("iron", MARCH) is None


def test_what_passes_through_is_marked():
    """A phantom stands in the explosion as what it is."""
    kit = Bill("kit", [part("bolt", 4)], phantom=True)
    lines = explode(Bills([Bill("pump", [part("kit", 2)]), kit]), "pump", Quantity(1), MARCH)
    assert [(each.item_id, each.phantom) for each in lines] == [("pump", False), ("kit", True), ("bolt", False)]
    assert lines[2].quantity == Quantity(8)


def test_low_level_codes_are_the_longest_way_down():
    """A bolt that goes into the pump and into its motor is looked at after the motor."""
    bills = Bills(
        [PUMP, Bill("motor", [part("bolt", 2), part("coil", substitutes=[Substitute("coil-2", Quantity(1))])])]
    )
    assert {item: bills.level(item) for item in ("pump", "motor", "bolt", "coil", "coil-2", "stranger")} == {
        "pump": 0,
        "motor": 1,
        "bolt": 2,
        "coil": 2,
        "coil-2": 2,
        "stranger": 0,
    }


def test_circles_are_named():
    """With the way that leads back, at the bill with which it begins."""
    with pytest.raises(InvalidValueError) as caught:
        Bills(
            [Bill("x", [part("a")]), Bill("a", [part("b"), part("a")]), Bill("b", [part("c")]), Bill("c", [part("a")])]
        )
    assert found(caught) == [("bill.cycle", "/bills/1"), ("bill.cycle", "/bills/1")]
    assert [dict(each.evidence)["way"] for each in caught.value.findings] == ["a → b → c → a", "a → a"]


def test_a_circle_through_a_substitute_is_one_too():
    """Whoever may take itself instead would never be done."""
    with pytest.raises(InvalidValueError) as caught:
        Bills([Bill("a", [part("b", substitutes=[Substitute("a", Quantity(1))])])])
    assert caught.value.code == "bill.cycle"


def test_deep_bills_are_no_trouble():
    """A thousand and more levels, one below the other."""
    chain = Bills([Bill(f"i{at}", [part(f"i{at + 1}")]) for at in range(1200)])
    assert chain.level("i1200") == 1200
    assert explode(chain, "i0", Quantity(1), MARCH)[-1].level == 1200


def test_a_bill_that_explodes_without_end_is_refused():
    """Every level doubles the lines; a bound is kept, and named."""
    doubling = Bills([Bill(f"i{at}", [part(f"i{at + 1}"), part(f"i{at + 1}")]) for at in range(40)])
    with pytest.raises(InvalidValueError) as caught:
        explode(doubling, "i0", Quantity(1), MARCH, limit=1000)
    assert caught.value.code == "bill.too-large"


@pytest.mark.parametrize(
    ("made", "code", "address"),
    [
        (lambda: part("x", scrap=100), "bill.loss", "/scrap"),
        (lambda: part("x", scrap=-1), "bill.loss", "/scrap"),
        (lambda: part("x", scrap="much"), "decimal.malformed", "/scrap"),
        (lambda: part("x", -1), "supply.negative-quantity", "/quantity"),
        (lambda: Component("x", 3), "value.type", "/quantity"),
        (lambda: part("x", substitutes=["y"]), "value.type", "/substitutes/0"),
        (lambda: Substitute("x", Quantity(-1)), "supply.negative-quantity", "/quantity"),
        (lambda: Bill("x", ["y"]), "value.type", "/components/0"),
        (lambda: Bill("x", [], good=0), "bill.good", "/good"),
        (lambda: Bill("x", [], good=101), "bill.good", "/good"),
        (lambda: Bill("x", [], makes=Quantity(0)), "bill.makes-nothing", "/makes"),
        (lambda: Bill("x", [], phantom=1), "value.type", "/phantom"),
        (lambda: Bills([1]), "value.type", "/bills/0"),
        (lambda: Bills([PUMP, Bill("pump", [])]), "bill.overlap", "/bills/1/valid"),
        (lambda: explode(Bills([PUMP]), "pump", Quantity(1, "KGM"), MARCH), "quantity.unit-mismatch", ""),
        (lambda: explode(Bills(), "pump", Quantity(-1), MARCH), "supply.negative-quantity", "/quantity"),
        (lambda: explode(Bills(), "pump", Quantity(1), "soon"), "value.day-malformed", "/on"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(made, code, address):
    """One fault, one code, one address."""
    with pytest.raises(InvalidValueError) as caught:
        made()
    assert found(caught) == [(code, address)]
