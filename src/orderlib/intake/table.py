"""Confirming back one order that came without a document, compiled from `lifecycle.py` beside it.

Generated: change the lifecycle, then run `python tools/compile_charts.py`.
"""

from __future__ import annotations

from typing import Final

from orderlib.chart.table import Table

__all__ = ["CONFIRMATION"]

CONFIRMATION: Final[Table] = Table(
    name="confirmation",
    initial="needed",
    states=(
        "needed",
        "sent",
        "confirmed",
        "disputed",
        "lapsed",
    ),
    ends=frozenset({"confirmed", "disputed", "lapsed"}),
    moves={
        "needed": {
            "write_back": "sent",
            "confirm": "confirmed",
            "dispute": "disputed",
        },
        "sent": {
            "write_back": "sent",
            "confirm": "confirmed",
            "dispute": "disputed",
            "lapse": "lapsed",
        },
        "confirmed": {},
        "disputed": {},
        "lapsed": {},
    },
    zh={
        "needed": "待书面确认",
        "sent": "已书面回复",
        "confirmed": "客户已确认",
        "disputed": "客户有异议",
        "lapsed": "逾期未确认",
        "write_back": "书面回复",
        "confirm": "确认",
        "dispute": "提出异议",
        "lapse": "逾期",
    },
)
