"""The life of a framework agreement.

Calling off does not move it. What was reserved while it was in force may be delivered and released whatever has
become of the agreement since: those are facts, not moves.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from statemachine import Event, State

from orderlib.chart.chart import Chart

__all__ = ["AgreementLifecycle"]


class AgreementLifecycle(Chart):
    """The life of a framework agreement."""

    drafted: State = State("drafted", initial=True)
    in_force: State = State("in force")
    suspended: State = State("suspended")
    expired: State = State("expired", final=True)
    exhausted: State = State("exhausted", final=True)
    terminated: State = State("terminated", final=True)

    sign: Event = Event(drafted.to(in_force))
    call_off: Event = Event(in_force.to(in_force, internal=True))
    suspend: Event = Event(in_force.to(suspended))
    resume: Event = Event(suspended.to(in_force))
    exhaust: Event = Event(in_force.to(exhausted) | suspended.to(exhausted))
    expire: Event = Event(drafted.to(expired) | in_force.to(expired) | suspended.to(expired))
    terminate: Event = Event(drafted.to(terminated) | in_force.to(terminated) | suspended.to(terminated))

    zh: ClassVar[Mapping[str, str]] = {
        "drafted": "草拟中",
        "in_force": "生效",
        "suspended": "已中止",
        "expired": "已到期",
        "exhausted": "已用尽",
        "terminated": "已终止",
        "sign": "签署",
        "call_off": "调用",
        "suspend": "中止",
        "resume": "恢复",
        "exhaust": "用尽",
        "expire": "到期",
        "terminate": "终止",
    }
