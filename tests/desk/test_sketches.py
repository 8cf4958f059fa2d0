"""How it was meant to feel to use, before it was built: each sketch of user code, alive.

Where the library says a thing in other words than the sketch, the test says which.
"""

from __future__ import annotations

import asyncio
from decimal import Decimal

import attrs
import pytest
from build import CLERK, at, line, order
from hypothesis import HealthCheck, given, settings

from orderlib import (
    Actor,
    AdoptOrder,
    AsyncOrderDesk,
    DecisionTable,
    HitPolicy,
    InvalidValueError,
    Money,
    OrderCase,
    OrderDesk,
    PolicySet,
    Preview,
    PromiseOrder,
    ReceiveOrder,
    ReviewOrder,
    ScreenOrder,
    View,
    decide,
    evolve,
    evolve_all,
    needs,
    replay,
)
from orderlib.case import Recorded
from orderlib.desk import InMemoryRepository
from orderlib.intake import EveryFinding
from orderlib.ledger import LineLedger
from orderlib.order import Order
from orderlib.planning import PlanOrder
from orderlib.review import Assessment, Opinion, ReviewDecision, ReviewOutcome, WorstFinding
from orderlib.simulation import WorldClock
from orderlib.testing import decided
from orderlib.testing import given as scenario
from orderlib.testing import strategies as st
from orderlib.wire import ubl

PLANNER = Actor("lin", department="planning")


def a_desk(**more):
    """A desk on the Monday on which all stories begin."""
    return OrderDesk(clock=WorldClock(at()), **more)


def test_an_order_comes_in_and_decisions_and_events_go_out():
    """The integrator's sketch, from the bytes of a document to the events for a broker."""
    clerk = Actor("mei", department="customer-service")
    desk = a_desk()
    read = ubl.read_order(ubl.write_order(order(issued_on="2026-03-01")))
    outcome = desk.handle(ReceiveOrder(read, by=clerk))
    outcome = desk.handle(ScreenOrder(outcome.case.id, by=clerk))
    case = outcome.case
    assert (case.state, case.phase, outcome.replayed) == ("in_review", "under review", False)
    assert all(each.command and isinstance(each.who, tuple) for each in desk.allowed(case))
    decision = desk.preview(ReviewOrder(case.id, by=clerk)).decision
    assert isinstance(decision, ReviewDecision)
    assert decision.explain(lang="zh").startswith("评审决定")
    assert desk.load(case.id) == case
    published = []
    for position, event in desk.repository.feed(after=2):
        published.append((position, event))
    assert [position for position, _ in published] == list(range(3, 3 + len(published)))
    assert all(isinstance(event, Recorded) for _, event in published)


def test_a_retry_brings_its_id_and_gets_the_first_outcome_again():
    """Without its moment: the desk had stamped that."""
    desk = a_desk()
    received = ReceiveOrder(order(), by=CLERK, id="c-1")
    first, second = desk.handle(received), desk.handle(received)
    assert (second.replayed, second.case, second.events) == (True, first.case, first.events)
    assert repr(second).startswith("Outcome(ReceiveOrder → OrderCase(")
    assert repr(second).endswith(", replayed)")


def test_an_order_that_runs_elsewhere_enters_with_its_balances():
    """And is from then on as any other, and marked."""
    command = AdoptOrder(
        order(), "in_execution", balances=[LineLedger(id="10", ordered=3, despatched=2, received=2)], by=CLERK
    )
    case = a_desk().handle(command).case
    assert (case.state, case.phase, case.adopted) == ("in_execution", "partly delivered", True)


class Awaited:
    """A repository whose every answer is awaited."""

    def __init__(self):
        self.kept = InMemoryRepository()

    def __getattr__(self, name):
        async def answer(*given):
            return getattr(self.kept, name)(*given)

        return answer


def test_the_same_steps_awaited_or_bare():
    """`AsyncOrderDesk` awaits them; `decide` and `evolve_all` are what both are made of."""
    desk = AsyncOrderDesk(Awaited(), clock=WorldClock(at()))
    received = ReceiveOrder(order(), case_id="case-1", by=CLERK, id="c-1", at=at())
    awaited = asyncio.run(desk.handle(received)).case

    case = OrderCase(id="case-1")
    assert needs(case, received).look_ups == (("order", "C1/4711"),)
    changes = decide(View(case), received, PolicySet())
    case = evolve_all(case, changes[case.id])
    assert case == awaited == replay("case-1", changes.events)
    assert evolve(OrderCase(id="case-1"), changes.events[0]).version == 1


def nothing_big_passes_clean(order: Order, assessments: tuple[Assessment, ...], /) -> ReviewDecision:
    """Orders above one million are accepted conditionally at best."""
    decision = WorstFinding()(order, assessments)
    if order.total > Money("1000000", "CNY"):
        return decision.at_best(ReviewOutcome.CONDITIONALLY_ACCEPTED, because="order.above-one-million")
    return decision


