"""The customer's word; conditions met, given up, forgotten."""

from __future__ import annotations

import attrs
import pytest
from build import CLERK
from reviewing import BOSS, convened, expert, say

from orderlib.case.message import PassTime
from orderlib.hold.message import LiftHold
from orderlib.review.condition import CUSTOMER, ConditionDraft
from orderlib.review.follow import lapse
from orderlib.review.message import (
    AgreeToConditions,
    CounterOfferDeclined,
    DeclineConditions,
    MeetCondition,
    ReviewOrder,
    WaiveCondition,
)
from orderlib.values.dispatch import Gate
from orderlib.values.party import Actor


def conditioned(*drafts):
    """A story whose finance sets these conditions, and everybody else accepts."""
    story = convened()
    say(story, "accept", "production", "purchasing", "legal")
    say(story, "accept-with-conditions", "finance", conditions=drafts)
    story.tell(ReviewOrder("case-1", by=CLERK))
    return story


OWN = ConditionDraft(wording="Capacity is confirmed", owner="planning")
ASKED = ConditionDraft(wording="Paid in advance", owner=CUSTOMER, gate=Gate.PRODUCE)


def test_the_customer_declines():
    """The order is at its end, and nothing of it is waited for."""
    story = conditioned(ASKED, OWN)
    story.tell(DeclineConditions("case-1", by=CLERK))
    assert story.one(CounterOfferDeclined)
    assert (story.case.state, story.case.next_due) == ("declined", None)
    assert [each.state for each in story.case.review.conditions] == ["declined", "open"]


def test_nobody_answers_what_was_not_offered():
    """There is a state in which an answer is possible, and still nothing to answer."""
    story = conditioned(ASKED)
    bare = attrs.evolve(story.case, review=attrs.evolve(story.case.review, counter_offer=None))
    for command in (AgreeToConditions("case-1", by=CLERK), DeclineConditions("case-1", by=CLERK)):
        story.case = bare
        assert story.refused(command) == ("review.no-counter-offer",)


@pytest.mark.parametrize(
    ("command", "codes"),
    [
        (MeetCondition("case-1", "9/9", "x", by=BOSS), ("review.condition-unknown",)),
        (MeetCondition("case-1", "1/1", " ", by=expert("planning")), ("review.evidence-missing",)),
        (MeetCondition("case-1", "1/1", "x", by=expert("legal")), ("review.condition-not-owner",)),
        (WaiveCondition("case-1", "1/1", by=BOSS), ("review.reason-missing",)),
        (WaiveCondition("case-1", "1/1", by=expert("planning"), reason="x"), ("authority.department",)),
    ],
)
def test_a_condition_is_met_by_its_owner_with_evidence_and_waived_with_authority(command, codes):
    """Anything else is refused."""
    assert conditioned(OWN).refused(command) == codes


def test_a_waived_condition_is_over_and_says_why():
    """Its hold is lifted, its reason kept."""
    story = conditioned(OWN)
    story.tell(WaiveCondition("case-1", "1/1", by=BOSS, reason="there is room enough"))
    condition = story.case.review.conditions["1/1"]
    assert (condition.state, condition.evidence) == ("waived", "there is room enough")
    assert not story.case.holds.standing
    again = MeetCondition("case-1", "1/1", "x", by=expert("planning"))
    assert story.refused(again) == ("review.condition-state",)


def test_a_condition_whose_hold_somebody_lifted_can_still_be_met():
    """The hold is not lifted twice."""
    story = conditioned(OWN)
    boss = Actor("di", "planning", roles=["management"])
    story.tell(LiftHold("case-1", "condition/1/1", by=boss, reason="early start"))
    story.tell(MeetCondition("case-1", "1/1", "seen", by=expert("planning")))
    assert story.names == ["ConditionMet"]


def test_the_hold_of_a_condition_goes_with_the_condition():
    """Its owner shows that it is met; to lift the hold without that is the management's word."""
    story = conditioned(OWN)
    lift = LiftHold("case-1", "condition/1/1", by=expert("planning"), reason="it will be all right")
    assert story.refused(lift) == ("hold.stands-for",)
    story.tell(MeetCondition("case-1", "1/1", "seen", by=expert("planning")))
    assert not story.case.holds.standing


def test_an_agreed_condition_that_is_not_met_in_time_sends_the_order_back():
    """The customer agreed to pay in advance, and did not."""
    story = conditioned(ASKED)
    story.tell(AgreeToConditions("case-1", by=CLERK))
    story.tell(PassTime("case-1", by=CLERK, at=story.case.next_due))
    assert story.names == ["ConditionOverdue", "ReviewReopened"]
    assert story.case.review.conditions["1/1"].state == "overdue"


def test_a_counter_offer_that_lapses_takes_its_conditions_along():
    """Both fall due at once: the order is declined, and not reviewed again."""
    story = conditioned(ASKED, OWN)
    story.tell(PassTime("case-1", by=CLERK, at=story.case.review.counter_offer.due_at))
    assert story.names[:2] == ["CounterOfferLapsed", "ConditionOverdue"]
    assert story.case.state == "declined"


def test_nothing_lapses_of_what_is_over():
    """Nor where there is nothing."""
    story = conditioned(ASKED)
    closed = attrs.evolve(story.case, review=attrs.evolve(story.case.review, closed=True))
    late = story.case.next_due.add(years=1)
    assert list(lapse(closed, late, None, story.policies)) == []
    assert list(lapse(attrs.evolve(closed, review=None), late, None, story.policies)) == []
