"""A customer asks, is asked, is offered alternatives, and confirms one."""

from __future__ import annotations

import attrs
from build import BUYER, CLERK, SELLER, Story, at, line, order

from orderlib.case.history import replay
from orderlib.case.message import PassTime
from orderlib.enquiry.message import (
    AddRequirement,
    AnalyseEnquiry,
    AnswerQuestion,
    AskQuestion,
    ConfirmProposal,
    DeclineEnquiry,
    DeclineProposal,
    DraftProposal,
    EnquiryDeclined,
    EnquiryOpened,
    OpenEnquiry,
    ProposalSubmitted,
    ProposeOffer,
    ReviseProposal,
    ReviseRequirement,
    WithdrawProposal,
    WithdrawRequirement,
)
from orderlib.enquiry.record import AnalysisOutcome, Requirement
from orderlib.intake.message import ReceiveOrder, ScreenOrder
from orderlib.values.instant import instant
from orderlib.values.message import Event
from orderlib.values.period import DayPeriod
from orderlib.values.quantity import Quantity
from orderlib.wire.codec.standard import dumps, loads

BY_MAY = DayPeriod(None, "2026-05-29")
PUMPS = Requirement("R1", "Pump, 40 l/s, stainless", Quantity(3), BY_MAY)


def asked(*requirements: Requirement) -> Story:
    """A case with an enquiry."""
    story = Story()
    story.tell(OpenEnquiry(BUYER, requirements or (PUMPS,), case_id="case-1", subject="pumps", by=SELLER))
    return story


def offered(*more: str) -> Story:
    """A case with proposals before the customer: P-1, and more."""
    story = asked()
    story.tell(AnalyseEnquiry("case-1", by=SELLER))
    for number, proposal_id in enumerate(("P-1", *more)):
        story.tell(ProposeOffer("case-1", order(line(price=200 + number)), proposal_id=proposal_id, by=SELLER))
    return story


def test_from_a_vague_wish_to_an_order_as_agreed():
    """Asked about, answered, analysed, offered twice, confirmed once, ordered."""
    story = asked(Requirement("R1", "some pumps", None, BY_MAY))
    assert story.case.state == "enquired"
    story.tell(AnalyseEnquiry("case-1", by=SELLER))
    questions = {each.aspect: each for each in story.case.enquiry.open_questions}
    assert set(questions) == {"specification", "quantity"}
    assert story.case.enquiry.respond_by_at is None  # it is the customer's turn
    story.tell(AnswerQuestion("case-1", questions["specification"].id, "stainless, 40 l/s", PUMPS, by=SELLER))
    assert story.names == [
        "QuestionAnswered",
        "QuestionWithdrawn",
        "RequirementRevised",
        "EnquiryClockSet",
    ]
    story.tell(AnalyseEnquiry("case-1", by=SELLER))
    assert story.case.enquiry.analysis is AnalysisOutcome.COMPLETE
    story.tell(ProposeOffer("case-1", order(line(price=200)), proposal_id="P-1", by=SELLER))
    story.tell(ProposeOffer("case-1", order(line(price=180, quantity=4)), proposal_id="P-2", by=SELLER))
    assert story.case.state == "proposed"
    story.tell(ConfirmProposal("case-1", "P-2", by=SELLER))
    enquiry = story.case.enquiry
    assert [each.state for each in enquiry.proposals] == ["superseded", "accepted"]
    assert enquiry.requirements["R1"].state == "confirmed"
    assert (enquiry.baseline.proposal_id, enquiry.baseline.order.total) == ("P-2", enquiry.proposals["P-2"].price)
    story.tell(ReceiveOrder(order(line(price=180, quantity=4)), case_id="case-1", by=CLERK))
    assert story.case.enquiry.next_due is None
    story.tell(ScreenOrder("case-1", by=CLERK))
    assert story.case.state == "in_review"
    assert replay("case-1", story.history) == story.case
    assert tuple(loads(Event, dumps(event)) for event in story.history) == story.history


def test_the_last_offer_that_lapses_ends_the_enquiry():
    """One of two lapses: the other stands; with that one the case expires."""
    story = asked()
    story.tell(AnalyseEnquiry("case-1", by=SELLER))
    story.tell(ProposeOffer("case-1", order(), proposal_id="P-1", valid_until_at=at(10), by=SELLER))
    story.tell(ProposeOffer("case-1", order(), proposal_id="P-2", valid_until_at=at(20), by=SELLER))
    story.tell(DraftProposal("case-1", order(), proposal_id="P-3", by=SELLER))
    story.tell(PassTime("case-1", by=SELLER, at=at(11)))
    assert story.names == ["ProposalExpired"]
    assert story.case.state == "proposed"
    story.tell(PassTime("case-1", by=SELLER, at=at(21)))
    assert story.names == ["ProposalExpired", "ProposalWithdrawn", "EnquiryExpired"]
    assert (story.case.state, story.case.next_due) == ("expired", None)


