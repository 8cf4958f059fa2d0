"""Shared streams never give out more than there is, and their sums are those of their parts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import attrs
from hypothesis import given
from hypothesis import strategies as st

from orderlib.account.process import evolve as evolve_account
from orderlib.account.process import expose
from orderlib.account.record import CustomerAccount
from orderlib.agreement.call_off import reserve
from orderlib.agreement.lifecycle import AgreementLifecycle
from orderlib.agreement.message import AgreementDrafted, AgreementSigned
from orderlib.agreement.process import consume, evolve, release
from orderlib.agreement.record import AgreedItem, Agreement, ItemQuantity
from orderlib.agreement.table import AGREEMENT
from orderlib.chart.compile import prove_equal
from orderlib.errors import RefusedError
from orderlib.order.line import Item, OrderLine
from orderlib.order.record import Order
from orderlib.values.instant import instant
from orderlib.values.message import Stamp
from orderlib.values.money import Money, sum_money
from orderlib.values.party import SYSTEM, Party
from orderlib.values.quantity import Quantity

NOW = instant("2026-03-02T09:00:00Z")
STAMP = Stamp("c1", SYSTEM, NOW, NOW)
MARCH = date(2026, 3, 2)
BUYER, SELLER = Party("C"), Party("S")
ITEMS = ("P", "Q")
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["reserve", "release", "consume"]),
        st.sampled_from(["case-1", "case-2", "case-3"]),
        st.tuples(st.integers(0, 12), st.integers(0, 12)),
    ),
    max_size=15,
)


def signed():
    """Ten of each item, in force."""
    agreement = Agreement("A", BUYER, SELLER, "EUR", [AgreedItem(Item(item), total=10) for item in ITEMS])
    return evolve(evolve(None, AgreementDrafted(STAMP, agreement)), AgreementSigned(STAMP, "A"))


def order(quantities):
    """An order of so much of each item."""
    lines = [OrderLine(item, Item(item), Quantity(each)) for item, each in zip(ITEMS, quantities, strict=True)]
    return Order("1", BUYER, SELLER, "EUR", lines)


def events_of(account, verb, case_id, quantities):
    """What a step leads to; nothing where it is refused."""
    if verb == "release":
        return release(account, case_id, STAMP)
    if verb == "consume":
        taken = [ItemQuantity(item, each) for item, each in zip(ITEMS, quantities, strict=True)]
        return consume(account, case_id, taken, STAMP)
    try:
        return reserve(account, order(quantities), case_id, MARCH, STAMP)
    except RefusedError:
        return ()


@given(STEPS)
def test_no_more_is_reserved_than_is_left(steps):
    """Only a delivery, which is a fact, may pass the bound; a reservation never adds to that."""
    account = signed()
    for verb, case_id, quantities in steps:
        events = events_of(account, verb, case_id, quantities)
        before = account
        for event in events:
            account = evolve(account, event)
        if verb == "reserve":
            for item in ITEMS:
                grown = account.balances.get(item) != before.balances.get(item)
                over = account.balances[item].called_off > 10 if grown else False
                shrunk = grown and account.balances[item].reserved < before.balances[item].reserved if over else False
                assert not over or shrunk


@given(STEPS)
def test_balances_are_the_sums_of_the_call_offs(steps):
    """Reserved and consumed, item by item, never below zero; the version counts the events."""
    account, count = signed(), 2
    for verb, case_id, quantities in steps:
        for event in events_of(account, verb, case_id, quantities):
            account, count = evolve(account, event), count + 1
    assert account.version == count
    for balance in account.balances:
        for name in ("reserved", "consumed"):
            parts = [each for call_off in account.call_offs for each in getattr(call_off, name)]
            assert getattr(balance, name) == sum((p.quantity for p in parts if p.item_id == balance.id), Decimal(0))
            assert getattr(balance, name) >= 0


@given(st.tuples(st.integers(0, 10), st.integers(0, 10)))
def test_reserving_twice_is_reserving_once(quantities):
    """The second time nothing changes, and a release leaves nothing reserved."""
    account = signed()
    for event in reserve(account, order(quantities), "case-1", MARCH, STAMP):
        account = evolve(account, event)
    assert reserve(account, order(quantities), "case-1", MARCH, STAMP) == ()
    for event in release(account, "case-1", STAMP):
        account = evolve(account, event)
    assert all(account.left(item) == 10 for item in ITEMS)


def test_the_table_is_the_lifecycle():
    """Every state and every move, tried on the machine."""
    assert prove_equal(AgreementLifecycle, AGREEMENT) == ()


@given(
    st.lists(
        st.tuples(st.integers(0, 99), st.integers(0, 3), st.integers(0, 3), st.integers(0, 3)),
        max_size=200,
    )
)
def test_the_sums_of_an_account_are_those_of_its_cases(steps):
    """However often cases come, change and are swept out."""
    zero = Money.zero("EUR")
    account = CustomerAccount(id="C", currency="EUR", order=zero, delivered=zero, receivable=zero)
    wanted: dict[str, tuple[Money, ...]] = {}
    for number, *minors in steps:
        parts = tuple(Money.of_minor(minor, "EUR") for minor in minors)
        names = dict(zip(("order", "delivered", "receivable"), parts, strict=True))
        for event in expose(account, f"case-{number}", STAMP, **names):
            account = evolve_account(account, event)
        wanted[f"case-{number}"] = parts
    position = account.position()
    for place, name in enumerate(("order", "delivered", "receivable")):
        assert getattr(position, name) == sum_money([parts[place] for parts in wanted.values()], "EUR")
    for case_id, parts in wanted.items():
        left_out = account.position(without=case_id)
        assert left_out.exposure == position.exposure - sum_money(parts, "EUR")
    assert attrs.evolve(account) == account
