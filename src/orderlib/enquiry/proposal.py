"""Deciding on proposals: drafted, put before the customer, revised, withdrawn, confirmed, declined."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from orderlib.enquiry.confirm import confirmed
from orderlib.enquiry.fold import fold_all
from orderlib.enquiry.message import (
    ConfirmProposal,
    DeclineEnquiry,
    DeclineProposal,
    DraftProposal,
    EnquiryDeclined,
    ProposalDeclined,
    ProposalDrafted,
    ProposalRevised,
    ProposalSubmitted,
    ProposalWithdrawn,
    ProposeOffer,
    ReviseProposal,
    WithdrawProposal,
)
from orderlib.enquiry.policy import ValidityDecision
from orderlib.enquiry.record import Enquiry, Proposal, Validity
from orderlib.enquiry.slice import EnquiryCase, EnquiryPolicies, enquiry_of, open_enquiry_of
from orderlib.enquiry.table import PROPOSAL
from orderlib.enquiry.turn import clock, our_turn, wound_up
from orderlib.errors import Finding, FindingCode, RefusedError, Severity
from orderlib.order.record import Order
from orderlib.values.decision import Decided
from orderlib.values.dispatch import View
from orderlib.values.identifier import DocumentId
from orderlib.values.instant import Instant, later, naive_utc
from orderlib.values.message import Event, Stamp

__all__ = ["confirm", "decline", "decline_enquiry", "draft", "propose", "revise", "withdraw"]


def _code(name: str, en: str, zh: str) -> FindingCode:
    return FindingCode(f"enquiry.{name}", Severity.ERROR, en, zh)


UNKNOWN: Final = _code("proposal-unknown", "there is no proposal {id}", "不存在报价 {id}")
TWICE: Final = _code("proposal-used-id", "proposal {id} exists already", "报价 {id} 已存在")
NO_OFFER: Final = _code("offer-missing", "neither an offer nor a draft is given", "既未提供报价内容，也未指明草稿")
UNPRICED: Final = _code("offer-unpriced", "line {line} of the offer has no price", "报价的行 {line} 没有价格")
EMPTY: Final = _code("offer-empty", "the offer has no lines", "报价没有任何行")
OTHER_CUSTOMER: Final = _code(
    "offer-customer",
    "the offer is to {found}, the enquiry came from {expected}",
    "报价对象为 {found}，而询价方为 {expected}",
)
NOT_CLEAR: Final = _code(
    "requirement-not-clear", "requirement {id} is {state}: analyse it first", "需求 {id} 的状态为 {state}：须先分析"
)
NOTHING: Final = _code("nothing-to-offer", "nothing is wanted that an offer could answer", "没有可供报价的需求")
REQUIREMENT: Final = _code("requirement-unknown", "there is no requirement {id}", "不存在需求 {id}")
UNTIL_PAST: Final = _code("validity-past", "the offer would have lapsed at {until}", "报价有效期 {until} 已过")
UNTIL: Final = _code(
    "validity-undecided", "say until when the offer stands: the policy leaves it to a person", "须由人员指明报价有效期"
)
REASON: Final = _code("decline-reason", "an enquiry is declined for a reason", "谢绝询价必须说明原因")


def _offer_faults(enquiry: Enquiry, offer: Order) -> Iterator[Finding]:
    if not offer.lines:
        yield EMPTY("/offer/lines")
    if offer.buyer.id != enquiry.customer.id:
        yield OTHER_CUSTOMER("/offer/buyer/id", found=offer.buyer.id, expected=enquiry.customer.id)
    for position, line in enumerate(offer.lines):
        if line.price is None:
            yield UNPRICED(f"/offer/lines/{position}/price", line=line.id)


def _covered(enquiry: Enquiry, ids: tuple[DocumentId, ...]) -> tuple[tuple[DocumentId, ...], list[Finding]]:
    """The requirements that an offer answers (none named: all), and what is wrong with them."""
    wrong: list[Finding] = []
    covered = ids or tuple(each.id for each in enquiry.active)
    if not covered:
        wrong.append(NOTHING("/requirement_ids"))
    for position, each in enumerate(covered):
        known = enquiry.requirements.get(each)
        if known is None:
            wrong.append(REQUIREMENT(f"/requirement_ids/{position}", id=each))
        elif known.state != "clear":
            wrong.append(NOT_CLEAR(f"/requirement_ids/{position}", id=each, state=known.state))
    return covered, wrong


def _new_id(enquiry: Enquiry, wanted: DocumentId | None, stamp: Stamp, wrong: list[Finding]) -> DocumentId:
    proposal_id = wanted or DocumentId(stamp.cause)
    if proposal_id in enquiry.proposals:
        wrong.append(TWICE("/proposal_id", id=proposal_id))
    return proposal_id


def draft(view: View[EnquiryCase], command: DraftProposal, _policies: EnquiryPolicies) -> Iterable[Event]:
    """A proposal is put on record."""
    enquiry, stamp = open_enquiry_of(view.case), command.stamp()
    covered, wrong = _covered(enquiry, command.requirement_ids)
    wrong += _offer_faults(enquiry, command.offer)
    proposal_id = _new_id(enquiry, command.proposal_id, stamp, wrong)
    if wrong:
        raise RefusedError(*wrong)
    return (ProposalDrafted(stamp, Proposal(id=proposal_id, order=command.offer, requirement_ids=covered)),)


def propose(view: View[EnquiryCase], command: ProposeOffer, policies: EnquiryPolicies) -> Iterator[Event]:
    """A proposal is put before the customer."""
    enquiry, stamp = open_enquiry_of(view.case), command.stamp()
    if command.offer is not None:
        covered, wrong = _covered(enquiry, command.requirement_ids)
        wrong += _offer_faults(enquiry, command.offer)
        proposal_id = _new_id(enquiry, command.proposal_id, stamp, wrong)
        proposal = Proposal(id=proposal_id, order=command.offer, requirement_ids=covered)
    elif command.proposal_id is None:
        raise RefusedError(NO_OFFER("/offer"))
    else:
        proposal = _movable(enquiry, command.proposal_id, "submit")
        _, wrong = _covered(enquiry, proposal.requirement_ids)
    until, decided = _until(proposal.order, command.valid_until_at, stamp, policies, wrong)
    if command.offer is not None:
        yield ProposalDrafted(stamp, proposal)
    yield from decided
    yield ProposalSubmitted(stamp, proposal.id, until)


def _until(
    offer: Order, given: Instant | None, stamp: Stamp, policies: EnquiryPolicies, wrong: list[Finding]
) -> tuple[Instant, tuple[Event, ...]]:
    """Until when an offer stands, and the decision that says so; raises `RefusedError` with all that is wrong."""
    now = stamp.recorded_at
    until, decided = given, ()
    said: tuple[Event, ...] = decided
    if until is None:
        decision = policies.proposal_validity(offer, naive_utc(now).date())
        said = (Decided(stamp, "proposal_validity", decision),)
        valid_for = decision.valid_for if isinstance(decision, ValidityDecision) else None
        if valid_for is None or decision.ruling is Validity.REVIEW:
            wrong += [UNTIL("/valid_until_at"), *decision.reasons]
        else:
            until = later(now, valid_for)
    elif until <= now:
        wrong.append(UNTIL_PAST("/valid_until_at", until=until))
    if wrong or until is None:
        raise RefusedError(*wrong)
    return until, said


def _movable(enquiry: Enquiry, proposal_id: str, move: str) -> Proposal:
    known = enquiry.proposals.get(proposal_id)
    if known is None:
        raise RefusedError(UNKNOWN("/proposal_id", id=proposal_id))
    if PROPOSAL.target(known.state, move) is None:
        raise RefusedError(PROPOSAL.refusal(known.state, move, "/proposal_id"))
    return known


def revise(view: View[EnquiryCase], command: ReviseProposal, policies: EnquiryPolicies) -> Iterator[Event]:
    """Other content; the customer gets a new revision, valid anew."""
    enquiry, stamp = open_enquiry_of(view.case), command.stamp()
    known = _movable(enquiry, command.proposal_id, "revise")
    wrong = [*_offer_faults(enquiry, command.offer)]
    if known.state == "drafted":
        if wrong:
            raise RefusedError(*wrong)
        yield ProposalRevised(stamp, known.id, command.offer, known.revision)
        return
    until, decided = _until(command.offer, command.valid_until_at, stamp, policies, wrong)
    yield from decided
    yield ProposalRevised(stamp, known.id, command.offer, known.revision + 1, until)


def withdraw(view: View[EnquiryCase], command: WithdrawProposal, policies: EnquiryPolicies) -> Iterator[Event]:
    """A proposal is taken back; where none is left, it is our turn."""
    enquiry, stamp = open_enquiry_of(view.case), command.stamp()
    event = ProposalWithdrawn(stamp, _movable(enquiry, command.proposal_id, "withdraw").id)
    yield event
    yield from our_turn(fold_all(enquiry, (event,)), stamp, policies)


def confirm(view: View[EnquiryCase], command: ConfirmProposal, policies: EnquiryPolicies) -> Iterator[Event]:
    """The customer's word for one proposal; the order is awaited."""
    enquiry, stamp = open_enquiry_of(view.case), command.stamp()
    proposal = _movable(enquiry, command.proposal_id, "accept")
    decided, times = clock(policies, enquiry.active, stamp)
    yield decided
    yield from confirmed(enquiry, proposal, stamp, later(command.moment, times.wait_within))


def decline(view: View[EnquiryCase], command: DeclineProposal, policies: EnquiryPolicies) -> Iterator[Event]:
    """The customer's word against a proposal; with the last one the enquiry ends."""
    enquiry, stamp = open_enquiry_of(view.case), command.stamp()
    event = ProposalDeclined(stamp, _movable(enquiry, command.proposal_id, "decline").id)
    yield event
    after = fold_all(enquiry, (event,))
    if command.asks_for_another or any(each.live for each in after.proposals):
        yield from our_turn(after, stamp, policies)
        return
    yield from wound_up(after, stamp, declined=True)
    yield EnquiryDeclined(stamp)


def decline_enquiry(view: View[EnquiryCase], command: DeclineEnquiry, _policies: EnquiryPolicies) -> Iterator[Event]:
    """The enquiry ends without an order."""
    enquiry, stamp = enquiry_of(view.case), command.stamp()
    if not command.reason:
        raise RefusedError(REASON("/reason"))
    yield from wound_up(enquiry, stamp, declined=True)
    yield EnquiryDeclined(stamp)
