"""An order is held against what was agreed, field by field (ISO 9001, 8.2.3)."""

from __future__ import annotations

import attrs

from orderlib.order.compare import compare_orders
from orderlib.order.field import Aspect
from orderlib.order.line import Item
from orderlib.order.payment import PaymentTerms
from orderlib.order.terms import DeliveryTerms
from orderlib.values.money import Money
from orderlib.values.party import Party


def told(found):
    """Address, agreed and found of every deviation."""
    return [(each.address, each.expected, each.found) for each in found]


def test_what_is_as_agreed_is_silent(make_order):
    """Numbers of orders, notes and the like were not agreed."""
    order = make_order(id="PO-1", note="thank you", buyer=Party("C1", "Waterworks of Rivertown"))
    assert compare_orders(order, make_order()) == ()


def test_every_deviation_is_told(make_order, make_line):
    """Of the order and of its lines, with what was agreed and what was found."""
    order = make_order(make_line(quantity=2, price="101"), buyer=Party("C2"), delivery=DeliveryTerms(incoterm="EXW"))
    found = compare_orders(order, make_order())
    assert told(found) == [
        ("/buyer", "C1, Waterworks", "C2"),
        ("/delivery/incoterm", "-", "EXW"),
        ("/lines/10/quantity", "1 C62", "2 C62"),
        ("/lines/10/price", "100 EUR", "101 EUR"),
    ]
    assert [each.aspect for each in found] == [Aspect.PARTY, Aspect.TERMS, Aspect.QUANTITY, Aspect.PRICE]


def test_lines_are_matched_by_item_where_numbers_differ(make_order, make_line):
    """The deviation is addressed in the order at hand."""
    agreed = make_order(make_line("1", item="A"), make_line("2", item="B"), make_line("3", item="A", price="90"))
    order = make_order(make_line("10", 5, item="B"), make_line("20", item="A"), make_line("30", item="A", price="90"))
    assert told(compare_orders(order, agreed)) == [("/lines/10/quantity", "1 C62", "5 C62")]


def test_the_same_number_with_another_item_is_a_deviation_of_the_item(make_order, make_line):
    """Where the item is found nowhere else, the line of that number stands for it."""
    found = compare_orders(make_order(make_line("1", item="B")), make_order(make_line("1", item="A")))
    assert told(found) == [("/lines/1/item/id", "A", "B")]
    assert found[0].aspect is Aspect.SPECIFICATION


def test_of_an_item_only_what_specifies_it_is_compared(make_order, make_line):
    """Names and descriptions are not, nor an id that one side does not use; what the order leaves out is as agreed."""
    ours = Item("P-7", "Pump", origin="DE", properties=[("ip", "67"), ("hue", "red")])
    theirs = Item("P-7", "PUMP 7", standard_id="40123", properties=[("ip", "65")])
    found = compare_orders(
        make_order(attrs.evolve(make_line(), item=theirs)), make_order(attrs.evolve(make_line(), item=ours))
    )
    assert told(found) == [("/lines/10/item/properties/ip", "67", "65")]


def test_a_specification_that_nobody_agreed_on_is_told(make_order, make_line):
    """What an order asks for beyond what was offered has to be resolved as well."""
    theirs = Item("P-7", origin="FR", properties=[("hue/trim", "red"), ("ip", "67")])
    ours = Item("P-7", properties=[("ip", "67")])
    found = compare_orders(
        make_order(attrs.evolve(make_line(), item=theirs)), make_order(attrs.evolve(make_line(), item=ours))
    )
    assert told(found) == [("/lines/10/item/origin", "-", "FR"), ("/lines/10/item/properties/hue~1trim", "-", "red")]


def test_terms_of_payment_and_what_changes_the_amount_are_told_one_by_one(make_order):
    """Each with the field that differs, as people read it."""
    order = make_order(
        payment=PaymentTerms(net_days=90, discount=3, discount_days=10),
        prepaid=Money("50", "EUR"),
        rounding=Money("-5", "EUR"),
        type="224",
    )
    assert told(compare_orders(order, make_order())) == [
        ("/payment/net_days", "30", "90"),
        ("/payment/discount", "0", "3"),
        ("/payment/discount_days", "0", "10"),
        ("/type", "220", "224"),
        ("/prepaid", "-", "50.00 EUR"),
        ("/rounding", "-", "-5.00 EUR"),
    ]


def test_lines_too_many_and_too_few_are_told(make_order, make_line):
    """Each with what is missing on the other side."""
    order = make_order(make_line("1"), make_line("9", 2, item="X"))
    agreed = make_order(make_line("1"), make_line("2", item="Y"))
    assert told(compare_orders(order, agreed)) == [("/lines/2", "1 C62 Y", "-"), ("/lines/9", "-", "2 C62 X")]


def test_the_caller_may_name_the_fields(make_order, make_line):
    """A policy may care for less, or for more."""
    order = make_order(make_line(quantity=2, price="101", note="x"), currency="EUR", note="y")
    found = compare_orders(order, make_order(), fields=["note"], line_fields=["quantity", "note"])
    assert [each.address for each in found] == ["/note", "/lines/10/quantity", "/lines/10/note"]
