"""Facts from outside are optional, and of the types that policies expect."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest

from orderlib.errors import InvalidValueError
from orderlib.values.fact import NO_FACTS, Facts
from orderlib.values.quantity import Quantity
from orderlib.values.rate import ExchangeRate

TABLES = ("stock", "unit_cost", "market_price", "lead_time", "load", "other")


class Asked(Mapping):
    """Looks things up when it is asked."""

    def __getitem__(self, item):
        return Quantity(len(item), "C62")

    def __iter__(self):
        return iter(())

    def __len__(self):
        return 0


def test_nothing_is_known_unless_it_is_said():
    """Every table is empty, and none is shared with other facts."""
    facts = Facts()
    assert facts == NO_FACTS
    assert all(getattr(facts, name) == {} and getattr(facts, name) is not getattr(NO_FACTS, name) for name in TABLES)
    assert facts.rates == ()


def test_a_table_may_look_things_up():
    """Any mapping will do, so that nobody need load a whole stock."""
    assert Facts(stock=Asked()).stock.get("P-70") == Quantity(4, "C62")


def test_rates_may_come_as_any_iterable():
    """They are kept as a tuple."""
    rate = ExchangeRate("EUR", "USD", Decimal("1.1"), date(2026, 3, 2))
    assert Facts(rates=iter([rate])).rates == (rate,)


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_a_mapping(name):
    """Pairs are not."""
    with pytest.raises(InvalidValueError) as caught:
        Facts(**{name: [("P-7", 1)]})
    assert [(each.code, each.address) for each in caught.value.findings] == [("value.type", f"/{name}")]


def test_a_rate_is_an_exchange_rate():
    """A bare number says nothing about currencies."""
    with pytest.raises(InvalidValueError) as caught:
        Facts(rates=[Decimal("1.1")])
    assert [each.code for each in caught.value.findings] == ["value.type"]
