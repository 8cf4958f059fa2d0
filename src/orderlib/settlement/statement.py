"""Statements: drawn up by the basis of the terms, agreed or disputed by the customer, withdrawn."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from typing import Final

from orderlib.errors import Finding, FindingCode, RefusedError, Severity
from orderlib.order.record import Order
from orderlib.settlement.billing import (
    NOTHING,
    Draft,
    advance_totals,
    charges_draft,
    completes,
    goods_draft,
    order_of,
    to_bill,
)
from orderlib.settlement.message import (
    ConfirmStatement,
    DisputeStatement,
    DraftStatement,
    StatementConfirmed,
    StatementDisputed,
    StatementDrafted,
    StatementWithdrawn,
    WithdrawStatement,
)
from orderlib.settlement.policy import basis_of_terms
from orderlib.settlement.record import BillingBasis, InvoiceKind, Settlement, Statement
from orderlib.settlement.slice import SettlementCase, SettlementPolicies
from orderlib.settlement.table import STATEMENT
from orderlib.values.decision import Decided
from orderlib.values.dispatch import View
from orderlib.values.identifier import DocumentId
from orderlib.values.instant import later
from orderlib.values.lines import Lines
from orderlib.values.message import Event, Stamp

__all__ = ["confirm", "dispute", "draft", "draftable", "in_state", "statement_for", "withdraw"]

STATEMENT_UNKNOWN: Final = FindingCode(
    "statement.unknown", Severity.ERROR, "there is no statement {statement}", "不存在结算单 {statement}"
)
STATEMENT_TWICE: Final = FindingCode(
    "statement.used-id", Severity.ERROR, "statement {statement} exists already", "结算单 {statement} 已存在"
)
STATEMENT_STATE: Final = FindingCode(
    "statement.state",
    Severity.ERROR,
    "statement {statement} is {state} and takes no {move}",
    "结算单 {statement} 处于 {state}，不能 {move}",
)
STATEMENT_LIVE: Final = FindingCode(
    "statement.live",
    Severity.ERROR,
    "statement {statement} is not billed or withdrawn yet",
    "结算单 {statement} 尚未开票或撤回",
)
NOTHING_TO_BILL: Final = FindingCode(
    "statement.nothing", Severity.ERROR, "nothing can be billed by {basis} now", "目前按 {basis} 没有可结算的内容"
)
NO_ADVANCE: Final = FindingCode("statement.no-advance", Severity.ERROR, "no advance was agreed on", "未约定预付款")
ADVANCE_TWICE: Final = FindingCode(
    "statement.advance-billed", Severity.ERROR, "the advance has been billed already", "预付款已开票"
)
NO_CHARGE: Final = FindingCode(
    "statement.no-charge", Severity.ERROR, "no charge was accepted that is not billed", "没有已接受而未结算的费用"
)
ADVANCE_LATE: Final = FindingCode(
    "statement.advance-late",
    Severity.ERROR,
    "everything is delivered; there is nothing to advance",
    "已全部交付，无需预付",
)
REASON_MISSING: Final = FindingCode("statement.reason-missing", Severity.ERROR, "a reason is needed", "必须说明原因")
DISPUTED: Final = FindingCode(
    "statement.disputed", Severity.WARNING, "the customer says: {reason}", "客户异议：{reason}"
)


def draft(view: View[SettlementCase], command: DraftStatement, policies: SettlementPolicies) -> Iterator[Event]:
    """The statement, or every reason why there is none; the billing policy may leave it to a person."""
    case, stamp = view.case, command.stamp()
    order = order_of(case)
    record = case.settlement or NOTHING
    statement_id = command.statement_id or DocumentId(stamp.cause)
    wrong: list[Finding] = []
    if statement_id in record.statements:
        wrong.append(STATEMENT_TWICE("/statement_id", statement=statement_id))
    wrong += [STATEMENT_LIVE("/what", statement=each.id) for each in record.live if each.kind is command.what]
    if command.basis is not None and not command.reason:
        wrong.append(REASON_MISSING("/reason"))
    if command.what is InvoiceKind.ADVANCE:
        wrong += _advance_faults(case, order, record)
        found, basis = Draft(Lines(), (), advance_totals(order)), BillingBasis.ORDER
    elif command.what is InvoiceKind.CHARGES:
        found, basis = charges_draft(case, order), BillingBasis.ORDER
        wrong += [NO_CHARGE("/what")] if found.empty else []
    else:
        decision = policies.billing(order)
        if command.basis is not None and command.reason:
            decision = decision.overridden(command.basis, by=command.by, reason=command.reason)
        basis = decision.ruling
        found = goods_draft(case, order, basis)
        if found.empty and basis is not BillingBasis.REVIEW:
            wrong.append(NOTHING_TO_BILL("/what", basis=basis))
        if not wrong:
            yield Decided(stamp, "billing", decision)
    if wrong:
        raise RefusedError(*wrong)
    if basis is not BillingBasis.REVIEW:
        yield StatementDrafted(stamp, _statement(statement_id, command, stamp, order, basis, found, policies))


def _statement(
    statement_id: DocumentId,
    command: DraftStatement,
    stamp: Stamp,
    order: Order,
    basis: BillingBasis,
    found: Draft,
    policies: SettlementPolicies,
) -> Statement:
    policy = getattr(policies.billing, "policy", policies.billing)
    days = max(0, int(getattr(policy, "silence_days", 10)))
    return Statement(
        id=statement_id,
        kind=command.what,
        basis=basis,
        revision=order.revision,
        lines=found.lines,
        shares=found.shares,
        totals=found.totals,
        by=stamp.by.id,
        agreed_at=later(stamp.recorded_at, timedelta(days=days)),
    )


def _advance_faults(case: SettlementCase, order: Order, record: Settlement) -> Iterator[Finding]:
    if advance_totals(order).tax_inclusive.minor <= 0:
        yield NO_ADVANCE("/what")
    if any(each.kind is InvoiceKind.ADVANCE and each.gross > each.credited for each in record.invoices):
        yield ADVANCE_TWICE("/what")
    if completes(case):
        yield ADVANCE_LATE("/what")


def draftable(case: SettlementCase) -> Iterable[str]:
    """The kinds of invoice for which a statement could be drawn up now, by the basis used last or that of the terms."""
    order = case.order
    if order is None:
        return
    record = case.settlement or NOTHING
    live = {each.kind for each in record.live}
    if InvoiceKind.ADVANCE not in live and order.payment.advance and not any(_advance_faults(case, order, record)):
        yield InvoiceKind.ADVANCE
    if InvoiceKind.CHARGES not in live and not charges_draft(case, order).empty:
        yield InvoiceKind.CHARGES
    if InvoiceKind.GOODS not in live:
        used = [each.basis for each in record.statements if each.kind is InvoiceKind.GOODS]
        if to_bill(case, order, used[-1] if used else basis_of_terms(order)):
            yield InvoiceKind.GOODS


def statement_for(case: SettlementCase, statement_id: str, move: str) -> Statement:
    """The statement, if it takes the move; raises `RefusedError`."""
    record = case.settlement or NOTHING
    statement = record.statements.get(statement_id)
    if statement is None:
        raise RefusedError(STATEMENT_UNKNOWN("/statement_id", statement=statement_id))
    if STATEMENT.target(statement.state, move) is None:
        raise RefusedError(STATEMENT_STATE("/statement_id", statement=statement_id, state=statement.state, move=move))
    return statement


def confirm(view: View[SettlementCase], command: ConfirmStatement, _policies: SettlementPolicies) -> Iterable[Event]:
    """The customer agrees."""
    return (StatementConfirmed(command.stamp(), statement_for(view.case, command.statement_id, "confirm").id),)


def dispute(view: View[SettlementCase], command: DisputeStatement, _policies: SettlementPolicies) -> Iterable[Event]:
    """The customer does not agree, and says with what."""
    statement = statement_for(view.case, command.statement_id, "dispute")
    if not command.findings and not command.reason:
        raise RefusedError(REASON_MISSING("/reason"))
    findings = command.findings or (DISPUTED("/", reason=command.reason),)
    return (StatementDisputed(command.stamp(), statement.id, findings),)


def withdraw(view: View[SettlementCase], command: WithdrawStatement, _policies: SettlementPolicies) -> Iterable[Event]:
    """The statement is taken back."""
    return (StatementWithdrawn(command.stamp(), statement_for(view.case, command.statement_id, "withdraw").id),)


def in_state(*states: str) -> Callable[[SettlementCase], Iterable[str]]:
    """Which statements are in one of these states."""

    def about(case: SettlementCase) -> Iterable[str]:
        record = case.settlement or NOTHING
        return [each.id for each in record.statements if each.state in states]

    return about
