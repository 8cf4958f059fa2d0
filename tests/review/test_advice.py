"""Risks and recommendations are what they claim."""

from __future__ import annotations

from datetime import timedelta

import pytest

from orderlib.errors import InvalidValueError
from orderlib.review.advice import Recommendation, RiskDraft
from orderlib.review.message import SubmitAssessment
from orderlib.risk.record import Rating, RiskCause
from orderlib.values.party import Actor

FAY = Actor("fay", "finance")


def code(make):
    """The code with which something is refused."""
    with pytest.raises(InvalidValueError) as caught:
        make()
    return caught.value.code


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda: Recommendation("Insure it", " "), "review.recommendation-owner"),
        (lambda: Recommendation("Insure it", "finance", duration=timedelta(days=-1)), "review.recommendation-time"),
        (lambda: Recommendation("Insure it", "finance", duration=8), "value.type"),
        (lambda: RiskDraft("x", "weather", Rating(1, 1)), "code.unknown"),
        (lambda: RiskDraft("x", "market", "high"), "value.type"),
        (lambda: SubmitAssessment("c", "legal", "accept", risks=["all of them"], by=FAY), "value.type"),
        (lambda: SubmitAssessment("c", "legal", "accept", findings="none", by=FAY), "value.type"),
        (lambda: SubmitAssessment("c", "legal", "accept", conditions=[1], by=FAY), "value.type"),
        (lambda: SubmitAssessment("c", "legal", "accept", recommendations=[None], by=FAY), "value.type"),
        (lambda: SubmitAssessment("c", "legal", "accept", suggestions=[1], by=FAY), "value.type"),
    ],
)
def test_what_cannot_be_is_refused_at_the_door(make, expected):
    """With a documented code, whatever was handed in."""
    assert code(make) == expected


def test_words_and_lists_enter_as_what_they_stand_for():
    """A cause by its code, lists as tuples."""
    draft = RiskDraft("x", "market", Rating(1, 1))
    submitted = SubmitAssessment("c", "legal", "accept", risks=[draft], suggestions=["ask twice"], by=FAY)
    assert (draft.cause, submitted.risks, submitted.suggestions) == (RiskCause.MARKET, (draft,), ("ask twice",))
