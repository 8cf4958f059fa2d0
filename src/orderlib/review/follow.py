"""What follows a conditional acceptance: the customer's word, conditions met, given up, or forgotten."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from orderlib.errors import Finding, FindingCode, RefusedError, Severity
from orderlib.hold.message import HoldLifted
from orderlib.review.condition import Condition, CounterOffer
from orderlib.review.message import (
    AgreeToConditions,
    ApprovalLapsed,
    AssessmentDefaulted,
    AssessmentEscalated,
    AssessmentOverdue,
    ConditionMet,
    ConditionOverdue,
    ConditionWaived,
    CounterOfferAgreed,
    CounterOfferDeclined,
    CounterOfferLapsed,
    DeclineConditions,
    MeetCondition,
    ReviewOverdue,
    WaiveCondition,
)
from orderlib.review.record import Assessment, ReviewRound, Reviews
from orderlib.review.ruling import commit_credit, hold_for, reopening
from orderlib.review.sitting import REASON, order_of
from orderlib.review.slice import ReviewCase, ReviewPolicies
from orderlib.review.table import CONDITION
from orderlib.values.dispatch import View
from orderlib.values.identifier import DocumentId
from orderlib.values.instant import Instant
from orderlib.values.message import Event, Stamp

__all__ = ["agree", "decline", "lapse", "meet", "waive"]

NO_OFFER: Final = FindingCode("review.no-counter-offer", Severity.ERROR, "no counter-offer is open", "没有待答复的还盘")
OFFER_CHANGED: Final = FindingCode(
    "review.counter-offer-void",
    Severity.ERROR,
    "the order has changed since the counter-offer was made",
    "还盘发出后订单已变更",
)
CONDITION_UNKNOWN: Final = FindingCode(
    "review.condition-unknown", Severity.ERROR, "there is no condition {condition}", "不存在条件 {condition}"
)
CONDITION_STATE: Final = FindingCode(
    "review.condition-state", Severity.ERROR, "condition {condition} is {state}", "条件 {condition} 处于 {state}"
)
CONDITION_OWNER: Final = FindingCode(
    "review.condition-not-owner",
    Severity.ERROR,
    "condition {condition} belongs to {owner}",
    "条件 {condition} 属于 {owner}",
)
EVIDENCE: Final = FindingCode(
    "review.evidence-missing", Severity.ERROR, "it takes evidence that {wording}", "需要证明：{wording}"
)
OVERDUE: Final = FindingCode(
    "review.condition-overdue",
    Severity.WARNING,
    "{owner} has not met the condition: {wording}",
    "{owner} 未按期满足条件：{wording}",
)
#: who sees to what nobody has seen to
_ACCOUNTABLE: Final = "management"


def _offered(case: ReviewCase) -> CounterOffer:
    """The open counter-offer; raises `RefusedError` (`review.no-counter-offer`)."""
    offer = case.review.counter_offer if case.review is not None else None
    if offer is None or offer.state != "made":
        raise RefusedError(NO_OFFER("/review/counter_offer"))
    return offer


def agree(view: View[ReviewCase], command: AgreeToConditions, _policies: ReviewPolicies) -> Iterable[Event]:
    """The order is accepted on its conditions; what was agreed and is still to be done keeps its gate shut."""
    case = view.case
    offer = _offered(case)
    reviews = case.review or Reviews()
    if reviews.voided:
        raise RefusedError(OFFER_CHANGED("/review/counter_offer"))
    stamp = command.stamp()
    agreed = (reviews.conditions[each] for each in offer.conditions)
    holds = [hold_for(each, stamp) for each in agreed if each.gate is not None and each.state == "open"]
    return (CounterOfferAgreed(stamp), *holds, *commit_credit(view, stamp, order_of(case).total))


def decline(view: View[ReviewCase], command: DeclineConditions, _policies: ReviewPolicies) -> Iterable[Event]:
    """The customer does not want the order on these conditions."""
    _offered(view.case)
    return (CounterOfferDeclined(command.stamp()),)


def _condition(case: ReviewCase, condition_id: str, move: str) -> Condition:
    condition = case.review.conditions.get(condition_id) if case.review is not None else None
    if condition is None:
        raise RefusedError(CONDITION_UNKNOWN("/condition_id", condition=condition_id))
    if CONDITION.target(condition.state, move) is None:
        raise RefusedError(CONDITION_STATE("/condition_id", condition=condition_id, state=condition.state))
    return condition


def _lifted(case: ReviewCase, condition: Condition, stamp: Stamp) -> Iterator[Event]:
    if case.holds.get(condition.hold_id) is not None:
        yield HoldLifted(stamp, DocumentId(condition.hold_id))


def meet(view: View[ReviewCase], command: MeetCondition, _policies: ReviewPolicies) -> Iterable[Event]:
    """The owner shows that a condition is met; what the customer agreed to, anybody may show."""
    condition = _condition(view.case, command.condition_id, "meet")
    wrong: list[Finding] = []
    if not command.evidence.strip():
        wrong.append(EVIDENCE("/evidence", wording=condition.wording))
    if not condition.external and {condition.owner, "management"}.isdisjoint(
        (command.by.department, *command.by.roles)
    ):
        wrong.append(CONDITION_OWNER("/by/department", condition=condition.id, owner=condition.owner))
    if wrong:
        raise RefusedError(*wrong)
    stamp = command.stamp()
    return (ConditionMet(stamp, condition.id, command.evidence), *_lifted(view.case, condition, stamp))


def waive(view: View[ReviewCase], command: WaiveCondition, _policies: ReviewPolicies) -> Iterable[Event]:
    """A condition is given up, for a reason."""
    condition = _condition(view.case, command.condition_id, "waive")
    if not command.reason:
        raise RefusedError(REASON("/reason"))
    stamp = command.stamp()
    return (ConditionWaived(stamp, condition.id), *_lifted(view.case, condition, stamp))


# -- what lapses -----------------------------------------------------------------------------------------------------


def lapse(case: ReviewCase, now: Instant, stamp: Stamp, _policies: ReviewPolicies) -> Iterator[Event]:
    """Assessments climb the ladder; approvals, counter-offers and conditions run out."""
    reviews = case.review
    if reviews is None or reviews.closed:
        return
    if reviews.reconvene_by is not None and reviews.reconvene_by <= now:
        chair = reviews.current.chair if reviews.current is not None else "sales"
        yield ReviewOverdue(stamp, str(len(reviews.rounds) + 1), chair)
    elif reviews.current is not None and reviews.current.outcome is None:
        yield from _round_lapses(reviews.current, now, stamp)
    offer = reviews.counter_offer
    lapsed = offer is not None and offer.state == "made" and offer.due_at <= now
    if offer is not None and lapsed:
        yield CounterOfferLapsed(stamp, offer.due_at)
    late = [each for each in reviews.conditions if each.waiting and each.due_at <= now]
    yield from (ConditionOverdue(stamp, each.id, each.owner) for each in late)
    if late and not lapsed:
        reasons = tuple(OVERDUE(f"/conditions/{each.id}", owner=each.owner, wording=each.wording) for each in late)
        sources = dict.fromkeys(each.discipline for each in late if each.discipline)
        yield from reopening(case, stamp, reasons, sources or None)


def _round_lapses(current: ReviewRound, now: Instant, stamp: Stamp) -> Iterator[Event]:
    if current.pending is not None:
        if current.pending.due_at <= now:
            yield ApprovalLapsed(stamp, current.id)
        return
    for each in current.assessments:
        if not current.stale and each.open and each.due_at is not None and each.due_at <= now:
            yield _step(each, stamp)
    if not current.late and current.decide_by <= now:
        yield ReviewOverdue(stamp, current.id, current.chair)


def _step(assessment: Assessment, stamp: Stamp) -> Event:
    """The next step of the ladder: remind who owes it, give it to the accountable, count it as *review*."""
    if assessment.state == "assigned":
        return AssessmentOverdue(stamp, assessment.discipline, assessment.department)
    if assessment.state == "overdue":
        return AssessmentEscalated(stamp, assessment.discipline, _ACCOUNTABLE)
    return AssessmentDefaulted(stamp, assessment.discipline)
