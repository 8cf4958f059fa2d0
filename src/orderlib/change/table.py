"""Lifecycles, compiled from `lifecycle.py` beside it.

Generated: change the lifecycle, then run `python tools/compile_charts.py`.
"""

from __future__ import annotations

from typing import Final

from orderlib.chart.table import Table

__all__ = ["CANCELLATION", "CHANGE_REQUEST", "CHARGE"]

CHANGE_REQUEST: Final[Table] = Table(
    name="change_request",
    initial="requested",
    states=(
        "requested",
        "proposed",
        "charged",
        "applied",
        "countered",
        "rejected",
        "declined",
        "withdrawn",
        "lapsed",
        "superseded",
    ),
    ends=frozenset({"applied", "countered", "rejected", "declined", "withdrawn", "lapsed", "superseded"}),
    moves={
        "requested": {
            "propose": "proposed",
            "quote": "charged",
            "apply": "applied",
            "counter": "countered",
            "reject": "rejected",
            "withdraw": "withdrawn",
            "lapse": "lapsed",
            "supersede": "superseded",
        },
        "proposed": {
            "apply": "applied",
            "decline": "declined",
            "withdraw": "withdrawn",
            "lapse": "lapsed",
            "supersede": "superseded",
        },
        "charged": {
            "apply": "applied",
            "decline": "declined",
            "withdraw": "withdrawn",
            "lapse": "lapsed",
            "supersede": "superseded",
        },
        "applied": {},
        "countered": {},
        "rejected": {},
        "declined": {},
        "withdrawn": {},
        "lapsed": {},
        "superseded": {},
    },
    en={
        "proposed": "proposed to the customer",
        "charged": "waiting for the charge to be accepted",
    },
    zh={
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
    },
)

CHARGE: Final[Table] = Table(
    name="charge",
    initial="quoted",
    states=(
        "quoted",
        "accepted",
        "declined",
        "timeout",
        "withdrawn",
    ),
    ends=frozenset({"accepted", "declined", "timeout", "withdrawn"}),
    moves={
        "quoted": {
            "accept": "accepted",
            "decline": "declined",
            "lapse": "timeout",
            "withdraw": "withdrawn",
        },
        "accepted": {},
        "declined": {},
        "timeout": {},
        "withdrawn": {},
    },
    zh={
        "quoted": "已报",
        "accepted": "已接受",
        "declined": "已谢绝",
        "timeout": "已超时",
        "withdrawn": "已撤回",
        "accept": "接受",
        "decline": "谢绝",
        "lapse": "过期",
        "withdraw": "撤回",
    },
)

CANCELLATION: Final[Table] = Table(
    name="cancellation",
    initial="requested",
    states=(
        "requested",
        "charged",
        "compensating",
        "completed",
        "refused",
        "declined",
        "withdrawn",
        "lapsed",
    ),
    ends=frozenset({"completed", "refused", "declined", "withdrawn", "lapsed"}),
    moves={
        "requested": {
            "quote": "charged",
            "begin": "compensating",
            "complete": "completed",
            "refuse": "refused",
            "withdraw": "withdrawn",
            "lapse": "lapsed",
        },
        "charged": {
            "begin": "compensating",
            "complete": "completed",
            "decline": "declined",
            "withdraw": "withdrawn",
            "lapse": "lapsed",
        },
        "compensating": {
            "complete": "completed",
        },
        "completed": {},
        "refused": {},
        "declined": {},
        "withdrawn": {},
        "lapsed": {},
    },
    en={
        "charged": "waiting for the charge to be accepted",
        "compensating": "being undone",
    },
    zh={
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
    },
)
