"""The life of a reservation.

What it holds may become less or more without a move. A delivery that uses it up ends it; one that uses a part is
booked and leaves it where it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from statemachine import Event, State

from orderlib.chart.chart import Chart

__all__ = ["ReservationLifecycle"]


class ReservationLifecycle(Chart):
    """The life of a reservation."""

    quoted: State = State("quoted", initial=True)
    confirmed: State = State("confirmed")
    lapsed: State = State("lapsed", final=True)
    released: State = State("released", final=True)
    used: State = State("used", final=True)

    extend: Event = Event(quoted.to(quoted, internal=True))
    resize: Event = Event(quoted.to(quoted, internal=True) | confirmed.to(confirmed, internal=True))
    confirm: Event = Event(quoted.to(confirmed))
    draw: Event = Event(quoted.to(quoted, internal=True) | confirmed.to(confirmed, internal=True))
    use_up: Event = Event(quoted.to(used) | confirmed.to(used))
    lapse: Event = Event(quoted.to(lapsed))
    release: Event = Event(quoted.to(released) | confirmed.to(released))

    zh: ClassVar[Mapping[str, str]] = {
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
    }
