"""Deciding changes: our word, the customer's, and what it costs."""

from __future__ import annotations

import pytest
from build import CLERK, SELLER
from changing import CASE, ask, counts, dear, decided, other, running, wants
from reviewing import accepted

from orderlib.acceptance.message import ReportReturned
from orderlib.case.policies import PolicySet
from orderlib.change.message import (
    AnswerChange,
    AnswerCharge,
    ChangeAccepted,
    ChangeCountered,
    ChangeProposed,
    ChangeRejected,
    DecideChange,
    ReceiveOrderChange,
    RequestChange,
    WithdrawChange,
)
from orderlib.change.policy import ChargeDecision
from orderlib.change.record import ChangeImpact, ChargeRuling
from orderlib.fulfilment.message import ReportDespatched
from orderlib.ledger.record import LineQuantity
from orderlib.order.revision import difference
from orderlib.values.decision import Decided, Decision
from orderlib.values.money import Money
from orderlib.values.rate import UnitPrice


def euro(amount):
    """So many euros."""
    return Money(amount, "EUR")


@pytest.fixture
def asked():
    """A running order of which the customer wants four pumps instead of ten."""
    story = running()
    ask(story, wants(story, q10=4), reason="fewer pits")
    return story


class TestOurWord:
    def test_accepted(self, asked):
        """The answer carries what an order response needs, and the revision follows."""
        decided(asked)
        answer = asked.one(ChangeAccepted)
        assert (answer.response, answer.order_id, answer.customer.id) == ("AP", "4711", "C1")
        assert asked.case.order.revision == 2
        assert [each.slot for each in asked.events if isinstance(each, Decided)] == [
            "change_impact",
            "re_review",
            "approval",
            "charge",
        ]

    def test_rejected_for_a_reason(self, asked):
        """Without one it is not; and nothing is decided twice."""
        before = asked.case.order
        assert asked.refused(DecideChange(CASE, "C-1", accept=False, by=SELLER)) == ("change.reason-missing",)
        decided(asked, accept=False)
        assert asked.one(ChangeRejected).response == "RE"
        assert asked.case.order is before
        assert asked.refused(DecideChange(CASE, "C-1", accept=True, by=SELLER)) == ("change.state",)

    def test_countered(self, asked):
        """The customer's wish ends, ours is put to the customer in the same breath."""
        decided(asked, accept=False, counter=wants(asked, q10=6))
        assert asked.names == ["ChangeCountered", "ChangeRequested", "ChangeProposed"]
        assert asked.one(ChangeCountered).response == "CA"
        ours = asked.case.change.requests["C-1/counter"]
        assert (ours.answers, ours.state, ours.waits_for) == ("C-1", "proposed", "customer")
        assert asked.case.change.requests["C-1"].waits_for is None
        assert asked.one(ChangeProposed).due_at == ours.due_at
        asked.tell(ReceiveOrderChange(CASE, "M-1", other(asked.case.order, q10=6), 1, by=CLERK))
        assert asked.case.order.lines["10"].quantity.value == 6
        assert asked.case.change.quiet

    def test_a_counter_must_make_sense(self, asked):
        """Not with an acceptance, not empty, not against our own wish, not of what cannot be."""
        nothing = difference(asked.case.order, asked.case.order)
        both = DecideChange(CASE, "C-1", accept=True, counter=nothing, by=SELLER)
        assert asked.refused(both) == ("change.accepted-and-countered", "change.nothing")
        asked.tell(RequestChange(CASE, "P", wants(asked, q20=4), "supply", by=SELLER, reason="no steel"))
        own = DecideChange(CASE, "P", accept=False, counter=wants(asked, q20=3), by=SELLER)
        assert asked.refused(own) == ("change.own-countered",)
        asked.tell(ReportDespatched(CASE, [LineQuantity("10", 5)], "D-1", by=SELLER))
        below = DecideChange(CASE, "C-1", accept=False, counter=wants(asked, q10=3), by=SELLER)
        assert asked.refused(below) == ("change.below-despatched",)
        ask(asked, wants(asked, q20=6), "C-1/counter")
        twice = DecideChange(CASE, "C-1", accept=False, counter=wants(asked, q10=6), by=SELLER)
        assert asked.refused(twice) == ("change.used-id",)

    def test_what_has_happened_since_counts(self, asked):
        """Five left while it was thought about: the acceptance is refused, the request stays."""
        asked.tell(ReportDespatched(CASE, [LineQuantity("10", 5)], "D-1", by=SELLER))
        late = DecideChange(CASE, "C-1", accept=True, by=SELLER)
        assert asked.refused(late) == ("change.below-despatched",)
        assert asked.case.change.requests["C-1"].open

    def test_what_has_become_impossible(self):
        """The policy is asked again, for what it knows now."""

        def sold_out(order, revised, wanted, progress, /):
            made = any(line.produced for line in progress.lines)
            return Decision(ChangeImpact.IMPOSSIBLE if made else ChangeImpact.NEEDS_ASSESSMENT)

        story = running(policies=PolicySet(change_impact=sold_out))
        ask(story, wants(story, q10=4))
        from orderlib.fulfilment.message import ReportProduced

        story.tell(ReportProduced(CASE, [LineQuantity("20", 1)], by=SELLER))
        assert story.refused(DecideChange(CASE, "C-1", accept=True, by=SELLER)) == ("change.impossible",)

    def test_our_own_papers_are_applied_without_the_customer(self):
        """A change that means nothing to the customer is done as soon as it is decided."""

        def careful(order, revised, wanted, progress, /):
            return Decision(ChangeImpact.NEEDS_ASSESSMENT)

        import attrs

        story = running(policies=PolicySet(change_impact=careful))
        note = difference(story.case.order, attrs.evolve(story.case.order, note="drawing 3"))
        story.tell(RequestChange(CASE, "P", note, "internal", by=SELLER, reason="for the workshop"))
        assert story.case.order.note == ""
        decided(story, "P")
        assert story.names == ["ChangeAccepted", "OrderRevised"]

    def test_only_sales_and_those_beside_them_decide(self, asked):
        """Logistics may ask for changes; deciding them is not theirs."""
        from orderlib.values.party import Actor

        stranger = DecideChange(CASE, "C-1", accept=True, by=Actor("lou", "logistics"))
        assert asked.refused(stranger) == ("authority.department",)


