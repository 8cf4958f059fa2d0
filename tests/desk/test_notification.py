"""Customers and departments hear of what concerns them."""

from __future__ import annotations

import pytest
from build import CLERK, SELLER, at, line, order

from orderlib.account.message import OpenAccount
from orderlib.case.authority import BY_DEPARTMENT, Desk, ResponsibilityMatrix
from orderlib.case.message import AdoptOrder
from orderlib.desk.desk import OrderDesk
from orderlib.desk.notification import CustomerNotifier, DepartmentNotifier
from orderlib.fulfilment.message import DespatchGoods
from orderlib.intake.message import ReceiveOrder, ScreenOrder
from orderlib.ledger.record import LineQuantity
from orderlib.planning.message import MovePromise, PlanOrder, PromiseOrder, ReleaseOrder
from orderlib.simulation.clock import WorldClock
from orderlib.values.instant import day
from orderlib.values.party import Actor

LIN = Actor("lin", "planning")


@pytest.fixture
def desk():
    """A desk, and what it tells the customer."""
    made = OrderDesk(clock=WorldClock(at()))
    made.said = []
    made.subscribe(CustomerNotifier(made.said.append))
    return made


def test_the_customer_hears_of_receipt_and_return(desk):
    """With the reasons, in both languages."""
    desk.handle(ReceiveOrder(order(line(price=None)), case_id="case-1", by=CLERK))
    desk.handle(ScreenOrder("case-1", by=CLERK))
    receipt, returned = desk.said
    assert (receipt.kind, receipt.to.id, receipt.order_id) == ("receipt", "C1", "4711")
    assert receipt.text() == "We have received your order 4711."
    assert returned.kind == "returned"
    assert "line 10 has no price" in returned.text()
    assert returned.text("zh").startswith("贵方订单 4711")


def test_the_customer_hears_of_promises_that_move_and_of_despatch(desk):
    """Line by line, with the day and the reason."""
    desk.handle(AdoptOrder(order(), "accepted", case_id="case-1", by=CLERK))
    desk.handle(PlanOrder("case-1", by=LIN))
    desk.handle(PromiseOrder("case-1", by=LIN))
    desk.handle(MovePromise("case-1", "10", day("2026-05-20"), by=LIN, reason="the seals come late"))
    desk.handle(ReleaseOrder("case-1", by=LIN))
    desk.handle(DespatchGoods("case-1", [LineQuantity("10", 1)], despatch_id="D-1", by=Actor("jo", "logistics")))
    kinds = [notification.kind for notification in desk.said]
    assert kinds == ["promise", "promise-moved", "despatch"]
    assert desk.said[1].text().endswith("2026-05-20, because the seals come late")
    assert "D-1" in desk.said[2].text()


def test_nobody_is_written_to_about_what_orders_share(desk):
    """An account has no customer's message."""
    desk.handle(OpenAccount("C1", "EUR", by=SELLER))
    assert desk.said == []


def test_departments_hear_what_the_matrix_says(desk):
    """All that are accountable, consulted or informed, or only some of them."""
    every, some = [], []
    desk.subscribe(DepartmentNotifier(every.append))
    desk.subscribe(DepartmentNotifier(some.append, only=("finance",)))
    desk.handle(ReceiveOrder(order(), case_id="case-1", by=CLERK))
    heard = {notice.department for notice in every if type(notice.event).__name__ == "OrderReceived"}
    assert heard == {"customer-service", "finance", "planning"}
    assert {notice.department for notice in some} == {"finance"}
    assert every[0].case_id == "case-1"


def test_a_notice_says_whom_to_reach(desk):
    """The contact and the deputy of the department, where the matrix names them."""
    reach = {"finance": Desk("ada@example.org", "bo@example.org")}
    heard = []
    desk.subscribe(DepartmentNotifier(heard.append, ResponsibilityMatrix(BY_DEPARTMENT.rows, reach)))
    desk.handle(ReceiveOrder(order(), case_id="case-1", by=CLERK))
    by_department = {notice.department: notice.desk for notice in heard}
    assert by_department["finance"] == Desk("ada@example.org", "bo@example.org")
    assert by_department["planning"] == Desk()
