"""The base class of every declared lifecycle.

    class GateLifecycle(Chart):
        '''The life of a gate.'''

        shut: State = State("shut", initial=True)
        open: State = State("open")
        gone: State = State("gone", final=True)

        raise_bar: Event = Event(shut.to(open))
        lower_bar: Event = Event(open.to(shut))
        paint: Event = Event(shut.to(shut, internal=True))      # does not move
        remove: Event = Event(shut.to(gone) | open.to(gone))

        zh: ClassVar[Mapping[str, str]] = {"shut": "关闭", "open": "打开"}

A state in which a life may rest for good is `final=True`, or, where a move leads out of it again, named in
`ends: ClassVar[frozenset[str]]`. Whatever cannot be compiled into a `Table` is refused when the class is made, with
one `ChartError` that holds every finding.

`f"{GateLifecycle:md}"`, `:mermaid` and `:svg` show the compiled table, with the moves that stay where they are and
without loading what python-statemachine would (its own drawing leaves such moves out, and imports `ssl`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from statemachine import StateChart
from statemachine.factory import StateMachineMetaclass

from orderlib.chart.declared import FLAGS, read_chart
from orderlib.chart.table import Table

__all__ = ["Chart", "ChartMeta"]


class ChartMeta(StateMachineMetaclass):
    """Makes lifecycle classes: checks the body first, so that a refused class leaves no trace."""

    compiled: Table
    """What the class declares, as a table."""

    def __init__(cls, name: str, bases: tuple[type, ...], attrs: dict[str, Any]) -> None:  # noqa: N805 - a class of classes
        if any(isinstance(base, ChartMeta) for base in bases):
            cls.compiled = read_chart(name, bases, attrs)
        super().__init__(name, bases, attrs)  # type: ignore[arg-type] # it says `tuple[type]` and takes any number

    def __format__(cls, fmt: str) -> str:  # noqa: N805 - a class of classes
        if fmt in ("md", "markdown"):
            return cls.compiled.to_markdown()
        if fmt == "mermaid":
            return cls.compiled.to_mermaid()
        if fmt == "svg":
            return cls.compiled.to_svg()
        return str(super().__format__(fmt))


class Chart(StateChart[Any], metaclass=ChartMeta):
    """A flat lifecycle: states, and events that are moves between them. Derive from it and declare both."""

    allow_event_without_transition: bool = FLAGS["allow_event_without_transition"]
    catch_errors_as_events: bool = FLAGS["catch_errors_as_events"]
    enable_self_transition_entries: bool = FLAGS["enable_self_transition_entries"]
    atomic_configuration_update: bool = FLAGS["atomic_configuration_update"]

    # The graph was checked before, by rules that know ends which can be left; these three do not.
    validate_disconnected_states: bool = False
    validate_trap_states: bool = False
    validate_final_reachability: bool = False

    ends: ClassVar[frozenset[str]] = frozenset()
    """States that are ends although moves lead out of them; final states need not be named."""

    zh: ClassVar[Mapping[str, str]] = {}
    """What a state or a move is called in Chinese."""
