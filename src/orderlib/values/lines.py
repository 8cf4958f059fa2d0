"""An ordered collection of things with an id, made for change in small places.

An order may have ten thousand lines, and a despatch touches one of them. `Lines` keeps its members in
chunks, and shares the chunks (and the index from id to place) between the old collection and the new:
replacing one member copies one chunk and the list of chunks, whatever the size, and so does adding one.

The index is shared forwards, too: a collection that grows enters the new ids into the index of the one that
it grew from, which looks no further than its own length. Two that grow from one in different ways part there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, zip_longest
from threading import Lock
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
_GROWING: Final = Lock()  # an index grows in one thread at a time; reading it needs no lock


class Identified(Protocol):
    """Anything that has an `id` which is text.

    The type says `Any` because a checker may see a field with a converter as a descriptor, which no typed
    property admits.
    """

    @property
    def id(self) -> Any:
        """The id, unique in its collection."""
        ...


V = TypeVar("V", bound=Identified)


class Lines(Generic[V]):
    """Members in order, found by id; immutable, equal by content.

    Iterating gives the members, `lines["10"]` finds one (`KeyError` where there is none, as for any
    mapping; `require` raises the documented error), `in` asks for an id.

    Raises `InvalidValueError` (`lines.duplicate-id`, addressed by position) for an id that stands twice.
    """

    __slots__ = ("_chunks", "_hash", "_place", "_size")
    _chunks: tuple[tuple[V, ...], ...]
    _place: dict[str, int]  # of the ids here, and behind them perhaps those of a collection grown from this one
    _size: int
    _hash: int | None

    def __new__(cls, members: Iterable[V] = ()) -> Self:
        """Take the members in their order; a `Lines` is returned as it is."""
        if isinstance(members, cls):
            return members
        every = tuple(members)
        place = {member.id: position for position, member in enumerate(every)}
        if len(place) != len(every):
            raise InvalidValueError(*_duplicates(every))
        return cls._made(_chunked(every), place, len(every))

    @classmethod
    def _made(cls, chunks: tuple[tuple[V, ...], ...], place: dict[str, int], size: int) -> Self:
        new = object.__new__(cls)
        object.__setattr__(new, "_chunks", chunks)
        object.__setattr__(new, "_place", place)
        object.__setattr__(new, "_size", size)
        object.__setattr__(new, "_hash", None)
        return new

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"Lines is immutable; cannot set {name}")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"Lines is immutable; cannot delete {name}")

    def __getitem__(self, id: str) -> V:
        place = self.index(id)
        return self._chunks[place >> _BITS][place & _MASK]

    def get(self, id: str) -> V | None:
        """The member with this id, or None."""
        place = self._place.get(id)
        return None if place is None or place >= self._size else self._chunks[place >> _BITS][place & _MASK]

    def require(self, id: str, address: str = "") -> V:
        """The member with this id; raises `InvalidValueError` (`lines.unknown-id`)."""
        member = self.get(id)
        if member is None:
            raise InvalidValueError(LINES_UNKNOWN(address, id=id))
        return member

    def __contains__(self, id: object) -> bool:
        place = self._place.get(id)  # type: ignore[call-overload]
        return place is not None and place < self._size

    def __iter__(self) -> Iterator[V]:
        return chain.from_iterable(self._chunks)

    def __len__(self) -> int:
        return self._size

    def ids(self) -> tuple[str, ...]:
        """All ids, in order; to ask for one, use `in`."""
        return tuple(member.id for member in self)

    def index(self, id: str) -> int:
        """Position of the member with this id, from 0; `KeyError` where there is none."""
        place = self._place[id]
        if place >= self._size:
            raise KeyError(id)
        return place

    def replace(self, members: Iterable[V]) -> Self:
        """The same collection with these members in the places of those that had their ids.

        Costs one chunk for each chunk touched. Raises `InvalidValueError` (`lines.unknown-id`).
        """
        place = self._place
        opened: dict[int, list[V]] = {}
        for member in members:
            where = place.get(member.id)
            if where is None or where >= self._size:
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
        return self._made(tuple(chunks), place, self._size)

    def update(self, ids: Iterable[str], change: Callable[[V], V]) -> Self:
        """Replace the members with these ids by what `change` makes of them."""
        return self.replace([change(self.require(each)) for each in ids])

    def add(self, members: Iterable[V]) -> Self:
        """The collection with further members at its end; costs what is added and one chunk.

        Raises `InvalidValueError` (`lines.duplicate-id`).
        """
        new = tuple(members)
        if not new:
            return self
        if not self._grow([member.id for member in new]):
            return type(self)((*self, *new))
        chunks = list(self._chunks)
        size = self._size + len(new)
        room = -self._size & _MASK
        if room:
            chunks[-1] += new[:room]
            new = new[room:]
        return self._made((*chunks, *_chunked(new)), self._place, size)

    def _grow(self, ids: list[str]) -> bool:
        """Enter ids into the index behind the last; False where the index has gone another way, or has one already."""
        place = self._place
        with _GROWING:
            for position, each in enumerate(ids, self._size):
                if len(place) == position:
                    if place.setdefault(each, position) != position:
                        return False
                elif place.get(each) != position:
                    return False
        return True

    def without(self, ids: Iterable[str]) -> Self:
        """The collection less these ids; an id that is not there is passed over."""
        gone = frozenset(ids)
        if not any(each in self for each in gone):
            return self
        return type(self)(member for member in self if member.id not in gone)

    def shares_with(self, other: Lines[V]) -> bool:
        """Whether both have the same ids in the same places, told by their index alone: False may be said in vain."""
        return self._place is other._place and self._size == other._size

    def changed(self, other: Lines[V]) -> Iterator[tuple[V | None, V | None]]:
        """Pairs (mine, theirs) of the members that differ; None where one side has no such id.

        Chunks that both share are passed over, so that comparing after a small change is cheap.
        """
        if self._place is not other._place:
            for member in self:
                twin = other.get(member.id)
                if twin is not member and twin != member:
                    yield member, twin
            yield from ((None, member) for member in other if member.id not in self)
            return
        for mine, theirs in zip_longest(self._chunks, other._chunks, fillvalue=()):
            if mine is not theirs:
                yield from ((a, b) for a, b in zip_longest(mine, theirs) if a is not b and a != b)

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
        if self._size > 3:
            return f"Lines(<{self._size} members>)"
        members = ", ".join(repr(member) for member in self)
        return f"Lines([{members}])"

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (tuple(self),))


def _chunked(members: tuple[V, ...]) -> tuple[tuple[V, ...], ...]:
    return tuple(members[start : start + _SIZE] for start in range(0, len(members), _SIZE))


def _duplicates(members: tuple[Any, ...]) -> Iterator[Any]:
    seen: set[str] = set()
    for position, member in enumerate(members):
        if member.id in seen:
            yield LINES_DUPLICATE(f"/{position}/id", id=member.id)
        seen.add(member.id)
