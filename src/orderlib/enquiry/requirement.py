"""Deciding on requirements and questions, and analysing them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import attrs

from orderlib.enquiry.analysis import AnalysisDecision
from orderlib.enquiry.fold import fold_all
from orderlib.enquiry.message import (
    AddRequirement,
    AnalyseEnquiry,
    AnswerQuestion,
    AskQuestion,
    EnquiryAnalysed,
    EnquiryDeclined,
    EnquiryOpened,
    OpenEnquiry,
    QuestionAnswered,
    QuestionAsked,
    QuestionWithdrawn,
    RequirementAdded,
    RequirementRevised,
    RequirementWithdrawn,
    ReviseRequirement,
    WithdrawRequirement,
)
from orderlib.enquiry.record import AnalysisOutcome, Enquiry, Issue, Question, Requirement
from orderlib.enquiry.slice import EnquiryCase, EnquiryPolicies, open_enquiry_of
from orderlib.enquiry.table import QUESTION, REQUIREMENT
from orderlib.enquiry.turn import clock, our_turn, superseded, wound_up
from orderlib.errors import Finding, FindingCode, PolicyError, RefusedError, Severity
from orderlib.order.field import Aspect
from orderlib.values.decision import Decided, Decision
from orderlib.values.dispatch import View
from orderlib.values.identifier import DocumentId
from orderlib.values.instant import Instant, later, naive_utc
from orderlib.values.lines import Lines
from orderlib.values.message import Event, Stamp

__all__ = ["add", "analyse", "answer", "ask", "open_enquiry", "revise", "withdraw"]


def _code(name: str, en: str, zh: str) -> FindingCode:
    return FindingCode(f"enquiry.{name}", Severity.ERROR, en, zh)


FUTURE: Final = _code(
    "received-in-future", "received at {received}, later than {now}", "接收时间 {received} 晚于 {now}"
)
PAST: Final = _code("due-past", "{due} is over", "期限 {due} 已过")
UNKNOWN: Final = _code("requirement-unknown", "there is no requirement {id}", "不存在需求 {id}")
TWICE: Final = _code("requirement-used-id", "requirement {id} exists already", "需求 {id} 已存在")
QUESTION_UNKNOWN: Final = _code("question-unknown", "there is no question {id}", "不存在问题 {id}")
QUESTION_TWICE: Final = _code("question-used-id", "question {id} exists already", "问题 {id} 已存在")
QUESTION_EMPTY: Final = _code("question-empty", "the question says nothing", "问题内容为空")
ANSWER_EMPTY: Final = _code("answer-empty", "the answer says nothing", "答复内容为空")
ANSWER_ABOUT: Final = _code(
    "answer-about",
    "the question is about requirement {expected}, not {found}",
    "该问题针对需求 {expected}，而非 {found}",
)
ISSUE_ABOUT: Final = _code(
    "issue-about", "{policy} found fault with requirement {id}, which there is not", "{policy} 指出的需求 {id} 不存在"
)
OVERRIDE_REASON: Final = _code("override-reason", "overruling a decision needs a reason", "改判必须说明原因")
OPEN_POINT: Final = FindingCode("enquiry.open-point", Severity.WARNING, "what exactly is meant?", "具体含义是什么？")


def _stated(requirement: Requirement) -> Requirement:
    return requirement if requirement.state == "stated" else attrs.evolve(requirement, state="stated")


def open_enquiry(_view: View[EnquiryCase], command: OpenEnquiry, policies: EnquiryPolicies) -> Iterator[Event]:
    """A customer asks."""
    received = command.received_at or command.moment
    wrong: list[Finding] = []
    if received > command.moment:
        wrong.append(FUTURE("/received_at", received=received, now=command.moment))
    if command.respond_by_at is not None and command.respond_by_at <= received:
        wrong.append(PAST("/respond_by_at", due=command.respond_by_at))
    if wrong:
        raise RefusedError(*wrong)
    stamp = command.stamp()
    requirements = tuple(Lines(_stated(each) for each in command.requirements))
    by = command.respond_by_at
    if by is None:
        decided, times = clock(policies, requirements, stamp)
        by = later(received, times.respond_within)
        yield decided
    yield EnquiryOpened(stamp, command.customer, requirements, by, command.subject, command.reference)


def add(view: View[EnquiryCase], command: AddRequirement, policies: EnquiryPolicies) -> Iterable[Event]:
    """Something else is wanted."""
    enquiry = open_enquiry_of(view.case)
    requirement = _stated(command.requirement)
    if requirement.id in enquiry.requirements:
        raise RefusedError(TWICE("/requirement/id", id=requirement.id))
    return _then(enquiry, [RequirementAdded(command.stamp(), requirement)], command.stamp(), policies)


def _then(enquiry: Enquiry, events: Iterable[Event], stamp: Stamp, policies: EnquiryPolicies) -> tuple[Event, ...]:
    """The events, and our clock where they make it our turn."""
    known = tuple(events)
    return (*known, *our_turn(fold_all(enquiry, known), stamp, policies))


def _movable(enquiry: Enquiry, requirement_id: str, move: str, address: str) -> Requirement:
    requirement = enquiry.requirements.get(requirement_id)
    if requirement is None:
        raise RefusedError(UNKNOWN(address, id=requirement_id))
    if REQUIREMENT.target(requirement.state, move) is None:
        raise RefusedError(REQUIREMENT.refusal(requirement.state, move, address))
    return requirement


def _settled(enquiry: Enquiry, requirement_id: str, stamp: Stamp, *, but: str = "") -> Iterator[Event]:
    """Questions and offers about a requirement as it was stand no more."""
    for each in enquiry.open_questions:
        if each.requirement_id == requirement_id and each.id != but:
            yield QuestionWithdrawn(stamp, each.id)
    yield from superseded(enquiry, stamp, requirement_id)


def revise(view: View[EnquiryCase], command: ReviseRequirement, policies: EnquiryPolicies) -> Iterable[Event]:
    """A requirement is put otherwise."""
    enquiry, stamp = open_enquiry_of(view.case), command.stamp()
    requirement = _stated(command.requirement)
    _movable(enquiry, requirement.id, "revise", "/requirement/id")
    events = (*_settled(enquiry, requirement.id, stamp), RequirementRevised(stamp, requirement))
    return _then(enquiry, events, stamp, policies)


def withdraw(view: View[EnquiryCase], command: WithdrawRequirement, policies: EnquiryPolicies) -> Iterable[Event]:
    """A requirement counts no more."""
    enquiry, stamp = open_enquiry_of(view.case), command.stamp()
    known = _movable(enquiry, command.requirement_id, "withdraw", "/requirement_id")
    events = (*_settled(enquiry, known.id, stamp), RequirementWithdrawn(stamp, known.id))
    return _then(enquiry, events, stamp, policies)


def ask(view: View[EnquiryCase], command: AskQuestion, policies: EnquiryPolicies) -> Iterator[Event]:
    """Somebody must say more."""
    enquiry, stamp = open_enquiry_of(view.case), command.stamp()
    question_id = command.question_id or DocumentId(stamp.cause)
    wrong: list[Finding] = []
    if not command.wording.strip():
        wrong.append(QUESTION_EMPTY("/wording"))
    if question_id in enquiry.questions:
        wrong.append(QUESTION_TWICE("/question_id", id=question_id))
    if command.requirement_id is not None and command.requirement_id not in enquiry.requirements:
        wrong.append(UNKNOWN("/requirement_id", id=command.requirement_id))
    if command.due_at is not None and command.due_at <= command.moment:
        wrong.append(PAST("/due_at", due=command.due_at))
    if wrong:
        raise RefusedError(*wrong)
    due = command.due_at
    if due is None:
        decided, times = clock(policies, enquiry.active, stamp)
        due = later(command.moment, times.wait_within)
        yield decided
    question = Question(
        id=question_id,
        wording=command.wording,
        requirement_id=command.requirement_id,
        aspect=command.aspect,
        owner=command.owner,
        asked_at=command.moment,
        due_at=due,
    )
    yield QuestionAsked(stamp, question)


def answer(view: View[EnquiryCase], command: AnswerQuestion, policies: EnquiryPolicies) -> Iterable[Event]:
    """A question is answered, in words or by the requirement as it now reads."""
    enquiry, stamp = open_enquiry_of(view.case), command.stamp()
    known = enquiry.questions.get(command.question_id)
    wrong: list[Finding] = []
    if not command.answer.strip():
        wrong.append(ANSWER_EMPTY("/answer"))
    if known is None:
        wrong.append(QUESTION_UNKNOWN("/question_id", id=command.question_id))
    elif QUESTION.target(known.state, "answer") is None:
        wrong.append(QUESTION.refusal(known.state, "answer", "/question_id"))
    revised = command.requirement
    if revised is not None and known is not None and known.requirement_id != revised.id:
        wrong.append(ANSWER_ABOUT("/requirement/id", expected=known.requirement_id or "-", found=revised.id))
    if wrong:
        raise RefusedError(*wrong)
    events: list[Event] = [QuestionAnswered(stamp, command.question_id, command.answer)]
    if revised is not None:
        _movable(enquiry, revised.id, "revise", "/requirement/id")
        events += _settled(enquiry, revised.id, stamp, but=command.question_id)
        events.append(RequirementRevised(stamp, _stated(revised)))
    return _then(enquiry, events, stamp, policies)


def analyse(view: View[EnquiryCase], command: AnalyseEnquiry, policies: EnquiryPolicies) -> Iterator[Event]:
    """What is stated is judged: clear, to be asked about, or not feasible."""
    if command.override is not None and not command.reason:
        raise RefusedError(OVERRIDE_REASON("/reason"))
    enquiry, stamp = open_enquiry_of(view.case), command.stamp()
    decision = policies.analysis(enquiry, naive_utc(command.moment).date(), view.facts)
    if command.override is not None:
        decision = decision.overridden(command.override, by=command.by, reason=command.reason)
    yield Decided(stamp, "analysis", decision, (("facts", view.facts),))
    ruling = decision.ruling
    stated = [each.id for each in enquiry.requirements if each.state == "stated"]
    issues: tuple[Issue, ...] = ()
    if ruling is not AnalysisOutcome.COMPLETE:
        said = decision.issues if isinstance(decision, AnalysisDecision) else ()
        _known(enquiry, said, decision)
        issues = said or _alike(stated, decision.reasons, feasible=ruling is AnalysisOutcome.QUESTIONS)
    unready = {each.requirement_id for each in issues}
    analysed = EnquiryAnalysed(stamp, ruling, (each for each in stated if each not in unready), issues)
    yield analysed
    if ruling is AnalysisOutcome.UNFEASIBLE:
        after = fold_all(enquiry, (analysed,))
        yield from wound_up(after, stamp, declined=False)
        yield EnquiryDeclined(stamp, decision.reasons)
        return
    events: list[Event] = []
    new = tuple(_unasked(enquiry, issues))
    if new:
        decided, times = clock(policies, enquiry.active, stamp)
        due = later(command.moment, times.wait_within)
        questions = _questions(enquiry, new, command.moment, due)
        events = [decided, *(QuestionAsked(stamp, each) for each in questions)]
    yield from _then(fold_all(enquiry, (analysed,)), events, stamp, policies)


def _known(enquiry: Enquiry, issues: Iterable[Issue], decision: Decision[AnalysisOutcome]) -> None:
    """Refuse what a policy says of requirements that there are not."""
    policy = decision.policy.name if decision.policy is not None else "analysis"
    wrong = [
        ISSUE_ABOUT("/analysis", policy=policy, id=each.requirement_id)
        for each in issues
        if each.requirement_id not in enquiry.requirements
    ]
    if wrong:
        raise PolicyError(*wrong)


def _alike(stated: Iterable[DocumentId], reasons: tuple[Finding, ...], *, feasible: bool) -> tuple[Issue, ...]:
    """A policy that says no more than its outcome means every requirement."""
    finding = reasons[0] if reasons else OPEN_POINT("/requirements")
    return tuple(Issue(each, Aspect.OTHER, finding, feasible) for each in stated)


def _unasked(enquiry: Enquiry, issues: Iterable[Issue]) -> Iterator[Issue]:
    """Issues that no open question is about."""
    asked = {(each.requirement_id, each.issue.code) for each in enquiry.open_questions if each.issue is not None}
    for each in issues:
        if (each.requirement_id, each.finding.code) not in asked:
            yield each


def _questions(enquiry: Enquiry, issues: Iterable[Issue], now: Instant, due: Instant) -> Iterator[Question]:
    number = len(enquiry.questions)
    for issue in issues:
        number += 1
        while f"Q{number}" in enquiry.questions:
            number += 1
        yield Question(
            id=f"Q{number}",
            wording=issue.finding.message(),
            requirement_id=issue.requirement_id,
            aspect=issue.aspect,
            asked_at=now,
            due_at=due,
            issue=issue.finding,
        )
