"""Orders are reviewed: by policies alone, by people, on conditions, again."""

from __future__ import annotations

import attrs
from build import CLERK, line
from reviewing import BOSS, CHAIR, GOOD, accepted, convened, euro, expert, revised, say, streams, under_review

from orderlib.account.message import ExposureSet
from orderlib.case.evolution import evolve
from orderlib.case.history import replay
from orderlib.case.message import PassTime
from orderlib.case.policies import PolicySet
from orderlib.planning.message import PlanOrder, PromiseOrder, ReleaseOrder
from orderlib.review.advice import Recommendation, RiskDraft
from orderlib.review.condition import CUSTOMER, ConditionDraft
from orderlib.review.message import (
    AgreeToConditions,
    ApproveReview,
    AssessmentEscalated,
    ConditionOverdue,
    ConflictDeclared,
    CounterOfferLapsed,
    DeclareConflict,
    MeetCondition,
    OrderAccepted,
    OrderConditionallyAccepted,
    PanelConvened,
    ReviewOrder,
    ReviewOverdue,
    SubmitAssessment,
)
from orderlib.review.record import Opinion, PanelKind, ReviewOutcome
from orderlib.risk.record import Rating, RiskCause
from orderlib.values.dispatch import Gate
from orderlib.values.money import Money
from orderlib.values.party import Actor
from orderlib.values.quantity import Quantity


def test_a_small_clean_order_is_accepted_by_policies_alone():
    """Nobody meets: facts and an account with credit answer every question, and the credit is committed at once."""
    story = under_review()
    story.tell(ReviewOrder("case-1", by=CLERK), facts=GOOD, streams=streams())
    assert story.case.state == "accepted"
    assert story.one(PanelConvened).panel is PanelKind.AUTOMATIC
    assert story.one(OrderAccepted).approved_by == (CLERK,)
    assert story.one(ExposureSet).order == story.case.order.total
    assert all(each.automatic for each in story.case.review.current.assessments)


def test_a_preview_without_facts_says_what_is_missing():
    """Nothing is known: the order stays undecided, and every missing fact is named."""
    story = under_review()
    story.tell(ReviewOrder("case-1", by=CLERK))
    assert story.names[-1] == "ReviewAdjourned"
    codes = {reason.code for reason in story.events[-1].reasons}
    assert {"review.not-judged", "assess.cost-unknown", "assess.no-account", "assess.load-unknown"} <= codes
    assert story.case.state == "in_review"


def test_people_fill_the_seats_that_policies_may_not():
    """A large order goes to the whole panel; the management approves what the chair's limit does not cover."""
    story = convened(line(quantity=1000))
    assert story.case.review.sitting.kind is PanelKind.FULL
    say(story, "accept", "technology", "production", "finance", "legal")
    assert not story.case.review.sitting.quorate
    say(story, "accept", "purchasing")
    story.tell(ReviewOrder("case-1", by=CHAIR))
    assert story.names == ["ApprovalRequested"]
    assert story.refused(ReviewOrder("case-1", by=CHAIR)) == ("review.awaits-approval",)
    story.tell(ApproveReview("case-1", by=BOSS))
    assert story.case.state == "accepted"
    assert story.case.review.approval.by == (CHAIR, BOSS)
    states = {each.discipline: each.state for each in story.case.review.current.assessments}
    assert states["quality"] == states["market"] == "excused"


def test_a_conflict_passes_the_seat_to_the_deputy_and_then_to_the_management():
    """Who is not free steps back; what they said is withdrawn, and kept."""
    story = convened(line(quantity=1000))
    engineer = expert("technology")
    story.tell(SubmitAssessment("case-1", "technology", "accept", by=engineer))
    story.tell(DeclareConflict("case-1", "technology", by=engineer, reason="holds shares of the customer"))
    assert story.one(ConflictDeclared).department == "quality"
    assert story.refused(SubmitAssessment("case-1", "technology", "accept", by=engineer)) == (
        "review.not-holder",
        "review.recused",
    )
    story.tell(DeclareConflict("case-1", "technology", by=expert("quality"), reason="my brother works there"))
    story.tell(SubmitAssessment("case-1", "technology", "reject", by=BOSS, reason="nobody is free to judge it"))
    current = story.case.review.current
    assert [each.state for each in current.evidence] == ["withdrawn", "withdrawn"]
    assert current.evidence[0].opinion is Opinion.ACCEPT
    assert current.assessment("technology").opinion is Opinion.REJECT


