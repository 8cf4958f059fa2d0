"""Price position, competition and strategic fit; margin and follow-on business."""

from __future__ import annotations

from datetime import date

import pytest
from build import at, line, order

from orderlib.review.policy import Circumstances
from orderlib.review.record import Opinion
from orderlib.review.worth import MarginAtLeast, PriceInBand
from orderlib.values.fact import Facts
from orderlib.values.instant import instant
from orderlib.values.rate import ExchangeRate, UnitPrice

ACCEPT, CONDITIONS, REVIEW, REJECT = Opinion
NOW = instant(at())
YUAN = ExchangeRate("CNY", "EUR", "0.125", on=date(2026, 3, 2))


def judged(policy, price="100", **more):
    """The policy's decision on three pieces at this price."""
    return policy(order(line(price=price)), Circumstances(at=NOW, facts=Facts(**more)))


def codes(decision):
    """The codes of the reasons."""
    return [each.code for each in decision.reasons]


def euros(amount, **more):
    """A price for the article."""
    return {"P-7": UnitPrice(amount, "EUR", **more)}


@pytest.mark.parametrize(
    ("price", "opinion"), [("90", ACCEPT), ("89.99", CONDITIONS), ("70", CONDITIONS), ("69.99", REJECT)]
)
def test_the_price_is_held_against_the_markets(price, opinion):
    """Down to 90 percent it is fine, down to 70 the customer is asked for more."""
    decision = judged(PriceInBand(), price, market_price=euros("100"))
    assert decision.outcome is opinion
    assert [each.wording for each in decision.conditions] == (
        ["The order is priced at 270.00 EUR net"] if opinion is CONDITIONS else []
    )


def test_a_strategic_customer_is_worth_a_low_price():
    """With the advice to agree on prices."""
    decision = judged(PriceInBand(), "10", market_price=euros("100"), other={"strategic/C1": "yes"})
    assert (decision.outcome, codes(decision)) == (ACCEPT, ["assess.price-position", "assess.strategic"])
    assert decision.recommendations[0].owner == "sales"


@pytest.mark.parametrize(("count", "risks"), [("4", 0), ("5", 1), ("many", 0), ("²", 0), ("9" * 99, 0)])
def test_competition_is_a_risk_where_many_offer_the_same(count, risks):
    """Anything but a number is passed over."""
    decision = judged(PriceInBand(), market_price=euros("100"), other={"competitors/P-7": count})
    assert len(decision.risks) == risks


def test_without_a_market_price_a_person_looks():
    """Or without one that can be compared, or that is worth anything."""
    assert codes(judged(PriceInBand())) == ["assess.market-price-unknown"]
    assert judged(PriceInBand(), market_price={"P-7": UnitPrice("800", "CNY")}).outcome is REVIEW
    assert judged(PriceInBand(), market_price={"P-7": UnitPrice("800", "CNY")}, rates=(YUAN,)).outcome is ACCEPT
    assert judged(PriceInBand(), market_price=euros("100", unit="KGM")).outcome is REVIEW
    assert judged(PriceInBand(), market_price=euros("0.0001")).outcome is REVIEW


@pytest.mark.parametrize(
    ("cost", "opinion"), [("80", ACCEPT), ("80.01", CONDITIONS), ("95", CONDITIONS), ("95.01", REJECT), ("200", REJECT)]
)
def test_the_margin_decides(cost, opinion):
    """From 20 percent it is fine, from 5 percent finance has to agree."""
    decision = judged(MarginAtLeast(), unit_cost=euros(cost))
    assert decision.outcome is opinion
    assert bool(decision.conditions) is (opinion is CONDITIONS)


@pytest.mark.parametrize(("expected", "opinion"), [("1500", CONDITIONS), ("1499", REJECT), ("soon", REJECT)])
def test_follow_on_business_may_carry_a_thin_margin(expected, opinion):
    """Five times the order, in its currency."""
    assert judged(MarginAtLeast(), unit_cost=euros("99"), other={"follow-on/C1": expected}).outcome is opinion


def test_without_a_cost_or_a_value_a_person_looks():
    """Nothing can be earned on nothing."""
    assert codes(judged(MarginAtLeast())) == ["assess.cost-unknown"]
    assert codes(judged(MarginAtLeast(), "0", unit_cost=euros("1"))) == ["assess.no-value"]
