"""Commands and events of an enquiry: requirements, questions, proposals, the confirmed baseline."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

import attrs

from orderlib.enquiry.record import CUSTOMER, AnalysisOutcome, Baseline, Issue, Proposal, Question, Requirement
from orderlib.errors import Finding
from orderlib.order.field import Aspect
from orderlib.order.record import Order
from orderlib.values.codelist import member
from orderlib.values.identifier import CaseId, DocumentId, text
from orderlib.values.instant import Instant, instant
from orderlib.values.key import Key
from orderlib.values.message import CaseCommand, Command, Event, Stamp
from orderlib.values.party import Party
from orderlib.values.typed import tuple_of

__all__ = [
    "AddRequirement",
    "AnalyseEnquiry",
    "AnswerQuestion",
    "AskQuestion",
    "ConfirmProposal",
    "DeclineEnquiry",
    "DeclineProposal",
    "DraftProposal",
    "EnquiryAnalysed",
    "EnquiryClockSet",
    "EnquiryDeclined",
    "EnquiryExpired",
    "EnquiryOpened",
    "EnquiryResponseOverdue",
    "OpenEnquiry",
    "ProposalConfirmed",
    "ProposalDeclined",
    "ProposalDrafted",
    "ProposalExpired",
    "ProposalRevised",
    "ProposalSubmitted",
    "ProposalSuperseded",
    "ProposalWithdrawn",
    "ProposeOffer",
    "QuestionAnswered",
    "QuestionAsked",
    "QuestionLapsed",
    "QuestionWithdrawn",
    "RequirementAdded",
    "RequirementRevised",
    "RequirementWithdrawn",
    "ReviseProposal",
    "ReviseRequirement",
    "WithdrawProposal",
    "WithdrawRequirement",
]


def _optional_id(value: str | None) -> DocumentId | None:
    return None if value is None else DocumentId(value)


def _ids(given: Iterable[str]) -> tuple[DocumentId, ...]:
    return tuple(DocumentId(each) for each in tuple_of(str, given, "/requirement_ids"))


def _aspect(value: str) -> Aspect:
    return member(Aspect, value, "/aspect")


def _outcome(value: str | None) -> AnalysisOutcome | None:
    return None if value is None else member(AnalysisOutcome, value, "/override")


def _requirements(given: Iterable[Requirement]) -> tuple[Requirement, ...]:
    return tuple_of(Requirement, given, "/requirements")


def _issues(given: Iterable[Issue]) -> tuple[Issue, ...]:
    return tuple_of(Issue, given, "/issues")


def _findings(given: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple_of(Finding, given, "/findings")


def _received_at(value: str | Instant | None) -> Instant | None:
    return None if value is None else instant(value, address="/received_at")


def _respond_by_at(value: str | Instant | None) -> Instant | None:
    return None if value is None else instant(value, address="/respond_by_at")


def _due_at(value: str | Instant | None) -> Instant | None:
    return None if value is None else instant(value, address="/due_at")


def _until(value: str | Instant | None) -> Instant | None:
    return None if value is None else instant(value, address="/valid_until_at")


@attrs.frozen
class OpenEnquiry(Command):
    """A customer asks what we could do: the beginning of a case.

    `received_at` is when it reached us (left out: now), `respond_by_at` when we must answer (left out: by policy).
    """

    customer: Party
    requirements: tuple[Requirement, ...] = attrs.field(default=(), converter=_requirements)
    subject: str = attrs.field(default="", converter=text, kw_only=True)
    reference: str = attrs.field(default="", converter=text, kw_only=True)
    case_id: CaseId | None = attrs.field(default=None, converter=attrs.converters.optional(CaseId), kw_only=True)
    received_at: Instant | None = attrs.field(default=None, converter=_received_at, kw_only=True)
    respond_by_at: Instant | None = attrs.field(default=None, converter=_respond_by_at, kw_only=True)

    @property
    def target(self) -> Key[object] | None:
        """The case; None where it is to be founded."""
        return None if self.case_id is None else Key("case", self.case_id)

    def stamp(self) -> Stamp:
        """The stamp, with the moment at which the enquiry reached us."""
        given = super().stamp()
        return given if self.received_at is None else attrs.evolve(given, occurred_at=self.received_at)


@attrs.frozen
class AddRequirement(CaseCommand):
    """The customer wants something else as well."""

    requirement: Requirement


@attrs.frozen
class ReviseRequirement(CaseCommand):
    """A requirement is to be as given from now on; offers that answered it as it was stand no more."""

    requirement: Requirement


@attrs.frozen
class WithdrawRequirement(CaseCommand):
    """The customer no longer wants this."""

    requirement_id: DocumentId = attrs.field(converter=DocumentId)


@attrs.frozen
class AskQuestion(CaseCommand):
    """Ask the customer, or (`owner`) a department, for something that must be known; due by `due_at`."""

    wording: str = attrs.field(converter=text)
    requirement_id: DocumentId | None = attrs.field(default=None, converter=_optional_id)
    aspect: Aspect = attrs.field(default=Aspect.OTHER, converter=_aspect, kw_only=True)
    owner: str = attrs.field(default=CUSTOMER, converter=text, kw_only=True)
    due_at: Instant | None = attrs.field(default=None, converter=_due_at, kw_only=True)
    question_id: DocumentId | None = attrs.field(default=None, converter=_optional_id, kw_only=True)


@attrs.frozen
class AnswerQuestion(CaseCommand):
    """The answer to a question, in words; `requirement` is the requirement as it reads with the answer."""

    question_id: DocumentId = attrs.field(converter=DocumentId)
    answer: str = attrs.field(converter=text)
    requirement: Requirement | None = None


@attrs.frozen
class AnalyseEnquiry(CaseCommand):
    """Check the requirements for gaps, ambiguity and feasibility; `override` is a person's ruling, with a reason."""

    override: AnalysisOutcome | None = attrs.field(default=None, converter=_outcome, kw_only=True)


