"""Settlement: what may be billed is stated and agreed, invoiced by another person, and paid, credited or written off.

Terms of payment choose the basis: all in advance bills the order, a retention waits for acceptance, else deliveries
are billed as they come. An advance is invoiced before the work and taken off later invoices. Before an invoice goes
out it is matched with statement, order and ledger. Every document is calculated by itself (EN 16931-1), and net
amounts are differences of growing parts, so that all invoices less all credit notes are the order to the cent.
A payment is booked whatever it is; what it does not pay stands unallocated, with the reason, until it is allocated
or refunded.

    >>> from orderlib.settlement import ByTerms, OldestFirst
    >>> from orderlib.values.money import Money
    >>> decision = OldestFirst()(Money("50", "EUR"), "", (), {})
    >>> print(decision.outcome, "because", decision.reasons[0].message())
    unallocated because nothing is open that it could pay
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderlib._door import lazy

# door: chosen names
if TYPE_CHECKING:
    from orderlib.settlement.balance import pending as pending
    from orderlib.settlement.billing import value_of as value_of
    from orderlib.settlement.brought import BroughtInvoice as BroughtInvoice
    from orderlib.settlement.brought import BroughtPayment as BroughtPayment
    from orderlib.settlement.clearing import Clearing as Clearing
    from orderlib.settlement.clearing import ClearingDecision as ClearingDecision
    from orderlib.settlement.clearing import ClearingPolicy as ClearingPolicy
    from orderlib.settlement.clearing import OldestFirst as OldestFirst
    from orderlib.settlement.lifecycle import InvoiceLifecycle as InvoiceLifecycle
    from orderlib.settlement.lifecycle import PaymentLifecycle as PaymentLifecycle
    from orderlib.settlement.lifecycle import StatementLifecycle as StatementLifecycle
    from orderlib.settlement.message import AllocatePayment as AllocatePayment
    from orderlib.settlement.message import AmountWrittenOff as AmountWrittenOff
    from orderlib.settlement.message import ConfirmStatement as ConfirmStatement
    from orderlib.settlement.message import CreditNoteIssued as CreditNoteIssued
    from orderlib.settlement.message import DisputeStatement as DisputeStatement
    from orderlib.settlement.message import DraftStatement as DraftStatement
    from orderlib.settlement.message import DunningStopped as DunningStopped
    from orderlib.settlement.message import InvoiceDunned as InvoiceDunned
    from orderlib.settlement.message import InvoiceIssued as InvoiceIssued
    from orderlib.settlement.message import InvoiceWithheld as InvoiceWithheld
    from orderlib.settlement.message import IssueCreditNote as IssueCreditNote
    from orderlib.settlement.message import IssueInvoice as IssueInvoice
    from orderlib.settlement.message import PaymentAllocated as PaymentAllocated
    from orderlib.settlement.message import PaymentFreed as PaymentFreed
    from orderlib.settlement.message import PaymentReceived as PaymentReceived
    from orderlib.settlement.message import PaymentRefunded as PaymentRefunded
    from orderlib.settlement.message import PaymentUnallocated as PaymentUnallocated
    from orderlib.settlement.message import RefundPayment as RefundPayment
    from orderlib.settlement.message import ReportPayment as ReportPayment
    from orderlib.settlement.message import RetentionDue as RetentionDue
    from orderlib.settlement.message import SettlementBrought as SettlementBrought
    from orderlib.settlement.message import StatementConfirmed as StatementConfirmed
    from orderlib.settlement.message import StatementDisputed as StatementDisputed
    from orderlib.settlement.message import StatementDrafted as StatementDrafted
    from orderlib.settlement.message import StatementWithdrawn as StatementWithdrawn
    from orderlib.settlement.message import WithdrawStatement as WithdrawStatement
    from orderlib.settlement.message import WriteOffAmount as WriteOffAmount
    from orderlib.settlement.policy import BillingPolicy as BillingPolicy
    from orderlib.settlement.policy import ByTerms as ByTerms
    from orderlib.settlement.policy import CreditPolicy as CreditPolicy
    from orderlib.settlement.policy import DunningPolicy as DunningPolicy
    from orderlib.settlement.policy import DunningStep as DunningStep
    from orderlib.settlement.policy import Match as Match
    from orderlib.settlement.policy import MatchingPolicy as MatchingPolicy
    from orderlib.settlement.policy import Reminders as Reminders
    from orderlib.settlement.policy import ThreeWayMatch as ThreeWayMatch
    from orderlib.settlement.policy import WithinLimit as WithinLimit
    from orderlib.settlement.policy import basis_of_terms as basis_of_terms
    from orderlib.settlement.process import lapse as lapse
    from orderlib.settlement.record import Allocation as Allocation
    from orderlib.settlement.record import Billed as Billed
    from orderlib.settlement.record import BillingBasis as BillingBasis
    from orderlib.settlement.record import CreditLine as CreditLine
    from orderlib.settlement.record import CreditNote as CreditNote
    from orderlib.settlement.record import Deduction as Deduction
    from orderlib.settlement.record import Invoice as Invoice
    from orderlib.settlement.record import InvoiceKind as InvoiceKind
    from orderlib.settlement.record import InvoiceLine as InvoiceLine
    from orderlib.settlement.record import Payment as Payment
    from orderlib.settlement.record import Settlement as Settlement
    from orderlib.settlement.record import Share as Share
    from orderlib.settlement.record import Statement as Statement

__all__ = [
    "AllocatePayment",
    "Allocation",
    "AmountWrittenOff",
    "Billed",
    "BillingBasis",
    "BillingPolicy",
    "BroughtInvoice",
    "BroughtPayment",
    "ByTerms",
    "Clearing",
    "ClearingDecision",
    "ClearingPolicy",
    "ConfirmStatement",
    "CreditLine",
    "CreditNote",
    "CreditNoteIssued",
    "CreditPolicy",
    "Deduction",
    "DisputeStatement",
    "DraftStatement",
    "DunningPolicy",
    "DunningStep",
    "DunningStopped",
    "Invoice",
    "InvoiceDunned",
    "InvoiceIssued",
    "InvoiceKind",
    "InvoiceLifecycle",
    "InvoiceLine",
    "InvoiceWithheld",
    "IssueCreditNote",
    "IssueInvoice",
    "Match",
    "MatchingPolicy",
    "OldestFirst",
    "Payment",
    "PaymentAllocated",
    "PaymentFreed",
    "PaymentLifecycle",
    "PaymentReceived",
    "PaymentRefunded",
    "PaymentUnallocated",
    "RefundPayment",
    "Reminders",
    "ReportPayment",
    "RetentionDue",
    "Settlement",
    "SettlementBrought",
    "Share",
    "Statement",
    "StatementConfirmed",
    "StatementDisputed",
    "StatementDrafted",
    "StatementLifecycle",
    "StatementWithdrawn",
    "ThreeWayMatch",
    "WithdrawStatement",
    "WithinLimit",
    "WriteOffAmount",
    "basis_of_terms",
    "lapse",
    "pending",
    "value_of",
]

_WHERE = {
    "AllocatePayment": "orderlib.settlement.message",
    "Allocation": "orderlib.settlement.record",
    "AmountWrittenOff": "orderlib.settlement.message",
    "Billed": "orderlib.settlement.record",
    "BillingBasis": "orderlib.settlement.record",
    "BillingPolicy": "orderlib.settlement.policy",
    "BroughtInvoice": "orderlib.settlement.brought",
    "BroughtPayment": "orderlib.settlement.brought",
    "ByTerms": "orderlib.settlement.policy",
    "Clearing": "orderlib.settlement.clearing",
    "ClearingDecision": "orderlib.settlement.clearing",
    "ClearingPolicy": "orderlib.settlement.clearing",
    "ConfirmStatement": "orderlib.settlement.message",
    "CreditLine": "orderlib.settlement.record",
    "CreditNote": "orderlib.settlement.record",
    "CreditNoteIssued": "orderlib.settlement.message",
    "CreditPolicy": "orderlib.settlement.policy",
    "Deduction": "orderlib.settlement.record",
    "DisputeStatement": "orderlib.settlement.message",
    "DraftStatement": "orderlib.settlement.message",
    "DunningPolicy": "orderlib.settlement.policy",
    "DunningStep": "orderlib.settlement.policy",
    "DunningStopped": "orderlib.settlement.message",
    "Invoice": "orderlib.settlement.record",
    "InvoiceDunned": "orderlib.settlement.message",
    "InvoiceIssued": "orderlib.settlement.message",
    "InvoiceKind": "orderlib.settlement.record",
    "InvoiceLifecycle": "orderlib.settlement.lifecycle",
    "InvoiceLine": "orderlib.settlement.record",
    "InvoiceWithheld": "orderlib.settlement.message",
    "IssueCreditNote": "orderlib.settlement.message",
    "IssueInvoice": "orderlib.settlement.message",
    "Match": "orderlib.settlement.policy",
    "MatchingPolicy": "orderlib.settlement.policy",
    "OldestFirst": "orderlib.settlement.clearing",
    "Payment": "orderlib.settlement.record",
    "PaymentAllocated": "orderlib.settlement.message",
    "PaymentFreed": "orderlib.settlement.message",
    "PaymentLifecycle": "orderlib.settlement.lifecycle",
    "PaymentReceived": "orderlib.settlement.message",
    "PaymentRefunded": "orderlib.settlement.message",
    "PaymentUnallocated": "orderlib.settlement.message",
    "RefundPayment": "orderlib.settlement.message",
    "Reminders": "orderlib.settlement.policy",
    "ReportPayment": "orderlib.settlement.message",
    "RetentionDue": "orderlib.settlement.message",
    "Settlement": "orderlib.settlement.record",
    "SettlementBrought": "orderlib.settlement.message",
    "Share": "orderlib.settlement.record",
    "Statement": "orderlib.settlement.record",
    "StatementConfirmed": "orderlib.settlement.message",
    "StatementDisputed": "orderlib.settlement.message",
    "StatementDrafted": "orderlib.settlement.message",
    "StatementLifecycle": "orderlib.settlement.lifecycle",
    "StatementWithdrawn": "orderlib.settlement.message",
    "ThreeWayMatch": "orderlib.settlement.policy",
    "WithdrawStatement": "orderlib.settlement.message",
    "WithinLimit": "orderlib.settlement.policy",
    "WriteOffAmount": "orderlib.settlement.message",
    "basis_of_terms": "orderlib.settlement.policy",
    "lapse": "orderlib.settlement.process",
    "pending": "orderlib.settlement.balance",
    "value_of": "orderlib.settlement.billing",
}
# end of door
if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy(__name__, _WHERE)
