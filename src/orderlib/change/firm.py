"""What no policy can allow: changes that contradict what has happened already."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from orderlib.change.record import ChangeLog
from orderlib.change.slice import ChangeCase, log_of
from orderlib.errors import Finding, FindingCode, InvalidValueError, RefusedError, Severity
from orderlib.ledger.record import ZERO, Account, LineLedger, LineQuantity
from orderlib.order.record import Order
from orderlib.order.revision import Difference, LineChange, apply
from orderlib.values.identifier import ItemId, LineId
from orderlib.values.lines import Lines

__all__ = ["contradictions", "known_items", "revision_of", "unwanted"]

BELOW_SENT: Final = FindingCode(
    "change.below-despatched",
    Severity.ERROR,
    "{wanted} of line {line} would be wanted, {sent} have left",
    "行 {line} 变更后需求为 {wanted}，而已发出 {sent}",
)
LINE_COUNTED: Final = FindingCode(
    "change.line-has-history",
    Severity.ERROR,
    "line {line} cannot be taken out: {account} is {quantity}",
    "行 {line} 不能删除：{account} 为 {quantity}",
)
UNIT_COUNTED: Final = FindingCode(
    "change.unit-counted",
    Severity.ERROR,
    "line {line} is counted in {old}; its unit cannot become {new}",
    "行 {line} 已按 {old} 计数，单位不能改为 {new}",
)
ITEM_COUNTED: Final = FindingCode(
    "change.item-counted",
    Severity.ERROR,
    "line {line} has counts for item {old}; it cannot become item {new}",
    "行 {line} 已有物料 {old} 的数量记录，不能改为物料 {new}",
)
BEING_CANCELLED: Final = FindingCode(
    "change.being-cancelled",
    Severity.ERROR,
    "cancellation {cancellation} of it is open",
    "其取消请求 {cancellation} 尚未结束",
)
#: what was made can be made for something else; everything else is history
_HISTORY: Final = tuple(account for account in Account if account is not Account.PRODUCED)

_NOBODY: Final[Mapping[LineId, ItemId]] = {}


def revision_of(case: ChangeCase, order: Order, wanted: Difference) -> tuple[Order | None, list[Finding]]:
    """The order after the change, or None; and every reason for which it cannot be applied now."""
    wrong: list[Finding] = []
    revised = None
    try:
        revised = apply(order, wanted)
    except (RefusedError, InvalidValueError) as error:
        wrong += error.findings
    wrong += contradictions(case, wanted)
    touched = wanted.line_ids
    for each in log_of(case).open_cancellations:
        if each.whole or not touched.isdisjoint(each.line_ids):
            wrong.append(BEING_CANCELLED(f"/change/cancellations/{each.id}", cancellation=each.id))
    return revised, wrong


def contradictions(case: ChangeCase, wanted: Difference) -> Iterator[Finding]:
    """Where a change contradicts the counts: less than has left, lines with a history, other units, other items."""
    lines = case.ledger.lines
    for change in wanted.changed:
        line = lines.get(change.id)
        if line is not None:
            yield from _changed(change, line)
    for placed in wanted.removed:
        line = lines.get(placed.line.id)
        if line is not None:
            yield from _removed(line)
    known = known_items(case) if wanted.added else _NOBODY
    for placed in wanted.added:
        line_id, item = placed.line.id, placed.line.item.id
        if line_id in lines and known.get(line_id, item) != item:
            yield ITEM_COUNTED(f"/lines/{line_id}/item", line=line_id, old=known[line_id], new=item)


def known_items(case: ChangeCase) -> Mapping[LineId, ItemId]:
    """The items of lines that are gone from the order, by line."""
    log: ChangeLog = log_of(case)
    return {**dict(case.intake.gone if case.intake is not None else ()), **dict(log.gone)}


def _changed(change: LineChange, line: LineLedger) -> Iterator[Finding]:
    where, old, new = f"/lines/{change.id}", change.old, change.new
    sent = line.delivered + line.in_transit
    wanted = new.quantity.value - line.cancelled - line.short_closed
    if wanted < min(sent, line.demand):
        yield BELOW_SENT(f"{where}/quantity", line=change.id, wanted=wanted, sent=sent)
    if not _counted(line):
        return
    if old.quantity.unit != new.quantity.unit:
        yield UNIT_COUNTED(f"{where}/quantity/unit", line=change.id, old=old.quantity.unit, new=new.quantity.unit)
    if old.item.id != new.item.id:
        yield ITEM_COUNTED(f"{where}/item", line=change.id, old=old.item.id, new=new.item.id)


def _counted(line: LineLedger) -> bool:
    return any(getattr(line, account.value) for account in Account)


def _removed(line: LineLedger) -> Iterator[Finding]:
    for account in _HISTORY:
        quantity = getattr(line, account.value)
        if quantity:
            yield LINE_COUNTED(f"/lines/{line.id}", line=line.id, account=account, quantity=quantity)


def unwanted(lines: Lines[LineLedger], wanted: Difference) -> tuple[LineQuantity, ...]:
    """What is made, not sent, and would no longer be wanted after the change, beyond what was too much before."""
    after = {change.id: change.new.quantity.value for change in wanted.changed}
    after |= {each.line.id: ZERO for each in wanted.removed}
    found: list[LineQuantity] = []
    for line_id, quantity in after.items():
        line = lines.get(line_id)
        if line is not None and line.produced > line.despatched:
            stock = line.produced - line.despatched
            left = max(ZERO, line.to_despatch - max(ZERO, line.ordered - quantity))
            spare = max(ZERO, stock - left) - max(ZERO, stock - line.to_despatch)
            if spare > 0:
                found.append(LineQuantity(line_id, spare))
    return tuple(found)
