"""How a customer puts a returned order right: the usual things that are missing or wrong."""

from __future__ import annotations

from datetime import timedelta

import attrs

from orderlib.order.line import OrderLine, ScheduleLine
from orderlib.order.record import Order
from orderlib.values.instant import Instant
from orderlib.values.lines import Lines
from orderlib.values.party import Address
from orderlib.values.period import DayPeriod

__all__ = ["put_right"]


def put_right(order: Order, now: Instant) -> Order:
    """The order with a delivery place and a day in the future, without empty lines; the same where nothing is amiss.

    Lines keep their ids. Prices are the seller's to name, so a line without one stays as it is.
    """
    lines = Lines([_line(line, now) for line in order.lines if line.quantity.value > 0])
    delivery = order.delivery
    if delivery.address is None:
        address = order.buyer.address or Address(city="Hauptstadt", country="DE")
        delivery = attrs.evolve(delivery, address=address)
    period = delivery.requested_period
    if period is None or (period.end_on is not None and period.end_on < now.date()):
        wanted = (now + timedelta(days=45)).date()
        delivery = attrs.evolve(delivery, requested_period=DayPeriod(None, wanted))
    validity = order.validity
    if validity is not None and validity.end_on is not None and validity.end_on < now.date():
        validity = None
    return attrs.evolve(order, lines=lines, delivery=delivery, validity=validity) if lines else order


def _line(line: OrderLine, now: Instant) -> OrderLine:
    """The line as a customer would send it again: wanted later where the day is over, in parts that add up."""
    wanted = (now + timedelta(days=45)).date()
    period = line.requested_period
    if period is not None and period.end_on is not None and period.end_on < now.date():
        line = attrs.evolve(line, requested_period=DayPeriod(None, wanted))
    planned = sum((part.quantity.value for part in line.schedule), line.quantity.value * 0)
    past = any(part.requested_on is not None and part.requested_on < now.date() for part in line.schedule)
    if not line.schedule or (planned == line.quantity.value and not past):
        return line
    return attrs.evolve(line, schedule=Lines([ScheduleLine("1", line.quantity, requested_on=wanted)]))
