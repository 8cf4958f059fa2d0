"""The one index of judgements: a typed slot for each, with a working default named after its rule.

A slot holds any callable that takes plain values and returns a `Decision`. Whoever reads a slot gets the
policy *bound*: it is called, its answer is checked, and its name, version and parameters are written on
the decision. A policy that raises or answers nonsense is a `PolicyError` that names it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from orderlib.case.authority import BY_DEPARTMENT, ResponsibilityMatrix
from orderlib.errors import FindingCode, PolicyError, Severity
from orderlib.values.decision import Decided, Decision, PolicyRef, policy_ref
from orderlib.values.typed import instance_of, tuple_of

if TYPE_CHECKING:
    from orderlib.values.objective import Objectives

__all__ = ["SLOTS", "BoundPolicy", "PolicySet", "decision_of"]

POLICY_RAISED: Final = FindingCode(
    "policy.raised",
    Severity.ERROR,
    "{policy} in slot {slot} raised {error}",
    "槽位 {slot} 的策略 {policy} 抛出 {error}",
)
POLICY_NONSENSE: Final = FindingCode(
    "policy.nonsense",
    Severity.ERROR,
    "{policy} in slot {slot} answered {answer}, where {expected} is expected",
    "槽位 {slot} 的策略 {policy} 返回 {answer}，应为 {expected}",
)
POLICY_SLOT: Final = FindingCode(
    "policy.unknown-slot", Severity.ERROR, "there is no slot {slot}", "不存在策略槽位 {slot}"
)
POLICY_NOT_CALLABLE: Final = FindingCode(
    "policy.not-callable",
    Severity.ERROR,
    "{policy} for slot {slot} cannot be called",
    "槽位 {slot} 的 {policy} 不可调用",
)

#: every slot, and the room whose `policy` module declares its Protocol, its outcomes and its default
SLOTS: Final[Mapping[str, str]] = {
    "analysis": "enquiry",
    "proposal_validity": "enquiry",
    "enquiry_clock": "enquiry",
    "screening": "intake",
    "deviation": "intake",
    "order_clock": "intake",
    "panel": "review",
    "assess_technical": "review",
    "assess_capacity": "review",
    "assess_supply": "review",
    "assess_market": "review",
    "assess_benefit": "review",
    "assess_credit": "review",
    "assess_trade": "review",
    "assess_risk": "review",
    "review": "review",
    "approval": "review",
    "conflict": "review",
    "release": "planning",
    "template": "planning",
    "scheduling": "planning",
    "promise": "planning",
    "sourcing": "planning",
    "allocation": "planning",
    "tolerance": "fulfilment",
    "early_warning": "fulfilment",
    "escalation": "fulfilment",
    "change_impact": "change",
    "charge": "change",
    "re_review": "change",
    "no_return": "change",
    "cancellation": "change",
    "risk_criteria": "risk",
    "risk_response": "risk",
    "acceptance": "acceptance",
    "billing": "settlement",
    "matching": "settlement",
    "clearing": "settlement",
    "credit": "settlement",
    "dunning": "settlement",
    "dossier": "closing",
    "close_gate": "closing",
    "lesson": "closing",
}


_DECISION: Final = cast("type[Any]", Decision)
_NO_ANSWERS: Final[Mapping[str, type[Any]]] = {}


#: slots that say until when, after another has said what
_CLOCKS: Final = frozenset({"enquiry_clock", "order_clock"})


def decision_of(taken: Sequence[Decided]) -> Decision[Any] | None:
    """Of the decisions taken on the way of one command, the one that it came to: the last that is not about a date.

    Raises `InvalidValueError` (`value.type`).
    """
    taken = tuple_of(Decided, taken, "/taken")
    ruling = [each for each in taken if each.slot not in _CLOCKS] or taken
    return ruling[-1].decision if ruling else None


@attrs.frozen(eq=False)
class BoundPolicy:
    """A policy in its slot: called like the policy itself, checked and signed."""

    slot: str
    policy: Any
    outcomes: type[Any]
    answer: type[Any] = _DECISION
    """What the decision has to be, where an outcome alone is not enough to go on."""

    def __call__(self, *inputs: object) -> Decision[Any]:
        """The policy's decision, with its name, version and parameters; raises `PolicyError`."""
        try:
            decision = self.policy(*inputs)
        except Exception as error:
            said = f"{type(error).__name__}: {error}"[:500]
            raise PolicyError(POLICY_RAISED(f"/{self.slot}", slot=self.slot, policy=self.name, error=said)) from error
        if not isinstance(decision, self.answer) or not isinstance(decision.outcome, self.outcomes):
            answer = repr(getattr(decision, "outcome", decision))[:200]
            expected = self.outcomes.__name__
            if self.answer is not _DECISION:
                answer, expected = f"{type(decision).__name__} {answer}", f"{self.answer.__name__} with {expected}"
            raise PolicyError(
                POLICY_NONSENSE(f"/{self.slot}", slot=self.slot, policy=self.name, answer=answer, expected=expected)
            )
        return decision if decision.policy is not None else attrs.evolve(decision, policy=self.ref)

    @cached_property
    def ref(self) -> PolicyRef:
        """Name, version and parameters of the policy, as they were when it was first asked."""
        return policy_ref(self.policy)

    @property
    def name(self) -> str:
        """The policy's own name."""
        return self.ref.name


