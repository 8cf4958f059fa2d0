"""Unit prices, exchange rates, percentages."""

from __future__ import annotations

import pickle
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from orderlib.errors import InvalidValueError
from orderlib.values.money import Money
from orderlib.values.quantity import Conversion, Quantity
from orderlib.values.rate import ExchangeRate, Percentage, UnitPrice, percent
from orderlib.values.rounding import DOWN

DAY = date(2026, 3, 2)
DOLLAR = ExchangeRate("USD", "EUR", "0.92", DAY, "framework contract")


@pytest.mark.parametrize(
    ("price", "quantity", "expected"),
    [
        (UnitPrice("9.99", "EUR"), Quantity(3), "29.97"),
        (UnitPrice("1.2345", "EUR", per=100, unit="H87"), Quantity(250, "H87"), "3.09"),
        (UnitPrice("0.333", "EUR", per="0.5"), Quantity("2.5", "KGM"), "1.67"),
        (UnitPrice("2", "EUR", unit="KGM"), Quantity(1500, "GRM"), "3.00"),
        (UnitPrice("-4", "EUR"), Quantity(2), "-8.00"),
    ],
)
def test_a_price_extends_over_its_base_quantity(price, quantity, expected):
    """Price times quantity over base quantity, rounded once."""
    assert price.extend(quantity) == Money(expected, "EUR")


def test_a_price_extends_by_the_rule_and_the_items_conversions():
    """Both are the caller's; the exact value is there too."""
    price = UnitPrice("0.055", "EUR", unit="H87")
    box = Conversion("XBX", "H87", 9)
    assert price.exact(Quantity(1, "XBX"), [box]) == Fraction(495, 1000)
    assert price.extend(Quantity(1, "XBX"), DOWN, [box]) == Money("0.49", "EUR")
    with pytest.raises(InvalidValueError, match=r"conversion.missing"):
        price.extend(Quantity(1, "XBX"))


@pytest.mark.parametrize(
    ("fields", "code", "address"),
    [
        ({"amount": 1.5}, "decimal.type", "/amount"),
        ({"currency": "XAU"}, "currency.no-minor-unit", "/currency"),
        ({"per": 0}, "rate.not-positive", "/per"),
        ({"per": -1}, "rate.not-positive", "/per"),
        ({"per": "x"}, "decimal.malformed", "/per"),
        ({"unit": "QQQ"}, "unit.unknown", "/unit"),
    ],
)
def test_a_price_is_checked(fields, code, address):
    """Every part has its own finding."""
    with pytest.raises(InvalidValueError) as refusal:
        UnitPrice(**{"amount": "1", "currency": "EUR", **fields})
    assert (refusal.value.code, refusal.value.findings[0].address) == (code, address)


@pytest.mark.parametrize(
    ("price", "text", "source"),
    [
        (UnitPrice("1.50", "EUR"), "1.5 EUR", "UnitPrice('1.5', 'EUR')"),
        (UnitPrice("1.5", "EUR", unit="KGM"), "1.5 EUR / 1 KGM", "UnitPrice('1.5', 'EUR', unit='KGM')"),
        (UnitPrice(1, "EUR", 100), "1 EUR / 100", "UnitPrice('1', 'EUR', per='100')"),
        (UnitPrice(1, "EUR", 100, "H87"), "1 EUR / 100 H87", "UnitPrice('1', 'EUR', per='100', unit='H87')"),
    ],
)
def test_a_price_prints_what_it_is(price, text, source):
    """Short for people, complete for programmers."""
    assert (str(price), repr(price)) == (text, source)
    assert eval(source) == price


def test_a_rate_converts_one_way_and_back():
    """Each way is rounded to the minor unit of where it ends."""
    assert DOLLAR.convert(Money("10.01", "USD")) == Money("9.21", "EUR")
    assert DOLLAR.convert(Money("10.01", "USD"), DOWN) == Money("9.20", "EUR")
    assert DOLLAR.convert_back(Money("9.20", "EUR")) == Money("10.00", "USD")
    assert ExchangeRate("EUR", "JPY", "161.27", DAY).convert(Money("1.99", "EUR")) == Money(321, "JPY")
    assert str(DOLLAR) == "1 USD = 0.92 EUR (2026-03-02)"
    assert pickle.loads(pickle.dumps(DOLLAR)) == DOLLAR


def test_a_rate_converts_only_its_own_currencies():
    """Anything else would be a silent mistake."""
    for attempt in (lambda: DOLLAR.convert(Money(1, "EUR")), lambda: DOLLAR.convert_back(Money(1, "USD"))):
        with pytest.raises(InvalidValueError, match=r"rate.currency-mismatch"):
            attempt()


@pytest.mark.parametrize(
    ("fields", "code", "address"),
    [
        ({"source": "QQQ"}, "currency.unknown", "/source"),
        ({"target": "DEM"}, "currency.withdrawn", "/target"),
        ({"target": "USD"}, "rate.same-currency", "/target"),
        ({"rate": 0}, "rate.not-positive", "/rate"),
        ({"rate": "-1"}, "rate.not-positive", "/rate"),
        ({"rate": 0.92}, "decimal.type", "/rate"),
        ({"on": "2026-03-02"}, "rate.day", "/on"),
        ({"on": datetime(2026, 3, 2, tzinfo=UTC)}, "rate.day", "/on"),
        ({"origin": "x" * 81}, "rate.origin", "/origin"),
        ({"origin": "a\u202eb"}, "rate.origin", "/origin"),
        ({"origin": None}, "rate.origin", "/origin"),
    ],
)
def test_a_rate_is_checked(fields, code, address):
    """Every part has its own finding."""
    with pytest.raises(InvalidValueError) as refusal:
        ExchangeRate(**{"source": "USD", "target": "EUR", "rate": "0.92", "on": DAY, **fields})
    assert (refusal.value.code, refusal.value.findings[0].address) == (code, address)


def test_a_percentage_is_hundredths():
    """Taken of an amount, it is rounded once."""
    tax = percent("19.00")
    assert tax == Percentage(Decimal(19))
    assert tax.ratio == Fraction(19, 100)
    assert tax.of(Money("9.99", "EUR")) == Money("1.90", "EUR")
    assert tax.of(Money("9.99", "EUR"), DOWN) == Money("1.89", "EUR")
    assert (str(tax), repr(tax)) == ("19 %", "Percentage('19')")
    assert percent(7) < tax
    with pytest.raises(InvalidValueError, match=r"decimal.type.*/value"):
        percent(0.19)
