"""The life of one risk in the register, compiled from `lifecycle.py` beside it.

Generated: change the lifecycle, then run `python tools/compile_charts.py`.
"""

from __future__ import annotations

from typing import Final

from orderlib.chart.table import Table

__all__ = ["RISK"]

RISK: Final[Table] = Table(
    name="risk",
    initial="identified",
    states=(
        "identified",
        "treated",
        "closed",
        "occurred",
    ),
    ends=frozenset({"closed", "occurred"}),
    moves={
        "identified": {
            "treat": "treated",
            "close": "closed",
            "occur": "occurred",
        },
        "treated": {
            "treat": "treated",
            "close": "closed",
            "occur": "occurred",
        },
        "closed": {},
        "occurred": {},
    },
    zh={
        "identified": "已识别",
        "treated": "已应对",
        "closed": "已关闭",
        "occurred": "已发生",
        "treat": "应对",
        "close": "关闭",
        "occur": "发生",
    },
)
