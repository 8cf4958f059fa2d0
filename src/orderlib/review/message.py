"""Commands and events of review."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import ClassVar

import attrs

from orderlib.errors import Finding
from orderlib.order.field import Aspect
from orderlib.review.advice import Recommendation, RiskDraft, recommendations_of, risks_of, words_of
from orderlib.review.condition import Condition, ConditionDraft, CounterOffer, drafts_of
from orderlib.review.record import (
    EVERY_ASPECT,
    Assessment,
    Dissent,
    Opinion,
    PanelKind,
    PendingApproval,
    ReviewOutcome,
    Seat,
    findings_of,
    opinion_of,
)
from orderlib.values.codelist import member
from orderlib.values.identifier import ActorId, DocumentId, Identifier, OrderId, text
from orderlib.values.instant import Instant
from orderlib.values.message import CaseCommand, Event
from orderlib.values.party import Actor, Party
from orderlib.values.typed import tuple_of

__all__ = [
    "AcceptanceRenewed",
    "AcceptanceWithheld",
    "AgreeToConditions",
    "ApprovalLapsed",
    "ApprovalRenewed",
    "ApprovalRequested",
    "ApproveReview",
    "AssessmentAdvised",
    "AssessmentDefaulted",
    "AssessmentEscalated",
    "AssessmentOverdue",
    "AssessmentSubmitted",
    "ConditionMet",
    "ConditionOverdue",
    "ConditionWaived",
    "ConflictDeclared",
    "ConvenePanel",
    "CounterOfferAgreed",
    "CounterOfferDeclined",
    "CounterOfferLapsed",
    "DeclareConflict",
    "DeclineConditions",
    "MeetCondition",
    "OrderAccepted",
    "OrderConditionallyAccepted",
    "OrderRejected",
    "OrderReviewed",
    "PanelConvened",
    "ReopenReview",
    "ReviewAdjourned",
    "ReviewOrder",
    "ReviewOverdue",
    "ReviewReopened",
    "RunAssessors",
    "SubmitAssessment",
    "WaiveCondition",
]


def _overrule(value: str | None) -> ReviewOutcome | None:
    return None if value is None else member(ReviewOutcome, value, "/overrule")


def _disciplines(given: Iterable[str]) -> tuple[Identifier, ...]:
    return tuple(Identifier(each) for each in tuple_of(str, given, "/disciplines"))


def _named(given: Iterable[str] | None) -> tuple[Identifier, ...] | None:
    return None if given is None else _disciplines(given)


@attrs.frozen
class ConvenePanel(CaseCommand):
    """Call the panel together, by the panel policy; what no change has touched since it last met still counts."""


@attrs.frozen
class RunAssessors(CaseCommand):
    """Let the assessor policies judge: they fill the seats that may be filled so, and advise the others."""


@attrs.frozen
class SubmitAssessment(CaseCommand):
    """What a member of the panel found for its discipline; said again, it replaces what was said."""

    discipline: Identifier = attrs.field(converter=Identifier)
    opinion: Opinion = attrs.field(converter=opinion_of)
    findings: tuple[Finding, ...] = attrs.field(default=(), converter=findings_of, kw_only=True)
    conditions: tuple[ConditionDraft, ...] = attrs.field(default=(), converter=drafts_of, kw_only=True)
    risks: tuple[RiskDraft, ...] = attrs.field(default=(), converter=risks_of, kw_only=True)
    recommendations: tuple[Recommendation, ...] = attrs.field(default=(), converter=recommendations_of, kw_only=True)
    suggestions: tuple[str, ...] = attrs.field(default=(), converter=words_of, kw_only=True)


@attrs.frozen
class DeclareConflict(CaseCommand):
    """Somebody who holds a seat is not free to judge this order; the reason is the command's.

    `actor_id` is who, whoever declares it where it is left out. The seat passes to the deputy.
    """

    discipline: Identifier = attrs.field(converter=Identifier)
    actor_id: ActorId | None = attrs.field(default=None, converter=attrs.converters.optional(ActorId), kw_only=True)


@attrs.frozen
class ReviewOrder(CaseCommand):
    """Decide on what the panel found. Where no panel sits, it is convened and the assessors are run first.

    `overrule` is the ruling of the chair or the management against the policy's; it needs the command's reason, and
    both are kept.
    """

    overrule: ReviewOutcome | None = attrs.field(default=None, converter=_overrule, kw_only=True)


@attrs.frozen
class ApproveReview(CaseCommand):
    """Approve the decision that waits for it; with `approved=False` and a reason the order is rejected instead."""

    approved: bool = attrs.field(default=True, kw_only=True)


@attrs.frozen
class AgreeToConditions(CaseCommand):
    """The customer agrees to the counter-offer; the order is accepted on its conditions."""


@attrs.frozen
class DeclineConditions(CaseCommand):
    """The customer does not agree to the counter-offer."""


@attrs.frozen
class MeetCondition(CaseCommand):
    """A condition is met, as the evidence shows; its hold is lifted."""

    condition_id: DocumentId = attrs.field(converter=DocumentId)
    evidence: str = attrs.field(converter=text)


@attrs.frozen
class WaiveCondition(CaseCommand):
    """A condition is given up by somebody with the authority; the reason is the command's, its hold is lifted."""

    condition_id: DocumentId = attrs.field(converter=DocumentId)


@attrs.frozen
class ReopenReview(CaseCommand):
    """Review the order again, with the command's reason.

    `disciplines` have to judge anew, all of them where none is named.
    """

    disciplines: tuple[Identifier, ...] = attrs.field(default=(), converter=_disciplines, kw_only=True)


