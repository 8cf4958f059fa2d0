from __future__ import annotations

import pickle
import subprocess
import sys

import attrs
import pytest

from orderlib.chart.table import Table
from orderlib.errors import InvalidValueError


def test_a_move_leads_to_its_state(gate):
    """From state and event to state; to its own where it only stays; nowhere where it is not possible."""
    assert gate.target("shut", "raise_bar") == "open"
    assert gate.target("shut", "paint") == "shut"
    assert gate.target("sold", "raise_bar") is None
    assert gate.target("gone", "raise_bar") is None


@pytest.mark.parametrize(
    ("state", "event", "code"),
    [("ajar", "raise_bar", "chart.unknown-state"), ("shut", "raise_bat", "chart.unknown-event")],
)
def test_a_misspelt_name_is_a_mistake_and_no_refusal(gate, state, event, code):
    """Names that the lifecycle does not have raise, so that a typing error is not taken for 'not now'."""
    with pytest.raises(InvalidValueError) as caught:
        gate.target(state, event)
    assert caught.value.code == code


@pytest.mark.parametrize(
    "ask",
    [
        lambda gate: gate.events("ajar"),
        lambda gate: gate.path("ajar", "shut"),
        lambda gate: gate.path("shut", "ajar"),
        lambda gate: gate.states_reachable("ajar"),
        lambda gate: gate.is_end("ajar"),
        lambda gate: gate.refusal("ajar", "paint"),
    ],
)
def test_every_question_about_an_unknown_state_raises_the_same_error(gate, ask):
    """One code for it, whatever was asked."""
    with pytest.raises(InvalidValueError) as caught:
        ask(gate)
    assert caught.value.code == "chart.unknown-state"


def test_the_moves_that_are_possible_are_listed(gate):
    """In declared order; none at an end that is not left."""
    assert gate.events("open") == ("lower_bar", "paint", "remove")
    assert gate.events("gone") == ()
    assert gate.all_events == ("raise_bar", "paint", "sell", "remove", "lower_bar", "buy_back")


def test_ways_lead_through_the_table(gate):
    """Paths and reach are those of the graph; reach starts at the beginning unless told otherwise."""
    assert gate.path("open", "sold") == ("lower_bar", "sell")
    assert gate.path("gone", "shut") is None
    assert gate.states_reachable() == ("shut", "open", "sold", "gone")
    assert gate.states_reachable("gone") == ("gone",)


def test_an_end_may_be_left_again(gate):
    """`sold` is an end with a move; what is not an end is live."""
    assert gate.is_end("sold")
    assert not gate.is_end("open")
    assert gate.live == ("shut", "open")


def test_a_refusal_names_what_is_possible(gate):
    """The finding tells state, move and the alternatives."""
    finding = gate.refusal("open", "sell", "/event")
    assert (finding.code, finding.address) == ("chart.no-move", "/event")
    assert finding.message() == "sell is not possible in state open of gate; possible: lower_bar, paint, remove"
    assert gate.refusal("gone", "sell").message().endswith("possible: -")


def test_titles_fall_back_to_the_other_language_and_then_to_the_name(gate):
    """Nobody is shown an empty label."""
    assert gate.title("shut", "zh") == "关闭"
    assert gate.title("open", "zh") == "wide open"
    assert gate.title("buy_back", "zh") == gate.title("buy_back") == "buy back"


def test_a_table_keeps_its_own_copy():
    """Who writes into what a table was made from does not change the table; every state has a row."""
    moves = {"a": {"go": "b"}}
    table = Table(name="t", initial="a", states=["a", "b"], ends={"b"}, moves=moves)
    moves["a"]["go"] = "a"
    assert table.target("a", "go") == "b"
    assert table.moves == {"a": {"go": "b"}, "b": {}}
    assert (table.states, table.ends) == (("a", "b"), frozenset({"b"}))


def test_a_table_is_a_value(gate):
    """Frozen, equal by content, hashable, and the same after pickling."""
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        gate.name = "door"
    twin = pickle.loads(pickle.dumps(gate))
    assert (twin, hash(twin)) == (gate, hash(gate))
    assert attrs.evolve(gate, moves={}) != gate
    assert str(gate) == "gate: 4 states, 2 ends, 8 moves"
    assert repr(gate).startswith("Table(name='gate', initial='shut'")


def test_a_table_draws_itself(gate):
    """A notebook gets a drawing, a table and a line; a page gets the drawing."""
    bundle = gate._repr_mimebundle_()
    assert bundle == {"text/plain": str(gate), "text/markdown": gate.to_markdown(), "image/svg+xml": gate.to_svg()}
    assert gate._repr_html_() == gate.to_svg()


def test_running_loads_no_state_machine():
    """The compiled order life is there without the machine, the drawing or asyncio."""
    script = (
        "import sys; from orderlib.chart import Table, check_graph; from orderlib.case.table import ORDER;"
        "assert ORDER.target('new', 'receive') == 'received';"
        "print(sorted(sys.modules.keys() & {'statemachine', 'asyncio', 'orderlib.chart.svg', 'orderlib.chart.text'}))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("wrong", [{"states": None}, {"ends": 1}, {"moves": ["a"]}, {"moves": {"a": 1}}, {"en": 5}])
def test_what_makes_no_table_is_refused(wrong):
    """With one finding, whatever the part."""
    good = {"name": "gate", "initial": "a", "states": ("a",), "ends": frozenset("a"), "moves": {}}
    with pytest.raises(InvalidValueError) as caught:
        Table(**{**good, **wrong})
    assert caught.value.code == "chart.table-malformed"
