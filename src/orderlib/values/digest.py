"""A fingerprint of any public value: the same content gives the same digest, everywhere and always."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
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
    found = hashlib.sha256()
    _feed(found.update, value)
    return found.hexdigest()


def _feed(update: Callable[[bytes], object], value: Any) -> None:
    if value is None or isinstance(value, (bool, int, float, Decimal, Fraction)):
        update(b"n" + repr(value).encode() + b";")
    elif isinstance(value, str):
        raw = (value.value if isinstance(value, Enum) else str.__str__(value)).encode("utf-8", "surrogatepass")
        update(b"s%d:" % len(raw) + raw)
    elif isinstance(value, (datetime, date, timedelta)):
        update(b"d" + (value.isoformat() if not isinstance(value, timedelta) else repr(value)).encode() + b";")
    elif isinstance(value, _MAPPINGS):
        _open(update, b"m", len(value))
        for key in sorted(value, key=_rank):
            _feed(update, key)
            _feed(update, value[key])
    elif isinstance(value, _SETS):
        _open(update, b"e", len(value))
        for member in sorted(digest(each) for each in value):
            update(member.encode())
    elif isinstance(value, _SEQUENCES):
        _open(update, b"l", len(value))
        for member in value:
            _feed(update, member)
    else:
        _feed_fields(update, value)


def _rank(key: object) -> tuple[str, str]:
    return str(key), type(key).__qualname__  # 1 and "1" look alike


def _open(update: Callable[[bytes], object], kind: bytes, size: int) -> None:
    update(kind + str(size).encode() + b":")


def _feed_fields(update: Callable[[bytes], object], value: object) -> None:
    kind = type(value)
    update(b"o" + kind.__qualname__.encode() + b":")
    if attrs.has(kind):
        for name in _names(kind):
            _feed(update, getattr(value, name))
        return
    # the few hand-written values say by themselves what they are made of
    if kind.__reduce__ is object.__reduce__ or not kind.__module__.startswith("orderlib."):
        raise InvalidValueError(DIGEST_KIND(kind=kind.__qualname__))
    _feed(update, value.__reduce__()[1])


def _names(kind: type) -> Iterator[str]:
    return (field.name for field in attrs.fields(kind) if field.eq)
