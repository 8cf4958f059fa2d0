"""A customer puts right what is missing or over, and leaves the rest alone."""

from __future__ import annotations

import attrs
import pytest
from build import line, order

from orderlib.order.line import ScheduleLine
from orderlib.order.terms import DeliveryTerms
from orderlib.simulation.repair import put_right
from orderlib.values.instant import instant
from orderlib.values.party import Party
from orderlib.values.period import DayPeriod
from orderlib.values.quantity import Quantity

NOW = instant("2026-03-10T09:00:00Z")
RIGHT = order(delivery=DeliveryTerms(address=order().buyer.address, requested_period=DayPeriod(None, "2026-05-01")))
PAST = DayPeriod(None, "2026-03-01")


def parts(*wanted: tuple[int, str]) -> list[ScheduleLine]:
    """A schedule of such quantities on such days."""
    return [ScheduleLine(str(n), Quantity(quantity), requested_on=day) for n, (quantity, day) in enumerate(wanted)]


def test_what_is_right_stays_as_it_is():
    """Nothing is changed for its own sake."""
    assert put_right(RIGHT, NOW) == RIGHT


@pytest.mark.parametrize("period", [None, PAST])
def test_a_day_that_is_missing_or_over_becomes_a_later_one(period):
    """Goods are wanted six weeks from now."""
    wrong = attrs.evolve(RIGHT, delivery=attrs.evolve(RIGHT.delivery, requested_period=period))
    assert put_right(wrong, NOW).delivery.requested_period.end_on.isoformat() == "2026-04-24"


def test_the_place_is_that_of_the_buyer():
    """Without any address at all there is still one to deliver to."""
    wrong = attrs.evolve(RIGHT, delivery=attrs.evolve(RIGHT.delivery, address=None))
    assert put_right(wrong, NOW).delivery.address == RIGHT.buyer.address
    nowhere = attrs.evolve(wrong, buyer=Party("C1", "Waterworks"))
    assert put_right(nowhere, NOW).delivery.address.country


def test_lines_are_wanted_in_time_and_in_parts_that_add_up():
    """Days that are over move, schedules that do not add up become one part, empty lines go."""
    wrong = attrs.evolve(
        RIGHT,
        lines=[
            line("1", requested_period=PAST),
            line("2", schedule=parts((1, "2026-05-01"), (1, "2026-06-01"))),
            line("3", schedule=parts((3, "2026-03-01"))),
            line("4", schedule=parts((1, "2026-05-01"), (2, "2026-06-01"))),
            line("5", quantity=0),
        ],
        validity=PAST,
    )
    better = put_right(wrong, NOW)
    assert better.lines.ids() == ("1", "2", "3", "4")
    assert all(each.requested_on > NOW.date() for each in better.lines)
    assert len(better.lines["2"].schedule) == len(better.lines["3"].schedule) == 1
    assert better.lines["4"] == wrong.lines["4"]
    assert better.validity is None


def test_an_order_of_nothing_cannot_be_put_right():
    """Where every line is empty the order stays as it is."""
    nothing = attrs.evolve(RIGHT, lines=[line("1", quantity=0)])
    assert put_right(nothing, NOW) == nothing
