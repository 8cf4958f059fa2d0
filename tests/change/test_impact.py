"""The default judgements on changes: what they do, who looks again, what they cost."""

from __future__ import annotations

from decimal import Decimal

import attrs
import pytest
from build import line, order
from changing import counts, dear, other, two_lines

from orderlib.change.impact import MadeGoodsAtPrice, ReviewAboveShare, TouchesWhatIsDone, net_change
from orderlib.change.policy import Progress
from orderlib.change.record import ChangeImpact, ChargeRuling, Reapproval, Side
from orderlib.ledger.record import LineQuantity
from orderlib.order.field import Aspect
from orderlib.order.payment import PaymentTerms
from orderlib.order.revision import difference
from orderlib.order.terms import AllowanceCharge
from orderlib.review.record import EVERY_ASPECT
from orderlib.values.lines import Lines
from orderlib.values.money import Money
from orderlib.values.party import Address, Party
from orderlib.values.period import DayPeriod
from orderlib.values.rate import UnitPrice

KNOWN = two_lines()


def with_line(known=KNOWN, line_id="10", **changes):
    """The order with one line changed."""
    return attrs.evolve(known, lines=known.lines.replace([attrs.evolve(known.lines[line_id], **changes)]))


def judged(new, *balances, state="accepted", side=Side.CUSTOMER, known=KNOWN):
    """What the default says to a change."""
    lines = Lines(counts(each.id) for each in known.lines).replace(
        attrs.evolve(each, ordered=known.lines[each.id].quantity.value) for each in balances
    )
    return TouchesWhatIsDone()(known, new, difference(known, new), Progress(state, side, lines))


def codes(findings):
    """Their codes."""
    return [each.code for each in findings]


class TestTouchesWhatIsDone:
    @pytest.mark.parametrize("state", ["received", "in_review"])
    def test_before_acceptance(self, state):
        """The customer may want anything; what we want ourselves is for the customer to say."""
        decision = judged(other(KNOWN, q10=4), state=state)
        assert (decision.outcome, codes(decision.otherwise)) == (ChangeImpact.HARMLESS, ["change.would-be-assessed"])
        ours = judged(other(KNOWN, q10=4), state=state, side=Side.SUPPLIER)
        assert ours.outcome is ChangeImpact.NEEDS_ASSESSMENT

    def test_papers(self):
        """Notes and references."""
        assert judged(attrs.evolve(KNOWN, note="x"), state="in_execution").outcome is ChangeImpact.HARMLESS

    def test_everything_else_is_assessed(self):
        """With what it is worth, what it touches, and what is made already."""
        new = other(KNOWN, "20", add=[line("30", item="S-1")], q10=4)
        decision = judged(new, counts("10", produced=6), counts("20", produced=1))
        assert decision.outcome is ChangeImpact.NEEDS_ASSESSMENT
        assert codes(decision.reasons) == [
            "change.value",
            "change.touches",
            "change.line-added",
            "change.line-removed",
            "change.made-already",
            "change.made-already",
        ]

    def test_a_change_that_is_worth_nothing_says_nothing_of_value(self):
        """Another day costs the same."""
        later = with_line(requested_period=DayPeriod(None, "2026-05-30"))
        assert codes(judged(later).reasons) == ["change.touches"]

    def test_goods_made_otherwise(self):
        """What is made cannot become something else; what would be possible is said."""
        new = with_line(item=attrs.evolve(KNOWN.lines["10"].item, description="in red"))
        decision = judged(new, counts("10", produced=1))
        assert (decision.outcome, codes(decision.reasons)) == (ChangeImpact.IMPOSSIBLE, ["change.made-otherwise"])
        assert codes(decision.otherwise) == ["change.would-be-possible"]
        assert judged(new).outcome is ChangeImpact.NEEDS_ASSESSMENT

    def test_goods_that_have_left(self):
        """They go where they go, on the day on which they go; more of them may still go elsewhere."""
        elsewhere = {"delivery_place": Address(city="Hilltown"), "requested_period": DayPeriod(None, "2026-06-30")}
        sent = counts("10", despatched=10)
        assert codes(judged(with_line(**elsewhere), sent).reasons) == ["change.all-sent", "change.all-sent"]
        more = with_line(**elsewhere, quantity=attrs.evolve(KNOWN.lines["10"].quantity, value=Decimal(12)))
        assert judged(more, sent).outcome is ChangeImpact.NEEDS_ASSESSMENT
        assert judged(with_line(**elsewhere), counts("10", despatched=4)).outcome is ChangeImpact.NEEDS_ASSESSMENT

    def test_other_parties(self):
        """Their addresses may change, they themselves may not."""
        assert codes(judged(attrs.evolve(KNOWN, seller=Party("S9"))).reasons) == ["change.other-party"]
        moved = attrs.evolve(KNOWN, buyer=attrs.evolve(KNOWN.buyer, name="Water plc"))
        assert judged(moved).outcome is ChangeImpact.NEEDS_ASSESSMENT

    def test_another_currency(self):
        """Not once something is billed and not credited."""
        dollars = attrs.evolve(
            KNOWN, currency="USD", lines=Lines(attrs.evolve(each, price=UnitPrice(9, "USD")) for each in KNOWN.lines)
        )
        assert judged(dollars).outcome is ChangeImpact.NEEDS_ASSESSMENT
        assert codes(judged(dollars, counts("10", invoiced=1)).reasons) == ["change.currency-billed"]
        assert judged(dollars, counts("10", invoiced=1, credited=1)).outcome is ChangeImpact.NEEDS_ASSESSMENT

    def test_a_line_that_nobody_counts(self):
        """A ledger that does not know it has nothing against it."""
        decision = TouchesWhatIsDone()(
            KNOWN,
            other(KNOWN, q10=4),
            difference(KNOWN, other(KNOWN, q10=4)),
            Progress("accepted", Side.CUSTOMER, Lines()),
        )
        assert decision.outcome is ChangeImpact.NEEDS_ASSESSMENT


