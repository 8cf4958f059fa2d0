"""Purchase commitments decide their commands, book what suppliers report, and follow their events."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

import attrs

from orderlib.errors import Finding, FindingCode, InvalidValueError, RefusedError, Severity
from orderlib.supply.commitment import PurchaseCommitment, check_unit
from orderlib.supply.entry import check_sign
from orderlib.supply.message import (
    CancelPurchase,
    CommitmentCommand,
    CommitmentEvent,
    OrderPurchase,
    PlanPurchase,
    PurchaseCancelled,
    PurchaseConfirmed,
    PurchaseDelayed,
    PurchaseNoted,
    PurchaseOrdered,
    PurchaseOverdue,
    PurchasePartReceived,
    PurchasePlanned,
    PurchaseReceived,
    ReportPurchaseConfirmed,
    ReportPurchaseDelayed,
    ReportPurchaseReceived,
)
from orderlib.supply.table import COMMITMENT
from orderlib.values.instant import Instant
from orderlib.values.message import Command, Event, Stamp
from orderlib.values.party import SYSTEM
from orderlib.values.quantity import Quantity

__all__ = ["decide", "evolve", "lapse"]


def _code(name: str, en: str, zh: str, severity: Severity = Severity.ERROR) -> FindingCode:
    return FindingCode(f"commitment.{name}", severity, en, zh)


EXISTS: Final = _code("exists", "purchase {id} is on record already", "采购 {id} 已存在")
UNKNOWN: Final = _code("unknown", "there is no such purchase", "不存在该采购")
UNKNOWN_COMMAND: Final = _code("unknown-command", "a purchase does not take {command}", "采购不接受 {command}")
NOT_NEW: Final = _code("not-new", "a purchase begins as planned, not as {state}", "采购须从计划开始，而不是 {state}")
REASON: Final = _code("reason-missing", "a reason is needed", "必须说明原因")
IMPOSSIBLE: Final = _code(
    "impossible-event", "{event} cannot follow in state {state}", "状态 {state} 之后不能出现事件 {event}"
)
LATER: Final = _code(
    "later",
    "{supplier} delivers on {on}, {days} days after {requested}",
    "{supplier} 于 {on} 交付，晚于 {requested} {days} 天",
    Severity.WARNING,
)
LESS: Final = _code(
    "less",
    "{supplier} confirms {found} of {expected}",
    "{supplier} 仅确认 {found}（订购 {expected}）",
    Severity.WARNING,
)
MORE: Final = _code(
    "more", "{found} have come, {expected} were still to come", "收到 {found}，尚欠 {expected}", Severity.WARNING
)
UNASKED: Final = _code("not-ordered", "it was not ordered yet", "尚未下单", Severity.WARNING)
OVER: Final = _code("over", "the purchase is {state} already", "该采购已处于 {state}", Severity.WARNING)
OVERDUE: Final = _code(
    "overdue", "{supplier} was to deliver {quantity} on {on}", "{supplier} 应于 {on} 交付 {quantity}", Severity.WARNING
)


def decide(commitment: PurchaseCommitment | None, command: Command) -> tuple[Event, ...]:
    """What a command changes, and what a report books; a day that has passed by its moment is told first.

    Raises `RefusedError` (`commitment.exists`, `commitment.unknown`, `commitment.not-new`,
    `commitment.reason-missing`, `chart.no-move`) and `InvalidValueError` (`supply.unit`, `supply.negative-quantity`).
    """
    if isinstance(command, PlanPurchase):
        return _plan(commitment, command)
    handle = _HANDLERS.get(type(command))
    if handle is None or not isinstance(command, CommitmentCommand):
        raise RefusedError(UNKNOWN_COMMAND(command=type(command).__name__))
    if commitment is None:
        raise RefusedError(UNKNOWN("/commitment_id"), allowed=("PlanPurchase",))
    stamp = command.stamp()
    lapsed = lapse(commitment, command.moment, attrs.evolve(stamp, by=SYSTEM, reason=""))
    for each in lapsed:
        commitment = evolve(commitment, each)
    return (*lapsed, *handle(commitment, command, stamp))


def _plan(commitment: PurchaseCommitment | None, command: PlanPurchase) -> tuple[Event, ...]:
    new = command.commitment
    if commitment is not None:
        raise RefusedError(EXISTS("/commitment/id", id=commitment.id))
    if new != PurchaseCommitment(
        new.id,
        new.supplier_id,
        new.item_id,
        new.quantity,
        new.requested_on,
        price=new.price,
        serves=new.serves,
        zone=new.zone,
    ):
        raise RefusedError(NOT_NEW("/commitment/state", state=new.state))
    return (PurchasePlanned(command.stamp(), new),)


def lapse(commitment: PurchaseCommitment | None, now: Instant, stamp: Stamp) -> tuple[PurchaseOverdue, ...]:
    """That the day has passed by `now` and not everything has come; it occurred when the day was over."""
    due = None if commitment is None else commitment.next_due
    if commitment is None or due is None or due > now:
        return ()
    supplier, on = commitment.supplier_id, commitment.expected_on
    finding = OVERDUE("/expected_on", supplier=supplier, quantity=commitment.outstanding, on=on)
    return (PurchaseOverdue(attrs.evolve(stamp, occurred_at=due), commitment.id, on, findings=[finding]),)


def _moved(commitment: PurchaseCommitment, move: str) -> None:
    if COMMITMENT.target(commitment.state, move) is None:
        raise RefusedError(COMMITMENT.refusal(commitment.state, move, "/state"))


def _order(commitment: PurchaseCommitment, _command: OrderPurchase, stamp: Stamp) -> tuple[Event, ...]:
    _moved(commitment, PurchaseOrdered.move)
    return (PurchaseOrdered(stamp, commitment.id),)


def _cancel(commitment: PurchaseCommitment, command: CancelPurchase, stamp: Stamp) -> tuple[Event, ...]:
    if not command.reason:
        raise RefusedError(REASON("/reason"))
    _moved(commitment, PurchaseCancelled.move)
    return (PurchaseCancelled(stamp, commitment.id),)


def _report_confirmed(
    commitment: PurchaseCommitment, command: ReportPurchaseConfirmed, stamp: Stamp
) -> tuple[Event, ...]:
    return _word(commitment, command.quantity, command.on, stamp)


def _report_delayed(commitment: PurchaseCommitment, command: ReportPurchaseDelayed, stamp: Stamp) -> tuple[Event, ...]:
    return _word(commitment, commitment.confirmed or commitment.quantity, command.on, stamp)


def _word(commitment: PurchaseCommitment, quantity: Quantity, on: date, stamp: Stamp) -> tuple[Event, ...]:
    """What the supplier says: by the day asked for it is confirmed, later it is late."""
    check_unit(commitment, quantity, "/quantity")
    check_sign(quantity)
    if not commitment.open:
        return (PurchaseNoted(stamp, commitment.id, findings=[OVER("/state", state=commitment.state)]),)
    found = _unordered(commitment)
    supplier, requested = commitment.supplier_id, commitment.requested_on
    if quantity < commitment.quantity:
        found.append(LESS("/quantity", supplier=supplier, found=quantity, expected=commitment.quantity))
    if on <= requested:
        return (PurchaseConfirmed(stamp, commitment.id, quantity, on, findings=found),)
    found.append(LATER("/on", supplier=supplier, on=on, requested=requested, days=(on - requested).days))
    return (PurchaseDelayed(stamp, commitment.id, quantity, on, findings=found),)


def _unordered(commitment: PurchaseCommitment) -> list[Finding]:
    return [UNASKED("/state")] if commitment.state == "planned" else []


def _report_received(
    commitment: PurchaseCommitment, command: ReportPurchaseReceived, stamp: Stamp
) -> tuple[Event, ...]:
    quantity, left = command.quantity, commitment.outstanding
    check_unit(commitment, quantity, "/quantity")
    check_sign(quantity)
    if not commitment.open:
        return (PurchaseNoted(stamp, commitment.id, quantity, findings=[OVER("/state", state=commitment.state)]),)
    found = _unordered(commitment)
    if quantity < left:
        return (PurchasePartReceived(stamp, commitment.id, quantity, findings=found),)
    if quantity > left:
        found.append(MORE("/quantity", found=quantity, expected=left))
    return (PurchaseReceived(stamp, commitment.id, quantity, findings=found),)


_HANDLERS: Final[Mapping[type[Command], Callable[[PurchaseCommitment, Any, Stamp], tuple[Event, ...]]]] = {
    OrderPurchase: _order,
    CancelPurchase: _cancel,
    ReportPurchaseConfirmed: _report_confirmed,
    ReportPurchaseDelayed: _report_delayed,
    ReportPurchaseReceived: _report_received,
}


def evolve(commitment: PurchaseCommitment | None, event: Event) -> PurchaseCommitment:
    """The commitment after one event.

    Raises `InvalidValueError` (`commitment.impossible-event`) for an event that cannot follow: such a history was not
    made by `decide`.
    """
    if isinstance(event, PurchasePlanned) and commitment is None:
        return attrs.evolve(event.commitment, version=1)
    if commitment is None or not isinstance(event, CommitmentEvent):
        raise InvalidValueError(IMPOSSIBLE(event=type(event).__name__, state=commitment.state if commitment else "-"))
    state = commitment.state
    if event.move:
        target = COMMITMENT.target(state, event.move)
        if target is None:
            raise InvalidValueError(IMPOSSIBLE(event=type(event).__name__, state=state))
        state = target
    return attrs.evolve(commitment, state=state, version=commitment.version + 1, **_changes(commitment, event))


def _changes(commitment: PurchaseCommitment, event: CommitmentEvent) -> dict[str, Any]:
    """What an event changes beside the state."""
    if isinstance(event, (PurchaseConfirmed, PurchaseDelayed)):
        return {"confirmed": event.quantity, "confirmed_on": event.on}
    if isinstance(event, PurchaseOverdue):
        return {"warned_on": event.on}
    if isinstance(event, (PurchasePartReceived, PurchaseReceived, PurchaseNoted)) and event.quantity is not None:
        before = commitment.received or Quantity.zero(commitment.quantity.unit)
        return {"received": before + event.quantity}
    return {}
