"""What the case itself does: let time pass, and take over orders that run elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from orderlib.case.message import AdoptOrder, OrderAdopted, PassTime
from orderlib.case.record import OrderCase
from orderlib.case.table import ORDER
from orderlib.errors import Finding, FindingCode, RefusedError, Severity
from orderlib.hold.message import HoldPlaced
from orderlib.ledger.message import BalancesBrought
from orderlib.ledger.record import Account, LineLedger
from orderlib.order.record import Order
from orderlib.values.dispatch import Rule, View
from orderlib.values.message import Event
from orderlib.values.twin import changer, maker

__all__ = ["FOLDS", "RULES"]

ADOPT_STATE: Final = FindingCode(
    "adopt.state", Severity.ERROR, "an order cannot be adopted into {state}", "订单不能以状态 {state} 接管"
)
ADOPT_LINE: Final = FindingCode(
    "adopt.unknown-line", Severity.ERROR, "the order has no line {line}", "订单没有行 {line}"
)
ADOPT_TWICE: Final = FindingCode("adopt.twice", Severity.ERROR, "{id} is brought twice", "{id} 重复接管")
ADOPT_NEGATIVE: Final = FindingCode(
    "adopt.negative", Severity.ERROR, "{account} of line {line} is {quantity}", "行 {line} 的 {account} 为 {quantity}"
)
ADOPT_ORDER: Final = FindingCode(
    "adopt.impossible",
    Severity.ERROR,
    "line {line} cannot have {less} {less_is} of {more} {more_is}",
    "行 {line} 的 {less_is} {less} 不能超过 {more_is} {more}",
)

#: in each pair the first cannot exceed the second, whatever happened
_BOUNDS: Final = ((Account.ACCEPTED, Account.RECEIVED), (Account.CREDITED, Account.INVOICED))

_order_adopted, _set_ordered = maker(OrderAdopted), changer(LineLedger, "ordered")


_ADOPTIONS: Final = tuple(move for move in ORDER.moves[ORDER.initial] if move.startswith("adopt_"))


def _pass_time(_view: View[Any], _command: PassTime, _policies: object) -> Iterable[Event]:
    return ()  # what is due has lapsed before any command gets here


def _adopt(_view: View[OrderCase], command: AdoptOrder, _policies: object) -> Iterable[Event]:
    if command.balances or command.holds or f"adopt_{command.state}" not in _ADOPTIONS:
        wrong = list(_wrong(command))
        if wrong:
            raise RefusedError(*wrong)
    stamp = command.stamp()
    events: list[Event] = [_order_adopted(stamp, command.order, command.state)]
    if command.balances:
        events.append(BalancesBrought(stamp, tuple(_completed(command.order, line) for line in command.balances)))
    for hold in command.holds:
        events.append(HoldPlaced(stamp, hold))  # noqa: PERF401 - mostly there are none
    return events


def _wrong(command: AdoptOrder) -> Iterator[Finding]:
    if f"adopt_{command.state}" not in _ADOPTIONS:
        yield ADOPT_STATE("/state", state=command.state)
    yield from _twice("/balances", (line.id for line in command.balances))
    yield from _twice("/holds", (hold.id for hold in command.holds))
    for number, line in enumerate(command.balances):
        address = f"/balances/{number}"
        if line.id not in command.order.lines:
            yield ADOPT_LINE(f"{address}/id", line=line.id)
        for account in Account:
            quantity: Decimal = getattr(line, account)
            if quantity < 0:
                yield ADOPT_NEGATIVE(f"{address}/{account}", account=account, line=line.id, quantity=quantity)
        for less, more in _BOUNDS:
            if getattr(line, less) > getattr(line, more):
                facts: dict[str, Any] = {
                    "less": getattr(line, less),
                    "less_is": less,
                    "more": getattr(line, more),
                    "more_is": more,
                }
                yield ADOPT_ORDER(f"{address}/{less}", line=line.id, **facts)
    for number, hold in enumerate(command.holds):
        if hold.line_id is not None and hold.line_id not in command.order.lines:
            yield ADOPT_LINE(f"/holds/{number}/line_id", line=hold.line_id)


def _twice(address: str, ids: Iterable[str]) -> Iterator[Finding]:
    seen = set[str]()
    for number, each in enumerate(ids):
        if each in seen:
            yield ADOPT_TWICE(f"{address}/{number}/id", id=each)
        seen.add(each)


def _completed(order: Order, line: LineLedger) -> LineLedger:
    return _set_ordered(line, order.lines[line.id].quantity.value)


def _is_adopted(_adopted: object, _event: OrderAdopted) -> bool:
    return True


RULES: Final[tuple[Rule[Any], ...]] = (
    Rule(command=PassTime, handle=_pass_time, stage="time"),
    Rule(
        command=AdoptOrder,
        handle=_adopt,
        moves=_ADOPTIONS,
        stage="intake",
    ),
)

FOLDS: Final[Mapping[type[Event], Callable[[Any, Any], Any]]] = {OrderAdopted: _is_adopted}
