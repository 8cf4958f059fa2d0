"""An order held against what was agreed: a confirmed proposal, a framework agreement, an earlier order.

Differing requirements are resolved before acceptance (ISO 9001:2015, 8.2.3.1); here they are found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import attrs

from orderlib.order.field import Aspect, FieldChange, header_changes, line_changes, pointer, written
from orderlib.order.line import Item, OrderLine
from orderlib.order.record import Order
from orderlib.values.identifier import LineId
from orderlib.values.typed import instance_of

__all__ = ["AGREED_LINE_FIELDS", "AGREED_ORDER_FIELDS", "Deviation", "compare_orders"]

AGREED_ORDER_FIELDS: Final = (
    "buyer", "seller", "currency", "delivery", "payment", "allowance_charges", "type", "prepaid", "rounding",
)  # fmt: skip
"""What of an order both sides agreed on, unless the caller names other fields."""

AGREED_LINE_FIELDS: Final = (
    "item", "quantity", "price", "schedule", "allowance_charges", "tax", "delivery_place", "requested_period",
    "partial_delivery",
)  # fmt: skip
"""What of a line both sides agreed on, unless the caller names other fields."""


@attrs.frozen
class Deviation:
    """One field that is not as agreed: where, what was agreed and what was found (as people read it).

    The address leads into the order that was looked at, lines by id; a line that was agreed and is missing is
    addressed by the id that it had there.
    """

    address: str
    expected: str
    found: str
    aspect: Aspect


def compare_orders(
    order: Order,
    baseline: Order,
    fields: Iterable[str] = AGREED_ORDER_FIELDS,
    line_fields: Iterable[str] = AGREED_LINE_FIELDS,
) -> tuple[Deviation, ...]:
    """Every field in which an order deviates from its baseline.

    Lines are matched by id where id and item agree, then by item, then by id alone: customers number the lines
    of an order as they like. Of items, only what identifies and specifies them is compared: ids where both sides
    say them, specifications where the order does, since what it leaves out stays as agreed. Parties are the same
    when their ids are.
    """
    instance_of(Order, order, "/order")
    instance_of(Order, baseline, "/baseline")
    chosen = tuple(line_fields)
    found = [_deviation(change) for change in header_changes(baseline, order, fields) if not _same_party(change)]
    for agreed, line in _matched(baseline, order):
        if agreed is None:
            found += [_whole(line, "-", _brief(line))] if line is not None else []
        elif line is None:
            found.append(_whole(agreed, _brief(agreed), "-"))
        else:
            found += _line_deviations(agreed, line, chosen)
    return tuple(found)


def _same_party(change: FieldChange) -> bool:
    ids = [getattr(party, "id", None) for party in (change.old, change.new)]
    return change.aspect is Aspect.PARTY and ids[0] == ids[1]


def _line_deviations(agreed: OrderLine, line: OrderLine, fields: tuple[str, ...]) -> Iterator[Deviation]:
    # under the id that the line has in the order at hand
    agreed = attrs.evolve(agreed, id=line.id)
    for change in line_changes(agreed, line, fields):
        if change.address.endswith("/item"):
            yield from _item_deviations(agreed.item, line.item, change.address)
        else:
            yield _deviation(change)


def _item_deviations(agreed: Item, item: Item, where: str) -> Iterator[Deviation]:
    for name in ("id", "buyer_id", "standard_id", "origin"):
        expected, found = getattr(agreed, name), getattr(item, name)
        if expected != found and (name == "id" or (found and (expected or name == "origin"))):
            yield Deviation(f"{where}/{name}", written(expected), written(found), Aspect.SPECIFICATION)
    known = dict(agreed.properties)
    for name, value in dict(item.properties).items():
        if known.get(name) != value:
            expected = written(known.get(name))
            yield Deviation(where + pointer("properties", name), expected, written(value), Aspect.SPECIFICATION)


def _deviation(change: FieldChange) -> Deviation:
    return Deviation(change.address, written(change.old), written(change.new), change.aspect)


def _whole(line: OrderLine, expected: str, found: str) -> Deviation:
    return Deviation(pointer("lines", line.id), expected, found, Aspect.QUANTITY)


def _brief(line: OrderLine) -> str:
    return f"{written(line.quantity)} {line.item.id}"


def _matched(baseline: Order, order: Order) -> Iterator[tuple[OrderLine | None, OrderLine | None]]:
    """Pairs of an agreed line and the line of the order that stands for it, None where there is no such line."""
    free = {line.id: line for line in order.lines}
    partner: dict[str, OrderLine] = {}  # by id of the agreed line
    for agreed in baseline.lines:
        line = free.get(agreed.id)
        if line is not None and line.item.id == agreed.item.id:
            partner[agreed.id] = free.pop(line.id)
    by_item: dict[str, list[LineId]] = {}
    for line in reversed(free.values()):
        by_item.setdefault(line.item.id, []).append(line.id)
    for agreed in baseline.lines:
        if agreed.id not in partner and (alike := by_item.get(agreed.item.id)):
            partner[agreed.id] = free.pop(alike.pop())
    for agreed in baseline.lines:
        yield agreed, partner.get(agreed.id) or free.pop(agreed.id, None)
    yield from ((None, line) for line in free.values())
