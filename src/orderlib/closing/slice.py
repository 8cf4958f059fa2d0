"""The part of a case, and of the policies, that closing looks at: every stage below it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from orderlib.acceptance.record import Acceptance
    from orderlib.change.record import ChangeLog
    from orderlib.closing.policy import CloseGatePolicy, DossierPolicy, LessonPolicy
    from orderlib.closing.record import Closing
    from orderlib.fulfilment.record import Fulfilment
    from orderlib.hold.record import Holds
    from orderlib.ledger.record import Ledger
    from orderlib.order.record import Order
    from orderlib.planning.record import Plan
    from orderlib.review.record import Reviews
    from orderlib.settlement.record import Settlement
    from orderlib.values.identifier import CaseId

__all__ = ["ClosingCase", "ClosingPolicies", "Informing"]


class ClosingCase(Protocol):
    """The part of a case that closing looks at."""

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
    def holds(self) -> Holds:
        """The holds."""
        ...

    @property
    def review(self) -> Reviews | None:
        """The review."""
        ...

    @property
    def planning(self) -> Plan | None:
        """The plan."""
        ...

    @property
    def fulfilment(self) -> Fulfilment | None:
        """Despatches and incidents."""
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
        """Everything billed and paid."""
        ...

    @property
    def closing(self) -> Closing | None:
        """Papers and lessons so far."""
        ...


class Informing(Protocol):
    """Who has to hear of what; the responsibility matrix of the case."""

    def informed(self, stage: str) -> tuple[str, ...]:
        """The departments that have to hear of what happens on a stage, sorted."""
        ...


class ClosingPolicies(Protocol):
    """The policies that closing asks, and the matrix that says who has to hear of it."""

    @property
    def dossier(self) -> DossierPolicy:
        """Which papers there have to be."""
        ...

    @property
    def close_gate(self) -> CloseGatePolicy:
        """Whether the order may be closed."""
        ...

    @property
    def lesson(self) -> LessonPolicy:
        """What is to be learnt."""
        ...

    @property
    def matrix(self) -> Informing:
        """Who has to hear of it."""
        ...
