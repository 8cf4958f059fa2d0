"""Decisions explain themselves."""

from __future__ import annotations

import functools
from decimal import Decimal
from enum import StrEnum

import attrs
import pytest

from orderlib.errors import Finding, InvalidValueError, Severity
from orderlib.values.decision import Decided, Decision, Override, PolicyRef, Verdict, policy_ref
from orderlib.values.instant import instant
from orderlib.values.message import Stamp
from orderlib.values.money import Money
from orderlib.values.party import Actor
from orderlib.values.rounding import HALF_UP

BOSS = Actor("ana", "management")
REASON = Finding("test.reason", Severity.ERROR, "/lines/0", (("a", "1"),))


class Other(StrEnum):
    MAYBE = "maybe"


@attrs.frozen
class Limit:
    """A parameterised policy."""

    version = "2"
    most: Decimal
    names: frozenset[str] = frozenset()
    table: dict = attrs.field(factory=dict)
    steps: tuple = ()
    rule: object = None

    def __call__(self, amount, /):
        """Say yes up to the limit."""
        return Decision(Verdict.YES if amount <= self.most else Verdict.NO)


def test_a_decision_rules_by_its_outcome_unless_a_person_says_otherwise():
    """The policy's word is kept beside the override."""
    decision = Decision(Verdict.NO, [REASON])
    assert decision.ruling is Verdict.NO
    over = decision.overridden("yes", by=BOSS, reason="old customer")
    assert (over.outcome, over.ruling) == (Verdict.NO, Verdict.YES)
    assert over.override == Override(outcome="yes", by=BOSS, reason="old customer")


def test_an_override_names_an_outcome_of_the_slot():
    """Anything else is the documented error, said or stored."""
    with pytest.raises(InvalidValueError) as caught:
        Decision(Verdict.NO).overridden("perhaps", by=BOSS, reason="x")
    assert caught.value.code == "decision.unknown-outcome"
    with pytest.raises(InvalidValueError) as caught:
        _ = Decision(Verdict.NO, override=Override(outcome="perhaps", by=BOSS, reason="x")).ruling
    assert caught.value.code == "code.unknown"


def test_at_best_binds_only_what_is_better():
    """The reason joins where it binds; a plain code becomes a warning."""
    capped = Decision(Verdict.YES).at_best(Verdict.REVIEW, because="order.big")
    assert capped.outcome is Verdict.REVIEW
    assert capped.reasons == (Finding("order.big", Severity.WARNING),)
    assert Decision(Verdict.NO).at_best(Verdict.REVIEW, because="order.big").reasons == ()
    assert Decision(Verdict.YES).at_best(Verdict.NO, because=REASON).reasons == (REASON,)


def test_at_best_refuses_an_outcome_of_another_slot():
    """A mistake in a policy is a documented error."""
    with pytest.raises(InvalidValueError) as caught:
        Decision(Verdict.YES).at_best(Other.MAYBE, because="x")
    assert caught.value.code == "decision.unknown-outcome"


@pytest.mark.parametrize("value", ["-0.1", "1.01", "NaN", 0.5, True])
def test_confidence_lies_between_0_and_1(value):
    """And is a decimal number, never a float."""
    with pytest.raises(InvalidValueError):
        Decision(Verdict.YES, confidence=value)
    assert Decision(Verdict.YES, confidence="0.50").confidence == Decimal("0.5")


def test_a_decision_explains_itself_in_both_languages():
    """Outcome, policy, confidence, override, reasons, and what would have changed it."""
    decision = Decision(
        Verdict.NO, (REASON,), (Finding("test.otherwise"),), policy=PolicyRef("Limit", "2"), confidence=1
    ).overridden("yes", by=BOSS, reason="trust")
    assert decision.explain().splitlines() == [
        "Decision: no (Limit 2), confidence 1",
        "  overridden: yes (ana: trust)",
        "  because [test.reason] test.reason (a=1) (/lines/0)",
        "  would have changed it: [test.otherwise] test.otherwise",
    ]
    assert decision.explain("zh").startswith("决定: no (Limit 2), 置信度 1\n  人工改判: yes")
    assert decision._repr_mimebundle_(include=None, exclude=None) == {"text/plain": decision.explain()}
    assert Decision(Verdict.YES).explain() == "Decision: yes"


def test_parameters_are_written_alike_whatever_the_hash_seed():
    """A set inside a parameter is written in the order of the alphabet; what writes itself is left to it."""

    @attrs.frozen
    class Seat:
        scope: frozenset[str]
        limit: Money

    @attrs.frozen
    class ByScope:
        seats: tuple[Seat, ...]
        rule: object

    policy = ByScope((Seat(frozenset({"price", "date", "party"}), Money("5", "EUR")),), HALF_UP)
    seats = "[Seat(scope={date, party, price}, limit=5.00 EUR)]"
    assert policy_ref(policy).parameters == (("seats", seats), ("rule", "HALF_UP"))


def test_a_policy_is_named_with_version_and_parameters():
    """Sets are sorted and functions named, so that the same policy is always written the same."""
    ref = policy_ref(Limit(Decimal(5), frozenset({"b", "a"}), {"k": (1, 2)}, ("x",), max))
    assert ref.name == "Limit"
    assert ref.version == "2"
    assert ref.parameters == (
        ("most", "5"),
        ("names", "{a, b}"),
        ("table", "{k: [1, 2]}"),
        ("steps", "[x]"),
        ("rule", "max"),
    )
    assert str(ref) == "Limit 2"


def test_any_callable_has_a_name():
    """A function its own, anything else its class; without a version it is unversioned."""

    def nothing_big(amount, /):
        return Decision(Verdict.YES)

    assert policy_ref(nothing_big).name.endswith("nothing_big")
    assert policy_ref(functools.partial(nothing_big)) == PolicyRef("partial", "unversioned", ())


def test_a_decision_taken_is_an_event():
    """With the slot that was asked and what the policy saw."""
    now = instant("2026-03-02T09:00:00Z")
    event = Decided(Stamp("c1", BOSS, now, now), "credit", Decision(Verdict.YES), (("limit", "5"),))
    assert (event.slot, event.inputs) == ("credit", (("limit", "5"),))
