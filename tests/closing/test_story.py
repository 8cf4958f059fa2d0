"""From the advance to the archive, as one who only sees what is offered would take it."""

from __future__ import annotations

from build import CLERK, line, order
from settling import AUTHOR, CUSTOMER, ISSUER, Settling

from orderlib.case.history import replay
from orderlib.closing.message import CloseOrder, FileDocument, RecordLesson
from orderlib.order.payment import PaymentTerms
from orderlib.order.terms import AllowanceCharge
from orderlib.settlement.message import (
    AllocatePayment,
    ConfirmStatement,
    DraftStatement,
    IssueCreditNote,
    IssueInvoice,
    RefundPayment,
    ReportPayment,
)
from orderlib.settlement.record import InvoiceKind
from orderlib.values.digest import digest
from orderlib.values.money import Money


def take_what_is_offered(story: Settling) -> None:
    """Everything that is offered for settlement and closing, in turn, until nothing is."""
    for _ in range(60):
        if story.case.state == "closed":
            return
        before = story.case.version
        for kind in (
            DraftStatement,
            ConfirmStatement,
            IssueInvoice,
            IssueCreditNote,
            AllocatePayment,
            ReportPayment,
            RefundPayment,
            FileDocument,
            RecordLesson,
            CloseOrder,
        ):
            for about in story.about(kind)[:1]:
                story.tell(made(kind, about, story))
        assert story.case.version > before, "nothing is offered, and the order is not closed"


def made(kind: type, about: str, story: Settling) -> object:
    """The command, as a clerk would fill it in."""
    if kind is ReportPayment:
        invoice = story.record.invoices[about]
        return ReportPayment("case-1", f"bank-{story.told}", invoice.open, invoice.id, by=AUTHOR)
    if kind is FileDocument:
        return FileDocument("case-1", about, f"archive/{about}", digest(about), by=CLERK)
    if kind is RecordLesson:
        return RecordLesson("case-1", about, "it cost time", "look earlier", by=CLERK)
    if kind is CloseOrder:
        return CloseOrder("case-1", by=CLERK)
    by = {ConfirmStatement: CUSTOMER, IssueInvoice: ISSUER}.get(kind, AUTHOR)
    return kind("case-1", about, by=by, reason="offered")


def test_the_offers_lead_to_the_end():
    """Advance, two deliveries, a return, retention: all is offered, and the order is closed to the cent."""
    ordered = order(
        line(quantity=7, price="33.33"),
        line("20", quantity="2.5", price="19.99"),
        payment=PaymentTerms(advance="30", retention="5"),
        allowance_charges=(AllowanceCharge(Money("10", "EUR"), reason="loyalty"),),
    )
    story = Settling(ordered)
    story.tell(DraftStatement("case-1", InvoiceKind.ADVANCE, by=AUTHOR))
    story.deliver(("10", 4), ("20", "2.5"))
    story.give_back("10", 1)
    story.deliver(("10", 3))
    take_what_is_offered(story)
    assert story.case.state == "closed"
    assert story.case.phase == "closed"
    goods = [each for each in story.record.invoices if each.kind is InvoiceKind.GOODS]
    assert sum(each.totals.tax_exclusive.minor for each in goods) == 6 * 3333 + 4998 - 706 - 176
    assert replay("case-1", story.history) == story.case
