"""The life of a purchase commitment, compiled from `lifecycle.py` beside it.

Generated: change the lifecycle, then run `python tools/compile_charts.py`.
"""

from __future__ import annotations

from typing import Final

from orderlib.chart.table import Table

__all__ = ["COMMITMENT"]

COMMITMENT: Final[Table] = Table(
    name="commitment",
    initial="planned",
    states=(
        "planned",
        "ordered",
        "confirmed",
        "late",
        "received",
        "cancelled",
    ),
    ends=frozenset({"received", "cancelled"}),
    moves={
        "planned": {
            "order": "ordered",
            "confirm": "confirmed",
            "delay": "late",
            "receive_part": "planned",
            "receive": "received",
            "cancel": "cancelled",
        },
        "ordered": {
            "confirm": "confirmed",
            "delay": "late",
            "receive_part": "ordered",
            "receive": "received",
            "cancel": "cancelled",
        },
        "confirmed": {
            "confirm": "confirmed",
            "delay": "late",
            "receive_part": "confirmed",
            "receive": "received",
            "cancel": "cancelled",
        },
        "late": {
            "confirm": "confirmed",
            "delay": "late",
            "receive_part": "late",
            "receive": "received",
            "cancel": "cancelled",
        },
        "received": {},
        "cancelled": {},
    },
    zh={
        "planned": "已计划",
        "ordered": "已下单",
        "confirmed": "已确认",
        "late": "已延误",
        "received": "已收货",
        "cancelled": "已取消",
        "order": "下单",
        "confirm": "确认",
        "delay": "延误",
        "receive_part": "部分收货",
        "receive": "收货",
        "cancel": "取消",
    },
)
