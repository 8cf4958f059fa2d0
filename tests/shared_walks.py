"""Walks through the lives that orders share: reservations and purchases; one seed gives one walk."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from random import Random
from typing import Any

from build import at

from orderlib.case.message import PassTime
from orderlib.desk.desk import OrderDesk
from orderlib.desk.memory import InMemoryRepository
from orderlib.errors import OrderlibError
from orderlib.reservation.message import (
    ConfirmReservation,
    ExtendReservation,
    OpenBook,
    QuoteReservation,
    ReallocateReservations,
    ReleaseReservation,
    ReportReservationUsed,
    ReservationGrant,
)
from orderlib.simulation.clock import WorldClock
from orderlib.supply.commitment import PurchaseCommitment
from orderlib.supply.message import (
    CancelPurchase,
    OrderPurchase,
    PlanPurchase,
    ReportPurchaseConfirmed,
    ReportPurchaseDelayed,
    ReportPurchaseReceived,
)
from orderlib.values.instant import later
from orderlib.values.key import Key
from orderlib.values.message import Command
from orderlib.values.party import SYSTEM
from orderlib.values.port import SequentialIds
from orderlib.values.quantity import Quantity

Walk = tuple[InMemoryRepository, Key[Any]]


def _desk(seed: int, name: str) -> tuple[InMemoryRepository, WorldClock, OrderDesk]:
    repository, clock = InMemoryRepository(), WorldClock(at())
    return repository, clock, OrderDesk(repository, clock=clock, ids=SequentialIds(f"{name}{seed}-"))


def book_walk(seed: int, *, steps: int = 40) -> Walk:
    """One book of stock: quoted, confirmed, extended, drawn on, shared out anew, released, lapsed."""
    dice = Random(f"book/{seed}")
    repository, clock, desk = _desk(seed, "b")
    desk.handle(OpenBook("P-7", levels=[("2026-03-02", 30)], by=SYSTEM))
    for number in range(steps):
        clock.now = later(clock.now, timedelta(hours=dice.choice([1, 9])))
        with suppress(OrderlibError):
            desk.handle(_reserve(dice, number, clock))
    return repository, Key("reservation", "P-7")


def _reserve(dice: Random, number: int, clock: WorldClock) -> Command:
    more: dict[str, Any] = {"by": SYSTEM, "reason": "a walk"}
    name, luck = f"R-{dice.randrange(max(1, number // 3))}", dice.random()
    lapse = later(clock.now, timedelta(hours=dice.choice([4, 40])))
    if luck < 0.35:
        expires = lapse if dice.random() < 0.8 else None
        on = date(2026, 3, dice.randrange(3, 20))
        return QuoteReservation(
            "P-7", f"R-{number // 3}", dice.randrange(1, 4), on, "case-1", expires_at=expires, **more
        )
    if luck < 0.45:
        return ConfirmReservation("P-7", name, **more)
    if luck < 0.55:
        return ExtendReservation("P-7", name, lapse, **more)
    if luck < 0.75:
        return ReportReservationUsed("P-7", name, dice.randrange(1, 4), **more)
    if luck < 0.85:
        return ReallocateReservations("P-7", [ReservationGrant(name, dice.randrange(0, 4))], **more)
    if luck < 0.9:
        return ReleaseReservation("P-7", name, **more)
    return PassTime("P-7", stream="reservation", by=SYSTEM)


def purchase_walk(seed: int, *, steps: int = 12) -> Walk:
    """One purchase: planned, ordered, confirmed, late, come in parts, cancelled."""
    dice = Random(f"purchase/{seed}")
    repository, clock, desk = _desk(seed, "s")
    desk.handle(PlanPurchase(PurchaseCommitment("PO-1", "S", "coil", Quantity(10), "2026-03-10"), by=SYSTEM))
    for _ in range(steps):
        clock.now = later(clock.now, timedelta(days=dice.choice([0, 1, 6])))
        with suppress(OrderlibError):
            desk.handle(_purchase(dice, clock))
    return repository, Key("supply", "PO-1")


def _purchase(dice: Random, clock: WorldClock) -> Command:
    more: dict[str, Any] = {"by": SYSTEM, "reason": "a walk"}
    on, luck = (clock.now + timedelta(days=dice.randrange(-2, 12))).date(), dice.random()
    if luck < 0.25:
        return OrderPurchase("PO-1", **more)
    if luck < 0.45:
        return ReportPurchaseConfirmed("PO-1", Quantity(dice.choice([10, 10, 4])), on, **more)
    if luck < 0.6:
        return ReportPurchaseDelayed("PO-1", on, **more)
    if luck < 0.85:
        return ReportPurchaseReceived("PO-1", Quantity(dice.choice([2, 6, 10])), **more)
    if luck < 0.9:
        return CancelPurchase("PO-1", **more)
    return PassTime("PO-1", stream="supply", by=SYSTEM)
