"""What stands between an order and its settlement, and the sums that the laws of money speak of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from orderlib.errors import Finding, FindingCode, Severity
from orderlib.settlement.billing import billed_quantity, charges_draft, due, to_bill
from orderlib.settlement.credit import creditable
from orderlib.settlement.record import BillingBasis, Settlement
from orderlib.settlement.slice import SettlementCase

__all__ = ["pending", "settled"]

UNBILLED: Final = FindingCode(
    "settlement.unbilled",
    Severity.ERROR,
    "{quantity} of line {line} are delivered and not billed",
    "行 {line} 已交付未开票 {quantity}",
)
UNCORRECTED: Final = FindingCode(
    "settlement.uncorrected", Severity.ERROR, "the change of prices is not billed yet", "价格变更尚未结算"
)
UNCHARGED: Final = FindingCode(
    "settlement.uncharged", Severity.ERROR, "charge {charge} is not billed yet", "费用 {charge} 尚未结算"
)
STATEMENT_OPEN: Final = FindingCode(
    "settlement.open-statement", Severity.ERROR, "statement {statement} is {state}", "结算单 {statement} 处于 {state}"
)
INVOICE_OPEN: Final = FindingCode(
    "settlement.open-invoice", Severity.ERROR, "{open} of invoice {invoice} are open", "发票 {invoice} 未清 {open}"
)
NOT_CREDITED: Final = FindingCode(
    "settlement.not-credited",
    Severity.ERROR,
    "something of invoice {invoice} is to be credited",
    "发票 {invoice} 有待冲回金额",
)
PAYMENT_OPEN: Final = FindingCode(
    "settlement.open-payment",
    Severity.ERROR,
    "{left} of payment {payment} are not allocated",
    "付款 {payment} 有 {left} 未核销",
)


def pending(case: SettlementCase, record: Settlement) -> Iterator[Finding]:
    """Everything that is not settled yet."""
    order = case.order
    if order is None:
        return
    unbilled = False
    for line in case.ledger.lines:
        left = due(case, line, BillingBasis.DELIVERY, order.delivery.over_tolerance) - billed_quantity(line)
        if left > 0 and line.id in order.lines:
            unbilled = True
            yield UNBILLED(f"/ledger/{line.id}", line=line.id, quantity=left)
    if not unbilled and to_bill(case, order, BillingBasis.DELIVERY):
        yield UNCORRECTED("/order")
    for share in charges_draft(case, order).shares:
        yield UNCHARGED(f"/charges/{share.charge_id}", charge=share.charge_id)
    yield from _open(case, record)


def _open(case: SettlementCase, record: Settlement) -> Iterator[Finding]:
    """Papers that wait for something, and money that has not found its place."""
    for statement in record.live:
        yield STATEMENT_OPEN(f"/statements/{statement.id}", statement=statement.id, state=statement.state)
    to_credit = frozenset(creditable(case))
    for invoice in record.invoices:
        if invoice.open.minor > 0:
            yield INVOICE_OPEN(f"/invoices/{invoice.id}", invoice=invoice.id, open=invoice.open)
        if invoice.id in to_credit:
            yield NOT_CREDITED(f"/invoices/{invoice.id}", invoice=invoice.id)
    for payment in record.unallocated:
        yield PAYMENT_OPEN(f"/payments/{payment.id}", payment=payment.id, left=payment.left)


def settled(record: Settlement, case: SettlementCase) -> bool:
    """Whether everything delivered and kept is billed, and everything billed is paid, credited or written off.

    What is retained and not due yet does not count.
    """
    return next(iter(pending(case, record)), None) is None
