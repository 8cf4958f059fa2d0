"""Plans as a Gantt chart: SVG that needs no program and no font of its own, and Mermaid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Final
from xml.sax.saxutils import escape

from orderlib.errors import Language
from orderlib.planning.record import Milestone, Plan, Task
from orderlib.values.instant import Instant, format_instant, instant, later, time_between

__all__ = ["plan_gantt", "plan_gantt_mermaid"]

_WIDTH: Final = 960
_LEFT: Final = 270
_RIGHT: Final = 24
_TOP: Final = 58
_ROW: Final = 24
_STEPS: Final = (1, 2, 7, 14, 28, 91, 182, 364)  # days between two lines of the axis
_LINES: Final = 14
_STYLE: Final = """
.gantt text{font-family:system-ui,'Segoe UI','Noto Sans','Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif}
.gantt .page{fill:#fbfcfe}
.gantt .band{fill:#eef2f7}
.gantt .grid{stroke:#dde5ee;stroke-width:1}
.gantt .now{stroke:#b0393a;stroke-width:1.4;stroke-dasharray:4 3}
.gantt .planned{fill:#9db8d6}
.gantt .started{fill:#e3b45c}
.gantt .done{fill:#6aa57e}
.gantt .dropped{fill:#d5dae0}
.gantt .late{stroke:#b0393a;stroke-width:1.6}
.gantt .baseline{fill:#5d6b7a}
.gantt .milestone{fill:#17324d}
.gantt .missed{fill:#b0393a}
.gantt .name{font-size:14px;font-weight:600;fill:#17324d}
.gantt .order{font-size:12px;font-weight:600;fill:#17324d}
.gantt .label{font-size:11px;fill:#4a5a68}
"""
_WORDS: Final = {
    "en": {
        "title": "Plan",
        "planned": "planned",
        "started": "in work",
        "done": "done",
        "baseline": "baseline",
        "milestone": "milestone",
    },
    "zh": {
        "title": "计划",
        "planned": "已计划",
        "started": "进行中",
        "done": "已完成",
        "baseline": "基准",
        "milestone": "里程碑",
    },
}
_DAY: Final = timedelta(days=1)


class _Axis:
    """Where an instant lies."""

    def __init__(self, plans: Mapping[str, Plan], now: Instant | None) -> None:
        moments = [at for plan in plans.values() for task in _shown(plan) for at in _ends(task)]
        moments += [milestone.due_at for plan in plans.values() for milestone in plan.milestones]
        moments += [now] if now is not None else []
        self.start = _midnight(min(moments).date()) if moments else None
        self.days = 1
        if self.start is not None:
            self.days = time_between(self.start, max(moments)) // _DAY + 1
        self.scale = (_WIDTH - _LEFT - _RIGHT) / self.days

    def x(self, at: Instant) -> float:
        """The distance from the left."""
        return _LEFT if self.start is None else _LEFT + time_between(self.start, at) / _DAY * self.scale

    def lines(self) -> Iterator[tuple[float, str]]:
        """The lines of the axis with their days."""
        step = next((each for each in _STEPS if self.days / each <= _LINES), self.days // _LINES + 1)
        for number in range(0, self.days, step):
            if self.start is not None:
                at = later(self.start, _DAY * number)
                yield self.x(at), at.date().isoformat()[5 if self.days < 300 else 0 :]


def _shown(plan: Plan) -> list[Task]:
    return [task for task in plan.tasks if task.state != "dropped"]


def _midnight(on: date) -> Instant:
    return instant(f"{on.isoformat()}T00:00:00Z")


def _ends(task: Task) -> tuple[Instant, Instant]:
    """From when to when a task runs: as it happened, and as it is estimated where it has not."""
    start = task.started_at or task.starts_at
    return start, max(task.done_at or task.ends_at, start)


def plan_gantt(plans: Mapping[str, Plan], *, now: Instant | None = None, lang: Language = "en") -> str:
    """The tasks of plans, by the name of their order, as a self-contained SVG.

    A bar runs from start to finish, filled by state, its outline red where it ends after its baseline, which is the
    thin line under it; diamonds are milestones, red where they were missed. `now` draws a line.
    """
    axis, words = _Axis(plans, now), _WORDS[lang]
    rows = sum(1 + len(_shown(plan)) for plan in plans.values())
    height = _TOP + rows * _ROW + 20
    title = f"{words['title']}: {', '.join(plans)}" if plans else words["title"]
    size = f'viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="gantt" role="img" {size} style="max-width:100%;height:auto">',
        f"<title>{escape(title)}</title><style>{_STYLE}</style>",
        f'<rect class="page" width="{_WIDTH}" height="{height}" rx="10"/>',
        f'<text class="name" x="16" y="26">{escape(words["title"])}</text>',
        *_legend(words),
    ]
    for x, text in axis.lines():
        parts.append(f'<path class="grid" d="M{x:.1f} {_TOP - 6}V{height - 14}"/>')
        parts.append(f'<text class="label" x="{x:.1f}" y="{_TOP - 12}">{text}</text>')
    y = _TOP
    for name, plan in plans.items():
        parts += _rows(name, plan, axis, y)
        y += _ROW * (1 + len(_shown(plan)))
    if now is not None:
        parts.append(f'<path class="now" d="M{axis.x(now):.1f} {_TOP - 6}V{height - 14}"/>')
    return "\n".join([*parts, "</svg>", ""])


def _legend(words: Mapping[str, str]) -> Iterator[str]:
    x = _LEFT
    for state in ("planned", "started", "done", "baseline", "milestone"):
        if state == "milestone":
            yield _diamond(x + 6, 21, "milestone", words[state])
        else:
            thickness = 4 if state == "baseline" else 10
            yield f'<rect class="{state}" x="{x}" y="{21 - thickness / 2}" width="14" height="{thickness}"/>'
        yield f'<text class="label" x="{x + 19}" y="25">{escape(words[state])}</text>'
        x += 92


def _rows(name: str, plan: Plan, axis: _Axis, y: int) -> Iterator[str]:
    yield f'<rect class="band" x="8" y="{y}" width="{_WIDTH - 16}" height="{_ROW - 4}" rx="4"/>'
    yield f'<text class="order" x="16" y="{y + 14}">{escape(name)}</text>'
    for task in _shown(plan):
        y += _ROW
        yield f'<text class="label" x="28" y="{y + 14}">{escape(_short(task.draft.name))}</text>'
        yield from _bar(task, plan, axis, y)
        for milestone in plan.milestones:
            if milestone.task_id == task.id and milestone.state != "dropped":
                at = milestone.reached_at or milestone.due_at
                kind = "missed" if milestone.state == "violated" else "milestone"
                yield _diamond(axis.x(at), y + 10, kind, f"{milestone.id}: {format_instant(at)}")


def _bar(task: Task, plan: Plan, axis: _Axis, y: int) -> Iterator[str]:
    start, end = _ends(task)
    left, right = axis.x(start), axis.x(end)
    base = plan.baseline.tasks.get(task.id) if plan.baseline is not None else None
    late = " late" if base is not None and end > base.ends_at else ""
    told = f"{task.draft.name}: {format_instant(start)} – {format_instant(end)}, {task.draft.owner}, {task.state}"
    place = f'x="{left:.1f}" y="{y + 3}" width="{max(right - left, 2):.1f}" height="12" rx="2"'
    yield f'<rect class="{task.state}{late}" {place}><title>{escape(told)}</title></rect>'
    if base is not None:
        left, right = axis.x(base.starts_at), axis.x(base.ends_at)
        yield f'<rect class="baseline" x="{left:.1f}" y="{y + 16}" width="{max(right - left, 2):.1f}" height="2"/>'


def _diamond(x: float, y: float, kind: str, told: str) -> str:
    path = f"M{x:.1f} {y - 6}l6 6l-6 6l-6 -6z"
    return f'<path class="{kind}" d="{path}"><title>{escape(told)}</title></path>'


def _short(name: str) -> str:
    return name if len(name) <= 38 else f"{name[:37]}…"


_MERMAID: Final = {"planned": "", "started": "active, ", "done": "done, "}


def plan_gantt_mermaid(plans: Mapping[str, Plan]) -> str:
    """The same as a Mermaid `gantt`, a section an order."""
    lines = ["gantt", "    dateFormat YYYY-MM-DDTHH:mm", "    axisFormat %m-%d"]
    for number, (name, plan) in enumerate(plans.items()):
        lines.append(f"    section {_plain(name)}")
        for task in _shown(plan):
            start, end = (at.strftime("%Y-%m-%dT%H:%M") for at in _ends(task))
            key = f"o{number}t{plan.tasks.index(task.id)}"
            lines.append(f"    {_plain(task.draft.name)} :{_MERMAID[task.state]}{key}, {start}, {end}")
        lines += [_mermaid_milestone(each) for each in plan.milestones if each.state != "dropped"]
    return "\n".join([*lines, ""])


def _mermaid_milestone(milestone: Milestone) -> str:
    at = (milestone.reached_at or milestone.due_at).strftime("%Y-%m-%dT%H:%M")
    missed = "crit, " if milestone.state == "violated" else ""
    return f"    {_plain(milestone.id)} :{missed}milestone, {at}, 0d"


def _plain(text: str) -> str:
    """Text without the marks that Mermaid reads."""
    return " ".join("".join(" " if each in ":;#,%" or not each.isprintable() else each for each in text).split())
