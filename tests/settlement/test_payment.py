"""Payments are booked whatever they are; refunds, allocations and write-offs are checked."""

from __future__ import annotations

import pytest
from build import line, order
from settling import AUTHOR, BOSS, ISSUER, Settling, eur

from orderlib.case.policies import PolicySet
from orderlib.errors import InvalidValueError, PolicyError
from orderlib.settlement.balance import settled
from orderlib.settlement.clearing import Clearing, ClearingDecision
from orderlib.settlement.message import (
    AllocatePayment,
    PaymentUnallocated,
    RefundPayment,
    ReportPayment,
    WriteOffAmount,
)
from orderlib.settlement.record import Allocation
from orderlib.values.decision import Decided, Decision
from orderlib.values.money import Money
from orderlib.values.party import Actor


def invoiced(**more) -> Settling:
    """Three pumps delivered and billed one by one: three invoices of 237.88."""
    story = Settling(**more)
    for _ in range(3):
        story.deliver(("10", 1))
        story.bill()
    return story


def test_money_pays_what_is_due_first():
    """Without a reference the oldest invoices are paid, the last of them in part."""
    story = invoiced()
    story.pay("p-1", "500")
    assert [each.open for each in story.record.invoices] == [eur(0), eur(0), eur("213.64")]
    assert story.one(Decided).decision.outcome is Clearing.CLEARED


def test_money_pays_what_it_names():
    """The reference is the id of an invoice."""
    story = invoiced()
    story.pay("p-1", "100", story.invoice.id)
    assert [each.received for each in story.record.invoices] == [eur(0), eur(0), eur(100)]


@pytest.mark.parametrize(
    ("amount", "reference", "left", "code"),
    [
        (eur("800"), "", eur("86.36"), "clearing.overpaid"),
        (eur("10"), "nobody", eur("10"), "clearing.unknown-reference"),
        (Money("10", "USD"), "", Money("10", "USD"), "clearing.currency"),
    ],
)
def test_what_finds_nothing_to_pay_stands_unallocated(amount, reference, left, code):
    """Too much, an unknown reference, another currency: booked, with a finding."""
    story = invoiced()
    story.pay("p-1", amount, reference)
    event = story.one(PaymentUnallocated)
    assert (event.amount, event.findings[0].code) == (left, code)
    payment = story.record.payments["p-1"]
    assert (payment.left, payment.state, payment.findings) == (left, "open", event.findings)
    assert not settled(story.record, story.case)


def test_money_is_booked_before_there_is_an_invoice_and_for_one_that_is_paid():
    """A fact is never refused for its state."""
    story = Settling(state="received")
    story.pay("p-1", "10")
    assert story.one(PaymentUnallocated).findings[0].code == "clearing.nothing-open"
    story = invoiced()
    story.pay("p-1", "237.88", story.invoice.id)
    story.pay("p-2", "5", story.invoice.id)
    assert story.one(PaymentUnallocated).findings[0].code == "clearing.nothing-left"


def test_malformed_reports_are_refused():
    """Nothing, less than nothing, or the id of another payment."""
    story = invoiced()
    story.pay("p-1", "10")
    for payment, amount, codes in (
        ("p-2", "0", {"payment.not-positive"}),
        ("p-1", "-1", {"payment.not-positive", "payment.used-id"}),
    ):
        with pytest.raises(InvalidValueError) as caught:
            story.pay(payment, amount)
        assert {finding.code for finding in caught.value.findings} == codes


def test_an_unallocated_rest_pays_a_later_invoice():
    """It is offered once something is open in its currency."""
    story = Settling()
    story.pay("p-1", "300")
    assert story.about(AllocatePayment) == ()
    story.deliver(("10", 1))
    invoice = story.bill()
    assert story.about(AllocatePayment) == ("p-1",)
    assert story.refused(AllocatePayment("case-1", "p-1", "nobody", by=AUTHOR)) == ("invoice.unknown",)
    story.tell(AllocatePayment("case-1", "p-1", invoice.id, by=AUTHOR))
    assert story.invoice.state == "cleared"
    assert story.record.payments["p-1"].left == eur("62.12")
    assert story.about(AllocatePayment) == ()


