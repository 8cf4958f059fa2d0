"""From many opinions to one decision."""

from __future__ import annotations

from decimal import Decimal

import pytest
from build import order

from orderlib.errors import Finding
from orderlib.review.advice import Recommendation, RiskDraft
from orderlib.review.condition import ConditionDraft
from orderlib.review.policy import ReviewDecision
from orderlib.review.record import Assessment, ReviewOutcome
from orderlib.review.verdict import Quorum, Veto, Weighted, WorstFinding, dissent_from, gathered
from orderlib.risk.record import Rating, RiskCause
from orderlib.values.decision import Decision

ACCEPTED, CONDITIONAL, UNDECIDED, REJECTED = ReviewOutcome


def panel(**opinions):
    """Assessments by discipline."""
    return tuple(Assessment(discipline=name, opinion=opinion) for name, opinion in opinions.items())


@pytest.mark.parametrize(
    ("opinions", "outcome"),
    [
        ({}, UNDECIDED),
        ({"legal": "accept"}, ACCEPTED),
        ({"legal": "accept", "finance": "accept-with-conditions"}, CONDITIONAL),
        ({"legal": "review", "finance": "accept-with-conditions"}, UNDECIDED),
        ({"legal": "review", "finance": "reject"}, REJECTED),
    ],
)
def test_the_worst_opinion_rules(opinions, outcome):
    """One rejection rejects; nobody judging is worse than a condition."""
    decision = WorstFinding()(order(), panel(**opinions))
    assert decision.outcome is outcome
    assert decision.reasons


def test_a_decision_says_whose_objection_stands_before_a_better_one():
    """First what it would be without everybody who objects, then step by step."""
    decision = WorstFinding()(order(), panel(legal="reject", finance="accept-with-conditions", market="accept"))
    assert [(dict(each.evidence)["outcome"], dict(each.evidence)["disciplines"]) for each in decision.otherwise] == [
        ("accepted", "finance, legal"),
        ("conditionally_accepted", "legal"),
    ]


def test_everything_that_assessors_bring_is_gathered_once():
    """Conditions and recommendations of all; the same advice of two is one."""
    advice = Recommendation("Insure it", "finance")
    draft = ConditionDraft(wording="Paid in advance", owner="customer")
    said = (
        Assessment(discipline="legal", opinion="accept", recommendations=(advice,)),
        Assessment(
            discipline="finance", opinion="accept-with-conditions", recommendations=(advice,), conditions=(draft,)
        ),
    )
    decision = gathered(Decision(ACCEPTED, (Finding("mine"),)), said)
    assert (decision.conditions, decision.recommendations) == ((draft,), (advice,))
    assert [each.discipline for each in decision.dissent] == ["finance"]
    assert gathered(decision, ()) is decision


def test_dissent_is_every_opinion_against_the_outcome():
    """What nobody judged is no opinion."""
    said = panel(legal="accept", finance="reject", market="review")
    assert [each.discipline for each in dissent_from(REJECTED, said)] == ["legal"]
    assert [each.discipline for each in dissent_from(UNDECIDED, said)] == ["finance", "legal"]


def test_a_quorum_decides_on_those_who_have_spoken():
    """Below it nothing is decided."""
    said = panel(legal="accept", finance="accept", market="review")
    assert Quorum(3)(order(), said).outcome is UNDECIDED
    assert Quorum(2)(order(), said).outcome is ACCEPTED
    assert Quorum(0)(order(), ()).outcome is UNDECIDED


@pytest.mark.parametrize(
    ("opinions", "outcome"),
    [
        ({}, UNDECIDED),
        ({"a": "accept", "b": "accept", "c": "accept", "d": "reject"}, ACCEPTED),
        ({"a": "accept", "b": "accept-with-conditions", "c": "accept", "d": "reject"}, CONDITIONAL),
        ({"a": "accept", "b": "review", "c": "accept", "d": "reject"}, UNDECIDED),
        ({"a": "accept", "b": "reject", "c": "accept", "d": "reject"}, REJECTED),
    ],
)
def test_three_quarters_of_the_weight_decide(opinions, outcome):
    """An acceptance stands behind a conditional one; who has not judged may still turn it."""
    assert Weighted()(order(), panel(**opinions)).outcome is outcome


def test_a_heavy_voice_counts_more():
    """Weights are by discipline, one where none is given."""
    heavy = Weighted(Decimal("0.5"), {"finance": Decimal(3)})
    assert heavy(order(), panel(finance="reject", legal="accept", market="accept")).outcome is REJECTED


@pytest.mark.parametrize(
    ("opinion", "outcome"),
    [("accept", ACCEPTED), ("accept-with-conditions", CONDITIONAL), ("review", UNDECIDED), ("reject", REJECTED)],
)
def test_a_veto_is_not_outvoted(opinion, outcome):
    """However much weight stands against it."""
    many = panel(legal=opinion, **dict.fromkeys("abcdefgh", "accept"))
    decision = Veto(("legal",), Weighted())(order(), many)
    assert decision.outcome is outcome
    assert isinstance(decision, ReviewDecision)


def test_what_several_say_in_the_same_words_is_said_once():
    """One condition has one hold, and one risk one entry."""
    same = ConditionDraft(wording="the drawing is approved", owner="technology")
    risk = RiskDraft("late", RiskCause.SUPPLY, Rating(2, 2))
    said = [
        Assessment(discipline=each, opinion="accept-with-conditions", conditions=[same], risks=[risk])
        for each in ("one", "two")
    ]
    decision = WorstFinding()(order(), tuple(said))
    assert (decision.conditions, decision.risks) == ((same,), (risk,))
