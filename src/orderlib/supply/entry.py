"""What is there or will come in, and what is wanted: one article, one quantity, one day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Final

import attrs

from orderlib.errors import Finding, FindingCode, InvalidValueError, Severity
from orderlib.values.codelist import member
from orderlib.values.identifier import DocumentId, ItemId
from orderlib.values.instant import day
from orderlib.values.quantity import Quantity
from orderlib.values.typed import tuple_of, type_check

__all__ = ["Demand", "DemandKind", "Supply", "SupplyKind"]

NEGATIVE: Final = FindingCode(
    "supply.negative-quantity",
    Severity.ERROR,
    "a quantity of {quantity} can be neither had nor wanted",
    "数量 {quantity} 既不能供应也不能需求",
)
OTHER_UNIT: Final = FindingCode(
    "supply.unit",
    Severity.ERROR,
    "{found} where {item} is counted in {expected}",
    "单位为 {found}，而 {item} 以 {expected} 计量",
)
OTHER_ITEM: Final = FindingCode(
    "supply.other-item", Severity.ERROR, "{found} among the figures of {item}", "{item} 的数据中混有 {found}"
)


class SupplyKind(StrEnum):
    """Where a supply comes from; the surest first."""

    STOCK = "stock"
    PURCHASE = "purchase"
    WORK_ORDER = "work-order"
    PLANNED = "planned"


class DemandKind(StrEnum):
    """Who wants a quantity."""

    ORDER = "order"
    RESERVATION = "reservation"
    COMPONENT = "component"
    FORECAST = "forecast"
    SAFETY = "safety"


def _on(value: str | date) -> date:
    return day(value, address="/on")


def _supply_kind(value: str) -> SupplyKind:
    return member(SupplyKind, value, "/kind")


def _demand_kind(value: str) -> DemandKind:
    return member(DemandKind, value, "/kind")


_check: Final = type_check(("quantity", Quantity))


@attrs.frozen
class Supply:
    """So much of an article, usable from the day `on`: stock, or what a purchase or work order brings.

    `id` names the paper behind it. Raises `InvalidValueError` (`supply.negative-quantity`, `code.unknown`, `id.*`,
    `value.day-malformed`).
    """

    id: DocumentId = attrs.field(converter=DocumentId)
    item_id: ItemId = attrs.field(converter=ItemId)
    quantity: Quantity
    on: date = attrs.field(converter=_on)
    kind: SupplyKind = attrs.field(default=SupplyKind.STOCK, converter=_supply_kind)

    def __attrs_post_init__(self) -> None:
        _check(self)
        check_sign(self.quantity)


@attrs.frozen
class Demand:
    """So much of an article, wanted on the day `on`: by an order line, a reservation, a work order, a forecast.

    `id` names who wants it, as `4711/10` for line 10 of order 4711. Raises as `Supply` does.
    """

    id: DocumentId = attrs.field(converter=DocumentId)
    item_id: ItemId = attrs.field(converter=ItemId)
    quantity: Quantity
    on: date = attrs.field(converter=_on)
    kind: DemandKind = attrs.field(default=DemandKind.ORDER, converter=_demand_kind)

    def __attrs_post_init__(self) -> None:
        _check(self)
        check_sign(self.quantity)


_SURENESS: Final = {kind: rank for rank, kind in enumerate(SupplyKind)}


def check_sign(quantity: Quantity, address: str = "/quantity") -> None:
    """Raise `InvalidValueError` (`supply.negative-quantity`) for less than nothing."""
    if quantity.value < 0:
        raise InvalidValueError(NEGATIVE(address, quantity=quantity))


def supplies_of(given: Iterable[Supply]) -> tuple[Supply, ...]:
    """Supplies in the order of their days, the surest of a day first; a converter."""
    return tuple(
        sorted(tuple_of(Supply, given, "/supplies"), key=lambda each: (each.on, _SURENESS[each.kind], each.id))
    )


def demands_of(given: Iterable[Demand]) -> tuple[Demand, ...]:
    """Demands in the order of their days; a converter."""
    return tuple(sorted(tuple_of(Demand, given, "/demands"), key=lambda each: (each.on, each.kind, each.id)))


def strangers(entries: Iterable[Supply | Demand], item_id: str, unit: str, address: str) -> list[Finding]:
    """Entries that are of another article or unit than the figures that they should enter."""
    found: list[Finding] = []
    for position, each in enumerate(entries):
        if each.item_id != item_id:
            found.append(OTHER_ITEM(f"{address}/{position}/item_id", item=item_id, found=each.item_id))
        elif each.quantity.unit != unit:
            where = f"{address}/{position}/quantity/unit"
            found.append(OTHER_UNIT(where, item=item_id, found=each.quantity.unit, expected=unit))
    return found
