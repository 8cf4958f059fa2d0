"""What is ordered, line by line: articles, quantities, prices, and the days on which they are wanted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from types import NoneType
from typing import Final

import attrs

from orderlib.errors import Finding, FindingCode, InvalidValueError, Severity
from orderlib.order.terms import AllowanceCharge, TaxCategory, allowances_of
from orderlib.values.identifier import ItemId, LineId, text
from orderlib.values.instant import day
from orderlib.values.lines import Lines
from orderlib.values.party import Address, ExternalReference, references_of
from orderlib.values.period import DayPeriod
from orderlib.values.quantity import Conversion, Quantity, conversion_factor
from orderlib.values.rate import UnitPrice
from orderlib.values.typed import pairs_of, tuple_of, type_check

__all__ = ["Item", "OrderLine", "ScheduleLine"]

LINE_CURRENCY: Final = FindingCode(
    "order.currency",
    Severity.ERROR,
    "{found} where the order is in {expected}",
    "币种为 {found}，而订单币种为 {expected}",
)
LINE_UNIT: Final = FindingCode(
    "order.unit",
    Severity.ERROR,
    "unit {found} where the line is in {expected}",
    "单位为 {found}，而该行单位为 {expected}",
)
NEGATIVE_QUANTITY: Final = FindingCode(
    "order.negative-quantity", Severity.ERROR, "a quantity of {quantity} cannot be ordered", "不能订购数量 {quantity}"
)


def _day(value: str | date | None) -> date | None:
    return None if value is None else day(value)


def _conversions(given: Iterable[Conversion]) -> tuple[Conversion, ...]:
    return tuple_of(Conversion, given, "/conversions")


def _schedule(given: Iterable[ScheduleLine]) -> Lines[ScheduleLine]:
    return given if isinstance(given, Lines) else Lines(tuple_of(ScheduleLine, given, "/schedule"))


def _pairs(given: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((text(name), text(value)) for name, value in pairs_of(given, "/properties"))


@attrs.frozen
class Item:
    """What an article is called by whom (UBL `cac:Item`).

    `id` is the seller's article number, `buyer_id` the customer's, `standard_id` a GTIN or the like;
    `properties` are named specifications; `conversions` say how the article's own units convert (one box
    makes twelve pieces).
    """

    id: ItemId = attrs.field(converter=ItemId)
    name: str = attrs.field(default="", converter=text)
    description: str = attrs.field(default="", converter=text, kw_only=True)
    buyer_id: str = attrs.field(default="", converter=text, kw_only=True)
    standard_id: str = attrs.field(default="", converter=text, kw_only=True)
    origin: str = attrs.field(default="", converter=text, kw_only=True)
    classification: str = attrs.field(default="", converter=text, kw_only=True)
    properties: tuple[tuple[str, str], ...] = attrs.field(default=(), converter=_pairs, kw_only=True)
    conversions: tuple[Conversion, ...] = attrs.field(default=(), converter=_conversions, kw_only=True)


_check_part: Final = type_check(("quantity", Quantity))


@attrs.frozen
class ScheduleLine:
    """A part of a line that is wanted on a day.

    `requested_on` is the customer's wish, `promised_on` the company's word; estimates and actual days
    live with the plan and the ledger, never here. Raises `InvalidValueError` (`value.day-malformed`,
    `order.negative-quantity`).
    """

    id: LineId = attrs.field(converter=LineId)
    quantity: Quantity
    requested_on: date | None = attrs.field(default=None, converter=_day, kw_only=True)
    promised_on: date | None = attrs.field(default=None, converter=_day, kw_only=True)

    def __attrs_post_init__(self) -> None:
        _check_part(self)
        if self.quantity.value < 0:
            raise InvalidValueError(NEGATIVE_QUANTITY("/quantity", quantity=self.quantity))


_check_line: Final = type_check(
    ("item", Item),
    ("quantity", Quantity),
    ("price", (UnitPrice, NoneType)),
    ("tax", (TaxCategory, NoneType)),
    ("delivery_place", (Address, NoneType)),
    ("requested_period", (DayPeriod, NoneType)),
    ("partial_delivery", (bool, NoneType)),
)
_UNSCHEDULED: Final = Lines[ScheduleLine]()


@attrs.frozen
class OrderLine:
    """One line: what, how much, at which price, when and where.

    `price` is None where the line has none yet; its net amount is quantity × price ÷ base quantity,
    rounded, less allowances plus charges. Schedule lines that do not add up to the quantity are a
    finding of screening, not an error: customers send such orders.

    Raises `InvalidValueError` (`order.negative-quantity`, `order.unit`, `lines.duplicate-id`, and
    `conversion.missing` where the price is for a unit that the quantity's does not convert to).
    """

    id: LineId = attrs.field(converter=LineId)
    item: Item
    quantity: Quantity
    price: UnitPrice | None = None
    schedule: Lines[ScheduleLine] = attrs.field(default=_UNSCHEDULED, converter=_schedule, kw_only=True)
    allowance_charges: tuple[AllowanceCharge, ...] = attrs.field(default=(), converter=allowances_of, kw_only=True)
    tax: TaxCategory | None = attrs.field(default=None, kw_only=True)
    delivery_place: Address | None = attrs.field(default=None, kw_only=True)
    requested_period: DayPeriod | None = attrs.field(default=None, kw_only=True)
    partial_delivery: bool | None = attrs.field(default=None, kw_only=True)
    accounting_cost: str = attrs.field(default="", converter=text, kw_only=True)
    note: str = attrs.field(default="", converter=text, kw_only=True)
    references: tuple[ExternalReference, ...] = attrs.field(default=(), converter=references_of, kw_only=True)

    def __attrs_post_init__(self) -> None:
        _check_line(self)
        if self.quantity.value < 0:
            raise InvalidValueError(NEGATIVE_QUANTITY("/quantity", quantity=self.quantity))
        for position, part in enumerate(self.schedule):
            if part.quantity.unit != self.quantity.unit:
                where = f"/schedule/{position}/quantity/unit"
                raise InvalidValueError(LINE_UNIT(where, found=part.quantity.unit, expected=self.quantity.unit))
        price = self.price
        if price is not None and price.unit is not None and price.unit != self.quantity.unit:
            conversion_factor(self.quantity.unit, price.unit, self.item.conversions)

    @property
    def requested_on(self) -> date | None:
        """The last day on which any part of the line is wanted."""
        wanted = [part.requested_on for part in self.schedule if part.requested_on]
        if wanted:
            return max(wanted)
        return self.requested_period.end_on if self.requested_period else None

    @property
    def promised_on(self) -> date | None:
        """The last promised day, once every part has one."""
        promised = [part.promised_on for part in self.schedule]
        return max((day for day in promised if day), default=None) if all(promised) else None


def foreign_money(line: OrderLine, currency: str, prefix: str = "") -> Iterator[Finding]:
    """Amounts of a line that are in another currency than the order."""
    price = line.price
    if price is not None and price.currency != currency:
        yield LINE_CURRENCY(f"{prefix}/price/currency", found=price.currency, expected=currency)
    for number, each in enumerate(line.allowance_charges):
        if each.amount.currency != currency:
            where = f"{prefix}/allowance_charges/{number}/amount/currency"
            yield LINE_CURRENCY(where, found=each.amount.currency, expected=currency)
