"""Given, when, then: one command on a case, told in a line, with differences that can be read.

given(policies).events(received).when(ScreenOrder("case-1", by=clerk)).then(decided("reject"), refused(...))
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

import attrs

from orderlib.case.deciding import Changes, decide
from orderlib.case.evolution import evolve_all
from orderlib.case.message import PassTime
from orderlib.case.policies import PolicySet
from orderlib.case.record import OrderCase
from orderlib.errors import RefusedError
from orderlib.values.dispatch import View
from orderlib.values.fact import NO_FACTS, Facts
from orderlib.values.identifier import CaseId
from orderlib.values.instant import Instant, instant
from orderlib.values.key import Key
from orderlib.values.message import Command, Event
from orderlib.values.party import SYSTEM

__all__ = ["Expectation", "Given", "Tried", "decided", "given", "happened", "nothing", "refused"]

_MORNING: Final = instant("2026-03-02T09:00:00Z")

#: checks what was tried; answers None where it holds, else what is different
Expectation = Callable[["Tried"], str | None]


@attrs.frozen
class Tried:
    """What came of a command: its changes or its refusal, on the case as it was."""

    case: OrderCase
    command: Command
    changes: Changes | None
    refusal: RefusedError | None

    @property
    def after(self) -> OrderCase:
        """The case afterwards; the same where the command was refused."""
        return evolve_all(self.case, self.events)

    @property
    def events(self) -> tuple[Event, ...]:
        """The events of the case itself."""
        if self.changes is None:
            return ()
        return self.changes.get(Key("case", self.case.id), ())

    def then(self, *expected: Expectation) -> Tried:
        """Check every expectation; `AssertionError` names each that does not hold, and what happened instead."""
        wrong = [said for expectation in expected if (said := expectation(self)) is not None]
        if wrong:
            raise AssertionError("\n".join([*wrong, *self._told()]))
        return self

    def _told(self) -> Iterable[str]:
        yield f"  {self.command!r} on {self.case!r}"
        if self.refusal is not None:
            yield from (f"  was refused: {finding}" for finding in self.refusal.findings)
        for event in self.changes.events if self.changes is not None else ():
            yield f"  led to: {type(event).__name__}"


@attrs.frozen
class Given:
    """What is there before the command: policies, a case or the events that make it, facts, shared streams."""

    policies: PolicySet = attrs.field(factory=PolicySet)
    case: OrderCase = attrs.field(factory=lambda: OrderCase(id=CaseId("case-1")))
    known: Facts = NO_FACTS
    streams: dict[Key[Any], Any] = attrs.field(factory=dict[Key[Any], Any])
    now: Instant = _MORNING

    def events(self, *events: Event | Iterable[Event]) -> Given:
        """The case after these events; those that come together, as an outcome's, may be given as they are."""
        told = [each for given in events for each in ((given,) if isinstance(given, Event) else given)]
        return attrs.evolve(self, case=evolve_all(self.case, told))

    def at(self, case: OrderCase) -> Given:
        """This very case."""
        return attrs.evolve(self, case=case)

    def facts(self, facts: Facts) -> Given:
        """What the outside says."""
        return attrs.evolve(self, known=facts)

    def stream(self, key: Key[Any], state: Any) -> Given:
        """The state of a stream that orders share."""
        return attrs.evolve(self, streams={**self.streams, key: state})

    def when(self, *commands: Command) -> Tried:
        """Give the commands one after the other; all but the last must succeed.

        A command without an id or a moment gets one.
        """
        scene, tried = self, Tried(self.case, PassTime(self.case.id, by=SYSTEM), None, None)
        for number, command in enumerate(commands, 1):
            missing: dict[str, Any] = {} if command.id is not None else {"id": f"when-{number}"}
            if command.at is None:
                missing["at"] = self.now
            stamped = attrs.evolve(command, **missing)
            view = View(scene.case, self.streams, self.known)
            try:
                changes = decide(view, stamped, self.policies)
            except RefusedError as refusal:
                tried = Tried(scene.case, stamped, None, refusal)
                if number < len(commands):
                    raise
                return tried
            tried = Tried(scene.case, stamped, changes, None)
            scene = scene.at(tried.after)
        return tried


def given(start: PolicySet | OrderCase | Iterable[Event] | None = None) -> Given:
    """Where a scenario begins: policies, a case, or the events that make one."""
    if isinstance(start, PolicySet):
        return Given(start)
    if isinstance(start, OrderCase):
        return Given(case=start)
    return Given().events(*start) if start is not None else Given()


def happened(*names: str | type[Event]) -> Expectation:
    """These events happened, in this order, perhaps with decisions between them."""
    wanted = [name if isinstance(name, str) else name.__name__ for name in names]

    def check(tried: Tried) -> str | None:
        told = [type(event).__name__ for event in tried.events]
        left = iter(told)
        return None if all(name in left for name in wanted) else f"expected the events {wanted}, got {told}"

    return check


def nothing() -> Expectation:
    """Nothing happened."""

    def check(tried: Tried) -> str | None:
        told = [type(event).__name__ for event in tried.events]
        return f"expected no event, got {told}" if told else None

    return check


def refused(*codes: str) -> Expectation:
    """The command was refused for at least these reasons."""

    def check(tried: Tried) -> str | None:
        if tried.refusal is None:
            return f"expected a refusal for {codes}"
        found = {finding.code for finding in tried.refusal.findings}
        missing = [code for code in codes if code not in found]
        return f"expected the reasons {missing}, got {sorted(found)}" if missing else None

    return check


def decided(outcome: str, *codes: str, slot: str = "") -> Expectation:
    """A policy decided so, for at least these reasons; the last decision, or that of a slot."""

    def check(tried: Tried) -> str | None:
        every = tried.changes.decisions if tried.changes is not None else ()
        taken = [each for each in every if slot in ("", each.slot)]
        if not taken:
            return f"expected the decision {outcome!r}, but no policy decided"
        last = taken[-1]
        ruling, found = str(last.decision.ruling), {reason.code for reason in last.decision.reasons}
        if ruling == outcome and found.issuperset(codes):
            return None
        return f"expected {outcome!r} for {codes}, got {ruling!r} for {sorted(found)} ({last.slot})"

    return check
