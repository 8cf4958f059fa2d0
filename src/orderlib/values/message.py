"""Commands ask, events tell; both say who, when and why.

Every event of one command shares one `Stamp`: the command that caused it, the actor, the moment at
which the fact occurred, the moment at which it was recorded, and the reason.
"""

from __future__ import annotations

from typing import ClassVar, Final

import attrs

from orderlib.errors import FindingCode, InvalidValueError, Severity
from orderlib.values.identifier import CaseId, CommandId, text
from orderlib.values.instant import Instant, instant
from orderlib.values.key import Key
from orderlib.values.party import Actor
from orderlib.values.twin import maker
from orderlib.values.typed import check_declared

__all__ = ["CaseCommand", "Command", "Event", "Fact", "Stamp"]

COMMAND_UNSTAMPED: Final = FindingCode(
    "command.unstamped",
    Severity.ERROR,
    "the command has no {what} yet; give one, or let a desk stamp it",
    "命令尚无 {what}；请提供，或由订单台补齐",
)


@attrs.frozen(weakref_slot=False)
class Stamp:
    """Who, when, why and through which command; shared by all events of that command.

    `occurred_at` is when it happened in the world, `recorded_at` when it was taken down; they differ
    for reports of outside facts.
    """

    cause: CommandId
    by: Actor
    occurred_at: Instant
    recorded_at: Instant
    reason: str = ""


_stamp = maker(Stamp)


@attrs.frozen
class Event:
    """A fact in the past tense, told about one stream.

    `kind` names the kind of stream that it belongs to, `move` the move in that stream's lifecycle that
    it is (empty: it moves nothing), `version` the version of its written form.
    """

    kind: ClassVar[str] = "case"
    move: ClassVar[str] = ""
    version: ClassVar[int] = 1

    stamp: Stamp

    @property
    def stream_id(self) -> str | None:
        """Id of the stream, where it is not the one that the command addressed."""
        return None

    @property
    def occurred_at(self) -> Instant:
        """When it happened."""
        return self.stamp.occurred_at

    @property
    def recorded_at(self) -> Instant:
        """When it was taken down."""
        return self.stamp.recorded_at

    @property
    def by(self) -> Actor:
        """Who did it."""
        return self.stamp.by


def _command_id(value: str | None) -> CommandId | None:
    return None if value is None else CommandId(value)


def _instant(value: Instant | None) -> Instant | None:
    return None if value is None else instant(value)


@attrs.frozen(kw_only=True)
class Command:
    """Something that an actor wants, or reports.

    `id` and `at` may be left out: the desk stamps what is missing. A retry brings its id and gets the
    first outcome again. Whatever is given is held against its declared type: `InvalidValueError` (`value.type`).
    """

    kind: ClassVar[str] = "case"

    by: Actor
    id: CommandId | None = attrs.field(default=None, converter=_command_id)
    at: Instant | None = attrs.field(default=None, converter=_instant)
    reason: str = attrs.field(default="", converter=text)

    def __attrs_post_init__(self) -> None:
        check_declared(self)

    @property
    def target(self) -> Key[object] | None:
        """The stream that the command addresses; None where it founds one whose id is not yet known."""
        return None

    @property
    def moment(self) -> Instant:
        """The moment at which the command is given.

        Raises `InvalidValueError` (`command.unstamped`) where nobody has said it yet.
        """
        if self.at is None:
            raise InvalidValueError(COMMAND_UNSTAMPED("/at", what="moment"))
        return self.at

    def stamp(self) -> Stamp:
        """The stamp that every event of this command carries; raises as `moment` does."""
        cause, at = self.id, self.at
        if cause is None or at is None:
            missing = [("/id", "id", cause), ("/at", "moment", at)]
            raise InvalidValueError(*(COMMAND_UNSTAMPED(where, what=what) for where, what, it in missing if it is None))
        return _stamp(cause, self.by, at, at, self.reason)


@attrs.frozen
class CaseCommand(Command):
    """A command to one order case."""

    case_id: CaseId = attrs.field(converter=CaseId)

    @property
    def target(self) -> Key[object] | None:
        """The case."""
        return Key("case", self.case_id)


@attrs.frozen
class Fact(CaseCommand):
    """A report of something that has happened outside; it is booked, not allowed or forbidden.

    `occurred_at` is when it happened (the moment of the command, where it is left out).
    """

    occurred_at: Instant | None = attrs.field(default=None, converter=_instant, kw_only=True)

    def stamp(self) -> Stamp:
        """The stamp with the moment of the fact itself."""
        given = super().stamp()
        if self.occurred_at is None:
            return given
        return _stamp(given.cause, given.by, self.occurred_at, given.recorded_at, given.reason)
