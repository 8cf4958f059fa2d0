"""A table for the terminal; wide characters count twice, so that Chinese columns stand in line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final
from unicodedata import east_asian_width

from orderlib.case.table import ORDER
from orderlib.errors import Language, Severity

__all__ = ["printable", "said_lines", "table_of"]

_HEADS: Final[Mapping[Language, tuple[str, ...]]] = {
    "en": ("source", "order", "state", "lines", "payable", "events", "decisions", "findings", "because"),
    "zh": ("来源", "订单", "状态", "行数", "应付", "事件", "决定", "发现", "原因"),
}
_REFUSED: Final[Mapping[Language, str]] = {"en": "refused", "zh": "已拒收"}
#: by end, the slots whose decisions lead to it
_DECIDERS: Final[Mapping[str, tuple[str, ...]]] = {
    "rejected": ("review", "screening"),
    "expired": ("screening", "deviation"),
    "declined": ("review",),
    "cancelled": ("cancellation",),
    "terminated": ("cancellation",),
}
_NUMBERS: Final = frozenset({3, 4, 5, 6, 7})


def table_of(report: Mapping[str, Any], lang: Language = "en") -> str:
    """One row an order, with the rule behind an end other than closed; then refused documents with their findings."""
    lines: list[str] = []
    if report["orders"]:
        rows = [_HEADS[lang], *(_row(order, lang) for order in report["orders"])]
        widths = [max(_width(row[column]) for row in rows) for column in range(len(rows[0]))]
        lines = ["  ".join(_fit(cell, widths[n], n in _NUMBERS) for n, cell in enumerate(row)).rstrip() for row in rows]
        lines.insert(1, "  ".join("-" * width for width in widths))
    for refusal in report["refused"]:
        lines += said_lines(f"{_REFUSED[lang]}: {refusal['source']}", refusal["findings"])
    return "\n".join(lines)


def said_lines(name: str, findings: Iterable[Mapping[str, str]]) -> list[str]:
    """A line for each finding, under a name; a dash where there is none."""
    said = [[each["severity"], f"[{each['code']}]", each["address"], each["message"]] for each in findings] or [["-"]]
    return [printable(" ".join((f"{name}:", *filter(None, words)))) for words in said]


def printable(text: str) -> str:
    """The text without anything that a terminal would obey."""
    return "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in text)


def _row(order: Mapping[str, Any], lang: Language) -> tuple[str, ...]:
    payable = f"{order['totals'].get('payable', '')} {order['currency']}".strip()
    counts = (order["lines"], payable, order["events"], len(order["decisions"]), len(order["findings"]))
    state = ORDER.title(order["state"], lang)
    cells = (order["source"], order["order_id"], state, *counts, _because(order))
    return tuple(printable(str(cell)) for cell in cells)


def _because(order: Mapping[str, Any]) -> str:
    """Nothing for a closed order; otherwise the decision that led to another end, with its gravest reason.

    Of two that are as grave, the one that somebody else gave says more than the slot's own.
    """
    slots = _DECIDERS.get(order["state"], ())
    for decision in reversed(order["decisions"]):
        slot = decision["slot"]
        if slot in slots:
            reasons = [
                (-Severity(each["severity"]).rank, each["code"].startswith(f"{slot}."), n, each["code"])
                for n, each in enumerate(decision["reasons"])
            ]
            return f"{slot}: {decision['outcome']}" + (f" ({min(reasons)[-1]})" if reasons else "")
    return ""


def _width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def _fit(text: str, width: int, number: bool) -> str:  # noqa: FBT001 - a column's nature
    space = " " * (width - _width(text))
    return space + text if number else text + space
