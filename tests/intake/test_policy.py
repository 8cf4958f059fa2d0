"""Clocks of orders, and what policies may answer."""

from __future__ import annotations

from datetime import timedelta

import attrs
import pytest
from build import CLERK, SELLER, Story, at, line, order

from orderlib.case.policies import PolicySet
from orderlib.enquiry.clock import ClockDecision, Urgency
from orderlib.enquiry.message import AnalyseEnquiry, ConfirmProposal, OpenEnquiry, ProposeOffer
from orderlib.enquiry.record import Requirement
from orderlib.errors import PolicyError
from orderlib.intake.deviation import DeviationDecision
from orderlib.intake.message import OrderReceived, ReceiveOrder, ScreenOrder
from orderlib.intake.policy import DEFAULTS, OUTCOMES, RushFirst, from_objectives
from orderlib.intake.record import Channel, Resolution
from orderlib.order.record import OrderType
from orderlib.values.decision import Decision
from orderlib.values.instant import instant
from orderlib.values.objective import Objectives
from orderlib.values.period import DayPeriod
from orderlib.values.quantity import Quantity


def test_every_slot_has_a_default_and_its_outcomes():
    """The two tables speak of the same slots."""
    assert DEFAULTS.keys() == OUTCOMES.keys()
    assert all(callable(make()) for make in DEFAULTS.values())


@pytest.mark.parametrize(
    ("kind", "channel", "urgency"),
    [
        (OrderType.ORDER, Channel.EDI, Urgency.STANDARD),
        (OrderType.RUSH, Channel.EDI, Urgency.RUSH),
        (OrderType.ORDER, Channel.PHONE, Urgency.RUSH),
    ],
)
def test_rush_orders_and_spoken_ones_come_first(kind, channel, urgency):
    """The urgency says how soon to answer, and what the other would have been."""
    decision = RushFirst()(order(type=kind), channel)
    assert isinstance(decision, ClockDecision)
    assert decision.outcome is urgency
    assert decision.respond_within == (timedelta(hours=4) if urgency is Urgency.RUSH else timedelta(days=2))
    assert len(decision.reasons) == len(decision.otherwise) == 1


def test_objectives_set_the_clock():
    """The target of the stage is the time to answer; without one nothing is derived."""
    assert from_objectives(Objectives()) == {}
    derived = from_objectives(Objectives(stage_times={"intake": timedelta(hours=12)}))
    assert derived == {"order_clock": RushFirst(standard=timedelta(hours=12), rush=timedelta(hours=2))}


def test_a_plain_decision_leaves_the_times_as_they_are():
    """A policy that only says how urgent it is need not say how long that is."""
    story = Story(policies=PolicySet(order_clock=lambda _order, _channel, /: Decision(Urgency.RUSH)))
    story.tell(ReceiveOrder(order(), case_id="case-1", by=CLERK, at=at(2)))
    assert story.one(OrderReceived).respond_by_at == instant(at(3))


def deviating(policy) -> Story:
    """An order for five where three were confirmed, up to its receipt."""
    story = Story(policies=PolicySet(deviation=policy))
    wanted = Requirement("R1", "Pump, 40 l/s", Quantity(3), DayPeriod(None, "2026-04-30"))
    story.tell(OpenEnquiry(order().buyer, [wanted], case_id="case-1", by=SELLER))
    story.tell(AnalyseEnquiry("case-1", by=SELLER))
    story.tell(ProposeOffer("case-1", order(), proposal_id="P-1", by=SELLER))
    story.tell(ConfirmProposal("case-1", "P-1", by=SELLER))
    story.tell(ReceiveOrder(order(line(quantity=5)), case_id="case-1", by=CLERK))
    return story


@pytest.mark.parametrize(
    ("resolution", "state"),
    [
        (Resolution.ACCEPTED, "in_review"),
        (Resolution.RETURNED, "returned"),
        (Resolution.OPEN, "received"),
        (Resolution.REPRICED, "received"),  # a quantity cannot be repriced: a person must look
    ],
)
def test_one_word_may_rule_all_differences(resolution, state):
    """A plain decision holds for every difference; what cannot be done stays open."""
    story = deviating(lambda _deviations, _order, _agreed, /: Decision(resolution))
    story.tell(ScreenOrder("case-1", by=CLERK))
    assert story.case.state == state


def test_a_policy_that_loses_a_difference_fails():
    """Two resolutions for one difference are nonsense; the case is unchanged."""

    def twice(_deviations, _order, _agreed, /):
        return DeviationDecision(Resolution.ACCEPTED, resolutions=[Resolution.ACCEPTED] * 2)

    story = deviating(twice)
    before = story.case
    with pytest.raises(PolicyError) as caught:
        story.tell(ScreenOrder("case-1", by=CLERK))
    assert caught.value.code == "intake.deviation-count"
    assert story.case is before
    assert attrs.evolve(before) == before
