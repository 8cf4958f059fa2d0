"""Positions say how a customer's credit stands."""

from __future__ import annotations

from datetime import date

import attrs
import pytest

from orderlib.account.record import CreditPosition, CustomerAccount, Exposure, convert
from orderlib.errors import InvalidValueError
from orderlib.values.money import Money
from orderlib.values.rate import ExchangeRate

RATE = ExchangeRate("USD", "EUR", "0.9", date(2026, 3, 2))


def eur(amount):
    """So many euros."""
    return Money(amount, "EUR")


def position(limit=None):
    """30 ordered, 20 delivered, 10 receivable."""
    return CreditPosition(limit=limit, order=eur(30), delivered=eur(20), receivable=eur(10))


def test_money_is_converted_by_the_first_rate_that_leads_there():
    """Forwards, backwards, or not at all where it is there already."""
    assert convert(eur(5), "EUR") == eur(5)
    assert convert(Money(10, "USD"), "EUR", [RATE]) == eur(9)
    assert convert(eur(9), "USD", [RATE]) == Money(10, "USD")
    with pytest.raises(InvalidValueError) as caught:
        convert(Money(1, "JPY"), "EUR", [RATE])
    assert caught.value.code == "account.rate-missing"


def test_what_is_available_is_the_limit_less_the_exposure():
    """Below zero where the limit is passed; unknown without one."""
    assert position().exposure == eur(60)
    assert position().available is None
    assert position(eur(100)).available == eur(40)
    assert position(eur(50)).available == eur(-10)


def test_a_position_can_be_asked_what_if():
    """An order in another currency needs a rate."""
    assert position(eur(100)).after(eur(30)).available == eur(10)
    assert position(eur(100)).after(Money(10, "USD"), [RATE]).available == eur(31)
    with pytest.raises(InvalidValueError):
        position().after(Money(10, "USD"))


def test_an_exposure_has_three_parts():
    """Ordered, delivered, receivable."""
    assert Exposure("case-1", eur(1), eur(2), eur(3)).total == eur(6)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"limit": Money(1, "USD")}, "account.currency"),
        ({"limit": eur(-1)}, "account.negative-limit"),
        ({"dunning_level": -1}, "number.whole"),
        ({"dunning_level": True}, "number.whole"),
    ],
)
def test_an_account_that_cannot_be_is_refused(more, code):
    """With a stable code."""
    zero = eur(0)
    account = CustomerAccount(id="C1", currency="EUR", order=zero, delivered=zero, receivable=zero)
    assert account.next_due is None
    assert account.references == (("party", "C1"),)
    with pytest.raises(InvalidValueError) as caught:
        attrs.evolve(account, **more)
    assert caught.value.code == code
