"""The lives inside an enquiry: requirement, question, proposal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from statemachine import Event, State

from orderlib.chart.chart import Chart

__all__ = ["ProposalLifecycle", "QuestionLifecycle", "RequirementLifecycle"]


class RequirementLifecycle(Chart):
    """One requirement, from its statement to the baseline."""

    stated: State = State("stated", initial=True)
    clear: State = State("clear")
    unclear: State = State("unclear")
    unfeasible: State = State("unfeasible")
    confirmed: State = State("confirmed", final=True)
    withdrawn: State = State("withdrawn", final=True)

    find_clear: Event = Event(stated.to(clear))
    find_unclear: Event = Event(stated.to(unclear))
    find_unfeasible: Event = Event(stated.to(unfeasible))
    revise: Event = Event(
        stated.to(stated, internal=True) | clear.to(stated) | unclear.to(stated) | unfeasible.to(stated)
    )
    # an answered question makes the requirement ready for another look
    clarify: Event = Event(unclear.to(stated) | unfeasible.to(stated))
    confirm: Event = Event(clear.to(confirmed))
    withdraw: Event = Event(
        stated.to(withdrawn) | clear.to(withdrawn) | unclear.to(withdrawn) | unfeasible.to(withdrawn)
    )

    zh: ClassVar[Mapping[str, str]] = {
        "stated": "已提出",
        "clear": "明确",
        "unclear": "不明确",
        "unfeasible": "不可行",
        "confirmed": "已确认",
        "withdrawn": "已撤回",
        "find_clear": "判定明确",
        "find_unclear": "判定不明确",
        "find_unfeasible": "判定不可行",
        "revise": "修订",
        "clarify": "澄清",
        "confirm": "确认",
        "withdraw": "撤回",
    }


class QuestionLifecycle(Chart):
    """One open question."""

    asked: State = State("asked", initial=True)
    answered: State = State("answered", final=True)
    lapsed: State = State("lapsed", final=True)
    withdrawn: State = State("withdrawn", final=True)

    answer: Event = Event(asked.to(answered))
    lapse: Event = Event(asked.to(lapsed))
    withdraw: Event = Event(asked.to(withdrawn))

    zh: ClassVar[Mapping[str, str]] = {
        "asked": "待答复",
        "answered": "已答复",
        "lapsed": "逾期未答",
        "withdrawn": "已撤回",
        "answer": "答复",
        "lapse": "逾期",
        "withdraw": "撤回",
    }


class ProposalLifecycle(Chart):
    """One offer, from the draft to the customer's word."""

    drafted: State = State("drafted", initial=True)
    submitted: State = State("submitted")
    accepted: State = State("accepted")
    declined: State = State("declined", final=True)
    expired: State = State("expired", final=True)
    superseded: State = State("superseded", final=True)
    withdrawn: State = State("withdrawn", final=True)

    ends: ClassVar[frozenset[str]] = frozenset({"accepted"})

    submit: Event = Event(drafted.to(submitted))
    revise: Event = Event(drafted.to(drafted, internal=True) | submitted.to(submitted, internal=True))
    accept: Event = Event(submitted.to(accepted))
    decline: Event = Event(submitted.to(declined))
    # what was confirmed expires as well where no order follows
    expire: Event = Event(submitted.to(expired) | accepted.to(expired))
    supersede: Event = Event(drafted.to(superseded) | submitted.to(superseded))
    withdraw: Event = Event(drafted.to(withdrawn) | submitted.to(withdrawn))

    zh: ClassVar[Mapping[str, str]] = {
        "drafted": "草拟",
        "submitted": "已提交",
        "accepted": "已接受",
        "declined": "已谢绝",
        "expired": "已过期",
        "superseded": "已被取代",
        "withdrawn": "已撤回",
        "submit": "提交",
        "revise": "修订",
        "accept": "接受",
        "decline": "谢绝",
        "expire": "过期",
        "supersede": "取代",
        "withdraw": "撤回",
    }
