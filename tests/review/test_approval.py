"""Limits by amount, duties kept apart, conflicts of interest."""

from __future__ import annotations

from datetime import date

import pytest
from build import CLERK, line, order
from reviewing import BOSS, CHAIR

from orderlib.review.approval import ApprovalByAmount, NotOwnOrders
from orderlib.review.policy import Involved
from orderlib.review.record import ReviewOutcome
from orderlib.values.decision import Verdict
from orderlib.values.party import SYSTEM, Actor
from orderlib.values.rate import ExchangeRate

YES, REVIEW, NO = Verdict
NOBODY = Involved()
PANEL = Involved(assessed_by=("ann", "tom"))


def asked(price, by, involved=PANEL, **more):
    """The default's decision on one piece at this price."""
    given = order(line(quantity=1, price=price, currency=more.get("currency", "EUR")), **more)
    return ApprovalByAmount()(given, ReviewOutcome.ACCEPTED, by, involved)


@pytest.mark.parametrize(
    ("price", "by", "verdict", "code"),
    [
        ("20000", CLERK, YES, "approval.within-limit"),
        ("20001", CLERK, REVIEW, "approval.beyond-limit"),
        ("20001", CHAIR, YES, "approval.within-limit"),
        ("20000", SYSTEM, YES, "approval.within-limit"),
        ("9000000", BOSS, YES, "approval.unlimited"),
        ("9000000", Actor("x", "legal", roles=("management",)), YES, "approval.unlimited"),
        ("1", Actor("x", "legal"), REVIEW, "approval.no-authority"),
        ("1", Actor("x"), REVIEW, "approval.no-authority"),
    ],
)
def test_a_limit_is_by_department_or_role(price, by, verdict, code):
    """Beyond it somebody with more authority must, and the decision says who."""
    decision = asked(price, by)
    assert (decision.outcome, decision.reasons[0].code) == (verdict, code)
    assert bool(decision.otherwise) is (verdict is REVIEW)


def test_another_currency_counts_at_the_rate_of_the_order():
    """Without one only who has no limit may approve."""
    rate = ExchangeRate("CNY", "EUR", "0.1", on=date(2026, 3, 2))
    assert asked("200000", CLERK, currency="CNY", exchange_rate=rate).outcome is YES
    assert asked("1", CLERK, currency="CNY").reasons[0].code == "approval.no-rate"
    assert asked("1", BOSS, currency="CNY").outcome is YES


@pytest.mark.parametrize(
    ("involved", "parts"),
    [
        (Involved(received_by="sam", assessed_by=("eve",)), ["took the order in"]),
        (NOBODY, ["would decide it alone"]),
        (Involved(received_by="sam"), ["took the order in", "would decide it alone"]),
        (Involved(proposed_by=CHAIR, assessed_by=("sam",)), ["proposed the decision", "assessed it alone"]),
        (Involved(assessed_by=("sam", "eve")), []),
        (Involved(assessed_by=("eve",)), []),
        (Involved(received_by="mei", proposed_by=CLERK), []),
    ],
)
def test_four_eyes_above_an_amount(involved, parts):
    """Nobody approves what went through their hands alone, nor what policies alone have judged; below the amount
    anybody may.
    """
    decision = asked("20001", CHAIR, involved)
    assert decision.outcome is (REVIEW if parts else YES)
    assert [dict(each.evidence).get("part") for each in decision.reasons if each.code == "approval.four-eyes"] == parts
    assert asked("20000", CHAIR, involved).outcome is YES


def test_four_eyes_holds_for_the_management_too():
    """Authority is no second pair of eyes."""
    assert asked("20001", BOSS, Involved(proposed_by=BOSS)).outcome is REVIEW


@pytest.mark.parametrize(
    ("policy", "involved", "verdict"),
    [
        (NotOwnOrders(), NOBODY, YES),
        (NotOwnOrders(), Involved(received_by="mei"), NO),
        (NotOwnOrders(related=frozenset({("mei", "C1")})), NOBODY, NO),
        (NotOwnOrders(related=frozenset({("sam", "C1")})), NOBODY, YES),
    ],
)
def test_nobody_judges_their_own_orders(policy, involved, verdict):
    """Nor those of somebody they are related to."""
    assert policy(order(), CLERK, involved).outcome is verdict
