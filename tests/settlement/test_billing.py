"""Quantities by basis, allowances by line, and the value of a part."""

from __future__ import annotations

from decimal import Decimal

import pytest
from build import Story, line, order
from settling import Settling, eur

from orderlib.errors import RefusedError
from orderlib.ledger.record import LineLedger
from orderlib.order.terms import AllowanceCharge, TaxCategory
from orderlib.settlement.balance import pending, settled
from orderlib.settlement.billing import billable, completes, kept, order_of, shares_of, value_of
from orderlib.settlement.credit import creditable
from orderlib.settlement.exposure import account_of
from orderlib.settlement.message import DraftStatement
from orderlib.settlement.record import BillingBasis, Settlement
from orderlib.settlement.statement import draftable


def counted(**counts):
    """Ten ordered, and these counts."""
    return LineLedger(id="10", ordered=Decimal(10), **{name: Decimal(count) for name, count in counts.items()})


@pytest.mark.parametrize(
    ("line_", "basis", "quantity"),
    [
        (counted(), BillingBasis.ORDER, 10),
        (counted(), BillingBasis.DELIVERY, 0),
        (counted(received=6, accepted=4), BillingBasis.DELIVERY, 6),
        (counted(received=6, accepted=4), BillingBasis.ACCEPTANCE, 4),
        (counted(received=6, accepted=6, returned=2), BillingBasis.ACCEPTANCE, 4),
        (counted(received=6, returned=2), BillingBasis.ORDER, 8),
        (counted(received=6, replaced=2), BillingBasis.DELIVERY, 4),
        (counted(received=12), BillingBasis.DELIVERY, 10),
        (counted(received=6, short_closed=4), BillingBasis.ORDER, 6),
        (counted(returned=3), BillingBasis.DELIVERY, 0),
    ],
)
def test_what_may_be_billed_follows_the_counts(line_, basis, quantity):
    """By basis; returns reduce it, replacements wait, more than ordered does not count."""
    assert billable(line_, basis) == quantity


def test_a_tolerance_lets_more_be_billed():
    """Ten percent of ten is one."""
    assert billable(counted(received=12), BillingBasis.DELIVERY, Decimal(10)) == 11


def test_what_stays_billed():
    """What came back to be replaced stays; what came back for credit does not, even where more is to come."""
    case = Settling().case
    assert kept(case, counted(received=6, replaced=2)) == 6
    assert kept(case, counted(received=6, returned=2)) == 4
    assert kept(case, counted(received=10, replaced=10, short_closed=10)) == 0


def test_allowances_go_to_the_lines_that_they_are_taxed_with():
    """To the cent, largest remainder first; without such lines, or without amounts, to all."""
    lines = (line(price="1"), line("20", price="2"), line("30", price="5", tax=TaxCategory("Z", "0")))
    ordered = order(
        *lines,
        allowance_charges=(
            AllowanceCharge(eur("1.00"), tax=TaxCategory("S", "19")),
            AllowanceCharge(eur("1.00"), True),
            AllowanceCharge(eur("1.00"), tax=TaxCategory("O")),
        ),
    )
    shares = shares_of(ordered)
    assert shares.by_line == (
        {"10": -33, "20": -67},
        {"10": 13, "20": 25, "30": 62},
        {"10": -13, "20": -25, "30": -62},
    )
    assert shares.categories == (TaxCategory("S", "19"), None, TaxCategory("O"))
    free = order(line(price="0"), line("20", price="0"), allowance_charges=(AllowanceCharge(eur("0.03"), True),))
    assert shares_of(free).by_line == ({"10": 2, "20": 1},)
    assert shares_of(order()).by_line == ()


def test_the_value_of_all_lines_is_the_order():
    """And that of a part a part."""
    ordered = order(line(), allowance_charges=(AllowanceCharge(eur("9.70")),))
    assert value_of(ordered, {"10": Decimal(3)}) == ordered.totals.tax_exclusive == eur("590.00")
    assert value_of(ordered, {"10": Decimal(1)}) == eur("196.67")
    assert value_of(ordered, {}) == eur(0)


def test_a_line_of_nothing_that_was_delivered_bears_its_allowances_once():
    """Ordered as nothing, delivered within no tolerance: whole."""
    ordered = order(line(quantity=0), line("20"), allowance_charges=(AllowanceCharge(eur("9"), True),))
    shares = shares_of(ordered)
    assert shares.part(0, ordered.lines["10"], Decimal(2)) == 0
    nothing = order(line(quantity=0), allowance_charges=(AllowanceCharge(eur("9"), True),))
    assert shares_of(nothing).part(0, nothing.lines["10"], Decimal(2)) == 900


def test_before_the_order_nothing_is_settled_or_offered():
    """A case without an order has nothing to bill."""
    case = Story().case
    assert list(pending(case, Settlement())) == []
    assert settled(Settlement(), case)
    assert not completes(case)
    assert list(draftable(case)) == list(creditable(case)) == []
    assert account_of(case, None).keys == ()
    with pytest.raises(RefusedError) as caught:
        order_of(case)
    assert caught.value.code == "settlement.no-order"


def test_everything_pending_is_named():
    """Unbilled goods, a statement, an open invoice, money without a place."""
    story = Settling(order(line(), line("20")))
    story.deliver(("10", 1))
    story.bill()
    story.deliver(("10", 1), ("20", 3))
    story.give_back("10", 1)
    story.draft()
    story.pay("p-1", "1", "nobody")
    codes = [finding.code for finding in pending(story.case, story.record)]
    assert codes == [
        "settlement.unbilled",
        "settlement.open-statement",
        "settlement.open-invoice",
        "settlement.open-payment",
    ]
    assert not settled(story.record, story.case)


def test_a_change_of_prices_is_pending_until_it_is_billed():
    """Upwards it is owed, downwards it is a balance of the customer's."""
    for price, net in (("250", eur("150.30")), ("100", eur("-299.70"))):
        story = Settling()
        story.deliver(("10", 3))
        story.pay("p-1", story.bill().gross)
        assert settled(story.record, story.case)
        story.revise(order(line(price=price), revision=2))
        assert [each.code for each in pending(story.case, story.record)] == ["settlement.uncorrected"]
        assert story.about(DraftStatement) == ("380",)
        corrected = story.bill()
        assert (corrected.lines["10"].quantity, corrected.lines["10"].net) == (0, net)
        assert list(pending(story.case, story.record))[-1].code in {
            "settlement.open-invoice",
            "settlement.open-payment",
        }
        assert story.about(DraftStatement) == ()


def test_an_allowance_that_a_change_brings_is_billed_afterwards():
    """Everything was billed; the difference is a statement without lines."""
    story = Settling(order(allowance_charges=(AllowanceCharge(eur("5")),)))
    story.deliver(("10", 3))
    story.bill()
    story.revise(order(allowance_charges=(AllowanceCharge(eur("5")), AllowanceCharge(eur("20"), True)), revision=2))
    invoice = story.bill()
    assert (len(invoice.lines), invoice.totals.tax_exclusive) == (0, eur("20"))
    assert story.record.shares == (eur("-5"), eur("20"))
