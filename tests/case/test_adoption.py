"""An order that ran elsewhere is taken over in the middle of its life, and driven to its end as any other."""

from __future__ import annotations

from typing import Any

from build import CLERK, line, order
from settling import eur

from orderlib.acceptance.message import ReportAcceptance
from orderlib.account.message import OpenAccount
from orderlib.case.history import replay
from orderlib.case.message import AdoptOrder
from orderlib.change.message import AnswerCharge
from orderlib.change.record import ChangeRequest, Charge
from orderlib.closing.gate import obstacles
from orderlib.closing.message import CloseOrder, FileDocument, RecordLesson
from orderlib.desk.desk import OrderDesk
from orderlib.fulfilment.message import DespatchGoods, ReportReceived
from orderlib.hold.message import LiftHold
from orderlib.hold.record import Hold
from orderlib.ledger.record import LineLedger, LineQuantity
from orderlib.order.payment import PaymentTerms
from orderlib.order.record import Order
from orderlib.order.revision import difference
from orderlib.order.terms import TaxCategory
from orderlib.settlement.balance import settled
from orderlib.settlement.brought import BroughtInvoice
from orderlib.settlement.message import (
    AllocatePayment,
    ConfirmStatement,
    DraftStatement,
    IssueCreditNote,
    IssueInvoice,
    RefundPayment,
    ReportPayment,
)
from orderlib.settlement.record import Deduction, InvoiceKind, InvoiceLine
from orderlib.simulation.clock import WorldClock
from orderlib.values.digest import digest
from orderlib.values.dispatch import Gate
from orderlib.values.instant import instant
from orderlib.values.key import Key
from orderlib.values.money import Money
from orderlib.values.party import Actor
from orderlib.wire.codec import dumps, loads

CASE = "case-1"
VAT = TaxCategory("S", "19")
AUTHOR, ISSUER = Actor("lin", "finance"), Actor("kim", "finance")
CUSTOMER, CARRIER = Actor("buyer", "customer"), Actor("leo", "logistics")


def pumps(quantity: int) -> Order:
    """So many pumps at 100 EUR: 30 % in advance, 10 % retained, at once."""
    terms = PaymentTerms(advance="30", retention="10", net_days=0)
    return order(line(quantity=quantity, price="100", tax=VAT), payment=terms)


def midlife() -> AdoptOrder:
    """Four of ten are delivered and billed, partly paid; two are on their way; the customer wants one fewer."""
    wanted = pumps(10)
    advance = BroughtInvoice(id="A-1", issued_on="2026-01-12", kind="386", gross=eur(357), paid=eur(357))
    bill = BroughtInvoice(
        id="I-1",
        issued_on="2026-02-20",
        lines=[InvoiceLine("10", 4, eur(400), VAT)],
        set_off=[Deduction("A-1", eur("142.80"))],
        retained=eur("47.60"),
        retained_until="2026-09-01T00:00:00Z",
        paid=eur(100),
    )
    change = ChangeRequest(
        id="C-1",
        cause="customer",
        side="customer",
        wanted=difference(wanted, pumps(9)),
        by=CLERK,
        requested_at=instant("2026-02-25T09:00:00Z"),
        due_at=instant("2026-03-20T09:00:00Z"),
        state="charged",
    )
    charge = Charge(id="K-1", about="C-1", amount=eur(40), line_ids=["10"], due_at=instant("2026-03-20T09:00:00Z"))
    hold = Hold(id="H-1", gates={Gate.DESPATCH}, reason="the quay is closed", placed_at=instant("2026-02-27T09:00:00Z"))
    counts = LineLedger(id="10", ordered=10, produced=8, despatched=6, received=4, accepted=4, invoiced=4)
    return AdoptOrder(
        wanted,
        "in_execution",
        [counts],
        [hold],
        case_id=CASE,
        by=CLERK,
        invoices=[advance, bill],
        changes=[change],
        charges=[charge],
    )


def made(kind: type[Any], about: str, desk: OrderDesk) -> Any:
    """The command, as a clerk would fill it in."""
    if kind is ReportPayment:
        open_ = desk.load(CASE).settlement.invoices[about].open
        return ReportPayment(CASE, f"bank of {about}", open_, about, by=AUTHOR)
    if kind is FileDocument:
        return FileDocument(CASE, about, f"archive/{about}", digest(about), by=CLERK)
    if kind is RecordLesson:
        return RecordLesson(CASE, about, "it cost time", "look earlier", by=CLERK)
    if kind is CloseOrder:
        return CloseOrder(CASE, by=CLERK)
    by = {ConfirmStatement: CUSTOMER, IssueInvoice: ISSUER}.get(kind, AUTHOR)
    return kind(CASE, about, by=by, reason="offered")


OFFERED = (
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
)


def take_what_is_offered(desk: OrderDesk) -> None:
    """Everything that is offered for settlement and closing, one at a time, until the order is closed."""
    for _ in range(60):
        case = desk.load(CASE)
        if case.state == "closed":
            return
        offers = {each.kind: each.about for each in desk.allowed(case)}
        kind = next(kind for kind in OFFERED if offers.get(kind))
        desk.handle(made(kind, offers[kind][0], desk))
    raise AssertionError("the order is not closed")


def test_from_the_middle_to_the_end():
    """Hold, charge, deliveries, advance, open invoice and retention: everything comes to its end, to the cent."""
    desk = OrderDesk(clock=WorldClock("2026-03-02T08:00:00Z"))
    desk.handle(OpenAccount("C1", "EUR", Money("9000", "EUR"), by=AUTHOR))
    case = desk.handle(midlife()).case
    account = desk.repository.load(Key("account", "C1"))
    assert account.exposures[CASE].receivable == eur("233.20")
    assert {each.code for each in obstacles(case)} == {
        "close.undelivered",
        "close.in-transit",
        "close.hold",
        "close.change",
        "close.charge",
        "settlement.open-invoice",
    }

    desk.handle(LiftHold(CASE, "H-1", by=CLERK, reason="the quay is open"))
    desk.handle(AnswerCharge(CASE, "K-1", accepts=True, by=CLERK))
    desk.handle(ReportReceived(CASE, "D-6", [LineQuantity("10", 2)], by=CARRIER))
    desk.handle(DespatchGoods(CASE, [LineQuantity("10", 3)], despatch_id="D-7", by=CARRIER))
    desk.handle(ReportReceived(CASE, "D-7", [LineQuantity("10", 3)], by=CARRIER))
    desk.handle(ReportAcceptance(CASE, [LineQuantity("10", 5)], by=CUSTOMER))
    take_what_is_offered(desk)

    case = desk.load(CASE)
    assert case.adopted
    assert settled(case.settlement, case)
    goods = [each for each in case.settlement.invoices if each.kind is InvoiceKind.GOODS]
    assert sum(each.totals.tax_exclusive.minor for each in goods) == pumps(9).totals.tax_exclusive.minor
    assert sum(each.deducted.minor for each in goods) == eur(357).minor
    (charges,) = (each for each in case.settlement.invoices if each.kind is InvoiceKind.CHARGES)
    assert charges.totals.tax_exclusive == eur(40)
    assert eur("47.60") in [each.amount for each in case.closing.after_sales]
    assert replay(CASE, [each.event for each in desk.repository.history(case.key)]) == case


def test_what_was_brought_can_be_written_down():
    """Command and events go through JSON and come back the same."""
    command = midlife()
    assert loads(AdoptOrder, dumps(command)) == command
