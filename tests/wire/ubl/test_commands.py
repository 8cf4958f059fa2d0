from __future__ import annotations

import attrs
import build
import pytest

from orderlib.case.record import OrderCase
from orderlib.change.message import DecideChange, ReceiveOrderChange, RequestCancellation, RequestChange
from orderlib.change.record import ChangeLog, ChangeRequest
from orderlib.errors import DocumentError, Finding, RefusedError
from orderlib.intake.message import AcknowledgeOrder, ReceiveOrder, ResubmitOrder
from orderlib.order.line import Item
from orderlib.order.revision import apply, difference
from orderlib.order.terms import DeliveryTerms
from orderlib.order.totals import StatedTotals
from orderlib.review.message import ReviewOrder
from orderlib.values.lines import Lines
from orderlib.values.money import Money
from orderlib.values.quantity import Quantity
from orderlib.wire.ubl import (
    LineResponse,
    OrderCancellation,
    OrderChange,
    OrderDocument,
    OrderResponse,
    commands_of,
    find_case,
    offered_order,
    reference_of,
)

ORDER = build.order(build.line("10"), build.line("20"))
STATED = StatedTotals(payable=Money("1.00", "EUR"))


def case(state: str = "in_review", **more) -> OrderCase:
    """A case of the order."""
    return OrderCase(id="case-1", state=state, order=ORDER, **more)


def response(code: str | None, *lines: LineResponse, **more) -> OrderResponse:
    """An answer to the order."""
    return OrderResponse(
        id="R-1", order_id="4711", code=code, buyer=build.BUYER, seller=build.SUPPLIER, lines=lines, **more
    )


def commands(message, known=None):
    """The commands for a message."""
    return commands_of(message, known, by=build.CLERK, at=build.at())


class Found:
    """A repository of one case."""

    def find(self, kind, reference):
        """Its key under its reference."""
        return [case().key] if (kind, reference) == ("order", "C1/4711") else []

    def load(self, key):
        """The case."""
        return case()


def test_a_message_finds_its_case():
    """By the buyer and the buyer's order number."""
    assert reference_of(OrderDocument(order=ORDER)) == ("order", "C1/4711")
    assert reference_of(OrderChange(id="C", order=ORDER)) == ("order", "C1/4711")
    assert find_case(Found(), response("AP")).id == "case-1"
    assert find_case(Found(), attrs.evolve(response("AP"), order_id="x")) is None


def test_an_order_founds_a_case_or_comes_back():
    """With what it states; one that was returned is resubmitted."""
    document = OrderDocument(order=ORDER, stated=STATED)
    (received,) = commands(document)
    assert isinstance(received, ReceiveOrder)
    assert (received.order, received.stated, received.document.id, received.by) == (ORDER, STATED, "4711", build.CLERK)
    assert isinstance(commands(document, case("accepted"))[0], ReceiveOrder)
    (again,) = commands(document, case("returned"))
    assert isinstance(again, ResubmitOrder)
    assert (again.case_id, again.order) == ("case-1", ORDER)


def test_an_order_that_was_not_read_asks_for_nothing():
    """Its findings are the error's."""
    finding = Finding("ubl.element-missing")
    for wrong in (lambda: commands(OrderDocument(findings=[finding])), lambda: reference_of(OrderDocument())):
        with pytest.raises(DocumentError):
            wrong()


def test_messages_about_an_unknown_order_are_refused():
    """Whatever they say."""
    cancelled = OrderCancellation(id="X", order_id="4711", buyer=build.BUYER, seller=build.SUPPLIER)
    for message in (response("AP"), OrderChange(id="C", order=ORDER), cancelled):
        with pytest.raises(RefusedError, match=r"ubl\.order-unknown"):
            commands(message)
        with pytest.raises(RefusedError, match=r"ubl\.order-unknown"):
            commands(message, OrderCase(id="case-2"))


def test_a_cancellation_asks_for_the_end_of_the_order():
    """With its reason."""
    message = OrderCancellation(id="X", order_id="4711", buyer=build.BUYER, seller=build.SUPPLIER, reason="no need")
    (command,) = commands(message, case())
    assert isinstance(command, RequestCancellation)
    assert (command.case_id, command.cancellation_id, command.reason) == ("case-1", "X", "no need")


FEWER = attrs.evolve(ORDER, lines=[build.line("10", quantity=2), build.line("20")])


def proposed(**more) -> ChangeLog:
    """A log in which we have proposed fewer of line 10."""
    request = ChangeRequest(
        id="P-1", cause="internal", side="supplier", wanted=difference(ORDER, FEWER), by=build.SELLER,
        requested_at=build.at(), due_at=build.at(9), state="proposed",
    )  # fmt: skip
    return ChangeLog(requests=Lines([attrs.evolve(request, **more)]))


