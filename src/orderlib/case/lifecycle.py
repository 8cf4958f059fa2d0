"""The order's commercial life, from enquiry to closure.

Three things are deliberately not here. What is counted (delivered, billed, paid, accepted) lives in ledgers per
line; what blocks is a hold; what is in question (a change, a charge, a cancellation asked for) is a request with a
life of its own. So one order can be half delivered, wholly prepaid and stopped, and still be `in_execution`.

`closed` is an end that can be left: a closed order may be reopened. `cancelled` and `terminated` are reached only
when what was begun has been undone and settled. An order that already runs elsewhere enters by adoption.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from statemachine import Event, State

from orderlib.chart.chart import Chart

__all__ = ["OrderLifecycle"]


class OrderLifecycle(Chart):
    """The commercial life of one order."""

    new: State = State("new", initial=True)
    enquired: State = State("enquired")
    proposed: State = State("proposed")
    received: State = State("received")
    returned: State = State("returned")
    in_review: State = State("in review")
    accepted: State = State("accepted")
    conditionally_accepted: State = State("conditionally accepted")
    released: State = State("released")
    in_execution: State = State("in execution")
    closed: State = State("closed")
    rejected: State = State("rejected", final=True)
    expired: State = State("expired", final=True)
    declined: State = State("declined", final=True)
    cancelled: State = State("cancelled", final=True)
    terminated: State = State("terminated", final=True)

    ends: ClassVar[frozenset[str]] = frozenset({"closed"})

    # Enquiry. Alternatives may be proposed side by side, which does not move the order.
    enquire: Event = Event(new.to(enquired))
    propose: Event = Event(enquired.to(proposed) | proposed.to(proposed, internal=True))
    # Intake. A customer may order without an enquiry, or before anything was proposed.
    receive: Event = Event(new.to(received) | enquired.to(received) | proposed.to(received))
    return_to_customer: Event = Event(received.to(returned))
    resubmit: Event = Event(returned.to(received))
    reject_at_screening: Event = Event(received.to(rejected))
    # Review. A conditional acceptance is a counter-offer, on which the customer has the word.
    start_review: Event = Event(received.to(in_review))
    accept: Event = Event(in_review.to(accepted))
    accept_conditionally: Event = Event(in_review.to(conditionally_accepted))
    reject: Event = Event(in_review.to(rejected))
    agree: Event = Event(conditionally_accepted.to(accepted))
    # A change, or a condition of our own that is overdue, sends the order back until work has begun on it; after
    # that it keeps running, under a hold.
    review_again: Event = Event(
        conditionally_accepted.to(in_review) | accepted.to(in_review) | released.to(in_review),
    )
    # Work.
    release: Event = Event(accepted.to(released))
    start: Event = Event(released.to(in_execution))
    close: Event = Event(in_execution.to(closed))
    reopen: Event = Event(closed.to(in_execution))
    # Other ends.
    decline: Event = Event(enquired.to(declined) | proposed.to(declined) | conditionally_accepted.to(declined))
    lapse: Event = Event(enquired.to(expired) | proposed.to(expired) | returned.to(expired))
    lapse_counter_offer: Event = Event(conditionally_accepted.to(declined))
    cancel: Event = Event(
        new.to(cancelled)
        | enquired.to(cancelled)
        | proposed.to(cancelled)
        | received.to(cancelled)
        | returned.to(cancelled)
        | in_review.to(cancelled)
        | accepted.to(cancelled)
        | conditionally_accepted.to(cancelled)
        | released.to(cancelled)
        | in_execution.to(cancelled),
    )
    terminate: Event = Event(released.to(terminated) | in_execution.to(terminated))
    # Adoption of an order that already runs elsewhere: straight into any live state.
    adopt_enquired: Event = Event(new.to(enquired))
    adopt_proposed: Event = Event(new.to(proposed))
    adopt_received: Event = Event(new.to(received))
    adopt_returned: Event = Event(new.to(returned))
    adopt_in_review: Event = Event(new.to(in_review))
    adopt_accepted: Event = Event(new.to(accepted))
    adopt_conditionally_accepted: Event = Event(new.to(conditionally_accepted))
    adopt_released: Event = Event(new.to(released))
    adopt_in_execution: Event = Event(new.to(in_execution))

    zh: ClassVar[Mapping[str, str]] = {
        "new": "新建",
        "enquired": "询价中",
        "proposed": "已报价",
        "received": "已接收",
        "returned": "已退回客户",
        "in_review": "评审中",
        "accepted": "已接受",
        "conditionally_accepted": "有条件接受",
        "released": "已下达",
        "in_execution": "执行中",
        "closed": "已关闭",
        "rejected": "已拒绝",
        "expired": "已过期",
        "declined": "客户已谢绝",
        "cancelled": "已取消",
        "terminated": "已终止",
        "enquire": "询价",
        "propose": "报价",
        "receive": "接收",
        "return_to_customer": "退回客户",
        "resubmit": "重新提交",
        "reject_at_screening": "初审拒绝",
        "start_review": "开始评审",
        "accept": "接受",
        "accept_conditionally": "附条件接受",
        "reject": "拒绝",
        "agree": "客户同意",
        "review_again": "重新评审",
        "release": "下达",
        "start": "开始执行",
        "close": "关闭",
        "reopen": "重新打开",
        "decline": "谢绝",
        "lapse": "过期失效",
        "lapse_counter_offer": "还盘失效",
        "cancel": "取消",
        "terminate": "终止",
        "adopt_enquired": "接管询价中的订单",
        "adopt_proposed": "接管已报价的订单",
        "adopt_received": "接管已接收的订单",
        "adopt_returned": "接管已退回的订单",
        "adopt_in_review": "接管评审中的订单",
        "adopt_accepted": "接管已接受的订单",
        "adopt_conditionally_accepted": "接管有条件接受的订单",
        "adopt_released": "接管已下达的订单",
        "adopt_in_execution": "接管执行中的订单",
    }
