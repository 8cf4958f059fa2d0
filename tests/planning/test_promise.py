"""Promises by line and by schedule line."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from build import line
from plans import PLANNER, accepted

from orderlib.order.line import ScheduleLine
from orderlib.planning.message import MovePromise, PlanOrder, PromiseMoved, PromiseOrder
from orderlib.planning.promise import Feasibility
from orderlib.planning.record import LinePromise
from orderlib.values.fact import Facts
from orderlib.values.quantity import Quantity

CASE = "case-1"
SOON, LATER = date(2026, 3, 3), date(2026, 5, 1)


@pytest.fixture
def story():
    """A line wanted in two parts, one of them sooner than it can be made, and a line without parts."""
    schedule = [ScheduleLine("a", Quantity(4), requested_on=SOON), ScheduleLine("b", Quantity(6), requested_on=LATER)]
    story = accepted(line("10", schedule=schedule), line("20"))
    story.tell(PlanOrder(CASE, by=PLANNER))
    story.tell(PromiseOrder(CASE, by=PLANNER))
    return story


def test_each_schedule_line_has_its_promise(story):
    """The first part is late and says why, the second keeps its day, the line is whole with the last."""
    promise = story.case.planning.promises["10"]
    first, second = promise.parts
    assert (first.id, first.quantity, first.requested_on, first.late) == ("a", Quantity(4), SOON, True)
    assert (second.promised_on, second.late) == (LATER, False)
    assert (promise.promised_on, promise.late) == (LATER, True)
    assert "2026-03-03" in promise.reason
    assert story.case.planning.promises["20"].parts.ids() == ()
    addresses = [reason.address for reason in story.events[0].decision.reasons]
    assert addresses == ["/lines/10/schedule/a", "/lines/10/schedule/b", "/lines/20"]
    assert story.events[0].decision.ruling is Feasibility.LATE


def test_the_promise_of_one_part_moves_alone(story):
    """The line's own day follows its last part."""
    before = story.case.planning.promises["10"].parts["b"]
    story.tell(MovePromise(CASE, "10", date(2026, 6, 1), part_id="a", by=PLANNER, reason="late castings"))
    moved = story.one(PromiseMoved).promise
    assert moved.parts["a"].promised_on == moved.promised_on == date(2026, 6, 1)
    assert moved.parts["b"] == before
    assert (moved.moved, moved.reason) == (1, "late castings")


def test_moving_a_line_moves_all_its_parts(story):
    """Nothing of it comes sooner."""
    story.tell(MovePromise(CASE, "10", date(2026, 6, 1), by=PLANNER, reason="late castings"))
    moved = story.one(PromiseMoved).promise
    assert {part.promised_on for part in moved.parts} == {date(2026, 6, 1)}


def test_parts_that_are_not_there_cannot_be_moved(story):
    """Nor moved to where they are."""
    strange = MovePromise(CASE, "10", LATER, part_id="c", by=PLANNER, reason="why not")
    assert story.refused(strange) == ("promise.none",)
    same = MovePromise(CASE, "10", LATER, part_id="b", by=PLANNER, reason="why not")
    assert story.refused(same) == ("promise.unmoved",)


def test_promising_anew_sees_that_a_part_moved(story):
    """Even where the day of the whole line stays."""
    item = story.case.order.lines["10"].item.id
    slow = Facts(lead_time={item: timedelta(days=40)})
    story.tell(PromiseOrder(CASE, by=PLANNER, reason="a supplier is slow"), facts=slow)
    moved = [event.promise for event in story.events if isinstance(event, PromiseMoved)]
    promise = next(each for each in moved if each.id == "10")
    assert promise.promised_on == LATER
    assert promise.parts["a"].promised_on > SOON + timedelta(days=30)


def test_a_promise_without_a_wish_is_never_late():
    """Nobody said when."""
    assert not LinePromise("10", None, LATER).late
    assert LinePromise("10", SOON, LATER).late
