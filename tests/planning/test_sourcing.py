"""Where the goods of lines come from."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from build import line
from plans import PLANNER, accepted

from orderlib.case.policies import PolicySet
from orderlib.errors import InvalidValueError
from orderlib.planning.message import LinesSourced, SourceOrder
from orderlib.planning.record import LineSource, Source
from orderlib.planning.sourcing import CheapestInTime, MakeOrBuy, SourceOption
from orderlib.values.decision import Decision
from orderlib.values.fact import NO_FACTS, Facts
from orderlib.values.money import Money
from orderlib.values.quantity import Quantity
from orderlib.values.rate import UnitPrice

CASE = "case-1"
FIVE = Quantity(5)


def days(count):
    """So many days."""
    return timedelta(days=count)


def option(source, party="", lead=0, price=None, currency="EUR", most=None):
    """One way to get an article."""
    cost = None if price is None else UnitPrice(price, currency)
    return SourceOption(source, party, days(lead), cost, None if most is None else Quantity(most))


def choose(*options, within=None, facts=NO_FACTS):
    """What the policy takes of some options for five."""
    policy = CheapestInTime({"p": options}, None if within is None else days(within))
    return policy("p", FIVE, facts)


def codes(decision):
    """The codes of the reasons."""
    return [reason.code for reason in decision.reasons]


class TestCheapestInTime:
    def test_of_those_in_time_the_cheapest_is_taken(self):
        """The partner is cheap and slow, own work dear and quick, the supplier between."""
        ways = (
            option("make", lead=3, price="90"),
            option("buy", "Steel & Co", lead=9, price="70"),
            option("partner", "Weld Ltd", lead=20, price="50"),
        )
        found = choose(*ways, within=10)
        assert (found.ruling, found.party, found.lead_time, found.cost) == (
            Source.BUY,
            "Steel & Co",
            days(9),
            Money("350", "EUR"),
        )
        assert codes(found) == ["sourcing.chosen", "sourcing.too-slow"]
        assert choose(*ways).ruling is Source.PARTNER

    def test_where_all_are_too_slow_the_soonest_is_taken(self):
        """Late is better than never."""
        found = choose(option("buy", "A", 20, "1"), option("buy", "B", 15, "2"), within=10)
        assert (found.party, codes(found)) == ("B", ["sourcing.chosen", "sourcing.too-slow", "sourcing.too-slow"])

    def test_who_gives_too_little_is_passed_over(self):
        """And nobody at all is an answer."""
        found = choose(option("buy", "A", 1, "1", most=4), option("make", price="2"))
        assert (found.ruling, codes(found)) == (Source.MAKE, ["sourcing.chosen", "sourcing.too-much"])
        assert choose(option("buy", "A", 1, "1", most=4)).ruling is Source.NONE
        assert choose().ruling is Source.NONE

    def test_prices_in_other_currencies_are_not_compared(self):
        """The first that has a price says in which currency."""
        found = choose(option("buy", "A", price="9"), option("buy", "B", price="1", currency="CNY"), option("make"))
        assert (found.party, codes(found)) == ("A", ["sourcing.chosen", "sourcing.unpriced", "sourcing.unpriced"])

    def test_without_prices_the_soonest_is_taken(self):
        """Nothing else tells them apart."""
        assert choose(option("buy", "A", 9), option("buy", "B", 2)).party == "B"

    def test_what_lies_in_stock_is_taken_first(self):
        """It is there, and it is paid."""
        facts = Facts(stock={"p": FIVE}, unit_cost={"p": UnitPrice("60", "EUR")})
        found = choose(option("make", price="1"), facts=facts)
        assert (found.ruling, found.cost) == (Source.STOCK, Money("300", "EUR"))

    def test_options_are_checked(self):
        """No time runs backwards, no word is made up."""
        for wrong, code in (({"lead": -1}, "sourcing.lead-time"), ({"source": "moon"}, "code.unknown")):
            with pytest.raises(InvalidValueError) as caught:
                option(**({"source": "buy"} | wrong))
            assert caught.value.findings[0].code == code


class TestMakeOrBuy:
    def test_lead_time_and_cost_come_from_the_facts(self):
        """Where they are known; a price for another unit is not."""
        facts = Facts(
            load={"production": Decimal("0.5")}, lead_time={"p": days(7)}, unit_cost={"p": UnitPrice("60", "EUR")}
        )
        found = MakeOrBuy()("p", FIVE, facts)
        assert (found.ruling, found.lead_time, found.cost) == (Source.MAKE, days(7), Money("300", "EUR"))
        by_weight = Facts(unit_cost={"p": UnitPrice("60", "EUR", 1, "KGM")})
        assert MakeOrBuy()("p", FIVE, by_weight).cost is None


class TestCommand:
    def test_each_line_is_decided_and_kept_with_its_reasons(self):
        """The plan knows from where, through whom, how soon and at what cost."""
        story = accepted(line("10", item="p", quantity=5), line("20", item="q", quantity=1))
        story.policies = PolicySet(sourcing=CheapestInTime({"p": [option("partner", "Weld Ltd", 4, "50")]}))
        story.tell(SourceOrder(CASE, by=PLANNER))
        assert [event.slot for event in story.events[:2]] == ["sourcing", "sourcing"]
        assert story.one(LinesSourced).sources == (
            LineSource("10", Source.PARTNER, "Weld Ltd", days(4), Money("250", "EUR")),
        )
        assert story.case.planning.sources.ids() == ("10",)

    def test_a_policy_of_ones_own_need_not_know_more_than_the_source(self):
        """Any function will do."""
        story = accepted(line("10"))
        story.policies = PolicySet(sourcing=lambda *_: Decision(Source.BUY))
        story.tell(SourceOrder(CASE, by=PLANNER))
        assert story.case.planning.sources["10"] == LineSource("10", Source.BUY)
