"""Cancellations: granted at once, refused without a trace, left to a person, or granted once all is undone."""

from __future__ import annotations

import attrs
import pytest
from build import BUYER, CLERK, SELLER, Story, line, order
from changing import CASE, ask, counts, decided, running, wants
from reviewing import accepted, streams, under_review

from orderlib.case.message import PassTime
from orderlib.case.policies import PolicySet
from orderlib.change.message import (
    AnswerCharge,
    CancellationRefused,
    DecideCancellation,
    RequestCancellation,
    TerminateOrder,
    WithdrawCancellation,
)
from orderlib.change.policy import CancellationDecision
from orderlib.change.record import CancellationRuling, ChargeRuling, PointOfNoReturn, Remedy
from orderlib.enquiry.message import OpenEnquiry
from orderlib.enquiry.record import Requirement
from orderlib.hold.message import PlaceHold
from orderlib.values.decision import Decided, Decision
from orderlib.values.dispatch import Gate
from orderlib.values.money import Money

AT_ONCE = ["CancellationRequested", "QuantitiesCancelled", "CancellationCompleted", "OrderCancelled"]


def cancel(story, *line_ids, side="customer", **more):
    """Somebody wants it to end."""
    more.setdefault("reason", "no longer wanted")
    story.tell(RequestCancellation(CASE, "X", line_ids=line_ids, side=side, by=CLERK, **more))


def by_person(*args):
    """A policy that leaves every cancellation to people."""
    return Decision(CancellationRuling.REVIEW)


@pytest.fixture
def judged():
    """A running order whose cancellation waits for a person."""
    story = running(counts(produced=4), policies=PolicySet(cancellation=by_person))
    cancel(story)
    return story


def unchanged(before, after):
    """Whether nothing but the record of changes, and when something of it lapses, has moved."""
    nothing = {"change": None, "version": 0, "next_due": None}
    return attrs.evolve(after, **nothing) == attrs.evolve(before, **nothing)


class TestAtOnce:
    def test_while_nothing_has_begun(self):
        """In review, accepted, released: what was open is cancelled, the credit is free again."""
        for story in (under_review(), accepted(), running(state="released")):
            cancel(story)
            assert story.names == AT_ONCE
            assert story.case.state == "cancelled"
            assert all(each.outstanding == 0 for each in story.case.ledger.lines)

    def test_the_credit_is_free_again(self):
        """What the order exposed, it exposes no more."""
        story = accepted()
        known = streams()
        (account,) = known.values()
        from orderlib.account.process import evolve, expose
        from orderlib.values.message import Stamp

        stamp = Stamp("c", CLERK, story.now, story.now)
        for event in expose(account, CASE, stamp, order=story.case.order.total):
            account = evolve(account, event)
        story.tell(
            RequestCancellation(CASE, "X", by=CLERK, reason="no longer wanted"), streams={next(iter(known)): account}
        )
        assert story.names[-1] == "ExposureSet"
        assert not story.events[-1].order

    def test_an_enquiry_may_be_cancelled_as_well(self):
        """There is no order and nothing to undo."""
        story = Story()
        story.tell(OpenEnquiry(BUYER, [Requirement("1", "pumps")], by=CLERK, case_id=CASE))
        cancel(story)
        assert story.names == ["CancellationRequested", "CancellationCompleted", "OrderCancelled"]

    def test_a_case_of_which_nothing_is_known_may_not(self):
        """A case that holds anything may; one that holds nothing does not exist."""
        story = Story()
        unknown = RequestCancellation(CASE, "X", by=CLERK, reason="no longer wanted")
        assert story.refused(unknown) == ("cancellation.nothing-known",)
        story.tell(PlaceHold(CASE, {Gate.RELEASE}, by=CLERK, reason="who is this?"))
        cancel(story)
        assert story.case.state == "cancelled"

    def test_one_line(self):
        """The others go on; a line that is cancelled has no open demand."""
        story = running(state="accepted")
        cancel(story, "10")
        assert story.names == AT_ONCE[:3]
        assert story.case.state == "accepted"
        assert (story.case.ledger.lines["10"].demand, story.case.ledger.lines["20"].demand) == (0, 5)

    def test_with_it_ends_what_was_in_question(self):
        """A change that waits, and the charge for another, are of no interest any more."""
        story = running(state="accepted")
        ask(story, wants(story, q10=4))
        ask(story, wants(story, q20=4), "C-2")
        decided(story, charge=Money(50, "EUR"))
        cancel(story)
        assert [each.state for each in story.case.change.requests] == ["superseded", "superseded"]
        assert [each.state for each in story.case.change.charges] == ["withdrawn"]
        assert story.case.change.quiet

    def test_the_last_line(self):
        """With it the order ends, where nothing was ever delivered."""
        story = running(state="accepted")
        cancel(story, "10")
        story.tell(RequestCancellation(CASE, "Y", line_ids=("20",), by=CLERK, reason="nor these"))
        assert story.case.state == "cancelled"


