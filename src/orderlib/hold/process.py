"""Placing, lifting and lapsing of holds; several may stand at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, Protocol

from orderlib.errors import Finding, FindingCode, RefusedError, Severity
from orderlib.hold.message import HoldExpired, HoldLifted, HoldPlaced, LiftHold, PlaceHold
from orderlib.hold.record import Hold, Holds
from orderlib.order.record import Order
from orderlib.values.dispatch import Rule, View
from orderlib.values.identifier import DocumentId
from orderlib.values.instant import Instant
from orderlib.values.message import Event, Stamp
from orderlib.values.twin import maker

__all__ = ["CLOCKS", "FOLDS", "RULES", "lapse", "placed"]

HOLD_REASON: Final = FindingCode("hold.reason-missing", Severity.ERROR, "a hold needs a reason", "冻结必须说明原因")
HOLD_GATES: Final = FindingCode(
    "hold.no-gate", Severity.ERROR, "a hold stops at least one action", "冻结至少针对一个环节"
)
HOLD_LINE: Final = FindingCode("hold.unknown-line", Severity.ERROR, "there is no line {line}", "不存在行 {line}")
HOLD_UNKNOWN: Final = FindingCode("hold.unknown", Severity.ERROR, "no hold {hold} stands", "冻结 {hold} 并不存在")
HOLD_TWICE: Final = FindingCode("hold.used-id", Severity.ERROR, "hold {hold} exists already", "冻结 {hold} 已存在")
HOLD_PAST: Final = FindingCode(
    "hold.expired-before-placed", Severity.ERROR, "the hold would lapse before it stands", "冻结在生效之前就已到期"
)
HOLD_OWNER: Final = FindingCode(
    "hold.not-owner", Severity.ERROR, "only {owner} may lift hold {hold}", "只有 {owner} 可以解除冻结 {hold}"
)
HOLD_SOURCE: Final = FindingCode(
    "hold.stands-for",
    Severity.ERROR,
    "hold {hold} stands for {source}, and goes with it; only the management lifts it before",
    "冻结 {hold} 因 {source} 而设，随其解除；提前解除须由管理层决定",
)


_hold = maker(Hold, "id", "gates", "reason", "placed_at", "line_id", "owner", "expires_at")
_holds = maker(Holds)
_hold_placed, _hold_lifted = maker(HoldPlaced), maker(HoldLifted)


class HoldCase(Protocol):
    """The part of a case that holds look at."""

    @property
    def order(self) -> Order | None:
        """The order, once there is one."""
        ...

    @property
    def holds(self) -> Holds:
        """The holds."""
        ...


def placed(stamp: Stamp, hold_id: str, gates: Iterable[Any], **more: Any) -> HoldPlaced:
    """The event of a hold that the library itself places (`owner`, `source`, `reason` …)."""
    more.setdefault("reason", stamp.reason)
    return HoldPlaced(stamp, Hold(id=DocumentId(hold_id), gates=frozenset(gates), placed_at=stamp.recorded_at, **more))


def _place(view: View[HoldCase], command: PlaceHold, _policies: object) -> Iterable[Event]:
    stamp = command.stamp()
    hold_id = command.hold_id or DocumentId(stamp.cause)
    case = view.case
    line_id, expires_at = command.line_id, command.expires_at
    wrong: list[Finding] = []
    if not command.reason:
        wrong.append(HOLD_REASON("/reason"))
    if not command.gates:
        wrong.append(HOLD_GATES("/gates"))
    if line_id is not None and (case.order is None or line_id not in case.order.lines):
        wrong.append(HOLD_LINE("/line_id", line=line_id))
    if case.holds.get(hold_id) is not None or hold_id in case.holds.ended:
        wrong.append(HOLD_TWICE("/hold_id", hold=hold_id))
    if expires_at is not None and expires_at <= command.moment:
        wrong.append(HOLD_PAST("/expires_at"))
    if wrong:
        raise RefusedError(*wrong)
    owner = command.owner or command.by.department
    hold = _hold(hold_id, command.gates, command.reason, stamp.recorded_at, line_id, owner, expires_at)
    return (_hold_placed(stamp, hold),)


def _lift(view: View[HoldCase], command: LiftHold, _policies: object) -> Iterable[Event]:
    hold = view.case.holds.get(command.hold_id)
    if hold is None:
        raise RefusedError(HOLD_UNKNOWN("/hold_id", hold=command.hold_id))
    if hold.owner and hold.owner != command.by.department and "management" not in command.by.roles:
        raise RefusedError(HOLD_OWNER("/by/department", hold=hold.id, owner=hold.owner))
    if hold.source and "management" not in (command.by.department, *command.by.roles):
        raise RefusedError(HOLD_SOURCE("/hold_id", hold=hold.id, source=hold.source))
    return (_hold_lifted(command.stamp(), hold.id),)


def lapse(case: HoldCase, now: Instant, stamp: Stamp, _policies: object) -> Iterable[Event]:
    """Every hold whose time has come lapses, earliest first."""
    due = [hold for hold in case.holds.standing if hold.expires_at is not None and hold.expires_at <= now]
    due.sort(key=lambda hold: (hold.expires_at, hold.id))
    return tuple(HoldExpired(stamp, hold.id) for hold in due)


def _stands(holds: Holds, event: HoldPlaced) -> Holds:
    return _holds((*holds.standing, event.hold), holds.ended)


def _ends(holds: Holds, event: HoldLifted | HoldExpired) -> Holds:
    ended = event.hold_id
    return _holds(tuple([hold for hold in holds.standing if hold.id != ended]), holds.ended | {ended})


def _standing(case: HoldCase) -> Iterable[str]:
    return [hold.id for hold in case.holds.standing]


RULES: Final[tuple[Rule[Any], ...]] = (
    Rule(command=PlaceHold, handle=_place, stage="hold"),
    Rule(command=LiftHold, handle=_lift, stage="hold", about=_standing),
)

#: where each event says when something lapses that did not before
CLOCKS: Final[Mapping[type[Event], str]] = {HoldPlaced: "hold.expires_at", HoldLifted: "", HoldExpired: ""}

FOLDS: Final[Mapping[type[Event], Callable[[Any, Any], Holds]]] = {
    HoldPlaced: _stands,
    HoldLifted: _ends,
    HoldExpired: _ends,
}
