"""Credit notes: what comes back is taken back, newest first, and what had been paid of it becomes free."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace

import attrs
from build import line, order
from settling import AUTHOR, Settling, eur

from orderlib.fulfilment.message import LineShortClosed
from orderlib.ledger.record import LineQuantity
from orderlib.order.payment import PaymentTerms
from orderlib.order.terms import AllowanceCharge, Pricing, TaxCategory
from orderlib.settlement.balance import settled
from orderlib.settlement.billing import completes, goods_draft, kept, undone
from orderlib.settlement.credit import to_credit
from orderlib.settlement.message import CreditNoteIssued, DraftStatement, IssueCreditNote, PaymentFreed, WriteOffAmount
from orderlib.settlement.record import BillingBasis, InvoiceKind


def test_a_return_is_credited_on_the_newest_invoice():
    """One of two invoices bears it; the older is not offered."""
    story = Settling()
    story.deliver(("10", 1))
    story.bill()
    story.deliver(("10", 2))
    newest = story.bill()
    story.give_back("10", 1)
    assert story.about(IssueCreditNote) == (newest.id,)
    story.credit(newest.id)
    note = story.one(CreditNoteIssued).credit_note
    assert (note.lines["10"].quantity, note.gross) == (Decimal(1), eur("237.88"))
    assert story.case.ledger.lines["10"].credited == 1
    assert story.invoice.open == eur("237.88")
    assert story.about(IssueCreditNote) == ()


def test_more_than_one_invoice_holds_is_taken_from_the_next():
    """Everything comes back."""
    story = Settling()
    story.deliver(("10", 1))
    first = story.bill()
    story.deliver(("10", 2))
    second = story.bill()
    story.give_back("10", 3)
    assert dict(to_credit(story.case)) == {second.id: {"10": 2}, first.id: {"10": 1}}
    story.credit(second.id)
    story.credit(first.id)
    assert all(each.state == "cleared" and each.credited == each.gross for each in story.record.invoices)
    assert settled(story.record, story.case)


def test_goods_that_come_back_to_be_replaced_stay_billed():
    """The customer still wants them, and gets others."""
    story = Settling()
    story.deliver(("10", 3))
    story.bill()
    story.give_back("10", 1, replace=True)
    assert story.about(IssueCreditNote) == ()


def test_what_was_paid_becomes_free():
    """The invoice needs less of the payment, which can be refunded or pay another invoice."""
    story = Settling()
    story.deliver(("10", 3))
    invoice = story.bill()
    story.pay("p-1", "500")
    story.pay("p-2", "213.64")
    story.give_back("10", 2)
    story.credit(invoice.id)
    freed = [(each.payment_id, each.amount) for each in story.events if isinstance(each, PaymentFreed)]
    assert freed == [("p-2", eur("213.64")), ("p-1", eur("262.12"))]
    assert [payment.left for payment in story.record.payments] == [eur("262.12"), eur("213.64")]
    assert [payment.state for payment in story.record.payments] == ["open", "open"]
    assert story.record.payments["p-2"].allocations == ()


def test_retention_discount_and_write_offs_are_taken_back_first():
    """Only what money paid is given back in money."""
    story = Settling(order(payment=PaymentTerms(retention="10", discount="3", discount_days=9)))
    story.deliver(("10", 3))
    invoice = story.bill()
    story.pay("p-1", "600")
    story.tell(WriteOffAmount("case-1", invoice.id, by=AUTHOR, reason="goodwill"))
    story.give_back("10", 3)
    story.credit(invoice.id)
    note = story.one(CreditNoteIssued).credit_note
    assert (note.retained, note.written_off, note.discount) == (eur("71.36"), eur("42.28"), eur(0))
    assert story.record.payments["p-1"].left == eur(600)
    after = story.invoice
    assert (after.retained, after.written_off, after.received, after.open) == (eur(0),) * 4


def test_a_discount_goes_back_with_its_invoice():
    """Paid less 3 %, all returned: the payer gets what was paid."""
    story = Settling(order(payment=PaymentTerms(discount="3", discount_days=9)))
    story.deliver(("10", 3))
    invoice = story.bill()
    story.pay("p-1", "692.23")
    assert story.invoice.open == eur(0)
    story.give_back("10", 3)
    story.credit(invoice.id)
    assert story.one(CreditNoteIssued).credit_note.discount == eur("21.41")
    assert story.record.payments["p-1"].left == eur("692.23")


def test_the_last_credit_takes_every_cent_that_is_left():
    """Odd amounts, taxes by line, allowances, rounding: returned one by one, nothing remains."""
    ordered = order(
        line(quantity=3, price="0.333333"),
        line("20", quantity=3, price="0.17", tax=TaxCategory("AA", "7")),
        allowance_charges=(
            AllowanceCharge(eur("0.11")),
            AllowanceCharge(eur("0.07"), True, tax=TaxCategory("Z", "0")),
        ),
        rounding=eur("0.01"),
        pricing=Pricing(scope="line"),
    )
    story = Settling(ordered)
    story.deliver(("10", 3), ("20", 3))
    invoice = story.bill()
    assert invoice.totals.rounding == eur("0.01")
    for number in range(3):
        story.give_back("10", 1)
        story.credit(invoice.id)
        story.give_back("20", 1)
        story.credit(invoice.id)
        assert len(story.record.credit_notes) == 2 * number + 2
    assert story.invoice.credited == story.invoice.gross
    assert story.record.rounded is None
    assert [each.minor for each in story.record.shares] == [0, 0]
    assert [each.net.minor for each in story.record.billed] == [0, 0]


def test_a_raised_price_never_makes_a_credit_above_the_invoice():
    """What was billed at the old price goes back at the old price."""
    story = Settling()
    story.deliver(("10", 3))
    invoice = story.bill()
    story.give_back("10", 2)
    story.revise(order(line(price="1000"), revision=2))
    story.credit(invoice.id)
    assert story.one(CreditNoteIssued).credit_note.totals.tax_exclusive == eur("599.70")
    assert story.invoice.lines["10"].net_left == eur(0)


def test_a_line_that_left_the_order_goes_back_at_what_it_cost():
    """The order no longer knows its price; the invoice does."""
    story = Settling(order(line(), line("20")))
    story.deliver(("10", 3), ("20", 3))
    invoice = story.bill()
    story.revise(order(line(), revision=2))
    assert to_credit(story.case) == {invoice.id: {"20": 3}}
    story.credit(invoice.id)
    assert story.one(CreditNoteIssued).credit_note.gross == eur("713.64")


def test_the_rest_of_an_advance_goes_back_when_nothing_is_left_to_take_it_off():
    """Half was advanced, a third was delivered, the rest will not come."""
    ordered = order(line(), line("20", tax=TaxCategory("O")), payment=PaymentTerms(advance="50"))
    story = Settling(ordered)
    advance = story.bill(InvoiceKind.ADVANCE)
    story.pay("p-1", advance.gross)
    story.deliver(("10", 1))
    story.happens((LineShortClosed, (LineQuantity("10", 2), LineQuantity("20", 3))))
    assert story.about(IssueCreditNote) == ()
    story.bill()
    assert story.about(IssueCreditNote) == (advance.id,)
    assert not settled(story.record, story.case)
    story.credit(advance.id)
    note = story.one(CreditNoteIssued).credit_note
    assert note.gross == advance.gross - eur("237.88")
    assert note.totals.tax_inclusive == note.totals.tax_exclusive + note.totals.tax
    assert story.record.payments["p-1"].left == note.gross
    assert story.record.invoices[advance.id].advance_left == eur(0)


def test_a_credit_that_reaches_into_an_advance_gives_the_advance_back():
    """Paid by advance and invoice, all returned: both are free again."""
    story = Settling(order(payment=PaymentTerms(advance="50")))
    advance = story.bill(InvoiceKind.ADVANCE)
    story.pay("p-1", advance.gross)
    story.deliver(("10", 3))
    invoice = story.bill()
    story.pay("p-2", invoice.open)
    story.give_back("10", 3)
    story.credit(invoice.id)
    assert story.record.invoices[advance.id].advance_left == advance.gross
    story.credit(advance.id)
    assert [payment.left for payment in story.record.payments] == [payment.amount for payment in story.record.payments]


def test_every_reason_is_named():
    """An unknown invoice, an id that is taken, nothing to take back."""
    story = Settling()
    assert story.refused(IssueCreditNote("case-1", "nobody", by=AUTHOR)) == ("invoice.unknown",)
    story.deliver(("10", 2))
    invoice = story.bill()
    assert story.refused(IssueCreditNote("case-1", invoice.id, by=AUTHOR)) == ("credit-note.nothing",)
    story.give_back("10", 1)
    story.tell(IssueCreditNote("case-1", invoice.id, credit_note_id="C-1", by=AUTHOR))
    again = IssueCreditNote("case-1", invoice.id, credit_note_id="C-1", by=AUTHOR)
    assert story.refused(again) == ("credit-note.used-id", "credit-note.nothing")


def cancellation(*line_ids, state="compensating", keep_delivered=False):
    """A cancellation that is being seen to, as far as settlement looks."""
    return SimpleNamespace(
        state=state,
        whole=not line_ids,
        keep_delivered=keep_delivered,
        concerns=lambda ids: not line_ids or bool(set(ids) & set(line_ids)),
    )


def with_change(case, *cancellations, charges=()):
    """The case with a change log that holds these."""
    log = SimpleNamespace(open_cancellations=cancellations, accepted_charges=charges, next_due=None)
    return attrs.evolve(case, change=log)


def test_what_a_cancellation_undoes_goes_back_and_is_not_billed_again():
    """While it is being undone nothing of its lines is stated, and all that was billed is credited."""
    story = Settling(order(line(), line("20")))
    story.deliver(("10", 2), ("20", 1))
    invoice = story.bill()
    story.deliver(("10", 1), ("20", 1))
    case = with_change(story.case, cancellation("10"), cancellation("20", state="requested"))
    assert to_credit(case) == {invoice.id: {"10": 2}}
    assert goods_draft(case, case.order, BillingBasis.DELIVERY).lines.ids() == ("20",)
    assert not completes(case)
    keeping = with_change(story.case, cancellation(keep_delivered=True))
    assert completes(keeping)
    assert to_credit(keeping) == {}
    assert goods_draft(keeping, case.order, BillingBasis.DELIVERY).lines.ids() == ("10", "20")
    assert undone(story.case) == ()


def test_after_the_end_only_what_the_customer_has_stays_billed():
    """A terminated order keeps what was delivered and not returned."""
    story = Settling(order(payment=PaymentTerms(advance="50")))
    advance = story.bill(InvoiceKind.ADVANCE)
    story.deliver(("10", 2))
    story.give_back("10", 1)
    ended = attrs.evolve(story.case, state="terminated")
    assert kept(ended, ended.ledger.lines["10"]) == 1
    story.case = ended
    assert story.about(IssueCreditNote) == (advance.id,)
    story.credit(advance.id)
    assert story.invoice.state == "cleared"


def test_accepted_charges_are_billed_once():
    """What a change costs by the customer's word becomes a debit note with the tax of the lines."""
    story = Settling()
    charge = SimpleNamespace(id="ch-1", amount=eur("50"))
    story.case = with_change(story.case, charges=(charge, SimpleNamespace(id="ch-2", amount=eur(0))))
    note = story.bill(InvoiceKind.CHARGES)
    assert (note.kind, note.gross, note.shares[0].charge_id) == (InvoiceKind.CHARGES, eur("59.50"), "ch-1")
    assert InvoiceKind.CHARGES not in story.about(DraftStatement)
    story.pay("p-1", "59.50", note.id)
    assert story.record.billed.ids() == ()
    assert story.invoice.state == "cleared"
