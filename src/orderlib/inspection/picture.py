"""The operating characteristic as a drawing: an SVG that needs no program and no font of its own."""

from __future__ import annotations

from decimal import Decimal
from typing import Final
from xml.sax.saxutils import escape

from orderlib.errors import Language
from orderlib.inspection.curve import oc_curve, quality_at
from orderlib.inspection.sampling import Counting, SamplingPlan

__all__ = ["oc_picture"]

_WIDTH: Final = 640
_HEIGHT: Final = 380
_LEFT: Final = 64
_TOP: Final = 44
_PLOT_WIDTH: Final = 540
_PLOT_HEIGHT: Final = 270
_STYLE: Final = """
.oc text{font-family:system-ui,'Segoe UI','Noto Sans','Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif}
.oc .page{fill:#fbfcfe}
.oc .grid{stroke:#dde5ee;stroke-width:1}
.oc .curve{fill:none;stroke:#3b6ea8;stroke-width:2.4}
.oc .mark{stroke:#b0793a;stroke-width:1.2;stroke-dasharray:5 3}
.oc .name{font-size:14px;font-weight:600;fill:#17324d}
.oc .label{font-size:11px;fill:#4a5a68}
"""
_WORDS: Final = {
    "en": {
        Counting.UNITS: "percent nonconforming",
        Counting.NONCONFORMITIES: "nonconformities per 100 units",
        "probability": "probability of acceptance",
        "title": "Operating characteristic",
    },
    "zh": {
        Counting.UNITS: "不合格品百分数",
        Counting.NONCONFORMITIES: "每百单位不合格数",
        "probability": "接收概率",
        "title": "抽样特性曲线",
    },
}


def oc_picture(plan: SamplingPlan, lang: Language = "en", distribution: str | None = None) -> str:
    """The curve of a plan as a self-contained SVG: quality to the right, probability of acceptance upwards.

    Marked are the AQL, and the qualities that are accepted with 95 % and with 10 %. Raises as `oc_curve` does.
    """
    points = oc_curve(plan, None, distribution)
    last = points[-1].quality or Decimal(1)
    words = _WORDS[lang]
    path = " ".join(f"{_x(each.quality, last):.1f},{_y(each.probability):.1f}" for each in points)
    size = f'viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" height="{_HEIGHT}"'
    title = f"{words['title']}: n = {plan.sample_size}, Ac = {plan.accept}, Re = {plan.reject}"
    middle, down = _LEFT + _PLOT_WIDTH / 2, _TOP + _PLOT_HEIGHT / 2
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="oc" role="img" {size} style="max-width:100%;height:auto">',
        f"<title>{escape(title)}</title><style>{_STYLE}</style>",
        f'<rect class="page" width="{_WIDTH}" height="{_HEIGHT}" rx="10"/>',
        f'<text class="name" x="{_LEFT}" y="26">{escape(title)}</text>',
        *_grid(last),
        f'<polyline class="curve" points="{path}"/>',
        *_marks(plan, last, distribution),
        _label(f'x="{middle}" y="{_HEIGHT - 14}"', words[plan.counting]),
        _label(f'transform="translate(16 {down}) rotate(-90)"', words["probability"]),
        "</svg>",
        "",
    ]
    return "\n".join(parts)


def _label(place: str, text: str) -> str:
    return f'<text class="label" text-anchor="middle" {place}>{escape(text)}</text>'


def _x(quality: Decimal, last: Decimal) -> float:
    return _LEFT + _PLOT_WIDTH * float(quality) / float(last)


def _y(probability: Decimal) -> float:
    return _TOP + _PLOT_HEIGHT * (1 - float(probability))


def _grid(last: Decimal) -> list[str]:
    lines: list[str] = []
    right, bottom = _LEFT + _PLOT_WIDTH, _TOP + _PLOT_HEIGHT
    for tenth in range(0, 11, 2):
        y = _y(Decimal(tenth) / 10)
        lines.append(f'<line class="grid" x1="{_LEFT}" y1="{y:.1f}" x2="{right}" y2="{y:.1f}"/>')
        lines.append(f'<text class="label" x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{tenth / 10:.1f}</text>')
    for fifth in range(6):
        x = _LEFT + _PLOT_WIDTH * fifth / 5
        lines.append(f'<line class="grid" x1="{x:.1f}" y1="{_TOP}" x2="{x:.1f}" y2="{bottom}"/>')
        shown = f"{float(last) * fifth / 5:.4g}"
        lines.append(f'<text class="label" x="{x:.1f}" y="{bottom + 18}" text-anchor="middle">{shown}</text>')
    return lines


def _marks(plan: SamplingPlan, last: Decimal, distribution: str | None) -> list[str]:
    """Dashed lines at the AQL and at the two risks, each with what it is."""
    places = [
        (quality_at(plan, "0.95", distribution), "95 %", 30),
        (quality_at(plan, "0.10", distribution), "10 %", 46),
    ]
    if plan.aql is not None:
        places.append((plan.aql, f"AQL {plan.aql:f}", 14))
    lines: list[str] = []
    for quality, name, down in places:
        if quality <= last:
            x = _x(quality, last)
            lines.append(f'<line class="mark" x1="{x:.1f}" y1="{_TOP}" x2="{x:.1f}" y2="{_TOP + _PLOT_HEIGHT}"/>')
            lines.append(f'<text class="label" x="{x + 5:.1f}" y="{_TOP + down}">{escape(name)}</text>')
    return lines
