"""A repository in memory lets go of what is over, if it is told to; nothing of it is mistaken afterwards."""

from __future__ import annotations

import pytest
from build import CLERK, at, order

from orderlib.account.message import OpenAccount
from orderlib.case.history import replay
from orderlib.desk.desk import OrderDesk
from orderlib.desk.memory import Evicted, InMemoryRepository, at_rest
from orderlib.errors import InvalidValueError, UnknownKeyError
from orderlib.fulfilment.message import ReportReceived
from orderlib.hold.message import LiftHold, PlaceHold
from orderlib.intake.message import ReceiveOrder, ScreenOrder
from orderlib.ledger.record import LineQuantity
from orderlib.simulation.clock import WorldClock
from orderlib.values.dispatch import Gate
from orderlib.values.instant import instant
from orderlib.values.key import Key
from orderlib.values.money import Money


def a_desk(**more):
    """A desk whose repository lets cases go that are at rest."""
    more.setdefault("evict", at_rest)
    return OrderDesk(InMemoryRepository(**more), clock=WorldClock(at()))


def rejected(desk, number):
    """An order that came to a quick end."""
    desk.handle(ReceiveOrder(order(id=f"PO-{number}"), case_id=f"case-{number}", by=CLERK, id=f"r{number}"))
    return desk.handle(ScreenOrder(f"case-{number}", override="reject", reason="no", by=CLERK, id=f"s{number}")).case


def held(desk):
    """The cases that the repository still holds."""
    return [key.id for key in desk.repository.keys("case")]


def test_a_repository_keeps_everything_unless_it_is_told_otherwise():
    """What has ended as well as what runs."""
    desk = OrderDesk(clock=WorldClock(at()))
    for number in range(5):
        rejected(desk, number)
    assert len(held(desk)) == 5


def test_of_the_cases_that_are_over_the_last_ones_stay():
    """Those that ended first go, each just before the next commit is kept; what runs stays however old it is."""
    desk = a_desk(keep=2)
    desk.handle(ReceiveOrder(order(id="PO-9"), case_id="running", by=CLERK))
    for number in range(5):
        rejected(desk, number)
    assert held(desk) == ["running", "case-2", "case-3", "case-4"]
    desk.handle(PlaceHold("running", {Gate.CLOSE}, hold_id="H", by=CLERK, reason="x"))
    assert held(desk) == ["running", "case-3", "case-4"]


def test_an_evicted_case_is_known_to_have_been_and_founds_no_new_one():
    """A late command or report for it is an error that says so; so is asking for its state or its history."""
    desk = a_desk(keep=0)
    rejected(desk, 1)
    rejected(desk, 2)
    late = (
        PlaceHold("case-1", {Gate.CLOSE}, hold_id="H", by=CLERK, reason="x"),
        ReportReceived("case-1", "d", [LineQuantity("10", 1)], by=CLERK),
        ReceiveOrder(order(id="PO-3"), case_id="case-1", by=CLERK),
    )
    for command in late:
        with pytest.raises(UnknownKeyError) as caught:
            desk.handle(command)
        assert caught.value.code == "repository.evicted"
    for ask in (desk.repository.load, desk.repository.history):
        with pytest.raises(UnknownKeyError) as caught:
            ask(Key("case", "case-1"))
        assert caught.value.code == "repository.evicted"
        with pytest.raises(UnknownKeyError) as caught:
            ask(Key("case", "case-9"))
        assert caught.value.code == "repository.unknown-key"


def test_nothing_else_finds_an_evicted_case():
    """Neither a reference, nor a command's id, nor what is due; the feed has a gap and no position moves."""
    desk = a_desk(evict=lambda case: case.id == "case-1", keep=0)
    desk.handle(ReceiveOrder(order(id="PO-1"), case_id="case-1", by=CLERK, id="r1"))
    repository = desk.repository
    before = list(repository.feed())
    assert [key.id for key in repository.due(instant(at(30)))] == ["case-1"]
    desk.handle(ReceiveOrder(order(id="PO-2"), case_id="case-2", by=CLERK, id="r2"))
    assert [key.id for key in repository.find("party", "C1")] == ["case-2"]
    assert repository.find("order", "C1/PO-1") == ()
    assert repository.committed("r1") is None
    assert repository.committed("r2") is not None
    assert [key.id for key in repository.due(instant(at(30)))] == ["case-2"]
    assert [position for position, _ in repository.feed()] == [3, 4]
    assert {recorded.key.id for _, recorded in before} == {"case-1"}
    assert (len(repository), repr(repository)) == (1, "InMemoryRepository(1 streams, 2 events)")


