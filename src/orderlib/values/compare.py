"""Where two values differ, with the address of each difference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, cast

import attrs

from orderlib.values.lines import Lines

__all__ = ["Change", "differences"]

# narrowed by these a value stays of any type to a type checker, where the classes themselves leave it unknown
_LINES: Final = cast("type[Any]", Lines)
_MAPPING: Final = cast("type[Any]", Mapping)
_TUPLE: Final = cast("type[Any]", tuple)


@attrs.frozen
class Change:
    """One difference: its address (JSON Pointer; members of `Lines` by id), and both values, None for absent."""

    address: str
    before: Any
    after: Any

    def __str__(self) -> str:
        return f"{self.address}: {self.before} → {self.after}"


def differences(before: object, after: object, address: str = "") -> Iterator[Change]:
    """Every place in which two values of any public type differ, in the order of their fields.

    Values of one attrs class are compared field by field, `Lines` by id, mappings by key, tuples by
    position; parts that both share are passed over unseen.
    """
    if before is after:
        return
    if isinstance(before, _LINES) and isinstance(after, _LINES):
        yield from _members(before, after, address)
    elif isinstance(before, _MAPPING) and isinstance(after, _MAPPING):
        yield from _entries(before, after, address)
    elif isinstance(before, _TUPLE) and isinstance(after, _TUPLE):
        yield from _positions(before, after, address)
    elif type(before) is type(after) and attrs.has(type(before)):
        yield from _fields(before, after, address)
    elif type(before) is not type(after) or before != after:
        yield Change(address, before, after)


def _members(before: Any, after: Any, address: str) -> Iterator[Change]:
    for old, new in before.changed(after):
        some: Any = old if old is not None else new
        yield from differences(old, new, f"{address}/{_escaped(some.id)}")


def _entries(before: Any, after: Any, address: str) -> Iterator[Change]:
    for name in sorted({*before, *after}, key=_rank):
        yield from differences(before.get(name), after.get(name), f"{address}/{_escaped(str(name))}")


def _rank(name: object) -> tuple[str, str]:
    return str(name), type(name).__qualname__  # 1 and "1" look alike


def _positions(before: Any, after: Any, address: str) -> Iterator[Change]:
    for position in range(max(len(before), len(after))):
        old: Any = before[position] if position < len(before) else None
        new: Any = after[position] if position < len(after) else None
        yield from differences(old, new, f"{address}/{position}")


def _fields(before: object, after: object, address: str) -> Iterator[Change]:
    kind: Any = type(before)
    for field in attrs.fields(kind):
        if field.eq:
            yield from differences(getattr(before, field.name), getattr(after, field.name), f"{address}/{field.name}")


def _escaped(part: str) -> str:
    return part.replace("~", "~0").replace("/", "~1")
