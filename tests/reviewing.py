"""Builders for the tests of review: facts that satisfy every assessor, an order under review, people of the panel."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import attrs
from build import CLERK, Story, order

from orderlib.account.record import CustomerAccount
from orderlib.case.policies import PolicySet
from orderlib.intake.message import ReceiveOrder, ScreenOrder
from orderlib.order.message import OrderRevised
from orderlib.order.revision import difference
from orderlib.review.message import ConvenePanel, ReviewOrder, SubmitAssessment
from orderlib.values.fact import Facts
from orderlib.values.identifier import CommandId
from orderlib.values.key import Key
from orderlib.values.message import Stamp
from orderlib.values.money import Money
from orderlib.values.party import Actor
from orderlib.values.quantity import Quantity
from orderlib.values.rate import UnitPrice

BOSS = Actor("bo", "management")
CHAIR = Actor("sam", "sales")


def euro(amount: str) -> Money:
    """So many euros."""
    return Money(amount, "EUR")


#: an article on stock, cheap to make and dear on the market
GOOD = Facts(
    stock={"P-7": Quantity(100)},
    unit_cost={"P-7": UnitPrice("100", "EUR")},
    market_price={"P-7": UnitPrice("200", "EUR")},
    lead_time={"P-7": timedelta(days=3)},
    load={"production": Decimal("0.5")},
)


def account(limit: str | None = "50000", **more: Any) -> CustomerAccount:
    """The buyer's account, of which nothing is used."""
    nothing = euro("0")
    amount = None if limit is None else euro(limit)
    return CustomerAccount(
        id="C1", currency="EUR", limit=amount, order=nothing, delivered=nothing, receivable=nothing, **more
    )


def streams(limit: str | None = "50000", **more: Any) -> dict[Key[Any], Any]:
    """The account as a command is given it."""
    return {Key("account", "C1"): account(limit, **more)}


def expert(department: str) -> Actor:
    """Somebody of a department."""
    return Actor(f"{department}-1", department)


def under_review(*lines: Any, policies: PolicySet | None = None, **more: Any) -> Story:
    """A story whose order has been received and screened, and waits for its review."""
    story = Story(policies=policies)
    story.tell(ReceiveOrder(order(*lines, **more), case_id="case-1", by=CLERK))
    story.tell(ScreenOrder("case-1", by=CLERK))
    assert story.case.state == "in_review", story.case.intake
    return story


def convened(*lines: Any, policies: PolicySet | None = None, **more: Any) -> Story:
    """The same with a panel that sits."""
    story = under_review(*lines, policies=policies, **more)
    story.tell(ConvenePanel("case-1", by=CLERK))
    return story


def say(story: Story, opinion: str = "accept", *disciplines: str, **more: Any) -> None:
    """Everybody whose word is wanted (or only these disciplines) says so."""
    current = story.case.review.sitting
    for each in disciplines or [a.discipline for a in current.assessments if a.open]:
        holder = current.assessment(each).department
        story.tell(SubmitAssessment("case-1", each, opinion, by=expert(holder), **more))


def accepted(*lines: Any, policies: PolicySet | None = None, **more: Any) -> Story:
    """An order that everybody on the panel accepted."""
    story = convened(*lines, policies=policies, **more)
    say(story)
    story.tell(ReviewOrder("case-1", by=BOSS))
    assert story.case.state == "accepted"
    return story


def revised(story: Story, **changes: Any) -> OrderRevised:
    """The event of a change to the order."""
    stamp = Stamp(CommandId("change"), CLERK, story.now, story.now)
    return OrderRevised(stamp, difference(story.case.order, attrs.evolve(story.case.order, **changes)))
