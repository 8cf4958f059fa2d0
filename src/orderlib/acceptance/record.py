"""What the customer says of what was delivered: acceptances, defects and their rectification, certificates."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Final

import attrs

from orderlib.ledger.record import LineQuantity, quantities_of
from orderlib.values.codelist import member
from orderlib.values.identifier import DocumentId, LineId, text
from orderlib.values.instant import Instant, instant
from orderlib.values.lines import Lines
from orderlib.values.typed import type_check

__all__ = ["Acceptance", "AcceptanceAct", "AcceptanceOutcome", "Defect", "DefectClass"]


class DefectClass(StrEnum):
    """How grave a defect is, least first (ISO 2859-1:1999, 3.1.4 speaks of classes of nonconformity)."""

    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"


class AcceptanceOutcome(StrEnum):
    """What an acceptance came to; best first."""

    ACCEPTED = "accepted"
    CONDITIONALLY_ACCEPTED = "conditionally-accepted"
    NOT_ACCEPTED = "not-accepted"


def _grade(value: str) -> DefectClass:
    return member(DefectClass, value, "/grade")


def _due(value: Instant | str | None) -> Instant | None:
    return None if value is None else instant(value, address="/due_at")


_check_defect: Final = type_check(("state", str), ("warned", bool))


@attrs.frozen(kw_only=True)
class Defect:
    """A defect found at acceptance; `state` is a state of `DefectLifecycle`.

    It is to be rectified by `due_at`; `evidence` shows that it was. Raises `InvalidValueError` (`id.*`, `code.unknown`,
    `value.type`, `value.instant-*`).
    """

    id: DocumentId = attrs.field(converter=DocumentId)
    line_id: LineId = attrs.field(converter=LineId)
    grade: DefectClass = attrs.field(default=DefectClass.MINOR, converter=_grade)
    description: str = attrs.field(converter=text)
    due_at: Instant | None = attrs.field(default=None, converter=_due)
    state: str = "open"
    evidence: str = attrs.field(default="", converter=text)
    warned: bool = False

    def __attrs_post_init__(self) -> None:
        _check_defect(self)


@attrs.frozen(kw_only=True)
class AcceptanceAct:
    """One act of acceptance: what was looked at, by whom, with which outcome; `deemed` by silence."""

    id: DocumentId
    at: Instant
    outcome: AcceptanceOutcome
    lines: tuple[LineQuantity, ...] = attrs.field(converter=quantities_of)
    by: str
    deemed: bool = False


@attrs.frozen(kw_only=True)
class Acceptance:
    """All acts, all defects, and until when the customer may speak before silence counts as yes."""

    acts: Lines[AcceptanceAct] = attrs.field(factory=Lines[AcceptanceAct])
    defects: Lines[Defect] = attrs.field(factory=Lines[Defect])
    deemed_at: Instant | None = None
    certified_on: date | None = None
    warranty_until: date | None = None

    @property
    def open_defects(self) -> tuple[Defect, ...]:
        """The defects that are not yet verified or waived."""
        return tuple(defect for defect in self.defects if defect.state in ("open", "rectified"))

    @property
    def next_due(self) -> Instant | None:
        """When silence counts, or the next defect should be rectified."""
        due = [
            defect.due_at for defect in self.defects if defect.state == "open" and defect.due_at and not defect.warned
        ]
        return min([*due, *([self.deemed_at] if self.deemed_at else [])], default=None)
