"""Lifecycles, compiled from `lifecycle.py` beside it.

Generated: change the lifecycle, then run `python tools/compile_charts.py`.
"""

from __future__ import annotations

from typing import Final

from orderlib.chart.table import Table

__all__ = ["DESPATCH", "INCIDENT"]

DESPATCH: Final[Table] = Table(
    name="despatch",
    initial="in_transit",
    states=(
        "in_transit",
        "partly_arrived",
        "arrived",
        "arrived_with_differences",
    ),
    ends=frozenset({"arrived", "arrived_with_differences"}),
    moves={
        "in_transit": {
            "arrive_partly": "partly_arrived",
            "arrive": "arrived",
            "differ": "arrived_with_differences",
        },
        "partly_arrived": {
            "arrive_partly": "partly_arrived",
            "arrive": "arrived",
            "differ": "arrived_with_differences",
        },
        "arrived": {},
        "arrived_with_differences": {},
    },
    zh={
        "in_transit": "在途",
        "partly_arrived": "部分到达",
        "arrived": "已到达",
        "arrived_with_differences": "到达有差异",
        "arrive_partly": "部分到达",
        "arrive": "到达",
        "differ": "到达有差异",
    },
)

INCIDENT: Final[Table] = Table(
    name="incident",
    initial="open",
    states=(
        "open",
        "escalated",
        "resolved",
    ),
    ends=frozenset({"resolved"}),
    moves={
        "open": {
            "escalate": "escalated",
            "resolve": "resolved",
        },
        "escalated": {
            "escalate": "escalated",
            "resolve": "resolved",
        },
        "resolved": {},
    },
    zh={
        "open": "未处理",
        "escalated": "已升级",
        "resolved": "已解决",
        "escalate": "升级",
        "resolve": "解决",
    },
)
