"""The forms that a type can take in JSON: one description, from which reading, explaining, writing and
the JSON Schema are all derived, so that they cannot disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import attrs

__all__ = [
    "Choice",
    "Compound",
    "Fixed",
    "Foreign",
    "Many",
    "Maybe",
    "Member",
    "Native",
    "OneOf",
    "Open",
    "Record",
    "Shape",
    "Table",
    "Text",
]


@attrs.frozen(eq=False)
class Native:
    """What JSON has itself: `str`, `int`, `bool` or `float`."""

    cls: type
    schema: Mapping[str, object]


@attrs.frozen(eq=False)
class Text:
    """A value that is written as a JSON string.

    `read` takes any str and gives the value, or raises `InvalidValueError`; it must be pure, because
    what it gives is kept for the next time. `write` gives the string of a value; `write_source` is the
    same as an expression over ``{x}``, with ``{t}`` and ``{u}`` as names that it may set and ``{write}`` for
    the function, where that is faster than a call.
    """

    cls: Any
    read: Callable[[str], Any]
    write: Callable[[Any], str]
    schema: Mapping[str, object]
    write_source: str = ""


@attrs.frozen(eq=False)
class Choice:
    """One of a closed set of values, each with its JSON scalar."""

    cls: Any
    members: Mapping[Any, Any]
    """JSON scalar to value, in declared order."""
    write_source: str = ""
    """Expression over ``{x}`` that gives the scalar of a member; without it the members are their scalars."""


@attrs.frozen(eq=False)
class Compound:
    """A value class of the library's own making that is written as an object of fixed keys.

    `make` takes the members in order and checks them together (it names faulty ones in its addresses),
    `read` is a faster way that may fail with any exception: `make` then explains.
    """

    cls: Any
    parts: Mapping[str, Shape]
    make: Callable[..., Any]
    read: Callable[[Any], Any]
    write: Callable[[Any], dict[str, Any]]
    write_source: str = ""
    """As in `Text`."""


@attrs.frozen(eq=False)
class Many:
    """A JSON array of any length whose items are alike; `make` builds the collection from a list."""

    cls: Any
    item: Shape
    make: Callable[[list[Any]], Any]
    unordered: bool = False
    """A set: written sorted, so that equal sets are written alike; no item may stand twice."""
    lines: bool = False
    """Bounded by `Limits.max_lines`."""


@attrs.frozen(eq=False)
class Fixed:
    """A JSON array of fixed length, each place with its own shape."""

    items: tuple[Shape, ...]


@attrs.frozen(eq=False)
class Table:
    """A JSON object with free keys; written with sorted keys."""

    key: Native | Text | Choice
    value: Shape


@attrs.frozen(eq=False)
class Maybe:
    """The inner shape, or null."""

    inner: Shape


@attrs.frozen(eq=False)
class Member:
    """One field of a record: its key in JSON, its names in Python, and what the constructor does to it."""

    key: str
    name: str
    alias: str
    shape: Shape
    attribute: attrs.Attribute[Any]
    kw_only: bool

    @property
    def required(self) -> bool:
        """True where the key may not be missing."""
        return self.attribute.default is attrs.NOTHING


@attrs.define(eq=False)
class Record:
    """An attrs class: a JSON object whose keys are its constructor's arguments, in declared order.

    Members are filled in after the record is made, since a class may contain itself.
    """

    cls: type
    args: tuple[Any, ...] = ()
    members: tuple[Member, ...] = ()


@attrs.define(eq=False)
class OneOf:
    """A closed set of records, told apart by ``type`` and ``v`` (tag and version).

    `plain` holds at most one further shape for each kind of JSON value other than a tagged object.
    """

    name: str
    tags: dict[str, Record]
    versions: dict[str, int]
    plain: dict[Any, Shape] = attrs.field(factory=dict[Any, Any])

    def is_current(self, step: tuple[str, int]) -> bool:
        """True for a tag that can stand here, in the version that is the newest."""
        return self.versions.get(step[0]) == step[1]


@attrs.frozen(eq=False)
class Open:
    """Any public value: scalars of JSON as they are, everything else with its tag."""


@attrs.frozen(eq=False)
class Foreign:
    """A type that only a cattrs converter of the application knows."""

    cls: Any
    structure: Callable[[Any, Any], Any]
    unstructure: Callable[[Any], Any]


Shape: TypeAlias = Native | Text | Choice | Compound | Many | Fixed | Table | Maybe | Record | OneOf | Open | Foreign
