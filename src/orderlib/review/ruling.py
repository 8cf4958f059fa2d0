"""The panel decides; whoever has the authority approves; and what comes of it is set going."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any, Final

import attrs

from orderlib.account.process import expose
from orderlib.errors import Finding, FindingCode, InvalidValueError, RefusedError, Severity
from orderlib.hold.message import HoldLifted
from orderlib.hold.process import placed
from orderlib.order.field import Aspect
from orderlib.order.record import Order
from orderlib.review.amount import rates_of
from orderlib.review.condition import Condition, ConditionDraft, CounterOffer
from orderlib.review.fold import folded
from orderlib.review.message import (
    AcceptanceRenewed,
    AcceptanceWithheld,
    ApprovalRequested,
    ApproveReview,
    OrderAccepted,
    OrderConditionallyAccepted,
    OrderRejected,
    OrderReviewed,
    ReopenReview,
    ReviewAdjourned,
    ReviewOrder,
    ReviewReopened,
)
from orderlib.review.policy import ReviewDecision
from orderlib.review.record import EVERY_ASPECT, PendingApproval, ReviewOutcome, ReviewRound, Reviews
from orderlib.review.sitting import (
    PENDING,
    REASON,
    account_of,
    convenable,
    involved,
    order_of,
    prepared,
)
from orderlib.review.slice import ReviewCase, ReviewPolicies
from orderlib.review.standing import CREDIT_MOVED, Moved, credit_moved
from orderlib.review.verdict import dissent_from, gathered
from orderlib.risk.message import RiskIdentified
from orderlib.risk.record import Risk
from orderlib.values.decision import Decided, Verdict
from orderlib.values.dispatch import Gate, View
from orderlib.values.identifier import DocumentId
from orderlib.values.instant import later
from orderlib.values.message import Event, Stamp
from orderlib.values.money import Money
from orderlib.values.party import Actor

__all__ = ["approve", "commit_credit", "reopen", "reopening", "review_order"]

BELOW_QUORUM: Final = FindingCode(
    "review.below-quorum",
    Severity.ERROR,
    "{found} of {quorum} seats have spoken",
    "{quorum} 个席位中仅有 {found} 个发表意见",
)
NOT_CHAIR: Final = FindingCode(
    "review.not-chair",
    Severity.ERROR,
    "only {chair} or the management may overrule the review",
    "只有 {chair} 或管理层可以改判",
)
OVERRULE_OPEN: Final = FindingCode(
    "review.overrule-open", Severity.ERROR, "overruling ends in a yes or a no", "改判结果必须是接受或拒绝"
)
NO_APPROVAL: Final = FindingCode(
    "review.no-approval", Severity.ERROR, "no decision awaits approval", "没有等待批准的决定"
)
NOT_APPROVED: Final = FindingCode(
    "review.not-approved", Severity.ERROR, "the approval policy does not agree", "批准策略不同意"
)
DISAPPROVED: Final = FindingCode(
    "review.disapproved", Severity.ERROR, "{actor} has not approved it: {reason}", "{actor} 未予批准：{reason}"
)
ALREADY_OPEN: Final = FindingCode(
    "review.reopened-already", Severity.ERROR, "the order is under review already", "订单已在重新评审中"
)
REQUESTED: Final = FindingCode(
    "review.requested", Severity.WARNING, "{actor} wants it reviewed again: {reason}", "{actor} 要求重新评审：{reason}"
)

_BEFORE_WORK: Final = frozenset({"accepted", "conditionally_accepted", "released"})
_WORK: Final = frozenset({Gate.PURCHASE, Gate.PRODUCE, Gate.DESPATCH})
_RECONVENED_WITHIN: Final = timedelta(days=2)
_AMOUNT: Final = frozenset({Aspect.PRICE, Aspect.QUANTITY})


# -- deciding -------------------------------------------------------------------------------------------------------


def review_order(view: View[ReviewCase], command: ReviewOrder, policies: ReviewPolicies) -> Iterable[Event]:
    """Decide on what the panel found; what cannot be decided is adjourned, what needs approval waits for it."""
    case, stamp = view.case, command.stamp()
    _refuse(_not_now(case))
    events, reviews = prepared(view, stamp, policies)
    # assessors that judge now see the account as it is now; a panel that sat before may have seen another
    moved = Moved() if events else credit_moved(view, reviews.rounds[-1], stamp, policies)
    events, current = (*events, *moved.events), (folded(reviews, moved.events) or reviews).rounds[-1]
    _refuse(_may_overrule(command, current))
    order, binding = order_of(case), current.binding()
    decision = gathered(policies.review(order, binding), binding)
    if not current.quorate:
        few = BELOW_QUORUM("/assessments", found=current.filled, quorum=current.quorum)
        decision = decision.at_best(ReviewOutcome.UNDECIDED, because=few)
    for unsaid in moved.unsaid:
        decision = decision.at_best(ReviewOutcome.UNDECIDED, because=unsaid)
    if command.overrule is not None:
        decision = decision.overridden(command.overrule, by=command.by, reason=command.reason)
    decided = (*events, Decided(stamp, "review", decision))
    ruling = _ruling(decision, command.by, stamp, current)
    if ruling.outcome is ReviewOutcome.UNDECIDED:
        return (*decided, ReviewAdjourned(stamp, current.id, decision.reasons))
    if not ruling.outcome.accepting:
        return (*decided, *_concluded(view, current, ruling, stamp, ()))
    _refuse(_unresolved(case))
    approval = policies.approval(order, ruling.outcome, command.by, involved(case, current))
    decided = (*decided, Decided(stamp, "approval", approval))
    if approval.ruling is not Verdict.YES:
        return (*decided, ApprovalRequested(stamp, current.id, attrs.evolve(ruling, needed=approval.reasons)))
    return (*decided, *_concluded(view, current, ruling, stamp, (command.by,)))


def _refuse(against: Iterable[Finding]) -> None:
    wrong = tuple(against)
    if wrong:
        raise RefusedError(*wrong)


def _not_now(case: ReviewCase) -> Iterator[Finding]:
    current = case.review.sitting if case.review is not None else None
    if current is not None and current.pending is not None:
        yield PENDING("/review/pending", round=current.id)
    elif current is None and (against := convenable(case)) is not None:
        yield against


def _may_overrule(command: ReviewOrder, current: ReviewRound) -> Iterator[Finding]:
    if command.overrule is None:
        return
    if command.overrule is ReviewOutcome.UNDECIDED:
        yield OVERRULE_OPEN("/overrule")
    if not command.reason:
        yield REASON("/reason")
    if {current.chair, "management"}.isdisjoint((command.by.department, *command.by.roles)):
        yield NOT_CHAIR("/by", chair=current.chair)
    if command.overrule.accepting and not current.quorate:
        yield BELOW_QUORUM("/assessments", found=current.filled, quorum=current.quorum)


def _unresolved(case: ReviewCase) -> tuple[Finding, ...]:
    """What stands between the order and its acceptance (ISO 9001:2015, 8.2.3.1)."""
    return case.intake.unresolved if case.intake is not None else ()


def _ruling(decision: ReviewDecision, by: Actor, stamp: Stamp, current: ReviewRound) -> PendingApproval:
    """The decision as it goes to whoever approves it; an acceptance without conditions has none."""
    outcome = decision.ruling
    return PendingApproval(
        outcome=outcome,
        proposed=decision.outcome,
        proposed_by=by,
        due_at=later(stamp.recorded_at, current.approve_within),
        reasons=decision.reasons,
        conditions=decision.conditions if outcome is ReviewOutcome.CONDITIONALLY_ACCEPTED else (),
        risks=decision.risks,
        recommendations=decision.recommendations,
        answer_within=decision.answer_within,
    )


def approve(view: View[ReviewCase], command: ApproveReview, policies: ReviewPolicies) -> Iterable[Event]:
    """The decision that waits is approved, or turned into a rejection."""
    case, stamp = view.case, command.stamp()
    current = case.review.sitting if case.review is not None else None
    pending = current.pending if current is not None else None
    if current is None or pending is None:
        raise RefusedError(NO_APPROVAL("/review/pending"))
    seen = involved(case, current, pending.proposed_by)
    decision = policies.approval(order_of(case), pending.outcome, command.by, seen)
    wrong = [] if decision.ruling is Verdict.YES else list(decision.reasons or (NOT_APPROVED("/by"),))
    if command.approved:
        wrong += _unresolved(case)
    elif not command.reason:
        wrong.append(REASON("/reason"))
    _refuse(wrong)
    moved = credit_moved(view, current, stamp, policies) if pending.outcome.accepting else Moved()
    if command.approved and moved.events:
        why = moved.unsaid or (CREDIT_MOVED("/assessments", discipline="the panel"),)
        return (ReviewAdjourned(stamp, current.id, why), *moved.events)
    if command.approved:
        people = (pending.proposed_by, command.by)
        return (Decided(stamp, "approval", decision), *_concluded(view, current, pending, stamp, people))
    no = DISAPPROVED("/by", actor=command.by.id, reason=command.reason)
    against = attrs.evolve(pending, outcome=ReviewOutcome.REJECTED, reasons=(*pending.reasons, no), conditions=())
    denied = decision.overridden(Verdict.NO, by=command.by, reason=command.reason)
    return (Decided(stamp, "approval", denied), *_concluded(view, current, against, stamp, ()))


# -- what comes of it -----------------------------------------------------------------------------------------------


def _concluded(
    view: View[ReviewCase], current: ReviewRound, ruling: PendingApproval, stamp: Stamp, approved_by: tuple[Actor, ...]
) -> Iterator[Event]:
    """The decision, and everything that follows from it, in one commit."""
    case = view.case
    reviews, running = case.review or Reviews(), case.state == "in_execution"
    accepting = ruling.outcome.accepting
    drafts = [_owned(draft, running=running) for draft in ruling.conditions]
    kept = _kept(reviews, drafts) if accepting else {}
    fresh = tuple(_fresh(current, drafts, kept, stamp))
    superseded = [each for each in reviews.conditions if accepting and _replaced(each) and each.id not in kept.values()]
    binding = current.binding()
    offer = _offer(ruling, fresh, stamp, running=running, old=bool(kept))
    event = _event(ruling.outcome, offer, running=running)
    order = order_of(case)
    yield event(
        stamp,
        round=current.id,
        order_id=order.id,
        customer=order.buyer,
        outcome=ruling.outcome,
        proposed=ruling.proposed,
        revision=order.revision,
        reasons=ruling.reasons,
        dissent=dissent_from(ruling.outcome, binding),
        conditions=fresh,
        superseded=tuple(each.id for each in superseded),
        counter_offer=offer,
        recommendations=ruling.recommendations if accepting else (),
        scope=frozenset(_AMOUNT.union(*(each.scope for each in binding))) if binding else EVERY_ASPECT,
        approved_by=approved_by,
    )
    yield from _lifted(case, superseded, stamp, renewed=event is AcceptanceRenewed)
    if accepting:
        yield from (hold_for(each, stamp) for each in fresh if not each.external)
        yield from _risks(case, current, ruling, stamp)
    if not running and offer is None:
        yield from commit_credit(view, stamp, order.total if accepting else None)


def _event(outcome: ReviewOutcome, offer: CounterOffer | None, *, running: bool) -> type[OrderReviewed]:
    if running:
        return AcceptanceRenewed if outcome.accepting else AcceptanceWithheld
    if not outcome.accepting:
        return OrderRejected
    return OrderAccepted if offer is None else OrderConditionallyAccepted


def _owned(draft: ConditionDraft, *, running: bool) -> ConditionDraft:
    """A condition as it can be kept: our own have a gate; on a running order we ask the customer ourselves."""
    if running and draft.external:
        return attrs.evolve(draft, owner="sales", gate=draft.gate or Gate.DESPATCH)
    if not draft.external and draft.gate is None:
        return attrs.evolve(draft, gate=Gate.DESPATCH if running else Gate.RELEASE)
    return draft


def _kept(reviews: Reviews, drafts: Iterable[ConditionDraft]) -> dict[int, str]:
    """Which drafts are conditions already that still count, by their place."""
    known = {
        (each.wording, each.owner): each.id
        for each in reviews.conditions
        if each.state in ("agreed", "met", "waived") or (each.state == "open" and not each.external)
    }
    return {place: known[key] for place, draft in enumerate(drafts) if (key := (draft.wording, draft.owner)) in known}


def _replaced(condition: Condition) -> bool:
    return condition.state in ("open", "agreed", "overdue")


def _fresh(
    current: ReviewRound, drafts: list[ConditionDraft], kept: dict[int, str], stamp: Stamp
) -> Iterator[Condition]:
    now = stamp.recorded_at
    for place, draft in enumerate(drafts):
        if place in kept:
            continue
        source = next((each.discipline for each in current.assessments if _set_by(each.conditions, draft)), "")
        due = draft.due_at if draft.due_at is not None and draft.due_at > now else later(now, draft.within)
        yield Condition(
            id=DocumentId(f"{current.id}/{place + 1}"),
            discipline=source,
            wording=draft.wording,
            owner=draft.owner,
            gate=draft.gate,
            due_at=due,
        )


def _set_by(conditions: Iterable[ConditionDraft], draft: ConditionDraft) -> bool:
    return any(each.wording == draft.wording for each in conditions)


def _offer(
    ruling: PendingApproval, fresh: tuple[Condition, ...], stamp: Stamp, *, running: bool, old: bool
) -> CounterOffer | None:
    """The counter-offer, where the customer has something to agree to; bare "conditionally" asks for a yes as such."""
    asked = tuple(each.id for each in fresh if each.external)
    bare = ruling.outcome is ReviewOutcome.CONDITIONALLY_ACCEPTED and not fresh and not old
    if running or not (asked or bare):
        return None
    return CounterOffer(conditions=asked, due_at=later(stamp.recorded_at, ruling.answer_within))


def hold_for(condition: Condition, stamp: Stamp) -> Event:
    """The hold that keeps the gate of a condition shut."""
    hold_id, gates = condition.hold_id, frozenset((condition.gate or Gate.RELEASE,))
    return placed(stamp, hold_id, gates, owner=condition.owner, source=hold_id, reason=condition.wording)


def _lifted(case: ReviewCase, gone: Iterable[Condition], stamp: Stamp, *, renewed: bool) -> Iterator[Event]:
    ids = {condition.hold_id for condition in gone}
    for hold in case.holds.standing:
        if hold.id in ids or (renewed and hold.source.startswith("review/")):
            yield HoldLifted(stamp, hold.id)


def _risks(case: ReviewCase, current: ReviewRound, ruling: PendingApproval, stamp: Stamp) -> Iterator[Event]:
    """The risks that the panel saw and the register does not know yet."""
    live = case.risks.live if case.risks is not None else ()
    known = {(risk.title, risk.cause) for risk in live}
    for number, draft in enumerate(ruling.risks, 1):
        key = (draft.title, draft.cause)
        if key not in known:
            known.add(key)
            owner = draft.owner or current.chair
            risk_id = f"review/{current.id}/{number}"
            risk = Risk(risk_id, draft.title, draft.cause, draft.rating, owner=owner, source="review")
            yield RiskIdentified(stamp, risk)


def commit_credit(view: View[ReviewCase], stamp: Stamp, amount: Money | None) -> Iterable[Event]:
    """The accepted amount counts against the customer's credit from now on, in the same commit as the acceptance.

    Without an account, or without a rate into its currency, there is nothing to count against.
    """
    account = account_of(view)
    if account is None:
        return ()
    order: Order = order_of(view.case)
    try:
        return expose(account, view.case.id, stamp, order=amount, rates=rates_of(order, view.facts))
    except InvalidValueError:
        return ()


# -- again ----------------------------------------------------------------------------------------------------------


def reopen(view: View[ReviewCase], command: ReopenReview, _policies: ReviewPolicies) -> Iterable[Event]:
    """Somebody wants the order reviewed again."""
    if not command.reason:
        raise RefusedError(REASON("/reason"))
    why = REQUESTED("/review", actor=command.by.id, reason=command.reason)
    events = tuple(reopening(view.case, command.stamp(), (why,), command.disciplines or None))
    if not events:
        raise RefusedError(ALREADY_OPEN("/review"))
    return events


def reopening(
    case: Any, stamp: Stamp, reasons: tuple[Finding, ...], disciplines: Iterable[str] | None = None
) -> Iterator[Event]:
    """The events that send an order back into review; none where it is there already, or has come to an end.

    These disciplines judge anew beside those whose word a change has voided; None stands for all. Once work has
    begun the order keeps running, and a hold stops purchase, production and despatch until the review has renewed
    the acceptance.
    """
    reviews: Reviews | None = case.review
    due, named = later(stamp.recorded_at, _RECONVENED_WITHIN), None if disciplines is None else tuple(disciplines)
    if case.state in _BEFORE_WORK:
        yield ReviewReopened(stamp, due, reasons, named)
    elif case.state == "in_execution" and not (reviews is not None and (reviews.reopened or reviews.sitting)):
        yield ReviewReopened(stamp, due, reasons, named, running=True)
        number = len(reviews.rounds) + 1 if reviews is not None else 1
        hold_id = f"review/{number}/{stamp.cause}"
        why = "; ".join(reason.message() for reason in reasons)
        yield placed(stamp, hold_id, _WORK, owner="sales", source=f"review/{number}", reason=why)
