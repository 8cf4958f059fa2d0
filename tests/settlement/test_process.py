"""What lapses: reminders, retentions; and what the customer's account hears."""

from __future__ import annotations

from datetime import date, timedelta

from build import CLERK, line, order
from settling import AUTHOR, CUSTOMER, ISSUER, Settling, eur, of_kind

from orderlib.acceptance.message import AcceptanceCertified
from orderlib.account.message import AccountOpened, DunningLevelSet, ExposureSet
from orderlib.account.process import evolve
from orderlib.case.deciding import needs
from orderlib.case.message import PassTime
from orderlib.case.policies import PolicySet
from orderlib.order.payment import PaymentTerms
from orderlib.settlement.balance import settled
from orderlib.settlement.message import (
    ConfirmStatement,
    InvoiceDunned,
    IssueInvoice,
    ReportPayment,
    RetentionDue,
    WriteOffAmount,
)
from orderlib.settlement.policy import Reminders
from orderlib.settlement.record import Settlement
from orderlib.values.identifier import CommandId
from orderlib.values.key import Key
from orderlib.values.message import Stamp
from orderlib.values.rate import ExchangeRate


def passes(story: Settling, when: object) -> list[str]:
    """Time comes to a moment; gives the names of what lapsed."""
    story.tell(PassTime("case-1", by=CLERK, at=when))
    return story.names


def test_reminders_go_out_until_enough_have():
    """A fortnight after the due date, then every fortnight, three times; then finance has to act."""
    story = Settling()
    story.deliver(("10", 1))
    story.bill()
    assert story.invoice.dues[0].on == date(2026, 4, 1)
    assert story.case.next_due.date() == date(2026, 4, 16)
    assert passes(story, "2026-04-15T23:59:59Z") == []
    assert passes(story, "2026-04-16T00:00:00Z") == ["InvoiceDunned"]
    assert passes(story, "2026-12-01T00:00:00Z") == ["InvoiceDunned", "InvoiceDunned", "DunningStopped"]
    assert (story.invoice.level, story.invoice.reminded, story.case.next_due) == (3, 3, None)
    story.pay("p-1", "237.88")
    assert (story.invoice.level, story.invoice.reminded, story.invoice.state) == (0, 3, "cleared")


def test_a_part_payment_moves_the_next_reminder():
    """What is reminded of is what is open and overdue."""
    halves = PaymentTerms(net_days=10)
    story = Settling(order(payment=halves), policies=PolicySet(dunning=Reminders(wait_days=5)))
    story.deliver(("10", 1))
    story.bill()
    assert passes(story, "2026-03-18T00:00:00Z") == ["InvoiceDunned"]
    story.pay("p-1", "100", at="2026-03-19T00:00:00Z")
    assert story.case.next_due.date() == date(2026, 3, 23)
    story.tell(WriteOffAmount("case-1", story.invoice.id, by=AUTHOR, reason="tired of it"))
    assert story.case.next_due is None


def test_nothing_is_reminded_of_that_is_paid():
    """The clock stops with the last cent."""
    story = Settling()
    story.deliver(("10", 1))
    story.bill()
    story.pay("p-1", "237.88")
    assert story.case.next_due is None


def test_what_is_retained_falls_due_with_the_warranty():
    """The invoice was cleared, and is open again; reminders follow a fortnight later."""
    story = Settling(order(payment=PaymentTerms(retention="10")))
    story.deliver(("10", 3))
    invoice = story.bill()
    story.pay("p-1", invoice.open)
    assert story.invoice.state == "cleared"
    assert settled(story.record, story.case)
    assert passes(story, invoice.retained_until) == ["RetentionDue"]
    assert story.one(RetentionDue).amount == eur("71.36")
    assert (story.invoice.state, story.invoice.open, story.invoice.retained) == ("open", eur("71.36"), eur(0))
    assert story.case.next_due == invoice.retained_until + timedelta(days=15)
    assert not settled(story.record, story.case)


def test_a_later_certificate_says_when_the_retention_falls_due():
    """Before, it would have been two years after the invoice."""
    story = Settling(order(line(quantity=2), payment=PaymentTerms(retention="10")))
    story.deliver(("10", 1))
    story.bill()
    assert story.invoice.retained_until == story.now + timedelta(days=730)
    story.happens((AcceptanceCertified, date(2026, 6, 30), date(2028, 6, 30)))
    assert story.invoice.retained_until.date() == date(2028, 7, 1)


def account(story: Settling, currency: str = "EUR") -> object:
    """An open account of the customer."""
    stamp = Stamp(CommandId("a"), CLERK, story.now, story.now)
    return evolve(None, AccountOpened(stamp, "C1", currency, None))


def test_the_account_hears_what_is_owed():
    """An invoice, then money: order, delivered and receivable as they stand after each."""
    story = Settling()
    story.deliver(("10", 2))
    key = Key("account", "C1")
    view = {"streams": {key: account(story)}}
    statement = story.draft()
    story.tell(ConfirmStatement("case-1", statement, by=CUSTOMER))
    issue = IssueInvoice("case-1", statement, by=ISSUER)
    assert needs(story.case, issue).keys == (key,)
    story.tell(issue, **view)
    exposure = story.one(ExposureSet)
    assert (exposure.order, exposure.delivered, exposure.receivable) == (eur("237.88"), eur(0), eur("475.76"))
    view["streams"][key] = evolve(view["streams"][key], exposure)
    story.tell(ReportPayment("case-1", "p-1", eur("400"), by=AUTHOR), **view)
    assert story.one(ExposureSet).receivable == eur("75.76")
    assert story.one(ExposureSet).order == eur("237.88")


def test_the_account_hears_of_reminders_with_the_next_command():
    """Where whoever let time pass did not show it."""
    story = Settling()
    story.deliver(("10", 1))
    story.bill()
    assert passes(story, "2026-04-16T00:00:00Z") == ["InvoiceDunned"]
    view = {"streams": {Key("account", "C1"): account(story)}}
    story.tell(ReportPayment("case-1", "p-1", eur("1"), by=AUTHOR), **view)
    assert story.one(DunningLevelSet).level == 1
    assert len(of_kind(story.events, InvoiceDunned)) == 0


def test_an_account_in_another_currency_needs_a_rate():
    """With the order's own rate it hears of it; without one it keeps what it knew."""
    rate = ExchangeRate("EUR", "USD", "1.10", date(2026, 3, 2))
    for exchange_rate, heard in ((rate, True), (None, False)):
        story = Settling(order(exchange_rate=exchange_rate))
        story.deliver(("10", 1))
        story.bill()
        view = {"streams": {Key("account", "C1"): account(story, "USD")}}
        story.tell(ReportPayment("case-1", "p-1", eur("100"), by=AUTHOR), **view)
        assert bool(of_kind(story.events, ExposureSet)) is heard


def test_an_empty_settlement_waits_for_nothing():
    """No statement, no invoice, no due date."""
    record = Settlement()
    assert (record.next_due, record.live, record.open_invoices, record.unallocated) == (None, (), (), ())
