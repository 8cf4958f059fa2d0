"""Confirming back an order that was only spoken (ISO 9001:2015, 8.2.3.1), and acknowledging any order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from orderlib.errors import FindingCode, RefusedError, Severity
from orderlib.intake.fold import FOLDS
from orderlib.intake.message import (
    AcknowledgeOrder,
    AnswerConfirmation,
    ConfirmBack,
    OrderAcknowledged,
    OrderConfirmedBack,
    OrderConfirmedByCustomer,
    OrderDisputedByCustomer,
)
from orderlib.intake.record import Intake
from orderlib.intake.screen import onward, returned
from orderlib.intake.slice import IntakeCase, IntakePolicies
from orderlib.intake.table import CONFIRMATION
from orderlib.intake.term import clock
from orderlib.order.record import Order
from orderlib.values.dispatch import View
from orderlib.values.instant import later
from orderlib.values.message import Event

__all__ = ["acknowledge", "answer_confirmation", "confirm_back"]

NOTHING_TO_CONFIRM: Final = FindingCode(
    "intake.nothing-to-confirm",
    Severity.ERROR,
    "the order has a document; there is nothing to confirm back",
    "订单已有书面文件，无需回复确认",
)
CONFIRM_PAST: Final = FindingCode(
    "intake.confirmation-past", Severity.ERROR, "the customer's word would be due at {due}", "客户确认期限 {due} 已过"
)
CONFIRM_UNWRITTEN: Final = FindingCode(
    "intake.confirmation-unwritten",
    Severity.ERROR,
    "nothing has been written back; without that it takes the customer's own document",
    "尚未书面回复；若未回复，须有客户自己的书面文件",
)
DISPUTE_REASON: Final = FindingCode(
    "intake.dispute-reason", Severity.ERROR, "what is wrong must be said", "必须说明有何不符"
)
DISPUTED: Final = FindingCode(
    "intake.disputed", Severity.ERROR, "the customer does not confirm it: {why}", "客户不予确认：{why}"
)
ANSWERED: Final = FindingCode(
    "intake.answered", Severity.ERROR, "the customer has had an answer at {at}", "客户已于 {at} 得到答复"
)


def _moves(case: IntakeCase, move: str) -> Intake:
    """The record of intake, where the confirmation can take that move; raises `RefusedError`."""
    intake = case.intake
    confirmation = intake.confirmation if intake is not None else None
    if intake is None or confirmation is None:
        raise RefusedError(NOTHING_TO_CONFIRM("/intake/confirmation"))
    if CONFIRMATION.target(confirmation.state, move) is None:
        raise RefusedError(CONFIRMATION.refusal(confirmation.state, move, "/intake/confirmation"))
    return intake


def _order(case: IntakeCase) -> Order:
    assert case.order is not None  # noqa: S101 - a received order stands on its case
    return case.order


def confirm_back(view: View[IntakeCase], command: ConfirmBack, policies: IntakePolicies) -> Iterator[Event]:
    """We write what we understood."""
    intake, order, stamp = _moves(view.case, "write_back"), _order(view.case), command.stamp()
    due = command.due_at
    if due is None:
        decided, times = clock(policies, order, intake.channel, stamp)
        due = later(command.moment, times.wait_within)
        yield decided
    elif due <= command.moment:
        raise RefusedError(CONFIRM_PAST("/due_at", due=due))
    yield OrderConfirmedBack(stamp, order.id, order.buyer, due, command.document)


def answer_confirmation(
    view: View[IntakeCase], command: AnswerConfirmation, policies: IntakePolicies
) -> Iterator[Event]:
    """The customer's word: the order goes on where nothing else is open, or back."""
    intake = _moves(view.case, "confirm" if command.agrees else "dispute")
    order, stamp = _order(view.case), command.stamp()
    unwritten = intake.confirmation is not None and intake.confirmation.state == "needed"
    if command.agrees and unwritten and command.document is None:
        raise RefusedError(CONFIRM_UNWRITTEN("/document"))
    if command.agrees:
        said = OrderConfirmedByCustomer(stamp, command.document)
        yield said
        yield from onward(order, FOLDS[OrderConfirmedByCustomer](intake, said), stamp, policies)
        return
    if not command.reason:
        raise RefusedError(DISPUTE_REASON("/reason"))
    yield OrderDisputedByCustomer(stamp, command.document)
    yield from returned(order, intake, stamp, policies, (DISPUTED("/intake/confirmation", why=command.reason),))


def acknowledge(view: View[IntakeCase], command: AcknowledgeOrder, _policies: IntakePolicies) -> Iterable[Event]:
    """The customer hears that the order is being looked at."""
    intake, order = view.case.intake or Intake(), _order(view.case)
    if intake.answered_at is not None:
        raise RefusedError(ANSWERED("/intake/answered_at", at=intake.answered_at))
    return (OrderAcknowledged(command.stamp(), order.id, order.buyer, intake.channel),)
