"""Policies that say yes to every order, for `python -m orderlib run --policies accept_all:policies`."""

from __future__ import annotations

from orderlib.case.policies import PolicySet
from orderlib.intake.record import Resolution, ScreeningOutcome
from orderlib.review.policy import AssessmentDecision
from orderlib.review.record import Opinion, ReviewOutcome
from orderlib.settlement.record import BillingBasis
from orderlib.values.decision import Decision, Verdict

ASSESSORS = ("technical", "capacity", "supply", "market", "benefit", "credit", "trade", "risk")


def policies() -> PolicySet:
    """Every judgement on the way to an accepted order says yes; all others keep their defaults."""
    yes = {slot: lambda *_: Decision(Verdict.YES) for slot in ("approval", "conflict", "release")}
    assessors = {f"assess_{name}": lambda *_: AssessmentDecision(Opinion.ACCEPT) for name in ASSESSORS}
    return PolicySet(
        screening=lambda *_: Decision(ScreeningOutcome.PASS),
        deviation=lambda *_: Decision(Resolution.ACCEPTED),
        review=lambda *_: Decision(ReviewOutcome.ACCEPTED),
        billing=lambda *_: Decision(BillingBasis.DELIVERY),
        **yes,
        **assessors,
    )
