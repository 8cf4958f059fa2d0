"""The slots, their defaults, and what objectives make of them."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from build import order
from reviewing import euro

from orderlib.case.policies import SLOTS, PolicySet
from orderlib.review.policy import DEFAULTS, OUTCOMES, ReviewDecision, from_objectives
from orderlib.review.record import Opinion, ReviewOutcome
from orderlib.values.objective import Objectives


def test_every_slot_of_the_room_has_a_default_and_outcomes():
    """Best first, named after its rule."""
    assert set(DEFAULTS) == set(OUTCOMES) == {slot for slot, room in SLOTS.items() if room == "review"}
    assert not any(PolicySet().__getattr__(slot).name.startswith("Default") for slot in DEFAULTS)
    assert next(iter(Opinion)) is Opinion.ACCEPT


def test_objectives_set_the_parameters():
    """Clean amount, time, margins, appetite."""
    derived = from_objectives(
        Objectives(
            clean_amount=euro("500"),
            margin=30,
            least_margin=10,
            risk_appetite=5,
            stage_times={"review": timedelta(hours=8)},
        )
    )
    assert derived["panel"].clean_amount == euro("500")
    assert derived["panel"].within == timedelta(hours=8)
    assert (derived["assess_benefit"].target, derived["assess_benefit"].least) == (Decimal(30), Decimal(10))
    assert derived["assess_risk"].appetite == Decimal(5)
    assert from_objectives(Objectives())["panel"].within == timedelta(hours=16)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_decision_explains_itself(lang):
    """In both languages, with its policy."""
    said = PolicySet().review(order(), ())
    assert isinstance(said, ReviewDecision)
    assert said.explain(lang).startswith({"en": "Review decision: undecided (WorstFinding", "zh": "评审决定"}[lang])


def test_at_best_keeps_what_comes_with_the_decision():
    """Held down, with the reason; never raised."""
    decision = ReviewDecision(ReviewOutcome.ACCEPTED, answer_within=timedelta(days=3))
    held = decision.at_best(ReviewOutcome.CONDITIONALLY_ACCEPTED, because="mine.reason")
    assert (held.outcome, held.answer_within) == (ReviewOutcome.CONDITIONALLY_ACCEPTED, timedelta(days=3))
    assert held.at_best(ReviewOutcome.ACCEPTED, because="x") is held
