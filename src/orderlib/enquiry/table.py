"""Lifecycles, compiled from `lifecycle.py` beside it.

Generated: change the lifecycle, then run `python tools/compile_charts.py`.
"""

from __future__ import annotations

from typing import Final

from orderlib.chart.table import Table

__all__ = ["PROPOSAL", "QUESTION", "REQUIREMENT"]

REQUIREMENT: Final[Table] = Table(
    name="requirement",
    initial="stated",
    states=(
        "stated",
        "clear",
        "unclear",
        "unfeasible",
        "confirmed",
        "withdrawn",
    ),
    ends=frozenset({"confirmed", "withdrawn"}),
    moves={
        "stated": {
            "find_clear": "clear",
            "find_unclear": "unclear",
            "find_unfeasible": "unfeasible",
            "revise": "stated",
            "withdraw": "withdrawn",
        },
        "clear": {
            "revise": "stated",
            "confirm": "confirmed",
            "withdraw": "withdrawn",
        },
        "unclear": {
            "revise": "stated",
            "clarify": "stated",
            "withdraw": "withdrawn",
        },
        "unfeasible": {
            "revise": "stated",
            "clarify": "stated",
            "withdraw": "withdrawn",
        },
        "confirmed": {},
        "withdrawn": {},
    },
    zh={
        "stated": "已提出",
        "clear": "明确",
        "unclear": "不明确",
        "unfeasible": "不可行",
        "confirmed": "已确认",
        "withdrawn": "已撤回",
        "find_clear": "判定明确",
        "find_unclear": "判定不明确",
        "find_unfeasible": "判定不可行",
        "revise": "修订",
        "clarify": "澄清",
        "confirm": "确认",
        "withdraw": "撤回",
    },
)

QUESTION: Final[Table] = Table(
    name="question",
    initial="asked",
    states=(
        "asked",
        "answered",
        "lapsed",
        "withdrawn",
    ),
    ends=frozenset({"answered", "lapsed", "withdrawn"}),
    moves={
        "asked": {
            "answer": "answered",
            "lapse": "lapsed",
            "withdraw": "withdrawn",
        },
        "answered": {},
        "lapsed": {},
        "withdrawn": {},
    },
    zh={
        "asked": "待答复",
        "answered": "已答复",
        "lapsed": "逾期未答",
        "withdrawn": "已撤回",
        "answer": "答复",
        "lapse": "逾期",
        "withdraw": "撤回",
    },
)

PROPOSAL: Final[Table] = Table(
    name="proposal",
    initial="drafted",
    states=(
        "drafted",
        "submitted",
        "accepted",
        "declined",
        "expired",
        "superseded",
        "withdrawn",
    ),
    ends=frozenset({"accepted", "declined", "expired", "superseded", "withdrawn"}),
    moves={
        "drafted": {
            "submit": "submitted",
            "revise": "drafted",
            "supersede": "superseded",
            "withdraw": "withdrawn",
        },
        "submitted": {
            "revise": "submitted",
            "accept": "accepted",
            "decline": "declined",
            "expire": "expired",
            "supersede": "superseded",
            "withdraw": "withdrawn",
        },
        "accepted": {
            "expire": "expired",
        },
        "declined": {},
        "expired": {},
        "superseded": {},
        "withdrawn": {},
    },
    zh={
        "drafted": "草拟",
        "submitted": "已提交",
        "accepted": "已接受",
        "declined": "已谢绝",
        "expired": "已过期",
        "superseded": "已被取代",
        "withdrawn": "已撤回",
        "submit": "提交",
        "revise": "修订",
        "accept": "接受",
        "decline": "谢绝",
        "expire": "过期",
        "supersede": "取代",
        "withdraw": "撤回",
    },
)
