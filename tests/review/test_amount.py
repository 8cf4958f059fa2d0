"""Amounts in the currency of a limit."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from build import order
from reviewing import euro

from orderlib.review.amount import converted, percent_of, rates_of
from orderlib.values.fact import NO_FACTS, Facts
from orderlib.values.money import Money
from orderlib.values.rate import ExchangeRate

KEPT = ExchangeRate("EUR", "CNY", "8", on=date(2026, 3, 2))
TODAY = ExchangeRate("EUR", "CNY", "10", on=date(2026, 3, 3))


def test_the_rate_kept_on_the_order_goes_first():
    """Forwards or backwards; without any there is no answer."""
    given = order(exchange_rate=KEPT)
    facts = Facts(rates=(TODAY,))
    assert rates_of(given, facts) == (KEPT, TODAY)
    assert converted(euro("2"), "CNY", given, facts) == Money("16", "CNY")
    assert converted(Money("16", "CNY"), "EUR", given, facts) == euro("2")
    assert converted(Money("16", "CNY"), "EUR", order(), NO_FACTS) is None
    assert converted(euro("2"), "EUR", order(), NO_FACTS) == euro("2")


@pytest.mark.parametrize(
    ("share", "text"),
    [(Fraction(1, 3), "33.3"), (Fraction(-1, 1000), "-0.1"), (Fraction(2), "200.0"), (Fraction(0), "0.0")],
)
def test_a_share_is_written_with_one_place(share, text):
    """Below zero, too."""
    assert percent_of(share) == text
