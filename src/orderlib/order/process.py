"""The order follows its events."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from orderlib.errors import FindingCode, InvalidValueError, Severity
from orderlib.order.message import OrderRevised, OrderSet
from orderlib.order.record import Order
from orderlib.values.message import Event

__all__ = ["FOLDS"]

NO_ORDER: Final = FindingCode(
    "order.revised-before-set", Severity.ERROR, "an order is revised that nobody has set", "修订的订单尚未存在"
)


def _set(_order: Order | None, event: OrderSet) -> Order:
    return event.order


def _revised(order: Order | None, event: OrderRevised) -> Order:
    if order is None:
        raise InvalidValueError(NO_ORDER())
    from orderlib.order.revision import apply  # noqa: PLC0415 - most orders are never revised

    return apply(order, event.difference)


#: what each event does to the order; None before the first one
FOLDS: Final[Mapping[type[Event], Callable[[Any, Any], Order]]] = {OrderSet: _set, OrderRevised: _revised}
