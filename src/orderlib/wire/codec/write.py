"""Generated writers: for each shape a function from the value to primitives.

Keys stand in declared order, tables and sets are sorted, so that equal values are written alike. Every
key is written, null too: what a record means must not change when a default does. An instance of a
subclass in the place of a plain record would lose what the subclass adds, and is refused.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from operator import itemgetter
from typing import Any, Final, NoReturn, cast

from orderlib.errors import DocumentError, FindingCode, Severity
from orderlib.wire.codec.registry import Registry, version_of
from orderlib.wire.codec.resolve import Resolver
from orderlib.wire.codec.scalar import OPEN_TAGS
from orderlib.wire.codec.shape import (
    Choice,
    Compound,
    Fixed,
    Foreign,
    Many,
    Maybe,
    Native,
    OneOf,
    Open,
    Record,
    Shape,
    Table,
    Text,
)
from orderlib.wire.jsontext import NOT_FINITE, Json, dumps

__all__ = ["Writers"]

UNKNOWN_CLASS: Final = FindingCode(
    "json.unknown-class",
    Severity.ERROR,
    "{found} is not registered to stand where {expected} is expected",
    "{found} 未登记，不能用于 {expected} 的位置",
)
_OPEN_TAGS: Final = {cls: tag for tag, cls in OPEN_TAGS.items()}
_IN_PLACE: Final = 3
_SCALARS: Final = (str, int, bool, type(None))


def _stranger(value: object, wanted: str) -> NoReturn:
    raise DocumentError(UNKNOWN_CLASS(found=type(value).__name__, expected=wanted))


def _real(number: float) -> float:
    if math.isfinite(number):
        return float(number)
    raise DocumentError(NOT_FINITE(text=str(number)))


def _sorted(items: list[Json]) -> list[Json]:
    return sorted(items, key=dumps)


class Writers:
    """Generates each writer when it is first asked for; all of them share one scope of names."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver
        self._registry: Registry = resolver.registry
        self._names: dict[tuple[Shape, str], str] = {}
        self._values: dict[int, str] = {}
        self._numbers = count()
        self._within: list[Record] = []
        self._scope: dict[str, Any] = {"stranger": _stranger, "real": _real, "in_order": _sorted}
        self._scope |= {"join": "".join, "first": itemgetter(0)}

    def writer(self, shape: Shape) -> Callable[[Any], Json]:
        """The writer of a shape."""
        write: Callable[[Any], Json] = self._scope[self._function(shape)]
        return write

    def _function(self, shape: Shape, tag: str = "") -> str:
        name = self._names.get((shape, tag))
        if name is None:
            name = self._names[shape, tag] = f"write_{next(self._numbers)}"
            if isinstance(shape, OneOf):
                self._scope[name] = self._one_of(shape)
            elif isinstance(shape, Open):
                self._scope[name] = self._open
            elif isinstance(shape, Foreign):
                self._scope[name] = shape.unstructure
            else:
                self._define(name, self._body(shape, tag))
        return name

    def _define(self, name: str, lines: Iterator[str]) -> None:
        source = f"def {name}(x):\n" + "".join(f"    {line}\n" for line in lines)
        # The source is made of our own templates, numbered names and keys written with repr().
        exec(compile(source, f"<writer {name}>", "exec"), self._scope)  # noqa: S102

    def _named(self, value: Any) -> str:
        name = self._values.get(id(value))
        if name is None:
            name = self._values[id(value)] = f"k{next(self._numbers)}"
            self._scope[name] = value
        return name

    def _body(self, shape: Shape, tag: str) -> Iterator[str]:
        if isinstance(shape, Record):
            head = f"'type': {tag!r}, 'v': {version_of(shape.cls)}, " if tag else ""
            yield f"if x.__class__ is not {self._named(shape.cls)}: stranger(x, {shape.cls.__name__!r})"
            yield f"return {self._object(shape, 'x', head)}"
        elif isinstance(shape, Table):
            key, value = self._expr(shape.key, "k", inner=True), self._expr(shape.value, "v", inner=True)
            yield f"return dict(sorted([({key}, {value}) for k, v in x.items()], key=first))"
        else:
            yield f"return {self._expr(shape, 'x')}"

    def _object(self, shape: Record, x: str, head: str = "") -> str:
        """The object of a record; records in it are written in place, a record within itself by its function."""
        self._within.append(shape)
        members = "".join(f"{each.key!r}: {self._expr(each.shape, f'{x}.{each.name}')}, " for each in shape.members)
        self._within.pop()
        return f"{{{head}{members}}}"

    def _expr(self, shape: Shape, x: str, *, inner: bool = False) -> str:
        """An expression that writes what the expression `x` gives (see `Readers` for `inner`)."""
        if isinstance(shape, Native):
            return f"real({x})" if shape.cls is float else x
        if isinstance(shape, Choice):
            return shape.write_source.format(x=x) if shape.write_source else x
        if isinstance(shape, (Text, Compound)):
            return self._written(shape, x, inner=inner)
        if isinstance(shape, Many):
            return self._array(shape, x, inner=inner)
        if isinstance(shape, (Maybe, Fixed, Record)) and (
            not inner or (x.isidentifier() and shape.__class__ is not Record)
        ):
            return self._in_place(shape, x, inner=inner)
        return f"{self._function(shape)}({x})"

    def _in_place(self, shape: Maybe | Fixed | Record, x: str, *, inner: bool) -> str:
        """An expression that sets a name, unless `x` is one."""
        t = x if x.isidentifier() else self._temporary()
        first = t if t == x else f"({t} := {x})"
        if isinstance(shape, Maybe):
            if self._expr(shape.inner, t, inner=inner) == t:  # what is its own JSON form, null is too
                return x
            return f"(None if {first} is None else {self._expr(shape.inner, t, inner=inner)})"
        if isinstance(shape, Fixed):
            each = [self._expr(item, f"{t}[{place}]", inner=inner) for place, item in enumerate(shape.items)]
            return f"[{', '.join(each)}]" if t == x else f"({first}, [{', '.join(each)}])[1]"
        if shape in self._within or len(self._within) >= _IN_PLACE:
            return f"{self._function(shape)}({x})"
        cls, name = self._named(shape.cls), shape.cls.__name__
        return f"({self._object(shape, t)} if {first}.__class__ is {cls} else stranger({t}, {name!r}))"

    def _written(self, shape: Text | Compound, x: str, *, inner: bool) -> str:
        source = shape.write_source
        write = self._named(shape.write)
        if not source or (inner and "{t}" in source):
            return f"{write}({x})"
        return source.format(x=x, t=self._temporary(), u=self._temporary(), write=write)

    def _array(self, shape: Many, x: str, *, inner: bool) -> str:
        each = f"[{self._expr(shape.item, 'i', inner=True)} for i in "
        if shape.unordered:
            return f"in_order({each}{x}])"
        if shape.cls is not tuple:  # asking a collection of our own for its length is no gain
            return f"{each}{x}]"
        if inner or x.isidentifier():
            return f"({each}{x}] if {x} else [])"
        t = self._temporary()
        return f"({each}{t}] if ({t} := {x}) else [])"

    def _temporary(self) -> str:
        return f"t{next(self._numbers)}"

    def _one_of(self, shape: OneOf) -> Callable[[Any], Json]:
        writers: dict[type, Callable[[Any], Json]] = {}

        def write(value: Any) -> Json:
            known = writers.get(value.__class__)
            if known is None:
                known = writers[value.__class__] = self._member_writer(shape, value)
            return known(value)

        return write

    def _member_writer(self, shape: OneOf, value: Any) -> Callable[[Any], Json]:
        kind = cast("Any", type(value))
        tag = self._registry.tag(kind)
        record = shape.tags.get(tag)
        if record is not None and record.cls is kind:
            write: Callable[[Any], Json] = self._scope[self._function(record, tag)]
            return write
        for each in shape.plain.values():
            if kind is getattr(each, "cls", None):
                return self.writer(each)
        return _stranger(value, shape.name)

    def _open(self, value: Any) -> Json:
        kind = cast("Any", type(value))
        if kind in _SCALARS:
            return value
        if kind is float:
            return _real(value)
        if kind in (tuple, list):
            return [self._open(each) for each in value]
        tag = "map" if isinstance(value, Mapping) else _OPEN_TAGS.get(kind)
        if tag is not None:
            return {"type": tag, "v": 1, "value": self.writer(self._resolver.shape(OPEN_TAGS[tag]))(value)}
        tag = self._registry.tag(kind)
        shape = self._resolver.open_shape(tag)
        if shape is None or not self._registry.knows(kind):
            return _stranger(cast("object", value), "a public value")
        if not isinstance(shape, OneOf):
            return {"type": tag, "v": 1, "value": self.writer(self._resolver.shape(kind))(value)}
        if tag in self._registry.always:
            return self.writer(shape)(value)
        return {"type": tag, "v": version_of(kind), "value": self.writer(shape.tags[tag])(value)}