class TestRefused:
    def test_every_reason_is_said_at_once(self):
        """Used id, no reason, unknown line, line with nothing left, another cancellation of it."""
        story = running(counts(produced=10, despatched=10, received=10), counts("20", produced=1))
        story.tell(RequestCancellation(CASE, "X", line_ids=("20",), side="supplier", by=SELLER, reason="no steel"))
        again = RequestCancellation(CASE, "X", line_ids=("10", "20", "99"), by=CLERK)
        assert story.refused(again) == (
            "change.used-id",
            "change.reason-missing",
            "cancellation.nothing-open",
            "cancellation.unknown-line",
            "cancellation.pending",
        )

    def test_nothing_left_to_keep_from_the_customer(self):
        """Whoever keeps what is delivered and wants the rest to end must find a rest."""
        story = running(counts(produced=10, despatched=10), counts("20", produced=5, despatched=5))
        rest = RequestCancellation(CASE, "X", keep_delivered=True, by=CLERK, reason="enough")
        assert story.refused(rest) == ("cancellation.nothing-open",) * 2

    def test_past_the_point_of_no_return(self):
        """Everything of a line has left: the order, its ledgers and its holds are exactly as they were."""
        story = running(counts(produced=10, despatched=10))
        story.tell(PlaceHold(CASE, {Gate.INVOICE}, by=SELLER, reason="price in question"))
        before = story.case
        cancel(story)
        refused = story.one(CancellationRefused)
        assert ([each.code for each in refused.reasons], refused.order_id) == (["cancellation.gone"], "4711")
        assert unchanged(before, story.case)
        assert story.case.change.quiet

    def test_by_a_person(self, judged):
        """Who says why."""
        before = judged.case
        assert judged.refused(DecideCancellation(CASE, "X", grant=False, by=SELLER)) == ("change.reason-missing",)
        judged.tell(DecideCancellation(CASE, "X", grant=False, by=SELLER, reason="it is nearly done"))
        assert unchanged(before, judged.case)
        assert judged.case.next_due is None

    def test_by_a_person_where_there_is_no_order(self):
        """An enquiry that somebody has to judge."""
        story = Story(policies=PolicySet(cancellation=by_person))
        story.tell(OpenEnquiry(BUYER, [Requirement("1", "pumps")], by=CLERK, case_id=CASE))
        cancel(story)
        story.tell(DecideCancellation(CASE, "X", grant=False, by=SELLER, reason="we have begun"))
        assert story.one(CancellationRefused).order_id is None

    def test_twice_or_never_asked(self, judged):
        """A cancellation that is decided, or that there is not."""
        judged.tell(DecideCancellation(CASE, "X", grant=False, by=SELLER, reason="it is nearly done"))
        again = DecideCancellation(CASE, "X", grant=True, by=SELLER)
        assert judged.refused(again) == ("cancellation.state",)
        assert judged.refused(attrs.evolve(again, cancellation_id="Z")) == ("cancellation.unknown",)


class TestAPersonsWord:
    def test_grants_what_the_policy_left_open(self, judged):
        """The override stands beside the policy's word, and the plan is the usual one."""
        judged.tell(
            DecideCancellation(CASE, "X", grant=True, charge=Money(0, "EUR"), by=SELLER, reason="a good customer")
        )
        (ruled,) = (
            each.decision for each in judged.events if isinstance(each, Decided) and each.slot == "cancellation"
        )
        assert (ruled.outcome, ruled.ruling) == (CancellationRuling.REVIEW, CancellationRuling.COMPENSATION)
        assert [each.remedy for each in judged.case.change.cancellations["X"].items] == [
            Remedy.STOP,
            Remedy.SCRAP,
            Remedy.STOP,
        ]

    def test_needs_no_plan_where_nothing_has_begun(self):
        """Nor a reason: that somebody grants it is enough."""
        story = running(state="accepted", policies=PolicySet(cancellation=by_person))
        cancel(story)
        story.tell(DecideCancellation(CASE, "X", grant=True, by=SELLER))
        assert story.case.state == "cancelled"

    def test_keeps_what_the_policy_says_now(self):
        """The policy would grant it by now: nobody overrules it."""
        asked = []

        def later(*args):
            asked.append(args)
            outcome = CancellationRuling.REVIEW if len(asked) == 1 else CancellationRuling.GRANTED
            return CancellationDecision(outcome)

        story = running(state="accepted", policies=PolicySet(cancellation=later))
        cancel(story)
        story.tell(DecideCancellation(CASE, "X", grant=True, by=SELLER))
        (ruled,) = (each.decision for each in story.events if isinstance(each, Decided) and each.slot == "cancellation")
        assert ruled.override is None
        assert story.case.state == "cancelled"

    def test_may_be_overtaken(self, judged):
        """Whoever asked takes it back, or nobody decides in time: the order goes on."""
        withdrawn, lapsed = judged, running(policies=PolicySet(cancellation=by_person))
        withdrawn.tell(WithdrawCancellation(CASE, "X", by=CLERK))
        assert withdrawn.case.change.cancellations["X"].state == "withdrawn"
        cancel(lapsed)
        lapsed.tell(PassTime(CASE, by=CLERK, at=lapsed.case.next_due))
        assert lapsed.names == ["CancellationLapsed"]
        assert lapsed.case.state == "in_execution"


