"""The life of a framework agreement, compiled from `lifecycle.py` beside it.

Generated: change the lifecycle, then run `python tools/compile_charts.py`.
"""

from __future__ import annotations

from typing import Final

from orderlib.chart.table import Table

__all__ = ["AGREEMENT"]

AGREEMENT: Final[Table] = Table(
    name="agreement",
    initial="drafted",
    states=(
        "drafted",
        "in_force",
        "suspended",
        "expired",
        "exhausted",
        "terminated",
    ),
    ends=frozenset({"expired", "exhausted", "terminated"}),
    moves={
        "drafted": {
            "sign": "in_force",
            "expire": "expired",
            "terminate": "terminated",
        },
        "in_force": {
            "call_off": "in_force",
            "suspend": "suspended",
            "exhaust": "exhausted",
            "expire": "expired",
            "terminate": "terminated",
        },
        "suspended": {
            "resume": "in_force",
            "exhaust": "exhausted",
            "expire": "expired",
            "terminate": "terminated",
        },
        "expired": {},
        "exhausted": {},
        "terminated": {},
    },
    zh={
        "drafted": "草拟中",
        "in_force": "生效",
        "suspended": "已中止",
        "expired": "已到期",
        "exhausted": "已用尽",
        "terminated": "已终止",
        "sign": "签署",
        "call_off": "调用",
        "suspend": "中止",
        "resume": "恢复",
        "exhaust": "用尽",
        "expire": "到期",
        "terminate": "终止",
    },
)
