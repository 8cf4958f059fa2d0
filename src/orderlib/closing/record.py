"""What is left when the work is done: papers, lessons, and what outlives the order."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import attrs

from orderlib.errors import Finding
from orderlib.values.codelist import member
from orderlib.values.identifier import ActorId, DocumentId, text
from orderlib.values.instant import Instant
from orderlib.values.lines import Lines
from orderlib.values.money import Money
from orderlib.values.typed import tuple_of

__all__ = ["AfterSale", "AfterSaleKind", "Closing", "Lesson", "Paper", "PaperKind", "Signal"]


class PaperKind(StrEnum):
    """Kinds of paper that the library itself makes; a dossier may ask for others by any name."""

    ORDER = "order"
    REVIEW = "review"
    PLAN = "plan"
    ACCEPTANCE = "acceptance"
    STATEMENT = "statement"
    INVOICE = "invoice"
    CREDIT_NOTE = "credit-note"
    PAYMENT = "payment"


@attrs.frozen(kw_only=True)
class Paper:
    """A paper of the dossier: its kind, where it is found, and the SHA-256 (64 hexadecimal digits) of its content.

    What the library made itself is `own`: `reference` then names it in the case, and the digest is that of the value.
    """

    id: DocumentId = attrs.field(converter=DocumentId)
    kind: str = attrs.field(converter=text)
    reference: str = attrs.field(converter=text)
    digest: str
    own: bool = False


def _findings(given: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple_of(Finding, given, "/findings")


@attrs.frozen(kw_only=True)
class Signal:
    """Something of this order that others may learn from: `cause` is its code, `evidence` the places in the case."""

    cause: str = attrs.field(converter=text)
    findings: tuple[Finding, ...] = attrs.field(converter=_findings)

    @property
    def evidence(self) -> tuple[str, ...]:
        """Where it is seen."""
        return tuple(each.address for each in self.findings)


def words_of(given: Iterable[str], address: str) -> tuple[str, ...]:
    """Texts as a tuple; a converter's work. Raises `InvalidValueError` (`value.type`, `text.*`)."""
    return tuple(text(word) for word in tuple_of(str, given, address))


def evidence_of(given: Iterable[str]) -> tuple[str, ...]:
    """What shows something; a converter. Raises `InvalidValueError` (`value.type`, `text.*`)."""
    return words_of(given, "/evidence")


def departments_of(given: Iterable[str]) -> tuple[str, ...]:
    """Names of departments; a converter. Raises `InvalidValueError` (`value.type`, `text.*`)."""
    return words_of(given, "/departments")


@attrs.frozen(kw_only=True)
class Lesson:
    """What was learnt: the cause, what it led to, what shows it, and what to do otherwise; or why there is nothing.

    `departments` are to hear of it. A lesson that was `dismissed` has a reason as its effect and no proposal.
    """

    id: DocumentId = attrs.field(converter=DocumentId)
    cause: str = attrs.field(converter=text)
    effect: str = attrs.field(converter=text)
    evidence: tuple[str, ...] = attrs.field(default=(), converter=evidence_of)
    proposal: str = attrs.field(default="", converter=text)
    departments: tuple[str, ...] = attrs.field(default=(), converter=departments_of)
    by: ActorId = attrs.field(converter=ActorId)
    dismissed: bool = False


class AfterSaleKind(StrEnum):
    """What may outlive an order."""

    WARRANTY = "warranty"
    RETENTION = "retention"


def _kind(value: str) -> AfterSaleKind:
    return member(AfterSaleKind, value, "/kind")


@attrs.frozen(kw_only=True)
class AfterSale:
    """Something that runs on after the order was closed, until `due_at`."""

    id: DocumentId = attrs.field(converter=DocumentId)
    kind: AfterSaleKind = attrs.field(converter=_kind)
    due_at: Instant
    amount: Money | None = None
    ended: bool = False


def _papers(given: Iterable[Paper]) -> Lines[Paper]:
    return Lines(given)


def _lessons(given: Iterable[Lesson]) -> Lines[Lesson]:
    return Lines(given)


def _after_sales(given: Iterable[AfterSale]) -> Lines[AfterSale]:
    return Lines(given)


@attrs.frozen(kw_only=True)
class Closing:
    """Papers that were filed, the dossier as it was closed, lessons, and what runs on after the order."""

    papers: Lines[Paper] = attrs.field(factory=Lines[Paper], converter=_papers)
    dossier: Lines[Paper] = attrs.field(factory=Lines[Paper], converter=_papers)
    lessons: Lines[Lesson] = attrs.field(factory=Lines[Lesson], converter=_lessons)
    after_sales: Lines[AfterSale] = attrs.field(factory=Lines[AfterSale], converter=_after_sales)
    closed_at: Instant | None = None
    reopened: int = 0

    @property
    def next_due(self) -> Instant | None:
        """When the next warranty ends; what is retained falls due in settlement."""
        running = (each for each in self.after_sales if each.kind is AfterSaleKind.WARRANTY and not each.ended)
        return min((each.due_at for each in running), default=None)
