"""Commands, reports and events of settlement."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

import attrs

from orderlib.errors import Finding
from orderlib.ledger.message import QuantitiesPosted
from orderlib.ledger.record import Account
from orderlib.settlement.record import (
    Allocation,
    Billed,
    BillingBasis,
    CreditNote,
    Invoice,
    InvoiceKind,
    Payment,
    Statement,
    basis_of,
    kind_of,
)
from orderlib.values.identifier import DocumentId, text
from orderlib.values.instant import Instant
from orderlib.values.message import CaseCommand, Event, Fact
from orderlib.values.money import Money
from orderlib.values.typed import tuple_of

__all__ = [
    "AllocatePayment",
    "AmountWrittenOff",
    "ConfirmStatement",
    "CreditNoteIssued",
    "DisputeStatement",
    "DraftStatement",
    "DunningStopped",
    "InvoiceDunned",
    "InvoiceIssued",
    "InvoiceWithheld",
    "IssueCreditNote",
    "IssueInvoice",
    "PaymentAllocated",
    "PaymentFreed",
    "PaymentReceived",
    "PaymentRefunded",
    "PaymentUnallocated",
    "RefundPayment",
    "ReportPayment",
    "RetentionDue",
    "SettlementBrought",
    "StatementConfirmed",
    "StatementDisputed",
    "StatementDrafted",
    "StatementWithdrawn",
    "WithdrawStatement",
    "WriteOffAmount",
]


def _findings(given: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple_of(Finding, given, "/findings")


def _allocations(given: Iterable[Allocation]) -> tuple[Allocation, ...]:
    return tuple_of(Allocation, given, "/allocations")


def _billed(given: Iterable[Billed]) -> tuple[Billed, ...]:
    return tuple_of(Billed, given, "/brought")


def _amounts(given: Iterable[Money]) -> tuple[Money, ...]:
    return tuple_of(Money, given, "/brought_shares")


def _invoices(given: Iterable[Invoice]) -> tuple[Invoice, ...]:
    return tuple_of(Invoice, given, "/invoices")


def _payments(given: Iterable[Payment]) -> tuple[Payment, ...]:
    return tuple_of(Payment, given, "/payments")


def _billed_before(given: Iterable[Billed]) -> tuple[Billed, ...]:
    return tuple_of(Billed, given, "/billed")


def _shares(given: Iterable[Money]) -> tuple[Money, ...]:
    return tuple_of(Money, given, "/shares")


def _basis(value: str | None) -> BillingBasis | None:
    return None if value is None else basis_of(value)


@attrs.frozen
class DraftStatement(CaseCommand):
    """Draw up what can be billed now: goods (`380`), charges for changes (`383`), or the agreed advance (`386`).

    `basis` overrules the billing policy, with the command's reason. `statement_id` is counted where it is left out.
    """

    what: InvoiceKind = attrs.field(default=InvoiceKind.GOODS, converter=kind_of)
    statement_id: DocumentId | None = attrs.field(
        default=None, converter=attrs.converters.optional(DocumentId), kw_only=True
    )
    basis: BillingBasis | None = attrs.field(default=None, converter=_basis, kw_only=True)


@attrs.frozen
class ConfirmStatement(CaseCommand):
    """The customer agrees to a statement, or the company says so for the customer."""

    statement_id: DocumentId = attrs.field(converter=DocumentId)


@attrs.frozen
class DisputeStatement(CaseCommand):
    """The customer does not agree; the findings, or else the reason, say with what."""

    statement_id: DocumentId = attrs.field(converter=DocumentId)
    findings: tuple[Finding, ...] = attrs.field(default=(), converter=_findings)


@attrs.frozen
class WithdrawStatement(CaseCommand):
    """A statement is taken back, so that a better one can be drawn up."""

    statement_id: DocumentId = attrs.field(converter=DocumentId)


@attrs.frozen
class IssueInvoice(CaseCommand):
    """Write the invoice for a confirmed statement; somebody else than who drew it up. Ids are counted if left out."""

    statement_id: DocumentId = attrs.field(converter=DocumentId)
    invoice_id: DocumentId | None = attrs.field(
        default=None, converter=attrs.converters.optional(DocumentId), kw_only=True
    )


@attrs.frozen
class IssueCreditNote(CaseCommand):
    """Take back of an invoice what the customer does not keep, or what of an advance nothing was left to set off."""

    invoice_id: DocumentId = attrs.field(converter=DocumentId)
    credit_note_id: DocumentId | None = attrs.field(
        default=None, converter=attrs.converters.optional(DocumentId), kw_only=True
    )


@attrs.frozen
class ReportPayment(Fact):
    """Money came in; `reference` is what the payer wrote: an invoice's id, or nothing for whatever is open."""

    payment_id: DocumentId = attrs.field(converter=DocumentId)
    amount: Money
    reference: str = attrs.field(default="", converter=text)


