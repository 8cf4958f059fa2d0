"""Commands to a purchase commitment, and its events."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

import attrs

from orderlib.errors import Finding
from orderlib.supply.commitment import PurchaseCommitment
from orderlib.values.identifier import DocumentId
from orderlib.values.instant import day
from orderlib.values.key import Key
from orderlib.values.message import Command, Event
from orderlib.values.quantity import Quantity
from orderlib.values.typed import tuple_of

__all__ = [
    "CancelPurchase",
    "CommitmentCommand",
    "CommitmentEvent",
    "OrderPurchase",
    "PlanPurchase",
    "PurchaseCancelled",
    "PurchaseConfirmed",
    "PurchaseDelayed",
    "PurchaseNoted",
    "PurchaseOrdered",
    "PurchaseOverdue",
    "PurchasePartReceived",
    "PurchasePlanned",
    "PurchaseReceived",
    "ReportPurchaseConfirmed",
    "ReportPurchaseDelayed",
    "ReportPurchaseReceived",
]


def _on(value: str | date) -> date:
    return day(value, address="/on")


def _findings(given: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple_of(Finding, given, "/findings")


@attrs.frozen
class PlanPurchase(Command):
    """Put a purchase on record that is to be placed with a supplier."""

    kind: ClassVar[str] = "supply"

    commitment: PurchaseCommitment

    @property
    def target(self) -> Key[object] | None:
        """The stream of the commitment."""
        return Key("supply", self.commitment.id)


@attrs.frozen
class CommitmentCommand(Command):
    """A command to a purchase that is on record."""

    kind: ClassVar[str] = "supply"

    commitment_id: DocumentId = attrs.field(converter=DocumentId)

    @property
    def target(self) -> Key[object] | None:
        """The stream of the commitment."""
        return Key("supply", self.commitment_id)


@attrs.frozen
class OrderPurchase(CommitmentCommand):
    """Place the purchase with its supplier."""


@attrs.frozen
class CancelPurchase(CommitmentCommand):
    """Do without what is still to come; needs a reason."""


@attrs.frozen
class ReportPurchaseConfirmed(CommitmentCommand):
    """The supplier has answered: so much, on that day. A fact: a later day makes the purchase late."""

    quantity: Quantity
    on: date = attrs.field(converter=_on)


@attrs.frozen
class ReportPurchaseDelayed(CommitmentCommand):
    """The supplier will deliver on another day; the reason is the command's. A fact."""

    on: date = attrs.field(converter=_on)


@attrs.frozen
class ReportPurchaseReceived(CommitmentCommand):
    """So much has come. A fact: booked whatever was agreed."""

    quantity: Quantity


@attrs.frozen
class CommitmentEvent(Event):
    """A fact about one purchase commitment; `findings` tell what does not fit."""

    kind: ClassVar[str] = "supply"

    commitment_id: DocumentId = attrs.field(converter=DocumentId)
    findings: tuple[Finding, ...] = attrs.field(default=(), converter=_findings, kw_only=True)

    @property
    def stream_id(self) -> str | None:
        """The commitment's id."""
        return self.commitment_id


@attrs.frozen
class PurchasePlanned(Event):
    """A purchase is on record."""

    kind: ClassVar[str] = "supply"

    commitment: PurchaseCommitment

    @property
    def stream_id(self) -> str | None:
        """The commitment's id."""
        return self.commitment.id


@attrs.frozen
class PurchaseOrdered(CommitmentEvent):
    """The purchase is placed."""

    move: ClassVar[str] = "order"


@attrs.frozen
class PurchaseConfirmed(CommitmentEvent):
    """The supplier delivers so much by the day asked for."""

    move: ClassVar[str] = "confirm"

    quantity: Quantity
    on: date = attrs.field(converter=_on)


@attrs.frozen
class PurchaseDelayed(CommitmentEvent):
    """The supplier delivers so much, later than asked for."""

    move: ClassVar[str] = "delay"

    quantity: Quantity
    on: date = attrs.field(converter=_on)


@attrs.frozen
class PurchaseOverdue(CommitmentEvent):
    """The day has passed, and not everything has come; nobody knows when it will."""

    move: ClassVar[str] = "delay"

    on: date = attrs.field(converter=_on)


@attrs.frozen
class PurchasePartReceived(CommitmentEvent):
    """A part has come."""

    move: ClassVar[str] = "receive_part"

    quantity: Quantity


@attrs.frozen
class PurchaseReceived(CommitmentEvent):
    """All of it has come, or more than all."""

    move: ClassVar[str] = "receive"

    quantity: Quantity


@attrs.frozen
class PurchaseNoted(CommitmentEvent):
    """Something was reported of a purchase that is over: taken down, with what is wrong about it.

    `quantity` is what has come all the same, where something has.
    """

    quantity: Quantity | None = None


@attrs.frozen
class PurchaseCancelled(CommitmentEvent):
    """Nothing more is to come."""

    move: ClassVar[str] = "cancel"
