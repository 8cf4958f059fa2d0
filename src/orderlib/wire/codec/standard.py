"""The codec that knows every public type of the library: its commands and events by tag, its nouns and codes."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Iterator
from enum import Enum
from functools import cache, lru_cache
from typing import Any, Final, TypeVar

from orderlib.values.decision import Decision
from orderlib.values.identifier import Identifier
from orderlib.values.message import Command, Event
from orderlib.wire.codec.codec import Codec
from orderlib.wire.codec.registry import Registry, tag_of
from orderlib.wire.codec.resolve import is_attrs
from orderlib.wire.codec.upcast import Upcaster
from orderlib.wire.jsontext import Json
from orderlib.wire.limits import Limits

__all__ = [
    "UPCASTERS",
    "digest",
    "dumps",
    "loads",
    "schema",
    "standard_codec",
    "standard_registry",
    "structure",
    "unstructure",
]

T = TypeVar("T")

UPCASTERS: Final[tuple[Upcaster, ...]] = ()
"""Every step from an older version of an event or command to the next; a version that was written once stays."""

_ROOT: Final = "orderlib"
_KINDS: Final = "orderlib.values.message"  # what all messages derive from; nothing is only that
_USUAL: Final = Limits()
_ABOVE: Final = frozenset({"chart", "cli", "desk", "insight", "simulation", "testing", "wire"})
_NO_FACTS: Final = frozenset({"lifecycle"})


@cache
def standard_registry() -> Registry:
    """All commands, events and decisions, tagged; all other public attrs classes, enumerations and ids, known by name.

    A policy may answer with a decision of its own kind, so that a decision always says which it is.
    """
    messages: list[type] = []
    nouns: list[type] = []
    for cls in _public_classes():
        if _is_message(cls):
            if cls.__module__ != _KINDS:
                messages.append(cls)
        elif _is_noun(cls):
            nouns.append(cls)
    return Registry(messages, known=nouns, upcasters=UPCASTERS, names=names_of(nouns))


def names_of(nouns: Iterable[type]) -> dict[type, str]:
    """Names for those whose word an earlier one has taken: the later of two rooms says whose word it is."""
    taken: dict[str, type] = {}
    again = [cls for cls in nouns if taken.setdefault(tag_of(cls), cls) is not cls]
    return {cls: f"{cls.__module__.split('.')[1]}.{tag_of(cls)}" for cls in again}


def _is_message(cls: Any) -> bool:
    return issubclass(cls, (Event, Command, Decision))


def _is_noun(cls: Any) -> bool:
    """True for records, code lists and ids; policies are callables, and no facts."""
    return (is_attrs(cls) and "__call__" not in dir(cls)) or issubclass(cls, (Enum, Identifier))


@lru_cache(maxsize=8)
def standard_codec(limits: Limits = _USUAL) -> Codec:
    """The codec over the standard registry."""
    return Codec(standard_registry(), limits)


def structure(cls: type[T], data: Json, limits: Limits = _USUAL) -> T:
    """The value of a public type that primitives stand for; raises `DocumentError` (see `Codec.structure`)."""
    return standard_codec(limits).structure(cls, data)


def unstructure(value: object, cls: Any = None) -> Json:
    """The primitives of a public value, written as its own class or as `cls` (see `Codec.unstructure`)."""
    return standard_codec().unstructure(value, cls)


def loads(cls: type[T], data: bytes, limits: Limits = _USUAL) -> T:
    """The value of a public type that the bytes of a JSON document stand for; `DocumentError` with every fault."""
    return standard_codec(limits).loads(cls, data)


def dumps(value: object, cls: Any = None) -> bytes:
    """The canonical JSON of a public value: UTF-8, compact, keys in declared order."""
    return standard_codec().dumps(value, cls)


def digest(value: object, cls: Any = None) -> str:
    """SHA-256 in hexadecimal over the canonical JSON with sorted keys: equal values, equal digests."""
    return standard_codec().digest(value, cls)


def schema(cls: Any) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a public type."""
    return standard_codec().schema(cls)


def _public_classes() -> Iterator[type[Any]]:
    """What the modules of facts export, module by module in the order of their names."""
    for name in _modules():
        module = importlib.import_module(name)
        for public in getattr(module, "__all__", ()):
            value: Any = getattr(module, public)
            if isinstance(value, type) and value.__module__ == name:
                yield value


def _modules() -> Iterator[str]:
    yield "orderlib.errors"
    for room in sorted(
        pkgutil.iter_modules(importlib.import_module(_ROOT).__path__, f"{_ROOT}."), key=lambda found: found.name
    ):
        if room.ispkg and room.name.split(".")[1] not in _ABOVE:
            yield from _modules_in(room.name)


def _modules_in(name: str) -> Iterator[str]:
    package = importlib.import_module(name)
    for found in sorted(pkgutil.iter_modules(package.__path__), key=lambda found: found.name):
        if found.ispkg:
            yield from _modules_in(f"{name}.{found.name}")
        elif found.name not in _NO_FACTS and not found.name.startswith("_"):
            yield f"{name}.{found.name}"
