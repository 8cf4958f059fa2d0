"""What was billed and paid elsewhere goes on here: paid, set off, retained, credited, reminded of, and billed once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from build import CLERK, Story, line, order
from settling import AUTHOR, Settling, eur

from orderlib.acceptance.message import AcceptanceCertified
from orderlib.account.message import OpenAccount
from orderlib.account.process import decide as decide_account
from orderlib.account.process import evolve as evolve_account
from orderlib.case.deciding import decide, needs
from orderlib.case.message import AdoptOrder, PassTime
from orderlib.case.policies import PolicySet
from orderlib.case.record import OrderCase
from orderlib.errors import InvalidValueError
from orderlib.ledger.record import LineLedger
from orderlib.order.payment import Due, PaymentTerms
from orderlib.order.record import Order
from orderlib.order.terms import AllowanceCharge, TaxCategory
from orderlib.settlement.balance import pending, settled
from orderlib.settlement.billing import value_of
from orderlib.settlement.brought import BroughtInvoice, BroughtPayment
from orderlib.settlement.message import (
    AllocatePayment,
    CreditNoteIssued,
    DraftStatement,
    InvoiceDunned,
    IssueCreditNote,
    PaymentFreed,
    RetentionDue,
)
from orderlib.settlement.record import Deduction, InvoiceKind, InvoiceLine, Share
from orderlib.values.dispatch import View
from orderlib.values.identifier import CaseId
from orderlib.values.key import Key
from orderlib.values.money import Money

VAT = TaxCategory("S", "19")


def counts(quantity: Any, **more: Any) -> LineLedger:
    """So much of line 10 was delivered, accepted and billed, unless said otherwise."""
    accounts = dict.fromkeys(("despatched", "received", "accepted", "invoiced"), Decimal(quantity))
    return LineLedger(id="10", ordered=0, **{**accounts, **more})


def pumps(quantity: Any, net: Any) -> InvoiceLine:
    """So many pumps on an invoice."""
    return InvoiceLine("10", Decimal(quantity), eur(net), VAT)


def ten(**more: Any) -> Order:
    """Ten pumps at 100 EUR and 19 %."""
    return order(line(quantity=10, price="100"), **more)


def invoice(**more: Any) -> BroughtInvoice:
    """Four pumps billed on the 20th of February, 476 EUR, unless said otherwise."""
    facts: dict[str, Any] = {"id": "I-1", "issued_on": "2026-02-20", "lines": [pumps(4, 400)], **more}
    return BroughtInvoice(**facts)


def adopted(ordered: Order | None = None, counted: LineLedger | None = None, **money: Any) -> Settling:
    """An order in execution that brings money along."""
    story = Settling()
    Story.__init__(story)
    balances = [counts(4) if counted is None else counted]
    story.tell(AdoptOrder(ordered or ten(), "in_execution", balances, case_id="case-1", by=CLERK, **money))
    return story


def test_an_open_invoice_is_paid_here():
    """What was paid elsewhere counts; the rest is open, due by the order's terms, and a payment clears it."""
    story = adopted(ten(payment=PaymentTerms(net_days=30)), invoices=[invoice(paid=eur(100))])
    assert (story.invoice.gross, story.invoice.received, story.invoice.open) == (eur(476), eur(100), eur(376))
    assert story.invoice.due_on() == date(2026, 3, 22)
    assert [each.code for each in pending(story.case, story.record)] == ["settlement.open-invoice"]
    story.pay("p-1", 376, "I-1")
    assert story.invoice.state == "cleared"
    assert settled(story.record, story.case)
    assert story.case.adopted


def test_what_the_invoices_bill_is_not_billed_again():
    """Later invoices bear the rest of the lines and of the allowances, to the cent, and the order's rounding once."""
    ordered = order(
        line(quantity=10, price="33.333333"), allowance_charges=(AllowanceCharge(eur("0.25")),), rounding=eur("0.03")
    )
    share = Share(0, eur("-0.10"), VAT)
    story = adopted(ordered, invoices=[invoice(lines=[pumps(4, "133.33")], shares=[share])])
    assert story.record.shares == (eur("-0.10"),)
    story.deliver(("10", 6))
    last = story.bill()
    assert last.totals.tax_exclusive + eur("133.23") == value_of(ordered, {"10": Decimal(10)})
    assert last.totals.rounding == eur("0.03")


