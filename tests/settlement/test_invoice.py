"""Invoices: by another person, matched, frozen, with advances taken off and a part retained."""

from __future__ import annotations

from datetime import date

import attrs
import pytest
from build import CLERK, Story, line, order
from settling import AUTHOR, CUSTOMER, ISSUER, Settling, eur

from orderlib.case.message import AdoptOrder
from orderlib.case.policies import PolicySet
from orderlib.fulfilment.message import ExecutionStarted, LineShortClosed
from orderlib.hold.message import PlaceHold
from orderlib.ledger.record import LineLedger, LineQuantity
from orderlib.order.payment import DueRule, Instalment, PaymentTerms
from orderlib.order.terms import AllowanceCharge, DeliveryTerms, TaxCategory
from orderlib.settlement.balance import settled
from orderlib.settlement.message import (
    ConfirmStatement,
    DraftStatement,
    InvoiceIssued,
    InvoiceWithheld,
    IssueInvoice,
    RefundPayment,
)
from orderlib.settlement.policy import Match
from orderlib.settlement.record import InvoiceKind
from orderlib.values.decision import Decided, Decision
from orderlib.values.dispatch import Gate
from orderlib.values.party import Actor


def test_an_invoice_is_written_by_somebody_else():
    """Who drew up the statement does not write the invoice; an automatic desk may do both."""
    story = Settling()
    story.deliver(("10", 1))
    statement = story.draft()
    story.tell(ConfirmStatement("case-1", statement, by=CUSTOMER))
    assert story.refused(IssueInvoice("case-1", statement, by=AUTHOR)) == ("settlement.same-person",)
    story.tell(IssueInvoice("case-1", statement, by=attrs.evolve(AUTHOR, automatic=True)))
    assert story.names == ["InvoiceIssued"]
    assert story.case.ledger.lines["10"].invoiced == 1


def test_an_invoice_has_an_id_of_its_own():
    """The second cannot have the first one's."""
    story = Settling()
    story.deliver(("10", 1))
    statement = story.draft()
    assert story.refused(IssueInvoice("case-1", statement, by=ISSUER)) == ("statement.state",)
    story.tell(ConfirmStatement("case-1", statement, by=CUSTOMER))
    story.tell(IssueInvoice("case-1", statement, invoice_id="I-1", by=ISSUER))
    story.deliver(("10", 1))
    statement = story.draft()
    story.tell(ConfirmStatement("case-1", statement, by=CUSTOMER))
    assert story.refused(IssueInvoice("case-1", statement, invoice_id="I-1", by=ISSUER)) == ("invoice.used-id",)


def test_a_hold_stops_invoices_and_nothing_else():
    """The gate is that of invoices."""
    story = Settling()
    story.deliver(("10", 1))
    story.tell(PlaceHold("case-1", {Gate.INVOICE}, by=AUTHOR, reason="prices under discussion"))
    statement = story.draft()
    story.tell(ConfirmStatement("case-1", statement, by=CUSTOMER))
    assert story.refused(IssueInvoice("case-1", statement, by=ISSUER)) == ("command.held",)


def test_goods_that_came_back_meanwhile_keep_the_invoice_back():
    """The check before issue finds that less may be billed; the statement is taken back, and a new one is right."""
    story = Settling()
    story.deliver(("10", 3))
    statement = story.draft()
    story.tell(ConfirmStatement("case-1", statement, by=CUSTOMER))
    story.give_back("10", 1)
    story.tell(IssueInvoice("case-1", statement, by=ISSUER))
    assert story.names == ["InvoiceWithheld"]
    assert story.one(Decided).decision.outcome is Match.DIFFERENCES
    (finding,) = story.one(InvoiceWithheld).findings
    assert finding.message() == "3 of line 10 would be billed in all, 2 may be"
    assert story.record.statements[statement].state == "withdrawn"
    assert story.bill().lines["10"].quantity == 2


def test_a_revision_in_between_keeps_the_invoice_back():
    """What was stated is not of the order as it stands."""
    story = Settling()
    story.deliver(("10", 3))
    statement = story.draft()
    story.tell(ConfirmStatement("case-1", statement, by=CUSTOMER))
    story.revise(order(line(price="150"), revision=2))
    story.tell(IssueInvoice("case-1", statement, by=ISSUER))
    assert [finding.code for finding in story.one(InvoiceWithheld).findings] == ["matching.revision"]
    assert story.bill().gross == eur("535.50")


