"""Undoing what was begun, and proving that nothing of a cancelled order is left to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from orderlib.change.ending import still_out
from orderlib.change.message import (
    CancellationCompleted,
    CompensationDone,
    CompleteCompensation,
    OrderCancelled,
    OrderTerminated,
    QuantitiesCancelled,
)
from orderlib.change.record import Cancellation, Compensation, Ending, Remedy
from orderlib.change.slice import ChangeCase, ChangePolicies, log_of
from orderlib.errors import Finding, FindingCode, RefusedError, Severity
from orderlib.hold.message import HoldLifted
from orderlib.ledger.record import ZERO, LineLedger, LineQuantity
from orderlib.review.ruling import commit_credit
from orderlib.values.dispatch import View
from orderlib.values.message import Event, Stamp

__all__ = ["RUNNING", "complete", "completed", "lines_of"]

ITEM_UNKNOWN: Final = FindingCode(
    "compensation.unknown", Severity.ERROR, "nothing open is called {item}", "不存在未完成的善后事项 {item}"
)
EVIDENCE: Final = FindingCode(
    "compensation.evidence-missing",
    Severity.ERROR,
    "it takes evidence that {remedy} of line {line} is done",
    "需要证明行 {line} 的 {remedy} 已完成",
)
NOT_OWNER: Final = FindingCode(
    "compensation.not-owner", Severity.ERROR, "{item} belongs to {owner}", "{item} 属于 {owner}"
)
STILL_OUT: Final = FindingCode(
    "compensation.still-out",
    Severity.ERROR,
    "{quantity} of line {line} are still with the customer or on the way",
    "行 {line} 仍有 {quantity} 在客户处或运输途中",
)
STILL_BILLED: Final = FindingCode(
    "compensation.still-billed",
    Severity.ERROR,
    "{quantity} of line {line} are invoiced and not credited",
    "行 {line} 仍有 {quantity} 已开票而未贷记",
)


#: states in which work is released, and an order can be terminated
RUNNING: Final = frozenset({"released", "in_execution"})


def lines_of(case: ChangeCase, asked: Cancellation) -> tuple[LineLedger, ...]:
    """The counts of the lines that a cancellation is about."""
    lines = case.ledger.lines
    if asked.whole:
        return tuple(lines)
    return tuple(line for line_id in asked.line_ids if (line := lines.get(line_id)) is not None)


def _out(line: LineLedger) -> Iterator[Finding]:
    quantity = still_out(line)
    if quantity > 0:
        yield STILL_OUT(f"/lines/{line.id}", line=line.id, quantity=quantity)


def _billed(line: LineLedger, *, keep: bool) -> Iterator[Finding]:
    kept = still_out(line) if keep else ZERO
    quantity = line.invoiced - line.credited - kept
    if quantity > 0:
        yield STILL_BILLED(f"/lines/{line.id}", line=line.id, quantity=quantity)


def _unproven(case: ChangeCase, asked: Cancellation, item: Compensation, *, last: bool) -> Iterator[Finding]:
    """Where the counts say that something is not undone: the item's own, and all of them with the last item."""
    lines = case.ledger.lines
    line = lines.get(item.line_id) if item.line_id is not None else None
    own = (line,) if line is not None else ()
    every = lines_of(case, asked) if last else ()
    if not asked.keep_delivered:
        for each in every or (own if item.remedy is Remedy.RETURN else ()):
            yield from _out(each)
    for each in every or (own if item.remedy is Remedy.CREDIT else ()):
        yield from _billed(each, keep=asked.keep_delivered)


def complete(view: View[ChangeCase], command: CompleteCompensation, _policies: ChangePolicies) -> Iterable[Event]:
    """An item is done where its owner shows it and the counts do not say otherwise; with the last one, all is."""
    case, stamp = view.case, command.stamp()
    pairs = ((each, item) for each in log_of(case).open_cancellations for item in each.unfinished)
    asked, item = next((pair for pair in pairs if pair[1].id == command.item_id), (None, None))
    if asked is None or item is None:
        raise RefusedError(ITEM_UNKNOWN("/item_id", item=command.item_id))
    last = len(asked.unfinished) == 1
    wrong: list[Finding] = []
    if not command.evidence.strip():
        wrong.append(EVIDENCE("/evidence", remedy=item.remedy, line=item.line_id or "-"))
    if {item.owner, "management", "system"}.isdisjoint((command.by.department, *command.by.roles)):
        wrong.append(NOT_OWNER("/by/department", item=item.id, owner=item.owner))
    wrong += _unproven(case, asked, item, last=last)
    if wrong:
        raise RefusedError(*wrong)
    done = CompensationDone(stamp, asked.id, item.id, command.evidence)
    return (done, *completed(view, stamp, asked)) if last else (done,)


def completed(view: View[ChangeCase], stamp: Stamp, asked: Cancellation) -> Iterator[Event]:
    """What was open is cancelled, holds are lifted, and the order ends where nothing of it is left."""
    case = view.case
    left = [LineQuantity(line.id, line.to_despatch) for line in lines_of(case, asked) if line.to_despatch > 0]
    if left:
        yield QuantitiesCancelled(stamp, tuple(left), asked.id)
    source = f"cancellation/{asked.id}"
    yield from (HoldLifted(stamp, hold.id) for hold in case.holds.standing if hold.source == source)
    yield CancellationCompleted(stamp, asked.id)
    if _ends(case, asked):
        # what a change has sent back to review meanwhile is not running any more, and is cancelled
        terminated = asked.ending is Ending.TERMINATE and case.state in RUNNING
        yield OrderTerminated(stamp, asked.id) if terminated else OrderCancelled(stamp, asked.id)
        if case.order is not None:
            yield from commit_credit(view, stamp, None)


def _ends(case: ChangeCase, asked: Cancellation) -> bool:
    """Whether nothing of the order is left: nothing with the customer, nothing billed, nothing more to send."""
    if not asked.whole and any(each.id != asked.id for each in log_of(case).open_cancellations):
        return False
    own = frozenset(asked.line_ids)
    for line in case.ledger.lines:
        if still_out(line) > 0 or line.invoiced > line.credited:
            return False
        if own and line.id not in own and line.to_despatch > 0:
            return False
    return True
