"""Accounts decide their commands and follow their events; cases expose through `expose`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

import attrs

from orderlib.account.message import (
    AccountBlocked,
    AccountCommand,
    AccountEvent,
    AccountOpened,
    AccountUnblocked,
    BlockAccount,
    CreditLimitSet,
    DunningLevelSet,
    ExposureSet,
    OpenAccount,
    SetCreditLimit,
    UnblockAccount,
)
from orderlib.account.record import CURRENCY, CustomerAccount, Exposure, check_limit, convert
from orderlib.errors import FindingCode, InvalidValueError, RefusedError, Severity
from orderlib.values.currency import priced_currency
from orderlib.values.identifier import CaseId
from orderlib.values.instant import Instant
from orderlib.values.lines import Lines
from orderlib.values.message import Command, Event, Stamp
from orderlib.values.money import Money
from orderlib.values.rate import ExchangeRate

__all__ = ["decide", "evolve", "expose", "lapse"]

EXISTS: Final = FindingCode("account.exists", Severity.ERROR, "account {id} is open already", "账户 {id} 已存在")
UNKNOWN: Final = FindingCode("account.unknown", Severity.ERROR, "there is no such account", "不存在该账户")
UNKNOWN_COMMAND: Final = FindingCode(
    "account.unknown-command", Severity.ERROR, "an account does not take {command}", "账户不接受 {command}"
)
REASON: Final = FindingCode("account.reason-missing", Severity.ERROR, "a reason is needed", "必须说明原因")
BLOCKED: Final = FindingCode(
    "account.blocked-already", Severity.ERROR, "the account is blocked already: {because}", "账户已被冻结：{because}"
)
NOT_BLOCKED: Final = FindingCode("account.not-blocked", Severity.ERROR, "the account is not blocked", "账户未被冻结")
IMPOSSIBLE: Final = FindingCode(
    "account.impossible-event", Severity.ERROR, "{event} cannot follow here", "此处不能出现事件 {event}"
)

#: sweeping out what is settled costs the length of the list, so it waits until half of it is
_SWEEP_FROM: Final = 64


def decide(account: CustomerAccount | None, command: Command) -> tuple[Event, ...]:
    """What a command changes.

    Raises `RefusedError` (`account.exists`, `account.unknown`, `account.blocked-already`, `account.not-blocked`,
    `account.reason-missing`) and `InvalidValueError` for a limit or currency that cannot be.
    """
    if isinstance(command, OpenAccount):
        return _open(account, command)
    handle = _HANDLERS.get(type(command))
    if handle is None or not isinstance(command, AccountCommand):
        raise RefusedError(UNKNOWN_COMMAND(command=type(command).__name__))
    if account is None:
        raise RefusedError(UNKNOWN("/account_id"), allowed=("OpenAccount",))
    return handle(account, command)


def _open(account: CustomerAccount | None, command: OpenAccount) -> tuple[Event, ...]:
    if account is not None:
        raise RefusedError(EXISTS("/account_id", id=account.id), allowed=_allowed(account))
    currency, _ = priced_currency(command.currency, address="/currency")
    check_limit(command.limit, currency)
    return (AccountOpened(command.stamp(), command.account_id, currency, command.limit),)


def _set_limit(account: CustomerAccount, command: SetCreditLimit) -> tuple[Event, ...]:
    check_limit(command.limit, account.currency)
    return (CreditLimitSet(command.stamp(), account.id, command.limit),)


def _block(account: CustomerAccount, command: BlockAccount) -> tuple[Event, ...]:
    wrong = [] if command.reason else [REASON("/reason")]
    if account.blocked:
        wrong.append(BLOCKED("/account_id", because=account.blocked_because))
    if wrong:
        raise RefusedError(*wrong, allowed=_allowed(account))
    return (AccountBlocked(command.stamp(), account.id, command.reason),)


def _unblock(account: CustomerAccount, command: UnblockAccount) -> tuple[Event, ...]:
    if not account.blocked:
        raise RefusedError(NOT_BLOCKED("/account_id"), allowed=_allowed(account))
    return (AccountUnblocked(command.stamp(), account.id),)


_HANDLERS: Final[Mapping[type[Command], Callable[[CustomerAccount, Any], tuple[Event, ...]]]] = {
    SetCreditLimit: _set_limit,
    BlockAccount: _block,
    UnblockAccount: _unblock,
}


def _allowed(account: CustomerAccount) -> tuple[str, ...]:
    return ("SetCreditLimit", "UnblockAccount" if account.blocked else "BlockAccount")


def lapse(_account: CustomerAccount | None, _now: Instant, _stamp: Stamp) -> tuple[Event, ...]:
    """Nothing of an account lapses."""
    return ()


def expose(
    account: CustomerAccount,
    case_id: str,
    stamp: Stamp,
    *,
    order: Money | None = None,
    delivered: Money | None = None,
    receivable: Money | None = None,
    rates: Iterable[ExchangeRate] = (),
) -> tuple[Event, ...]:
    """The event that sets what a case exposes, in any currency for which a rate is given; none where nothing changes.

    Parts left out are zero. Raises `InvalidValueError` (`account.rate-missing`).
    """
    known = tuple(rates)
    zero = Money.zero(account.currency)
    parts = [
        zero if part is None else convert(part, account.currency, known) for part in (order, delivered, receivable)
    ]
    before = account.exposures.get(case_id)
    if parts == ([before.order, before.delivered, before.receivable] if before else [zero, zero, zero]):
        return ()
    return (ExposureSet(stamp, account.id, CaseId(case_id), *parts),)


def evolve(account: CustomerAccount | None, event: Event) -> CustomerAccount:
    """The account after one event.

    Raises `InvalidValueError` (`account.impossible-event`, `account.currency` …) for an event that cannot
    follow: such a history was not made by `decide`.
    """
    if isinstance(event, AccountOpened) and account is None:
        zero = Money.zero(event.currency)
        return CustomerAccount(
            id=event.account_id,
            currency=event.currency,
            limit=event.limit,
            order=zero,
            delivered=zero,
            receivable=zero,
            version=1,
        )
    fold = _FOLDS.get(type(event))
    if account is None or fold is None or not isinstance(event, AccountEvent):
        raise InvalidValueError(IMPOSSIBLE(event=type(event).__name__))
    return attrs.evolve(fold(account, event), version=account.version + 1)


def _limit_set(account: CustomerAccount, event: CreditLimitSet) -> CustomerAccount:
    return attrs.evolve(account, limit=event.limit)


def _blocked(account: CustomerAccount, event: AccountBlocked) -> CustomerAccount:
    return attrs.evolve(account, blocked=True, blocked_because=event.because)


def _unblocked(account: CustomerAccount, _event: AccountUnblocked) -> CustomerAccount:
    return attrs.evolve(account, blocked=False, blocked_because="")


def _dunned(account: CustomerAccount, event: DunningLevelSet) -> CustomerAccount:
    levels = dict(account.dunned)
    if event.level:
        levels[event.case_id or ""] = event.level
    else:
        levels.pop(event.case_id or "", None)
    return attrs.evolve(account, dunned=sorted(levels.items()), dunning_level=max(levels.values(), default=0))


def _exposed(account: CustomerAccount, event: ExposureSet) -> CustomerAccount:
    new = Exposure(event.case_id, event.order, event.delivered, event.receivable)
    if new.order.currency != account.currency:
        raise InvalidValueError(CURRENCY("/order/currency", found=new.order.currency, expected=account.currency))
    old = account.exposures.get(new.id)
    nothing = Money.zero(account.currency)
    before = old or Exposure(new.id, nothing, nothing, nothing)
    settled = account.settled + _is_nothing(new) - (old is not None and _is_nothing(old))
    exposures = account.exposures.add([new]) if old is None else account.exposures.replace([new])
    if settled >= _SWEEP_FROM and 2 * settled >= len(exposures):
        exposures, settled = Lines(each for each in exposures if not _is_nothing(each)), 0
    return attrs.evolve(
        account,
        order=account.order + new.order - before.order,
        delivered=account.delivered + new.delivered - before.delivered,
        receivable=account.receivable + new.receivable - before.receivable,
        exposures=exposures,
        settled=settled,
    )


def _is_nothing(exposure: Exposure) -> bool:
    return not (exposure.order or exposure.delivered or exposure.receivable)


_FOLDS: Final[Mapping[type[Event], Callable[[CustomerAccount, Any], CustomerAccount]]] = {
    CreditLimitSet: _limit_set,
    AccountBlocked: _blocked,
    AccountUnblocked: _unblocked,
    DunningLevelSet: _dunned,
    ExposureSet: _exposed,
}
