"""Each judgement of planning says at least two things, and why."""

from __future__ import annotations

from decimal import Decimal

from build import line, order

from orderlib.case.policies import PolicySet
from orderlib.planning.policy import AllocateByRequestedDay, PlannedAndPromised
from orderlib.planning.promise import Feasibility
from orderlib.planning.record import Source
from orderlib.planning.sourcing import MakeOrBuy
from orderlib.values.decision import Verdict
from orderlib.values.fact import NO_FACTS, Facts
from orderlib.values.period import DayPeriod
from orderlib.values.quantity import Quantity


def test_stock_comes_before_making_and_making_before_buying():
    """By stock, by load, and buying where nothing is known."""
    policy, wanted = MakeOrBuy(), Quantity(5)
    assert policy("p", wanted, Facts(stock={"p": Quantity(5)})).outcome is Source.STOCK
    assert policy("p", wanted, Facts(load={"production": Decimal("0.5")})).outcome is Source.MAKE
    assert policy("p", wanted, Facts(load={"production": Decimal(1)})).outcome is Source.BUY
    assert policy("p", wanted, NO_FACTS).outcome is Source.BUY
    assert policy("p", wanted, Facts(stock={"p": Quantity(5, "KGM")})).outcome is Source.BUY


def test_scarce_supply_goes_to_whoever_wants_it_first():
    """The earlier line gets all, the later one the rest, and the decision asks for a look."""
    early, late = DayPeriod(None, "2026-04-01"), DayPeriod(None, "2026-05-01")
    given = order(line("10", requested_period=late, quantity=3), line("20", requested_period=early, quantity=3))
    decision = AllocateByRequestedDay()(given, {"P-7": Quantity(4)})
    assert decision.outcome is Verdict.REVIEW
    assert dict(decision.shares) == {"10": Decimal(1), "20": Decimal(3)}
    assert AllocateByRequestedDay()(given, {"P-7": Quantity(6)}).outcome is Verdict.YES


def test_release_wants_plan_and_promises():
    """Without either it says no, naming each."""
    decision = PlannedAndPromised()(order(), None)
    assert decision.outcome is Verdict.NO
    assert len(decision.reasons) == 2


def test_slots_are_bound_and_signed():
    """Whoever reads a slot gets the policy with its name on each decision."""
    decision = PolicySet().sourcing("p", Quantity(1), NO_FACTS)
    assert decision.policy.name == "MakeOrBuy"
    assert dict(decision.policy.parameters) == {"limit": "0.9"}
    assert set(Feasibility) == {"on-time", "late", "impossible"}
