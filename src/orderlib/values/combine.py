"""Small ways of making one policy of several.

A combined policy is a policy like any other: it takes what its parts take and returns a `Decision`. Where a part
fails, answers nonsense, or nothing matches, the outcome is `doubt`, which is never the best one: what nobody could
judge is reviewed, never accepted. Outcomes are compared in the order of their code list, best first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final, Generic, TypeVar, cast

import attrs

from orderlib.errors import Finding, FindingCode, InvalidValueError, Severity
from orderlib.values.decimals import Number, decimal
from orderlib.values.decision import Decision, policy_ref
from orderlib.values.parameter import whole_between
from orderlib.values.typed import instance_of, tuple_of

__all__ = ["AllOf", "AtLeast", "FirstMatch", "Part", "VetoedBy", "WeightOf", "WorstOf"]

DOUBT_BEST: Final = FindingCode(
    "combine.doubt-best",
    Severity.ERROR,
    "{doubt} is the best outcome; doubt cannot be",
    "{doubt} 是最佳结果，不能作为存疑结果",
)
NO_PARTS: Final = FindingCode("combine.no-parts", Severity.ERROR, "nothing to combine", "没有可组合的策略")
FAILED: Final = FindingCode(
    "combine.part-failed", Severity.WARNING, "{policy} could not judge: {error}", "{policy} 无法判断：{error}"
)
NO_MATCH: Final = FindingCode("combine.no-match", Severity.WARNING, "no policy has an answer", "没有策略给出答案")
DISAGREE: Final = FindingCode(
    "combine.disagree", Severity.WARNING, "{policies} do not agree: {outcomes}", "{policies} 意见不一致：{outcomes}"
)
TOO_FEW: Final = FindingCode(
    "combine.too-few",
    Severity.WARNING,
    "{found} of {least} say {outcome} or better",
    "认为 {outcome} 或更好者 {found} 个，需要 {least} 个",
)
WEIGHED: Final = FindingCode(
    "combine.weighed",
    Severity.INFO,
    "{weight} of {total} say {outcome} or better; {needed} is needed",
    "权重 {weight}/{total} 认为 {outcome} 或更好，需要 {needed}",
)
WEIGHTS: Final = FindingCode(
    "combine.weights",
    Severity.ERROR,
    "{parts} weights are needed, none below zero and not all zero",
    "需要 {parts} 个权重，均不得为负且不能全为零",
)
SHARE: Final = FindingCode(
    "combine.share", Severity.ERROR, "{share} is not above 0 and at most 1", "{share} 不在 0（不含）到 1 之间"
)
VETO: Final = FindingCode("combine.veto", Severity.WARNING, "{policy} says {outcome}", "{policy} 否决：{outcome}")

O = TypeVar("O", bound=StrEnum)  # noqa: E741 - the letter that `Decision` uses for its outcome
Part = Callable[..., Decision[Any] | None]
"""A policy, or one that returns None where it has nothing to say."""

#: what a policy raises that was given something it was not made for
_MISFITS: Final = (TypeError, ValueError, LookupError, ArithmeticError, AttributeError)


def _name(policy: object) -> str:
    return policy_ref(policy).name


def _rank(outcome: StrEnum) -> int:
    return list(type(outcome)).index(outcome)


def _parts(given: Iterable[Part]) -> tuple[Part, ...]:
    callables: Any = Callable
    parts: tuple[Part, ...] = tuple_of(callables, given, "/parts")
    if not parts:
        raise InvalidValueError(NO_PARTS("/parts"))
    return parts


@attrs.frozen
class _Combined(Generic[O]):
    parts: tuple[Part, ...] = attrs.field(converter=_parts)
    doubt: O

    def __attrs_post_init__(self) -> None:
        kinds: Any = StrEnum
        instance_of(kinds, self.doubt, "/doubt")
        if _rank(self.doubt) == 0:
            raise InvalidValueError(DOUBT_BEST("/doubt", doubt=self.doubt))

    def _asked(self, part: Part, inputs: tuple[object, ...]) -> Decision[O] | None:
        """What a part says; doubt, with the reason, where it fails or answers what it cannot mean."""
        try:
            said: Any = part(*inputs)
        except _MISFITS as error:
            return self._doubtful(part, f"{type(error).__name__}: {error}")
        if said is None:
            return None
        answer: object = getattr(said, "outcome", None)
        if not isinstance(said, Decision) or not isinstance(answer, type(self.doubt)):
            return self._doubtful(part, f"it answered {answer if answer is not None else said!r}")
        return cast("Decision[O]", said)

    def _doubtful(self, part: Part, error: str) -> Decision[O]:
        return Decision(self.doubt, (FAILED(policy=_name(part), error=error[:300]),))

    def _answers(self, inputs: tuple[object, ...]) -> list[tuple[Part, Decision[O]]]:
        asked = ((part, self._asked(part, inputs)) for part in self.parts)
        return [(part, said) for part, said in asked if said is not None]

    def _nobody(self) -> Decision[O]:
        return Decision(self.doubt, (NO_MATCH(),))

    def _reached(self, answers: list[tuple[Part, Decision[O]]], outcome: O) -> list[tuple[Part, Decision[O]]]:
        rank = _rank(outcome)
        return [(part, said) for part, said in answers if _rank(said.ruling) <= rank]


def _reasons(decisions: Iterable[Decision[Any]]) -> tuple[Finding, ...]:
    return tuple(dict.fromkeys(reason for each in decisions for reason in each.reasons))


def _otherwise(decisions: Iterable[Decision[Any]]) -> tuple[Finding, ...]:
    return tuple(dict.fromkeys(would for each in decisions for would in each.otherwise))


@attrs.frozen
class FirstMatch(_Combined[O]):
    """The first part that has an answer decides; a part that has none returns None.

    Raises `InvalidValueError` (`combine.no-parts`, `combine.doubt-best`), as every combination does.
    """

    def __call__(self, *inputs: object) -> Decision[O]:
        """The decision of the first part that answers, or doubt."""
        asked = (self._asked(part, inputs) for part in self.parts)
        return next((said for said in asked if said is not None), self._nobody())


@attrs.frozen
class AllOf(_Combined[O]):
    """All parts must say the same; where they disagree it is in doubt."""

    def __call__(self, *inputs: object) -> Decision[O]:
        """What all say, with all their reasons, or doubt."""
        answers = self._answers(inputs)
        said = [decision for _, decision in answers]
        outcomes = list(dict.fromkeys(decision.ruling for decision in said))
        if not outcomes:
            return self._nobody()
        if len(outcomes) == 1:
            return Decision(outcomes[0], _reasons(said), _otherwise(said))
        names = ", ".join(_name(part) for part, _ in answers)
        apart = DISAGREE(policies=names, outcomes=", ".join(decision.ruling for decision in said))
        return Decision(self.doubt, (apart, *_reasons(said)), _otherwise(said))


@attrs.frozen
class WorstOf(_Combined[O]):
    """The worst answer rules, with the reasons of all who gave it."""

    def __call__(self, *inputs: object) -> Decision[O]:
        """The worst outcome."""
        said = [decision for _, decision in self._answers(inputs)]
        if not said:
            return self._nobody()
        worst = max((decision.ruling for decision in said), key=_rank)
        ruling = [decision for decision in said if decision.ruling is worst]
        return Decision(worst, _reasons(ruling), _otherwise(ruling))


@attrs.frozen
class AtLeast(_Combined[O]):
    """A quorum: the best outcome that at least `least` parts give, or something better; doubt where too few answer."""

    least: int = attrs.field(kw_only=True, validator=whole_between(0, 10_000))

    def __call__(self, *inputs: object) -> Decision[O]:
        """The best outcome with enough voices behind it."""
        answers = self._answers(inputs)
        tried: list[Finding] = []
        for outcome in type(self.doubt):
            behind = self._reached(answers, outcome)
            if len(behind) >= max(1, self.least):
                return Decision(outcome, _reasons(each for _, each in behind), tuple(tried))
            tried.append(TOO_FEW(found=len(behind), least=self.least, outcome=outcome))
        return Decision(self.doubt, (*tried[-1:], *_reasons(each for _, each in answers)))


def _weights(given: Iterable[Number]) -> tuple[Decimal, ...]:
    many: tuple[Any, ...] = tuple_of(object, given, "/weights")
    return tuple(decimal(each, address="/weights") for each in many)


def _share(value: Number) -> Decimal:
    return decimal(value, address="/needed")


@attrs.frozen
class WeightOf(_Combined[O]):
    """The best outcome that a share `needed` (0 to 1) of the weight stands behind; `weights` go with the parts.

    Who has no answer has no weight; where nobody has one it is in doubt. Raises `InvalidValueError`
    (`combine.weights`, `combine.share`).
    """

    weights: tuple[Decimal, ...] = attrs.field(converter=_weights, kw_only=True)
    needed: Decimal = attrs.field(default=Decimal("0.5"), converter=_share, kw_only=True)

    def __attrs_post_init__(self) -> None:
        super(WeightOf, self).__attrs_post_init__()  # noqa: UP008 - a slotted class is made twice
        if len(self.weights) != len(self.parts) or min(self.weights) < 0 or not any(self.weights):
            raise InvalidValueError(WEIGHTS("/weights", parts=len(self.parts)))
        if not 0 < self.needed <= 1:
            raise InvalidValueError(SHARE("/needed", share=self.needed))

    def __call__(self, *inputs: object) -> Decision[O]:
        """The best outcome with enough weight behind it."""
        heavy = dict(zip(map(id, self.parts), self.weights, strict=True))
        answers = self._answers(inputs)
        total = sum((heavy[id(part)] for part, _ in answers), Decimal(0))
        tried: list[Finding] = []
        for outcome in type(self.doubt):
            behind = self._reached(answers, outcome)
            weight = sum((heavy[id(part)] for part, _ in behind), Decimal(0))
            said = WEIGHED(weight=weight, total=total, outcome=outcome, needed=self.needed)
            if total > 0 and weight >= self.needed * total:
                return Decision(outcome, (said, *_reasons(each for _, each in behind)), tuple(tried))
            tried.append(said)
        return self._nobody()


@attrs.frozen
class VetoedBy(_Combined[O]):
    """The first part decides, and none of the others may be gone against: the outcome is no better than theirs."""

    def __call__(self, *inputs: object) -> Decision[O]:
        """The first part's decision, held down by every veto."""
        decision = self._asked(self.parts[0], inputs) or self._nobody()
        for part in self.parts[1:]:
            said = self._asked(part, inputs)
            if said is not None and _rank(said.ruling) > _rank(decision.ruling):
                against = VETO(policy=_name(part), outcome=said.ruling)
                decision = decision.at_best(said.ruling, because=against)
        return decision
