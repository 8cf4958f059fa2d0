"""The life of one defect, compiled from `lifecycle.py` beside it.

Generated: change the lifecycle, then run `python tools/compile_charts.py`.
"""

from __future__ import annotations

from typing import Final

from orderlib.chart.table import Table

__all__ = ["DEFECT"]

DEFECT: Final[Table] = Table(
    name="defect",
    initial="open",
    states=(
        "open",
        "rectified",
        "verified",
        "waived",
    ),
    ends=frozenset({"verified", "waived"}),
    moves={
        "open": {
            "rectify": "rectified",
            "waive": "waived",
        },
        "rectified": {
            "verify": "verified",
            "fail_again": "open",
            "waive": "waived",
        },
        "verified": {},
        "waived": {},
    },
    zh={
        "open": "未整改",
        "rectified": "已整改",
        "verified": "已复验",
        "waived": "已豁免",
        "rectify": "整改",
        "verify": "复验通过",
        "fail_again": "复验不通过",
        "waive": "豁免",
    },
)
