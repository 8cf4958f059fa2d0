"""What is promised can be kept, and takes nothing from anybody who was promised before."""

from __future__ import annotations

from decimal import Decimal

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderlib.supply.atp import Shipment, check_promise
from orderlib.supply.availability import Availability, Buckets
from orderlib.supply.consume import (
    ACCUMULATED,
    BACKWARD,
    BACKWARD_ACCUMULATED,
    BY_PERIOD,
    TWO_WAYS_ACCUMULATED,
    free_figures,
)
from orderlib.supply.entry import Demand, Supply
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
