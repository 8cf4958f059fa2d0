"""Ending an order, or lines of it, before its time: asked for, judged, undone, and only then complete."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import attrs

from orderlib.change.charging import charged, needs_word, quoted
from orderlib.change.ending import plan_for
from orderlib.change.message import (
    CancellationBegun,
    CancellationRefused,
    CancellationRequested,
    CancellationWithdrawn,
    DecideCancellation,
    RequestCancellation,
    TerminateOrder,
    WithdrawCancellation,
)
from orderlib.change.policy import CancellationDecision, NoReturnDecision, Progress
from orderlib.change.record import (
    Cancellation,
    CancellationRuling,
    Compensation,
    Ending,
    Side,
)
from orderlib.change.request import REASON, used_id, withdrawn_charge
from orderlib.change.slice import ChangeCase, ChangePolicies, log_of
from orderlib.change.table import CANCELLATION
from orderlib.change.undo import RUNNING, completed, lines_of
from orderlib.errors import Finding, FindingCode, RefusedError, Severity
from orderlib.hold.process import placed
from orderlib.ledger.record import LineQuantity
from orderlib.values.decision import Decided
from orderlib.values.dispatch import Gate, View
from orderlib.values.identifier import DocumentId
from orderlib.values.instant import later
from orderlib.values.lines import Lines
from orderlib.values.message import Event, Stamp
from orderlib.values.money import Money

__all__ = [
    "begun",
    "decide_cancellation",
    "found_cancellation",
    "overruled",
    "request_cancellation",
    "terminate",
    "withdraw_cancellation",
]

NO_ORDER: Final = FindingCode(
    "cancellation.nothing-known", Severity.ERROR, "nothing is known of such an order", "没有此订单的任何记录"
)
UNKNOWN: Final = FindingCode(
    "cancellation.unknown", Severity.ERROR, "no cancellation {id} is known", "不存在取消请求 {id}"
)
STATE: Final = FindingCode(
    "cancellation.state",
    Severity.ERROR,
    "cancellation {id} is {state} and takes no {move}",
    "取消请求 {id} 处于 {state}，不能 {move}",
)
UNKNOWN_LINE: Final = FindingCode(
    "cancellation.unknown-line", Severity.ERROR, "the order has no line {line}", "订单没有行 {line}"
)
PENDING: Final = FindingCode(
    "cancellation.pending",
    Severity.ERROR,
    "cancellation {id} of the same lines is open",
    "相同行的取消请求 {id} 尚未结束",
)
NOTHING_OPEN: Final = FindingCode(
    "cancellation.nothing-open",
    Severity.ERROR,
    "nothing of line {line} is left to cancel",
    "行 {line} 已无可取消的数量",
)
OVERRULED: Final = FindingCode(
    "cancellation.overruled", Severity.WARNING, "{actor} grants it nevertheless", "{actor} 仍予批准"
)

_WORK: Final = frozenset({Gate.RELEASE, Gate.PURCHASE, Gate.PRODUCE, Gate.DESPATCH})


def request_cancellation(
    view: View[ChangeCase], command: RequestCancellation, policies: ChangePolicies
) -> Iterable[Event]:
    """A cancellation is on record, and what the policy says to it follows at once."""
    return _requested(view, command, Ending.CANCEL, command.line_ids, policies)


def terminate(view: View[ChangeCase], command: TerminateOrder, policies: ChangePolicies) -> Iterable[Event]:
    """A termination is on record, and what the policy says to it follows at once."""
    return _requested(view, command, Ending.TERMINATE, (), policies)


def _requested(
    view: View[ChangeCase],
    command: RequestCancellation | TerminateOrder,
    ending: Ending,
    line_ids: tuple[str, ...],
    policies: ChangePolicies,
) -> Iterable[Event]:
    case, stamp = view.case, command.stamp()
    wrong = [*used_id(case, command.cancellation_id, "/cancellation_id"), *_wrong(case, command, line_ids)]
    if wrong:
        raise RefusedError(*wrong)
    asked = Cancellation(
        id=command.cancellation_id,
        ending=ending,
        side=command.side,
        line_ids=tuple(dict.fromkeys(line_ids)),
        keep_delivered=command.keep_delivered,
        by=command.by,
        reason=command.reason,
        requested_at=stamp.occurred_at,
        due_at=stamp.recorded_at,
    )
    return tuple(_judged(view, stamp, asked, policies))


def _wrong(
    case: ChangeCase, command: RequestCancellation | TerminateOrder, line_ids: tuple[str, ...]
) -> Iterator[Finding]:
    if case.version == 0:
        yield NO_ORDER("/case_id")
    if not command.reason:
        yield REASON("/reason")
    lines = case.ledger.lines
    for number, line_id in enumerate(line_ids):
        line = lines.get(line_id)
        if line is None or case.order is None or line_id not in case.order.lines:
            yield UNKNOWN_LINE(f"/line_ids/{number}", line=line_id)
        elif line.to_despatch == 0 and (command.keep_delivered or line.outstanding == 0):
            yield NOTHING_OPEN(f"/line_ids/{number}", line=line_id)
    if command.keep_delivered and not line_ids and lines and all(line.to_despatch == 0 for line in lines):
        yield from (NOTHING_OPEN(f"/lines/{line.id}", line=line.id) for line in lines)
    for known in log_of(case).open_cancellations:
        if known.concerns(line_ids):
            yield PENDING(f"/change/cancellations/{known.id}", id=known.id)


def _asked(
    case: ChangeCase, asked: Cancellation, policies: ChangePolicies
) -> tuple[NoReturnDecision, CancellationDecision]:
    """How far the work has gone, and what becomes of the cancellation."""
    lines = lines_of(case, asked)
    said = policies.no_return(lines, case.state)
    points = said.points if isinstance(said, NoReturnDecision) else tuple((line.id, said.ruling) for line in lines)
    if not isinstance(said, NoReturnDecision):
        said = NoReturnDecision(said.outcome, said.reasons, points=points, policy=said.policy, override=said.override)
    progress = Progress(case.state, asked.side, Lines(lines))
    ruled = policies.cancellation(asked, case.order, progress, points)
    if not isinstance(ruled, CancellationDecision):
        running = case.state in RUNNING
        plan = tuple(plan_for(asked, case.order, lines, running=running))
        ruled = CancellationDecision(
            ruled.outcome, ruled.reasons, ruled.otherwise, plan=plan, policy=ruled.policy, override=ruled.override
        )
    return said, ruled


def _judged(view: View[ChangeCase], stamp: Stamp, asked: Cancellation, policies: ChangePolicies) -> Iterator[Event]:
    case = view.case
    points, ruled = _asked(case, asked, policies)
    asked = attrs.evolve(asked, due_at=later(stamp.recorded_at, ruled.answer_within))
    yield CancellationRequested(stamp, asked)
    yield Decided(stamp, "no_return", points)
    yield Decided(stamp, "cancellation", ruled)
    if ruled.ruling is CancellationRuling.REFUSED:
        order_id = case.order.id if case.order is not None else None
        yield CancellationRefused(stamp, asked.id, order_id, ruled.reasons)
    elif ruled.ruling is not CancellationRuling.REVIEW:
        yield from _granted(view, stamp, asked, ruled, policies)


def _granted(
    view: View[ChangeCase],
    stamp: Stamp,
    asked: Cancellation,
    ruled: CancellationDecision,
    policies: ChangePolicies,
    given: Money | None = None,
    *,
    by_person: bool = False,
) -> Iterator[Event]:
    """The charge first, where it costs the customer something; then what has to be undone."""
    case = view.case
    if case.order is not None and (asked.side is Side.CUSTOMER or given is not None):
        charge = charged(view, stamp, tuple(_made(case, asked)), policies, given)
        yield Decided(stamp, "charge", charge)
        unsaid = tuple(needs_word(charge))
        if unsaid and by_person:
            raise RefusedError(*unsaid)
        if unsaid:
            return  # it waits for a person to decide
        asking = quoted(case, stamp, asked.id, asked.line_ids, charge)
        if asking:
            yield from asking
            return
    yield from begun(view, stamp, asked, ruled)


def _made(case: ChangeCase, asked: Cancellation) -> Iterator[LineQuantity]:
    """What is made of the lines and has not left."""
    for line in lines_of(case, asked):
        made = line.produced - line.despatched
        if made > 0 and case.order is not None and line.id in case.order.lines:
            yield LineQuantity(line.id, made)


def begun(view: View[ChangeCase], stamp: Stamp, asked: Cancellation, ruled: CancellationDecision) -> Iterator[Event]:
    """What has to be undone is on record, and work stands still meanwhile; where nothing has, it is complete."""
    if not ruled.plan:
        yield from completed(view, stamp, asked)
        return
    items = Lines(
        Compensation(
            id=DocumentId(f"{asked.id}/{number}"),
            remedy=draft.remedy,
            line_id=draft.line.line_id if draft.line is not None else None,
            quantity=draft.line.quantity if draft.line is not None else None,
            owner=draft.owner,
            due_at=later(stamp.recorded_at, draft.within),
        )
        for number, draft in enumerate(ruled.plan, 1)
    )
    yield CancellationBegun(stamp, asked.id, items)
    source = f"cancellation/{asked.id}"
    if asked.whole:
        yield placed(stamp, source, _WORK, owner="sales", source=source, reason=asked.reason)
    for line_id in asked.line_ids:
        hold_id = f"{source}/{line_id}"
        yield placed(stamp, hold_id, _WORK, line_id=line_id, owner="sales", source=source, reason=asked.reason)


def found_cancellation(case: ChangeCase, cancellation_id: str, move: str) -> Cancellation:
    """The cancellation, where it can take that move; raises `RefusedError` (`cancellation.unknown`, `…state`)."""
    known = log_of(case).cancellations.get(cancellation_id)
    if known is None:
        raise RefusedError(UNKNOWN("/cancellation_id", id=cancellation_id))
    if CANCELLATION.target(known.state, move) is None:
        raise RefusedError(STATE("/cancellation_id", id=cancellation_id, state=known.state, move=move))
    return known


def decide_cancellation(
    view: View[ChangeCase], command: DecideCancellation, policies: ChangePolicies
) -> Iterable[Event]:
    """A person's word on a cancellation that the policy left open."""
    case, stamp = view.case, command.stamp()
    known = found_cancellation(case, command.cancellation_id, "refuse")
    if not command.grant:
        if not command.reason:
            raise RefusedError(REASON("/reason"))
        order_id = case.order.id if case.order is not None else None
        return (CancellationRefused(stamp, known.id, order_id),)
    points, ruled = overruled(case, stamp, known, policies)
    decided = (Decided(stamp, "no_return", points), Decided(stamp, "cancellation", ruled))
    return (*decided, *_granted(view, stamp, known, ruled, policies, command.charge, by_person=True))


def overruled(
    case: ChangeCase, stamp: Stamp, known: Cancellation, policies: ChangePolicies
) -> tuple[NoReturnDecision, CancellationDecision]:
    """The judgement as it is now, granted by a person where the policy would not."""
    points, ruled = _asked(case, known, policies)
    if ruled.ruling in (CancellationRuling.GRANTED, CancellationRuling.COMPENSATION):
        return points, ruled
    plan = ruled.plan or tuple(plan_for(known, case.order, lines_of(case, known), running=case.state in RUNNING))
    outcome = CancellationRuling.COMPENSATION if plan else CancellationRuling.GRANTED
    why = stamp.reason or OVERRULED("/by", actor=stamp.by.id).message()
    return points, attrs.evolve(ruled, plan=plan).overridden(outcome, by=stamp.by, reason=why)


def withdraw_cancellation(
    view: View[ChangeCase], command: WithdrawCancellation, _policies: ChangePolicies
) -> Iterable[Event]:
    """The order goes on."""
    known = found_cancellation(view.case, command.cancellation_id, "withdraw")
    stamp = command.stamp()
    return (*withdrawn_charge(view.case, stamp, known.id), CancellationWithdrawn(stamp, known.id))
