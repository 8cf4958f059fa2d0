"""Technical fit, capacity and supply, as far as facts tell."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import attrs
import pytest
from build import at, line, order
from reviewing import GOOD

from orderlib.order.line import Item
from orderlib.order.terms import DeliveryTerms
from orderlib.review.feasibility import InTimeFromStockOrSupply, KnownArticles, LoadWithinLimits
from orderlib.review.policy import Circumstances
from orderlib.review.record import Opinion
from orderlib.values.dispatch import Gate
from orderlib.values.fact import NO_FACTS, Facts
from orderlib.values.instant import instant
from orderlib.values.period import DayPeriod
from orderlib.values.quantity import Quantity

ACCEPT, CONDITIONS, REVIEW, REJECT = Opinion
NOW = instant(at())


def seen(**more):
    """Circumstances with these facts."""
    return Circumstances(at=NOW, facts=Facts(**more))


def codes(decision):
    """The codes of the reasons."""
    return [each.code for each in decision.reasons]


@pytest.mark.parametrize(
    ("word", "opinion", "code"),
    [
        ("", REVIEW, "assess.article-unknown"),
        ("fit", ACCEPT, "assess.article-known"),
        ("adapt: longer shaft", CONDITIONS, "assess.article-adapted"),
        ("unfit", REJECT, "assess.article-unfit"),
    ],
)
def test_the_engineers_word_goes_first(word, opinion, code):
    """Without it and without any data a person has to look."""
    decision = KnownArticles()(order(), seen(other={"technical/P-7": word}))
    assert (decision.outcome, codes(decision)) == (opinion, [code])


def test_an_adapted_article_brings_a_condition_and_a_task():
    """The drawing is approved before anything is made."""
    decision = KnownArticles()(order(line(), line("20")), seen(other={"technical/P-7": "adapt: longer shaft"}))
    assert {(each.owner, each.gate) for each in decision.conditions} == {("technology", Gate.PRODUCE)}
    assert [each.measure for each in decision.recommendations] == ["Adapt P-7"]


def test_what_was_made_before_is_known_unless_the_customer_wants_it_otherwise():
    """Specifications of the order's own need a person."""
    special = attrs.evolve(line(), item=Item("P-7", "Pump", properties=(("colour", "red"),)))
    circumstances = Circumstances(at=NOW, facts=GOOD)
    assert KnownArticles()(order(), circumstances).outcome is ACCEPT
    assert KnownArticles()(order(special), circumstances).outcome is REVIEW


@pytest.mark.parametrize(
    ("load", "opinion"), [(None, REVIEW), ("0.84", ACCEPT), ("0.85", CONDITIONS), ("1.2", CONDITIONS), ("1.21", REJECT)]
)
def test_capacity_is_judged_by_the_load(load, opinion):
    """Room, room to be found, no room; unknown where nobody says."""
    facts = {} if load is None else {"load": {"production": Decimal(load)}}
    decision = LoadWithinLimits()(order(), seen(**facts))
    assert decision.outcome is opinion
    assert bool(decision.conditions) is (opinion is CONDITIONS)


def test_what_is_on_stock_needs_no_capacity():
    """In the unit of the line, and enough of it."""
    assert LoadWithinLimits()(order(), seen(stock={"P-7": Quantity(3)})).outcome is ACCEPT
    assert LoadWithinLimits()(order(), seen(stock={"P-7": Quantity(2)})).outcome is REVIEW
    assert LoadWithinLimits()(order(), seen(stock={"P-7": Quantity(9, "KGM")})).outcome is REVIEW


@pytest.mark.parametrize(("days", "opinion"), [(None, REVIEW), (10, ACCEPT), (90, CONDITIONS)])
def test_supply_is_judged_by_the_lead_time(days, opinion):
    """In time, late, or nobody knows; what is late is offered to the customer for the later day."""
    facts = {} if days is None else {"lead_time": {"P-7": timedelta(days=days)}}
    decision = InTimeFromStockOrSupply()(order(), seen(**facts))
    assert decision.outcome is opinion
    assert [each.wording for each in decision.conditions] == (
        ["Line 10 is delivered on 2026-06-01"] if opinion is CONDITIONS else []
    )


def test_supply_knows_stock_and_the_day_of_the_order():
    """On stock is in time; a line without a day of its own has the order's; without any it is never late."""
    facts = {"lead_time": {"P-7": timedelta(days=90)}}
    timeless = line(requested_period=None)
    wanted = DeliveryTerms(requested_period=DayPeriod(None, "2026-03-31"))
    policy = InTimeFromStockOrSupply()
    assert policy(order(), seen(stock={"P-7": Quantity(3)})).outcome is ACCEPT
    assert policy(order(timeless), seen(**facts)).outcome is ACCEPT
    assert policy(order(timeless, delivery=wanted), seen(**facts)).outcome is CONDITIONS
    assert policy(order(), Circumstances(at=NOW, facts=NO_FACTS)).outcome is REVIEW
