"""What a change means for the acceptance that stands: untouched, renewed, or reviewed again."""

from __future__ import annotations

from datetime import timedelta

import attrs
from build import CLERK, SELLER, Story, line, order
from changing import CASE, ask, dear, decided, other, running, wants
from reviewing import BOSS, GOOD, accepted, convened, say, streams

from orderlib.case.message import AdoptOrder
from orderlib.case.policies import PolicySet
from orderlib.change.message import AnswerChange, DecideChange, ReceiveOrderChange, RequestChange
from orderlib.change.record import Reapproval
from orderlib.fulfilment.message import ReportProduced
from orderlib.ledger.record import LineQuantity
from orderlib.order.revision import difference
from orderlib.planning.message import PlanOrder, PromiseOrder, ReleaseOrder
from orderlib.review.condition import ConditionDraft
from orderlib.review.message import AgreeToConditions, ApprovalRenewed, OrderReviewed, ReviewOrder, ReviewReopened
from orderlib.review.record import ReviewOutcome
from orderlib.values.decision import Decision
from orderlib.values.party import Actor
from orderlib.values.rate import UnitPrice

PLANNER = Actor("pia", "planning")


def half_price(story):
    """A difference that no panel would let pass unseen."""
    return difference(story.case.order, dear(story.case.order, "10", UnitPrice("50", "EUR")))


def released():
    """An accepted order on which work may begin."""
    story = accepted()
    story.tell(PlanOrder(CASE, by=PLANNER))
    story.tell(PromiseOrder(CASE, by=PLANNER))
    story.tell(ReleaseOrder(CASE, by=PLANNER))
    assert story.case.state == "released"
    return story


def offered(*conditions):
    """An order accepted on conditions that the customer has to agree to."""
    story = convened()
    drafts = [ConditionDraft(wording=each, owner="customer") for each in conditions]
    say(story, "accept-with-conditions" if drafts else "accept", conditions=drafts) if drafts else say(story)
    story.tell(
        ReviewOrder(CASE, by=BOSS, overrule=ReviewOutcome.CONDITIONALLY_ACCEPTED, reason="as agreed"), facts=GOOD
    )
    assert story.case.state == "conditionally_accepted"
    return story


def proposed(story, what, change_id="P"):
    """We put a change to the customer."""
    story.tell(RequestChange(CASE, change_id, what, "supply", by=SELLER, reason="no steel"))
    story.tell(DecideChange(CASE, change_id, accept=True, by=SELLER))


class TestReviewedAgain:
    def test_before_work_the_order_goes_back(self):
        """The disciplines that the change touches judge anew, and only they; then it goes on."""
        for story in (accepted(), released()):
            ask(story, half_price(story))
            decided(story)
            reopened = story.one(ReviewReopened)
            assert set(reopened.disciplines) == {"finance"}
            assert {each.code for each in reopened.reasons} == {"re-review.cheaper"}
            assert (story.case.state, story.case.review.approval.void) == ("in_review", True)

    def test_a_running_order_goes_on_under_a_hold(self):
        """The review that renews the acceptance lifts it."""
        story = running()
        ask(story, half_price(story))
        decided(story)
        assert story.case.state == "in_execution"
        (hold,) = story.case.holds.standing
        assert sorted(hold.gates) == ["despatch", "produce", "purchase"]
        story.tell(ReviewOrder(CASE, by=BOSS), facts=GOOD)
        say(story)
        story.tell(ReviewOrder(CASE, by=BOSS), facts=GOOD)
        assert any(isinstance(each, OrderReviewed) for each in story.events)
        assert story.case.holds.standing == ()

    def test_what_nobody_may_approve_alone_goes_to_the_panel(self):
        """The change is small, but the order is above what the department may sign for."""
        story = running(of=order(line(quantity=10, price="90000")))
        ask(story, wants(story, q10=9))
        decided(story)
        assert "ReviewReopened" in story.names
        assert "approval.beyond-limit" in {each.code for each in story.one(ReviewReopened).reasons}

    def test_an_acceptance_that_was_void_already_is_not_renewed(self):
        """Two changes after one another: the first sends it back, the second does not heal that."""
        story = accepted()
        ask(story, half_price(story))
        ask(story, wants(story, q10=2), "C-2")
        decided(story)
        assert story.case.state == "in_review"
        again = wants(story, q10=2)
        ask(story, again, "C-3")
        assert story.names == ["ChangeRequested", "ChangeAccepted", "OrderRevised"]
        assert story.case.review.approval.void

    def test_a_running_order_that_is_under_review_stays_so(self):
        """What is confirmed for itself does not heal what the panel still has to say; one hold is enough."""
        story = released()
        story.tell(ReportProduced(CASE, [LineQuantity("10", 1)], by=PLANNER))
        ask(story, half_price(story))
        decided(story)
        assert story.names == ["ChangeAccepted", "OrderRevised", "ReviewReopened", "HoldPlaced"]
        ask(story, wants(story, q10=2), "C-2")
        decided(story, "C-2")
        assert story.names == ["ChangeAccepted", "OrderRevised"]
        assert story.case.review.approval.void
        assert len(story.case.holds.standing) == 1


