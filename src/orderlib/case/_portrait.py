"""How a notebook shows a case: where it stands, and what is counted of each line."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any, Final

from orderlib.values.instant import format_instant

__all__ = ["to_html"]

#: lines that are shown; of more, the rest is counted
_SHOWN: Final = 50
_COUNTS: Final = ("ordered", "produced", "despatched", "delivered", "accepted", "invoiced")


def to_html(case: Any) -> str:
    """Two tables: a case (an `OrderCase`, which asks for its own picture), and what is counted of its lines."""
    order = case.order
    facts = {
        "case": str(case.id),
        "order": f"{order.id} of {order.buyer.name or order.buyer.id}" if order is not None else "none yet",
        "state": case.state,
        "phase": case.phase,
        "holds": ", ".join(f"{hold.id}: {hold.reason}" for hold in case.holds.standing) or "none",
        "next due": format_instant(case.next_due) if case.next_due is not None else "nothing",
        "version": str(case.version),
    }
    head = "".join(f"<tr><th>{escape(name)}</th><td>{escape(value)}</td></tr>" for name, value in facts.items())
    return f"<table>{head}</table>{''.join(_lines(case))}"


def _lines(case: Any) -> Iterable[str]:
    lines = case.ledger.lines
    if case.order is None or not lines:
        return
    yield f"<table><tr><th>line</th><th>item</th>{''.join(f'<th>{name}</th>' for name in _COUNTS)}</tr>"
    for number, line in enumerate(lines):
        if number == _SHOWN:
            yield f"<tr><td>and {len(lines) - _SHOWN} more</td></tr>"
            break
        ordered = case.order.lines.get(line.id)
        item = escape(str(ordered.item.id)) if ordered is not None else ""
        counts = "".join(f"<td>{getattr(line, name)}</td>" for name in _COUNTS)
        yield f"<tr><td>{escape(str(line.id))}</td><td>{item}</td>{counts}</tr>"
    yield "</table>"
