"""Reservations: what several orders want of one stock or one capacity, in a stream of its own.

An inquiry holds nothing. A quote holds until it lapses, a confirmed reservation until it is used or released. Two
orders that race for the last unit meet in this stream, and cannot both have it. Where there is not enough for all, an
allocation by classes shows before and after, and is carried out by a command.

    >>> from orderlib.reservation import OpenBook, QuoteReservation, decide, evolve
    >>> from orderlib.values.party import Actor
    >>> by, book = Actor("mei", "sales"), None
    >>> for command in (
    ...     OpenBook("P-7", levels=[("2026-03-02", 4)], by=by, id="c1", at="2026-03-02T08:00:00Z"),
    ...     QuoteReservation("P-7", "R-1", 3, "2026-03-06", "case-1", by=by, id="c2", at="2026-03-02T09:00:00Z"),
    ... ):
    ...     for event in decide(book, command):
    ...         book = evolve(book, event)
    >>> str(book.free("2026-03-06"))
    '1'
    >>> book.inquire(2, "2026-03-06").reasons[0].message()
    '1 of P-7 are free on 2026-03-06, 2 are asked for'
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderlib._door import lazy

# door: every name
if TYPE_CHECKING:
    from orderlib.reservation.allocation import AllocationClass as AllocationClass
    from orderlib.reservation.allocation import AllocationPreview as AllocationPreview
    from orderlib.reservation.allocation import Claim as Claim
    from orderlib.reservation.allocation import ClaimOutcome as ClaimOutcome
    from orderlib.reservation.allocation import allocate as allocate
    from orderlib.reservation.allocation import claims_of as claims_of
    from orderlib.reservation.lifecycle import ReservationLifecycle as ReservationLifecycle
    from orderlib.reservation.message import BookOpened as BookOpened
    from orderlib.reservation.message import ConfirmReservation as ConfirmReservation
    from orderlib.reservation.message import ExtendReservation as ExtendReservation
    from orderlib.reservation.message import LevelsReported as LevelsReported
    from orderlib.reservation.message import OpenBook as OpenBook
    from orderlib.reservation.message import QuoteReservation as QuoteReservation
    from orderlib.reservation.message import ReallocateReservations as ReallocateReservations
    from orderlib.reservation.message import ReleaseReservation as ReleaseReservation
    from orderlib.reservation.message import ReportLevels as ReportLevels
    from orderlib.reservation.message import ReportReservationUsed as ReportReservationUsed
    from orderlib.reservation.message import ReservationCommand as ReservationCommand
    from orderlib.reservation.message import ReservationConfirmed as ReservationConfirmed
    from orderlib.reservation.message import ReservationDrawn as ReservationDrawn
    from orderlib.reservation.message import ReservationEvent as ReservationEvent
    from orderlib.reservation.message import ReservationExtended as ReservationExtended
    from orderlib.reservation.message import ReservationGrant as ReservationGrant
    from orderlib.reservation.message import ReservationLapsed as ReservationLapsed
    from orderlib.reservation.message import ReservationMove as ReservationMove
    from orderlib.reservation.message import ReservationQuoted as ReservationQuoted
    from orderlib.reservation.message import ReservationReleased as ReservationReleased
    from orderlib.reservation.message import ReservationResized as ReservationResized
    from orderlib.reservation.message import ReservationUsedUnheld as ReservationUsedUnheld
    from orderlib.reservation.message import ReservationUsedUp as ReservationUsedUp
    from orderlib.reservation.process import decide as decide
    from orderlib.reservation.process import evolve as evolve
    from orderlib.reservation.process import lapse as lapse
    from orderlib.reservation.record import BookKind as BookKind
    from orderlib.reservation.record import InquiryDecision as InquiryDecision
    from orderlib.reservation.record import Level as Level
    from orderlib.reservation.record import Reservation as Reservation
    from orderlib.reservation.record import ReservationBook as ReservationBook

__all__ = [
    "AllocationClass",
    "AllocationPreview",
    "BookKind",
    "BookOpened",
    "Claim",
    "ClaimOutcome",
    "ConfirmReservation",
    "ExtendReservation",
    "InquiryDecision",
    "Level",
    "LevelsReported",
    "OpenBook",
    "QuoteReservation",
    "ReallocateReservations",
    "ReleaseReservation",
    "ReportLevels",
    "ReportReservationUsed",
    "Reservation",
    "ReservationBook",
    "ReservationCommand",
    "ReservationConfirmed",
    "ReservationDrawn",
    "ReservationEvent",
    "ReservationExtended",
    "ReservationGrant",
    "ReservationLapsed",
    "ReservationLifecycle",
    "ReservationMove",
    "ReservationQuoted",
    "ReservationReleased",
    "ReservationResized",
    "ReservationUsedUnheld",
    "ReservationUsedUp",
    "allocate",
    "claims_of",
    "decide",
    "evolve",
    "lapse",
]

_WHERE = {
    "AllocationClass": "orderlib.reservation.allocation",
    "AllocationPreview": "orderlib.reservation.allocation",
    "BookKind": "orderlib.reservation.record",
    "BookOpened": "orderlib.reservation.message",
    "Claim": "orderlib.reservation.allocation",
    "ClaimOutcome": "orderlib.reservation.allocation",
    "ConfirmReservation": "orderlib.reservation.message",
    "ExtendReservation": "orderlib.reservation.message",
    "InquiryDecision": "orderlib.reservation.record",
    "Level": "orderlib.reservation.record",
    "LevelsReported": "orderlib.reservation.message",
    "OpenBook": "orderlib.reservation.message",
    "QuoteReservation": "orderlib.reservation.message",
    "ReallocateReservations": "orderlib.reservation.message",
    "ReleaseReservation": "orderlib.reservation.message",
    "ReportLevels": "orderlib.reservation.message",
    "ReportReservationUsed": "orderlib.reservation.message",
    "Reservation": "orderlib.reservation.record",
    "ReservationBook": "orderlib.reservation.record",
    "ReservationCommand": "orderlib.reservation.message",
    "ReservationConfirmed": "orderlib.reservation.message",
    "ReservationDrawn": "orderlib.reservation.message",
    "ReservationEvent": "orderlib.reservation.message",
    "ReservationExtended": "orderlib.reservation.message",
    "ReservationGrant": "orderlib.reservation.message",
    "ReservationLapsed": "orderlib.reservation.message",
    "ReservationLifecycle": "orderlib.reservation.lifecycle",
    "ReservationMove": "orderlib.reservation.message",
    "ReservationQuoted": "orderlib.reservation.message",
    "ReservationReleased": "orderlib.reservation.message",
    "ReservationResized": "orderlib.reservation.message",
    "ReservationUsedUnheld": "orderlib.reservation.message",
    "ReservationUsedUp": "orderlib.reservation.message",
    "allocate": "orderlib.reservation.allocation",
    "claims_of": "orderlib.reservation.allocation",
    "decide": "orderlib.reservation.process",
    "evolve": "orderlib.reservation.process",
    "lapse": "orderlib.reservation.process",
}
# end of door
if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy(__name__, _WHERE)
