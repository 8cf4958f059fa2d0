"""What is possible when, and what is refused, with every reason."""

from __future__ import annotations

import attrs
import pytest
from build import BUYER, SELLER, Story, at, line, order

from orderlib.case.message import AdoptOrder
from orderlib.case.policies import PolicySet
from orderlib.case.record import OrderCase
from orderlib.enquiry.analysis import AnalysisDecision
from orderlib.enquiry.message import (
    AddRequirement,
    AnalyseEnquiry,
    AnswerQuestion,
    AskQuestion,
    ConfirmProposal,
    DeclineProposal,
    DraftProposal,
    EnquiryAnalysed,
    OpenEnquiry,
    ProposeOffer,
    ReviseProposal,
    ReviseRequirement,
    WithdrawProposal,
    WithdrawRequirement,
)
from orderlib.enquiry.process import RULES, lapse
from orderlib.enquiry.record import AnalysisOutcome, Issue, Requirement
from orderlib.errors import Finding, InvalidValueError, PolicyError
from orderlib.values.decision import Decision
from orderlib.values.identifier import CaseId
from orderlib.values.instant import instant
from orderlib.values.key import Key
from orderlib.values.message import Stamp
from orderlib.values.party import Party
from orderlib.values.period import DayPeriod
from orderlib.values.quantity import Quantity

ABOUT = {rule.command: rule.about for rule in RULES}
PUMPS = Requirement("R1", "Pump, 40 l/s", Quantity(3), DayPeriod(None, "2026-05-29"))


def asked(*requirements: Requirement, **policies) -> Story:
    """A case with an enquiry."""
    story = Story(policies=PolicySet(**policies))
    story.tell(OpenEnquiry(BUYER, requirements or (PUMPS,), case_id="case-1", by=SELLER))
    return story


def offered(case) -> dict[str, list[str]]:
    """What each command could concern, where it finds anything."""
    found = {kind.__name__: list(about(case)) for kind, about in ABOUT.items() if about is not None}
    return {name: about for name, about in found.items() if about}


def test_what_is_offered_follows_what_is_open():
    """From the question to the confirmed baseline, after which nothing is left to do here."""
    ends = {"AddRequirement": ["enquiry"], "AskQuestion": ["enquiry"], "DeclineEnquiry": ["enquiry"]}
    changes = {"ReviseRequirement": ["R1"], "WithdrawRequirement": ["R1"]}
    story = asked(attrs.evolve(PUMPS, quantity=None))
    assert offered(story.case) == ends | changes | {"AnalyseEnquiry": ["R1"]}
    story.tell(AnalyseEnquiry("case-1", by=SELLER))
    assert offered(story.case) == ends | changes | {"AnswerQuestion": ["Q1"]}
    story.tell(AnswerQuestion("case-1", "Q1", "three", by=SELLER))
    story.tell(AnalyseEnquiry("case-1", by=SELLER))
    clear = ends | changes | {"DraftProposal": ["R1"], "ProposeOffer": ["R1"]}
    assert offered(story.case) == clear
    story.tell(ProposeOffer("case-1", order(), proposal_id="P-1", by=SELLER))
    words = ("ReviseProposal", "WithdrawProposal", "ConfirmProposal", "DeclineProposal")
    assert offered(story.case) == clear | {word: ["P-1"] for word in words}
    story.tell(ConfirmProposal("case-1", "P-1", by=SELLER))
    assert offered(story.case) == {}
    assert offered(OrderCase(id=CaseId("case-2"))) == {}


def test_after_the_confirmation_everything_else_is_refused():
    """What is wanted beyond the baseline comes with the order."""
    story = asked()
    story.tell(AnalyseEnquiry("case-1", by=SELLER))
    story.tell(ProposeOffer("case-1", order(), proposal_id="P-1", by=SELLER))
    story.tell(ConfirmProposal("case-1", "P-1", by=SELLER))
    for command in (
        AddRequirement("case-1", Requirement("R2"), by=SELLER),
        AskQuestion("case-1", "why?", by=SELLER),
        AnalyseEnquiry("case-1", by=SELLER),
        WithdrawProposal("case-1", "P-1", by=SELLER),
    ):
        assert story.refused(command) == ("enquiry.confirmed",)


def test_an_adopted_enquiry_without_a_record_is_refused_by_name():
    """Nothing is known of it here."""
    story = Story()
    story.tell(AdoptOrder(order(), "enquired", case_id="case-1", by=SELLER))
    assert story.refused(AskQuestion("case-1", "what do you need?", by=SELLER)) == ("enquiry.none",)