def test_a_change_is_the_order_as_it_should_be():
    """With its number."""
    (command,) = commands(OrderChange(id="C-1", sequence=2, order=FEWER, note="please"), case())
    assert isinstance(command, ReceiveOrderChange)
    assert (command.change_id, command.order, command.sequence, command.reason) == ("C-1", FEWER, 2, "please")


def test_a_change_that_takes_over_our_lines_confirms_them():
    """What else it changes is asked for beside."""
    moved = attrs.evolve(FEWER, delivery=DeliveryTerms(place="Bergen"))
    first, second = commands(OrderChange(id="C-1", order=moved), case(change=proposed()))
    assert isinstance(first, ReceiveOrderChange)
    assert first.order == FEWER
    assert isinstance(second, RequestChange)
    assert second.change_id == "C-1/terms"
    assert apply(apply(ORDER, difference(ORDER, FEWER)), second.wanted).delivery == moved.delivery


@pytest.mark.parametrize(
    ("wanted", "log"),
    [(FEWER, proposed()), (ORDER, proposed()), (FEWER, proposed(state="declined")), (FEWER, ChangeLog())],
)
def test_any_other_change_stays_whole(wanted, log):
    """Exactly what we proposed, something else, or where nothing is proposed."""
    (command,) = commands(OrderChange(id="C-1", order=wanted), case(change=log))
    assert command.order == wanted


def test_a_proposal_for_an_earlier_revision_is_past():
    """The order has changed since."""
    later = attrs.evolve(ORDER, revision=2)
    moved = attrs.evolve(FEWER, delivery=DeliveryTerms(place="Bergen"))
    known = attrs.evolve(case(change=proposed()), order=later)
    assert len(commands(OrderChange(id="C-1", order=moved), known)) == 1


@pytest.mark.parametrize(
    ("code", "outcome"), [("AP", "accepted"), ("RE", "rejected"), ("CA", "conditionally_accepted")]
)
def test_an_answer_given_elsewhere_is_the_reviews(code, outcome):
    """As a ruling with its reason."""
    (command,) = commands(response(code, note="why"), case())
    assert isinstance(command, ReviewOrder)
    assert (command.overrule, command.reason) == (outcome, "why")


def test_an_acknowledgement_is_told():
    """It decides nothing; an answer without a code is none."""
    assert isinstance(commands(response("AB"), case())[0], AcknowledgeOrder)
    with pytest.raises(RefusedError, match=r"ubl\.response-without-code"):
        commands(response(None), case())


def test_what_is_offered_instead_becomes_a_proposal():
    """Put to the customer at once."""
    lines = (LineResponse("1", "10", "3", quantity=Quantity(2)), LineResponse("2", "20", "5"))
    asked, decided = commands(response("CA", *lines), case())
    assert isinstance(asked, RequestChange)
    assert (asked.change_id, asked.whose, asked.reason) == ("R-1", "supplier", "R-1")
    assert apply(ORDER, asked.wanted).lines == FEWER.lines
    assert isinstance(decided, DecideChange)
    assert (decided.change_id, decided.accept) == ("R-1", True)


@pytest.mark.parametrize(
    ("code", "state", "count"),
    [
        ("AP", "requested", 1),
        ("RE", "requested", 1),
        ("CA", "requested", 1),
        ("AP", "applied", 0),
        ("RE", "rejected", 0),
    ],
)
def test_an_answer_to_a_change_decides_it(code, state, count):
    """Unless it stands so already."""
    offered = (LineResponse("1", "10", "3", quantity=Quantity(1)),) if code == "CA" else ()
    found = commands(response(code, *offered, change_id="P-1"), case(change=proposed(state=state)))
    assert len(found) == count
    for command in found:
        assert isinstance(command, DecideChange)
        assert (command.accept, command.counter is not None) == (code == "AP", code == "CA")
    assert len(commands(response(code, *offered, change_id="P-9"), case())) == 1


def test_the_order_as_the_seller_would_take_it():
    """Lines refused are gone, others as offered; one answered in parts stays, and numbers alone change nothing."""
    item = Item("S-1", "Pump")
    order = build.order(*(build.line(number) for number in ("10", "20", "30", "40", "50")))
    price = build.line(price="5.00").price
    offered = offered_order(
        order,
        response(
            "CA",
            LineResponse("1", "10", "7"),
            LineResponse("2", "20", "3", item=item, substitute=Item("P-8"), price=price),
            LineResponse("3", "30", "3", quantity=Quantity(1)),
            LineResponse("4", "30", "3", quantity=Quantity(2)),
            LineResponse("5", "40", "5", item=item),
        ),
    )
    assert [line.id for line in offered.lines] == ["20", "30", "40", "50"]
    changed = offered.lines["20"]
    assert (changed.item, changed.price, changed.quantity) == (Item("P-8"), price, Quantity(3))
    assert [offered.lines[number] == order.lines[number] for number in ("30", "40", "50")] == [True] * 3
