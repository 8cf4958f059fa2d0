from __future__ import annotations

import attrs
import pytest
from statemachine import State

from orderlib.chart.chart import Chart
from orderlib.chart.compile import compile_chart, prove_equal


class Leaking(Chart):
    """A class that is changed after it was made."""

    a = State("a", initial=True)
    b = State("b", final=True)
    c = State("c", final=True)
    go = a.to(b)
    turn = a.to(c)


def differences(chart, table):
    """Addresses at which machine and table differ."""
    return {finding.address for finding in prove_equal(chart, table)}


def test_a_lifecycle_compiles_to_its_table(chart, gate):
    """States, ends, moves and titles, in declared order."""
    table = compile_chart(chart)
    assert table == gate
    assert [list(row) for row in table.moves.values()] == [list(row) for row in gate.moves.values()]


def test_machine_and_table_are_one(chart, gate):
    """For every state and event, undeclared ones included."""
    assert prove_equal(chart, gate) == ()


@pytest.mark.parametrize(
    ("state", "event", "target", "address"),
    [
        ("shut", "raise_bar", None, "/moves/shut/raise_bar"),
        ("shut", "raise_bar", "sold", "/moves/shut/raise_bar"),
        ("open", "sell", "sold", "/moves/open/sell"),
        ("gone", "raise_bar", "open", "/moves/gone/raise_bar"),
        ("open", "explode", "gone", "/moves/open/explode"),
    ],
)
def test_every_changed_move_is_caught(chart, gate, state, event, target, address):
    """Dropped, retargeted, added, revived from an end, or invented."""
    moves = {name: dict(row) for name, row in gate.moves.items()}
    if target is None:
        del moves[state][event]
    else:
        moves[state][event] = target
    assert differences(chart, attrs.evolve(gate, moves=moves)) == {address}


@pytest.mark.parametrize(
    ("change", "address"),
    [
        ({"initial": "open"}, "/initial"),
        ({"ends": frozenset({"gone"})}, "/ends"),
        ({"states": ("open", "shut", "sold", "gone")}, "/states"),
        ({"zh": {}}, "/titles"),
    ],
)
def test_every_changed_frame_is_caught(chart, gate, change, address):
    """Start, ends, states and titles."""
    assert differences(chart, attrs.evolve(gate, **change)) == {address}


def test_a_state_that_the_machine_lacks_is_caught(chart, gate):
    """It and its moves."""
    more = attrs.evolve(gate, states=(*gate.states, "lost"), moves={**gate.moves, "lost": {"find": "shut"}})
    assert differences(chart, more) == {"/states", "/moves/lost/find"}


def test_a_class_that_was_changed_later_is_caught():
    """The machine does what it became, the table what was declared."""
    (transition,) = (each for each in Leaking.a.transitions if each.event == "go")
    kept, transition._targets = transition._targets, [Leaking.c]
    try:
        (finding,) = prove_equal(Leaking, compile_chart(Leaking))
    finally:
        transition._targets = kept
    assert finding.address == "/moves/a/go"
    assert finding.message() == "in state a of leaking, go leads to b by the table and to c by the machine"
