"""The lives of settlement statements, invoices and payments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from statemachine import Event, State

from orderlib.chart.chart import Chart

__all__ = ["InvoiceLifecycle", "PaymentLifecycle", "StatementLifecycle"]


class StatementLifecycle(Chart):
    """The life of a settlement statement: agreed by the customer or disputed, then billed or withdrawn."""

    drafted: State = State("drafted", initial=True)
    disputed: State = State("disputed")
    confirmed: State = State("confirmed")
    billed: State = State("billed", final=True)
    withdrawn: State = State("withdrawn", final=True)

    confirm: Event = Event(drafted.to(confirmed) | disputed.to(confirmed))
    dispute: Event = Event(drafted.to(disputed))
    bill: Event = Event(confirmed.to(billed))
    withdraw: Event = Event(drafted.to(withdrawn) | disputed.to(withdrawn) | confirmed.to(withdrawn))

    zh: ClassVar[Mapping[str, str]] = {
        "drafted": "已编制",
        "disputed": "有争议",
        "confirmed": "已确认",
        "billed": "已开票",
        "withdrawn": "已撤回",
        "confirm": "确认",
        "dispute": "提出异议",
        "bill": "开票",
        "withdraw": "撤回",
    }


class InvoiceLifecycle(Chart):
    """The life of an invoice: open while something is owed, cleared when nothing is; a retention opens it again."""

    open: State = State("open", initial=True)
    cleared: State = State("cleared")

    ends: ClassVar[frozenset[str]] = frozenset({"cleared"})

    clear: Event = Event(open.to(cleared))
    owe: Event = Event(cleared.to(open))

    zh: ClassVar[Mapping[str, str]] = {
        "open": "未清",
        "cleared": "已清",
        "clear": "结清",
        "owe": "重新到期",
    }


class PaymentLifecycle(Chart):
    """The life of a payment: open while a part of it is neither allocated nor refunded, used when nothing is left."""

    open: State = State("open", initial=True)
    used: State = State("used")

    ends: ClassVar[frozenset[str]] = frozenset({"used"})

    use: Event = Event(open.to(used))
    free: Event = Event(used.to(open))

    zh: ClassVar[Mapping[str, str]] = {
        "open": "未用完",
        "used": "已用完",
        "use": "核销完毕",
        "free": "解除核销",
    }
