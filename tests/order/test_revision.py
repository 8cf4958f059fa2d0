"""A revision is told as a difference, and every line keeps its identity."""

from __future__ import annotations

import attrs
import pytest

from orderlib.errors import InvalidValueError, RefusedError
from orderlib.order.field import Aspect
from orderlib.order.line import Item
from orderlib.order.revision import Difference, HeaderChange, LineChange, PlacedLine, apply, difference, reused_lines
from orderlib.values.money import Money
from orderlib.values.quantity import Quantity


def with_lines(order, *lines):
    """The order with these lines instead of its own."""
    return attrs.evolve(order, lines=lines)


def codes(kind, act):
    """Code and address of everything that the call refuses."""
    with pytest.raises(kind) as caught:
        act()
    return [(each.code, each.address) for each in caught.value.findings]


@pytest.fixture
def three(make_order, make_line):
    """An order of three lines."""
    return make_order(make_line("1"), make_line("2"), make_line("3"))


def test_an_order_does_not_differ_from_itself(three):
    """An empty difference is false, touches nothing and says nothing."""
    empty = difference(three, three)
    assert not empty
    assert empty.aspects == frozenset()
    assert empty.describe() == ()
    assert apply(three, empty) == attrs.evolve(three, revision=2)


def test_the_revision_number_is_no_difference(three):
    """It counts differences."""
    assert not difference(three, attrs.evolve(three, revision=7))


def test_a_change_of_fields_is_told_and_applied(three, make_line):
    """Header and lines, each field with its address, old and new."""
    new = attrs.evolve(with_lines(three, make_line("1", 5), make_line("2"), make_line("3")), note="urgent")
    change = difference(three, new)
    assert [(each.address, each.old, each.new) for each in change.fields] == [
        ("/note", "", "urgent"),
        ("/lines/1/quantity", Quantity(1), Quantity(5)),
    ]
    assert change.aspects == {Aspect.OTHER, Aspect.QUANTITY}
    assert change.touches(Aspect.QUANTITY, Aspect.PRICE)
    assert not change.touches(Aspect.PRICE)
    assert change.line_ids == {"1"}
    assert apply(three, change) == attrs.evolve(new, revision=2)


def test_lines_come_and_go(three, make_line):
    """Each at its place; both are about all that a line says."""
    new = with_lines(three, make_line("0"), make_line("1"), make_line("9"), make_line("3"))
    change = difference(three, new)
    assert [(each.position, each.line.id) for each in change.added] == [(0, "0"), (2, "9")]
    assert [(each.position, each.line.id) for each in change.removed] == [(1, "2")]
    assert change.touches(Aspect.DATE)
    assert not change.touches(Aspect.TERMS)
    assert apply(three, change).lines == new.lines


def test_lines_at_the_end_are_appended(three, make_line):
    """The lines that were there are not touched."""
    new = with_lines(three, *three.lines, make_line("4"), make_line("5"))
    after = apply(three, difference(three, new))
    assert after.lines == new.lines
    assert after.lines["1"] is three.lines["1"]


def test_lines_that_change_places_are_told(three, make_line):
    """Also together with others that come, go and change."""
    new = with_lines(three, make_line("3"), make_line("8"), make_line("1", 4))
    change = difference(three, new)
    assert change.sequence == ("3", "8", "1")
    assert apply(three, change).lines == new.lines
    only = difference(three, with_lines(three, *reversed(list(three.lines))))
    assert only.aspects == {Aspect.OTHER}
    assert only.describe("zh") == ("行顺序变更",)


def test_a_small_change_shares_all_other_lines(make_order, make_line):
    """Finding and applying it looks at one chunk only."""
    order = make_order(*(make_line(str(n)) for n in range(300)))
    new = attrs.evolve(order, lines=order.lines.replace([make_line("7", 2)]))
    after = apply(order, difference(order, new))
    shared = sum(mine is theirs for mine, theirs in zip(order.lines._chunks, after.lines._chunks, strict=True))
    assert shared == len(order.lines._chunks) - 1
    assert order.lines.shares_with(after.lines)


