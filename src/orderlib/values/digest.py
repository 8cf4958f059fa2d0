"""A fingerprint of any public value: the same content gives the same digest, everywhere and always."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any, Final, cast

import attrs

from orderlib.errors import FindingCode, InvalidValueError, Severity
from orderlib.values.lines import Lines

__all__ = ["digest"]

DIGEST_KIND = FindingCode("digest.kind", Severity.ERROR, "a {kind} has no fingerprint", "类型 {kind} 没有指纹")

# narrowed by these a value stays of any type to a type checker, where the classes themselves leave it unknown
_MAPPINGS: Final = cast("type[Any]", Mapping)
_SETS: Final = cast("tuple[type[Any], ...]", (set, frozenset))
_SEQUENCES: Final = cast("tuple[type[Any], ...]", (tuple, list, Lines))


def digest(value: object) -> str:
    """SHA-256 (FIPS 180-4) over the content, as 64 hexadecimal digits.

    Covers attrs values, `Lines`, tuples, mappings, sets, text, numbers, days, instants and None; raises
    `InvalidValueError` (`digest.kind`) for anything else.
    """
    pieces: list[bytes] = []
    _feed(pieces.append, value)
    return hashlib.sha256(b"".join(pieces)).hexdigest()


_Add = Callable[[bytes], object]
_Feeder = Callable[[_Add, Any], None]


class _Feeders(dict[type, _Feeder]):
    """How values of each type are told, found when the first of the type comes."""

    def __missing__(self, kind: type) -> _Feeder:
        self[kind] = found = _feeder(kind)
        return found


_FEEDERS: Final = _Feeders()


def _feed(add: _Add, value: Any) -> None:
    _FEEDERS[type(value)](add, value)


def _feeder(kind: type[Any]) -> _Feeder:
    if issubclass(kind, str) and issubclass(kind, Enum):
        return _choice
    for kinds, feeder in _KINDS:
        if issubclass(kind, kinds):
            return feeder
    return _record(kind) if attrs.has(kind) else _handwritten


def _plain(add: _Add, value: object) -> None:
    add(b"n" + repr(value).encode() + b";")


def _text(add: _Add, value: str) -> None:
    raw = str.__str__(value).encode("utf-8", "surrogatepass")
    add(b"s%d:" % len(raw) + raw)


def _choice(add: _Add, value: Enum) -> None:
    _text(add, value.value)


def _moment(add: _Add, value: date) -> None:
    add(b"d" + value.isoformat().encode() + b";")


def _span(add: _Add, value: timedelta) -> None:
    add(b"d" + repr(value).encode() + b";")


def _mapping(add: _Add, value: Mapping[Any, Any]) -> None:
    _open(add, b"m", len(value))
    for key in sorted(value, key=_rank):
        _feed(add, key)
        _feed(add, value[key])


def _set(add: _Add, value: frozenset[Any]) -> None:
    _open(add, b"e", len(value))
    for member in sorted(digest(each) for each in value):
        add(member.encode())


def _sequence(add: _Add, value: tuple[Any, ...]) -> None:
    _open(add, b"l", len(value))
    for member in value:
        _FEEDERS[type(member)](add, member)


def _rank(key: object) -> tuple[str, str]:
    return str(key), type(key).__qualname__  # 1 and "1" look alike


def _open(add: _Add, kind: bytes, size: int) -> None:
    add(kind + str(size).encode() + b":")


_KINDS: Final[tuple[tuple[Any, _Feeder], ...]] = (
    ((type(None), bool, int, float, Decimal, Fraction), _plain),
    (str, _text),
    (timedelta, _span),
    ((datetime, date), _moment),
    (_MAPPINGS, _mapping),
    (_SETS, _set),
    (_SEQUENCES, _sequence),
)


def _record(kind: type[Any]) -> _Feeder:
    head = b"o" + kind.__qualname__.encode() + b":"
    names = tuple(field.name for field in attrs.fields(kind) if field.eq)

    def feed(add: _Add, value: object) -> None:
        add(head)
        for name in names:
            part = getattr(value, name)
            _FEEDERS[type(part)](add, part)

    return feed


def _handwritten(add: _Add, value: object) -> None:
    """The few hand-written values say by themselves what they are made of."""
    kind = type(value)
    if kind.__reduce__ is object.__reduce__ or not kind.__module__.startswith("orderlib."):
        raise InvalidValueError(DIGEST_KIND(kind=kind.__qualname__))
    add(b"o" + kind.__qualname__.encode() + b":")
    _feed(add, value.__reduce__()[1])
