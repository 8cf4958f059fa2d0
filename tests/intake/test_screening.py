"""The gravest finding rules, and every finding is told."""

from __future__ import annotations

from datetime import date

import pytest
from build import CLERK, Story, line, order

from orderlib.case.policies import PolicySet
from orderlib.errors import Finding, InvalidValueError, Severity
from orderlib.intake.message import ReceiveOrder, ScreenOrder
from orderlib.intake.record import ScreeningOutcome
from orderlib.intake.screening import EveryFinding
from orderlib.intake.submission import Submission
from orderlib.order.record import OrderType
from orderlib.order.terms import DeliveryTerms
from orderlib.values.decision import Decided, policy_ref
from orderlib.values.party import Actor, Party

PLAIN = Submission(screened_on=date(2026, 3, 2))


def codes(found) -> set[str]:
    """The codes of findings."""
    return {each.code for each in found}


def test_a_good_order_passes_and_says_why():
    """Even a pass has a reason, and says what would have changed it."""
    decision = EveryFinding()(order(), PLAIN)
    assert decision.outcome is ScreeningOutcome.PASS
    assert codes(decision.reasons) == {"intake.clean"}
    assert codes(decision.otherwise) == {"intake.would-return"}


def test_warnings_pass():
    """A line without tax category is told, not sent back."""
    decision = EveryFinding()(order(line(tax=None)), PLAIN)
    assert (decision.outcome, codes(decision.reasons)) == (ScreeningOutcome.PASS, {"intake.tax-missing"})


def test_an_error_sends_the_order_back_and_a_ban_ends_it():
    """Both are told; the graver one rules."""
    given = order(line(price=None))
    assert EveryFinding()(given, PLAIN).outcome is ScreeningOutcome.RETURN
    banned = EveryFinding(blacklist={"C1": "fraud"})(given, PLAIN)
    assert banned.outcome is ScreeningOutcome.REJECT
    assert codes(banned.reasons) == {"intake.price-missing", "intake.party-blacklisted"}
    assert "intake.price-missing, intake.party-blacklisted" in banned.otherwise[0].message()


def test_what_cannot_be_judged_waits_for_a_person():
    """An unknown destination under an embargo is neither accepted nor refused by rule."""
    decision = EveryFinding(countries={"ZZ": "embargo"})(
        order(line(), buyer=Party("C1", "W"), delivery=DeliveryTerms(place="R")), PLAIN
    )
    assert decision.outcome is ScreeningOutcome.REVIEW


def test_a_waived_code_is_only_a_warning():
    """An application may live without prices."""
    decision = EveryFinding(waived={"intake.price-missing"})(order(line(price=None)), PLAIN)
    assert decision.outcome is ScreeningOutcome.PASS
    assert [each.severity for each in decision.reasons] == [Severity.WARNING]


def test_an_application_adds_rules_of_its_own():
    """Any function will do, and it is written down by its name."""

    def no_pumps(given, _submission, /):
        return [Finding("ours.pump", address="/lines/0")] if "P-7" in given.lines["10"].item.id else []

    policy = EveryFinding(further=(no_pumps,), order_types={"220"}, currencies={"EUR"})
    assert codes(policy(order(), PLAIN).reasons) == {"ours.pump"}
    written = dict(policy_ref(policy).parameters)
    assert "0x" not in written["further"]
    assert written["order_types"] == f"{{{OrderType.ORDER}}}"


@pytest.mark.parametrize(
    "parameters",
    [
        {"currencies": "EUR"},
        {"currencies": ["EURO"]},
        {"order_types": ["offer"]},
        {"waived": "intake.date-past"},
        {"further": [None]},
        {"blacklist": ["C9"]},
        {"countries": {"Nowhere": "embargo"}},
        {"item_classes": {"93": None}},
    ],
)
def test_parameters_that_would_mean_something_else_are_refused(parameters):
    """A text is not a set of its letters, and a code that there is not stops nothing."""
    with pytest.raises(InvalidValueError):
        EveryFinding(**parameters)


def test_only_the_management_lets_pass_what_is_banned():
    """A clerk's reason is not enough; the policy's word is kept beside the management's."""
    story = Story(policies=PolicySet(screening=EveryFinding(blacklist={"C1": "unpaid"})))
    story.tell(ReceiveOrder(order(), case_id="case-1", by=CLERK))
    by_clerk = ScreenOrder("case-1", override="pass", reason="a friend of mine", by=CLERK)
    assert story.refused(by_clerk) == ("intake.override-ban", "intake.party-blacklisted")
    boss = Actor("bo", "customer-service", roles=["management"])
    story.tell(ScreenOrder("case-1", override="pass", reason="they have paid", by=boss))
    assert story.case.state == "in_review"
    (decision,) = (each.decision for each in story.events if isinstance(each, Decided) and each.slot == "screening")
    assert (decision.outcome, decision.ruling) == ("reject", "pass")
