"""Answers to orders, read: OrderResponse, and the OrderResponseSimple of plain UBL.

UBL's own words for the status of a line are read as the codes of UNCL 1229 that mean the same: Added, Cancelled,
Disputed (not accepted), Revised (changed). `NoStatus` says nothing, and so does a code that is in no list.
"""

from __future__ import annotations

from typing import Final

from orderlib.errors import FindingCode, Severity
from orderlib.order.line import Item
from orderlib.values.identifier import DocumentId, LineId, OrderId
from orderlib.wire.limits import Limits
from orderlib.wire.ubl.document import LineAction, LineResponse, OrderResponse, ResponseCode, refusals
from orderlib.wire.ubl.line import item_of
from orderlib.wire.ubl.opening import open_document, told, unread
from orderlib.wire.ubl.party import role_of
from orderlib.wire.ubl.reading import Reading, token
from orderlib.wire.ubl.term import price_of, quantity_of
from orderlib.wire.xmltree import Element

__all__ = ["action_of", "read_order_response"]

CODE_UNKNOWN: Final = FindingCode(
    "ubl.response-code-unknown", Severity.ERROR, "{code} is no answer to an order", "{code} 不是订单响应代码"
)
ACTION_UNKNOWN: Final = FindingCode(
    "ubl.line-status-unknown",
    Severity.WARNING,
    "the line status {code} is not known; the line is taken to have none",
    "行状态 {code} 未知，按无状态处理",
)

_SUBSTITUTES: Final = ("cac:SellerSubstitutedLineItem", "cac:SellerProposedSubstituteLineItem")
_WORDS: Final = {
    "added": LineAction.ADDED,
    "cancelled": LineAction.DELETED,
    "disputed": LineAction.NOT_ACCEPTED,
    "revised": LineAction.CHANGED,
    "nostatus": None,
}
_CODES: Final = {code.value: code for code in LineAction}
_ANSWERS: Final = {code.value: code for code in ResponseCode}


def action_of(reading: Reading, line: Element) -> LineAction | None:
    """What a `cac:LineItem` says that becomes of it; None where it says nothing."""
    code = line.child("cbc:LineStatusCode")
    if code is None:
        return None
    found = _CODES.get(code.value)
    if found is None and code.value.lower() not in _WORDS:
        reading.add(ACTION_UNKNOWN(code.path, code=code.value[:40]))
        return None
    reading.take(code)
    return found or _WORDS[code.value.lower()]


def read_order_response(data: bytes, limits: Limits | None = None) -> OrderResponse:
    """The answer that the bytes of a UBL OrderResponse or OrderResponseSimple hold.

    Raises `DocumentError` with every finding where the document cannot be taken.
    """
    opened = open_document(data, limits, "OrderResponse", "OrderResponseSimple")
    reading = opened.reading
    if reading is None:
        raise unread(opened.findings)
    root = reading.root
    fields = {
        "id": reading.identifier(root, "cbc:ID", DocumentId),
        "order_id": reading.identifier(root, "cac:OrderReference/cbc:ID", OrderId),
        "code": _code(reading),
        "buyer": role_of(reading, "cac:BuyerCustomerParty"),
        "seller": role_of(reading, "cac:SellerSupplierParty"),
        "issued_on": reading.day(root, "cbc:IssueDate"),
        "change_id": reading.identifier(root, "cac:OrderChangeDocumentReference/cbc:ID", DocumentId),
        "promised": reading.period(root.child("cac:Delivery/cac:PromisedDeliveryPeriod")),
        "lines": [line for each in root.all("cac:OrderLine") if (line := _line(reading, each)) is not None],
        "customer_reference": reading.text(root, "cbc:CustomerReference"),
        "note": reading.texts(root, "cbc:Note", "cbc:RejectionNote"),
        "customization": opened.customization,
        "profile": opened.profile,
        "currency": reading.currency,
    }
    unmapped = reading.unmapped()
    findings = told(opened, reading.findings)
    if refusals(findings):
        raise unread(findings)
    made = reading.make(root, lambda: OrderResponse(**fields, findings=findings, unmapped=unmapped))  # type: ignore[arg-type]
    if made is None:
        raise unread(told(opened, reading.findings))
    return made


def _code(reading: Reading) -> ResponseCode | None:
    root = reading.root
    accepted = reading.indicator(root.child("cbc:AcceptedIndicator"))
    if accepted is not None:
        return ResponseCode.ACCEPTED if accepted else ResponseCode.REJECTED
    code = root.child("cbc:OrderResponseCode")
    if code is None:
        return None
    reading.take(code)
    found = _ANSWERS.get(code.value)
    if found is None:
        reading.add(CODE_UNKNOWN(code.path, code=code.value[:40]))
    return found


def _line(reading: Reading, order_line: Element) -> LineResponse | None:
    line = order_line.child("cac:LineItem")
    item_element = None if line is None else line.child("cac:Item")
    if line is None or item_element is None:
        return None  # reported by the rules
    own = reading.identifier(line, "cbc:ID", LineId)
    reference = reading.identifier(order_line, "cac:OrderLineReference/cbc:LineID", LineId) or own
    item = item_of(reading, item_element)
    substitute = _substitute(reading, order_line, (own, reference))
    quantity = quantity_of(reading, line.child("cbc:Quantity"))
    price = price_of(reading, line.child("cac:Price"))
    promised = reading.period(line.child("cac:Delivery/cac:PromisedDeliveryPeriod"))
    note = reading.texts(line, "cbc:Note") or reading.texts(order_line, "cbc:Note")
    action = action_of(reading, line)
    if own is None or reference is None:
        return None
    return LineResponse(
        own,
        reference,
        action,
        item=item,
        substitute=substitute,
        quantity=quantity,
        price=price,
        promised=promised,
        note=note,
    )


def _substitute(reading: Reading, order_line: Element, known: tuple[LineId | None, ...]) -> Item | None:
    """The item that is offered in place of the ordered one; that it bears the line's number says nothing more."""
    offered = next((found for name in _SUBSTITUTES if (found := order_line.child(name)) is not None), None)
    item = None if offered is None else offered.child("cac:Item")
    if offered is None or item is None:
        return None
    number = offered.child("cbc:ID")
    if number is not None and token(number) in known:
        reading.take(number)
    return item_of(reading, item)