@attrs.frozen
class PanelConvened(Event):
    """A panel sits. `carried` are the disciplines whose earlier assessment still counts."""

    round: str
    panel: PanelKind
    seats: tuple[Seat, ...]
    quorum: int
    chair: str
    decide_by: Instant
    carried: tuple[Identifier, ...] = attrs.field(default=(), converter=_disciplines)
    approve_within: timedelta = timedelta(days=2)


@attrs.frozen
class AssessmentSubmitted(Event):
    """A discipline has spoken."""

    assessment: Assessment


@attrs.frozen
class AssessmentAdvised(Event):
    """The assessor policies have judged where a person has the word; what they say is advice."""

    discipline: Identifier
    opinion: Opinion
    findings: tuple[Finding, ...] = attrs.field(default=(), converter=findings_of)


@attrs.frozen
class ConflictDeclared(Event):
    """Somebody is not free to judge; `department` has the seat now. `detected` says that a rule found it."""

    discipline: Identifier
    actor_id: ActorId
    department: str
    detected: bool = False


@attrs.frozen
class AssessmentOverdue(Event):
    """An assessment should be in by now; `owner` owes it."""

    discipline: Identifier
    owner: str


@attrs.frozen
class AssessmentEscalated(Event):
    """An assessment did not come; `owner` has to see to it now."""

    discipline: Identifier
    owner: str


@attrs.frozen
class AssessmentDefaulted(Event):
    """An assessment never came: it counts as *review*, and never as a yes."""

    discipline: Identifier


@attrs.frozen
class ReviewOverdue(Event):
    """The panel should have met, or decided, by now; `owner` is its chair."""

    round: str
    owner: str


@attrs.frozen
class ReviewAdjourned(Event):
    """The panel could not decide, for these reasons; people have to say more."""

    round: str
    reasons: tuple[Finding, ...] = attrs.field(default=(), converter=findings_of)


@attrs.frozen
class ApprovalRequested(Event):
    """The decision waits for somebody with the authority to approve it."""

    round: str
    pending: PendingApproval


@attrs.frozen
class ApprovalLapsed(Event):
    """Nobody has approved the decision in time; the panel has the word again."""

    round: str


@attrs.frozen(kw_only=True)
class OrderReviewed(Event):
    """The review has decided: the base of its five events.

    `outcome` rules, `proposed` is what the policy said. `conditions` are new ones, `superseded` those of an earlier
    decision that no longer count. `scope` is what of the order (at `revision`) the decision was given for.
    """

    round: str
    order_id: OrderId
    customer: Party
    outcome: ReviewOutcome
    proposed: ReviewOutcome
    revision: int = 1
    reasons: tuple[Finding, ...] = attrs.field(default=(), converter=findings_of)
    dissent: tuple[Dissent, ...] = ()
    conditions: tuple[Condition, ...] = ()
    superseded: tuple[DocumentId, ...] = ()
    counter_offer: CounterOffer | None = None
    recommendations: tuple[Recommendation, ...] = attrs.field(default=(), converter=recommendations_of)
    scope: frozenset[Aspect] = EVERY_ASPECT
    approved_by: tuple[Actor, ...] = ()


@attrs.frozen(kw_only=True)
class OrderAccepted(OrderReviewed):
    """The order is accepted; conditions of our own stand as holds."""

    move: ClassVar[str] = "accept"


@attrs.frozen(kw_only=True)
class OrderConditionallyAccepted(OrderReviewed):
    """The order is accepted on conditions that the customer has to agree to: a counter-offer."""

    move: ClassVar[str] = "accept_conditionally"


@attrs.frozen(kw_only=True)
class OrderRejected(OrderReviewed):
    """The order is rejected; the customer is told why."""

    move: ClassVar[str] = "reject"


@attrs.frozen(kw_only=True)
class AcceptanceRenewed(OrderReviewed):
    """A running order was reviewed again and goes on."""


@attrs.frozen(kw_only=True)
class AcceptanceWithheld(OrderReviewed):
    """A running order was reviewed again and may not go on as it is; its hold stays."""


@attrs.frozen
class ApprovalRenewed(Event):
    """A change has touched what was approved, so little that whoever decided it approved that, too.

    The acceptance stands for the new revision; its scope stays.
    """

    revision: int
    approved_by: Actor


@attrs.frozen
class CounterOfferAgreed(Event):
    """The customer has agreed to the counter-offer."""

    move: ClassVar[str] = "agree"


@attrs.frozen
class CounterOfferDeclined(Event):
    """The customer has not agreed to the counter-offer."""

    move: ClassVar[str] = "decline"


@attrs.frozen
class CounterOfferLapsed(Event):
    """The customer has not answered the counter-offer in time: that is a no."""

    move: ClassVar[str] = "lapse_counter_offer"

    due_at: Instant


@attrs.frozen
class ConditionMet(Event):
    """A condition is met."""

    condition_id: DocumentId
    evidence: str


@attrs.frozen
class ConditionWaived(Event):
    """A condition was given up; the stamp carries the reason."""

    condition_id: DocumentId


@attrs.frozen
class ConditionOverdue(Event):
    """A condition should be met by now; `owner` owes it."""

    condition_id: DocumentId
    owner: str


@attrs.frozen
class ReviewReopened(Event):
    """The order has to be reviewed again: by these disciplines beside those whose word is void, None for all.

    The panel should meet by `due_at`. A running order keeps its state, under a hold.
    """

    due_at: Instant
    reasons: tuple[Finding, ...] = attrs.field(default=(), converter=findings_of)
    disciplines: tuple[Identifier, ...] | None = attrs.field(default=None, converter=_named)
    running: bool = False

    @property
    def move(self) -> str:  # type: ignore[override]
        """Back into review, unless work has begun."""
        return "" if self.running else "review_again"
