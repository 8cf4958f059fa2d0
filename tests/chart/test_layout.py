from __future__ import annotations

from itertools import pairwise

import pytest

from orderlib.chart.layout import _apart, _crossings, arranged, drawn_arrows, layers_of
from orderlib.chart.table import Table


def line(names, **moves):
    """A table over the states named, with (from, event, to) moves."""
    rows = {state: {} for state in names}
    for event, (source, target) in moves.items():
        rows[source][event] = target
    return Table(name="t", initial=names[0], states=tuple(names), ends=frozenset(names[-1]), moves=rows)


def test_declared_order_says_which_way_is_forward(gate):
    """A state stands right of all earlier ones that lead to it; moves back and to itself do not count."""
    assert layers_of(gate) == {"shut": 0, "open": 1, "sold": 1, "gone": 2}


def test_a_long_arrow_has_a_waypoint_in_each_layer():
    """Forward and back, so that it passes between the states and not through them."""
    table = line("abcd", ab=("a", "b"), bc=("b", "c"), cd=("c", "d"), ad=("a", "d"), da=("d", "a"))
    arrows, told = drawn_arrows(table)
    layout = arranged(table, arrows, box=40, gap=10)
    routes = {(arrow.source, arrow.target): route for arrow, route in zip(arrows, layout.routes, strict=True)}
    assert [layout.layers[node] for node in routes["a", "d"]] == [0, 1, 2, 3]
    assert [layout.layers[node] for node in routes["d", "a"]] == [3, 2, 1, 0]
    assert told == frozenset()


def test_nothing_in_a_layer_overlaps():
    """Boxes and waypoints keep the gap, whatever their neighbours wish for."""
    table = line("abcdef", **{f"a{x}": ("a", x) for x in "bcde"}, **{f"{x}f": (x, "f") for x in "bcd"}, af=("a", "f"))
    arrows, _ = drawn_arrows(table)
    layout = arranged(table, arrows, box=40, gap=10)
    for row in layout.rows:
        for upper, lower in pairwise(row):
            space = layout.middles[lower] - layout.middles[upper]
            assert space >= (layout.heights[upper] + layout.heights[lower]) / 2 + 10 - 1e-9
    assert min(layout.middles[node] - layout.heights[node] / 2 for node in layout.middles) == 0


def test_layers_are_turned_until_arrows_do_not_cross():
    """Two pairs declared crosswise come out straight."""
    table = line("sabcde", sa=("s", "a"), sb=("s", "b"), ad=("a", "d"), bc=("b", "c"), ce=("c", "e"), de=("d", "e"))
    arrows, _ = drawn_arrows(table)
    layout = arranged(table, arrows, box=40, gap=10)
    beside = {node: [] for node in layout.layers}
    for route in layout.routes:
        for one, other in pairwise(route):
            beside[one].append(other)
            beside[other].append(one)
    assert _crossings(layout.rows, beside) == 0
    assert _crossings([("a", "b"), ("c", "d")], {"a": ["d"], "b": ["c"], "c": ["b"], "d": ["a"]}) == 1


def test_a_state_is_high_enough_for_its_arrows():
    """Every arrow that touches a side has a line of its own."""
    table = line("abcde", ab=("a", "b"), ac=("a", "c"), ad=("a", "d"), ae=("a", "e"))
    arrows, _ = drawn_arrows(table)
    heights = arranged(table, arrows, box=40, gap=10).heights
    assert (heights["a"], heights["b"]) == (75, 40)


def test_a_move_from_everywhere_is_told_and_not_drawn():
    """Four arrows of one name into one state say less than a sentence."""
    table = Table(
        name="t",
        initial="a",
        states=tuple("abcdx"),
        ends=frozenset("x"),
        moves={
            "a": {"go": "b", "drop": "x"},
            "b": {"go": "c", "drop": "x"},
            "c": {"go": "d", "drop": "x"},
            "d": {"drop": "x"},
        },
    )
    arrows, told = drawn_arrows(table)
    assert {(source, event) for source, event, _ in told} == {(state, "drop") for state in "abcd"}
    assert [arrow.events for arrow in arrows] == [("go",)] * 3


def test_short_cuts_of_a_hub_are_told():
    """Where one state leads nearly everywhere, only the next steps and the moves of others are drawn."""
    chain = {f"go_{x}": (x, y) for x, y in zip("abcdef", "bcdefg", strict=True)}
    jumps = {f"jump_{x}": ("a", x) for x in "bcdefg"}
    arrows, told = drawn_arrows(line("abcdefg", **chain, **jumps))
    assert {event for _, event, _ in told} == set(jumps)
    assert len(arrows) == len(chain)


@pytest.mark.parametrize(
    ("wished", "expected"),
    [([0, 100], [0, 100]), ([0, 0], [-10, 10]), ([30, 0, 0], [-10, 10, 30]), ([], [])],
)
def test_places_are_the_nearest_that_keep_apart(wished, expected):
    """Least squares: equal wishes part around their mean, distant ones are granted."""
    assert _apart(wished, [15] * len(wished), 5) == expected
