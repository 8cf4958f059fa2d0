"""Reading and writing JSON for every public type, strictly, from one description of each class.

`structure` takes primitives, `loads` bytes; both give a value or raise one `DocumentError` with every
fault, each with its JSON Pointer address and its code. `unstructure` and `dumps` are the way back, and
``structure(type(x), unstructure(x)) == x``.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain
from typing import Any, Final, TypeVar, cast

from orderlib.wire import jsontext
from orderlib.wire.codec.explain import Explainer
from orderlib.wire.codec.read import Readers
from orderlib.wire.codec.registry import NO_CLASSES, Registry
from orderlib.wire.codec.resolve import Resolver
from orderlib.wire.codec.schema import Schemas
from orderlib.wire.codec.shape import Foreign, Shape
from orderlib.wire.codec.write import Writers
from orderlib.wire.jsontext import Json
from orderlib.wire.limits import Limits

__all__ = ["Codec"]

T = TypeVar("T")
_USUAL: Final = Limits()
_NESTING: Final = (dict, list)
_INTERPRETER: Final = 1000  # deeper than that its stack does not reach, whatever the limit says


class Codec:
    """Reads and writes the types that a registry and the type annotations describe.

    Functions are generated for a class when it is first used, and kept; one codec serves all threads.
    `foreign` answers for types that only the application knows (see `converter`).
    """

    def __init__(
        self,
        registry: Registry = NO_CLASSES,
        limits: Limits = _USUAL,
        *,
        foreign: Callable[[Any], Foreign | None] | None = None,
    ) -> None:
        self.registry = registry
        self.limits = limits
        self._resolver = Resolver(registry, foreign)
        self._readers = Readers(self._resolver, limits)
        self._writers = Writers(self._resolver)
        self._reading: dict[Any, tuple[Callable[[Json], Any], Shape, bool]] = {}
        self._writing: dict[Any, Callable[[Any], Json]] = {}

    def structure(self, cls: type[T], data: Json) -> T:
        """The value of that type (a class, or any annotation) that primitives stand for.

        Raises `DocumentError` with all faults, at most `limits.max_faults`; `TypeError` for a type that
        has no JSON form.
        """
        read, shape, nests = self._reading.get(cls) or self._prepared(cls)
        try:
            if not nests or _is_shallow(data, min(self.limits.max_depth, _INTERPRETER)):
                return cast("T", read(data))
        except Exception:  # noqa: BLE001, S110 - whatever it was, the slow walk says it with its address
            pass
        return cast("T", Explainer(self._resolver, self._readers, self.limits).read(shape, data))

    def _prepared(self, cls: Any) -> tuple[Callable[[Json], Any], Shape, bool]:
        shape = self._resolver.shape(cls)
        made = self._reading[cls] = (self._readers.reader(shape), shape, self._resolver.nests(shape))
        return made

    def unstructure(self, value: object, cls: Any = None) -> Json:
        """The primitives of a value, written as `cls` (its own class if left out).

        Raises `InvalidValueError` or `DocumentError` for a value that no reader would take back.
        """
        kind = type(value) if cls is None else cls
        write = self._writing.get(kind)
        if write is None:
            write = self._writing[kind] = self._writers.writer(self._resolver.shape(kind))
        return write(value)

    def knows(self, hint: Any) -> bool:
        """True where the type has a JSON form without any help from an application's hooks."""
        return self._resolver.knows(hint)

    def loads(self, cls: type[T], data: bytes) -> T:
        """The value of that type that the bytes of a JSON document stand for; raises `DocumentError`."""
        return self.structure(cls, jsontext.loads(data, self.limits))

    def dumps(self, value: object, cls: Any = None) -> bytes:
        """Canonical bytes: UTF-8, compact, keys in declared order; raises as `unstructure` does."""
        return jsontext.dumps(self.unstructure(value, cls))

    def digest(self, value: object, cls: Any = None) -> str:
        """SHA-256 in hexadecimal over the canonical bytes with sorted keys: equal values, equal digests."""
        return jsontext.digest(self.unstructure(value, cls))

    def schema(self, cls: Any) -> dict[str, Any]:
        """The JSON Schema (2020-12) of a type, with what it refers to under ``$defs``."""
        return Schemas(self._resolver).document(cls)


def _is_shallow(data: Json, limit: int) -> bool:
    """True where lists and objects nest at most `limit` deep, looked at level by level."""
    level = [data] if data.__class__ in _NESTING else []
    for _ in range(limit):
        if not level:
            return True
        inside = chain.from_iterable(each.values() if each.__class__ is dict else each for each in level)
        level = [each for each in inside if each.__class__ in _NESTING]
    return not level
