"""What comes with an opinion beside conditions: risks that enter the register, measures that become tasks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

import attrs

from orderlib.errors import FindingCode, InvalidValueError, Severity
from orderlib.risk.record import Rating, RiskCause
from orderlib.values.codelist import member
from orderlib.values.identifier import text
from orderlib.values.typed import tuple_of, type_check

__all__ = ["Recommendation", "RiskDraft"]

RECOMMENDATION_OWNER: Final = FindingCode(
    "review.recommendation-owner", Severity.ERROR, "a recommendation needs an owner", "建议必须有负责人"
)

RECOMMENDATION_TIME: Final = FindingCode(
    "review.recommendation-time",
    Severity.ERROR,
    "a recommendation cannot take {duration}",
    "建议的工期 {duration} 无效",
)

_check_rating: Final = type_check(("rating", Rating))
_check_duration: Final = type_check(("duration", timedelta))


def _cause(value: str) -> RiskCause:
    return member(RiskCause, value, "/cause")


def words_of(given: Iterable[str]) -> tuple[str, ...]:
    """Lines of free text as a tuple; a converter for the fields that hold them."""
    return tuple(text(each) for each in tuple_of(str, given))


@attrs.frozen
class RiskDraft:
    """A risk that an assessor sees; it enters the register with the decision.

    Raises `InvalidValueError` (`code.unknown`, `value.type`).
    """

    title: str = attrs.field(converter=text)
    cause: RiskCause = attrs.field(converter=_cause)
    rating: Rating
    owner: str = attrs.field(default="", converter=text)

    def __attrs_post_init__(self) -> None:
        _check_rating(self)


@attrs.frozen
class Recommendation:
    """What an assessor advises to do; it becomes a task of the plan.

    `owner` is a department, `criterion` says when it is done (left out: that the measure is taken), `duration` is
    working time. Raises `InvalidValueError` (`review.recommendation-owner`, `review.recommendation-time`,
    `value.type`).
    """

    measure: str = attrs.field(converter=text)
    owner: str = attrs.field(converter=text)
    criterion: str = attrs.field(default="", converter=text)
    duration: timedelta = timedelta(hours=8)

    def __attrs_post_init__(self) -> None:
        _check_duration(self)
        if not self.owner.strip():
            raise InvalidValueError(RECOMMENDATION_OWNER("/owner"))
        if not timedelta(0) <= self.duration <= timedelta(days=3660):
            raise InvalidValueError(RECOMMENDATION_TIME("/duration", duration=self.duration))


def risks_of(given: Iterable[RiskDraft]) -> tuple[RiskDraft, ...]:
    """Risks as a tuple; a converter for the fields that hold them. Raises `InvalidValueError` (`value.type`)."""
    return tuple_of(RiskDraft, given, "/risks")


def recommendations_of(given: Iterable[Recommendation]) -> tuple[Recommendation, ...]:
    """Recommendations as a tuple; a converter for the fields that hold them.

    Raises `InvalidValueError` (`value.type`).
    """
    return tuple_of(Recommendation, given, "/recommendations")
