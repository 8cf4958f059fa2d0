"""What each event does to the record of intake."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import attrs

from orderlib.intake.message import (
    DeviationResolved,
    OrderAcknowledged,
    OrderConfirmationLapsed,
    OrderConfirmedBack,
    OrderConfirmedByCustomer,
    OrderDisputedByCustomer,
    OrderPassedToReview,
    OrderReceived,
    OrderRejectedAtScreening,
    OrderRepriced,
    OrderResubmitted,
    OrderReturned,
    OrderScreened,
    ResponseOverdue,
    ReturnLapsed,
)
from orderlib.intake.record import Confirmation, Intake, Receipt
from orderlib.values.lines import Lines
from orderlib.values.message import Event

__all__ = ["ANSWERS", "FOLDS", "screened"]

#: moves of the order that are an answer to the customer, whichever room makes them
ANSWERS: Final = frozenset({"accept", "accept_conditionally", "reject"})


def _confirmation(receipt: Receipt) -> Confirmation | None:
    return Confirmation(state="needed") if receipt.verbal else None


def _received(_intake: Intake | None, event: OrderReceived) -> Intake:
    receipt = event.receipt
    return Intake(
        receipts=(receipt,),
        received_by=event.by.id,
        confirmation=_confirmation(receipt),
        respond_by_at=event.respond_by_at,
    )


def _resubmitted(intake: Intake | None, event: OrderResubmitted) -> Intake:
    # what a person accepted stays in mind: the same difference need not be resolved twice
    known = intake or Intake()
    return Intake(
        receipts=(*known.receipts, event.receipt),
        received_by=event.by.id,
        deviations=known.deviations,
        confirmation=_confirmation(event.receipt),
        respond_by_at=event.respond_by_at,
        gone=event.gone,
    )


def screened(intake: Intake | None, event: OrderScreened) -> Intake:
    """The record after screening."""
    return attrs.evolve(
        intake or Intake(),
        screening=event.outcome,
        findings=event.findings,
        deviations=Lines(event.deviations),
    )


def _resolved(intake: Intake | None, event: DeviationResolved) -> Intake:
    known = intake or Intake()
    said = attrs.evolve(known.deviations[event.deviation_id], resolution=event.resolution, reason=event.stamp.reason)
    return attrs.evolve(known, deviations=known.deviations.replace([said]))


def _confirming(state: str) -> Callable[[Intake | None, Any], Intake]:
    def fold(intake: Intake | None, event: Any) -> Intake:
        document = getattr(event, "document", None)
        due = event.due_at if state == "sent" else None
        return attrs.evolve(intake or Intake(), confirmation=Confirmation(state=state, due_at=due, document=document))

    return fold


def _answered(intake: Intake | None, event: Event) -> Intake:
    known = intake or Intake()
    return attrs.evolve(known, respond_by_at=None, answered_at=known.answered_at or event.stamp.occurred_at)


def _returned(intake: Intake | None, event: OrderReturned) -> Intake:
    return attrs.evolve(_answered(intake, event), return_due_at=event.due_at)


def _return_lapsed(intake: Intake | None, _event: ReturnLapsed) -> Intake:
    return attrs.evolve(intake or Intake(), return_due_at=None)


def _overdue(intake: Intake | None, _event: ResponseOverdue) -> Intake:
    return attrs.evolve(intake or Intake(), respond_by_at=None, overdue=True)


def _passed(intake: Intake | None, _event: OrderPassedToReview) -> Intake:
    return attrs.evolve(intake or Intake(), passed=True)


def _unchanged(intake: Intake | None, _event: Event) -> Intake:
    return intake or Intake()


def _heard(intake: Intake, event: Event) -> Intake:
    """Another room has answered the customer."""
    return _answered(intake, event) if event.move in ANSWERS else intake


FOLDS: Final[Mapping[type[Event], Callable[[Any, Any], Intake]]] = {
    OrderReceived: _received,
    OrderResubmitted: _resubmitted,
    OrderScreened: screened,
    DeviationResolved: _resolved,
    OrderRepriced: _unchanged,
    OrderConfirmedBack: _confirming("sent"),
    OrderConfirmedByCustomer: _confirming("confirmed"),
    OrderDisputedByCustomer: _confirming("disputed"),
    OrderConfirmationLapsed: _confirming("lapsed"),
    OrderAcknowledged: _answered,
    OrderReturned: _returned,
    ReturnLapsed: _return_lapsed,
    OrderRejectedAtScreening: _answered,
    OrderPassedToReview: _passed,
    ResponseOverdue: _overdue,
    Event: _heard,
}
