"""What each event does to the record of an enquiry."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, TypeVar

import attrs

from orderlib.enquiry.message import (
    EnquiryAnalysed,
    EnquiryClockSet,
    EnquiryDeclined,
    EnquiryExpired,
    EnquiryOpened,
    EnquiryResponseOverdue,
    ProposalConfirmed,
    ProposalDeclined,
    ProposalDrafted,
    ProposalExpired,
    ProposalRevised,
    ProposalSubmitted,
    ProposalSuperseded,
    ProposalWithdrawn,
    QuestionAnswered,
    QuestionAsked,
    QuestionLapsed,
    QuestionWithdrawn,
    RequirementAdded,
    RequirementRevised,
    RequirementWithdrawn,
)
from orderlib.enquiry.record import CUSTOMER, Enquiry, Proposal, Question, Requirement
from orderlib.enquiry.table import PROPOSAL, QUESTION, REQUIREMENT
from orderlib.order.message import OrderSet
from orderlib.values.lines import Lines
from orderlib.values.message import Event

__all__ = ["FOLDS", "fold_all"]

N = TypeVar("N", Requirement, Question, Proposal)


def _moved(members: Lines[N], id: str, move: str, moves: Mapping[str, Mapping[str, str]], **more: Any) -> Lines[N]:
    """The members with one of them moved along its lifecycle."""
    member = members[id]
    return members.replace([attrs.evolve(member, state=moves[member.state][move], **more)])


def _requirement(enquiry: Enquiry, id: str, move: str) -> Lines[Requirement]:
    return _moved(enquiry.requirements, id, move, REQUIREMENT.moves)


def _opened(_enquiry: Enquiry | None, event: EnquiryOpened) -> Enquiry:
    return Enquiry(
        customer=event.customer,
        opened_at=event.stamp.occurred_at,
        subject=event.subject,
        reference=event.reference,
        requirements=event.requirements,
        respond_by_at=event.respond_by_at,
    )


def _clock_set(enquiry: Enquiry, event: EnquiryClockSet) -> Enquiry:
    return attrs.evolve(enquiry, respond_by_at=event.respond_by_at)


def _overdue(enquiry: Enquiry, _event: EnquiryResponseOverdue) -> Enquiry:
    return attrs.evolve(enquiry, respond_by_at=None, overdue=enquiry.overdue + 1)


def _added(enquiry: Enquiry, event: RequirementAdded) -> Enquiry:
    return attrs.evolve(enquiry, requirements=enquiry.requirements.add([event.requirement]), analysis=None)


def _revised(enquiry: Enquiry, event: RequirementRevised) -> Enquiry:
    return attrs.evolve(enquiry, requirements=enquiry.requirements.replace([event.requirement]), analysis=None)


def _requirement_withdrawn(enquiry: Enquiry, event: RequirementWithdrawn) -> Enquiry:
    left = _requirement(enquiry, event.requirement_id, "withdraw")
    return attrs.evolve(enquiry, requirements=left, analysis=None)


def _asked(enquiry: Enquiry, event: QuestionAsked) -> Enquiry:
    question = event.question
    waits = question.owner == CUSTOMER
    by = None if waits else enquiry.respond_by_at
    return attrs.evolve(enquiry, questions=enquiry.questions.add([question]), respond_by_at=by)


def _answered(enquiry: Enquiry, event: QuestionAnswered) -> Enquiry:
    questions = _moved(enquiry.questions, event.question_id, "answer", QUESTION.moves, answer=event.answer)
    requirements = enquiry.requirements
    about = questions[event.question_id].requirement_id
    if about is not None and "clarify" in REQUIREMENT.moves[requirements[about].state]:
        requirements = _requirement(enquiry, about, "clarify")
    return attrs.evolve(enquiry, questions=questions, requirements=requirements, analysis=None)


def _question_moves(move: str) -> Callable[[Enquiry, Any], Enquiry]:
    def fold(enquiry: Enquiry, event: Any) -> Enquiry:
        return attrs.evolve(enquiry, questions=_moved(enquiry.questions, event.question_id, move, QUESTION.moves))

    return fold


def _analysed(enquiry: Enquiry, event: EnquiryAnalysed) -> Enquiry:
    lost = {each.requirement_id for each in event.issues if not each.feasible}
    unclear = {each.requirement_id for each in event.issues} - lost
    found: list[Requirement] = []
    for each in enquiry.requirements:
        if each.state == "stated":
            move = "find_unfeasible" if each.id in lost else "find_unclear" if each.id in unclear else "find_clear"
            found.append(attrs.evolve(each, state=REQUIREMENT.moves[each.state][move]))
    return attrs.evolve(enquiry, requirements=enquiry.requirements.replace(found), analysis=event.outcome)


def _drafted(enquiry: Enquiry, event: ProposalDrafted) -> Enquiry:
    return attrs.evolve(enquiry, proposals=enquiry.proposals.add([event.proposal]))


def _submitted(enquiry: Enquiry, event: ProposalSubmitted) -> Enquiry:
    until = {"valid_until_at": event.valid_until_at}
    proposals = _moved(enquiry.proposals, event.proposal_id, "submit", PROPOSAL.moves, **until)
    return attrs.evolve(enquiry, proposals=proposals, respond_by_at=None)


def _proposal_revised(enquiry: Enquiry, event: ProposalRevised) -> Enquiry:
    more = {"order": event.order, "revision": event.revision, "valid_until_at": event.valid_until_at}
    return attrs.evolve(
        enquiry, proposals=_moved(enquiry.proposals, event.proposal_id, "revise", PROPOSAL.moves, **more)
    )


def _proposal_moves(move: str) -> Callable[[Enquiry, Any], Enquiry]:
    def fold(enquiry: Enquiry, event: Any) -> Enquiry:
        return attrs.evolve(enquiry, proposals=_moved(enquiry.proposals, event.proposal_id, move, PROPOSAL.moves))

    return fold


def _confirmed(enquiry: Enquiry, event: ProposalConfirmed) -> Enquiry:
    baseline = event.baseline
    requirements = enquiry.requirements
    for each in baseline.requirement_ids:
        requirements = _moved(requirements, each, "confirm", REQUIREMENT.moves)
    proposals = _moved(enquiry.proposals, baseline.proposal_id, "accept", PROPOSAL.moves)
    return attrs.evolve(enquiry, baseline=baseline, proposals=proposals, requirements=requirements, respond_by_at=None)


def _over(enquiry: Enquiry, _event: Event) -> Enquiry:
    return attrs.evolve(enquiry, respond_by_at=None, ordered=True)


FOLDS: Final[Mapping[type[Event], Callable[[Any, Any], Enquiry]]] = {
    EnquiryOpened: _opened,
    EnquiryClockSet: _clock_set,
    EnquiryResponseOverdue: _overdue,
    RequirementAdded: _added,
    RequirementRevised: _revised,
    RequirementWithdrawn: _requirement_withdrawn,
    QuestionAsked: _asked,
    QuestionAnswered: _answered,
    QuestionLapsed: _question_moves("lapse"),
    QuestionWithdrawn: _question_moves("withdraw"),
    EnquiryAnalysed: _analysed,
    ProposalDrafted: _drafted,
    ProposalSubmitted: _submitted,
    ProposalRevised: _proposal_revised,
    ProposalConfirmed: _confirmed,
    ProposalSuperseded: _proposal_moves("supersede"),
    ProposalWithdrawn: _proposal_moves("withdraw"),
    ProposalDeclined: _proposal_moves("decline"),
    ProposalExpired: _proposal_moves("expire"),
    EnquiryDeclined: _over,
    EnquiryExpired: _over,
    # an order has come in, on whatever way
    OrderSet: _over,
}


def _fold_of(kind: type[Event]) -> Callable[[Any, Any], Enquiry] | None:
    return FOLDS.get(kind)


def fold_all(enquiry: Enquiry, events: Iterable[Event]) -> Enquiry:
    """The record after events, those that say nothing about it passed over."""
    for event in events:
        fold = _fold_of(type(event))
        if fold is not None:
            enquiry = fold(enquiry, event)
    return enquiry