def test_a_confirmation_that_comes_late_is_lost():
    """The offer has lapsed, whether anybody looked at the clock or not."""
    story = offered()
    until = story.case.enquiry.proposals["P-1"].valid_until_at
    before = story.case
    story.tell(PassTime("case-1", by=SELLER, at=until))
    assert story.case.state == "expired"
    assert before.next_due == until


def test_no_order_follows():
    """What was confirmed expires as well, and with it the case."""
    story = offered()
    story.tell(ConfirmProposal("case-1", "P-1", by=SELLER))
    story.tell(PassTime("case-1", by=SELLER, at=story.case.enquiry.baseline.order_by_at))
    assert story.names == ["ProposalExpired", "EnquiryExpired"]
    assert story.case.enquiry.proposals["P-1"].state == "expired"


def test_the_customer_declines():
    """One of two declined: the other stands. The last one declined ends the enquiry."""
    story = offered("P-2")
    story.tell(DeclineProposal("case-1", "P-1", by=SELLER, reason="too dear"))
    assert story.case.state == "proposed"
    story.tell(DeclineProposal("case-1", "P-2", by=SELLER, reason="too dear"))
    assert story.names == ["ProposalDeclined", "EnquiryDeclined"]
    assert story.case.state == "declined"


def test_a_customer_who_asks_for_another_offer_gets_a_clock():
    """Declined, but not gone: it is our turn again."""
    story = offered()
    story.tell(DeclineProposal("case-1", "P-1", asks_for_another=True, by=SELLER))
    assert story.names == ["ProposalDeclined", "EnquiryClockSet"]
    assert story.case.next_due == story.case.enquiry.respond_by_at
    story.tell(PassTime("case-1", by=SELLER, at=at(20)))
    assert story.names == ["EnquiryResponseOverdue"]
    assert (story.case.enquiry.overdue, story.case.state) == (1, "proposed")


def test_a_revised_offer_is_another_revision_valid_anew():
    """A draft is simply rewritten; what the customer saw becomes revision 2."""
    story = offered()
    story.tell(ReviseProposal("case-1", "P-1", order(line(price=190)), valid_until_at=at(28), by=SELLER))
    revised = story.case.enquiry.proposals["P-1"]
    assert (revised.revision, revised.valid_until_at) == (2, instant(at(28)))
    story.tell(DraftProposal("case-1", order(), proposal_id="P-9", by=SELLER))
    story.tell(ReviseProposal("case-1", "P-9", order(line(price=1)), by=SELLER))
    assert story.case.enquiry.proposals["P-9"].revision == 1
    story.tell(ProposeOffer("case-1", proposal_id="P-9", by=SELLER))
    assert story.one(ProposalSubmitted).proposal_id == "P-9"
    assert story.case.enquiry.proposals["P-9"].state == "submitted"


def test_what_changes_voids_the_offers_that_answered_it():
    """A requirement that is put otherwise must be analysed and offered for anew."""
    story = offered()
    story.tell(ReviseRequirement("case-1", attrs.evolve(PUMPS, quantity=Quantity(9)), by=SELLER))
    assert story.names == ["ProposalSuperseded", "RequirementRevised", "EnquiryClockSet"]
    assert story.refused(ProposeOffer("case-1", order(), by=SELLER)) == ("enquiry.requirement-not-clear",)
    story.tell(AnalyseEnquiry("case-1", by=SELLER))
    story.tell(ProposeOffer("case-1", order(line(quantity=9)), by=SELLER))
    assert len(story.case.enquiry.submitted) == 1


def test_requirements_come_and_go():
    """What is withdrawn counts no more, nor does the question about it."""
    story = asked()
    story.tell(AddRequirement("case-1", Requirement("R2", "Valve", None, BY_MAY), by=SELLER))
    story.tell(AnalyseEnquiry("case-1", by=SELLER))
    assert [each.state for each in story.case.enquiry.requirements] == ["clear", "unclear"]
    story.tell(WithdrawRequirement("case-1", "R2", by=SELLER))
    assert story.names == ["QuestionWithdrawn", "RequirementWithdrawn", "EnquiryClockSet"]
    assert [each.id for each in story.case.enquiry.active] == ["R1"]
    story.tell(ProposeOffer("case-1", order(), by=SELLER))
    assert story.case.enquiry.submitted[0].requirement_ids == ("R1",)


def test_a_customer_who_falls_silent_lets_the_enquiry_lapse():
    """The last question to the customer runs out, and nothing was offered."""
    story = asked(Requirement("R1", "Pump", None, BY_MAY))
    story.tell(AnalyseEnquiry("case-1", by=SELLER))
    story.tell(PassTime("case-1", by=SELLER, at=at(1, month=5)))
    assert story.names == ["QuestionLapsed", "EnquiryExpired"]
    assert story.case.state == "expired"


