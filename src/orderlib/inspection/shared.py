"""Sampling schemes that orders share: a stream of its own for each, kind `sampling`.

Lots of many orders move one scheme. What a lot came to is handed to `follow` by whoever judged it; it is a fact and is
booked also where it does not count, because it was submitted again, or planned before inspection became more severe.
"""

from __future__ import annotations

from typing import Any, ClassVar, Final

import attrs

from orderlib.errors import FindingCode, InvalidValueError, RefusedError, Severity
from orderlib.inspection.master import InspectionSeverity
from orderlib.inspection.sampling import LotOutcome
from orderlib.inspection.switching import SamplingScheme, SwitchDecision
from orderlib.values.codelist import whole
from orderlib.values.identifier import DocumentId
from orderlib.values.instant import Instant
from orderlib.values.key import Key
from orderlib.values.message import Command, Event, Stamp
from orderlib.values.typed import type_check

__all__ = [
    "FoundScheme",
    "LotFollowed",
    "ResumeSampling",
    "SamplingResumed",
    "SchemeFounded",
    "SharedScheme",
    "decide_scheme",
    "evolve_scheme",
    "follow_lot",
]


def _error(name: str, en: str, zh: str) -> FindingCode:
    return FindingCode(f"scheme.{name}", Severity.ERROR, en, zh)


EXISTS: Final = _error("exists", "sampling scheme {id} is on record already", "抽样方案 {id} 已存在")
UNKNOWN: Final = _error("unknown", "there is no such sampling scheme", "不存在该抽样方案")
UNKNOWN_COMMAND: Final = _error(
    "unknown-command", "a sampling scheme does not take {command}", "抽样方案不接受 {command}"
)
REASON: Final = _error("reason-missing", "say what the supplier has done", "请说明供方采取的措施")
IMPOSSIBLE: Final = _error("impossible-event", "{event} cannot follow here", "此处不能出现事件 {event}")

_check_scheme: Final = type_check(("scheme", SamplingScheme))


@attrs.frozen
class SharedScheme:
    """The state of the stream: where inspection stands, and how many events led there."""

    scheme: SamplingScheme
    version: int = 1

    def __attrs_post_init__(self) -> None:
        _check_scheme(self)
        whole(self.version, 1, 10**15, "/version")

    @property
    def id(self) -> DocumentId:
        """The scheme's id."""
        return self.scheme.id

    @property
    def next_due(self) -> Instant | None:
        """Nothing of it lapses."""
        return None


@attrs.frozen
class FoundScheme(Command):
    """Begin to follow the lots of one product of one supplier."""

    kind: ClassVar[str] = "sampling"

    scheme: SamplingScheme

    def __attrs_post_init__(self) -> None:
        _check_scheme(self)

    @property
    def target(self) -> Key[object] | None:
        """The scheme's stream."""
        return Key("sampling", self.scheme.id)


@attrs.frozen
class ResumeSampling(Command):
    """The supplier has acted, and it was found to help: inspection goes on, tightened. Needs a reason."""

    kind: ClassVar[str] = "sampling"

    scheme_id: DocumentId = attrs.field(converter=DocumentId)

    @property
    def target(self) -> Key[object] | None:
        """The scheme's stream."""
        return Key("sampling", self.scheme_id)


@attrs.frozen
class SchemeFounded(Event):
    """Lots are followed from now on."""

    kind: ClassVar[str] = "sampling"

    scheme: SamplingScheme

    @property
    def stream_id(self) -> str | None:
        """The scheme's id."""
        return self.scheme.id


@attrs.frozen
class LotFollowed(Event):
    """A lot was judged; `decision` says how severe the next inspection is and why, None where the lot did not count."""

    kind: ClassVar[str] = "sampling"

    scheme_id: DocumentId = attrs.field(converter=DocumentId)
    outcome: LotOutcome
    decision: SwitchDecision | None = None

    @property
    def stream_id(self) -> str | None:
        """The scheme's id."""
        return self.scheme_id


@attrs.frozen
class SamplingResumed(Event):
    """Inspection goes on, tightened."""

    kind: ClassVar[str] = "sampling"

    scheme_id: DocumentId = attrs.field(converter=DocumentId)

    @property
    def stream_id(self) -> str | None:
        """The scheme's id."""
        return self.scheme_id


def decide_scheme(state: SharedScheme | None, command: Command) -> tuple[Event, ...]:
    """What a command changes.

    Raises `RefusedError` (`scheme.exists`, `scheme.unknown`, `scheme.unknown-command`, `scheme.reason-missing`,
    `switching.not-discontinued`).
    """
    if isinstance(command, FoundScheme):
        if state is not None:
            raise RefusedError(EXISTS("/scheme/id", id=state.id))
        return (SchemeFounded(command.stamp(), command.scheme),)
    if not isinstance(command, ResumeSampling):
        raise RefusedError(UNKNOWN_COMMAND(command=type(command).__name__))
    if state is None:
        raise RefusedError(UNKNOWN("/scheme_id"), allowed=("FoundScheme",))
    wrong = [] if command.reason else [REASON("/reason")]
    try:
        state.scheme.resume()
    except InvalidValueError as error:
        wrong += error.findings
    if wrong:
        raise RefusedError(*wrong)
    return (SamplingResumed(command.stamp(), state.id),)


def follow_lot(state: SharedScheme, outcome: LotOutcome, stamp: Stamp) -> tuple[Event, ...]:
    """The event of a lot that was judged; it is booked whatever it was inspected by."""
    decision: SwitchDecision | None = None
    if _counts(state.scheme, outcome):
        _, decision = state.scheme.follow(outcome)
    return (LotFollowed(stamp, state.id, outcome, decision),)


def _counts(scheme: SamplingScheme, outcome: LotOutcome) -> bool:
    plan = outcome.plan
    same = (plan.rule_set, plan.aql, plan.severity) == (scheme.rule_set, scheme.aql, scheme.severity)
    return same and outcome.original and scheme.severity is not InspectionSeverity.DISCONTINUED


def evolve_scheme(state: SharedScheme | None, event: Event) -> SharedScheme:
    """The scheme after one event.

    Raises `InvalidValueError` (`scheme.impossible-event`) for one that cannot follow: such a history was not made by
    `decide_scheme` and `follow_lot`.
    """
    if isinstance(event, SchemeFounded) and state is None:
        return SharedScheme(event.scheme)
    kind: Any = type(event)
    if state is None or kind not in (LotFollowed, SamplingResumed):
        raise InvalidValueError(IMPOSSIBLE(event=kind.__name__))
    scheme = state.scheme
    if isinstance(event, SamplingResumed):
        scheme, _ = scheme.resume()
    elif isinstance(event, LotFollowed) and event.decision is not None:
        scheme, _ = scheme.follow(event.outcome)
    return SharedScheme(scheme, state.version + 1)
