"""The office reviews, bills and is paid."""

from __future__ import annotations

from datetime import timedelta

import attrs
from build import CLERK, line, order
from lives import CALM

from orderlib.case.message import AdoptOrder
from orderlib.case.policies import PolicySet
from orderlib.order.payment import PaymentTerms
from orderlib.order.record import Attachment
from orderlib.review.condition import ConditionDraft
from orderlib.review.message import AssessmentSubmitted, ConditionMet
from orderlib.review.policy import ReviewDecision
from orderlib.review.record import ReviewOutcome
from orderlib.settlement.message import InvoiceIssued, PaymentReceived, ReportPayment
from orderlib.settlement.record import InvoiceKind
from orderlib.values.dispatch import Gate
from orderlib.values.fact import Facts
from orderlib.values.instant import naive_utc
from orderlib.values.money import Money
from orderlib.values.quantity import Quantity

LATE = Facts(lead_time={"P-7": timedelta(days=120)}, stock={"P-7": Quantity(0)})


def test_a_full_panel_speaks_for_itself(lived):
    """Papers want the whole panel, and a person of each department says its word."""
    life = lived(order(line(), attachments=[Attachment("drawing")]))
    said = {event.assessment.by.department for event in life.all(AssessmentSubmitted)}
    assert {"technology", "production", "finance", "legal"} <= said
    assert life.case.state == "closed"


def test_a_counter_offer_is_answered(lived):
    """The customer takes the later day, or does not want the order any more."""
    assert lived(known=LATE).case.state == "closed"
    life = lived(known=LATE, temper=attrs.evolve(CALM, refuses_offer=1))
    assert life.case.state == "declined"


def test_conditions_are_met_by_their_owners(lived):
    """Ours by the department that owns it, the customer's once it has agreed; their gates open then."""

    def conditional(*_: object) -> ReviewDecision:
        ours = ConditionDraft(wording="the drawing is checked", owner="technology", gate=Gate.DESPATCH)
        theirs = ConditionDraft(wording="a tenth is paid", owner="customer", gate=Gate.DESPATCH)
        return ReviewDecision(ReviewOutcome.CONDITIONALLY_ACCEPTED, conditions=(theirs, ours))

    life = lived(policies=PolicySet(review=conditional))
    assert len(life.all(ConditionMet)) == 2
    assert {event.by.department for event in life.all(ConditionMet)} >= {"technology"}
    assert life.case.state == "closed"


def test_an_advance_is_billed_before_the_goods(lived):
    """What was agreed to be paid first is invoiced first."""
    kinds = [event.invoice.kind for event in lived(order(payment=PaymentTerms(advance=30))).all(InvoiceIssued)]
    assert kinds == [InvoiceKind.ADVANCE, InvoiceKind.GOODS]


def test_invoices_are_paid_on_the_day_or_late(lived):
    """Who pays late by nature pays days after the invoice was due, and is reminded at times."""

    def days(temper) -> int:
        life = lived(temper=temper, seed=4)
        (invoice,), (paid,) = life.all(InvoiceIssued), life.all(PaymentReceived)
        return (naive_utc(paid.occurred_at).date() - invoice.invoice.dues[0].on).days

    assert days(CALM) == 0
    assert 3 <= days(attrs.evolve(CALM, late_payer=1)) <= 25


def test_lines_without_prices_are_billed_by_what_arrived(lived):
    """Where no rule can choose, a person does, and says so."""
    unpriced = order(line("10"), line("20", item="P-8", price=None))
    life = lived(first=lambda _: AdoptOrder(unpriced, "in_execution", by=CLERK))
    assert life.all(InvoiceIssued)


def test_large_orders_go_to_the_director(lived):
    """What is beyond the sales' authority waits for the management, which says yes."""
    life = lived(order(line(quantity=900)))
    assert "ApprovalRequested" in life.names()
    assert "managing-director" in {each.id for each in life.case.review.approval.by}


def test_what_is_paid_too_much_is_given_back(lived):
    """The rest of a payment finds its way back, and the order is closed."""

    def pays(case):
        return ReportPayment(case.id, "p-x", Money("7", "EUR"), "nothing", by=CLERK)

    life = lived(meanwhile=[(16, pays)])
    assert "PaymentRefunded" in life.names() or "PaymentAllocated" in life.names()
    assert life.case.state == "closed"
