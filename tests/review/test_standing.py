"""Credit that moved between the panel's word and the acceptance: two orders cannot both have the last of it."""

from __future__ import annotations

import attrs
from build import CLERK, at, line, order
from reviewing import BOSS, CHAIR, GOOD, account, convened, euro, say

from orderlib.account.message import OpenAccount
from orderlib.case.deciding import allowed
from orderlib.desk.desk import OrderDesk
from orderlib.desk.memory import InMemoryRepository
from orderlib.intake.message import ReceiveOrder, ScreenOrder
from orderlib.review.message import (
    ApproveReview,
    AssessmentAdvised,
    AssessmentSubmitted,
    ConvenePanel,
    OrderAccepted,
    ReviewOrder,
    RunAssessors,
)
from orderlib.simulation.clock import WorldClock
from orderlib.values.key import Key
from orderlib.values.party import Actor

KEY = Key("account", "C1")


def used(amount="0", limit="1000"):
    """What a command sees: facts, and the account with so much of its limit used by other orders."""
    return {"facts": GOOD, "streams": {KEY: attrs.evolve(account(limit), order=euro(amount))}}


def judged(quantity=3, **seen):
    """An order that the assessors have judged."""
    story = convened(line(quantity=quantity))
    story.tell(RunAssessors("case-1", by=CLERK), **(seen or used()))
    return story


def test_a_seat_that_policies_filled_is_filled_anew():
    """What another order has taken meanwhile is paid before production; the other rules of the seat are asked again."""
    story = judged()
    story.tell(ReviewOrder("case-1", by=CHAIR), **used("700"))
    assert story.case.state == "conditionally_accepted"
    assert [condition.wording for condition in story.case.review.conditions] == [
        "413.64 EUR are paid before production"
    ]
    assert story.one(AssessmentSubmitted).assessment.automatic


def test_credit_that_is_enough_still_or_as_short_as_before_has_not_moved():
    """More of it used, but enough left; or the same shortage as the panel has answered with its conditions."""
    story = judged()
    story.tell(ReviewOrder("case-1", by=CHAIR), **used("200"))
    assert story.one(OrderAccepted)
    short = judged(**used("700"))
    short.tell(ReviewOrder("case-1", by=CHAIR), **used("700"))
    assert "AssessmentSubmitted" not in short.names


def test_whoever_spoke_in_person_is_told_and_speaks_again():
    """The review is adjourned for it once; what the person then says counts, also against the policy's advice."""
    seen, moved = used(limit="500000"), used("100000", limit="500000")
    story = judged(2000, **seen)
    say(story)
    story.tell(ReviewOrder("case-1", by=CHAIR), **moved)
    assert story.names == ["AssessmentAdvised", "ReviewAdjourned"]
    assert story.one(AssessmentAdvised).discipline == "finance"
    assert story.case.review.rounds[-1].adjourned
    say(story, "accept", "finance")
    story.tell(ReviewOrder("case-1", by=CHAIR), **moved)
    assert story.case.review.rounds[-1].pending.outcome == "accepted"


def test_a_person_who_asked_no_policy_has_judged_alone():
    """Nobody is told what nobody asked for."""
    story = convened(line(quantity=2000))
    say(story)
    story.tell(ReviewOrder("case-1", by=CHAIR), **used("499000", limit="500000"))
    assert story.case.review.rounds[-1].pending is not None


def test_a_decision_that_waits_for_approval_is_not_approved_on_old_credit():
    """It goes back to the panel; what was said on it is said anew, then decided and approved."""
    seen, moved = used(limit="500000"), used("100000", limit="500000")
    story = judged(2000, **seen)
    say(story)
    story.tell(ReviewOrder("case-1", by=CHAIR), **seen)
    story.tell(ApproveReview("case-1", by=BOSS), **moved)
    assert story.names == ["ReviewAdjourned", "AssessmentAdvised"]
    assert story.case.state == "in_review"
    assert "SubmitAssessment" in [each.command for each in allowed(story.case, story.policies)]
    say(story, "accept", "finance")
    story.tell(ReviewOrder("case-1", by=CHAIR), **moved)
    story.tell(ApproveReview("case-1", by=BOSS), **moved)
    assert story.case.state == "accepted"


class Rival(InMemoryRepository):
    """Just before something is kept for the first case, the second one is decided."""

    race = None

    def save(self, commit, /):
        """Let the rival go first, once."""
        if self.race is not None and commit.key.id == "A":
            race, self.race = self.race, None
            race()
        super().save(commit)


def test_of_two_orders_that_race_for_the_last_credit_one_has_to_prepay():
    """Both were judged while there was enough for either; the second decision is taken on what the first one left."""
    repository = Rival()
    desk = OrderDesk(repository, facts=lambda _case, _command: GOOD, clock=WorldClock(at()))
    desk.handle(OpenAccount("C1", currency="EUR", limit=euro("1000"), by=Actor("ada", "finance")))
    for case_id in ("A", "B"):
        desk.handle(ReceiveOrder(order(id=case_id), case_id=case_id, by=CLERK))
        desk.handle(ScreenOrder(case_id, by=CLERK))
        desk.handle(ConvenePanel(case_id, by=CLERK))
        desk.handle(RunAssessors(case_id, by=CLERK))
    repository.race = lambda: desk.handle(ReviewOrder("B", by=CHAIR))
    desk.handle(ReviewOrder("A", by=CHAIR))
    assert (desk.load("A").state, desk.load("B").state) == ("conditionally_accepted", "accepted")
    account = repository.load(KEY)
    assert account.position().exposure <= account.limit
