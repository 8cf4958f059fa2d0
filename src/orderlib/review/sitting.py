"""The panel sits: it is convened, its assessors judge, its members speak, and whoever is not free steps back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Final

import attrs

from orderlib.account.record import CustomerAccount
from orderlib.errors import Finding, FindingCode, RefusedError, Severity
from orderlib.order.record import Order
from orderlib.review.fold import folded
from orderlib.review.message import (
    AssessmentAdvised,
    AssessmentSubmitted,
    ConflictDeclared,
    ConvenePanel,
    DeclareConflict,
    PanelConvened,
    RunAssessors,
    SubmitAssessment,
)
from orderlib.review.policy import AssessmentDecision, Circumstances, Involved, PanelDecision
from orderlib.review.record import Assessment, Opinion, ReviewOutcome, ReviewRound, Reviews, Seat
from orderlib.review.slice import ReviewCase, ReviewPolicies, assessor
from orderlib.review.table import ASSESSMENT
from orderlib.values.decision import Decided, Decision, Verdict
from orderlib.values.dispatch import Needs, View
from orderlib.values.instant import later
from orderlib.values.key import Key
from orderlib.values.message import Command, Event, Stamp
from orderlib.values.party import Actor

__all__ = [
    "account_of",
    "circumstances",
    "convenable",
    "convene",
    "declare",
    "inputs_of",
    "involved",
    "needs_account",
    "order_of",
    "prepared",
    "run",
    "spoken",
    "submit",
]

NO_PANEL: Final = FindingCode("review.no-panel", Severity.ERROR, "no panel is sitting", "没有正在进行的评审")
SITTING: Final = FindingCode(
    "review.panel-sitting", Severity.ERROR, "round {round} is still sitting", "第 {round} 轮评审仍在进行"
)
NOTHING: Final = FindingCode(
    "review.nothing-to-review",
    Severity.ERROR,
    "nothing of the order has to be reviewed again",
    "订单没有需要重新评审的内容",
)
PENDING: Final = FindingCode(
    "review.awaits-approval",
    Severity.ERROR,
    "the decision of round {round} awaits approval",
    "第 {round} 轮的决定正等待批准",
)
NO_SEAT: Final = FindingCode(
    "review.no-seat", Severity.ERROR, "{discipline} has no seat on this panel", "{discipline} 在本次评审中没有席位"
)
NOT_HOLDER: Final = FindingCode(
    "review.not-holder",
    Severity.ERROR,
    "the seat of {discipline} is held by {department}",
    "{discipline} 的席位属于 {department}",
)
RECUSED: Final = FindingCode(
    "review.recused", Severity.ERROR, "{actor} is not free to judge this order", "{actor} 与此订单存在利益冲突"
)
OPINION_OPEN: Final = FindingCode(
    "review.opinion-open",
    Severity.ERROR,
    "a member of the panel says yes, on conditions, or no",
    "评审成员须给出同意、附条件或拒绝的意见",
)
CONDITIONS_MISSING: Final = FindingCode(
    "review.conditions-missing", Severity.ERROR, "an acceptance on conditions names them", "附条件接受必须列出条件"
)
CONDITIONS_UNSAID: Final = FindingCode(
    "review.conditions-with-opinion",
    Severity.ERROR,
    "conditions do not go with {opinion}",
    "意见 {opinion} 不能附带条件",
)
UNEXPLAINED: Final = FindingCode(
    "review.rejection-unexplained", Severity.ERROR, "a rejection says why", "拒绝必须说明理由"
)
CONDITION_PAST: Final = FindingCode(
    "review.condition-past", Severity.ERROR, "the condition would be due before it is made", "条件的期限早于提出时间"
)
NOT_TO_RECUSE: Final = FindingCode(
    "review.not-to-recuse",
    Severity.ERROR,
    "who is not free to judge says so, or {chair} or the management does",
    "利益冲突由本人、{chair} 或管理层申明",
)
REASON: Final = FindingCode("review.reason-missing", Severity.ERROR, "this needs a reason", "此操作必须说明理由")
NO_PART: Final = FindingCode(
    "review.no-part",
    Severity.ERROR,
    "{actor} has no part in the assessment of {discipline}",
    "{actor} 未参与 {discipline} 的评估",
)

_BEST_FIRST: Final = tuple(Opinion)
_NO_HURRY: Final = timedelta(days=14)


def order_of(case: ReviewCase) -> Order:
    """The order; the lifecycle lets nobody review without one."""
    assert case.order is not None  # noqa: S101 - see above
    return case.order


def needs_account(case: ReviewCase, _command: Command, /) -> Needs:
    """The customer's account."""
    return Needs() if case.order is None else Needs(keys=(Key("account", case.order.buyer.id),))


