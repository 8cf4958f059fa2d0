"""Orders that lived in a seeded world, up to any point of their lives."""

from __future__ import annotations

from build import order
from hypothesis import given, settings

from orderlib.case.evolution import evolve_all
from orderlib.case.policies import PolicySet
from orderlib.case.record import OrderCase
from orderlib.intake.screening import EveryFinding
from orderlib.testing.cases import cases, histories, live

FEW = settings(max_examples=5)


def test_a_life_can_be_lived_again():
    """The same seed leads the same way; the events tell the case."""
    first, second = live(order(), seed=3, steps=6), live(order(), seed=3, steps=6)
    assert first.events == second.events
    assert first.case == second.case == evolve_all(OrderCase(id=first.case.id), first.events)


def test_a_life_stops_where_it_is_asked_to():
    """After so many steps, or as soon as it is in a state."""
    assert live(order(), steps=0).case.state == "received"
    assert live(order(), seed=2, state="in_review").case.state == "in_review"


def test_a_life_that_comes_to_a_halt_is_a_life():
    """Policies that let nothing through end it early."""
    strict = PolicySet(screening=EveryFinding(blacklist={"C1": "unpaid"}))
    assert live(order(), policies=strict).case.state == "rejected"


def test_a_life_begins_on_the_day_of_the_order():
    """The order's own day of issue, where it has one."""
    assert live(order(issued_on="2026-05-04"), steps=0).events[0].recorded_at.date().isoformat() == "2026-05-04"


@FEW
@given(histories(most_steps=4))
def test_generated_lives_are_told_by_their_events(life):
    """However short they are."""
    assert evolve_all(OrderCase(id=life.case.id), life.events) == life.case


@FEW
@given(cases(state="accepted"))
def test_cases_are_in_the_state_asked_for(case):
    """Lives that never come there are thrown away."""
    assert case.state == "accepted"
