"""What an Order and an OrderChange have in common: parties, terms, lines, and the totals that they state."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterable
from typing import Any, Final

import attrs

from orderlib.errors import Finding, FindingCode, InvalidValueError, Severity
from orderlib.order.line import OrderLine
from orderlib.order.record import Attachment, Order, OrderType
from orderlib.order.terms import Pricing, TaxCategory
from orderlib.order.totals import StatedTotals, compare_totals
from orderlib.values.identifier import AgreementId, DocumentId, LineId, OrderId
from orderlib.values.money import Money
from orderlib.values.party import ExternalReference
from orderlib.values.rounding import RoundingScope
from orderlib.wire.ubl.document import EmbeddedFile
from orderlib.wire.ubl.line import line_of
from orderlib.wire.ubl.party import role_of
from orderlib.wire.ubl.reading import Reading, token
from orderlib.wire.ubl.term import allowances_of, delivery_of, exchange_rate_of, payment_of, tax_of
from orderlib.wire.xmltree import Element

__all__ = ["ORDER_REFERENCES", "Content", "compared", "content_of", "stated_of"]

TYPE_UNKNOWN: Final = FindingCode(
    "ubl.order-type-unknown",
    Severity.WARNING,
    "{code} is no type of order that is known here; it is taken for a plain order",
    "订单类型 {code} 未知，按普通订单处理",
)
FILE_UNREADABLE: Final = FindingCode(
    "ubl.file-unreadable",
    Severity.WARNING,
    "the content of the embedded file {id} is not base64",
    "嵌入文件 {id} 的内容不是 base64",
)

ORDER_REFERENCES: Final = (
    ("cbc:SalesOrderID", "sales-order"),
    ("cbc:UUID", "uuid"),
    ("cac:OrderDocumentReference/cbc:ID", "order"),
    ("cac:OriginatorDocumentReference/cbc:ID", "originator-document"),
    ("cac:CatalogueReference/cbc:ID", "catalogue"),
    ("cac:ProjectReference/cbc:ID", "project"),
    ("cac:OriginatorCustomerParty/cac:Party/cac:PartyIdentification/cbc:ID", "originator"),
    ("cac:AccountingCustomerParty/cac:Party/cac:PartyIdentification/cbc:ID", "accounting-customer"),
)
"""What an order refers to, and the system under which its references name it."""

CONTRACT: Final = "contract"
"""System of the contracts beside the first, which is the order's framework agreement."""

_PURCHASE_ORDER: Final = "105"
_TYPES: Final = frozenset(OrderType)
_TOTALS: Final = "cac:AnticipatedMonetaryTotal"
_LINE_AMOUNT: Final = "cbc:LineExtensionAmount"
_STATED: Final = {
    "line_extension": "LineExtensionAmount",
    "allowance_total": "AllowanceTotalAmount",
    "charge_total": "ChargeTotalAmount",
    "tax_exclusive": "TaxExclusiveAmount",
    "tax_inclusive": "TaxInclusiveAmount",
    "prepaid": "PrepaidAmount",
    "rounding": "PayableRoundingAmount",
    "payable": "PayableAmount",
}


@attrs.frozen
class Content:
    """What was made of a document: the order, if it can be one, the totals stated, and the files inside."""

    order: Order | None
    stated: StatedTotals
    files: tuple[EmbeddedFile, ...] = ()


def content_of(reading: Reading, order_id: OrderId | None) -> Content:
    """The order that the document tells of, and what it states of its totals."""
    root = reading.root
    lines = _lines(reading)
    stated = stated_of(reading)
    buyer, seller = role_of(reading, "cac:BuyerCustomerParty"), role_of(reading, "cac:SellerSupplierParty")
    attachments, files = _attachments(reading)
    header = _header(reading)
    delivery, payment = delivery_of(reading), payment_of(reading)
    allowances = allowances_of(reading, root)
    if order_id is None or buyer is None or seller is None or not reading.currency:
        return Content(None, stated, files)
    order = reading.make(
        root,
        lambda: Order(
            order_id,
            buyer,
            seller,
            reading.currency,
            lines,
            delivery=delivery,
            payment=payment,
            allowance_charges=allowances,
            prepaid=stated.prepaid,
            rounding=stated.rounding,
            attachments=attachments,
            **header,
        ),
    )
    return Content(None if order is None else _rounded_as_stated(reading, order, stated), stated, files)


def _lines(reading: Reading) -> list[OrderLine]:
    tax = _common_tax(reading)
    found = (line_of(reading, each, tax) for each in reading.root.all("cac:OrderLine"))
    return [each for each in found if each is not None]


def _common_tax(reading: Reading) -> TaxCategory | None:
    """The one category that the document's tax is broken down to; for lines that name none of their own."""
    subtotals = reading.root.all("cac:TaxTotal/cac:TaxSubtotal")
    if len(subtotals) != 1:
        return None
    return tax_of(reading, subtotals[0].child("cac:TaxCategory"), subtotals[0].child("cbc:Percent"))


def _header(reading: Reading) -> dict[str, Any]:
    root, text = reading.root, reading.text
    issued_on = reading.day(root, "cbc:IssueDate")
    contracts = root.all("cac:Contract/cbc:ID")
    references = _references(reading, contracts[1:])
    return {
        "issued_on": issued_on,
        "type": _type(reading, root.child("cbc:OrderTypeCode")),
        "exchange_rate": exchange_rate_of(reading, issued_on),
        "validity": reading.period(root.child("cac:ValidityPeriod")),
        "agreement_id": reading.identifier(root, "cac:Contract/cbc:ID", AgreementId),
        "proposal_id": reading.identifier(root, "cac:QuotationDocumentReference/cbc:ID", DocumentId),
        "customer_reference": text(root, "cbc:CustomerReference"),
        "accounting_cost": text(root, "cbc:AccountingCost") or text(root, "cbc:AccountingCostCode"),
        "note": reading.texts(root, "cbc:Note"),
        "references": references,
    }


