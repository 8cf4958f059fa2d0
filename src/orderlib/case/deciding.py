"""Deciding a command: pure, one path for everything.

May it happen at all (lifecycle, holds, authority)? Then the room's handler decides, with its policies.
Whatever lapsed before the command's moment lapses first, on a scratch case: a late answer loses even where
nobody ticked, and if the command is then refused nothing is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from typing import Any, Final, cast

import attrs

from orderlib.case.evolution import evolve_all
from orderlib.case.message import PassTime
from orderlib.case.policies import PolicySet, decision_of
from orderlib.case.record import STAGES, OrderCase
from orderlib.case.rooms import every_rule, lapse_of, rule_of
from orderlib.case.streams import evolve_stream
from orderlib.case.table import ORDER
from orderlib.errors import Finding, FindingCode, InvalidValueError, RefusedError, Severity
from orderlib.values.decision import Decided, Decision
from orderlib.values.dispatch import Gate, Needs, Rule, View
from orderlib.values.identifier import CommandId
from orderlib.values.instant import Instant, instant
from orderlib.values.key import Key
from orderlib.values.message import Command, Event, Fact, Stamp
from orderlib.values.party import SYSTEM
from orderlib.values.typed import instance_of

__all__ = ["Allowed", "Changes", "allowed", "decide", "lapses", "needs"]

COMMAND_STATE: Final = FindingCode(
    "command.impossible",
    Severity.ERROR,
    "{command} is not possible while the order is {state}",
    "订单处于 {state} 状态时不能执行 {command}",
)
COMMAND_HELD: Final = FindingCode(
    "command.held", Severity.ERROR, "hold {hold} stops {gate}: {reason}", "冻结 {hold} 阻止 {gate}：{reason}"
)
COMMAND_LATE: Final = FindingCode(
    "command.after-lapse",
    Severity.INFO,
    "before this command's moment, {lapse} had happened",
    "在此命令之前，{lapse} 已发生",
)
FACT_FUTURE: Final = FindingCode(
    "fact.future", Severity.ERROR, "{occurred} lies after {recorded}", "发生时间 {occurred} 晚于记录时间 {recorded}"
)

_MOVES: Final = ORDER.moves
_VIEW: Final = cast("type[View[OrderCase]]", View)


class Changes(Mapping[Key[Any], tuple[Event, ...]]):
    """What a command changes: for each stream its new events, in order.

    `events` are all of them as they were decided; `changes[case.id]` finds those of a case by its id, and
    `addressed` is the id of the stream that the command addressed.
    """

    __slots__ = ("_kind", "_streams", "addressed", "events")

    def __init__(self, addressed: str, events: tuple[Event, ...], *, kind: str = "case") -> None:
        self.addressed: Final = addressed
        self.events: Final = events
        self._kind: Final = kind
        self._streams: dict[Key[Any], tuple[Event, ...]] | None = None

    def _by_key(self) -> dict[Key[Any], tuple[Event, ...]]:
        streams = self._streams
        if streams is None:
            addressed = Key[Any](self._kind, self.addressed)
            sorted_out: dict[Key[Any], list[Event]] = {}
            for event in self.events:
                own = event.stream_id
                key: Key[Any] = addressed if own is None else Key(event.kind, own)
                sorted_out.setdefault(key, []).append(event)
            streams = self._streams = {key: tuple(events) for key, events in sorted_out.items()}
        return streams

    def __getitem__(self, key: Key[Any] | str) -> tuple[Event, ...]:
        return self._by_key()[Key("case", key) if isinstance(key, str) else key]

    def __iter__(self) -> Iterator[Key[Any]]:
        return iter(self._by_key())

    def __len__(self) -> int:
        return len(self._by_key())

    def __repr__(self) -> str:
        return f"Changes({', '.join(type(event).__name__ for event in self.events)})"

    @property
    def decisions(self) -> tuple[Decided, ...]:
        """Every decision that was taken on the way."""
        return tuple(event for event in self.events if isinstance(event, Decided))

    @property
    def decision(self) -> Decision[Any] | None:
        """The decision that the command came to, or None."""
        return decision_of(self.decisions)


def needs(case: OrderCase, command: Command) -> Needs:
    """The shared streams and look-ups that a command must see.

    Raises `RefusedError` (`command.unknown`) and `InvalidValueError` (`value.type`).
    """
    instance_of(OrderCase, case, "/case")
    wanted = rule_of(type(command)).needs(case, command)
    others = tuple(key for key in (agreement_key(case), _dunned_account(case, command)) if key is not None)
    more = tuple(key for key in others if key not in wanted.keys)
    return attrs.evolve(wanted, keys=(*wanted.keys, *more)) if more else wanted


def decide(view: View[OrderCase], command: Command, policies: PolicySet) -> Changes:
    """What the command changes.

    Raises `RefusedError` with every reason where state, hold, authority or policy forbids it,
    `InvalidValueError` for a malformed command (`value.type` for what is none, or no view, or no policies),
    `PolicyError` for a policy that fails. Nothing is kept of a command that raised.
    """
    ready = _READY.get(command.__class__) or _ready(command)
    handle, states, stage, gate, fact = ready
    at = command.at or command.moment
    try:
        case, matrix = view.case, policies.matrix
        due = case.next_due
    except AttributeError:  # asked only now, as nearly all are what they should be
        instance_of(OrderCase, instance_of(_VIEW, view, "/view").case, "/view/case")
        instance_of(PolicySet, policies, "/policies")
        raise
    if due is not None and due <= at:
        lapsed = lapses(case, at, policies, cause=command.id)
        if lapsed:
            return _after(view, command, policies, lapsed)
    if fact:
        _refuse_future(command)
    elif (
        (states is not None and case.state not in states)
        or not matrix.permits(command.by, stage)
        or (gate is not None and case.holds.standing and _held(case, command))
    ):
        raise RefusedError(
            reasons=lambda: _reasons(case, rule_of(command.__class__), command, policies),
            allowed=lambda: (each.command for each in allowed(case, policies)),
        )
    events = tuple(handle(view, command, policies))
    order = case.order
    if order is not None and order.agreement_id is not None:
        events = _called_off(view, events)
    return Changes(case.id, events)


def _called_off(view: View[OrderCase], events: tuple[Event, ...]) -> tuple[Event, ...]:
    """The events with what they take of the framework agreement, where its stream is known."""
    key = agreement_key(view.case)
    agreement = view.streams.get(key) if key is not None else None
    if agreement is None:
        return events
    # most orders are not called off, and need not pay for the room
    taken: tuple[Event, ...] = import_module("orderlib.case.calloff").with_call_off(view.case, agreement, events)
    return taken


def agreement_key(case: OrderCase) -> Key[Any] | None:
    """The stream of the agreement that the case's order is called off from, or None."""
    order = case.order
    return None if order is None or order.agreement_id is None else Key("agreement", order.agreement_id)


