"""An ordered collection of things with an id, made for change in small places.

An order may have ten thousand lines, and a despatch touches one of them. `Lines` keeps its members in
chunks, and shares the chunks (and the index from id to place) between the old collection and the new:
replacing one member copies one chunk and the list of chunks, whatever the size.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any, Final, Generic, Protocol, Self, TypeVar

from orderlib.errors import FindingCode, InvalidValueError, Severity

__all__ = ["Identified", "Lines"]

LINES_DUPLICATE: Final = FindingCode(
    "lines.duplicate-id", Severity.ERROR, "the id {id} stands twice", "标识 {id} 出现了两次"
)
LINES_UNKNOWN: Final = FindingCode("lines.unknown-id", Severity.ERROR, "there is no {id}", "不存在 {id}")

_BITS: Final = 6
_SIZE: Final = 1 << _BITS
_MASK: Final = _SIZE - 1


class Identified(Protocol):
    """Anything that has an `id` which is text."""

    @property
    def id(self) -> str:
        """The id, unique in its collection."""
        ...


V = TypeVar("V", bound=Identified)


class Lines(Generic[V]):
    """Members in order, found by id; immutable, equal by content.

    Iterating gives the members, `lines["10"]` finds one (`KeyError` where there is none, as for any
    mapping; `require` raises the documented error), `in` asks for an id.

    Raises `InvalidValueError` (`lines.duplicate-id`, addressed by position) for an id that stands twice.
    """

    __slots__ = ("_chunks", "_hash", "_place")
    _chunks: tuple[tuple[V, ...], ...]
    _place: dict[str, int]
    _hash: int | None

    def __new__(cls, members: Iterable[V] = ()) -> Self:
        """Take the members in their order; a `Lines` is returned as it is."""
        if members.__class__ is cls:
            return members  # type: ignore[return-value]
        every = tuple(members)
        place = {member.id: position for position, member in enumerate(every)}
        if len(place) != len(every):
            raise InvalidValueError(*_duplicates(every))
        return cls._made(tuple(every[start : start + _SIZE] for start in range(0, len(every), _SIZE)), place)

    @classmethod
    def _made(cls, chunks: tuple[tuple[V, ...], ...], place: dict[str, int]) -> Self:
        new = object.__new__(cls)
        object.__setattr__(new, "_chunks", chunks)
        object.__setattr__(new, "_place", place)
        object.__setattr__(new, "_hash", None)
        return new

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"Lines is immutable; cannot set {name}")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"Lines is immutable; cannot delete {name}")

    def __getitem__(self, id: str) -> V:
        place = self._place[id]
        return self._chunks[place >> _BITS][place & _MASK]

    def get(self, id: str) -> V | None:
        """The member with this id, or None."""
        place = self._place.get(id)
        return None if place is None else self._chunks[place >> _BITS][place & _MASK]

    def require(self, id: str, address: str = "") -> V:
        """The member with this id; raises `InvalidValueError` (`lines.unknown-id`)."""
        place = self._place.get(id)
        if place is None:
            raise InvalidValueError(LINES_UNKNOWN(address, id=id))
        return self._chunks[place >> _BITS][place & _MASK]

    def __contains__(self, id: object) -> bool:
        return id in self._place

    def __iter__(self) -> Iterator[V]:
        for chunk in self._chunks:
            yield from chunk

    def __len__(self) -> int:
        return len(self._place)

    def ids(self) -> Collection[str]:
        """All ids, in order."""
        return self._place.keys()

    def index(self, id: str) -> int:
        """Position of the member with this id, from 0; `KeyError` where there is none."""
        return self._place[id]

    def replace(self, members: Iterable[V]) -> Self:
        """The same collection with these members in the places of those that had their ids.

        Costs one chunk for each chunk touched. Raises `InvalidValueError` (`lines.unknown-id`).
        """
        place = self._place
        opened: dict[int, list[V]] = {}
        for member in members:
            where = place.get(member.id)
            if where is None:
                raise InvalidValueError(LINES_UNKNOWN(id=member.id))
            number = where >> _BITS
            chunk = opened.get(number)
            if chunk is None:
                chunk = opened[number] = list(self._chunks[number])
            chunk[where & _MASK] = member
        if not opened:
            return self
        chunks = list(self._chunks)
        for number, chunk in opened.items():
            chunks[number] = tuple(chunk)
        return self._made(tuple(chunks), place)

    def update(self, ids: Iterable[str], change: Callable[[V], V]) -> Self:
        """Replace the members with these ids by what `change` makes of them."""
        return self.replace([change(self.require(id)) for id in ids])

    def add(self, members: Iterable[V]) -> Self:
        """The collection with further members at its end."""
        new = tuple(members)
        return type(self)((*self, *new)) if new else self

    def without(self, ids: Iterable[str]) -> Self:
        """The collection less these ids; an id that is not there is passed over."""
        gone = frozenset(ids)
        if gone.isdisjoint(self._place):
            return self
        return type(self)(member for member in self if member.id not in gone)

    def shares_with(self, other: Lines[V]) -> bool:
        """Whether both rest on the same index, so that chunks which are the same object are equal."""
        return self._place is other._place

    def changed(self, other: Lines[V]) -> Iterator[tuple[V | None, V | None]]:
        """Pairs (mine, theirs) of the members that differ; None where one side has no such id.

        Chunks that both share are passed over, so that comparing after a small change is cheap.
        """
        if self._place is other._place:
            for mine, theirs in zip(self._chunks, other._chunks, strict=True):
                if mine is not theirs:
                    yield from ((a, b) for a, b in zip(mine, theirs, strict=True) if a is not b and a != b)
            return
        for member in self:
            twin = other.get(member.id)
            if twin is not member and twin != member:
                yield member, twin
        for member in other:
            if member.id not in self._place:
                yield None, member

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, Lines):
            return NotImplemented
        return self._chunks == other._chunks

    def __hash__(self) -> int:
        known = self._hash
        if known is None:
            known = hash(self._chunks)
            object.__setattr__(self, "_hash", known)
        return known

    def __repr__(self) -> str:
        members = ", ".join(repr(member) for member in self)
        return f"Lines([{members}])" if len(self) <= 3 else f"Lines(<{len(self)} members>)"

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (tuple(self),))


def _duplicates(members: tuple[Any, ...]) -> Iterator[Any]:
    seen: set[str] = set()
    for position, member in enumerate(members):
        if member.id in seen:
            yield LINES_DUPLICATE(f"/{position}/id", id=member.id)
        seen.add(member.id)
