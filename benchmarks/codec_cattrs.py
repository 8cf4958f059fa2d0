"""The order read by cattrs as it comes: detailed validation, extra keys forbidden, strict hooks for single values.

cattrs coerces by default, so each kind of value gets a hook that checks its type and calls the same constructor.
"""

from __future__ import annotations

import typing
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any

import cattrs

from orderlib.values.decimals import decimal
from orderlib.values.instant import day
from orderlib.values.lines import Lines
from orderlib.values.money import Money
from orderlib.values.quantity import Quantity

__all__ = ["converter"]


def exactly(kind: type) -> Any:
    """A hook that takes one type and no other."""

    def hook(data: Any, _: Any) -> Any:
        if type(data) is not kind:
            raise TypeError(f"not a {kind.__name__}")
        return data

    return hook


def from_text(read: Any) -> Any:
    """A hook that takes a text and reads it."""

    def hook(data: Any, cls: Any) -> Any:
        if type(data) is not str:
            raise TypeError("not a string")
        return (read or cls)(data)

    return hook


def from_object(make: Any, *keys: str) -> Any:
    """A hook that takes an object of exactly these keys, all of them texts."""
    wanted = frozenset(keys)

    def hook(data: Any, _: Any) -> Any:
        if type(data) is not dict or data.keys() != wanted:
            raise TypeError("not an object of these keys")
        parts = [data[key] for key in keys]
        if any(type(part) is not str for part in parts):
            raise TypeError("not a string")
        return make(*parts)

    return hook


def collection(made: cattrs.Converter) -> Any:
    """A factory for `Lines` and tuples: an array, each item with its place in an error."""

    def factory(cls: Any) -> Any:
        items = typing.get_args(cls)[0]
        read = made.get_structure_hook(list[items])
        make = Lines if typing.get_origin(cls) is Lines else tuple

        def hook(data: Any, _: Any) -> Any:
            if type(data) is not list:
                raise TypeError("not an array")
            return make(read(data, list[items]))

        return hook

    return factory


def converter() -> cattrs.Converter:
    """A converter that reads an order as strictly as ours."""
    made = cattrs.Converter(forbid_extra_keys=True, detailed_validation=True)
    for kind in (str, int, bool):
        made.register_structure_hook(kind, exactly(kind))
    made.register_structure_hook(Decimal, from_text(decimal))
    made.register_structure_hook(date, from_text(day))
    made.register_structure_hook(Fraction, from_text(Fraction))
    made.register_structure_hook(Money, from_object(Money, "amount", "currency"))
    made.register_structure_hook(Quantity, from_object(Quantity, "value", "unit"))
    made.register_structure_hook_func(
        lambda cls: isinstance(cls, type) and issubclass(cls, (str, Enum)) and cls is not str, from_text(None)
    )
    made.register_structure_hook_factory(
        lambda cls: typing.get_origin(cls) is Lines or typing.get_args(cls)[1:] == (...,), collection(made)
    )
    return made
