"""Review's rules; what is decided stands in `sitting`, `ruling` and `follow`, what comes of it in `fold`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from orderlib.review.fold import FOLDS
from orderlib.review.follow import agree, decline, lapse, meet, waive
from orderlib.review.message import (
    AgreeToConditions,
    ApproveReview,
    ConvenePanel,
    DeclareConflict,
    DeclineConditions,
    MeetCondition,
    ReopenReview,
    ReviewOrder,
    RunAssessors,
    SubmitAssessment,
    WaiveCondition,
)
from orderlib.review.record import ReviewRound
from orderlib.review.ruling import approve, reopen, reopening, review_order
from orderlib.review.sitting import convenable, convene, declare, needs_account, run, submit
from orderlib.review.slice import ReviewCase
from orderlib.values.dispatch import Rule

__all__ = ["FOLDS", "RULES", "lapse", "reopening"]

_DECISIONS: Final = ("accept", "accept_conditionally", "reject")
#: where a panel may sit: before acceptance, and beside a running order that has to be reviewed again
_SITTING: Final = frozenset({"in_review", "in_execution"})
_RUNNING: Final = frozenset({"in_execution"})
#: where conditions are followed
_FOLLOWED: Final = frozenset({"in_review", "conditionally_accepted", "accepted", "released", "in_execution"})


def _sitting(case: ReviewCase) -> ReviewRound | None:
    """The round in which people may speak."""
    current = case.review.sitting if case.review is not None else None
    return None if current is None or current.pending is not None else current


def _order(case: ReviewCase) -> tuple[str, ...]:
    return () if case.order is None else (case.order.id,)


def _to_convene(case: ReviewCase) -> Iterable[str]:
    return _order(case) if convenable(case) is None else ()


def _to_run(case: ReviewCase) -> Iterable[str]:
    """Open seats of which no assessor was asked yet."""
    current = _sitting(case)
    if current is None:
        return ()
    seats = current.seats
    return [
        each.discipline
        for each in current.assessments
        if each.open and not each.advised and seats[each.discipline].assessors
    ]


def _to_submit(case: ReviewCase) -> Iterable[str]:
    """Open seats; where all have spoken and could not decide all of them, since somebody has to say something else."""
    current = _sitting(case)
    if current is None:
        return ()
    stuck = current.adjourned and not current.missing()
    return [each.discipline for each in current.assessments if each.open or stuck]


def _to_declare(case: ReviewCase) -> Iterable[str]:
    current = _sitting(case)
    if current is None:
        return ()
    return [each.discipline for each in current.assessments if each.open and each.department != "management"]


def _to_review(case: ReviewCase) -> Iterable[str]:
    """The order, where a panel could be convened, or the one that sits has all that it needs."""
    current = case.review.sitting if case.review is not None else None
    if current is None:
        return _to_convene(case)
    ready = current.pending is None and not current.adjourned and current.quorate and not current.missing()
    return _order(case) if ready else ()


def _to_approve(case: ReviewCase) -> Iterable[str]:
    current = case.review.sitting if case.review is not None else None
    return _order(case) if current is not None and current.pending is not None else ()


def _to_answer(case: ReviewCase) -> Iterable[str]:
    offer = case.review.counter_offer if case.review is not None else None
    return _order(case) if offer is not None and offer.state == "made" else ()


def _to_agree(case: ReviewCase) -> Iterable[str]:
    return () if case.review is None or case.review.voided else _to_answer(case)


def _to_meet(case: ReviewCase) -> Iterable[str]:
    return [] if case.review is None else [each.id for each in case.review.conditions if each.unmet]


def _to_reopen(case: ReviewCase) -> Iterable[str]:
    """An order that is accepted or runs, unless it is being reviewed again already."""
    reviews = case.review
    return () if reviews is not None and (reviews.reopened or reviews.sitting is not None) else _order(case)


RULES: Final[tuple[Rule[Any], ...]] = (
    Rule(command=ConvenePanel, handle=convene, states=_SITTING, stage="review", about=_to_convene),
    Rule(command=RunAssessors, handle=run, states=_SITTING, stage="review", needs=needs_account, about=_to_run),
    Rule(command=SubmitAssessment, handle=submit, states=_SITTING, stage="assessment", about=_to_submit),
    Rule(command=DeclareConflict, handle=declare, states=_SITTING, stage="assessment", about=_to_declare),
    Rule(
        command=ReviewOrder,
        handle=review_order,
        moves=_DECISIONS,
        states=_RUNNING,
        stage="review",
        needs=needs_account,
        about=_to_review,
    ),
    Rule(
        command=ApproveReview,
        handle=approve,
        moves=_DECISIONS,
        states=_RUNNING,
        stage="approval",
        needs=needs_account,
        about=_to_approve,
    ),
    Rule(
        command=AgreeToConditions,
        handle=agree,
        moves=("agree",),
        stage="counter-offer",
        needs=needs_account,
        about=_to_agree,
    ),
    Rule(command=DeclineConditions, handle=decline, moves=("decline",), stage="counter-offer", about=_to_answer),
    Rule(command=MeetCondition, handle=meet, states=_FOLLOWED, stage="assessment", about=_to_meet),
    Rule(command=WaiveCondition, handle=waive, states=_FOLLOWED, stage="approval", about=_to_meet),
    Rule(
        command=ReopenReview,
        handle=reopen,
        moves=("review_again",),
        states=_RUNNING,
        stage="review",
        about=_to_reopen,
    ),
)