def test_the_whole_order_in_one_invoice_is_the_order():
    """Totals, allowances, rounding: what is payable is what the order says."""
    ordered = order(
        line(quantity="2.5", price="3.333"),
        line("20", tax=TaxCategory("AA", "7")),
        allowance_charges=(AllowanceCharge(eur("5.01"), reason="loyalty"), AllowanceCharge(eur("12"), True)),
        rounding=eur("0.02"),
    )
    story = Settling(ordered)
    story.deliver(("10", "2.5"), ("20", 3))
    invoice = story.bill()
    same = ("line_extension", "allowance_total", "charge_total", "tax_exclusive", "rounding")
    assert {name: getattr(invoice.totals, name) for name in same} == {
        name: getattr(ordered.totals, name) for name in same
    }
    assert story.record.rounded == eur("0.02")


def test_parts_sum_to_the_whole_before_tax():
    """Three thirds of an amount that does not divide, and an allowance that does not either."""
    ordered = order(
        line(quantity=3, price="0.333333", allowance_charges=(AllowanceCharge(eur("0.10")),)),
        allowance_charges=(AllowanceCharge(eur("0.20"), tax=TaxCategory("S", "19")),),
    )
    story = Settling(ordered)
    nets = []
    for _ in range(3):
        story.deliver(("10", 1))
        nets.append(story.bill().totals.tax_exclusive)
    assert nets == [eur("0.23"), eur("0.24"), eur("0.23")]
    assert sum(each.minor for each in nets) == ordered.totals.tax_exclusive.minor


def test_advances_are_taken_off_in_proportion_and_the_rest_with_the_last():
    """30 % first; each delivery pays 30 % less, and the last what is left."""
    story = Settling(order(payment=PaymentTerms(advance="30")), state="released")
    advance = story.bill(InvoiceKind.ADVANCE)
    story.pay("p-1", advance.gross)
    story.happens((ExecutionStarted,))
    story.deliver(("10", 1))
    first = story.bill()
    assert (first.totals.prepaid, first.totals.payable, first.open) == (eur("71.36"), eur("166.52"), eur("166.52"))
    story.deliver(("10", 2))
    last = story.bill()
    assert (last.totals.prepaid, last.open) == (eur("142.73"), eur("333.03"))
    assert story.record.invoices[advance.id].advance_left == eur(0)


def test_instalments_and_retention_decide_what_is_due_when():
    """10 % wait until the warranty ends, the rest falls due in halves."""
    halves = (Instalment("50", DueRule(days=10)), Instalment("50", DueRule(days=40)))
    story = Settling(order(payment=PaymentTerms(retention="10", instalments=halves)))
    story.deliver(("10", 3))
    invoice = story.bill()
    assert (invoice.gross, invoice.retained, invoice.open) == (eur("713.64"), eur("71.36"), eur("642.28"))
    assert [(due.on, due.amount) for due in invoice.dues] == [
        (date(2026, 3, 12), eur("321.14")),
        (date(2026, 4, 11), eur("321.14")),
    ]
    assert invoice.retained_until.date() == date(2028, 3, 3)
    story.pay("p-1", "321.14")
    assert story.invoice.due_on() == date(2026, 4, 11)


def test_what_is_retained_waits_two_years_where_nothing_is_certified_yet():
    """Until the certificate says when the warranty ends."""
    story = Settling(order(payment=PaymentTerms(retention="10")))
    story.deliver(("10", 1))
    invoice = story.bill()
    assert invoice.retained_until == story.now.add(days=730)
    story.deliver(("10", 2))
    assert story.invoice.retained_until.date() == date(2028, 3, 3)


def test_what_is_above_the_tolerance_is_not_billed():
    """One more than ordered was sent; 10 % are tolerated, and of those the customer pays."""
    ordered = order(line(quantity=10, price="1"), delivery=DeliveryTerms(over_tolerance="10"))
    story = Settling(ordered)
    story.deliver(("10", 12))
    assert story.bill().lines["10"].quantity == 11
    assert settled(story.record, story.case) is False
    assert story.about(DraftStatement) == ()


