"""What each event does to the record of review."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

import attrs

from orderlib.intake.message import OrderRepriced
from orderlib.order.field import Aspect
from orderlib.order.message import OrderRevised, OrderSet
from orderlib.review.condition import Condition
from orderlib.review.message import (
    ApprovalLapsed,
    ApprovalRenewed,
    ApprovalRequested,
    AssessmentAdvised,
    AssessmentDefaulted,
    AssessmentEscalated,
    AssessmentOverdue,
    AssessmentSubmitted,
    ConditionMet,
    ConditionOverdue,
    ConditionWaived,
    ConflictDeclared,
    CounterOfferAgreed,
    CounterOfferDeclined,
    CounterOfferLapsed,
    OrderReviewed,
    PanelConvened,
    ReviewAdjourned,
    ReviewOverdue,
    ReviewReopened,
)
from orderlib.review.record import EVERY_ASPECT, Approval, Assessment, ReviewRound, Reviews, Seat
from orderlib.review.table import ASSESSMENT, CONDITION, COUNTER_OFFER
from orderlib.values.instant import Instant, later, time_between
from orderlib.values.lines import Lines
from orderlib.values.message import Event

__all__ = ["FOLDS", "folded"]

Fold = Callable[[Any, Any], Reviews]

_ENDS: Final = frozenset({"cancel", "terminate", "decline", "lapse_counter_offer", "reject"})


def _sitting(reviews: Reviews, **changes: Any) -> Reviews:
    """The record with its latest round changed."""
    return attrs.evolve(reviews, rounds=(*reviews.rounds[:-1], attrs.evolve(reviews.rounds[-1], **changes)))


def _assessments(reviews: Reviews, new: Assessment, *, gone: Assessment | None = None, **changes: Any) -> Reviews:
    """The record with one live assessment of the latest round replaced, and the old one kept where it is evidence."""
    current = reviews.rounds[-1]
    live = tuple(new if each.discipline == new.discipline else each for each in current.assessments)
    evidence = current.evidence if gone is None else (*current.evidence, gone)
    return _sitting(reviews, assessments=live, evidence=evidence, **changes)


def _live(reviews: Reviews, discipline: str) -> Assessment:
    return next(each for each in reviews.rounds[-1].assessments if each.discipline == discipline)


def _convened(reviews: Reviews | None, event: PanelConvened) -> Reviews:
    known = reviews or Reviews()
    before = {each.discipline: each for each in known.rounds[-1].assessments} if known.rounds else {}
    assessments = tuple(
        before[seat.id]
        if seat.id in event.carried
        else Assessment(discipline=seat.id, department=seat.department, scope=seat.scope, due_at=seat.due_at)
        for seat in event.seats
    )
    new = ReviewRound(
        id=event.round,
        kind=event.panel,
        seats=Lines(event.seats),
        assessments=assessments,
        quorum=event.quorum,
        chair=event.chair,
        convened_at=event.recorded_at,
        decide_by=event.decide_by,
        approve_within=event.approve_within,
    )
    return attrs.evolve(known, rounds=(*known.rounds, new), again=frozenset(), reopened=False, reconvene_by=None)


def _submitted(reviews: Reviews, event: AssessmentSubmitted) -> Reviews:
    new = event.assessment
    before = _live(reviews, new.discipline)
    gone = before if before.state == "submitted" else None
    return _assessments(reviews, new, gone=gone, adjourned=False)


def _advised(reviews: Reviews, event: AssessmentAdvised) -> Reviews:
    known = _live(reviews, event.discipline)
    return _assessments(reviews, attrs.evolve(known, advised=True, advice=event.findings))


def _recused(reviews: Reviews, event: ConflictDeclared) -> Reviews:
    known = _live(reviews, event.discipline)
    seat = reviews.rounds[-1].seats[event.discipline]
    recused = tuple(dict.fromkeys((*known.recused, event.actor_id)))
    if known.state != "submitted" and event.department == known.department:
        # there is nobody further to pass it to: it stays, and this person keeps out of it
        return _assessments(reviews, attrs.evolve(known, recused=recused))
    gone = attrs.evolve(known, state=ASSESSMENT.moves[known.state]["withdraw"], recused=recused)
    fresh = Assessment(
        discipline=known.discipline,
        department=event.department,
        scope=known.scope,
        due_at=_next_deadline(event.recorded_at, seat),
        recused=recused,
    )
    return _assessments(reviews, fresh, gone=gone)


def _next_deadline(now: Instant, seat: Seat) -> Instant:
    """The first deadline of the seat that has not passed; who begins after all of them gets the last span again."""
    ahead = (each for each in (seat.due_at, seat.escalates_at, seat.lapses_at) if each > now)
    return next(ahead, later(now, time_between(seat.escalates_at, seat.lapses_at)))


def _ladder(move: str) -> Fold:
    """One step up the ladder on which a missing assessment climbs."""

    def fold(reviews: Reviews, event: Any) -> Reviews:
        known = _live(reviews, event.discipline)
        seat = reviews.rounds[-1].seats[event.discipline]
        due = {"fall_due": seat.escalates_at, "escalate": seat.lapses_at}.get(move)
        department = event.owner if move == "escalate" else known.department
        state = ASSESSMENT.moves[known.state][move]
        return _assessments(reviews, attrs.evolve(known, state=state, department=department, due_at=due))

    return fold


def _overdue(reviews: Reviews, _event: ReviewOverdue) -> Reviews:
    if reviews.reconvene_by is not None:
        return attrs.evolve(reviews, reconvene_by=None)
    return _sitting(reviews, late=True)


def _round_changed(**changes: Any) -> Fold:
    def fold(reviews: Reviews, _event: Event) -> Reviews:
        return _sitting(reviews, **changes)

    return fold


def _requested(reviews: Reviews, event: ApprovalRequested) -> Reviews:
    return _sitting(reviews, pending=event.pending)


def _moved(condition: Condition, move: str, evidence: str = "") -> Condition:
    state = CONDITION.target(condition.state, move)
    if state is None:
        return condition
    return attrs.evolve(condition, state=state, evidence=evidence or condition.evidence)


def _move_conditions(known: Lines[Condition], ids: Iterable[str], move: str) -> Lines[Condition]:
    return known.replace(_moved(known[each], move) for each in ids)


def _excused(assessment: Assessment) -> Assessment:
    if not assessment.open:
        return assessment
    return attrs.evolve(assessment, state=ASSESSMENT.moves[assessment.state]["excuse"], due_at=None)


def _reviewed(reviews: Reviews, event: OrderReviewed) -> Reviews:
    current = reviews.rounds[-1]
    decided = _sitting(
        reviews,
        assessments=tuple(_excused(each) for each in current.assessments),
        pending=None,
        outcome=event.outcome,
        decided_at=event.recorded_at,
        reasons=event.reasons,
        dissent=event.dissent,
    )
    approval = decided.approval
    if event.outcome.accepting:
        approval = Approval(
            outcome=event.outcome,
            round=event.round,
            revision=event.revision,
            scope=event.scope,
            by=event.approved_by,
            at=event.recorded_at,
        )
    return attrs.evolve(
        decided,
        approval=approval,
        conditions=_move_conditions(reviews.conditions, event.superseded, "supersede").add(event.conditions),
        counter_offer=event.counter_offer,
        recommendations=event.recommendations,
        closed=event.move in _ENDS,
    )


def _answered(move: str, condition_move: str) -> Fold:
    """The customer's word on the counter-offer, or its silence."""

    def fold(reviews: Reviews, event: Event) -> Reviews:
        offer = reviews.counter_offer
        if offer is None:
            return attrs.evolve(reviews, closed=event.move in _ENDS)
        return attrs.evolve(
            reviews,
            counter_offer=attrs.evolve(offer, state=COUNTER_OFFER.moves[offer.state][move]),
            conditions=_move_conditions(reviews.conditions, offer.conditions, condition_move),
            closed=event.move in _ENDS,
        )

    return fold