def test_whoever_took_the_order_in_does_not_judge_it():
    """The rule finds it; the attempt is recorded, and the deputy has the seat."""
    story = convened(line(quantity=1000))
    twin = attrs.evolve(CLERK, department="finance")
    story.tell(SubmitAssessment("case-1", "finance", "accept", by=twin))
    assert story.names == ["ConflictDeclared"]
    assert story.one(ConflictDeclared).detected
    assert story.case.review.current.assessment("finance").department == "management"


def test_a_silent_seat_climbs_the_ladder_and_never_counts_as_a_yes():
    """Overdue, escalated, defaulted: the order stays undecided until somebody speaks."""
    story = convened()
    say(story, "accept", "production", "purchasing", "finance")
    seat = story.case.review.sitting.seats["legal"]
    story.tell(PassTime("case-1", by=CLERK, at=seat.due_at))
    assert "AssessmentOverdue" in story.names
    story.tell(PassTime("case-1", by=CLERK, at=seat.escalates_at))
    assert story.one(AssessmentEscalated).owner == "management"
    story.tell(PassTime("case-1", by=CLERK, at=seat.lapses_at))
    assert "AssessmentDefaulted" in story.names
    story.tell(PassTime("case-1", by=CLERK, at="2026-03-31T12:00:00Z"))
    assert story.one(ReviewOverdue).owner == "sales"
    story.tell(ReviewOrder("case-1", by=CLERK))
    assert story.names == ["ReviewAdjourned"]
    story.tell(SubmitAssessment("case-1", "legal", "accept", by=BOSS))
    story.tell(ReviewOrder("case-1", by=CLERK))
    assert story.case.state == "accepted"


def test_the_customer_agrees_to_a_counter_offer():
    """What was agreed keeps its gate shut until it is done; a condition of our own is a hold."""
    story = convened()
    asked = ConditionDraft(wording="30 % are paid in advance", owner=CUSTOMER, gate=Gate.PRODUCE)
    ours = ConditionDraft(wording="Capacity is confirmed", owner="planning")
    risk = RiskDraft("The customer does not pay", RiskCause.CUSTOMER, Rating(3, 4))
    advice = Recommendation("Insure the receivable", "finance")
    say(story, "accept", "production", "purchasing", "legal")
    say(story, "accept-with-conditions", "finance", conditions=(asked, ours), risks=(risk,), recommendations=(advice,))
    story.tell(ReviewOrder("case-1", by=CLERK))
    offer = story.one(OrderConditionallyAccepted)
    assert story.case.state == "conditionally_accepted"
    assert [each.wording for each in offer.conditions] == ["30 % are paid in advance", "Capacity is confirmed"]
    assert {each.discipline for each in offer.dissent} == {"production", "purchasing", "legal"}
    assert [hold.gates for hold in story.case.holds.standing] == [{Gate.RELEASE}]
    assert [each.title for each in story.case.risks.live] == ["The customer does not pay"]

    story.tell(AgreeToConditions("case-1", by=CLERK))
    assert story.case.state == "accepted"
    assert [hold.gates for hold in story.case.holds.standing] == [{Gate.RELEASE}, {Gate.PRODUCE}]

    story.tell(PlanOrder("case-1", by=CLERK))
    assert "Insure the receivable" in [task.draft.name for task in story.case.planning.tasks]
    story.tell(PromiseOrder("case-1", by=CLERK))
    assert story.refused(ReleaseOrder("case-1", by=CLERK)) == ("command.held",)
    story.tell(MeetCondition("case-1", "1/2", "plan 12 shows room", by=expert("planning")))
    story.tell(ReleaseOrder("case-1", by=CLERK))
    assert story.case.state == "released"
    story.tell(MeetCondition("case-1", "1/1", "paid on 5 March", by=CLERK))
    assert not story.case.holds.standing


def test_silence_on_a_counter_offer_is_a_no():
    """The offer lapses, and with it the order."""
    story = convened()
    say(story, "accept", "production", "purchasing", "legal")
    asked = ConditionDraft(wording="Delivery on 1 June", owner=CUSTOMER)
    say(story, "accept-with-conditions", "finance", conditions=(asked,))
    story.tell(ReviewOrder("case-1", by=CLERK))
    late = story.case.review.counter_offer.due_at
    codes = story.refused(AgreeToConditions("case-1", by=CLERK, at=late))
    assert codes == ("command.impossible", "command.after-lapse")
    story.tell(PassTime("case-1", by=CLERK, at=late))
    assert story.one(CounterOfferLapsed)
    assert (story.case.state, story.case.next_due) == ("declined", None)