def _type(reading: Reading, code: Element | None) -> OrderType:
    if code is None:
        return OrderType.ORDER
    if code.value in _TYPES:
        reading.take(code)
        return OrderType(code.value)
    if code.value == _PURCHASE_ORDER:
        reading.take(code)
    else:
        reading.add(TYPE_UNKNOWN(code.path, code=code.value[:40]))
    return OrderType.ORDER


def _references(reading: Reading, contracts: Iterable[Element]) -> tuple[ExternalReference, ...]:
    named = [(each, system) for path, system in ORDER_REFERENCES for each in reading.root.all(path)]
    named += [(each, CONTRACT) for each in contracts]
    found = [reading.reference(each, system) for each, system in named if each.value]
    return tuple(each for each in found if each is not None)


def _attachments(reading: Reading) -> tuple[tuple[Attachment, ...], tuple[EmbeddedFile, ...]]:
    attachments: list[Attachment] = []
    files: list[EmbeddedFile] = []
    for element in reading.root.all("cac:AdditionalDocumentReference"):
        paper = reading.identifier(element, "cbc:ID", DocumentId)
        if paper is None:
            continue
        file = _file(reading, paper, element.child("cac:Attachment/cbc:EmbeddedDocumentBinaryObject"))
        kind = reading.text(element, "cbc:DocumentType") or reading.text(element, "cbc:DocumentTypeCode")
        uri = reading.text(element, "cac:Attachment/cac:ExternalReference/cbc:URI")
        digest = "" if file is None else hashlib.sha256(file.content).hexdigest()
        attachments.append(Attachment(paper, kind, digest, uri=uri))
        files += [] if file is None else [file]
    return tuple(attachments), tuple(files)


def _file(reading: Reading, paper: DocumentId, element: Element | None) -> EmbeddedFile | None:
    if element is None:
        return None
    try:
        content = base64.b64decode("".join(element.text.split()), validate=True)
    except (binascii.Error, ValueError):
        reading.add(FILE_UNREADABLE(element.path, id=paper))
        return None
    reading.take(element)
    media, name = (element.attributes.get(key, "") for key in ("mimeCode", "filename"))
    return reading.make(element, lambda: EmbeddedFile(paper, media, name, content))


def stated_of(reading: Reading) -> StatedTotals:
    """What the document says that its totals and its lines' net amounts are; an amount that is none is a warning."""
    root = reading.root
    total = root.child(_TOTALS)
    said = (
        {} if total is None else {name: _stated(reading, total.child(f"cbc:{path}")) for name, path in _STATED.items()}
    )
    amounts = ((line_id, _stated(reading, line.child(_LINE_AMOUNT))) for line_id, line in _identified(root))
    lines = [(line_id, amount) for line_id, amount in amounts if amount is not None]
    return StatedTotals(tax=_stated_tax(reading), lines=lines, **said)


def _identified(root: Element) -> list[tuple[LineId, Element]]:
    """The line items by id; one whose id is none has been reported with its line."""
    found: list[tuple[LineId, Element]] = []
    for line in root.all("cac:OrderLine/cac:LineItem"):
        element = line.child("cbc:ID")
        try:
            found += [] if element is None else [(LineId(token(element)), line)]
        except InvalidValueError:
            continue
    return found


def _stated(reading: Reading, element: Element | None) -> Money | None:
    return reading.money(element, Severity.WARNING)


def _stated_tax(reading: Reading) -> Money | None:
    """The sum of the tax totals in the document's currency; one in the tax office's currency stays apart."""
    found: Money | None = None
    for element in reading.root.all("cac:TaxTotal/cbc:TaxAmount"):
        if element.attributes.get("currencyID", reading.currency) == reading.currency:
            amount = _stated(reading, element)
            found = amount if found is None else found if amount is None else found + amount
    return found


def _rounded_as_stated(reading: Reading, order: Order, stated: StatedTotals) -> Order:
    """The order with tax rounded on each line, where the stated tax is what that makes and nothing else."""
    if stated.tax is None or reading.make(reading.root, lambda: order.totals.tax) in (None, stated.tax):
        return order
    by_line = attrs.evolve(order, pricing=Pricing(scope=RoundingScope.LINE))
    return by_line if by_line.totals.tax == stated.tax else order


def compared(reading: Reading, order: Order, stated: StatedTotals) -> tuple[Finding, ...]:
    """Every amount that the document states and the order does not make, as warnings at the stating elements."""
    root = reading.root
    lines = list(order.lines)
    amounts = dict(_identified(root))
    told: list[Finding] = []
    for each in reading.make(root, lambda: compare_totals(order, stated)) or ():
        steps = each.address.split("/")
        element: Element | None = None
        if steps[1] == "totals":
            path = "cac:TaxTotal/cbc:TaxAmount" if steps[2] == "tax" else f"{_TOTALS}/cbc:{_STATED[steps[2]]}"
            element = root.child(path)
        else:
            line_id = lines[int(steps[2])].id if len(steps) > 2 else LineId(dict(each.evidence)["line"])
            element = amounts[line_id].child(_LINE_AMOUNT)
        where = root.path if element is None else element.path
        told.append(attrs.evolve(each, address=where, severity=Severity.WARNING))
    return tuple(told)
