"""Where the parts of a drawn lifecycle stand: layers from left to right, few crossings, no overlaps.

Declared order says which way is forward. A state stands one layer to the right of the farthest state that leads
forward to it; an arrow over several layers gets a waypoint in each. Layers are ordered by the mean place of their
neighbours, as in Sugiyama, Tagawa and Toda (1981), and heights are the nearest ones to those of the neighbours that
keep everything apart. All of it is deterministic, and nothing here knows how a drawing is written.

What would only clutter is left to notes: a move into one state from many, and the short cuts of a hub.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final

import attrs

from orderlib.chart.graph import Graph, edges

__all__ = ["Arrow", "Layout", "arranged", "drawn_arrows", "layers_of"]

_MANY_SOURCES: Final = 4
_MANY_TARGETS: Final = 6
_SWEEPS: Final = 12
_PORT: Final = 15.0

Node = str | tuple[int, int]
"""A state, or the waypoint of an arrow (its number, the layer)."""


@attrs.frozen
class Arrow:
    """All drawn moves from one state to another."""

    source: str
    target: str
    events: tuple[str, ...]


@attrs.frozen
class Layout:
    """Layers, the order in each, the middle height of every node, and the nodes that each arrow passes."""

    layers: Mapping[Node, int]
    rows: tuple[tuple[Node, ...], ...]
    heights: Mapping[Node, float]
    middles: Mapping[Node, float]
    routes: tuple[tuple[Node, ...], ...]


def layers_of(graph: Graph) -> dict[str, int]:
    """The layer of each state: one more than the highest among the earlier declared states that lead to it."""
    layers = dict.fromkeys(graph.states, 0)
    incoming: dict[str, list[str]] = {}
    place = {state: number for number, state in enumerate(graph.states)}
    for source, _, target in edges(graph.moves):
        if place[source] < place[target]:
            incoming.setdefault(target, []).append(source)
    for state in graph.states:
        layers[state] = max((layers[source] + 1 for source in incoming.get(state, ())), default=0)
    return layers


def drawn_arrows(graph: Graph) -> tuple[tuple[Arrow, ...], frozenset[tuple[str, str, str]]]:
    """The arrows worth drawing, and the moves that are better told in a note."""
    moves = list(edges(graph.moves))
    layers = layers_of(graph)
    into = Counter((event, target) for source, event, target in moves if source != target)
    used = Counter(event for _, event, _ in moves)
    hubs = {state for state, leaving in graph.moves.items() if len(set(leaving.values())) >= _MANY_TARGETS}
    arrows: dict[tuple[str, str], list[str]] = {}
    told: set[tuple[str, str, str]] = set()
    for source, event, target in moves:
        extra = (source, target) in arrows or layers[target] - layers[source] > 1
        shortcut = source in hubs and used[event] == 1 and extra
        if source == target or into[event, target] >= _MANY_SOURCES or shortcut:
            told.add((source, event, target))
        else:
            arrows.setdefault((source, target), []).append(event)
    return tuple(Arrow(*ends, tuple(events)) for ends, events in arrows.items()), frozenset(told)


def arranged(graph: Graph, arrows: Sequence[Arrow], *, box: float, gap: float) -> Layout:
    """Places for the states and the waypoints; `box` is the least height of a state, `gap` the space between two."""
    layers: dict[Node, int] = {}
    layers.update(layers_of(graph))
    routes = tuple(_route(number, arrow, layers) for number, arrow in enumerate(arrows))
    for route in routes:
        layers.update({node: node[1] for node in route if not isinstance(node, str)})
    beside = _neighbours(routes, layers)
    rows = _ordered(layers, beside)
    heights = {node: _height(node, routes, layers, box) for node in layers}
    return Layout(layers, rows, heights, _middles(rows, beside, heights, gap), routes)


def _route(number: int, arrow: Arrow, layers: Mapping[Node, int]) -> tuple[Node, ...]:
    """The nodes that an arrow passes, ends included."""
    here, there = layers[arrow.source], layers[arrow.target]
    between = range(here + 1, there) if here < there else range(here - 1, there, -1)
    return (arrow.source, *((number, layer) for layer in between), arrow.target)


def _neighbours(routes: Iterable[tuple[Node, ...]], layers: Mapping[Node, int]) -> dict[Node, list[Node]]:
    beside: dict[Node, list[Node]] = {node: [] for node in layers}
    for route in routes:
        for one, other in pairwise(route):
            beside[one].append(other)
            beside[other].append(one)
    return beside


def _height(node: Node, routes: Iterable[tuple[Node, ...]], layers: Mapping[Node, int], box: float) -> float:
    """Room for every arrow that touches the busier side of a state; a waypoint takes one line."""
    if not isinstance(node, str):
        return _PORT
    sides: Counter[bool] = Counter()
    for route in routes:
        for end, near in ((route[0], route[1]), (route[-1], route[-2])):
            if end == node:
                sides[layers[near] >= layers[node]] += 1
    return max(box, _PORT * (1 + max(sides.values(), default=0)))


def _ordered(layers: Mapping[Node, int], beside: Mapping[Node, Sequence[Node]]) -> tuple[tuple[Node, ...], ...]:
    """Each layer in the order, among those tried, in which the fewest arrows cross."""
    rows: list[list[Node]] = [[] for _ in range(max(layers.values()) + 1)]
    for node, layer in layers.items():
        rows[layer].append(node)
    best, fewest = [list(row) for row in rows], _crossings(rows, beside)
    for sweep in range(_SWEEPS):
        forward = sweep % 2 == 0
        for layer in range(1, len(rows)) if forward else range(len(rows) - 2, -1, -1):
            place = {node: number for number, node in enumerate(rows[layer - 1 if forward else layer + 1])}
            mean = {node: _mean([place[near] for near in beside[node] if near in place]) for node in rows[layer]}
            # A node without neighbours on that side keeps its place.
            keys = {node: number if (at := mean[node]) is None else at for number, node in enumerate(rows[layer])}
            rows[layer].sort(key=keys.__getitem__)
        count = _crossings(rows, beside)
        if count < fewest:
            best, fewest = [list(row) for row in rows], count
    return tuple(tuple(row) for row in best)


def _crossings(rows: Sequence[Sequence[Node]], beside: Mapping[Node, Sequence[Node]]) -> int:
    """How many pairs of arrow pieces cross between neighbouring layers."""
    count = 0
    for row, following in pairwise(rows):
        place = {node: number for number, node in enumerate(following)}
        ends = [at for node in row for at in sorted(place[near] for near in beside[node] if near in place)]
        count += sum(ends[j] < ends[i] for i in range(len(ends)) for j in range(i + 1, len(ends)))
    return count


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _middles(
    rows: Sequence[Sequence[Node]],
    beside: Mapping[Node, Sequence[Node]],
    heights: Mapping[Node, float],
    gap: float,
) -> dict[Node, float]:
    """Heights as near as possible to the neighbours', by repeated least squares within each layer."""
    middles: dict[Node, float] = {}
    for row in rows:
        total = sum(heights[node] + gap for node in row)
        at = -total / 2
        for node in row:
            middles[node] = at + heights[node] / 2
            at += heights[node] + gap
    for sweep in range(_SWEEPS * 2):
        for row in rows if sweep % 2 == 0 else reversed(rows):
            wanted = [_mean([middles[near] for near in beside[node]]) for node in row]
            wished = [middles[node] if want is None else want for node, want in zip(row, wanted, strict=True)]
            middles.update(zip(row, _apart(wished, [heights[node] for node in row], gap), strict=True))
    top = min(middles[node] - heights[node] / 2 for node in middles)
    return {node: middle - top for node, middle in middles.items()}


def _apart(wished: Sequence[float], heights: Sequence[float], gap: float) -> list[float]:
    """The places nearest to those wished for (least squares) that keep order and distance.

    Less the distance each must keep from the first, the places must not decrease: isotonic regression, by pooling
    adjacent violators.
    """
    offsets = [0.0]
    for one, other in pairwise(heights):
        offsets.append(offsets[-1] + (one + other) / 2 + gap)
    pools: list[tuple[float, int]] = []
    for wish, offset in zip(wished, offsets, strict=False):
        mean, size = wish - offset, 1
        while pools and pools[-1][0] > mean:
            before, count = pools.pop()
            mean, size = (before * count + mean * size) / (count + size), count + size
        pools.append((mean, size))
    levels = [mean for mean, size in pools for _ in range(size)]
    return [level + offset for level, offset in zip(levels, offsets, strict=False)]
