"""The lives of an assessment, of a condition and of a counter-offer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from statemachine import Event, State

from orderlib.chart.chart import Chart

__all__ = ["AssessmentLifecycle", "ConditionLifecycle", "CounterOfferLifecycle"]


class AssessmentLifecycle(Chart):
    """The life of one assessment."""

    assigned: State = State("assigned", initial=True)
    overdue: State = State("overdue")
    escalated: State = State("escalated")
    defaulted: State = State("defaulted to review")
    submitted: State = State("submitted")
    withdrawn: State = State("withdrawn", final=True)
    excused: State = State("excused", final=True)
    voided: State = State("voided", final=True)

    ends: ClassVar[frozenset[str]] = frozenset({"submitted"})

    # Saying something again, while the panel is sitting, replaces what was said.
    submit: Event = Event(
        assigned.to(submitted)
        | overdue.to(submitted)
        | escalated.to(submitted)
        | defaulted.to(submitted)
        | submitted.to(submitted, internal=True),
    )
    # A conflict of interest: whoever steps in begins an assessment of their own.
    withdraw: Event = Event(
        assigned.to(withdrawn)
        | overdue.to(withdrawn)
        | escalated.to(withdrawn)
        | defaulted.to(withdrawn)
        | submitted.to(withdrawn),
    )
    fall_due: Event = Event(assigned.to(overdue))
    escalate: Event = Event(overdue.to(escalated))
    default: Event = Event(escalated.to(defaulted))
    # The panel had its quorum and decided without it.
    excuse: Event = Event(
        assigned.to(excused) | overdue.to(excused) | escalated.to(excused) | defaulted.to(excused),
    )
    void: Event = Event(submitted.to(voided))

    zh: ClassVar[Mapping[str, str]] = {
        "assigned": "已分配",
        "overdue": "已逾期",
        "escalated": "已升级",
        "defaulted": "按待评审处理",
        "submitted": "已提交",
        "withdrawn": "已回避",
        "excused": "已免除",
        "voided": "已失效",
        "submit": "提交",
        "withdraw": "回避",
        "fall_due": "到期",
        "escalate": "升级",
        "default": "缺省处理",
        "excuse": "免除",
        "void": "作废",
    }


class ConditionLifecycle(Chart):
    """The life of one condition of an acceptance."""

    open: State = State("open", initial=True)
    agreed: State = State("agreed")
    overdue: State = State("overdue")
    met: State = State("met", final=True)
    waived: State = State("waived", final=True)
    declined: State = State("declined", final=True)
    superseded: State = State("superseded", final=True)

    ends: ClassVar[frozenset[str]] = frozenset({"agreed"})

    agree: Event = Event(open.to(agreed))
    meet: Event = Event(open.to(met) | agreed.to(met) | overdue.to(met))
    waive: Event = Event(open.to(waived) | agreed.to(waived) | overdue.to(waived))
    fall_due: Event = Event(open.to(overdue) | agreed.to(overdue))
    decline: Event = Event(open.to(declined))
    supersede: Event = Event(open.to(superseded) | agreed.to(superseded) | overdue.to(superseded))

    zh: ClassVar[Mapping[str, str]] = {
        "open": "未完成",
        "agreed": "客户已同意",
        "overdue": "已逾期",
        "met": "已满足",
        "waived": "已豁免",
        "declined": "客户已谢绝",
        "superseded": "已被取代",
        "agree": "同意",
        "meet": "满足",
        "waive": "豁免",
        "fall_due": "到期",
        "decline": "谢绝",
        "supersede": "取代",
    }


class CounterOfferLifecycle(Chart):
    """The life of one counter-offer to the customer."""

    made: State = State("made", initial=True)
    agreed: State = State("agreed", final=True)
    declined: State = State("declined", final=True)
    lapsed: State = State("lapsed", final=True)
    withdrawn: State = State("withdrawn", final=True)

    agree: Event = Event(made.to(agreed))
    decline: Event = Event(made.to(declined))
    lapse: Event = Event(made.to(lapsed))
    withdraw: Event = Event(made.to(withdrawn))

    zh: ClassVar[Mapping[str, str]] = {
        "made": "已提出",
        "agreed": "已同意",
        "declined": "已谢绝",
        "lapsed": "已过期",
        "withdrawn": "已撤回",
        "agree": "同意",
        "decline": "谢绝",
        "lapse": "过期",
        "withdraw": "撤回",
    }
