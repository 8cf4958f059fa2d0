"""The lives of an inspection lot, a nonconformity and a corrective action."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from statemachine import Event, State

from orderlib.chart.chart import Chart

__all__ = ["CorrectiveActionLifecycle", "InspectionLotLifecycle", "NonconformityLifecycle"]


class InspectionLotLifecycle(Chart):
    """The life of one inspection lot.

    A report of a part of the sample does not move it. A lot that was released can be recalled, when something is
    found later.
    """

    planned: State = State("planned", initial=True)
    in_inspection: State = State("in inspection")
    passed: State = State("passed")
    failed: State = State("failed")
    passed_with_concession: State = State("passed with concession")
    disposed: State = State("disposed of", final=True)
    cancelled: State = State("cancelled", final=True)

    start: Event = Event(planned.to(in_inspection))
    report: Event = Event(in_inspection.to(in_inspection, internal=True))
    accept: Event = Event(in_inspection.to(passed))
    reject: Event = Event(in_inspection.to(failed))
    reinspect: Event = Event(failed.to(planned))
    concede: Event = Event(failed.to(passed_with_concession))
    dispose: Event = Event(failed.to(disposed))
    recall: Event = Event(passed.to(failed) | passed_with_concession.to(failed))
    cancel: Event = Event(planned.to(cancelled) | in_inspection.to(cancelled))

    ends: ClassVar[frozenset[str]] = frozenset({"passed", "passed_with_concession"})

    zh: ClassVar[Mapping[str, str]] = {
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
    }


class NonconformityLifecycle(Chart):
    """The life of one nonconformity: raised, decided on, carried out, verified."""

    open: State = State("open", initial=True)
    decided: State = State("decided")
    carried_out: State = State("carried out")
    closed: State = State("closed", final=True)
    withdrawn: State = State("withdrawn", final=True)

    decide: Event = Event(open.to(decided) | decided.to(decided, internal=True))
    carry_out: Event = Event(decided.to(carried_out))
    verify: Event = Event(carried_out.to(closed))
    fail_again: Event = Event(carried_out.to(open))
    withdraw: Event = Event(open.to(withdrawn) | decided.to(withdrawn))

    zh: ClassVar[Mapping[str, str]] = {
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
    }


class CorrectiveActionLifecycle(Chart):
    """The life of one corrective action: what is done so that it does not happen again, and whether it helped."""

    agreed: State = State("agreed", initial=True)
    implemented: State = State("implemented")
    effective: State = State("effective", final=True)
    cancelled: State = State("cancelled", final=True)

    implement: Event = Event(agreed.to(implemented))
    confirm: Event = Event(implemented.to(effective))
    fail_again: Event = Event(implemented.to(agreed))
    cancel: Event = Event(agreed.to(cancelled))

    zh: ClassVar[Mapping[str, str]] = {
        "agreed": "已商定",
        "implemented": "已实施",
        "effective": "已确认有效",
        "cancelled": "已取消",
        "implement": "实施",
        "confirm": "确认有效",
        "fail_again": "无效，重新商定",
        "cancel": "取消",
    }
