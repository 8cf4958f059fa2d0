"""From type annotations to shapes: what is looked at once, when a class is first used."""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from enum import Enum
from typing import Annotated, Any, Final, Literal, NewType, TypeVar, Union

import attrs

from orderlib.values.lines import Lines
from orderlib.wire.codec.deferred import deferred_names
from orderlib.wire.codec.registry import RESERVED, Registry, version_of
from orderlib.wire.codec.scalar import OPEN_TAGS, SCALARS, of_choice, of_text_class
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

__all__ = ["Resolver", "expected"]

_ARRAYS: Final[Mapping[Any, Callable[[list[Any]], Any]]] = {
    tuple: tuple,
    Sequence: tuple,
    Collection: tuple,
    Iterable: tuple,
    list: list,
    Lines: Lines,
}
_SETS: Final[Mapping[Any, Callable[[list[Any]], Any]]] = {
    frozenset: frozenset,
    AbstractSet: frozenset,
    set: set,
}
_TABLES: Final = (dict, Mapping)
_OPEN: Final = Open()
_COLLECTIONS: Final = frozenset((*_ARRAYS, *_SETS, *_TABLES))
_KNOWN_ORIGINS: Final = frozenset((*_COLLECTIONS, Literal, Annotated, Union, types.UnionType, object, Any))


