"""Nothing that a supplier reports is lost, and the history of a purchase is the purchase."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from orderlib.errors import RefusedError
from orderlib.supply.commitment import PurchaseCommitment
from orderlib.supply.message import (
    CancelPurchase,
    OrderPurchase,
    PlanPurchase,
    ReportPurchaseConfirmed,
    ReportPurchaseDelayed,
    ReportPurchaseReceived,
)
from orderlib.supply.process import decide, evolve
from orderlib.supply.table import COMMITMENT
from orderlib.values.party import SYSTEM
from orderlib.values.quantity import Quantity

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["order", "cancel", "confirm", "delay", "receive"]), st.integers(0, 9), st.integers(1, 28)
    ),
    max_size=10,
)


def command(verb, quantity, day, at):
    """One step; every report is possible at any time."""
    more = {"by": SYSTEM, "id": "c", "at": at, "reason": "x"}
    on = date(2026, 3, day)
    if verb == "confirm":
        return ReportPurchaseConfirmed("PO-1", Quantity(quantity), on, **more)
    if verb == "delay":
        return ReportPurchaseDelayed("PO-1", on, **more)
    if verb == "receive":
        return ReportPurchaseReceived("PO-1", Quantity(quantity), **more)
    return (OrderPurchase if verb == "order" else CancelPurchase)("PO-1", **more)


@given(STEPS)
def test_reports_are_booked_whatever_the_state(steps):
    """What has come adds up; an open purchase awaits the rest, one that is over awaits nothing.

    Only an order or a cancellation is ever refused. Who is late says so to everybody whom it serves, and replaying
    the events gives the identical purchase.
    """
    new = PurchaseCommitment("PO-1", "S", "coil", Quantity(10), "2026-03-10", serves=["a", "b"])
    events = [*decide(None, PlanPurchase(new, by=SYSTEM, id="c", at="2026-03-01T08:00:00Z"))]
    purchase, come = evolve(None, events[0]), 0
    for number, (verb, quantity, day) in enumerate(steps):
        try:
            found = decide(purchase, command(verb, quantity, day, f"2026-03-{2 * number + 2:02}T08:00:00Z"))
        except RefusedError:
            assert verb in ("order", "cancel")
            continue
        come += quantity if verb == "receive" else 0
        for event in found:
            purchase = evolve(purchase, event)
        events += found
        assert (purchase.received or Quantity(0)) == Quantity(come)
        assert purchase.outstanding == (Quantity(max(0, 10 - come)) if purchase.open else Quantity(0))
        assert purchase.open != COMMITMENT.is_end(purchase.state)
        assert len(purchase.jeopardies) == (2 if purchase.state == "late" else 0)
        assert purchase.supply.quantity == purchase.outstanding
    again = None
    for event in events:
        again = evolve(again, event)
    assert again == purchase
    assert purchase.version == len(events)
