"""Purchases decide their commands, and book what suppliers report."""

from __future__ import annotations

from datetime import date

import attrs
import pytest

from orderlib.chart.compile import prove_equal
from orderlib.errors import InvalidValueError, RefusedError
from orderlib.supply.lifecycle import CommitmentLifecycle
from orderlib.supply.message import (
    CancelPurchase,
    OrderPurchase,
    PlanPurchase,
    PurchaseOrdered,
    PurchasePlanned,
    ReportPurchaseConfirmed,
    ReportPurchaseDelayed,
    ReportPurchaseReceived,
)
from orderlib.supply.process import decide, evolve, lapse
from orderlib.supply.table import COMMITMENT
from orderlib.values.instant import instant
from orderlib.values.key import Key
from orderlib.values.message import Command, Stamp
from orderlib.values.party import Actor
from orderlib.values.quantity import Quantity

MEI = Actor("mei", "purchasing")
NOW = instant("2026-03-02T09:00:00Z")
STAMP = Stamp("c9", MEI, NOW, NOW)


def codes(events):
    """Name of each event, with the codes of its findings."""
    return [(type(each).__name__, [finding.code.partition(".")[2] for finding in each.findings]) for each in events]


def told(purchase, kind, *what, at="2026-03-02T10:00:00Z"):
    """What a report books, and the purchase then."""
    events = decide(purchase, kind("PO-1", *what, by=MEI, id="c2", at=at))
    for event in events:
        purchase = evolve(purchase, event)
    return codes(events), purchase


def refusal(act, *arguments, **more):
    """Codes of a refusal."""
    with pytest.raises(RefusedError) as caught:
        act(*arguments, **more)
    return [each.code for each in caught.value.findings]


def test_the_table_is_the_lifecycle():
    """What runs is what is declared."""
    assert prove_equal(CommitmentLifecycle, COMMITMENT) == ()


def test_a_purchase_is_planned_ordered_confirmed_and_received(planned, ordered):
    """The plain way."""
    assert (planned.state, ordered.state) == ("planned", "ordered")
    found, confirmed = told(ordered, ReportPurchaseConfirmed, Quantity(10), "2026-03-09")
    assert (found, confirmed.state, confirmed.expected_on) == (
        [("PurchaseConfirmed", [])],
        "confirmed",
        date(2026, 3, 9),
    )
    found, part = told(confirmed, ReportPurchaseReceived, Quantity(4))
    assert (found, part.state, part.outstanding) == ([("PurchasePartReceived", [])], "confirmed", Quantity(6))
    found, whole = told(part, ReportPurchaseReceived, Quantity(6))
    assert (found, whole.state, whole.received) == ([("PurchaseReceived", [])], "received", Quantity(10))
    assert whole.version == 5


def test_a_later_day_makes_it_late_and_an_earlier_one_mends_it(ordered):
    """The supplier's word, with how much later it is; a delay that is taken back."""
    found, late = told(ordered, ReportPurchaseConfirmed, Quantity(10), "2026-03-20")
    assert (found, late.state) == ([("PurchaseDelayed", ["later"])], "late")
    found, later = told(late, ReportPurchaseDelayed, "2026-03-25")
    assert (found, later.expected_on) == ([("PurchaseDelayed", ["later"])], date(2026, 3, 25))
    found, mended = told(later, ReportPurchaseDelayed, "2026-03-10")
    assert (found, mended.state, mended.jeopardies) == ([("PurchaseConfirmed", [])], "confirmed", ())


def test_what_does_not_fit_is_booked_and_told(planned, ordered, act):
    """Less than ordered, more than is due, before it was ordered, after it was over."""
    assert told(ordered, ReportPurchaseConfirmed, Quantity(8), "2026-03-09")[0] == [("PurchaseConfirmed", ["less"])]
    found, whole = told(ordered, ReportPurchaseReceived, Quantity(12))
    assert (found, whole.received) == ([("PurchaseReceived", ["more"])], Quantity(12))
    assert told(planned, ReportPurchaseConfirmed, Quantity(10), "2026-03-09")[0] == [
        ("PurchaseConfirmed", ["not-ordered"])
    ]
    assert told(planned, ReportPurchaseReceived, Quantity(10))[0] == [("PurchaseReceived", ["not-ordered"])]
    found, more = told(whole, ReportPurchaseReceived, Quantity(1))
    assert (found, more.received) == ([("PurchaseNoted", ["over"])], Quantity(13))
    gone = act(ordered, CancelPurchase, "PO-1", reason="no need")
    found, still = told(gone, ReportPurchaseDelayed, "2026-03-20")
    assert (found, still.state, still.received) == ([("PurchaseNoted", ["over"])], "cancelled", None)


