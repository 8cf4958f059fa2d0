"""Commands to the book of a stock or capacity, and its events."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import ClassVar

import attrs

from orderlib.errors import Finding
from orderlib.reservation.record import (
    BookKind,
    Level,
    Reservation,
    amount,
    book_kind,
    check_period,
    levels_of,
    on_day,
    until_day,
)
from orderlib.values.decimals import Number, decimal
from orderlib.values.identifier import CaseId, DocumentId
from orderlib.values.instant import Instant, instant
from orderlib.values.key import Key
from orderlib.values.message import Command, Event
from orderlib.values.typed import tuple_of

__all__ = [
    "BookOpened",
    "ConfirmReservation",
    "ExtendReservation",
    "LevelsReported",
    "OpenBook",
    "QuoteReservation",
    "ReallocateReservations",
    "ReleaseReservation",
    "ReportLevels",
    "ReportReservationUsed",
    "ReservationCommand",
    "ReservationConfirmed",
    "ReservationDrawn",
    "ReservationEvent",
    "ReservationExtended",
    "ReservationGrant",
    "ReservationLapsed",
    "ReservationMove",
    "ReservationQuoted",
    "ReservationReleased",
    "ReservationResized",
    "ReservationUsedUnheld",
    "ReservationUsedUp",
]


def _expiry(value: str | Instant | None) -> Instant | None:
    return None if value is None else instant(value, address="/expires_at")


@attrs.frozen
class ReservationCommand(Command):
    """A command to the book of a stock or capacity."""

    kind: ClassVar[str] = "reservation"

    book_id: DocumentId = attrs.field(converter=DocumentId)

    @property
    def target(self) -> Key[object] | None:
        """The stream of the book."""
        return Key("reservation", self.book_id)


@attrs.frozen
class OpenBook(ReservationCommand):
    """Keep a book of a stock or a capacity from now on."""

    book_kind: BookKind = attrs.field(default=BookKind.STOCK, converter=book_kind)
    unit: str = "C62"
    levels: tuple[Level, ...] = attrs.field(default=(), converter=levels_of)


@attrs.frozen
class ReportLevels(ReservationCommand):
    """What is there and what will come, as counted or planned outside; it replaces what was reported before.

    A fact: where less is there than is held, it is booked with a finding, and nobody loses a reservation by it.
    """

    levels: tuple[Level, ...] = attrs.field(converter=levels_of)


@attrs.frozen
class QuoteReservation(ReservationCommand):
    """Hold a quantity for a case until the quote lapses, or, without an expiry, until it is released.

    Raises `InvalidValueError` (`reservation.quantity`, `reservation.period`, `value.day-malformed`, `id.*`).
    """

    reservation_id: DocumentId = attrs.field(converter=DocumentId)
    quantity: Decimal = attrs.field(converter=amount)
    on: date = attrs.field(converter=on_day)
    case_id: CaseId = attrs.field(converter=CaseId)
    until: date | None = attrs.field(default=None, converter=until_day, kw_only=True)
    expires_at: Instant | None = attrs.field(default=None, converter=_expiry, kw_only=True)

    def __attrs_post_init__(self) -> None:
        super(QuoteReservation, self).__attrs_post_init__()  # noqa: UP008 - a slotted class is made twice
        check_period(self.on, self.until)


@attrs.frozen
class ConfirmReservation(ReservationCommand):
    """The order stands: what was quoted is held until it is used or released."""

    reservation_id: DocumentId = attrs.field(converter=DocumentId)


@attrs.frozen
class ExtendReservation(ReservationCommand):
    """Let a quote lapse at another moment; None for never."""

    reservation_id: DocumentId = attrs.field(converter=DocumentId)
    expires_at: Instant | None = attrs.field(converter=_expiry)


@attrs.frozen
class ReleaseReservation(ReservationCommand):
    """Give back what a reservation still holds."""

    reservation_id: DocumentId = attrs.field(converter=DocumentId)


@attrs.frozen
class ReportReservationUsed(ReservationCommand):
    """A delivery, or work, has taken so much of a reservation. A fact: booked whatever is left of it."""

    reservation_id: DocumentId = attrs.field(converter=DocumentId)
    quantity: Decimal = attrs.field(converter=amount)


def _granted(value: Number) -> Decimal:
    return decimal(value, address="/quantity")


@attrs.frozen
class ReservationGrant:
    """What a reservation holds after an allocation; nothing ends it."""

    reservation_id: DocumentId = attrs.field(converter=DocumentId)
    quantity: Decimal = attrs.field(converter=_granted)


def _grants(given: Iterable[ReservationGrant]) -> tuple[ReservationGrant, ...]:
    return tuple_of(ReservationGrant, given, "/grants")


@attrs.frozen
class ReallocateReservations(ReservationCommand):
    """Carry out an allocation: each reservation named holds what it was granted; needs a reason."""

    grants: tuple[ReservationGrant, ...] = attrs.field(converter=_grants)


@attrs.frozen
class ReservationEvent(Event):
    """A fact about one book."""

    kind: ClassVar[str] = "reservation"

    book_id: DocumentId = attrs.field(converter=DocumentId)

    @property
    def stream_id(self) -> str | None:
        """The book's id."""
        return self.book_id


