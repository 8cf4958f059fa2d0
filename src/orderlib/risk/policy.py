"""Judgements on risks: how grave one is, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, Final, Protocol

import attrs

from orderlib.errors import FindingCode, Severity
from orderlib.risk.record import Rating, Risk, RiskCause, RiskLevel, Treatment
from orderlib.values.decision import Decision
from orderlib.values.parameter import whole_between

__all__ = ["DEFAULTS", "OUTCOMES", "CriteriaPolicy", "ResponsePolicy", "ScoreMatrix", "TreatByCause"]

RISK_LEVEL: Final = FindingCode(
    "risk.level",
    Severity.INFO,
    "likelihood {likelihood} times consequence {consequence} is {score}; {level} begins at {limit}",
    "可能性 {likelihood} × 后果 {consequence} = {score}；{level} 从 {limit} 起",
)
RISK_RESPONSE: Final = FindingCode(
    "risk.response",
    Severity.INFO,
    "a {level} risk that comes from {cause} is met so by rule",
    "来源为 {cause}、等级为 {level} 的风险按规则如此应对",
)
RISK_OTHERWISE: Final = FindingCode(
    "risk.response-otherwise",
    Severity.INFO,
    "were it {level}, it would be met by {treatment}",
    "若等级为 {level}，则应对方式为 {treatment}",
)


class CriteriaPolicy(Protocol):
    """Says how grave a rating is (slot `risk_criteria`)."""

    def __call__(self, rating: Rating, /) -> Decision[RiskLevel]:
        """The level, with the limit that it passed."""
        ...


class ResponsePolicy(Protocol):
    """Chooses the treatment of a risk (slot `risk_response`)."""

    def __call__(self, risk: Risk, level: RiskLevel, /) -> Decision[Treatment]:
        """The treatment, with the reason."""
        ...


@attrs.frozen
class ScoreMatrix:
    """Level by the product of likelihood and consequence: at or above a limit it is medium, or high."""

    medium: int = attrs.field(default=5, validator=whole_between(1, 26))
    high: int = attrs.field(default=12, validator=whole_between(1, 26))

    def __call__(self, rating: Rating, /) -> Decision[RiskLevel]:
        """Low, medium or high."""
        limits = ((RiskLevel.HIGH, self.high), (RiskLevel.MEDIUM, self.medium), (RiskLevel.LOW, 1))
        level, limit = next((level, limit) for level, limit in limits if rating.score >= limit or limit == 1)
        facts: dict[str, Any] = {
            "likelihood": rating.likelihood,
            "consequence": rating.consequence,
            "score": rating.score,
        }
        reason = RISK_LEVEL("/rating", **facts, level=level, limit=limit)
        higher = [(above, at) for above, at in limits if at > rating.score]
        otherwise = [RISK_LEVEL("/rating", **facts, level=above, limit=at) for above, at in higher]
        return Decision(level, (reason,), tuple(otherwise))


@attrs.frozen
class TreatByCause:
    """Low risks are retained; graver ones are met at their source: supply is shared, regulation avoided, the rest
    made less likely, and a high one is made less grave first.
    """

    def __call__(self, risk: Risk, level: RiskLevel, /) -> Decision[Treatment]:
        """The treatment for a risk of this level."""
        where, treatment = f"/risks/{risk.id}", self._by(risk.cause, level)
        others = {each: by for each in RiskLevel if (by := self._by(risk.cause, each)) is not treatment}
        otherwise = tuple(RISK_OTHERWISE(where, level=each, treatment=by) for each, by in others.items())
        return Decision(treatment, (RISK_RESPONSE(where, level=level, cause=risk.cause),), otherwise)

    def _by(self, cause: RiskCause, level: RiskLevel) -> Treatment:
        if level is RiskLevel.LOW:
            return Treatment.RETAIN
        if cause is RiskCause.REGULATION:
            return Treatment.AVOID
        if cause is RiskCause.SUPPLY:
            return Treatment.SHARE
        return Treatment.CHANGE_CONSEQUENCE if level is RiskLevel.HIGH else Treatment.CHANGE_LIKELIHOOD


DEFAULTS: Final[Mapping[str, Callable[[], Any]]] = {"risk_criteria": ScoreMatrix, "risk_response": TreatByCause}
OUTCOMES: Final[Mapping[str, type[StrEnum]]] = {"risk_criteria": RiskLevel, "risk_response": Treatment}