def _condition(move: str) -> Fold:
    def fold(reviews: Reviews, event: Any) -> Reviews:
        evidence = getattr(event, "evidence", "") or (event.stamp.reason if move == "waive" else "")
        new = _moved(reviews.conditions[event.condition_id], move, evidence)
        return attrs.evolve(reviews, conditions=reviews.conditions.replace((new,)))

    return fold


def _reopened(reviews: Reviews | None, event: ReviewReopened) -> Reviews:
    known = reviews or Reviews()
    offer = known.counter_offer
    if offer is not None and offer.state == "made":
        offer = attrs.evolve(offer, state=COUNTER_OFFER.moves[offer.state]["withdraw"])
    current = known.current
    named: Iterable[str] = event.disciplines or ()
    if event.disciplines is None and current is not None:
        named = current.seats.ids()
    known = attrs.evolve(
        known, counter_offer=offer, again=known.again | frozenset(named), reopened=True, reconvene_by=event.due_at
    )
    return known if known.approval is None else attrs.evolve(known, approval=attrs.evolve(known.approval, void=True))


def _renewed(reviews: Reviews, event: ApprovalRenewed) -> Reviews:
    approval = reviews.approval
    if approval is None:
        return reviews
    fresh = attrs.evolve(approval, void=False, revision=event.revision, by=(event.approved_by,), at=event.recorded_at)
    return attrs.evolve(reviews, approval=fresh)


