"""A lifecycle in text: a Markdown table, and a Mermaid `stateDiagram-v2`."""

from __future__ import annotations

from orderlib.chart.graph import Graph
from orderlib.errors import Language

__all__ = ["to_markdown", "to_mermaid"]

_HEAD = {"en": ("State", "Move", "leads to"), "zh": ("状态", "变迁", "通向")}
_STAYS = {"en": "stays", "zh": "不变"}
_END = {"en": "end", "zh": "终点"}


def to_markdown(graph: Graph, lang: Language = "en") -> str:
    """Every move on a line of its own, in declared order; ends are marked, a move that does not move says so."""
    rows = [_HEAD[lang]]
    for state in graph.states:
        shown = _shown(graph, state, lang) + (f" ({_END[lang]})" if state in graph.ends else "")
        leaving = graph.moves.get(state, {})
        for event, target in leaving.items():
            where = _STAYS[lang] if target == state else _shown(graph, target, lang)
            rows.append((shown, _shown(graph, event, lang), where))
        if not leaving:
            rows.append((shown, "", ""))
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], "| --- | --- | --- |", *lines[1:], ""])


def _shown(graph: Graph, name: str, lang: Language) -> str:
    """The name in code, with its title where that says more."""
    title = graph.title(name, lang).replace("|", "\\|").replace("\n", " ")
    return f"`{name}`" if title in (name, name.replace("_", " ")) else f"`{name}` {title}"


def to_mermaid(graph: Graph, lang: Language = "en") -> str:
    """A `stateDiagram-v2`: moves between the same two states share an arrow, those that stay stand in a note."""
    lines = ["stateDiagram-v2", "    direction LR"]
    lines += [f"    {state} : {_plain(graph.title(state, lang))}" for state in graph.states]
    lines.append(f"    [*] --> {graph.initial}")
    for state in graph.states:
        arrows: dict[str, list[str]] = {}
        for event, target in graph.moves.get(state, {}).items():
            arrows.setdefault(target, []).append(_plain(graph.title(event, lang)))
        stays = arrows.pop(state, [])
        lines += [f"    {state} --> {target} : {' / '.join(labels)}" for target, labels in arrows.items()]
        if state in graph.ends:
            lines.append(f"    {state} --> [*]")
        if stays:
            lines += [f"    note right of {state}", f"        {_STAYS[lang]}: {', '.join(stays)}", "    end note"]
    return "\n".join([*lines, ""])


def _plain(text: str) -> str:
    """Without what would end a Mermaid label or its line."""
    return " ".join(text.replace(";", ",").replace(":", " ").replace("#", " ").split())
