"""Law 6: the quantities of a line balance, whatever is posted and however the order is revised."""

from __future__ import annotations

from decimal import Decimal

import attrs
from build import line, order
from hypothesis import given
from hypothesis import strategies as st

from orderlib.ledger.process import follow, opened, post
from orderlib.ledger.record import Account, Ledger, LineQuantity, Status, roll_up
from orderlib.values.lines import Lines
from orderlib.values.quantity import Quantity

IDS = ("10", "20", "30")
amounts = st.decimals(min_value=0, max_value=1000, places=3)
postings = st.lists(
    st.tuples(st.sampled_from(list(Account)), st.lists(st.tuples(st.sampled_from(IDS), amounts), max_size=4)),
    max_size=12,
)
revisions = st.lists(st.dictionaries(st.sampled_from(IDS), amounts, min_size=1), max_size=4)


def ordered(quantities):
    """An order of these quantities by line."""
    return order(*(line(each, quantity=quantity) for each, quantity in quantities.items()))


START = ordered(dict.fromkeys(IDS, 10))


def posted(ledger, said):
    """The ledger after postings; as a room would, only to lines that it knows."""
    for account, pairs in said:
        known = [LineQuantity(each, quantity) for each, quantity in pairs if each in ledger.lines]
        ledger = Ledger(post(ledger.lines, account, known), ledger.unallocated)
    return ledger


def balances(each):
    """Law 6, both halves, and that no derived figure is below zero."""
    right = each.delivered + each.outstanding + each.cancelled + each.short_closed
    assert each.ordered + each.over_delivered == right
    assert min(each.outstanding, each.in_transit, each.to_despatch, each.over_delivered) >= 0
    arrived = each.received + each.refused + each.lost
    if arrived <= each.despatched:
        assert each.delivered == each.despatched - each.in_transit - each.lost - each.refused - each.replaced
    assert each.to_despatch == max(0, each.demand - each.delivered - each.in_transit)


@given(postings)
def test_quantities_balance(said):
    """Ordered + over-delivered = delivered + outstanding + cancelled + short-closed."""
    for each in posted(opened(START), said).lines:
        balances(each)


@given(postings, revisions, postings)
def test_they_balance_through_revisions(before, changes, after):
    """What is counted stays with its line; what is ordered is what the order says, or nothing for a line that left."""
    ledger, known = posted(opened(START), before), START
    for quantities in changes:
        new = ordered(quantities)
        counted = {each.id: each for each in ledger.lines}
        ledger, known = follow(ledger, known, new), new
        for each in ledger.lines:
            balances(each)
            assert each.ordered == (new.lines[each.id].quantity.value if each.id in new.lines else 0)
            if each.id in counted:
                assert attrs.evolve(each, ordered=counted[each.id].ordered) == counted[each.id]
        for line_id, each in counted.items():
            if any(getattr(each, account) for account in Account):
                assert line_id in ledger.lines
    for each in posted(ledger, after).lines:
        balances(each)


@given(postings, st.data())
def test_the_order_of_postings_does_not_matter(said, data):
    """Counts are sums."""
    turned = data.draw(st.permutations(said))
    assert posted(opened(START), said).lines == posted(opened(START), turned).lines


@given(st.dictionaries(st.sampled_from(IDS), amounts, min_size=1))
def test_following_in_place_is_following_line_by_line(quantities):
    """Where both orders share their index only what changed is looked at, with the same result."""
    ledger = posted(opened(START), [(Account.PRODUCED, [("10", Decimal(3))])])
    changed = [attrs.evolve(START.lines[each], quantity=Quantity(value)) for each, value in quantities.items()]
    shared = attrs.evolve(START, lines=START.lines.replace(changed))
    apart = attrs.evolve(shared, lines=Lines(tuple(shared.lines)))
    assert not apart.lines.shares_with(START.lines)
    assert follow(ledger, START, shared) == follow(ledger, START, apart)


@given(st.lists(st.sampled_from(list(Status)), min_size=1, max_size=6))
def test_rolling_up_does_not_depend_on_the_order_of_lines(statuses):
    """Nor on how often a status stands; none, full and over need all lines."""
    rolled = roll_up(statuses)
    assert roll_up(reversed(statuses)) is rolled
    assert roll_up([*statuses, *statuses]) is rolled
    if rolled is Status.NONE:
        assert set(statuses) == {Status.NONE}
    if rolled is Status.FULL:
        assert set(statuses) == {Status.FULL}
