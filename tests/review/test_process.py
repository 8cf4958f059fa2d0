"""What is offered is exact: a stand-in that sees nothing else can bring every order to an end."""

from __future__ import annotations

from build import CLERK, line
from reviewing import BOSS, CHAIR, GOOD, accepted, convened, expert, say, under_review

from orderlib.case.deciding import allowed
from orderlib.case.policies import PolicySet
from orderlib.review.condition import CUSTOMER, ConditionDraft
from orderlib.review.message import ReopenReview, ReviewOrder, RunAssessors, SubmitAssessment
from orderlib.review.process import RULES
from orderlib.review.record import ReviewOutcome
from orderlib.values.decision import Decision


def offered(story):
    """The commands of the room that are offered, with what they may concern."""
    own = {rule.command for rule in RULES}
    return {
        each.command: tuple(map(str, each.about)) for each in allowed(story.case, story.policies) if each.kind in own
    }


def test_an_order_that_came_into_review_is_convened_or_reviewed():
    """Nothing else is possible yet."""
    assert offered(under_review()) == {"ConvenePanel": ("4711",), "ReviewOrder": ("4711",)}


def test_while_the_panel_sits_people_speak_and_policies_are_asked_once():
    """The review is offered once everything that it needs is there."""
    story = convened()
    seats = ("production", "purchasing", "finance", "legal")
    assert offered(story) == {"RunAssessors": seats, "SubmitAssessment": seats, "DeclareConflict": seats}
    story.tell(RunAssessors("case-1", by=CLERK), facts=GOOD)
    assert offered(story) == {"SubmitAssessment": ("finance",), "DeclareConflict": ("finance",)}
    say(story)
    assert offered(story) == {"ReviewOrder": ("4711",)}


def test_a_decision_that_waits_is_approved_and_nothing_else():
    """By whoever may."""
    story = convened(line(quantity=1000))
    say(story)
    story.tell(ReviewOrder("case-1", by=CHAIR))
    assert offered(story) == {"ApproveReview": ("4711",)}


def test_a_panel_that_could_not_decide_is_asked_to_say_something_else():
    """All seats may speak again, and then it may decide again."""
    said = []

    def hesitant(_order, assessments):
        said.append(assessments)
        return Decision(ReviewOutcome.UNDECIDED if len(said) == 1 else ReviewOutcome.ACCEPTED)

    story = convened(policies=PolicySet(review=hesitant))
    say(story)
    story.tell(ReviewOrder("case-1", by=CLERK))
    assert offered(story) == {"SubmitAssessment": ("production", "purchasing", "finance", "legal")}
    story.tell(SubmitAssessment("case-1", "legal", "accept", by=expert("legal")))
    story.tell(ReviewOrder("case-1", by=CLERK))
    assert story.case.state == "accepted"


def test_a_counter_offer_is_answered_and_conditions_are_met():
    """The customer's have to be agreed to first."""
    story = convened()
    say(story, "accept", "production", "purchasing", "legal")
    drafts = (ConditionDraft(wording="Later", owner=CUSTOMER), ConditionDraft(wording="Room", owner="planning"))
    say(story, "accept-with-conditions", "finance", conditions=drafts)
    story.tell(ReviewOrder("case-1", by=CLERK))
    assert offered(story) == {
        "AgreeToConditions": ("4711",),
        "DeclineConditions": ("4711",),
        "MeetCondition": ("1/2",),
        "WaiveCondition": ("1/2",),
        "ReopenReview": ("4711",),
    }


def test_an_accepted_order_may_be_reviewed_again_and_then_is():
    """What is void cannot be agreed to."""
    story = accepted()
    assert offered(story) == {"ReopenReview": ("4711",)}
    story.tell(ReopenReview("case-1", by=BOSS, reason="new law"))
    assert offered(story) == {"ConvenePanel": ("4711",), "ReviewOrder": ("4711",)}
