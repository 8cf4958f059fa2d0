"""What the case exposes of the customer's credit, told to the customer's account where there is one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

from orderlib.account.message import DunningLevelSet
from orderlib.account.process import expose
from orderlib.account.record import CustomerAccount
from orderlib.errors import InvalidValueError
from orderlib.ledger.message import QuantitiesPosted
from orderlib.ledger.process import post
from orderlib.ledger.record import LineLedger
from orderlib.order.record import Order
from orderlib.order.totals import totals_of
from orderlib.settlement.billing import NOTHING, billed_quantity
from orderlib.settlement.fold import FOLDS
from orderlib.settlement.message import InvoiceDunned
from orderlib.settlement.record import Settlement
from orderlib.settlement.slice import SettlementCase
from orderlib.values.dispatch import Needs, View
from orderlib.values.key import Key
from orderlib.values.message import Event, Stamp
from orderlib.values.money import Money

__all__ = ["account_of", "exposed", "reminded"]

ZERO: Final = Decimal(0)


def account_of(case: SettlementCase, _command: object) -> Needs:
    """The customer's account."""
    return Needs((Key("account", case.order.buyer.id),)) if case.order is not None else Needs()


def exposed(view: View[SettlementCase], stamp: Stamp, events: Iterable[Event]) -> Iterator[Event]:
    """What the case exposes after these events; nothing without an account, or without a rate to its currency."""
    order = view.case.order
    account = None if order is None else view.streams.get(Key("account", order.buyer.id))
    if order is None or not isinstance(account, CustomerAccount):
        return
    record = view.case.settlement or NOTHING
    ledger = view.case.ledger.lines
    counts = False
    for event in events:
        fold = FOLDS.get(type(event))
        record = fold(record, event) if fold is not None else record
        if isinstance(event, QuantitiesPosted) and event.lines:
            ledger, counts = post(ledger, event.account, event.lines), True
    known = account.exposures.get(view.case.id)
    if counts or known is None:
        waiting: dict[str, Decimal] = {line.id: line.outstanding for line in ledger if line.id in order.lines}
        unbilled: dict[str, Decimal] = {line: _unbilled(ledger[line]) for line in waiting}
        ordered, delivered = totals_of(order, waiting).tax_inclusive, totals_of(order, unbilled).tax_inclusive
    else:
        ordered, delivered = known.order, known.delivered
    rates = (*view.facts.rates, *((order.exchange_rate,) if order.exchange_rate is not None else ()))
    try:
        yield from expose(
            account,
            view.case.id,
            stamp,
            order=ordered,
            delivered=delivered,
            receivable=_receivable(order, record),
            rates=rates,
        )
    except InvalidValueError:
        return  # no rate: the account keeps what it knew, and whoever asks for credit sees that the rate is missing
    level = min(max((each.level for each in record.invoices), default=0), 99)
    if level != dict(account.dunned).get(view.case.id, 0):  # it falls again when all is paid
        yield DunningLevelSet(stamp, account.id, level, view.case.id)


def reminded(view: View[SettlementCase], events: Iterable[Event]) -> Iterator[Event]:
    """What the customer's account hears of reminders that have gone out."""
    told = tuple(events)
    stamps = [event.stamp for event in told if isinstance(event, InvoiceDunned)]
    if stamps:
        yield from exposed(view, stamps[-1], told)


def _unbilled(line: LineLedger) -> Decimal:
    return max(ZERO, line.delivered - line.returned - billed_quantity(line))


def _receivable(order: Order, record: Settlement) -> Money:
    total = Money.zero(order.currency)
    for each in record.invoices:
        total += each.open + each.retained
    return total
