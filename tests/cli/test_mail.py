"""Changes and cancellations find their order, and arrive on their day."""

from __future__ import annotations

import pytest
from build import BUYER, CLERK, SUPPLIER, Story, line, order

from orderlib.case.record import OrderCase
from orderlib.change.message import ReceiveOrderChange, RequestCancellation
from orderlib.cli.documents import Document
from orderlib.cli.mail import Letterbox, addressee, letter_of, unknown_order
from orderlib.cli.run import run_documents
from orderlib.intake.message import ReceiveOrder
from orderlib.values.instant import instant
from orderlib.values.party import Party
from orderlib.wire.ubl.document import OrderCancellation, OrderChange


def cancellation(order_id: str = "4711", name: str = "x/c.xml", **more) -> Document:
    """A cancellation of an order."""
    day = more.pop("issued_on", "2026-03-03")
    message = OrderCancellation(
        id=f"{order_id}-X", order_id=order_id, buyer=more.pop("buyer", BUYER), seller=SUPPLIER, issued_on=day, **more
    )
    return Document(name, message)


def change(quantity: int = 5, sequence: int | None = 1, name: str = "x/ch.xml", day: str = "2026-03-03") -> Document:
    """A change of the quantity of the only line."""
    wanted = order(line(quantity=quantity), issued_on=day)
    message = OrderChange(id=f"C{sequence or 0}{quantity}", sequence=sequence, order=wanted, actions=[("10", "3")])
    return Document(name, message)


def test_only_changes_and_cancellations_are_letters(paper):
    """An order is no letter."""
    assert letter_of(paper) is None
    assert letter_of(cancellation()).command == "RequestCancellation"
    assert letter_of(change()).command == "ReceiveOrderChange"


def test_a_letter_finds_the_order_of_its_number():
    """Of several orders with the number, the one of the same buyer counts, then the one that lies beside it."""
    other = order(buyer=Party("C2", "Others"))
    letter = letter_of(cancellation())
    assert addressee(letter, [Document("a", order(id="1"))]) is None
    assert addressee(letter, [Document("x/a", other), Document("b", order())]) == 1
    assert addressee(letter, [Document("y/a", order()), Document("x/b", order())]) == 1
    assert addressee(letter, [Document("x/a", order()), Document("x/b", order())]) == 0


def test_a_letter_to_nobody_is_refused():
    """The refusal names the order that nobody knows."""
    refusal = unknown_order(letter_of(change()))
    assert refusal.findings[0].code == "document.order-unknown"
    assert refusal.findings[0].address == "/OrderChange/OrderReference/ID"
    assert "4711" in unknown_order(letter_of(cancellation())).findings[0].message()


def test_letters_arrive_in_the_order_of_their_days():
    """Dates come first, then numbers; what ends an order comes last, and what bears no date first."""
    box = Letterbox(filter(None, map(letter_of, (cancellation(), change(7, 2), change(5, 1)))))
    assert box.next_at == instant("2026-03-03T07:00:00Z")
    assert [each.command for each in box._waiting] == [
        "ReceiveOrderChange",
        "ReceiveOrderChange",
        "RequestCancellation",
    ]
    assert [each.number for each in box._waiting][:2] == [1, 2]
    assert Letterbox([]).next_at is None
    assert Letterbox([letter_of(cancellation(issued_on=None))]).next_at < instant("2000-01-01T00:00:00Z")


def received() -> OrderCase:
    """A case that holds the order."""
    story = Story()
    story.tell(ReceiveOrder(order(), case_id="case-1", by=CLERK))
    return story.case


def test_a_letter_says_why():
    """The customer's words are the reason; where there are none, the message as such is."""
    (asked,) = letter_of(cancellation(reason="no longer needed")).commands(received())
    assert isinstance(asked, RequestCancellation)
    assert asked.reason == "no longer needed"
    (silent,) = letter_of(cancellation()).commands(received())
    assert silent.reason
    (wanted,) = letter_of(change()).commands(received())
    assert isinstance(wanted, ReceiveOrderChange)
    assert wanted.order.lines["10"].quantity.value == 5


@pytest.mark.parametrize("day", ["2026-03-03", "2026-03-20"])
def test_a_change_reaches_its_order(paper, day):
    """The order ends as it was changed, whenever the change comes."""
    run = run_documents([paper, change(5, day=day)])
    (told,) = run.report()["orders"]
    assert told["state"] == "closed"
    assert told["totals"]["line_extension"] == "999.50"
    assert not run.refused


def test_a_cancellation_ends_its_order(paper):
    """The order is cancelled, and the decision says by which rule."""
    (told,) = run_documents([paper, cancellation(reason="not needed")]).report()["orders"]
    assert told["state"] == "cancelled"
    assert "cancellation" in {each["slot"] for each in told["decisions"]}


def test_a_letter_that_comes_too_late_is_refused(paper):
    """After its end an order takes no letter: the letter is refused with findings, the order stays closed."""
    run = run_documents([paper, cancellation(issued_on="2027-01-01")])
    assert run.report()["orders"][0]["state"] == "closed"
    (refusal,) = run.refused
    assert refusal.source == "x/c.xml"
    assert refusal.findings[0].code == "command.impossible"


def test_a_change_in_another_currency_is_judged_or_refused(paper):
    """Whatever a change asks for, there is an answer and no exception."""
    wanted = order(line(currency="USD"), currency="USD", issued_on="2026-03-03")
    message = OrderChange(id="C1", order=wanted, actions=[("10", "3")])
    run = run_documents([paper, Document("ch.xml", message)])
    assert run.report()["orders"][0]["state"] in ("closed", "rejected", "expired", "declined")
