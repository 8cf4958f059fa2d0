from __future__ import annotations

import attrs
import pytest

from orderlib.chart.graph import check_graph, edges, events_of, reachable, shortest_path

SOUND = {"a": {"go": "b", "stay": "a"}, "b": {"end": "c", "back": "a"}, "c": {}}


def codes(table):
    """Codes and addresses of what a check found."""
    return [(finding.code, finding.address) for finding in check_graph(table)]


def test_a_sound_table_has_no_findings(gate):
    """A lifecycle whose states are all on a way from the start to an end is left alone."""
    assert check_graph(gate) == ()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"initial": "ajar"}, ("chart.unknown-initial", "/initial")),
        ({"ends": frozenset()}, ("chart.no-end", "/ends")),
        ({"ends": frozenset({"gone", "lost"})}, ("chart.unknown-end", "/ends")),
        ({"moves": {"ajar": {"push": "open"}}}, ("chart.unknown-state", "/moves/ajar")),
        ({"moves": {"shut": {"push": "ajar"}}}, ("chart.unknown-state", "/moves/shut/push")),
        ({"states": ("shut", "open", "sold", "gone", "lost")}, ("chart.unreachable", "/states/lost")),
        ({"ends": frozenset({"open"})}, ("chart.no-way-out", "/states/gone")),
        ({"states": ("shut", "open", "sold", "gone", "gone")}, ("chart.ambiguous-name", "")),
        ({"moves": {"shut": {"open": "open"}}}, ("chart.ambiguous-name", "")),
        ({"moves": {"shut": {"Raise": "open"}}}, ("chart.unusual-name", "")),
        ({"moves": {"shut": {"raise.bar": "open"}}}, ("chart.unusual-name", "")),
        ({"moves": {"shut": {"raise": "open"}}}, ("chart.unusual-name", "")),
    ],
)
def test_every_hole_is_found_where_it_is(gate, changes, expected):
    """Each rule has a code of its own and points into the table."""
    assert expected in codes(attrs.evolve(gate, **changes))


def test_all_holes_are_told_at_once(gate):
    """Whoever repairs a lifecycle learns of every fault in one go."""
    broken = attrs.evolve(gate, initial="ajar", ends=frozenset({"lost"}))
    assert {code for code, _ in codes(broken)} == {
        "chart.unknown-initial",
        "chart.unknown-end",
        "chart.unreachable",
        "chart.no-way-out",
    }


def test_without_an_end_the_states_are_not_blamed(gate):
    """Where no end is named, each state would be a dead end: one finding says it."""
    assert codes(attrs.evolve(gate, ends=frozenset())) == [("chart.no-end", "/ends")]


def test_a_hole_names_what_it_is_about(gate):
    """The sentences are filled in, in both languages."""
    (finding,) = check_graph(attrs.evolve(gate, states=(*gate.states, "lost"), ends=gate.ends | {"lost"}))
    assert finding.message() == "no way leads from shut to lost in gate"
    assert "lost" in finding.message("zh")


def test_moves_are_listed_in_declared_order():
    """Edges and events come as they were written, events once."""
    assert list(edges(SOUND)) == [("a", "go", "b"), ("a", "stay", "a"), ("b", "end", "c"), ("b", "back", "a")]
    assert events_of({"a": {"go": "b"}, "b": {"go": "c", "end": "c"}}) == ("go", "end")


def test_the_nearest_states_come_first():
    """What can follow is searched in breadth, from the start itself."""
    assert reachable({"a": {"x": "b", "y": "c"}, "b": {"z": "d"}, "c": {"z": "e"}}, "a") == tuple("abcde")
    assert reachable(SOUND, "c") == ("c",)


@pytest.mark.parametrize(
    ("start", "goal", "expected"),
    [("a", "c", ("go", "end")), ("a", "a", ()), ("b", "a", ("back",)), ("c", "a", None)],
)
def test_a_path_is_the_shortest_one(start, goal, expected):
    """As few moves as possible, none to stay, nothing where there is no way."""
    assert shortest_path(SOUND, start, goal) == expected
