"""Builders for the tests of changes: orders that run already, and differences against them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import attrs
from build import CLERK, SELLER, Story, line, order

from orderlib.case.message import AdoptOrder
from orderlib.case.policies import PolicySet
from orderlib.change.message import DecideChange, RequestChange
from orderlib.ledger.record import LineLedger
from orderlib.order.record import Order
from orderlib.order.revision import Difference, difference
from orderlib.values.lines import Lines
from orderlib.values.quantity import Quantity

CASE = "case-1"


def counts(line_id: str = "10", **accounts: Any) -> LineLedger:
    """The counts of a line that has come some way."""
    return LineLedger(id=line_id, ordered=Decimal(0), **{name: Decimal(each) for name, each in accounts.items()})


def running(
    *balances: LineLedger, state: str = "in_execution", policies: PolicySet | None = None, of: Order | None = None
) -> Story:
    """An order of ten pumps (line 10) and five valves (line 20) that runs already; nobody knows who approved it."""
    story = Story(policies=policies)
    wanted = of if of is not None else two_lines()
    story.tell(AdoptOrder(wanted, state, balances, case_id=CASE, by=CLERK))
    return story


def two_lines() -> Order:
    """Ten pumps at 100 EUR, five valves at 20 EUR."""
    return order(line("10", quantity=10, price="100"), line("20", item="V-2", quantity=5, price="20"))


def other(known: Order, *without: str, add: Any = (), **quantities: Any) -> Order:
    """The order with other quantities (`q10=4`), without some lines, with others added."""
    new = [
        attrs.evolve(each, quantity=Quantity(quantities.get(f"q{each.id}", each.quantity.value)))
        for each in known.lines
        if each.id not in without
    ]
    return attrs.evolve(known, lines=Lines([*new, *add]))


def wants(story: Story, *without: str, add: Any = (), **quantities: Any) -> Difference:
    """The difference that leads from the order as it stands to such an order."""
    return difference(story.case.order, other(story.case.order, *without, add=add, **quantities))


def dear(known: Order, line_id: str, price: Any) -> Order:
    """The order with another price on one line."""
    new = attrs.evolve(known.lines[line_id], price=price)
    return attrs.evolve(known, lines=known.lines.replace([new]))


def ask(story: Story, what: Difference, change_id: str = "C-1", **more: Any) -> None:
    """The customer asks for a change."""
    story.tell(RequestChange(CASE, change_id, what, by=CLERK, **more))


def decided(story: Story, change_id: str = "C-1", *, accept: bool = True, **more: Any) -> None:
    """Sales decides on it."""
    more.setdefault("reason", "" if accept else "it would cost too much")
    story.tell(DecideChange(CASE, change_id, accept, by=SELLER, **more))
