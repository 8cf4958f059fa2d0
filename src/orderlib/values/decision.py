"""Decisions that explain themselves.

A policy returns a `Decision`: an outcome, the reasons, what would have changed it. Whoever consults the
policy adds its name, version and parameters; a person may override it, and the override is kept beside.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar, Final, Generic, Self, TypeVar, cast

import attrs

from orderlib.errors import Finding, FindingCode, InvalidValueError, Language, Severity
from orderlib.values.codelist import member
from orderlib.values.decimals import Number, decimal
from orderlib.values.identifier import text
from orderlib.values.message import Event
from orderlib.values.party import Actor
from orderlib.values.typed import check_declared, tuple_of, type_check

__all__ = ["Decided", "Decision", "Override", "PolicyRef", "Verdict", "policy_ref"]

OUTCOME_UNKNOWN: Final = FindingCode(
    "decision.unknown-outcome",
    Severity.ERROR,
    "{outcome} is not an outcome of {kind}",
    "{outcome} 不是 {kind} 的可能结果",
)
CONFIDENCE_RANGE: Final = FindingCode(
    "decision.confidence",
    Severity.ERROR,
    "confidence {value} is not between 0 and 1",
    "置信度 {value} 不在 0 与 1 之间",
)

O_co = TypeVar("O_co", bound=StrEnum, covariant=True)


class Verdict(StrEnum):
    """The outcome of a judgement that only says yes, no, or that a person must look; best first."""

    YES = "yes"
    REVIEW = "review"
    NO = "no"


@attrs.frozen
class PolicyRef:
    """Which policy decided: its name, version and parameters (name and written value)."""

    name: str
    version: str = "unversioned"
    parameters: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


def policy_ref(policy: object) -> PolicyRef:
    """Name, version (`policy.version`, else 'unversioned') and parameters of any callable."""
    kind = type(policy)
    name = getattr(policy, "__qualname__", None) or kind.__qualname__
    version = getattr(policy, "version", "unversioned")
    parameters: tuple[tuple[str, str], ...] = ()
    if attrs.has(kind):
        fields = (field.name for field in attrs.fields(kind) if field.name != "version")
        parameters = tuple((field, _written(getattr(policy, field))) for field in fields)
    return PolicyRef(name, str(version), parameters)


def _written(value: Any) -> str:
    kind = cast("Any", type(value))
    # sets have no order of their own, and the same policy must always be written the same
    if issubclass(kind, (set, frozenset)):
        return "{" + ", ".join(sorted(str(each) for each in value)) + "}"
    if issubclass(kind, Mapping):
        return "{" + ", ".join(f"{key}: {_written(each)}" for key, each in value.items()) + "}"
    if issubclass(kind, (tuple, list)):
        return "[" + ", ".join(_written(each) for each in value) + "]"
    if callable(value) and not attrs.has(kind):
        # the text of a function holds its place in memory
        return str(getattr(value, "__qualname__", kind.__qualname__))
    if attrs.has(kind) and kind.__str__ is object.__str__ and attrs.inspect(kind).added_repr:
        # such a record speaks for its fields, and sets may stand in them
        shown = (f"{field.name}={_written(getattr(value, field.name))}" for field in attrs.fields(kind) if field.repr)
        return f"{kind.__name__}({', '.join(shown)})"
    return str(value)


_check_override: Final = type_check(("outcome", str), ("by", Actor))


@attrs.frozen(kw_only=True)
class Override:
    """A person's word against a policy's: the outcome that rules instead, who said it, and why.

    Raises `InvalidValueError` (`value.type`, `text.character`).
    """

    outcome: str
    by: Actor
    reason: str = attrs.field(converter=text)

    def __attrs_post_init__(self) -> None:
        _check_override(self)


def _findings(given: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple_of(Finding, given)


def _confidence(value: Number | None) -> Decimal | None:
    if value is None:
        return None
    number = decimal(value, address="/confidence")
    if not 0 <= number <= 1:
        raise InvalidValueError(CONFIDENCE_RANGE("/confidence", value=number))
    return number


@attrs.frozen
class Decision(Generic[O_co]):
    """What a policy decided, and why.

    `reasons` name every finding that led to the outcome, `otherwise` what would have changed it,
    `confidence` is between 0 and 1 where the policy can tell. The members of the outcome's StrEnum stand in order, best
    first. What a subclass adds is held against its declared type. Raises `InvalidValueError` (`value.type`,
    `decision.confidence`, `decimal.*`).
    """

    outcome: O_co
    reasons: tuple[Finding, ...] = attrs.field(default=(), converter=_findings)
    otherwise: tuple[Finding, ...] = attrs.field(default=(), converter=_findings)
    policy: PolicyRef | None = attrs.field(default=None, kw_only=True)
    confidence: Decimal | None = attrs.field(default=None, converter=_confidence, kw_only=True)
    override: Override | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        check_declared(self)

    #: shown by `explain`; a subclass may speak of its own outcome
    title: ClassVar[Mapping[Language, str]] = {"en": "Decision", "zh": "决定"}

    @property
    def ruling(self) -> O_co:
        """The outcome that rules: the override's where there is one."""
        if self.override is None:
            return self.outcome
        return member(type(self.outcome), self.override.outcome, "/override/outcome")

    def at_best(self, outcome: O_co, *, because: str | Finding) -> Self:  # type: ignore[misc]
        """The same decision, but no better than `outcome`; `because` joins the reasons where it binds.

        Raises `InvalidValueError` (`decision.unknown-outcome`) for an outcome of another slot.
        """
        order = list(type(self.outcome))
        if outcome not in order:
            raise InvalidValueError(OUTCOME_UNKNOWN("/outcome", outcome=outcome, kind=type(self.outcome).__name__))
        if order.index(self.outcome) >= order.index(outcome):
            return self
        reason = Finding(because, Severity.WARNING) if isinstance(because, str) else because
        return attrs.evolve(self, outcome=outcome, reasons=(*self.reasons, reason))

    def overridden(self, outcome: str, *, by: Actor, reason: str) -> Self:
        """The same decision with a person's override beside it.

        Raises `InvalidValueError` (`decision.unknown-outcome`) for an outcome that the slot cannot have.
        """
        kind = type(self.outcome)
        if outcome not in {str(member) for member in kind}:
            raise InvalidValueError(OUTCOME_UNKNOWN("/outcome", outcome=outcome, kind=kind.__name__))
        return attrs.evolve(self, override=Override(outcome=outcome, by=by, reason=reason))

    def explain(self, lang: Language = "en") -> str:
        """Outcome, policy, reasons with evidence, and what would have changed it, as lines of text."""
        words = _WORDS[lang]
        by = f" ({self.policy})" if self.policy else ""
        lines = [f"{self.title[lang]}: {self.outcome}{by}"]
        if self.confidence is not None:
            lines[0] += f", {words['confidence']} {self.confidence}"
        if self.override:
            over = self.override
            lines.append(f"  {words['override']}: {over.outcome} ({over.by.id}: {over.reason})")
        lines += [f"  {words['because']} {_said(reason, lang)}" for reason in self.reasons]
        lines += [f"  {words['otherwise']} {_said(each, lang)}" for each in self.otherwise]
        return "\n".join(lines)

    def _repr_mimebundle_(self, **_kinds: object) -> dict[str, str]:
        return {"text/plain": self.explain()}


_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "because": "because",
        "otherwise": "would have changed it:",
        "override": "overridden",
        "confidence": "confidence",
    },
    "zh": {"because": "理由：", "otherwise": "若满足则结果不同：", "override": "人工改判", "confidence": "置信度"},
}


def _said(finding: Finding, lang: Language) -> str:
    where = f" ({finding.address})" if finding.address else ""
    return f"[{finding.code}] {finding.message(lang)}{where}"


@attrs.frozen
class Decided(Event):
    """A policy was asked; its decision and what it saw, kept for audit, replay and backtest.

    `inputs` holds by name what the policy saw beyond the case itself (outside facts, shared streams), as
    public values or scalars; what the case held is found by replaying to this event.
    """

    slot: str
    decision: Decision[Any]
    inputs: tuple[tuple[str, object], ...] = ()