def _dunned_account(case: OrderCase, command: Command) -> Key[Any] | None:
    """The customer's account, where a reminder may go out before the command's moment: credit hears of it at once."""
    order, due, at = case.order, case.next_due, command.at
    if order is None or case.settlement is None or due is None or at is None or at < due:
        return None
    return Key("account", order.buyer.id)


def _shared(view: View[OrderCase], lapsed: tuple[Event, ...]) -> tuple[Event, ...]:
    """What lapsed, with what it means for the streams that orders share."""
    events = _called_off(view, lapsed)
    if view.case.settlement is None:
        return events
    # most of what lapses is no reminder, and need not pay for the room
    told: Iterable[Event] = import_module("orderlib.settlement.exposure").reminded(view, lapsed)
    return (*events, *told)


#: what each command asks for: its handler, the states in which it is possible (None: all), its row of the matrix, the
#: gate that may stop it, and whether it reports a fact
Ready = tuple[Callable[..., Iterable[Event]], frozenset[str] | None, str, Gate | None, bool]
_READY: Final[dict[type[Command], Ready]] = {}


def _ready(command: Command) -> Ready:
    kind = type(instance_of(Command, command, "/command"))
    rule = rule_of(kind)
    states = frozenset(state for state in _MOVES if _possible(state, rule))
    everywhere = len(states) == len(_MOVES)
    ready = _READY[kind] = (rule.handle, None if everywhere else states, rule.stage, rule.gate, rule.fact)
    return ready


def _possible(state: str, rule: Rule[Any]) -> bool:
    if rule.moves:
        return state in rule.states or any(move in _MOVES[state] for move in rule.moves)
    return not rule.states or state in rule.states


def _held(case: OrderCase, command: Command) -> bool:
    rule = rule_of(type(command))
    return bool(rule.gate is not None and case.holds.stopping(rule.gate, tuple(rule.lines(command))))


def _refuse_future(command: Command) -> None:
    """A fact is booked whatever the state, unless it has not happened yet."""
    if isinstance(command, Fact) and command.occurred_at is not None and command.occurred_at > command.moment:
        late, now = command.occurred_at, command.moment
        raise InvalidValueError(FACT_FUTURE("/occurred_at", occurred=late, recorded=now))


