"""Lifecycles, compiled from `lifecycle.py` beside it.

Generated: change the lifecycle, then run `python tools/compile_charts.py`.
"""

from __future__ import annotations

from typing import Final

from orderlib.chart.table import Table

__all__ = ["MILESTONE", "TASK"]

TASK: Final[Table] = Table(
    name="task",
    initial="planned",
    states=(
        "planned",
        "started",
        "done",
        "dropped",
    ),
    ends=frozenset({"done", "dropped"}),
    moves={
        "planned": {
            "start": "started",
            "drop": "dropped",
        },
        "started": {
            "complete": "done",
            "drop": "dropped",
        },
        "done": {},
        "dropped": {},
    },
    zh={
        "planned": "已计划",
        "started": "进行中",
        "done": "已完成",
        "dropped": "已取消",
        "start": "开始",
        "complete": "完成",
        "drop": "取消",
    },
)

MILESTONE: Final[Table] = Table(
    name="milestone",
    initial="open",
    states=(
        "open",
        "reached",
        "violated",
        "dropped",
    ),
    ends=frozenset({"reached", "dropped"}),
    moves={
        "open": {
            "reach": "reached",
            "violate": "violated",
            "drop": "dropped",
        },
        "reached": {},
        "violated": {
            "reach": "reached",
            "drop": "dropped",
        },
        "dropped": {},
    },
    en={
        "open": "yet to reach",
    },
    zh={
        "open": "待达成",
        "reached": "已达成",
        "violated": "已错过",
        "dropped": "已取消",
        "reach": "达成",
        "violate": "错过",
        "drop": "取消",
    },
)
