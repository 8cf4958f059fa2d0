"""What was ordered: the order as the customer and the company understand it.

Names follow UBL 2.x (`Order`, `OrderLine`, `LineItem`, `AllowanceCharge`, `TaxCategory`). Nothing that
can be derived is stored: totals come from `orderlib.order.totals`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from types import NoneType
from typing import TYPE_CHECKING, Any, Final

import attrs

from orderlib.errors import Finding, InvalidValueError
from orderlib.order.line import LINE_CURRENCY, OrderLine, foreign_money
from orderlib.order.payment import PaymentTerms
from orderlib.order.terms import AllowanceCharge, DeliveryTerms, Pricing, allowances_of
from orderlib.values.codelist import member, whole
from orderlib.values.currency import priced_currency
from orderlib.values.identifier import AgreementId, DocumentId, OrderId, text
from orderlib.values.instant import day
from orderlib.values.lines import Lines
from orderlib.values.money import Money
from orderlib.values.party import ExternalReference, Party, references_of
from orderlib.values.period import DayPeriod
from orderlib.values.rate import ExchangeRate
from orderlib.values.typed import tuple_of, type_check

if TYPE_CHECKING:
    from orderlib.order.totals import Totals

__all__ = ["Attachment", "Order", "OrderType"]


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
class Attachment:
    """A paper that belongs to the order: kept by the application, named and fingerprinted here."""

    id: DocumentId = attrs.field(converter=DocumentId)
    kind: str = attrs.field(default="", converter=text)
    digest: str = attrs.field(default="", converter=text)
    uri: str = attrs.field(default="", converter=text, kw_only=True)


def _day(value: str | date | None) -> date | None:
    return None if value is None else day(value, address="/issued_on")


def _lines(given: Iterable[OrderLine]) -> Lines[OrderLine]:
    return given if isinstance(given, Lines) else Lines(tuple_of(OrderLine, given, "/lines"))


def _attachments(given: Iterable[Attachment]) -> tuple[Attachment, ...]:
    return tuple_of(Attachment, given, "/attachments")


def _agreement(value: str | None) -> AgreementId | None:
    return None if value is None else AgreementId(value)


def _proposal(value: str | None) -> DocumentId | None:
    return None if value is None else DocumentId(value)


def _currency(value: str) -> str:
    return priced_currency(value, address="/currency")[0]


def _type(value: str) -> OrderType:
    return member(OrderType, value, "/type")


def _revision(value: int) -> int:
    return whole(value, 1, 1_000_000, "/revision")


_check_parts: Final = type_check(
    ("buyer", Party),
    ("seller", Party),
    ("delivery", DeliveryTerms),
    ("payment", PaymentTerms),
    ("pricing", Pricing),
    ("prepaid", (Money, NoneType)),
    ("rounding", (Money, NoneType)),
    ("exchange_rate", (ExchangeRate, NoneType)),
    ("validity", (DayPeriod, NoneType)),
)


class _Derived:
    """A place beside the fields for what was derived of them: no part of equality, hash, copies or JSON."""

    __slots__ = ("_totals",)
    _totals: Any


@attrs.frozen(repr=False)
class Order(_Derived):
    """An order as the customer and the company understand it at one revision.

    `id` is the customer's order number. `currency` (ISO 4217) is the document currency; `exchange_rate`
    is the rate to the accounting currency as it stood when the order was taken. `revision` counts from 1.

    Raises `InvalidValueError` (`order.currency`, `number.whole`, `code.unknown`, `lines.duplicate-id`, `currency.*`).
    """

    id: OrderId = attrs.field(converter=OrderId)
    buyer: Party
    seller: Party
    currency: str = attrs.field(converter=_currency)
    lines: Lines[OrderLine] = attrs.field(converter=_lines)
    issued_on: date | None = attrs.field(default=None, converter=_day, kw_only=True)
    type: OrderType = attrs.field(default=OrderType.ORDER, converter=_type, kw_only=True)
    revision: int = attrs.field(default=1, converter=_revision, kw_only=True)
    delivery: DeliveryTerms = attrs.field(factory=DeliveryTerms, kw_only=True)
    payment: PaymentTerms = attrs.field(factory=PaymentTerms, kw_only=True)
    pricing: Pricing = attrs.field(factory=Pricing, kw_only=True)
    allowance_charges: tuple[AllowanceCharge, ...] = attrs.field(default=(), converter=allowances_of, kw_only=True)
    prepaid: Money | None = attrs.field(default=None, kw_only=True)
    rounding: Money | None = attrs.field(default=None, kw_only=True)
    exchange_rate: ExchangeRate | None = attrs.field(default=None, kw_only=True)
    validity: DayPeriod | None = attrs.field(default=None, kw_only=True)
    agreement_id: AgreementId | None = attrs.field(default=None, converter=_agreement, kw_only=True)
    proposal_id: DocumentId | None = attrs.field(default=None, converter=_proposal, kw_only=True)
    customer_reference: str = attrs.field(default="", converter=text, kw_only=True)
    accounting_cost: str = attrs.field(default="", converter=text, kw_only=True)
    note: str = attrs.field(default="", converter=text, kw_only=True)
    attachments: tuple[Attachment, ...] = attrs.field(default=(), converter=_attachments, kw_only=True)
    references: tuple[ExternalReference, ...] = attrs.field(default=(), converter=references_of, kw_only=True)

    def __attrs_post_init__(self) -> None:
        _check_parts(self)
        wrong = [*_foreign_header(self)]
        currency = self.currency
        for position, line in enumerate(self.lines):
            price = line.price
            if line.allowance_charges or (price is not None and price.currency != currency):
                wrong += foreign_money(line, currency, f"/lines/{position}")
        if wrong:
            raise InvalidValueError(*wrong)

    @property
    def totals(self) -> Totals:
        """The monetary totals (EN 16931 BR-CO-10 to BR-CO-16), derived when they are first asked for.

        Raises `InvalidValueError` (`money.out-of-bounds`) where a total passes what an amount can be.
        """
        kept: Totals | None = getattr(self, "_totals", None)
        if kept is None:
            from orderlib.order.totals import totals_of  # noqa: PLC0415 - an order is taken before it is added up

            kept = totals_of(self)
            object.__setattr__(self, "_totals", kept)  # an order never changes, and so neither do its totals
        return kept

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


def _foreign_header(order: Order) -> Iterator[Finding]:
    """Amounts of the order itself that are in another currency."""
    found = [
        (f"/allowance_charges/{number}/amount", each.amount) for number, each in enumerate(order.allowance_charges)
    ]
    found += [(f"/{name}", money) for name in ("prepaid", "rounding") if (money := getattr(order, name)) is not None]
    for address, money in found:
        if money.currency != order.currency:
            yield LINE_CURRENCY(f"{address}/currency", found=money.currency, expected=order.currency)
