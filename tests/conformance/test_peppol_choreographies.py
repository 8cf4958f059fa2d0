"""Published exchanges of messages, replayed one by one; after each, what stands is held against the answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from orderlib.desk.desk import OrderDesk
from orderlib.errors import RefusedError
from orderlib.intake.message import ScreenOrder
from orderlib.order.revision import apply
from orderlib.review.message import ConvenePanel, ReviewOrder, SubmitAssessment
from orderlib.values.party import Actor
from orderlib.values.port import SequentialIds, SteppingClock
from orderlib.wire.ubl import (
    LineAction,
    commands_of,
    find_case,
    open_order,
    read_order,
    read_order_cancellation,
    read_order_change,
    read_order_response,
)
from orderlib.wire.xmltree import parse_xml

pytestmark = pytest.mark.conformance

READERS = {
    "Order": open_order,
    "OrderResponse": read_order_response,
    "OrderChange": read_order_change,
    "OrderCancellation": read_order_cancellation,
}
CLERK = Actor("mei", "customer-service")
CHIEF = Actor("ada", "management", roles=["management"])
VERDICTS = {
    LineAction.ACCEPTED: "accepted",
    LineAction.NOT_ACCEPTED: "not accepted",
    LineAction.CHANGED: "changed",
}


class Exchange:
    """One exchange at a desk of its own: the messages come in, and the house does its own work in between."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.desk = OrderDesk(clock=SteppingClock("2022-02-01T09:00:00Z", timedelta(minutes=1)), ids=SequentialIds())
        self.case: Any = None
        self.document: Any = None

    def take(self, name: str) -> bool:
        """Read a message and give its commands; whether it was accepted."""
        content = (self.folder / name).read_bytes()
        self.document = READERS[parse_xml(content).name](content)
        try:
            for command in commands_of(self.document, find_case(self.desk.repository, self.document), by=CLERK):
                self.desk.handle(command)
        except RefusedError:
            return False
        finally:
            self.case = find_case(self.desk.repository, self.document)
        return True

    def confirm(self) -> None:
        """What both sides agree on is screened and accepted, so that later messages change a confirmed order."""
        case = self.case
        if case is None or case.state != "received" or case.change is None or not case.change.quiet:
            return
        self.desk.handle(ScreenOrder(case.id, override="pass", by=CLERK, reason="as agreed"))
        self.desk.handle(ConvenePanel(case.id, by=CLERK))
        for seat in self.desk.load(case.id).review.current.seats:
            member = Actor(f"of {seat.department}", seat.department)
            self.desk.handle(SubmitAssessment(case.id, seat.id, "accept", by=member))
        self.desk.handle(ReviewOrder(case.id, by=CHIEF))
        self.case = self.desk.load(case.id)
        assert self.case.state == "accepted"

    def found(self, key: str) -> Any:
        """What stands after the message, in the words of the answers."""
        found: dict[str, Callable[[], Any]] = {
            "response": lambda: self.document.code,
            "sequence": lambda: self.document.sequence,
            "deleted": lambda: self.told(LineAction.DELETED),
            "unchanged": lambda: self.told(LineAction.UNCHANGED),
            "stated_payable": lambda: plain(self.document.stated.payable.amount),
            "reported": lambda: any(each.code.startswith("totals.") for each in self.document.findings),
            "cancelled": lambda: self.case.state == "cancelled",
            "proposed": self.proposed,
            "agreed": lambda: self.case.change.quiet,
            "quantities": self.quantities,
            "payable": lambda: plain(self.case.order.total.amount),
        }
        return found[key]()

    def told(self, action: LineAction) -> list[str]:
        """The lines of which the message says so."""
        return [line_id for line_id, said in self.document.actions if said is action]

    def proposed(self) -> dict[str, str]:
        """The quantities that the seller would change."""
        (proposal,) = self.case.change.proposals
        changed = apply(self.case.order, proposal.wanted).lines
        return {
            line.id: plain(changed[line.id].quantity.value)
            for line in self.case.order.lines
            if changed[line.id].quantity != line.quantity
        }

    def quantities(self) -> dict[str, str]:
        """The quantities that stand, by line."""
        return {line.id: plain(line.quantity.value) for line in self.case.order.lines}


def plain(number: Decimal) -> str:
    """A number as the answers write it."""
    return f"{number.normalize():f}"


def differences(exchange: Exchange, message: dict[str, Any], accepted: bool) -> list[str]:
    """Where what stands is not what the answer says."""
    wrong = []
    for key, expected in message.items():
        if key == "file" or expected is None or (not accepted and key not in ("accepted", "response", "sequence")):
            continue
        found = accepted if key == "accepted" else exchange.found(key)
        if found != (expected if key != "reported" else bool(expected)):
            wrong.append(f"{message['file']}: {key} is {found}, expected {expected}")
    return wrong


def answers(data: Path) -> tuple[Path, dict[str, Any]]:
    """The folder of examples and what stands in their answers."""
    folder = data / "02_peppol_ordering" / "examples"
    path = folder / "answers.json"
    if not path.is_file():
        pytest.skip("no answers beside the Peppol examples")
    return folder, json.loads(path.read_text(encoding="utf-8"))


def test_every_choreography_goes_as_told(data: Path, cases_run: list[str]) -> None:
    """Message by message: accepted or refused, quantities, payable amount, agreement."""
    folder, said = answers(data)
    messages = right = 0
    wrong: list[str] = []
    for choreography in said["choreographies"]:
        exchange = Exchange(folder)
        for message in choreography["messages"]:
            messages += 1
            found = differences(exchange, message, exchange.take(message["file"]))
            right += not found
            wrong += [f"{choreography['name']}: {each}" for each in found]
            exchange.confirm()
    cases_run.append(
        f"Peppol choreographies: {len(said['choreographies'])} run, {messages} messages, {right} as told, none left out"
    )
    assert messages
    assert not wrong, "\n".join(wrong)


def test_every_response_says_of_each_line_what_is_told(data: Path, cases_run: list[str]) -> None:
    """The code of the whole and the verdict on each line of the order."""
    folder, said = answers(data)
    for pair in said["responses"]:
        order = read_order((folder / pair["order"]).read_bytes())
        response = read_order_response((folder / pair["response"]).read_bytes())
        assert response.code == pair["code"]
        assert response.order_id == order.id
        assert {each.line_id: VERDICTS[each.action] for each in response.lines} == pair["lines"]
        assert all(line_id in order.lines for line_id in pair["lines"])
    cases_run.append(f"Peppol responses: {len(said['responses'])} run, all verdicts right")
