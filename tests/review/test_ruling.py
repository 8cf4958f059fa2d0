"""The decision, its approval, what comes of it, and reviewing again."""

from __future__ import annotations

import attrs
import pytest
from build import CLERK, Story, at, line, order
from reviewing import BOSS, CHAIR, accepted, account, convened, expert, revised, say, streams

from orderlib.account.message import ExposureSet
from orderlib.case.evolution import evolve, evolve_all
from orderlib.case.message import AdoptOrder, PassTime
from orderlib.case.policies import PolicySet
from orderlib.hold.message import HoldLifted, HoldPlaced
from orderlib.order.field import Aspect
from orderlib.review.advice import Recommendation, RiskDraft
from orderlib.review.condition import CUSTOMER, ConditionDraft
from orderlib.review.message import (
    AcceptanceRenewed,
    AcceptanceWithheld,
    AgreeToConditions,
    ApproveReview,
    ConvenePanel,
    MeetCondition,
    OrderAccepted,
    OrderConditionallyAccepted,
    OrderRejected,
    PanelConvened,
    ReopenReview,
    ReviewOrder,
    ReviewReopened,
)
from orderlib.review.record import ReviewOutcome
from orderlib.risk.message import RiskIdentified
from orderlib.risk.record import Rating, RiskCause
from orderlib.values.decision import Decided, Decision, Verdict
from orderlib.values.dispatch import Gate
from orderlib.values.rate import ExchangeRate

BIG = line(quantity=1000)


def own(wording="Capacity is confirmed", owner="planning", **more):
    """A condition of our own."""
    return ConditionDraft(wording=wording, owner=owner, **more)


def conditioned(*drafts, **more):
    """A story whose finance sets these conditions, and everybody else accepts."""
    story = convened(**more)
    say(story, "accept", "production", "purchasing", "legal")
    say(story, "accept-with-conditions", "finance", conditions=drafts)
    story.tell(ReviewOrder("case-1", by=CLERK))
    return story


def running(**more):
    """An adopted order in execution."""
    story = Story(**more)
    story.tell(AdoptOrder(order(), "in_execution", case_id="case-1", by=CLERK))
    return story


def test_a_rejected_order_is_at_its_end():
    """The rejection keeps who was for it; nothing is waited for."""
    story = convened()
    say(story, "accept", "production", "purchasing", "legal")
    say(story, "reject", "finance", reason="too thin", risks=(RiskDraft("Loss", "internal", Rating(5, 5)),))
    story.tell(ReviewOrder("case-1", by=CLERK))
    rejected = story.one(OrderRejected)
    assert rejected.outcome.response_code == "RE"
    assert [each.discipline for each in rejected.dissent] == ["legal", "production", "purchasing"]
    assert (story.case.state, story.case.next_due, story.case.risks) == ("rejected", None, None)
    assert len(story.case.review.rounds) == 1


def test_what_intake_left_open_forbids_acceptance():
    """Every open thing is named, and nothing else is refused."""
    story = convened()
    say(story)
    story.case = attrs.evolve(story.case, intake=attrs.evolve(story.case.intake, screening=None))
    assert story.refused(ReviewOrder("case-1", by=CLERK)) == ("intake.not-screened",)


def test_an_acceptance_below_quorum_is_adjourned_whatever_the_policy_says():
    """And nobody can overrule it into one."""
    yes = PolicySet(review=lambda _order, _said: Decision(ReviewOutcome.ACCEPTED))
    story = convened(policies=yes)
    story.tell(ReviewOrder("case-1", by=CHAIR))
    assert story.names == ["ReviewAdjourned"]
    assert story.events[-1].reasons[-1].code == "review.below-quorum"
    codes = story.refused(ReviewOrder("case-1", overrule="accepted", by=CHAIR, reason="now"))
    assert codes == ("review.below-quorum",)
    assert story.refused(ReviewOrder("case-1", overrule="undecided", by=CHAIR, reason="x")) == ("review.overrule-open",)
    say(story)
    story.tell(ReviewOrder("case-1", by=CHAIR))
    assert story.case.state == "accepted"


