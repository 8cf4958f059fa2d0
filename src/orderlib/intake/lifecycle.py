"""The life of a confirmation: a spoken order, written back by us, confirmed by the customer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from statemachine import Event, State

from orderlib.chart.chart import Chart

__all__ = ["ConfirmationLifecycle"]


class ConfirmationLifecycle(Chart):
    """Confirming back one order that came without a document."""

    needed: State = State("needed", initial=True)
    sent: State = State("sent")
    confirmed: State = State("confirmed", final=True)
    disputed: State = State("disputed", final=True)
    lapsed: State = State("lapsed", final=True)

    write_back: Event = Event(needed.to(sent) | sent.to(sent, internal=True))
    # a customer who writes before we do confirms or contradicts as well
    confirm: Event = Event(needed.to(confirmed) | sent.to(confirmed))
    dispute: Event = Event(needed.to(disputed) | sent.to(disputed))
    lapse: Event = Event(sent.to(lapsed))

    zh: ClassVar[Mapping[str, str]] = {
        "needed": "待书面确认",
        "sent": "已书面回复",
        "confirmed": "客户已确认",
        "disputed": "客户有异议",
        "lapsed": "逾期未确认",
        "write_back": "书面回复",
        "confirm": "确认",
        "dispute": "提出异议",
        "lapse": "逾期",
    }