class TestTheCustomersWord:
    @pytest.fixture
    def proposed(self):
        """We propose to deliver nine."""
        story = running(state="accepted")
        story.tell(RequestChange(CASE, "P", wants(story, q10=9), "supply", by=SELLER, reason="no steel"))
        decided(story, "P")
        return story

    def test_yes(self, proposed):
        """The order is revised."""
        proposed.tell(AnswerChange(CASE, "P", agrees=True, by=CLERK))
        assert proposed.names == ["ChangeAgreed", "OrderRevised"]
        assert proposed.case.order.lines["10"].quantity.value == 9

    def test_no(self, proposed):
        """The order stays as it was."""
        proposed.tell(AnswerChange(CASE, "P", agrees=False, by=CLERK))
        assert proposed.names == ["ChangeDeclined"]
        assert proposed.case.order.revision == 1

    def test_nobody_was_asked(self, proposed):
        """The customer answers what we propose, not what it wants itself, nor twice."""
        ask(proposed, wants(proposed, q20=4))
        assert proposed.refused(AnswerChange(CASE, "C-1", agrees=True, by=CLERK)) == ("change.state",)
        assert proposed.refused(AnswerChange(CASE, "C-9", agrees=True, by=CLERK)) == ("change.unknown",)
        decided(proposed, charge=euro(10))
        assert proposed.refused(AnswerChange(CASE, "C-1", agrees=True, by=CLERK)) == ("change.not-proposed",)

    def test_too_late(self, proposed):
        """Another change came first, so that the proposal no longer fits."""
        ask(proposed, wants(proposed, q20=4))
        decided(proposed)
        assert proposed.refused(AnswerChange(CASE, "P", agrees=True, by=CLERK)) == ("order.stale-difference",)