def test_a_silent_department_does_not():
    """A question to our own people that runs out leaves the turn with us."""
    story = asked()
    story.tell(AskQuestion("case-1", "can we cast it?", "R1", owner="technology", due_at=at(4), by=SELLER))
    assert story.case.enquiry.respond_by_at is not None
    story.tell(PassTime("case-1", by=SELLER, at=at(4)))
    assert "QuestionLapsed" in story.names
    assert story.case.state == "enquired"


def test_what_nobody_can_do_is_declined():
    """An enquiry of which nothing is feasible ends with the reasons."""
    story = asked(Requirement("R1", "Pump", Quantity(3), DayPeriod(None, "2026-03-02")))
    story.tell(AskQuestion("case-1", "by when at the latest?", by=SELLER))
    story.tell(AnalyseEnquiry("case-1", by=SELLER))
    assert story.names == ["EnquiryAnalysed", "QuestionWithdrawn", "EnquiryDeclined"]
    assert [each.code for each in story.one(EnquiryDeclined).findings] == ["enquiry.too-soon"]
    assert story.case.state == "declined"


def test_we_or_the_customer_may_end_it():
    """With a reason; what lay before the customer counts as declined, drafts and questions are withdrawn."""
    story = offered()
    story.tell(DraftProposal("case-1", order(), proposal_id="P-2", by=SELLER))
    assert story.refused(DeclineEnquiry("case-1", by=SELLER)) == ("enquiry.decline-reason",)
    story.tell(DeclineEnquiry("case-1", by=SELLER, reason="bought elsewhere"))
    assert story.names == ["ProposalDeclined", "ProposalWithdrawn", "EnquiryDeclined"]


def test_a_withdrawn_offer_leaves_the_turn_with_us():
    """As long as another lies before the customer, it is the customer's."""
    story = offered("P-2")
    story.tell(WithdrawProposal("case-1", "P-1", by=SELLER))
    assert story.names == ["ProposalWithdrawn"]
    story.tell(WithdrawProposal("case-1", "P-2", by=SELLER))
    assert story.names == ["ProposalWithdrawn", "EnquiryClockSet"]


def test_an_order_that_names_an_offer_confirms_it():
    """No word before the order is needed, as long as the offer stands."""
    story = offered("P-2")
    story.tell(ReceiveOrder(order(line(price=201), proposal_id="P-2"), case_id="case-1", by=CLERK))
    assert story.names == ["ProposalConfirmed", "ProposalSuperseded", "OrderReceived"]
    assert story.case.enquiry.baseline.order_by_at is None
    story.tell(ScreenOrder("case-1", by=CLERK))
    assert story.case.state == "in_review"


def test_an_order_that_names_none_answers_the_only_offer():
    """It is held against it: whoever leaves out the number does not thereby name another price."""
    story = offered()
    story.tell(ReceiveOrder(order(line(price="1")), case_id="case-1", by=CLERK))
    assert story.names == ["ProposalConfirmed", "OrderReceived"]
    story.tell(ScreenOrder("case-1", by=CLERK))
    assert [each.deviation.address for each in story.case.intake.deviations if each.open] == ["/lines/10/price"]
    assert story.case.state == "received"


def test_an_order_that_names_none_of_several_offers_waits_for_a_person():
    """Nobody can tell which it is about; questions and offers are over."""
    story = offered("P-2")
    story.tell(AskQuestion("case-1", "which colour?", by=SELLER))
    story.tell(ReceiveOrder(order(), case_id="case-1", by=CLERK))
    assert story.names == ["ProposalSuperseded", "ProposalSuperseded", "QuestionWithdrawn", "OrderReceived"]
    assert (story.case.enquiry.baseline, story.case.enquiry.next_due) == (None, None)
    story.tell(ScreenOrder("case-1", by=CLERK))
    assert story.case.state == "received"
    (asked,) = (each for each in story.case.intake.findings if each.code == "intake.proposal-unnamed")
    assert "P-1, P-2" in asked.message()
    story.tell(ScreenOrder("case-1", override="pass", by=CLERK, reason="the customer means neither"))
    assert story.case.state == "in_review"


def test_on_the_case_of_an_enquiry_only_its_customer_orders():
    """Somebody else's order would confirm what was offered to another, and is a case of its own."""
    story = offered()
    stranger = attrs.evolve(BUYER, id="X9")
    given = ReceiveOrder(order(buyer=stranger, proposal_id="P-1"), case_id="case-1", by=CLERK)
    assert story.refused(given) == ("intake.other-customer",)
    assert story.case.enquiry.proposals["P-1"].state == "submitted"


def test_the_enquiry_came_in_before_it_was_taken_down():
    """The answer is due from when it reached us."""
    story = Story()
    story.tell(OpenEnquiry(BUYER, [PUMPS], case_id="case-1", received_at=at(1), by=SELLER, at=at(2)))
    opened = story.one(EnquiryOpened)
    assert (opened.occurred_at, opened.respond_by_at) == (instant(at(1)), instant(at(4)))
