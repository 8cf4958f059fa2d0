"""What an application provides so that decisions are kept: the repository, and what it may offer besides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, Protocol, TypeVar, runtime_checkable

import attrs

from orderlib.errors import FindingCode, Severity
from orderlib.values.identifier import CommandId
from orderlib.values.instant import Instant
from orderlib.values.key import Key
from orderlib.values.message import Command, Event

__all__ = ["AsyncRepository", "Commit", "History", "Recorded", "Repository", "StreamChange"]

A = TypeVar("A")

UNKNOWN_KEY: Final = FindingCode("repository.unknown-key", Severity.ERROR, "there is no {key}", "不存在 {key}")
EVICTED: Final = FindingCode(
    "repository.evicted",
    Severity.ERROR,
    "{key} is over, and was given to the archive",
    "{key} 已结束并已移交归档",
)
CONCURRENCY: Final = FindingCode(
    "repository.concurrency",
    Severity.ERROR,
    "{key} is at version {found}; the command saw version {expected}",
    "{key} 当前版本为 {found}，而命令所见版本为 {expected}",
)
COMMAND_REUSED: Final = FindingCode(
    "command.reused",
    Severity.ERROR,
    "command id {id} was used before, with other content",
    "命令标识 {id} 已被使用，且内容不同",
)


@attrs.frozen(repr=False)
class Recorded:
    """An event where it stands: the `version`-th of its stream. `id` is unique and never changes."""

    key: Key[Any]
    version: int
    event: Event

    @property
    def id(self) -> str:
        """Unique id of the event: stream and version."""
        return f"{self.key}@{self.version}"

    def __repr__(self) -> str:
        return f"Recorded({self.id}, {type(self.event).__name__})"


@attrs.frozen(kw_only=True)
class StreamChange:
    """What one commit does to one stream.

    `expected` is the version that was seen (0: the stream is new), `events` follow it, `state` is what they
    lead to. `references` are under what `find` finds the stream from now on, `next_due` when `due` lists it.
    """

    key: Key[Any]
    expected: int
    events: tuple[Event, ...]
    state: Any
    references: tuple[tuple[str, str], ...] = ()
    next_due: Instant | None = None

    def recorded(self) -> Iterator[Recorded]:
        """The events with their places."""
        return (Recorded(self.key, self.expected + number, event) for number, event in enumerate(self.events, 1))


@attrs.frozen(kw_only=True)
class Commit:
    """All that one command changes; a repository keeps all of it or nothing."""

    command: Command
    key: Key[Any]
    changes: tuple[StreamChange, ...]

    @property
    def command_id(self) -> CommandId:
        """The id under which `committed` finds the commit again."""
        return self.command.stamp().cause

    @property
    def digest(self) -> str:
        """Fingerprint of the command's content, without the moment that a retry would not know."""
        from orderlib.values.digest import digest  # noqa: PLC0415 - only a store that keeps fingerprints asks

        return digest(attrs.evolve(self.command, at=None))

    def change(self, key: Key[Any]) -> StreamChange | None:
        """What happened to one stream, or None."""
        return next((change for change in self.changes if change.key == key), None)


class Repository(Protocol):
    """Keeps streams. Every call is atomic; what `save` kept, every later call sees."""

    def load(self, key: Key[A], /) -> A:
        """The state of a stream; raises `UnknownKeyError`. States carry their `version`.

        A stream that was held once and is no more says so by the error's code (`repository.evicted`): a desk takes any
        other for a stream that is yet to be founded.
        """
        ...

    def find(self, kind: str, reference: str, /) -> Sequence[Key[Any]]:
        """The streams that were saved under a reference of a kind, oldest first; empty where there is none."""
        ...

    def due(self, before: Instant, /) -> Iterator[Key[Any]]:
        """The streams with something that lapses at or before an instant, soonest first."""
        ...

    def committed(self, command_id: CommandId, /) -> Commit | None:
        """The commit of a command that was saved before, or None."""
        ...

    def save(self, commit: Commit, /) -> None:
        """Keep all changes or none.

        Raises `ConcurrencyError` where a stream is not at the expected version, `CommandReusedError`
        where the command's id was saved before.
        """
        ...


class AsyncRepository(Protocol):
    """The same as `Repository`, awaited."""

    async def load(self, key: Key[A], /) -> A:
        """As `Repository.load`."""
        ...

    async def find(self, kind: str, reference: str, /) -> Sequence[Key[Any]]:
        """As `Repository.find`."""
        ...

    async def due(self, before: Instant, /) -> Iterable[Key[Any]]:
        """As `Repository.due`; only `AsyncOrderDesk.pass_time` asks for it."""
        ...

    async def committed(self, command_id: CommandId, /) -> Commit | None:
        """As `Repository.committed`."""
        ...

    async def save(self, commit: Commit, /) -> None:
        """As `Repository.save`."""
        ...


@runtime_checkable
class History(Protocol):
    """What a repository offers that keeps events and not only states."""

    def history(self, key: Key[Any], /) -> Iterable[Recorded]:
        """All events of a stream, in recorded order; raises `UnknownKeyError`."""
        ...

    def feed(self, after: int = 0) -> Iterator[tuple[int, Recorded]]:
        """All events of all streams after a position, with their positions.

        Positions increase; nothing ever appears behind a position that was read; gaps are allowed.
        """
        ...
