"""The life of a defect."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from statemachine import Event, State

from orderlib.chart.chart import Chart

__all__ = ["DefectLifecycle"]


class DefectLifecycle(Chart):
    """The life of one defect."""

    open: State = State("open", initial=True)
    rectified: State = State("rectified")
    verified: State = State("verified", final=True)
    waived: State = State("waived", final=True)

    rectify: Event = Event(open.to(rectified))
    verify: Event = Event(rectified.to(verified))
    fail_again: Event = Event(rectified.to(open))
    waive: Event = Event(open.to(waived) | rectified.to(waived))

    zh: ClassVar[Mapping[str, str]] = {
        "open": "未整改",
        "rectified": "已整改",
        "verified": "已复验",
        "waived": "已豁免",
        "rectify": "整改",
        "verify": "复验通过",
        "fail_again": "复验不通过",
        "waive": "豁免",
    }
