"""Generated readers: for each shape a function that either gives the value or fails, without saying why.

A reader holds the same checks as the walk in `explain`, written out as one Python function per class: exact
types, required and closed keys, every converter, validator and invariant. Three things make it fast: keys
are counted instead of compared, texts that come again (codes, units, amounts) are made once, and slotted
classes are filled directly (see `fill`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import count
from types import FunctionType
from typing import Any, Final, NoReturn, cast

import attrs

from orderlib.wire.codec.fill import draft_of
from orderlib.wire.codec.registry import RESERVED, version_of
from orderlib.wire.codec.resolve import Resolver
from orderlib.wire.codec.scalar import checked_text, interned
from orderlib.wire.codec.shape import (
    Choice,
    Compound,
    Fixed,
    Foreign,
    Many,
    Maybe,
    Member,
    Native,
    OneOf,
    Open,
    Record,
    Shape,
    Table,
    Text,
)
from orderlib.wire.jsontext import Json
from orderlib.wire.limits import Limits

__all__ = ["Readers", "UnfitError"]

_HOUSE: Final = "orderlib."
_FLOAT_BOUND: Final = 2**53
_ABSENT: Final = object()


class UnfitError(Exception):
    """The data do not fit; the slow walk says why."""


def _fail(*_: object) -> NoReturn:
    raise UnfitError


def _text(data: Json) -> str:
    return checked_text(data) if data.__class__ is str else _fail()


def _float(data: Json) -> float:
    kind = data.__class__
    if (kind is float and math.isfinite(data)) or (kind is int and abs(data) <= _FLOAT_BOUND):
        return float(data)
    return _fail()


class Readers:
    """Generates each reader when it is first asked for; all of them share one scope of names."""

    def __init__(self, resolver: Resolver, limits: Limits) -> None:
        self._resolver = resolver
        self._bound = 10**limits.max_digits
        self._max_lines = limits.max_lines
        self._names: dict[tuple[Shape, bool], str] = {}
        self._values: dict[int, str] = {}
        self._fused: dict[Member, Shape] = {}
        self._numbers = count()
        self._scope: dict[str, Any] = {"fail": _fail, "text": _text, "ABSENT": _ABSENT, "blank": object.__new__}
        self._scope |= {"Unfit": UnfitError, "BOUND": self._bound, "real": _float}

    def reader(self, shape: Shape) -> Callable[[Json], Any]:
        """The reader of a shape; it raises anything where the data do not fit."""
        read: Callable[[Json], Any] = self._scope[self._function(shape)]
        return read

    def _function(self, shape: Shape, *, tagged: bool = False) -> str:
        """The name of the function that reads a shape."""
        name = self._names.get((shape, tagged))
        if name is None:
            name = self._names[shape, tagged] = f"read_{next(self._numbers)}"
            if isinstance(shape, OneOf):
                self._scope[name] = self._one_of(shape)
            elif isinstance(shape, Open):
                self._scope[name] = self._open
            elif isinstance(shape, Foreign):
                self._scope[name] = self._foreign(shape)
            elif isinstance(shape, Record):
                self._record(shape, name, tagged=tagged)
            else:
                self._define(name, self._body(shape))
        return name

    def _define(self, name: str, lines: Iterator[str]) -> None:
        source = f"def {name}(o):\n" + "".join(f"    {line}\n" for line in lines)
        # The source is made of our own templates, numbered names and keys written with repr().
        exec(compile(source, f"<reader {name}>", "exec"), self._scope)  # noqa: S102

    def _named(self, value: Any) -> str:
        """A name for a value in the scope of the generated functions; the scope keeps it alive."""
        name = self._values.get(id(value))
        if name is None:
            name = self._values[id(value)] = f"k{next(self._numbers)}"
            self._scope[name] = value
        return name

    def _body(self, shape: Shape) -> Iterator[str]:
        if isinstance(shape, Table):
            key, value = self._expr(shape.key, "k", inner=True), self._expr(shape.value, "v", inner=True)
            yield "if o.__class__ is not dict: fail()"
            yield f"made = {{{key}: {value} for k, v in o.items()}}"
            yield "return made if len(made) == len(o) else fail()"
        elif isinstance(shape, Many) and shape.unordered:
            item, make = self._expr(shape.item, "i", inner=True), self._named(shape.make)
            yield "if o.__class__ is not list: fail()"
            yield f"made = {make}([{item} for i in o])"
            yield "return made if len(made) == len(o) else fail()"
        else:
            yield f"return {self._expr(shape, 'o')}"

    def _expr(self, shape: Shape, x: str, *, inner: bool = False) -> str:
        """An expression that reads what the expression `x` gives.

        Inside a comprehension (`inner`) a name that is set would become a slow shared cell, so whatever
        needs one is read by a function there.
        """
        if isinstance(shape, Text):
            return f"{self._named(interned(shape.read))}[{x}]"
        if isinstance(shape, Choice) and all(type(scalar) is str for scalar in shape.members):
            return f"{self._named(shape.members)}[{x}]"
        if isinstance(shape, Compound):
            return f"{self._named(shape.read)}({x})"
        if isinstance(shape, Native) and shape.cls is float:
            return f"real({x})"
        simple = x.isidentifier()
        if (inner and not simple) or not isinstance(shape, (Native, Choice, Maybe, Many, Fixed)):
            return f"{self._function(shape)}({x})"
        if isinstance(shape, Many) and shape.unordered:
            return f"{self._function(shape)}({x})"
        t = x if simple else f"t{next(self._numbers)}"
        return self._conditional(shape, t, t if simple else f"({t} := {x})", inner=inner)

    def _conditional(self, shape: Shape, t: str, first: str, *, inner: bool) -> str:
        """As `_expr`; `first` is what is evaluated first, and sets the name `t`."""
        if isinstance(shape, Maybe):
            return f"(None if {first} is None else {self._expr(shape.inner, t, inner=inner)})"
        if isinstance(shape, Many):
            limit = f" and len({t}) <= {self._max_lines}" if shape.lines else ""
            made = f"[{self._expr(shape.item, 'i', inner=True)} for i in {t}]"
            if shape.make is not list:
                made = f"({self._named(shape.make)}({made}) if {t} else {self._named(shape.make([]))})"
            return f"({made} if {first}.__class__ is list{limit} else fail())"
        if isinstance(shape, Fixed):
            items = "".join(
                f"{self._expr(item, f'{t}[{place}]', inner=inner)}, " for place, item in enumerate(shape.items)
            )
            return f"(({items}) if {first}.__class__ is list and len({t}) == {len(shape.items)} else fail())"
        if isinstance(shape, Choice):
            kinds = self._named({(type(scalar), scalar): member for scalar, member in shape.members.items()})
            return f"{kinds}[{first}.__class__, {t}]"
        if isinstance(shape, Native) and shape.cls is str:
            return f"({t} if {first}.__class__ is str and {t}.isprintable() else text({t}))"
        if isinstance(shape, Native) and shape.cls is int:
            return f"({t} if {first}.__class__ is int and -BOUND < {t} < BOUND else fail())"
        return f"({t} if {first} is True or {t} is False else fail())"

    def _one_of(self, shape: OneOf) -> Callable[[Json], Any]:
        tags: dict[str, Callable[[Json], Any]] = {}
        plain = {kind: self.reader(each) for kind, each in shape.plain.items()}

        def read(data: Json) -> Any:
            kind = data.__class__
            if kind in plain:
                return plain[kind](data)
            known = tags.get(data["type"])
            if known is None:
                record = shape.tags[data["type"]]
                known = tags[data["type"]] = self._scope[self._function(record, tagged=True)]
            return known(data)

        return read

    def _open(self, data: Json) -> Any:
        kind = data.__class__
        if data is None or kind is bool:
            return data
        if kind is list:
            return tuple([self._open(each) for each in data])
        if kind is dict:
            return self._named_value(data)
        return self.reader(self._resolver.shape(kind))(data)

    def _named_value(self, data: dict[str, Json]) -> Any:
        tag, version = data["type"], data["v"]
        shape = self._resolver.open_shape(tag)
        if isinstance(shape, OneOf):
            if tag in self._resolver.registry.always:
                return self.reader(shape)(data)
            shape = shape.tags[tag] if shape.is_current((tag, version)) else None
        elif version != 1:
            shape = None
        fits = shape is not None and version.__class__ is int and len(data) == len(RESERVED) + 1
        return self.reader(shape)(data["value"]) if fits and shape else _fail()

    def _foreign(self, shape: Foreign) -> Callable[[Json], Any]:
        return lambda data: shape.structure(data, shape.cls)

    def _record(self, shape: Record, name: str, *, tagged: bool) -> None:
        draft = draft_of(shape.cls)
        optional = any(not member.required for member in shape.members)
        if optional:
            self._scope[name + "_partly"] = self._later(name + "_partly", shape, draft, tagged=tagged)
        self._define(name, self._record_body(shape, draft, name + "_partly" if optional else "", tagged=tagged))

    def _later(self, name: str, shape: Record, draft: type | None, *, tagged: bool) -> Callable[[Json], Any]:
        """The variant for objects that leave keys out, generated when the first one comes."""

        def generate(data: Json) -> Any:
            self._define(name, self._record_body(shape, draft, None, tagged=tagged))
            return self._scope[name](data)

        return generate

    def _record_body(self, shape: Record, draft: type | None, partly: str | None, *, tagged: bool) -> Iterator[str]:
        """With `partly` (a function or none): all keys are there. Without: keys with a default may be missing."""
        keys = len(shape.members) + (len(RESERVED) if tagged else 0)
        if partly:
            yield f"if len(o) != {keys}: return {partly}(o)"
        elif partly is not None:
            yield f"if len(o) != {keys}: fail()"
        else:
            yield f"n = {keys}"
        if tagged:
            yield f"if (v := o['v']).__class__ is not int or v != {version_of(shape.cls)}: fail()"
        elif not shape.members:
            yield "if o.__class__ is not dict: fail()"
        yield from (
            self._filled(shape, draft, partly=partly is None)
            if draft
            else self._constructed(shape, partly=partly is None)
        )

    def _filled(self, shape: Record, draft: type, *, partly: bool) -> Iterator[str]:
        yield f"s = blank({self._named(draft)})"
        for member in shape.members:
            if not partly or member.required:
                yield f"s.{member.name} = {self._converted(member, f'o[{member.key!r}]')}"
                continue
            yield f"x = o.get({member.key!r}, ABSENT)"
            yield f"if x is ABSENT: n -= 1; s.{member.name} = {self._default(member)}"
            yield f"else: s.{member.name} = {self._converted(member, 'x')}"
        if partly:
            yield "if len(o) != n: fail()"
        yield f"s.__class__ = {self._named(shape.cls)}"
        for member in shape.members:
            if member.attribute.validator is not None:
                validate, field = self._named(member.attribute.validator), self._named(member.attribute)
                yield f"{validate}(s, {field}, s.{member.name})"
        if hasattr(shape.cls, "__attrs_post_init__"):
            yield "s.__attrs_post_init__()"
        yield "return s"

    def _constructed(self, shape: Record, *, partly: bool) -> Iterator[str]:
        given = [(place, each) for place, each in enumerate(shape.members) if not partly or each.required]
        for place, member in given:
            value = self._expr(member.shape, f"o[{member.key!r}]")
            yield f"a{place} = {value}"
        args = [f"a{place}" for place, member in given if not member.kw_only]
        args += [f"{member.alias}=a{place}" for place, member in given if member.kw_only]
        if partly:
            yield "more = {}"
            for member in shape.members:
                if not member.required:
                    value = self._expr(member.shape, f"o[{member.key!r}]")
                    yield f"if {member.key!r} in o: more[{member.alias!r}] = {value}"
                    yield "else: n -= 1"
            yield "if len(o) != n: fail()"
            args.append("**more")
        yield f"return {self._named(shape.cls)}({', '.join(args)})"

    def _converted(self, member: Member, x: str) -> str:
        """An expression that reads a member and does to it what its converter does."""
        convert = cast("Any", member.attribute.converter)
        shape = self._fused.get(member)
        if shape is None:
            shape = self._fused[member] = _fused(member.shape, convert)
        if convert is None or shape is not member.shape or _keeps(shape, convert):
            return self._expr(shape, x)
        name = self._named(convert)
        none = _constant(convert, shape.make([])) if isinstance(shape, Many) and _is_pure(convert) else _ABSENT
        if none is _ABSENT:
            return f"{name}({self._expr(shape, x)})"
        return f"({self._named(none)} if (x := {x}) == [] else {name}({self._expr(shape, 'x')}))"

    def _default(self, member: Member) -> str:
        default: Any = member.attribute.default
        convert = cast("Any", member.attribute.converter)
        if not isinstance(default, attrs.Factory) and (convert is None or _is_pure(convert)):  # type: ignore[arg-type]
            known = default if convert is None else _constant(convert, default)
            if known is not _ABSENT:
                return self._named(known)
        made = f"{self._named(default.factory)}()" if isinstance(default, attrs.Factory) else self._named(default)  # type: ignore[arg-type]
        return made if convert is None else f"{self._named(convert)}({made})"


def _constant(convert: Callable[[Any], Any], value: object) -> Any:
    """What a pure converter always makes of a value, where that cannot be changed; else `_ABSENT`."""
    try:
        made = convert(value)
        hash(made)
    except Exception:  # noqa: BLE001 - then the reader calls it each time, and fails as it does
        return _ABSENT
    return made


def _is_pure(converter: Any) -> bool:
    """The house's own functions give the same for the same; what an application's do nobody knows."""
    return isinstance(converter, FunctionType) and converter.__module__.startswith(_HOUSE)


def _fused(shape: Shape, converter: Any) -> Shape:
    """Reading and converting a text in one, where the result may be kept by its text; else the shape itself."""
    if not _is_pure(converter):
        return shape
    if isinstance(shape, Maybe):
        inner = _fused(shape.inner, converter)
        fits = inner is not shape.inner and _constant(converter, None) is None
        return Maybe(inner) if fits else shape
    if isinstance(shape, Native) and shape.cls is str:
        return Text(str, _in_turn(checked_text, converter), str, {})
    if isinstance(shape, Text):
        return Text(shape.cls, _in_turn(shape.read, converter), str, {})
    return shape


@lru_cache(maxsize=1024)  # so that fields which do the same share what they keep
def _in_turn(read: Callable[[str], Any], convert: Callable[[Any], Any]) -> Callable[[str], Any]:
    return lambda text: convert(read(text))


def _keeps(shape: Shape, converter: Any) -> bool:
    """True where the converter would give back what the reader has made, as it is."""
    if isinstance(shape, Choice) and _is_pure(converter):
        return all(_constant(converter, member) is member for member in shape.members.values())
    if isinstance(shape, (Text, Choice, Many)) and isinstance(converter, type):
        return shape.cls is converter and (issubclass(converter, str) or not isinstance(shape, Text))
    return False
