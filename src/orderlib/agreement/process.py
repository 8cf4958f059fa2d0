"""Agreements decide their commands and follow their events; cases call off through `reserve`, `release`, `consume`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, Final, TypeVar

import attrs

from orderlib.agreement.message import (
    AgreementCommand,
    AgreementDrafted,
    AgreementEvent,
    AgreementExhausted,
    AgreementExpired,
    AgreementResumed,
    AgreementSigned,
    AgreementSuspended,
    AgreementTerminated,
    CallOffConsumed,
    CallOffReleased,
    CallOffReserved,
    DraftAgreement,
    ResumeAgreement,
    SignAgreement,
    SuspendAgreement,
    TerminateAgreement,
)
from orderlib.agreement.record import AgreementAccount, CallOff, ItemBalance, ItemQuantity
from orderlib.agreement.table import AGREEMENT
from orderlib.errors import FindingCode, InvalidValueError, RefusedError, Severity
from orderlib.values.decimals import EXACT
from orderlib.values.identifier import CaseId, ItemId
from orderlib.values.instant import Instant
from orderlib.values.lines import Lines
from orderlib.values.message import Command, Event, Stamp
from orderlib.values.party import SYSTEM

__all__ = ["consume", "decide", "evolve", "lapse", "release"]

EXISTS: Final = FindingCode(
    "agreement.exists", Severity.ERROR, "agreement {id} is on record already", "协议 {id} 已存在"
)
UNKNOWN: Final = FindingCode("agreement.unknown", Severity.ERROR, "there is no such agreement", "不存在该协议")
UNKNOWN_COMMAND: Final = FindingCode(
    "agreement.unknown-command", Severity.ERROR, "an agreement does not take {command}", "协议不接受 {command}"
)
REASON: Final = FindingCode("agreement.reason-missing", Severity.ERROR, "a reason is needed", "必须说明原因")
LATE: Final = FindingCode(
    "agreement.after-lapse",
    Severity.INFO,
    "before this command's moment, the agreement had expired",
    "在此命令之前，协议已到期",
)
IMPOSSIBLE: Final = FindingCode(
    "agreement.impossible-event",
    Severity.ERROR,
    "{event} cannot follow in state {state}",
    "状态 {state} 之后不能出现事件 {event}",
)

_ZERO: Final = Decimal(0)
_MOVES: Final[Mapping[type[Command], type[AgreementEvent]]] = {
    SignAgreement: AgreementSigned,
    SuspendAgreement: AgreementSuspended,
    ResumeAgreement: AgreementResumed,
    TerminateAgreement: AgreementTerminated,
}
_EXPLAINED: Final = frozenset({SuspendAgreement, TerminateAgreement})


def decide(account: AgreementAccount | None, command: Command) -> tuple[Event, ...]:
    """What a command changes.

    The end of the term counts before the command, where it came first. Raises `RefusedError` with every
    reason (`agreement.exists`, `agreement.unknown`, `agreement.reason-missing`, `chart.no-move` …).
    """
    if isinstance(command, DraftAgreement):
        if account is not None:
            raise RefusedError(EXISTS("/agreement/id", id=account.id))
        return (AgreementDrafted(command.stamp(), command.agreement),)
    event = _MOVES.get(type(command))
    if event is None or not isinstance(command, AgreementCommand):
        raise RefusedError(UNKNOWN_COMMAND(command=type(command).__name__))
    if account is None:
        raise RefusedError(UNKNOWN("/agreement_id"), allowed=("DraftAgreement",))
    stamp = command.stamp()
    lapsed = lapse(account, command.moment, Stamp(stamp.cause, SYSTEM, stamp.occurred_at, stamp.recorded_at))
    for each in lapsed:
        account = evolve(account, each)
    wrong = [REASON("/reason")] if type(command) in _EXPLAINED and not command.reason else []
    if AGREEMENT.target(account.state, event.move) is None:
        wrong.append(AGREEMENT.refusal(account.state, event.move, "/state"))
    if wrong:
        late = [LATE("/at")] if lapsed else []
        raise RefusedError(*wrong, *late, allowed=_allowed(account.state))
    return (*lapsed, event(stamp, command.agreement_id))


def _allowed(state: str) -> tuple[str, ...]:
    return tuple(
        sorted(command.__name__ for command, event in _MOVES.items() if AGREEMENT.target(state, event.move) is not None)
    )


def lapse(account: AgreementAccount | None, now: Instant, stamp: Stamp) -> tuple[Event, ...]:
    """What has lapsed by `now`: the agreement, where its term is over. It occurred when the term ended."""
    due = None if account is None else account.next_due
    if account is None or due is None or due > now:
        return ()
    return (AgreementExpired(attrs.evolve(stamp, occurred_at=due), account.id),)


def release(account: AgreementAccount, case_id: str, stamp: Stamp) -> tuple[Event, ...]:
    """The events that free all that a case has reserved; none where it has nothing reserved."""
    known = account.call_offs.get(case_id)
    if known is None or not known.reserved:
        return ()
    return (CallOffReleased(stamp, account.id, CaseId(case_id), known.reserved),)


def consume(account: AgreementAccount, case_id: str, items: Iterable[ItemQuantity], stamp: Stamp) -> tuple[Event, ...]:
    """The events of a delivery on a call-off; the last delivery of all exhausts the agreement.

    A delivery is a fact: it counts whatever the agreement's state, also beyond what was agreed or reserved.
    """
    taken = tuple(each for each in items if each.quantity)
    if not taken:
        return ()
    event = CallOffConsumed(stamp, account.id, CaseId(case_id), taken)
    after = evolve(account, event)
    if after.used_up and AGREEMENT.target(after.state, AgreementExhausted.move) is not None:
        return (event, AgreementExhausted(stamp, account.id))
    return (event,)


def evolve(account: AgreementAccount | None, event: Event) -> AgreementAccount:
    """The agreement after one event.

    Raises `InvalidValueError` (`agreement.impossible-event`) for an event that cannot follow: such a history
    was not made by `decide`.
    """
    if isinstance(event, AgreementDrafted):
        if account is not None:
            raise InvalidValueError(IMPOSSIBLE(event="AgreementDrafted", state=account.state))
        return AgreementAccount(agreement=event.agreement, version=1)
    if account is None or not isinstance(event, AgreementEvent):
        raise InvalidValueError(IMPOSSIBLE(event=type(event).__name__, state=account.state if account else "-"))
    state = account.state
    if event.move:
        target = AGREEMENT.target(state, event.move)
        if target is None:
            raise InvalidValueError(IMPOSSIBLE(event=type(event).__name__, state=state))
        state = target
    fold = _FOLDS.get(type(event))
    if fold is not None:
        account = fold(account, event)
    return attrs.evolve(account, state=state, version=account.version + 1)


def _posted(
    account: AgreementAccount,
    case_id: CaseId,
    reserved: Mapping[ItemId, Decimal],
    consumed: Mapping[ItemId, Decimal],
) -> AgreementAccount:
    """The account after what one case has reserved and consumed has changed by so much."""
    known = account.call_offs.get(case_id) or CallOff(case_id)
    call_off = CallOff(case_id, _sum(known.reserved, reserved), _sum(known.consumed, consumed))
    balances: list[ItemBalance] = []
    for item_id in dict.fromkeys((*reserved, *consumed)):
        balance = account.balances.get(item_id) or ItemBalance(item_id)
        balances.append(
            ItemBalance(
                item_id,
                EXACT.add(balance.reserved, reserved.get(item_id, _ZERO)),
                EXACT.add(balance.consumed, consumed.get(item_id, _ZERO)),
            )
        )
    return attrs.evolve(
        account, balances=_put(account.balances, balances), call_offs=_put(account.call_offs, [call_off])
    )


B = TypeVar("B", ItemBalance, CallOff)


def _put(lines: Lines[B], members: list[B]) -> Lines[B]:
    """The collection with members in the places of those that had their ids, new ones at the end."""
    return lines.replace(each for each in members if each.id in lines).add(
        each for each in members if each.id not in lines
    )


def _sum(known: Iterable[ItemQuantity], more: Mapping[ItemId, Decimal]) -> tuple[ItemQuantity, ...]:
    sums = {each.item_id: each.quantity for each in known}
    for item_id, quantity in more.items():
        sums[item_id] = EXACT.add(sums.get(item_id, _ZERO), quantity)
    return tuple(ItemQuantity(item_id, quantity) for item_id, quantity in sums.items() if quantity)


def _by_item(items: Iterable[ItemQuantity]) -> dict[ItemId, Decimal]:
    sums: dict[ItemId, Decimal] = {}
    for each in items:
        sums[each.item_id] = EXACT.add(sums.get(each.item_id, _ZERO), each.quantity)
    return sums


def _reserved(account: AgreementAccount, event: CallOffReserved) -> AgreementAccount:
    return _posted(account, event.case_id, _by_item(event.items), {})


def _freed(account: AgreementAccount, case_id: str, items: Mapping[ItemId, Decimal]) -> dict[ItemId, Decimal]:
    """By how much reservations shrink: by what is named, but by no more than the case has."""
    known = account.call_offs.get(case_id)
    held = _by_item(known.reserved) if known else {}
    return {item_id: -min(held[item_id], quantity) for item_id, quantity in items.items() if item_id in held}


def _released(account: AgreementAccount, event: CallOffReleased) -> AgreementAccount:
    return _posted(account, event.case_id, _freed(account, event.case_id, _by_item(event.items)), {})


def _consumed(account: AgreementAccount, event: CallOffConsumed) -> AgreementAccount:
    items = _by_item(event.items)
    return _posted(account, event.case_id, _freed(account, event.case_id, items), items)


_FOLDS: Final[Mapping[type[Event], Callable[[AgreementAccount, Any], AgreementAccount]]] = {
    CallOffReserved: _reserved,
    CallOffReleased: _released,
    CallOffConsumed: _consumed,
}
