"""Lifecycles, declared once and compiled into tables.

Whatever has a life (an order, a hold, an invoice) declares it as one class: its states, and the moves between
them. The class is the definition, the diagram and the table in the docs; `compile_chart` turns it into a `Table` of
plain strings, which is what runs, and `prove_equal` shows that class and table do the same. `check_graph` looks for
holes: a state that no way leads to, a state from which no end is reached. Moves carry no conditions and no actions:
a command decides, in the open, and an event *is* the one declared move.

    >>> from orderlib.chart import Table, check_graph
    >>> gate = Table(
    ...     name="gate",
    ...     initial="shut",
    ...     states=("shut", "open", "gone"),
    ...     ends={"gone"},
    ...     moves={"shut": {"raise_bar": "open"}, "open": {"lower_bar": "shut", "remove": "gone"}},
    ... )
    >>> gate.target("shut", "raise_bar"), gate.target("shut", "remove")
    ('open', None)
    >>> gate.path("shut", "gone")
    ('raise_bar', 'remove')
    >>> check_graph(gate)
    ()

Tables load no state machine; `Chart`, `compile_chart` and `prove_equal` do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderlib._door import lazy

# door: chosen names
if TYPE_CHECKING:
    from orderlib.chart.chart import Chart as Chart
    from orderlib.chart.compile import compile_chart as compile_chart
    from orderlib.chart.compile import prove_equal as prove_equal
    from orderlib.chart.graph import Graph as Graph
    from orderlib.chart.graph import check_graph as check_graph
    from orderlib.chart.table import Table as Table

__all__ = [
    "Chart",
    "Graph",
    "Table",
    "check_graph",
    "compile_chart",
    "prove_equal",
]

_WHERE = {
    "Chart": "orderlib.chart.chart",
    "Graph": "orderlib.chart.graph",
    "Table": "orderlib.chart.table",
    "check_graph": "orderlib.chart.graph",
    "compile_chart": "orderlib.chart.compile",
    "prove_equal": "orderlib.chart.compile",
}
# end of door
if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy(__name__, _WHERE)
