"""The close gate: everything that is still open, of every stage at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from orderlib.closing.slice import ClosingCase
from orderlib.errors import Finding, FindingCode, Severity
from orderlib.settlement.balance import pending
from orderlib.settlement.record import Settlement

__all__ = ["obstacles"]

UNDELIVERED: Final = FindingCode(
    "close.undelivered",
    Severity.ERROR,
    "{quantity} of line {line} are not delivered",
    "行 {line} 尚有 {quantity} 未交付",
)
IN_TRANSIT: Final = FindingCode(
    "close.in-transit", Severity.ERROR, "{quantity} of line {line} are on their way", "行 {line} 有 {quantity} 在途"
)
UNACCEPTED: Final = FindingCode(
    "close.unaccepted", Severity.ERROR, "{quantity} of line {line} are not accepted", "行 {line} 尚有 {quantity} 未验收"
)
HOLD: Final = FindingCode("close.hold", Severity.ERROR, "hold {hold} stands", "冻结 {hold} 尚未解除")
TASK: Final = FindingCode("close.task", Severity.ERROR, "task {task} is {state}", "任务 {task} 处于 {state}")
CONDITION: Final = FindingCode(
    "close.condition", Severity.ERROR, "condition {condition} is not met", "条件 {condition} 未满足"
)
INCIDENT: Final = FindingCode("close.incident", Severity.ERROR, "incident {incident} is open", "异常 {incident} 未解决")
DEFECT: Final = FindingCode("close.defect", Severity.ERROR, "defect {defect} is {state}", "缺陷 {defect} 处于 {state}")
CHANGE: Final = FindingCode("close.change", Severity.ERROR, "change {change} is {state}", "变更 {change} 处于 {state}")
CHARGE: Final = FindingCode("close.charge", Severity.ERROR, "charge {charge} is {state}", "收费 {charge} 处于 {state}")
CANCELLATION: Final = FindingCode(
    "close.cancellation",
    Severity.ERROR,
    "cancellation {cancellation} is {state}",
    "取消申请 {cancellation} 处于 {state}",
)


def obstacles(case: ClosingCase) -> Iterator[Finding]:
    """What has to be done before the order can be closed, the dossier and the lessons apart."""
    yield from _goods(case)
    yield from pending(case, case.settlement or Settlement())
    for hold in case.holds.standing:
        yield HOLD(f"/holds/{hold.id}", hold=hold.id)
    yield from _work(case)
    yield from _questions(case)


def _work(case: ClosingCase) -> Iterator[Finding]:
    """Conditions, tasks, incidents and defects that somebody still has to see to."""
    for condition in case.review.conditions if case.review is not None else ():
        if condition.unmet:
            yield CONDITION(f"/review/conditions/{condition.id}", condition=condition.id)
    for task in case.planning.tasks if case.planning is not None else ():
        if task.state in ("planned", "started"):
            yield TASK(f"/planning/tasks/{task.id}", task=task.id, state=task.state)
    for incident in case.fulfilment.open_incidents if case.fulfilment is not None else ():
        yield INCIDENT(f"/fulfilment/incidents/{incident.id}", incident=incident.id)
    for defect in case.acceptance.open_defects if case.acceptance is not None else ():
        yield DEFECT(f"/acceptance/defects/{defect.id}", defect=defect.id, state=defect.state)


def _goods(case: ClosingCase) -> Iterator[Finding]:
    for line in case.ledger.lines:
        address = f"/ledger/{line.id}"
        if line.outstanding > 0:
            yield UNDELIVERED(address, line=line.id, quantity=line.outstanding)
        if line.in_transit > 0:
            yield IN_TRANSIT(address, line=line.id, quantity=line.in_transit)
        unaccepted = line.delivered - line.returned - line.accepted
        if unaccepted > 0:
            yield UNACCEPTED(address, line=line.id, quantity=unaccepted)


def _questions(case: ClosingCase) -> Iterator[Finding]:
    """Changes, charges and cancellations that wait for somebody's word."""
    change = case.change
    if change is None:
        return
    for request in change.open_requests:
        yield CHANGE(f"/change/requests/{request.id}", change=request.id, state=request.state)
    for charge in change.open_charges:
        yield CHARGE(f"/change/charges/{charge.id}", charge=charge.id, state=charge.state)
    for cancellation in change.open_cancellations:
        yield CANCELLATION(
            f"/change/cancellations/{cancellation.id}", cancellation=cancellation.id, state=cancellation.state
        )
