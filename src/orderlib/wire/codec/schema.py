"""JSON Schema (draft 2020-12), drawn from the same shapes as the readers.

A schema says less than a constructor does (that a period does not end before it begins, that all lines
are in one currency), so what it refuses the reader refuses too, not the other way round.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, Final

from orderlib.wire.codec.registry import RESERVED
from orderlib.wire.codec.resolve import Resolver
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

__all__ = ["DIALECT", "Schemas"]

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


class Schemas:
    """Writes one schema document."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver
        self._names: dict[tuple[Record, str], str] = {}
        self._definitions: dict[str, Any] = {}

    def document(self, cls: Any) -> dict[str, Any]:
        """The schema of a type; every record that it holds stands once, under ``$defs``."""
        top = self._schema(self._resolver.shape(cls))
        definitions = dict(sorted(self._definitions.items()))
        return {"$schema": DIALECT, **top, **({"$defs": definitions} if definitions else {})}

    def _schema(self, shape: Shape) -> dict[str, Any]:
        return self._drawn[type(shape)](self, shape)

    def _scalar(self, shape: Native | Text) -> dict[str, Any]:
        return dict(shape.schema)

    def _choice(self, shape: Choice) -> dict[str, Any]:
        return {"enum": list(shape.members)}

    def _maybe(self, shape: Maybe) -> dict[str, Any]:
        return {"anyOf": [self._schema(shape.inner), {"type": "null"}]}

    def _many(self, shape: Many) -> dict[str, Any]:
        unique = {"uniqueItems": True} if shape.unordered else {}
        return {"type": "array", "items": self._schema(shape.item), **unique}

    def _fixed(self, shape: Fixed) -> dict[str, Any]:
        size = len(shape.items)
        return {"type": "array", "prefixItems": [*map(self._schema, shape.items)], "minItems": size, "maxItems": size}

    def _table(self, shape: Table) -> dict[str, Any]:
        key, value = self._schema(shape.key), self._schema(shape.value)
        return {"type": "object", "propertyNames": key, "additionalProperties": value}

    def _compound(self, shape: Compound) -> dict[str, Any]:
        parts = {key: self._schema(part) for key, part in shape.parts.items()}
        return _object(parts, list(parts))

    def _record(self, shape: Record) -> dict[str, Any]:
        return self._reference(shape, "", 1)

    def _one_of(self, shape: OneOf) -> dict[str, Any]:
        tagged = [self._reference(each, tag, shape.versions[tag]) for tag, each in shape.tags.items()]
        return {"oneOf": [*tagged, *map(self._schema, shape.plain.values())]}

    def _open(self, _shape: Open) -> dict[str, Any]:
        return dict(_OPEN)

    def _foreign(self, _shape: Foreign) -> dict[str, Any]:
        return {}

    _drawn: ClassVar[dict[type, Callable[..., dict[str, Any]]]] = {
        Native: _scalar,
        Text: _scalar,
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

    def _reference(self, shape: Record, tag: str, version: int) -> dict[str, Any]:
        name = self._names.get((shape, tag))
        if name is None:
            name = self._names[shape, tag] = self._new_name(tag or shape.cls.__name__)
            self._definitions[name] = {}  # a record may refer to itself
            parts: dict[str, Any] = {"type": {"const": tag}, "v": {"const": version}} if tag else {}
            required: list[str] = [*RESERVED] if tag else []
            for member in shape.members:
                parts[member.key] = self._schema(member.shape)
                if member.required:
                    required.append(member.key)
            self._definitions[name] = _object(parts, required)
        return {"$ref": f"#/$defs/{name}"}

    def _new_name(self, wanted: str) -> str:
        name, number = wanted, 2
        while name in self._definitions:
            name, number = f"{wanted}{number}", number + 1
        return name


def _object(parts: dict[str, Any], required: list[str]) -> dict[str, Any]:
    return {"type": "object", "properties": parts, "required": required, "additionalProperties": False}


_OPEN: Final[dict[str, Any]] = {
    "$comment": "any public value: scalars as they are, everything else with its tag",
    "anyOf": [
        {"type": ["null", "boolean", "string", "number", "array"]},
        {
            "type": "object",
            "properties": {"type": {"type": "string"}, "v": {"type": "integer"}},
            "required": ["type", "v"],
        },
    ],
}
