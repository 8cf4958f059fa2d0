"""Reads the body of a declared lifecycle into a `Table`, and refuses what a table cannot mean.

A lifecycle is flat: states, and moves that are events. A move is the pair (state, event), and it leads to one
state. So there is nothing to guard and nothing to call back: whether a move *should* be made is decided by a
command, in the open, before the event exists. What python-statemachine offers beyond that (guards, validators,
actions, parallel and nested states, history, moves without an event, wildcards) is refused here, all of it at once.

States are told apart by identity while they are read: two that were given the same label are equal in the eyes of
python-statemachine until it has named them.
"""
# ruff: noqa: SLF001 - a state machine keeps what was declared with it in private

from __future__ import annotations

import re
from collections.abc import Mapping
from inspect import isroutine
from typing import Any, Final

from statemachine import Event, HistoryState, State, StateChart
from statemachine.callbacks import CallbackGroup, CallbackSpecList
from statemachine.event import _expand_event_id
from statemachine.state import AnyState
from statemachine.transition import Transition
from statemachine.transition_list import TransitionList

from orderlib.chart.graph import check_graph
from orderlib.chart.table import Table
from orderlib.errors import ChartError, Finding, FindingCode, Severity

__all__ = ["FLAGS", "read_chart"]

FLAGS: Final[Mapping[str, bool]] = {
    "allow_event_without_transition": False,
    "catch_errors_as_events": False,
    "enable_self_transition_entries": False,
    "atomic_configuration_update": True,
}
"""How every machine behaves: illegal events raise, errors propagate, a state changes in one step."""


def _code(name: str, en: str, zh: str) -> FindingCode:
    return FindingCode(f"chart.{name}", Severity.ERROR, "{chart}: " + en, "{chart}:" + zh)


_INITIAL: Final = _code(
    "initial", "needs exactly one initial state, found {found}", "必须恰有一个起始状态,发现 {found}"
)
_PARALLEL: Final = _code("parallel", "state {name} is parallel", "状态 {name} 是并行状态")
_HISTORY: Final = _code("history", "{name} is a history state", "{name} 是历史状态")
_NESTED: Final = _code("nested", "state {name} contains other states", "状态 {name} 含有子状态")
_VALUE: Final = _code(
    "state-value", "state {name} is stored as {value}, not by its name", "状态 {name} 的存储值为 {value},而非其名称"
)
_TWICE: Final = _code(
    "state-twice", "one state is declared as {first} and as {name}", "同一状态声明为 {first} 和 {name}"
)
_FOREIGN_STATE: Final = _code(
    "foreign-state", "{name} moves between states that are not all its own", "{name} 涉及不属于本图的状态"
)
_TARGETS: Final = _code(
    "targets", "{name} must lead to one state, it leads to {count}", "{name} 必须通向一个状态,实际为 {count} 个"
)
_FINAL: Final = _code(
    "final-with-moves",
    "final state {name} is left by moves; name it in `ends` instead",
    "最终状态 {name} 仍有变迁;请改列于 `ends`",
)
_EVENTLESS: Final = _code("eventless", "a move from {name} has no event", "从 {name} 出发的变迁没有事件")
_WILDCARD: Final = _code("wildcard", "{name} matches more than one name", "{name} 匹配多个名称")
_INLINE: Final = _code(
    "inline-event", "event {event} of {name} is declared beside its name", "{name} 的事件 {event} 未以其名称声明"
)
_OPTION: Final = _code("event-option", "event {name} is delayed or internal", "事件 {name} 带有延迟或内部选项")
_DOTTED: Final = _code("dotted-event", "{name} would also be raised as {twin}", "{name} 也会作为 {twin} 触发")
_SELF: Final = _code(
    "self-move",
    "{name} leads from {state} to itself; say `internal=True`",
    "{name} 从 {state} 回到自身;请注明 `internal=True`",
)
_AMBIGUOUS: Final = _code("ambiguous", "{event} leaves {state} more than once", "{event} 多次离开 {state}")
_GUARD: Final = _code("guard", "{name} is guarded by {by}", "{name} 带有守卫 {by}")
_CALLBACK: Final = _code("callback", "{name} calls {by}", "{name} 调用了 {by}")
_FLAG: Final = _code("flag", "flag {name} is not for a lifecycle to change", "标志 {name} 不可由生命周期更改")
_RESERVED: Final = _code("reserved-name", "{name} is a name of the machine itself", "{name} 是状态机自身的名称")
_FOREIGN: Final = _code("foreign-attribute", "{name} is neither state nor move", "{name} 既非状态也非变迁")
_BASES: Final = _code("bases", "derives from {found}, not from Chart alone", "派生自 {found},而非仅派生自 Chart")
_TITLE: Final = _code("unknown-title", "a title is given to {name}, which is not declared", "{name} 未声明却有名称")

