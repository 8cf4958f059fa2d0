"""The lives of despatches and exceptions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from statemachine import Event, State

from orderlib.chart.chart import Chart

__all__ = ["DespatchLifecycle", "IncidentLifecycle"]


class DespatchLifecycle(Chart):
    """The life of one despatch."""

    in_transit: State = State("in transit", initial=True)
    partly_arrived: State = State("partly arrived")
    arrived: State = State("arrived", final=True)
    arrived_with_differences: State = State("arrived with differences", final=True)

    arrive_partly: Event = Event(in_transit.to(partly_arrived) | partly_arrived.to(partly_arrived, internal=True))
    arrive: Event = Event(in_transit.to(arrived) | partly_arrived.to(arrived))
    differ: Event = Event(in_transit.to(arrived_with_differences) | partly_arrived.to(arrived_with_differences))

    zh: ClassVar[Mapping[str, str]] = {
        "in_transit": "在途",
        "partly_arrived": "部分到达",
        "arrived": "已到达",
        "arrived_with_differences": "到达有差异",
        "arrive_partly": "部分到达",
        "arrive": "到达",
        "differ": "到达有差异",
    }


class IncidentLifecycle(Chart):
    """The life of one exception."""

    open: State = State("open", initial=True)
    escalated: State = State("escalated")
    resolved: State = State("resolved", final=True)

    escalate: Event = Event(open.to(escalated) | escalated.to(escalated, internal=True))
    resolve: Event = Event(open.to(resolved) | escalated.to(resolved))

    zh: ClassVar[Mapping[str, str]] = {
        "open": "未处理",
        "escalated": "已升级",
        "resolved": "已解决",
        "escalate": "升级",
        "resolve": "解决",
    }
