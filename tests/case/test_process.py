"""Adoption, phases, history, rooms, policies: what the case itself does."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from build import CLERK, Story, line, order

from orderlib.case.authority import BY_DEPARTMENT, ResponsibilityMatrix, Row
from orderlib.case.deciding import Changes, allowed, needs
from orderlib.case.history import as_of, replay
from orderlib.case.message import AdoptOrder
from orderlib.case.policies import SLOTS, PolicySet
from orderlib.case.rooms import every_rule, rule_of
from orderlib.case.streams import decide_stream, founding
from orderlib.errors import InvalidValueError, PolicyError, RefusedError
from orderlib.fulfilment.message import ReportProduced
from orderlib.hold.message import HoldPlaced, PlaceHold
from orderlib.hold.record import Hold
from orderlib.intake.message import ScreenOrder
from orderlib.ledger.record import LineLedger, LineQuantity
from orderlib.planning.message import OrderReleased, ReleaseOrder
from orderlib.values.decision import Decision, Verdict
from orderlib.values.dispatch import Gate
from orderlib.values.instant import instant, later
from orderlib.values.key import Key
from orderlib.values.message import Command
from orderlib.values.objective import Objectives
from orderlib.values.party import Actor

PLANNER = Actor("lin", department="planning")


def test_an_order_is_adopted_with_its_balances_and_holds():
    """Counts, holds and state come along, and the case says that it was adopted."""
    story = Story()
    balances = [
        LineLedger(id="10", ordered=Decimal(0), despatched=Decimal(3), received=Decimal(2), accepted=Decimal(1))
    ]
    hold = Hold(id="h", gates={Gate.INVOICE}, reason="paper", placed_at=story.now)
    story.tell(AdoptOrder(order(), "in_execution", balances, [hold], by=CLERK))
    case = story.case
    assert (case.adopted, case.state, case.phase) == (True, "in_execution", "partly delivered")
    assert (case.ledger.lines["10"].ordered, case.ledger.lines["10"].in_transit) == (3, 1)
    assert case.holds.get("h") == hold
    assert "4711" in repr(case)


def test_what_cannot_be_adopted_is_named_at_once():
    """State, unknown line, negative and impossible counts, a hold on a line that is not there."""
    story = Story()
    bad = [
        LineLedger(id="99", ordered=Decimal(0)),
        LineLedger(id="10", ordered=Decimal(0), received=Decimal(1), accepted=Decimal(2), lost=Decimal(-1)),
    ]
    hold = Hold(id="h", gates={Gate.INVOICE}, reason="r", placed_at=story.now, line_id="77")
    found = story.refused(AdoptOrder(order(), "closed", bad, [hold], by=CLERK))
    expected = {"adopt.state", "adopt.unknown-line", "adopt.negative", "adopt.impossible"}
    assert set(found) == expected


def test_what_is_brought_twice_or_is_something_else_is_named():
    """A line's balance, a hold: each once, and each what it should be."""
    stopped = Hold(id="H", gates={Gate.CLOSE}, reason="x", owner="sales", placed_at=instant("2026-03-02T09:00:00Z"))
    one = LineLedger(id="10", ordered=3, received=1)
    story = Story()
    twice = AdoptOrder(order(), "in_execution", balances=[one, one], holds=[stopped, stopped], by=CLERK)
    assert story.refused(twice) == ("adopt.twice", "adopt.twice")
    for wrong in ({"balances": ["x"]}, {"balances": 5}, {"holds": ["x"]}, {"holds": stopped}):
        with pytest.raises(InvalidValueError) as caught:
            AdoptOrder(order(), "in_execution", by=CLERK, **wrong)
        assert caught.value.code == "value.type"


def test_a_history_that_cannot_have_been_is_refused():
    """A move that the lifecycle does not know from that state."""
    story = Story()
    story.tell(AdoptOrder(order(), "accepted", by=CLERK))
    with pytest.raises(InvalidValueError) as caught:
        replay("case-1", [OrderReleased(story.events[0].stamp)])
    assert caught.value.code == "event.impossible-move"


def test_the_past_by_either_clock():
    """A late report counts when it was taken down, or when it happened, as asked."""
    story = Story()
    story.tell(AdoptOrder(order(), "released", by=CLERK, at="2026-03-02T09:00:00Z"))
    happened = instant("2026-03-03T09:00:00Z")
    made = ReportProduced(
        "case-1",
        [LineQuantity("10", Decimal(1))],
        by=Actor("otto", department="production"),
        occurred_at=happened,
        at="2026-03-09T09:00:00Z",
    )
    story.tell(made)
    between = later(happened, timedelta(days=1))
    assert as_of("case-1", story.history, between).ledger.lines["10"].produced == 0
    assert as_of("case-1", story.history, between, clock="occurred").ledger.lines["10"].produced == 1
    assert as_of("case-1", story.history, story.now) == story.case


def test_every_command_has_one_room_and_one_rule():
    """Rules are complete, and a foreign command is refused."""
    commands = [rule.command for rule in every_rule()]
    assert len(set(commands)) == len(commands)
    assert all(rule_of(command).command is command for command in commands)

    class Foreign(Command):
        """A command of nobody."""

    with pytest.raises(RefusedError) as caught:
        rule_of(Foreign)
    assert caught.value.code == "command.unknown"


