"""What each event does to the record of changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

import attrs

from orderlib.change.brought import ChangesBrought
from orderlib.change.message import (
    CancellationBegun,
    CancellationCompleted,
    CancellationDeclined,
    CancellationLapsed,
    CancellationRefused,
    CancellationRequested,
    CancellationWithdrawn,
    ChangeAccepted,
    ChangeAgreed,
    ChangeCountered,
    ChangeDeclined,
    ChangeLapsed,
    ChangeProposed,
    ChangeRejected,
    ChangeRequested,
    ChangeSuperseded,
    ChangeWithdrawn,
    ChargeAccepted,
    ChargeDeclined,
    ChargeLapsed,
    ChargeQuoted,
    ChargeWithdrawn,
    CompensationDone,
    CompensationOverdue,
    OrderCancelled,
    OrderTerminated,
)
from orderlib.change.record import Cancellation, ChangeLog, ChangeRequest, Charge
from orderlib.change.table import CANCELLATION, CHANGE_REQUEST, CHARGE
from orderlib.values.identifier import ItemId, LineId
from orderlib.values.message import Event

__all__ = ["FOLDS"]

Fold = Callable[[Any, Any], ChangeLog]


def _request(log: ChangeLog, request: ChangeRequest, move: str, **changes: Any) -> ChangeLog:
    new = attrs.evolve(request, state=CHANGE_REQUEST.moves[request.state][move], **changes)
    return attrs.evolve(log, requests=log.requests.replace((new,)))


def _charge(log: ChangeLog, charge: Charge, move: str) -> ChangeLog:
    new = attrs.evolve(charge, state=CHARGE.moves[charge.state][move])
    return attrs.evolve(log, charges=log.charges.replace((new,)))


def _cancellation(log: ChangeLog, known: Cancellation, move: str, **changes: Any) -> ChangeLog:
    new = attrs.evolve(known, state=CANCELLATION.moves[known.state][move], **changes)
    return attrs.evolve(log, cancellations=log.cancellations.replace((new,)))


def _requested(log: ChangeLog | None, event: ChangeRequested) -> ChangeLog:
    known, request = log or ChangeLog(), event.request
    sequence = max(known.sequence, request.sequence or 0)
    return attrs.evolve(known, requests=known.requests.add((request,)), sequence=sequence)


def _brought(log: ChangeLog | None, event: ChangesBrought) -> ChangeLog:
    known = log or ChangeLog()
    sequence = max((known.sequence, *(each.sequence or 0 for each in event.requests)))
    requests, charges = known.requests.add(event.requests), known.charges.add(event.charges)
    return attrs.evolve(known, requests=requests, charges=charges, sequence=sequence)


def _move_request(move: str) -> Fold:
    def fold(log: ChangeLog, event: Any) -> ChangeLog:
        return _request(log, log.requests[event.change_id], move)

    return fold


def _applied(log: ChangeLog, event: ChangeAccepted | ChangeAgreed) -> ChangeLog:
    request = log.requests[event.change_id]
    gone = {**dict(log.gone), **{each.line.id: each.line.item.id for each in request.wanted.removed}}
    back = {each.line.id for each in request.wanted.added}
    left: Iterable[tuple[LineId, ItemId]] = ((line, item) for line, item in gone.items() if line not in back)
    return attrs.evolve(_request(log, request, "apply"), gone=tuple(left))


def _proposed(log: ChangeLog, event: ChangeProposed) -> ChangeLog:
    return _request(log, log.requests[event.change_id], "propose", due_at=event.due_at, consent=event.consent)


def _quoted(log: ChangeLog, event: ChargeQuoted) -> ChangeLog:
    charge = event.charge
    log = attrs.evolve(log, charges=log.charges.add((charge,)))
    request = log.requests.get(charge.about)
    if request is not None and request.open:
        return _request(log, request, "quote", due_at=charge.due_at, consent=event.consent)
    return _cancellation(log, log.cancellations[charge.about], "quote", due_at=charge.due_at)


def _move_charge(move: str) -> Fold:
    def fold(log: ChangeLog, event: Any) -> ChangeLog:
        return _charge(log, log.charges[event.charge_id], move)

    return fold


def _cancellation_requested(log: ChangeLog | None, event: CancellationRequested) -> ChangeLog:
    known = log or ChangeLog()
    return attrs.evolve(known, cancellations=known.cancellations.add((event.cancellation,)))


def _move_cancellation(move: str) -> Fold:
    def fold(log: ChangeLog, event: Any) -> ChangeLog:
        return _cancellation(log, log.cancellations[event.cancellation_id], move)

    return fold


def _begun(log: ChangeLog, event: CancellationBegun) -> ChangeLog:
    return _cancellation(log, log.cancellations[event.cancellation_id], "begin", items=event.items)


def _item(log: ChangeLog, event: CompensationDone | CompensationOverdue, **changes: Any) -> ChangeLog:
    known = log.cancellations[event.cancellation_id]
    items = known.items.replace((attrs.evolve(known.items[event.item_id], **changes),))
    return attrs.evolve(log, cancellations=log.cancellations.replace((attrs.evolve(known, items=items),)))


def _done(log: ChangeLog, event: CompensationDone) -> ChangeLog:
    return _item(log, event, evidence=event.evidence, done_at=event.occurred_at)


def _overdue(log: ChangeLog, event: CompensationOverdue) -> ChangeLog:
    return _item(log, event, warned=True)


def _ended(log: ChangeLog, _event: Event) -> ChangeLog:
    """The order has ended: what was in question is no longer."""
    for request in log.open_requests:
        log = _request(log, request, "supersede")
    for charge in log.open_charges:
        log = _charge(log, charge, "withdraw")
    return log


FOLDS: Final[Mapping[type[Event], Fold]] = {
    ChangesBrought: _brought,
    ChangeRequested: _requested,
    ChangeAccepted: _applied,
    ChangeAgreed: _applied,
    ChangeProposed: _proposed,
    ChangeCountered: _move_request("counter"),
    ChangeRejected: _move_request("reject"),
    ChangeDeclined: _move_request("decline"),
    ChangeWithdrawn: _move_request("withdraw"),
    ChangeLapsed: _move_request("lapse"),
    ChangeSuperseded: _move_request("supersede"),
    ChargeQuoted: _quoted,
    ChargeAccepted: _move_charge("accept"),
    ChargeDeclined: _move_charge("decline"),
    ChargeLapsed: _move_charge("lapse"),
    ChargeWithdrawn: _move_charge("withdraw"),
    CancellationRequested: _cancellation_requested,
    CancellationBegun: _begun,
    CancellationCompleted: _move_cancellation("complete"),
    CancellationRefused: _move_cancellation("refuse"),
    CancellationDeclined: _move_cancellation("decline"),
    CancellationWithdrawn: _move_cancellation("withdraw"),
    CancellationLapsed: _move_cancellation("lapse"),
    CompensationDone: _done,
    CompensationOverdue: _overdue,
    OrderCancelled: _ended,
    OrderTerminated: _ended,
}
