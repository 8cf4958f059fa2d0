"""The life of a reservation, compiled from `lifecycle.py` beside it.

Generated: change the lifecycle, then run `python tools/compile_charts.py`.
"""

from __future__ import annotations

from typing import Final

from orderlib.chart.table import Table

__all__ = ["RESERVATION"]

RESERVATION: Final[Table] = Table(
    name="reservation",
    initial="quoted",
    states=(
        "quoted",
        "confirmed",
        "lapsed",
        "released",
        "used",
    ),
    ends=frozenset({"lapsed", "released", "used"}),
    moves={
        "quoted": {
            "extend": "quoted",
            "resize": "quoted",
            "confirm": "confirmed",
            "draw": "quoted",
            "use_up": "used",
            "lapse": "lapsed",
            "release": "released",
        },
        "confirmed": {
            "resize": "confirmed",
            "draw": "confirmed",
            "use_up": "used",
            "release": "released",
        },
        "lapsed": {},
        "released": {},
        "used": {},
    },
    zh={
        "quoted": "已报价保留",
        "confirmed": "已确认",
        "lapsed": "已失效",
        "released": "已释放",
        "used": "已用完",
        "extend": "延期",
        "resize": "调整数量",
        "confirm": "确认",
        "draw": "部分使用",
        "use_up": "用完",
        "lapse": "失效",
        "release": "释放",
    },
)
