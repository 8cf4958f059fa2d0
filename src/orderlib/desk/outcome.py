"""What comes back from the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import attrs

from orderlib.case.policies import decision_of
from orderlib.case.record import OrderCase
from orderlib.values.decision import Decided, Decision
from orderlib.values.message import Command, Event

if TYPE_CHECKING:
    from orderlib.planning.promise import PromiseDecision
    from orderlib.values.compare import Change

__all__ = ["Outcome", "Preview"]


@attrs.frozen(kw_only=True, repr=False)
class Outcome:
    """What a command led to.

    `case` is the case afterwards (None for a command to a stream that orders share), `state` the state of
    the stream that was addressed; `events` are all that was told, in all streams. `replayed` says that the
    command had been handled before and this is its first outcome again.
    """

    command: Command
    state: Any
    events: tuple[Event, ...]
    replayed: bool = False

    @property
    def case(self) -> OrderCase:
        """The case afterwards; `TypeError` for a command to a shared stream."""
        if not isinstance(self.state, OrderCase):
            raise TypeError(f"{type(self.command).__name__} does not address a case")
        return self.state

    @property
    def decisions(self) -> tuple[Decided, ...]:
        """Every decision that a policy took on the way."""
        return tuple(event for event in self.events if isinstance(event, Decided))

    @property
    def decision(self) -> Decision[Any] | None:
        """The decision that the command came to, or None; `decisions` has those on the way as well."""
        return decision_of(self.decisions)

    @property
    def promise(self) -> PromiseDecision | None:
        """The promise that was decided, with its days by line and its reasons, or None."""
        found = next((each.decision for each in reversed(self.decisions) if each.slot == "promise"), None)
        return cast("PromiseDecision | None", found)

    def __repr__(self) -> str:
        told = ", ".join(type(event).__name__ for event in self.events) or "nothing new"
        again = ", replayed" if self.replayed else ""
        return f"{type(self).__name__}({type(self.command).__name__} → {self.state!r}: {told}{again})"


@attrs.frozen(kw_only=True, repr=False)
class Preview(Outcome):
    """What a command would lead to; nothing was kept. `before` is the state that it would change."""

    before: Any

    @property
    def changes(self) -> tuple[Change, ...]:
        """Each place in which the state would differ, with both values."""
        from orderlib.values.compare import differences  # noqa: PLC0415 - orders are taken without looking back

        return tuple(differences(self.before, self.state))