class TestRenewed:
    def test_by_whoever_decides_it(self):
        """The old approval is void, a new one is given for the new revision: two facts in one commit."""
        story = released()
        ask(story, wants(story, q10=2))
        decided(story)
        assert story.names == ["ChangeAccepted", "OrderRevised", "ApprovalRenewed"]
        assert story.one(ApprovalRenewed).approved_by == SELLER
        assert story.case.state == "released"

    def test_the_customers_credit_follows(self):
        """What the order exposes is what it is worth now."""
        story = accepted()
        ask(story, wants(story, q10=2))
        story.tell(DecideChange(CASE, "C-1", accept=True, by=SELLER), streams=streams())
        assert story.names[-1] == "ExposureSet"
        assert story.events[-1].order == story.case.order.total

    def test_not_where_it_was_voided_between_our_word_and_the_customers(self):
        """We approved of the proposal; meanwhile a graver change was made, and the panel has the word."""
        story = accepted()
        proposed(story, wants(story, q10=2))
        consent = story.case.change.requests["P"].consent
        assert (consent.renews, consent.again) == (True, False)
        void = attrs.evolve(story.case.review, approval=attrs.evolve(story.case.review.approval, void=True))
        story.case = attrs.evolve(story.case, review=void)
        story.tell(AnswerChange(CASE, "P", agrees=True, by=CLERK))
        assert story.names == ["ChangeAgreed", "OrderRevised", "ReviewReopened"]


class TestCounterOffer:
    def test_agreed_by_agreeing_to_what_was_proposed_with_it(self):
        """A counter-offer that consists of the proposal needs no second yes."""
        story = offered()
        proposed(story, wants(story, q10=2))
        story.tell(AnswerChange(CASE, "P", agrees=True, by=CLERK))
        assert story.names == ["ChangeAgreed", "CounterOfferAgreed", "OrderRevised", "ApprovalRenewed"]
        assert story.case.state == "accepted"

    def test_its_other_conditions_are_answered_for_themselves(self):
        """The customer takes two instead of three, and still has to say yes to the advance."""
        story = offered("an advance of a third")
        proposed(story, wants(story, q10=2))
        story.tell(AnswerChange(CASE, "P", agrees=True, by=CLERK))
        assert story.case.state == "conditionally_accepted"
        assert not story.case.review.voided
        story.tell(AgreeToConditions(CASE, by=CLERK))
        assert story.case.state == "accepted"

    def test_the_corrected_order_agrees_to_all_of_it(self):
        """Conditions that keep a gate shut until they are met stand as holds from then on."""
        story = convened()
        from orderlib.values.dispatch import Gate

        draft = ConditionDraft(
            wording="an advance of a third", owner="customer", gate=Gate.RELEASE, within=timedelta(days=9)
        )
        say(story, "accept-with-conditions", conditions=[draft])
        story.tell(ReviewOrder(CASE, by=BOSS), facts=GOOD)
        proposed(story, wants(story, q10=2))
        story.tell(ReceiveOrderChange(CASE, "M", other(story.case.order, q10=2), 1, by=CLERK))
        assert story.case.state == "accepted"
        assert {gate for hold in story.case.holds.standing for gate in hold.gates} == {Gate.RELEASE}

    def test_another_wish_of_the_customer_withdraws_it(self):
        """We accept the wish, so the panel has to meet: what was offered is off the table."""
        story = offered()
        ask(story, wants(story, q10=2))
        decided(story)
        assert story.case.state == "in_review"
        assert story.case.review.counter_offer.state == "withdrawn"
        assert "change.counter-offer-open" in {each.code for each in story.one(ReviewReopened).reasons}

    def test_papers_leave_it_open(self):
        """A note is no answer to a counter-offer."""
        story = offered()
        ask(story, difference(story.case.order, attrs.evolve(story.case.order, note="gate 4")))
        assert story.names == ["ChangeRequested", "ChangeAccepted", "OrderRevised"]
        assert story.case.review.counter_offer.state == "made"

    def test_one_that_nobody_knows_goes_to_the_panel(self):
        """An order adopted as conditionally accepted brings no conditions that could be agreed to."""
        story = Story()
        story.tell(AdoptOrder(order(), "conditionally_accepted", case_id=CASE, by=CLERK))
        proposed(story, wants(story, q10=2))
        story.tell(ReceiveOrderChange(CASE, "M", other(story.case.order, q10=2), 1, by=CLERK))
        assert story.case.state == "in_review"


def test_a_policy_may_find_nothing_touched():
    """Then nothing is asked, and the record of review speaks for itself: what the change touches is void."""
    story = Story(policies=PolicySet(re_review=lambda order, revised, wanted, scope, /: Decision(Reapproval.NONE)))
    story.tell(AdoptOrder(order(), "in_execution", case_id=CASE, by=CLERK))
    ask(story, half_price(story))
    decided(story)
    assert story.names == ["ChangeAccepted", "OrderRevised"]
