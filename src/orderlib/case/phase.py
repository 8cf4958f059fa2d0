"""The phase: where an order is, in words for people. It is derived, and gates nothing."""

from __future__ import annotations

from importlib import import_module
from typing import Any, Protocol

from orderlib.ledger.record import Ledger, Status

__all__ = ["PHASES_ZH", "PhasedCase", "phase_of"]

_BY_STATE = {
    "new": "new",
    "enquired": "under enquiry",
    "proposed": "waiting for the customer",
    "received": "under screening",
    "returned": "returned to the customer",
    "in_review": "under review",
    "conditionally_accepted": "waiting for the customer",
    "accepted": "to be planned",
    "rejected": "rejected",
    "expired": "expired",
    "declined": "declined",
    "cancelled": "cancelled",
    "terminated": "terminated",
    "closed": "closed",
}

#: the phases in Chinese
PHASES_ZH = {
    "new": "新建",
    "under enquiry": "询价中",
    "waiting for the customer": "等待客户",
    "under screening": "初审中",
    "returned to the customer": "已退回客户",
    "under review": "评审中",
    "to be planned": "待计划",
    "planned": "已计划",
    "to be started": "待开工",
    "in execution": "执行中",
    "partly delivered": "部分交付",
    "delivered": "已交付",
    "in acceptance": "验收中",
    "in rectification": "整改中",
    "accepted by the customer": "客户已验收",
    "in settlement": "结算中",
    "settled": "已结清",
    "rejected": "已拒绝",
    "expired": "已过期",
    "declined": "客户已谢绝",
    "cancelled": "已取消",
    "terminated": "已终止",
    "closed": "已关闭",
}


class PhasedCase(Protocol):
    """The part of a case that its phase is read from."""

    @property
    def state(self) -> str:
        """The commercial state."""
        ...

    @property
    def ledger(self) -> Ledger:
        """The counts."""
        ...

    @property
    def planning(self) -> Any:
        """The plan, once there is one."""
        ...

    @property
    def acceptance(self) -> Any:
        """Acts and defects, once there are any."""
        ...

    @property
    def settlement(self) -> Any:
        """Statements, invoices and payments, once there are any."""
        ...


def phase_of(case: PhasedCase) -> str:
    """One of the phases, most advanced first: what the ledgers and the stages say of a running order."""
    if case.state == "accepted" and case.planning is not None and case.planning.tasks:
        return "planned"
    if case.state == "released":
        return "to be started"
    if case.state != "in_execution":
        return _BY_STATE[case.state]
    if case.acceptance is not None and case.acceptance.open_defects:
        return "in rectification"
    ledger = case.ledger
    delivered = ledger.delivery in (Status.FULL, Status.OVER)
    if delivered and ledger.acceptance in (Status.FULL, Status.OVER):
        if case.settlement is None:
            return "accepted by the customer"
        settled: bool = import_module("orderlib.settlement.balance").settled(case.settlement, case)
        return "settled" if settled else "in settlement"
    if delivered:
        return "delivered" if case.acceptance is None else "in acceptance"
    return "in execution" if ledger.delivery is Status.NONE else "partly delivered"