class PolicySet:
    """A policy for each slot; what is not given is the slot's default.

    `PolicySet(review=my_policy)` replaces one, `policies.replaced(screening=…)` makes a set with another.
    `matrix` says who may give which command. Raises `PolicyError` (`policy.unknown-slot`,
    `policy.not-callable`) and `InvalidValueError` (`value.type`) for a matrix that is none.
    """

    __slots__ = ("_bound", "_given", "matrix")

    def __init__(self, *, matrix: ResponsibilityMatrix = BY_DEPARTMENT, **policies: Any) -> None:
        wrong = [POLICY_SLOT(f"/{slot}", slot=slot) for slot in policies if slot not in SLOTS]
        wrong += [
            POLICY_NOT_CALLABLE(f"/{slot}", slot=slot, policy=repr(policy)[:200])
            for slot, policy in policies.items()
            if not callable(policy)
        ]
        if wrong:
            raise PolicyError(*wrong)
        self._given: Final[dict[str, Any]] = policies
        self._bound: Final[dict[str, BoundPolicy]] = {}
        self.matrix: Final = instance_of(ResponsibilityMatrix, matrix, "/matrix")

    @classmethod
    def from_objectives(cls, objectives: Objectives, **policies: Any) -> PolicySet:
        """A set whose parameters follow from the strategy's targets; given policies take precedence."""
        from orderlib.values.objective import Objectives as Targets  # noqa: PLC0415 - most desks have none

        instance_of(Targets, objectives, "/objectives")
        derived: dict[str, Any] = {}
        for room in dict.fromkeys(SLOTS.values()):
            derive = getattr(_policy_module(room), "from_objectives", None)
            if derive is not None:
                derived |= derive(objectives)
        return cls(**{**derived, **policies})

    def replaced(self, **policies: Any) -> PolicySet:
        """A set with these policies in place of those that were there."""
        return PolicySet(matrix=policies.pop("matrix", self.matrix), **{**self._given, **policies})

    def __getattr__(self, slot: str) -> BoundPolicy:
        if slot not in SLOTS:
            raise AttributeError(slot)
        bound = self._bound.get(slot)
        if bound is None:
            module = _policy_module(SLOTS[slot])
            policy = self._given[slot] if slot in self._given else module.DEFAULTS[slot]()
            answer = getattr(module, "ANSWERS", _NO_ANSWERS).get(slot, _DECISION)
            bound = self._bound[slot] = BoundPolicy(slot, policy, module.OUTCOMES[slot], answer)
        return bound

    def __iter__(self) -> Iterator[str]:
        return iter(SLOTS)

    def __repr__(self) -> str:
        given = ", ".join(f"{slot}={policy_ref(policy).name}" for slot, policy in self._given.items())
        return f"PolicySet({given})"


def _policy_module(room: str) -> Any:
    return import_module(f"orderlib.{room}.policy")
