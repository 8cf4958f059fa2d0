"""Our word on a change, and what follows once both sides have given theirs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from orderlib.change.record import ChangeRequest, Consent, Reapproval, Side
from orderlib.change.slice import ChangeCase, ChangePolicies, order_of
from orderlib.errors import FindingCode, Severity
from orderlib.order.field import Aspect
from orderlib.order.message import OrderRevised
from orderlib.order.record import Order
from orderlib.order.revision import Difference, apply
from orderlib.review.condition import CounterOffer
from orderlib.review.message import ApprovalRenewed, CounterOfferAgreed
from orderlib.review.record import EVERY_ASPECT, ReviewOutcome, Reviews
from orderlib.review.ruling import commit_credit, hold_for, reopening
from orderlib.review.sitting import account_of, involved
from orderlib.values.decision import Decided, Verdict
from orderlib.values.dispatch import View
from orderlib.values.message import Event, Stamp
from orderlib.values.party import Actor

__all__ = ["applied", "consented", "open_offer"]

OFFER_OPEN: Final = FindingCode(
    "change.counter-offer-open",
    Severity.WARNING,
    "the customer was offered the order on conditions and now wants it otherwise",
    "客户在我方附条件接受后提出了不同要求",
)
VOID_BEFORE: Final = FindingCode(
    "change.acceptance-void", Severity.WARNING, "no acceptance stands that could be kept", "没有可以保留的有效接受"
)

#: states in which an acceptance stands
_ACCEPTED: Final = frozenset({"conditionally_accepted", "accepted", "released", "in_execution"})
#: states in which the whole order counts against the customer's credit
_EXPOSED: Final = frozenset({"accepted", "released"})


def consented(
    view: View[ChangeCase],
    stamp: Stamp,
    wanted: Difference,
    revised: Order,
    *,
    side: Side,
    by: Actor,
    policies: ChangePolicies,
) -> tuple[tuple[Event, ...], Consent]:
    """The decisions on what the change means for the acceptance that stands, and our word."""
    case, order = view.case, order_of(view.case)
    if case.state not in _ACCEPTED:
        return (), Consent(by=by)
    approval = case.review.approval if case.review is not None else None
    scope = EVERY_ASPECT if approval is None else approval.scope
    decision = policies.re_review(order, revised, wanted, scope)
    events: tuple[Event, ...] = (Decided(stamp, "re_review", decision),)
    if decision.ruling is Reapproval.NONE:
        return events, Consent(by=by)
    if case.state == "conditionally_accepted" and side is Side.CUSTOMER:
        return events, Consent(by=by, again=True, reasons=(OFFER_OPEN("/review/counter_offer"), *decision.reasons))
    if decision.ruling is Reapproval.REVIEW:
        return events, Consent(by=by, again=True, reasons=decision.reasons)
    if approval is not None and approval.void:
        return events, Consent(by=by, again=True, reasons=(VOID_BEFORE("/review/approval"),))
    current = case.review.current if case.review is not None else None
    verdict = policies.approval(revised, ReviewOutcome.ACCEPTED, by, involved(case, current))
    events = (*events, Decided(stamp, "approval", verdict))
    if verdict.ruling is not Verdict.YES:
        return events, Consent(by=by, again=True, reasons=verdict.reasons)
    return events, Consent(by=by, renews=True)


def applied(
    view: View[ChangeCase], stamp: Stamp, request: ChangeRequest, consent: Consent, *, agrees: bool = False
) -> Iterator[Event]:
    """The new revision in one step, and what it does to the acceptance, to holds and to credit.

    `agrees` says that with it the customer agrees to our counter-offer.
    """
    case, order = view.case, order_of(view.case)
    approval = case.review.approval if case.review is not None else None
    again, reasons = consent.again, consent.reasons
    if consent.renews and approval is not None and approval.void:
        again, reasons = True, (VOID_BEFORE("/review/approval"),)
    agreed = tuple(_agreed(case, stamp)) if agrees and not again else ()
    if agrees and not again and not agreed and case.state == "conditionally_accepted":
        # nobody knows on which conditions it was accepted
        again, reasons = True, (VOID_BEFORE("/review/counter_offer"),)
    yield from agreed
    yield OrderRevised(stamp, request.wanted)
    if again:
        yield from reopening(case, stamp, reasons, _disciplines(case.review, request.wanted.aspects))
        return
    if consent.renews and approval is not None:
        yield ApprovalRenewed(stamp, order.revision + 1, consent.by)
    if (agreed or case.state in _EXPOSED) and account_of(view) is not None:
        yield from commit_credit(view, stamp, apply(order, request.wanted).total)


def open_offer(case: ChangeCase) -> CounterOffer | None:
    """The counter-offer to which the customer may still agree."""
    reviews = case.review
    offer = reviews.counter_offer if reviews is not None else None
    if reviews is None or offer is None or offer.state != "made" or reviews.voided:
        return None
    return offer


def _agreed(case: ChangeCase, stamp: Stamp) -> Iterator[Event]:
    """The customer agrees to our counter-offer by agreeing to what we proposed with it; nothing where none is open."""
    reviews, offer = case.review, open_offer(case)
    if reviews is None or offer is None:
        return
    yield CounterOfferAgreed(stamp)
    for condition in (reviews.conditions[each] for each in offer.conditions):
        if condition.gate is not None and condition.state == "open":
            yield hold_for(condition, stamp)


def _disciplines(reviews: Reviews | None, aspects: frozenset[Aspect]) -> Iterable[str] | None:
    """The disciplines whose word the change touches; None means all."""
    current = reviews.current if reviews is not None else None
    if current is None:
        return None
    said = (each for each in current.assessments if each.state == "submitted" and aspects & each.scope)
    return [each.discipline for each in said] or None