class TestCharged:
    @pytest.fixture
    def quoted(self):
        """Four pumps are made, and the customer wants none."""
        story = running(counts(produced=4))
        cancel(story)
        return story

    def test_made_goods_cost_their_price(self, quoted):
        """Nothing is stopped before the customer has said yes."""
        (charge,) = quoted.case.change.open_charges
        assert (str(charge.amount), charge.line_ids) == ("400.00 EUR", ())
        assert quoted.case.holds.standing == ()
        quoted.tell(AnswerCharge(CASE, charge.id, accepts=True, by=CLERK))
        assert quoted.names == ["ChargeAccepted", "CancellationBegun", "HoldPlaced"]

    def test_no_leaves_the_order_as_it_was(self, quoted):
        """So does silence."""
        before = running(counts(produced=4)).case
        quoted.tell(AnswerCharge(CASE, "X/charge", accepts=False, by=CLERK))
        assert quoted.names == ["ChargeDeclined", "CancellationDeclined"]
        assert unchanged(before, quoted.case)
        silent = running(counts(produced=4))
        cancel(silent)
        silent.tell(PassTime(CASE, by=CLERK, at=silent.case.next_due))
        assert silent.names == ["ChargeLapsed", "CancellationLapsed"]
        assert unchanged(before, silent.case)

    def test_taken_back_with_the_cancellation(self, quoted):
        """Nobody has to answer any more."""
        quoted.tell(WithdrawCancellation(CASE, "X", by=CLERK))
        assert quoted.names == ["ChargeWithdrawn", "CancellationWithdrawn"]
        assert quoted.case.change.quiet

    def test_our_own_cancellation_costs_the_customer_nothing(self):
        """Unless a person says otherwise."""
        story = running(counts(produced=4))
        cancel(story, side="supplier")
        assert "CancellationBegun" in story.names

    def test_a_policy_that_cannot_say_leaves_it_to_a_person(self):
        """The cancellation waits; whoever decides it names the price."""
        unsure = PolicySet(charge=lambda order, unwanted, /: Decision(ChargeRuling.REVIEW))
        story = running(counts(produced=4), policies=unsure)
        cancel(story)
        assert story.case.change.cancellations["X"].state == "requested"
        assert story.refused(DecideCancellation(CASE, "X", grant=True, by=SELLER)) == ("charge.needs-word",)
        story.tell(DecideCancellation(CASE, "X", grant=True, charge=Money(50, "EUR"), by=SELLER))
        assert story.case.change.open_charges[0].amount == Money(50, "EUR")

    def test_of_an_order_on_which_nothing_has_begun(self):
        """A person may charge that as well; with the yes the order ends."""
        story = running(state="accepted", policies=PolicySet(cancellation=by_person))
        cancel(story)
        story.tell(DecideCancellation(CASE, "X", grant=True, charge=Money(50, "EUR"), by=SELLER))
        story.tell(AnswerCharge(CASE, "X/charge", accepts=True, by=CLERK))
        assert (story.case.state, story.case.change.cancellations["X"].state) == ("cancelled", "completed")
        assert [str(each.amount) for each in story.case.change.accepted_charges] == ["50.00 EUR"]


class TestTerminated:
    def test_while_nothing_has_begun(self):
        """A released order ends at once."""
        story = running(state="released")
        story.tell(TerminateOrder(CASE, "X", by=SELLER, reason="insolvent"))
        assert story.names[-1] == "OrderTerminated"
        assert story.case.state == "terminated"

    def test_even_past_the_point_of_no_return(self):
        """It is never refused; what has left comes back."""
        story = running(counts(produced=10, despatched=10, received=10))
        story.tell(TerminateOrder(CASE, "X", by=SELLER, reason="insolvent"))
        assert [each.remedy for each in story.case.change.cancellations["X"].items] == [Remedy.RETURN, Remedy.STOP]

    def test_not_before_release(self):
        """Until then it is cancelled."""
        story = running(state="accepted")
        assert story.refused(TerminateOrder(CASE, "X", by=SELLER, reason="insolvent")) == ("command.impossible",)


def test_work_on_cancelled_lines_stands_still():
    """Holds stand on the lines, and on no other."""
    story = running(counts(produced=4))
    cancel(story, "10", side="supplier")
    (hold,) = story.case.holds.standing
    assert (hold.line_id, hold.source) == ("10", "cancellation/X")
    assert story.case.holds.stopping(Gate.PRODUCE, ("20",)) == ()


def test_bare_policies_are_enough():
    """Plain decisions without points or plans: the point counts for every line, the plan is the usual one."""
    plain = PolicySet(
        no_return=lambda lines, state, /: Decision(PointOfNoReturn.SOFT),
        cancellation=lambda *args: Decision(CancellationRuling.COMPENSATION),
    )
    story = running(policies=plain, of=order(line(quantity=3)))
    cancel(story)
    assert [str(item.quantity) for item in story.case.change.cancellations["X"].items] == ["3"]
