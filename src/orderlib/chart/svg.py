"""A lifecycle as a drawing: an SVG that needs no program and no font of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final
from unicodedata import east_asian_width
from xml.sax.saxutils import escape

import attrs

from orderlib.chart.graph import Graph, strangers
from orderlib.chart.layout import Arrow, Layout, Node, arranged, drawn_arrows
from orderlib.errors import ChartError, Language

__all__ = ["to_svg"]

_MARGIN: Final = 28.0
_BOX: Final = 44.0
_GAP: Final = 18.0
_PORT: Final = 15.0
_LINE: Final = 17.0
_LABEL: Final = 11.0
_TITLE: Final = 13.0
_NOTE: Final = 12.0
_STYLE: Final = """
.olc text{font-family:system-ui,'Segoe UI','Noto Sans','Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif}
.olc .page{fill:#fbfcfe}
.olc .state{fill:#e8f0fb;stroke:#3b6ea8;stroke-width:1.4}
.olc .first{stroke-width:2.6}
.olc .end{fill:#eceff1;stroke:#5f6b73}
.olc .rim{fill:none;stroke:#5f6b73;stroke-width:1}
.olc .name{font-size:13px;font-weight:600;fill:#17324d;text-anchor:middle}
.olc .other{font-size:11px;fill:#5b7083;text-anchor:middle}
.olc .move{fill:none;stroke:#6d8299;stroke-width:1.3}
.olc .back{stroke:#b0793a;stroke-dasharray:5 3}
.olc .label{font-size:11px;fill:#33475b;paint-order:stroke;stroke:#fbfcfe;stroke-width:3.5px;stroke-linejoin:round}
.olc .note{font-size:12px;fill:#4a5a68}
"""
_TIP: Final = (
    '<defs><marker id="olc-tip" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="8" markerHeight="8"'
    ' orient="auto-start-reverse"><path d="M0,0.5 L8,4 L0,7.5 z" fill="#6d8299"/></marker></defs>'
)


@attrs.frozen
class _Page:
    """What one drawing is made from: the places, and the left edge and width of each layer."""

    graph: Graph
    lang: Language
    arrows: tuple[Arrow, ...]
    layout: Layout
    lefts: tuple[float, ...]
    widths: tuple[float, ...]

    def label(self, arrow: Arrow) -> str:
        return " / ".join(self.graph.title(event, self.lang) for event in arrow.events)

    def bottom(self) -> float:
        layout = self.layout
        return max(layout.middles[node] + layout.heights[node] / 2 for node in layout.middles)

    def ports(self) -> dict[tuple[int, bool], tuple[float, float]]:
        """Where each arrow leaves (arrow, True) and arrives (arrow, False): spread along the sides it touches."""
        sides: dict[tuple[Node, bool], list[tuple[float, int, bool]]] = {}
        layers, middles = self.layout.layers, self.layout.middles
        for number, route in enumerate(self.layout.routes):
            for end, near, leaving in ((route[0], route[1], True), (route[-1], route[-2], False)):
                right = layers[near] >= layers[end]
                sides.setdefault((end, right), []).append((middles[near], number, leaving))
        found: dict[tuple[int, bool], tuple[float, float]] = {}
        for (state, right), touching in sides.items():
            layer = layers[state]
            x = self.lefts[layer] + (self.widths[layer] if right else 0.0)
            top = middles[state] - _PORT * (len(touching) - 1) / 2
            for place, (_, number, leaving) in enumerate(sorted(touching)):
                found[number, leaving] = (x, top + _PORT * place)
        return found


def to_svg(graph: Graph, lang: Language = "en") -> str:
    """The lifecycle as a self-contained SVG, the start on the left.

    Ends have a double rim, moves back are dashed. Moves that stay where they are, and moves that would only
    clutter, stand as sentences below, so that no move is missing. Raises `ChartError` where states are named that
    the lifecycle does not have.
    """
    if found := tuple(strangers(graph)):
        raise ChartError(*found)
    arrows, told = drawn_arrows(graph)
    layout = arranged(graph, arrows, box=_BOX, gap=_GAP)
    page = _placed(graph, lang, arrows, layout)
    width = page.lefts[-1] + page.widths[-1] + _MARGIN
    notes = _wrapped(_notes(graph, told, lang), width - 2 * _MARGIN)
    bottom = page.bottom() + 2 * _MARGIN
    height = bottom + _LINE * len(notes) + (_MARGIN / 2 if notes else 0)
    size = f'viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" height="{height:.0f}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="olc" role="img" {size} style="max-width:100%;height:auto">',
        f"<title>{escape(graph.title(graph.name, lang))}</title><style>{_STYLE}</style>",
        _TIP,
        f'<rect class="page" width="{width:.0f}" height="{height:.0f}" rx="10"/>',
        f'<g transform="translate(0 {_MARGIN:.0f})">',
        *_lines(page),
        *(_drawn(page, state) for state in graph.states),
        *_labels(page),
        "</g>",
    ]
    for number, note in enumerate(notes):
        parts.append(f'<text class="note" x="{_MARGIN}" y="{bottom + _LINE * number:.1f}">{escape(note)}</text>')
    return "\n".join([*parts, "</svg>", ""])


def _placed(graph: Graph, lang: Language, arrows: tuple[Arrow, ...], layout: Layout) -> _Page:
    """Layers as wide as their widest title, and between them room for the widest label each way."""
    names = [[node for node in row if isinstance(node, str)] for row in layout.rows]
    widths = [max(_wide(title, _TITLE) for name in row for title in _titles(graph, name, lang)) for row in names]
    ahead, behind = [0.0] * len(widths), [0.0] * len(widths)
    for arrow, route in zip(arrows, layout.routes, strict=True):
        label = _wide(" / ".join(graph.title(event, lang) for event in arrow.events), _LABEL)
        here = layout.layers[route[0]]
        if layout.layers[route[1]] >= here:
            ahead[here] = max(ahead[here], label)
        else:
            behind[here - 1] = max(behind[here - 1], label)
    lefts: list[float] = []
    at = _MARGIN + 14
    for layer, width in enumerate(widths):
        lefts.append(at)
        at += width + 28 + ahead[layer] + behind[layer] + 46
    return _Page(graph, lang, arrows, layout, tuple(lefts), tuple(width + 28 for width in widths))


def _titles(graph: Graph, name: str, lang: Language) -> tuple[str, ...]:
    """What people call it, and, where there is one, its name in the other language."""
    title, other = graph.title(name, lang), graph.title(name, "en" if lang == "zh" else "zh")
    return (title,) if title == other else (title, other)


def _wide(text: str, size: float) -> float:
    """Roughly how wide a text is, in pixels; Chinese characters take a full square."""
    return sum(size if east_asian_width(sign) in "WF" else size * 0.56 for sign in text)


def _drawn(page: _Page, state: str) -> str:
    """One state: a box with its titles, a double rim for an end, a dot before the first."""
    layout, graph = page.layout, page.graph
    layer, height = layout.layers[state], layout.heights[state]
    x, y, width = page.lefts[layer], layout.middles[state] - height / 2, page.widths[layer]
    kind = "state" + (" first" if state == graph.initial else "") + (" end" if state in graph.ends else "")
    parts = [f'<rect class="{kind}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="9"/>']
    if state in graph.ends:
        parts.append(
            f'<rect class="rim" x="{x + 3:.1f}" y="{y + 3:.1f}" width="{width - 6:.1f}"'
            f' height="{height - 6:.1f}" rx="6.5"/>'
        )
    if state == graph.initial:
        parts.append(f'<circle cx="{x - 12:.1f}" cy="{y + height / 2:.1f}" r="5" fill="#3b6ea8"/>')
    titles = _titles(graph, state, page.lang)
    middle, first = x + width / 2, y + height / 2 + (4.5 if len(titles) == 1 else -2.5)
    for number, (title, style) in enumerate(zip(titles, ("name", "other"), strict=False)):
        parts.append(f'<text class="{style}" x="{middle:.1f}" y="{first + 15 * number:.1f}">{escape(title)}</text>')
    return "".join(parts)


def _lines(page: _Page) -> Iterator[str]:
    """The arrows, bent so that they leave and arrive level."""
    ports, layout = page.ports(), page.layout
    for number, route in enumerate(layout.routes):
        points = [ports[number, True]]
        back = layout.layers[route[-1]] < layout.layers[route[0]]
        for node in route[1:-1]:
            layer, y = layout.layers[node], layout.middles[node]
            ends = [(page.lefts[layer], y), (page.lefts[layer] + page.widths[layer], y)]
            points += reversed(ends) if back else ends
        points.append(ports[number, False])
        level = layout.layers[route[-1]] == layout.layers[route[0]]
        kind = "move back" if back else "move"
        yield f'<path class="{kind}" d="{_curve(points, level=level)}" marker-end="url(#olc-tip)"/>'


def _curve(points: Sequence[tuple[float, float]], *, level: bool) -> str:
    """A path through the points; `level` joins two states of one layer by a bow to their right."""
    x, y = points[0]
    path = f"M{x:.1f},{y:.1f}"
    for nx, ny in points[1:]:
        one, other = (x + 34, nx + 34) if level else ((x + nx) / 2, (x + nx) / 2)
        path += f" C{one:.1f},{y:.1f} {other:.1f},{ny:.1f} {nx:.1f},{ny:.1f}"
        x, y = nx, ny
    return path


def _labels(page: _Page) -> Iterator[str]:
    """What each arrow is called, where it leaves its state: there arrows are apart."""
    ports, layers = page.ports(), page.layout.layers
    for number, (arrow, route) in enumerate(zip(page.arrows, page.layout.routes, strict=True)):
        x, y = ports[number, True]
        right = layers[route[1]] >= layers[route[0]]
        place = (
            f'x="{x + 8:.1f}" y="{y - 2.5:.1f}"' if right else f'x="{x - 8:.1f}" y="{y - 2.5:.1f}" text-anchor="end"'
        )
        yield f'<text class="label" {place}>{escape(page.label(arrow))}</text>'


def _notes(graph: Graph, told: frozenset[tuple[str, str, str]], lang: Language) -> Iterator[str]:
    """The moves that are not drawn, one sentence for each event."""
    groups: dict[tuple[str, str], list[str]] = {}
    for source in graph.states:
        for event, target in graph.moves.get(source, {}).items():
            if (source, event, target) in told:
                groups.setdefault((event, "" if source == target else target), []).append(graph.title(source, lang))
    for (event, target), sources in groups.items():
        listed = ("、" if lang == "zh" else ", ").join(sources)
        where = f"{listed} \u2192 {graph.title(target, lang)}" if target else f"\u21ba {listed}"
        yield f"{graph.title(event, lang)}: {where}"


def _wrapped(notes: Iterator[str], width: float) -> list[str]:
    """Notes side by side as long as they fit on a line."""
    lines: list[str] = []
    for note in notes:
        joined = f"{lines[-1]}   \u00b7   {note}" if lines else note
        if lines and _wide(joined, _NOTE) <= width:
            lines[-1] = joined
        else:
            lines.append(note)
    return lines
