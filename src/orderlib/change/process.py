"""The rules and clocks of changes, charges and cancellations; what is decided stands in `request`, `decide`,
`cancel` and `undo`, what comes of it in `fold`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from orderlib.change.cancel import (
    begun,
    decide_cancellation,
    overruled,
    request_cancellation,
    terminate,
    withdraw_cancellation,
)
from orderlib.change.decide import answer, carried_out, decide
from orderlib.change.fold import FOLDS
from orderlib.change.message import (
    AnswerChange,
    AnswerCharge,
    CancellationDeclined,
    CancellationLapsed,
    ChangeDeclined,
    ChangeLapsed,
    ChargeAccepted,
    ChargeDeclined,
    ChargeLapsed,
    CompensationOverdue,
    CompleteCompensation,
    DecideCancellation,
    DecideChange,
    ReceiveOrderChange,
    RequestCancellation,
    RequestChange,
    TerminateOrder,
    WithdrawCancellation,
    WithdrawChange,
)
from orderlib.change.record import ChangeLog, ChangeRequest
from orderlib.change.request import receive, request, withdraw_change
from orderlib.change.slice import ChangeCase, ChangePolicies, log_of, order_of
from orderlib.change.undo import complete
from orderlib.errors import FindingCode, RefusedError, Severity
from orderlib.review.sitting import needs_account
from orderlib.values.decision import Decided
from orderlib.values.dispatch import Rule, View
from orderlib.values.instant import Instant
from orderlib.values.message import Event, Stamp

__all__ = ["FOLDS", "RULES", "lapse"]

CHARGE_UNKNOWN: Final = FindingCode(
    "charge.unknown", Severity.ERROR, "no open charge {charge} is known", "不存在待答复的费用 {charge}"
)

#: states in which an order may be changed
_CHANGEABLE: Final = frozenset(
    {"received", "in_review", "conditionally_accepted", "accepted", "released", "in_execution"}
)
_CHANGES: Final = ("agree", "review_again")


def _answer_charge(view: View[ChangeCase], command: AnswerCharge, policies: ChangePolicies) -> Iterable[Event]:
    """The customer's word on a charge: what it was for is carried out, or left."""
    case, stamp, log = view.case, command.stamp(), log_of(view.case)
    charge = log.charges.get(command.charge_id)
    if charge is None or not charge.open:
        raise RefusedError(CHARGE_UNKNOWN("/charge_id", charge=command.charge_id))
    known = log.requests.get(charge.about)
    if known is not None:
        if command.accepts:
            return (ChargeAccepted(stamp, charge.id), *carried_out(view, stamp, known, policies))
        return (ChargeDeclined(stamp, charge.id), ChangeDeclined(stamp, known.id))
    asked = log.cancellations[charge.about]
    if not command.accepts:
        return (ChargeDeclined(stamp, charge.id), CancellationDeclined(stamp, asked.id))
    _, ruled = overruled(case, stamp, asked, policies)
    decided = Decided(stamp, "cancellation", ruled)
    return (ChargeAccepted(stamp, charge.id), decided, *begun(view, stamp, asked, ruled))


def lapse(case: ChangeCase, now: Instant, stamp: Stamp, _policies: ChangePolicies) -> Iterator[Event]:
    """Silence declines changes, charges and cancellations; what should be undone by now is overdue."""
    log = log_of(case)
    for charge in log.open_charges:
        if charge.due_at <= now:
            yield ChargeLapsed(stamp, charge.id, charge.due_at)
    for known in log.open_requests:
        if known.due_at <= now:
            yield _lapsed(case, known, stamp)
    for asked in log.open_cancellations:
        if asked.state != "compensating" and asked.due_at <= now:
            yield CancellationLapsed(stamp, asked.id, asked.due_at)
        for item in asked.unfinished:
            if item.due_at <= now and not item.warned:
                yield CompensationOverdue(stamp, asked.id, item.id, item.owner)