def test_a_difference_applies_to_its_own_revision_only(three, make_line):
    """Made against another revision, it is stale."""
    change = difference(three, with_lines(three, make_line("1", 5)))
    later = attrs.evolve(three, revision=2)
    assert codes(RefusedError, lambda: apply(later, change)) == [("order.stale-difference", "/revision")]


def test_a_difference_applies_to_the_lines_that_it_saw(three, make_line):
    """A line that is not as it was is named, whether it was to change or to go."""
    change = difference(three, with_lines(three, make_line("1", 5), make_line("3")))
    other = with_lines(three, make_line("1", 2), make_line("3"))
    assert codes(RefusedError, lambda: apply(other, change)) == [
        ("order.stale-line", "/lines/1"),
        ("order.stale-line", "/lines/2"),
    ]


def test_a_difference_that_leads_to_no_order_is_refused(three, make_line):
    """Whatever it claims, the result is a valid order or nothing."""
    dollars = make_line("1", currency="USD")
    foreign = Difference(revision=1, changed=[LineChange(three.lines["1"], dollars)])
    assert codes(InvalidValueError, lambda: apply(three, foreign)) == [("order.currency", "/lines/1/price/currency")]
    twice = Difference(revision=1, added=[PlacedLine(3, three.lines["1"])])
    assert codes(InvalidValueError, lambda: apply(three, twice)) == [("lines.duplicate-id", "/3/id")]
    for sequence in (["1", "2"], ["1", "2", "2"], ["1", "2", "4"]):
        shuffled = Difference(revision=1, sequence=sequence)
        assert codes(InvalidValueError, lambda: apply(three, shuffled)) == [("order.line-sequence", "/sequence")]  # noqa: B023
    header = HeaderChange(three, attrs.evolve(three, lines=(), currency="USD"))
    assert codes(InvalidValueError, lambda: apply(three, Difference(revision=1, header=header)))


def test_the_parts_of_a_difference_are_checked(three, make_line):
    """A line stays itself, a place is a number, a revision counts."""
    wrong = lambda: LineChange(three.lines["1"], make_line("2"))
    assert codes(InvalidValueError, wrong) == [("order.line-identity", "/new/id")]
    assert codes(InvalidValueError, lambda: PlacedLine(-1, make_line())) == [("number.whole", "/position")]
    assert codes(InvalidValueError, lambda: Difference(revision=0)) == [("number.whole", "/revision")]


def test_another_item_under_an_id_is_never_silent(three, make_line):
    """Neither on a line that stays, nor on one that had gone."""
    change = difference(
        three, with_lines(three, make_line("1", item="P-8"), make_line("2"), make_line("9", item="P-9"))
    )
    assert [(each.code, each.address) for each in reused_lines(change)] == [("order.line-reused", "/lines/1")]
    gone = {"9": Item("P-1").id, "8": Item("P-1").id}
    assert [each.address for each in reused_lines(change, gone)] == ["/lines/1", "/lines/9"]
    assert [each.address for each in reused_lines(change, {"9": Item("P-9").id})] == ["/lines/1"]


def test_a_line_that_was_ordered_as_nothing_is_reopened(make_order, make_line):
    """And one that is ordered as nothing is not."""
    zero, one = make_line(quantity=0), make_line(quantity=1)
    assert difference(make_order(zero), make_order(one)).changed[0].reopened
    assert not difference(make_order(one), make_order(zero)).changed[0].reopened


def test_a_difference_describes_itself(make_order, make_line):
    """One line of text for each thing that is new, in both languages."""
    old = make_order(make_line("1", 0), make_line("2"))
    new = attrs.evolve(make_order(make_line("1", 5), make_line("3")), prepaid=Money("9", "EUR"))
    assert difference(old, new).describe() == (
        "prepaid amount: - → 9.00 EUR",
        "line 1: reopened",
        "line 1, quantity: 0 C62 → 5 C62",
        "line 2: removed, 1 C62 P-7",
        "line 3: added, 1 C62 P-7",
    )
    assert difference(old, new).describe("zh")[1:] == (
        "行 1: 重新启用",
        "行 1, 数量: 0 C62 → 5 C62",
        "行 2: 删除, 1 C62 P-7",
        "行 3: 新增, 1 C62 P-7",
    )
