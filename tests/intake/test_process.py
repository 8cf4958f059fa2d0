"""What is possible when, what is refused, and what lapses."""

from __future__ import annotations

import attrs
import pytest
from build import BUYER, CLERK, SELLER, Story, at, line, order

from orderlib.case.message import AdoptOrder, PassTime
from orderlib.case.record import OrderCase
from orderlib.enquiry.message import AnalyseEnquiry, OpenEnquiry, ProposeOffer
from orderlib.enquiry.record import Requirement
from orderlib.errors import Finding
from orderlib.intake.message import (
    AcknowledgeOrder,
    AnswerConfirmation,
    ConfirmBack,
    OrderReturned,
    ReceiveOrder,
    ResolveDeviation,
    ResubmitOrder,
    ReturnOrder,
    ScreenOrder,
)
from orderlib.intake.process import FOLDS, RULES, lapse
from orderlib.intake.record import Channel, Intake, ScreeningOutcome
from orderlib.values.identifier import CaseId
from orderlib.values.instant import instant
from orderlib.values.message import Event, Stamp
from orderlib.values.period import DayPeriod
from orderlib.values.quantity import Quantity

ABOUT = {rule.command: rule.about for rule in RULES}


def offered(case) -> set[str]:
    """The commands that find something to concern, those apart that always do."""
    return {kind.__name__ for kind, about in ABOUT.items() if about is not None and tuple(about(case))}


def test_what_is_offered_follows_what_is_open():
    """Screening once, confirming once, answering once."""
    story = Story()
    assert offered(story.case) == set()
    story.tell(ReceiveOrder(order(), case_id="case-1", channel=Channel.PHONE, by=CLERK))
    assert offered(story.case) == {"ScreenOrder", "ConfirmBack", "AcknowledgeOrder"}
    story.tell(AcknowledgeOrder("case-1", by=CLERK))
    story.tell(ScreenOrder("case-1", by=CLERK))
    assert offered(story.case) == {"ConfirmBack"}
    story.tell(ConfirmBack("case-1", by=CLERK))
    assert offered(story.case) == {"AnswerConfirmation"}
    story.tell(AnswerConfirmation("case-1", by=CLERK))
    assert offered(story.case) == set()


def test_a_review_by_a_person_is_offered_again():
    """What the policy could not judge is screened again."""
    story = Story()
    story.tell(ReceiveOrder(order(), case_id="case-1", by=CLERK))
    story.tell(ScreenOrder("case-1", override="review", by=CLERK, reason="ask the lawyers"))
    assert story.case.intake.screening is ScreeningOutcome.REVIEW
    assert offered(story.case) == {"ScreenOrder", "AcknowledgeOrder"}


def test_refusals_name_every_reason():
    """Each command says all that is wrong with it."""
    story = Story()
    story.tell(ReceiveOrder(order(), case_id="case-1", by=CLERK))
    assert story.refused(ResolveDeviation("case-1", "D1", "open", by=CLERK)) == (
        "intake.resolution-reason",
        "intake.resolution",
        "intake.deviation-unknown",
    )
    assert story.refused(ReturnOrder("case-1", due_at=at(1), by=CLERK)) == (
        "intake.return-reason",
        "intake.return-past",
    )
    assert story.refused(ConfirmBack("case-1", by=CLERK)) == ("intake.nothing-to-confirm",)


def test_a_deviation_is_resolved_once_and_only_by_what_can_be_done():
    """A quantity has no agreed price; what is resolved stays so."""
    story = Story()
    wanted = Requirement("R1", "Pump, 40 l/s", Quantity(3), DayPeriod(None, "2026-04-30"))
    story.tell(OpenEnquiry(BUYER, [wanted], case_id="case-1", by=SELLER))
    story.tell(AnalyseEnquiry("case-1", by=SELLER))
    story.tell(ProposeOffer("case-1", order(), proposal_id="P-1", by=SELLER))
    story.tell(ReceiveOrder(order(line(quantity=5, price="1"), proposal_id="P-1"), case_id="case-1", by=CLERK))
    story.tell(ScreenOrder("case-1", by=CLERK))
    assert offered(story.case) == {"ResolveDeviation", "AcknowledgeOrder"}
    quantity, price = (each.id for each in story.case.intake.deviations)
    reprice = ResolveDeviation("case-1", quantity, "repriced", by=SELLER, reason="as agreed")
    assert story.refused(reprice) == ("intake.not-repriceable",)
    story.tell(ResolveDeviation("case-1", price, "repriced", by=SELLER, reason="as agreed"))
    again = ResolveDeviation("case-1", price, "accepted", by=SELLER, reason="after all")
    assert story.refused(again) == ("intake.deviation-resolved",)


