"""All lifecycles of the library, found where the rooms keep their compiled tables."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules

import orderlib
from orderlib.chart.table import Table

__all__ = ["lifecycles"]


def lifecycles() -> Mapping[str, Table]:
    """Every compiled table by its name, sorted."""
    found: dict[str, Table] = {}
    for room in iter_modules(orderlib.__path__):
        if not room.ispkg:
            continue
        package = import_module(f"orderlib.{room.name}")
        if any(module.name == "table" for module in iter_modules(package.__path__)) and room.name not in (
            "chart",
            "cli",
        ):
            module = import_module(f"orderlib.{room.name}.table")
            tables = (getattr(module, name) for name in module.__all__)
            found |= {table.name: table for table in tables if isinstance(table, Table)}
    return dict(sorted(found.items()))