def test_older_invoices_need_not_come_along():
    """What was billed and settled long ago stands in the balances only; it counts by the order's prices."""
    ordered = ten(allowance_charges=(AllowanceCharge(eur(10)),))
    story = adopted(ordered, counts(6), invoices=[invoice(lines=[pumps(4, "390")], gross=eur("464.10"))])
    assert story.record.billed["10"].net == eur(590)
    assert story.record.shares == (eur(-2),)
    story.deliver(("10", 4))
    assert story.bill().totals.line_extension == eur(410)


def test_an_advance_is_set_off_against_later_invoices():
    """What is left of it goes into the next invoices by its percentage, and all of the rest into the last."""
    terms = PaymentTerms(advance="30")
    advance = BroughtInvoice(
        id="A-1", issued_on="2026-01-10", kind="386", gross=eur(357), paid=eur(357), used=eur("35.70")
    )
    first = invoice(set_off=[Deduction("A-1", eur("142.80"))], paid=eur("333.20"))
    story = adopted(ten(payment=terms), invoices=[advance, first])
    assert story.record.invoices["A-1"].advance_left == eur("178.50")
    assert story.record.invoices["A-1"].totals.tax == eur(57)
    assert story.invoice.state == "cleared"
    assert InvoiceKind.ADVANCE not in story.about(DraftStatement)
    story.deliver(("10", 2))
    assert story.bill().deducted == eur("71.40")
    story.deliver(("10", 4))
    assert story.bill().deducted == eur("107.10")
    assert story.record.invoices["A-1"].advance_left == eur(0)


def test_an_advance_without_an_invoice_waits_for_one():
    """Money on account stands unallocated until somebody allocates it."""
    money = BroughtPayment(id="bank-1", amount=eur(500), received_at="2026-01-10T10:00:00Z", reference="advance 4711")
    story = adopted(counted=counts(0), payments=[money])
    assert [each.code for each in pending(story.case, story.record)] == ["settlement.open-payment"]
    story.deliver(("10", 4))
    story.bill()
    assert story.about(AllocatePayment) == ("bank-1",)
    story.tell(AllocatePayment("case-1", "bank-1", by=AUTHOR))
    assert (story.invoice.open, story.record.payments["bank-1"].left) == (eur(0), eur(24))


def test_what_is_retained_falls_due():
    """At the moment that was brought, or else as long after the invoice as the policy says; a warranty moves it."""
    known = invoice(retained=eur("47.60"), paid=eur("428.40"), retained_until="2026-06-01T00:00:00Z")
    other = BroughtInvoice(id="I-2", issued_on="2026-02-25", gross=eur(119), retained=eur(119))
    story = adopted(ten(payment=PaymentTerms(retention="10")), invoices=[known, other])
    assert [str(each.retained_until.date()) for each in story.record.invoices] == ["2026-06-01", "2028-02-26"]
    story.tell(PassTime("case-1", by=CLERK, at="2026-06-02T00:00:00Z"))
    assert story.one(RetentionDue).amount == eur("47.60")
    assert story.record.invoices["I-1"].open == eur("47.60")
    story.happens((AcceptanceCertified, "cert", date(2026, 12, 31)))
    assert str(story.record.invoices["I-2"].retained_until.date()) == "2027-01-01"


def test_what_comes_back_is_credited_on_the_invoice_that_bills_it():
    """What had been paid elsewhere becomes free, and nothing is lost."""
    taken = InvoiceLine("10", Decimal(5), eur(500), VAT, credited=Decimal(1), credited_net=eur(100))
    story = adopted(invoices=[invoice(lines=[taken], paid=eur(476))])
    story.give_back("10", 1)
    assert story.about(IssueCreditNote) == ("I-1",)
    story.credit("I-1")
    assert story.one(CreditNoteIssued).credit_note.gross == eur(119)
    assert story.one(PaymentFreed).amount == eur(119)
    assert (story.invoice.open, story.record.billed["10"].net) == (eur(0), eur(300))
    (free,) = story.record.unallocated
    assert (free.id, free.left) == ("paid of I-1", eur(119))


def test_goods_that_were_billed_ahead_stay_billed():
    """Billed before it was delivered is no reason for a credit note; what was delivered and came back is."""
    ahead = adopted(counted=counts(0, invoiced=4), invoices=[invoice()])
    assert ahead.record.ahead
    assert ahead.about(IssueCreditNote) == ()
    behind = adopted(counted=counts(4, returned=1), invoices=[invoice()])
    assert not behind.record.ahead
    assert behind.about(IssueCreditNote) == ("I-1",)


