"""The customer's word on a proposal: exactly one becomes the baseline, the others stand no more."""

from __future__ import annotations

from collections.abc import Iterator

from orderlib.enquiry.message import ProposalConfirmed, QuestionWithdrawn
from orderlib.enquiry.record import Baseline, Enquiry, Proposal
from orderlib.enquiry.turn import superseded
from orderlib.values.identifier import DocumentId
from orderlib.values.instant import Instant
from orderlib.values.message import Event, Stamp

__all__ = ["confirmed", "ordered"]


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
    """What an order does to the enquiry that it answers: it confirms the proposal that it names, if that still stands.

    Nothing where a proposal was confirmed before.
    """
    if enquiry.baseline is not None:
        return
    named = enquiry.proposals.get(proposal_id) if proposal_id is not None else None
    if named is not None and named.state == "submitted":
        yield from confirmed(enquiry, named, stamp, None)
        return
    yield from superseded(enquiry, stamp)
    for question in enquiry.open_questions:
        yield QuestionWithdrawn(stamp, question.id)
