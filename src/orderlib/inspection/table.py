"""Lifecycles, compiled from `lifecycle.py` beside it.

Generated: change the lifecycle, then run `python tools/compile_charts.py`.
"""

from __future__ import annotations

from typing import Final

from orderlib.chart.table import Table

__all__ = ["CORRECTIVE_ACTION", "INSPECTION_LOT", "NONCONFORMITY"]

INSPECTION_LOT: Final[Table] = Table(
    name="inspection_lot",
    initial="planned",
    states=(
        "planned",
        "in_inspection",
        "passed",
        "failed",
        "passed_with_concession",
        "disposed",
        "cancelled",
    ),
    ends=frozenset({"passed", "passed_with_concession", "disposed", "cancelled"}),
    moves={
        "planned": {
            "start": "in_inspection",
            "cancel": "cancelled",
        },
        "in_inspection": {
            "report": "in_inspection",
            "accept": "passed",
            "reject": "failed",
            "cancel": "cancelled",
        },
        "passed": {
            "recall": "failed",
        },
        "failed": {
            "reinspect": "planned",
            "concede": "passed_with_concession",
            "dispose": "disposed",
        },
        "passed_with_concession": {
            "recall": "failed",
        },
        "disposed": {},
        "cancelled": {},
    },
    en={
        "disposed": "disposed of",
    },
    zh={
        "planned": "待检",
        "in_inspection": "检验中",
        "passed": "合格",
        "failed": "不合格",
        "passed_with_concession": "让步接收",
        "disposed": "已处置",
        "cancelled": "已取消",
        "start": "开始检验",
        "report": "报告部分结果",
        "accept": "接收",
        "reject": "拒收",
        "reinspect": "重新检验",
        "concede": "让步",
        "dispose": "处置",
        "recall": "召回",
        "cancel": "取消",
    },
)

NONCONFORMITY: Final[Table] = Table(
    name="nonconformity",
    initial="open",
    states=(
        "open",
        "decided",
        "carried_out",
        "closed",
        "withdrawn",
    ),
    ends=frozenset({"closed", "withdrawn"}),
    moves={
        "open": {
            "decide": "decided",
            "withdraw": "withdrawn",
        },
        "decided": {
            "decide": "decided",
            "carry_out": "carried_out",
            "withdraw": "withdrawn",
        },
        "carried_out": {
            "verify": "closed",
            "fail_again": "open",
        },
        "closed": {},
        "withdrawn": {},
    },
    zh={
        "open": "未处置",
        "decided": "已决定处置方式",
        "carried_out": "已执行",
        "closed": "已关闭",
        "withdrawn": "已撤销",
        "decide": "决定处置方式",
        "carry_out": "执行",
        "verify": "验证通过",
        "fail_again": "验证不通过",
        "withdraw": "撤销",
    },
)

CORRECTIVE_ACTION: Final[Table] = Table(
    name="corrective_action",
    initial="agreed",
    states=(
        "agreed",
        "implemented",
        "effective",
        "cancelled",
    ),
    ends=frozenset({"effective", "cancelled"}),
    moves={
        "agreed": {
            "implement": "implemented",
            "cancel": "cancelled",
        },
        "implemented": {
            "confirm": "effective",
            "fail_again": "agreed",
        },
        "effective": {},
        "cancelled": {},
    },
    zh={
        "agreed": "已商定",
        "implemented": "已实施",
        "effective": "已确认有效",
        "cancelled": "已取消",
        "implement": "实施",
        "confirm": "确认有效",
        "fail_again": "无效，重新商定",
        "cancel": "取消",
    },
)
