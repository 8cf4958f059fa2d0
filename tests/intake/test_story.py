"""Orders come in, and go on, back or out."""

from __future__ import annotations

import pytest
from build import BUYER, CLERK, SELLER, Story, at, line, order

from orderlib.case.history import replay
from orderlib.case.message import PassTime
from orderlib.case.policies import PolicySet
from orderlib.enquiry.message import AnalyseEnquiry, ConfirmProposal, OpenEnquiry, ProposeOffer
from orderlib.enquiry.record import Requirement
from orderlib.intake.message import (
    AcknowledgeOrder,
    AnswerConfirmation,
    ConfirmBack,
    OrderReceived,
    OrderRejectedAtScreening,
    OrderRepriced,
    OrderReturned,
    ReceiveOrder,
    ResolveDeviation,
    ResponseOverdue,
    ResubmitOrder,
    ScreenOrder,
)
from orderlib.intake.record import Channel, Resolution
from orderlib.intake.screening import EveryFinding
from orderlib.order.record import Attachment
from orderlib.values.period import DayPeriod
from orderlib.values.quantity import Quantity


def test_a_clean_order_goes_straight_to_review():
    """Received by e-mail, screened without a finding, passed on."""
    story = Story()
    story.tell(ReceiveOrder(order(), case_id="case-1", channel=Channel.EMAIL, by=CLERK))
    received = story.one(OrderReceived)
    assert received.receipt.channel is Channel.EMAIL
    assert received.respond_by_at == received.occurred_at.add(days=2)
    story.tell(ScreenOrder("case-1", by=CLERK))
    assert story.names == ["OrderScreened", "OrderPassedToReview"]
    assert story.case.state == "in_review"
    assert story.case.intake.unresolved == ()


def test_a_faulty_order_goes_back_with_every_fault_and_comes_again():
    """What is missing is said at once; put right, the order passes, and its lines are the same lines."""
    story = Story()
    poor = order(line(price=None), line("20", quantity=0), validity=DayPeriod(None, "2026-02-01"))
    story.tell(ReceiveOrder(poor, case_id="case-1", by=CLERK))
    story.tell(ScreenOrder("case-1", by=CLERK))
    returned = story.one(OrderReturned)
    assert {finding.code for finding in returned.findings} == {
        "intake.price-missing",
        "intake.quantity-zero",
        "intake.validity-expired",
    }
    assert (returned.order_id, returned.customer) == ("4711", BUYER)
    assert story.case.state == "returned"
    assert story.case.next_due == returned.due_at
    story.tell(ResubmitOrder("case-1", order(line(), line("20")), by=CLERK))
    assert story.case.intake.receipt.number == 2
    assert list(story.case.order.lines.ids()) == ["10", "20"]
    story.tell(ScreenOrder("case-1", by=CLERK))
    assert story.case.state == "in_review"


def test_an_order_that_stays_away_lapses():
    """Nobody resubmits: the case expires, and nothing of it is due any more."""
    story = Story()
    story.tell(ReceiveOrder(order(line(price=None)), case_id="case-1", by=CLERK))
    story.tell(ScreenOrder("case-1", by=CLERK))
    story.tell(PassTime("case-1", by=CLERK, at=at(1, month=6)))
    assert story.names == ["ReturnLapsed"]
    assert (story.case.state, story.case.next_due) == ("expired", None)


def test_a_blacklisted_buyer_is_rejected():
    """There is nothing to put right: the order ends with the reason."""
    story = Story(policies=PolicySet(screening=EveryFinding(blacklist={"waterworks": "fraud in 2024"})))
    story.tell(ReceiveOrder(order(), case_id="case-1", by=CLERK))
    story.tell(ScreenOrder("case-1", by=CLERK))
    (finding,) = story.one(OrderRejectedAtScreening).findings
    assert (finding.code, finding.address) == ("intake.party-blacklisted", "/buyer")
    assert "fraud in 2024" in finding.message()
    assert story.case.state == "rejected"


