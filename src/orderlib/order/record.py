"""What was ordered: the order, its lines, and the terms that both sides agreed to.

Names follow UBL 2.x (`Order`, `OrderLine`, `LineItem`, `AllowanceCharge`, `TaxCategory`). Nothing that
can be derived is stored: totals come from `orderlib.order.totals`.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import attrs

from orderlib.errors import FindingCode, InvalidValueError, Severity
from orderlib.order.terms import (
    AllowanceCharge,
    DeliveryTerms,
    PaymentTerms,
    Pricing,
    TaxCategory,
)
from orderlib.values.currency import check_currency
from orderlib.values.identifier import AgreementId, DocumentId, ItemId, LineId, OrderId, text
from orderlib.values.lines import Lines
from orderlib.values.money import Money
from orderlib.values.party import Address, ExternalReference, Party
from orderlib.values.period import DayPeriod
from orderlib.values.quantity import Quantity
from orderlib.values.rate import ExchangeRate, UnitPrice

if TYPE_CHECKING:
    from orderlib.order.totals import Totals

__all__ = ["Attachment", "Item", "Order", "OrderLine", "OrderType", "ScheduleLine"]

LINE_CURRENCY: Final = FindingCode(
    "order.currency",
    Severity.ERROR,
    "{found} where the order is in {expected}",
    "币种为 {found}，而订单币种为 {expected}",
)
LINE_UNIT: Final = FindingCode(
    "order.unit", Severity.ERROR, "unit {found} where the line is in {expected}", "单位为 {found}，而该行单位为 {expected}"
)
NEGATIVE_QUANTITY: Final = FindingCode(
    "order.negative-quantity", Severity.ERROR, "a quantity of {quantity} cannot be ordered", "不能订购数量 {quantity}"
)
REVISION: Final = FindingCode(
    "order.revision", Severity.ERROR, "a revision counts from 1; {revision} does not", "修订号从 1 起；{revision} 无效"
)


class OrderType(StrEnum):
    """Kinds of order (UNCL 1001, the part that Peppol BIS Ordering admits)."""

    ORDER = "220"
    BLANKET = "221"
    CALL_OFF = "226"
    CONSIGNMENT = "227"
    SAMPLE = "228"
    SWAP = "229"
    RUSH = "224"
    REPAIR = "225"


@attrs.frozen
class Item:
    """What an article is called by whom (UBL `cac:Item`).

    `id` is the seller's article number, `buyer_id` the customer's, `standard_id` a GTIN or the like;
    `properties` are named specifications.
    """

    id: ItemId = attrs.field(converter=ItemId)
    name: str = attrs.field(default="", converter=text)
    description: str = attrs.field(default="", converter=text, kw_only=True)
    buyer_id: str = attrs.field(default="", converter=text, kw_only=True)
    standard_id: str = attrs.field(default="", converter=text, kw_only=True)
    origin: str = attrs.field(default="", converter=text, kw_only=True)
    classification: str = attrs.field(default="", converter=text, kw_only=True)
    properties: tuple[tuple[str, str], ...] = attrs.field(default=(), converter=tuple, kw_only=True)


@attrs.frozen
class ScheduleLine:
    """A part of a line that is wanted on a day.

    `requested_on` is the customer's wish, `promised_on` the company's word; estimates and actual days
    live with the plan and the ledger, never here.
    """

    id: LineId = attrs.field(converter=LineId)
    quantity: Quantity
    requested_on: date | None = attrs.field(default=None, kw_only=True)
    promised_on: date | None = attrs.field(default=None, kw_only=True)


@attrs.frozen
class OrderLine:
    """One line: what, how much, at which price, when and where.

    `price` is None where the line has none yet; its net amount is quantity × price ÷ base quantity,
    rounded, less allowances plus charges. Schedule lines that do not add up to the quantity are a
    finding of screening, not an error: customers send such orders.

    Raises `InvalidValueError` (`order.negative-quantity`, `order.unit`).
    """

    id: LineId = attrs.field(converter=LineId)
    item: Item
    quantity: Quantity
    price: UnitPrice | None = None
    schedule: Lines[ScheduleLine] = attrs.field(default=(), converter=Lines, kw_only=True)
    allowance_charges: tuple[AllowanceCharge, ...] = attrs.field(default=(), converter=tuple, kw_only=True)
    tax: TaxCategory | None = attrs.field(default=None, kw_only=True)
    delivery_place: Address | None = attrs.field(default=None, kw_only=True)
    requested_period: DayPeriod | None = attrs.field(default=None, kw_only=True)
    partial_delivery: bool | None = attrs.field(default=None, kw_only=True)
    accounting_cost: str = attrs.field(default="", converter=text, kw_only=True)
    note: str = attrs.field(default="", converter=text, kw_only=True)
    references: tuple[ExternalReference, ...] = attrs.field(default=(), converter=tuple, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.quantity.value < 0:
            raise InvalidValueError(NEGATIVE_QUANTITY("/quantity", quantity=self.quantity))
        for position, part in enumerate(self.schedule):
            if part.quantity.unit != self.quantity.unit:
                where = f"/schedule/{position}/quantity/unit"
                raise InvalidValueError(LINE_UNIT(where, found=part.quantity.unit, expected=self.quantity.unit))

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


@attrs.frozen
class Attachment:
    """A paper that belongs to the order: kept by the application, named and fingerprinted here."""

    id: DocumentId = attrs.field(converter=DocumentId)
    kind: str = attrs.field(default="", converter=text)
    digest: str = attrs.field(default="", converter=text)
    uri: str = attrs.field(default="", converter=text, kw_only=True)


@attrs.frozen
class Order:
    """An order as the customer and the company understand it at one revision.

    `id` is the customer's order number. `currency` (ISO 4217) is the document currency; `exchange_rate`
    is the rate to the accounting currency as it stood when the order was taken. `revision` counts from 1.

    Raises `InvalidValueError` (`order.currency`, `order.revision`, `lines.duplicate-id`, `currency.*`).
    """

    id: OrderId = attrs.field(converter=OrderId)
    buyer: Party
    seller: Party
    currency: str = attrs.field(converter=check_currency)
    lines: Lines[OrderLine] = attrs.field(converter=Lines)
    issued_on: date | None = attrs.field(default=None, kw_only=True)
    type: OrderType = attrs.field(default=OrderType.ORDER, converter=OrderType, kw_only=True)
    revision: int = attrs.field(default=1, kw_only=True)
    delivery: DeliveryTerms = attrs.field(factory=DeliveryTerms, kw_only=True)
    payment: PaymentTerms = attrs.field(factory=PaymentTerms, kw_only=True)
    pricing: Pricing = attrs.field(factory=Pricing, kw_only=True)
    allowance_charges: tuple[AllowanceCharge, ...] = attrs.field(default=(), converter=tuple, kw_only=True)
    prepaid: Money | None = attrs.field(default=None, kw_only=True)
    rounding: Money | None = attrs.field(default=None, kw_only=True)
    exchange_rate: ExchangeRate | None = attrs.field(default=None, kw_only=True)
    validity: DayPeriod | None = attrs.field(default=None, kw_only=True)
    agreement_id: AgreementId | None = attrs.field(
        default=None, converter=attrs.converters.optional(AgreementId), kw_only=True
    )
    proposal_id: DocumentId | None = attrs.field(
        default=None, converter=attrs.converters.optional(DocumentId), kw_only=True
    )
    customer_reference: str = attrs.field(default="", converter=text, kw_only=True)
    accounting_cost: str = attrs.field(default="", converter=text, kw_only=True)
    note: str = attrs.field(default="", converter=text, kw_only=True)
    attachments: tuple[Attachment, ...] = attrs.field(default=(), converter=tuple, kw_only=True)
    references: tuple[ExternalReference, ...] = attrs.field(default=(), converter=tuple, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.revision < 1:
            raise InvalidValueError(REVISION("/revision", revision=self.revision))
        wrong = [
            LINE_CURRENCY(address, found=found, expected=self.currency)
            for address, found in _currencies(self)
            if found != self.currency
        ]
        if wrong:
            raise InvalidValueError(*wrong)

    @property
    def totals(self) -> Totals:
        """The monetary totals, computed anew (EN 16931 BR-CO-10 to BR-CO-16)."""
        from orderlib.order.totals import totals_of

        return totals_of(self)

    @property
    def total(self) -> Money:
        """What is payable in the end, tax included."""
        return self.totals.payable

    @property
    def requested_on(self) -> date | None:
        """The last day on which anything of the order is wanted."""
        wanted = [day for line in self.lines if (day := line.requested_on)]
        if wanted:
            return max(wanted)
        period = self.delivery.requested_period
        return period.end_on if period else None

    def __repr__(self) -> str:
        return (
            f"Order({str(self.id)!r}, {str(self.buyer.id)!r} → {str(self.seller.id)!r}, "
            f"{len(self.lines)} lines, {self.currency}, revision {self.revision})"
        )


def _currencies(order: Order) -> list[tuple[str, str]]:
    """Every currency that the order speaks of in its own money, with its address."""
    found: list[tuple[str, str]] = []
    for position, line in enumerate(order.lines):
        if line.price is not None:
            found.append((f"/lines/{position}/price/currency", line.price.currency))
        for number, each in enumerate(line.allowance_charges):
            found.append((f"/lines/{position}/allowance_charges/{number}/amount/currency", each.amount.currency))
    for number, each in enumerate(order.allowance_charges):
        found.append((f"/allowance_charges/{number}/amount/currency", each.amount.currency))
    for name, money in (("prepaid", order.prepaid), ("rounding", order.rounding)):
        if money is not None:
            found.append((f"/{name}/currency", money.currency))
    return found
