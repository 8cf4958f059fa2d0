"""Events that post quantities; what happened is the stage's to name, what is counted is said here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

import attrs

from orderlib.ledger.record import Account, LineLedger, LineQuantity, Unallocated
from orderlib.values.message import Event

__all__ = ["BalancesBrought", "FactUnallocated", "QuantitiesPosted"]


def _quantities(given: Iterable[LineQuantity]) -> tuple[LineQuantity, ...]:
    return tuple(given)


def _ledgers(given: Iterable[LineLedger]) -> tuple[LineLedger, ...]:
    return tuple(given)


@attrs.frozen
class QuantitiesPosted(Event):
    """Quantities, in the unit of each line, posted to one account of the ledger."""

    account: ClassVar[Account]

    lines: tuple[LineQuantity, ...] = attrs.field(converter=_quantities)


@attrs.frozen
class FactUnallocated(Event):
    """A reported fact that matches no line; it stands in the ledger until somebody allocates it."""

    entry: Unallocated


@attrs.frozen
class BalancesBrought(Event):
    """Counts that an adopted order brings along; each line's `ordered` is the order's own."""

    lines: tuple[LineLedger, ...] = attrs.field(converter=_ledgers)
