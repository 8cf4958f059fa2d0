"""What execution sees of a case and asks of the policies, and the findings that it makes."""

from __future__ import annotations

from typing import Final, Protocol

from orderlib.errors import FindingCode, RefusedError, Severity
from orderlib.fulfilment.policy import EarlyWarningPolicy, EscalationPolicy, TolerancePolicy
from orderlib.fulfilment.record import Fulfilment
from orderlib.hold.record import Holds
from orderlib.ledger.record import Ledger
from orderlib.order.record import Order
from orderlib.planning.record import Plan

__all__ = ["FulfilmentCase", "FulfilmentPolicies", "order_of", "working"]

QUANTITY_NOT_POSITIVE: Final = FindingCode(
    "fulfilment.quantity", Severity.ERROR, "a quantity of {quantity} cannot be reported or sent", "数量 {quantity} 无效"
)
NOTHING_DESPATCHED: Final = FindingCode("fulfilment.no-lines", Severity.ERROR, "no line is named", "没有指明任何行")
UNKNOWN_LINE: Final = FindingCode(
    "fulfilment.unknown-line", Severity.ERROR, "the order has no line {line}", "订单没有行 {line}"
)
DESPATCH_TWICE: Final = FindingCode(
    "fulfilment.used-despatch", Severity.ERROR, "despatch {despatch} is known already", "发货单 {despatch} 已存在"
)
DESPATCH_UNKNOWN: Final = FindingCode(
    "fulfilment.unknown-despatch",
    Severity.WARNING,
    "nobody reported despatch {despatch}",
    "没有发货单 {despatch} 的记录",
)
COMPLETE_ONLY: Final = FindingCode(
    "fulfilment.complete-only",
    Severity.ERROR,
    "the terms forbid partial shipment, and {left} of line {line} would stay behind",
    "条款不允许分批发货，而行 {line} 还剩 {left}",
)
ABOVE_ORDERED: Final = FindingCode(
    "fulfilment.above-ordered",
    Severity.WARNING,
    "{done} of line {line} are made, {ordered} are wanted",
    "行 {line} 已生产 {done}，需求为 {ordered}",
)
ABOVE_DESPATCHED: Final = FindingCode(
    "fulfilment.above-despatched",
    Severity.WARNING,
    "{came} of line {line} came, {way} were on their way",
    "行 {line} 到达 {came}，在途仅 {way}",
)
UNDER_HOLD: Final = FindingCode(
    "fulfilment.under-hold", Severity.WARNING, "hold {hold} should have stopped {gate}", "冻结 {hold} 本应阻止 {gate}"
)
UNEXPECTED_STATE: Final = FindingCode(
    "fulfilment.unexpected-state",
    Severity.WARNING,
    "the report came while the order was {state}",
    "报告到达时订单状态为 {state}",
)
NOTHING_OUTSTANDING: Final = FindingCode(
    "fulfilment.nothing-outstanding", Severity.ERROR, "nothing of line {line} is left to send", "行 {line} 已无待发数量"
)
REASON_MISSING: Final = FindingCode(
    "fulfilment.reason-missing", Severity.ERROR, "this needs a reason", "此操作必须说明原因"
)
INCIDENT_UNKNOWN: Final = FindingCode(
    "incident.unknown", Severity.ERROR, "no open exception {incident} is known", "不存在未处理的异常 {incident}"
)
INCIDENT_TWICE: Final = FindingCode(
    "incident.used-id", Severity.ERROR, "exception {incident} exists already", "异常 {incident} 已存在"
)
INCIDENT_REPORTED: Final = FindingCode("incident.reported", Severity.WARNING, "{reason}", "{reason}")
PLAN_MISSING: Final = FindingCode(
    "fulfilment.no-plan", Severity.ERROR, "without a plan nothing can be compared", "没有计划，无法比较"
)

#: the states in which goods are made and moved
working: Final = frozenset({"released", "in_execution"})


class FulfilmentCase(Protocol):
    """The part of a case that execution looks at."""

    @property
    def state(self) -> str:
        """The commercial state."""
        ...

    @property
    def order(self) -> Order | None:
        """The order."""
        ...

    @property
    def ledger(self) -> Ledger:
        """The counts."""
        ...

    @property
    def holds(self) -> Holds:
        """The holds."""
        ...

    @property
    def planning(self) -> Plan | None:
        """The plan, where there is one."""
        ...

    @property
    def fulfilment(self) -> Fulfilment | None:
        """Despatches and exceptions so far."""
        ...


class FulfilmentPolicies(Protocol):
    """The policies that execution asks."""

    @property
    def tolerance(self) -> TolerancePolicy:
        """How much above the order may be sent."""
        ...

    @property
    def early_warning(self) -> EarlyWarningPolicy:
        """Whether promises are in danger."""
        ...

    @property
    def escalation(self) -> EscalationPolicy:
        """Who hears of an unresolved exception next."""
        ...


def order_of(case: FulfilmentCase) -> Order:
    """The order of a case that has one, as every case in execution does; `RefusedError` otherwise."""
    if case.order is None:
        raise RefusedError(UNEXPECTED_STATE("/state", state=case.state))
    return case.order
