"""Signals: what in the course of an order others may learn from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from orderlib.closing.record import Signal
from orderlib.closing.slice import ClosingCase
from orderlib.errors import Finding, FindingCode, Severity

__all__ = ["signals"]

PROMISE_MOVED: Final = FindingCode(
    "lesson.promise-moved",
    Severity.WARNING,
    "the promise of line {line} was moved {times} times",
    "行 {line} 的承诺改期 {times} 次",
)
DEFECT: Final = FindingCode(
    "lesson.defect", Severity.WARNING, "line {line} had a {grade} defect", "行 {line} 出现 {grade} 级缺陷"
)
SHORT_CLOSED: Final = FindingCode(
    "lesson.short-closed",
    Severity.WARNING,
    "{quantity} of line {line} were never delivered",
    "行 {line} 有 {quantity} 未能交付",
)
RETURNED: Final = FindingCode(
    "lesson.returned", Severity.WARNING, "{quantity} of line {line} came back", "行 {line} 退回 {quantity}"
)
LOST: Final = FindingCode(
    "lesson.lost",
    Severity.WARNING,
    "{quantity} of line {line} were lost or refused",
    "行 {line} 有 {quantity} 丢失或被拒收",
)
INCIDENT: Final = FindingCode(
    "lesson.incident",
    Severity.WARNING,
    "incident {incident} was escalated {level} times",
    "异常 {incident} 升级 {level} 次",
)
DISPUTE: Final = FindingCode(
    "lesson.dispute",
    Severity.WARNING,
    "statement {statement} was disputed or withheld",
    "结算单 {statement} 有异议或被扣留",
)
DUNNED: Final = FindingCode(
    "lesson.dunned",
    Severity.WARNING,
    "invoice {invoice} was paid only after reminders",
    "发票 {invoice} 经催款后才付清",
)
WRITTEN_OFF: Final = FindingCode(
    "lesson.written-off",
    Severity.WARNING,
    "{amount} of invoice {invoice} were given up",
    "发票 {invoice} 核销坏账 {amount}",
)
REOPENED: Final = FindingCode(
    "lesson.reopened",
    Severity.WARNING,
    "the order was closed and opened again {times} times",
    "订单关闭后又重新打开 {times} 次",
)


def signals(case: ClosingCase) -> tuple[Signal, ...]:
    """Every signal once, with all places where it is seen."""
    found: dict[str, list[Finding]] = {}
    for finding in (*_promises(case), *_goods(case), *_money(case)):
        found.setdefault(finding.code, []).append(finding)
    return tuple(Signal(cause=code, findings=tuple(findings)) for code, findings in found.items())


def _promises(case: ClosingCase) -> Iterator[Finding]:
    if case.planning is not None:
        for promise in case.planning.promises:
            if promise.moved:
                yield PROMISE_MOVED(f"/planning/promises/{promise.id}", line=promise.id, times=promise.moved)
    if case.fulfilment is not None:
        for incident in case.fulfilment.incidents:
            if incident.level:
                yield INCIDENT(f"/fulfilment/incidents/{incident.id}", incident=incident.id, level=incident.level)


def _goods(case: ClosingCase) -> Iterator[Finding]:
    for line in case.ledger.lines:
        address = f"/ledger/{line.id}"
        if line.short_closed:
            yield SHORT_CLOSED(address, line=line.id, quantity=line.short_closed)
        if back := line.returned + line.replaced:
            yield RETURNED(address, line=line.id, quantity=back)
        if gone := line.lost + line.refused:
            yield LOST(address, line=line.id, quantity=gone)
    if case.acceptance is not None:
        for defect in case.acceptance.defects:
            yield DEFECT(f"/acceptance/defects/{defect.id}", line=defect.line_id, grade=defect.grade)


def _money(case: ClosingCase) -> Iterator[Finding]:
    if case.settlement is not None:
        for statement in case.settlement.statements:
            if statement.findings:
                yield DISPUTE(f"/settlement/statements/{statement.id}", statement=statement.id)
        for invoice in case.settlement.invoices:
            address = f"/settlement/invoices/{invoice.id}"
            if invoice.reminded:
                yield DUNNED(address, invoice=invoice.id)
            if invoice.written_off:
                yield WRITTEN_OFF(address, invoice=invoice.id, amount=invoice.written_off)
    if case.closing is not None and case.closing.reopened:
        yield REOPENED("/closing/reopened", times=case.closing.reopened)
