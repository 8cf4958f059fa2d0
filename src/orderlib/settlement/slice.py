"""The part of a case, and of the policies, that settlement looks at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from orderlib.acceptance.record import Acceptance
    from orderlib.change.record import ChangeLog
    from orderlib.ledger.record import Ledger
    from orderlib.order.record import Order
    from orderlib.settlement.clearing import ClearingPolicy
    from orderlib.settlement.policy import BillingPolicy, DunningPolicy, MatchingPolicy
    from orderlib.settlement.record import Settlement
    from orderlib.values.identifier import CaseId


__all__ = ["SettlementCase", "SettlementPolicies"]


class SettlementCase(Protocol):
    """The part of a case that settlement looks at."""

    @property
    def id(self) -> CaseId:
        """The case."""
        ...

    @property
    def state(self) -> str:
        """The commercial state."""
        ...

    @property
    def order(self) -> Order | None:
        """The order."""
        ...

    @property
    def ledger(self) -> Ledger:
        """The counts."""
        ...

    @property
    def change(self) -> ChangeLog | None:
        """Changes, charges, cancellations."""
        ...

    @property
    def acceptance(self) -> Acceptance | None:
        """What the customer said of the goods."""
        ...

    @property
    def settlement(self) -> Settlement | None:
        """Everything billed and paid so far."""
        ...


class SettlementPolicies(Protocol):
    """The policies that settlement asks."""

    @property
    def billing(self) -> BillingPolicy:
        """What may be billed when."""
        ...

    @property
    def matching(self) -> MatchingPolicy:
        """Whether an invoice agrees with what it is written for."""
        ...

    @property
    def clearing(self) -> ClearingPolicy:
        """Which open items a payment pays."""
        ...

    @property
    def dunning(self) -> DunningPolicy:
        """What happens to an overdue invoice."""
        ...
