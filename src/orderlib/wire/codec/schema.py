"""JSON Schema (draft 2020-12), drawn from the same shapes as the readers.

A schema says less than a constructor does (that a period does not end before it begins, that all lines
are in one currency), so what it refuses the reader refuses too, not the other way round.
"""

from __future__ import annotations

from typing import Any, Final

from orderlib.wire.codec.registry import RESERVED
from orderlib.wire.codec.resolve import Resolver
from orderlib.wire.codec.shape import (
    Choice,
    Compound,
    Fixed,
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
        if isinstance(shape, (Native, Text)):
            return dict(shape.schema)
        if isinstance(shape, Choice):
            return {"enum": list(shape.members)}
        if isinstance(shape, Maybe):
            return {"anyOf": [self._schema(shape.inner), {"type": "null"}]}
        if isinstance(shape, Many):
            unique = {"uniqueItems": True} if shape.unordered else {}
            return {"type": "array", "items": self._schema(shape.item), **unique}
        if isinstance(shape, Fixed):
            size = len(shape.items)
            items = [self._schema(each) for each in shape.items]
            return {"type": "array", "prefixItems": items, "minItems": size, "maxItems": size}
        if isinstance(shape, Table):
            return {
                "type": "object",
                "propertyNames": self._schema(shape.key),
                "additionalProperties": self._schema(shape.value),
            }
        if isinstance(shape, Compound):
            parts = {key: self._schema(part) for key, part in shape.parts.items()}
            return _object(parts, list(parts))
        if isinstance(shape, Record):
            return self._reference(shape, "", 1)
        if isinstance(shape, OneOf):
            tagged = [self._reference(each, tag, shape.versions[tag]) for tag, each in shape.tags.items()]
            return {"oneOf": [*tagged, *map(self._schema, shape.plain.values())]}
        return _OPEN if isinstance(shape, Open) else {}

    def _reference(self, shape: Record, tag: str, version: int) -> dict[str, Any]:
        name = self._names.get((shape, tag))
        if name is None:
            name = self._names[shape, tag] = self._new_name(tag or shape.cls.__name__)
            self._definitions[name] = {}  # a record may refer to itself
            parts: dict[str, Any] = {"type": {"const": tag}, "v": {"const": version}} if tag else {}
            required = list(RESERVED) if tag else []
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
