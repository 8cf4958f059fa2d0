"""Generated commands: those that a case offers, and those that it may refuse."""

from __future__ import annotations

from datetime import timedelta

from build import order
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from orderlib.case.deciding import allowed, decide
from orderlib.case.policies import PolicySet
from orderlib.case.record import OrderCase
from orderlib.errors import InvalidValueError, RefusedError
from orderlib.testing.cases import live
from orderlib.testing.commands import any_commands, legal_commands
from orderlib.values.dispatch import View
from orderlib.values.identifier import CaseId
from orderlib.values.instant import instant
from orderlib.values.message import Fact

NOON = instant("2026-03-09T12:00:00Z")
POLICIES = PolicySet()
RECEIVED = live(order(), steps=0).case
MADE = live(order(), seed=2, state="in_execution").case
NEW = OrderCase(id=CaseId("case-1"))
QUICK = settings(
    max_examples=10,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


def refusal(case, command):
    """The codes with which a command is refused; none where it is taken."""
    try:
        decide(View(case), command, POLICIES)
    except (RefusedError, InvalidValueError) as error:
        return {finding.code for finding in error.findings} or {None}
    return set()


@QUICK
@given(legal_commands(RECEIVED, POLICIES, at=NOON, id="c-9"))
def test_legal_commands_are_offered_by_the_case(command):
    """They are stamped, addressed to the case, have a reason, and never fail for the state that it is in."""
    offered = {offer.command for offer in allowed(RECEIVED, POLICIES)}
    assert type(command).__name__ in offered
    assert (command.id, command.at, command.target.id) == ("c-9", NOON, RECEIVED.id)
    assert command.reason.strip()
    assert "command.impossible" not in refusal(RECEIVED, command)


@QUICK
@given(st.data())
def test_any_command_may_come_to_any_case(data):
    """Whatever it is, it is taken, or refused with a finding."""
    case = data.draw(st.sampled_from([NEW, RECEIVED]))
    command = data.draw(any_commands(case, at=NOON, id="c-9"))
    assert None not in refusal(case, command)


@QUICK
@given(st.data())
def test_facts_may_be_reported_late(data):
    """Some are told at once, others have happened up to ten hours before."""
    facts = legal_commands(MADE, POLICIES, at=NOON, id="c-9").filter(lambda each: isinstance(each, Fact))
    fact = data.draw(facts)
    ago = NOON - (fact.occurred_at or NOON)
    assert timedelta(0) <= ago <= timedelta(hours=10)
