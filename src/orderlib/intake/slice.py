"""The slice of a case and of a policy set that intake looks at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from orderlib.intake.record import Intake
from orderlib.order.record import Order
from orderlib.values.identifier import CaseId
from orderlib.values.key import Key

if TYPE_CHECKING:
    from orderlib.enquiry.record import Enquiry
    from orderlib.intake.policy import DeviationPolicy, OrderClockPolicy, ScreeningPolicy

__all__ = ["IntakeCase", "IntakePolicies"]


class IntakeCase(Protocol):
    """The part of a case that intake looks at."""

    @property
    def id(self) -> CaseId:
        """The case."""
        ...

    @property
    def key(self) -> Key[Any]:
        """Its stream."""
        ...

    @property
    def state(self) -> str:
        """Where the order stands in its commercial life."""
        ...

    @property
    def order(self) -> Order | None:
        """The order, once it was received."""
        ...

    @property
    def enquiry(self) -> Enquiry | None:
        """The enquiry that came before, if any."""
        ...

    @property
    def intake(self) -> Intake | None:
        """What intake knows, once there is something."""
        ...


class IntakePolicies(Protocol):
    """The policies that intake asks."""

    @property
    def screening(self) -> ScreeningPolicy:
        """Whether an order is complete, accurate and allowed."""
        ...

    @property
    def deviation(self) -> DeviationPolicy:
        """What becomes of differences to what was agreed."""
        ...

    @property
    def order_clock(self) -> OrderClockPolicy:
        """How soon to answer, how long to wait."""
        ...
