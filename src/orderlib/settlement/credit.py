"""Credit notes: what the customer does not keep is taken back, from the newest invoice of the line first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Final

import attrs

from orderlib.errors import Finding, FindingCode, RefusedError, Severity
from orderlib.ledger.record import LineQuantity
from orderlib.order.record import Order
from orderlib.order.totals import TaxSubtotal, Totals, line_net
from orderlib.settlement.billing import NOTHING, billed_quantity, completes, excess, kept, order_of, shares_of, undone
from orderlib.settlement.exposure import exposed
from orderlib.settlement.message import CreditNoteIssued, IssueCreditNote, PaymentFreed
from orderlib.settlement.record import CreditLine, CreditNote, Deduction, Invoice, InvoiceKind, Settlement, Share
from orderlib.settlement.slice import SettlementCase, SettlementPolicies
from orderlib.settlement.tax import document_totals, gross_totals, group_of, totals_from
from orderlib.values.dispatch import View
from orderlib.values.identifier import DocumentId
from orderlib.values.instant import day
from orderlib.values.message import Event, Stamp
from orderlib.values.money import Money

__all__ = ["INVOICE_UNKNOWN", "creditable", "issue_credit_note", "to_credit"]

INVOICE_UNKNOWN: Final = FindingCode(
    "invoice.unknown", Severity.ERROR, "there is no invoice {invoice}", "不存在发票 {invoice}"
)
CREDIT_TWICE: Final = FindingCode(
    "credit-note.used-id", Severity.ERROR, "credit note {note} exists already", "贷项凭证 {note} 已存在"
)
NOTHING_TO_CREDIT: Final = FindingCode(
    "credit-note.nothing",
    Severity.ERROR,
    "nothing of invoice {invoice} is to be taken back",
    "发票 {invoice} 没有可冲回的内容",
)

ZERO: Final = Decimal(0)


def to_credit(case: SettlementCase) -> Mapping[str, Mapping[str, Decimal]]:
    """By invoice and line, the quantities that are billed and that the customer does not keep, newest invoice first."""
    order, record = case.order, case.settlement
    if order is None or record is None or not len(record.invoices):
        return {}
    above = excess(case, order)
    found: dict[str, Mapping[str, Decimal]] = {}
    for invoice in reversed(tuple(record.invoices)):
        if not above:
            break
        parts: dict[str, Decimal] = {}
        for line_id, wanted in list(above.items()):
            line_of = invoice.lines.get(line_id)
            part = min(wanted, line_of.left) if line_of is not None else ZERO
            if part > 0:
                parts[line_id] = part
                above[line_id] = wanted - part
                if not above[line_id]:
                    del above[line_id]
        if parts:
            found[invoice.id] = parts
    return found


def creditable(case: SettlementCase) -> Iterable[str]:
    """The invoices of which something is to be taken back."""
    record = case.settlement or NOTHING
    goods = to_credit(case)
    done = completes(case)
    pending = any(each.kind is InvoiceKind.GOODS for each in record.live)
    return [
        each.id
        for each in record.invoices
        if each.id in goods or (done and not pending and each.advance_left.minor > 0 and _used_up(case))
    ]


def _used_up(case: SettlementCase) -> bool:
    """Whether nothing is left to bill that the rest of an advance could be set off against."""
    order = order_of(case)
    if case.state in ("cancelled", "terminated") or any(each.whole for each in undone(case)):
        return True
    over = order.delivery.over_tolerance
    return all(billed_quantity(line) >= kept(case, line, over) for line in case.ledger.lines if line.id in order.lines)


def issue_credit_note(
    view: View[SettlementCase], command: IssueCreditNote, _policies: SettlementPolicies
) -> Iterator[Event]:
    """The credit note; what had been paid of the amount becomes free."""
    case, stamp = view.case, command.stamp()
    record = case.settlement or NOTHING
    note_id = command.credit_note_id or DocumentId(stamp.cause)
    wrong: list[Finding] = []
    if note_id in record.credit_notes:
        wrong.append(CREDIT_TWICE("/credit_note_id", note=note_id))
    invoice = record.invoices.get(command.invoice_id)
    if invoice is None:
        wrong.append(INVOICE_UNKNOWN("/invoice_id", invoice=command.invoice_id))
    elif invoice.id not in creditable(case):
        wrong.append(NOTHING_TO_CREDIT("/invoice_id", invoice=invoice.id))
    if wrong or invoice is None or case.order is None:
        raise RefusedError(*wrong)
    lines: tuple[CreditLine, ...] = ()
    shares: tuple[Share, ...] = ()
    if invoice.kind is InvoiceKind.ADVANCE:
        totals = gross_totals(invoice.advance_left, invoice.totals.subtotals, case.order.pricing.rule)
    else:
        lines, shares = _taken_back(case, case.order, record, invoice, to_credit(case)[invoice.id])
        totals = _totals(case.order, record, invoice, lines, shares)
    events = tuple(_events(record, invoice, note_id, lines, shares, totals, stamp))
    yield from events
    yield from exposed(view, stamp, events)


def _taken_back(
    case: SettlementCase, order: Order, record: Settlement, invoice: Invoice, quantities: Mapping[str, Decimal]
) -> tuple[tuple[CreditLine, ...], tuple[Share, ...]]:
    """Lines and parts of the order's allowances that go with the quantities; all of the rest with the last of them."""
    lines: list[CreditLine] = []
    for line_id, quantity in quantities.items():
        known = invoice.lines[line_id]
        rest = known.net_left.minor
        net = rest
        line = order.lines.get(line_id)
        if quantity < known.left and line is not None:
            before = billed_quantity(case.ledger.lines[line_id])
            worth = line_net(order, line, before).minor - line_net(order, line, before - quantity).minor
            net = _within(worth, rest)
        lines.append(CreditLine(known.id, quantity, Money.of_minor(net, order.currency), known.tax))
    credited = [note for note in record.credit_notes if note.invoice_id == invoice.id]
    rests = {share.position: share.amount.minor for share in invoice.shares}
    for note in credited:
        for share in note.shares:
            rests[share.position] -= share.amount.minor
    whole = all(line.left == quantities.get(line.id, ZERO) for line in invoice.lines)
    shares = shares_of(order)
    found: list[Share] = []
    for share in invoice.shares:
        minor = rests[share.position]
        if not whole and share.position < len(shares.by_line):
            minor = _within(_part(case, order, share.position, quantities), minor)
        if minor:
            found.append(attrs.evolve(share, amount=Money.of_minor(minor, order.currency)))
    return tuple(lines), tuple(found)


