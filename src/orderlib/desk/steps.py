"""What a desk does with a command, as a generator of requests: load, find, committed, save.

Whoever drives it answers them, with plain calls or awaiting each. Nothing here asks a repository.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar, cast

import attrs

from orderlib.case.deciding import Allowed, Changes, allowed, decide, needs
from orderlib.case.message import PassTime
from orderlib.case.policies import PolicySet
from orderlib.case.record import OrderCase
from orderlib.case.repository import (
    COMMAND_REUSED,
    EVICTED,
    UNKNOWN_KEY,
    Commit,
    StreamChange,
)
from orderlib.case.streams import decide_stream, evolve_stream, founding, lapse_stream
from orderlib.desk.outcome import Outcome, Preview
from orderlib.desk.references import references_of
from orderlib.desk.system import SystemClock, UuidIds
from orderlib.errors import (
    CommandReusedError,
    ConcurrencyError,
    FindingCode,
    InvalidValueError,
    RefusedError,
    Severity,
    UnknownKeyError,
)
from orderlib.values.codelist import whole
from orderlib.values.dispatch import View
from orderlib.values.fact import NO_FACTS, Facts
from orderlib.values.instant import Instant
from orderlib.values.key import Key
from orderlib.values.message import COMMAND_UNSTAMPED, Command, Event, Fact
from orderlib.values.typed import instance_of

if TYPE_CHECKING:
    from orderlib.values.port import Clock, IdSource

__all__ = ["DeskSteps", "FactSource", "Subscriber"]

FACTS: Final = FindingCode(
    "desk.facts",
    Severity.ERROR,
    "the source of facts gave {kind} instead of facts",
    "事实来源返回的是 {kind}，而不是事实",
)


REPOSITORY: Final = FindingCode(
    "desk.repository",
    Severity.ERROR,
    "{found} is no repository: it lacks {missing}",
    "{found} 不是仓储：缺少 {missing}",
)


class FactSource(Protocol):
    """The application's port for outside facts: stock, costs, prices, capacity, rates."""

    def __call__(self, case: OrderCase, command: Command, /) -> Facts:
        """The facts that policies may see for a command; what the application does not know is left out."""
        ...


class Subscriber(Protocol):
    """Hears of what was kept: the outcome of every command that changed something."""

    def __call__(self, outcome: Outcome, /) -> object:
        """Called after the commit; an error here cannot undo what was kept.

        It is raised to whoever gave the command when all others have heard. Nobody is told twice: what must not be
        missed is read from the feed.
        """
        ...


_FACTS: Final = cast("type[Any]", Facts)  # a port may answer anything
T = TypeVar("T")
Steps = Generator[tuple[str, Any], Any, Outcome]


def _callable(given: T, address: str) -> T:
    return instance_of(cast("type[T]", Callable), given, address)


def repository_of(given: object) -> Any:
    """What a desk keeps things in; raises `InvalidValueError` (`desk.repository`) where that cannot keep any."""
    missing = [name for name in ("load", "find", "committed", "save") if not callable(getattr(given, name, None))]
    if missing:
        found = type(given).__name__[:40]
        raise InvalidValueError(REPOSITORY("/repository", found=found, missing=", ".join(missing)))
    return given


def _no_facts(_case: OrderCase, _command: Command, /) -> Facts:
    return NO_FACTS


