"""A repository in memory: complete, safe between threads, gone with the process."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from threading import RLock
from typing import Any, TypeVar

import attrs

from orderlib.case.record import OrderCase
from orderlib.case.repository import (
    COMMAND_REUSED,
    CONCURRENCY,
    EVICTED,
    UNKNOWN_KEY,
    Commit,
    Recorded,
    StreamChange,
)
from orderlib.case.table import ORDER
from orderlib.desk._journal import Journal
from orderlib.errors import CommandReusedError, ConcurrencyError, UnknownKeyError
from orderlib.values.codelist import whole
from orderlib.values.identifier import CommandId
from orderlib.values.instant import Instant, instant
from orderlib.values.key import Key
from orderlib.values.typed import instance_of

__all__ = ["Evicted", "InMemoryRepository", "at_rest"]

A = TypeVar("A")


def at_rest(case: OrderCase, /) -> bool:
    """Whether a case is at an end, with nothing of it due any more: neither a warranty nor a retained sum runs."""
    return case.next_due is None and case.state in ORDER.ends


@attrs.frozen
class Evicted:
    """A stream that leaves the repository: its last state, its events with their places in the feed, its references."""

    key: Key[Any]
    state: Any
    recorded: tuple[tuple[int, Recorded], ...]
    references: tuple[tuple[str, str], ...]


class InMemoryRepository:
    """A `Repository` with `History`, for tests, examples, simulations and small tools.

    `load` gives the very state that was saved: states are immutable, so that sharing them is safe.

    It keeps everything, unless `evict` says which cases may go (`at_rest`: those that are over, with nothing of them
    due any more; or an application's own rule). The last `keep` of them stay a while; those beyond leave, in the
    order in which they came to be such, just before the next commit is kept. Each is handed to `archive` first: where
    that raises, it stays, and nothing is kept. Streams that orders share always stay.

    Of an evicted case, `load` and `history` raise `UnknownKeyError` with `repository.evicted`, so that no late command
    is taken for the first of a new case. `find`, `due` and `keys` know it no more, `committed` has forgotten its
    commands (a retry is safe for as long as the case is kept), and the feed has gaps where its events were: whoever
    reads must come by before `keep` more have ended. Raises `InvalidValueError` (`number.whole`).
    """

    def __init__(
        self,
        *,
        evict: Callable[[OrderCase], bool] | None = None,
        keep: int = 1_000,
        archive: Callable[[Evicted], object] | None = None,
    ) -> None:
        self._lock = RLock()
        self._evictable = evict
        self._keep = whole(keep, 0, 10**9, "/keep")
        self._archive = archive
        self._states: dict[Key[Any], Any] = {}
        self._versions: dict[Key[Any], int] = {}  # all that is left of what was evicted
        self._journal = Journal()
        self._streams: dict[Key[Any], list[int]] = {}
        self._commits: dict[CommandId, Commit] = {}
        self._commands: dict[Key[Any], list[CommandId]] = {}
        self._references: dict[tuple[str, str], dict[Key[Any], None]] = {}
        self._names: dict[Key[Any], dict[tuple[str, str], None]] = {}
        self._due: list[tuple[Instant, str, str]] = []
        self._due_now: dict[Key[Any], Instant] = {}
        self._spare: dict[Key[Any], None] = {}

    def load(self, key: Key[A], /) -> A:
        """The state of a stream; raises `UnknownKeyError`, `InvalidValueError` (`value.type`)."""
        try:
            state: A = self._states[key]
        except KeyError:
            raise self._unknown(key) from None
        except TypeError:  # a key that cannot be looked up
            instance_of(str, instance_of(Key, key, "/key").kind, "/key/kind")
            instance_of(str, key.id, "/key/id")
            raise
        return state

    def _unknown(self, key: Key[Any]) -> UnknownKeyError:
        return UnknownKeyError(EVICTED(key=key) if key in self._versions else UNKNOWN_KEY(key=key))

    def find(self, kind: str, reference: str, /) -> Sequence[Key[Any]]:
        """The streams saved under a reference, oldest first."""
        named = (instance_of(str, kind, "/kind"), instance_of(str, reference, "/reference"))
        with self._lock:
            return tuple(self._references.get(named, ()))

    def due(self, before: Instant, /) -> Iterator[Key[Any]]:
        """The streams with something that lapses at or before an instant, soonest first.

        Raises `InvalidValueError` (`value.instant-*`).
        """
        before = instant(before, address="/before")
        with self._lock:
            found = sorted((at, *_words(key)) for key, at in self._due_now.items() if at <= before)
        keys: list[Key[Any]] = [Key(kind, name) for _, kind, name in found]
        return iter(keys)

    def next_due(self) -> Instant | None:
        """When the next thing of any stream lapses, or None."""
        with self._lock:
            while self._due:
                at, kind, name = self._due[0]
                if self._due_now.get(Key(kind, name)) == at:
                    return at
                heapq.heappop(self._due)
            return None

    def committed(self, command_id: CommandId, /) -> Commit | None:
        """The commit of a command that was saved before, or None."""
        instance_of(str, command_id, "/command_id")
        return self._commits.get(command_id)

    def save(self, commit: Commit, /) -> None:
        """Keep all changes or none; raises `ConcurrencyError`, `CommandReusedError`, `InvalidValueError`."""
        command_id = instance_of(Commit, commit, "/commit").command_id
        with self._lock:
            if command_id in self._commits:
                raise CommandReusedError(COMMAND_REUSED("/id", id=command_id))
            for change in commit.changes:
                found = self._versions.get(change.key, 0)
                if found != change.expected:
                    raise ConcurrencyError(CONCURRENCY(key=change.key, expected=change.expected, found=found))
            self._make_room(commit)
            for change in commit.changes:
                self._put(change)
            self._commits[command_id] = commit
            self._commands.setdefault(commit.key, []).append(command_id)

    def _put(self, change: StreamChange) -> None:
        key, state = change.key, change.state
        places = self._streams.setdefault(key, [])
        places.extend(self._journal.add(recorded) for recorded in change.recorded())
        self._states[key] = state
        self._versions[key] = change.expected + len(change.events)
        names = self._names.setdefault(key, {})
        for reference in change.references:
            self._references.setdefault(reference, {})[key] = None
            names[reference] = None
        self._remind(key, change.next_due)
        if self._evictable is not None and isinstance(state, OrderCase):
            if self._evictable(state):
                self._spare.setdefault(key)
            else:
                self._spare.pop(key, None)  # reopened

    def _remind(self, key: Key[Any], due: Instant | None) -> None:
        if due is None:
            self._due_now.pop(key, None)
        elif self._due_now.get(key) != due:
            self._due_now[key] = due
            heapq.heappush(self._due, (due, *_words(key)))
            if len(self._due) > 2 * len(self._due_now) + 64:  # most reminders have been overtaken
                self._due = sorted((at, *_words(each)) for each, at in self._due_now.items())

    def _make_room(self, commit: Commit) -> None:
        """Evict what may go, beyond the number that stays; not what the commit itself goes on with."""
        if len(self._spare) <= self._keep:
            return
        touched = {change.key for change in commit.changes}
        going = (key for key in self._spare if key not in touched)
        for key in tuple(islice(going, len(self._spare) - self._keep)):
            self._evict(key)

    def _evict(self, key: Key[Any]) -> None:
        places, names = self._streams[key], self._names[key]
        if self._archive is not None:
            recorded = tuple(zip(places, self._journal.at(places), strict=True))
            self._archive(Evicted(key, self._states[key], recorded, tuple(names)))
        for reference in names:
            named = self._references[reference]
            del named[key]
            if not named:
                del self._references[reference]
        for command_id in self._commands.pop(key, ()):
            del self._commits[command_id]
        self._journal.drop(places)
        self._remind(key, None)
        for kept in (self._states, self._streams, self._names, self._spare):
            del kept[key]

    def history(self, key: Key[Any], /) -> Sequence[Recorded]:
        """All events of a stream, in recorded order; raises `UnknownKeyError`, `InvalidValueError` (`value.type`)."""
        instance_of(Key, key, "/key")
        with self._lock:
            if key not in self._streams:
                raise self._unknown(key)
            return self._journal.at(self._streams[key])

    def feed(self, after: int = 0) -> Iterator[tuple[int, Recorded]]:
        """All events after a position, with their positions, counted from 1; those of evicted cases are left out."""
        return self._journal.after(whole(after, 0, 10**18, "/after"))

    def keys(self, kind: str = "case") -> tuple[Key[Any], ...]:
        """The streams of a kind, oldest first."""
        with self._lock:
            return tuple(key for key in self._states if key.kind == kind)

    def __len__(self) -> int:
        return len(self._states)

    def __repr__(self) -> str:
        return f"InMemoryRepository({len(self._states)} streams, {len(self._journal)} events)"


def _words(key: Key[Any]) -> tuple[str, str]:
    return key.kind, key.id