def test_every_stage_of_a_rule_is_a_row_or_open_to_all():
    """Nobody is locked out by a misspelt stage."""
    open_to_all = {"change-request", "compensation", "hold", "time"}
    stages = {rule.stage for rule in every_rule()}
    assert stages <= set(BY_DEPARTMENT.rows) | open_to_all
    for stage in BY_DEPARTMENT.rows:
        assert BY_DEPARTMENT.who(stage)


def test_the_matrix_says_who_acts_and_who_hears():
    """Responsible or accountable may act; management and the system always."""
    matrix = ResponsibilityMatrix({"x": Row("a", {"b"}, {"c"}, {"d"})})
    assert matrix.who("x") == ("a", "b")
    assert matrix.informed("x") == ("a", "c", "d")
    assert matrix.informed("y") == ()
    assert matrix.permits(Actor("p", department="b"), "x")
    assert not matrix.permits(Actor("p", department="c"), "x")
    assert matrix.permits(Actor("p", roles=("management",)), "x")
    assert matrix.permits(Actor("p"), "y")


@pytest.mark.parametrize(
    "make",
    [
        lambda: Row("sales", "planning"),
        lambda: Row(7),
        lambda: ResponsibilityMatrix({"intake": "sales"}),
        lambda: ResponsibilityMatrix({}, {"sales": "sam"}),
        lambda: PolicySet(matrix={"intake": Row("sales")}),
    ],
)
def test_a_matrix_of_something_else_is_refused_when_it_is_made(make):
    """One name in place of several would be the departments of its letters."""
    with pytest.raises(InvalidValueError):
        make()


def test_every_slot_has_a_bound_default():
    """Each slot's default can be read, is signed, and the set knows its own names."""
    policies = PolicySet()
    assert list(policies) == list(SLOTS)
    for slot in SLOTS:
        assert getattr(policies, slot).name
    assert repr(PolicySet(release=max)) == "PolicySet(release=max)"
    with pytest.raises(AttributeError):
        _ = policies.nothing


def test_policies_that_are_none_are_named():
    """An unknown slot and a thing that cannot be called."""
    with pytest.raises(PolicyError) as caught:
        PolicySet(nothing=max, release=7)
    assert [finding.code for finding in caught.value.findings] == ["policy.unknown-slot", "policy.not-callable"]


def test_a_policy_that_raises_or_answers_nonsense_is_an_error_that_names_it():
    """The case is unchanged, and the error says which policy in which slot."""

    def broken(_order, _plan, /):
        raise ZeroDivisionError("no")

    def nonsense(_order, _plan, /):
        return Decision("perhaps")

    for policy, code in ((broken, "policy.raised"), (nonsense, "policy.nonsense")):
        story = Story(policies=PolicySet(release=policy))
        story.tell(AdoptOrder(order(), "accepted", by=CLERK))
        before = story.case
        with pytest.raises(PolicyError) as caught:
            story.tell(ReleaseOrder("case-1", by=PLANNER))
        assert caught.value.code == code
        assert policy.__name__ in str(caught.value)
        assert story.case is before


def test_parameters_follow_from_objectives():
    """The strategy's targets reach the policies; a given policy takes precedence."""
    objectives = Objectives(over_delivery="7")
    policies = PolicySet.from_objectives(objectives)
    assert policies.tolerance.policy.extra == 7
    yes = lambda *_: Decision(Verdict.YES)
    assert PolicySet.from_objectives(objectives, tolerance=yes).tolerance.policy is yes
    assert policies.replaced(tolerance=yes).tolerance.policy is yes


def test_objectives_of_something_else_are_refused():
    """Before any policy is asked what it makes of them."""
    with pytest.raises(InvalidValueError) as caught:
        PolicySet.from_objectives({"margin": 20})
    assert caught.value.code == "value.type"


def test_changes_are_found_by_stream_and_by_id():
    """A mapping by key; the id of a case will do."""
    story = Story()
    events = story.tell(AdoptOrder(order(line("10")), "accepted", by=CLERK))
    changes = Changes("case-1", events)
    assert changes["case-1"] == events
    assert changes[Key("case", "case-1")] == events
    assert list(changes) == [Key("case", "case-1")]
    assert len(changes) == 1
    assert changes.decision is None
    assert "OrderAdopted" in repr(changes)


def test_what_is_offered_says_what_it_may_concern():
    """Commands with the things they could be about, and who may give them."""
    story = Story()
    story.tell(AdoptOrder(order(), "accepted", by=CLERK))
    story.tell(PlaceHold("case-1", {Gate.CLOSE}, hold_id="h", by=CLERK, reason="r"))
    offers = {offer.command: offer for offer in allowed(story.case, story.policies)}
    assert offers["LiftHold"].about == ("h",)
    assert "planning" in offers["PlanOrder"].who
    assert "ScreenOrder" not in offers
    assert story.one(HoldPlaced)
    assert needs(story.case, ScreenOrder("case-1", by=CLERK)) is not None


def test_a_stream_of_an_unknown_kind_is_refused():
    """There are cases, accounts and agreements."""

    class Strange(Command):
        """A command to nothing known."""

        kind = "nothing"

    with pytest.raises(RefusedError):
        decide_stream(None, Strange(by=CLERK))
    assert founding(Key("account", "x")) is None
    assert founding(Key("case", "x")).state == "new"
