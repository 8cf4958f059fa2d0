"""Given, when, then: what is tried on a case is checked, and a difference is told so that it can be read."""

from __future__ import annotations

import pytest
from build import CLERK, SELLER, at, order

from orderlib.case.policies import PolicySet
from orderlib.errors import RefusedError
from orderlib.intake.message import OrderReceived, ReceiveOrder, ScreenOrder
from orderlib.intake.screening import EveryFinding
from orderlib.planning.message import ReleaseOrder
from orderlib.testing.scenario import decided, given, happened, nothing, refused
from orderlib.values.decision import Decided
from orderlib.values.fact import NO_FACTS, Facts
from orderlib.values.instant import instant
from orderlib.values.key import Key

RECEIVE = ReceiveOrder(order(), case_id="case-1", by=CLERK)
SCREEN = ScreenOrder("case-1", by=CLERK)
RELEASE = ReleaseOrder("case-1", by=SELLER)
STRICT = PolicySet(screening=EveryFinding(blacklist={"C1": "unpaid since 2024"}))


def told(tried, *expected):
    """The lines with which an expectation fails."""
    with pytest.raises(AssertionError) as caught:
        tried.then(*expected)
    return str(caught.value).splitlines()


def test_what_holds_says_nothing():
    """Events in their order with decisions between them, the decision of a slot, the reasons of a refusal."""
    tried = given(STRICT).when(RECEIVE, SCREEN)
    assert tried.then(happened("Decided", "OrderRejectedAtScreening"), decided("reject", slot="screening")) is tried
    tried.then(decided("reject", "intake.party-blacklisted"))
    assert (tried.case.state, tried.after.state) == ("received", "rejected")
    given().when(RECEIVE).then(happened(OrderReceived))
    given().when(RELEASE).then(refused("command.impossible"), refused(), nothing())


def test_a_refusal_changes_nothing():
    """The case afterwards is the case before."""
    tried = given().when(RELEASE)
    assert (tried.after, tried.events, tried.changes) == (tried.case, (), None)


def test_nothing_may_be_tried_at_all():
    """Without a command the case stands as it was given."""
    case = given().when(RECEIVE).after
    tried = given(case).when().then(nothing())
    assert tried.after is case


def test_it_begins_wherever_one_likes():
    """With policies, with a case, or with the events that make one."""
    events = given().when(RECEIVE).events
    case = given().when(RECEIVE).after
    assert given(events).when(SCREEN).events == given(case).when(SCREEN).events
    assert given().events(*events).case == given().at(case).case == case


def test_commands_are_stamped_where_they_are_not():
    """The first has the id `when-1` and the morning of the scenario; what is given stays."""
    stamp = given().when(RECEIVE).events[0].stamp
    assert (stamp.cause, stamp.recorded_at) == ("when-1", instant(at()))
    own = ReceiveOrder(order(), case_id="case-1", by=CLERK, id="mine", at=at(3))
    stamp = given().when(own).events[0].stamp
    assert (stamp.cause, stamp.recorded_at) == ("mine", instant(at(3)))


def test_only_the_last_command_may_be_refused():
    """What is refused on the way there is a mistake in the scenario."""
    with pytest.raises(RefusedError):
        given().when(RELEASE, RECEIVE)


def test_facts_and_streams_are_given_beside_the_case():
    """What was given before stays as it was: a scene can be the start of several."""
    scene = given().facts(Facts(other={"mood": "good"})).stream(Key("agreement", "A"), "its state")
    assert (scene.known.other, scene.streams) == ({"mood": "good"}, {Key("agreement", "A"): "its state"})
    assert scene.stream(Key("agreement", "B"), "another").streams[Key("agreement", "A")] == "its state"
    assert (given().known, given().streams) == (NO_FACTS, {})


def test_other_events_are_told():
    """Both what was expected and what happened, then the command and what it led to."""
    lines = told(given().when(RECEIVE), happened("OrderReceived", "OrderReleased"), nothing())
    assert lines[0] == "expected the events ['OrderReceived', 'OrderReleased'], got ['Decided', 'OrderReceived']"
    assert lines[1] == "expected no event, got ['Decided', 'OrderReceived']"
    assert lines[2].startswith("  ReceiveOrder(")
    assert lines[3:] == ["  led to: Decided", "  led to: OrderReceived"]


def test_events_in_another_order_are_not_the_ones_expected():
    """Each is looked for behind the one before it."""
    assert told(given(STRICT).when(RECEIVE, SCREEN), happened("OrderRejectedAtScreening", "Decided"))


def test_a_refusal_that_did_not_come_is_told():
    """With the reasons that were expected."""
    assert told(given().when(RECEIVE), refused("order.unknown"))[0] == "expected a refusal for ('order.unknown',)"


def test_other_reasons_are_told():
    """Those that are missing, those that were given, and the sentence of each."""
    lines = told(given().when(RELEASE), refused("command.impossible", "hold.stands"))
    assert lines[0] == "expected the reasons ['hold.stands'], got ['command.impossible']"
    assert lines[-1].startswith("  was refused: [command.impossible]")


def test_another_decision_is_told():
    """Its outcome, its reasons and its slot; or that nobody decided."""
    tried = given(STRICT).when(RECEIVE, SCREEN)
    lines = told(tried, decided("accept"), decided("reject", "no.such-reason"), decided("yes", slot="release"))
    assert lines[0] == "expected 'accept' for (), got 'reject' for ['intake.party-blacklisted'] (screening)"
    assert lines[1].startswith("expected 'reject' for ('no.such-reason',), got 'reject'")
    assert lines[2] == "expected the decision 'yes', but no policy decided"
    assert told(given().when(RELEASE), decided("yes"))[0] == "expected the decision 'yes', but no policy decided"
    assert any(isinstance(event, Decided) for event in tried.events)
