"""What events of this room and of others do to the record."""

from __future__ import annotations

import attrs
from build import CLERK, order
from reviewing import accepted, convened, say

from orderlib.intake.message import OrderRepriced, OrderResubmitted
from orderlib.intake.record import Receipt
from orderlib.review.fold import FOLDS, folded
from orderlib.review.message import ApprovalRenewed
from orderlib.review.record import Reviews
from orderlib.values.identifier import CommandId
from orderlib.values.instant import instant
from orderlib.values.message import Event, Stamp

NOW = instant("2026-03-02T12:00:00Z")
STAMP = Stamp(CommandId("x"), CLERK, NOW, NOW)


def states(reviews):
    """The states of the live assessments."""
    return {str(each.discipline): each.state for each in reviews.current.assessments}


def test_new_prices_void_what_judged_prices():
    """Finance looked at them, the others did not."""
    story = convened()
    say(story)
    after = FOLDS[OrderRepriced](story.case.review, OrderRepriced(STAMP, order()))
    assert states(after) == {
        "production": "submitted",
        "purchasing": "submitted",
        "finance": "voided",
        "legal": "submitted",
    }


def test_an_order_that_came_anew_voids_everything():
    """Whatever was judged was another order."""
    story = accepted()
    receipt = Receipt(channel="EM", received_at=NOW)
    resubmitted = OrderResubmitted(STAMP, order(), receipt)
    kind = next(kind for kind in type(resubmitted).__mro__ if kind in FOLDS)
    after = FOLDS[kind](story.case.review, resubmitted)
    assert after.voided
    assert set(states(after).values()) == {"voided"}


def test_an_order_that_ends_elsewhere_is_waited_for_no_longer():
    """Cancelled, for instance; any other event of another room is passed over."""

    @attrs.frozen
    class Cancelled(Event):
        move = "cancel"

    story = convened()
    reviews = story.case.review
    assert FOLDS[Event](reviews, Event(STAMP)) is reviews
    assert FOLDS[Event](reviews, Cancelled(STAMP)).next_due is None


def test_events_that_change_nothing_of_the_record_are_passed_over():
    """Nothing was approved: nothing is renewed; what other rooms told, they hear themselves."""
    reviews = Reviews()
    assert folded(reviews, [ApprovalRenewed(STAMP, 2, CLERK), OrderRepriced(STAMP, order())]) is reviews


def test_an_approval_that_is_renewed_stands_for_the_new_revision():
    """By whoever approved the change."""
    reviews = accepted().case.review
    void = attrs.evolve(reviews, approval=attrs.evolve(reviews.approval, void=True))
    after = folded(void, [ApprovalRenewed(STAMP, 2, CLERK)])
    assert (after.approved, after.approval.revision, after.approval.by) == (True, 2, (CLERK,))


def test_a_change_of_what_nobody_judged_voids_nothing():
    """An empty record has nothing to void."""
    assert FOLDS[OrderRepriced](Reviews(), OrderRepriced(STAMP, order())) == Reviews()
