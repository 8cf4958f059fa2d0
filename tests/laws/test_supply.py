"""What is promised can be kept, and takes nothing from anybody who was promised before."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderlib.supply.atp import Shipment, check_promise
from orderlib.supply.availability import Availability, Buckets
from orderlib.supply.bill import Bill, Bills, Component, Substitute
from orderlib.supply.consume import (
    ACCUMULATED,
    BACKWARD,
    BACKWARD_ACCUMULATED,
    BY_PERIOD,
    TWO_WAYS_ACCUMULATED,
    free_figures,
)
from orderlib.supply.entry import Demand, Supply
from orderlib.supply.netting import net_requirements
from orderlib.supply.pegging import ready_days, trace
from orderlib.supply.replenish import LotRule, LotSize, Procurement, Replenishment
from orderlib.values.calendar import WEEKDAYS
from orderlib.values.quantity import Quantity, sum_quantities

RULES = (BY_PERIOD, BACKWARD, ACCUMULATED, BACKWARD_ACCUMULATED, TWO_WAYS_ACCUMULATED)
FIGURES = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=12)
PLACES = st.integers(-2, 14)


def article(figures, rule, fence=None):
    """An article with so much coming and going, day by day."""
    days = Buckets.every(1, "2026-03-02", len(figures))
    pairs = list(zip(figures, days.starts, strict=True))
    supplies = [Supply(f"S{at}", "P-7", Quantity(come), on) for at, ((come, _), on) in enumerate(pairs)]
    demands = [Demand(f"D{at}", "P-7", Quantity(gone), on) for at, ((_, gone), on) in enumerate(pairs)]
    unlimited = None if fence is None else days.starts[min(fence, len(figures) - 1)]
    return Availability("P-7", "C62", days, supplies, demands, rule, unlimited_from=unlimited)


def wanted(here, place):
    """A day in the horizon, or a little outside."""
    first = here.buckets.starts[0].toordinal()
    return type(here.buckets.starts[0]).fromordinal(first + place)


@given(st.lists(st.integers(-9, 9)), st.sampled_from(RULES))
def test_consumption_moves_and_loses_nothing(figures, rule):
    """The sum stays; nobody gives more than there is, nobody is given more than is short."""
    net = [Decimal(each) for each in figures]
    free = free_figures(net, rule)
    assert sum(free) == sum(net)
    assert all(0 <= after <= before or before <= after <= 0 for before, after in zip(net, free, strict=True))
    if rule.backward and rule.forward:
        assert not (min(free, default=0) < 0 < max(free, default=0))


@given(FIGURES, st.sampled_from(RULES), st.integers(1, 20), PLACES, st.sampled_from(Shipment), st.integers(0, 11))
def test_a_promise_takes_nothing_from_those_before_it(figures, rule, quantity, place, shipment, fence):
    """Booked as a demand of its days, it leaves the shortage of all others as it was; never before its day."""
    here = article(figures, rule, fence if fence % 3 == 0 else None)
    answer = check_promise(here, Quantity(quantity), wanted(here, place), shipment)
    assert all(part.on >= max(answer.requested_on, here.buckets.starts[0]) for part in answer.parts)
    promised = sum_quantities(part.quantity for part in answer.parts)
    assert promised <= answer.asked
    if answer.promised_on is not None:
        assert promised == answer.asked
        assert max(part.on for part in answer.parts) == answer.promised_on
    if here.unlimited_from is not None or not rule.backward:
        return
    booked = [Demand(f"new{at}", "P-7", part.quantity, part.on) for at, part in enumerate(answer.parts)]
    after = attrs.evolve(here, demands=(*here.demands, *booked))
    assert after.shortage == here.shortage


@given(FIGURES, st.sampled_from(RULES), st.integers(1, 20), PLACES)
def test_what_is_drawn_is_what_is_asked_and_what_is_free(figures, rule, quantity, place):
    """Period by period no more than it has left over; in all what was asked for, or nothing."""
    here = article(figures, rule)
    answer = check_promise(here, Quantity(quantity), wanted(here, place))
    free = dict(zip(here.buckets.starts, here.free, strict=True))
    assert all(0 < taken.value <= free[on] for on, taken in answer.drawn)
    assert sum(taken.value for _, taken in answer.drawn) == (0 if answer.place is None else quantity)


@given(FIGURES, st.integers(1, 20), PLACES)
def test_no_day_before_the_promise_would_do(figures, quantity, place):
    """With accumulation the day before has less than is asked for."""
    here = article(figures, BACKWARD_ACCUMULATED)
    answer = check_promise(here, Quantity(quantity), wanted(here, place))
    if answer.promised_on is None:
        assert here.cumulative[-1] < quantity
    elif not answer.on_time and here.buckets.place(answer.promised_on):
        assert here.cumulative[here.buckets.place(answer.promised_on) - 1] < quantity


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
@given(figures=FIGURES, quantity=st.integers(1, 20), place=PLACES)
def test_every_answer_explains_itself(rule, figures, quantity, place):
    """A reason that names what binds, with an address into what was looked at; offers that hold."""
    here = article(figures, rule)
    answer = check_promise(here, Quantity(quantity), wanted(here, place))
    decision = answer.decision()
    assert decision.outcome == answer.outcome
    assert decision.reasons[0] == answer.binding
    for each in decision.reasons:
        kind, _, at = each.address[1:].partition("/")
        assert not at or int(at) < len(getattr(here, kind))
    for offer in answer.alternatives():
        assert all(part.quantity.value > 0 for part in offer.parts)


ITEMS = ("pump", "motor", "bolt", "coil")
DAYS_OF_MARCH = st.integers(1, 40).map(lambda number: date.fromordinal(date(2026, 3, 1).toordinal() + number))
ENTRIES = st.lists(st.tuples(st.sampled_from(ITEMS), st.integers(0, 20), DAYS_OF_MARCH), max_size=8)
BILLS = st.fixed_dictionaries(
    {
        item: st.lists(st.tuples(st.sampled_from(ITEMS[at + 1 :]), st.integers(0, 4), st.integers(0, 30)), max_size=3)
        for at, item in enumerate(ITEMS[:-1])
    }
)
RULES_OF = st.fixed_dictionaries(
    {},
    optional={
        item: st.builds(
            Replenishment,
            st.just(item),
            st.sampled_from(Procurement),
            st.integers(0, 12),
            lot=st.builds(LotSize, st.sampled_from(LotRule), st.integers(1, 12)),
            safety=st.integers(0, 5),
        )
        for item in ITEMS
    },
)


def netted(wants, haves, contents, rules, *, phantom, good):
    """A plan over generated bills; articles contain only those that stand after them."""
    bills = [
        Bill(
            item,
            [
                Component(
                    part,
                    Quantity(each),
                    scrap=scrap,
                    substitutes=[Substitute("coil", Quantity(each))] if part == "bolt" else (),
                )
                for part, each, scrap in parts
            ],
            phantom=phantom and item == "motor",
            good=good,
        )
        for item, parts in contents.items()
    ]
    demands = [Demand(f"D{at}", item, Quantity(quantity), on) for at, (item, quantity, on) in enumerate(wants)]
    supplies = [Supply(f"S{at}", item, Quantity(quantity), on) for at, (item, quantity, on) in enumerate(haves)]
    plan = net_requirements(demands, supplies, today=date(2026, 3, 4), bills=Bills(bills), rules=rules.values())
    return plan, demands, supplies


@given(ENTRIES, ENTRIES, BILLS, RULES_OF, st.booleans(), st.sampled_from([100, 90, 33]))
def test_what_is_pegged_is_what_is_wanted_and_what_comes(wants, haves, contents, rules, phantom, good):
    """Law 6: per article, what is pegged = open demand - what is short = supply - declared surplus."""
    plan, demands, supplies = netted(wants, haves, contents, rules, phantom=phantom, good=good)
    wanted, come, pegged = Counter(), Counter(), Counter()
    for demand in (*demands, *plan.needs):
        wanted[demand.id] += demand.quantity.value
    for supply in (*supplies, *plan.orders):
        come[supply.id] += supply.quantity.value
    served = Counter()
    for peg in plan.pegs:
        assert peg.quantity.value > 0
        served[peg.demand_id] += peg.quantity.value
        pegged[peg.supply_id] += peg.quantity.value
    for short in plan.shortages:
        if short.covered_on is None:
            served[short.demand_id] += short.quantity.value
    for over in plan.surplus:
        pegged[over.supply_id] += over.quantity.value
    assert served == wanted
    assert pegged == come


@given(ENTRIES, ENTRIES, BILLS, RULES_OF, st.booleans(), st.sampled_from([100, 90, 33]))
def test_orders_keep_the_calendar_and_bring_what_they_need(wants, haves, contents, rules, phantom, good):
    """Released and due on working days, never in the past, the lead time apart; every need is wanted on its release."""
    plan, demands, _ = netted(wants, haves, contents, rules, phantom=phantom, good=good)
    for order in plan.orders:
        assert order.release_on >= date(2026, 3, 4)
        assert WEEKDAYS.is_working_day(order.release_on)
        assert WEEKDAYS.add_days(order.release_on, order.lead_days) == order.due_on
        assert {plan.needs[need].on for need in order.needs} <= {order.release_on}
    ready = ready_days(plan, WEEKDAYS)
    for demand in demands:
        if demand.quantity:
            short = [each for each in plan.shortages if each.demand_id == demand.id and each.covered_on is None]
            on = ready[demand.id]
            assert on is None or on >= max(peg.on for peg in plan.pegs_of(demand.id))
            assert not short or on is None
            assert {each.peg.demand_id for each in trace(plan, demand.id)} >= {
                peg.demand_id for peg in plan.pegs_of(demand.id)
            }


@given(ENTRIES, ENTRIES, BILLS, RULES_OF)
def test_whoever_is_served_late_is_declared(wants, haves, contents, rules):
    """A late peg and a shortage with an end always come together; reserves are nobody's shortage."""
    plan, demands, _ = netted(wants, haves, contents, rules, phantom=False, good=100)
    late = {peg.demand_id for peg in plan.pegs if peg.late and not peg.demand_id.startswith("safety-")}
    assert {each.demand_id for each in plan.shortages if each.covered_on is not None} == late
    lacking = {each.demand_id for each in plan.shortages if each.covered_on is None}
    assert lacking <= {each.id for each in (*demands, *plan.needs) if each.item_id not in rules}