def test_a_rest_is_refunded_with_a_reason():
    """In part or whole; never more than is left, nor in another currency."""
    story = Settling()
    story.pay("p-1", "300")
    assert story.about(RefundPayment) == ("p-1",)
    refund = {"by": AUTHOR, "reason": "overpaid"}
    assert story.refused(RefundPayment("case-1", "nobody", **refund)) == ("payment.unknown",)
    assert story.refused(RefundPayment("case-1", "p-1", eur(301), by=AUTHOR)) == (
        "settlement.reason-missing",
        "payment.above-left",
    )
    assert story.refused(RefundPayment("case-1", "p-1", eur(0), **refund)) == ("payment.not-positive",)
    assert story.refused(RefundPayment("case-1", "p-1", Money("1", "USD"), **refund)) == ("settlement.currency",)
    story.tell(RefundPayment("case-1", "p-1", eur(100), **refund))
    story.tell(RefundPayment("case-1", "p-1", **refund))
    payment = story.record.payments["p-1"]
    assert (payment.refunded, payment.state) == (eur(300), "used")
    assert story.refused(RefundPayment("case-1", "p-1", **refund)) == ("payment.above-left",)


def test_writing_off_is_for_finance_with_a_reason():
    """Sales may not give money up; management may."""
    story = invoiced()
    invoice = story.invoice
    give_up = {"by": ISSUER, "reason": "too small to chase"}
    assert story.refused(WriteOffAmount("case-1", "nobody", **give_up)) == ("invoice.unknown",)
    assert story.refused(WriteOffAmount("case-1", invoice.id, eur(300), by=ISSUER)) == (
        "settlement.reason-missing",
        "invoice.above-open",
    )
    sam = Actor("sam", "sales")
    assert story.refused(WriteOffAmount("case-1", invoice.id, by=sam, reason="x")) == ("authority.department",)
    story.tell(WriteOffAmount("case-1", invoice.id, eur("0.88"), **give_up))
    assert story.invoice.open == eur(237)
    story.tell(WriteOffAmount("case-1", invoice.id, by=BOSS, reason="insolvent"))
    assert (story.invoice.state, story.invoice.written_off) == ("cleared", eur("237.88"))


def test_a_policy_cannot_spend_what_is_not_there():
    """Too much for the invoice, too much for the payment, an invoice that there is not: the policy is named."""

    def spend(*allocations: Allocation) -> PolicySet:
        def reckless(*_: object) -> ClearingDecision:
            return ClearingDecision(Clearing.CLEARED, allocations=allocations)

        return PolicySet(clearing=reckless)

    story = invoiced()
    for bad in (
        Allocation(story.invoice.id, eur(238), eur(0)),
        Allocation(story.invoice.id, eur(20), eur(0)),
        Allocation("nobody", eur(1), eur(0)),
        Allocation(story.invoice.id, Money("1", "USD"), Money("0", "USD")),
    ):
        story.policies = spend(bad)
        with pytest.raises(PolicyError):
            story.pay("p-1", "10")
    assert len(story.record.payments) == 0


def test_a_plain_decision_allocates_nothing():
    """An application's policy may leave it all to people."""

    def by_hand(*_: object) -> Decision[Clearing]:
        return Decision(Clearing.UNALLOCATED)

    story = Settling(policies=PolicySet(clearing=by_hand))
    story.deliver(("10", 1))
    story.bill()
    story.pay("p-1", "10")
    assert story.names == ["PaymentReceived", "PaymentUnallocated"]


def test_money_is_expected_for_open_invoices():
    """The report names what it could be for; each is gone once paid."""
    story = Settling(order(line(), line("20")))
    assert story.about(ReportPayment) == ()
    story.deliver(("10", 1))
    invoice = story.bill()
    assert story.about(ReportPayment) == story.about(WriteOffAmount) == (invoice.id,)
    story.pay("p-1", invoice.open)
    assert story.about(ReportPayment) == ()