def _reasons(case: OrderCase, rule: Rule[Any], command: Command, policies: PolicySet) -> Iterable[Finding]:
    if not _possible(case.state, rule):
        yield COMMAND_STATE("/state", command=type(command).__name__, state=case.state)
    if not policies.matrix.permits(command.by, rule.stage):
        yield policies.matrix.refusal(command.by, rule.stage)
    if rule.gate is not None:
        for hold in case.holds.stopping(rule.gate, tuple(rule.lines(command))):
            yield COMMAND_HELD(f"/holds/{hold.id}", hold=hold.id, gate=rule.gate, reason=hold.reason)


def _after(view: View[OrderCase], command: Command, policies: PolicySet, lapsed: tuple[Event, ...]) -> Changes:
    """The command on the case as it is after what lapsed first."""
    events = _shared(view, lapsed)
    if isinstance(command, PassTime):
        return Changes(view.case.id, events)
    streams = dict(view.streams)
    for key, told in Changes(view.case.id, events).items():
        if key in streams:
            streams[key] = evolve_stream(key, streams[key], told)
    scratch = attrs.evolve(view, case=evolve_all(view.case, lapsed), streams=streams)
    try:
        changes = decide(scratch, command, policies)
    except RefusedError as refused:
        why = refused  # the name ends with its block, and nobody may ever read the reasons
        raise RefusedError(reasons=lambda: (*why.findings, *_late(lapsed)), allowed=lambda: why.allowed) from refused
    return Changes(view.case.id, events + changes.events)


def _late(lapsed: tuple[Event, ...]) -> Iterable[Finding]:
    """What had lapsed before the command's moment, each kind once."""
    names = (type(event).__name__ for event in lapsed if not isinstance(event, Decided))
    return (COMMAND_LATE("/at", lapse=name) for name in dict.fromkeys(names))


def lapses(case: OrderCase, now: Instant, policies: PolicySet, *, cause: CommandId | None = None) -> tuple[Event, ...]:
    """The events of everything that has lapsed by `now`, in the order in which it fell due.

    What one lapse sets off falls due in its turn. `cause` is the command that brought the time. Raises
    `InvalidValueError` (`value.type`, `value.instant-*`).
    """
    instance_of(OrderCase, case, "/case")
    instance_of(PolicySet, policies, "/policies")
    now = instant(now, address="/now")
    events: list[Event] = []
    while case.next_due is not None and case.next_due <= now:
        due = case.next_due
        stamp = Stamp(cause or CommandId("time"), SYSTEM, due, now, "lapsed")
        found = tuple(_due(case, due, stamp, policies))
        if not found:
            break
        events += found
        case = evolve_all(case, found)
    return tuple(events)


def _due(case: OrderCase, due: Instant, stamp: Stamp, policies: PolicySet) -> Iterable[Event]:
    for slot in STAGES:
        record = getattr(case, slot)
        if getattr(record, "next_due", None) == due:
            lapse = lapse_of(slot)
            if lapse is not None:
                # one slot at a time: what it does may change what is due elsewhere
                return tuple(lapse(case, due, stamp, policies))
    return ()


@attrs.frozen
class Allowed:
    """A command that a case would take now.

    `about` names the things that it could concern (line, task, seat, invoice …; empty: the case as a
    whole), `who` the departments that may give it (empty: everybody), `fact` marks reports of what has
    happened outside: those are booked whatever `allowed` says, and listed here where they are expected.
    """

    command: str
    stage: str
    who: tuple[str, ...]
    about: tuple[str, ...]
    fact: bool
    kind: type[Command] = attrs.field(repr=False)


def allowed(case: OrderCase, policies: PolicySet) -> tuple[Allowed, ...]:
    """Every command that state and holds would let pass now, in the order of the floors.

    A policy may still say no. Raises `InvalidValueError` (`value.type`).
    """
    instance_of(OrderCase, case, "/case")
    instance_of(PolicySet, policies, "/policies")
    found: list[Allowed] = []
    for rule in every_rule():
        if not _possible(case.state, rule) or (rule.gate is not None and case.holds.stopping(rule.gate)):
            continue
        about = None if rule.about is None else tuple(rule.about(case))
        if about is None or about:
            who = policies.matrix.who(rule.stage)
            found.append(Allowed(rule.command.__name__, rule.stage, who, about or (), rule.fact, rule.command))
    return tuple(found)
