"""Periods, and what of an article is free in them."""

from __future__ import annotations

from datetime import date

import pytest

from orderlib.errors import InvalidValueError
from orderlib.supply.availability import Availability, Buckets
from orderlib.supply.consume import BACKWARD, BY_PERIOD, AtpRule
from orderlib.supply.entry import Demand, Supply
from orderlib.values.calendar import WEEKDAYS
from orderlib.values.quantity import Quantity

WEEK = Buckets.every(1, "2026-03-02", 7)


def supply(quantity, on, kind="purchase", **more):
    """So much comes in."""
    return Supply(more.pop("id", f"S-{on}"), more.pop("item", "P-7"), Quantity(quantity, **more), on, kind)


def demand(quantity, on, kind="order"):
    """So much is wanted."""
    return Demand(f"D-{on}", "P-7", Quantity(quantity), on, kind)


def code(caught):
    """Code and address of every finding."""
    return [(each.code, each.address) for each in caught.value.findings]


@pytest.mark.parametrize(
    ("starts", "last_on", "found"),
    [
        ((), "2026-03-02", [("supply.no-period", "/starts")]),
        (("2026-03-02", "2026-03-02"), "2026-03-02", [("supply.period-order", "/starts/1")]),
        (("2026-03-02",), "2026-03-01", [("supply.period-end", "/last_on")]),
        (("2026-03-02", "soon"), "2026-03-09", [("value.day-malformed", "/starts/1")]),
        (("2026-03-02",), "soon", [("value.day-malformed", "/last_on")]),
    ],
)
def test_periods_follow_each_other(starts, last_on, found):
    """Every fault at its place."""
    with pytest.raises(InvalidValueError) as caught:
        Buckets(starts, last_on)
    assert code(caught) == found


@pytest.mark.parametrize(
    ("days", "first", "count", "found"),
    [
        (0, "2026-03-02", 3, "number.whole"),
        (1, "2026-03-02", 0, "number.whole"),
        (1, "2026-03-02", True, "number.whole"),
        (7, "9999-12-20", 9, "supply.period-span"),
        (7, "9999-12-31", 1, "supply.period-span"),
    ],
)
def test_equal_periods_stay_on_the_calendar(days, first, count, found):
    """Lengths and numbers that cannot be are named."""
    with pytest.raises(InvalidValueError) as caught:
        Buckets.every(days, first, count)
    assert caught.value.code == found


def test_a_day_lies_in_one_period():
    """Days before the horizon lie in the first, days after it in the last."""
    weeks = Buckets.every(7, "2026-03-02", 3)
    assert weeks.last_on == date(2026, 3, 22)
    assert [weeks.place(date(2026, 3, day)) for day in (1, 2, 8, 9, 22, 30)] == [0, 0, 0, 1, 2, 2]
    assert len(weeks) == 3


def test_working_days_take_the_days_off_that_follow():
    """Friday lasts until Sunday."""
    days = Buckets.working_days(WEEKDAYS, "2026-03-07", 6)
    assert days.starts[0] == date(2026, 3, 9)
    assert days.starts[-1] == date(2026, 3, 16)
    assert days.place(date(2026, 3, 15)) == 4
    assert days.last_on == date(2026, 3, 16)


def test_figures_follow_the_kinds_that_count():
    """Forecasts take nothing unless the rule says so; what comes after the horizon does not count."""
    entries = [supply(5, "2026-03-02", "stock"), supply(4, "2026-03-04", "planned"), supply(9, "2026-04-01")]
    wants = [demand(2, "2026-03-03"), demand(3, "2026-03-03", "forecast"), demand(9, "2026-04-01")]
    here = Availability("P-7", "C62", WEEK, entries, wants)
    assert here.net == (5, -2, 4, 0, 0, 0, 0)
    assert here.free == (3, 0, 4, 0, 0, 0, 0)
    assert here.atp == here.cumulative == (3, 3, 7, 7, 7, 7, 7)
    firm = AtpRule("stock, forecast", supplies=["stock"], demands=["order", "forecast"])
    assert Availability("P-7", "C62", WEEK, entries, wants, firm).atp[:2] == (0, 0)


def test_a_long_period_is_ready_with_its_last_supply():
    """What comes on Thursday is not there on Monday."""
    here = Availability("P-7", "C62", Buckets.every(7, "2026-03-02", 2), [supply(1, "2026-03-05")])
    assert here.ready == (date(2026, 3, 5), date(2026, 3, 9))


def test_what_should_have_come_is_named():
    """A late receipt counts in the first period, and is told; stock is always older."""
    late = supply(2, "2026-02-20")
    here = Availability("P-7", "C62", WEEK, [late, supply(1, "2026-01-01", "stock")])
    assert here.net[0] == 3
    assert here.overdue == (late,)


def test_a_shortage_is_declared():
    """What nobody can give is told as one figure."""
    here = Availability("P-7", "C62", WEEK, [supply(2, "2026-03-02")], [demand(5, "2026-03-03")])
    assert here.shortage == Quantity(3)


def test_strangers_are_refused_with_their_places():
    """Other articles and other units have no place among the figures."""
    with pytest.raises(InvalidValueError) as caught:
        Availability("P-7", "KGM", WEEK, [supply(1, "2026-03-02", item="X")], [demand(1, "2026-03-02")])
    assert code(caught) == [("supply.other-item", "/supplies/0/item_id"), ("supply.unit", "/demands/0/quantity/unit")]


@pytest.mark.parametrize("fields", [{"buckets": 7}, {"rule": "backward"}, {"supplies": [1]}, {"demands": 1}])
def test_parts_of_another_type_are_refused(fields):
    """Before anything is reckoned."""
    with pytest.raises(InvalidValueError) as caught:
        Availability(**({"item_id": "P-7", "unit": "C62", "buckets": WEEK} | fields))
    assert caught.value.code == "value.type"


@pytest.mark.parametrize("count", [1, 2, 5, 8])
def test_the_nearest_period_is_found_as_by_looking_at_each(count):
    """Before, with backward consumption, else after; whatever the number of periods."""
    figures = (3, 0, 5, 1, 2, 4, 0, 3)[:count]
    days = Buckets.every(1, "2026-03-02", count)
    entries = [supply(each, on) for each, on in zip(figures, days.starts, strict=True)]
    for rule in (BACKWARD, BY_PERIOD):
        here = Availability("P-7", "C62", days, entries, rule=rule)
        for place in range(count):
            for least in range(1, 7):
                before = range(place - 1, -1, -1) if rule.backward else ()
                order = (place, *before, *range(place + 1, count))
                assert here.nearest(place, least) == next((at for at in order if figures[at] >= least), None)
