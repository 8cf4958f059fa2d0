"""Statements are drawn up by the terms, agreed, disputed, withdrawn."""

from __future__ import annotations

from decimal import Decimal

import pytest
from build import CLERK, line, order
from settling import AUTHOR, CARRIER, CUSTOMER, Settling, eur

from orderlib.case.message import PassTime
from orderlib.errors import Finding, RefusedError
from orderlib.order.payment import PaymentTerms
from orderlib.settlement.message import (
    ConfirmStatement,
    DisputeStatement,
    DraftStatement,
    IssueInvoice,
    StatementDrafted,
    WithdrawStatement,
)
from orderlib.settlement.record import BillingBasis, InvoiceKind
from orderlib.values.decision import Decided


def test_what_is_delivered_is_stated():
    """Two of three pumps have arrived, so two are stated, taxed, with the totals of their own document."""
    story = Settling()
    story.deliver(("10", 2))
    story.draft()
    statement = story.one(StatementDrafted).statement
    assert [(each.id, each.quantity, each.net) for each in statement.lines] == [("10", Decimal(2), eur("399.80"))]
    assert (statement.totals.tax, statement.totals.payable) == (eur("75.96"), eur("475.76"))
    assert (statement.basis, statement.by, statement.state) == (BillingBasis.DELIVERY, "lin", "drafted")


def test_a_retention_waits_for_acceptance():
    """Goods that are delivered and not accepted cannot be stated where a part is retained."""
    story = Settling(order(payment=PaymentTerms(retention="10")))
    story.deliver(("10", 2), accept=False)
    assert story.about(DraftStatement) == ()
    assert story.refused(DraftStatement("case-1", by=AUTHOR)) == ("statement.nothing",)
    story.deliver(("10", 1))
    story.draft()
    assert story.one(StatementDrafted).statement.lines["10"].quantity == 1


def test_all_in_advance_is_stated_before_anything_is_delivered():
    """With everything to be paid before the work the order itself is billed."""
    story = Settling(order(payment=PaymentTerms(advance="100")), state="accepted")
    assert story.about(DraftStatement) == (InvoiceKind.ADVANCE, InvoiceKind.GOODS)
    story.draft()
    assert story.one(StatementDrafted).statement.lines["10"].quantity == 3


def test_a_person_may_choose_another_basis_with_a_reason():
    """The policy's answer and the person's stand side by side."""
    story = Settling()
    command = DraftStatement("case-1", basis="order", by=AUTHOR)
    assert story.refused(command) == ("statement.reason-missing", "statement.nothing")
    story.draft(basis="order", reason="the customer asked for it")
    decision = story.one(Decided).decision
    assert (decision.outcome, decision.ruling) == (BillingBasis.DELIVERY, BillingBasis.ORDER)
    assert story.about(DraftStatement) == ()


def test_without_a_price_a_person_has_to_choose():
    """The policy says *review*: that is a decision on record, and no statement."""
    story = Settling(order(line(), line("20", price=None)))
    story.deliver(("10", 1))
    story.tell(DraftStatement("case-1", by=AUTHOR))
    assert story.names == []
    assert story.one(Decided).decision.outcome is BillingBasis.REVIEW
    assert story.record.live == ()
    story.draft(basis="delivery", reason="the second line comes free")


def test_every_reason_is_named_at_once():
    """An id that is taken, and a statement that waits already."""
    story = Settling()
    story.deliver(("10", 1))
    story.draft(statement_id="S-1")
    again = DraftStatement("case-1", statement_id="S-1", by=AUTHOR)
    assert story.refused(again) == ("statement.used-id", "statement.live")


def test_an_advance_needs_to_be_agreed_and_is_billed_once():
    """Nothing agreed, billed already, or nothing left to advance: each is said."""
    story = Settling()
    advance = DraftStatement("case-1", InvoiceKind.ADVANCE, by=AUTHOR)
    assert story.refused(advance) == ("statement.no-advance",)
    story = Settling(order(payment=PaymentTerms(advance="30")), state="released")
    invoice = story.bill(InvoiceKind.ADVANCE)
    assert (invoice.gross, invoice.lines.ids(), invoice.dues[0].on) == (eur("214.09"), (), invoice.issued_on)
    assert story.refused(advance) == ("statement.advance-billed",)
    story = Settling(order(payment=PaymentTerms(advance="30")))
    story.deliver(("10", 3))
    assert story.refused(advance) == ("statement.advance-late",)


def test_charges_need_to_be_accepted():
    """Without an accepted charge there is nothing to debit."""
    assert Settling().refused(DraftStatement("case-1", InvoiceKind.CHARGES, by=AUTHOR)) == ("statement.no-charge",)


def test_the_customer_agrees_or_disputes():
    """A dispute says with what; the statement can still be confirmed, or taken back."""
    story = Settling()
    story.deliver(("10", 1))
    statement = story.draft()
    assert story.refused(DisputeStatement("case-1", statement, by=CUSTOMER)) == ("statement.reason-missing",)
    story.tell(DisputeStatement("case-1", statement, by=CUSTOMER, reason="only one came"))
    disputed = story.record.statements[statement]
    assert (disputed.state, disputed.findings[0].message()) == ("disputed", "the customer says: only one came")
    assert story.about(IssueInvoice) == ()
    story.tell(ConfirmStatement("case-1", statement, by=CUSTOMER))
    assert story.about(IssueInvoice) == (statement,)
    story.tell(WithdrawStatement("case-1", statement, by=AUTHOR))
    assert story.record.statements[statement].state == "withdrawn"
    assert story.about(DraftStatement) == (InvoiceKind.GOODS,)
    assert story.refused(ConfirmStatement("case-1", statement, by=CUSTOMER)) == ("statement.state",)
    assert story.refused(ConfirmStatement("case-1", "nobody", by=CUSTOMER)) == ("statement.unknown",)


def test_findings_say_what_is_disputed():
    """A customer's system gives findings instead of words."""
    story = Settling()
    story.deliver(("10", 1))
    statement = story.draft()
    finding = Finding("customer.price", address="/lines/0/net")
    story.tell(DisputeStatement("case-1", statement, (finding,), by=CUSTOMER))
    assert story.record.statements[statement].findings == (finding,)


def test_silence_agrees():
    """After ten days without a word the statement counts as confirmed."""
    story = Settling()
    story.deliver(("10", 1))
    statement = story.draft()
    assert story.case.next_due == story.record.statements[statement].agreed_at
    story.tell(PassTime("case-1", by=CLERK, at=story.case.next_due))
    assert story.names == ["StatementConfirmed"]
    assert story.events[0].by.id == "system"


def test_only_finance_and_its_neighbours_draw_up_statements():
    """Logistics does not."""
    story = Settling()
    story.deliver(("10", 1))
    with pytest.raises(RefusedError) as caught:
        story.tell(DraftStatement("case-1", by=CARRIER))
    assert caught.value.code == "authority.department"
