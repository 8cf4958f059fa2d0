"""The slots, their defaults, and what objectives make of them."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from build import at, order
from reviewing import euro

from orderlib.case.policies import SLOTS, PolicySet
from orderlib.errors import InvalidValueError, PolicyError
from orderlib.review.approval import ApprovalByAmount, NotOwnOrders
from orderlib.review.exposure import RiskWithinAppetite, WithinCreditLimit
from orderlib.review.feasibility import LoadWithinLimits
from orderlib.review.panel import PanelByTypeAndAmount
from orderlib.review.policy import DEFAULTS, OUTCOMES, PanelDecision, ReviewDecision, from_objectives
from orderlib.review.record import Opinion, PanelKind, ReviewOutcome, Seat
from orderlib.review.verdict import Quorum, Veto, Weighted
from orderlib.review.worth import MarginAtLeast, PriceInBand
from orderlib.values.fact import NO_FACTS
from orderlib.values.instant import instant
from orderlib.values.objective import Objectives

NOW = instant(at())


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


SEAT = Seat(id="x", department="y", due_at=NOW, escalates_at=NOW, lapses_at=NOW)


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: PanelDecision(PanelKind.SMALL, seats=[SEAT, SEAT]), "lines.duplicate-id"),
        (lambda: PanelDecision(PanelKind.SMALL, seats=["x"]), "value.type"),
        (lambda: PanelDecision(PanelKind.SMALL, quorum=-1), "number.whole"),
        (lambda: PanelDecision(PanelKind.SMALL, approve_within=2), "review.span"),
        (lambda: ReviewDecision(ReviewOutcome.ACCEPTED, answer_within=timedelta(0)), "review.span"),
        (lambda: ReviewDecision(ReviewOutcome.ACCEPTED, dissent=["finance"]), "value.type"),
    ],
)
def test_a_decision_that_nobody_could_carry_out_is_none(make, code):
    """So that the policy that made it is named, and the case unchanged."""
    with pytest.raises(InvalidValueError) as caught:
        make()
    assert caught.value.code == code
    with pytest.raises(PolicyError, match="panel"):
        PolicySet(panel=lambda _order, _at, _facts: make()).panel(order(), NOW, NO_FACTS)


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


@pytest.mark.parametrize(
    "make",
    [
        lambda: ApprovalByAmount(unlimited="management"),
        lambda: ApprovalByAmount(limits={"sales": 5}),
        lambda: NotOwnOrders(related=["mei"]),
        lambda: PanelByTypeAndAmount(clean_amount="10000"),
        lambda: PanelByTypeAndAmount(small="finance"),
        lambda: PanelByTypeAndAmount(within=timedelta(-1)),
        lambda: RiskWithinAppetite(appetite=Decimal("NaN")),
        lambda: LoadWithinLimits(most=-1),
        lambda: MarginAtLeast(target=101),
        lambda: PriceInBand(many=-1),
        lambda: WithinCreditLimit(dunned="two"),
        lambda: Weighted(needed="1.5"),
        lambda: Weighted(weights={"finance": -1}),
        lambda: Veto("finance"),
        lambda: Quorum(-1),
    ],
)
def test_a_policy_with_parameters_that_cannot_be_meant_is_not_made(make):
    """A text is not a set of its letters, and not-a-number is above and below nothing."""
    with pytest.raises(InvalidValueError):
        make()