def test_reminders_go_on_where_they_stood():
    """One that was reminded of is due again as long after the adoption as reminders wait; others by their due day."""
    story = adopted(
        ten(payment=PaymentTerms(net_days=0)),
        invoices=[invoice(reminders=1), BroughtInvoice(id="I-2", issued_on="2026-03-01", gross=eur(10))],
    )
    told = story.tell(PassTime("case-1", by=CLERK, at="2026-03-17T12:00:00Z"))
    dunned = [(each.invoice_id, each.level) for each in told if isinstance(each, InvoiceDunned)]
    assert sorted(dunned) == [("I-1", 2), ("I-2", 1)]


def test_dues_and_discount_go_on():
    """Days that are brought stand; the cash discount of the terms is still to be had until its day."""
    terms = PaymentTerms(discount="2", discount_days=14, net_days=30)
    story = adopted(ten(payment=terms), invoices=[invoice(dues=[Due(date(2026, 3, 31), eur(476))])])
    assert story.invoice.due_on() == date(2026, 3, 31)
    story.pay("p-1", "466.48", "I-1")
    assert (story.invoice.open, story.invoice.discount) == (eur(0), eur("9.52"))


def test_a_charge_that_was_billed_is_not_billed_again():
    """An invoice for charges needs no quantities; goods are not touched by it."""
    paper = BroughtInvoice(id="I-9", issued_on="2026-02-20", kind="383", gross=eur(60))
    story = adopted(invoices=[paper])
    assert (story.record.shares, len(story.record.billed), story.record.ahead) == (None, 0, False)
    assert story.invoice.open == eur(60)


def test_cents_of_another_program_are_rounding():
    """Tax that was rounded otherwise by a cent stays as it was invoiced."""
    story = adopted(invoices=[invoice(gross=eur("476.01"))])
    assert (story.invoice.gross, story.invoice.totals.rounding) == (eur("476.01"), eur("0.01"))


def test_an_order_that_is_free_can_bring_an_invoice():
    """Where the order says nothing of tax, neither does the amount."""
    free = order(line(quantity=10, price=None))
    story = adopted(free, invoices=[BroughtInvoice(id="I-1", issued_on="2026-02-20", gross=eur(10))])
    assert (story.invoice.totals.tax, story.invoice.open) == (eur(0), eur(10))


def test_the_account_hears_of_it_at_once():
    """Ordered and not delivered, delivered and not billed, billed and not paid; reminders as well."""
    given = OpenAccount("C1", "EUR", Money("5000", "EUR"), by=CLERK, id="a", at="2026-03-01T08:00:00Z")
    account = None
    for event in decide_account(None, given):
        account = evolve_account(account, event)
    adopt = AdoptOrder(
        ten(),
        "in_execution",
        [counts(5, invoiced=4)],
        invoices=[invoice(paid=eur(100), reminders=2)],
        case_id="case-1",
        by=CLERK,
        id="c",
        at="2026-03-02T09:00:00Z",
    )
    key, case = Key("account", "C1"), OrderCase(id=CaseId("case-1"))
    assert needs(case, adopt).keys == (key,)
    for event in decide(View(case, {key: account}), adopt, PolicySet())[key]:
        account = evolve_account(account, event)
    exposure = account.exposures["case-1"]
    assert (exposure.order, exposure.delivered, exposure.receivable) == (eur(595), eur(119), eur(376))
    assert account.dunning_level == 2


def test_an_order_without_money_asks_for_nothing():
    """The plain way needs no account and opens no settlement."""
    command = AdoptOrder(ten(), "in_execution", [counts(4)], case_id="case-1", by=CLERK)
    assert needs(OrderCase(id=CaseId("case-1")), command).keys == ()
    assert adopted().case.settlement is None


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"gross": "ten"}, "value.type"),
        ({"retained": 3}, "value.type"),
        ({"issued_on": "soon"}, "value.day-malformed"),
        ({"kind": "999"}, "code.unknown"),
        ({"reminders": 100}, "number.whole"),
        ({"set_off": [3]}, "value.type"),
    ],
)
def test_what_is_no_invoice_is_refused_when_it_is_made(wrong, code):
    """Types, days, codes and numbers."""
    with pytest.raises(InvalidValueError) as caught:
        invoice(**wrong)
    assert caught.value.findings[0].code == code


def test_what_is_no_payment_is_refused_when_it_is_made():
    """An amount is money."""
    with pytest.raises(InvalidValueError) as caught:
        BroughtPayment(id="p", amount=3, received_at="2026-01-10T10:00:00Z")
    assert caught.value.findings[0].code == "value.type"
