"""Whom to buy from, and why."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from orderlib.errors import InvalidValueError
from orderlib.supply.entry import Demand
from orderlib.supply.policy import CheapestReliableInTime, SupplierOffer
from orderlib.values.decision import Verdict
from orderlib.values.quantity import Quantity
from orderlib.values.rate import UnitPrice

NEED = Demand("4711/10", "coil", Quantity(10), "2026-03-16")
MONDAY = date(2026, 3, 2)


def offer(supplier, price, days=5, reliability="0.95", currency="EUR", **more):
    """What a supplier asks for one coil."""
    return SupplierOffer(supplier, UnitPrice(price, currency, unit=more.pop("unit", None)), days, reliability, **more)


def choose(*offers, need=NEED, **more):
    """The decision, asked on a Monday."""
    return CheapestReliableInTime(**more)(need, offers, MONDAY)


def test_the_cheapest_of_those_who_keep_time_and_word():
    """What speaks against the others is told, and what would have made them the choice."""
    found = choose(offer("dear", 12), offer("cheap", 9), offer("late", 7, 20), offer("loose", 5, reliability="0.5"))
    assert (found.outcome, found.chosen, found.expected_on) == (Verdict.YES, "cheap", date(2026, 3, 9))
    assert [(each.code, each.address) for each in found.reasons] == [
        ("supplier.chosen", "/offers/1"),
        ("supplier.not-in-time", "/offers/2/lead_days"),
        ("supplier.unreliable", "/offers/3/reliability"),
    ]
    assert [(each.code, each.address) for each in found.otherwise] == [
        ("supplier.would-be", "/offers/0/price"),
        ("supplier.would-be-sooner", "/offers/2/lead_days"),
    ]
    assert dict(found.otherwise[0].evidence)["price"] == "90.00 EUR"
    assert dict(found.otherwise[1].evidence)["days"] == "10"


def test_ties_go_to_the_more_reliable_then_the_quicker_then_the_first():
    """Never to chance."""
    assert choose(offer("a", 9), offer("b", 9, reliability=1)).chosen == "b"
    assert choose(offer("a", 9, 4), offer("b", 9, 3)).chosen == "b"
    assert choose(offer("a", 9), offer("b", 9)).chosen == "a"


def test_where_nobody_meets_all_of_it_somebody_looks():
    """The soonest is named, then the more reliable; a yes would have been a lie."""
    found = choose(offer("slow", 7, 20), offer("slower", 5, 30))
    assert (found.outcome, found.chosen) == (Verdict.REVIEW, "slow")
    assert choose(offer("a", 7, 20, "0.8"), offer("b", 9, 20, "0.9")).chosen == "b"
    assert choose(offer("a", 7, reliability="0.7"), least=Decimal("0.6")).outcome is Verdict.YES
    assert choose(offer("loose", 7, reliability="0.7")).outcome is Verdict.REVIEW


def test_what_cannot_be_bought_is_not_chosen():
    """Other units, other currencies, more than is wanted: barred, and told."""
    barred = [
        offer("kilos", 9, unit="KGM"),
        offer("dollars", 1, currency="USD"),
        offer("pallets", 1, minimum=Quantity(99)),
        offer("bulk", 1, minimum=Quantity(1, "KGM")),
    ]
    found = choose(*barred)
    assert (found.outcome, found.chosen) == (Verdict.NO, None)
    assert [each.code for each in found.reasons] == [
        "supplier.unit",
        "supplier.currency",
        "supplier.minimum",
        "supplier.unit",
    ]
    assert choose(offer("a", 9), *barred).chosen == "a"
    assert choose(offer("a", 9, minimum=Quantity(10))).chosen == "a"


def test_without_an_offer_there_is_no_choice():
    """And it says for what."""
    found = choose()
    assert (found.outcome, [each.code for each in found.reasons]) == (Verdict.NO, ["supplier.no-offer"])
    assert "coil" in found.explain("zh")


@pytest.mark.parametrize(
    ("made", "code", "address"),
    [
        (lambda: offer("a", 9, reliability=2), "supplier.reliability", "/reliability"),
        (lambda: offer("a", 9, reliability=0.5), "decimal.type", "/reliability"),
        (lambda: offer("a", 9, -1), "number.whole", "/lead_days"),
        (lambda: offer("a", 9, minimum=Quantity(-1)), "supply.negative-quantity", "/minimum"),
        (lambda: SupplierOffer("a", 9, 1), "value.type", "/price"),
    ],
)
def test_what_cannot_be_offered_is_refused(made, code, address):
    """One fault, one code, one address."""
    with pytest.raises(InvalidValueError) as caught:
        made()
    assert [(each.code, each.address) for each in caught.value.findings] == [(code, address)]
