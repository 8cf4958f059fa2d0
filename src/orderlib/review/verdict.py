"""From many opinions to one decision: the default, and combinators to build another.

All of them see the same decision whatever the order in which the assessments come, and none of them accepts on
what nobody has judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Final, TypeVar

import attrs

from orderlib.errors import Finding, FindingCode, InvalidValueError, Severity
from orderlib.order.record import Order
from orderlib.review.policy import ReviewDecision, ReviewPolicy
from orderlib.review.record import Assessment, Dissent, Opinion, ReviewOutcome
from orderlib.values.decimals import Number, decimal
from orderlib.values.decision import Decision
from orderlib.values.parameter import RANGE, between, whole_between
from orderlib.values.typed import tuple_of, values_of

__all__ = ["Quorum", "Veto", "Weighted", "WorstFinding", "dissent_from", "gathered"]

ACCEPTS: Final = FindingCode("review.accepts", Severity.INFO, "{discipline} accepts", "{discipline} 同意接受")
CONDITIONS: Final = FindingCode(
    "review.conditions",
    Severity.WARNING,
    "{discipline} accepts on conditions ({count})",
    "{discipline} 附 {count} 项条件接受",
)
UNJUDGED: Final = FindingCode(
    "review.not-judged", Severity.WARNING, "nobody has judged for {discipline}", "{discipline} 尚无人评审"
)
REJECTS: Final = FindingCode("review.rejects", Severity.ERROR, "{discipline} rejects", "{discipline} 拒绝接受")
NOBODY: Final = FindingCode("review.nobody", Severity.WARNING, "nobody has assessed the order", "没有任何人评审该订单")
OTHERWISE: Final = FindingCode(
    "review.otherwise",
    Severity.INFO,
    "it would be {outcome} without the objection of {disciplines}",
    "若 {disciplines} 无异议，则结果为 {outcome}",
)
QUORUM: Final = FindingCode(
    "review.too-few",
    Severity.WARNING,
    "{found} have spoken, {least} are needed",
    "已有 {found} 方发表意见，至少需要 {least} 方",
)
WEIGHED: Final = FindingCode(
    "review.weighed",
    Severity.INFO,
    "{share} of the weight says {outcome} or better; {needed} is needed",
    "权重 {share} 认为 {outcome} 或更好；需要 {needed}",
)
VETOED: Final = FindingCode(
    "review.vetoed", Severity.ERROR, "{discipline} has a veto and says {opinion}", "{discipline} 行使否决权：{opinion}"
)

D = TypeVar("D")

_OUTCOME: Final[Mapping[Opinion, ReviewOutcome]] = {
    Opinion.ACCEPT: ReviewOutcome.ACCEPTED,
    Opinion.CONDITIONS: ReviewOutcome.CONDITIONALLY_ACCEPTED,
    Opinion.REVIEW: ReviewOutcome.UNDECIDED,
    Opinion.REJECT: ReviewOutcome.REJECTED,
}
_CODES: Final = {
    Opinion.ACCEPT: ACCEPTS,
    Opinion.CONDITIONS: CONDITIONS,
    Opinion.REVIEW: UNJUDGED,
    Opinion.REJECT: REJECTS,
}
_RANK: Final = {opinion: rank for rank, opinion in enumerate(Opinion)}
_OUTCOME_RANK: Final = {outcome: rank for rank, outcome in enumerate(ReviewOutcome)}


def _said(assessment: Assessment) -> Finding:
    address = f"/assessments/{assessment.discipline}"
    return _CODES[assessment.opinion](address, discipline=assessment.discipline, count=len(assessment.conditions))


def _found(assessment: Assessment) -> tuple[Finding, ...]:
    """What was found; where nobody has spoken, what the assessor policies had to say."""
    return assessment.advice if assessment.opinion is Opinion.REVIEW else assessment.findings


def _sorted(assessments: Iterable[Assessment]) -> tuple[Assessment, ...]:
    """In an order of their own, so that the order in which they came does not matter."""
    return tuple(sorted(assessments, key=lambda each: str(each.discipline)))


def dissent_from(outcome: ReviewOutcome, assessments: Iterable[Assessment]) -> tuple[Dissent, ...]:
    """The opinions that an outcome goes against, by discipline; what nobody judged is no opinion."""
    return tuple(
        Dissent(discipline=each.discipline, opinion=each.opinion, by=each.by, findings=each.findings)
        for each in _sorted(assessments)
        if each.opinion is not Opinion.REVIEW and _OUTCOME[each.opinion] is not outcome
    )


def gathered(decision: Decision[ReviewOutcome], assessments: Iterable[Assessment]) -> ReviewDecision:
    """The decision with every condition, risk and recommendation of the assessments, unless it brings its own.

    What several of them say in the same words is one.
    """
    if isinstance(decision, ReviewDecision):
        return decision
    every = _sorted(assessments)
    return ReviewDecision(
        decision.outcome,
        decision.reasons,
        decision.otherwise,
        policy=decision.policy,
        confidence=decision.confidence,
        override=decision.override,
        conditions=_distinct(each.conditions for each in every),
        risks=_distinct(each.risks for each in every),
        recommendations=_distinct(each.recommendations for each in every),
        dissent=dissent_from(decision.outcome, every),
    )


def _distinct(given: Iterable[tuple[D, ...]]) -> tuple[D, ...]:
    return tuple(dict.fromkeys(each for some in given for each in some))


def _decided(
    outcome: ReviewOutcome, reasons: Iterable[Finding], otherwise: Iterable[Finding], assessments: Iterable[Assessment]
) -> ReviewDecision:
    return gathered(Decision(outcome, tuple(reasons), tuple(otherwise)), assessments)


def _otherwise(every: tuple[Assessment, ...], outcome: ReviewOutcome) -> tuple[Finding, ...]:
    """Which better outcomes there would be, and whose objection stands before each."""
    found: dict[str, Finding] = {}
    for better in list(ReviewOutcome)[: _OUTCOME_RANK[outcome]]:
        against = [each.discipline for each in every if _OUTCOME_RANK[_OUTCOME[each.opinion]] > _OUTCOME_RANK[better]]
        if better is not ReviewOutcome.UNDECIDED:  # nobody wants to know how to stay in doubt
            found.setdefault(", ".join(against), OTHERWISE(outcome=better, disciplines=", ".join(against)))
    return tuple(found.values())


def _weights(given: Mapping[str, Number]) -> dict[str, Decimal]:
    known: Mapping[str, Any] = values_of(object, given, "/weights")
    weights = {name: decimal(weight, address="/weights") for name, weight in known.items()}
    wrong = [RANGE("/weights", value=weight, low=0, high="-") for weight in weights.values() if weight < 0]
    if wrong:
        raise InvalidValueError(*wrong)
    return weights


def _disciplines(given: Iterable[str]) -> tuple[str, ...]:
    return tuple_of(str, given, "/disciplines")


@attrs.frozen
class WorstFinding:
    """The worst opinion rules: one rejection rejects, one condition makes the acceptance conditional.

    What nobody has judged leaves the order undecided, and so does an empty panel.
    """

    def __call__(self, order: Order, assessments: tuple[Assessment, ...], /) -> ReviewDecision:
        """The outcome of the worst opinion, with every finding behind it."""
        del order  # whatever it is: the panel has looked at it
        every = _sorted(assessments)
        if not every:
            return ReviewDecision(ReviewOutcome.UNDECIDED, (NOBODY("/assessments"),))
        worst = max((each.opinion for each in every), key=_RANK.__getitem__)
        outcome = _OUTCOME[worst]
        ruling = [each for each in every if each.opinion is worst]
        reasons = [finding for each in ruling for finding in (_said(each), *_found(each))]
        return _decided(outcome, reasons, _otherwise(every, outcome), every)


@attrs.frozen
class Quorum:
    """The decision of another policy on those who have spoken, once at least so many have; undecided before."""

    least: int = attrs.field(validator=whole_between(0, 10_000))
    policy: ReviewPolicy = attrs.field(factory=WorstFinding)

    def __call__(self, order: Order, assessments: tuple[Assessment, ...], /) -> ReviewDecision:
        """The other policy's decision, or undecided."""
        every = _sorted(assessments)
        spoken = tuple(each for each in every if each.opinion is not Opinion.REVIEW)
        if len(spoken) < max(1, self.least):
            few = QUORUM("/assessments", found=len(spoken), least=self.least)
            silent = (_said(each) for each in every if each.opinion is Opinion.REVIEW)
            return _decided(ReviewOutcome.UNDECIDED, (few, *silent), (), every)
        return gathered(self.policy(order, spoken), spoken)


