"""How soon we answer, and how long an offer stands."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from build import BUYER, SELLER, Story, line, order

from orderlib.case.policies import PolicySet
from orderlib.enquiry.clock import Urgency
from orderlib.enquiry.message import AnalyseEnquiry, EnquiryOpened, OpenEnquiry, ProposeOffer
from orderlib.enquiry.policy import DEFAULTS, OUTCOMES, SoonestFirst, UntilWanted, from_objectives
from orderlib.enquiry.record import Requirement, Validity
from orderlib.values.decision import Decision
from orderlib.values.objective import Objectives
from orderlib.values.period import DayPeriod
from orderlib.values.quantity import Quantity
from orderlib.values.rate import ExchangeRate

ON = date(2026, 3, 2)
WANTED = Requirement("R1", "Pump", Quantity(1), DayPeriod(None, "2026-05-29"))


def test_every_slot_has_a_default_and_its_outcomes():
    """The two tables speak of the same slots."""
    assert DEFAULTS.keys() == OUTCOMES.keys()
    assert all(callable(make()) for make in DEFAULTS.values())


@pytest.mark.parametrize(
    ("end", "urgency"),
    [("2026-03-12", Urgency.RUSH), ("2026-03-13", Urgency.STANDARD), (None, Urgency.STANDARD)],
)
def test_what_is_wanted_soon_is_answered_soon(end, urgency):
    """Within ten days is urgent; what says no day is not."""
    wanted = DayPeriod(None, end) if end else None
    decision = SoonestFirst()((WANTED, Requirement("R2", wanted=wanted)), ON)
    assert decision.outcome is urgency
    assert decision.respond_within == timedelta(days=1 if urgency is Urgency.RUSH else 3)
    assert len(decision.reasons) == len(decision.otherwise) == 1


def test_objectives_set_the_clock():
    """The target of the stage is the time to answer; without one nothing is derived."""
    assert from_objectives(Objectives()) == {}
    derived = from_objectives(Objectives(stage_times={"enquiry": timedelta(days=6)}))
    assert derived == {"enquiry_clock": SoonestFirst(standard=timedelta(days=6), rush=timedelta(days=2))}


@pytest.mark.parametrize(
    ("offer", "outcome", "days"),
    [
        (order(), Validity.FULL, 30),
        (order(line(requested_period=None)), Validity.FULL, 30),
        (order(line(requested_period=DayPeriod(None, "2026-03-20"))), Validity.SHORTENED, 18),
        (order(exchange_rate=ExchangeRate("EUR", "USD", "1.1", on=ON)), Validity.SHORTENED, 10),
        (order(line(requested_period=DayPeriod(None, "2026-03-02"))), Validity.REVIEW, None),
    ],
)
def test_an_offer_stands_until_it_makes_no_sense(offer, outcome, days):
    """Thirty days, fewer with an exchange rate, never beyond the day on which the goods are wanted."""
    decision = UntilWanted()(offer, ON)
    assert decision.outcome is outcome
    assert decision.valid_for == (None if days is None else timedelta(days=days))
    assert decision.reasons
    assert decision.otherwise


def ready(**policies) -> Story:
    """A case whose one requirement is clear."""
    story = Story(policies=PolicySet(**policies))
    story.tell(OpenEnquiry(BUYER, [WANTED], case_id="case-1", by=SELLER))
    story.tell(AnalyseEnquiry("case-1", by=SELLER))
    return story


def test_a_plain_urgency_leaves_the_times_as_they_are():
    """A policy that only says how urgent it is need not say how long that is."""
    story = Story(policies=PolicySet(enquiry_clock=lambda _requirements, _on, /: Decision(Urgency.STANDARD)))
    story.tell(OpenEnquiry(BUYER, [WANTED], case_id="case-1", by=SELLER))
    opened = story.one(EnquiryOpened)
    assert opened.respond_by_at == opened.occurred_at.add(days=1)


def test_a_policy_that_sets_no_end_leaves_it_to_a_person():
    """Without a time the offer is refused; with one it stands."""
    story = ready(proposal_validity=lambda _offer, _on, /: Decision(Validity.FULL))
    assert story.refused(ProposeOffer("case-1", order(), by=SELLER)) == ("enquiry.validity-undecided",)
    story.tell(ProposeOffer("case-1", order(), valid_until_at="2026-04-01T00:00:00Z", by=SELLER))
    assert story.case.state == "proposed"


def test_an_offer_for_goods_wanted_today_is_left_to_a_person():
    """The default says why."""
    story = ready()
    today = order(line(requested_period=DayPeriod(None, "2026-03-02")))
    assert story.refused(ProposeOffer("case-1", today, by=SELLER)) == (
        "enquiry.validity-undecided",
        "enquiry.wanted-too-soon",
    )
