"""Review: may we take this order, and on what conditions?

A panel is convened by the type and the amount of the order. Each discipline on it has a seat: assessor policies fill
those that they may and are sure of, people of the department the others. Who has a conflict of interest steps back
for the deputy; who does not come is overdue, then somebody accountable has it, and in the end it counts as *review*,
never as a yes. The decision keeps every dissent. It is approved by somebody whose limit covers the amount. What the
customer must agree to is a counter-offer; our own conditions are holds until they are met; recommendations become
tasks, risks enter the register. A change voids what it touches, and nothing else.

    >>> from orderlib.review import Assessment, Opinion, WorstFinding
    >>> said = (Assessment(discipline="finance", opinion="accept"), Assessment(discipline="technology"))
    >>> decision = WorstFinding()(None, said)
    >>> decision.outcome.value
    'undecided'
    >>> print(decision.explain())
    Review decision: undecided
      because [review.not-judged] nobody has judged for technology (/assessments/technology)
      would have changed it: [review.otherwise] it would be accepted without the objection of technology
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderlib._door import lazy

# door: chosen names
if TYPE_CHECKING:
    from orderlib.review.advice import Recommendation as Recommendation
    from orderlib.review.advice import RiskDraft as RiskDraft
    from orderlib.review.approval import ApprovalByAmount as ApprovalByAmount
    from orderlib.review.approval import NotOwnOrders as NotOwnOrders
    from orderlib.review.condition import Condition as Condition
    from orderlib.review.condition import ConditionDraft as ConditionDraft
    from orderlib.review.condition import CounterOffer as CounterOffer
    from orderlib.review.exposure import NoRestrictedTrade as NoRestrictedTrade
    from orderlib.review.exposure import RiskWithinAppetite as RiskWithinAppetite
    from orderlib.review.exposure import WithinCreditLimit as WithinCreditLimit
    from orderlib.review.feasibility import InTimeFromStockOrSupply as InTimeFromStockOrSupply
    from orderlib.review.feasibility import KnownArticles as KnownArticles
    from orderlib.review.feasibility import LoadWithinLimits as LoadWithinLimits
    from orderlib.review.message import AcceptanceRenewed as AcceptanceRenewed
    from orderlib.review.message import AcceptanceWithheld as AcceptanceWithheld
    from orderlib.review.message import AgreeToConditions as AgreeToConditions
    from orderlib.review.message import ApprovalLapsed as ApprovalLapsed
    from orderlib.review.message import ApprovalRequested as ApprovalRequested
    from orderlib.review.message import ApproveReview as ApproveReview
    from orderlib.review.message import AssessmentAdvised as AssessmentAdvised
    from orderlib.review.message import AssessmentDefaulted as AssessmentDefaulted
    from orderlib.review.message import AssessmentEscalated as AssessmentEscalated
    from orderlib.review.message import AssessmentOverdue as AssessmentOverdue
    from orderlib.review.message import AssessmentSubmitted as AssessmentSubmitted
    from orderlib.review.message import ConditionMet as ConditionMet
    from orderlib.review.message import ConditionOverdue as ConditionOverdue
    from orderlib.review.message import ConditionWaived as ConditionWaived
    from orderlib.review.message import ConflictDeclared as ConflictDeclared
    from orderlib.review.message import ConvenePanel as ConvenePanel
    from orderlib.review.message import CounterOfferAgreed as CounterOfferAgreed
    from orderlib.review.message import CounterOfferDeclined as CounterOfferDeclined
    from orderlib.review.message import CounterOfferLapsed as CounterOfferLapsed
    from orderlib.review.message import DeclareConflict as DeclareConflict
    from orderlib.review.message import DeclineConditions as DeclineConditions
    from orderlib.review.message import MeetCondition as MeetCondition
    from orderlib.review.message import OrderAccepted as OrderAccepted
    from orderlib.review.message import OrderConditionallyAccepted as OrderConditionallyAccepted
    from orderlib.review.message import OrderRejected as OrderRejected
    from orderlib.review.message import OrderReviewed as OrderReviewed
    from orderlib.review.message import PanelConvened as PanelConvened
    from orderlib.review.message import ReopenReview as ReopenReview
    from orderlib.review.message import ReviewAdjourned as ReviewAdjourned
    from orderlib.review.message import ReviewOrder as ReviewOrder
    from orderlib.review.message import ReviewOverdue as ReviewOverdue
    from orderlib.review.message import ReviewReopened as ReviewReopened
    from orderlib.review.message import RunAssessors as RunAssessors
    from orderlib.review.message import SubmitAssessment as SubmitAssessment
    from orderlib.review.message import WaiveCondition as WaiveCondition
    from orderlib.review.panel import PanelByTypeAndAmount as PanelByTypeAndAmount
    from orderlib.review.panel import SeatTemplate as SeatTemplate
    from orderlib.review.policy import ApprovalPolicy as ApprovalPolicy
    from orderlib.review.policy import AssessmentDecision as AssessmentDecision
    from orderlib.review.policy import AssessorPolicy as AssessorPolicy
    from orderlib.review.policy import Circumstances as Circumstances
    from orderlib.review.policy import ConflictPolicy as ConflictPolicy
    from orderlib.review.policy import Involved as Involved
    from orderlib.review.policy import PanelDecision as PanelDecision
    from orderlib.review.policy import PanelPolicy as PanelPolicy
    from orderlib.review.policy import ReviewDecision as ReviewDecision
    from orderlib.review.policy import ReviewPolicy as ReviewPolicy
    from orderlib.review.record import Approval as Approval
    from orderlib.review.record import Assessment as Assessment
    from orderlib.review.record import Dissent as Dissent
    from orderlib.review.record import Opinion as Opinion
    from orderlib.review.record import PanelKind as PanelKind
    from orderlib.review.record import PendingApproval as PendingApproval
    from orderlib.review.record import ReviewOutcome as ReviewOutcome
    from orderlib.review.record import ReviewRound as ReviewRound
    from orderlib.review.record import Reviews as Reviews
    from orderlib.review.record import Seat as Seat
    from orderlib.review.ruling import reopening as reopening
    from orderlib.review.verdict import Quorum as Quorum
    from orderlib.review.verdict import Veto as Veto
    from orderlib.review.verdict import Weighted as Weighted
    from orderlib.review.verdict import WorstFinding as WorstFinding

__all__ = [
    "AcceptanceRenewed",
    "AcceptanceWithheld",
    "AgreeToConditions",
    "Approval",
    "ApprovalByAmount",
    "ApprovalLapsed",
    "ApprovalPolicy",
    "ApprovalRequested",
    "ApproveReview",
    "Assessment",
    "AssessmentAdvised",
    "AssessmentDecision",
    "AssessmentDefaulted",
    "AssessmentEscalated",
    "AssessmentOverdue",
    "AssessmentSubmitted",
    "AssessorPolicy",
    "Circumstances",
    "Condition",
    "ConditionDraft",
    "ConditionMet",
    "ConditionOverdue",
    "ConditionWaived",
    "ConflictDeclared",
    "ConflictPolicy",
    "ConvenePanel",
    "CounterOffer",
    "CounterOfferAgreed",
    "CounterOfferDeclined",
    "CounterOfferLapsed",
    "DeclareConflict",
    "DeclineConditions",
    "Dissent",
    "InTimeFromStockOrSupply",
    "Involved",
    "KnownArticles",
    "LoadWithinLimits",
    "MeetCondition",
    "NoRestrictedTrade",
    "NotOwnOrders",
    "Opinion",
    "OrderAccepted",
    "OrderConditionallyAccepted",
    "OrderRejected",
    "OrderReviewed",
    "PanelByTypeAndAmount",
    "PanelConvened",
    "PanelDecision",
    "PanelKind",
    "PanelPolicy",
    "PendingApproval",
    "Quorum",
    "Recommendation",
    "ReopenReview",
    "ReviewAdjourned",
    "ReviewDecision",
    "ReviewOrder",
    "ReviewOutcome",
    "ReviewOverdue",
    "ReviewPolicy",
    "ReviewReopened",
    "ReviewRound",
    "Reviews",
    "RiskDraft",
    "RiskWithinAppetite",
    "RunAssessors",
    "Seat",
    "SeatTemplate",
    "SubmitAssessment",
    "Veto",
    "WaiveCondition",
    "Weighted",
    "WithinCreditLimit",
    "WorstFinding",
    "reopening",
]

_WHERE = {
    "AcceptanceRenewed": "orderlib.review.message",
    "AcceptanceWithheld": "orderlib.review.message",
    "AgreeToConditions": "orderlib.review.message",
    "Approval": "orderlib.review.record",
    "ApprovalByAmount": "orderlib.review.approval",
    "ApprovalLapsed": "orderlib.review.message",
    "ApprovalPolicy": "orderlib.review.policy",
    "ApprovalRequested": "orderlib.review.message",
    "ApproveReview": "orderlib.review.message",
    "Assessment": "orderlib.review.record",
    "AssessmentAdvised": "orderlib.review.message",
    "AssessmentDecision": "orderlib.review.policy",
    "AssessmentDefaulted": "orderlib.review.message",
    "AssessmentEscalated": "orderlib.review.message",
    "AssessmentOverdue": "orderlib.review.message",
    "AssessmentSubmitted": "orderlib.review.message",
    "AssessorPolicy": "orderlib.review.policy",
    "Circumstances": "orderlib.review.policy",
    "Condition": "orderlib.review.condition",
    "ConditionDraft": "orderlib.review.condition",
    "ConditionMet": "orderlib.review.message",
    "ConditionOverdue": "orderlib.review.message",
    "ConditionWaived": "orderlib.review.message",
    "ConflictDeclared": "orderlib.review.message",
    "ConflictPolicy": "orderlib.review.policy",
    "ConvenePanel": "orderlib.review.message",
    "CounterOffer": "orderlib.review.condition",
    "CounterOfferAgreed": "orderlib.review.message",
    "CounterOfferDeclined": "orderlib.review.message",
    "CounterOfferLapsed": "orderlib.review.message",
    "DeclareConflict": "orderlib.review.message",
    "DeclineConditions": "orderlib.review.message",
    "Dissent": "orderlib.review.record",
    "InTimeFromStockOrSupply": "orderlib.review.feasibility",
    "Involved": "orderlib.review.policy",
    "KnownArticles": "orderlib.review.feasibility",
    "LoadWithinLimits": "orderlib.review.feasibility",
    "MeetCondition": "orderlib.review.message",
    "NoRestrictedTrade": "orderlib.review.exposure",
    "NotOwnOrders": "orderlib.review.approval",
    "Opinion": "orderlib.review.record",
    "OrderAccepted": "orderlib.review.message",
    "OrderConditionallyAccepted": "orderlib.review.message",
    "OrderRejected": "orderlib.review.message",
    "OrderReviewed": "orderlib.review.message",
    "PanelByTypeAndAmount": "orderlib.review.panel",
    "PanelConvened": "orderlib.review.message",
    "PanelDecision": "orderlib.review.policy",
    "PanelKind": "orderlib.review.record",
    "PanelPolicy": "orderlib.review.policy",
    "PendingApproval": "orderlib.review.record",
    "Quorum": "orderlib.review.verdict",
    "Recommendation": "orderlib.review.advice",
    "ReopenReview": "orderlib.review.message",
    "ReviewAdjourned": "orderlib.review.message",
    "ReviewDecision": "orderlib.review.policy",
    "ReviewOrder": "orderlib.review.message",
    "ReviewOutcome": "orderlib.review.record",
    "ReviewOverdue": "orderlib.review.message",
    "ReviewPolicy": "orderlib.review.policy",
    "ReviewReopened": "orderlib.review.message",
    "ReviewRound": "orderlib.review.record",
    "Reviews": "orderlib.review.record",
    "RiskDraft": "orderlib.review.advice",
    "RiskWithinAppetite": "orderlib.review.exposure",
    "RunAssessors": "orderlib.review.message",
    "Seat": "orderlib.review.record",
    "SeatTemplate": "orderlib.review.panel",
    "SubmitAssessment": "orderlib.review.message",
    "Veto": "orderlib.review.verdict",
    "WaiveCondition": "orderlib.review.message",
    "Weighted": "orderlib.review.verdict",
    "WithinCreditLimit": "orderlib.review.exposure",
    "WorstFinding": "orderlib.review.verdict",
    "reopening": "orderlib.review.ruling",
}
# end of door
if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy(__name__, _WHERE)