def account_of(view: View[ReviewCase]) -> CustomerAccount | None:
    """The customer's account, where there is one."""
    account: CustomerAccount | None = view.streams.get(Key("account", order_of(view.case).buyer.id))
    return account


def involved(case: ReviewCase, current: ReviewRound | None, proposed_by: Actor | None = None) -> Involved:
    """Who had a hand in the order so far."""
    said = () if current is None else current.assessments
    people = (each.by.id for each in said if each.by is not None and not each.automatic)
    received_by = case.intake.received_by if case.intake is not None else None
    return Involved(received_by=received_by, proposed_by=proposed_by, assessed_by=tuple(dict.fromkeys(people)))


def sitting(case: ReviewCase) -> ReviewRound:
    """The round that may still decide; raises `RefusedError` (`review.no-panel`, `review.awaits-approval`)."""
    current = case.review.sitting if case.review is not None else None
    if current is None:
        raise RefusedError(NO_PANEL("/review"))
    if current.pending is not None:
        raise RefusedError(PENDING("/review/pending", round=current.id))
    return current


# -- convening ------------------------------------------------------------------------------------------------------


def convenable(case: ReviewCase) -> Finding | None:
    """Why no panel can be convened now, or None where one can."""
    reviews = case.review
    if reviews is not None and reviews.sitting is not None:
        return SITTING("/review", round=reviews.sitting.id)
    if case.state == "in_review":
        return None
    current = reviews.current if reviews is not None else None
    withheld = current is not None and (
        current.stale or (current.outcome is not None and not current.outcome.accepting)
    )
    if reviews is not None and (reviews.reopened or reviews.voided or withheld):
        return None
    return NOTHING("/review")


def convene(view: View[ReviewCase], command: ConvenePanel, policies: ReviewPolicies) -> Iterable[Event]:
    """The panel policy says who sits; what still counts is carried over."""
    against = convenable(view.case)
    if against is not None:
        raise RefusedError(against)
    return _convened(view, command.stamp(), policies)


def _convened(view: View[ReviewCase], stamp: Stamp, policies: ReviewPolicies) -> tuple[Event, ...]:
    reviews = view.case.review or Reviews()
    decision = policies.panel(order_of(view.case), stamp.recorded_at, view.facts)
    panel = decision if isinstance(decision, PanelDecision) else PanelDecision(decision.ruling)
    convened = PanelConvened(
        stamp,
        str(len(reviews.rounds) + 1),
        decision.ruling,
        panel.seats,
        max(0, min(panel.quorum, len(panel.seats))),
        panel.chair,
        panel.decide_by or later(stamp.recorded_at, _NO_HURRY),
        tuple(seat.id for seat in panel.seats if _still_counts(reviews, seat)),
        panel.approve_within,
    )
    return (Decided(stamp, "panel", decision, (("facts", view.facts),)), convened)


def _still_counts(reviews: Reviews, seat: Seat) -> bool:
    """Whether the seat was filled before, nothing has touched that since, and nobody wants it judged anew.

    After a rejection everybody does.
    """
    current = reviews.current
    if current is None or seat.id in reviews.again or current.outcome is ReviewOutcome.REJECTED:
        return False
    before = current.assessment(seat.id)
    return before is not None and before.state == "submitted" and (seat.automatic or not before.automatic)


