"""Taking over the settlement of an order that ran elsewhere: its record, as if it had been written here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any, Final

import attrs

from orderlib.ledger.record import LineLedger
from orderlib.order.record import Order
from orderlib.order.totals import Totals, line_net
from orderlib.settlement.billing import billed_quantity, shares_of
from orderlib.settlement.brought import BroughtInvoice, BroughtPayment
from orderlib.settlement.fold import end_of
from orderlib.settlement.invoice import cash_discount, dues_of, patience_of
from orderlib.settlement.message import SettlementBrought
from orderlib.settlement.policy import basis_of_terms
from orderlib.settlement.record import (
    Allocation,
    Billed,
    BillingBasis,
    Invoice,
    InvoiceKind,
    InvoiceLine,
    Payment,
)
from orderlib.settlement.slice import SettlementPolicies
from orderlib.settlement.tax import document_totals, gross_totals
from orderlib.values.identifier import DocumentId
from orderlib.values.instant import Instant, later
from orderlib.values.lines import Lines
from orderlib.values.message import Stamp
from orderlib.values.money import Money

__all__ = ["brought", "covered_of", "paid_of", "totals_of_brought", "used_of"]

ZERO: Final = Decimal(0)


def used_of(invoices: Iterable[BroughtInvoice]) -> defaultdict[str, Money | None]:
    """By advance, what the invoices that are brought have set off of it."""
    found = defaultdict[str, Money | None](lambda: None)
    for each in invoices:
        for part in each.set_off:
            had = found[part.invoice_id]
            if had is None or had.currency == part.amount.currency:
                found[part.invoice_id] = part.amount if had is None else had + part.amount
    return found


def covered_of(invoices: Iterable[BroughtInvoice]) -> dict[str, Decimal]:
    """By line, what the invoices for goods that are brought bill of it."""
    found: dict[str, Decimal] = {}
    for each in invoices:
        if each.kind is InvoiceKind.GOODS:
            for line in each.lines:
                found[line.id] = found.get(line.id, ZERO) + line.left
    return found


def _lines(each: BroughtInvoice) -> tuple[InvoiceLine, ...]:
    """What is left of its lines: what was taken back elsewhere is no part of it any more."""
    return tuple(InvoiceLine(line.id, line.left, line.net_left, line.tax) for line in each.lines)


def totals_of_brought(order: Order, each: BroughtInvoice) -> Totals:
    """The totals of an invoice: of its lines, or else its amount, shared out to taxes as the order is."""
    if not len(each.lines) and not each.shares:
        return gross_totals(each.gross or Money.zero(order.currency), order.totals.subtotals, order.pricing.rule)
    totals = document_totals(_lines(each), each.shares, order.pricing, order.currency)
    if each.gross is None or each.gross == totals.tax_inclusive:
        return totals
    rounding = each.gross - totals.tax_inclusive
    return attrs.evolve(totals, rounding=rounding, payable=totals.payable + rounding)


def paid_of(each: BroughtInvoice) -> DocumentId:
    """The id under which what was paid of an invoice stands."""
    return DocumentId(f"paid of {each.id}"[:200].strip())


def brought(
    stamp: Stamp,
    order: Order,
    counted: Mapping[str, LineLedger],
    invoices: tuple[BroughtInvoice, ...],
    payments: tuple[BroughtPayment, ...],
    policies: SettlementPolicies,
) -> SettlementBrought:
    """The event that takes over invoices and money in which `faults` found nothing."""
    used = used_of(invoices)
    billed: tuple[Billed, ...] = ()
    shares: tuple[Money, ...] | None = None
    if any(each.kind is InvoiceKind.GOODS for each in invoices):
        billed, shares = _billed(order, counted, invoices), _shares(order, counted, invoices)
    whole = all(_of(counted, line.id) == line.quantity.value for line in order.lines)
    early = any(billed_quantity(line) > line.received for line in counted.values())
    return SettlementBrought(
        stamp,
        tuple(_invoice(stamp, order, each, used[each.id], policies) for each in invoices),
        (*_payments(stamp, invoices), *(_waiting(each) for each in payments)),
        billed,
        shares,
        order.rounding if shares is not None and whole else None,
        early or (shares is not None and basis_of_terms(order) is BillingBasis.ORDER),
    )


def _of(counted: Mapping[str, LineLedger], line_id: str) -> Decimal:
    known = counted.get(line_id)
    return ZERO if known is None else billed_quantity(known)


def _billed(
    order: Order, counted: Mapping[str, LineLedger], invoices: tuple[BroughtInvoice, ...]
) -> tuple[Billed, ...]:
    """What each line has been billed: by the invoices that are brought, and for the rest by the order's prices."""
    covered, nets = covered_of(invoices), dict[str, int]()
    for each in invoices:
        if each.kind is InvoiceKind.GOODS:
            for part in each.lines:
                nets[part.id] = nets.get(part.id, 0) + part.net_left.minor
    found: list[Billed] = []
    for line in order.lines:
        quantity = _of(counted, line.id)
        if not quantity and line.id not in nets:
            continue
        minor = nets.get(line.id, 0)
        if quantity != covered.get(line.id, ZERO):
            minor += line_net(order, line, quantity).minor - line_net(order, line, covered.get(line.id, ZERO)).minor
        found.append(Billed(line.id, order.revision, Money.of_minor(minor, order.currency)))
    return tuple(found)


