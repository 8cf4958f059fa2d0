"""Terms: until when we owe an answer, until when we wait for one."""

from __future__ import annotations

from orderlib.enquiry.clock import ClockDecision, Urgency
from orderlib.intake.record import Channel
from orderlib.intake.slice import IntakePolicies
from orderlib.order.record import Order
from orderlib.values.decision import Decided
from orderlib.values.message import Stamp

__all__ = ["clock"]


def clock(policies: IntakePolicies, order: Order, channel: Channel, stamp: Stamp) -> tuple[Decided, ClockDecision]:
    """The decision on the times of an order, and the times; a plain decision leaves them as they are by default."""
    decision = policies.order_clock(order, channel)
    times = decision if isinstance(decision, ClockDecision) else ClockDecision(Urgency(decision.ruling))
    return Decided(stamp, "order_clock", decision), times
