"""A table for the terminal; wide characters count twice, so that Chinese columns stand in line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from unicodedata import east_asian_width

from orderlib.errors import Language

__all__ = ["table_of"]

_HEADS: Final[Mapping[str, tuple[str, ...]]] = {
    "en": ("source", "order", "state", "lines", "payable", "events", "decisions", "findings"),
    "zh": ("来源", "订单", "状态", "行数", "应付", "事件", "决定", "发现"),
}
_NUMBERS: Final = frozenset({3, 4, 5, 6, 7})


def table_of(report: Mapping[str, Any], lang: Language = "en") -> str:
    """One row an order, then the refused documents with their reasons."""
    rows = [_HEADS[lang], *(_row(order) for order in report["orders"])]
    widths = [max(_width(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ["  ".join(_fit(cell, widths[n], n in _NUMBERS) for n, cell in enumerate(row)).rstrip() for row in rows]
    lines.insert(1, "  ".join("-" * width for width in widths))
    word = "已拒收" if lang == "zh" else "refused"
    for refusal in report["refused"]:
        for finding in refusal["findings"]:
            lines.append(f"{word}: {refusal['source']}: [{finding['code']}] {finding['address']} {finding['message']}")
    return "\n".join(lines)


def _row(order: Mapping[str, Any]) -> tuple[str, ...]:
    payable = f"{order['totals'].get('payable', '')} {order['currency']}".strip()
    counts = (len(order["decisions"]), len(order["findings"]))
    return (
        order["source"],
        order["order_id"],
        order["timeline"][-1]["state"] if order["timeline"] else order["state"],
        str(order["lines"]),
        payable,
        str(order["events"]),
        *map(str, counts),
    )


def _width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def _fit(text: str, width: int, number: bool) -> str:
    space = " " * (width - _width(text))
    return space + text if number else text + space
