"""What an order that ran elsewhere brings along of what is in question about it."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from orderlib.change.record import ChangeRequest, Charge
from orderlib.values.message import Event
from orderlib.values.typed import tuple_of

__all__ = ["ChangesBrought"]


def _requests(given: Iterable[ChangeRequest]) -> tuple[ChangeRequest, ...]:
    return tuple_of(ChangeRequest, given, "/requests")


def _charges(given: Iterable[Charge]) -> tuple[Charge, ...]:
    return tuple_of(Charge, given, "/charges")


@attrs.frozen
class ChangesBrought(Event):
    """Changes and charges that an adopted order brings along: they were asked for and quoted elsewhere, before."""

    requests: tuple[ChangeRequest, ...] = attrs.field(default=(), converter=_requests)
    charges: tuple[Charge, ...] = attrs.field(default=(), converter=_charges)