def test_a_spoken_order_is_confirmed_back_before_it_is_reviewed():
    """Screening alone does not pass an order that nobody has written down."""
    story = Story()
    story.tell(ReceiveOrder(order(), case_id="case-1", channel=Channel.PHONE, by=CLERK))
    story.tell(ScreenOrder("case-1", by=CLERK))
    assert story.case.state == "received"
    assert [finding.code for finding in story.case.intake.unresolved] == ["intake.not-confirmed"]
    story.tell(ConfirmBack("case-1", document=Attachment("L-1", "letter"), by=CLERK))
    assert story.case.intake.confirmation.state == "sent"
    story.tell(AnswerConfirmation("case-1", by=CLERK))
    assert story.names == ["OrderConfirmedByCustomer", "OrderPassedToReview"]
    assert story.case.state == "in_review"


def test_a_spoken_order_is_not_confirmed_by_word_alone():
    """Either we have written, or the customer has (ISO 9001, 8.2.3.1)."""
    story = Story()
    story.tell(ReceiveOrder(order(), case_id="case-1", channel=Channel.PHONE, by=CLERK))
    story.tell(ScreenOrder("case-1", by=CLERK))
    assert story.refused(AnswerConfirmation("case-1", by=CLERK)) == ("intake.confirmation-unwritten",)
    story.tell(AnswerConfirmation("case-1", document=Attachment("letter", "order"), by=CLERK))
    assert story.case.state == "in_review"
    assert story.case.intake.confirmation.document.id == "letter"


def test_a_spoken_order_that_nobody_confirms_goes_back():
    """Silence on what we wrote is no order."""
    story = Story()
    story.tell(ReceiveOrder(order(), case_id="case-1", channel=Channel.PERSONAL, by=CLERK))
    story.tell(ConfirmBack("case-1", due_at=at(5), by=CLERK))
    story.tell(PassTime("case-1", by=CLERK, at=at(6)))
    assert story.names == ["ResponseOverdue", "OrderConfirmationLapsed", "OrderReturned"]
    assert story.case.state == "returned"
    assert story.case.intake.confirmation.state == "lapsed"


def test_a_spoken_order_that_was_misheard_goes_back():
    """The customer's no comes with what is wrong."""
    story = Story()
    story.tell(ReceiveOrder(order(), case_id="case-1", channel=Channel.PHONE, by=CLERK))
    story.tell(ConfirmBack("case-1", by=CLERK))
    assert story.refused(AnswerConfirmation("case-1", agrees=False, by=CLERK)) == ("intake.dispute-reason",)
    story.tell(AnswerConfirmation("case-1", agrees=False, by=CLERK, reason="13, not 30"))
    assert story.names == ["OrderDisputedByCustomer", "OrderReturned"]
    assert "13, not 30" in story.one(OrderReturned).findings[0].message()


def offered(story: Story, *lines) -> None:
    """An enquiry whose one proposal, `P-1`, the customer has confirmed."""
    wanted = Requirement("R1", "Pump, 40 l/s", Quantity(3), DayPeriod(None, "2026-04-30"))
    story.tell(OpenEnquiry(BUYER, [wanted], case_id="case-1", by=SELLER))
    story.tell(AnalyseEnquiry("case-1", by=SELLER))
    story.tell(ProposeOffer("case-1", order(*lines), proposal_id="P-1", by=SELLER))
    story.tell(ConfirmProposal("case-1", "P-1", by=SELLER))


def test_an_order_is_held_against_the_confirmed_proposal():
    """A difference waits for a person; the agreed price fills a gap; then the order goes on."""
    story = Story()
    offered(story, line(), line("20", "V-1", price="8.00"))
    story.tell(ReceiveOrder(order(line(quantity=5), line("20", "V-1", price=None)), case_id="case-1", by=CLERK))
    story.tell(ScreenOrder("case-1", by=CLERK))
    assert story.one(OrderRepriced).lines == ("20",)
    assert story.case.state == "received"
    (deviation,) = (each for each in story.case.intake.deviations if each.open)
    assert (deviation.deviation.address, deviation.source) == ("/lines/10/quantity", "proposal/P-1")
    assert [finding.code for finding in story.case.intake.unresolved] == ["intake.deviation-open"]
    story.tell(ResolveDeviation("case-1", deviation.id, Resolution.ACCEPTED, by=SELLER, reason="two more are on stock"))
    assert story.names == ["DeviationResolved", "OrderPassedToReview"]
    assert story.case.order.lines["20"].price == line("20", "V-1", price="8.00").price


