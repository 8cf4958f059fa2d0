"""A purchase on record, and what happens to it."""

from __future__ import annotations

import pytest

from orderlib.supply.commitment import PurchaseCommitment
from orderlib.supply.message import OrderPurchase, PlanPurchase
from orderlib.supply.process import decide, evolve
from orderlib.values.party import Actor
from orderlib.values.quantity import Quantity

MEI = Actor("mei", "purchasing")


@pytest.fixture
def act():
    """Give a command to a purchase, fold what it decides."""

    def acted(purchase, kind, *what, at="2026-03-02T09:00:00Z", **more):
        for event in decide(purchase, kind(*what, by=MEI, id="c1", at=at, **more)):
            purchase = evolve(purchase, event)
        return purchase

    return acted


@pytest.fixture
def planned(act):
    """Ten coils from Wires Ltd, wanted on the 10th of March for two order lines."""
    new = PurchaseCommitment(
        "PO-1", "wires", "coil", Quantity(10), "2026-03-10", serves=["4711/10", "4712/10"], zone="Europe/Berlin"
    )
    return act(None, PlanPurchase, new)


@pytest.fixture
def ordered(planned, act):
    """The same, placed."""
    return act(planned, OrderPurchase, "PO-1")
