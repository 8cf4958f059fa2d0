"""What the simulated company knows is the same for the same seed."""

from __future__ import annotations

from decimal import Decimal

from build import CLERK, line, order

from orderlib.case.message import PassTime
from orderlib.case.record import OrderCase
from orderlib.intake.message import ReceiveOrder
from orderlib.simulation.facts import SeededFacts
from orderlib.values.fact import NO_FACTS, Facts
from orderlib.values.quantity import Quantity
from orderlib.values.rate import UnitPrice

EMPTY = OrderCase(id="c1")
RECEIVE = ReceiveOrder(order(line(price="100"), line("20", item="X", price=None)), by=CLERK)


def test_facts_are_those_of_the_order_in_question():
    """A new case has the articles of the command's order; without an order nothing is known."""
    facts = SeededFacts(3)(EMPTY, RECEIVE)
    assert set(facts.stock) == set(facts.lead_time) == {"P-7", "X"}
    assert set(facts.unit_cost) == {"P-7"}  # what has no price has no cost beside it
    assert SeededFacts(3)(EMPTY, PassTime("c1", by=CLERK)) is NO_FACTS


def test_the_seed_decides():
    """Same seed, same facts; costs lie below prices, loads below the limit of what can be done."""
    facts = SeededFacts(3)(EMPTY, RECEIVE)
    assert facts == SeededFacts(3)(EMPTY, RECEIVE)
    assert facts != SeededFacts(4)(EMPTY, RECEIVE)
    assert Decimal(60) <= facts.unit_cost["P-7"].amount <= Decimal(85)
    assert all(Decimal("0.4") <= load <= Decimal("0.85") for load in facts.load.values())


def test_what_is_known_goes_before_the_dice():
    """Facts that somebody wrote down replace those of the seed, article by article."""
    known = Facts(
        stock={"X": Quantity(7)},
        unit_cost={"P-7": UnitPrice("99", "EUR")},
        load={"sales": Decimal(1)},
        other={"a": "b"},
    )
    facts = SeededFacts(3, known)(EMPTY, RECEIVE)
    assert facts.stock["X"] == Quantity(7)
    assert facts.unit_cost["P-7"].amount == 99
    assert facts.load["sales"] == 1
    assert facts.stock["P-7"] == SeededFacts(3)(EMPTY, RECEIVE).stock["P-7"]
    assert facts.other == {"a": "b"}
