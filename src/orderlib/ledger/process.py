"""The ledger follows the order's lines and counts what is posted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from operator import attrgetter
from typing import Any, Final

from orderlib.ledger.message import BalancesBrought, FactUnallocated, QuantitiesPosted
from orderlib.ledger.record import Account, Ledger, LineLedger, LineQuantity
from orderlib.order.line import OrderLine
from orderlib.order.record import Order
from orderlib.values.decimals import EXACT
from orderlib.values.lines import Lines
from orderlib.values.message import Event
from orderlib.values.twin import adder, changer, maker

__all__ = ["FOLDS", "follow", "opened", "post"]

_new_line = maker(LineLedger, "id", "ordered")
_ledger = maker(Ledger)
_set_ordered = changer(LineLedger, "ordered")
_line_id = attrgetter("line_id")


#: how a quantity is added to an account of its line
_POSTERS: Final = {account: adder(LineLedger, account.value, "quantity", EXACT.add) for account in Account}


def opened(order: Order) -> Ledger:
    """An empty ledger for the lines of an order."""
    return _ledger(order.lines.map(_open), ())


def _open(line: OrderLine) -> LineLedger:
    return _new_line(line.id, line.quantity.value)


def post(lines: Lines[LineLedger], account: Account, quantities: Iterable[LineQuantity]) -> Lines[LineLedger]:
    """The counts after adding quantities to one account; unknown lines must have been sorted out before."""
    return lines.revise(quantities, _line_id, _POSTERS[account])


def _posted(ledger: Ledger, event: QuantitiesPosted) -> Ledger:
    return _ledger(ledger.lines.revise(event.lines, _line_id, _POSTERS[event.account]), ledger.unallocated)


def _unallocated(ledger: Ledger, event: FactUnallocated) -> Ledger:
    return Ledger(ledger.lines, (*ledger.unallocated, event.entry))


def _brought(ledger: Ledger, event: BalancesBrought) -> Ledger:
    return Ledger(ledger.lines.replace(event.lines), ledger.unallocated)


def follow(ledger: Ledger | None, old: Order | None, new: Order) -> Ledger:
    """The ledger after the order became `new`: counts stay with the line that keeps its id.

    A line that left the order but has counts stays in the ledger with nothing ordered: what was delivered
    is never forgotten. Costs what changed, where both orders share their index of lines.
    """
    if ledger is None or old is None:
        return _ledger(new.lines.map(_open), ledger.unallocated if ledger else ())
    if old.lines.shares_with(new.lines):
        pairs = old.lines.changed(new.lines)
        moved = [(ledger.lines[line.id], line) for _, line in pairs if line is not None]
        lines = ledger.lines.replace([_ordered(known, line.quantity.value) for known, line in moved])
        return Ledger(lines, ledger.unallocated)
    kept: list[LineLedger] = []
    for line in new.lines:
        known = ledger.lines.get(line.id)
        kept.append(_open(line) if known is None else _ordered(known, line.quantity.value))
    gone = (known for known in ledger.lines if known.id not in new.lines and _counted(known))
    return Ledger(Lines([*kept, *(_ordered(known, Decimal(0)) for known in gone)]), ledger.unallocated)


def _ordered(line: LineLedger, quantity: Decimal) -> LineLedger:
    return line if line.ordered == quantity else _set_ordered(line, quantity)


def _counted(line: LineLedger) -> bool:
    return any(getattr(line, account.value) for account in Account)


#: what each event does to the ledger; every case has a ledger, empty before its first order
FOLDS: Final[Mapping[type[Event], Callable[[Any, Any], Ledger]]] = {
    QuantitiesPosted: _posted,
    FactUnallocated: _unallocated,
    BalancesBrought: _brought,
}