class Resolver:
    """Gives the shape of any annotation; the same annotation has one shape, so that a class may nest itself.

    `foreign` answers for types that nothing here knows (None: nobody does). What has no JSON form is a
    `TypeError` that names it.
    """

    def __init__(self, registry: Registry, foreign: Callable[[Any], Foreign | None] | None = None) -> None:
        self.registry = registry
        self._foreign = foreign
        self._shapes: dict[Any, Shape] = {}
        self._nesting: dict[Shape, bool] = {}

    def shape(self, hint: Any) -> Shape:
        """The shape of an annotation whose forward references are resolved."""
        known = self._shapes.get(hint)
        if known is None:
            known = self._shapes[hint] = self._resolve(hint)
        return known

    def knows(self, hint: Any) -> bool:
        """True for what is described here; a class that holds others is known, whatever they are."""
        origin = typing.get_origin(hint) or hint
        if origin in _KNOWN_ORIGINS or origin in SCALARS or isinstance(hint, (NewType, TypeVar)):
            return True
        return isinstance(origin, type) and (issubclass(origin, (str, Enum)) or is_attrs(origin))

    def record(self, cls: Any) -> Record:
        """An attrs class as a plain object, whatever the registry says about its tag."""
        origin, args = typing.get_origin(cls) or cls, typing.get_args(cls)
        key = (Record, cls)
        known = self._shapes.get(key)
        if isinstance(known, Record):
            return known
        made = self._shapes[key] = Record(origin, args)
        try:
            made.members = tuple(self._members(origin, args))
        except BaseException:
            del self._shapes[key]  # a record without its members must not be found again
            raise
        return made

    def open_shape(self, tag: str) -> Shape | None:
        """What a tag stands for where any public value may stand; a class is given as a set of one."""
        if tag in OPEN_TAGS:
            return self.shape(OPEN_TAGS[tag])
        cls = self.registry.classes.get(tag)
        if cls is None:
            return None
        try:
            return self.shape(cls) if tag in self.registry.always or not is_attrs(cls) else self._one(cls)
        except TypeError:  # a class that is known by name, but holds what has no JSON form
            return None

    def _one(self, cls: type) -> OneOf:
        one = self._shapes.get((OneOf, cls))
        if not isinstance(one, OneOf):
            one = OneOf(cls.__name__, {}, {})
            self._take(one, cls, cls, (cls,))
            self._shapes[OneOf, cls] = one
        return one

    def nests(self, shape: Shape) -> bool:
        """True where data of this shape may nest without end: a class that holds itself, or any value."""
        known = self._nesting.get(shape)
        if known is None:
            known = self._nesting[shape] = _nests(shape, frozenset(), set())
        return known

    def _resolve(self, hint: Any) -> Shape:
        if hint in (object, Any):
            return _OPEN
        if hint in SCALARS:
            return SCALARS[hint]
        if isinstance(hint, NewType):
            return self.shape(hint.__supertype__)
        if isinstance(hint, TypeVar):
            return _OPEN if hint.__bound__ is None or hint.__constraints__ else self._bound(hint.__bound__)
        if hasattr(hint, "__value__"):  # a `type` statement
            return self.shape(hint.__value__)
        origin = typing.get_origin(hint)
        if origin is None:
            return self._class(hint)
        return self._generic(hint, origin, typing.get_args(hint))

    def _bound(self, bound: Any) -> Shape:
        """A bound that has subclasses in plenty says nothing about the form: only the value knows it."""
        return self.shape(bound) if isinstance(bound, type) and is_attrs(bound) else _OPEN

    def _class(self, hint: Any) -> Shape:
        cls = hint
        if not isinstance(cls, type):
            raise _no_form(cls)
        if issubclass(cls, Enum):
            return of_choice(cls) if cls.__members__ else _OPEN  # without members it only names what all share
        if issubclass(cls, str):
            return of_text_class(cls)
        if cls in _ARRAYS or cls in _SETS:
            return self._generic(cls, cls, (Any, ...) if cls is tuple else (Any,))
        if cls in _TABLES:
            return self._generic(cls, cls, (str, Any))
        if is_attrs(cls):
            return self._attrs(hint, hint)
        return self._stranger(cls)

    def _attrs(self, cls: type, hint: Any) -> Shape:
        tagged = self.registry.closed_set(cls)
        if not tagged:
            known = self._foreign(hint) if self._foreign else None
            return known or self.record(hint)
        one = self._shapes[hint] = OneOf(cls.__name__, {}, {})
        try:
            self._take(one, cls, hint, tagged)
        except BaseException:
            del self._shapes[hint]
            raise
        return one

    def _take(self, one: OneOf, cls: type, hint: Any, classes: Iterable[type]) -> None:
        for each in classes:
            tag = self.registry.tag(each)
            record = self.record(hint if each is cls else each)
            if one.tags.setdefault(tag, record) is not record:
                raise TypeError(f"{one.name}: the tag {tag!r} stands for two classes")
            one.versions[tag] = version_of(each)

    def _stranger(self, hint: Any) -> Shape:
        found = self._foreign(hint) if self._foreign else None
        if found is None:
            raise _no_form(hint)
        return found

    def _generic(self, hint: Any, origin: Any, args: tuple[Any, ...]) -> Shape:
        if origin is Annotated:
            return self.shape(args[0])
        if origin is Literal:
            return Choice(str, {value: value for value in args})
        if origin in (Union, types.UnionType):
            return self._union(args)
        if origin in _COLLECTIONS:
            return self._collection(hint, origin, args)
        if is_attrs(origin):
            return self._attrs(origin, hint)
        return self._stranger(hint)

    def _collection(self, hint: Any, origin: Any, args: tuple[Any, ...]) -> Shape:
        if origin is tuple and args[-1:] != (...,):
            return Fixed(tuple(self.shape(each) for each in args if each != ()))
        if origin in _TABLES:
            return self._table(hint, *args)
        if origin in _SETS:
            return Many(origin, self.shape(args[0]), _SETS[origin], unordered=True)
        return Many(origin, self.shape(args[0]), _ARRAYS[origin], lines=origin is Lines)

    def _table(self, hint: Any, key: Any, value: Any) -> Shape:
        keys = self.shape(key)
        if isinstance(keys, (Text, Choice)) or (isinstance(keys, Native) and keys.cls is str):
            return Table(keys, self.shape(value))
        raise TypeError(f"the keys of {hint!r} have no form as text")

    def _union(self, args: tuple[Any, ...]) -> Shape:
        rest = tuple(each for each in args if each is not type(None))
        if len(rest) == 1:
            inner = self.shape(rest[0])
        elif any(each in (object, Any) for each in rest):
            inner = _OPEN
        else:
            inner = self._one_of(rest)
        return Maybe(inner) if len(rest) < len(args) else inner

    def _one_of(self, hints: tuple[Any, ...]) -> Shape:
        one = OneOf(" or ".join(getattr(each, "__name__", str(each)) for each in hints), {}, {})
        for hint in hints:
            origin = typing.get_origin(hint) or hint
            if not is_attrs(origin) or origin in SCALARS:
                shape = self.shape(hint)
                kind = kind_of(shape)
                if kind is None or kind in one.plain:
                    raise TypeError(f"{one.name} cannot be told apart in JSON")
                one.plain[kind] = shape
                continue
            self._take(one, origin, hint, self.registry.closed_set(origin) or (origin,))
        for record in one.tags.values():
            _without_reserved(record)
        if one.tags and dict in one.plain:
            raise TypeError(f"{one.name} cannot be told apart in JSON")
        return one

    def _members(self, cls: Any, args: tuple[Any, ...]) -> Iterator[Member]:
        try:
            hints = _hints_of(cls)
        except NameError as error:
            raise TypeError(f"an annotation of {cls.__qualname__} names what cannot be imported: {error}") from error
        known = dict(_type_arguments(cls, args))
        for field in attrs.fields(cls):
            if field.init:
                alias = field.alias or field.name
                shape = self.shape(_substituted(hints[field.name], known))
                yield Member(alias, field.name, alias, shape, field, bool(field.kw_only))


