"""Asking for changes: what is refused, what is applied or rejected at once, what waits."""

from __future__ import annotations

import attrs
import pytest
from build import CLERK, SELLER, at, line
from changing import CASE, ask, counts, dear, decided, other, running, two_lines, wants
from reviewing import accepted, under_review

from orderlib.change.message import (
    ChangeLapsed,
    ChangeRejected,
    ReceiveOrderChange,
    RequestCancellation,
    RequestChange,
    WithdrawChange,
)
from orderlib.change.record import ChangeImpact, Side
from orderlib.order.revision import difference
from orderlib.values.party import Party
from orderlib.values.quantity import Quantity
from orderlib.values.rate import UnitPrice


def codes(story, what, **more):
    """The codes with which the customer's wish is refused."""
    return story.refused(RequestChange(CASE, "C-1", what, by=CLERK, **more))


class TestRefused:
    def test_every_reason_is_said_at_once(self):
        """A used id, a due date that has passed, nothing to change, no reason: one refusal."""
        story = running()
        ask(story, wants(story, q10=4))
        nothing = difference(story.case.order, story.case.order)
        again = RequestChange(CASE, "C-1", nothing, "market", by=SELLER, due_at=at(1))
        assert story.refused(again) == (
            "change.used-id",
            "change.due-past",
            "change.nothing",
            "change.reason-missing",
        )

    def test_a_difference_against_an_old_revision(self):
        """It says which revision it was made against, and which one stands."""
        story = running()
        old = wants(story, q10=4)
        ask(story, wants(story, q20=4))
        decided(story)
        assert codes(story, old, due_at=None) == ("change.used-id", "order.stale-difference")

    def test_less_than_has_left(self):
        """What is with the customer or on its way cannot be unordered; the rest can."""
        story = running(counts(produced=6, despatched=6, received=4))
        assert codes(story, wants(story, q10=5)) == ("change.below-despatched",)
        ask(story, wants(story, q10=6))

    def test_less_than_was_cancelled_or_closed_short(self):
        """Pieces that were given up are still part of what was ordered."""
        story = running(counts(cancelled=2, short_closed=1))
        assert codes(story, wants(story, q10=2)) == ("change.below-despatched",)
        ask(story, wants(story, q10=3))

    def test_a_line_delivered_above_the_order_may_keep_its_quantity(self):
        """More has come than was wanted; a change of its price is no change of that."""
        story = running(counts(produced=12, despatched=12, received=12))
        ask(story, difference(story.case.order, dear(story.case.order, "10", UnitPrice("90", "EUR"))))

    def test_a_line_with_a_history_is_not_taken_out(self):
        """Every account that says so is named; goods that were only made are no history."""
        story = running(counts(produced=3, despatched=3, received=3, accepted=2))
        assert codes(story, wants(story, "10")) == ("change.line-has-history",) * 3
        made = running(counts(produced=3))
        ask(made, wants(made, "10"))

    def test_what_is_counted_keeps_its_unit_and_its_item(self):
        """Three pieces would become three boxes, or three of something else."""
        story = running(counts(produced=3))
        known = story.case.order
        boxed = attrs.evolve(known.lines["10"], quantity=Quantity(10, "BX"))
        other_item = attrs.evolve(known.lines["10"], item=line(item="P-9").item)
        for new, code in ((boxed, "change.unit-counted"), (other_item, "change.item-counted")):
            wanted = difference(known, attrs.evolve(known, lines=known.lines.replace([new])))
            assert codes(story, wanted) == (code,)
        untouched = difference(known, attrs.evolve(known, lines=known.lines.replace([attrs.evolve(boxed, id="20")])))
        ask(story, untouched)

    def test_an_id_that_comes_back_for_another_item(self):
        """The counts of the line that left would belong to something else; the same item may come back."""
        story = running(counts(produced=3))
        ask(story, wants(story, "10"))
        decided(story, charge=story.case.order.total * 0)
        assert "10" not in story.case.order.lines
        assert dict(story.case.change.gone) == {"10": "P-7"}
        strange = wants(story, add=[line("10", item="P-9")])
        assert story.refused(RequestChange(CASE, "C-2", strange, by=CLERK)) == ("change.item-counted",)
        ask(story, wants(story, add=[line("10", quantity=2, price="100")]), "C-2")
        decided(story, "C-2")
        assert (story.case.ledger.lines["10"].produced, story.case.change.gone) == (3, ())

    def test_an_id_that_never_counted_may_mean_something_else(self):
        """It is noticed, and no more."""
        story = running()
        ask(story, wants(story, "10"))
        decided(story)
        ask(story, wants(story, add=[line("10", item="P-9")]), "C-2")
        assert "order.line-reused" in {each.code for each in story.case.change.requests["C-2"].findings}

    def test_lines_that_are_being_cancelled(self):
        """A change of other lines, or of the papers, goes its way."""
        story = running(counts(produced=3))
        story.tell(RequestCancellation(CASE, "X", by=SELLER, side="supplier", line_ids=("10",), reason="no steel"))
        assert codes(story, wants(story, q10=4)) == ("change.being-cancelled",)
        ask(story, wants(story, q20=4))
        ask(story, difference(story.case.order, attrs.evolve(story.case.order, note="call first")), "C-2")
        assert story.case.order.note == "call first"
        whole = running(counts(produced=3))
        whole.tell(RequestCancellation(CASE, "X", by=SELLER, side="supplier", reason="no steel"))
        assert codes(whole, wants(whole, q20=4)) == ("change.being-cancelled",)

    @pytest.mark.parametrize("state", ["enquired", "returned"])
    def test_orders_that_are_not_to_be_changed(self, state):
        """A returned order is resubmitted."""
        story = running(state=state)
        assert codes(story, wants(story, q10=4)) == ("command.impossible",)