def _lapsed(case: ChangeCase, known: ChangeRequest, stamp: Stamp) -> ChangeLapsed:
    order = order_of(case)
    return ChangeLapsed(
        stamp,
        change_id=known.id,
        order_id=order.id,
        customer=order.buyer,
        sequence=known.sequence,
        due_at=known.due_at,
    )


About = Callable[[ChangeCase], Iterable[str]]


def _things(found: Callable[[ChangeLog], Iterable[str]]) -> About:
    def about(case: ChangeCase) -> Iterable[str]:
        return () if case.change is None else tuple(found(case.change))

    return about


def _order(case: ChangeCase) -> Iterable[str]:
    return () if case.order is None else (case.order.id,)


def _stoppable(case: ChangeCase) -> Iterable[str]:
    """The order, unless nobody knows it or its cancellation is open already."""
    if case.version == 0 or (case.change is not None and any(each.whole for each in case.change.open_cancellations)):
        return ()
    return (case.order.id,) if case.order is not None else (case.id,)


_to_decide: Final = _things(lambda log: [each.id for each in log.requests if each.state == "requested"])
_to_answer: Final = _things(lambda log: [each.id for each in log.proposals])
_to_withdraw: Final = _things(lambda log: [each.id for each in log.open_requests])
_charges: Final = _things(lambda log: [each.id for each in log.open_charges])
_to_judge: Final = _things(lambda log: [each.id for each in log.cancellations if each.state == "requested"])
_to_drop: Final = _things(lambda log: [e.id for e in log.open_cancellations if e.state in ("requested", "charged")])
_to_undo: Final = _things(lambda log: [item.id for each in log.open_cancellations for item in each.unfinished])

RULES: Final[tuple[Rule[Any], ...]] = (
    Rule(
        command=RequestChange,
        handle=request,
        moves=_CHANGES,
        states=_CHANGEABLE,
        needs=needs_account,
        stage="change-request",
        about=_order,
    ),
    Rule(
        command=ReceiveOrderChange,
        handle=receive,
        moves=_CHANGES,
        states=_CHANGEABLE,
        needs=needs_account,
        stage="change-request",
        about=_order,
    ),
    Rule(
        command=DecideChange,
        handle=decide,
        moves=_CHANGES,
        states=_CHANGEABLE,
        needs=needs_account,
        stage="change",
        about=_to_decide,
    ),
    Rule(
        command=AnswerChange,
        handle=answer,
        moves=_CHANGES,
        states=_CHANGEABLE,
        needs=needs_account,
        stage="counter-offer",
        about=_to_answer,
    ),
    Rule(
        command=AnswerCharge,
        handle=_answer_charge,
        moves=(*_CHANGES, "cancel", "terminate"),
        states=_CHANGEABLE,
        needs=needs_account,
        stage="counter-offer",
        about=_charges,
    ),
    Rule(
        command=WithdrawChange, handle=withdraw_change, states=_CHANGEABLE, stage="change-request", about=_to_withdraw
    ),
    Rule(
        command=RequestCancellation,
        handle=request_cancellation,
        moves=("cancel",),
        needs=needs_account,
        stage="change-request",
        about=_stoppable,
    ),
    Rule(
        command=TerminateOrder,
        handle=terminate,
        moves=("terminate",),
        needs=needs_account,
        stage="change",
        about=_stoppable,
    ),
    Rule(
        command=DecideCancellation,
        handle=decide_cancellation,
        moves=("cancel", "terminate"),
        needs=needs_account,
        stage="change",
        about=_to_judge,
    ),
    Rule(
        command=WithdrawCancellation,
        handle=withdraw_cancellation,
        moves=("cancel",),
        stage="change-request",
        about=_to_drop,
    ),
    Rule(
        command=CompleteCompensation,
        handle=complete,
        moves=("cancel", "terminate"),
        needs=needs_account,
        stage="compensation",
        about=_to_undo,
    ),
)