def test_a_return_may_say_what_and_until_when():
    """Findings and time of a person stand for those of the policy."""
    story = Story()
    story.tell(ReceiveOrder(order(), case_id="case-1", by=CLERK))
    story.tell(ReturnOrder("case-1", [Finding("ours.stamp")], due_at=at(20), by=CLERK, reason="no stamp"))
    returned = story.one(OrderReturned)
    assert ([each.code for each in returned.findings], returned.due_at) == (["ours.stamp"], instant(at(20)))


def test_a_confirmation_is_written_back_again_only_for_a_time_to_come():
    """The second letter renews the time; one that is over is refused."""
    story = Story()
    story.tell(ReceiveOrder(order(), case_id="case-1", channel=Channel.PHONE, by=CLERK, at=at(2)))
    assert story.refused(ConfirmBack("case-1", due_at=at(1), by=CLERK)) == ("intake.confirmation-past",)
    story.tell(ConfirmBack("case-1", due_at=at(5), by=CLERK))
    story.tell(ConfirmBack("case-1", due_at=at(9), by=CLERK))
    assert story.case.intake.confirmation.due_at == instant(at(9))
    story.tell(AnswerConfirmation("case-1", by=CLERK))
    assert story.refused(ConfirmBack("case-1", by=CLERK)) == ("chart.no-move",)


def test_a_late_answer_loses_even_where_nobody_ticked():
    """The customer's yes comes after its time: the order has gone back, and the error says so."""
    story = Story()
    story.tell(ReceiveOrder(order(), case_id="case-1", channel=Channel.PHONE, by=CLERK, at=at(2)))
    story.tell(ConfirmBack("case-1", due_at=at(5), by=CLERK))
    late = AnswerConfirmation("case-1", by=CLERK, at=at(6))
    assert "command.after-lapse" in story.refused(late)


def test_a_confirmation_that_lapses_while_the_order_is_back_moves_nothing():
    """The order went back for another reason, and waits for its own time."""
    story = Story()
    story.tell(ReceiveOrder(order(), case_id="case-1", channel=Channel.PHONE, by=CLERK, at=at(2)))
    story.tell(ConfirmBack("case-1", due_at=at(5), by=CLERK))
    story.tell(ReturnOrder("case-1", due_at=at(20), by=CLERK, reason="no cost centre"))
    story.tell(PassTime("case-1", by=CLERK, at=at(6)))
    assert story.names == ["OrderConfirmationLapsed"]
    assert story.case.state == "returned"
    story.tell(ResubmitOrder("case-1", order(), by=CLERK))
    assert story.case.intake.confirmation is None


@pytest.mark.parametrize("state", ["received", "returned"])
def test_an_adopted_order_is_taken_up_where_it_stands(state):
    """Without any receipt: it is screened, acknowledged, returned, resubmitted as any other."""
    story = Story()
    story.tell(AdoptOrder(order(line(price=None)), state, case_id="case-1", by=CLERK))
    if state == "returned":
        story.tell(ResubmitOrder("case-1", order(), by=CLERK))
        assert story.case.intake.receipt.number == 1
        return
    story.tell(AcknowledgeOrder("case-1", by=CLERK))
    story.tell(ScreenOrder("case-1", by=CLERK))
    assert story.case.state == "returned"


def test_nothing_lapses_without_a_record():
    """A case that intake has never seen owes nothing."""
    when = instant(at())
    stamp = Stamp("c1", CLERK, when, when)
    assert tuple(lapse(OrderCase(id=CaseId("case-1")), when, stamp, None)) == ()


def test_an_answer_of_the_review_stops_the_clock():
    """Whichever room accepts, rejects or makes a counter-offer has answered the customer."""

    @attrs.frozen
    class Accepted(Event):
        move = "accept"

    when = instant(at())
    waiting = Intake(respond_by_at=when)
    stamp = Stamp("c1", CLERK, when, when)
    answered = FOLDS[Event](waiting, Accepted(stamp))
    assert (answered.respond_by_at, answered.answered_at) == (None, when)
    assert FOLDS[Event](waiting, Event(stamp)) is waiting