def test_a_lower_price_is_put_right_or_returned():
    """Repriced, the agreed price stands; returned, the customer hears what was agreed."""
    for resolution, state in ((Resolution.REPRICED, "in_review"), (Resolution.RETURNED, "returned")):
        story = Story()
        offered(story)
        story.tell(ReceiveOrder(order(line(price="150")), case_id="case-1", by=CLERK))
        story.tell(ScreenOrder("case-1", by=CLERK))
        (deviation,) = story.case.intake.deviations
        story.tell(ResolveDeviation("case-1", deviation.id, resolution, by=SELLER, reason="as agreed"))
        assert story.case.state == state
        price = story.case.order.lines["10"].price
        assert str(price.amount) == ("199.9" if state == "in_review" else "150")


def test_what_was_accepted_once_need_not_be_accepted_again():
    """A difference that a person accepted stays accepted when the order comes back for another one."""
    story = Story()
    offered(story)
    story.tell(ReceiveOrder(order(line(quantity=5, price="150")), case_id="case-1", by=CLERK))
    story.tell(ScreenOrder("case-1", by=CLERK))
    quantity, price = story.case.intake.deviations
    story.tell(ResolveDeviation("case-1", quantity.id, Resolution.ACCEPTED, by=SELLER, reason="on stock"))
    assert story.case.state == "received"
    story.tell(ResolveDeviation("case-1", price.id, Resolution.RETURNED, by=SELLER, reason="not for that"))
    assert [finding.address for finding in story.one(OrderReturned).findings] == ["/lines/10/price"]
    story.tell(ResubmitOrder("case-1", order(line(quantity=5)), by=CLERK))
    story.tell(ScreenOrder("case-1", by=CLERK))
    assert story.case.state == "in_review"
    (kept,) = story.case.intake.deviations
    assert (kept.resolution, kept.reason) == (Resolution.ACCEPTED, "on stock")


def test_the_customer_hears_in_time_or_the_clock_says_so():
    """Without an answer by its time the clock speaks once; an acknowledgement stops it."""
    late, timely = Story(), Story()
    for story in (late, timely):
        story.tell(ReceiveOrder(order(), case_id="case-1", by=CLERK))
    late.tell(PassTime("case-1", by=CLERK, at=at(20)))
    assert late.one(ResponseOverdue).owner == "customer-service"
    assert late.case.intake.overdue
    timely.tell(AcknowledgeOrder("case-1", by=CLERK))
    assert timely.refused(AcknowledgeOrder("case-1", by=CLERK)) == ("intake.answered",)
    assert timely.tell(PassTime("case-1", by=CLERK, at=at(20))) == ()


@pytest.mark.parametrize("override", ["pass", "return", "reject", "review"])
def test_a_person_may_overrule_screening_with_a_reason(override):
    """The ruling is the person's, and the policy's own outcome stands beside it."""
    story = Story()
    story.tell(ReceiveOrder(order(), case_id="case-1", by=CLERK))
    assert story.refused(ScreenOrder("case-1", override=override, by=CLERK)) == ("intake.override-reason",)
    story.tell(ScreenOrder("case-1", override=override, by=CLERK, reason="the board says so"))
    ends = {"pass": "in_review", "return": "returned", "reject": "rejected", "review": "received"}
    assert story.case.state == ends[override]
    decided = story.events[0]
    assert (decided.decision.outcome, decided.decision.ruling) == ("pass", override)


def test_the_history_tells_the_same_case():
    """Folding all events again gives the identical case."""
    story = Story()
    offered(story)
    story.tell(ReceiveOrder(order(line(quantity=5)), case_id="case-1", by=CLERK))
    story.tell(ScreenOrder("case-1", by=CLERK))
    assert replay("case-1", story.history) == story.case
