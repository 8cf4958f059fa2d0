"""A panel is convened, judges, and loses who is not free."""

from __future__ import annotations

import pytest
from build import CLERK, line
from reviewing import BOSS, CHAIR, GOOD, convened, expert, revised, say, streams, under_review

from orderlib.case.evolution import evolve
from orderlib.case.policies import PolicySet
from orderlib.errors import PolicyError
from orderlib.review.advice import Recommendation
from orderlib.review.condition import ConditionDraft
from orderlib.review.message import (
    AssessmentAdvised,
    AssessmentSubmitted,
    ConflictDeclared,
    ConvenePanel,
    DeclareConflict,
    PanelConvened,
    ReviewOrder,
    RunAssessors,
    SubmitAssessment,
)
from orderlib.review.policy import AssessmentDecision
from orderlib.review.record import Opinion, PanelKind
from orderlib.values.decision import Decided, Decision

BIG = line(quantity=1000)


def test_a_panel_sits_once():
    """While it sits, no other is convened."""
    story = convened()
    assert story.refused(ConvenePanel("case-1", by=CLERK)) == ("review.panel-sitting",)


def test_assessors_fill_the_seats_that_they_may_and_are_sure_of():
    """What they cannot say is advice; every decision is recorded with what it saw."""
    story = convened()
    story.tell(RunAssessors("case-1", by=CLERK), facts=GOOD)
    said = [event.assessment.discipline for event in story.events if isinstance(event, AssessmentSubmitted)]
    assert said == ["production", "purchasing", "legal"]
    assert story.one(AssessmentAdvised).discipline == "finance"
    assert story.one(AssessmentAdvised).opinion is Opinion.REVIEW
    slots = {event.slot: dict(event.inputs) for event in story.events if isinstance(event, Decided)}
    assert list(slots) == ["assess_capacity", "assess_supply", "assess_benefit", "assess_credit", "assess_trade"]
    assert slots["assess_benefit"] == {"facts": GOOD}
    story.tell(RunAssessors("case-1", by=CLERK), facts=GOOD, streams=streams())
    assert "credit" in dict(story.events[0].inputs)
    assert story.case.review.sitting.missing() == ()


def test_on_the_whole_panel_assessors_only_advise():
    """People fill every seat, with the policies' word before them."""
    story = convened(BIG)
    story.tell(RunAssessors("case-1", by=CLERK), facts=GOOD, streams=streams("99999999"))
    assert story.case.review.sitting.filled == 0
    finance = story.case.review.sitting.assessment("finance")
    assert finance.advised
    assert [each.code for each in finance.advice] == ["assess.margin", "assess.credit"]


def test_any_function_is_an_assessor():
    """A plain decision has no conditions; one that is worse than the others of the seat rules."""
    policies = PolicySet(
        assess_capacity=lambda _order, _seen: Decision(Opinion.REJECT),
        assess_supply=lambda _order, _seen: AssessmentDecision(
            Opinion.ACCEPT, recommendations=(Recommendation("Order early", "purchasing"),), suggestions=("ask twice",)
        ),
    )
    story = convened(policies=policies)
    story.tell(RunAssessors("case-1", by=CLERK))
    current = story.case.review.sitting
    assert current.assessment("production").opinion is Opinion.REJECT
    assert current.assessment("purchasing").suggestions == ("ask twice",)
    broken = PolicySet(assess_capacity=lambda _order: None)
    story = convened(policies=broken)
    with pytest.raises(PolicyError, match="assess_capacity"):
        story.tell(RunAssessors("case-1", by=CLERK))


def test_nobody_speaks_without_a_panel():
    """Nor judges, nor steps back."""
    story = under_review()
    for command in (
        RunAssessors("case-1", by=CLERK),
        SubmitAssessment("case-1", "legal", "accept", by=expert("legal")),
        DeclareConflict("case-1", "legal", by=expert("legal"), reason="kin"),
    ):
        assert story.refused(command) == ("review.no-panel",)


@pytest.mark.parametrize(
    ("more", "codes"),
    [
        ({"opinion": "review"}, ("review.opinion-open",)),
        ({"opinion": "accept-with-conditions"}, ("review.conditions-missing",)),
        ({"opinion": "reject"}, ("review.rejection-unexplained",)),
        ({"opinion": "accept", "by": expert("legal")}, ("review.not-holder",)),
        ({"opinion": "accept", "by": BOSS}, ("review.not-holder",)),
        (
            {
                "opinion": "accept",
                "conditions": [ConditionDraft(wording="x", owner="y", due_at="2026-03-01T00:00:00Z")],
            },
            ("review.conditions-with-opinion", "review.condition-past"),
        ),
        ({"opinion": "accept", "discipline": "astrology"}, ("review.no-seat",)),
    ],
)
def test_a_member_says_yes_on_conditions_or_no_and_why(more, codes):
    """All that is wrong with a submission is said at once."""
    given = {"discipline": "finance", "by": expert("finance"), **more}
    assert convened().refused(SubmitAssessment("case-1", **given)) == codes


