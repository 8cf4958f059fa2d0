"""The dossier: papers that were filed, and those that the case itself holds, with a fingerprint of each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from orderlib.closing.record import Paper, PaperKind
from orderlib.closing.slice import ClosingCase
from orderlib.settlement.record import Settlement
from orderlib.values.digest import digest
from orderlib.values.identifier import DocumentId

__all__ = ["expected_kinds", "kinds_there", "manifest"]


Own = Iterator[tuple[PaperKind, str, Any]]


def _own(case: ClosingCase) -> Own:
    """Kind, place in the case, and value of every paper that the case holds."""
    if case.order is not None:
        yield PaperKind.ORDER, "order", case.order
    if case.review is not None:
        for position, each in enumerate(case.review.rounds):
            if each.outcome is not None:
                yield PaperKind.REVIEW, f"review/rounds/{position}", each
    if case.planning is not None and len(case.planning.tasks):
        yield PaperKind.PLAN, "planning", case.planning
    if case.acceptance is not None:
        for act in case.acceptance.acts:
            yield PaperKind.ACCEPTANCE, f"acceptance/acts/{act.id}", act
    if case.settlement is not None:
        yield from _of_settlement(case.settlement)


def _of_settlement(settlement: Settlement) -> Own:
    for statement in settlement.statements:
        if statement.state != "withdrawn":
            yield PaperKind.STATEMENT, f"settlement/statements/{statement.id}", statement
    for invoice in settlement.invoices:
        yield PaperKind.INVOICE, f"settlement/invoices/{invoice.id}", invoice
    for note in settlement.credit_notes:
        yield PaperKind.CREDIT_NOTE, f"settlement/credit_notes/{note.id}", note
    for payment in settlement.payments:
        yield PaperKind.PAYMENT, f"settlement/payments/{payment.id}", payment


def kinds_there(case: ClosingCase) -> frozenset[str]:
    """The kinds of which at least one paper is there."""
    filed = () if case.closing is None else case.closing.papers
    return frozenset(kind.value for kind, _, _ in _own(case)) | {paper.kind for paper in filed}


def expected_kinds(case: ClosingCase) -> frozenset[str]:
    """What the course of the order should have left behind: what was never delivered needs no acceptance report."""
    kinds = {PaperKind.ORDER, PaperKind.REVIEW, PaperKind.PLAN}
    lines = case.ledger.lines
    if any(line.delivered > line.returned for line in lines):
        kinds.add(PaperKind.ACCEPTANCE)
    if any(line.invoiced > 0 for line in lines):
        kinds |= {PaperKind.STATEMENT, PaperKind.INVOICE}
    if any(line.credited > 0 for line in lines):
        kinds.add(PaperKind.CREDIT_NOTE)
    settlement = case.settlement
    if settlement is not None and any(each.received for each in settlement.invoices):
        kinds.add(PaperKind.PAYMENT)
    return frozenset(kind.value for kind in kinds)


def manifest(case: ClosingCase) -> tuple[Paper, ...]:
    """Every paper with its fingerprint; a change of any of them makes another manifest."""
    filed = () if case.closing is None else tuple(case.closing.papers)
    taken = {paper.id for paper in filed}
    own: list[Paper] = []
    for kind, place, value in _own(case):
        # ids of papers are given by people, too, so that places may meet one of them
        paper_id = DocumentId(place if place not in taken else f"own/{place}")
        own.append(Paper(id=paper_id, kind=kind.value, reference=place, digest=digest(value), own=True))
    return (*filed, *own)
