"""Fields say what they are about, and values how people read them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import attrs
import pytest

from orderlib.order.field import (
    LINE_FIELDS,
    ORDER_FIELDS,
    Aspect,
    FieldChange,
    header_changes,
    line_changes,
    pointer,
    written,
)
from orderlib.order.line import OrderLine, ScheduleLine
from orderlib.order.record import Order
from orderlib.order.terms import DeliveryTerms, TaxCategory
from orderlib.values.lines import Lines
from orderlib.values.money import Money
from orderlib.values.party import Address, Party
from orderlib.values.period import DayPeriod
from orderlib.values.quantity import Quantity


def told(changes):
    """Address and aspect of every change."""
    return [(each.address, each.aspect) for each in changes]


def test_every_field_is_about_something():
    """A field that is added to an order or a line must be given its aspect here."""
    assert set(LINE_FIELDS) == {each.name for each in attrs.fields(OrderLine)} - {"id"}
    assert set(ORDER_FIELDS) == {each.name for each in attrs.fields(Order)} - {"lines", "revision"}


def test_a_pointer_escapes_its_steps():
    """RFC 6901: tilde and slash."""
    assert pointer("lines", "a/b~c") == "/lines/a~1b~0c"


def test_line_fields_are_told_by_line_id(make_line):
    """Lines that are alike are silent."""
    old = make_line("a/1")
    new = make_line("a/1", 2, "90", note="soon", requested_period=DayPeriod(None, "2026-05-01"))
    assert told(line_changes(old, new)) == [
        ("/lines/a~11/quantity", Aspect.QUANTITY),
        ("/lines/a~11/price", Aspect.PRICE),
        ("/lines/a~11/requested_period", Aspect.DATE),
        ("/lines/a~11/note", Aspect.OTHER),
    ]
    assert told(line_changes(old, make_line("a/1"))) == []
    assert told(line_changes(old, new, ["note"])) == [("/lines/a~11/note", Aspect.OTHER)]


def part(id, quantity=1, **days):
    """A part of a line."""
    return ScheduleLine(id, Quantity(quantity), **days)


def test_schedules_are_told_part_by_part(make_line):
    """Quantities and days apart; a part that comes or goes as a whole."""
    old = make_line(schedule=[part("1", 1, requested_on="2026-05-01"), part("2")])
    new = make_line(schedule=[part("1", 2, requested_on="2026-05-02", promised_on="2026-05-03"), part("3")])
    assert told(line_changes(old, new)) == [
        ("/lines/10/schedule/1/quantity", Aspect.QUANTITY),
        ("/lines/10/schedule/1/requested_on", Aspect.DATE),
        ("/lines/10/schedule/1/promised_on", Aspect.DATE),
        ("/lines/10/schedule/2", Aspect.DATE),
        ("/lines/10/schedule/3", Aspect.DATE),
    ]


def test_parts_in_another_order_are_a_change(make_line):
    """Nothing that differs goes untold."""
    old, new = make_line(schedule=[part("1"), part("2")]), make_line(schedule=[part("2"), part("1")])
    assert told(line_changes(old, new)) == [("/lines/10/schedule", Aspect.DATE)]


def test_terms_of_delivery_are_told_field_by_field(make_order):
    """The place is another matter than the tolerance."""
    old = make_order()
    delivery = DeliveryTerms(place="Rotterdam", over_tolerance=5, requested_period=DayPeriod(None, "2026-05-01"))
    new = make_order(delivery=delivery, seller=Party("S2"))
    assert told(header_changes(old, new)) == [
        ("/seller", Aspect.PARTY),
        ("/delivery/place", Aspect.PLACE),
        ("/delivery/requested_period", Aspect.DATE),
        ("/delivery/over_tolerance", Aspect.TERMS),
    ]
    assert told(header_changes(old, new, ["seller"])) == [("/seller", Aspect.PARTY)]


def test_a_change_describes_itself():
    """Label, old, new, in both languages."""
    change = FieldChange("/x", Quantity(1), None, Aspect.QUANTITY, ("quantity", "数量"))
    assert change.describe() == "quantity: 1 C62 → -"
    assert change.describe("zh") == "数量: 1 C62 → -"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "-"),
        ("", "-"),
        ((), "-"),
        (True, "yes"),
        (False, "no"),
        (date(2026, 5, 1), "2026-05-01"),
        (Decimal("1.5"), "1.5"),
        (Money("1", "EUR"), "1.00 EUR"),
        (TaxCategory("S", "19"), "VAT S 19 %"),
        (("a", "b"), "a, b"),
        (Lines([part("1", 2)]), "1, 2 C62"),
        (Lines(()), "-"),
        (Address(city="Rivertown", country="DE"), "Rivertown, DE"),
        (Address(), "-"),
        (DayPeriod(None, "2026-05-01"), "2026-05-01"),
    ],
)
def test_values_are_written_for_people(value, text):
    """Short, without what is empty."""
    assert written(value) == text
