"""Payments are booked whatever they are; what they pay is a policy's word. Refunds and write-offs are intentions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from orderlib.errors import Finding, FindingCode, InvalidValueError, PolicyError, RefusedError, Severity
from orderlib.settlement.billing import NOTHING
from orderlib.settlement.clearing import Clearing
from orderlib.settlement.credit import INVOICE_UNKNOWN
from orderlib.settlement.exposure import exposed
from orderlib.settlement.message import (
    AllocatePayment,
    AmountWrittenOff,
    PaymentAllocated,
    PaymentReceived,
    PaymentRefunded,
    PaymentUnallocated,
    RefundPayment,
    ReportPayment,
    WriteOffAmount,
)
from orderlib.settlement.record import Allocation, Invoice, Payment, Settlement
from orderlib.settlement.slice import SettlementCase, SettlementPolicies
from orderlib.values.decision import Decided, Decision
from orderlib.values.dispatch import View
from orderlib.values.instant import Instant, day
from orderlib.values.message import Event, Stamp
from orderlib.values.money import Money

__all__ = ["allocatable", "allocate", "expected", "refund", "refundable", "report", "write_off"]

PAYMENT_TWICE: Final = FindingCode(
    "payment.used-id", Severity.ERROR, "payment {payment} is booked already", "付款 {payment} 已入账"
)
PAYMENT_UNKNOWN: Final = FindingCode(
    "payment.unknown", Severity.ERROR, "there is no payment {payment}", "不存在付款 {payment}"
)
AMOUNT: Final = FindingCode(
    "payment.not-positive", Severity.ERROR, "an amount of {amount} cannot be", "金额 {amount} 无效"
)
ABOVE_LEFT: Final = FindingCode(
    "payment.above-left", Severity.ERROR, "{amount} are more than the {left} that are left", "{amount} 超过余额 {left}"
)
ABOVE_OPEN: Final = FindingCode(
    "invoice.above-open",
    Severity.ERROR,
    "{amount} are more than the {open} that are open",
    "{amount} 超过未清金额 {open}",
)
CURRENCY: Final = FindingCode(
    "settlement.currency", Severity.ERROR, "{found} where {expected} is due", "币种为 {found}，应为 {expected}"
)
REASON_MISSING: Final = FindingCode("settlement.reason-missing", Severity.ERROR, "a reason is needed", "必须说明原因")
CLEARING_NONSENSE: Final = FindingCode(
    "clearing.impossible",
    Severity.ERROR,
    "{policy} would allocate {amount} to invoice {invoice}, of which {open} are open",
    "{policy} 拟向发票 {invoice} 核销 {amount}，其未清金额为 {open}",
)


def report(view: View[SettlementCase], command: ReportPayment, policies: SettlementPolicies) -> Iterator[Event]:
    """The payment is booked; what it pays is allocated, and what is left says why."""
    case, stamp = view.case, command.stamp()
    record = case.settlement or NOTHING
    wrong: list[Finding] = []
    if command.amount.minor <= 0:
        wrong.append(AMOUNT("/amount", amount=command.amount))
    if command.payment_id in record.payments:
        wrong.append(PAYMENT_TWICE("/payment_id", payment=command.payment_id))
    if wrong:
        raise InvalidValueError(*wrong)
    nothing = Money.zero(command.amount.currency)
    payment = Payment(
        id=command.payment_id,
        amount=command.amount,
        reference=command.reference,
        received_at=stamp.occurred_at,
        allocated=nothing,
        refunded=nothing,
    )
    events = (PaymentReceived(stamp, payment), *_cleared(record, payment, command.reference, stamp, policies))
    yield from events
    yield from exposed(view, stamp, events)


def allocate(view: View[SettlementCase], command: AllocatePayment, policies: SettlementPolicies) -> Iterator[Event]:
    """What is left of a payment finds what it pays."""
    record = view.case.settlement or NOTHING
    payment = _with_rest(record, command.payment_id)
    if command.invoice_id is not None and command.invoice_id not in record.invoices:
        raise RefusedError(INVOICE_UNKNOWN("/invoice_id", invoice=command.invoice_id))
    stamp = command.stamp()
    events = tuple(_cleared(record, payment, command.invoice_id or "", stamp, policies))
    yield from events
    yield from exposed(view, stamp, events)


def _cleared(
    record: Settlement, payment: Payment, reference: str, stamp: Stamp, policies: SettlementPolicies
) -> Iterator[Event]:
    left, invoices = payment.left, tuple(record.invoices)
    decision = policies.clearing(left, reference, invoices, discounts(invoices, payment.received_at))
    # a policy of an application's own may answer with a plain decision
    allocations: tuple[Allocation, ...] = getattr(decision, "allocations", ())
    _check(record, left, decision, allocations)
    yield Decided(stamp, "clearing", decision, (("payment", payment.id),))
    if allocations:
        yield PaymentAllocated(stamp, payment.id, allocations)
    for each in allocations:
        left -= each.amount
    if left:
        yield PaymentUnallocated(stamp, payment.id, left, decision.reasons)


def discounts(invoices: Iterable[Invoice], paid_at: Instant) -> Mapping[str, Money]:
    """What each invoice lets off if it is paid in full on that day."""
    on = day(paid_at.date())
    return {
        each.id: each.discount_offered - each.discount
        for each in invoices
        if each.discount_until is not None and on <= each.discount_until and not each.credited
    }


def _check(record: Settlement, left: Money, decision: Decision[Clearing], allocations: tuple[Allocation, ...]) -> None:
    """A policy cannot spend what is not there; raises `PolicyError`."""
    name = decision.policy.name if decision.policy is not None else type(decision).__name__
    for each in allocations:
        invoice = record.invoices.get(each.invoice_id)
        open_ = invoice.open if invoice is not None else Money.zero(left.currency)
        same = each.amount.currency == left.currency == open_.currency == each.discount.currency
        if not same or each.amount.minor < 0 or each.discount.minor < 0 or each.amount + each.discount > open_:
            raise PolicyError(
                CLEARING_NONSENSE("/clearing", policy=name, amount=each.amount, invoice=each.invoice_id, open=open_)
            )
        left -= each.amount
    if left.minor < 0:
        raise PolicyError(ABOVE_LEFT("/clearing", amount=-left, left=Money.zero(left.currency)))


def _with_rest(record: Settlement, payment_id: str) -> Payment:
    payment = record.payments.get(payment_id)
    if payment is None:
        raise RefusedError(PAYMENT_UNKNOWN("/payment_id", payment=payment_id))
    if payment.left.minor <= 0:
        nothing = payment.left
        raise RefusedError(ABOVE_LEFT("/payment_id", amount=payment.amount, left=nothing))
    return payment


def refund(view: View[SettlementCase], command: RefundPayment, _policies: SettlementPolicies) -> Iterable[Event]:
    """What is left of a payment goes back to the payer."""
    payment = _with_rest(view.case.settlement or NOTHING, command.payment_id)
    amount = command.amount if command.amount is not None else payment.left
    wrong = [] if command.reason else [REASON_MISSING("/reason")]
    wrong += _amount_faults(amount, payment.left, ABOVE_LEFT("/amount", amount=amount, left=payment.left))
    if wrong:
        raise RefusedError(*wrong)
    return (PaymentRefunded(command.stamp(), payment.id, amount),)


def write_off(view: View[SettlementCase], command: WriteOffAmount, _policies: SettlementPolicies) -> Iterator[Event]:
    """What is open of an invoice is given up."""
    record = view.case.settlement or NOTHING
    invoice = record.invoices.get(command.invoice_id)
    if invoice is None:
        raise RefusedError(INVOICE_UNKNOWN("/invoice_id", invoice=command.invoice_id))
    amount = command.amount if command.amount is not None else invoice.open
    wrong = [] if command.reason else [REASON_MISSING("/reason")]
    wrong += _amount_faults(amount, invoice.open, ABOVE_OPEN("/amount", amount=amount, open=invoice.open))
    if wrong:
        raise RefusedError(*wrong)
    stamp = command.stamp()
    events = (AmountWrittenOff(stamp, invoice.id, amount),)
    yield from events
    yield from exposed(view, stamp, events)


def _amount_faults(amount: Money, most: Money, above: Finding) -> Iterator[Finding]:
    if amount.currency != most.currency:
        yield CURRENCY("/amount/currency", found=amount.currency, expected=most.currency)
    elif amount.minor <= 0:
        yield AMOUNT("/amount", amount=amount)
    elif amount > most:
        yield above


def expected(case: SettlementCase) -> Iterable[str]:
    """The invoices for which money is expected."""
    return [each.id for each in (case.settlement or NOTHING).open_invoices]


def allocatable(case: SettlementCase) -> Iterable[str]:
    """Payments with a rest that an open invoice in their currency could take."""
    record = case.settlement or NOTHING
    wanted = {each.gross.currency for each in record.open_invoices}
    return [each.id for each in record.unallocated if each.amount.currency in wanted]


def refundable(case: SettlementCase) -> Iterable[str]:
    """Payments with a rest."""
    return [each.id for each in (case.settlement or NOTHING).unallocated]
