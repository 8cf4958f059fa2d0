"""Closing: papers filed, lessons drawn, the gate passed; and what outlives the order followed to its end."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

import attrs

from orderlib.closing.dossier import expected_kinds, kinds_there, manifest
from orderlib.closing.gate import obstacles
from orderlib.closing.message import (
    CloseOrder,
    DismissLesson,
    DocumentFiled,
    FileDocument,
    LessonDismissed,
    LessonRecorded,
    OrderClosed,
    OrderReopened,
    RecordLesson,
    ReopenOrder,
    WarrantyEnded,
)
from orderlib.closing.policy import ByKindOfOrder, CloseGate, Completeness, EverySignal
from orderlib.closing.record import AfterSale, AfterSaleKind, Closing, Lesson, Paper, Signal
from orderlib.closing.signal import signals
from orderlib.closing.slice import ClosingCase, ClosingPolicies
from orderlib.errors import Finding, FindingCode, RefusedError, Severity
from orderlib.order.record import Order
from orderlib.settlement.fold import end_of
from orderlib.settlement.message import RetentionDue
from orderlib.values.decision import Decided
from orderlib.values.dispatch import Gate, Rule, View
from orderlib.values.identifier import DocumentId
from orderlib.values.instant import Instant
from orderlib.values.message import Event, Stamp

__all__ = ["FOLDS", "RULES", "lapse"]

PAPER_TWICE: Final = FindingCode(
    "dossier.used-id", Severity.ERROR, "paper {paper} is filed already", "资料 {paper} 已归档"
)
PAPER_KIND: Final = FindingCode("dossier.kind-missing", Severity.ERROR, "a paper needs a kind", "资料必须有类型")
PAPER_DIGEST: Final = FindingCode(
    "dossier.digest",
    Severity.ERROR,
    "a fingerprint is 64 hexadecimal digits (SHA-256)",
    "指纹须为 64 位十六进制数（SHA-256）",
)
LESSON_EMPTY: Final = FindingCode("lesson.empty", Severity.ERROR, "a lesson needs {what}", "经验教训缺少 {what}")
LESSON_UNKNOWN: Final = FindingCode(
    "lesson.no-signal", Severity.ERROR, "nothing in the case says {cause}", "订单中没有 {cause}"
)
LESSON_TWICE: Final = FindingCode(
    "lesson.answered", Severity.ERROR, "{cause} has been answered already", "{cause} 已处理"
)
LESSON_MISSING: Final = FindingCode(
    "lesson.missing", Severity.ERROR, "nothing is learnt yet from {cause}", "尚未总结 {cause}"
)
REASON_MISSING: Final = FindingCode("closing.reason-missing", Severity.ERROR, "a reason is needed", "必须说明原因")
NO_ORDER: Final = FindingCode("closing.no-order", Severity.ERROR, "there is no order to close", "没有可关闭的订单")

SHUT: Final = FindingCode("close.shut", Severity.ERROR, "the close gate is shut", "关闭条件未满足")

NOTHING: Final = Closing()
_LIVE: Final = frozenset({"accepted", "released", "in_execution", "closed"})
_digest: Final = re.compile(r"[0-9a-f]{64}").fullmatch


def _file(view: View[ClosingCase], command: FileDocument, _policies: ClosingPolicies) -> Iterable[Event]:
    stamp = command.stamp()
    paper_id = command.document_id or DocumentId(stamp.cause)
    known = view.case.closing or NOTHING
    wrong: list[Finding] = []
    if paper_id in known.papers:
        wrong.append(PAPER_TWICE("/document_id", paper=paper_id))
    if not command.paper_kind.strip():
        wrong.append(PAPER_KIND("/paper_kind"))
    if not _digest(command.digest):
        wrong.append(PAPER_DIGEST("/digest"))
    if wrong:
        raise RefusedError(*wrong)
    paper = Paper(id=paper_id, kind=command.paper_kind, reference=command.reference, digest=command.digest)
    return (DocumentFiled(stamp, paper),)


def _signal(case: ClosingCase, cause: str) -> Signal | None:
    return next((each for each in signals(case) if each.cause == cause), None)


def _answered(case: ClosingCase) -> frozenset[str]:
    return frozenset(each.cause for each in (case.closing or NOTHING).lessons)


def _record(view: View[ClosingCase], command: RecordLesson, _policies: ClosingPolicies) -> Iterable[Event]:
    wrong = [
        LESSON_EMPTY(f"/{name}", what=name)
        for name in ("cause", "effect", "proposal")
        if not getattr(command, name).strip()
    ]
    if wrong:
        raise RefusedError(*wrong)
    stamp = command.stamp()
    signal = _signal(view.case, command.cause)
    evidence = command.evidence or (signal.evidence if signal is not None else ())
    lesson = Lesson(
        id=DocumentId(stamp.cause),
        cause=command.cause,
        effect=command.effect,
        evidence=evidence,
        proposal=command.proposal,
        departments=command.departments,
        by=stamp.by.id,
    )
    return (LessonRecorded(stamp, lesson),)


def _dismiss(view: View[ClosingCase], command: DismissLesson, _policies: ClosingPolicies) -> Iterable[Event]:
    wrong: list[Finding] = []
    signal = _signal(view.case, command.cause)
    if signal is None:
        wrong.append(LESSON_UNKNOWN("/cause", cause=command.cause))
    elif command.cause in _answered(view.case):
        wrong.append(LESSON_TWICE("/cause", cause=command.cause))
    if not command.reason:
        wrong.append(REASON_MISSING("/reason"))
    if wrong or signal is None:
        raise RefusedError(*wrong)
    stamp = command.stamp()
    lesson = Lesson(
        id=DocumentId(stamp.cause),
        cause=command.cause,
        effect=command.reason,
        evidence=signal.evidence,
        by=stamp.by.id,
        dismissed=True,
    )
    return (LessonDismissed(stamp, lesson),)


def _close(view: View[ClosingCase], command: CloseOrder, policies: ClosingPolicies) -> Iterator[Event]:
    case, stamp = view.case, command.stamp()
    order = case.order
    if order is None:
        raise RefusedError(NO_ORDER("/order"))
    dossier = policies.dossier(order, kinds_there(case), expected_kinds(case))
    lesson = policies.lesson(order, signals(case))
    answered = _answered(case)
    found = list(obstacles(case))
    found += dossier.reasons if dossier.ruling is Completeness.INCOMPLETE else ()
    # a policy of an application's own may answer with a plain decision
    proposed: tuple[Signal, ...] = getattr(lesson, "proposed", ())
    found += [LESSON_MISSING("/lessons", cause=each.cause) for each in proposed if each.cause not in answered]
    gate = policies.close_gate(order, tuple(found))
    if gate.ruling is CloseGate.SHUT:
        raise RefusedError(*(gate.reasons or found or (SHUT("/close_gate"),)))
    yield Decided(stamp, "dossier", dossier)
    yield Decided(stamp, "lesson", lesson)
    yield Decided(stamp, "close_gate", gate)
    yield OrderClosed(stamp, manifest(case), tuple(_after_sales(case, stamp)), _informed(case, policies))


def _informed(case: ClosingCase, policies: ClosingPolicies) -> tuple[str, ...]:
    told = set(policies.matrix.informed("closing"))
    for lesson in (case.closing or NOTHING).lessons:
        told.update(lesson.departments)
    return tuple(sorted(told))


def _after_sales(case: ClosingCase, stamp: Stamp) -> Iterator[AfterSale]:
    """The warranty that still runs, and what invoices still retain."""
    acceptance = case.acceptance
    if acceptance is not None and acceptance.warranty_until is not None:
        ends_at = end_of(acceptance.warranty_until)
        if ends_at > stamp.recorded_at:
            yield AfterSale(id=DocumentId("warranty"), kind=AfterSaleKind.WARRANTY, due_at=ends_at)
    if case.settlement is not None:
        for invoice in case.settlement.invoices:
            if invoice.retained and invoice.retained_until is not None:
                yield AfterSale(
                    id=DocumentId(f"retention {invoice.id}"[:200].strip()),
                    kind=AfterSaleKind.RETENTION,
                    due_at=invoice.retained_until,
                    amount=invoice.retained,
                )


def _reopen(_view: View[ClosingCase], command: ReopenOrder, policies: ClosingPolicies) -> Iterable[Event]:
    if not command.reason:
        raise RefusedError(REASON_MISSING("/reason"))
    return (OrderReopened(command.stamp(), policies.matrix.informed("closing")),)


def lapse(case: ClosingCase, now: Instant, stamp: Stamp, _policies: ClosingPolicies) -> Iterable[Event]:
    """Warranties end."""
    return tuple(
        WarrantyEnded(stamp, each.id)
        for each in (case.closing or NOTHING).after_sales
        if each.kind is AfterSaleKind.WARRANTY and not each.ended and each.due_at <= now
    )


def _filed(record: Closing | None, event: DocumentFiled) -> Closing:
    known = record or NOTHING
    return attrs.evolve(known, papers=known.papers.add((event.paper,)))


def _learnt(record: Closing | None, event: LessonRecorded | LessonDismissed) -> Closing:
    known = record or NOTHING
    return attrs.evolve(known, lessons=known.lessons.add((event.lesson,)))


def _closed(record: Closing | None, event: OrderClosed) -> Closing:
    known = record or NOTHING
    return attrs.evolve(known, dossier=event.dossier, after_sales=event.after_sales, closed_at=event.occurred_at)


def _reopened(record: Closing | None, _event: OrderReopened) -> Closing:
    known = record or NOTHING
    return attrs.evolve(known, after_sales=(), closed_at=None, reopened=known.reopened + 1)


def _ended(record: Closing, event: WarrantyEnded) -> Closing:
    done = record.after_sales.update((event.after_sale_id,), lambda each: attrs.evolve(each, ended=True))
    return attrs.evolve(record, after_sales=done)


def _retention_due(record: Closing, event: RetentionDue) -> Closing:
    known = record.after_sales.get(f"retention {event.invoice_id}"[:200].strip())
    if known is None:
        return record
    return attrs.evolve(record, after_sales=record.after_sales.replace((attrs.evolve(known, ended=True),)))


def _missing_kinds(case: ClosingCase) -> Iterable[str]:
    """Kinds of paper that the default rule misses."""
    return _missing_of(case, case.order) if case.order is not None else ()


def _missing_of(case: ClosingCase, order: Order) -> tuple[str, ...]:
    return ByKindOfOrder()(order, kinds_there(case), expected_kinds(case)).missing


def _unanswered(case: ClosingCase) -> Iterable[str]:
    """Signals that nobody has answered yet."""
    answered = _answered(case)
    return [each.cause for each in signals(case) if each.cause not in answered]


def _closable(case: ClosingCase) -> Iterable[str]:
    """The case, once nothing is in the way by the default rules."""
    if case.order is None or any(True for _ in obstacles(case)) or _missing_of(case, case.order):
        return ()
    proposed = EverySignal()(case.order, signals(case)).proposed
    return (case.id,) if _answered(case).issuperset(each.cause for each in proposed) else ()


RULES: Final[tuple[Rule[Any], ...]] = (
    Rule(command=FileDocument, handle=_file, states=_LIVE, stage="closing", about=_missing_kinds),
    Rule(command=RecordLesson, handle=_record, states=_LIVE, stage="closing", about=_unanswered),
    Rule(command=DismissLesson, handle=_dismiss, states=_LIVE, stage="closing", about=_unanswered),
    Rule(command=CloseOrder, handle=_close, moves=("close",), gate=Gate.CLOSE, stage="closing", about=_closable),
    Rule(command=ReopenOrder, handle=_reopen, moves=("reopen",), stage="closing"),
)

FOLDS: Final[Mapping[type[Event], Callable[[Any, Any], Closing]]] = {
    DocumentFiled: _filed,
    LessonRecorded: _learnt,
    LessonDismissed: _learnt,
    OrderClosed: _closed,
    OrderReopened: _reopened,
    WarrantyEnded: _ended,
    RetentionDue: _retention_due,
}
