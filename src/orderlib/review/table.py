"""Lifecycles, compiled from `lifecycle.py` beside it.

Generated: change the lifecycle, then run `python tools/compile_charts.py`.
"""

from __future__ import annotations

from typing import Final

from orderlib.chart.table import Table

__all__ = ["ASSESSMENT", "CONDITION", "COUNTER_OFFER"]

ASSESSMENT: Final[Table] = Table(
    name="assessment",
    initial="assigned",
    states=(
        "assigned",
        "overdue",
        "escalated",
        "defaulted",
        "submitted",
        "withdrawn",
        "excused",
        "voided",
    ),
    ends=frozenset({"submitted", "withdrawn", "excused", "voided"}),
    moves={
        "assigned": {
            "submit": "submitted",
            "withdraw": "withdrawn",
            "fall_due": "overdue",
            "excuse": "excused",
        },
        "overdue": {
            "submit": "submitted",
            "withdraw": "withdrawn",
            "escalate": "escalated",
            "excuse": "excused",
        },
        "escalated": {
            "submit": "submitted",
            "withdraw": "withdrawn",
            "default": "defaulted",
            "excuse": "excused",
        },
        "defaulted": {
            "submit": "submitted",
            "withdraw": "withdrawn",
            "excuse": "excused",
        },
        "submitted": {
            "submit": "submitted",
            "withdraw": "withdrawn",
            "void": "voided",
        },
        "withdrawn": {},
        "excused": {},
        "voided": {},
    },
    en={
        "defaulted": "defaulted to review",
    },
    zh={
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
    },
)

CONDITION: Final[Table] = Table(
    name="condition",
    initial="open",
    states=(
        "open",
        "agreed",
        "overdue",
        "met",
        "waived",
        "declined",
        "superseded",
    ),
    ends=frozenset({"agreed", "met", "waived", "declined", "superseded"}),
    moves={
        "open": {
            "agree": "agreed",
            "meet": "met",
            "waive": "waived",
            "fall_due": "overdue",
            "decline": "declined",
            "supersede": "superseded",
        },
        "agreed": {
            "meet": "met",
            "waive": "waived",
            "fall_due": "overdue",
            "supersede": "superseded",
        },
        "overdue": {
            "meet": "met",
            "waive": "waived",
            "supersede": "superseded",
        },
        "met": {},
        "waived": {},
        "declined": {},
        "superseded": {},
    },
    zh={
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
    },
)

COUNTER_OFFER: Final[Table] = Table(
    name="counter_offer",
    initial="made",
    states=(
        "made",
        "agreed",
        "declined",
        "lapsed",
        "withdrawn",
    ),
    ends=frozenset({"agreed", "declined", "lapsed", "withdrawn"}),
    moves={
        "made": {
            "agree": "agreed",
            "decline": "declined",
            "lapse": "lapsed",
            "withdraw": "withdrawn",
        },
        "agreed": {},
        "declined": {},
        "lapsed": {},
        "withdrawn": {},
    },
    zh={
        "made": "已提出",
        "agreed": "已同意",
        "declined": "已谢绝",
        "lapsed": "已过期",
        "withdrawn": "已撤回",
        "agree": "同意",
        "decline": "谢绝",
        "lapse": "过期",
        "withdraw": "撤回",
    },
)
