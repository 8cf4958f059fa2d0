"""The lives of tasks and milestones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from statemachine import Event, State

from orderlib.chart.chart import Chart

__all__ = ["MilestoneLifecycle", "TaskLifecycle"]


class TaskLifecycle(Chart):
    """The life of one task."""

    planned: State = State("planned", initial=True)
    started: State = State("started")
    done: State = State("done", final=True)
    dropped: State = State("dropped", final=True)

    start: Event = Event(planned.to(started))
    complete: Event = Event(started.to(done))
    drop: Event = Event(planned.to(dropped) | started.to(dropped))

    zh: ClassVar[Mapping[str, str]] = {
        "planned": "已计划",
        "started": "进行中",
        "done": "已完成",
        "dropped": "已取消",
        "start": "开始",
        "complete": "完成",
        "drop": "取消",
    }


class MilestoneLifecycle(Chart):
    """The life of one milestone (TMF622 knows the same three states)."""

    open: State = State("yet to reach", initial=True)
    reached: State = State("reached", final=True)
    violated: State = State("violated")
    dropped: State = State("dropped", final=True)

    reach: Event = Event(open.to(reached) | violated.to(reached))
    violate: Event = Event(open.to(violated))
    drop: Event = Event(open.to(dropped) | violated.to(dropped))

    zh: ClassVar[Mapping[str, str]] = {
        "open": "待达成",
        "reached": "已达成",
        "violated": "已错过",
        "dropped": "已取消",
        "reach": "达成",
        "violate": "错过",
        "drop": "取消",
    }
