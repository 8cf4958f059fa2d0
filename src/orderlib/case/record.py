"""The case: everything that is known of one order, from the first enquiry to the archive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs

from orderlib.case.phase import phase_of
from orderlib.hold.record import Holds
from orderlib.ledger.record import Ledger
from orderlib.values.identifier import CaseId
from orderlib.values.key import Key
from orderlib.values.twin import quick

if TYPE_CHECKING:
    from orderlib.acceptance.record import Acceptance
    from orderlib.change.record import ChangeLog
    from orderlib.closing.record import Closing
    from orderlib.enquiry.record import Enquiry
    from orderlib.fulfilment.record import Fulfilment
    from orderlib.intake.record import Intake
    from orderlib.order.record import Order
    from orderlib.planning.record import Plan
    from orderlib.review.record import Reviews
    from orderlib.risk.record import RiskRegister
    from orderlib.settlement.record import Settlement
    from orderlib.values.instant import Instant

__all__ = ["STAGES", "OrderCase"]

#: the slots that rooms keep on a case, with the room that keeps each, in the order of the floors
STAGES: Final[dict[str, str]] = {
    "adopted": "case",
    "order": "order",
    "ledger": "ledger",
    "holds": "hold",
    "risks": "risk",
    "enquiry": "enquiry",
    "intake": "intake",
    "review": "review",
    "planning": "planning",
    "fulfilment": "fulfilment",
    "change": "change",
    "acceptance": "acceptance",
    "settlement": "settlement",
    "closing": "closing",
}


_NO_LEDGER: Final = Ledger()
_NO_HOLDS: Final = Holds()


@quick
@attrs.frozen(kw_only=True, weakref_slot=False)
class OrderCase:
    """One order's case; immutable, made by `evolve` from events and by nothing else.

    `version` counts the events; `state` is the commercial state of `OrderLifecycle`; `next_due` is when
    the next thing of it lapses. Each stage keeps its record in a slot of its own, None until its first
    event. `adopted` says that the order ran elsewhere before. What is counted stands in `ledger`, what stops work in
    `holds`.
    """

    id: CaseId
    version: int = 0
    state: str = "new"
    adopted: bool = False
    next_due: Instant | None = None
    order: Order | None = None
    ledger: Ledger = _NO_LEDGER
    holds: Holds = _NO_HOLDS
    risks: RiskRegister | None = None
    enquiry: Enquiry | None = None
    intake: Intake | None = None
    review: Reviews | None = None
    planning: Plan | None = None
    fulfilment: Fulfilment | None = None
    change: ChangeLog | None = None
    acceptance: Acceptance | None = None
    settlement: Settlement | None = None
    closing: Closing | None = None

    @property
    def key(self) -> Key[Any]:
        """The key of the case's stream."""
        return Key("case", self.id)

    @property
    def phase(self) -> str:
        """Where the order is, in words for people; derived, and gates nothing."""
        return phase_of(self)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        """How a notebook shows the case."""
        from orderlib.case._portrait import to_html  # noqa: PLC0415 - whoever runs orders does not draw

        del include, exclude
        return {"text/plain": repr(self), "text/html": to_html(self)}

    def __repr__(self) -> str:
        what = f", order {str(self.order.id)!r} with {len(self.order.lines)} lines" if self.order else ""
        return f"OrderCase({str(self.id)!r}, {self.state}, version {self.version}{what})"
