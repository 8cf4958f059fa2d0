"""What a lifecycle is as a graph, and the questions that can be asked of it.

Rules that `check_graph` holds a lifecycle to, whoever made it:

* one start, at least one end, and every end is a state;
* every state can be reached from the start, and an end can be reached from every state;
* names are snake_case and used once, for a state or for a move.

An end may have moves of its own (a closed order can be reopened): it is where a life may rest, not where it must.
"""

from __future__ import annotations

import keyword
import re
from collections import Counter, deque
from collections.abc import Iterator, Mapping
from typing import Final, Protocol

from orderlib.errors import Finding, FindingCode, Language, Severity

__all__ = [
    "AMBIGUOUS_NAME",
    "NO_END",
    "NO_MOVE",
    "NO_WAY_OUT",
    "UNKNOWN_END",
    "UNKNOWN_EVENT",
    "UNKNOWN_INITIAL",
    "UNKNOWN_STATE",
    "UNREACHABLE",
    "UNUSUAL_NAME",
    "Graph",
    "Moves",
    "check_graph",
    "edges",
    "events_of",
    "reachable",
    "shortest_path",
    "strangers",
]

Moves = Mapping[str, Mapping[str, str]]
"""State, then event, then the state that the event leads to."""

UNKNOWN_INITIAL: Final = FindingCode(
    "chart.unknown-initial",
    Severity.ERROR,
    "{chart} begins in {state}, which is none of its states",
    "{chart} 的起始状态 {state} 不在其状态之中",
)
NO_END: Final = FindingCode("chart.no-end", Severity.ERROR, "{chart} has no end", "{chart} 没有终点")
UNKNOWN_END: Final = FindingCode(
    "chart.unknown-end",
    Severity.ERROR,
    "{chart} ends in {state}, which is none of its states",
    "{chart} 的终点 {state} 不在其状态之中",
)
UNKNOWN_STATE: Final = FindingCode(
    "chart.unknown-state", Severity.ERROR, "{chart} has no state {state}", "{chart} 没有状态 {state}"
)
UNKNOWN_EVENT: Final = FindingCode(
    "chart.unknown-event", Severity.ERROR, "{chart} has no move {event}", "{chart} 没有变迁 {event}"
)
UNREACHABLE: Final = FindingCode(
    "chart.unreachable",
    Severity.ERROR,
    "no way leads from {initial} to {state} in {chart}",
    "{chart} 中没有从 {initial} 到 {state} 的路径",
)
NO_WAY_OUT: Final = FindingCode(
    "chart.no-way-out",
    Severity.ERROR,
    "no way leads from {state} to an end of {chart}",
    "{chart} 中没有从 {state} 通向终点的路径",
)
UNUSUAL_NAME: Final = FindingCode(
    "chart.unusual-name",
    Severity.ERROR,
    "{name} in {chart} is not snake_case",
    "{chart} 中的名称 {name} 不符合 snake_case",
)
AMBIGUOUS_NAME: Final = FindingCode(
    "chart.ambiguous-name",
    Severity.ERROR,
    "{name} is used more than once in {chart}",
    "{name} 在 {chart} 中使用了不止一次",
)
NO_MOVE: Final = FindingCode(
    "chart.no-move",
    Severity.ERROR,
    "{event} is not possible in state {state} of {chart}; possible: {possible}",
    "{chart} 处于状态 {state} 时不能 {event};可以:{possible}",
)

_SNAKE = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")


class Graph(Protocol):
    """What a lifecycle shows of itself; `Table` is one."""

    @property
    def name(self) -> str:
        """What it is the life of, in snake_case."""
        ...

    @property
    def initial(self) -> str:
        """The state in which a life begins."""
        ...

    @property
    def states(self) -> tuple[str, ...]:
        """All states, in the order in which they were declared."""
        ...

    @property
    def ends(self) -> frozenset[str]:
        """The states in which a life may rest for good."""
        ...

    @property
    def moves(self) -> Moves:
        """State, event, state."""
        ...

    def title(self, name: str, lang: Language = "en") -> str:
        """What people call a state or a move."""
        ...


def edges(moves: Moves) -> Iterator[tuple[str, str, str]]:
    """Every move as (state, event, state), in declared order."""
    for state, leaving in moves.items():
        for event, target in leaving.items():
            yield state, event, target


def events_of(moves: Moves) -> tuple[str, ...]:
    """The names of all moves, each once, in declared order."""
    return tuple(dict.fromkeys(event for _, event, _ in edges(moves)))


def reachable(moves: Moves, start: str) -> tuple[str, ...]:
    """The states that can follow `start`, itself first, the nearest before the farther."""
    seen = {start: None}
    waiting = deque([start])
    while waiting:
        for target in moves.get(waiting.popleft(), {}).values():
            if target not in seen:
                seen[target] = None
                waiting.append(target)
    return tuple(seen)


def shortest_path(moves: Moves, start: str, goal: str) -> tuple[str, ...] | None:
    """The fewest moves from one state to another, by name; nothing where no way leads there."""
    ways: dict[str, tuple[str, ...]] = {start: ()}
    waiting = deque([start])
    while waiting and goal not in ways:
        state = waiting.popleft()
        for event, target in moves.get(state, {}).items():
            if target not in ways:
                ways[target] = (*ways[state], event)
                waiting.append(target)
    return ways.get(goal)


def check_graph(graph: Graph) -> tuple[Finding, ...]:
    """Every rule that the lifecycle breaks; empty where it is sound. Addresses point into the table."""
    return (*strangers(graph), *_names(graph), *_holes(graph))


def strangers(graph: Graph) -> Iterator[Finding]:
    """Names that are used for states and are none; a graph that has them cannot be drawn."""
    known = set(graph.states)
    if graph.initial not in known:
        yield UNKNOWN_INITIAL("/initial", chart=graph.name, state=graph.initial)
    for end in sorted(graph.ends - known):
        yield UNKNOWN_END("/ends", chart=graph.name, state=end)
    for state in graph.moves:
        if state not in known:
            yield UNKNOWN_STATE(f"/moves/{state}", chart=graph.name, state=state)
    for state, event, target in edges(graph.moves):
        if target not in known:
            yield UNKNOWN_STATE(f"/moves/{state}/{event}", chart=graph.name, state=target)


def _names(graph: Graph) -> Iterator[Finding]:
    """Names that are not snake_case, and names with two meanings."""
    used = Counter([*graph.states, *events_of(graph.moves)])
    for name, times in used.items():
        if not _SNAKE.fullmatch(name) or keyword.iskeyword(name):
            yield UNUSUAL_NAME(chart=graph.name, name=name)
        if times > 1:
            yield AMBIGUOUS_NAME(chart=graph.name, name=name)


def _holes(graph: Graph) -> Iterator[Finding]:
    """States that no way leads to, and states that no way leads out of."""
    if not graph.ends:
        yield NO_END("/ends", chart=graph.name)
    found = set(reachable(graph.moves, graph.initial))
    for state in dict.fromkeys(graph.states):
        if state not in found:
            yield UNREACHABLE(f"/states/{state}", chart=graph.name, initial=graph.initial, state=state)
    back: dict[str, dict[str, str]] = {}
    for number, (state, _, target) in enumerate(edges(graph.moves)):
        back.setdefault(target, {})[str(number)] = state
    saved = {state for end in graph.ends for state in reachable(back, end)}
    for state in dict.fromkeys(graph.states):
        if state not in saved and graph.ends:
            yield NO_WAY_OUT(f"/states/{state}", chart=graph.name, state=state)
