"""Copying frozen attrs values with a few fields changed, at the price of a plain object.

`attrs.evolve` runs the whole constructor again, converters and validators included: right at the edges,
wasted on a value that is already valid and gets other valid parts. `copier` generates, once per class,
a function that copies the slots into a mutable twin (a subclass without slots of its own, so that the
layout is the same); the caller sets fields, and what `sealer` gives turns the twin into the frozen class.

Only for values whose parts are valid by construction: nothing is checked here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar

import attrs

__all__ = ["copier", "sealer"]

T = TypeVar("T")
_HASH: Final = "_attrs_cached_hash"  # the slot in which attrs keeps the hash of a class with `cache_hash`


def copier(kind: type[T]) -> Callable[[T], Any]:
    """A function that makes a mutable copy of an instance; set its attributes, then seal it.

    The class must be a slotted attrs class. The copy must not escape before it is sealed.
    """
    twin = _twin(kind)
    described: Any = kind
    body = "".join(f"    new.{field.name} = old.{field.name}\n" for field in attrs.fields(described))
    if hasattr(kind, _HASH):
        body += f"    new.{_HASH} = None\n"  # the copy's hash is another
    source = f"def copy(old):\n    new = blank(twin)\n{body}    return new\n"
    scope: dict[str, Any] = {"twin": twin, "blank": object.__new__}
    exec(compile(source, f"<copier of {kind.__qualname__}>", "exec"), scope)  # noqa: S102 - source is our own field names
    copy: Callable[[T], Any] = scope["copy"]
    return copy


def sealer(kind: type[T]) -> Callable[[Any], T]:
    """A function that turns a mutable copy into the frozen class, in place."""

    def seal(copy: Any) -> T:
        copy.__class__ = kind
        sealed: T = copy
        return sealed

    return seal


def _twin(kind: type[Any]) -> type[Any]:
    if not attrs.has(kind) or "__slots__" not in kind.__dict__:
        raise TypeError(f"{kind.__qualname__} is not a slotted attrs class")
    body = {"__slots__": (), "__setattr__": object.__setattr__, "__delattr__": object.__delattr__}
    return type(kind.__name__ + "Twin", (kind,), body)