class TestCharges:
    def test_a_person_names_the_price(self, asked):
        """The policy's word stands beside it."""
        decided(asked, charge=euro(75), reason="drawings")
        (charge,) = asked.case.change.open_charges
        assert charge.amount == euro(75)
        (decision,) = (each.decision for each in asked.events if isinstance(each, Decided) and each.slot == "charge")
        assert (decision.outcome, decision.ruling) == (ChargeRuling.NONE, ChargeRuling.QUOTED)
        assert decision.override.reason == "drawings"

    def test_a_person_waives_it(self):
        """Four were made in vain, and yet it costs nothing."""
        story = running(counts(produced=8))
        ask(story, wants(story, q10=4))
        decided(story, charge=euro(0))
        assert story.case.order.lines["10"].quantity.value == 4
        assert len(story.case.change.charges) == 0

    def test_a_charge_must_be_one(self, asked):
        """In the order's currency, and not below zero."""
        dollars = DecideChange(CASE, "C-1", accept=True, charge=Money(5, "USD"), by=SELLER)
        assert asked.refused(dollars) == ("charge.currency",)
        below = DecideChange(CASE, "C-1", accept=True, charge=euro(-5), by=SELLER)
        assert asked.refused(below) == ("charge.negative",)

    def test_a_policy_that_cannot_say_leaves_it_to_a_person(self):
        """Review never means free of charge."""
        unsure = PolicySet(charge=lambda order, unwanted, /: Decision(ChargeRuling.REVIEW))
        story = running(policies=unsure)
        ask(story, wants(story, q10=4))
        assert story.refused(DecideChange(CASE, "C-1", accept=True, by=SELLER)) == ("charge.needs-word",)
        decided(story, charge=euro(0))
        assert story.case.order.revision == 2

    def test_a_quote_without_an_amount_is_none(self):
        """Whoever quotes says how much."""
        vague = PolicySet(charge=lambda order, unwanted, /: ChargeDecision(ChargeRuling.QUOTED))
        story = running(policies=vague)
        ask(story, wants(story, q10=4))
        assert story.refused(DecideChange(CASE, "C-1", accept=True, by=SELLER)) == ("charge.needs-word",)

    def test_never_two_on_one_line_nor_one_on_the_order_beside_it(self, asked):
        """A second charge waits until the first is answered; on another line there may be one."""
        import attrs

        decided(asked, charge=euro(75))
        ask(asked, wants(asked, q10=3), "C-2")
        ask(asked, wants(asked, q20=3), "C-3")
        dear_papers = attrs.evolve(asked.case.order, payment=attrs.evolve(asked.case.order.payment, net_days=60))
        ask(asked, difference(asked.case.order, dear_papers), "C-4")
        for change_id in ("C-2", "C-4"):
            second = DecideChange(CASE, change_id, accept=True, charge=euro(5), by=SELLER)
            assert asked.refused(second) == ("charge.open-already",)
        decided(asked, "C-3", charge=euro(5))
        asked.tell(WithdrawChange(CASE, "C-1", by=CLERK))
        asked.tell(WithdrawChange(CASE, "C-3", by=CLERK))
        decided(asked, "C-4", charge=euro(5))
        assert asked.case.change.open_charges[0].line_ids == ()
        assert asked.refused(DecideChange(CASE, "C-2", accept=True, charge=euro(5), by=SELLER)) == (
            "charge.open-already",
        )

    def test_declined(self, asked):
        """So is the change; an answered charge is not answered again."""
        decided(asked, charge=euro(75))
        asked.tell(AnswerCharge(CASE, "C-1/charge", accepts=False, by=CLERK))
        assert asked.names == ["ChargeDeclined", "ChangeDeclined"]
        assert asked.case.order.revision == 1
        assert asked.refused(AnswerCharge(CASE, "C-1/charge", accepts=True, by=CLERK)) == ("charge.unknown",)
        assert asked.refused(AnswerCharge(CASE, "nothing", accepts=True, by=CLERK)) == ("charge.unknown",)

    def test_accepted_too_late(self, asked):
        """What has left meanwhile cannot be unordered any more, whatever was paid for it."""
        decided(asked, charge=euro(75))
        asked.tell(ReportDespatched(CASE, [LineQuantity("10", 5)], "D-1", by=SELLER))
        assert asked.refused(AnswerCharge(CASE, "C-1/charge", accepts=True, by=CLERK)) == ("change.below-despatched",)


def test_an_adopted_order_is_reviewed_when_it_changes_gravely():
    """Nobody knows who approved it; what would need a panel gets one, and the work stands still."""
    story = running()
    ask(story, difference(story.case.order, dear(story.case.order, "10", UnitPrice("50", "EUR"))))
    decided(story)
    assert story.names == ["ChangeAccepted", "OrderRevised", "ReviewReopened", "HoldPlaced"]
    assert story.case.state == "in_execution"


def test_returned_goods_are_still_delivered():
    """Goods that came back for credit do not make room for a smaller order."""
    story = running(counts(produced=6, despatched=6, received=6))
    story.tell(ReportReturned(CASE, [LineQuantity("10", 2)], by=CLERK))
    assert story.refused(RequestChange(CASE, "C-1", wants(story, q10=4), by=CLERK)) == ("change.below-despatched",)


def test_an_accepted_order_that_changes_little_stays_accepted():
    """The approval is renewed by whoever decided, within their authority."""
    story = accepted()
    ask(story, wants(story, q10=2))
    decided(story)
    approval = story.case.review.approval
    assert (approval.void, approval.revision, approval.by) == (False, 2, (SELLER,))
    assert story.case.state == "accepted"