def test_opening_refuses_times_that_cannot_be():
    """Received tomorrow, answered yesterday: both are said; ids stand once."""
    story = Story()
    command = OpenEnquiry(BUYER, case_id="case-1", received_at=at(9), respond_by_at=at(8), by=SELLER, at=at(2))
    assert story.refused(command) == ("enquiry.received-in-future", "enquiry.due-past")
    with pytest.raises(InvalidValueError) as caught:
        story.tell(OpenEnquiry(BUYER, [PUMPS, PUMPS], case_id="case-1", by=SELLER))
    assert caught.value.code == "lines.duplicate-id"
    assert OpenEnquiry(BUYER, by=SELLER).target is None
    assert OpenEnquiry(BUYER, case_id="case-1", by=SELLER).target == Key("case", "case-1")


def test_a_given_answer_time_asks_no_policy():
    """Whoever knows until when the customer wants an answer says it; a requirement begins as stated."""
    story = Story()
    story.tell(
        OpenEnquiry(BUYER, [attrs.evolve(PUMPS, state="clear")], case_id="case-1", respond_by_at=at(9), by=SELLER)
    )
    assert len(story.events) == 1
    assert story.case.next_due == instant(at(9))
    assert story.case.enquiry.requirements["R1"].state == "stated"


def test_requirements_that_are_not_there():
    """Unknown, used twice, or withdrawn before."""
    story = asked(PUMPS, attrs.evolve(PUMPS, id="R2"))
    assert story.refused(AddRequirement("case-1", PUMPS, by=SELLER)) == ("enquiry.requirement-used-id",)
    assert story.refused(WithdrawRequirement("case-1", "R9", by=SELLER)) == ("enquiry.requirement-unknown",)
    story.tell(WithdrawRequirement("case-1", "R2", by=SELLER))
    again = ReviseRequirement("case-1", attrs.evolve(PUMPS, id="R2"), by=SELLER)
    assert story.refused(again) == ("chart.no-move",)


def test_questions_and_answers_that_say_nothing():
    """All that is wrong is said at once."""
    story = asked(attrs.evolve(PUMPS, quantity=None))
    story.tell(AnalyseEnquiry("case-1", by=SELLER))
    empty = AskQuestion("case-1", " ", "R9", question_id="Q1", due_at=at(1), by=SELLER)
    assert story.refused(empty) == (
        "enquiry.question-empty",
        "enquiry.question-used-id",
        "enquiry.requirement-unknown",
        "enquiry.due-past",
    )
    nothing = AnswerQuestion("case-1", "Q9", "", by=SELLER)
    assert story.refused(nothing) == ("enquiry.answer-empty", "enquiry.question-unknown")
    astray = AnswerQuestion("case-1", "Q1", "three", attrs.evolve(PUMPS, id="R2"), by=SELLER)
    assert story.refused(astray) == ("enquiry.answer-about",)
    story.tell(AnswerQuestion("case-1", "Q1", "three", by=SELLER))
    assert story.refused(AnswerQuestion("case-1", "Q1", "four", by=SELLER)) == ("chart.no-move",)


def test_a_second_analysis_asks_only_what_is_new():
    """A question that is open is not asked twice, and new ones get ids that are free."""
    story = asked(attrs.evolve(PUMPS, quantity=None))
    story.tell(AskQuestion("case-1", "which colour?", question_id="Q2", by=SELLER))
    story.tell(AnalyseEnquiry("case-1", by=SELLER))
    assert list(story.case.enquiry.questions.ids()) == ["Q2", "Q3"]
    story.tell(AnalyseEnquiry("case-1", by=SELLER))
    assert list(story.case.enquiry.questions.ids()) == ["Q2", "Q3"]


@pytest.mark.parametrize(
    ("override", "state", "requirement"),
    [("complete", "enquired", "clear"), ("questions", "enquired", "unclear"), ("unfeasible", "declined", "unfeasible")],
)
def test_a_person_may_overrule_the_analysis_with_a_reason(override, state, requirement):
    """The ruling counts for every requirement that is stated."""
    story = asked()
    assert story.refused(AnalyseEnquiry("case-1", override=override, by=SELLER)) == ("enquiry.override-reason",)
    story.tell(AnalyseEnquiry("case-1", override=override, by=SELLER, reason="the engineers say so"))
    assert story.case.state == state
    assert story.case.enquiry.requirements["R1"].state == requirement


def test_a_plain_decision_rules_every_requirement_alike():
    """A policy need not say more than its outcome; its first reason is the question."""
    why = (Finding("ours.why"),)
    story = asked(analysis=lambda _enquiry, _on, _facts, /: Decision(AnalysisOutcome.QUESTIONS, why))
    story.tell(AnalyseEnquiry("case-1", by=SELLER))
    assert [each.finding.code for each in story.one(EnquiryAnalysed).issues] == ["ours.why"]
    silent = asked(analysis=lambda _enquiry, _on, _facts, /: Decision(AnalysisOutcome.QUESTIONS))
    silent.tell(AnalyseEnquiry("case-1", by=SELLER))
    assert [each.wording for each in silent.case.enquiry.open_questions] == ["what exactly is meant?"]


