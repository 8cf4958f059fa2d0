"""The repository in memory keeps all or nothing, and finds what it keeps."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import attrs
import pytest
from build import CLERK, at, order

from orderlib.desk.desk import OrderDesk
from orderlib.desk.memory import InMemoryRepository
from orderlib.errors import CommandReusedError, ConcurrencyError, UnknownKeyError
from orderlib.hold.message import LiftHold, PlaceHold
from orderlib.intake.message import ReceiveOrder
from orderlib.simulation.clock import WorldClock
from orderlib.values.dispatch import Gate
from orderlib.values.instant import instant
from orderlib.values.key import Key


@pytest.fixture
def desk():
    """A desk with two orders of one customer."""
    made = OrderDesk(clock=WorldClock(at()))
    for number in ("1", "2"):
        made.handle(ReceiveOrder(order(id=f"471{number}"), case_id=f"case-{number}", by=CLERK, id=f"c{number}"))
    return made


def test_streams_are_found_by_their_references(desk):
    """By the buyer's order number, by a party, oldest first."""
    repository = desk.repository
    assert [key.id for key in repository.find("party", "C1")] == ["case-1", "case-2"]
    assert [key.id for key in repository.find("order", "C1/4712")] == ["case-2"]
    assert repository.find("order", "C1/9") == ()
    assert [key.id for key in repository.keys("case")] == ["case-1", "case-2"]


def test_what_is_not_there_is_an_unknown_key(desk):
    """For states and for histories."""
    with pytest.raises(UnknownKeyError):
        desk.repository.load(Key("case", "case-9"))
    with pytest.raises(UnknownKeyError):
        desk.repository.history(Key("case", "case-9"))


def test_due_streams_come_soonest_first_and_only_while_something_is_due(desk):
    """A hold that is lifted is due no more."""
    repository = desk.repository
    first = repository.next_due()
    hold = PlaceHold("case-2", {Gate.CLOSE}, hold_id="H", by=CLERK, reason="x", expires_at=instant(at(2, 10)))
    desk.handle(hold)
    assert [key.id for key in repository.due(instant(at(30)))] == ["case-2", "case-1"]
    assert repository.next_due() == instant(at(2, 10))
    desk.handle(LiftHold("case-2", "H", by=CLERK, reason="done"))
    assert repository.next_due() == first
    assert list(repository.due(instant(at(2, 11)))) == []
    assert InMemoryRepository().next_due() is None


def test_a_stream_that_has_moved_on_refuses_the_whole_commit(desk):
    """Nothing of it is kept, not even for other streams."""
    repository = desk.repository
    commit = repository.committed("c1")
    late = attrs.evolve(commit, command=attrs.evolve(commit.command, id="late"))
    before = len(list(repository.feed()))
    with pytest.raises(ConcurrencyError):
        repository.save(late)
    assert len(list(repository.feed())) == before
    assert repository.committed("late") is None


def test_a_command_is_kept_once(desk):
    """Its id finds the commit again, and nothing else takes it."""
    commit = desk.repository.committed("c1")
    assert commit.command_id == "c1"
    with pytest.raises(CommandReusedError):
        desk.repository.save(commit)


def test_the_feed_goes_on_behind_any_position(desk):
    """Positions count from one, and each event has its place in its stream."""
    every = list(desk.repository.feed())
    assert [position for position, _ in every] == list(range(1, len(every) + 1))
    assert list(desk.repository.feed(after=2)) == every[2:]
    history = desk.repository.history(Key("case", "case-2"))
    assert [recorded.version for recorded in history] == list(range(1, len(history) + 1))
    assert repr(desk.repository) == f"InMemoryRepository(2 streams, {len(every)} events)"
    assert len(desk.repository) == 2


def test_of_many_who_race_none_is_lost(desk):
    """Eight threads place holds on one case; every one of them stands."""
    patient = OrderDesk(desk.repository, clock=WorldClock(at()), attempts=1000)

    def place(number):
        patient.handle(PlaceHold("case-1", {Gate.CLOSE}, hold_id=f"H{number}", by=CLERK, reason="x", id=f"h{number}"))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(place, range(40)))
    assert len(patient.load("case-1").holds.standing) == 40
