"""An order, written as a UBL 2.1 Order.

`read_order(write_order(order))` is the order again, but for what UBL has no place for: the revision, the rounding
rule, tolerances, whether only complete deliveries are taken, instalments, advances and retentions, the origin of
an exchange rate, fingerprints of papers that are not embedded, conversions of units, and references to systems
that are not those of the documents' own (`ORDER_REFERENCES`, `LINE_REFERENCES`). Blanks at the ends of texts are
lost, too, and so are values that say nothing, such as a period open at both ends.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from orderlib.errors import FindingCode, InvalidValueError, Severity
from orderlib.order.line import OrderLine, ScheduleLine
from orderlib.order.payment import PaymentTerms
from orderlib.order.record import Attachment, Order
from orderlib.order.terms import DeliveryTerms
from orderlib.order.totals import line_net
from orderlib.values.identifier import DocumentId
from orderlib.values.instant import day
from orderlib.values.money import Money
from orderlib.values.party import ExternalReference
from orderlib.values.period import DayPeriod
from orderlib.values.rate import ExchangeRate
from orderlib.wire.ubl.content import CONTRACT
from orderlib.wire.ubl.document import EmbeddedFile
from orderlib.wire.ubl.markup import Node, document, group, leaf
from orderlib.wire.ubl.parts import (
    address,
    allowance,
    amount,
    item,
    number,
    party,
    period,
    price,
    quantity,
    reference,
    role,
)

__all__ = ["write_order"]

NO_DAY: Final = FindingCode(
    "ubl.issue-date-missing", Severity.ERROR, "a document needs a day of issue", "文档必须有签发日期"
)
NO_LINES: Final = FindingCode(
    "ubl.no-lines", Severity.ERROR, "an order without lines cannot be written", "没有行的订单无法写出"
)

_NET_DAYS: Final = PaymentTerms().net_days


def write_order(
    order: Order,
    *,
    customization: str = "",
    profile: str = "",
    issued_on: date | str | None = None,
    files: Iterable[EmbeddedFile] = (),
) -> bytes:
    """The bytes of a UBL Order; totals are those that the order makes. The same order gives the same bytes.

    `customization` and `profile` name what the document is meant to be (`CustomizationID`, `ProfileID`); plain UBL
    2.1 without. `files` are embedded in the papers of the same id; `issued_on` stands in for an order that has no day
    of issue. Raises `InvalidValueError` (`ubl.issue-date-missing`, `ubl.no-lines`).
    """
    issued = order.issued_on if issued_on is None else day(issued_on, address="/issued_on")
    wrong = [] if issued else [NO_DAY("/issued_on")]
    wrong += [] if order.lines else [NO_LINES("/lines")]
    if issued is None or wrong:
        raise InvalidValueError(*wrong)
    named = _Named(order.references)
    peppol = bool(customization or profile)
    return document(
        "Order",
        leaf("UBLVersionID", "" if peppol else "2.1"),
        leaf("CustomizationID", customization),
        leaf("ProfileID", profile),
        *_head(order, named, issued),
        *_papers(order, named, {each.id: each for each in files}),
        role("BuyerCustomerParty", order.buyer, endpoint=peppol),
        role("SellerSupplierParty", order.seller, endpoint=peppol),
        _party_of(named.one("originator"), "OriginatorCustomerParty"),
        _party_of(named.one("accounting-customer"), "AccountingCustomerParty"),
        *_terms(order),
        *(allowance(each) for each in order.allowance_charges),
        _rate(order.exchange_rate, order.currency),
        *_totals(order),
        *(_line(order, each) for each in order.lines),
    )


class _Named:
    """References by the system that they name."""

    def __init__(self, references: Iterable[ExternalReference]) -> None:
        self._by_system: dict[str, list[str]] = {}
        for each in references:
            self._by_system.setdefault(each.system, []).append(str(each.id))

    def all(self, system: str) -> list[str]:
        """Every id in a system."""
        return self._by_system.get(system, [])

    def one(self, system: str) -> str:
        """The first id in a system, or nothing."""
        return next(iter(self.all(system)), "")


def _head(order: Order, named: _Named, issued: date) -> Iterable[tuple[Node, ...]]:
    yield leaf("ID", order.id)
    yield leaf("SalesOrderID", named.one("sales-order"))
    yield leaf("UUID", named.one("uuid"))
    yield leaf("IssueDate", issued.isoformat())
    yield leaf("OrderTypeCode", order.type)
    yield leaf("Note", order.note)
    yield leaf("DocumentCurrencyCode", order.currency)
    yield leaf("CustomerReference", order.customer_reference)
    yield leaf("AccountingCost", order.accounting_cost)
    yield period("ValidityPeriod", order.validity)


def _party_of(own: str, name: str) -> tuple[Node, ...]:
    return group(name, group("Party", reference("PartyIdentification", own)))


def _papers(order: Order, named: _Named, files: Mapping[DocumentId, EmbeddedFile]) -> Iterable[tuple[Node, ...]]:
    yield reference("QuotationDocumentReference", order.proposal_id)
    for system, name in (
        ("order", "OrderDocumentReference"),
        ("originator-document", "OriginatorDocumentReference"),
        ("catalogue", "CatalogueReference"),
    ):
        yield from (reference(name, own) for own in named.all(system))
    yield from (_attachment(each, files.get(each.id)) for each in order.attachments)
    yield reference("Contract", order.agreement_id)
    yield from (reference("Contract", own) for own in named.all(CONTRACT))
    yield from (reference("ProjectReference", own) for own in named.all("project"))


def _attachment(paper: Attachment, file: EmbeddedFile | None) -> tuple[Node, ...]:
    link = group("ExternalReference", leaf("URI", paper.uri))
    inside: tuple[Node, ...] = ()
    if file is not None:
        content = base64.b64encode(file.content).decode()
        inside = leaf("EmbeddedDocumentBinaryObject", content, mimeCode=file.media_type, filename=file.name)
    held = group("Attachment", inside, link)
    return group("AdditionalDocumentReference", leaf("ID", paper.id), leaf("DocumentType", paper.kind), held)


def _terms(order: Order) -> Iterable[tuple[Node, ...]]:
    delivery = order.delivery
    yield group(
        "Delivery",
        group("DeliveryLocation", address("Address", delivery.address)),
        period("RequestedDeliveryPeriod", delivery.requested_period),
        party("DeliveryParty", delivery.recipient),
    )
    yield _delivery_terms(delivery)
    yield from _payment(order.payment)


def _delivery_terms(terms: DeliveryTerms) -> tuple[Node, ...]:
    place = group("DeliveryLocation", leaf("Name", terms.place))
    return group("DeliveryTerms", leaf("ID", terms.incoterm), leaf("SpecialTerms", terms.special_terms), place)


def _payment(terms: PaymentTerms) -> Iterable[tuple[Node, ...]]:
    yield group(
        "PaymentTerms", leaf("Note", terms.note), _days(terms.net_days if terms.net_days != _NET_DAYS else None)
    )
    if terms.discount:
        percent = leaf("SettlementDiscountPercent", number(terms.discount))
        yield group("PaymentTerms", percent, _days(terms.discount_days))


def _days(days: int | None) -> tuple[Node, ...]:
    return () if days is None else group("SettlementPeriod", leaf("DurationMeasure", days, unitCode="DAY"))


def _rate(rate: ExchangeRate | None, currency: str) -> tuple[Node, ...]:
    if rate is None or rate.source != currency:
        return ()
    return group(
        "TaxExchangeRate",
        leaf("SourceCurrencyCode", rate.source),
        leaf("TargetCurrencyCode", rate.target),
        leaf("CalculationRate", number(rate.rate)),
        leaf("MathematicOperatorCode", "Multiply"),
        leaf("Date", rate.on.isoformat()),
    )


def _totals(order: Order) -> Iterable[tuple[Node, ...]]:
    totals = order.totals
    yield group("TaxTotal", amount("TaxAmount", totals.tax))
    yield group(
        "AnticipatedMonetaryTotal",
        amount("LineExtensionAmount", totals.line_extension),
        amount("TaxExclusiveAmount", totals.tax_exclusive),
        amount("TaxInclusiveAmount", totals.tax_inclusive),
        amount("AllowanceTotalAmount", _some(totals.allowance_total)),
        amount("ChargeTotalAmount", _some(totals.charge_total)),
        amount("PrepaidAmount", order.prepaid),
        amount("PayableRoundingAmount", order.rounding),
        amount("PayableAmount", totals.payable),
    )


def _some(money: Money) -> Money | None:
    return money or None


def _line(order: Order, line: OrderLine) -> tuple[Node, ...]:
    named = _Named(line.references)
    partial = "" if line.partial_delivery is None else "true" if line.partial_delivery else "false"
    return group(
        "OrderLine",
        leaf("Note", line.note),
        group(
            "LineItem",
            leaf("ID", line.id),
            leaf("SalesOrderID", named.one("sales-order")),
            leaf("UUID", named.one("uuid")),
            quantity("Quantity", line.quantity),
            amount("LineExtensionAmount", line_net(order, line)),
            leaf("PartialDeliveryIndicator", partial),
            leaf("AccountingCost", line.accounting_cost),
            *_deliveries(line),
            group("OriginatorParty", reference("PartyIdentification", named.one("originator"))),
            *(allowance(each) for each in line.allowance_charges),
            price(line.price),
            item(line.item, line.tax, line.references),
        ),
        group("CatalogueLineReference", leaf("LineID", named.one("catalogue-line"))),
        group("QuotationLineReference", leaf("LineID", named.one("quotation-line"))),
    )


def _deliveries(line: OrderLine) -> Iterable[tuple[Node, ...]]:
    place = group("DeliveryLocation", address("Address", line.delivery_place))
    yield group("Delivery", place, period("RequestedDeliveryPeriod", line.requested_period))
    yield from (_part(each) for each in line.schedule)


def _part(part: ScheduleLine) -> tuple[Node, ...]:
    requested, promised = (None if on is None else DayPeriod(None, on) for on in (part.requested_on, part.promised_on))
    return group(
        "Delivery",
        leaf("ID", part.id),
        quantity("Quantity", part.quantity),
        period("RequestedDeliveryPeriod", requested),
        period("PromisedDeliveryPeriod", promised),
    )
