"""The life of a risk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from statemachine import Event, State

from orderlib.chart.chart import Chart

__all__ = ["RiskLifecycle"]


class RiskLifecycle(Chart):
    """The life of one risk in the register."""

    identified: State = State("identified", initial=True)
    treated: State = State("treated")
    closed: State = State("closed", final=True)
    occurred: State = State("occurred", final=True)

    treat: Event = Event(identified.to(treated) | treated.to(treated, internal=True))
    close: Event = Event(identified.to(closed) | treated.to(closed))
    occur: Event = Event(identified.to(occurred) | treated.to(occurred))

    zh: ClassVar[Mapping[str, str]] = {
        "identified": "已识别",
        "treated": "已应对",
        "closed": "已关闭",
        "occurred": "已发生",
        "treat": "应对",
        "close": "关闭",
        "occur": "发生",
    }
