"""The customer's word on a proposal: exactly one becomes the baseline, the others stand no more."""

from __future__ import annotations

from collections.abc import Iterator

from orderlib.enquiry.message import ProposalConfirmed, QuestionWithdrawn
from orderlib.enquiry.record import Baseline, Enquiry, Proposal
from orderlib.enquiry.turn import superseded
from orderlib.values.identifier import DocumentId
from orderlib.values.instant import Instant
from orderlib.values.message import Event, Stamp

__all__ = ["confirmed", "ordered", "passed_over"]


def confirmed(enquiry: Enquiry, proposal: Proposal, stamp: Stamp, order_by_at: Instant | None) -> Iterator[Event]:
    """The events of a confirmation; without `order_by_at` the order is there already."""
    baseline = Baseline(
        proposal_id=proposal.id,
        revision=proposal.revision,
        order=proposal.order,
        requirement_ids=proposal.requirement_ids,
        confirmed_at=stamp.occurred_at,
        order_by_at=order_by_at,
    )
    yield ProposalConfirmed(stamp, baseline)
    yield from superseded(enquiry, stamp, but=proposal.id)
    for question in enquiry.open_questions:
        yield QuestionWithdrawn(stamp, question.id)


def ordered(enquiry: Enquiry, proposal_id: DocumentId | None, stamp: Stamp) -> Iterator[Event]:
    """What an order does to the enquiry that it answers: it confirms the proposal that it names, if that still stands;
    where it names none, the only one that stands.

    Nothing where a proposal was confirmed before.
    """
    if enquiry.baseline is not None:
        return
    standing = enquiry.submitted
    if proposal_id is not None:
        named = enquiry.proposals.get(proposal_id)
    else:
        named = standing[0] if len(standing) == 1 else None
    if named is not None and named.state == "submitted":
        yield from confirmed(enquiry, named, stamp, None)
        return
    yield from superseded(enquiry, stamp)
    for question in enquiry.open_questions:
        yield QuestionWithdrawn(stamp, question.id)


def passed_over(enquiry: Enquiry) -> tuple[DocumentId, ...]:
    """Proposals that the customer had seen when an order came that confirmed none; nothing where one was confirmed."""
    if enquiry.baseline is not None:
        return ()
    seen = (each for each in enquiry.proposals if each.valid_until_at is not None)
    return tuple(each.id for each in seen if each.state == "superseded")