@attrs.frozen
class DraftProposal(CaseCommand):
    """Put a proposal on record that the customer does not see yet."""

    offer: Order
    requirement_ids: tuple[DocumentId, ...] = attrs.field(default=(), converter=_ids, kw_only=True)
    proposal_id: DocumentId | None = attrs.field(default=None, converter=_optional_id, kw_only=True)


@attrs.frozen
class ProposeOffer(CaseCommand):
    """Put a proposal before the customer: a new one with its content, or (without `offer`) the draft of that id.

    Without `requirement_ids` it answers all that is wanted; without `valid_until_at` the policy says until when.
    """

    offer: Order | None = None
    requirement_ids: tuple[DocumentId, ...] = attrs.field(default=(), converter=_ids, kw_only=True)
    proposal_id: DocumentId | None = attrs.field(default=None, converter=_optional_id, kw_only=True)
    valid_until_at: Instant | None = attrs.field(default=None, converter=_until, kw_only=True)


@attrs.frozen
class ReviseProposal(CaseCommand):
    """Put other content in a proposal; one that the customer has seen becomes the next revision, valid anew."""

    proposal_id: DocumentId = attrs.field(converter=DocumentId)
    offer: Order
    valid_until_at: Instant | None = attrs.field(default=None, converter=_until, kw_only=True)


@attrs.frozen
class WithdrawProposal(CaseCommand):
    """Take a proposal back."""

    proposal_id: DocumentId = attrs.field(converter=DocumentId)


@attrs.frozen
class ConfirmProposal(CaseCommand):
    """The customer confirms exactly this proposal, which becomes the baseline; the order follows."""

    proposal_id: DocumentId = attrs.field(converter=DocumentId)


@attrs.frozen
class DeclineProposal(CaseCommand):
    """The customer does not want this proposal. With the last one the enquiry ends, unless another is asked for."""

    proposal_id: DocumentId = attrs.field(converter=DocumentId)
    asks_for_another: bool = attrs.field(default=False, kw_only=True)