def prepared(view: View[ReviewCase], stamp: Stamp, policies: ReviewPolicies) -> tuple[tuple[Event, ...], Reviews]:
    """The events that make a panel sit whose assessors have judged, and the record after them; none where one sits."""
    reviews = view.case.review
    if reviews is not None and reviews.sitting is not None:
        return (), reviews
    events = _convened(view, stamp, policies)
    reviews = folded(reviews, events)
    assert reviews is not None  # noqa: S101 - it was just convened
    judged = tuple(_judged(view, reviews.rounds[-1], stamp, policies))
    after = folded(reviews, judged)
    return (*events, *judged), after or reviews


# -- assessing ------------------------------------------------------------------------------------------------------


def run(view: View[ReviewCase], _command: RunAssessors, policies: ReviewPolicies) -> Iterable[Event]:
    """Every assessor of an open seat is asked; what they are sure of fills the seats that may be filled so."""
    return tuple(_judged(view, sitting(view.case), _command.stamp(), policies))


def _judged(view: View[ReviewCase], current: ReviewRound, stamp: Stamp, policies: ReviewPolicies) -> Iterator[Event]:
    seen, order = circumstances(view, stamp), order_of(view.case)
    for assessment in current.assessments:
        seat = current.seats[assessment.discipline]
        if not assessment.open or not seat.assessors:
            continue
        decisions: list[Decision[Opinion]] = []
        for slot in seat.assessors:
            decision = assessor(policies, slot)(order, seen)
            yield Decided(stamp, slot, decision, inputs_of(seen))
            decisions.append(decision)
        yield spoken(assessment, seat, decisions, stamp)


def circumstances(view: View[ReviewCase], stamp: Stamp) -> Circumstances:
    """What assessors see besides the order."""
    account = account_of(view)
    credit = account.position(without=view.case.id) if account is not None else None
    risks = view.case.risks.live if view.case.risks is not None else ()
    return Circumstances(at=stamp.recorded_at, facts=view.facts, credit=credit, risks=risks)


def inputs_of(seen: Circumstances) -> tuple[tuple[str, object], ...]:
    """What of the circumstances is kept with a decision: all that is not in the case."""
    return (("facts", seen.facts), *((("credit", seen.credit),) if seen.credit is not None else ()))


def spoken(assessment: Assessment, seat: Seat, decisions: list[Decision[Opinion]], stamp: Stamp) -> Event:
    """What the assessors' decisions come to: the worst of them fills the seat, or is advice to a person."""
    opinion = max((each.ruling for each in decisions), key=_BEST_FIRST.index)
    findings = tuple(reason for each in decisions for reason in each.reasons)
    if opinion is Opinion.REVIEW or not seat.automatic:
        return AssessmentAdvised(stamp, assessment.discipline, opinion, findings)
    full = [each for each in decisions if isinstance(each, AssessmentDecision)]
    new = attrs.evolve(
        assessment,
        opinion=opinion,
        findings=findings,
        conditions=tuple(condition for each in full for condition in each.conditions),
        risks=tuple(risk for each in full for risk in each.risks),
        recommendations=tuple(advice for each in full for advice in each.recommendations),
        suggestions=tuple(words for each in full for words in each.suggestions),
        state=ASSESSMENT.moves[assessment.state]["submit"],
        due_at=None,
        by=stamp.by,
        submitted_at=stamp.recorded_at,
        automatic=True,
        advised=True,
    )
    return AssessmentSubmitted(stamp, new)