class DeskSteps:
    """What both desks are made of; the repository is asked only through the requests that are yielded.

    Raises `InvalidValueError` (`value.type`, `number.whole`) for parts that are none.
    """

    def __init__(
        self,
        *,
        policies: PolicySet | None = None,
        facts: FactSource | None = None,
        clock: Clock | None = None,
        ids: IdSource | None = None,
        attempts: int = 8,
    ) -> None:
        self.policies: Final = PolicySet() if policies is None else instance_of(PolicySet, policies, "/policies")
        self._facts: Final[FactSource] = _no_facts if facts is None else _callable(facts, "/facts")
        self._clock: Final[Clock] = SystemClock() if clock is None else _callable(clock, "/clock")
        self._ids: Final[IdSource] = UuidIds() if ids is None else _callable(ids, "/ids")
        self._attempts: Final = max(1, whole(attempts, 0, 10**6, "/attempts"))
        self._subscribers: list[Subscriber] = []

    def subscribe(self, subscriber: Subscriber, /) -> Callable[[], None]:
        """Call `subscriber` after every commit; the function that comes back ends the subscription.

        Raises `InvalidValueError` (`value.type`) for what cannot be called.
        """
        self._subscribers.append(_callable(subscriber, "/subscriber"))

        def leave() -> None:
            if subscriber in self._subscribers:
                self._subscribers.remove(subscriber)

        return leave

    def allowed(self, case: OrderCase) -> tuple[Allowed, ...]:
        """Every command that the case would take now, with what it may concern and who may give it."""
        return allowed(case, self.policies)

    def _stamped(self, command: Command) -> Command:
        instance_of(Command, command, "/command")
        missing: dict[str, Any] = {}
        if command.id is None:
            missing["id"] = self._ids()
        if command.at is None:
            missing["at"] = self._clock()
        if command.target is None and hasattr(command, "case_id"):
            missing["case_id"] = self._ids()
        return attrs.evolve(command, **missing) if missing else command

    def _handle(self, given: Command) -> Steps:
        command = self._stamped(given)
        first = yield from self._first(given, command)
        if first is not None:
            return first
        for attempt in range(1, self._attempts + 1):
            try:
                outcome, commit = yield from self._decide(command)
                if not outcome.events:
                    return outcome
                yield "save", commit
            except (ConcurrencyError, CommandReusedError, RefusedError) as lost:
                # whoever was faster may have given this very command
                first = yield from self._first(given, command)
                if first is not None:
                    return first
                if attempt == self._attempts or not isinstance(lost, ConcurrencyError):
                    raise
            else:
                self._tell(outcome)
                return outcome
        raise AssertionError("unreachable")  # pragma: no cover

    def _first(self, given: Command, command: Command) -> Generator[tuple[str, Any], Any, Outcome | None]:
        """The first outcome of a command that brings an id under which something was kept before."""
        if given.id is None:
            return None
        known: Commit | None = yield "committed", given.id
        return None if known is None else _again(given, command, known)

    def _tell(self, outcome: Outcome) -> None:
        failed: Exception | None = None
        for subscriber in tuple(self._subscribers):
            try:
                subscriber(outcome)
            except Exception as error:  # noqa: BLE001 - it is raised when all have heard
                failed = failed or error
        if failed is not None:
            raise failed

    def _decide(self, command: Command) -> Generator[tuple[str, Any], Any, tuple[Outcome, Commit]]:
        key = command.target
        if key is None:
            raise InvalidValueError(COMMAND_UNSTAMPED("/case_id", what="case"))
        states: dict[Key[Any], Any] = {key: (yield "load", key)}
        _refuse_unknown(states[key], command)
        if key.kind == "case":
            changes = yield from self._decide_case(states, key, command)
        elif isinstance(command, PassTime):
            changes = Changes(key.id, lapse_stream(key, states[key], command), kind=key.kind)
        else:
            changes = Changes(key.id, decide_stream(states[key], command), kind=key.kind)
        kept: list[StreamChange] = []
        after = states[key]
        for touched, events in changes.items():
            if touched not in states:
                states[touched] = yield "load", touched
            before = states[touched]
            new = evolve_stream(touched, before, events)
            kept.append(_change(touched, before, events, new))
            if touched == key:
                after = new
        outcome = Outcome(command=command, state=after, events=changes.events)
        return outcome, Commit(command=command, key=key, changes=tuple(kept))

    def _decide_case(
        self, states: dict[Key[Any], Any], key: Key[Any], command: Command
    ) -> Generator[tuple[str, Any], Any, Changes]:
        case: OrderCase = states[key]
        wanted = needs(case, command)
        found: dict[tuple[str, str], tuple[Key[Any], ...]] = {}
        for look_up in wanted.look_ups:
            found[look_up] = tuple((yield "find", look_up))
        for other in wanted.keys:
            states[other] = yield "load", other
        streams = {other: states[other] for other in wanted.keys}
        facts = self._facts(case, command)
        if not isinstance(facts, _FACTS):
            raise InvalidValueError(FACTS(kind=type(facts).__name__[:40]))
        view = View(case, streams, facts, found)
        return decide(view, command, self.policies)

    def _preview(self, command: Command) -> Generator[tuple[str, Any], Any, Preview]:
        command = self._stamped(command)
        before: list[Any] = []

        def watched() -> Generator[tuple[str, Any], Any, tuple[Outcome, Commit]]:
            steps = self._decide(command)
            answer: Any = None
            while True:
                try:
                    request = steps.send(answer)
                except StopIteration as done:
                    result: tuple[Outcome, Commit] = done.value
                    return result
                answer = yield request
                if not before:
                    before.append(answer)

        outcome, _ = yield from watched()
        return Preview(command=command, state=outcome.state, events=outcome.events, before=before[0])


def _refuse_unknown(state: Any, command: Command) -> None:
    """Nothing has happened to a case that nobody has begun: a report that names one is mistaken in its id."""
    if isinstance(command, Fact | PassTime) and isinstance(state, OrderCase) and not state.version:
        raise UnknownKeyError(UNKNOWN_KEY("/case_id", key=state.key))


def stream_of(key: Key[Any], unknown: UnknownKeyError) -> OrderCase | None:
    """What stands under a key that the repository does not know; one whose stream it held once founds nothing."""
    if unknown.code == EVICTED.code:
        raise unknown
    return founding(key)


def _again(given: Command, command: Command, known: Commit) -> Outcome:
    """The first outcome of a command that comes a second time."""
    first = known.command
    same: dict[str, Any] = {}
    if given.at is None:
        same["at"] = first.at
    if given.target is None:
        same["case_id"] = getattr(first, "case_id", None)
    if attrs.evolve(command, **same) != first:
        raise CommandReusedError(COMMAND_REUSED("/id", id=command.id))
    change = known.change(known.key)
    events = tuple(event for each in known.changes for event in each.events)
    return Outcome(command=first, state=change.state if change else None, events=events, replayed=True)


def _change(key: Key[Any], before: Any, events: tuple[Event, ...], after: Any) -> StreamChange:
    expected = 0 if before is None else before.version
    due: Instant | None = after.next_due
    fresh = _fresh(before, after) if expected else references_of(after)
    return StreamChange(key=key, expected=expected, events=events, state=after, references=fresh, next_due=due)


def _fresh(before: Any, after: Any) -> tuple[tuple[str, str], ...]:
    """The references that a stream has now and had not before."""
    if isinstance(after, OrderCase) and before.order is after.order:
        return ()  # as nearly always: what names a case stands in its order
    known = frozenset(references_of(before))
    return tuple(each for each in references_of(after) if each not in known)