def test_what_the_order_says_is_prepaid_counts_as_a_payment():
    """It pays the first invoice, as far as it goes."""
    story = Settling(order(prepaid=eur("300")))
    story.deliver(("10", 1))
    assert story.bill().state == "cleared"
    assert story.record.payments["prepaid"].left == eur("62.12")
    story.deliver(("10", 2))
    assert story.bill().open == eur("475.76")


def test_an_invoice_below_zero_is_a_balance_of_the_customer():
    """Nothing is owed on it; the customer gets it back."""
    story = Settling(order(line(price="-10")))
    story.deliver(("10", 3))
    invoice = story.bill()
    assert (invoice.gross, invoice.open, invoice.state) == (eur("-35.70"), eur(0), "cleared")
    (payment,) = story.record.unallocated
    assert (payment.amount, payment.allocated, payment.left) == (eur(0), eur("-35.70"), eur("35.70"))
    story.tell(RefundPayment("case-1", payment.id, by=AUTHOR, reason="balance"))
    assert settled(story.record, story.case)


def test_what_was_billed_elsewhere_is_not_billed_again():
    """An adopted order brings its balances; prices and allowances go on from there."""
    ordered = order(line(quantity=3, price="0.333333"), allowance_charges=(AllowanceCharge(eur("0.20")),))
    story = Settling()
    Story.__init__(story)
    balance = LineLedger(id="10", ordered=3, **dict.fromkeys(("despatched", "received", "accepted", "invoiced"), 1))
    story.tell(AdoptOrder(ordered, "in_execution", (balance,), case_id="case-1", by=CLERK))
    story.deliver(("10", 2))
    issued = story.bill()
    event = next(each for each in story.events if isinstance(each, InvoiceIssued))
    assert [(each.id, each.net) for each in event.brought] == [("10", eur("0.33"))]
    assert event.brought_shares == (eur("-0.07"),)
    assert issued.totals.tax_exclusive == eur("0.54")
    assert story.record.billed["10"].net == eur("1.00")


def test_an_application_may_match_as_it_likes():
    """Any function will do; its no is on record."""

    def never(*_: object) -> Decision[Match]:
        return Decision(Match.DIFFERENCES)

    story = Settling(policies=PolicySet(matching=never))
    story.deliver(("10", 1))
    statement = story.draft()
    story.tell(ConfirmStatement("case-1", statement, by=CUSTOMER))
    story.tell(IssueInvoice("case-1", statement, by=ISSUER))
    assert story.names == ["InvoiceWithheld"]


def test_what_will_not_come_is_not_waited_for():
    """After a short-close the invoice for the rest is the last."""
    story = Settling(order(payment=PaymentTerms(advance="50")))
    advance = story.bill(InvoiceKind.ADVANCE)
    story.deliver(("10", 2))
    story.happens((LineShortClosed, (LineQuantity("10", 1),)))
    last = story.bill()
    assert last.totals.prepaid == advance.gross


@pytest.mark.parametrize("days", [0, 10, 11])
def test_a_cash_discount_is_offered_for_some_days(days):
    """2 % within ten days; on the eleventh the whole is owed."""
    story = Settling(order(payment=PaymentTerms(discount="2", discount_days=10)))
    story.deliver(("10", 1))
    invoice = story.bill()
    assert (invoice.discount_offered, invoice.discount_until) == (eur("4.76"), date(2026, 3, 12))
    when = story.now.add(days=days)
    story.pay("p-1", "233.12", at=when)
    assert story.invoice.discount == (eur("4.76") if days <= 10 else eur(0))
    assert story.invoice.open == (eur(0) if days <= 10 else eur("4.76"))


def test_who_pays_in_full_has_no_discount():
    """The amount says what the payer meant."""
    story = Settling(order(payment=PaymentTerms(discount="2", discount_days=10)))
    story.deliver(("10", 1))
    story.bill()
    story.pay("p-1", "237.88")
    assert (story.invoice.discount, story.invoice.open) == (eur(0), eur(0))


def test_an_actor_of_another_department_cannot_issue():
    """The responsibility matrix says who may."""
    story = Settling()
    story.deliver(("10", 1))
    statement = story.draft()
    story.tell(ConfirmStatement("case-1", statement, by=CUSTOMER))
    assert story.refused(IssueInvoice("case-1", statement, by=Actor("x", "production"))) == ("authority.department",)
