"""What intake remembers."""

from __future__ import annotations

import pytest
from build import CLERK, Story, order

from orderlib.errors import InvalidValueError
from orderlib.intake.message import ReceiveOrder
from orderlib.intake.record import Channel, Confirmation, Intake, Receipt
from orderlib.order.record import Attachment
from orderlib.values.instant import instant

WHEN = instant("2026-03-02T09:00:00Z")
LATER = instant("2026-03-05T09:00:00Z")


@pytest.mark.parametrize(
    ("channel", "document", "verbal"),
    [
        (Channel.PHONE, None, True),
        (Channel.PERSONAL, None, True),
        (Channel.PHONE, Attachment("F-1"), False),
        (Channel.EMAIL, None, False),
    ],
)
def test_only_what_was_spoken_without_a_paper_is_verbal(channel, document, verbal):
    """A document makes a spoken order a written one; every other channel leaves one behind."""
    assert Receipt(channel=channel, received_at=WHEN, document=document).verbal is verbal


def test_a_receipt_is_numbered_from_one():
    """There is no receipt before the first."""
    with pytest.raises(InvalidValueError) as caught:
        Receipt(number=0, channel="EI", received_at=WHEN)
    assert caught.value.code == "number.whole"


def test_an_empty_record_stands_for_an_adopted_order():
    """No receipt, an answer by document exchange, and everything before it."""
    empty = Intake()
    assert (empty.receipt, empty.channel, empty.next_due) == (None, Channel.EDI, None)
    assert [each.code for each in empty.unresolved] == ["intake.not-screened"]


@pytest.mark.parametrize(
    ("more", "due"),
    [
        ({"respond_by_at": LATER}, LATER),
        ({"return_due_at": WHEN, "respond_by_at": LATER}, WHEN),
        ({"return_due_at": LATER, "respond_by_at": WHEN}, WHEN),
        ({"confirmation": Confirmation(state="sent", due_at=WHEN), "respond_by_at": LATER}, WHEN),
        ({"confirmation": Confirmation(state="sent", due_at=LATER), "respond_by_at": WHEN}, WHEN),
        ({"confirmation": Confirmation(state="sent", due_at=WHEN), "passed": True}, None),
        ({"confirmation": Confirmation(state="confirmed")}, None),
    ],
)
def test_the_earliest_time_counts(more, due):
    """Of our answer, the customer's confirmation, the end of a return."""
    assert Intake(**more).next_due == due


def test_who_took_the_order_in_is_known():
    """Whoever judges duties later can ask."""
    story = Story()
    story.tell(ReceiveOrder(order(), case_id="case-1", by=CLERK))
    assert story.case.intake.received_by == CLERK.id
