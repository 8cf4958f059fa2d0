"""Under which references a stream can be found again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, cast

from orderlib.case.record import OrderCase
from orderlib.order.record import Order

__all__ = ["references_of"]

_TUPLE: Final = cast("type[Any]", tuple)


def references_of(state: Any) -> tuple[tuple[str, str], ...]:
    """Kind and reference of all that names the stream: order number, parties, external ids.

    `order` is the buyer's id and the buyer's order number, `party` a party's id, `external` a system and the
    id there.
    """
    if isinstance(state, OrderCase):
        return tuple(dict.fromkeys(_of_order(state.order))) if state.order is not None else ()
    names = getattr(state, "references", ())
    return tuple((str(kind), str(reference)) for kind, reference in names) if isinstance(names, _TUPLE) else ()


def _of_order(order: Order) -> Iterator[tuple[str, str]]:
    yield "order", f"{order.buyer.id}/{order.id}"
    yield "order-number", str(order.id)
    yield "party", str(order.buyer.id)
    yield "party", str(order.seller.id)
    for each in order.references:
        yield "external", f"{each.system}/{each.id}"
    if order.agreement_id is not None:
        yield "agreement", str(order.agreement_id)
