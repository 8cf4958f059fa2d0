"""The risk register of an order, after ISO 31000:2018.

A risk has a likelihood and a consequence, each from 1 to 5 (IEC 31010:2019, B.10.3: consequence/likelihood
matrix); the level is the matrix's word, never stored. The inherent rating is the one before treatment, the
residual the one after it.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

import attrs

from orderlib.errors import FindingCode, InvalidValueError, Severity
from orderlib.values.codelist import member
from orderlib.values.identifier import DocumentId, text
from orderlib.values.instant import Instant
from orderlib.values.lines import Lines

__all__ = ["Rating", "Risk", "RiskCause", "RiskLevel", "RiskRegister", "Treatment"]

RISK_SCALE: Final = FindingCode(
    "risk.scale", Severity.ERROR, "{name} counts from 1 to 5; {value} does not", "{name} 取值 1 至 5；{value} 无效"
)


class RiskCause(StrEnum):
    """Where a risk comes from."""

    CUSTOMER = "customer"
    MARKET = "market"
    SUPPLY = "supply"
    REGULATION = "regulation"
    INTERNAL = "internal"


class Treatment(StrEnum):
    """What is done about a risk (ISO 31000:2018, 6.5.2)."""

    AVOID = "avoid"
    TAKE = "take"
    REMOVE_SOURCE = "remove-source"
    CHANGE_LIKELIHOOD = "change-likelihood"
    CHANGE_CONSEQUENCE = "change-consequence"
    SHARE = "share"
    RETAIN = "retain"


class RiskLevel(StrEnum):
    """How grave a risk is, least first."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


def cause_of(value: str) -> RiskCause:
    """The cause that a word stands for; a converter. Raises `InvalidValueError` (`code.unknown`)."""
    return member(RiskCause, value, "/cause")


def treatment_of(value: str | None) -> Treatment | None:
    """The treatment that a word stands for, if any; a converter. Raises `InvalidValueError` (`code.unknown`)."""
    return None if value is None else member(Treatment, value, "/treatment")


@attrs.frozen
class Rating:
    """Likelihood and consequence, 1 (least) to 5; raises `InvalidValueError` (`risk.scale`)."""

    likelihood: int
    consequence: int

    def __attrs_post_init__(self) -> None:
        wrong = [
            RISK_SCALE(f"/{name}", name=name, value=value)
            for name, value in (("likelihood", self.likelihood), ("consequence", self.consequence))
            if type(value) is not int or not 1 <= value <= 5
        ]
        if wrong:
            raise InvalidValueError(*wrong)

    @property
    def score(self) -> int:
        """The product, 1 to 25, by which risks are ranked."""
        return self.likelihood * self.consequence


@attrs.frozen(weakref_slot=False)
class Risk:
    """One risk: what may happen, why, how grave, whose it is and what is done about it.

    `state` is a state of `RiskLifecycle`; `source` names what brought it up (`review`, a task, a person);
    `review_at` is when it is looked at again.
    """

    id: DocumentId = attrs.field(converter=DocumentId)
    title: str = attrs.field(converter=text)
    cause: RiskCause = attrs.field(converter=cause_of)
    inherent: Rating
    owner: str = attrs.field(default="", converter=text, kw_only=True)
    source: str = attrs.field(default="", converter=text, kw_only=True)
    state: str = attrs.field(default="identified", kw_only=True)
    treatment: Treatment | None = attrs.field(default=None, converter=treatment_of, kw_only=True)
    measure: str = attrs.field(default="", converter=text, kw_only=True)
    residual: Rating | None = attrs.field(default=None, kw_only=True)
    review_at: Instant | None = attrs.field(default=None, kw_only=True)

    @property
    def rating(self) -> Rating:
        """The rating that counts now: the residual one once the risk is treated."""
        return self.residual or self.inherent


_NO_RISKS: Final[Lines[Risk]] = Lines()
_LIVE: Final = ("identified", "treated")


@attrs.frozen(weakref_slot=False)
class RiskRegister:
    """All risks of the order, oldest first."""

    risks: Lines[Risk] = _NO_RISKS

    @property
    def live(self) -> tuple[Risk, ...]:
        """The risks that still stand."""
        return tuple(risk for risk in self.risks if risk.state in _LIVE)

    @property
    def next_due(self) -> Instant | None:
        """When the next risk has to be looked at again."""
        soonest: Instant | None = None
        for risk in self.risks:
            due = risk.review_at
            if due is not None and (soonest is None or due < soonest) and risk.state in _LIVE:
                soonest = due
        return soonest

    def matrix(self) -> Mapping[tuple[int, int], tuple[str, ...]]:
        """The live risks by likelihood and consequence: ids in each cell that holds any."""
        cells: dict[tuple[int, int], tuple[str, ...]] = {}
        for risk in self.live:
            cell = (risk.rating.likelihood, risk.rating.consequence)
            cells[cell] = (*cells.get(cell, ()), risk.id)
        return dict(sorted(cells.items()))