_OURS: Final = frozenset({"ends", "zh"})
_KEPT: Final = frozenset({"compiled", "history_values", "model", "start_value", "state_field"})
_SUFFIX: Final = re.compile(r"(?<=.)(?:Lifecycle|Chart|Life)$")
_HUMP: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def read_chart(name: str, bases: tuple[type, ...], body: Mapping[str, Any]) -> Table:
    """The table that a class body declares; `ChartError` with every finding where it declares something else."""
    reader = _Reader(_HUMP.sub("_", _SUFFIX.sub("", name)).lower())
    if len(bases) != 1 or bases[0].__bases__ != (StateChart,):
        reader.say(_BASES, found=", ".join(base.__name__ for base in bases))
    return reader.read(body)


class _Reader:
    """One pass over one class body; whatever is wrong is noted, and reading goes on."""

    def __init__(self, chart: str) -> None:
        self.chart = chart
        self.findings: list[Finding] = []
        self.states: dict[str, State] = {}
        self.names: dict[int, str] = {}
        self.events: dict[str, tuple[Transition, ...]] = {}
        self.moves: dict[str, dict[str, str]] = {}

    def say(self, code: FindingCode, address: str = "", /, **evidence: object) -> None:
        self.findings.append(code(address, severity=None, chart=self.chart, **evidence))

    def read(self, body: Mapping[str, Any]) -> Table:
        for name, value in body.items():
            self.member(name, value)
        for name, state in self.states.items():
            self.state(name, state)
        for name, transitions in self.events.items():
            for transition in transitions:
                self.transition(name, transition)
        initial = [name for name, state in self.states.items() if state.initial]
        if len(initial) != 1:
            self.say(_INITIAL, found=", ".join(initial) or "-")
        table = self.table(body, initial)
        # A graph with parts missing would only add echoes of what was already said.
        found = tuple(self.findings) or check_graph(table)
        if found:
            raise ChartError(*found)
        return table

    def table(self, body: Mapping[str, Any], initial: list[str]) -> Table:
        final: set[str] = {name for name, state in self.states.items() if state.final}
        titles: Mapping[str, str] = body.get("zh", {})
        for name in titles:
            if name not in self.states and name not in self.events:
                self.say(_TITLE, f"/zh/{name}", name=name)
        said = {name: state.name for name, state in self.states.items() if state.name} | {
            name: event.name for name, event in body.items() if isinstance(event, Event) and event.name
        }
        return Table(
            name=self.chart,
            initial=initial[0] if initial else "",
            states=tuple(self.states),
            ends=frozenset({*final, *body.get("ends", ())}),
            moves=self.moves,
            en={name: text for name, text in said.items() if text != name.replace("_", " ")},
            zh=titles,
        )

    def member(self, name: str, value: object) -> None:
        """Sort one attribute of the class body: state, move, or something that has no place here."""
        if name in _OURS or (name.startswith("__") and name.endswith("__")):
            return
        if name in FLAGS:
            self.say(_FLAG, f"/{name}", name=name)
        elif isinstance(value, HistoryState):
            self.say(_HISTORY, f"/{name}", name=name)
        elif isinstance(value, State):
            self.named(name)
            first = self.names.setdefault(id(value), name)
            if first != name:
                self.say(_TWICE, f"/{name}", first=first, name=name)
            self.states[name] = value
        elif isinstance(value, TransitionList | Transition | Event):
            self.event(name, value)
        elif isroutine(value) or isinstance(value, property):
            self.say(_CALLBACK, f"/{name}", name=self.chart, by=name)
        else:
            self.say(_FOREIGN, f"/{name}", name=name)

    def named(self, name: str) -> None:
        """A name that the machine uses for itself would be overwritten, or would overwrite."""
        if hasattr(StateChart, name) or name in StateChart.__annotations__ or name in _KEPT:
            self.say(_RESERVED, f"/{name}", name=name)

    def event(self, name: str, value: TransitionList | Transition | Event) -> None:
        self.named(name)
        for twin in _expand_event_id(name)[1:]:  # `error_x` is also raised as `error.x`, and matches by prefix
            self.say(_DOTTED, f"/{name}", name=name, twin=twin)
        if isinstance(value, Event):
            if value._has_real_id:
                self.inline(name, value)
            if value.delay or value.internal:
                self.say(_OPTION, f"/{name}", name=name)
            found: Any = value._transitions or ()
        else:
            found = value
        self.events[name] = (found,) if isinstance(found, Transition) else tuple(found)
        for transition in self.events[name]:
            for other in transition.events:
                if other._has_real_id:
                    self.inline(name, other)

    def inline(self, name: str, event: str) -> None:
        code = _WILDCARD if "*" in event or "." in event else _INLINE
        self.say(code, f"/{name}", name=name, event=event)

    def state(self, name: str, state: State) -> None:
        if state.parallel:
            self.say(_PARALLEL, f"/{name}", name=name)
        if state.states or state.parent is not None:
            self.say(_NESTED, f"/{name}", name=name)
        for history in state.history:
            self.say(_HISTORY, f"/{name}/{history.id}", name=history.id)
        if state.value not in (None, name):
            self.say(_VALUE, f"/{name}", name=name, value=state.value)
        if state.final and state.transitions.transitions:
            self.say(_FINAL, f"/{name}", name=name)
        self.specs(name, state._specs)
        declared = {id(each) for transitions in self.events.values() for each in transitions}
        for transition in state.transitions:
            if id(transition) not in declared and not transition.initial:
                code = _WILDCARD if any("*" in event for event in transition.events) else _EVENTLESS
                self.say(code, f"/{name}", name=name)

    def transition(self, event: str, transition: Transition) -> None:
        self.specs(event, transition._specs)
        if isinstance(transition.source, AnyState):
            self.say(_WILDCARD, f"/{event}", name=event)
            return
        if len(transition.targets) != 1:
            self.say(_TARGETS, f"/{event}", name=event, count=len(transition.targets))
            return
        source, target = (self.names.get(id(state)) for state in (transition.source, transition.targets[0]))
        if source is None or target is None:
            self.say(_FOREIGN_STATE, f"/{event}", name=event)
            return
        if source == target and not transition.internal:
            self.say(_SELF, f"/{event}", name=event, state=source)
        leaving = self.moves.setdefault(source, {})
        if event in leaving:
            self.say(_AMBIGUOUS, f"/{event}", event=event, state=source)
        leaving[event] = target

    def specs(self, name: str, specs: CallbackSpecList) -> None:
        """Note every guard and every callback that was declared with a state or a move."""
        for spec in specs:
            if not spec.is_convention:
                guards = spec.group in {CallbackGroup.COND, CallbackGroup.VALIDATOR}
                self.say(_GUARD if guards else _CALLBACK, f"/{name}", name=name, by=spec.attr_name)