@attrs.frozen
class DeclineEnquiry(CaseCommand):
    """End the enquiry without an order: the customer has gone, or we will not offer; the reason says which."""


@attrs.frozen
class EnquiryOpened(Event):
    """A customer has asked; the answer is due by `respond_by_at`."""

    move: ClassVar[str] = "enquire"

    customer: Party
    requirements: tuple[Requirement, ...] = attrs.field(converter=_requirements)
    respond_by_at: Instant
    subject: str = attrs.field(default="", converter=text)
    reference: str = attrs.field(default="", converter=text)


@attrs.frozen
class EnquiryClockSet(Event):
    """It is our turn: the customer is owed a word by `respond_by_at`."""

    respond_by_at: Instant


@attrs.frozen
class EnquiryResponseOverdue(Event):
    """The customer should have heard from us by now; `owner` is the department that owes it."""

    due_at: Instant
    owner: str = "sales"


@attrs.frozen
class RequirementAdded(Event):
    """Something else is wanted."""

    requirement: Requirement


@attrs.frozen
class RequirementRevised(Event):
    """A requirement reads otherwise, and is to be analysed anew."""

    requirement: Requirement


@attrs.frozen
class RequirementWithdrawn(Event):
    """A requirement counts no more."""

    requirement_id: DocumentId


@attrs.frozen
class QuestionAsked(Event):
    """A question is open."""

    question: Question


@attrs.frozen
class QuestionAnswered(Event):
    """A question was answered; its requirement is to be analysed anew."""

    question_id: DocumentId
    answer: str = attrs.field(converter=text)


@attrs.frozen
class QuestionLapsed(Event):
    """Nobody has answered in time."""

    question_id: DocumentId


@attrs.frozen
class QuestionWithdrawn(Event):
    """The question is settled otherwise."""

    question_id: DocumentId


@attrs.frozen
class EnquiryAnalysed(Event):
    """The requirements were analysed: which are clear, and what is unclear or unfeasible in the others."""

    outcome: AnalysisOutcome
    clear: tuple[DocumentId, ...] = attrs.field(default=(), converter=_ids)
    issues: tuple[Issue, ...] = attrs.field(default=(), converter=_issues)


@attrs.frozen
class ProposalDrafted(Event):
    """A proposal is on record."""

    proposal: Proposal


@attrs.frozen
class ProposalSubmitted(Event):
    """A proposal lies before the customer."""

    move: ClassVar[str] = "propose"

    proposal_id: DocumentId
    valid_until_at: Instant


@attrs.frozen
class ProposalRevised(Event):
    """A proposal has other content; `valid_until_at` is None where the customer has not seen it yet."""

    proposal_id: DocumentId
    order: Order
    revision: int
    valid_until_at: Instant | None = None


@attrs.frozen
class ProposalConfirmed(Event):
    """The customer has confirmed a proposal: the baseline against which the order will be held."""

    baseline: Baseline


@attrs.frozen
class ProposalSuperseded(Event):
    """Another proposal was confirmed, or what this one answered has changed."""

    proposal_id: DocumentId


@attrs.frozen
class ProposalWithdrawn(Event):
    """We have taken a proposal back."""

    proposal_id: DocumentId


@attrs.frozen
class ProposalDeclined(Event):
    """The customer does not want a proposal."""

    proposal_id: DocumentId


@attrs.frozen
class ProposalExpired(Event):
    """A proposal was not confirmed in time, or not ordered."""

    proposal_id: DocumentId


@attrs.frozen
class EnquiryDeclined(Event):
    """The enquiry ended without an order; `findings` say why where it was we who declined."""

    move: ClassVar[str] = "decline"

    findings: tuple[Finding, ...] = attrs.field(default=(), converter=_findings)


@attrs.frozen
class EnquiryExpired(Event):
    """The last offer has lapsed, or the customer has fallen silent."""

    move: ClassVar[str] = "lapse"