@attrs.frozen
class AllocatePayment(CaseCommand):
    """What is left of a payment goes to an invoice, or, where none is named, to whatever is open."""

    payment_id: DocumentId = attrs.field(converter=DocumentId)
    invoice_id: DocumentId | None = attrs.field(default=None, converter=attrs.converters.optional(DocumentId))


@attrs.frozen
class RefundPayment(CaseCommand):
    """Pay back what is left of a payment, or a part of it; needs a reason."""

    payment_id: DocumentId = attrs.field(converter=DocumentId)
    amount: Money | None = None


@attrs.frozen
class WriteOffAmount(CaseCommand):
    """Give up what is open of an invoice, or a part of it; needs a reason."""

    invoice_id: DocumentId = attrs.field(converter=DocumentId)
    amount: Money | None = None


@attrs.frozen
class StatementDrafted(Event):
    """What is to be invoiced has been drawn up."""

    statement: Statement


@attrs.frozen
class StatementConfirmed(Event):
    """The customer agrees, by word or by silence."""

    statement_id: DocumentId


@attrs.frozen
class StatementDisputed(Event):
    """The customer does not agree."""

    statement_id: DocumentId
    findings: tuple[Finding, ...] = attrs.field(converter=_findings)


@attrs.frozen
class StatementWithdrawn(Event):
    """The statement will not be billed."""

    statement_id: DocumentId


@attrs.frozen
class InvoiceWithheld(Event):
    """The check before issue found differences: there is no invoice, and the statement is taken back."""

    statement_id: DocumentId
    findings: tuple[Finding, ...] = attrs.field(converter=_findings)


@attrs.frozen
class InvoiceIssued(QuantitiesPosted):
    """An invoice went out; the quantities are those that it bills.

    `brought` and `brought_shares` say what its lines, and the order's allowances and charges, had been billed before
    the order came here.
    """

    account: ClassVar[Account] = Account.INVOICED

    invoice: Invoice
    brought: tuple[Billed, ...] = attrs.field(default=(), converter=_billed)
    brought_shares: tuple[Money, ...] = attrs.field(default=(), converter=_amounts)


@attrs.frozen
class CreditNoteIssued(QuantitiesPosted):
    """A credit note went out; the quantities are those that it takes back."""

    account: ClassVar[Account] = Account.CREDITED

    credit_note: CreditNote


@attrs.frozen
class PaymentReceived(Event):
    """Money came in, or a balance in the customer's favour arose."""

    payment: Payment


@attrs.frozen
class PaymentAllocated(Event):
    """A payment pays invoices."""

    payment_id: DocumentId
    allocations: tuple[Allocation, ...] = attrs.field(converter=_allocations)


@attrs.frozen
class PaymentUnallocated(Event):
    """So much of a payment found nothing to pay, and why."""

    payment_id: DocumentId
    amount: Money
    findings: tuple[Finding, ...] = attrs.field(converter=_findings)


@attrs.frozen
class PaymentFreed(Event):
    """An invoice needs so much of a payment no longer, since it was credited."""

    payment_id: DocumentId
    invoice_id: DocumentId
    amount: Money


@attrs.frozen
class PaymentRefunded(Event):
    """So much of a payment was paid back."""

    payment_id: DocumentId
    amount: Money


@attrs.frozen
class AmountWrittenOff(Event):
    """So much of an invoice was given up."""

    invoice_id: DocumentId
    amount: Money


@attrs.frozen
class InvoiceDunned(Event):
    """A reminder went out; the next is due at `next_at`."""

    invoice_id: DocumentId
    level: int
    next_at: Instant


@attrs.frozen
class DunningStopped(Event):
    """No further reminder goes out for an invoice; finance has to decide what becomes of it."""

    invoice_id: DocumentId


@attrs.frozen
class RetentionDue(Event):
    """What an invoice retained is owed from now on."""

    invoice_id: DocumentId
    amount: Money


@attrs.frozen
class SettlementBrought(Event):
    """What an adopted order brings along of its settlement; nothing of it is posted, for the ledger has its own.

    `billed`, `shares` and `rounded` say what its lines, the order's allowances and charges and its rounding have been
    billed in all, `ahead` that goods were billed before they were delivered.
    """

    invoices: tuple[Invoice, ...] = attrs.field(default=(), converter=_invoices)
    payments: tuple[Payment, ...] = attrs.field(default=(), converter=_payments)
    billed: tuple[Billed, ...] = attrs.field(default=(), converter=_billed_before)
    shares: tuple[Money, ...] | None = attrs.field(default=None, converter=attrs.converters.optional(_shares))
    rounded: Money | None = None
    ahead: bool = False
