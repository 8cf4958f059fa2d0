"""What a room says about its commands, where it says nothing in particular."""

from __future__ import annotations

import attrs
import pytest

from orderlib.values.dispatch import NO_NEEDS, Gate, Rule, View
from orderlib.values.fact import NO_FACTS
from orderlib.values.message import Command


def handle(_view, _command, _policies):
    """Nothing comes of it."""
    return ()


def test_a_rule_asks_for_nothing_by_itself():
    """It needs no streams, concerns no lines, moves nothing, is stopped by no hold, and is possible in every state."""
    rule = Rule(command=Command, handle=handle)
    assert rule.needs(None, None) is NO_NEEDS
    assert tuple(rule.lines(None)) == ()
    assert (rule.moves, rule.states, rule.gate, rule.fact, rule.about) == ((), frozenset(), None, False, None)
    assert (NO_NEEDS.keys, NO_NEEDS.look_ups) == ((), ())


def test_a_rule_stays_as_it_was_declared():
    """Tables of rules are shared by everybody."""
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        Rule(command=Command, handle=handle).gate = Gate.CLOSE


def test_a_view_shows_the_case_alone():
    """Shared streams, facts and look-ups are empty until somebody loads them, and nobody can put something in."""
    view = View("the case")
    assert (view.case, dict(view.streams), view.facts, dict(view.found)) == ("the case", {}, NO_FACTS, {})
    with pytest.raises(TypeError):
        view.streams["key"] = "state"


def test_gates_are_written_as_words():
    """The words stand in stored holds, so that they may not change."""
    assert [str(gate) for gate in Gate] == ["release", "purchase", "produce", "despatch", "invoice", "close"]