def touched(reviews: Reviews, aspects: frozenset[Aspect]) -> Reviews:
    """The record after a change of the order: void is what the change touches, and nothing else."""
    approval = reviews.approval
    if approval is not None and not approval.void and aspects & approval.scope:
        reviews = attrs.evolve(reviews, approval=attrs.evolve(approval, void=True))
    current = reviews.current
    if current is None:
        return reviews
    hit = tuple(each for each in current.assessments if each.state == "submitted" and aspects & each.scope)
    voided = {each.discipline: attrs.evolve(each, state=ASSESSMENT.moves[each.state]["void"]) for each in hit}
    return _sitting(
        reviews,
        assessments=tuple(voided.get(each.discipline, each) for each in current.assessments),
        pending=None if aspects & EVERY_ASPECT else current.pending,
        stale=current.stale or (bool(hit) and current.outcome is None),
    )


def _revised(reviews: Reviews, event: OrderRevised) -> Reviews:
    return touched(reviews, event.difference.aspects)


def _repriced(reviews: Reviews, _event: OrderRepriced) -> Reviews:
    return touched(reviews, frozenset({Aspect.PRICE}))


def _set_anew(reviews: Reviews, _event: OrderSet) -> Reviews:
    return touched(reviews, frozenset(Aspect))


def _heard(reviews: Reviews, event: Event) -> Reviews:
    """Another room has brought the order to an end: nothing is waited for here any more."""
    return attrs.evolve(reviews, closed=True) if event.move in _ENDS else reviews


FOLDS: Final[Mapping[type[Event], Fold]] = {
    PanelConvened: _convened,
    AssessmentSubmitted: _submitted,
    AssessmentAdvised: _advised,
    ConflictDeclared: _recused,
    AssessmentOverdue: _ladder("fall_due"),
    AssessmentEscalated: _ladder("escalate"),
    AssessmentDefaulted: _ladder("default"),
    ReviewOverdue: _overdue,
    ReviewAdjourned: _round_changed(adjourned=True, pending=None),
    ApprovalRequested: _requested,
    ApprovalLapsed: _round_changed(pending=None),
    OrderReviewed: _reviewed,
    CounterOfferAgreed: _answered("agree", "agree"),
    CounterOfferDeclined: _answered("decline", "decline"),
    CounterOfferLapsed: _answered("lapse", "decline"),
    ConditionMet: _condition("meet"),
    ConditionWaived: _condition("waive"),
    ConditionOverdue: _condition("fall_due"),
    ReviewReopened: _reopened,
    ApprovalRenewed: _renewed,
    OrderRevised: _revised,
    OrderRepriced: _repriced,
    OrderSet: _set_anew,
    Event: _heard,
}


def folded(reviews: Reviews | None, events: Iterable[Event]) -> Reviews | None:
    """The record after events of which some concern it."""
    for event in events:
        fold = _fold_of(type(event))
        if fold is not None:
            reviews = fold(reviews, event)
    return reviews


def _fold_of(kind: type[Event]) -> Fold | None:
    return next((FOLDS[each] for each in kind.__mro__ if each in _OWN), None)


_OWN: Final = frozenset(FOLDS) - {Event, OrderSet, OrderRepriced, OrderRevised}
