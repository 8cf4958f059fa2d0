from __future__ import annotations

import attrs
import build
import pytest

from orderlib.case.record import OrderCase
from orderlib.errors import Finding, InvalidValueError, Severity
from orderlib.intake.record import Intake
from orderlib.order.line import ScheduleLine
from orderlib.review.condition import Condition, CounterOffer
from orderlib.review.record import PanelKind, ReviewOutcome, ReviewRound, Reviews
from orderlib.values.period import DayPeriod
from orderlib.values.quantity import Quantity
from orderlib.wire.rules import check, rules_for
from orderlib.wire.ubl import (
    LineAction,
    LineResponse,
    OrderResponse,
    ResponseCode,
    read_order_response,
    response_of,
    write_order_response,
)
from orderlib.wire.xmltree import parse_xml

ORDER = build.order(customer_reference="PO 9")


def case(state: str, **more) -> OrderCase:
    """A case in that state."""
    return OrderCase(id="case-1", state=state, **{"order": ORDER, **more})


@pytest.mark.parametrize(
    ("state", "code"),
    [
        ("received", "AB"), ("in_review", "AB"), ("accepted", "AP"), ("released", "AP"), ("in_execution", "AP"),
        ("closed", "AP"), ("conditionally_accepted", "CA"), ("returned", "RE"), ("rejected", "RE"),
        ("declined", "RE"), ("expired", "RE"),
    ],
)  # fmt: skip
def test_every_answer_keeps_the_rules_of_its_transaction(state, code):
    """Whatever the state, written and read again."""
    answer = response_of(case(state), "R-1", "2026-03-02")
    assert (answer.code, answer.order_id, answer.customer_reference) == (code, "4711", "PO 9")
    data = write_order_response(answer)
    root = parse_xml(data)
    assert rules_for(root).name.startswith("Peppol T76")
    assert check(root, rules_for(root)) == ()
    assert write_order_response(answer) == data
    again = read_order_response(data)
    assert [(each.line_id, each.action) for each in again.lines] == [
        (each.line_id, each.action) for each in answer.lines
    ]
    assert (again.code, again.note, again.unmapped) == (answer.code, answer.note, ())


@pytest.mark.parametrize("state", ["new", "enquired", "proposed", "cancelled", "terminated"])
def test_an_order_that_nobody_waits_for_has_no_answer(state):
    """The error says why."""
    with pytest.raises(InvalidValueError, match="nothing-to-answer"):
        response_of(case(state), "R-1", "2026-03-02")
    with pytest.raises(InvalidValueError, match="nothing-to-answer"):
        response_of(case("accepted", order=None), "R-1", "2026-03-02")


def test_conditions_stand_in_the_note_and_later_days_at_the_lines():
    """Only those that the customer is asked for."""
    late = ScheduleLine("1", Quantity(3), requested_on="2026-04-01", promised_on="2026-04-08")
    kept = ScheduleLine("1", Quantity(3), requested_on="2026-04-01", promised_on="2026-04-01")
    order = build.order(build.line("10", schedule=[late]), build.line("20", schedule=[kept]))
    asked, own = (
        Condition(id=number, wording=wording, owner=owner, due_at=build.at(9))
        for number, wording, owner in (("1", "pay first", "customer"), ("2", "check stock", "sales"))
    )
    reviews = Reviews(conditions=[asked, own], counter_offer=CounterOffer(conditions=["1"], due_at=build.at(9)))
    answer = response_of(case("conditionally_accepted", order=order, review=reviews), "R-1", "2026-03-02")
    assert answer.note == "pay first"
    assert answer.promised == DayPeriod("2026-04-01", "2026-04-08")
    assert [(each.action, each.promised) for each in answer.lines] == [
        (LineAction.CHANGED, DayPeriod(None, "2026-04-08")),
        (LineAction.ACCEPTED, DayPeriod(None, "2026-04-01")),
    ]
    assert check(parse_xml(write_order_response(answer)), rules_for(parse_xml(write_order_response(answer)))) == ()


REASONS = (Finding("order.no-good"), Finding("order.no-good"), Finding("order.fyi", Severity.INFO))


def test_a_rejection_says_why():
    """What the review decided on, else what screening found; each reason once, in the language asked for."""
    screened = Intake(findings=REASONS)
    decided = ReviewRound(
        id="1", kind=PanelKind.SMALL, seats=(), convened_at=build.at(2), decide_by=build.at(3),
        outcome=ReviewOutcome.REJECTED, reasons=(Finding("review.no"),),
    )  # fmt: skip
    assert response_of(case("rejected", intake=screened), "R-1", "2026-03-02").note == "order.no-good"
    both = case("rejected", intake=screened, review=Reviews(rounds=(decided,)))
    assert response_of(both, "R-1", "2026-03-02", lang="zh").note == "review.no"
    assert response_of(case("returned"), "R-1", "2026-03-02").note == ""


def answer(**more) -> OrderResponse:
    """An answer that says yes."""
    given = {"id": "R", "order_id": "O", "code": "AP", "buyer": build.BUYER, "seller": build.SUPPLIER,
             "issued_on": "2026-03-02"}  # fmt: skip
    return OrderResponse(**(given | more))


def test_what_an_answer_lacks_is_said_all_at_once():
    """Before anything is written."""
    line = LineResponse("1", "1")
    for given, codes in (
        (answer(code=None, issued_on=None), ["ubl.response-code-missing", "ubl.response-date-missing"]),
        (answer(lines=[line]), ["ubl.response-lines", "ubl.response-item-missing"]),
        (answer(code="CA"), ["ubl.response-lines"]),
    ):
        with pytest.raises(InvalidValueError) as caught:
            write_order_response(given)
        assert [each.code for each in caught.value.findings] == codes


def test_an_answer_to_a_change_is_an_advanced_one():
    """Unless it says itself what it is; what is offered instead is written, too."""
    item = build.line().item
    line = LineResponse("1", "20", "3", item=item, substitute=attrs.evolve(item, id="P-8"), quantity=Quantity(2),
                        price=build.line().price, note="less")  # fmt: skip
    given = answer(code="CA", change_id="C-1", currency="EUR", lines=[line])
    data = write_order_response(given)
    root = parse_xml(data)
    assert rules_for(root).name.startswith("Peppol T116")
    assert check(root, rules_for(root)) == ()
    again = read_order_response(data)
    assert again.lines == given.lines
    assert again.change_id == "C-1"
    own = write_order_response(attrs.evolve(given, customization="mine", profile="ours"))
    assert read_order_response(own).customization == "mine"
    assert ResponseCode(again.code) is ResponseCode.CONDITIONALLY_ACCEPTED
