"""A book of stock and one of capacity, and commands to them."""

from __future__ import annotations

import pytest

from orderlib.reservation.message import OpenBook
from orderlib.reservation.process import decide, evolve
from orderlib.reservation.record import BookKind
from orderlib.values.party import Actor

MEI = Actor("mei", "sales")


@pytest.fixture
def act():
    """Give a command to a book, fold what it decides."""

    def acted(book, kind, *what, at="2026-03-02T09:00:00Z", **more):
        for event in decide(book, kind("P-7", *what, by=MEI, id="c1", at=at, **more)):
            book = evolve(book, event)
        return book

    return acted


@pytest.fixture
def stock(act):
    """Four pumps today, six more on the 9th of March."""
    return act(None, OpenBook, levels=[("2026-03-02", 4), ("2026-03-09", 6)])


@pytest.fixture
def machine(act):
    """Two lathes until the 15th of March, one from the 16th on."""
    return act(None, OpenBook, BookKind.CAPACITY, levels=[("2026-03-16", 1), ("2026-03-01", 2)])