def test_the_management_may_say_no_where_it_should_approve():
    """The order is rejected with its reason; a no needs one."""
    story = convened(BIG)
    say(story)
    story.tell(ReviewOrder("case-1", by=CHAIR))
    assert story.refused(ApproveReview("case-1", by=CHAIR)) == ("authority.department",)
    assert story.refused(ApproveReview("case-1", approved=False, by=BOSS)) == ("review.reason-missing",)
    story.tell(ApproveReview("case-1", approved=False, by=BOSS, reason="not this year"))
    assert story.one(OrderRejected).proposed is ReviewOutcome.ACCEPTED
    assert story.one(Decided).decision.ruling is Verdict.NO
    assert story.case.state == "rejected"


def test_an_approval_that_nobody_gives_lapses():
    """The panel has the word again; without one pending there is nothing to approve."""
    story = convened(BIG)
    say(story)
    assert story.refused(ApproveReview("case-1", by=BOSS)) == ("review.no-approval",)
    story.tell(ReviewOrder("case-1", by=CHAIR))
    story.tell(PassTime("case-1", by=CLERK, at=story.case.review.sitting.pending.due_at))
    assert "ApprovalLapsed" in story.names
    story.tell(ReviewOrder("case-1", by=BOSS))
    assert story.case.state == "accepted"


def test_whoever_proposes_does_not_approve_a_large_order():
    """Four eyes, even in the management."""
    policies = PolicySet(approval=lambda *_inputs: Decision(Verdict.REVIEW, ()))
    story = convened(policies=policies)
    say(story)
    story.tell(ReviewOrder("case-1", by=BOSS))
    assert story.names == ["ApprovalRequested"]
    assert story.refused(ApproveReview("case-1", by=BOSS)) == ("review.not-approved",)


def test_our_own_conditions_alone_make_an_acceptance_with_holds():
    """There is nothing for the customer to agree to; a condition without a gate stops the release."""
    story = conditioned(own(), own("Steel is bought", "purchasing", gate="produce"))
    event = story.one(OrderAccepted)
    assert event.outcome is ReviewOutcome.CONDITIONALLY_ACCEPTED
    assert [hold.gates for hold in story.case.holds.standing] == [{Gate.RELEASE}, {Gate.PRODUCE}]
    assert [(hold.owner, hold.source) for hold in story.case.holds.standing] == [
        ("planning", "condition/1/1"),
        ("purchasing", "condition/1/2"),
    ]


def test_a_condition_keeps_its_day():
    """A day that has passed by the decision counts from the decision."""
    story = conditioned(own(due_at="2026-03-20T12:00:00Z"))
    assert story.one(OrderAccepted).conditions[0].due_at.day == 20
    late = own(due_at="2026-03-02T23:00:00Z")
    story = convened()
    say(story, "accept", "production", "purchasing", "legal")
    say(story, "accept-with-conditions", "finance", conditions=(late,))
    story.tell(ReviewOrder("case-1", by=CLERK, at="2026-03-03T09:00:00Z"))
    assert story.one(OrderAccepted).conditions[0].due_at.day == 17


def test_met_conditions_stay_met_when_the_order_is_reviewed_again():
    """The same words of the same owner are the same condition; those nobody repeats no longer count."""
    story = conditioned(own(), own("Steel is bought", "purchasing"), own("Insured", "finance"))
    story.tell(MeetCondition("case-1", "1/1", "plan 7", by=expert("planning")))
    story.tell(ReopenReview("case-1", disciplines=["finance"], by=CHAIR, reason="the bank called"))
    story.tell(ConvenePanel("case-1", by=CLERK))
    assert story.one(PanelConvened).carried == ("production", "purchasing", "legal")
    say(story, "accept-with-conditions", "finance", conditions=(own(), own("Steel is bought", "purchasing")))
    story.tell(ReviewOrder("case-1", by=CLERK))
    assert story.one(OrderAccepted).conditions == ()
    states = {each.id: each.state for each in story.case.review.conditions}
    assert states == {"1/1": "met", "1/2": "open", "1/3": "superseded"}
    assert [hold.source for hold in story.case.holds.standing] == ["condition/1/2"]


def test_a_risk_enters_the_register_once():
    """What the register knows is not entered again."""
    story = convened()
    risk = RiskDraft("The customer does not pay", RiskCause.CUSTOMER, Rating(3, 4))
    say(story, "accept", risks=(risk,))
    story.tell(ReviewOrder("case-1", by=CLERK))
    assert story.one(RiskIdentified).risk.owner == "sales"
    story.tell(ReopenReview("case-1", by=CHAIR, reason="once more"))
    story.tell(ConvenePanel("case-1", by=CLERK))
    say(story, "accept", risks=(risk,), recommendations=(Recommendation("Insure it", "finance"),))
    story.tell(ReviewOrder("case-1", by=CLERK))
    assert len(story.case.risks.risks) == 1
    assert [each.measure for each in story.case.review.recommendations] == ["Insure it"]


