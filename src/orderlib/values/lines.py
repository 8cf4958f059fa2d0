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
from operator import attrgetter
from threading import Lock
from typing import Any, Final, Generic, Protocol, Self, TypeVar, cast

from orderlib.errors import FindingCode, InvalidValueError, Severity

__all__ = ["Identified", "Lines"]

LINES_DUPLICATE: Final = FindingCode(
    "lines.duplicate-id", Severity.ERROR, "the id {id} stands twice", "标识 {id} 出现了两次"
)
LINES_MEMBERS: Final = FindingCode(
    "lines.members", Severity.ERROR, "members with an id are needed here: {error}", "此处需要带有标识的成员：{error}"
)
LINES_UNKNOWN: Final = FindingCode("lines.unknown-id", Severity.ERROR, "there is no {id}", "不存在 {id}")

_BITS: Final = 6
_SIZE: Final = 1 << _BITS
_MASK: Final = _SIZE - 1
_ID: Final = attrgetter("id")
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
W = TypeVar("W", bound=Identified)
C = TypeVar("C")


class Lines(Generic[V]):
    """Members in order, found by id; immutable, equal by content.

    Iterating gives the members, `lines["10"]` finds one (`KeyError` where there is none, as for any
    mapping; `require` raises the documented error), `in` asks for an id.

    Raises `InvalidValueError`: `lines.duplicate-id`, addressed by position, for an id that stands twice,
    `lines.members` for what is no members with an id.
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
        try:
            every = tuple(members)
            place = {member.id: position for position, member in enumerate(every)}
        except (TypeError, AttributeError) as error:
            raise InvalidValueError(LINES_MEMBERS(error=str(error)[:200])) from error
        if len(place) != len(every):
            raise InvalidValueError(*_duplicates(every))
        new: Any = _made(_chunked(every), place, len(every))
        made: Self = new
        return made

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"Lines is immutable; cannot set {name}")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"Lines is immutable; cannot delete {name}")

    def __getitem__(self, id: str) -> V:
        place = self._place[id]
        if place >= self._size:
            raise KeyError(id)
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

    def replace(self, members: Iterable[V]) -> Lines[V]:
        """The same collection with these members in the places of those that had their ids.

        Costs one chunk for each chunk touched. Raises `InvalidValueError` (`lines.unknown-id`).
        """
        return self.revise(members, _ID, _other)

    def revise(self, changes: Iterable[C], id_of: Callable[[C], str], change: Callable[[V, C], V]) -> Lines[V]:
        """The same collection after each of some changes to the member that `id_of` names.

        Changes of one member follow each other; `change` keeps the member's id. Costs one chunk for each
        chunk touched. Raises `InvalidValueError` (`lines.unknown-id`).
        """
        place, size = self._place, self._size
        if 0 < size <= _SIZE:  # most collections are of one chunk
            chunk = list(self._chunks[0])
            old: V | None = None
            for each in changes:
                try:
                    where = place[id_of(each)]
                    old = chunk[where]
                except (KeyError, IndexError):
                    raise InvalidValueError(LINES_UNKNOWN(id=id_of(each))) from None
                chunk[where] = change(old, each)
            return self if old is None else _made((tuple(chunk),), place, size)
        chunks: list[Any] = list(self._chunks)  # a chunk that was touched is a list until the end
        touched: list[int] = []
        for each in changes:
            where = place.get(id_of(each), size)
            if where >= size:
                raise InvalidValueError(LINES_UNKNOWN(id=id_of(each)))
            number = where >> _BITS
            chunk = chunks[number]
            if chunk.__class__ is tuple:
                chunk = chunks[number] = list(chunk)
                touched.append(number)
            where &= _MASK
            chunk[where] = change(chunk[where], each)
        for number in touched:
            chunks[number] = tuple(chunks[number])
        return _made(tuple(chunks), place, size) if touched else self

    def map(self, change: Callable[[V], W]) -> Lines[W]:
        """Something else with the same id for each member; both collections share their index."""
        chunks = tuple(tuple(map(change, chunk)) for chunk in self._chunks)
        return _made(chunks, self._place, self._size)

    def update(self, ids: Iterable[str], change: Callable[[V], V]) -> Lines[V]:
        """Replace the members with these ids by what `change` makes of them."""
        return self.replace([change(self.require(each)) for each in ids])

    def add(self, members: Iterable[V]) -> Lines[V]:
        """The collection with further members at its end; costs what is added and one chunk.

        Raises `InvalidValueError` (`lines.duplicate-id`).
        """
        new = tuple(members)
        if not new:
            return self
        size = self._size
        if not size:  # nothing to share, and the index of all that are empty stays empty
            return _made((new,), {new[0].id: 0}, 1) if len(new) == 1 else type(self)(new)
        if not self._grow(new):
            return type(self)((*self, *new))
        chunks = self._chunks
        room = -size & _MASK
        if room:
            chunks = (*chunks[:-1], chunks[-1] + new[:room])
        if len(new) > room:
            chunks += _chunked(new[room:])
        return _made(chunks, self._place, size + len(new))

    def _grow(self, members: tuple[V, ...]) -> bool:
        """Enter ids into the index behind the last; False where the index has gone another way, or has one already."""
        place, position = self._place, self._size - 1
        with _GROWING:
            for member in members:
                position += 1
                each = member.id
                if len(place) == position:
                    if place.setdefault(each, position) != position:
                        return False
                elif place.get(each) != position:
                    return False
        return True

    def without(self, ids: Iterable[str]) -> Lines[V]:
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


class _Open(Generic[V]):
    """`Lines` while they are being made: the same layout, and nothing that stands in the way."""

    __slots__ = Lines.__slots__


_opened: Final = cast("Callable[[], Any]", _Open)


def _made(chunks: tuple[tuple[Any, ...], ...], place: dict[str, int], size: int) -> Lines[Any]:
    self = _opened()
    self._chunks = chunks
    self._place = place
    self._size = size
    self._hash = None
    self.__class__ = Lines
    made: Lines[Any] = self
    return made


def _chunked(members: tuple[V, ...]) -> tuple[tuple[V, ...], ...]:
    if len(members) <= _SIZE:
        return (members,) if members else ()
    return tuple(members[start : start + _SIZE] for start in range(0, len(members), _SIZE))


def _other(_old: V, new: V) -> V:
    return new


def _duplicates(members: tuple[Any, ...]) -> Iterator[Any]:
    seen: set[str] = set()
    for position, member in enumerate(members):
        if member.id in seen:
            yield LINES_DUPLICATE(f"/{position}/id", id=member.id)
        seen.add(member.id)
