"""Laws of lifecycles, over generated ones."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from statemachine import Event, State

from orderlib.chart.chart import Chart
from orderlib.chart.compile import compile_chart, prove_equal
from orderlib.chart.graph import check_graph
from orderlib.chart.table import Table

NAMES = ("a", "b", "c", "d", "e", "f")
EVENTS = ("go", "stop", "turn")


@st.composite
def tables(draw):
    """Any flat lifecycle, sound or not."""
    states = NAMES[: draw(st.integers(1, len(NAMES)))]
    row = st.dictionaries(st.sampled_from(EVENTS), st.sampled_from(states))
    moves = {state: draw(row) for state in states}
    return Table(
        name="any",
        initial="a",
        states=states,
        ends=frozenset(draw(st.sets(st.sampled_from(states), min_size=1))),
        moves=moves,
    )


def closure(table: Table) -> set[tuple[str, str]]:
    """Which state leads to which, by squaring the relation until nothing is added (not by search)."""
    pairs = {(state, state) for state in table.states}
    pairs |= {(state, target) for state, row in table.moves.items() for target in row.values()}
    while True:
        more = pairs | {(one, far) for one, near in pairs for start, far in pairs if near == start}
        if more == pairs:
            return pairs
        pairs = more


@given(tables())
def test_the_graph_check_agrees_with_the_transitive_closure(table):
    """A state is unreachable, or without a way out, exactly where the closure of the moves says so."""
    pairs = closure(table)
    unreached = {f"/states/{state}" for state in table.states if ("a", state) not in pairs}
    stuck = {f"/states/{state}" for state in table.states if not any((state, end) in pairs for end in table.ends)}
    found = check_graph(table)
    assert {finding.address for finding in found if finding.code == "chart.unreachable"} == unreached
    assert {finding.address for finding in found if finding.code == "chart.no-way-out"} == stuck
    assert len(found) == len(unreached) + len(stuck)


@given(tables(), st.sampled_from(NAMES), st.sampled_from(NAMES))
def test_a_path_leads_where_it_says(table, start, goal):
    """Following the moves of a path ends at its goal; there is one exactly where the closure has the pair."""
    if start not in table.states or goal not in table.states:
        return
    path = table.path(start, goal)
    assert (path is not None) == ((start, goal) in closure(table))
    if path is not None:
        state = start
        for event in path:
            state = table.target(state, event)
        assert state == goal
        near = {start}
        for _ in path:  # in fewer moves the goal is not among what can be reached
            assert goal not in near
            near |= {target for one in near for target in table.moves[one].values()}


@given(tables())
def test_whatever_has_its_states_can_be_drawn(table):
    """Every move is in the drawing and in the table of the docs, whatever the graph looks like."""
    svg, text = table.to_svg(), table.to_markdown()
    for state, row in table.moves.items():
        for event in row:
            assert f"| `{event}` |" in text
            assert event in svg
        assert f"`{state}`" in text
    assert table.to_mermaid().startswith("stateDiagram-v2\n")


def declared(table: Table) -> type[Chart]:
    """A class that declares the table; the body is built as a person would write it."""
    states = {name: State(name, initial=name == "a") for name in table.states}
    body: dict[str, object] = dict(states)
    for event in table.all_events:
        pairs = [(state, row[event]) for state, row in table.moves.items() if event in row]
        moves = [states[one].to(states[other], internal=one == other) for one, other in pairs]
        first, *others = moves
        for more in others:
            first = first | more
        body[event] = Event(first)
    return type(Chart)("AnyLifecycle", (Chart,), {"ends": table.ends, "__module__": __name__} | body)


@settings(max_examples=15)  # a class made at run time is never released
@given(tables().filter(lambda table: not check_graph(table)))
def test_what_is_declared_is_what_compiles_and_what_runs(table):
    """Declaring a sound table and compiling it gives the table back, and the machine does the same."""
    chart = declared(table)
    assert compile_chart(chart) == table
    assert prove_equal(chart, table) == ()
