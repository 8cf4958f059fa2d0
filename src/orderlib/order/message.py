"""Events that say what the order is; stages name what happened, this floor says what it means."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from orderlib.order.record import Order
from orderlib.values.message import Event

if TYPE_CHECKING:
    from orderlib.order.revision import Difference

__all__ = ["OrderRevised", "OrderSet"]


@attrs.frozen
class OrderSet(Event):
    """The order as a whole stands as given: received, resubmitted or adopted."""

    order: Order


@attrs.frozen
class OrderRevised(Event):
    """The order has a new revision; the difference says what changed, line by line."""

    difference: Difference
