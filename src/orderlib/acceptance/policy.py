"""Judgement of acceptance: what the findings mean, how long silence is waited for, how long the warranty runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, Final, Protocol

import attrs

from orderlib.acceptance.record import AcceptanceOutcome, Defect, DefectClass
from orderlib.errors import FindingCode, Severity
from orderlib.values.decision import Decision

__all__ = ["DEFAULTS", "OUTCOMES", "AcceptancePolicy", "GravestDefect"]

NO_DEFECT: Final = FindingCode("acceptance.clean", Severity.INFO, "no defect was found", "未发现缺陷")
DEFECT_COUNTS: Final = FindingCode(
    "acceptance.defect",
    Severity.WARNING,
    "defect {defect} of line {line} is {grade}",
    "行 {line} 的缺陷 {defect} 等级为 {grade}",
)
WITHOUT_CRITICAL: Final = FindingCode(
    "acceptance.without-critical",
    Severity.INFO,
    "without its critical defects it would be accepted conditionally",
    "若无致命缺陷，则可有条件验收",
)


class AcceptancePolicy(Protocol):
    """What the defects found mean for the goods looked at (slot `acceptance`)."""

    #: calendar days of silence after which delivered goods count as accepted
    silence_days: int
    #: calendar months of warranty after everything is accepted
    warranty_months: int

    def __call__(self, defects: tuple[Defect, ...], /) -> Decision[AcceptanceOutcome]:
        """Accepted, conditionally, or not."""
        ...


@attrs.frozen
class GravestDefect:
    """Critical defects prevent acceptance, others make it conditional on their rectification.

    Silence of `silence_days` (calendar days) after the request counts as acceptance; the warranty runs
    `warranty_months` from the day on which everything is accepted.
    """

    silence_days: int = 14
    warranty_months: int = 24

    def __call__(self, defects: tuple[Defect, ...], /) -> Decision[AcceptanceOutcome]:
        """The worst defect decides."""
        reasons = tuple(
            DEFECT_COUNTS(f"/defects/{each.id}", defect=each.id, line=each.line_id, grade=each.grade)
            for each in defects
        )
        if not defects:
            return Decision(AcceptanceOutcome.ACCEPTED, (NO_DEFECT("/defects"),))
        if any(each.grade is DefectClass.CRITICAL for each in defects):
            return Decision(AcceptanceOutcome.NOT_ACCEPTED, reasons, (WITHOUT_CRITICAL("/defects"),))
        return Decision(AcceptanceOutcome.CONDITIONALLY_ACCEPTED, reasons)


DEFAULTS: Final[Mapping[str, Callable[[], Any]]] = {"acceptance": GravestDefect}
OUTCOMES: Final[Mapping[str, type[StrEnum]]] = {"acceptance": AcceptanceOutcome}