class TestAtOnce:
    def test_before_acceptance_the_customer_orders_otherwise(self):
        """Nothing was promised, so there is nothing to decide; what was judged of it is judged anew."""
        story = under_review()
        ask(story, wants(story, q10=7))
        assert story.names == ["ChangeRequested", "ChangeAccepted", "OrderRevised"]
        request = story.case.change.requests["C-1"]
        assert (request.impact, request.state) == (ChangeImpact.HARMLESS, "applied")
        assert story.case.order.lines["10"].quantity == Quantity(7)
        assert story.case.state == "in_review"

    def test_papers_change_without_a_word(self):
        """Not even an acceptance that was given for everything is touched by a note."""
        story = accepted()
        approval = story.case.review.approval
        ask(story, difference(story.case.order, attrs.evolve(story.case.order, note="gate 4")))
        assert story.case.order.note == "gate 4"
        assert story.case.review.approval == approval

    def test_what_cannot_be_is_rejected_with_the_reasons(self):
        """The request stays on record, and the customer hears why."""
        story = running(counts(produced=3))
        ask(story, difference(story.case.order, attrs.evolve(story.case.order, buyer=Party("C2"))))
        assert [each.code for each in story.one(ChangeRejected).reasons] == ["change.other-party"]
        assert story.case.change.requests["C-1"].state == "rejected"

    def test_our_own_papers_need_no_word_of_the_customer(self):
        """A note of ours is entered as soon as it is decided, or at once."""
        story = running()
        what = difference(story.case.order, attrs.evolve(story.case.order, note="drawing 3"))
        story.tell(RequestChange(CASE, "C-1", what, "internal", by=SELLER, reason="for the workshop"))
        assert story.case.order.note == "drawing 3"

    def test_a_harmless_change_waits_where_the_panel_must_meet(self):
        """A policy may call it harmless; the acceptance has the last word."""
        from orderlib.case.policies import PolicySet
        from orderlib.values.decision import Decision

        def harmless(order, revised, wanted, progress, /):
            return Decision(ChangeImpact.HARMLESS)

        story = running(policies=PolicySet(change_impact=harmless))
        ask(story, difference(story.case.order, dear(story.case.order, "10", UnitPrice("10", "EUR"))))
        assert story.names == ["ChangeRequested"]
        ask(story, wants(story, q10=11), "C-2")
        assert story.names == ["ChangeRequested", "ChangeAccepted", "OrderRevised"]


