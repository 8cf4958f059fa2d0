"""Whose turn it is: what we owe the customer by when, how long we wait, and how an enquiry ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from orderlib.enquiry.clock import ClockDecision, Urgency
from orderlib.enquiry.fold import fold_all
from orderlib.enquiry.message import (
    EnquiryClockSet,
    EnquiryExpired,
    EnquiryResponseOverdue,
    ProposalDeclined,
    ProposalExpired,
    ProposalSuperseded,
    ProposalWithdrawn,
    QuestionLapsed,
    QuestionWithdrawn,
)
from orderlib.enquiry.record import CUSTOMER, Enquiry, Requirement
from orderlib.enquiry.slice import EnquiryCase, EnquiryPolicies
from orderlib.values.decision import Decided
from orderlib.values.instant import Instant, later, naive_utc
from orderlib.values.message import Event, Stamp

__all__ = ["clock", "lapse", "our_turn", "superseded", "wound_up"]


def clock(
    policies: EnquiryPolicies, requirements: tuple[Requirement, ...], stamp: Stamp
) -> tuple[Decided, ClockDecision]:
    """The decision on the times of an enquiry, and the times; a plain decision leaves them as they are by default."""
    decision = policies.enquiry_clock(requirements, naive_utc(stamp.recorded_at).date())
    times = decision if isinstance(decision, ClockDecision) else ClockDecision(Urgency(decision.ruling))
    return Decided(stamp, "enquiry_clock", decision), times


def our_turn(enquiry: Enquiry, stamp: Stamp, policies: EnquiryPolicies) -> Iterator[Event]:
    """Start our clock, where it is our turn and no clock is running."""
    if not enquiry.customers_turn and enquiry.respond_by_at is None:
        decided, times = clock(policies, enquiry.active, stamp)
        yield decided
        yield EnquiryClockSet(stamp, later(stamp.recorded_at, times.respond_within))


def superseded(enquiry: Enquiry, stamp: Stamp, about: str | None = None, *, but: str = "") -> Iterator[Event]:
    """Live proposals (those that answer the requirement `about`, or all) stand no more, except `but`."""
    for each in enquiry.proposals:
        if each.live and each.id != but and (about is None or about in each.requirement_ids):
            yield ProposalSuperseded(stamp, each.id)


def wound_up(enquiry: Enquiry, stamp: Stamp, *, declined: bool) -> Iterator[Event]:
    """What becomes of offers and questions when the enquiry ends."""
    for each in enquiry.proposals:
        if each.state == "submitted" and declined:
            yield ProposalDeclined(stamp, each.id)
        elif each.live:
            yield ProposalWithdrawn(stamp, each.id)
    for question in enquiry.open_questions:
        yield QuestionWithdrawn(stamp, question.id)


def lapse(case: EnquiryCase, now: Instant, stamp: Stamp, policies: EnquiryPolicies) -> Iterable[Event]:
    """Offers expire, questions stay without answer, an order does not follow; the last of these ends the enquiry."""
    enquiry = case.enquiry
    if enquiry is None or enquiry.ordered:
        return
    events = tuple(_lapsed(enquiry, now, stamp))
    yield from events
    after = fold_all(enquiry, events)
    silent = any(isinstance(each, ProposalExpired) for each in events) or _unanswered(enquiry, events)
    if silent and not after.submitted and not any(each.owner == CUSTOMER for each in after.open_questions):
        yield from wound_up(after, stamp, declined=False)
        yield EnquiryExpired(stamp)
    elif not any(isinstance(each, EnquiryResponseOverdue) for each in events):
        yield from our_turn(after, stamp, policies)


def _lapsed(enquiry: Enquiry, now: Instant, stamp: Stamp) -> Iterator[Event]:
    if enquiry.respond_by_at is not None and enquiry.respond_by_at <= now:
        yield EnquiryResponseOverdue(stamp, enquiry.respond_by_at)
    for question in enquiry.open_questions:
        if question.due_at <= now:
            yield QuestionLapsed(stamp, question.id)
    for each in enquiry.submitted:
        if each.valid_until_at is not None and each.valid_until_at <= now:
            yield ProposalExpired(stamp, each.id)
    baseline = enquiry.baseline
    if baseline is not None and baseline.order_by_at is not None and baseline.order_by_at <= now:
        yield ProposalExpired(stamp, baseline.proposal_id)


def _unanswered(enquiry: Enquiry, events: Iterable[Event]) -> bool:
    """Whether it is the customer who has not answered."""
    lapsed = (each.question_id for each in events if isinstance(each, QuestionLapsed))
    return any(enquiry.questions[question_id].owner == CUSTOMER for question_id in lapsed)