def test_who_speaks_again_replaces_what_was_said():
    """The first word is kept as evidence."""
    story = convened()
    say(story, "accept", "finance")
    story.tell(SubmitAssessment("case-1", "finance", "reject", by=expert("finance"), reason="on second thoughts"))
    current = story.case.review.sitting
    assert current.assessment("finance").opinion is Opinion.REJECT
    assert [each.opinion for each in current.evidence] == [Opinion.ACCEPT]


@pytest.mark.parametrize(
    ("command", "codes"),
    [
        (DeclareConflict("case-1", "finance", by=expert("finance")), ("review.reason-missing",)),
        (DeclareConflict("case-1", "finance", by=expert("legal"), reason="x"), ("review.not-holder",)),
        (DeclareConflict("case-1", "astrology", by=expert("legal"), reason="x"), ("review.no-seat",)),
        (DeclareConflict("case-1", "legal", actor_id="eve", by=CHAIR, reason="x"), ("review.no-part",)),
        (DeclareConflict("case-1", "legal", actor_id="legal-1", by=CLERK, reason="x"), ("review.not-to-recuse",)),
    ],
)
def test_a_conflict_is_declared_by_whom_it_concerns(command, codes):
    """Or about somebody by name; where somebody else has spoken it concerns nobody."""
    story = convened()
    say(story, "accept", "legal")
    assert story.refused(command) == codes


def test_a_conflict_with_the_management_leaves_the_seat_there():
    """Somebody else of it has to speak; nobody is recused twice."""
    story = convened()
    story.tell(DeclareConflict("case-1", "finance", actor_id="eve", by=CHAIR, reason="owns the customer"))
    assert story.one(ConflictDeclared).department == "management"
    story.tell(DeclareConflict("case-1", "finance", by=BOSS, reason="married to eve"))
    assert story.case.review.sitting.assessment("finance").recused == ("eve", "bo")
    assert story.refused(DeclareConflict("case-1", "finance", by=BOSS, reason="again")) == ("review.recused",)
    assert story.refused(SubmitAssessment("case-1", "finance", "accept", by=BOSS)) == ("review.recused",)


def test_who_steps_back_late_leaves_time_to_the_deputy():
    """After every deadline the last span is given again."""
    story = convened()
    say(story, "accept", "finance")
    lapsed = story.case.review.sitting.seats["finance"].lapses_at
    story.tell(DeclareConflict("case-1", "finance", by=expert("finance"), reason="kin", at=lapsed.add(hours=1)))
    assert story.case.review.sitting.assessment("finance").due_at == lapsed.add(hours=25)


def test_a_panel_policy_may_convene_nobody():
    """A plain decision has no seats; the review policy then has the word alone."""
    story = under_review(policies=PolicySet(panel=lambda _order, _at, _facts: Decision(PanelKind.AUTOMATIC)))
    story.tell(ConvenePanel("case-1", by=CLERK))
    assert story.one(PanelConvened).quorum == 0
    story.tell(ReviewOrder("case-1", by=CLERK))
    assert story.names == ["ReviewAdjourned"]
    assert [each.code for each in story.events[-1].reasons] == ["review.nobody"]


def test_a_change_while_the_panel_sits_has_it_meet_anew():
    """What was said of what has changed is void; the rest is carried over."""
    story = convened()
    say(story, "accept", "finance", "production")
    story.case = evolve(story.case, revised(story, lines=(line(requested_period=None),)))
    assert story.case.review.sitting is None
    assert story.refused(SubmitAssessment("case-1", "legal", "accept", by=expert("legal"))) == ("review.no-panel",)
    story.tell(ConvenePanel("case-1", by=CLERK))
    assert story.one(PanelConvened).carried == ("finance",)
    assert story.case.review.rounds[0].assessment("production").state == "voided"


def test_what_policies_said_does_not_count_where_people_must():
    """The order has become large: the whole panel sits, and assesses anew what policies had filled."""
    story = convened()
    story.tell(RunAssessors("case-1", by=CLERK), facts=GOOD, streams=streams())
    story.case = evolve(story.case, revised(story, lines=(BIG,)))
    story.tell(ConvenePanel("case-1", by=CLERK))
    convened_anew = story.one(PanelConvened)
    assert (convened_anew.panel, convened_anew.carried) == (PanelKind.FULL, ())
