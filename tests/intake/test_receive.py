"""Taking orders in."""

from __future__ import annotations

import pytest
from build import BUYER, CLERK, Story, at, line, order

from orderlib.errors import InvalidValueError
from orderlib.intake.message import (
    OrderReceived,
    OrderResubmitted,
    ReceiveOrder,
    ResubmitOrder,
    ReturnOrder,
    ScreenOrder,
)
from orderlib.intake.receive import receive_needs
from orderlib.values.decision import Decided
from orderlib.values.identifier import LineId
from orderlib.values.instant import instant
from orderlib.values.key import Key
from orderlib.values.party import Party

REFERENCE = ("order", "C1/4711")


def test_it_came_in_before_it_was_taken_down():
    """The events occurred when the order reached us; the answer is due from then on."""
    story = Story()
    story.tell(ReceiveOrder(order(), case_id="case-1", received_at=at(1), by=CLERK, at=at(2)))
    received = story.one(OrderReceived)
    assert (received.occurred_at, received.recorded_at) == (instant(at(1)), instant(at(2)))
    assert received.respond_by_at == instant(at(3))


def test_a_given_answer_time_asks_no_policy():
    """Whoever knows until when the customer wants an answer says it."""
    story = Story()
    story.tell(ReceiveOrder(order(), case_id="case-1", respond_by_at=at(9), by=CLERK))
    assert story.one(OrderReceived).respond_by_at == instant(at(9))
    assert not any(isinstance(event, Decided) for event in story.events)


def test_times_that_cannot_be_are_refused_together():
    """Received tomorrow, answered yesterday: both are said."""
    story = Story()
    command = ReceiveOrder(order(), case_id="case-1", received_at=at(8), respond_by_at=at(7), by=CLERK, at=at(2))
    assert story.refused(command) == ("intake.received-in-future", "intake.response-past")


def test_an_unknown_channel_is_malformed():
    """Channels come from the code list."""
    with pytest.raises(InvalidValueError) as caught:
        ReceiveOrder(order(), channel="pigeon", by=CLERK)
    assert [(each.code, each.address) for each in caught.value.findings] == [("code.unknown", "/channel")]


def test_without_a_case_the_order_founds_one():
    """Nobody need know the id of the new case."""
    assert ReceiveOrder(order(), by=CLERK).target is None
    assert ReceiveOrder(order(), case_id="case-1", by=CLERK).target == Key("case", "case-1")


def test_the_same_order_number_is_recognised():
    """Other cases under the customer's number are noted on the receipt, and screening sends the order back."""
    story = Story()
    command = ReceiveOrder(order(), case_id="case-1", by=CLERK)
    assert receive_needs(story.case, command).look_ups == (REFERENCE,)
    found = {REFERENCE: (Key("case", "case-1"), Key("case", "case-0"), Key("agreement", "A-1"))}
    story.tell(command, found=found)
    assert story.case.intake.receipt.duplicates == ("case-0",)
    story.tell(ScreenOrder("case-1", by=CLERK), found=found)
    assert story.case.state == "returned"
    (finding,) = (each for each in story.case.intake.findings if each.code == "intake.duplicate")
    assert "case-0" in finding.message()


def returned() -> Story:
    """An order of two lines that went back."""
    story = Story()
    story.tell(ReceiveOrder(order(line(), line("20", "V-1")), case_id="case-1", by=CLERK))
    story.tell(ReturnOrder("case-1", by=CLERK, reason="the address is illegible"))
    return story


def test_only_its_buyer_resubmits_an_order():
    """Somebody else's order is another order."""
    story = returned()
    other = order(buyer=Party("C2", "Gasworks"))
    assert story.refused(ResubmitOrder("case-1", other, by=CLERK)) == ("intake.other-buyer",)
    late = ResubmitOrder("case-1", order(buyer=BUYER), received_at=at(28), by=CLERK)
    assert story.refused(late) == ("intake.received-in-future",)


def test_a_corrected_number_is_looked_up_anew():
    """An order that was a duplicate passes under another number."""
    story = returned()
    command = ResubmitOrder("case-1", order(id="4712"), by=CLERK)
    assert receive_needs(story.case, command).look_ups == (("order", "C1/4712"),)
    story.tell(command)
    assert story.case.intake.receipt.duplicates == ()


def test_a_line_that_comes_back_as_another_item_is_noted():
    """Directly, and after it had been dropped in between."""
    story = returned()
    story.tell(ResubmitOrder("case-1", order(line(item="X-1")), received_at=at(2), by=CLERK))
    resubmitted = story.one(OrderResubmitted)
    assert resubmitted.gone == ((LineId("20"), "V-1"),)
    assert [each.code for each in resubmitted.receipt.noted] == ["order.line-reused"]
    story.tell(ReturnOrder("case-1", by=CLERK, reason="again"))
    story.tell(ResubmitOrder("case-1", order(line(item="X-1"), line("20", "X-2")), by=CLERK))
    again = story.one(OrderResubmitted)
    assert [each.code for each in again.receipt.noted] == ["order.line-reused"]
    assert again.gone == ()
    assert again.receipt.number == 3


def test_only_stated_totals_are_stated():
    """Anything else is refused when the command is made."""
    with pytest.raises(InvalidValueError) as caught:
        ReceiveOrder(order(), stated={"payable": "1"}, by=CLERK)
    assert [(each.code, each.address) for each in caught.value.findings] == [("value.type", "/stated")]