def submit(view: View[ReviewCase], command: SubmitAssessment, policies: ReviewPolicies) -> Iterable[Event]:
    """A member of the panel speaks, unless a rule finds that they are not free to."""
    case = view.case
    current = sitting(case)
    assessment = current.assessment(command.discipline)
    if assessment is None or ASSESSMENT.target(assessment.state, "submit") is None:
        raise RefusedError(NO_SEAT("/discipline", discipline=command.discipline))
    seat = current.seats[command.discipline]
    wrong = [*_may_speak(command.by, assessment, seat), *_wrong(command)]
    if wrong:
        raise RefusedError(*wrong)
    stamp = command.stamp()
    free = policies.conflict(order_of(case), command.by, involved(case, current))
    if free.ruling is not Verdict.YES:
        passed = ConflictDeclared(stamp, seat.id, command.by.id, _next_holder(assessment, seat), detected=True)
        return (Decided(stamp, "conflict", free), passed)
    return (Decided(stamp, "conflict", free), AssessmentSubmitted(stamp, _assessment(assessment, command, stamp)))


def _assessment(before: Assessment, command: SubmitAssessment, stamp: Stamp) -> Assessment:
    return attrs.evolve(
        before,
        opinion=command.opinion,
        findings=command.findings,
        conditions=command.conditions,
        risks=command.risks,
        recommendations=command.recommendations,
        suggestions=command.suggestions,
        state=ASSESSMENT.moves[before.state]["submit"],
        due_at=None,
        by=command.by,
        submitted_at=stamp.recorded_at,
        automatic=False,
    )


def _may_speak(by: Actor, assessment: Assessment, seat: Seat) -> Iterator[Finding]:
    """A seat is filled by the department that has it now; until somebody stepped back, also by its own."""
    holders = {assessment.department}
    if not assessment.recused:
        holders.add(seat.department)
    if holders.isdisjoint((by.department, *by.roles)):
        yield NOT_HOLDER("/by/department", discipline=seat.id, department=", ".join(sorted(holders)))
    if by.id in assessment.recused:
        yield RECUSED("/by", actor=by.id)


def _wrong(command: SubmitAssessment) -> Iterator[Finding]:
    opinion = command.opinion
    if opinion is Opinion.REVIEW:
        yield OPINION_OPEN("/opinion")
    if opinion is Opinion.CONDITIONS and not command.conditions:
        yield CONDITIONS_MISSING("/conditions")
    if opinion is not Opinion.CONDITIONS and command.conditions:
        yield CONDITIONS_UNSAID("/conditions", opinion=opinion)
    if opinion is Opinion.REJECT and not command.findings and not command.reason:
        yield UNEXPLAINED("/findings")
    for number, condition in enumerate(command.conditions):
        if condition.due_at is not None and condition.due_at <= command.moment:
            yield CONDITION_PAST(f"/conditions/{number}/due_at")


# -- conflicts of interest -------------------------------------------------------------------------------------------


def declare(view: View[ReviewCase], command: DeclareConflict, _policies: ReviewPolicies) -> Iterable[Event]:
    """The seat passes on; an assessment that was made under the conflict is withdrawn, and kept."""
    current = sitting(view.case)
    assessment = current.assessment(command.discipline)
    if assessment is None or ASSESSMENT.target(assessment.state, "withdraw") is None:
        raise RefusedError(NO_SEAT("/discipline", discipline=command.discipline))
    seat = current.seats[command.discipline]
    who = command.actor_id or command.by.id
    wrong: list[Finding] = []
    if not command.reason:
        wrong.append(REASON("/reason"))
    if who != command.by.id and {current.chair, "management"}.isdisjoint((command.by.department, *command.by.roles)):
        wrong.append(NOT_TO_RECUSE("/by", chair=current.chair))
    if who in assessment.recused:
        wrong.append(RECUSED("/actor_id", actor=who))
    elif command.actor_id is None and assessment.open:
        wrong += _may_speak(command.by, assessment, seat)
    if assessment.state == "submitted" and (assessment.by is None or assessment.by.id != who):
        wrong.append(NO_PART("/actor_id", actor=who, discipline=seat.id))
    if wrong:
        raise RefusedError(*wrong)
    return (ConflictDeclared(command.stamp(), seat.id, who, _next_holder(assessment, seat)),)


def _next_holder(assessment: Assessment, seat: Seat) -> str:
    """The deputy; after the deputy the management, and there it stays."""
    if assessment.department == seat.department and seat.deputy != seat.department:
        return seat.deputy
    return "management"
