"""Changes and cancellations of orders, read; and the order that a change asks for."""

from __future__ import annotations

from typing import Any, Final, TypeVar

import attrs

from orderlib.errors import FindingCode, Severity
from orderlib.order.line import Item, OrderLine
from orderlib.order.payment import PaymentTerms
from orderlib.order.record import Order
from orderlib.order.terms import DeliveryTerms
from orderlib.values.identifier import DocumentId, LineId, OrderId
from orderlib.wire.limits import Limits
from orderlib.wire.ubl.answer import action_of
from orderlib.wire.ubl.content import compared, content_of
from orderlib.wire.ubl.document import LineAction, OrderCancellation, OrderChange, refusals
from orderlib.wire.ubl.opening import NO_CURRENCY, open_document, told, unread
from orderlib.wire.ubl.party import role_of
from orderlib.wire.ubl.reading import Reading

__all__ = ["changed_order", "read_order_cancellation", "read_order_change"]

SEQUENCE: Final = FindingCode(
    "ubl.sequence-unreadable",
    Severity.WARNING,
    "the sequence number {text} is no whole number from 1 up",
    "顺序号 {text} 不是不小于 1 的整数",
)

T = TypeVar("T", bound=attrs.AttrsInstance)

_SEQUENCE_DIGITS: Final = 9
_HEADER: Final = (
    "validity", "agreement_id", "proposal_id", "customer_reference", "accounting_cost", "exchange_rate", "attachments",
)  # fmt: skip
_LINE: Final = (
    "price", "tax", "delivery_place", "requested_period", "accounting_cost", "note", "references",
)  # fmt: skip


def read_order_change(data: bytes, limits: Limits | None = None) -> OrderChange:
    """The change that the bytes of a UBL OrderChange hold.

    Amounts that it states are compared with the lines that it leaves in the order. Raises `DocumentError` with every
    finding where the document cannot be taken.
    """
    opened = open_document(data, limits, "OrderChange")
    reading = opened.reading
    if reading is None:
        raise unread(opened.findings)
    root = reading.root
    if not reading.currency:
        reading.add(NO_CURRENCY(root.path))
    change_id = reading.identifier(root, "cbc:ID", DocumentId)
    content = content_of(reading, reading.identifier(root, "cac:OrderReference/cbc:ID", OrderId))
    items = root.all("cac:OrderLine/cac:LineItem")
    actions = [(reading.identifier(each, "cbc:ID", LineId), action_of(reading, each)) for each in items]
    sequence = _sequence(reading)
    order = content.order
    if order is not None:
        deleted = [line_id for line_id, action in actions if action is LineAction.DELETED and line_id]
        left = attrs.evolve(order, lines=[line for line in order.lines if line.id not in deleted])
        for finding in compared(reading, left, content.stated):
            reading.add(finding)
    unmapped = reading.unmapped()
    findings = told(opened, reading.findings)
    if change_id is None or order is None or refusals(findings):
        raise unread(findings)
    return OrderChange(
        id=change_id,
        sequence=sequence,
        order=attrs.evolve(order, note=""),
        actions=[(line_id, action) for line_id, action in actions if line_id],
        note=order.note,
        stated=content.stated,
        findings=findings,
        customization=opened.customization,
        profile=opened.profile,
        unmapped=unmapped,
    )


def _sequence(reading: Reading) -> int | None:
    element = reading.root.child("cbc:SequenceNumberID")
    if element is None:
        return None
    said = element.value
    if not (said.isascii() and said.isdigit() and len(said) <= _SEQUENCE_DIGITS and int(said)):
        reading.add(SEQUENCE(element.path, text=said[:40]))
        return None
    reading.take(element)
    return int(said)


def read_order_cancellation(data: bytes, limits: Limits | None = None) -> OrderCancellation:
    """The cancellation that the bytes of a UBL OrderCancellation hold.

    Raises `DocumentError` with every finding where the document cannot be taken.
    """
    opened = open_document(data, limits, "OrderCancellation")
    reading = opened.reading
    if reading is None:
        raise unread(opened.findings)
    root = reading.root
    own = reading.identifier(root, "cbc:ID", DocumentId)
    order_id = reading.identifier(root, "cac:OrderReference/cbc:ID", OrderId)
    buyer, seller = role_of(reading, "cac:BuyerCustomerParty"), role_of(reading, "cac:SellerSupplierParty")
    issued_on = reading.day(root, "cbc:IssueDate")
    reason, note = reading.texts(root, "cbc:CancellationNote"), reading.texts(root, "cbc:Note")
    unmapped = reading.unmapped()
    findings = told(opened, reading.findings)
    if own is None or order_id is None or buyer is None or seller is None or refusals(findings):
        raise unread(findings)
    return OrderCancellation(
        id=own,
        order_id=order_id,
        buyer=buyer,
        seller=seller,
        reason=reason,
        issued_on=issued_on,
        note=note,
        findings=findings,
        customization=opened.customization,
        profile=opened.profile,
        unmapped=unmapped,
    )


def changed_order(current: Order, change: OrderChange) -> Order:
    """The order as the buyer wants it after the change.

    Lines that the change does not name, or names as unchanged, stay as they are; deleted ones go, others are as
    restated, where they restate: what a restated line or header leaves out (place, period, tax, references …) stays.
    Allowances and charges are as restated where the change states totals. Parties stay.

    Raises `InvalidValueError` (`order.currency`) for a change in another currency.
    """
    told = change.order
    actions = dict(change.actions)
    lines: list[OrderLine] = []
    for line in current.lines:
        action, new = actions.get(line.id), told.lines.get(line.id)
        if new is None or action is LineAction.UNCHANGED:
            lines.append(line)
        elif action is not LineAction.DELETED:
            lines.append(_restated(line, new))
    known = current.lines
    lines += [line for line in told.lines if line.id not in known and actions.get(line.id) is not LineAction.DELETED]
    restated = {name: given for name in _HEADER if (given := getattr(told, name))}
    if change.stated.payable is not None:
        restated |= {name: getattr(told, name) for name in ("allowance_charges", "prepaid", "rounding")}
    return attrs.evolve(
        current,
        currency=told.currency,
        lines=lines,
        delivery=_merged(current.delivery, told.delivery, DeliveryTerms()),
        payment=_merged(current.payment, told.payment, PaymentTerms()),
        pricing=told.pricing,
        **restated,
    )


def _merged(old: T, new: T, plain: T) -> T:
    """The old value with everything that the new one says, which is what differs from a plain one."""
    names = [field.name for field in attrs.fields(type(old))]
    said = {name: getattr(new, name) for name in names if getattr(new, name) != getattr(plain, name)}
    whole: Any = old
    merged: T = attrs.evolve(whole, **said)
    return merged


def _restated(old: OrderLine, new: OrderLine) -> OrderLine:
    kept = {name: getattr(old, name) for name in _LINE if not getattr(new, name)}
    if new.partial_delivery is None:
        kept["partial_delivery"] = old.partial_delivery
    if not new.schedule and new.quantity == old.quantity:
        kept["schedule"] = old.schedule
    if new.item.id == old.item.id:
        kept["item"] = _merged(old.item, new.item, Item(new.item.id))
    return attrs.evolve(new, **kept)
