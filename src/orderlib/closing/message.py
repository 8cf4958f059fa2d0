"""Commands and events of closing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

import attrs

from orderlib.closing.record import AfterSale, Lesson, Paper, departments_of, evidence_of, words_of
from orderlib.values.identifier import DocumentId, text
from orderlib.values.message import CaseCommand, Event
from orderlib.values.typed import tuple_of

__all__ = [
    "CloseOrder",
    "DismissLesson",
    "DocumentFiled",
    "FileDocument",
    "LessonDismissed",
    "LessonRecorded",
    "OrderClosed",
    "OrderReopened",
    "RecordLesson",
    "ReopenOrder",
    "WarrantyEnded",
]


def _informed(given: Iterable[str]) -> tuple[str, ...]:
    return words_of(given, "/informed")


def _papers(given: Iterable[Paper]) -> tuple[Paper, ...]:
    return tuple_of(Paper, given, "/dossier")


def _after_sales(given: Iterable[AfterSale]) -> tuple[AfterSale, ...]:
    return tuple_of(AfterSale, given, "/after_sales")


@attrs.frozen
class FileDocument(CaseCommand):
    """Put a paper into the dossier: its kind, where it is kept, and the SHA-256 of its content (64 hex digits).

    `document_id` is the command's own id where it is left out.
    """

    paper_kind: str = attrs.field(converter=text)
    reference: str = attrs.field(converter=text)
    digest: str = attrs.field(converter=text)
    document_id: DocumentId | None = attrs.field(
        default=None, converter=attrs.converters.optional(DocumentId), kw_only=True
    )


@attrs.frozen
class RecordLesson(CaseCommand):
    """Say what was learnt: the cause (the code of a signal, or any words), what it led to, and what to do otherwise.

    `evidence` names what shows it (ids of commands, or places in the case); a signal's own where it is left out.
    `departments` are to hear of it.
    """

    cause: str = attrs.field(converter=text)
    effect: str = attrs.field(converter=text)
    proposal: str = attrs.field(converter=text)
    evidence: tuple[str, ...] = attrs.field(default=(), converter=evidence_of, kw_only=True)
    departments: tuple[str, ...] = attrs.field(default=(), converter=departments_of, kw_only=True)


@attrs.frozen
class DismissLesson(CaseCommand):
    """There is nothing to learn from a signal; the reason is the command's."""

    cause: str = attrs.field(converter=text)


@attrs.frozen
class CloseOrder(CaseCommand):
    """Close the order; refused with everything that is still open."""


@attrs.frozen
class ReopenOrder(CaseCommand):
    """Open a closed order again; needs a reason."""


@attrs.frozen
class DocumentFiled(Event):
    """A paper is in the dossier."""

    paper: Paper


@attrs.frozen
class LessonRecorded(Event):
    """Something was learnt."""

    lesson: Lesson


@attrs.frozen
class LessonDismissed(Event):
    """There was nothing to learn, and why."""

    lesson: Lesson


@attrs.frozen
class OrderClosed(Event):
    """The order is closed: the dossier as it stood, what runs on, and the departments that have to hear of it."""

    move: ClassVar[str] = "close"

    dossier: tuple[Paper, ...] = attrs.field(converter=_papers)
    after_sales: tuple[AfterSale, ...] = attrs.field(converter=_after_sales)
    informed: tuple[str, ...] = attrs.field(converter=_informed)


@attrs.frozen
class OrderReopened(Event):
    """A closed order is in execution again."""

    move: ClassVar[str] = "reopen"

    informed: tuple[str, ...] = attrs.field(converter=_informed)


@attrs.frozen
class WarrantyEnded(Event):
    """The warranty of a closed order has ended."""

    after_sale_id: DocumentId
