"""Commands and events of the risk register."""

from __future__ import annotations

import attrs

from orderlib.risk.record import Rating, Risk, RiskCause, Treatment, cause_of, treatment_of
from orderlib.values.identifier import DocumentId, text
from orderlib.values.instant import Instant, instant
from orderlib.values.message import CaseCommand, Event

__all__ = [
    "CloseRisk",
    "IdentifyRisk",
    "ReportRiskOccurred",
    "RiskClosed",
    "RiskIdentified",
    "RiskOccurred",
    "RiskReviewLapsed",
    "RiskTreated",
    "TreatRisk",
]


def _review_at(value: str | Instant | None) -> Instant | None:
    return None if value is None else instant(value, address="/review_at")


@attrs.frozen
class IdentifyRisk(CaseCommand):
    """Enter a risk into the register; raises `InvalidValueError` (`code.unknown`, `id.*`, `value.instant-*`)."""

    risk_id: DocumentId = attrs.field(converter=DocumentId)
    title: str = attrs.field(converter=text)
    cause: RiskCause = attrs.field(converter=cause_of)
    rating: Rating
    owner: str = attrs.field(default="", converter=text, kw_only=True)
    review_at: Instant | None = attrs.field(default=None, converter=_review_at, kw_only=True)


@attrs.frozen
class TreatRisk(CaseCommand):
    """Say what is done about a risk, and what is left of it then.

    Without a treatment the policy of the slot `risk_response` chooses one.
    """

    risk_id: DocumentId = attrs.field(converter=DocumentId)
    treatment: Treatment | None = attrs.field(default=None, converter=treatment_of)
    measure: str = attrs.field(default="", converter=text)
    residual: Rating | None = None
    review_at: Instant | None = attrs.field(default=None, converter=_review_at, kw_only=True)


@attrs.frozen
class CloseRisk(CaseCommand):
    """The risk no longer stands; the reason is the command's."""

    risk_id: DocumentId = attrs.field(converter=DocumentId)


@attrs.frozen
class ReportRiskOccurred(CaseCommand):
    """What was feared has happened."""

    risk_id: DocumentId = attrs.field(converter=DocumentId)


@attrs.frozen
class RiskIdentified(Event):
    """A risk stands in the register."""

    risk: Risk


@attrs.frozen
class RiskTreated(Event):
    """A treatment was chosen; the residual rating counts from now on."""

    risk_id: DocumentId
    treatment: Treatment
    measure: str
    residual: Rating
    review_at: Instant | None = None


@attrs.frozen
class RiskClosed(Event):
    """A risk no longer stands."""

    risk_id: DocumentId


@attrs.frozen
class RiskOccurred(Event):
    """A risk has become a fact."""

    risk_id: DocumentId


@attrs.frozen
class RiskReviewLapsed(Event):
    """Nobody looked at a risk on the day agreed; its owner is late, and the day is taken off."""

    risk_id: DocumentId
