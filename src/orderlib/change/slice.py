"""The slice of a case and of a policy set that changes and cancellations look at."""

from __future__ import annotations

from typing import Final, Protocol

from orderlib.change.policy import CancellationPolicy, ChargePolicy, ImpactPolicy, NoReturnPolicy, ReReviewPolicy
from orderlib.change.record import ChangeLog
from orderlib.errors import FindingCode, RefusedError, Severity
from orderlib.ledger.record import Ledger
from orderlib.order.record import Order
from orderlib.review.policy import ApprovalPolicy
from orderlib.review.slice import ReviewCase

__all__ = ["ChangeCase", "ChangePolicies", "log_of", "order_of"]

NO_ORDER: Final = FindingCode("change.no-order", Severity.ERROR, "there is no order yet", "尚无订单")
_NOTHING: Final = ChangeLog()


class ChangeCase(ReviewCase, Protocol):
    """The part of a case that changes look at."""

    @property
    def version(self) -> int:
        """How many events the case has."""
        ...

    @property
    def ledger(self) -> Ledger:
        """The counts."""
        ...

    @property
    def change(self) -> ChangeLog | None:
        """What was asked for so far."""
        ...


class ChangePolicies(Protocol):
    """The policies that changes ask."""

    @property
    def change_impact(self) -> ImpactPolicy:
        """What a change does."""
        ...

    @property
    def re_review(self) -> ReReviewPolicy:
        """Whether the panel must meet again."""
        ...

    @property
    def charge(self) -> ChargePolicy:
        """What it costs the customer."""
        ...

    @property
    def no_return(self) -> NoReturnPolicy:
        """How far work has gone."""
        ...

    @property
    def cancellation(self) -> CancellationPolicy:
        """What becomes of a cancellation."""
        ...

    @property
    def approval(self) -> ApprovalPolicy:
        """Who may approve a change of what was approved."""
        ...


def order_of(case: ChangeCase) -> Order:
    """The order; raises `RefusedError` (`change.no-order`)."""
    if case.order is None:
        raise RefusedError(NO_ORDER("/order"))
    return case.order


def log_of(case: ChangeCase) -> ChangeLog:
    """What was asked for so far; an empty log before the first time."""
    return case.change or _NOTHING
