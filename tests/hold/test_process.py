"""Holds are placed, lifted by whoever may, and lapse."""

from __future__ import annotations

import pytest
from build import CLERK, SELLER, Story, at
from changing import CASE, running

from orderlib.case.deciding import allowed
from orderlib.case.message import PassTime
from orderlib.case.policies import PolicySet
from orderlib.fulfilment.message import DespatchGoods
from orderlib.hold.message import HoldPlaced, LiftHold, PlaceHold
from orderlib.hold.process import placed
from orderlib.ledger.record import LineQuantity
from orderlib.values.dispatch import Gate
from orderlib.values.message import Stamp
from orderlib.values.party import Actor

FINANCE = Actor("lin", "finance")
BOSS = Actor("bo", roles=("management",))


@pytest.fixture
def story():
    """A running order."""
    return running()


def place(story, hold_id="H-1", *gates, by=FINANCE, **more):
    """Somebody stops despatch, or something else."""
    more.setdefault("reason", "the advance is not paid")
    story.tell(PlaceHold(CASE, gates or (Gate.DESPATCH,), by=by, hold_id=hold_id, **more))


class TestPlaced:
    def test_with_all_that_is_known_of_it(self, story):
        """The department that placed it owns it, unless another one shall."""
        place(story)
        hold = story.one(HoldPlaced).hold
        assert (hold.owner, hold.reason, hold.placed_at) == ("finance", "the advance is not paid", story.now)
        place(story, "H-2", owner="sales")
        assert [each.owner for each in story.case.holds.standing] == ["finance", "sales"]

    def test_named_by_the_command_where_nobody_names_it(self, story):
        """So that a retry places the same hold."""
        story.tell(PlaceHold(CASE, {Gate.CLOSE}, by=FINANCE, reason="audit", id="cmd-7"))
        assert story.case.holds.get("cmd-7").gates == {Gate.CLOSE}

    def test_every_reason_against_it_is_said(self, story):
        """No reason, no gate, no such line, an expiry that has passed."""
        wrong = PlaceHold(CASE, (), "99", by=FINANCE, expires_at=at(1))
        assert story.refused(wrong) == (
            "hold.reason-missing",
            "hold.no-gate",
            "hold.unknown-line",
            "hold.expired-before-placed",
        )

    def test_an_id_serves_once(self, story):
        """Whether the hold stands or has ended."""
        place(story)
        again = PlaceHold(CASE, {Gate.CLOSE}, by=FINANCE, reason="audit", hold_id="H-1")
        assert story.refused(again) == ("hold.used-id",)
        story.tell(LiftHold(CASE, "H-1", by=FINANCE))
        assert story.refused(again) == ("hold.used-id",)

    def test_before_there_is_an_order(self):
        """On the case as a whole; there are no lines yet."""
        story = Story()
        assert story.refused(PlaceHold(CASE, {Gate.RELEASE}, "10", by=FINANCE, reason="audit")) == (
            "hold.unknown-line",
        )
        place(story, "H-1", Gate.RELEASE)
        assert story.case.state == "new"

    def test_by_the_library_itself(self, story):
        """With the reason of the command, unless it has a better one."""
        stamp = Stamp("c9", FINANCE, story.now, story.now, "credit limit")
        assert placed(stamp, "credit", [Gate.RELEASE], source="credit").hold.reason == "credit limit"
        assert placed(stamp, "credit", [Gate.RELEASE], reason="42 too much").hold.reason == "42 too much"


class TestInTheWay:
    def test_several_at_once_each_with_its_scope(self, story):
        """Despatch of a line waits for the hold on it; the refusal names every hold, and the move is not taken."""
        place(story, "H-1")
        place(story, "H-2", Gate.DESPATCH, Gate.INVOICE, line_id="20")
        valves = DespatchGoods(CASE, [LineQuantity("20", 1)], by=CLERK)
        assert story.refused(valves) == ("command.held", "command.held")
        story.tell(LiftHold(CASE, "H-1", by=FINANCE))
        assert story.refused(valves) == ("command.held",)
        story.tell(DespatchGoods(CASE, [LineQuantity("10", 1)], by=CLERK))
        assert story.case.ledger.lines["10"].despatched == 1


class TestLifted:
    def test_by_the_owner_or_the_management(self, story):
        """Nobody else."""
        place(story)
        place(story, "H-2")
        assert story.refused(LiftHold(CASE, "H-1", by=SELLER)) == ("hold.not-owner",)
        story.tell(LiftHold(CASE, "H-1", by=FINANCE))
        story.tell(LiftHold(CASE, "H-2", by=BOSS))
        assert story.case.holds.standing == ()
        assert story.case.holds.ended == {"H-1", "H-2"}

    def test_by_anybody_where_nobody_owns_it(self, story):
        """An actor without a department placed it."""
        place(story, by=Actor("robot"))
        story.tell(LiftHold(CASE, "H-1", by=SELLER))
        assert story.case.holds.standing == ()

    def test_only_while_it_stands(self, story):
        """A hold that is unknown or has ended."""
        assert story.refused(LiftHold(CASE, "H-1", by=FINANCE)) == ("hold.unknown",)

    def test_offered_for_each_that_stands(self, story):
        """And for none where none does."""
        lifts = [each for each in allowed(story.case, PolicySet()) if each.command == "LiftHold"]
        assert lifts == []
        place(story)
        place(story, "H-2")
        (lift,) = [each for each in allowed(story.case, PolicySet()) if each.command == "LiftHold"]
        assert lift.about == ("H-1", "H-2")


class TestLapsed:
    def test_earliest_first_and_only_what_is_due(self, story):
        """Each lapses at its own time, even where nobody looked in between."""
        place(story, "late", expires_at=at(20))
        place(story, "b", expires_at=at(5))
        place(story, "a", expires_at=at(5))
        place(story, "never")
        assert story.case.next_due.day == 5
        story.tell(PassTime(CASE, by=FINANCE, at=at(10)))
        assert [each.hold_id for each in story.events] == ["a", "b"]
        assert {each.occurred_at.day for each in story.events} == {5}
        assert [each.id for each in story.case.holds.standing] == ["late", "never"]

    def test_a_late_lift_finds_it_gone(self, story):
        """What lapsed before the command's moment lapses first; the refusal says so, and nothing is kept."""
        place(story, expires_at=at(5))
        assert story.refused(LiftHold(CASE, "H-1", by=FINANCE, at=at(6))) == ("hold.unknown", "command.after-lapse")
        assert story.case.holds.get("H-1") is not None