def test_an_overdue_condition_of_our_own_sends_the_order_back():
    """The discipline that set it judges anew; what the others said still counts."""
    story = convened()
    say(story, "accept", "production", "purchasing", "legal")
    ours = ConditionDraft(wording="The bank confirms", owner="finance")
    say(story, "accept-with-conditions", "finance", conditions=(ours,))
    story.tell(ReviewOrder("case-1", by=CLERK))
    assert story.case.state == "accepted"
    story.tell(PassTime("case-1", by=CLERK, at="2026-03-20T09:00:00Z"))
    assert story.one(ConditionOverdue).owner == "finance"
    assert story.case.state == "in_review"
    story.tell(ReviewOrder("case-1", by=CLERK))
    assert story.one(PanelConvened).carried == ("production", "purchasing", "legal")
    say(story, "accept", "finance")
    story.tell(ReviewOrder("case-1", by=CLERK))
    assert story.case.state == "accepted"
    assert story.case.review.conditions["1/1"].state == "superseded"
    assert not story.case.holds.standing


def test_a_change_voids_what_it_touches_and_nothing_else():
    """A new delivery day concerns production and purchasing, not the lawyers; the acceptance cannot be built on."""
    story = accepted()
    event = revised(story, lines=(line(requested_period=None),))
    story.case = evolve(story.case, event)
    assert story.case.review.voided
    states = {each.discipline: each.state for each in story.case.review.current.assessments}
    assert states == {
        "production": "voided",
        "purchasing": "voided",
        "finance": "submitted",
        "legal": "submitted",
    }
    assert story.refused(ReleaseOrder("case-1", by=CLERK)) == ("release.approval-void",)


def test_orders_above_a_million_are_conditional_at_best():
    """The policy of ten lines: any function will do, and its reason is on the record."""
    from orderlib.review import ReviewDecision, WorstFinding

    def nothing_big_passes_clean(order, assessments, /):
        """Orders above one million are accepted conditionally at best."""
        decision = WorstFinding()(order, assessments)
        if order.total > Money("1000000", "EUR"):
            return decision.at_best(ReviewOutcome.CONDITIONALLY_ACCEPTED, because="order.above-one-million")
        return decision

    story = convened(line(quantity=9000), policies=PolicySet(review=nothing_big_passes_clean))
    say(story)
    story.tell(ReviewOrder("case-1", by=BOSS))
    assert story.case.state == "conditionally_accepted"
    assert "order.above-one-million" in [reason.code for reason in story.one(OrderConditionallyAccepted).reasons]
    assert len(story.one(OrderConditionallyAccepted).dissent) == 7
    assert isinstance(WorstFinding()(story.case.order, ()), ReviewDecision)
    story.tell(AgreeToConditions("case-1", by=CLERK))
    assert story.case.state == "accepted"
    assert story.case.order.total > euro("1000000")


def test_the_chair_overrules_and_both_words_are_kept():
    """A rejection is overruled with a reason; the decision says what the policy had said."""
    story = convened()
    say(story, "accept", "production", "purchasing", "legal")
    say(story, "reject", "finance", reason="no margin")
    assert story.refused(ReviewOrder("case-1", overrule="accepted", by=CLERK)) == (
        "review.reason-missing",
        "review.not-chair",
    )
    story.tell(ReviewOrder("case-1", overrule="accepted", by=CHAIR, reason="door opener"))
    event = story.one(OrderAccepted)
    assert (event.proposed, event.outcome) == (ReviewOutcome.REJECTED, ReviewOutcome.ACCEPTED)
    assert [each.discipline for each in event.dissent] == ["finance"]
    assert replay("case-1", story.history) == story.case


def test_a_large_order_that_policies_alone_have_judged_takes_two_people():
    """Within the limit of the chair, but above four eyes: somebody else approves what the chair proposes."""
    story = under_review(line(quantity=250))
    rich = attrs.evolve(GOOD, stock={"P-7": Quantity(1000)})
    story.tell(ReviewOrder("case-1", by=CHAIR), facts=rich, streams=streams("900000"))
    assert story.case.review.current.kind is PanelKind.SMALL
    assert all(each.automatic for each in story.case.review.current.assessments)
    assert story.names[-1] == "ApprovalRequested"
    alone = Actor("sam", "management")
    assert story.refused(ApproveReview("case-1", by=alone)) == ("approval.four-eyes",)
    story.tell(ApproveReview("case-1", by=BOSS), streams=streams("900000"))
    assert story.case.state == "accepted"
