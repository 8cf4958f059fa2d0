"""Any difference between two orders leads from the one to the other, and says all that changed."""

from __future__ import annotations

import attrs
from hypothesis import given
from hypothesis import strategies as st

from orderlib.order.line import Item, OrderLine, ScheduleLine
from orderlib.order.record import Order
from orderlib.order.revision import apply, difference
from orderlib.order.terms import DeliveryTerms
from orderlib.values.party import Party
from orderlib.values.quantity import Quantity
from orderlib.values.rate import UnitPrice

SCHEDULES = st.lists(
    st.builds(
        ScheduleLine,
        st.sampled_from(["1", "2", "3"]),
        st.integers(1, 3).map(Quantity),
        requested_on=st.sampled_from([None, "2026-05-01", "2026-06-01"]),
    ),
    max_size=2,
    unique_by=lambda part: part.id,
)
LINES = st.builds(
    OrderLine,
    st.integers(1, 9).map(str),
    st.sampled_from(["P", "Q"]).map(Item),
    st.integers(0, 2).map(Quantity),
    st.none() | st.sampled_from(["1", "2"]).map(lambda price: UnitPrice(price, "EUR")),
    schedule=SCHEDULES,
    note=st.sampled_from(["", "x"]),
)
ORDERS = st.builds(
    Order,
    st.just("4711"),
    st.sampled_from(["C1", "C2"]).map(Party),
    st.just(Party("S1")),
    st.just("EUR"),
    st.lists(LINES, max_size=8, unique_by=lambda line: line.id),
    delivery=st.sampled_from([DeliveryTerms(), DeliveryTerms(place="X"), DeliveryTerms(complete_only=True)]),
    note=st.sampled_from(["", "y"]),
    revision=st.integers(1, 3),
)


@given(ORDERS, ORDERS)
def test_applying_the_difference_gives_the_other_order(old, new):
    """Revision number apart, which counts on."""
    after = apply(old, difference(old, new))
    assert after == attrs.evolve(new, revision=old.revision + 1)


@given(ORDERS)
def test_an_order_does_not_differ_from_itself(order):
    """Nor from an equal one."""
    assert not difference(order, order)
    assert not difference(order, attrs.evolve(order, lines=list(order.lines)))


@given(ORDERS, ORDERS)
def test_a_difference_is_empty_only_between_equal_orders(old, new):
    """Whatever differs makes it true, is told in words and is about something."""
    change = difference(old, new)
    alike = attrs.evolve(old, revision=1) == attrs.evolve(new, revision=1)
    assert bool(change) is not alike
    assert bool(change.describe("en")) is bool(change.describe("zh")) is bool(change.aspects) is not alike


@given(ORDERS, ORDERS)
def test_every_line_keeps_its_identity(old, new):
    """Lines are named as changed, added or removed by their ids, each in one way."""
    change = difference(old, new)
    before, after = set(old.lines.ids()), set(new.lines.ids())
    assert {each.line.id for each in change.added} == after - before
    assert {each.line.id for each in change.removed} == before - after
    assert {each.id for each in change.changed} == {key for key in before & after if old.lines[key] != new.lines[key]}


@given(ORDERS, ORDERS, ORDERS)
def test_a_chain_of_revisions_counts_and_arrives(first, second, third):
    """Each difference starts where the one before ended."""
    here = first
    for wanted in (second, third):
        here = apply(here, difference(here, wanted))
    assert here == attrs.evolve(third, revision=first.revision + 2)
