"""The lives of change requests, charges and cancellations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from statemachine import Event, State

from orderlib.chart.chart import Chart

__all__ = ["CancellationLifecycle", "ChangeRequestLifecycle", "ChargeLifecycle"]


class ChangeRequestLifecycle(Chart):
    """The life of one change that somebody wants."""

    requested: State = State("requested", initial=True)
    proposed: State = State("proposed to the customer")
    charged: State = State("waiting for the charge to be accepted")
    applied: State = State("applied", final=True)
    countered: State = State("countered", final=True)
    rejected: State = State("rejected", final=True)
    declined: State = State("declined", final=True)
    withdrawn: State = State("withdrawn", final=True)
    lapsed: State = State("lapsed", final=True)
    superseded: State = State("superseded", final=True)

    # What the customer wants, we decide; what we want, we decide and the customer agrees to.
    propose: Event = Event(requested.to(proposed))
    quote: Event = Event(requested.to(charged))
    apply: Event = Event(requested.to(applied) | proposed.to(applied) | charged.to(applied))
    counter: Event = Event(requested.to(countered))
    reject: Event = Event(requested.to(rejected))
    decline: Event = Event(proposed.to(declined) | charged.to(declined))
    withdraw: Event = Event(requested.to(withdrawn) | proposed.to(withdrawn) | charged.to(withdrawn))
    lapse: Event = Event(requested.to(lapsed) | proposed.to(lapsed) | charged.to(lapsed))
    # The customer has sent another change, or the order has ended.
    supersede: Event = Event(requested.to(superseded) | proposed.to(superseded) | charged.to(superseded))

    zh: ClassVar[Mapping[str, str]] = {
        "requested": "已提出",
        "proposed": "已向客户提议",
        "charged": "等待客户接受费用",
        "applied": "已执行",
        "countered": "已还盘",
        "rejected": "已拒绝",
        "declined": "客户已谢绝",
        "withdrawn": "已撤回",
        "lapsed": "已过期",
        "superseded": "已被取代",
        "propose": "提议",
        "quote": "报费用",
        "apply": "执行",
        "counter": "还盘",
        "reject": "拒绝",
        "decline": "谢绝",
        "withdraw": "撤回",
        "lapse": "过期",
        "supersede": "取代",
    }


class ChargeLifecycle(Chart):
    """The life of one charge for a change or cancellation (MEF 123)."""

    quoted: State = State("quoted", initial=True)
    accepted: State = State("accepted", final=True)
    declined: State = State("declined", final=True)
    timeout: State = State("timeout", final=True)
    withdrawn: State = State("withdrawn", final=True)

    accept: Event = Event(quoted.to(accepted))
    decline: Event = Event(quoted.to(declined))
    lapse: Event = Event(quoted.to(timeout))
    withdraw: Event = Event(quoted.to(withdrawn))

    zh: ClassVar[Mapping[str, str]] = {
        "quoted": "已报",
        "accepted": "已接受",
        "declined": "已谢绝",
        "timeout": "已超时",
        "withdrawn": "已撤回",
        "accept": "接受",
        "decline": "谢绝",
        "lapse": "过期",
        "withdraw": "撤回",
    }


class CancellationLifecycle(Chart):
    """The life of one cancellation or termination that somebody wants."""

    requested: State = State("requested", initial=True)
    charged: State = State("waiting for the charge to be accepted")
    compensating: State = State("being undone")
    completed: State = State("completed", final=True)
    refused: State = State("refused", final=True)
    declined: State = State("declined", final=True)
    withdrawn: State = State("withdrawn", final=True)
    lapsed: State = State("lapsed", final=True)

    quote: Event = Event(requested.to(charged))
    begin: Event = Event(requested.to(compensating) | charged.to(compensating))
    complete: Event = Event(requested.to(completed) | charged.to(completed) | compensating.to(completed))
    refuse: Event = Event(requested.to(refused))
    decline: Event = Event(charged.to(declined))
    withdraw: Event = Event(requested.to(withdrawn) | charged.to(withdrawn))
    lapse: Event = Event(requested.to(lapsed) | charged.to(lapsed))

    zh: ClassVar[Mapping[str, str]] = {
        "requested": "已提出",
        "charged": "等待客户接受费用",
        "compensating": "善后中",
        "completed": "已完成",
        "refused": "已拒绝",
        "declined": "客户已谢绝",
        "withdrawn": "已撤回",
        "lapsed": "已过期",
        "quote": "报费用",
        "begin": "开始善后",
        "complete": "完成",
        "refuse": "拒绝",
        "decline": "谢绝",
        "withdraw": "撤回",
        "lapse": "过期",
    }
