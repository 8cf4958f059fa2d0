"""What the office does when it is its turn: review, billing, payment, closing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from orderlib.review.message import (
    AgreeToConditions,
    ApproveReview,
    ConvenePanel,
    DeclineConditions,
    MeetCondition,
    ReviewOrder,
    RunAssessors,
    SubmitAssessment,
)
from orderlib.review.record import Opinion
from orderlib.settlement.message import (
    ConfirmStatement,
    DraftStatement,
    IssueCreditNote,
    IssueInvoice,
    RefundPayment,
    ReportPayment,
)
from orderlib.settlement.record import BillingBasis, InvoiceKind
from orderlib.simulation.world import Habit, Moment
from orderlib.values.identifier import DocumentId
from orderlib.values.instant import day, day_start, later
from orderlib.values.message import Command
from orderlib.values.party import Actor

__all__ = ["BILLING", "REVIEWING"]

CUSTOMER: Final = Actor("customer", department="customer", roles=("customer",))
_BANK: Final = Actor("bank", department="finance", automatic=True)


def _convene(moment: Moment) -> Command:
    moment.clock.work(1)
    return ConvenePanel(moment.case.id, by=moment.actor("sales"))


def _run_assessors(moment: Moment) -> Command:
    moment.clock.work(0.5)
    return RunAssessors(moment.case.id, by=moment.actor("sales"))


def _submit(moment: Moment) -> Command:
    """A member of the panel looks at it: mostly a yes, at times with a doubt that costs the order nothing."""
    reviews = moment.case.review
    assert reviews is not None  # noqa: S101 - offered only where a panel sits
    assert reviews.sitting is not None  # noqa: S101 - see above
    sitting = reviews.sitting
    discipline = moment.offer.about[0]
    assessment = next(each for each in sitting.assessments if each.discipline == discipline)
    moment.clock.work(moment.dice.randint(1, 6))
    by = Actor(f"{assessment.department}/{discipline}", department=assessment.department)
    return SubmitAssessment(moment.case.id, discipline, Opinion.ACCEPT, by=by)


def _review(moment: Moment) -> Command:
    moment.clock.work(1)
    return ReviewOrder(moment.case.id, by=moment.actor("sales"))


def _approve(moment: Moment) -> Command:
    moment.clock.work(0.5)
    manager = Actor("managing-director", department="management", roles=("management",))
    return ApproveReview(moment.case.id, by=manager, reason="worth it")


def _agree(moment: Moment) -> Command:
    moment.clock.work(moment.dice.randint(8, 40))
    if moment.dice.random() < moment.temper.refuses_offer:
        return DeclineConditions(moment.case.id, by=CUSTOMER)
    return AgreeToConditions(moment.case.id, by=CUSTOMER)


def _meet(moment: Moment) -> Command | None:
    """Whoever owns a condition sees to it; on what the customer has to agree to, the customer has the word first."""
    reviews = moment.case.review
    assert reviews is not None  # noqa: S101 - offered only where conditions stand
    known = [reviews.conditions[each] for each in moment.offer.about]
    ready = [each for each in known if not (each.external and each.state == "open")]
    if not ready:
        return None
    condition = ready[0]
    moment.clock.work(8)
    by = moment.actor("" if condition.external else condition.owner)
    return MeetCondition(moment.case.id, condition.id, f"done and filed as {condition.id}", by=by)


def _draft(moment: Moment) -> Command:
    """Finance drafts what can be billed; where no rule can choose the basis, it is what was delivered."""
    moment.clock.work(2)
    case, by = moment.case, moment.actor("finance")
    kind = InvoiceKind(moment.offer.about[0])
    if kind is InvoiceKind.GOODS and case.order is not None and any(line.price is None for line in case.order.lines):
        basis, reason = BillingBasis.DELIVERY, "prices are not complete; what has arrived is billed"
        return DraftStatement(case.id, kind, basis=basis, by=by, reason=reason)
    return DraftStatement(case.id, kind, by=by)


def _confirm(moment: Moment) -> Command:
    moment.clock.work(moment.dice.randint(2, 24))
    return ConfirmStatement(moment.case.id, moment.offer.about[0], by=CUSTOMER)


def _invoice(moment: Moment) -> Command:
    moment.clock.work(1)
    return IssueInvoice(moment.case.id, moment.offer.about[0], by=moment.actor("finance"))


def _credit_note(moment: Moment) -> Command:
    moment.clock.work(1)
    return IssueCreditNote(moment.case.id, moment.offer.about[0], by=moment.actor("finance"))


def _pay(moment: Moment) -> Command | None:
    """The customer pays each invoice on the day it is due or, if late by nature, some weeks after."""
    record = moment.case.settlement
    assert record is not None  # noqa: S101 - offered only where something is invoiced
    for invoice_id in moment.offer.about:
        invoice = record.invoices[invoice_id]
        due = invoice.due_on()
        if invoice.open.minor <= 0 or due is None:
            continue
        fate = moment.fate("invoice", invoice.id)
        late = fate.randint(3, 25) if fate.random() < moment.temper.late_payer else 0
        if moment.ripe(later(day_start(day(due), "UTC"), timedelta(days=late, hours=9))):
            payment = DocumentId(f"payment-{len(record.payments) + 1}")
            return ReportPayment(moment.case.id, payment, invoice.open, str(invoice.id), by=_BANK)
    return None


def _refund(moment: Moment) -> Command:
    moment.clock.work(4)
    return RefundPayment(moment.case.id, moment.offer.about[0], by=moment.actor("finance"), reason="paid too much")


#: habits by command, whoever is first in this order acts first
REVIEWING: Final[Mapping[str, Habit]] = {
    "ConvenePanel": _convene,
    "RunAssessors": _run_assessors,
    "SubmitAssessment": _submit,
    "ReviewOrder": _review,
    "ApproveReview": _approve,
    "AgreeToConditions": _agree,
    "MeetCondition": _meet,
}

BILLING: Final[Mapping[str, Habit]] = {
    "ReportPayment": _pay,
    "IssueInvoice": _invoice,
    "ConfirmStatement": _confirm,
    "IssueCreditNote": _credit_note,
    "RefundPayment": _refund,
    "DraftStatement": _draft,
}
