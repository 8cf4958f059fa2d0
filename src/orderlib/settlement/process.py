"""Settlement: what may be billed is stated and agreed, invoiced by another person, paid, credited, reminded of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

from orderlib.settlement.billing import NOTHING
from orderlib.settlement.credit import creditable, issue_credit_note
from orderlib.settlement.exposure import account_of
from orderlib.settlement.fold import FOLDS
from orderlib.settlement.invoice import issue
from orderlib.settlement.message import (
    AllocatePayment,
    ConfirmStatement,
    DisputeStatement,
    DraftStatement,
    DunningStopped,
    InvoiceDunned,
    IssueCreditNote,
    IssueInvoice,
    RefundPayment,
    ReportPayment,
    RetentionDue,
    StatementConfirmed,
    WithdrawStatement,
    WriteOffAmount,
)
from orderlib.settlement.payment import allocatable, allocate, expected, refund, refundable, report, write_off
from orderlib.settlement.policy import DunningStep
from orderlib.settlement.record import Invoice
from orderlib.settlement.slice import SettlementCase, SettlementPolicies
from orderlib.settlement.statement import confirm, dispute, draft, draftable, in_state, withdraw
from orderlib.values.decision import Decided
from orderlib.values.dispatch import Gate, Rule
from orderlib.values.instant import Instant, day, later
from orderlib.values.message import Event, Stamp

__all__ = ["FOLDS", "RULES", "lapse"]

_RUNNING: Final = frozenset({"accepted", "released", "in_execution"})
_BILLED: Final = _RUNNING | {"cancelled", "terminated"}
_ENDED: Final = _RUNNING | {"closed", "cancelled", "terminated"}


def lapse(case: SettlementCase, now: Instant, stamp: Stamp, policies: SettlementPolicies) -> Iterator[Event]:
    """Silence agrees to statements, what was retained falls due, reminders go out for what is overdue."""
    record = case.settlement or NOTHING
    for statement in record.statements:
        if statement.state == "drafted" and statement.agreed_at <= now:
            yield StatementConfirmed(stamp, statement.id)
    for invoice in record.invoices:
        until = invoice.retained_until
        if invoice.retained.minor > 0 and until is not None and until <= now:
            yield RetentionDue(stamp, invoice.id, invoice.retained)
        if invoice.dun_at is not None and invoice.dun_at <= now:
            yield from _remind(invoice, now, stamp, policies)


def _remind(invoice: Invoice, now: Instant, stamp: Stamp, policies: SettlementPolicies) -> Iterator[Event]:
    due_on = invoice.due_on() or invoice.issued_on
    decision = policies.dunning(invoice.level, (day(now.date()) - due_on).days, invoice.open)
    yield Decided(stamp, "dunning", decision, (("invoice", invoice.id),))
    if decision.ruling is DunningStep.STOP:
        yield DunningStopped(stamp, invoice.id)
    else:
        yield InvoiceDunned(stamp, invoice.id, invoice.level + 1, later(now, timedelta(days=invoice.patience)))


RULES: Final[tuple[Rule[Any], ...]] = (
    Rule(command=DraftStatement, handle=draft, states=_BILLED, stage="settlement", about=draftable),
    Rule(
        command=ConfirmStatement,
        handle=confirm,
        states=_BILLED,
        stage="statement",
        about=in_state("drafted", "disputed"),
    ),
    Rule(command=DisputeStatement, handle=dispute, states=_BILLED, stage="statement", about=in_state("drafted")),
    Rule(
        command=WithdrawStatement,
        handle=withdraw,
        states=_ENDED,
        stage="settlement",
        about=in_state("drafted", "disputed", "confirmed"),
    ),
    Rule(
        command=IssueInvoice,
        handle=issue,
        states=_BILLED,
        gate=Gate.INVOICE,
        stage="settlement",
        about=in_state("confirmed"),
        needs=account_of,
    ),
    Rule(
        command=IssueCreditNote,
        handle=issue_credit_note,
        states=_ENDED,
        stage="settlement",
        about=creditable,
        needs=account_of,
    ),
    Rule(command=ReportPayment, handle=report, fact=True, stage="payment", about=expected, needs=account_of),
    Rule(command=AllocatePayment, handle=allocate, states=_ENDED, stage="payment", about=allocatable, needs=account_of),
    Rule(command=RefundPayment, handle=refund, stage="payment", about=refundable),
    Rule(command=WriteOffAmount, handle=write_off, states=_ENDED, stage="write-off", about=expected, needs=account_of),
)
