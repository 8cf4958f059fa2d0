"""A lifecycle compiled: plain strings in nested dicts, which is all that deciding needs.

    ORDER.target("received", "start_review")   # 'in_review', or None where the move is not possible there
    ORDER.events("received")                   # the moves that are possible there
    ORDER.path("new", "closed")                # the fewest moves from one to the other

A table is made by `compile_chart` from a declared lifecycle and ships as generated code; an application may also
write one by hand, and asks `check_graph` whether it is sound. Nothing here loads a state machine.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import attrs

from orderlib.chart.graph import (
    NO_MOVE,
    UNKNOWN_EVENT,
    UNKNOWN_STATE,
    events_of,
    reachable,
    shortest_path,
)
from orderlib.errors import Finding, FindingCode, InvalidValueError, Language, Severity

__all__ = ["Table"]

MALFORMED: Final = FindingCode(
    "chart.table-malformed",
    Severity.ERROR,
    "states, ends, moves and titles make no table: {error}",
    "状态、终点、变迁与名称不能构成一张表：{error}",
)


def _nothing() -> Mapping[str, str]:
    return {}


@attrs.frozen
class Table:
    """One lifecycle as data.

    `states` stand in declared order; `ends` are those in which a life may rest for good; `moves` leads from state
    and event to state, and a move that stays where it is leads to its own state. `en` and `zh` hold what people
    call a state or a move. Read `moves` directly where every nanosecond counts; nobody writes to it. Raises
    `InvalidValueError` (`chart.table-malformed`).
    """

    name: str
    initial: str
    states: tuple[str, ...]
    ends: frozenset[str]
    moves: Mapping[str, Mapping[str, str]] = attrs.field(hash=False, repr=False)
    en: Mapping[str, str] = attrs.field(factory=_nothing, hash=False, repr=False)
    zh: Mapping[str, str] = attrs.field(factory=_nothing, hash=False, repr=False)

    def __attrs_post_init__(self) -> None:
        # What is kept is a copy; every state has a row, so that `moves[state]` does not fail for an end.
        try:
            rows: dict[str, dict[str, str]] = {state: {} for state in self.states}
            rows.update({state: dict(leaving) for state, leaving in self.moves.items()})
            kept: dict[str, Any] = {"states": tuple(self.states), "ends": frozenset(self.ends), "moves": rows}
            kept |= {"en": dict(self.en), "zh": dict(self.zh)}
        except (TypeError, ValueError, AttributeError) as error:
            raise InvalidValueError(MALFORMED(error=str(error)[:200])) from error
        for name, value in kept.items():
            object.__setattr__(self, name, value)

    def target(self, state: str, event: str) -> str | None:
        """Where the move leads from there; nothing where it is not possible.

        Raises `InvalidValueError` (`chart.unknown-state`, `chart.unknown-event`) for names that the lifecycle
        does not have: a misspelt move is a mistake, not a refusal.
        """
        try:
            return self.moves[state][event]
        except KeyError:
            self._known(state)
        if event not in self.all_events:
            raise InvalidValueError(UNKNOWN_EVENT(chart=self.name, event=event))
        return None

    def events(self, state: str) -> tuple[str, ...]:
        """The moves that are possible there, in declared order. Raises `InvalidValueError` (`chart.unknown-state`)."""
        return tuple(self.moves[self._known(state)])

    @property
    def all_events(self) -> tuple[str, ...]:
        """Every move of the lifecycle, each once, in declared order."""
        return events_of(self.moves)

    def refusal(self, state: str, event: str, address: str = "") -> Finding:
        """Why the move is not possible there (`chart.no-move`), naming those that are."""
        possible = ", ".join(self.events(state)) or "-"
        return NO_MOVE(address, chart=self.name, state=state, event=event, possible=possible)

    def path(self, start: str, goal: str) -> tuple[str, ...] | None:
        """The fewest moves from one state to the other; nothing where no way leads there.

        Raises `InvalidValueError` (`chart.unknown-state`).
        """
        return shortest_path(self.moves, self._known(start), self._known(goal))

    def states_reachable(self, start: str | None = None) -> tuple[str, ...]:
        """The states that can follow `start` (by default the first), itself included, nearest first.

        Raises `InvalidValueError` (`chart.unknown-state`).
        """
        return reachable(self.moves, self.initial if start is None else self._known(start))

    def is_end(self, state: str) -> bool:
        """Whether a life may rest there for good. Raises `InvalidValueError` (`chart.unknown-state`)."""
        return self._known(state) in self.ends

    @property
    def live(self) -> tuple[str, ...]:
        """The states that are not ends, in declared order."""
        return tuple(state for state in self.states if state not in self.ends)

    def title(self, name: str, lang: Language = "en") -> str:
        """What people call a state or a move; the name itself, spaced, where nothing was declared."""
        return (self.zh if lang == "zh" else self.en).get(name) or self.en.get(name) or name.replace("_", " ")

    def to_markdown(self, lang: Language = "en") -> str:
        """A Markdown table with every move on a line of its own."""
        from orderlib.chart.text import to_markdown  # noqa: PLC0415 - whoever runs orders prints no tables

        return to_markdown(self, lang)

    def to_mermaid(self, lang: Language = "en") -> str:
        """A Mermaid `stateDiagram-v2`."""
        from orderlib.chart.text import to_mermaid  # noqa: PLC0415 - see above

        return to_mermaid(self, lang)

    def to_svg(self, lang: Language = "en") -> str:
        """A drawing, complete in itself."""
        from orderlib.chart.svg import to_svg  # noqa: PLC0415 - whoever runs orders does not draw

        return to_svg(self, lang)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        """How a notebook shows the table: drawn, or as Markdown where nothing can be drawn."""
        del include, exclude
        return {"text/plain": str(self), "text/markdown": self.to_markdown(), "image/svg+xml": self.to_svg()}

    def _repr_html_(self) -> str:
        """How a page shows the table."""
        return self.to_svg()

    def _known(self, state: str) -> str:
        if state not in self.states:
            raise InvalidValueError(UNKNOWN_STATE(chart=self.name, state=state))
        return state

    def __str__(self) -> str:
        ends = sum(state in self.ends for state in self.states)
        moves = sum(len(leaving) for leaving in self.moves.values())
        return f"{self.name}: {len(self.states)} states, {ends} ends, {moves} moves"
