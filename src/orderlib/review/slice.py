"""The slice of a case and of a policy set that review looks at."""

from __future__ import annotations

from typing import Any, Protocol

from orderlib.hold.record import Holds
from orderlib.intake.record import Intake
from orderlib.order.record import Order
from orderlib.review.policy import ApprovalPolicy, AssessorPolicy, ConflictPolicy, PanelPolicy, ReviewPolicy
from orderlib.review.record import Reviews
from orderlib.risk.record import RiskRegister
from orderlib.values.identifier import CaseId

__all__ = ["ReviewCase", "ReviewPolicies"]


class ReviewCase(Protocol):
    """The part of a case that review looks at."""

    @property
    def id(self) -> CaseId:
        """The case."""
        ...

    @property
    def state(self) -> str:
        """Where the order stands in its commercial life."""
        ...

    @property
    def order(self) -> Order | None:
        """The order."""
        ...

    @property
    def holds(self) -> Holds:
        """What stands in the way."""
        ...

    @property
    def risks(self) -> RiskRegister | None:
        """The register, once there is a risk."""
        ...

    @property
    def intake(self) -> Intake | None:
        """What intake knows; None for an order that was adopted."""
        ...

    @property
    def review(self) -> Reviews | None:
        """What review knows, once there is something."""
        ...


class ReviewPolicies(Protocol):
    """The policies that review asks; the assessors are asked by the names that a seat gives."""

    @property
    def panel(self) -> PanelPolicy:
        """Who sits."""
        ...

    @property
    def review(self) -> ReviewPolicy:
        """What the review says."""
        ...

    @property
    def approval(self) -> ApprovalPolicy:
        """Who may approve it."""
        ...

    @property
    def conflict(self) -> ConflictPolicy:
        """Who is free to judge."""
        ...

    @property
    def assess_technical(self) -> AssessorPolicy:
        """Can we make it?"""
        ...

    @property
    def assess_capacity(self) -> AssessorPolicy:
        """Have we the resources?"""
        ...

    @property
    def assess_supply(self) -> AssessorPolicy:
        """Do we get the material in time?"""
        ...

    @property
    def assess_market(self) -> AssessorPolicy:
        """Is the price right, and the business ours?"""
        ...

    @property
    def assess_benefit(self) -> AssessorPolicy:
        """What do we earn?"""
        ...

    @property
    def assess_credit(self) -> AssessorPolicy:
        """Will the customer pay?"""
        ...

    @property
    def assess_trade(self) -> AssessorPolicy:
        """Are we allowed to?"""
        ...

    @property
    def assess_risk(self) -> AssessorPolicy:
        """What may go wrong?"""
        ...


def assessor(policies: Any, slot: str) -> AssessorPolicy:
    """The policy in one of the assessors' slots."""
    found: AssessorPolicy = getattr(policies, slot)
    return found
