"""Papers are filed, lessons drawn, the gate names all that is open; what runs on after the order ends by itself."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import attrs
import pytest
from build import CLERK, Story, at, line, order
from settling import AUTHOR, CUSTOMER, Settling, eur

from orderlib.acceptance.message import ReportAcceptance
from orderlib.acceptance.record import Defect
from orderlib.case.message import PassTime
from orderlib.case.policies import PolicySet
from orderlib.case.rooms import rule_of
from orderlib.closing.dossier import expected_kinds, kinds_there, manifest
from orderlib.closing.gate import obstacles
from orderlib.closing.message import (
    CloseOrder,
    DismissLesson,
    DocumentFiled,
    FileDocument,
    LessonDismissed,
    LessonRecorded,
    OrderClosed,
    OrderReopened,
    RecordLesson,
    ReopenOrder,
)
from orderlib.closing.policy import CloseGate, Completeness, Learning, NothingOpen
from orderlib.closing.record import AfterSaleKind, Closing
from orderlib.closing.signal import signals
from orderlib.errors import RefusedError
from orderlib.fulfilment.message import OpenIncident, ReportDespatched
from orderlib.hold.message import PlaceHold
from orderlib.ledger.record import LineQuantity
from orderlib.order.payment import PaymentTerms
from orderlib.planning.message import AddTask
from orderlib.planning.record import TaskDraft
from orderlib.settlement.message import DisputeStatement, RefundPayment, WithdrawStatement, WriteOffAmount
from orderlib.values.decision import Decided, Decision
from orderlib.values.digest import digest
from orderlib.values.dispatch import Gate

DIGEST = digest("a paper")


def finished(ordered=None) -> Settling:
    """Everything delivered, accepted, billed and paid; review and plan were elsewhere."""
    story = Settling(ordered)
    story.deliver(*((each.id, each.quantity.value) for each in story.case.order.lines))
    story.pay("p-1", story.bill().open)
    return story


def file_all(story: Settling) -> None:
    """File a paper of every kind that is missing."""
    for kind in story.about(FileDocument):
        story.tell(FileDocument("case-1", kind, f"archive/{kind}", DIGEST, by=CLERK))


def close(story: Settling) -> OrderClosed:
    """Close the order."""
    file_all(story)
    story.tell(CloseOrder("case-1", by=CLERK))
    return story.one(OrderClosed)


def test_papers_are_filed_with_a_fingerprint():
    """What the library did not make has to be there, too; a paper is filed once."""
    story = finished()
    assert story.about(FileDocument) == ("plan", "review")
    story.tell(FileDocument("case-1", "review", "archive/7", DIGEST, document_id="D-1", by=CLERK))
    assert story.one(DocumentFiled).paper.own is False
    assert story.about(FileDocument) == ("plan",)
    bad = FileDocument("case-1", " ", "x", "abc", document_id="D-1", by=CLERK)
    assert story.refused(bad) == ("dossier.used-id", "dossier.kind-missing", "dossier.digest")


def test_a_finished_order_is_closed_and_the_departments_hear_of_it():
    """The dossier names every paper, those of the case by a fingerprint of what they are."""
    story = finished()
    assert story.about(CloseOrder) == ()
    closed = close(story)
    assert story.case.state == "closed"
    kinds = [paper.kind for paper in closed.dossier]
    assert kinds == ["plan", "review", "order", "acceptance", "statement", "invoice", "payment"]
    own = {paper.reference: paper.digest for paper in closed.dossier if paper.own}
    assert own["order"] == digest(story.case.order)
    assert {"customer-service", "finance", "quality"} <= set(closed.informed)
    assert [each.slot for each in story.events if isinstance(each, Decided)] == ["dossier", "lesson", "close_gate"]
    assert story.case.closing.closed_at == closed.occurred_at


def test_the_gate_names_all_that_is_open():
    """Goods, money, a hold, a task, an incident, a defect, papers and lessons, in one refusal."""
    story = Settling(order(line(), line("20")))
    story.deliver(("10", 2), accept=False)
    defect = Defect(id="f-1", line_id="10", description="a dent")
    story.tell(ReportAcceptance("case-1", (), (defect,), by=CUSTOMER))
    story.tell(PlaceHold("case-1", {Gate.PRODUCE}, by=AUTHOR, reason="wait"))
    story.tell(AddTask("case-1", TaskDraft("t-1", "paint", "production", "painted"), by=CLERK))
    story.tell(OpenIncident("case-1", "i-1", by=CLERK, reason="a crane is broken"))
    assert story.refused(CloseOrder("case-1", by=CLERK)) == (
        "close.undelivered",
        "close.unaccepted",
        "close.undelivered",
        "settlement.unbilled",
        "close.hold",
        "close.task",
        "close.incident",
        "close.defect",
        "dossier.missing",
        "lesson.missing",
    )


def test_goods_on_their_way_questions_and_conditions_are_in_the_way():
    """Of every stage that may still have something open."""
    story = Settling()
    story.tell(ReportDespatched("case-1", (LineQuantity("10", 3),), "d-1", by=CLERK))
    waiting = SimpleNamespace(id="x", state="requested", unmet=True, whole=False)
    met = SimpleNamespace(id="y", unmet=False)
    change = SimpleNamespace(
        open_requests=(waiting,), open_charges=(waiting,), open_cancellations=(waiting,), accepted_charges=()
    )
    case = attrs.evolve(story.case, change=change, review=SimpleNamespace(conditions=(waiting, met)))
    assert [finding.code for finding in obstacles(case)] == [
        "close.undelivered",
        "close.in-transit",
        "close.condition",
        "close.change",
        "close.charge",
        "close.cancellation",
    ]


def test_a_hold_on_closing_stops_it():
    """The gate of its own."""
    story = finished()
    file_all(story)
    story.tell(PlaceHold("case-1", {Gate.CLOSE}, by=AUTHOR, reason="audit"))
    assert story.refused(CloseOrder("case-1", by=CLERK)) == ("command.held",)


def test_what_went_wrong_has_to_be_answered():
    """By a lesson with its evidence and the departments that hear of it, or by a reason why there is none."""
    story = Settling()
    story.deliver(("10", 3))
    statement = story.draft()
    story.tell(DisputeStatement("case-1", statement, by=CUSTOMER, reason="wrong price"))
    story.tell(WithdrawStatement("case-1", statement, by=AUTHOR))
    invoice = story.bill()
    story.pay("p-1", "700")
    story.tell(WriteOffAmount("case-1", invoice.id, by=AUTHOR, reason="small"))
    file_all(story)
    assert story.about(RecordLesson) == story.about(DismissLesson) == ("lesson.dispute", "lesson.written-off")
    assert story.refused(CloseOrder("case-1", by=CLERK)) == ("lesson.missing", "lesson.missing")
    lesson = RecordLesson(
        "case-1", "lesson.dispute", "a week was lost", "send prices early", departments=("market", "archive"), by=CLERK
    )
    story.tell(lesson)
    assert story.one(LessonRecorded).lesson.evidence == (f"/settlement/statements/{statement}",)
    again = DismissLesson("case-1", "lesson.dispute", by=CLERK)
    assert story.refused(again) == ("lesson.answered", "closing.reason-missing")
    story.tell(DismissLesson("case-1", "lesson.written-off", by=CLERK, reason="agreed beforehand"))
    assert story.one(LessonDismissed).lesson.dismissed
    assert story.about(CloseOrder) == ("case-1",)
    assert "archive" in close(story).informed


def test_a_lesson_needs_words():
    """And a dismissal a signal."""
    story = finished()
    empty = RecordLesson("case-1", "", " ", "", by=CLERK)
    assert story.refused(empty) == ("lesson.empty",) * 3
    unknown = DismissLesson("case-1", "lesson.defect", by=CLERK, reason="none")
    assert story.refused(unknown) == ("lesson.no-signal",)
    story.tell(RecordLesson("case-1", "a visit", "the customer liked it", "visit more", by=CLERK, evidence=("c1",)))
    assert story.one(LessonRecorded).lesson.evidence == ("c1",)


def test_every_signal_is_seen():
    """Promises, incidents, counts, defects, reminders, reopening."""
    story = Settling(order(line(quantity=9)))
    story.deliver(("10", 5))
    defect = Defect(id="f-1", line_id="10", description="a dent")
    story.tell(ReportAcceptance("case-1", (), (defect,), by=CUSTOMER))
    story.give_back("10", 1)
    counted = attrs.evolve(story.case.ledger.lines["10"], lost=1, short_closed=2)
    promises = (SimpleNamespace(id="10", moved=2), SimpleNamespace(id="20", moved=0))
    incidents = (SimpleNamespace(id="i", level=1), SimpleNamespace(id="j", level=0))
    invoices = (SimpleNamespace(id="n", reminded=1, written_off=eur(0)),)
    case = attrs.evolve(
        story.case,
        ledger=attrs.evolve(story.case.ledger, lines=story.case.ledger.lines.replace((counted,))),
        planning=SimpleNamespace(promises=promises),
        fulfilment=SimpleNamespace(incidents=incidents),
        settlement=SimpleNamespace(statements=(), invoices=invoices),
        closing=Closing(reopened=1),
    )
    assert [signal.cause for signal in signals(case)] == [
        "lesson.promise-moved",
        "lesson.incident",
        "lesson.short-closed",
        "lesson.returned",
        "lesson.lost",
        "lesson.defect",
        "lesson.dunned",
        "lesson.reopened",
    ]


def test_warranty_and_retention_run_on():
    """They end by themselves while the order stays closed; what was retained is paid then."""
    story = finished(order(payment=PaymentTerms(retention="10")))
    after = {each.kind: each for each in close(story).after_sales}
    warranty, retention = after[AfterSaleKind.WARRANTY], after[AfterSaleKind.RETENTION]
    assert retention.amount == eur("71.36")
    assert story.case.next_due == warranty.due_at == retention.due_at
    story.tell(PassTime("case-1", by=CLERK, at=warranty.due_at))
    assert story.names == ["RetentionDue", "WarrantyEnded"]
    assert all(each.ended for each in story.case.closing.after_sales)
    assert story.case.state == "closed"
    story.pay("p-2", "71.36")
    assert story.case.next_due is None


def test_a_closed_order_is_reopened_with_a_reason():
    """Goods come back; the order is settled again and closed again."""
    story = finished(order(payment=PaymentTerms(retention="10")))
    close(story)
    story.give_back("10", 1)
    assert story.refused(ReopenOrder("case-1", by=CLERK)) == ("closing.reason-missing",)
    story.tell(ReopenOrder("case-1", by=CLERK, reason="one is broken"))
    assert story.one(OrderReopened).informed
    assert (story.case.state, story.case.closing.reopened, len(story.case.closing.after_sales)) == (
        "in_execution",
        1,
        0,
    )
    story.credit(story.invoice.id)
    for payment in story.record.unallocated:
        story.tell(RefundPayment("case-1", payment.id, by=AUTHOR, reason="returned"))
    for cause in story.about(RecordLesson):
        story.tell(RecordLesson("case-1", cause, "work twice", "test before despatch", by=CLERK))
    close(story)
    assert story.case.state == "closed"


def test_retention_that_nobody_listed_does_not_disturb():
    """A reopened order has no after-sales ledger; what was retained falls due all the same."""
    story = finished(order(payment=PaymentTerms(retention="10")))
    close(story)
    story.tell(ReopenOrder("case-1", by=CLERK, reason="an error"))
    story.tell(PassTime("case-1", by=CLERK, at=story.invoice.retained_until))
    assert story.names == ["RetentionDue"]


def test_a_warranty_that_is_over_is_not_listed():
    """Closed years later."""
    story = finished()
    file_all(story)
    story.tell(CloseOrder("case-1", by=CLERK, at=story.now + timedelta(days=1000)))
    assert len(story.one(OrderClosed).after_sales) == 0


def test_policies_of_an_application_rule():
    """A tolerant gate closes what is open; a shut one needs no reasons; plain decisions are enough."""
    story = Settling(policies=PolicySet(close_gate=NothingOpen(tolerated=frozenset({"close.undelivered"}))))
    file_all(story)
    story.tell(CloseOrder("case-1", by=CLERK))
    assert story.case.state == "closed"
    plain = {
        "dossier": lambda *_: Decision(Completeness.COMPLETE),
        "lesson": lambda *_: Decision(Learning.LESSONS),
    }
    story = finished()
    story.policies = PolicySet(close_gate=lambda *_: Decision(CloseGate.SHUT), **plain)
    assert story.refused(CloseOrder("case-1", by=CLERK)) == ("close.shut",)
    story.policies = PolicySet(**plain)
    story.tell(CloseOrder("case-1", by=CLERK))
    assert story.case.state == "closed"


def test_a_change_of_any_paper_changes_the_manifest():
    """Fingerprints of the case's own papers; ids of people's papers may meet the places."""
    story = finished()
    story.tell(FileDocument("case-1", "plan", "archive/1", DIGEST, document_id="order", by=CLERK))
    papers = manifest(story.case)
    assert [paper.id for paper in papers][:2] == ["order", "own/order"]
    assert manifest(story.case) == papers
    changed = attrs.evolve(story.case, order=attrs.evolve(story.case.order, note="other"))
    assert [a == b for a, b in zip(papers, manifest(changed), strict=True)].count(False) == 1


def test_what_left_nothing_behind_needs_no_paper():
    """Nothing delivered, nothing accepted; credits and payments are papers once there are any."""
    story = Settling()
    assert expected_kinds(story.case) == {"order", "review", "plan"}
    story.deliver(("10", 3))
    invoice = story.bill()
    story.give_back("10", 1)
    story.credit(invoice.id)
    story.pay("p-1", "1")
    assert expected_kinds(story.case) - kinds_there(story.case) == {"review", "plan"}
    assert "credit-note" in expected_kinds(story.case)


def test_reviews_and_plans_of_the_case_are_papers():
    """A decided round, and a plan with tasks."""
    story = finished()
    rounds = (SimpleNamespace(outcome=None), SimpleNamespace(outcome="accepted"))
    plan = SimpleNamespace(tasks=(at(),))
    case = attrs.evolve(story.case, review=SimpleNamespace(rounds=rounds, conditions=()), planning=plan)
    assert {"review", "plan"} <= kinds_there(case)


def test_without_an_order_there_is_nothing_to_close():
    """Neither offered nor possible."""
    story = Story()
    assert tuple(rule_of(FileDocument).about(story.case)) == tuple(rule_of(CloseOrder).about(story.case)) == ()
    handle = rule_of(CloseOrder).handle
    command = CloseOrder("case-1", by=CLERK, id="c", at=story.now)
    with pytest.raises(RefusedError):
        tuple(handle(SimpleNamespace(case=story.case), command, story.policies))
