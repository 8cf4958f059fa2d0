"""From a declared lifecycle to its table, and the proof that both say the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from statemachine.exceptions import TransitionNotAllowed

from orderlib.chart.chart import Chart
from orderlib.chart.table import Table
from orderlib.errors import Finding, FindingCode, Severity

__all__ = ["compile_chart", "prove_equal"]

_DIFFERS: Final = FindingCode(
    "chart.table-differs",
    Severity.ERROR,
    "in state {state} of {chart}, {event} leads to {table} by the table and to {machine} by the machine",
    "{chart} 处于状态 {state} 时,{event} 按表通向 {table},按状态机通向 {machine}",
)
_STATES_DIFFER: Final = FindingCode(
    "chart.states-differ",
    Severity.ERROR,
    "{chart} has {table} by the table and {machine} by the machine",
    "{chart} 按表为 {table},按状态机为 {machine}",
)
_NOBODY: Final = "never_declared_by_anybody"


def compile_chart(chart: type[Chart]) -> Table:
    """The table of a declared lifecycle. The class was checked when it was made, so this cannot fail."""
    return chart.compiled


def prove_equal(chart: type[Chart], table: Table) -> tuple[Finding, ...]:
    """Where machine and table differ, tried for every state and every event; empty where they are one.

    A machine of its own is put into the state for each try (two milliseconds for ten), because a machine that
    has refused, or reached its end, is not the machine that it was.
    """
    return (*_frame(chart, table), *_moves(chart, table))


def _frame(chart: type[Chart], table: Table) -> Iterator[Finding]:
    """Differences in what the two are made of: states, start, ends."""
    compiled = compile_chart(chart)
    start = chart.initial_state
    pairs = {
        "states": (table.states, tuple(state.id for state in chart.states)),
        "initial": (table.initial, start.id if start else ""),
        "ends": (sorted(table.ends), sorted(compiled.ends)),
        "titles": ((table.en, table.zh), (compiled.en, compiled.zh)),
    }
    for field, (ours, theirs) in pairs.items():
        if ours != theirs:
            yield _STATES_DIFFER(f"/{field}", chart=table.name, table=ours, machine=theirs)


def _moves(chart: type[Chart], table: Table) -> Iterator[Finding]:
    """Differences in what the two do."""
    declared = (event.id for event in chart._events)  # noqa: SLF001 - `chart.events` is meant for instances
    events = dict.fromkeys([*declared, *table.all_events, _NOBODY])
    states = dict.fromkeys([*(state.id for state in chart.states), *table.states])
    for state in states:
        for event in events:
            ours = table.moves.get(state, {}).get(event)
            theirs = _tried(chart, state, event)
            if ours != theirs:
                address = f"/moves/{state}/{event}"
                yield _DIFFERS(
                    address, chart=table.name, state=state, event=event, table=ours or "-", machine=theirs or "-"
                )


def _tried(chart: type[Chart], state: str, event: str) -> str | None:
    """Where the machine goes from that state; nothing where it refuses or has no such state."""
    if state not in chart.states_map:
        return None
    machine = chart(start_value=state)
    try:
        machine.send(event)
    except TransitionNotAllowed:
        return None
    return str(machine.current_state_value)
