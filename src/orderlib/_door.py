"""Doors that open on demand: a package lists its names, and a module is imported when one is asked for (PEP 562).

Importing every module of the library costs several times as much as importing attrs; a process that needs one
stage pays for that stage alone.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Mapping
from typing import Any

__all__ = ["lazy"]


def lazy(package: str, where: Mapping[str, str], /) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """`__getattr__` and `__dir__` for a package; `where` maps each public name to the module that defines it."""
    namespace = vars(sys.modules[package])

    def __getattr__(name: str) -> Any:  # noqa: N807 - the protocol's own name
        try:
            module = where[name]
        except KeyError:
            raise AttributeError(f"module {package!r} has no attribute {name!r}", name=name) from None
        value = namespace[name] = getattr(importlib.import_module(module), name)
        return value

    def __dir__() -> list[str]:  # noqa: N807 - the protocol's own name
        return sorted(namespace.keys() | where.keys())

    return __getattr__, __dir__
