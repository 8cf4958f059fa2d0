"""Invoices: written by another person than the statement's, checked before they go out, frozen once they have."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

import attrs

from orderlib.errors import Finding, FindingCode, RefusedError, Severity
from orderlib.ledger.record import LineQuantity
from orderlib.order.payment import Due, due_dates
from orderlib.order.record import Order
from orderlib.order.totals import Totals, line_net
from orderlib.settlement.billing import NOTHING, billed_quantity, completes, due, order_of, shares_of
from orderlib.settlement.exposure import exposed
from orderlib.settlement.fold import end_of
from orderlib.settlement.message import (
    InvoiceIssued,
    InvoiceWithheld,
    IssueInvoice,
    PaymentAllocated,
    PaymentReceived,
)
from orderlib.settlement.policy import Match
from orderlib.settlement.record import (
    Allocation,
    Billed,
    BillingBasis,
    Deduction,
    Invoice,
    InvoiceKind,
    Payment,
    Settlement,
    Statement,
)
from orderlib.settlement.slice import SettlementCase, SettlementPolicies
from orderlib.settlement.statement import statement_for
from orderlib.settlement.tax import document_totals
from orderlib.values.decision import Decided
from orderlib.values.dispatch import View
from orderlib.values.identifier import DocumentId
from orderlib.values.instant import Instant, day, later
from orderlib.values.message import Event, Stamp
from orderlib.values.money import Money

__all__ = ["SAME_PERSON", "cash_discount", "dues_of", "issue", "patience_of"]

INVOICE_TWICE: Final = FindingCode(
    "invoice.used-id", Severity.ERROR, "invoice {invoice} exists already", "发票 {invoice} 已存在"
)
SAME_PERSON: Final = FindingCode(
    "settlement.same-person",
    Severity.ERROR,
    "{actor} drew up {document}; somebody else has to do this",
    "{document} 由 {actor} 编制，须由他人办理",
)


def issue(view: View[SettlementCase], command: IssueInvoice, policies: SettlementPolicies) -> Iterator[Event]:
    """The invoice, or the differences that keep it back."""
    case, stamp = view.case, command.stamp()
    order = order_of(case)
    statement = statement_for(case, command.statement_id, "bill")
    record = case.settlement or NOTHING
    invoice_id = command.invoice_id or DocumentId(stamp.cause)
    wrong: list[Finding] = []
    if invoice_id in record.invoices:
        wrong.append(INVOICE_TWICE("/invoice_id", invoice=invoice_id))
    if statement.by == command.by.id and not command.by.automatic:
        wrong.append(SAME_PERSON("/by", actor=command.by.id, document=statement.id))
    if wrong:
        raise RefusedError(*wrong)
    invoice = _written(case, order, statement, invoice_id, stamp, policies)
    decision = policies.matching(invoice, statement, order, case.ledger, _allowed(case, order, statement))
    yield Decided(stamp, "matching", decision)
    if decision.ruling is Match.DIFFERENCES:
        yield InvoiceWithheld(stamp, statement.id, decision.reasons)
        return
    events = tuple(_issued(case, order, invoice, stamp))
    yield from events
    yield from exposed(view, stamp, events)


def _allowed(case: SettlementCase, order: Order, statement: Statement) -> dict[str, Decimal]:
    ledger, over = case.ledger, order.delivery.over_tolerance
    counted = (ledger.lines.get(line.id) for line in statement.lines)
    return {line.id: due(case, line, statement.basis, over) for line in counted if line is not None}


def _written(
    case: SettlementCase,
    order: Order,
    statement: Statement,
    invoice_id: DocumentId,
    stamp: Stamp,
    policies: SettlementPolicies,
) -> Invoice:
    rule, terms, nothing = order.pricing.rule, order.payment, Money.zero(order.currency)
    issued_on, goods = day(stamp.occurred_at.date()), statement.kind is InvoiceKind.GOODS
    totals = _of_its_day(order, statement) if goods else statement.totals
    gross = totals.tax_inclusive + totals.rounding
    retained = gross.times(terms.retention / 100, rule) if goods and gross.minor > 0 else nothing
    deductions = _deductions(case, order, statement, case.settlement or NOTHING, gross, retained) if goods else ()
    for each in deductions:
        totals = attrs.evolve(totals, prepaid=totals.prepaid + each.amount, payable=totals.payable - each.amount)
    due_now = totals.payable - retained
    discount_until, offered = cash_discount(order, due_now, issued_on) if goods else (None, nothing)
    return Invoice(
        id=invoice_id,
        kind=statement.kind,
        statement_id=statement.id,
        revision=order.revision,
        issued_on=issued_on,
        lines=statement.lines,
        shares=statement.shares,
        totals=totals,
        dues=dues_of(order, due_now, issued_on, at_once=statement.kind is InvoiceKind.ADVANCE),
        deductions=deductions,
        retained=retained,
        retained_until=_retained_until(case, stamp, policies) if retained else None,
        discount_until=discount_until,
        discount_offered=offered,
        received=nothing,
        discount=nothing,
        credited=nothing,
        written_off=nothing,
        used=nothing,
        patience=patience_of(policies),
    )


def _of_its_day(order: Order, statement: Statement) -> Totals:
    """What was stated, calculated again: an invoice bears the tax of its own day."""
    rounding = statement.totals.rounding.minor
    return document_totals(statement.lines, statement.shares, order.pricing, order.currency, rounding=rounding)


def patience_of(policies: SettlementPolicies) -> int:
    """How many days a reminder waits after what it reminds of."""
    policy = getattr(policies.dunning, "policy", policies.dunning)
    return max(1, int(getattr(policy, "wait_days", 14)))


def cash_discount(order: Order, amount: Money, issued_on: date) -> tuple[date | None, Money]:
    """Until when the terms of the order let how much of an amount off; None and nothing where they do not."""
    terms = order.payment
    if not terms.discount or amount.minor <= 0:
        return None, Money.zero(amount.currency)
    return issued_on + timedelta(days=terms.discount_days), amount.times(terms.discount / 100, order.pricing.rule)


def _retained_until(case: SettlementCase, stamp: Stamp, policies: SettlementPolicies) -> Instant:
    if case.acceptance is not None and case.acceptance.warranty_until is not None:
        return end_of(case.acceptance.warranty_until)
    policy = getattr(policies.billing, "policy", policies.billing)
    return later(stamp.recorded_at, timedelta(days=max(1, int(getattr(policy, "retention_days", 730)))))


def dues_of(order: Order, amount: Money, issued_on: date, *, at_once: bool) -> tuple[Due, ...]:
    """What of an amount is due when, by the terms of the order; an advance at once."""
    if amount.minor <= 0:
        return ()
    if at_once:
        return (Due(issued_on, amount),)
    return due_dates(order.payment, amount, issued_on, rule=order.pricing.rule)


def _deductions(
    case: SettlementCase, order: Order, statement: Statement, record: Settlement, gross: Money, retained: Money
) -> tuple[Deduction, ...]:
    """What of the advances goes into this invoice: their percentage, and with the last invoice all that is left."""
    advances = [each for each in record.invoices if each.advance_left.minor > 0]
    if not advances or gross.minor <= 0:
        return ()
    most = gross - retained
    if not _last(case, order, statement):
        most = min(most, gross.times(order.payment.advance / 100, order.pricing.rule))
    found: list[Deduction] = []
    for each in advances:
        amount = min(most, each.advance_left)
        if amount.minor > 0:
            found.append(Deduction(each.id, amount))
            most -= amount
    return tuple(found)


def _last(case: SettlementCase, order: Order, statement: Statement) -> bool:
    """Whether nothing is left to bill after this statement."""
    if not completes(case):
        return False
    stated = statement.lines
    for counted in case.ledger.lines:
        line = stated.get(counted.id)
        after = billed_quantity(counted) + (line.quantity if line is not None else 0)
        if after < due(case, counted, BillingBasis.DELIVERY, order.delivery.over_tolerance):
            return False
    return True


def _issued(case: SettlementCase, order: Order, invoice: Invoice, stamp: Stamp) -> Iterator[Event]:
    record = case.settlement or NOTHING
    quantities = tuple(LineQuantity(line.id, line.quantity) for line in invoice.lines if line.quantity)
    yield InvoiceIssued(stamp, quantities, invoice, *_brought(case, order, record, invoice))
    below = invoice.open
    if below.minor < 0:
        yield from _balance(stamp, invoice, below)
    elif (
        invoice.kind is InvoiceKind.GOODS
        and order.prepaid
        and not any(each.kind is InvoiceKind.GOODS for each in record.invoices)
    ):
        yield from _prepaid(stamp, order.prepaid, invoice)


def _brought(
    case: SettlementCase, order: Order, record: Settlement, invoice: Invoice
) -> tuple[tuple[Billed, ...], tuple[Money, ...]]:
    """What had been billed before the order came here, of the lines of its first invoices and of the allowances."""
    if invoice.kind is not InvoiceKind.GOODS:
        return (), ()
    brought: list[Billed] = []
    for line in invoice.lines:
        before = billed_quantity(case.ledger.lines[line.id])
        if line.id not in record.billed and before and line.id in order.lines:
            brought.append(Billed(line.id, order.revision, line_net(order, order.lines[line.id], before)))
    if record.shares is not None or not order.allowance_charges:
        return tuple(brought), ()
    shares = shares_of(order)
    sums = [
        sum(
            shares.part(position, order.lines[counted.id], billed_quantity(counted))
            for counted in case.ledger.lines
            if counted.id in order.lines
        )
        for position in range(len(shares.by_line))
    ]
    return tuple(brought), tuple(Money.of_minor(minor, order.currency) for minor in sums)


def _balance(stamp: Stamp, invoice: Invoice, below: Money) -> Iterator[Event]:
    """An invoice below zero owes the customer: a payment of nothing that is allocated below zero holds it."""
    nothing = Money.zero(below.currency)
    payment_id = DocumentId(f"balance of {invoice.id}"[:200].strip())
    payment = Payment(id=payment_id, amount=nothing, received_at=stamp.occurred_at, allocated=nothing, refunded=nothing)
    yield PaymentReceived(stamp, payment)
    yield PaymentAllocated(stamp, payment_id, (Allocation(invoice.id, below, nothing),))


def _prepaid(stamp: Stamp, prepaid: Money, invoice: Invoice) -> Iterator[Event]:
    """What the order says has been paid already counts as a payment with the first invoice."""
    nothing = Money.zero(prepaid.currency)
    payment = Payment(
        id=DocumentId("prepaid"),
        amount=prepaid,
        reference="prepaid",
        received_at=stamp.occurred_at,
        allocated=nothing,
        refunded=nothing,
    )
    yield PaymentReceived(stamp, payment)
    paid = min(prepaid, invoice.open)
    if paid.minor > 0:
        yield PaymentAllocated(stamp, payment.id, (Allocation(invoice.id, paid, nothing),))
