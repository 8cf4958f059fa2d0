"""Making, sending and receiving goods; noticing what goes wrong.

Intentions (despatch, short-close) are refused where state, hold or tolerance forbids them. Reports of what has
happened are booked whatever they say: what deviates becomes a finding, what matches no line goes to the
unallocated entries of the ledger.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, Final

from orderlib.errors import Finding, InvalidValueError, RefusedError
from orderlib.fulfilment.fold import CLOCKS, FOLDS
from orderlib.fulfilment.incidents import (
    RULES_OF_INCIDENTS,
    lapse_incidents,
)
from orderlib.fulfilment.message import (
    DespatchGoods,
    DespatchMoved,
    DespatchNoted,
    DeviationsFound,
    ExecutionStarted,
    GoodsDespatched,
    GoodsLost,
    GoodsProduced,
    GoodsReceived,
    GoodsRefused,
    LineShortClosed,
    ReportDespatched,
    ReportProduced,
    ReportReceived,
    ShortCloseLine,
)
from orderlib.fulfilment.record import Despatch
from orderlib.fulfilment.table import DESPATCH
from orderlib.fulfilment.view import (
    ABOVE_DESPATCHED,
    ABOVE_ORDERED,
    COMPLETE_ONLY,
    DESPATCH_TWICE,
    DESPATCH_UNKNOWN,
    NOTHING_DESPATCHED,
    NOTHING_OUTSTANDING,
    QUANTITY_NOT_POSITIVE,
    REASON_MISSING,
    UNDER_HOLD,
    UNEXPECTED_STATE,
    UNKNOWN_LINE,
    FulfilmentCase,
    FulfilmentPolicies,
    order_of,
    working,
)
from orderlib.ledger.message import FactUnallocated
from orderlib.ledger.record import ZERO, Account, LineQuantity, Unallocated
from orderlib.values.decision import Decided, Verdict
from orderlib.values.dispatch import Gate, Rule, View
from orderlib.values.identifier import DocumentId, LineId
from orderlib.values.instant import Instant
from orderlib.values.message import Event, Stamp
from orderlib.values.twin import maker

__all__ = ["CLOCKS", "FOLDS", "RULES", "lapse"]


_execution_started, _goods_despatched = maker(ExecutionStarted), maker(GoodsDespatched)
_goods_received, _despatch_moved = maker(GoodsReceived), maker(DespatchMoved)


def _malformed(lines: Iterable[LineQuantity], address: str = "/lines") -> list[Finding]:
    return [
        QUANTITY_NOT_POSITIVE(f"{address}/{number}/quantity", quantity=each.quantity)
        for number, each in enumerate(lines)
        if each.quantity <= 0
    ]


def _sorted_out(
    case: FulfilmentCase, stamp: Stamp, account: Account, lines: Iterable[LineQuantity]
) -> tuple[tuple[LineQuantity, ...], tuple[Event, ...]]:
    """The quantities of known lines, and an unallocated entry for each of the others."""
    known: list[LineQuantity] = []
    strangers: list[Event] = []
    for number, each in enumerate(lines):
        if each.line_id in case.ledger.lines:
            known.append(each)
        else:
            finding = UNKNOWN_LINE(f"/lines/{number}/line_id", line=each.line_id)
            entry = Unallocated(account, each.line_id, each.quantity, finding)
            strangers.append(FactUnallocated(stamp, entry))
    return tuple(known), tuple(strangers)


def _started(case: FulfilmentCase, stamp: Stamp) -> tuple[Event, ...]:
    return (_execution_started(stamp),) if case.state == "released" else ()


def _deviations(
    case: FulfilmentCase, stamp: Stamp, found: list[Finding], gate: Gate | None = None
) -> tuple[Event, ...]:
    if case.state not in ("released", "in_execution"):
        found.insert(0, UNEXPECTED_STATE("/state", state=case.state))
    if gate is not None:
        found += [UNDER_HOLD(f"/holds/{hold.id}", hold=hold.id, gate=gate) for hold in case.holds.stopping(gate)]
    return (DeviationsFound(stamp, tuple(found)),) if found else ()


def _produced(view: View[FulfilmentCase], command: ReportProduced, _policies: FulfilmentPolicies) -> Iterator[Event]:
    wrong = _malformed(command.lines)
    if wrong or not command.lines:
        raise InvalidValueError(*(wrong or [NOTHING_DESPATCHED("/lines")]))
    stamp, case = command.stamp(), view.case
    known, strangers = _sorted_out(case, stamp, Account.PRODUCED, command.lines)
    yield from _started(case, stamp)
    found = [
        ABOVE_ORDERED(f"/lines/{each.line_id}", line=each.line_id, done=done, ordered=line.demand)
        for each in known
        for line in (case.ledger.lines[each.line_id],)
        if (done := line.produced + each.quantity) > line.demand
    ]
    yield from _deviations(case, stamp, found, Gate.PRODUCE)
    if known:
        yield GoodsProduced(stamp, known)
    yield from strangers


def _despatch(view: View[FulfilmentCase], command: DespatchGoods, policies: FulfilmentPolicies) -> Iterable[Event]:
    case, stamp = view.case, command.stamp()
    despatch_id = command.despatch_id or DocumentId(stamp.cause)
    lines: tuple[LineQuantity, ...] = command.lines
    decisions: tuple[Event, ...] = ()
    if not _goes_without_saying(case, lines) or (
        case.fulfilment is not None and despatch_id in case.fulfilment.despatches
    ):
        lines, decisions = _looked_into(case, command, despatch_id, policies)
    sent = _goods_despatched(stamp, lines, despatch_id, command.carrier, command.tracking)
    return (*_started(case, stamp), *decisions, sent)


def _goes_without_saying(case: FulfilmentCase, lines: tuple[LineQuantity, ...]) -> bool:
    """Whether nothing about the lines needs a judgement: each stands once, is known, and wants as much as is sent."""
    find = case.ledger.lines.get
    for each in lines:
        line = find(each.line_id)
        if line is None or not ZERO < each.quantity <= line.to_despatch:
            return False
    return 0 < len(lines) == len({each.line_id for each in lines}) and not order_of(case).delivery.complete_only


def _looked_into(
    case: FulfilmentCase, command: DespatchGoods, despatch_id: str, policies: FulfilmentPolicies
) -> tuple[tuple[LineQuantity, ...], tuple[Event, ...]]:
    """The goods line by line and what the tolerance policy said of them, or `RefusedError` with all that is wrong."""
    stamp = command.stamp()
    wrong = _malformed(command.lines)
    if not command.lines:
        wrong.append(NOTHING_DESPATCHED("/lines"))
    if case.fulfilment is not None and despatch_id in case.fulfilment.despatches:
        wrong.append(DESPATCH_TWICE("/despatch_id", despatch=despatch_id))
    terms = order_of(case).delivery
    decisions: list[Event] = []
    sums: dict[str, LineQuantity] = {}
    for each in command.lines:
        known = sums.get(each.line_id)
        sums[each.line_id] = each if known is None else LineQuantity(each.line_id, known.quantity + each.quantity)
    for number, each in enumerate(sums.values()):
        line = case.ledger.lines.get(each.line_id)
        if line is None:
            wrong.append(UNKNOWN_LINE(f"/lines/{number}/line_id", line=each.line_id))
        elif not wrong and each.quantity > line.to_despatch:
            # what stays within the demand needs no judgement
            decision = policies.tolerance(line, each.quantity, terms)
            decisions.append(Decided(stamp, "tolerance", decision))
            if decision.ruling is not Verdict.YES:
                wrong += decision.reasons
    if terms.complete_only:
        wrong += [
            COMPLETE_ONLY(f"/lines/{line.id}", line=line.id, left=left)
            for line in case.ledger.lines
            if (left := line.to_despatch - (sums[line.id].quantity if line.id in sums else ZERO)) > 0
        ]
    if wrong:
        raise RefusedError(*wrong)
    return tuple(sums.values()), tuple(decisions)


def _reported_despatch(
    view: View[FulfilmentCase], command: ReportDespatched, policies: FulfilmentPolicies
) -> Iterator[Event]:
    wrong = _malformed(command.lines)
    case, stamp = view.case, command.stamp()
    if not command.lines:
        wrong.append(NOTHING_DESPATCHED("/lines"))
    if case.fulfilment is not None and command.despatch_id in case.fulfilment.despatches:
        wrong.append(DESPATCH_TWICE("/despatch_id", despatch=command.despatch_id))
    if wrong:
        raise InvalidValueError(*wrong)
    known, strangers = _sorted_out(case, stamp, Account.DESPATCHED, command.lines)
    found: list[Finding] = []
    for each in known:
        decision = policies.tolerance(case.ledger.lines[each.line_id], each.quantity, order_of(case).delivery)
        if decision.ruling is not Verdict.YES:
            found += decision.reasons
    yield from _started(case, stamp)
    yield from _deviations(case, stamp, found, Gate.DESPATCH)
    if known:
        yield GoodsDespatched(stamp, known, command.despatch_id, command.carrier)
    yield from strangers


def _received(view: View[FulfilmentCase], command: ReportReceived, _policies: FulfilmentPolicies) -> Iterable[Event]:
    case = view.case
    despatch = case.fulfilment.despatches.get(command.despatch_id) if case.fulfilment is not None else None
    if despatch is None or not _as_sent(case, despatch, command):
        return _compared(case, despatch, command)
    stamp = command.stamp()
    arrived = _goods_received(stamp, command.received, despatch.id)
    moved = _despatch_moved(stamp, despatch.id, "arrive")
    return (arrived, moved) if case.state != "released" else (_execution_started(stamp), arrived, moved)


def _as_sent(case: FulfilmentCase, despatch: Despatch, command: ReportReceived) -> bool:
    """Whether just what was on its way has come, all of it and for the first time: nothing needs comparing then."""
    sent = despatch.lines
    if (
        despatch.state != "in_transit"
        or command.refused
        or not command.complete
        or len(sent) != len(command.received)
        or case.state not in working
    ):
        return False
    find = case.ledger.lines.get
    for each, left in zip(command.received, sent, strict=True):
        line_id = each.line_id
        line = find(line_id)
        if line is None or line_id != left.line_id or not each.quantity == left.quantity == line.in_transit:
            return False
    return True


def _compared(case: FulfilmentCase, despatch: Despatch | None, command: ReportReceived) -> Iterator[Event]:
    """What came, and each way in which it differs from what was on its way."""
    wrong = _malformed(command.received, "/received") + _malformed(command.refused, "/refused")
    if wrong or not (command.received or command.refused or command.complete):
        raise InvalidValueError(*(wrong or [NOTHING_DESPATCHED("/received")]))
    stamp = command.stamp()
    found: list[Finding] = []
    yield from _started(case, stamp)
    received, strangers = _sorted_out(case, stamp, Account.RECEIVED, command.received)
    refused, refused_strangers = _sorted_out(case, stamp, Account.REFUSED, command.refused)
    if despatch is None:
        found.append(DESPATCH_UNKNOWN("/despatch_id", despatch=command.despatch_id))
        yield DespatchNoted(stamp, Despatch(id=command.despatch_id, lines=received, sent_at=command.moment))
    lost = tuple(_missing(case, despatch, received, refused)) if command.complete and despatch is not None else ()
    found += _above(case, received, refused)
    yield from _deviations(case, stamp, found)
    if received:
        yield GoodsReceived(stamp, received, command.despatch_id)
    if refused:
        yield GoodsRefused(stamp, refused, command.despatch_id)
    if lost:
        yield GoodsLost(stamp, lost, command.despatch_id)
    yield from (*strangers, *refused_strangers)
    step = ("differ" if refused or lost or found else "arrive") if command.complete else "arrive_partly"
    if despatch is None or DESPATCH.target(despatch.state, step) is not None:
        yield DespatchMoved(stamp, command.despatch_id, step)


def _missing(
    case: FulfilmentCase, despatch: Despatch, received: Iterable[LineQuantity], refused: Iterable[LineQuantity]
) -> Iterator[LineQuantity]:
    """What left and neither arrived nor was refused, as far as it is still on its way."""
    came = _summed(received, refused)
    elsewhere = [
        other.lines
        for other in (case.fulfilment.despatches if case.fulfilment is not None else ())
        if other.id != despatch.id and other.state in ("in_transit", "partly_arrived")
    ]
    others = _summed(*elsewhere)
    for line_id in dict.fromkeys(each.line_id for each in despatch.lines):
        way = case.ledger.lines[line_id].in_transit - others.get(line_id, ZERO) - came.get(line_id, ZERO)
        if way > 0:
            yield LineQuantity(line_id, way)


def _above(
    case: FulfilmentCase, received: Iterable[LineQuantity], refused: Iterable[LineQuantity]
) -> Iterator[Finding]:
    for line_id, quantity in _summed(received, refused).items():
        way = case.ledger.lines[line_id].in_transit
        if quantity > way:
            yield ABOVE_DESPATCHED(f"/lines/{line_id}", line=line_id, came=quantity, way=way)


def _summed(*parts: Iterable[LineQuantity]) -> dict[LineId, Decimal]:
    sums: dict[LineId, Decimal] = {}
    for part in parts:
        for each in part:
            sums[each.line_id] = sums.get(each.line_id, ZERO) + each.quantity
    return sums


def _short_close(view: View[FulfilmentCase], command: ShortCloseLine, _policies: FulfilmentPolicies) -> Iterable[Event]:
    line = view.case.ledger.lines.get(command.line_id)
    wrong: list[Finding] = []
    if line is None:
        wrong.append(UNKNOWN_LINE("/line_id", line=command.line_id))
    elif line.to_despatch <= 0:
        wrong.append(NOTHING_OUTSTANDING("/line_id", line=command.line_id))
    if not command.reason:
        wrong.append(REASON_MISSING("/reason"))
    if wrong or line is None:
        raise RefusedError(*wrong)
    return (LineShortClosed(command.stamp(), (LineQuantity(line.id, line.to_despatch),)),)


def lapse(case: FulfilmentCase, now: Instant, stamp: Stamp, policies: FulfilmentPolicies) -> Iterable[Event]:
    """Exceptions that nobody resolved in time."""
    return lapse_incidents(case, now, stamp, policies)


def _sendable(case: FulfilmentCase) -> Iterable[str]:
    return [line.id for line in case.ledger.lines if line.to_despatch > 0]


def _makeable(case: FulfilmentCase) -> Iterable[str]:
    return [line.id for line in case.ledger.lines if line.produced < line.demand]


def _on_the_way(case: FulfilmentCase) -> Iterable[str]:
    despatches = case.fulfilment.despatches if case.fulfilment is not None else ()
    return [each.id for each in despatches if each.state in ("in_transit", "partly_arrived")]


def _line_ids(command: DespatchGoods) -> Iterable[str]:
    return (each.line_id for each in command.lines)


RULES: Final[tuple[Rule[Any], ...]] = (
    Rule(command=ReportProduced, handle=_produced, states=working, fact=True, stage="fulfilment", about=_makeable),
    Rule(
        command=DespatchGoods,
        handle=_despatch,
        states=working,
        gate=Gate.DESPATCH,
        lines=_line_ids,
        stage="despatch",
        about=_sendable,
    ),
    Rule(
        command=ReportDespatched,
        handle=_reported_despatch,
        states=working,
        fact=True,
        stage="despatch",
        about=_sendable,
    ),
    Rule(command=ReportReceived, handle=_received, states=working, fact=True, stage="despatch", about=_on_the_way),
    Rule(command=ShortCloseLine, handle=_short_close, states=working, stage="despatch", about=_sendable),
    *RULES_OF_INCIDENTS,
)