def test_a_policy_that_judges_what_is_not_there_fails():
    """An issue names a requirement of the enquiry; the case is unchanged."""
    stray = Issue("R9", "price", Finding("ours.why"))
    decision = AnalysisDecision(AnalysisOutcome.QUESTIONS, issues=[stray])
    story = asked(analysis=lambda _enquiry, _on, _facts, /: decision)
    before = story.case
    with pytest.raises(PolicyError) as caught:
        story.tell(AnalyseEnquiry("case-1", by=SELLER))
    assert caught.value.code == "enquiry.issue-about"
    assert story.case is before


def test_a_question_about_what_is_clear_changes_nothing_but_itself():
    """The answer is kept; the requirement stays clear; a confirmation withdraws what nobody answered."""
    story = asked()
    story.tell(AnalyseEnquiry("case-1", by=SELLER))
    story.tell(AskQuestion("case-1", "which colour?", "R1", question_id="Q1", by=SELLER))
    story.tell(AnswerQuestion("case-1", "Q1", "blue", by=SELLER))
    assert story.case.enquiry.requirements["R1"].state == "clear"
    story.tell(AskQuestion("case-1", "really blue?", "R1", question_id="Q2", by=SELLER))
    story.tell(ProposeOffer("case-1", order(), proposal_id="P-1", by=SELLER))
    story.tell(ConfirmProposal("case-1", "P-1", by=SELLER))
    assert story.case.enquiry.questions["Q2"].state == "withdrawn"


def test_an_offer_is_refused_with_all_its_faults():
    """Another customer, no price, an unknown requirement, a time that is over, an id that is taken."""
    story = asked()
    assert story.refused(ProposeOffer("case-1", order(), by=SELLER)) == ("enquiry.requirement-not-clear",)
    assert story.refused(ProposeOffer("case-1", by=SELLER)) == ("enquiry.offer-missing",)
    story.tell(AnalyseEnquiry("case-1", by=SELLER))
    story.tell(ProposeOffer("case-1", order(), proposal_id="P-1", by=SELLER))
    wrong = order(line(price=None), buyer=Party("C2", "Gasworks"))
    command = ProposeOffer(
        "case-1", wrong, requirement_ids=["R1", "R9"], proposal_id="P-1", valid_until_at=at(1), by=SELLER
    )
    assert story.refused(command) == (
        "enquiry.requirement-unknown",
        "enquiry.offer-customer",
        "enquiry.offer-unpriced",
        "enquiry.proposal-used-id",
        "enquiry.validity-past",
    )
    empty = attrs.evolve(order(), lines=())
    assert story.refused(DraftProposal("case-1", empty, by=SELLER)) == ("enquiry.offer-empty",)
    assert story.refused(ReviseProposal("case-1", "P-1", empty, by=SELLER)) == ("enquiry.offer-empty",)
    assert story.refused(ProposeOffer("case-1", proposal_id="P-1", by=SELLER)) == ("chart.no-move",)
    story.tell(DraftProposal("case-1", order(), proposal_id="P-2", by=SELLER))
    assert story.refused(ReviseProposal("case-1", "P-2", empty, by=SELLER)) == ("enquiry.offer-empty",)
    assert story.refused(ConfirmProposal("case-1", "P-2", by=SELLER)) == ("chart.no-move",)
    assert story.refused(DeclineProposal("case-1", "P-9", by=SELLER)) == ("enquiry.proposal-unknown",)


def test_an_offer_answers_something():
    """Where nothing is wanted there is nothing to offer."""
    story = asked()
    story.tell(WithdrawRequirement("case-1", "R1", by=SELLER))
    assert story.refused(ProposeOffer("case-1", order(), by=SELLER)) == ("enquiry.nothing-to-offer",)


def test_a_declined_offer_leaves_a_draft_to_be_offered():
    """The enquiry goes on as long as there is something to put before the customer."""
    story = asked()
    story.tell(AnalyseEnquiry("case-1", by=SELLER))
    story.tell(ProposeOffer("case-1", order(), proposal_id="P-1", by=SELLER))
    story.tell(DraftProposal("case-1", order(), proposal_id="P-2", by=SELLER))
    story.tell(DeclineProposal("case-1", "P-1", by=SELLER))
    assert story.names == ["ProposalDeclined", "EnquiryClockSet"]


def test_nothing_lapses_without_a_record():
    """A case that never was an enquiry owes nothing."""
    when = instant(at())
    assert tuple(lapse(OrderCase(id=CaseId("case-1")), when, Stamp("c1", SELLER, when, when), None)) == ()
