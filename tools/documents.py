"""Hypothesis strategies for JSON documents of any public type, drawn from the same shapes as its reader.

`Documents` gives what has the right form (constructors may still refuse it), `near_misses` the same with one
thing spoilt. Tests read both; `golden.py` takes its samples from the first.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from copy import deepcopy
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

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

__all__ = ["ANY_JSON", "Documents", "near_misses"]

# words that codes, units, zones, days and free texts of the library are made of
WORDS: Final = ["", "x", "EUR", "JPY", "C62", "KGM", "DE", "UTC", "Asia/Shanghai", "2026-03-01", "10", "line 1", "备注"]
_DEEPEST: Final = 6
_MOST: Final = 2

ANY_JSON: Final[SearchStrategy[Any]] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.sampled_from(WORDS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)
"""Any value that a JSON parser gives, and some that a strict one does not."""

_POSITIVE: Final = st.decimals("0.01", 1000, places=2).map(str)
_NUMBERS: Final = _POSITIVE | _POSITIVE | _POSITIVE | st.sampled_from(["0", "-7.25", "0.125", "1000000000000"])
_SMALL: Final = st.integers(1, 120).map(str)
_PERCENT: Final = st.integers(0, 40).map(str)
_TEXTS: Final[Mapping[Any, SearchStrategy[str]]] = {
    Decimal: _SMALL | _NUMBERS,
    Fraction: st.tuples(st.integers(1, 99), st.integers(1, 99)).map(lambda pair: f"{pair[0]}/{pair[1]}"),
    date: st.dates(date(2020, 1, 1), date(2030, 12, 31)).map(date.isoformat),
    "DateTime": st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)).map(  # noqa: DTZ001 - the zone is written
        lambda at: at.isoformat(timespec="seconds") + "Z"
    )
    | st.just("2026-03-02T09:00:00.5Z"),
    bytes: st.binary(max_size=20).map(lambda octets: base64.b64encode(octets).decode()),
    timedelta: st.integers(0, 10**6).map(lambda seconds: f"PT{seconds}S"),
    str: st.sampled_from(WORDS),
}
_IDS: Final = st.sampled_from([word for word in WORDS if word])
_NATIVE: Final[Mapping[Any, SearchStrategy[Any]]] = {
    str: _TEXTS[str],
    int: st.integers(0, 40),
    bool: st.booleans(),
    float: st.floats(-1e6, 1e6),
}
_KEYS: Final[Mapping[str, SearchStrategy[Any]]] = {
    "advance": _PERCENT,
    "amount": _SMALL | _NUMBERS,
    "currency": st.sampled_from(["EUR"] * 99 + ["JPY"]),
    "day_of_month": st.integers(1, 31),
    "discount": _PERCENT,
    "end_on": st.dates(date(2027, 1, 1), date(2027, 12, 31)).map(date.isoformat),
    "from_unit": st.just("XBX"),
    "instalments": st.sampled_from([[], [{"share": "100"}], [{"share": "30", "due": {"days": 10}}, {}]]).map(deepcopy),
    "month": st.integers(1, 12),
    "rate": _PERCENT,
    "over_tolerance": _PERCENT,
    "per": _SMALL,
    "retention": _PERCENT,
    "source": st.sampled_from(["USD"] * 9 + ["x"]),
    "start_on": st.dates(date(2026, 1, 1), date(2026, 12, 31)).map(date.isoformat),
    "target": st.just("EUR"),
    "to_unit": st.just("C62"),
    "under_tolerance": _PERCENT,
    "unit": st.sampled_from(["C62"] * 30 + ["KGM"]),
    "value": _SMALL | _NUMBERS,
    "weekday": st.integers(1, 7),
    "zone": st.sampled_from(["UTC", "Europe/Berlin"]),
}


class Documents:
    """Strategies for documents; with `full`, no key is left out and no array is empty, as deep as that goes."""

    def __init__(self, *, full: bool = False) -> None:
        self._full = full

    def of(self, shape: Shape, depth: int = 0) -> SearchStrategy[Any]:
        """JSON values of the form that a shape asks for."""
        rich = depth < _DEEPEST
        if isinstance(shape, Native):
            return _NATIVE[shape.cls]
        if isinstance(shape, Text):
            return _TEXTS.get(shape.cls, _TEXTS.get(getattr(shape.cls, "__name__", ""), _IDS))
        if isinstance(shape, Choice):
            return st.sampled_from(list(shape.members))
        if isinstance(shape, Maybe):
            inner = self.of(shape.inner, depth + 1) if rich else st.none()
            return self._perhaps(inner)
        if isinstance(shape, Many):
            least = int(self._full and rich)
            return st.lists(self.of(shape.item, depth + 1), min_size=least, max_size=_MOST) if rich else st.just([])
        if isinstance(shape, Fixed):
            return st.tuples(*(self.of(item, depth + 1) for item in shape.items)).map(list)
        return self._objects(shape, depth)

    def _perhaps(self, inner: SearchStrategy[Any]) -> SearchStrategy[Any]:
        """Some members exclude each other, so that even a full document leaves out one in four."""
        return st.one_of(inner, inner, inner, st.none()) if self._full else st.none() | inner

    def _objects(self, shape: Compound | Table | Record | OneOf | Open | Foreign, depth: int) -> SearchStrategy[Any]:
        if isinstance(shape, Compound):
            return st.fixed_dictionaries({key: _KEYS.get(key, self.of(part)) for key, part in shape.parts.items()})
        if isinstance(shape, Table):
            keys = self.of(shape.key).filter(bool)
            return st.dictionaries(keys, self.of(shape.value, depth + 1), max_size=_MOST if depth < _DEEPEST else 0)
        if isinstance(shape, Record):
            return st.deferred(lambda: self._record(shape, depth))
        if isinstance(shape, OneOf):
            plain = [self.of(each, depth) for each in shape.plain.values()]
            return st.one_of(*plain, *(self.tagged(shape, tag, depth) for tag in shape.tags))
        return st.sampled_from([3, "x", True, None, [1, "y"], {"type": "decimal", "v": 1, "value": "1.5"}]).map(
            deepcopy
        )

    def _record(self, shape: Record, depth: int) -> SearchStrategy[dict[str, Any]]:
        members = {each.key: self._member(each, depth) for each in shape.members}
        required = {each.key for each in shape.members if each.required or (self._full and depth < _DEEPEST)}
        optional = {key: members.pop(key) for key in list(members) if key not in required}
        return st.fixed_dictionaries(members, optional=optional)

    def _member(self, member: Member, depth: int) -> SearchStrategy[Any]:
        shape = member.shape
        inner: Shape = shape.inner if isinstance(shape, Maybe) else shape
        if member.key in _KEYS and isinstance(inner, (Text, Native, Many)):
            known = _KEYS[member.key]
            return known if inner is shape or member.key == "rate" else self._perhaps(known)
        return self.of(shape, depth + 1)

    def tagged(self, shape: OneOf, tag: str, depth: int = 0) -> SearchStrategy[dict[str, Any]]:
        """Documents of one member of a closed set."""
        head = {"type": tag, "v": shape.versions[tag]}
        return self.of(shape.tags[tag], depth).map(lambda members: head | members)


@st.composite
def near_misses(draw: Any, shape: Shape) -> Any:
    """A document of the shape in which one value, somewhere, is replaced, left out or added."""
    document = draw(Documents().of(shape))
    place = document
    while isinstance(place, (dict, list)) and place:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = draw(st.sampled_from(keys))
        inner: Any = place[key]
        if isinstance(inner, (dict, list)) and inner and draw(st.booleans()):
            place = inner
            continue
        return _spoilt(draw, document, place, key)
    return draw(ANY_JSON)


def _spoilt(draw: Any, document: Any, place: Any, key: Any) -> Any:
    action = draw(st.sampled_from(["replace", "remove", "add"]))
    if action == "replace":
        place[key] = draw(ANY_JSON)
    elif action == "remove":
        del place[key]
    elif isinstance(place, dict):
        place[draw(st.text(max_size=3))] = draw(ANY_JSON)
    else:
        place.append(draw(ANY_JSON))
    return document