class TestOrderChange:
    def test_numbers_grow(self):
        """A message that comes late, or twice, is refused."""
        story = running()
        story.tell(ReceiveOrderChange(CASE, "M-2", other(story.case.order, q10=4), 2, by=CLERK))
        late = ReceiveOrderChange(CASE, "M-1", other(story.case.order, q10=3), 1, by=CLERK)
        assert story.refused(late) == ("change.sequence",)
        assert story.refused(attrs.evolve(late, sequence=2)) == ("change.sequence",)
        assert story.refused(attrs.evolve(late, change_id="M-2", sequence=3)) == ("change.used-id",)

    def test_a_message_without_a_number(self):
        """Not every customer counts."""
        story = running()
        story.tell(ReceiveOrderChange(CASE, "M-1", other(story.case.order, q10=4), by=CLERK))
        assert story.case.change.sequence == 0

    def test_it_must_be_about_this_order(self):
        """Another number, or another buyer, and nothing else is looked at."""
        story = running()
        strange = attrs.evolve(two_lines(), id="9999")
        assert story.refused(ReceiveOrderChange(CASE, "M-1", strange, 1, by=CLERK)) == ("change.other-order",)
        foreign = attrs.evolve(two_lines(), buyer=Party("C9"))
        assert story.refused(ReceiveOrderChange(CASE, "M-1", foreign, 1, by=CLERK)) == ("change.other-order",)

    def test_the_same_order_again(self):
        """There is nothing to decide."""
        story = running()
        same = ReceiveOrderChange(CASE, "M-1", story.case.order, 1, by=CLERK)
        assert story.refused(same) == ("change.nothing",)

    def test_it_takes_the_place_of_the_earlier_wish(self):
        """The later message says all that the customer wants; a charge for the earlier one is withdrawn."""
        story = running(counts(produced=8))
        story.tell(ReceiveOrderChange(CASE, "M-1", other(story.case.order, q10=4), 1, by=CLERK))
        decided(story, "M-1")
        story.tell(ReceiveOrderChange(CASE, "M-2", other(story.case.order, q10=9), 2, by=CLERK))
        assert story.names == ["ChargeWithdrawn", "ChangeSuperseded", "ChangeRequested"]
        log = story.case.change
        assert [each.state for each in log.requests] == ["superseded", "requested"]
        assert log.charges["M-1/charge"].state == "withdrawn"

    def test_what_we_proposed_otherwise_stays_proposed(self):
        """Another wish of the customer is no answer to it; one against an old revision agrees with nothing."""
        story = running(state="accepted")
        ours = RequestChange(CASE, "P", wants(story, q10=9), "supply", by=SELLER, reason="short of steel")
        story.tell(ours)
        decided(story, "P")
        story.tell(ReceiveOrderChange(CASE, "M-1", other(story.case.order, q20=4), 1, by=CLERK))
        assert story.case.change.requests["P"].state == "proposed"
        decided(story, "M-1")
        story.tell(ReceiveOrderChange(CASE, "M-2", other(story.case.order, q10=9), 2, by=CLERK))
        assert story.case.change.requests["P"].state == "proposed"
        assert story.case.change.requests["M-2"].state == "requested"

    def test_an_accepted_order_is_changed_by_what_we_proposed(self):
        """No counter-offer is needed for that."""
        story = running(state="accepted")
        story.tell(RequestChange(CASE, "P", wants(story, q10=9), "supply", by=SELLER, reason="short of steel"))
        decided(story, "P")
        story.tell(ReceiveOrderChange(CASE, "M-1", other(story.case.order, q10=9), 1, by=CLERK))
        assert story.names == ["ChangeRequested", "ChangeAgreed", "ChangeAccepted", "OrderRevised"]
        assert story.case.order.lines["10"].quantity == Quantity(9)


class TestWithdrawn:
    def test_whoever_asked_may_take_it_back(self):
        """With it goes the charge; twice is once too often."""
        story = running(counts(produced=8))
        ask(story, wants(story, q10=4))
        decided(story)
        story.tell(WithdrawChange(CASE, "C-1", by=CLERK))
        assert story.names == ["ChargeWithdrawn", "ChangeWithdrawn"]
        assert story.case.change.quiet
        assert story.refused(WithdrawChange(CASE, "C-1", by=CLERK)) == ("change.state",)
        assert story.refused(WithdrawChange(CASE, "C-9", by=CLERK)) == ("change.unknown",)

    def test_silence_declines(self):
        """Nobody decided: the customer hears no, and the order stands."""
        story = running()
        ask(story, wants(story, q10=4), due_at=at(9))
        assert story.case.next_due == story.case.change.requests["C-1"].due_at
        from orderlib.case.message import PassTime

        story.tell(PassTime(CASE, by=CLERK, at=at(9)))
        assert story.one(ChangeLapsed).response == "RE"
        assert story.case.change.requests["C-1"].state == "lapsed"
        assert story.case.next_due is None


def test_the_cause_says_whose_wish_it_is_unless_somebody_does():
    """The customer's where the customer is the cause; ours otherwise."""
    what = difference(two_lines(), other(two_lines(), q10=4))
    assert RequestChange(CASE, "C", what, by=CLERK).whose is Side.CUSTOMER
    assert RequestChange(CASE, "C", what, "market", by=CLERK).whose is Side.SUPPLIER
    assert RequestChange(CASE, "C", what, "regulation", side="customer", by=CLERK).whose is Side.CUSTOMER
