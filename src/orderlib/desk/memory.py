"""A repository in memory: complete, safe between threads, gone with the process."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from threading import RLock
from typing import Any, TypeVar

from orderlib.case.repository import (
    COMMAND_REUSED,
    CONCURRENCY,
    UNKNOWN_KEY,
    Commit,
    Recorded,
    StreamChange,
)
from orderlib.errors import CommandReusedError, ConcurrencyError, UnknownKeyError
from orderlib.values.identifier import CommandId
from orderlib.values.instant import Instant
from orderlib.values.key import Key

__all__ = ["InMemoryRepository"]

A = TypeVar("A")


class InMemoryRepository:
    """A `Repository` with `History`, for tests, examples, simulations and small tools.

    `load` gives the very state that was saved: states are immutable, so that sharing them is safe.
    """

    def __init__(self) -> None:
        self._lock = RLock()
        self._states: dict[Key[Any], Any] = {}
        self._versions: dict[Key[Any], int] = {}
        self._log: list[Recorded] = []
        self._streams: dict[Key[Any], list[int]] = {}
        self._commits: dict[CommandId, Commit] = {}
        self._references: dict[tuple[str, str], dict[Key[Any], None]] = {}
        self._due: list[tuple[Instant, str, str]] = []
        self._due_now: dict[Key[Any], Instant | None] = {}

    def load(self, key: Key[A], /) -> A:
        """The state of a stream; raises `UnknownKeyError`."""
        try:
            state: A = self._states[key]
        except KeyError:
            raise UnknownKeyError(UNKNOWN_KEY(key=key)) from None
        return state

    def find(self, kind: str, reference: str, /) -> Sequence[Key[Any]]:
        """The streams saved under a reference, oldest first."""
        with self._lock:
            return tuple(self._references.get((kind, reference), ()))

    def due(self, before: Instant, /) -> Iterator[Key[Any]]:
        """The streams with something that lapses at or before an instant, soonest first."""
        with self._lock:
            found = sorted((at, *_words(key)) for key, at in self._due_now.items() if at is not None and at <= before)
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
        return self._commits.get(command_id)

    def save(self, commit: Commit, /) -> None:
        """Keep all changes or none; raises `ConcurrencyError` or `CommandReusedError`."""
        with self._lock:
            command_id = commit.command_id
            if command_id in self._commits:
                raise CommandReusedError(COMMAND_REUSED("/id", id=command_id))
            for change in commit.changes:
                found = self._versions.get(change.key, 0)
                if found != change.expected:
                    raise ConcurrencyError(CONCURRENCY(key=change.key, expected=change.expected, found=found))
            for change in commit.changes:
                self._keep(change)
            self._commits[command_id] = commit

    def _keep(self, change: StreamChange) -> None:
        key = change.key
        places = self._streams.setdefault(key, [])
        for recorded in change.recorded():
            places.append(len(self._log))
            self._log.append(recorded)
        self._states[key] = change.state
        self._versions[key] = change.expected + len(change.events)
        for reference in change.references:
            self._references.setdefault(reference, {})[key] = None
        if change.next_due is not None:
            self._due_now[key] = change.next_due
            heapq.heappush(self._due, (change.next_due, *_words(key)))
        else:
            self._due_now.pop(key, None)

    def history(self, key: Key[Any], /) -> Sequence[Recorded]:
        """All events of a stream, in recorded order; raises `UnknownKeyError`."""
        with self._lock:
            if key not in self._streams:
                raise UnknownKeyError(UNKNOWN_KEY(key=key))
            return [self._log[place] for place in self._streams[key]]

    def feed(self, after: int = 0) -> Iterator[tuple[int, Recorded]]:
        """All events after a position, with their positions, counted from 1."""
        position = max(after, 0)
        while position < len(self._log):
            position += 1
            yield position, self._log[position - 1]

    def keys(self, kind: str = "case") -> tuple[Key[Any], ...]:
        """The streams of a kind, oldest first."""
        with self._lock:
            return tuple(key for key in self._states if key.kind == kind)

    def __len__(self) -> int:
        return len(self._states)

    def __repr__(self) -> str:
        return f"InMemoryRepository({len(self._states)} streams, {len(self._log)} events)"


def _words(key: Key[Any]) -> tuple[str, str]:
    return key.kind, key.id
