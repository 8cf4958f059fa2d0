"""Currencies of ISO 4217."""

from __future__ import annotations

import pytest

from orderlib.errors import InvalidValueError
from orderlib.values.currency import CURRENCIES, PRICED, check_currency, currency, priced_currency, withdrawn_currencies


def test_a_currency_is_found_by_its_code():
    """The entry tells number, minor unit and name."""
    euro = currency("EUR")
    assert (euro.code, euro.number, euro.digits, euro.name, str(euro)) == ("EUR", "978", 2, "Euro", "EUR")


@pytest.mark.parametrize(("code", "digits"), [("EUR", 2), ("JPY", 0), ("KWD", 3), ("CLF", 4)])
def test_the_minor_unit_is_that_of_the_standard(code, digits):
    """Digits behind the point, as ISO 4217 has them."""
    assert priced_currency(code) == (code, digits)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("DEM", "currency.withdrawn"),
        ("QQQ", "currency.unknown"),
        ("eur", "currency.malformed"),
        ("EURO", "currency.malformed"),
        ("", "currency.malformed"),
        ("E\u202eR", "currency.malformed"),
        ("EUR\n", "currency.malformed"),
        (978, "currency.malformed"),
        (None, "currency.malformed"),
        (["EUR"], "currency.malformed"),
    ],
)
def test_what_is_no_active_currency_is_refused(code, expected):
    """A withdrawn code is told apart from one that never was."""
    for reader in (currency, priced_currency):
        with pytest.raises(InvalidValueError) as refusal:
            reader(code, address="/currency")
        assert (refusal.value.code, refusal.value.findings[0].address) == (expected, "/currency")


def test_a_withdrawn_currency_says_when():
    """The finding carries the month."""
    with pytest.raises(InvalidValueError, match="HRK was withdrawn in 2023-01"):
        currency("HRK")


@pytest.mark.parametrize("code", ["XAU", "XXX", "XTS", "XDR"])
def test_nothing_is_priced_in_what_has_no_minor_unit(code):
    """Metals, tests and units of account are known, and refused for amounts."""
    assert currency(code).digits is None
    with pytest.raises(InvalidValueError, match=r"currency.no-minor-unit"):
        priced_currency(code)


def test_one_text_object_stands_for_a_code():
    """Whoever reads a code gets the table's own text, so that codes compare by identity."""
    assert check_currency("-EUR"[1:]) is CURRENCIES["EUR"].code is PRICED["EUR"][0]


def test_no_code_is_both_active_and_withdrawn():
    """A code that one country gave up and another keeps is active."""
    assert not withdrawn_currencies().keys() & CURRENCIES.keys()