def test_any_function_is_a_policy():
    """The policy author's ten lines, in their slot."""
    desk = a_desk(policies=PolicySet(review=nothing_big_passes_clean))
    big = order(line(price="900000", currency="CNY"), currency="CNY")
    case = desk.handle(ReceiveOrder(big, by=CLERK)).case
    desk.handle(ScreenOrder(case.id, by=CLERK))
    decision = next(
        each.decision for each in desk.preview(ReviewOrder(case.id, by=CLERK)).decisions if each.slot == "review"
    )
    assert str(decision.policy).startswith("nothing_big_passes_clean")


def test_a_decision_table_is_read_from_csv():
    """With its hit policy; gaps are found on loading. The core opens no file: the table is handed in as text."""
    text = "amount, outcome\n<= 1000, accept\n"
    with pytest.raises(InvalidValueError) as caught:
        DecisionTable.from_csv(text, inputs={"amount": Decimal}, hit=HitPolicy.FIRST, outcomes=Opinion)
    assert caught.value.code.startswith("table.")
    credit = DecisionTable.from_csv(
        text + "> 1000, reject\n", inputs={"amount": Decimal}, hit=HitPolicy.FIRST, outcomes=Opinion
    )
    assert credit({"amount": Decimal(400)}).outcome is Opinion.ACCEPT


@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.cases(state="in_execution"))
def test_every_running_order_can_be_had(case):
    """The tester's strategy gives cases that are where they are asked to be."""
    assert case.state == "in_execution"


def test_a_blacklisted_buyer_is_stopped():
    """Given, when, then; the ruling is called `reject`, as the outcome of screening is."""
    received = a_desk().handle(ReceiveOrder(order(), case_id="case-1", by=CLERK)).events
    policies = PolicySet(screening=EveryFinding(blacklist={"C1": "owes us money"}))
    screen = ScreenOrder("case-1", by=CLERK)
    scenario(policies).events(received).when(screen).then(decided("reject", "intake.party-blacklisted"))
    scenario(policies).events(*received).when(screen).then(decided("reject"))


def test_a_returned_order_shows_why_not_until_when():
    """The decision of an outcome is the one that it came to, though a clock is asked after it."""
    desk = a_desk()
    case = desk.handle(ReceiveOrder(order(line(requested_period=None)), by=CLERK)).case
    outcome = desk.handle(ScreenOrder(case.id, override="return", reason="no day is wanted", by=CLERK))
    assert [each.slot for each in outcome.decisions] == ["screening", "order_clock"]
    assert outcome.decision == outcome.decisions[0].decision


def test_a_promise_can_be_looked_at_before_it_is_given():
    """`preview(...).promise` names the day of each line beside the wish; it is the decision of its slot."""
    desk = a_desk()
    case = desk.handle(AdoptOrder(order(), "accepted", by=CLERK)).case
    assert desk.preview(PlanOrder(case.id, by=PLANNER)).promise is None
    desk.handle(PlanOrder(case.id, by=PLANNER))
    preview = desk.preview(PromiseOrder(case.id, by=PLANNER))
    assert isinstance(preview, Preview)
    assert preview.promise is preview.decision
    (day,) = preview.promise.promises
    assert (day.id, day.requested_on, day.promised_on >= day.requested_on) == ("10", day.requested_on, True)
    assert not desk.load(case.id).planning.promises


def test_what_is_shown_is_short_and_true():
    """At the prompt a line, in a notebook two tables; nothing in them is markup that a customer wrote."""
    desk = a_desk()
    strange = attrs.evolve(order(line(id="<b>", item="P&7")), id="4711<i>")
    outcome = desk.handle(ReceiveOrder(strange, case_id="case-1", by=CLERK))
    assert len(repr(outcome)) < 200
    assert [repr(each) for each in desk.repository.history(outcome.case.key)][
        -1
    ] == "Recorded(case/case-1@2, OrderReceived)"
    shown = outcome.case._repr_mimebundle_()
    assert shown["text/plain"] == repr(outcome.case)
    assert "4711&lt;i&gt; of Waterworks" in shown["text/html"]
    assert "<td>&lt;b&gt;</td><td>P&amp;7</td><td>3</td>" in shown["text/html"]
    many = desk.handle(ReceiveOrder(order(*(line(id=str(n)) for n in range(1, 53)), id="2"), by=CLERK)).case
    assert "and 2 more" in many._repr_mimebundle_()["text/html"]
    empty = attrs.evolve(outcome.case, order=None, holds=outcome.case.holds, next_due=None)
    assert "none yet" in empty._repr_mimebundle_()["text/html"]