def _part(case: SettlementCase, order: Order, position: int, quantities: Mapping[str, Decimal]) -> int:
    shares = shares_of(order)
    total = 0
    for line_id, quantity in quantities.items():
        line = order.lines.get(line_id)
        if line is not None:
            before = billed_quantity(case.ledger.lines[line_id])
            total += shares.part(position, line, before) - shares.part(position, line, before - quantity)
    return total


def _within(minor: int, rest: int) -> int:
    """Between nothing and the rest, whichever sign the rest has."""
    return min(max(minor, 0), rest) if rest >= 0 else max(min(minor, 0), rest)


def _totals(
    order: Order, record: Settlement, invoice: Invoice, lines: tuple[CreditLine, ...], shares: tuple[Share, ...]
) -> Totals:
    """The totals of the note; the last note of an invoice takes the tax and the rounding that are left of it."""
    taken = {line.id: line.quantity for line in lines}
    whole = all(line.left == taken.get(line.id, ZERO) for line in invoice.lines)
    totals = document_totals(lines, shares, order.pricing, order.currency)
    before = [note.totals for note in record.credit_notes if note.invoice_id == invoice.id]
    subtotals: list[TaxSubtotal] = []
    for each in invoice.totals.subtotals:
        rest = each.tax.minor - sum(_tax(given, each) for given in before)
        found = next((mine for mine in totals.subtotals if group_of(mine.category) == group_of(each.category)), None)
        if found is None and not (whole and rest):
            continue
        taxable = found.taxable if found is not None else Money.zero(order.currency)
        tax = rest if whole else _within(found.tax.minor if found is not None else 0, rest)
        subtotals.append(TaxSubtotal(each.category, taxable, Money.of_minor(tax, order.currency)))
    return totals_from(
        totals.line_extension.minor,
        totals.allowance_total.minor,
        totals.charge_total.minor,
        tuple(subtotals),
        order.currency,
        rounding=invoice.totals.rounding.minor if whole else 0,
    )


def _tax(totals: Totals, like: TaxSubtotal) -> int:
    return sum(each.tax.minor for each in totals.subtotals if group_of(each.category) == group_of(like.category))


def _events(
    record: Settlement,
    invoice: Invoice,
    note_id: DocumentId,
    lines: tuple[CreditLine, ...],
    shares: tuple[Share, ...],
    totals: Totals,
    stamp: Stamp,
) -> Iterator[Event]:
    over = totals.tax_inclusive + totals.rounding - invoice.open
    freed: list[Money] = []
    for amount in (invoice.retained, invoice.written_off, invoice.discount):
        freed.append(max(Money.zero(over.currency), min(over, amount)))
        over -= freed[-1]
    for payment in reversed(tuple(record.payments)):
        paid = sum(each.amount.minor for each in payment.allocations if each.invoice_id == invoice.id)
        part = min(over, Money.of_minor(paid, over.currency))
        if part.minor > 0:
            yield PaymentFreed(stamp, payment.id, invoice.id, part)
            over -= part
    deductions: list[Deduction] = []
    for each in reversed(invoice.deductions):
        part = min(over, each.amount)
        if part.minor > 0:
            deductions.append(Deduction(each.invoice_id, part))
            over -= part
    note = CreditNote(
        id=note_id,
        invoice_id=invoice.id,
        issued_on=day(stamp.occurred_at.date()),
        lines=lines,
        shares=shares,
        totals=totals,
        reason=stamp.reason,
        retained=freed[0],
        written_off=freed[1],
        discount=freed[2],
        deductions=tuple(deductions),
    )
    yield CreditNoteIssued(stamp, tuple(LineQuantity(line.id, line.quantity) for line in lines), note)
