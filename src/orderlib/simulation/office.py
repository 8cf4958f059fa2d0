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
from orderlib.simulation.world import Habit, Moment
from orderlib.values.identifier import DocumentId
from orderlib.values.instant import day, day_start
from orderlib.values.message import Command
from orderlib.values.party import Actor

__all__ = ["OFFICE_HABITS"]

CUSTOMER: Final = Actor("customer", department="customer", roles=("customer",))


def _convene(moment: Moment) -> Command:
    moment.clock.work(1)
    return ConvenePanel(moment.case.id, by=moment.actor("sales"))


def _run_assessors(moment: Moment) -> Command:
    moment.clock.work(0.5)
    return RunAssessors(moment.case.id, by=moment.actor("sales"))


def _submit(moment: Moment) -> Command | None:
    """A member of the panel looks at it: mostly a yes, at times with a doubt that costs the order nothing."""
    sitting = moment.case.review.sitting if moment.case.review is not None else None
    if sitting is None:
        return None
    discipline = moment.offer.about[0]
    assessment = next(each for each in sitting.assessments if each.discipline == discipline)
    moment.clock.work(moment.dice.randint(1, 6))
    by = Actor(f"{assessment.department}/{discipline}", department=assessment.department)
    return SubmitAssessment(moment.case.id, discipline, Opinion.ACCEPT, by=by)


def _review(moment: Moment) -> Command:
    moment.clock.work(1)
    return ReviewOrder(moment.case.id, by=moment.actor("sales"))


def _approve(moment: Moment) -> Command:
    moment.clock.work(4)
    manager = Actor("managing-director", department="management", roles=("management",))
    return ApproveReview(moment.case.id, by=manager, reason="worth it")


def _agree(moment: Moment) -> Command:
    moment.clock.work(moment.dice.randint(8, 40))
    if moment.dice.random() < moment.temper.refuses_offer:
        return DeclineConditions(moment.case.id, by=CUSTOMER)
    return AgreeToConditions(moment.case.id, by=CUSTOMER)


def _meet(moment: Moment) -> Command:
    moment.clock.work(8)
    condition = moment.offer.about[0]
    return MeetCondition(moment.case.id, condition, f"done and filed as {condition}", by=moment.actor())


def _draft(moment: Moment) -> Command:
    moment.clock.work(2)
    return DraftStatement(moment.case.id, moment.offer.about[0], by=moment.actor("finance"))


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
    """The customer pays what is due, on the day or, if late by nature, some weeks after."""
    record = moment.case.settlement
    if record is None:
        return None
    invoice = record.invoices[moment.offer.about[0]]
    due = invoice.due_on()
    if invoice.open.minor <= 0 or due is None:
        return None
    moment.clock.wait_until(day_start(day(due), "UTC") + timedelta(hours=9))
    if moment.dice.random() < moment.temper.late_payer:
        moment.clock.wait(timedelta(days=moment.dice.randint(3, 25)))
    payment = DocumentId(f"payment-{len(record.payments) + 1}")
    by = Actor("bank", department="finance", automatic=True)
    return ReportPayment(moment.case.id, payment, invoice.open, str(invoice.id), by=by)


def _refund(moment: Moment) -> Command:
    moment.clock.work(4)
    return RefundPayment(moment.case.id, moment.offer.about[0], by=moment.actor("finance"), reason="paid too much")


#: habits by command, whoever is first in this order acts first
OFFICE_HABITS: Final[Mapping[str, Habit]] = {
    "ConvenePanel": _convene,
    "RunAssessors": _run_assessors,
    "SubmitAssessment": _submit,
    "ReviewOrder": _review,
    "ApproveReview": _approve,
    "AgreeToConditions": _agree,
    "MeetCondition": _meet,
    "DraftStatement": _draft,
    "ConfirmStatement": _confirm,
    "IssueInvoice": _invoice,
    "IssueCreditNote": _credit_note,
    "ReportPayment": _pay,
    "RefundPayment": _refund,
}