def is_attrs(cls: Any) -> bool:
    """True for an attrs class."""
    return bool(attrs.has(cls))


def _hints_of(cls: Any) -> dict[str, Any]:
    try:
        return typing.get_type_hints(cls, include_extras=True)
    except NameError:
        return typing.get_type_hints(cls, localns=deferred_names(cls.__module__), include_extras=True)


def _without_reserved(record: Record) -> None:
    if any(member.key in RESERVED for member in record.members):
        raise TypeError(f"{record.cls.__qualname__} has a field called type or v, which carry tag and version")


def _no_form(hint: Any) -> TypeError:
    return TypeError(f"{hint!r} has no JSON form; register a hook for it on a converter")


def _type_arguments(cls: Any, args: tuple[Any, ...]) -> Iterator[tuple[Any, Any]]:
    """What the type variables of a class and of its generic bases stand for."""
    given = dict(zip(getattr(cls, "__parameters__", ()), args, strict=False))
    yield from given.items()
    for base in getattr(cls, "__orig_bases__", ()):
        origin = typing.get_origin(base)
        if origin is not None and origin is not typing.Generic:
            yield from _type_arguments(origin, tuple(given.get(each, each) for each in typing.get_args(base)))
    for base in getattr(cls, "__bases__", ()):
        if "__orig_bases__" in getattr(base, "__dict__", {}) and typing.get_origin(base) is None:
            yield from _type_arguments(base, ())


def _substituted(hint: Any, known: Mapping[Any, Any]) -> Any:
    """The annotation with what is known put in the place of its type variables."""
    if isinstance(hint, TypeVar):
        return known.get(hint, hint)
    free = getattr(hint, "__parameters__", ())
    if not free or isinstance(hint, type):
        return hint
    return hint[tuple(known.get(each, each) for each in free)]


def _inside(shape: Shape) -> Iterable[Shape]:
    """The shapes that a shape is made of."""
    if isinstance(shape, Maybe):
        return (shape.inner,)
    if isinstance(shape, Many):
        return (shape.item,)
    if isinstance(shape, Table):
        return (shape.value,)
    if isinstance(shape, Fixed):
        return shape.items
    if isinstance(shape, Record):
        return [member.shape for member in shape.members]
    return (*shape.tags.values(), *shape.plain.values()) if isinstance(shape, OneOf) else ()


def _nests(shape: Shape, above: frozenset[Shape], done: set[Shape]) -> bool:
    if isinstance(shape, Open) or shape in above:
        return True
    if shape in done:
        return False
    done.add(shape)
    return any(_nests(each, above | {shape}, done) for each in _inside(shape))


def kind_of(shape: Shape) -> type | None:
    """The Python class of the JSON value that a shape is read from; None where it is not one alone."""
    if isinstance(shape, Native):
        return shape.cls
    if isinstance(shape, Text):
        return str
    if isinstance(shape, (Compound, Record, Table)):
        return dict
    if isinstance(shape, (Many, Fixed)):
        return list
    if isinstance(shape, Choice):
        kinds: set[Any] = {type(each) for each in shape.members}
        return kinds.pop() if len(kinds) == 1 else None
    return None


def expected(shape: Shape) -> str:
    """What a finding says that it had expected."""
    if isinstance(shape, OneOf):
        return " or ".join([*(_JSON_NAMES[kind] for kind in shape.plain), *(["object"] if shape.tags else [])])
    if isinstance(shape, Maybe):
        return f"{expected(shape.inner)} or null"
    kind = kind_of(shape)
    return _JSON_NAMES[kind] if kind else "value"


_JSON_NAMES: Final[Mapping[Any, str]] = {
    str: "string",
    int: "integer",
    float: "number",
    bool: "boolean",
    dict: "object",
    list: "array",
    type(None): "null",
}


def json_name(value: object) -> str:
    """What JSON calls the kind of a value."""
    return _JSON_NAMES.get(type(value), type(value).__name__)
