"""The ledger follows the order's lines and counts what is posted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, Final

from orderlib.ledger.message import BalancesBrought, FactUnallocated, QuantitiesPosted
from orderlib.ledger.record import Account, Ledger, LineLedger, LineQuantity
from orderlib.order.record import Order
from orderlib.values.lines import Lines
from orderlib.values.message import Event
from orderlib.values.twin import copier, sealer

__all__ = ["FOLDS", "follow", "opened", "post"]

_copy_line = copier(LineLedger)
_seal_line = sealer(LineLedger)


def opened(order: Order) -> Ledger:
    """An empty ledger for the lines of an order."""
    return Ledger(Lines(LineLedger(id=line.id, ordered=line.quantity.value) for line in order.lines))


def post(lines: Lines[LineLedger], account: Account, quantities: Iterable[LineQuantity]) -> Lines[LineLedger]:
    """The counts after adding quantities to one account; unknown lines must have been sorted out before."""
    field = account.value
    sums: dict[str, Decimal] = {}
    for each in quantities:
        sums[each.line_id] = sums[each.line_id] + each.quantity if each.line_id in sums else each.quantity
    changed = []
    for line_id, quantity in sums.items():
        twin = _copy_line(lines[line_id])
        setattr(twin, field, getattr(twin, field) + quantity)
        changed.append(_seal_line(twin))
    return lines.replace(changed)


def _posted(ledger: Ledger, event: QuantitiesPosted) -> Ledger:
    return Ledger(post(ledger.lines, event.account, event.lines), ledger.unallocated)


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
        return Ledger(opened(new).lines, ledger.unallocated if ledger else ())
    if old.lines.shares_with(new.lines):
        pairs = old.lines.changed(new.lines)
        moved = [(ledger.lines[line.id], line) for _, line in pairs if line is not None]
        lines = ledger.lines.replace([_ordered(known, line.quantity.value) for known, line in moved])
        return Ledger(lines, ledger.unallocated)
    kept = []
    for line in new.lines:
        known = ledger.lines.get(line.id) or LineLedger(id=line.id, ordered=line.quantity.value)
        kept.append(_ordered(known, line.quantity.value))
    gone = (known for known in ledger.lines if known.id not in new.lines and _counted(known))
    return Ledger(Lines([*kept, *(_ordered(known, Decimal(0)) for known in gone)]), ledger.unallocated)


def _ordered(line: LineLedger, quantity: Decimal) -> LineLedger:
    if line.ordered == quantity:
        return line
    twin = _copy_line(line)
    twin.ordered = quantity
    return _seal_line(twin)


def _counted(line: LineLedger) -> bool:
    return any(getattr(line, account.value) for account in Account)


#: what each event does to the ledger; every case has a ledger, empty before its first order
FOLDS: Final[Mapping[type[Event], Callable[[Any, Any], Ledger]]] = {
    QuantitiesPosted: _posted,
    FactUnallocated: _unallocated,
    BalancesBrought: _brought,
}
