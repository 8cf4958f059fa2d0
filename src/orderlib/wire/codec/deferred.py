"""Names that a module imports for its annotations alone.

Rooms are opened when they are needed, so that a record may name types of rooms that are not imported yet: their
imports stand under `if TYPE_CHECKING`. Whoever reads the annotations at run time has to follow them.
"""

from __future__ import annotations

import ast
import importlib
import inspect
from contextlib import suppress
from functools import cache
from typing import Any

__all__ = ["deferred_names"]


@cache
def deferred_names(module: str) -> dict[str, Any]:
    """What the `if TYPE_CHECKING` blocks of a module import, by name; empty where its source is not to be had."""
    try:
        tree = ast.parse(inspect.getsource(importlib.import_module(module)))
    except (OSError, TypeError, SyntaxError):
        return {}
    blocks = (node for node in tree.body if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test))
    imports = (node for block in blocks for node in block.body if isinstance(node, ast.ImportFrom) and node.module)
    found: dict[str, Any] = {}
    for node in imports:
        with suppress(ImportError):  # then the name stays unknown, and says so where it is needed
            source = importlib.import_module(str(node.module))
            found |= {alias.asname or alias.name: getattr(source, alias.name, None) for alias in node.names}
    return found
