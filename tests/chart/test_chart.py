# ruff: noqa: A003 - gates are open
from __future__ import annotations

import subprocess
import sys
import warnings
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from statemachine import State, StateChart
from statemachine.exceptions import InvalidStateValue, TransitionNotAllowed

from orderlib.chart.chart import Chart


class Loose(StateChart[Any]):
    """The same gate with the defaults of the machine's own library."""

    shut = State(initial=True)
    open = State()

    raise_bar = shut.to(open, cond="broken")
    lower_bar = open.to(shut)
    force = shut.to(open)

    def broken(self):
        """A guard that raises."""
        raise RuntimeError

    def on_force(self):
        """An action that raises."""
        raise RuntimeError


class Stored:
    """A stored state that no lifecycle has."""

    state = "ajar"


def test_by_default_a_machine_swallows_what_goes_wrong():
    """Illegal and unknown events, a raising guard and a raising action all pass in silence: hence the pinned flags."""
    machine = Loose()
    for event in ("lower_bar", "no_such_event", "raise_bar", "force"):
        machine.send(event)
    assert machine.current_state_value in {"shut", "open"}


@pytest.mark.parametrize("event", ["lower_bar", "no_such_event", "buy_back"])
def test_an_illegal_event_raises(chart, event):
    """With the pinned flags nothing that is not declared passes, and the machine stays where it is."""
    machine = chart()
    with pytest.raises(TransitionNotAllowed):
        machine.send(event)
    assert machine.current_state_value == "shut"


def test_the_flags_are_pinned(chart):
    """Four flags, the same for every lifecycle, and none may be changed (`chart.flag`)."""
    assert (
        chart.allow_event_without_transition,
        chart.catch_errors_as_events,
        chart.enable_self_transition_entries,
        chart.atomic_configuration_update,
    ) == (False, False, False, True)


def test_the_machine_matches_by_prefix_and_the_table_does_not(chart):
    """To the machine `paint.red` is a kind of `paint`; names with dots are refused, so nobody relies on it."""
    machine = chart()
    machine.send("paint.red")
    assert machine.current_state_value == "shut"
    assert "paint.red" not in chart.compiled.all_events


def test_an_unknown_stored_state_is_found_late_by_the_machine(chart):
    """A machine takes it and fails at the next event with a bare KeyError; as a start value it is refused."""
    machine = chart(model=Stored())
    with pytest.raises(KeyError):
        machine.send("raise_bar")
    with pytest.raises(InvalidStateValue):
        chart(start_value="ajar")


def test_a_misspelt_keyword_is_ignored_by_the_machine(chart):
    """Inputs are injected by name, so one that nobody takes vanishes: moves take none."""
    machine = chart()
    machine.send("raise_bar", subjekt=1)
    assert machine.current_state_value == "open"


def test_a_lifecycle_prints_itself(chart):
    """The class is the diagram and the table in the docs, moves that stay included."""
    assert f"{chart:md}" == f"{chart:markdown}" == chart.compiled.to_markdown()
    assert f"{chart:mermaid}" == chart.compiled.to_mermaid()
    assert f"{chart:svg}" == chart.compiled.to_svg()
    assert f"{chart}" == repr(chart)
    with pytest.raises(ValueError, match="Unsupported format"):
        format(chart, "oil")


def test_printing_loads_no_network():
    """The drawing of python-statemachine itself would import `urllib.request` and with it `ssl`."""
    script = (
        "import sys; from orderlib.case.lifecycle import OrderLifecycle; f'{OrderLifecycle:mermaid}';"
        "print('urllib.request' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_tables_are_shared_between_threads(gate):
    """A machine must not be shared; a table holds nothing that changes."""
    with ThreadPoolExecutor(4) as pool:
        found = set(pool.map(lambda _: gate.target("shut", "raise_bar"), range(200)))
    assert found == {"open"}


def test_the_base_itself_is_no_lifecycle():
    """It has no states, so it makes no machine, and it warns of nothing."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert not hasattr(Chart, "compiled")
