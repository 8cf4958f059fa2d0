"""An order is held against its agreement, and takes its quantities from it."""

from __future__ import annotations

from datetime import date

import attrs
import pytest

from orderlib.agreement.call_off import check_call_off, reserve
from orderlib.agreement.message import CallOffReleased, CallOffReserved, SuspendAgreement
from orderlib.agreement.process import consume, evolve
from orderlib.agreement.record import AgreedItem, ItemQuantity
from orderlib.errors import RefusedError
from orderlib.order.line import Item
from orderlib.values.party import Party
from orderlib.values.quantity import Conversion
from orderlib.values.rate import UnitPrice

MARCH = date(2026, 3, 2)


def told(findings):
    """Code and address of every finding."""
    return [(each.code, each.address) for each in findings]


def after(account, events):
    """The account after the events."""
    for event in events:
        account = evolve(account, event)
    return account


def test_what_is_as_agreed_is_silent(in_force, make_order):
    """Price per base quantity aside: 1800 for ten is 180 for one."""
    assert check_call_off(in_force, make_order(), MARCH) == ()
    order = make_order()
    tens = attrs.evolve(order.lines["1"], price=UnitPrice("1800", "EUR", per=10))
    assert check_call_off(in_force, attrs.evolve(order, lines=[tens]), MARCH) == ()


def test_everything_that_is_not_as_agreed_is_told(in_force, make_order, act):
    """All at once."""
    suspended = act(in_force, SuspendAgreement, "A-1", reason="x")
    order = make_order(7, "200", currency="USD", buyer=Party("C2"), seller=Party("S2"))
    found = check_call_off(suspended, order, date(2027, 1, 1))
    assert told(found) == [
        ("agreement.not-in-force", "/agreement_id"),
        ("agreement.outside-term", "/agreement_id"),
        ("agreement.other-party", "/buyer/id"),
        ("agreement.other-party", "/seller/id"),
        ("agreement.other-currency", "/currency"),
        ("agreement.price-differs", "/lines/0/price"),
        ("agreement.order-maximum", "/lines"),
    ]


@pytest.mark.parametrize(
    ("order", "code"),
    [
        ({"item": "X-1"}, "agreement.item-unknown"),
        ({"unit": "KGM"}, "agreement.unit"),
        ({"price": "179.99"}, "agreement.price-differs"),
        ({"price": None}, "agreement.price-differs"),
    ],
)
def test_a_line_that_is_not_as_agreed_is_named(in_force, make_order, order, code):
    """Item, unit, price."""
    assert [each.code for each in check_call_off(in_force, make_order(**order), MARCH)] == [code]


def test_an_item_without_agreed_price_takes_any(in_force, make_order):
    """Only its quantity is called off."""
    assert check_call_off(in_force, make_order(10**6, "3", item="V-1"), MARCH) == ()


def test_units_are_converted_by_either_side(in_force, agreement, make_order):
    """A box of twelve is twelve pieces, for quantity and price."""
    boxed = AgreedItem(Item("B-1", conversions=[Conversion("XBX", "C62", 12)]), UnitPrice("2", "EUR"), total=20)
    account = attrs.evolve(in_force, agreement=attrs.evolve(agreement, items=[boxed]))
    assert told(check_call_off(account, make_order(1, "24", item="B-1", unit="XBX"), MARCH)) == []
    two = check_call_off(account, make_order(2, "24", item="B-1", unit="XBX"), MARCH)
    assert told(two) == [("agreement.quantity-left", "/lines")]


def test_quantities_that_others_have_are_not_left(in_force, make_order, stamp):
    """A case's own call-off does not count against it."""
    account = after(in_force, reserve(in_force, make_order(6), "case-1", MARCH, stamp))
    assert told(check_call_off(account, make_order(5), MARCH)) == [("agreement.quantity-left", "/lines")]
    assert check_call_off(account, make_order(4), MARCH) == ()
    assert check_call_off(account, make_order(6), MARCH, "case-1") == ()
    assert check_call_off(account, make_order(6), MARCH, "case-2") != ()


def test_a_reservation_follows_its_order(in_force, make_order, stamp):
    """Up and down with every revision, and not at all where nothing changes."""
    first = reserve(in_force, make_order(4), "case-1", MARCH, stamp)
    assert [type(event) for event in first] == [CallOffReserved]
    account = after(in_force, first)
    assert reserve(account, make_order(4), "case-1", MARCH, stamp) == ()
    (more,) = reserve(account, make_order(6), "case-1", MARCH, stamp)
    assert more.items == (ItemQuantity("P-7", 2),)
    (less,) = reserve(account, make_order(1), "case-1", MARCH, stamp)
    assert isinstance(less, CallOffReleased)
    assert less.items == (ItemQuantity("P-7", 3),)
    swapped = reserve(account, make_order(5, item="V-1"), "case-1", MARCH, stamp)
    assert [type(event) for event in swapped] == [CallOffReleased, CallOffReserved]


def test_what_was_delivered_is_not_reserved_again(in_force, make_order, stamp):
    """The order takes what it has received already into account."""
    account = after(in_force, reserve(in_force, make_order(4), "case-1", MARCH, stamp))
    account = after(account, consume(account, "case-1", [ItemQuantity("P-7", 3)], stamp))
    assert reserve(account, make_order(4), "case-1", MARCH, stamp) == ()
    (more,) = reserve(account, make_order(5), "case-1", MARCH, stamp)
    assert more.items == (ItemQuantity("P-7", 1),)


def test_two_that_race_for_the_last_quantity_cannot_both_have_it(in_force, make_order, stamp):
    """The second is refused, with what is left."""
    account = after(in_force, reserve(in_force, make_order(6), "case-1", MARCH, stamp))
    with pytest.raises(RefusedError) as caught:
        reserve(account, make_order(5), "case-2", MARCH, stamp)
    assert caught.value.code == "agreement.quantity-left"
    assert dict(caught.value.findings[0].evidence)["left"] == "4"


def test_less_is_always_possible(in_force, make_order, act, stamp):
    """Giving back needs no agreement in force; taking more does."""
    account = after(in_force, reserve(in_force, make_order(4), "case-1", MARCH, stamp))
    suspended = act(account, SuspendAgreement, "A-1", reason="x")
    assert len(reserve(suspended, make_order(1), "case-1", MARCH, stamp)) == 1
    with pytest.raises(RefusedError) as caught:
        reserve(suspended, make_order(5), "case-1", MARCH, stamp)
    assert caught.value.code == "agreement.not-in-force"


def test_items_that_were_not_agreed_take_nothing(in_force, make_order, stamp):
    """Whether an order may hold them is for others to judge."""
    assert reserve(in_force, make_order(item="X-1"), "case-1", MARCH, stamp) == ()