def test_an_approval_covers_what_its_assessments_judged():
    """And always the amount that was approved."""
    story = accepted()
    assert story.case.review.approval.scope == frozenset(Aspect) - {Aspect.OTHER}
    nobody = PolicySet(
        panel=lambda _order, _at, _facts: Decision("automatic") if False else _nobody(),
        review=lambda _order, _said: Decision(ReviewOutcome.ACCEPTED),
    )
    story = convened(policies=nobody)
    story.tell(ReviewOrder("case-1", by=CLERK))
    assert story.case.review.approval.scope == frozenset(Aspect) - {Aspect.OTHER}


def _nobody():
    from orderlib.review.record import PanelKind

    return Decision(PanelKind.AUTOMATIC)


def test_credit_is_committed_with_the_acceptance_and_given_back_with_a_rejection():
    """Two orders that race for the last credit change one account; without a rate nothing is counted."""
    story = convened()
    say(story)
    story.tell(ReviewOrder("case-1", by=CLERK), streams=streams())
    exposed = story.one(ExposureSet)
    assert exposed.order == story.case.order.total
    story.tell(ReopenReview("case-1", by=CHAIR, reason="look again"))
    story.tell(ConvenePanel("case-1", by=CLERK))
    say(story, "reject", reason="no")
    from orderlib.account.process import evolve as evolve_account
    from orderlib.values.key import Key

    used = evolve_account(account(), exposed)
    story.tell(ReviewOrder("case-1", by=CLERK), streams={Key("account", "C1"): used})
    assert story.one(ExposureSet).order.minor == 0


def test_an_amount_that_no_rate_leads_to_is_not_counted():
    """Nobody guesses; with the rate of the order it is."""

    def told(**more):
        story = convened(line(currency="CNY"), currency="CNY", **more)
        say(story)
        story.tell(ReviewOrder("case-1", by=BOSS), streams=streams())
        return [event for event in story.events if isinstance(event, ExposureSet)]

    assert told() == []
    from datetime import date

    assert len(told(exchange_rate=ExchangeRate("CNY", "EUR", "0.125", on=date(2026, 3, 2)))) == 1


# -- again ------------------------------------------------------------------------------------------------------------


def test_an_accepted_order_goes_back_into_review():
    """All judge anew where nobody is named; the acceptance is void, and a counter-offer is taken back."""
    story = accepted()
    assert story.refused(ReopenReview("case-1", by=CHAIR)) == ("review.reason-missing",)
    story.tell(ReopenReview("case-1", by=CHAIR, reason="the law has changed"))
    assert (story.case.state, story.case.review.voided) == ("in_review", True)
    story.tell(ConvenePanel("case-1", by=CLERK))
    assert story.one(PanelConvened).carried == ()


def test_a_counter_offer_is_withdrawn_when_the_order_is_reviewed_again():
    """Its conditions give way to those of the new decision."""
    story = conditioned(ConditionDraft(wording="Later", owner=CUSTOMER))
    assert story.case.state == "conditionally_accepted"
    story.tell(ReopenReview("case-1", disciplines=["finance"], by=CHAIR, reason="they called"))
    assert story.case.review.counter_offer.state == "withdrawn"
    story.tell(ConvenePanel("case-1", by=CLERK))
    say(story)
    story.tell(ReviewOrder("case-1", by=CLERK))
    assert story.case.review.conditions["1/1"].state == "superseded"


def test_a_panel_that_does_not_meet_again_is_overdue():
    """Every wait has an owner and a day."""
    story = accepted()
    story.tell(ReopenReview("case-1", by=CHAIR, reason="look again"))
    story.tell(PassTime("case-1", by=CLERK, at=story.case.review.reconvene_by))
    assert story.names == ["ReviewOverdue"]
    assert story.case.review.next_due is None


