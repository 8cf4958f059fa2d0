"""Intake's rules and clocks; what is decided stands in `receive`, `screen` and `confirm`, what follows in `fold`.

Whatever is unresolved blocks the way into review, not only acceptance: an order is reviewed as it will be
carried out. So the command that resolves the last open thing (screening, a difference, the customer's
confirmation) is the one that passes the order on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from orderlib.intake.confirm import acknowledge, answer_confirmation, confirm_back
from orderlib.intake.fold import FOLDS
from orderlib.intake.message import (
    AcknowledgeOrder,
    AnswerConfirmation,
    ConfirmBack,
    OrderConfirmationLapsed,
    ReceiveOrder,
    ResolveDeviation,
    ResponseOverdue,
    ResubmitOrder,
    ReturnLapsed,
    ReturnOrder,
    ScreenOrder,
)
from orderlib.intake.receive import receive, receive_needs, resubmit
from orderlib.intake.record import NOT_CONFIRMED, Intake, ScreeningOutcome
from orderlib.intake.screen import resolve, return_order, returned, screen, screen_needs
from orderlib.intake.slice import IntakeCase, IntakePolicies
from orderlib.values.dispatch import Rule
from orderlib.values.instant import Instant
from orderlib.values.message import Event, Stamp

__all__ = ["FOLDS", "RULES", "lapse"]

#: where an order waits for an answer
_OPEN: Final = frozenset({"received", "in_review"})
_RECEIVED: Final = frozenset({"received"})


def _to_screen(case: IntakeCase) -> Iterator[str]:
    """The order, as long as nothing was ruled, or a person must rule."""
    intake = case.intake
    if case.order is not None and (intake is None or intake.screening in (None, ScreeningOutcome.REVIEW)):
        yield case.order.id


def _to_resolve(case: IntakeCase) -> Iterator[str]:
    if case.intake is not None:
        yield from (each.id for each in case.intake.deviations if each.open)


def _to_confirm(state: str) -> Any:
    def about(case: IntakeCase) -> Iterator[str]:
        confirmation = case.intake.confirmation if case.intake is not None else None
        if case.order is not None and confirmation is not None and confirmation.state == state:
            yield case.order.id

    return about


def _to_answer(case: IntakeCase) -> Iterator[str]:
    intake = case.intake
    if case.order is not None and intake is not None and intake.receipts and intake.answered_at is None:
        yield case.order.id


def lapse(case: IntakeCase, now: Instant, stamp: Stamp, policies: IntakePolicies) -> Iterable[Event]:
    """Our answer is overdue, the customer's confirmation did not come, or a returned order stays away."""
    intake = case.intake
    if intake is not None:
        yield from _lapse(case, intake, now, stamp, policies)


def _lapse(case: IntakeCase, intake: Intake, now: Instant, stamp: Stamp, policies: IntakePolicies) -> Iterator[Event]:
    if intake.return_due_at is not None and intake.return_due_at <= now:
        yield ReturnLapsed(stamp, intake.return_due_at)
    if intake.respond_by_at is not None and intake.respond_by_at <= now:
        yield ResponseOverdue(stamp, intake.respond_by_at)
    confirmation = intake.confirmation
    due = confirmation.due_at if confirmation is not None and confirmation.state == "sent" else None
    if due is not None and due <= now and case.order is not None:
        yield OrderConfirmationLapsed(stamp, due)
        if case.state in _RECEIVED:
            yield from returned(case.order, intake, stamp, policies, (NOT_CONFIRMED("/intake/confirmation"),))


RULES: Final[tuple[Rule[Any], ...]] = (
    Rule(command=ReceiveOrder, handle=receive, moves=("receive",), needs=receive_needs, stage="intake"),
    Rule(
        command=ScreenOrder,
        handle=screen,
        moves=("start_review", "return_to_customer", "reject_at_screening"),
        needs=screen_needs,
        stage="intake",
        about=_to_screen,
    ),
    Rule(
        command=ResolveDeviation,
        handle=resolve,
        moves=("start_review", "return_to_customer"),
        needs=screen_needs,
        stage="intake",
        about=_to_resolve,
    ),
    Rule(command=ConfirmBack, handle=confirm_back, states=_RECEIVED, stage="intake", about=_to_confirm("needed")),
    Rule(
        command=AnswerConfirmation,
        handle=answer_confirmation,
        moves=("start_review", "return_to_customer"),
        stage="intake",
        about=_to_confirm("sent"),
    ),
    Rule(command=AcknowledgeOrder, handle=acknowledge, states=_OPEN, stage="intake", about=_to_answer),
    Rule(command=ReturnOrder, handle=return_order, moves=("return_to_customer",), stage="intake"),
    Rule(command=ResubmitOrder, handle=resubmit, moves=("resubmit",), needs=receive_needs, stage="intake"),
)
