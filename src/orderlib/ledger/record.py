"""What is counted: per line, how much was made, sent, received, accepted, returned and billed.

Nothing here is a state. Statuses are derived from the counts whenever somebody asks (law of quantity:
ordered + over-delivered = delivered + outstanding + cancelled + short-closed).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

import attrs

from orderlib.errors import Finding
from orderlib.values.decimals import Number, decimal
from orderlib.values.identifier import LineId
from orderlib.values.lines import Lines
from orderlib.values.typed import tuple_of

__all__ = ["Account", "Ledger", "LineLedger", "LineQuantity", "Status", "Unallocated", "roll_up"]

ZERO: Final = Decimal(0)


class Account(StrEnum):
    """The accounts of a line, in the unit of the line; the value is the field of `LineLedger`."""

    PRODUCED = "produced"
    DESPATCHED = "despatched"
    RECEIVED = "received"
    REFUSED = "refused"
    LOST = "lost"
    REPLACED = "replaced"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    CANCELLED = "cancelled"
    SHORT_CLOSED = "short_closed"
    INVOICED = "invoiced"
    CREDITED = "credited"


class Status(StrEnum):
    """How far a count has come, least first."""

    NONE = "none"
    PARTIAL = "partial"
    FULL = "full"
    OVER = "over"


def _quantity(value: Number) -> Decimal:
    return decimal(value, address="/quantity")


@attrs.frozen(weakref_slot=False)
class LineQuantity:
    """So much of a line, in the line's unit; raises `InvalidValueError` (`decimal.*`)."""

    line_id: LineId = attrs.field(converter=LineId)
    quantity: Decimal = attrs.field(converter=_quantity)


def quantities_of(given: Iterable[LineQuantity]) -> tuple[LineQuantity, ...]:
    """Quantities as a tuple; a converter for fields `lines`. Raises `InvalidValueError` (`value.type`)."""
    return tuple_of(LineQuantity, given, "/lines")


def _number(name: str) -> Callable[[Number], Decimal]:
    def number(value: Number) -> Decimal:
        return decimal(value, address=f"/{name}")

    return number


def _checked(_kind: type, fields: list[attrs.Attribute[Any]]) -> list[attrs.Attribute[Any]]:
    """Every account takes a number; said once for all of them."""
    numbers = (each.evolve(converter=_number(each.name)) if str(each.type) == "Decimal" else each for each in fields)
    return list(numbers)


@attrs.frozen(kw_only=True, weakref_slot=False, field_transformer=_checked)
class LineLedger:
    """The counts of one line, in the line's unit; raises `InvalidValueError` (`decimal.*`, `id.*`).

    `received` is what reached the customer (goods replaced count again when the replacement arrives),
    `refused` what the customer turned away, `replaced` what came back to be sent again, `returned` what
    came back for credit.
    """

    id: LineId = attrs.field(converter=LineId)
    ordered: Decimal
    produced: Decimal = ZERO
    despatched: Decimal = ZERO
    received: Decimal = ZERO
    refused: Decimal = ZERO
    lost: Decimal = ZERO
    replaced: Decimal = ZERO
    returned: Decimal = ZERO
    accepted: Decimal = ZERO
    cancelled: Decimal = ZERO
    short_closed: Decimal = ZERO
    invoiced: Decimal = ZERO
    credited: Decimal = ZERO

    @property
    def demand(self) -> Decimal:
        """What is still wanted in all: ordered less cancelled and short-closed."""
        return self.ordered - self.cancelled - self.short_closed

    @property
    def delivered(self) -> Decimal:
        """What the customer has: received less what came back to be replaced."""
        return self.received - self.replaced

    @property
    def in_transit(self) -> Decimal:
        """Despatched and not yet received, refused or lost; never negative."""
        if not (self.received or self.refused or self.lost):
            return self.despatched  # as a rule goods come all at once: what left is then what is on its way
        way = self.despatched - self.received - self.refused - self.lost
        if way < ZERO:
            return ZERO
        return way

    @property
    def outstanding(self) -> Decimal:
        """Still to deliver; never negative."""
        return max(ZERO, self.demand - self.delivered)

    @property
    def to_despatch(self) -> Decimal:
        """Still to send: outstanding less what is on its way; never negative."""
        # the busiest figure of all: every line of every despatch asks for it
        sent, come = self.despatched, self.received
        if come <= sent and not (self.refused or self.lost or self.cancelled or self.short_closed or self.replaced):
            left = self.ordered - sent if sent else self.ordered
        else:
            left = self.demand - self.delivered - self.in_transit
        if left < ZERO:
            return ZERO
        return left

    @property
    def over_delivered(self) -> Decimal:
        """Delivered above the demand; never negative."""
        return max(ZERO, self.delivered - self.demand)

    @property
    def delivery(self) -> Status:
        """Delivered against demand."""
        return _status(self.delivered, self.demand)

    @property
    def acceptance(self) -> Status:
        """Accepted by the customer, against what was delivered and not returned for credit."""
        return _status(self.accepted, max(self.delivered - self.returned, self.demand - self.returned))

    @property
    def billing(self) -> Status:
        """Invoiced net of credits, against what was delivered and not returned for credit."""
        return _status(self.invoiced - self.credited, self.delivered - self.returned)

    @property
    def settled(self) -> bool:
        """Whether nothing of the line is left to deliver or on its way."""
        return self.outstanding == 0 and self.in_transit == 0


def _status(done: Decimal, wanted: Decimal) -> Status:
    if done > wanted:
        return Status.OVER
    if done == wanted:
        return Status.FULL
    return Status.PARTIAL if done > 0 else Status.NONE


def roll_up(statuses: Iterable[Status]) -> Status:
    """Header status from line statuses: all alike gives that; otherwise partial, over if all are full or over."""
    found = set(statuses)
    if not found:
        return Status.FULL
    if len(found) == 1:
        return found.pop()
    return Status.OVER if found == {Status.FULL, Status.OVER} else Status.PARTIAL


@attrs.frozen
class Unallocated:
    """A reported fact that matches nothing known; kept until somebody allocates it."""

    account: Account
    line_id: LineId
    quantity: Decimal
    finding: Finding


_NO_LINES: Final[Lines[LineLedger]] = Lines()


@attrs.frozen(weakref_slot=False)
class Ledger:
    """The counts of all lines, and what could not be allocated."""

    lines: Lines[LineLedger] = _NO_LINES
    unallocated: tuple[Unallocated, ...] = ()

    @property
    def delivery(self) -> Status:
        """Delivery of the whole order."""
        return roll_up(line.delivery for line in self.lines)

    @property
    def acceptance(self) -> Status:
        """Acceptance of the whole order."""
        return roll_up(line.acceptance for line in self.lines)

    @property
    def billing(self) -> Status:
        """Billing of the whole order."""
        return roll_up(line.billing for line in self.lines)
