"""The life of a purchase commitment.

What a supplier reports is booked whatever the state; only what moves the commitment is a move. A commitment is late
when the supplier says so, or when its day has passed and nothing came.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from statemachine import Event, State

from orderlib.chart.chart import Chart

__all__ = ["CommitmentLifecycle"]


class CommitmentLifecycle(Chart):
    """The life of a purchase commitment."""

    planned: State = State("planned", initial=True)
    ordered: State = State("ordered")
    confirmed: State = State("confirmed")
    late: State = State("late")
    received: State = State("received", final=True)
    cancelled: State = State("cancelled", final=True)

    order: Event = Event(planned.to(ordered))
    confirm: Event = Event(
        planned.to(confirmed) | ordered.to(confirmed) | late.to(confirmed) | confirmed.to(confirmed, internal=True)
    )
    delay: Event = Event(planned.to(late) | ordered.to(late) | confirmed.to(late) | late.to(late, internal=True))
    receive_part: Event = Event(
        planned.to(planned, internal=True)
        | ordered.to(ordered, internal=True)
        | confirmed.to(confirmed, internal=True)
        | late.to(late, internal=True)
    )
    receive: Event = Event(planned.to(received) | ordered.to(received) | confirmed.to(received) | late.to(received))
    cancel: Event = Event(planned.to(cancelled) | ordered.to(cancelled) | confirmed.to(cancelled) | late.to(cancelled))

    zh: ClassVar[Mapping[str, str]] = {
        "planned": "已计划",
        "ordered": "已下单",
        "confirmed": "已确认",
        "late": "已延误",
        "received": "已收货",
        "cancelled": "已取消",
        "order": "下单",
        "confirm": "确认",
        "delay": "延误",
        "receive_part": "部分收货",
        "receive": "收货",
        "cancel": "取消",
    }
