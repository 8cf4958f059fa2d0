"""Judgements of review: who sits, what each discipline finds, what the review says, and who may approve it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from enum import StrEnum
from functools import partial
from importlib import import_module
from typing import Any, ClassVar, Final, Protocol

import attrs

from orderlib.account.record import CreditPosition
from orderlib.errors import FindingCode, InvalidValueError, Language, Severity
from orderlib.order.record import Order
from orderlib.review.advice import Recommendation, RiskDraft, recommendations_of, risks_of, words_of
from orderlib.review.condition import ConditionDraft, drafts_of
from orderlib.review.record import Assessment, Dissent, Opinion, PanelKind, ReviewOutcome, Seat
from orderlib.risk.record import Risk
from orderlib.values.codelist import whole
from orderlib.values.decision import Decision, Verdict
from orderlib.values.fact import NO_FACTS, Facts
from orderlib.values.identifier import ActorId, text
from orderlib.values.instant import Instant
from orderlib.values.lines import Lines
from orderlib.values.objective import Objectives
from orderlib.values.party import Actor
from orderlib.values.typed import tuple_of

__all__ = [
    "ASSESSORS",
    "DEFAULTS",
    "OUTCOMES",
    "ApprovalPolicy",
    "AssessmentDecision",
    "AssessorPolicy",
    "Circumstances",
    "ConflictPolicy",
    "Involved",
    "PanelDecision",
    "PanelPolicy",
    "ReviewDecision",
    "ReviewPolicy",
    "from_objectives",
]


SPAN: Final = FindingCode("review.span", Severity.ERROR, "{value} is no time to wait", "{value} 不是有效的等待时间")


@attrs.frozen(kw_only=True)
class Circumstances:
    """What an assessor sees beside the order: the moment, outside facts, the customer's credit, known risks.

    `credit` is the customer's position without this order, None where the customer has no account.
    """

    at: Instant
    facts: Facts = NO_FACTS
    credit: CreditPosition | None = None
    risks: tuple[Risk, ...] = ()


@attrs.frozen(kw_only=True)
class Involved:
    """Who had a hand in the order so far: who took it in, who proposes the decision, who assessed."""

    received_by: ActorId | None = None
    proposed_by: Actor | None = None
    assessed_by: tuple[ActorId, ...] = ()


def _seats(given: Iterable[Seat]) -> tuple[Seat, ...]:
    return tuple(Lines(tuple_of(Seat, given, "/seats")))


def _dissent(given: Iterable[Dissent]) -> tuple[Dissent, ...]:
    return tuple_of(Dissent, given, "/dissent")


def _quorum(value: int) -> int:
    return whole(value, 0, 10_000, "/quorum")


def _span(_decision: object, field: attrs.Attribute[timedelta], value: timedelta) -> None:
    if type(value) is not timedelta or not timedelta(0) < value <= timedelta(days=3660):
        raise InvalidValueError(SPAN(f"/{field.name}", value=str(value)[:60]))


@attrs.frozen
class PanelDecision(Decision[PanelKind]):
    """Who sits, how many must speak, who decides and by when.

    Raises `InvalidValueError` (`review.span`, `lines.duplicate-id`, `number.whole`, `value.type`).
    """

    seats: tuple[Seat, ...] = attrs.field(default=(), converter=_seats, kw_only=True)
    quorum: int = attrs.field(default=1, converter=_quorum, kw_only=True)
    chair: str = attrs.field(default="sales", converter=text, kw_only=True)
    decide_by: Instant | None = attrs.field(default=None, kw_only=True)
    approve_within: timedelta = attrs.field(default=timedelta(days=2), validator=_span, kw_only=True)


@attrs.frozen
class AssessmentDecision(Decision[Opinion]):
    """An opinion, with the conditions, risks, recommendations and suggestions that come with it."""

    conditions: tuple[ConditionDraft, ...] = attrs.field(default=(), converter=drafts_of, kw_only=True)
    risks: tuple[RiskDraft, ...] = attrs.field(default=(), converter=risks_of, kw_only=True)
    recommendations: tuple[Recommendation, ...] = attrs.field(default=(), converter=recommendations_of, kw_only=True)
    suggestions: tuple[str, ...] = attrs.field(default=(), converter=words_of, kw_only=True)

    title: ClassVar[Mapping[Language, str]] = {"en": "Assessment", "zh": "评估"}


@attrs.frozen
class ReviewDecision(Decision[ReviewOutcome]):
    """What the review says, with what comes of it and who disagreed.

    The customer has `answer_within` to agree to a counter-offer.
    """

    conditions: tuple[ConditionDraft, ...] = attrs.field(default=(), converter=drafts_of, kw_only=True)
    risks: tuple[RiskDraft, ...] = attrs.field(default=(), converter=risks_of, kw_only=True)
    recommendations: tuple[Recommendation, ...] = attrs.field(default=(), converter=recommendations_of, kw_only=True)
    dissent: tuple[Dissent, ...] = attrs.field(default=(), converter=_dissent, kw_only=True)
    answer_within: timedelta = attrs.field(default=timedelta(days=14), validator=_span, kw_only=True)

    title: ClassVar[Mapping[Language, str]] = {"en": "Review decision", "zh": "评审决定"}


class PanelPolicy(Protocol):
    """Says who reviews an order (slot `panel`)."""

    def __call__(self, order: Order, convened_at: Instant, facts: Facts, /) -> Decision[PanelKind]:
        """A `PanelDecision`: seats with their deadlines, quorum and chair."""
        ...


class AssessorPolicy(Protocol):
    """Judges an order for one discipline (slots `assess_…`)."""

    def __call__(self, order: Order, circumstances: Circumstances, /) -> Decision[Opinion]:
        """The opinion; *review* where a fact is missing. An `AssessmentDecision` says what comes with it."""
        ...


class ReviewPolicy(Protocol):
    """Makes one decision of all assessments (slot `review`)."""

    def __call__(self, order: Order, assessments: tuple[Assessment, ...], /) -> Decision[ReviewOutcome]:
        """The outcome; where nobody has judged an assessment is *review*. A `ReviewDecision` says what comes of it;
        a plain `Decision` takes over every condition, risk and recommendation of the assessments.
        """
        ...


class ApprovalPolicy(Protocol):
    """Says whether somebody may approve an acceptance (slot `approval`)."""

    def __call__(self, order: Order, outcome: ReviewOutcome, by: Actor, involved: Involved, /) -> Decision[Verdict]:
        """Yes; *review* where somebody with more authority must; no where this person never may."""
        ...


class ConflictPolicy(Protocol):
    """Says whether somebody is free to judge an order (slot `conflict`)."""

    def __call__(self, order: Order, by: Actor, involved: Involved, /) -> Decision[Verdict]:
        """Yes; anything else is a conflict of interest, and the seat passes to the deputy."""
        ...


#: slots of the assessors, in the order in which they are asked
ASSESSORS: Final = (
    "assess_technical",
    "assess_capacity",
    "assess_supply",
    "assess_market",
    "assess_benefit",
    "assess_credit",
    "assess_trade",
    "assess_risk",
)

#: where each default lives; it is imported when its slot is first read
_HOMES: Final[Mapping[str, tuple[str, str]]] = {
    "panel": ("panel", "PanelByTypeAndAmount"),
    "assess_technical": ("feasibility", "KnownArticles"),
    "assess_capacity": ("feasibility", "LoadWithinLimits"),
    "assess_supply": ("feasibility", "InTimeFromStockOrSupply"),
    "assess_market": ("worth", "PriceInBand"),
    "assess_benefit": ("worth", "MarginAtLeast"),
    "assess_credit": ("exposure", "WithinCreditLimit"),
    "assess_trade": ("exposure", "NoRestrictedTrade"),
    "assess_risk": ("exposure", "RiskWithinAppetite"),
    "review": ("verdict", "WorstFinding"),
    "approval": ("approval", "ApprovalByAmount"),
    "conflict": ("approval", "NotOwnOrders"),
}


def _named(slot: str, **parameters: object) -> Any:
    module, name = _HOMES[slot]
    return getattr(import_module(f"orderlib.review.{module}"), name)(**parameters)


#: the default of each slot
DEFAULTS: Final[Mapping[str, Callable[[], Any]]] = {slot: partial(_named, slot) for slot in _HOMES}

#: what each slot may answer, best first
OUTCOMES: Final[Mapping[str, type[StrEnum]]] = {
    "panel": PanelKind,
    **dict.fromkeys(ASSESSORS, Opinion),
    "review": ReviewOutcome,
    "approval": Verdict,
    "conflict": Verdict,
}


def from_objectives(objectives: Objectives) -> dict[str, Any]:
    """Panels by the clean amount and the stage's target time, margins and risks by the strategy's limits."""
    panel: dict[str, Any] = {}
    if objectives.clean_amount is not None:
        panel["clean_amount"] = objectives.clean_amount
    if "review" in objectives.stage_times:
        panel["within"] = objectives.stage_times["review"]
    return {
        "panel": _named("panel", **panel),
        "assess_benefit": _named("assess_benefit", target=objectives.margin, least=objectives.least_margin),
        "assess_risk": _named("assess_risk", appetite=objectives.risk_appetite),
    }
