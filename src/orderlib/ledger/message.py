"""Events that post quantities; what happened is the stage's to name, what is counted is said here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

import attrs

from orderlib.ledger.record import Account, LineLedger, LineQuantity, Unallocated, quantities_of
from orderlib.values.message import Event
from orderlib.values.typed import tuple_of

__all__ = ["BalancesBrought", "FactUnallocated", "QuantitiesPosted"]


def _ledgers(given: Iterable[LineLedger]) -> tuple[LineLedger, ...]:
    return tuple_of(LineLedger, given, "/lines")


@attrs.frozen
class QuantitiesPosted(Event):
    """Quantities, in the unit of each line, posted to one account of the ledger."""

    account: ClassVar[Account]

    lines: tuple[LineQuantity, ...] = attrs.field(converter=quantities_of)


@attrs.frozen
class FactUnallocated(Event):
    """A reported fact that matches no line; it stands in the ledger until somebody allocates it."""

    entry: Unallocated


@attrs.frozen
class BalancesBrought(Event):
    """Counts that an adopted order brings along; each line's `ordered` is the order's own."""

    lines: tuple[LineLedger, ...] = attrs.field(converter=_ledgers)
