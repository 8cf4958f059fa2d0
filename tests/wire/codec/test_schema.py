"""JSON Schema says what the readers take: what is written fits, what does not fit is not read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any

import attrs
import pytest

from orderlib.errors import DocumentError
from orderlib.values.identifier import OrderId
from orderlib.values.instant import Instant, instant
from orderlib.values.money import Money
from orderlib.wire.codec.codec import Codec
from orderlib.wire.codec.registry import Registry
from orderlib.wire.codec.schema import DIALECT


class Colour(StrEnum):
    RED = "red"


@attrs.frozen
class Leaf:
    colour: Colour = Colour.RED


@attrs.frozen
class Tree:
    id: OrderId
    price: Money
    at: Instant
    leaves: tuple[Leaf, ...] = ()
    pair: tuple[int, bool] = (0, False)
    table: Mapping[str, Decimal] = attrs.field(factory=dict)
    colours: frozenset[Colour] = frozenset()
    parent: Tree | None = None
    either: str | Leaf | int = 0
    some: object = None


class Other:
    @attrs.frozen
    class Leaf:
        """Another one of the same name."""

        x: float = 0.0


@attrs.frozen
class Garden:
    one: Leaf
    two: Other.Leaf


TREE = Tree(
    OrderId("T"),
    Money("12.50", "EUR"),
    instant("2026-03-01T00:00:00Z"),
    (Leaf(),),
    (3, True),
    {"a": Decimal("1.5")},
    frozenset(Colour),
    Tree(OrderId("P"), Money("0", "JPY"), instant("2026-03-01T00:00:00Z")),
    Leaf(),
    Decimal(1),
)
CODEC = Codec()
KINDS: Mapping[str, Any] = {
    "object": dict, "array": list, "string": str, "integer": int, "boolean": bool, "null": type(None),
}  # fmt: skip


def is_of(kind: str, data: Any) -> bool:
    """One type word of JSON Schema."""
    if kind == "number":
        return type(data) in (int, float)
    return type(data) is KINDS[kind]


def fits(schema: Any, data: Any, root: Any) -> bool:
    """The part of JSON Schema 2020-12 that the library uses."""
    if "$ref" in schema:
        return fits(root["$defs"][schema["$ref"].removeprefix("#/$defs/")], data, root)
    kinds = schema.get("type", [])
    checks = [
        not kinds or any(is_of(kind, data) for kind in ([kinds] if isinstance(kinds, str) else kinds)),
        "enum" not in schema or any(type(each) is type(data) and each == data for each in schema["enum"]),
        "const" not in schema or (type(schema["const"]) is type(data) and schema["const"] == data),
        "anyOf" not in schema or any(fits(each, data, root) for each in schema["anyOf"]),
        "oneOf" not in schema or sum(fits(each, data, root) for each in schema["oneOf"]) == 1,
    ]
    if isinstance(data, str):
        checks.append(schema.get("minLength", 0) <= len(data) <= schema.get("maxLength", 10**9))
        checks.append(re.search(schema.get("pattern", ""), data) is not None)
    if isinstance(data, list):
        checks.append(array_fits(schema, data, root))
    if isinstance(data, dict):
        checks.append(object_fits(schema, data, root))
    return all(checks)


def array_fits(schema: Any, data: list[Any], root: Any) -> bool:
    """Items, by place or alike, their number, and that none stands twice."""
    first = schema.get("prefixItems", [])
    return (
        schema.get("minItems", 0) <= len(data) <= schema.get("maxItems", 10**9)
        and all(fits(each, item, root) for each, item in zip(first, data, strict=False))
        and all(fits(schema.get("items", {}), item, root) for item in data[len(first) :])
        and not (schema.get("uniqueItems") and any(item in data[:place] for place, item in enumerate(data)))
    )


def object_fits(schema: Any, data: dict[str, Any], root: Any) -> bool:
    """Known keys, required keys, other keys."""
    known, more = schema.get("properties", {}), schema.get("additionalProperties", True)
    rest = [key for key in data if key not in known]
    return (
        all(key in data for key in schema.get("required", []))
        and all(fits(known[key], data[key], root) for key in data if key in known)
        and (more is not False or not rest)
        and all(fits(more, data[key], root) for key in rest if isinstance(more, dict))
        and all(fits(schema.get("propertyNames", {}), key, root) for key in data)
    )


def test_what_is_written_fits_its_schema():
    """Every kind of field, and a class within itself."""
    schema = CODEC.schema(Tree)
    assert schema["$schema"] == DIALECT
    written = CODEC.unstructure(attrs.evolve(TREE, some=None))
    assert fits(schema, written, schema)
    assert fits(schema, CODEC.unstructure(TREE), schema)


@pytest.mark.parametrize(
    "changed",
    [
        {"id": ""},
        {"id": 1},
        {"price": {"amount": "1e3", "currency": "EUR"}},
        {"price": {"amount": "1.00", "currency": "euro"}},
        {"price": {"amount": "1.00"}},
        {"leaves": [{"colour": "blue"}]},
        {"leaves": {}},
        {"pair": [1]},
        {"pair": [1, 1]},
        {"table": {"a": 1.5}},
        {"colours": ["red", "red"]},
        {"parent": {}},
        {"either": None},
        {"either": {"type": "leaf", "v": 2, "colour": "red"}},
        {"surprise": 1},
    ],
)
def test_what_does_not_fit_is_not_read(changed):
    """A schema never refuses what the reader takes."""
    schema = CODEC.schema(Tree)
    data = {**CODEC.unstructure(TREE), **changed}
    assert not fits(schema, data, schema)
    with pytest.raises(DocumentError):
        CODEC.structure(Tree, data)


def test_two_classes_of_one_name_have_two_definitions():
    """Definitions are told apart by a number."""
    definitions = CODEC.schema(Garden)["$defs"]
    assert definitions["Garden"]["properties"] == {"one": {"$ref": "#/$defs/Leaf"}, "two": {"$ref": "#/$defs/Leaf2"}}
    assert definitions["Leaf2"]["properties"]["x"] == {"type": "number"}


def test_tags_are_constants():
    """A tagged class says its tag and version."""
    schema = Codec(Registry((Leaf,))).schema(tuple[Leaf, ...])
    assert schema["$defs"]["leaf"]["properties"]["type"] == {"const": "leaf"}
    assert schema["$defs"]["leaf"]["required"] == ["type", "v"]
    assert fits(schema, [{"type": "leaf", "v": 1, "colour": "red"}], schema)
    assert not fits(schema, [{"colour": "red"}], schema)


def test_a_scalar_needs_no_definitions():
    """The schema of a plain value is one line."""
    assert CODEC.schema(bool) == {"$schema": DIALECT, "type": "boolean"}
