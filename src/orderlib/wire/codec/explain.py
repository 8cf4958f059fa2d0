"""Reading slowly, to say everything that is wrong and where.

The generated readers only know *that* something does not fit. Then the same shapes are walked here, once
more: every fault is noted with its address, and what is faultless is built through the public constructors.
So this walk is also the definition of what reading means; a test holds the fast readers against it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Any, ClassVar, Final, Protocol, TypeGuard, cast

import attrs

from orderlib.wire.codec import fault
from orderlib.wire.codec.fault import BAD, EnoughFaultsError, Faults, excerpt
from orderlib.wire.codec.registry import RESERVED, Registry, version_of
from orderlib.wire.codec.resolve import Resolver, expected, json_name
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
from orderlib.wire.codec.upcast import Step, UpcastError
from orderlib.wire.jsontext import CHARACTER, LONG_NUMBER, TOO_DEEP, Json, Path, pointer, unfit_character
from orderlib.wire.limits import Limits

__all__ = ["Explainer", "FastReaders"]

_CHOICES_SHOWN: Final = 200
_FLOAT_BOUND: Final = 2**53


def _is_array(data: Json) -> TypeGuard[list[Json]]:
    return type(data) is list


def _is_object(data: Json) -> TypeGuard[dict[str, Json]]:
    return type(data) is dict


class FastReaders(Protocol):
    """What gives the generated reader of a shape."""

    def reader(self, shape: Shape, /) -> Callable[[Json], Any]:
        """The reader; it raises anything where the data do not fit."""
        ...


class Explainer:
    """One slow walk over the data of one document."""

    def __init__(self, resolver: Resolver, fast: FastReaders, limits: Limits) -> None:
        self._resolver = resolver
        self._registry: Registry = resolver.registry
        self._fast = fast
        self._limits = limits
        self._faults = Faults(limits.max_faults)

    def read(self, shape: Shape, data: Json) -> Any:
        """The value, or `DocumentError` with all faults (at most `limits.max_faults`)."""
        value: Any = BAD
        try:
            value = self._read(shape, data, None, 1)
        except EnoughFaultsError:
            pass
        except RecursionError as error:
            self._faults.cause = error
            self._faults.only(TOO_DEEP(limit=self._limits.max_depth))
        self._faults.raise_all()
        return value

    def _read(self, shape: Shape, data: Json, path: Path, depth: int) -> Any:
        if depth > self._limits.max_depth and type(data) in (list, dict):
            return self._faults.note(TOO_DEEP, path, limit=self._limits.max_depth)
        return self._walks[type(shape)](self, shape, data, path, depth)

    def _wrong(self, shape: Shape, data: Json, path: Path) -> Any:
        return self._faults.note(fault.WRONG_TYPE, path, expected=expected(shape), found=json_name(data))

    def _native(self, shape: Native, data: Json, path: Path, _depth: int) -> Any:
        if shape.cls is float:
            return self._float(shape, data, path)
        if type(data) is not shape.cls:
            return self._wrong(shape, data, path)
        if isinstance(data, str) and unfit_character(data):
            return self._faults.note(CHARACTER, path, point=unfit_character(data))
        if isinstance(data, int) and abs(data) >= 10**self._limits.max_digits:
            return self._faults.note(LONG_NUMBER, path, limit=self._limits.max_digits)
        return data

    def _float(self, shape: Native, data: Json, path: Path) -> Any:
        if type(data) is float and math.isfinite(data):
            return data
        if type(data) is int and abs(data) <= _FLOAT_BOUND:  # JSON does not tell 1 from 1.0
            return float(data)
        return self._wrong(shape, data, path)

    def _text(self, shape: Text, data: Json, path: Path, _depth: int) -> Any:
        if type(data) is not str:
            return self._wrong(shape, data, path)
        return self._made(shape.cls, lambda: shape.read(data), path)

    def _choice(self, shape: Choice, data: Json, path: Path, _depth: int) -> Any:
        if not any(type(data) is type(scalar) for scalar in shape.members):
            return self._wrong(shape, data, path)
        for scalar, member in shape.members.items():
            if type(scalar) is type(data) and scalar == data:
                return member
        choices = ", ".join(map(str, shape.members))[:_CHOICES_SHOWN]
        return self._faults.note(fault.UNKNOWN_CHOICE, path, value=excerpt(data), choices=choices)

    def _maybe(self, shape: Maybe, data: Json, path: Path, depth: int) -> Any:
        return None if data is None else self._read(shape.inner, data, path, depth)

    def _many(self, shape: Many, data: Json, path: Path, depth: int) -> Any:
        if not _is_array(data):
            return self._wrong(shape, data, path)
        if shape.lines and len(data) > self._limits.max_lines:
            limit = self._limits.max_lines
            return self._faults.note(fault.TOO_MANY_LINES, path, found=len(data), limit=limit)
        before = len(self._faults)
        items = self._items(shape.item, data, path, depth)
        if len(self._faults) > before:
            return BAD
        if shape.unordered:
            self._only_once(items, path)
        return BAD if len(self._faults) > before else self._made(shape.cls, lambda: shape.make(items), path)

    def _items(self, shape: Shape, data: list[Json], path: Path, depth: int) -> list[Any]:
        """Items that fit are read fast, so that one fault among many thousands costs little."""
        if self._resolver.nests(shape):  # the fast reader does not look at depth
            return [self._read(shape, item, (path, place), depth + 1) for place, item in enumerate(data)]
        fast = self._fast.reader(shape)
        items: list[Any] = []
        for place, item in enumerate(data):
            try:
                items.append(fast(item))
            except Exception:  # noqa: BLE001 - whatever it is, the slow walk says it
                items.append(self._read(shape, item, (path, place), depth + 1))
        return items

    def _only_once(self, items: list[Any], path: Path) -> None:
        seen: set[Any] = set()
        for place, item in enumerate(items):
            if item in seen:
                self._faults.note(fault.DUPLICATE_ITEM, (path, place))
            seen.add(item)

    def _fixed(self, shape: Fixed, data: Json, path: Path, depth: int) -> Any:
        if not _is_array(data):
            return self._wrong(shape, data, path)
        if len(data) != len(shape.items):
            return self._faults.note(fault.WRONG_LENGTH, path, found=len(data), expected=len(shape.items))
        pairs = enumerate(zip(shape.items, data, strict=True))
        return tuple(self._read(item, each, (path, place), depth + 1) for place, (item, each) in pairs)

    def _table(self, shape: Table, data: Json, path: Path, depth: int) -> Any:
        if not _is_object(data):
            return self._wrong(shape, data, path)
        table: dict[Any, Any] = {}
        for key, each in data.items():
            name = self._read(shape.key, key, (path, key), depth + 1)
            if name is not BAD and name in table:
                self._faults.note(fault.DUPLICATE_MEMBER, (path, key))
            table[name] = self._read(shape.value, each, (path, key), depth + 1)
        return table

    def _compound(self, shape: Compound, data: Json, path: Path, depth: int) -> Any:
        if not _is_object(data):
            return self._wrong(shape, data, path)
        self._only(data, shape.parts, path)
        before = len(self._faults)
        parts = [
            self._read(part, data[key], (path, key), depth + 1)
            if key in data
            else self._faults.note(fault.MISSING_KEY, (path, key))
            for key, part in shape.parts.items()
        ]
        return BAD if len(self._faults) > before else self._made(shape.cls, lambda: shape.make(*parts), path)

    def _record(self, shape: Record, data: Json, path: Path, depth: int) -> Any:
        if not _is_object(data):
            return self._wrong(shape, data, path)
        self._only(data, [member.key for member in shape.members], path)
        before = len(self._faults)
        given: dict[str, Any] = {}
        for member in shape.members:
            if member.key in data:
                value = self._read(member.shape, data[member.key], (path, member.key), depth + 1)
                given[member.alias] = value
                if value is not BAD:
                    self._converted(member, value, path)
            elif member.required:
                self._faults.note(fault.MISSING_KEY, (path, member.key))
        return BAD if len(self._faults) > before else self._made(shape.cls, lambda: shape.cls(**given), path)

    def _converted(self, member: Member, value: Any, path: Path) -> None:
        """Ask each converter by itself what it refuses, because the constructor would stop at the first."""
        convert = cast("Any", member.attribute.converter)
        if convert is None or isinstance(convert, attrs.Converter):
            return
        try:
            convert(value)
        except Exception as error:  # noqa: BLE001 - an application's converter may raise anything
            self._faults.refused(error, member.name, path, pointer(member.key))

    def _one_of(self, shape: OneOf, data: Json, path: Path, depth: int) -> Any:
        plain = shape.plain.get(data.__class__)
        if plain is not None:
            return self._read(plain, data, path, depth)
        if not _is_object(data) or not shape.tags:
            return self._wrong(shape, data, path)
        step = self._step(data, path)
        if step is None:
            return BAD
        members = {key: value for key, value in data.items() if key not in RESERVED}
        return self._versioned(shape, step, members, path, depth)

    def _versioned(self, shape: OneOf, step: Step, members: Json, path: Path, depth: int) -> Any:
        """The record that a tag and a version stand for, brought up to date first."""
        if _is_object(members) and not shape.is_current(step):
            try:
                newest, members = self._registry.upcast(step, members)
            except UpcastError as error:
                self._faults.cause = error
                return self._faults.note(fault.UPCAST, path, tag=excerpt(step[0]), version=step[1])
            if not shape.is_current(newest):
                return self._unknown_step(shape, step, path)
            step = newest
        return self._record(shape.tags[step[0]], members, path, depth)

    def _unknown_step(self, shape: OneOf, step: Step, path: Path) -> Any:
        tag, version = step
        if tag not in shape.tags:
            return self._faults.note(fault.UNKNOWN_TAG, (path, "type"), tag=excerpt(tag), expected=shape.name)
        newest = version_of(shape.tags[tag].cls)
        found = excerpt(version)
        return self._faults.note(fault.UNKNOWN_VERSION, (path, "v"), version=found, tag=tag, newest=newest)

    def _step(self, data: dict[str, Json], path: Path) -> Step | None:
        """Tag and version, where both are there and of the right kind."""
        before = len(self._faults)
        for key, kind, name in zip(RESERVED, (str, int), ("string", "integer"), strict=True):
            if key not in data:
                self._faults.note(fault.MISSING_KEY, (path, key))
            elif type(data[key]) is not kind:
                self._faults.note(fault.WRONG_TYPE, (path, key), expected=name, found=json_name(data[key]))
        return (data["type"], data["v"]) if len(self._faults) == before else None

    def _open(self, shape: Open, data: Json, path: Path, depth: int) -> Any:
        if data is None:
            return None
        if _is_array(data):
            return tuple(self._read(shape, each, (path, place), depth + 1) for place, each in enumerate(data))
        if not _is_object(data):
            return self._scalar(shape, data, path, depth)
        step = self._step(data, path)
        named = self._resolver.open_shape(step[0]) if step else None
        if step is None:
            return BAD
        if named is None:
            return self._faults.note(fault.UNKNOWN_TAG, (path, "type"), tag=excerpt(step[0]), expected="public value")
        if isinstance(named, OneOf) and step[0] in self._registry.always:
            return self._read(named, data, path, depth)
        return self._wrapped(named, step, data, path, depth)

    def _wrapped(self, named: Shape, step: Step, data: dict[str, Json], path: Path, depth: int) -> Any:
        """A value that stands under the key ``value``, beside its tag."""
        self._only(data, (*RESERVED, "value"), path)
        if "value" not in data:
            return self._faults.note(fault.MISSING_KEY, (path, "value"))
        value, here = data["value"], (path, "value")
        if isinstance(named, OneOf):
            return self._versioned(named, step, value, here, depth + 1)
        if step[1] != 1:
            return self._faults.note(fault.UNKNOWN_VERSION, (path, "v"), version=step[1], tag=step[0], newest=1)
        return self._read(named, value, here, depth + 1)

    def _scalar(self, shape: Open, data: Json, path: Path, depth: int) -> Any:
        if type(data) in (str, int, bool, float):
            return self._read(self._resolver.shape(type(data)), data, path, depth)
        return self._wrong(shape, data, path)

    def _foreign(self, shape: Foreign, data: Json, path: Path, _depth: int) -> Any:
        return self._made(shape.cls, lambda: shape.structure(data, shape.cls), path)

    def _only(self, data: dict[str, Json], known: Iterable[str], path: Path) -> None:
        for key in data:
            if key not in known:
                self._faults.note(fault.UNKNOWN_KEY, (path, key))

    def _made(self, cls: Any, make: Callable[[], Any], path: Path) -> Any:
        """The value that a constructor makes, or its refusal, addressed from the top."""
        try:
            return make()
        except Exception as error:  # noqa: BLE001 - a constructor that is not of this library may raise anything
            return self._faults.refused(error, getattr(cls, "__name__", str(cls)), path)

    _walks: ClassVar[dict[type, Callable[..., Any]]] = {
        Native: _native,
        Text: _text,
        Choice: _choice,
        Maybe: _maybe,
        Many: _many,
        Fixed: _fixed,
        Table: _table,
        Compound: _compound,
        Record: _record,
        OneOf: _one_of,
        Open: _open,
        Foreign: _foreign,
    }