class TestReviewAboveShare:
    def judged(self, new, scope=EVERY_ASPECT, known=KNOWN):
        """What the default says."""
        return ReviewAboveShare()(known, new, difference(known, new), scope)

    def test_nothing_touched(self):
        """The scope of the acceptance decides."""
        fewer = other(KNOWN, q10=4)
        assert self.judged(fewer, frozenset({Aspect.PLACE})).outcome is Reapproval.NONE
        assert self.judged(fewer).outcome is Reapproval.CONFIRM

    def test_little_more(self):
        """Up to a tenth more is confirmed, above it is reviewed."""
        assert self.judged(other(KNOWN, q10=11)).outcome is Reapproval.CONFIRM
        decision = self.judged(other(KNOWN, q10=12))
        assert (decision.outcome, codes(decision.reasons)) == (Reapproval.REVIEW, ["re-review.above"])

    def test_cheaper(self):
        """A price that falls by more than a tenth, however little it is worth in all."""
        ten = dear(KNOWN, "20", UnitPrice("18", "EUR"))
        assert self.judged(ten).outcome is Reapproval.CONFIRM
        more = dear(KNOWN, "20", UnitPrice("17", "EUR"))
        assert codes(self.judged(more).reasons) == ["re-review.cheaper"]

    @pytest.mark.parametrize(
        ("new", "aspect"),
        [
            (attrs.evolve(KNOWN, payment=PaymentTerms(net_days=90)), "terms"),
            (attrs.evolve(KNOWN, buyer=attrs.evolve(KNOWN.buyer, name="Water plc")), "party"),
            (with_line(delivery_place=Address(city="Hilltown")), "place"),
            (with_line(item=attrs.evolve(KNOWN.lines["10"].item, description="in red")), "specification"),
        ],
        ids=lambda each: each if isinstance(each, str) else "",
    )
    def test_grave_aspects(self, new, aspect):
        """Only where they were approved."""
        assert self.judged(new).reasons[0].evidence[0] == ("aspect", aspect)
        without = EVERY_ASPECT - {Aspect(aspect)} | {Aspect.OTHER}
        assert self.judged(new, without).outcome is not Reapproval.REVIEW

    def test_days(self):
        """Earlier is reviewed, later confirmed; a first day counts as earlier."""
        later = with_line(requested_period=DayPeriod(None, "2026-05-30"))
        assert self.judged(later).outcome is Reapproval.CONFIRM
        sooner = with_line(requested_period=DayPeriod(None, "2026-04-10"))
        assert codes(self.judged(sooner).reasons) == ["re-review.earlier"]
        undated = with_line(requested_period=None)
        assert codes(self.judged(KNOWN, known=undated).reasons) == ["re-review.earlier"]
        assert self.judged(sooner, frozenset({Aspect.DATE, Aspect.PRICE}) - {Aspect.DATE}).outcome is Reapproval.NONE

    def test_added_lines(self):
        """More of a known item is a matter of value, a new item one of specification."""
        more = other(KNOWN, add=[line("30", item="V-2", quantity=1, price="20")])
        assert self.judged(more).outcome is Reapproval.CONFIRM
        new = other(KNOWN, add=[line("30", item="S-1", quantity=1, price="20")])
        assert codes(self.judged(new).reasons) == ["re-review.new-item"]
        assert self.judged(new, frozenset({Aspect.QUANTITY})).outcome is Reapproval.CONFIRM

    def test_another_currency_is_grave_by_itself(self):
        """Amounts of two currencies are not compared."""
        dollars = attrs.evolve(
            KNOWN, currency="USD", lines=Lines(attrs.evolve(each, price=UnitPrice(9, "USD")) for each in KNOWN.lines)
        )
        decision = self.judged(dollars)
        assert (decision.outcome, codes(decision.reasons)) == (Reapproval.REVIEW, ["re-review.currency"])


