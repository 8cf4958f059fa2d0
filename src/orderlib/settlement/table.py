"""Lifecycles, compiled from `lifecycle.py` beside it.

Generated: change the lifecycle, then run `python tools/compile_charts.py`.
"""

from __future__ import annotations

from typing import Final

from orderlib.chart.table import Table

__all__ = ["INVOICE", "PAYMENT", "STATEMENT"]

STATEMENT: Final[Table] = Table(
    name="statement",
    initial="drafted",
    states=(
        "drafted",
        "disputed",
        "confirmed",
        "billed",
        "withdrawn",
    ),
    ends=frozenset({"billed", "withdrawn"}),
    moves={
        "drafted": {
            "confirm": "confirmed",
            "dispute": "disputed",
            "withdraw": "withdrawn",
        },
        "disputed": {
            "confirm": "confirmed",
            "withdraw": "withdrawn",
        },
        "confirmed": {
            "bill": "billed",
            "withdraw": "withdrawn",
        },
        "billed": {},
        "withdrawn": {},
    },
    zh={
        "drafted": "已编制",
        "disputed": "有争议",
        "confirmed": "已确认",
        "billed": "已开票",
        "withdrawn": "已撤回",
        "confirm": "确认",
        "dispute": "提出异议",
        "bill": "开票",
        "withdraw": "撤回",
    },
)

INVOICE: Final[Table] = Table(
    name="invoice",
    initial="open",
    states=(
        "open",
        "cleared",
    ),
    ends=frozenset({"cleared"}),
    moves={
        "open": {
            "clear": "cleared",
        },
        "cleared": {
            "owe": "open",
        },
    },
    zh={
        "open": "未清",
        "cleared": "已清",
        "clear": "结清",
        "owe": "重新到期",
    },
)

PAYMENT: Final[Table] = Table(
    name="payment",
    initial="open",
    states=(
        "open",
        "used",
    ),
    ends=frozenset({"used"}),
    moves={
        "open": {
            "use": "used",
        },
        "used": {
            "free": "open",
        },
    },
    zh={
        "open": "未用完",
        "used": "已用完",
        "use": "核销完毕",
        "free": "解除核销",
    },
)
