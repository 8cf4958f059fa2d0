"""Schedules drawn: a Gantt chart and the load of each resource, as SVG and as Mermaid.

Every function gives text; where it goes the caller decides. With a `TimeGrid` the axis shows instants, without one it
shows periods.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from orderlib.errors import InvalidValueError
from orderlib.planning.scheduling.fault import UNKNOWN_RESOURCE
from orderlib.planning.scheduling.problem import SchedulingProblem, SchedulingResource
from orderlib.planning.scheduling.schedule import Assignment, Schedule
from orderlib.planning.scheduling.timegrid import TimeGrid

__all__ = ["gantt_mermaid", "gantt_svg", "load_mermaid", "load_svg"]

_COLOURS: Final = ("#4c78a8", "#f58518", "#54a24b", "#b279a2", "#e45756", "#72b7b2", "#9d755d", "#bab0ac")
_LATE: Final = "#c00000"
_LEFT, _WIDTH, _ROW, _TOP = 160, 800, 22, 28
_BINS: Final = 24


def gantt_svg(problem: SchedulingProblem, schedule: Schedule, grid: TimeGrid | None = None) -> str:
    """A bar for each activity, by start, in the colour of its order; due dates as marks, red where they are missed."""
    rows = sorted(schedule.assignments, key=lambda each: (each.start, each.finish, each.activity_id))
    known = {each.id: each for each in problem.activities}
    orders = list(dict.fromkeys(each.order_id for each in problem.activities))
    end = _end(schedule.assignments)
    drawn: list[str] = []
    for number, each in enumerate(rows):
        top, activity = _TOP + number * _ROW, known.get(each.activity_id)
        colour = _COLOURS[orders.index(activity.order_id) % len(_COLOURS)] if activity else _COLOURS[-1]
        left, width = _x(each.start, end), max(_x(each.finish, end) - _x(each.start, end), 2.0)
        label = f"{each.activity_id}: {_when(each.start, grid)} – {_when(each.finish, grid)}"
        drawn.append(_text(_LEFT - 6, top + 15, each.activity_id, anchor="end"))
        drawn.append(
            f'<rect x="{left:.1f}" y="{top + 3}" width="{width:.1f}" height="{_ROW - 6}" rx="2" fill="{colour}">'
            f"<title>{escape(label)}</title></rect>"
        )
        if activity is not None and activity.due is not None and activity.due <= end:
            at, ink = _x(activity.due, end), _LATE if each.finish > activity.due else "#333333"
            drawn.append(f'<path d="M{at:.1f} {top + 1}v{_ROW - 2}" stroke="{ink}" stroke-width="2"/>')
    return _sheet("Gantt chart", drawn, _TOP + len(rows) * _ROW, end, grid)


def load_svg(problem: SchedulingProblem, schedule: Schedule, grid: TimeGrid | None = None) -> str:
    """For each resource its load over time as an area, and its capacity as a line."""
    end, height = _end(schedule.assignments), 3 * _ROW
    drawn: list[str] = []
    for number, resource in enumerate(problem.resources):
        floor = _TOP + (number + 1) * height - 8
        steps = _load(problem, schedule, resource)
        limits = [(at, amount) for at, amount in _capacity(resource) if at < max(end, 1)]
        peak = max([resource.most, *(amount for _, amount in steps), 1])
        scale = (height - 16) / peak
        drawn.append(_text(_LEFT - 6, floor - height // 3, resource.id, anchor="end"))
        area = _stairs(steps, end, floor, scale)
        drawn.append(f'<path d="M{_LEFT} {floor}{area}V{floor}Z" fill="{_COLOURS[number % len(_COLOURS)]}"/>')
        line = _stairs(limits, end, floor, scale)
        drawn.append(f'<path d="M{_LEFT} {floor}{line}" fill="none" stroke="#333333" stroke-dasharray="4 2"/>')
    return _sheet("Load profile", drawn, _TOP + len(problem.resources) * height, end, grid)


def gantt_mermaid(problem: SchedulingProblem, schedule: Schedule, grid: TimeGrid | None = None) -> str:
    """A Mermaid `gantt` with a section for each order; what is late is `crit`, what takes no time a milestone."""
    placed = {each.activity_id: each for each in schedule.assignments}
    lines = ["gantt"]
    lines += ["    dateFormat X", "    axisFormat %s" if grid is None else "    axisFormat %Y-%m-%d %H:%M"]
    for order in dict.fromkeys(each.order_id for each in problem.activities):
        lines.append(f"    section {_plain(order or 'activities')}")
        for activity in problem.activities:
            each = placed.get(activity.id)
            if each is None or activity.order_id != order:
                continue
            marks = ["crit"] if activity.due is not None and each.finish > activity.due else []
            marks += ["milestone"] if each.start == each.finish else []
            times = [str(_seconds(at, grid)) for at in (each.start, each.finish)]
            lines.append(f"    {_plain(activity.id)} :{', '.join([*marks, *times])}")
    return "\n".join(lines) + "\n"


def load_mermaid(problem: SchedulingProblem, schedule: Schedule, resource_id: str) -> str:
    """A Mermaid `xychart-beta` of one resource: the mean load as bars, the largest capacity as a line.

    Raises `InvalidValueError` (`schedule.unknown-resource`).
    """
    resource = next((each for each in problem.resources if each.id == resource_id), None)
    if resource is None:
        raise InvalidValueError(UNKNOWN_RESOURCE("/resource_id", activity="?", resource=resource_id[:40]))
    end = max(_end(schedule.assignments), 1)
    size = -(-end // _BINS)
    steps = [*_load(problem, schedule, resource), (end, 0)]
    bins = [0.0] * -(-end // size)
    for (start, amount), (finish, _) in pairwise(steps):
        for number in range(start // size, -(-finish // size)):
            shared = min(finish, (number + 1) * size) - max(start, number * size)
            bins[number] += amount * shared / min(size, end - number * size)
    return (
        "xychart-beta\n"
        f'    title "{_plain(resource.id)}"\n'
        f"    x-axis [{', '.join(str(number * size) for number in range(len(bins)))}]\n"
        f"    bar [{', '.join(f'{each:g}' for each in bins)}]\n"
        f"    line [{', '.join([str(resource.most)] * len(bins))}]\n"
    )


def _end(assignments: Iterable[Assignment]) -> int:
    return max((each.finish for each in assignments), default=0)


def _x(period: int, end: int) -> float:
    return _LEFT + _WIDTH * period / max(end, 1)


def _when(period: int, grid: TimeGrid | None) -> str:
    return str(period) if grid is None else grid.at(period).strftime("%Y-%m-%d %H:%M")


def _seconds(period: int, grid: TimeGrid | None) -> int:
    return period if grid is None else int(grid.at(period).timestamp())


def _plain(name: str) -> str:
    """What Mermaid would read as its own signs, taken out."""
    return "".join(" " if each in ':;#,"' else each for each in name)


def _text(x: float, y: float, words: str, anchor: str = "middle") -> str:
    return f'<text x="{x:.1f}" y="{y}" text-anchor={quoteattr(anchor)}>{escape(words)}</text>'


def _capacity(resource: SchedulingResource) -> list[tuple[int, int]]:
    return [(0, 0), *((step.at, step.amount) for step in resource.capacity)]


def _load(problem: SchedulingProblem, schedule: Schedule, resource: SchedulingResource) -> list[tuple[int, int]]:
    """From which period on how much is held."""
    modes = {(each.id, mode.id): mode for each in problem.activities for mode in each.modes}
    changes: dict[int, int] = {0: 0}
    for each in schedule.assignments:
        mode = modes.get((each.activity_id, each.mode))
        amount = sum(need.amount for need in mode.needs if need.resource_id == resource.id) if mode else 0
        changes[each.start] = changes.get(each.start, 0) + amount
        changes[each.finish] = changes.get(each.finish, 0) - amount
    steps: list[tuple[int, int]] = []
    held = 0
    for at in sorted(changes):
        held += changes[at]
        steps.append((at, held))
    return steps


def _stairs(steps: Sequence[tuple[int, int]], end: int, floor: int, scale: float) -> str:
    parts = [f"H{_x(at, end):.1f}V{floor - amount * scale:.1f}" for at, amount in steps]
    return "".join(parts) + f"H{_x(end, end) if end else _LEFT + _WIDTH:.1f}"


def _sheet(title: str, drawn: Sequence[str], height: int, end: int, grid: TimeGrid | None) -> str:
    """The drawing under its axis."""
    total = _LEFT + _WIDTH + 40
    ticks: list[str] = []
    for part in range(5):
        period = end * part // 4
        at = _x(period, end)
        ticks.append(f'<path d="M{at:.1f} {_TOP - 4}V{height}" stroke="#dddddd"/>')
        ticks.append(_text(at, _TOP - 10, _when(period, grid)))
    body = "\n".join([*ticks, *drawn])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {total} {height + 10}" '
        f'font-family="sans-serif" font-size="11" role="img">\n'
        f"<title>{title}</title>\n"
        f'<rect width="{total}" height="{height + 10}" fill="#ffffff"/>\n{body}\n</svg>\n'
    )
