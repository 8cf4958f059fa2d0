"""The nouns of review say what is missing, what is due, what stands."""

from __future__ import annotations

import pytest
from reviewing import accepted, convened, say

from orderlib.errors import InvalidValueError
from orderlib.order.field import Aspect
from orderlib.review.record import Assessment, Opinion, ReviewOutcome, Reviews, Seat

WHEN = "2026-03-02T09:00:00Z"


def test_an_outcome_knows_the_code_of_the_answer():
    """UNCL 4343, as far as there is an answer."""
    assert [each.response_code for each in ReviewOutcome] == ["AP", "CA", "", "RE"]
    assert [each.accepting for each in ReviewOutcome] == [True, True, False, False]


def test_what_nobody_has_judged_is_review():
    """An assessment that never came is no yes, by its very default."""
    assert Assessment(discipline="legal").opinion is Opinion.REVIEW


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: Assessment(discipline="legal", opinion="maybe"), "code.unknown"),
        (lambda: Assessment(discipline=""), "id.empty"),
        (
            lambda: Seat(id="x", department="y", scope={"smell"}, due_at=WHEN, escalates_at=WHEN, lapses_at=WHEN),
            "code.unknown",
        ),
    ],
)
def test_what_cannot_be_is_refused(make, code):
    """With its code."""
    with pytest.raises(InvalidValueError) as caught:
        make()
    assert caught.value.code == code


def test_a_seat_covers_everything_unless_it_says_less():
    """Aspects may be given by name."""
    seat = Seat(id="x", department="y", scope=["price"], due_at=WHEN, escalates_at=WHEN, lapses_at=WHEN)
    assert seat.scope == {Aspect.PRICE}
    assert seat.deputy == "management"


def test_missing_is_everybody_while_there_is_no_quorum():
    """Then only those who are required."""
    current = convened().case.review.current
    assert len(current.missing()) == len(current.binding()) == 4
    assert current.assessment("astrology") is None


def test_an_empty_record_waits_for_nothing():
    """Nothing sits, nothing stands."""
    empty = Reviews()
    assert (empty.current, empty.sitting, empty.next_due) == (None, None, None)
    assert not empty.approved
    assert not empty.voided


def test_a_decided_round_waits_for_nothing():
    """And an acceptance stands."""
    reviews = accepted().case.review
    assert reviews.next_due is None
    assert reviews.approved
    assert reviews.sitting is None


def test_a_round_waits_for_the_first_that_owes_something():
    """What has been said is waited for no longer."""
    story = convened()
    seats = story.case.review.current.seats
    assert story.case.review.next_due == seats["legal"].due_at
    say(story)
    assert story.case.review.next_due == story.case.review.current.decide_by
