"""Keys of streams: what is loaded and saved as one."""

from __future__ import annotations

from typing import Generic, TypeVar

import attrs

__all__ = ["Key"]

A_co = TypeVar("A_co", covariant=True)


@attrs.frozen(cache_hash=True)
class Key(Generic[A_co]):
    """Names one stream: the kind of thing (`case`, `account`, `agreement` …) and its id.

    The type parameter is what `Repository.load` gives back for the key.
    """

    kind: str
    id: str

    def __str__(self) -> str:
        return f"{self.kind}/{self.id}"