def test_a_day_that_passes_without_goods_is_told_once(ordered):
    """When the day is over at the plant; again when the next day that was given has passed."""
    due = ordered.next_due
    assert lapse(ordered, instant("2026-03-10T22:59:59Z"), STAMP) == lapse(None, due, STAMP) == ()
    (event,) = lapse(ordered, instant("2026-03-12T08:00:00Z"), STAMP)
    assert (event.occurred_at, codes([event])) == (due, [("PurchaseOverdue", ["overdue"])])
    late = evolve(ordered, event)
    assert (late.state, late.next_due, len(late.jeopardies)) == ("late", None, 2)
    found, promised = told(late, ReportPurchaseDelayed, "2026-03-16", at="2026-03-12T08:00:00Z")
    assert (found, str(promised.next_due.date())) == ([("PurchaseDelayed", ["later"])], "2026-03-16")
    found, again = told(promised, ReportPurchaseReceived, Quantity(10), at="2026-03-18T08:00:00Z")
    assert found == [("PurchaseOverdue", ["overdue"]), ("PurchaseReceived", [])]
    assert again.state == "received"


def test_what_is_not_possible_is_refused(planned, ordered, act):
    """Every reason, at its place."""
    assert refusal(act, ordered, OrderPurchase, "PO-1") == ["chart.no-move"]
    assert refusal(act, ordered, CancelPurchase, "PO-1") == ["commitment.reason-missing"]
    gone = act(ordered, CancelPurchase, "PO-1", reason="no need")
    assert (gone.state, gone.outstanding, gone.next_due) == ("cancelled", Quantity(0), None)
    assert refusal(act, gone, CancelPurchase, "PO-1", reason="again") == ["chart.no-move"]
    assert refusal(act, None, OrderPurchase, "PO-1") == ["commitment.unknown"]
    assert refusal(act, planned, PlanPurchase, attrs.evolve(planned, version=0)) == ["commitment.exists"]
    assert refusal(act, None, PlanPurchase, ordered) == ["commitment.not-new"]
    with pytest.raises(RefusedError) as caught:
        decide(ordered, Command(by=MEI, id="c1", at="2026-03-02T09:00:00Z"))
    assert caught.value.code == "commitment.unknown-command"


@pytest.mark.parametrize(
    ("kind", "what", "code"),
    [
        (ReportPurchaseReceived, (Quantity(1, "KGM"),), "supply.unit"),
        (ReportPurchaseReceived, (Quantity(-1),), "supply.negative-quantity"),
        (ReportPurchaseConfirmed, (Quantity(1, "KGM"), "2026-03-09"), "supply.unit"),
        (ReportPurchaseConfirmed, (Quantity(1), "soon"), "value.day-malformed"),
    ],
)
def test_a_malformed_report_is_refused(ordered, kind, what, code):
    """It is the only kind that is."""
    with pytest.raises(InvalidValueError) as caught:
        told(ordered, kind, *what)
    assert caught.value.code == code


def test_a_history_that_cannot_be_is_refused(planned, ordered):
    """Events that `decide` never made."""
    for purchase, event in (
        (ordered, PurchasePlanned(STAMP, planned)),
        (None, PurchaseOrdered(STAMP, "PO-1")),
        (ordered, PurchaseOrdered(STAMP, "PO-1")),
    ):
        with pytest.raises(InvalidValueError) as caught:
            evolve(purchase, event)
        assert caught.value.code == "commitment.impossible-event"


def test_commands_and_events_address_the_purchase(planned):
    """One stream for each."""
    assert PlanPurchase(planned, by=MEI).target == OrderPurchase("PO-1", by=MEI).target == Key("supply", "PO-1")
    assert PurchasePlanned(STAMP, planned).stream_id == PurchaseOrdered(STAMP, "PO-1").stream_id == "PO-1"
    assert PurchasePlanned.kind == PurchaseOrdered.kind == PlanPurchase.kind == OrderPurchase.kind == "supply"