def _shares(order: Order, counted: Mapping[str, LineLedger], invoices: tuple[BroughtInvoice, ...]) -> tuple[Money, ...]:
    """What the order's allowances and charges have been billed, found in the same way."""
    parts, covered = shares_of(order), covered_of(invoices)
    sums = [
        sum(
            parts.part(position, line, _of(counted, line.id)) - parts.part(position, line, covered.get(line.id, ZERO))
            for line in order.lines
        )
        for position in range(len(parts.by_line))
    ]
    for each in invoices:
        if each.kind is InvoiceKind.GOODS:
            for share in each.shares:
                sums[share.position] += share.amount.minor
    return tuple(Money.of_minor(minor, order.currency) for minor in sums)


def _invoice(
    stamp: Stamp, order: Order, each: BroughtInvoice, used: Money | None, policies: SettlementPolicies
) -> Invoice:
    nothing = Money.zero(order.currency)
    totals, retained = totals_of_brought(order, each), each.retained or nothing
    for part in each.set_off:
        totals = attrs.evolve(totals, prepaid=totals.prepaid + part.amount, payable=totals.payable - part.amount)
    due_now, patience = totals.payable - retained, patience_of(policies)
    goods = each.kind is InvoiceKind.GOODS
    until, offered = cash_discount(order, due_now, each.issued_on) if goods else (None, nothing)
    facts: dict[str, Any] = {"deductions": each.set_off, "lines": Lines(_lines(each)), "shares": each.shares}
    return Invoice(
        id=each.id,
        kind=each.kind,
        statement_id=each.id,
        revision=order.revision,
        issued_on=each.issued_on,
        totals=totals,
        dues=each.dues or dues_of(order, due_now, each.issued_on, at_once=each.kind is InvoiceKind.ADVANCE),
        retained=retained,
        retained_until=_until(each, policies) if retained else None,
        discount_until=until,
        discount_offered=offered,
        received=each.paid or nothing,
        discount=nothing,
        credited=nothing,
        written_off=each.written_off or nothing,
        used=(each.used or nothing) + (used or nothing),
        level=each.reminders,
        reminded=each.reminders,
        dun_at=later(stamp.recorded_at, timedelta(days=patience)) if each.reminders else None,
        patience=patience,
        **facts,
    )


def _until(each: BroughtInvoice, policies: SettlementPolicies) -> Instant:
    policy = getattr(policies.billing, "policy", policies.billing)
    return each.retained_until or end_of(each.issued_on, max(1, int(getattr(policy, "retention_days", 730))))


def _payments(stamp: Stamp, invoices: Iterable[BroughtInvoice]) -> Iterator[Payment]:
    """What was paid elsewhere stands as a payment of its own, so that it becomes free if the invoice is credited."""
    for each in invoices:
        if each.paid:
            nothing = Money.zero(each.paid.currency)
            yield Payment(
                id=paid_of(each),
                amount=each.paid,
                received_at=stamp.occurred_at,
                allocated=each.paid,
                refunded=nothing,
                allocations=(Allocation(each.id, each.paid, nothing),),
            )


def _waiting(each: BroughtPayment) -> Payment:
    nothing = Money.zero(each.amount.currency)
    return Payment(
        id=each.id,
        amount=each.amount,
        reference=each.reference,
        received_at=each.received_at,
        allocated=nothing,
        refunded=nothing,
    )
