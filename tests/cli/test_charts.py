"""Every lifecycle of the library is found where its room keeps it."""

from __future__ import annotations

from pathlib import Path

import orderlib
from orderlib.chart.table import Table
from orderlib.cli.charts import lifecycles


def test_every_compiled_table_is_found():
    """There is one for each name that a room's table exports, sorted by name."""
    known = lifecycles()
    assert list(known) == sorted(known)
    assert all(isinstance(table, Table) and table.name == name for name, table in known.items())
    declared = sum(path.read_text().count("(Chart):") for path in Path(orderlib.__file__).parent.glob("*/lifecycle.py"))
    assert len(known) == declared