@attrs.frozen
class Weighted:
    """The best outcome that at least `needed` (0 to 1) of the weight stands behind.

    `weights` are by discipline, 1 where none is given. Whoever accepts stands behind a conditional acceptance, too;
    what nobody has judged stands behind nothing but a rejection, and where that alone keeps an acceptance from
    having enough weight, the order is undecided.
    """

    needed: Decimal = attrs.field(default=Decimal("0.75"), converter=decimal, validator=between(0, 1))
    weights: Mapping[str, Decimal] = attrs.field(factory=dict[str, Decimal], converter=_weights)

    def __call__(self, order: Order, assessments: tuple[Assessment, ...], /) -> ReviewDecision:
        """The outcome, with the share behind each one that was tried."""
        del order
        every = _sorted(assessments)
        total = self._weight(every)
        if not total:
            return ReviewDecision(ReviewOutcome.UNDECIDED, (NOBODY("/assessments"),))
        tried: list[Finding] = []
        for outcome in (ReviewOutcome.ACCEPTED, ReviewOutcome.CONDITIONALLY_ACCEPTED):
            share = self._behind(every, outcome) / total
            weighed = WEIGHED("/assessments", share=f"{share:.2f}", outcome=outcome, needed=self.needed)
            if share >= self.needed:
                return _decided(outcome, (weighed, *(_said(each) for each in every)), tried, every)
            tried.append(weighed)
        hopeful = self._behind(every, ReviewOutcome.UNDECIDED) / total
        outcome = ReviewOutcome.UNDECIDED if hopeful >= self.needed else ReviewOutcome.REJECTED
        return _decided(outcome, (*tried, *(_said(each) for each in every)), _otherwise(every, outcome), every)

    def _weight(self, assessments: Iterable[Assessment]) -> Decimal:
        return sum((self.weights.get(each.discipline, Decimal(1)) for each in assessments), Decimal(0))

    def _behind(self, assessments: Iterable[Assessment], outcome: ReviewOutcome) -> Decimal:
        """The weight of those who say so, or better."""
        rank = _OUTCOME_RANK[outcome]
        return self._weight(each for each in assessments if _OUTCOME_RANK[_OUTCOME[each.opinion]] <= rank)


@attrs.frozen
class Veto:
    """The decision of another policy, unless one of these disciplines objects: then it is no better than its word."""

    disciplines: tuple[str, ...] = attrs.field(converter=_disciplines)
    policy: ReviewPolicy = attrs.field(factory=WorstFinding)

    def __call__(self, order: Order, assessments: tuple[Assessment, ...], /) -> ReviewDecision:
        """The other policy's decision, held down by every veto."""
        decision = gathered(self.policy(order, assessments), assessments)
        for each in _sorted(assessments):
            if each.discipline in self.disciplines and each.opinion is not Opinion.ACCEPT:
                reason = VETOED(f"/assessments/{each.discipline}", discipline=each.discipline, opinion=each.opinion)
                decision = decision.at_best(_OUTCOME[each.opinion], because=reason)
        return decision