def test_the_archive_gets_all_that_is_needed_to_tell_the_case_again():
    """Its state, its events with their places in the feed, and its references."""
    gone: list[Evicted] = []
    desk = a_desk(keep=0, archive=gone.append)
    case = rejected(desk, 1)
    told = list(desk.repository.feed())
    rejected(desk, 2)
    (first,) = gone
    assert (first.key, first.state, first.recorded) == (case.key, case, tuple(told))
    assert replay("case-1", (recorded.event for _, recorded in first.recorded)) == case
    assert ("order", "C1/PO-1") in first.references


def test_where_the_archive_fails_nothing_is_forgotten_and_nothing_kept():
    """The command that would have made the room fails with the archive's own error, and can be given again."""
    full = [True]

    def archive(_evicted):
        if full[0]:
            raise OSError("disk full")

    desk = a_desk(keep=0, archive=archive)
    rejected(desk, 1)
    received = ReceiveOrder(order(id="PO-2"), case_id="case-2", by=CLERK, id="r2")
    with pytest.raises(OSError, match="disk full"):
        desk.handle(received)
    assert held(desk) == ["case-1"]
    full[0] = False
    desk.handle(received)
    assert held(desk) == ["case-2"]


def test_what_may_go_can_change_its_mind():
    """A case that lives again is kept, and so is one that the very commit goes on with."""
    desk = a_desk(evict=lambda case: not case.holds.standing, keep=0)
    desk.handle(ReceiveOrder(order(id="PO-1"), case_id="case-1", by=CLERK))
    desk.handle(PlaceHold("case-1", {Gate.CLOSE}, hold_id="H", by=CLERK, reason="x"))
    desk.handle(ReceiveOrder(order(id="PO-2"), case_id="case-2", by=CLERK))
    assert held(desk) == ["case-1", "case-2"]
    desk.handle(LiftHold("case-1", "H", by=CLERK, reason="done"))
    assert held(desk) == ["case-1"]


def test_streams_that_orders_share_always_stay():
    """A customer's account is never over, whatever the rule says of cases."""
    desk = a_desk(evict=lambda _case: True, keep=0)
    desk.handle(OpenAccount("C1", currency="EUR", limit=Money("1000", "EUR"), by=CLERK))
    rejected(desk, 1)
    desk.handle(ReceiveOrder(order(id="PO-2"), case_id="case-2", by=CLERK))
    assert held(desk) == ["case-2"]
    assert desk.repository.keys("account") == (Key("account", "C1"),)


def test_reminders_that_were_overtaken_do_not_pile_up():
    """A case that is put off a hundred times has one moment at which it is due."""
    desk = OrderDesk(clock=WorldClock(at()))
    desk.handle(ReceiveOrder(order(), case_id="case-1", by=CLERK))
    for number in range(100):
        until = instant(f"2026-03-02T{10 + number % 9}:00:00Z")
        desk.handle(PlaceHold("case-1", {Gate.CLOSE}, hold_id=f"H{number}", by=CLERK, reason="x", expires_at=until))
        desk.handle(LiftHold("case-1", f"H{number}", by=CLERK, reason="done"))
    assert desk.repository.next_due() == desk.load("case-1").next_due
    assert [key.id for key in desk.repository.due(instant(at(30)))] == ["case-1"]


@pytest.mark.parametrize("keep", [-1, True, 1.5])
def test_how_many_stay_is_a_whole_number(keep):
    """Anything else is refused when the repository is made."""
    with pytest.raises(InvalidValueError) as caught:
        InMemoryRepository(keep=keep)
    assert caught.value.code == "number.whole"
