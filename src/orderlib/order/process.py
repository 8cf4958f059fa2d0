"""The order follows its events."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from orderlib.order.message import OrderRevised, OrderSet
from orderlib.order.record import Order
from orderlib.order.revision import apply
from orderlib.values.message import Event

__all__ = ["FOLDS"]


def _set(_order: Order | None, event: OrderSet) -> Order:
    return event.order


def _revised(order: Order | None, event: OrderRevised) -> Order:
    assert order is not None  # a difference is made against an order
    return apply(order, event.difference)


#: what each event does to the order; None before the first one
FOLDS: Final[Mapping[type[Event], Callable[[Any, Any], Order]]] = {OrderSet: _set, OrderRevised: _revised}
