"""Taking over an order that runs elsewhere: its state, counts, holds, money, and what is in question about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from importlib import import_module
from typing import Any, Final

import attrs

from orderlib.case.evolution import evolve_all
from orderlib.case.message import AdoptOrder, OrderAdopted
from orderlib.case.policies import PolicySet
from orderlib.case.record import OrderCase
from orderlib.case.table import ORDER
from orderlib.errors import Finding, FindingCode, RefusedError, Severity
from orderlib.hold.message import HoldPlaced
from orderlib.ledger.message import BalancesBrought
from orderlib.ledger.record import Account, LineLedger
from orderlib.order.record import Order
from orderlib.values.dispatch import NO_NEEDS, Needs, View
from orderlib.values.key import Key
from orderlib.values.message import Event
from orderlib.values.twin import changer, maker

__all__ = ["ADOPTIONS", "account_of", "adopt"]

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

ADOPTIONS: Final = tuple(move for move in ORDER.moves[ORDER.initial] if move.startswith("adopt_"))


def account_of(_case: OrderCase, command: AdoptOrder) -> Needs:
    """The customer's account, which hears of what the order brings along of money."""
    if not (command.invoices or command.payments):
        return NO_NEEDS
    return Needs((Key("account", command.order.buyer.id),))


def adopt(view: View[OrderCase], command: AdoptOrder, policies: PolicySet) -> Iterable[Event]:
    """The events with which the order is a case; raises `RefusedError` with everything that cannot be."""
    money = bool(command.invoices or command.payments)
    asked = bool(command.changes or command.charges)
    if command.balances or command.holds or money or asked or f"adopt_{command.state}" not in ADOPTIONS:
        wrong = [*_wrong(command), *(_wrong_money(command) if money or asked else ())]
        if wrong:
            raise RefusedError(*wrong)
    stamp = command.stamp()
    events: list[Event] = [_order_adopted(stamp, command.order, command.state)]
    if command.balances:
        events.append(BalancesBrought(stamp, tuple(_completed(command.order, line) for line in command.balances)))
    for hold in command.holds:
        events.append(HoldPlaced(stamp, hold))  # noqa: PERF401 - mostly there are none
    if asked:
        events.append(_room("change.brought").ChangesBrought(stamp, command.changes, command.charges))
    if money:
        events += _settled(view, command, policies, events)
    return events


def _room(module: str) -> Any:
    """A module of a room that most adopted orders do not need: opened only now."""
    return import_module(f"orderlib.{module}")


def _settled(
    view: View[OrderCase], command: AdoptOrder, policies: PolicySet, before: Iterable[Event]
) -> Iterator[Event]:
    """What is billed and paid, and what the customer's account hears of it."""
    stamp, case = command.stamp(), evolve_all(view.case, before)
    counted = {line.id: line for line in command.balances}
    event = _room("settlement.adoption").brought(
        stamp, command.order, counted, command.invoices, command.payments, policies
    )
    yield event
    after = attrs.evolve(view, case=evolve_all(case, (event,)))
    yield from _room("settlement.exposure").exposed(after, stamp, ())


def _wrong(command: AdoptOrder) -> Iterator[Finding]:
    if f"adopt_{command.state}" not in ADOPTIONS:
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


def _wrong_money(command: AdoptOrder) -> Iterator[Finding]:
    """What cannot be of invoices, payments, changes and charges."""
    order = command.order
    paid_of = _room("settlement.adoption").paid_of
    bookings = (*(each.id for each in command.payments), *(paid_of(each) for each in command.invoices if each.paid))
    yield from _twice("/invoices", (each.id for each in command.invoices))
    yield from _twice("/payments", bookings)
    yield from _twice("/changes", (each.id for each in command.changes))
    yield from _twice("/charges", (each.id for each in command.charges))
    for number, invoice in enumerate(command.invoices):
        for line in invoice.lines:
            if line.id not in order.lines:
                yield ADOPT_LINE(f"/invoices/{number}/lines/{line.id}", line=line.id)
    for number, charge in enumerate(command.charges):
        for place, line_id in enumerate(charge.line_ids):
            if line_id not in order.lines:
                yield ADOPT_LINE(f"/charges/{number}/line_ids/{place}", line=line_id)
    counted = {line.id: line for line in command.balances}
    charge_ids = {each.id for each in command.charges if each.state == "accepted"}
    yield from _room("settlement.adoptable").faults(order, counted, command.invoices, command.payments, charge_ids)
    yield from _room("change.adoption").faults(order, command.changes, command.charges)


def _twice(address: str, ids: Iterable[str]) -> Iterator[Finding]:
    seen = set[str]()
    for number, each in enumerate(ids):
        if each in seen:
            yield ADOPT_TWICE(f"{address}/{number}/id", id=each)
        seen.add(each)


def _completed(order: Order, line: LineLedger) -> LineLedger:
    return _set_ordered(line, order.lines[line.id].quantity.value)
