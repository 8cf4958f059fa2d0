"""Agreements refuse what cannot be agreed, and say what is left."""

from __future__ import annotations

from decimal import Decimal

import attrs
import pytest

from orderlib.agreement.record import AgreedItem, Agreement, AgreementAccount, ItemBalance
from orderlib.errors import InvalidValueError
from orderlib.order.line import Item
from orderlib.values.instant import instant
from orderlib.values.party import ExternalReference, Party
from orderlib.values.period import DayPeriod
from orderlib.values.rate import UnitPrice


def codes(make):
    """Code and address of everything that the call refuses."""
    with pytest.raises(InvalidValueError) as caught:
        make()
    return [(each.code, each.address) for each in caught.value.findings]


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: AgreedItem(Item("P"), total=-1), "agreement.negative-quantity"),
        (lambda: AgreedItem(Item("P"), maximum=-1), "agreement.negative-quantity"),
        (lambda: AgreedItem(Item("P"), unit="nonsense"), "unit.malformed"),
        (lambda: AgreedItem(Item("P"), UnitPrice(1, "EUR", unit="KGM")), "conversion.missing"),
        (lambda: AgreedItem(Item("P"), total="many"), "decimal.malformed"),
    ],
)
def test_an_item_that_cannot_be_agreed_is_refused(make, code):
    """Bounds are not negative, units known, price and quantity convertible."""
    assert codes(make)[0][0] == code


def test_an_agreement_has_one_currency_and_each_item_once():
    """Prices are in its currency."""
    dollars = AgreedItem(Item("P"), UnitPrice(1, "USD"))
    wrong = lambda: Agreement("A", Party("C"), Party("S"), "EUR", [AgreedItem(Item("O")), dollars])
    assert codes(wrong) == [("agreement.price-currency", "/items/1/price/currency")]
    twice = lambda: Agreement("A", Party("C"), Party("S"), "EUR", [AgreedItem(Item("P")), AgreedItem(Item("P"))])
    assert codes(twice)[0][0] == "lines.duplicate-id"
    assert codes(lambda: Agreement("A", Party("C"), Party("S"), "EUR", [], zone="Mars"))[0][0] == "value.zone-unknown"


def test_the_term_ends_with_its_last_day_where_it_holds(agreement):
    """The day after begins at midnight of the agreement's zone."""
    assert agreement.ends_at == instant("2027-01-01T00:00:00Z")
    assert attrs.evolve(agreement, zone="Asia/Shanghai").ends_at == instant("2026-12-31T16:00:00Z")
    assert attrs.evolve(agreement, valid=DayPeriod("2026-01-01")).ends_at is None
    assert attrs.evolve(agreement, valid=DayPeriod(None, "9999-12-31")).ends_at is None


def test_what_is_left_is_the_bound_less_what_was_called_off(agreement):
    """Never below zero; without a bound there is none; what was not agreed has nothing left."""
    account = AgreementAccount(agreement=agreement, balances=[ItemBalance("P-7", Decimal(4), Decimal(3))])
    assert account.left("P-7") == 3
    assert account.left("V-1") is None
    assert account.left("X") == 0
    over = attrs.evolve(account, balances=[ItemBalance("P-7", Decimal(4), Decimal(30))])
    assert over.left("P-7") == 0
    assert AgreementAccount(agreement=agreement).left("P-7") == 10


def test_used_up_means_every_item_consumed_to_its_bound(agreement):
    """An item without bound is never used up, nor is an agreement on nothing."""
    full = [ItemBalance("P-7", consumed=Decimal(10)), ItemBalance("V-1", consumed=Decimal(99))]
    assert not AgreementAccount(agreement=agreement, balances=full).used_up
    bounded = attrs.evolve(agreement, items=[agreement.items["P-7"]])
    assert AgreementAccount(agreement=bounded, balances=full).used_up
    assert not AgreementAccount(agreement=bounded).used_up
    assert not AgreementAccount(agreement=attrs.evolve(agreement, items=[])).used_up


def test_the_stream_is_found_by_parties_and_foreign_ids(agreement):
    """As every stream is."""
    named = attrs.evolve(agreement, references=[ExternalReference("erp", "4600001")])
    assert AgreementAccount(agreement=named).references == (
        ("party", "C1"),
        ("party", "S1"),
        ("external", "erp/4600001"),
    )
