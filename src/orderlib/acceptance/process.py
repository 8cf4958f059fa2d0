"""Acceptance by the customer, in one act or many; defects put right and looked at again; goods that come back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any, Final, Protocol

import attrs

from orderlib.acceptance.message import (
    AcceptanceCertified,
    AcceptanceHeld,
    AcceptanceRequested,
    DefectFailed,
    DefectFound,
    DefectOverdue,
    DefectRectified,
    DefectVerified,
    DefectWaived,
    GoodsAccepted,
    GoodsReplaced,
    GoodsReturned,
    RectifyDefect,
    ReportAcceptance,
    ReportReturned,
    RequestAcceptance,
    VerifyDefect,
    WaiveDefect,
)
from orderlib.acceptance.policy import AcceptancePolicy
from orderlib.acceptance.record import Acceptance, AcceptanceAct, AcceptanceOutcome, Defect
from orderlib.acceptance.table import DEFECT
from orderlib.errors import Finding, FindingCode, InvalidValueError, RefusedError, Severity
from orderlib.fulfilment.message import DeviationsFound
from orderlib.ledger.message import FactUnallocated
from orderlib.ledger.record import Account, Ledger, LineLedger, LineQuantity, Unallocated
from orderlib.order.record import Order
from orderlib.values.decision import Decided
from orderlib.values.dispatch import Rule, View
from orderlib.values.identifier import DocumentId
from orderlib.values.instant import Instant
from orderlib.values.lines import Lines
from orderlib.values.message import Event, Stamp

__all__ = ["FOLDS", "RULES", "lapse"]

NOTHING_TO_ACCEPT: Final = FindingCode(
    "acceptance.nothing", Severity.ERROR, "nothing is delivered that is not accepted yet", "没有已交付而未验收的货物"
)
REPORT_EMPTY: Final = FindingCode(
    "acceptance.empty", Severity.ERROR, "the report names neither goods nor defects", "报告既无货物也无缺陷"
)
QUANTITY: Final = FindingCode(
    "acceptance.quantity", Severity.ERROR, "a quantity of {quantity} cannot be reported", "数量 {quantity} 无效"
)
ABOVE_DELIVERED: Final = FindingCode(
    "acceptance.above-delivered",
    Severity.WARNING,
    "{accepted} of line {line} were reported accepted, only {left} are delivered and open",
    "行 {line} 报告验收 {accepted}，而已交付待验收仅 {left}",
)
ABOVE_RETURNABLE: Final = FindingCode(
    "acceptance.above-returnable",
    Severity.WARNING,
    "{back} of line {line} came back, only {had} had been delivered",
    "行 {line} 退回 {back}，而交付仅 {had}",
)
LINE_UNKNOWN: Final = FindingCode(
    "acceptance.unknown-line", Severity.ERROR, "the order has no line {line}", "订单没有行 {line}"
)
DEFECT_UNKNOWN: Final = FindingCode(
    "defect.unknown", Severity.ERROR, "no defect {defect} is known", "不存在缺陷 {defect}"
)
DEFECT_TWICE: Final = FindingCode(
    "defect.used-id", Severity.ERROR, "defect {defect} exists already", "缺陷 {defect} 已存在"
)
DEFECT_STATE: Final = FindingCode(
    "defect.state",
    Severity.ERROR,
    "defect {defect} is {state} and takes no {move}",
    "缺陷 {defect} 处于 {state}，不能 {move}",
)
EVIDENCE_MISSING: Final = FindingCode(
    "defect.evidence-missing", Severity.ERROR, "rectifying {defect} needs evidence", "整改缺陷 {defect} 需要证明"
)
REASON_MISSING: Final = FindingCode(
    "defect.reason-missing", Severity.ERROR, "waiving {defect} needs a reason", "豁免缺陷 {defect} 必须说明原因"
)

_EXECUTING: Final = frozenset({"in_execution"})
_AFTER: Final = frozenset({"in_execution", "closed"})


class AcceptanceCase(Protocol):
    """The part of a case that acceptance looks at."""

    @property
    def order(self) -> Order | None:
        """The order."""
        ...

    @property
    def ledger(self) -> Ledger:
        """The counts."""
        ...

    @property
    def acceptance(self) -> Acceptance | None:
        """Acts and defects so far."""
        ...


class AcceptancePolicies(Protocol):
    """The policy that acceptance asks."""

    @property
    def acceptance(self) -> AcceptancePolicy:
        """What defects mean."""
        ...


def _acceptable(line: LineLedger) -> Decimal:
    """What is delivered, not returned for credit, and not accepted yet."""
    return max(Decimal(0), line.delivered - line.returned - line.accepted)


def _silence(policies: AcceptancePolicies) -> tuple[int, int]:
    """Days of silence and months of warranty; a policy that does not say has the usual ones."""
    policy = getattr(policies.acceptance, "policy", policies.acceptance)
    return int(getattr(policy, "silence_days", 14)), int(getattr(policy, "warranty_months", 24))


def _request(view: View[AcceptanceCase], command: RequestAcceptance, policies: AcceptancePolicies) -> Iterable[Event]:
    if not any(_acceptable(line) for line in view.case.ledger.lines):
        raise RefusedError(NOTHING_TO_ACCEPT("/ledger"))
    days, _ = _silence(policies)
    return (AcceptanceRequested(command.stamp(), command.moment + timedelta(days=days)),)


def _malformed(lines: Iterable[LineQuantity], address: str) -> list[Finding]:
    return [
        QUANTITY(f"{address}/{number}/quantity", quantity=each.quantity)
        for number, each in enumerate(lines)
        if not (each.quantity.is_finite() and each.quantity > 0)
    ]


def _strangers(ledger: Ledger, stamp: Stamp, account: Account, lines: Iterable[LineQuantity]) -> Iterator[Event]:
    for number, each in enumerate(lines):
        if each.line_id not in ledger.lines:
            finding = LINE_UNKNOWN(f"/lines/{number}/line_id", line=each.line_id)
            yield FactUnallocated(stamp, Unallocated(account, each.line_id, each.quantity, finding))


def _report(view: View[AcceptanceCase], command: ReportAcceptance, policies: AcceptancePolicies) -> Iterator[Event]:
    case, stamp = view.case, command.stamp()
    known = case.acceptance.defects if case.acceptance is not None else Lines[Defect]()
    wrong = _malformed(command.accepted, "/accepted")
    wrong += [
        DEFECT_TWICE(f"/defects/{n}/id", defect=each.id) for n, each in enumerate(command.defects) if each.id in known
    ]
    ids = [each.id for each in command.defects]
    wrong += [DEFECT_TWICE(f"/defects/{n}/id", defect=each) for n, each in enumerate(ids) if each in ids[:n]]
    if not command.accepted and not command.defects:
        wrong.append(REPORT_EMPTY("/"))
    if wrong:
        raise InvalidValueError(*wrong)
    decision = policies.acceptance(command.defects)
    yield Decided(stamp, "acceptance", decision)
    refused = decision.ruling is AcceptanceOutcome.NOT_ACCEPTED
    stopped = {each.line_id for each in command.defects} if refused else set[str]()
    taken = [each for each in command.accepted if each.line_id in case.ledger.lines and each.line_id not in stopped]
    yield from _strangers(case.ledger, stamp, Account.ACCEPTED, command.accepted)
    found = list(_above(case.ledger, taken))
    if found:
        yield DeviationsFound(stamp, tuple(found))
    if taken:
        yield GoodsAccepted(stamp, tuple(taken))
    for defect in command.defects:
        yield DefectFound(stamp, attrs.evolve(defect, state="open"))
    act = AcceptanceAct(
        id=DocumentId(stamp.cause), at=stamp.occurred_at, outcome=decision.ruling, lines=tuple(taken), by=stamp.by.id
    )
    yield AcceptanceHeld(stamp, act)
    if not command.defects:
        yield from _certified(case, stamp, policies, taken, frozenset())


def _above(ledger: Ledger, taken: Iterable[LineQuantity]) -> Iterator[Finding]:
    sums: dict[str, Decimal] = {}
    for each in taken:
        sums[each.line_id] = sums.get(each.line_id, Decimal(0)) + each.quantity
    for line_id, quantity in sums.items():
        left = _acceptable(ledger.lines[line_id])
        if quantity > left:
            yield ABOVE_DELIVERED(f"/lines/{line_id}", line=line_id, accepted=quantity, left=left)


def _certified(
    case: AcceptanceCase,
    stamp: Stamp,
    policies: AcceptancePolicies,
    taken: Iterable[LineQuantity],
    settled: frozenset[str],
) -> Iterator[Event]:
    """The certificate, once every line is settled and accepted and no defect is open after this event."""
    record = case.acceptance
    if record is not None and (
        record.certified_on is not None or any(each.id not in settled for each in record.open_defects)
    ):
        return
    sums: dict[str, Decimal] = {}
    for each in taken:
        sums[each.line_id] = sums.get(each.line_id, Decimal(0)) + each.quantity
    for line in case.ledger.lines:
        if not line.settled or _acceptable(line) > sums.get(line.id, Decimal(0)):
            return
    _, months = _silence(policies)
    on = stamp.occurred_at.date()
    yield AcceptanceCertified(stamp, on, stamp.occurred_at.add(months=months).date())


def _defect(case: AcceptanceCase, defect_id: str, move: str) -> Defect:
    defect = case.acceptance.defects.get(defect_id) if case.acceptance is not None else None
    if defect is None:
        raise RefusedError(DEFECT_UNKNOWN("/defect_id", defect=defect_id))
    if DEFECT.target(defect.state, move) is None:
        raise RefusedError(DEFECT_STATE("/defect_id", defect=defect_id, state=defect.state, move=move))
    return defect


def _rectify(view: View[AcceptanceCase], command: RectifyDefect, _policies: AcceptancePolicies) -> Iterable[Event]:
    defect = _defect(view.case, command.defect_id, "rectify")
    if not command.evidence.strip():
        raise RefusedError(EVIDENCE_MISSING("/evidence", defect=defect.id))
    return (DefectRectified(command.stamp(), defect.id, command.evidence),)


def _verify(view: View[AcceptanceCase], command: VerifyDefect, policies: AcceptancePolicies) -> Iterator[Event]:
    defect = _defect(view.case, command.defect_id, "verify" if command.passed else "fail_again")
    stamp = command.stamp()
    if not command.passed:
        yield DefectFailed(stamp, defect.id)
        return
    yield DefectVerified(stamp, defect.id)
    yield from _certified(view.case, stamp, policies, (), frozenset({defect.id}))


def _waive(view: View[AcceptanceCase], command: WaiveDefect, policies: AcceptancePolicies) -> Iterator[Event]:
    defect = _defect(view.case, command.defect_id, "waive")
    if not command.reason:
        raise RefusedError(REASON_MISSING("/reason", defect=defect.id))
    stamp = command.stamp()
    yield DefectWaived(stamp, defect.id)
    yield from _certified(view.case, stamp, policies, (), frozenset({defect.id}))


def _returned(view: View[AcceptanceCase], command: ReportReturned, _policies: AcceptancePolicies) -> Iterator[Event]:
    wrong = _malformed(command.lines, "/lines")
    if wrong or not command.lines:
        raise InvalidValueError(*(wrong or [REPORT_EMPTY("/lines")]))
    ledger, stamp = view.case.ledger, command.stamp()
    account = Account.REPLACED if command.replace else Account.RETURNED
    yield from _strangers(ledger, stamp, account, command.lines)
    known = tuple(each for each in command.lines if each.line_id in ledger.lines)
    found = [
        ABOVE_RETURNABLE(f"/lines/{each.line_id}", line=each.line_id, back=each.quantity, had=had)
        for each in known
        for line in (ledger.lines[each.line_id],)
        if each.quantity > (had := line.delivered - line.returned)
    ]
    if found:
        yield DeviationsFound(stamp, tuple(found))
    if known:
        yield (GoodsReplaced if command.replace else GoodsReturned)(stamp, known)


def lapse(case: AcceptanceCase, now: Instant, stamp: Stamp, policies: AcceptancePolicies) -> Iterator[Event]:
    """Silence that has lasted long enough counts as acceptance; defects that should be rectified by now are noted."""
    record = case.acceptance
    if record is None:
        return
    for defect in record.defects:
        if defect.state == "open" and not defect.warned and defect.due_at is not None and defect.due_at <= now:
            yield DefectOverdue(stamp, defect.id)
    if record.deemed_at is None or record.deemed_at > now:
        return
    faulty = {defect.line_id for defect in record.open_defects}
    lines = [line for line in case.ledger.lines if line.id not in faulty]
    taken = tuple(LineQuantity(line.id, left) for line in lines if (left := _acceptable(line)) > 0)
    if taken:
        yield GoodsAccepted(stamp, taken)
    act = AcceptanceAct(
        id=DocumentId(f"deemed-{len(record.acts) + 1}"),
        at=record.deemed_at,
        outcome=AcceptanceOutcome.ACCEPTED,
        lines=taken,
        by="silence",
        deemed=True,
    )
    yield AcceptanceHeld(stamp, act)
    yield from _certified(case, stamp, policies, taken, frozenset())


def _requested(record: Acceptance | None, event: AcceptanceRequested) -> Acceptance:
    return attrs.evolve(record or Acceptance(), deemed_at=event.deemed_at)


def _held(record: Acceptance | None, event: AcceptanceHeld) -> Acceptance:
    known = record or Acceptance()
    return attrs.evolve(known, acts=known.acts.add((event.act,)), deemed_at=None)


def _found(record: Acceptance | None, event: DefectFound) -> Acceptance:
    known = record or Acceptance()
    return attrs.evolve(known, defects=known.defects.add((event.defect,)))


def _moves(move: str) -> Callable[[Acceptance, Any], Acceptance]:
    def fold(record: Acceptance, event: Any) -> Acceptance:
        known = record.defects[event.defect_id]
        evidence = getattr(event, "evidence", known.evidence)
        new = attrs.evolve(known, state=DEFECT.moves[known.state][move], evidence=evidence)
        return attrs.evolve(record, defects=record.defects.replace((new,)))

    return fold


def _overdue(record: Acceptance, event: DefectOverdue) -> Acceptance:
    defects = record.defects.update((event.defect_id,), lambda defect: attrs.evolve(defect, warned=True))
    return attrs.evolve(record, defects=defects)


def _certificate(record: Acceptance | None, event: AcceptanceCertified) -> Acceptance:
    return attrs.evolve(record or Acceptance(), certified_on=event.on, warranty_until=event.until)


def _in_state(*states: str) -> Callable[[AcceptanceCase], Iterable[str]]:
    def about(case: AcceptanceCase) -> Iterable[str]:
        record = case.acceptance
        return [defect.id for defect in record.defects if defect.state in states] if record is not None else ()

    return about


def _open_lines(case: AcceptanceCase) -> Iterable[str]:
    return [line.id for line in case.ledger.lines if _acceptable(line) > 0]


def _unasked(case: AcceptanceCase) -> Iterable[str]:
    return () if case.acceptance is not None and case.acceptance.deemed_at is not None else _open_lines(case)


def _delivered(case: AcceptanceCase) -> Iterable[str]:
    return [line.id for line in case.ledger.lines if line.delivered > line.returned]


RULES: Final[tuple[Rule[Any], ...]] = (
    Rule(command=RequestAcceptance, handle=_request, states=_EXECUTING, stage="acceptance", about=_unasked),
    Rule(command=ReportAcceptance, handle=_report, states=_EXECUTING, fact=True, stage="acceptance", about=_open_lines),
    Rule(command=RectifyDefect, handle=_rectify, states=_AFTER, stage="acceptance", about=_in_state("open")),
    Rule(command=VerifyDefect, handle=_verify, states=_AFTER, stage="acceptance", about=_in_state("rectified")),
    Rule(command=WaiveDefect, handle=_waive, states=_AFTER, stage="acceptance", about=_in_state("open", "rectified")),
    Rule(command=ReportReturned, handle=_returned, states=_AFTER, fact=True, stage="acceptance", about=_delivered),
)

FOLDS: Final[Mapping[type[Event], Callable[[Any, Any], Acceptance]]] = {
    AcceptanceRequested: _requested,
    AcceptanceHeld: _held,
    DefectFound: _found,
    DefectRectified: _moves("rectify"),
    DefectVerified: _moves("verify"),
    DefectFailed: _moves("fail_again"),
    DefectWaived: _moves("waive"),
    DefectOverdue: _overdue,
    AcceptanceCertified: _certificate,
}
