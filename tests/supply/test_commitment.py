"""What a supplier owes, and for whom."""

from __future__ import annotations

from datetime import date

import pytest

from orderlib.errors import InvalidValueError
from orderlib.supply.commitment import PurchaseCommitment, moved_demands
from orderlib.supply.message import ReportPurchaseDelayed, ReportPurchaseReceived
from orderlib.values.quantity import Quantity

TEN = Quantity(10)


def test_what_is_outstanding_is_a_supply(planned, ordered, act):
    """A plan until it is placed, a purchase then; less as it comes, on the day on which it is expected."""
    assert (planned.supply.kind, ordered.supply.kind) == ("planned", "purchase")
    part = act(ordered, ReportPurchaseReceived, "PO-1", Quantity(4))
    assert (part.supply.quantity, part.supply.on) == (Quantity(6), date(2026, 3, 10))
    late = act(part, ReportPurchaseDelayed, "PO-1", "2026-03-20", reason="strike")
    assert (late.supply.quantity, late.supply.on) == (Quantity(6), date(2026, 3, 20))
    assert act(late, ReportPurchaseReceived, "PO-1", Quantity(6)).supply.quantity == Quantity(0)


def test_its_day_ends_where_the_goods_are_awaited(ordered, planned):
    """At midnight of the plant; what is only planned is awaited by nobody."""
    assert str(ordered.next_due) == "2026-03-10 23:00:00+00:00"
    assert planned.next_due is None
    forever = PurchaseCommitment("PO-2", "wires", "coil", TEN, "9999-12-31", state="ordered")
    assert forever.next_due is None


def test_it_is_found_by_supplier_article_and_demand(ordered):
    """References for look-ups."""
    assert ordered.references == (
        ("party", "wires"),
        ("item", "coil"),
        ("demand", "4711/10"),
        ("demand", "4712/10"),
    )


def test_a_late_purchase_puts_its_demands_in_jeopardy(ordered, act):
    """Each of them, with its place; nobody else's."""
    assert ordered.jeopardies == ()
    late = act(ordered, ReportPurchaseDelayed, "PO-1", "2026-03-20", reason="strike")
    assert [(each.code, each.address, dict(each.evidence)["demand"]) for each in late.jeopardies] == [
        ("commitment.jeopardy", "/serves/0", "4711/10"),
        ("commitment.jeopardy", "/serves/1", "4712/10"),
    ]
    assert "2026-03-20" in late.jeopardies[0].message("zh")


def test_demands_that_move_are_told():
    """Later, sooner, never; those that stay, or could not be met before, are left alone."""
    before = {"a": date(2026, 3, 2), "b": date(2026, 3, 9), "c": date(2026, 3, 2), "d": date(2026, 3, 2), "e": None}
    after = {"a": date(2026, 3, 5), "b": date(2026, 3, 6), "c": None, "d": date(2026, 3, 2), "e": date(2026, 3, 2)}
    assert [(each.code, each.address) for each in moved_demands(before, after)] == [
        ("supply.demand-moved", "/demands/a"),
        ("supply.demand-sooner", "/demands/b"),
        ("supply.demand-lost", "/demands/c"),
    ]


@pytest.mark.parametrize(
    ("fields", "code", "address"),
    [
        ({"quantity": Quantity(0)}, "commitment.nothing", "/quantity"),
        ({"quantity": 3}, "value.type", "/quantity"),
        ({"requested_on": "soon"}, "value.day-malformed", "/requested_on"),
        ({"confirmed_on": "soon"}, "value.day-malformed", "/confirmed_on"),
        ({"received": Quantity(1, "KGM")}, "supply.unit", "/received"),
        ({"confirmed": Quantity(-1)}, "supply.negative-quantity", "/confirmed"),
        ({"serves": [1]}, "value.type", "/serves/0"),
        ({"zone": "here"}, "value.zone-unknown", "/zone"),
        ({"price": 3}, "value.type", "/price"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(fields, code, address):
    """One fault, one code, one address."""
    given = {"id": "1", "supplier_id": "s", "item_id": "i", "quantity": TEN, "requested_on": "2026-03-02"} | fields
    with pytest.raises(InvalidValueError) as caught:
        PurchaseCommitment(**given)
    assert [(each.code, each.address) for each in caught.value.findings] == [(code, address)]
