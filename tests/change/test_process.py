"""What is offered when, what lapses, and that every door stands in the index."""

from __future__ import annotations

import pytest
from build import CLERK, SELLER, Story, at
from changing import CASE, ask, counts, decided, running, wants

from orderlib.case.deciding import allowed
from orderlib.case.message import PassTime
from orderlib.case.policies import PolicySet
from orderlib.change import slice as seen
from orderlib.change.message import RequestCancellation, RequestChange
from orderlib.change.process import FOLDS, RULES, lapse
from orderlib.change.record import CancellationRuling
from orderlib.errors import RefusedError
from orderlib.hold.message import PlaceHold
from orderlib.values.decision import Decision
from orderlib.values.dispatch import Gate
from orderlib.values.message import Stamp
from orderlib.values.objective import Objectives
from orderlib.values.party import SYSTEM


def offers(story):
    """What the room offers now: which things each command could concern."""
    mine = {rule.command for rule in RULES}
    return {each.command: each.about for each in allowed(story.case, PolicySet()) if each.kind in mine}


def test_a_quiet_order_may_be_changed_and_ended():
    """Nothing else is to be decided."""
    story = running(state="accepted")
    assert offers(story) == {
        "RequestChange": ("4711",),
        "ReceiveOrderChange": ("4711",),
        "RequestCancellation": ("4711",),
    }
    assert "TerminateOrder" in offers(running())


def test_nothing_is_offered_to_a_case_of_which_nothing_is_known():
    """As soon as anything is, it may be ended."""
    story = Story()
    assert offers(story) == {}
    story.tell(PlaceHold(CASE, {Gate.RELEASE}, by=CLERK, reason="who is this?"))
    assert offers(story) == {"RequestCancellation": (CASE,)}


def test_open_things_are_offered_to_whoever_has_the_word():
    """A wish to us, a proposal and a charge to the customer."""
    story = running(counts(produced=8))
    ask(story, wants(story, q20=4), "mine")
    story.tell(RequestChange(CASE, "P", wants(story, q20=3), "supply", by=SELLER, reason="no brass"))
    decided(story, "P")
    ask(story, wants(story, q10=4), "dear")
    decided(story, "dear")
    found = offers(story)
    assert found["DecideChange"] == ("mine",)
    assert found["AnswerChange"] == ("P",)
    assert found["AnswerCharge"] == ("dear/charge",)
    assert found["WithdrawChange"] == ("mine", "P", "dear")


def test_a_cancellation_is_offered_to_be_judged_and_then_undone():
    """While it is open, the order is not ended a second time."""
    story = running(policies=PolicySet(cancellation=lambda *args: Decision(CancellationRuling.REVIEW)))
    story.tell(RequestCancellation(CASE, "X", side="supplier", by=SELLER, reason="no steel"))
    found = offers(story)
    assert (found["DecideCancellation"], found["WithdrawCancellation"]) == (("X",), ("X",))
    assert "RequestCancellation" not in found
    undoing = running()
    undoing.tell(RequestCancellation(CASE, "X", side="supplier", by=SELLER, reason="no steel"))
    assert offers(undoing)["CompleteCompensation"] == ("X/1", "X/2")
    assert "WithdrawCancellation" not in offers(undoing)


def test_only_what_is_due_lapses():
    """The others keep their time."""
    story = running(counts(produced=8))
    ask(story, wants(story, q10=4), "C-1", due_at=at(9))
    ask(story, wants(story, q10=5), "C-2", due_at=at(12))
    decided(story, "C-1")
    story.tell(PassTime(CASE, by=CLERK, at=story.case.next_due))
    assert story.names == ["ChargeLapsed", "ChangeLapsed"]
    assert [each.state for each in story.case.change.requests] == ["lapsed", "requested"]
    story.tell(RequestCancellation(CASE, "X", line_ids=("20",), side="supplier", by=SELLER, reason="no brass"))
    early = Stamp("c", SYSTEM, story.now, story.now)
    assert tuple(lapse(story.case, story.now, early, story.policies)) == ()


def test_nothing_lapses_where_nothing_was_asked():
    """A case without a record of changes."""
    story = running()
    assert tuple(lapse(story.case, story.now, Stamp("c", SYSTEM, story.now, story.now), story.policies)) == ()


def test_without_an_order_there_is_nothing_to_change():
    """The lifecycle says so first; the room says so itself."""
    with pytest.raises(RefusedError) as caught:
        seen.order_of(Story().case)
    assert caught.value.code == "change.no-order"


def test_the_strategy_says_how_soon_changes_are_absorbed():
    """The time to answer follows from the target."""
    from datetime import timedelta

    story = running(policies=PolicySet.from_objectives(Objectives(flexibility=timedelta(days=2))))
    ask(story, wants(story, q10=4))
    request = story.case.change.requests["C-1"]
    assert request.due_at == request.requested_at.add(days=2)


def test_every_event_of_the_room_has_a_fold():
    """But those that only count, and the base of our answers."""
    from orderlib.change import message
    from orderlib.values.message import Event

    kinds = {each for each in vars(message).values() if isinstance(each, type) and issubclass(each, Event)}
    own = {each for each in kinds if each.__module__ == message.__name__}
    assert own - set(FOLDS) == {message.ChangeAnswered, message.QuantitiesCancelled}
