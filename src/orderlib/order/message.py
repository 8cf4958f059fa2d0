"""Events that say what the order is; stages name what happened, this floor says what it means."""

from __future__ import annotations

import attrs

from orderlib.order.record import Order
from orderlib.order.revision import Difference
from orderlib.values.message import Event

__all__ = ["OrderRevised", "OrderSet"]


@attrs.frozen
class OrderSet(Event):
    """The order as a whole stands as given: received, resubmitted or adopted."""

    order: Order


@attrs.frozen
class OrderRevised(Event):
    """The order has a new revision; the difference says what changed, line by line."""

    difference: Difference
