"""Lines hold what is ordered, in units that fit together."""

from __future__ import annotations

from datetime import date

import pytest

from orderlib.errors import InvalidValueError
from orderlib.order.line import Item, OrderLine, ScheduleLine
from orderlib.values.period import DayPeriod
from orderlib.values.quantity import Conversion, Quantity
from orderlib.values.rate import UnitPrice


def codes(make):
    """Code and address of everything that the call refuses."""
    with pytest.raises(InvalidValueError) as caught:
        make()
    return [(each.code, each.address) for each in caught.value.findings]


def part(id, quantity=1, wanted=None, promised=None, unit="C62"):
    """A part of a line that is wanted, and perhaps promised, for a day."""
    return ScheduleLine(id, Quantity(quantity, unit), requested_on=wanted, promised_on=promised)


def test_nothing_below_zero_is_ordered(make_line):
    """Zero is: a line may be cancelled down to nothing."""
    assert make_line(quantity=0).quantity.value == 0
    assert codes(lambda: make_line(quantity=-1)) == [("order.negative-quantity", "/quantity")]
    assert codes(lambda: part("1", -1)) == [("order.negative-quantity", "/quantity")]


def test_a_schedule_is_in_the_unit_of_its_line(make_line):
    """Parts may not add up, but they are of the same unit."""
    assert len(make_line(schedule=[part("1", 5), part("2", 9)]).schedule) == 2
    wrong = lambda: make_line(schedule=[part("1"), part("2", unit="KGM")])
    assert codes(wrong) == [("order.unit", "/schedule/1/quantity/unit")]
    assert codes(lambda: make_line(schedule=[part("1"), part("1")])) == [("lines.duplicate-id", "/1/id")]


def test_the_line_is_wanted_when_its_last_part_is(make_line):
    """Or, without dated parts, by the end of the requested period."""
    dated = make_line(schedule=[part("1", wanted="2026-05-01"), part("2", wanted="2026-04-01"), part("3")])
    assert dated.requested_on == date(2026, 5, 1)
    assert make_line(requested_period=DayPeriod(None, "2026-06-30")).requested_on == date(2026, 6, 30)
    assert make_line().requested_on is None


def test_the_line_is_promised_once_every_part_is(make_line):
    """One open part leaves the line without a promise."""
    open_part = [part("1", promised="2026-05-01"), part("2")]
    assert make_line(schedule=open_part).promised_on is None
    whole = [part("1", promised="2026-05-01"), part("2", promised="2026-05-09")]
    assert make_line(schedule=whole).promised_on == date(2026, 5, 9)
    assert make_line().promised_on is None


def test_days_are_read_strictly():
    """A day is a calendar date."""
    assert codes(lambda: part("1", wanted="1 May"))[0][0] == "value.day-malformed"


def test_a_price_for_another_unit_needs_a_conversion():
    """A known one (kilogram to gram), or one that the item declares."""
    per_kilogram = UnitPrice("5", "EUR", unit="KGM")
    assert OrderLine("1", Item("A"), Quantity(500, "GRM"), per_kilogram).price == per_kilogram
    boxed = Item("A", conversions=[Conversion("XBX", "C62", 12)])
    per_piece = UnitPrice("5", "EUR", unit="C62")
    assert OrderLine("1", boxed, Quantity(1, "XBX"), per_piece).item is boxed
    assert codes(lambda: OrderLine("1", Item("A"), Quantity(1, "XBX"), per_piece))[0][0] == "conversion.missing"


def test_the_properties_of_an_item_are_pairs_of_text():
    """Whatever iterable they come in."""
    assert Item("A", properties=[["colour", "blue"]]).properties == (("colour", "blue"),)
    assert codes(lambda: Item("A", properties=[("colour", "b\x00")]))[0][0] == "text.character"
