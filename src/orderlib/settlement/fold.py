"""How the settlement follows its events; every amount of an invoice or a payment is moved here and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

import attrs

from orderlib.acceptance.message import AcceptanceCertified
from orderlib.order.payment import Due
from orderlib.settlement.message import (
    AmountWrittenOff,
    CreditNoteIssued,
    DunningStopped,
    InvoiceDunned,
    InvoiceIssued,
    InvoiceWithheld,
    PaymentAllocated,
    PaymentFreed,
    PaymentReceived,
    PaymentRefunded,
    PaymentUnallocated,
    RetentionDue,
    SettlementBrought,
    StatementConfirmed,
    StatementDisputed,
    StatementDrafted,
    StatementWithdrawn,
)
from orderlib.settlement.record import (
    Allocation,
    Billed,
    CreditNote,
    Invoice,
    InvoiceKind,
    InvoiceLine,
    Payment,
    Settlement,
    Share,
    Statement,
)
from orderlib.settlement.table import INVOICE, PAYMENT, STATEMENT
from orderlib.values.instant import Instant, day, wall_instant
from orderlib.values.lines import Lines
from orderlib.values.message import Event
from orderlib.values.money import Money

__all__ = ["FOLDS", "dun_from", "end_of"]


def end_of(on: date, days: int = 0) -> Instant:
    """The end of a day, or of one so many days later."""
    return wall_instant(on, 1440 * (1 + days), "UTC")


def dun_from(invoice: Invoice) -> Instant | None:
    """When the first reminder is due for what is open and falls due next."""
    due = invoice.due_on()
    return None if due is None else end_of(due, invoice.patience)


def _owed(invoice: Invoice) -> Invoice:
    """The invoice in the state, and with the reminder, that follow from what is open of it."""
    if invoice.open.minor == 0:
        state = INVOICE.moves[invoice.state].get("clear", invoice.state)
        return attrs.evolve(invoice, state=state, level=0, dun_at=None)
    state = INVOICE.moves[invoice.state].get("owe", invoice.state)
    dun_at = dun_from(invoice)
    if invoice.level:
        dun_at = max(dun_at, invoice.dun_at) if dun_at and invoice.dun_at else None
    return attrs.evolve(invoice, state=state, dun_at=dun_at)


def _counted(payment: Payment) -> Payment:
    """The payment in the state that follows from what is left of it."""
    move = "use" if payment.left.minor == 0 else "free"
    return attrs.evolve(payment, state=PAYMENT.moves[payment.state].get(move, payment.state))


def _drafted(record: Settlement | None, event: StatementDrafted) -> Settlement:
    known = record or Settlement()
    return attrs.evolve(known, statements=known.statements.add((event.statement,)))


def _moves(move: str) -> Callable[[Settlement, Any], Settlement]:
    def fold(record: Settlement, event: Any) -> Settlement:
        return _moved(record, event.statement_id, move, getattr(event, "findings", ()))

    return fold


def _moved(record: Settlement, statement_id: str, move: str, findings: tuple[Any, ...] = ()) -> Settlement:
    known: Statement = record.statements[statement_id]
    new = attrs.evolve(known, state=STATEMENT.moves[known.state][move], findings=(*known.findings, *findings))
    return attrs.evolve(record, statements=record.statements.replace((new,)))


def _issued(record: Settlement, event: InvoiceIssued) -> Settlement:
    invoice = event.invoice
    new = _moved(record, invoice.statement_id, "bill")
    invoices = new.invoices
    for deduction in invoice.deductions:
        advance = invoices[deduction.invoice_id]
        invoices = invoices.replace((attrs.evolve(advance, used=advance.used + deduction.amount),))
    new = attrs.evolve(new, invoices=invoices.add((_owed(invoice),)))
    if invoice.kind is not InvoiceKind.GOODS:
        return new
    nets = [(line.id, line.net) for line in invoice.lines]
    rounding = invoice.totals.rounding
    return attrs.evolve(
        new,
        billed=_billed(new.billed, event.brought, nets, invoice.revision),
        shares=_added(new.shares, event.brought_shares, invoice.shares, 1),
        rounded=rounding or new.rounded,
    )


def _brought(record: Settlement | None, event: SettlementBrought) -> Settlement:
    return attrs.evolve(
        record or Settlement(),
        invoices=[_owed(each) for each in event.invoices],
        payments=[_counted(each) for each in event.payments],
        billed=event.billed,
        shares=event.shares,
        rounded=event.rounded,
        ahead=event.ahead,
    )


def _billed(
    billed: Lines[Billed], brought: tuple[Billed, ...], nets: list[tuple[Any, Money]], revision: int
) -> Lines[Billed]:
    before = {each.id: each.net for each in brought}
    changed: list[Billed] = []
    fresh: list[Billed] = []
    for line_id, net in nets:
        known = billed.get(line_id)
        if known is not None:
            changed.append(Billed(known.id, revision, known.net + net))
        else:
            had = before.get(line_id)
            fresh.append(Billed(line_id, revision, net if had is None else had + net))
    return billed.replace(changed).add(fresh)


def _added(
    shares: tuple[Money, ...] | None, before: tuple[Money, ...], parts: tuple[Share, ...], sign: int
) -> tuple[Money, ...]:
    sums = list(shares if shares is not None else before)
    for part in parts:
        amount = part.amount if sign > 0 else -part.amount
        while len(sums) <= part.position:
            sums.append(Money.zero(amount.currency))
        sums[part.position] += amount
    return tuple(sums)


def _credited(record: Settlement, event: CreditNoteIssued) -> Settlement:
    note = event.credit_note
    invoice = record.invoices[note.invoice_id]
    invoices = record.invoices.replace((_owed(_less(invoice, note)),))
    for deduction in note.deductions:
        advance = invoices[deduction.invoice_id]
        invoices = invoices.replace((attrs.evolve(advance, used=advance.used - deduction.amount),))
    new = attrs.evolve(record, invoices=invoices, credit_notes=record.credit_notes.add((note,)))
    if invoice.kind is not InvoiceKind.GOODS:
        return new
    billed = [
        Billed(known.id, known.revision, known.net - line.net)
        for line in note.lines
        for known in (record.billed[line.id],)
    ]
    rounded = None if note.totals.rounding else record.rounded
    shares = _added(record.shares, (), note.shares, -1)
    return attrs.evolve(new, billed=record.billed.replace(billed), shares=shares, rounded=rounded)


def _less(invoice: Invoice, note: CreditNote) -> Invoice:
    lines: list[InvoiceLine] = []
    for line in note.lines:
        known = invoice.lines[line.id]
        taken = line.net if known.credited_net is None else known.credited_net + line.net
        lines.append(attrs.evolve(known, credited=known.credited + line.quantity, credited_net=taken))
    freed = {each.invoice_id: each.amount for each in note.deductions}
    deductions = tuple(
        attrs.evolve(each, amount=each.amount - freed[each.invoice_id]) if each.invoice_id in freed else each
        for each in invoice.deductions
    )
    return attrs.evolve(
        invoice,
        lines=invoice.lines.replace(lines),
        credited=invoice.credited + note.gross,
        retained=invoice.retained - note.retained,
        written_off=invoice.written_off - note.written_off,
        discount=invoice.discount - note.discount,
        deductions=deductions,
    )


def _received(record: Settlement | None, event: PaymentReceived) -> Settlement:
    known = record or Settlement()
    return attrs.evolve(known, payments=known.payments.add((event.payment,)))


def _allocated(record: Settlement, event: PaymentAllocated) -> Settlement:
    payment = record.payments[event.payment_id]
    invoices = record.invoices
    sums = payment.allocated
    for each in event.allocations:
        invoice = invoices[each.invoice_id]
        received, discount = invoice.received + each.amount, invoice.discount + each.discount
        invoices = invoices.replace((_owed(attrs.evolve(invoice, received=received, discount=discount)),))
        sums += each.amount
    allocations = (*payment.allocations, *event.allocations)
    new = _counted(attrs.evolve(payment, allocated=sums, allocations=allocations))
    return attrs.evolve(record, invoices=invoices, payments=record.payments.replace((new,)))


def _unallocated(record: Settlement, event: PaymentUnallocated) -> Settlement:
    payment = record.payments[event.payment_id]
    new = attrs.evolve(payment, findings=(*payment.findings, *event.findings))
    return attrs.evolve(record, payments=record.payments.replace((new,)))


def _freed(record: Settlement, event: PaymentFreed) -> Settlement:
    payment, invoice = record.payments[event.payment_id], record.invoices[event.invoice_id]
    less = event.amount
    kept: list[Allocation] = []
    for each in reversed(payment.allocations):
        if each.invoice_id == event.invoice_id and less:
            taken = min(each.amount, less)
            less -= taken
            each = attrs.evolve(each, amount=each.amount - taken)  # noqa: PLW2901 - the same allocation, smaller
        if each.amount or each.discount:
            kept.append(each)
    allocated = payment.allocated - event.amount
    new = _counted(attrs.evolve(payment, allocated=allocated, allocations=tuple(reversed(kept))))
    owed = _owed(attrs.evolve(invoice, received=invoice.received - event.amount))
    return attrs.evolve(record, invoices=record.invoices.replace((owed,)), payments=record.payments.replace((new,)))


def _refunded(record: Settlement, event: PaymentRefunded) -> Settlement:
    payment = record.payments[event.payment_id]
    new = _counted(attrs.evolve(payment, refunded=payment.refunded + event.amount))
    return attrs.evolve(record, payments=record.payments.replace((new,)))


def _on_invoice(change: Callable[[Invoice, Any], Invoice]) -> Callable[[Settlement, Any], Settlement]:
    def fold(record: Settlement, event: Any) -> Settlement:
        new = change(record.invoices[event.invoice_id], event)
        return attrs.evolve(record, invoices=record.invoices.replace((new,)))

    return fold


def _written_off(invoice: Invoice, event: AmountWrittenOff) -> Invoice:
    return _owed(attrs.evolve(invoice, written_off=invoice.written_off + event.amount))


def _dunned(invoice: Invoice, event: InvoiceDunned) -> Invoice:
    return attrs.evolve(invoice, level=event.level, reminded=invoice.reminded + 1, dun_at=event.next_at)


def _stopped(invoice: Invoice, _event: DunningStopped) -> Invoice:
    return attrs.evolve(invoice, dun_at=None)


def _retention_due(invoice: Invoice, event: RetentionDue) -> Invoice:
    on = day(event.occurred_at.date())
    dues = (*invoice.dues, Due(on, event.amount))
    return _owed(attrs.evolve(invoice, retained=invoice.retained - event.amount, dues=dues))


def _certified(record: Settlement, event: AcceptanceCertified) -> Settlement:
    """What is retained waits for the end of the warranty."""
    until = end_of(event.until)
    retaining = [attrs.evolve(each, retained_until=until) for each in record.invoices if each.retained.minor > 0]
    return attrs.evolve(record, invoices=record.invoices.replace(retaining)) if retaining else record


FOLDS: Final[Mapping[type[Event], Callable[[Any, Any], Settlement]]] = {
    SettlementBrought: _brought,
    StatementDrafted: _drafted,
    StatementConfirmed: _moves("confirm"),
    StatementDisputed: _moves("dispute"),
    StatementWithdrawn: _moves("withdraw"),
    InvoiceWithheld: _moves("withdraw"),
    InvoiceIssued: _issued,
    CreditNoteIssued: _credited,
    PaymentReceived: _received,
    PaymentAllocated: _allocated,
    PaymentUnallocated: _unallocated,
    PaymentFreed: _freed,
    PaymentRefunded: _refunded,
    AmountWrittenOff: _on_invoice(_written_off),
    InvoiceDunned: _on_invoice(_dunned),
    DunningStopped: _on_invoice(_stopped),
    RetentionDue: _on_invoice(_retention_due),
    AcceptanceCertified: _certified,
}