def test_a_running_order_is_reviewed_beside_its_work():
    """It keeps running under a hold, until the acceptance is renewed; what we want of the customer we ask ourselves."""
    story = running()
    assert story.refused(ConvenePanel("case-1", by=CLERK)) == ("review.nothing-to-review",)
    assert story.refused(ReviewOrder("case-1", by=CLERK)) == ("review.nothing-to-review",)
    story.tell(ReopenReview("case-1", by=CHAIR, reason="war"))
    assert story.one(ReviewReopened).move == ""
    assert story.one(HoldPlaced).hold.gates == {Gate.PURCHASE, Gate.PRODUCE, Gate.DESPATCH}
    assert story.refused(ReopenReview("case-1", by=CHAIR, reason="war")) == ("review.reopened-already",)
    story.tell(ConvenePanel("case-1", by=CLERK))
    say(story, "accept", "production", "purchasing", "legal")
    asked = ConditionDraft(wording="A surcharge", owner=CUSTOMER)
    say(story, "accept-with-conditions", "finance", conditions=(asked, own()))
    story.tell(ReviewOrder("case-1", by=CLERK))
    renewed = story.one(AcceptanceRenewed)
    assert [(each.owner, each.gate) for each in renewed.conditions] == [
        ("sales", Gate.DESPATCH),
        ("planning", Gate.DESPATCH),
    ]
    assert story.one(HoldLifted)
    assert story.case.state == "in_execution"
    assert {hold.source for hold in story.case.holds.standing} == {"condition/1/1", "condition/1/2"}


def test_a_running_order_that_is_not_accepted_again_stays_held():
    """And may be reviewed once more."""
    story = running()
    story.tell(ReopenReview("case-1", by=CHAIR, reason="war"))
    story.tell(ConvenePanel("case-1", by=CLERK))
    say(story, "reject", reason="too dangerous")
    story.tell(ReviewOrder("case-1", by=CLERK))
    assert story.one(AcceptanceWithheld)
    assert (story.case.state, len(story.case.holds.standing)) == ("in_execution", 1)
    story.tell(ConvenePanel("case-1", by=CLERK))
    say(story)
    story.tell(ReviewOrder("case-1", by=CLERK))
    assert story.names == ["AcceptanceRenewed", "HoldLifted"]


def test_an_overdue_condition_of_a_running_order_stops_the_work():
    """A hold afterwards, where before work began the order would have gone back."""
    story = running()
    story.tell(ReopenReview("case-1", by=CHAIR, reason="war"))
    story.tell(ConvenePanel("case-1", by=CLERK))
    say(story, "accept", "production", "purchasing", "legal")
    say(story, "accept-with-conditions", "finance", conditions=(own(),))
    story.tell(ReviewOrder("case-1", by=CLERK))
    story.tell(PassTime("case-1", by=CLERK, at=story.case.next_due))
    assert story.names == ["ConditionOverdue", "ReviewReopened", "HoldPlaced"]


def test_a_change_makes_a_pending_approval_void():
    """What was to be approved is no longer the order."""
    story = convened(BIG)
    say(story)
    story.tell(ReviewOrder("case-1", by=CHAIR))
    story.case = evolve(story.case, revised(story, lines=(line(quantity=999),)))
    assert story.refused(ApproveReview("case-1", by=BOSS)) == ("review.no-approval",)
    story.tell(ReviewOrder("case-1", by=CHAIR))
    assert story.one(PanelConvened).carried == ("technology", "market", "legal")


def test_a_changed_order_is_not_agreed_to_on_the_old_conditions():
    """The counter-offer was made for another order."""
    story = conditioned(ConditionDraft(wording="Later", owner=CUSTOMER))
    story.case = evolve_all(story.case, [revised(story, lines=(line(quantity=4),))])
    assert story.refused(AgreeToConditions("case-1", by=CLERK)) == ("review.counter-offer-void",)


@pytest.mark.parametrize("outcome", ["accepted", "conditionally_accepted"])
def test_overruled_conditions_are_dropped_or_asked_for(outcome):
    """An acceptance without conditions has none; a bare conditional one asks the customer for a yes."""
    story = convened()
    say(story, "accept", "production", "purchasing", "legal")
    say(story, "reject", "finance", reason="no")
    story.tell(ReviewOrder("case-1", overrule=outcome, by=CHAIR, reason="strategic"))
    assert story.case.state == outcome
    if outcome == "conditionally_accepted":
        assert story.one(OrderConditionallyAccepted).conditions == ()
        story.tell(AgreeToConditions("case-1", by=CLERK, at=at(3)))
        assert story.case.state == "accepted"