class TestMadeGoodsAtPrice:
    def test_nothing_made(self):
        """Nothing to pay."""
        assert MadeGoodsAtPrice()(KNOWN, ()).outcome is ChargeRuling.NONE

    def test_what_was_made(self):
        """Two pumps and a valve, at the share agreed."""
        made = (LineQuantity("10", 2), LineQuantity("20", 1))
        whole, half = MadeGoodsAtPrice()(KNOWN, made), MadeGoodsAtPrice(share=Decimal(50))(KNOWN, made)
        assert (whole.outcome, whole.amount, len(whole.reasons)) == (ChargeRuling.QUOTED, Money(220, "EUR"), 2)
        assert half.amount == Money(110, "EUR")

    def test_a_line_without_a_price(self):
        """A person has to say."""
        decision = MadeGoodsAtPrice()(order(line(price=None)), (LineQuantity("10", 2),))
        assert (decision.outcome, codes(decision.reasons)) == (ChargeRuling.REVIEW, ["charge.no-price"])

    def test_a_line_that_costs_nothing(self):
        """Nor does its end."""
        decision = MadeGoodsAtPrice()(order(line(price="0")), (LineQuantity("10", 2),))
        assert (decision.outcome, decision.amount) == (ChargeRuling.NONE, None)


class TestNetChange:
    def test_lines(self):
        """Changed, added and removed lines, without a look at the others."""
        new = other(KNOWN, "20", add=[line("30", quantity=1, price="7")], q10=9)
        assert net_change(KNOWN, new, difference(KNOWN, new)) == Money(-193, "EUR")

    def test_the_orders_own_allowances(self):
        """Then the totals say it."""
        off = attrs.evolve(other(KNOWN, q10=9), allowance_charges=[AllowanceCharge(Money(50, "EUR"))])
        assert net_change(KNOWN, off, difference(KNOWN, off)) == Money(-150, "EUR")

    def test_another_currency(self):
        """Everything is new."""
        dollars = attrs.evolve(
            KNOWN, currency="USD", lines=Lines(attrs.evolve(each, price=UnitPrice(9, "USD")) for each in KNOWN.lines)
        )
        assert net_change(KNOWN, dollars, difference(KNOWN, dollars)) == Money(135, "USD")