@attrs.frozen
class BookOpened(ReservationEvent):
    """A book is kept."""

    book_kind: BookKind
    unit: str
    levels: tuple[Level, ...] = attrs.field(default=(), converter=levels_of)


def _findings(given: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple_of(Finding, given, "/findings")


@attrs.frozen
class LevelsReported(ReservationEvent):
    """What is there was reported; `findings` say where it is less than is held."""

    levels: tuple[Level, ...] = attrs.field(converter=levels_of)
    findings: tuple[Finding, ...] = attrs.field(default=(), converter=_findings)


@attrs.frozen
class ReservationQuoted(ReservationEvent):
    """A quantity is held for a case."""

    reservation: Reservation


@attrs.frozen
class ReservationMove(ReservationEvent):
    """A fact about one reservation of a book."""

    reservation_id: DocumentId = attrs.field(converter=DocumentId)


@attrs.frozen
class ReservationConfirmed(ReservationMove):
    """A quote is firm."""

    move: ClassVar[str] = "confirm"


@attrs.frozen
class ReservationExtended(ReservationMove):
    """A quote lapses at another moment."""

    move: ClassVar[str] = "extend"

    expires_at: Instant | None


@attrs.frozen
class ReservationResized(ReservationMove):
    """A reservation holds another quantity."""

    move: ClassVar[str] = "resize"

    quantity: Decimal


@attrs.frozen
class ReservationDrawn(ReservationMove):
    """A part of a reservation was used; `findings` tell what does not fit."""

    move: ClassVar[str] = "draw"

    quantity: Decimal
    findings: tuple[Finding, ...] = attrs.field(default=(), converter=_findings)


@attrs.frozen
class ReservationUsedUp(ReservationMove):
    """All of a reservation was used, or more than all."""

    move: ClassVar[str] = "use_up"

    quantity: Decimal
    findings: tuple[Finding, ...] = attrs.field(default=(), converter=_findings)


@attrs.frozen
class ReservationUsedUnheld(ReservationEvent):
    """Something was used for which no reservation stands; the stock is less all the same."""

    reservation_id: DocumentId = attrs.field(converter=DocumentId)
    quantity: Decimal
    findings: tuple[Finding, ...] = attrs.field(default=(), converter=_findings)


@attrs.frozen
class ReservationLapsed(ReservationMove):
    """A quote has lapsed; what it held is free."""

    move: ClassVar[str] = "lapse"


@attrs.frozen
class ReservationReleased(ReservationMove):
    """What a reservation held is free."""

    move: ClassVar[str] = "release"
