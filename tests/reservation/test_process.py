"""Books decide their commands; each move is one of the declared lifecycle."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from orderlib.chart.compile import prove_equal
from orderlib.desk.desk import OrderDesk
from orderlib.desk.memory import InMemoryRepository
from orderlib.errors import ConcurrencyError, InvalidValueError, RefusedError
from orderlib.reservation.lifecycle import ReservationLifecycle
from orderlib.reservation.message import (
    BookOpened,
    ConfirmReservation,
    ExtendReservation,
    OpenBook,
    QuoteReservation,
    ReallocateReservations,
    ReleaseReservation,
    ReportLevels,
    ReportReservationUsed,
    ReservationConfirmed,
    ReservationGrant,
    ReservationQuoted,
)
from orderlib.reservation.process import decide, evolve, lapse
from orderlib.reservation.record import Reservation
from orderlib.reservation.table import RESERVATION
from orderlib.simulation.clock import WorldClock
from orderlib.values.instant import instant
from orderlib.values.key import Key
from orderlib.values.message import Command, Stamp
from orderlib.values.party import SYSTEM, Actor

MEI = Actor("mei", "sales")
NOW = instant("2026-03-02T09:00:00Z")
STAMP = Stamp("c9", MEI, NOW, NOW)
FRIDAY = "2026-03-06"


def refusal(act, *arguments, **more):
    """Codes of a refusal."""
    with pytest.raises(RefusedError) as caught:
        act(*arguments, **more)
    return [each.code for each in caught.value.findings]


@pytest.fixture
def quoted(stock, act):
    """Three of the four pumps, until noon of the next day."""
    return act(stock, QuoteReservation, "R-1", 3, FRIDAY, "case-1", expires_at="2026-03-03T12:00:00Z")


def state(book, id="R-1"):
    """State and quantity held."""
    return book.reservations[id].state, int(book.reservations[id].held)


def test_the_table_is_the_lifecycle():
    """What runs is what is declared."""
    assert prove_equal(ReservationLifecycle, RESERVATION) == ()


def test_a_reservation_is_quoted_confirmed_drawn_and_used_up(quoted, act):
    """Goods that are used are gone from the stock, whatever the reservation becomes."""
    book = act(quoted, ConfirmReservation, "R-1")
    assert (state(book), book.next_due) == (("confirmed", 3), None)
    book = act(book, ReportReservationUsed, "R-1", 1)
    assert (state(book), book.free(FRIDAY)) == (("confirmed", 2), 1)
    book = act(book, ReportReservationUsed, "R-1", 2)
    assert (state(book), book.free(FRIDAY), book.taken) == (("used", 0), 1, 3)
    assert book.version == 5
    assert act(book, ReportLevels, [("2026-03-02", 1)]).taken == 0


def test_two_orders_cannot_both_have_the_last_unit(quoted, act):
    """The second is told what is free, and from when on there is enough."""
    act(quoted, QuoteReservation, "R-2", 1, FRIDAY, "case-2")
    with pytest.raises(RefusedError) as caught:
        act(quoted, QuoteReservation, "R-2", 2, FRIDAY, "case-2")
    assert [(each.code, each.address) for each in caught.value.findings] == [
        ("reservation.not-free", "/quantity"),
        ("reservation.free-later", "/quantity"),
    ]
    assert caught.value.findings[0].message() == "1 of P-7 are free on 2026-03-06, 2 are asked for"
    assert "QuoteReservation" in caught.value.allowed


def test_a_quote_lapses_by_itself(quoted, act):
    """At its moment, not before; what it held is free for whoever comes then, even where nobody ticked."""
    due = instant("2026-03-03T12:00:00Z")
    assert quoted.next_due == due
    assert lapse(quoted, instant("2026-03-03T11:59:59Z"), STAMP) == lapse(None, due, STAMP) == ()
    (event,) = lapse(quoted, instant("2026-03-04T08:00:00Z"), STAMP)
    assert (event.occurred_at, event.recorded_at) == (due, NOW)
    late = act(quoted, QuoteReservation, "R-2", 4, FRIDAY, "case-2", at="2026-03-04T08:00:00Z")
    assert (state(late), state(late, "R-2")) == (("lapsed", 0), ("quoted", 4))


def test_a_late_confirmation_loses_and_says_why(quoted, act):
    """The lapse comes first, and the refusal names it; nothing is changed by it."""
    assert refusal(act, quoted, ConfirmReservation, "R-1", at="2026-03-04T08:00:00Z") == [
        "chart.no-move",
        "reservation.after-lapse",
    ]
    assert state(quoted) == ("quoted", 3)


def test_a_quote_is_extended_and_released(quoted, act):
    """A later moment, or none; and given back."""
    longer = act(quoted, ExtendReservation, "R-1", "2026-03-09T12:00:00Z")
    assert str(longer.next_due.date()) == "2026-03-09"
    assert act(quoted, ExtendReservation, "R-1", None).next_due is None
    assert state(act(longer, ReleaseReservation, "R-1")) == ("released", 0)
    assert refusal(act, quoted, ExtendReservation, "R-1", "2026-03-01T12:00:00Z") == [
        "reservation.expired-before-quoted"
    ]


def test_facts_are_booked_with_what_does_not_fit(quoted, act):
    """More used than held, used without being held, less there than held: all of it is taken down and told."""

    def told(kind, *what):
        (event,) = decide(quoted, kind("P-7", *what, by=MEI, id="c1", at="2026-03-02T10:00:00Z"))
        return type(event).__name__, [(each.code, each.address) for each in event.findings], evolve(quoted, event)

    name, findings, book = told(ReportReservationUsed, "R-1", 5)
    assert (name, findings) == ("ReservationUsedUp", [("reservation.overused", "/quantity")])
    assert (state(book), book.taken) == (("used", 0), 5)
    name, findings, book = told(ReportReservationUsed, "R-9", 2)
    assert (name, findings) == ("ReservationUsedUnheld", [("reservation.used-unheld", "/reservation_id")])
    assert (book.taken, book.overdrawn) == (2, 1)
    name, findings, book = told(ReportLevels, [("2026-03-02", 2)])
    assert (name, findings) == ("LevelsReported", [("reservation.overdrawn", "/levels")])
    assert state(book) == ("quoted", 3)


def test_a_capacity_that_was_used_comes_back(machine, act):
    """Work takes time, not machines."""
    book = act(machine, QuoteReservation, "R-1", 2, FRIDAY, "case-1")
    book = act(book, ReportReservationUsed, "R-1", 2)
    assert (book.taken, book.free(FRIDAY)) == (0, 2)


def test_an_allocation_is_carried_out(quoted, act):
    """Up, down and to nothing, in one command, and never beyond what there is."""
    book = act(quoted, QuoteReservation, "R-2", 1, FRIDAY, "case-2")
    book = act(
        book, ReallocateReservations, [ReservationGrant("R-1", 1), ReservationGrant("R-2", 3)], reason="by class"
    )
    assert (state(book), state(book, "R-2")) == (("quoted", 1), ("quoted", 3))
    book = act(book, ReallocateReservations, [ReservationGrant("R-1", 0), ReservationGrant("R-2", 3)], reason="again")
    assert (state(book), state(book, "R-2")) == (("released", 0), ("quoted", 3))
    drawn = act(
        act(quoted, ReportReservationUsed, "R-1", 1), ReallocateReservations, [ReservationGrant("R-1", 1)], reason="x"
    )
    assert state(drawn) == ("quoted", 1)


@pytest.mark.parametrize(
    ("grants", "reason", "codes"),
    [
        ([("R-1", 5)], "x", ["reservation.grants-too-much"]),
        ([("R-1", -1)], "x", ["reservation.grant"]),
        ([("R-1", 1), ("R-1", 2)], "x", ["reservation.grant"]),
        ([("R-9", 1)], "", ["reservation.reason-missing", "reservation.unknown"]),
    ],
)
def test_an_allocation_that_cannot_be_is_refused(quoted, act, grants, reason, codes):
    """All of it, with every reason."""
    given = [ReservationGrant(*each) for each in grants]
    assert refusal(act, quoted, ReallocateReservations, given, reason=reason) == codes


def test_what_is_not_possible_is_refused(quoted, act):
    """Every reason, at its place."""
    assert refusal(act, quoted, OpenBook) == ["reservation.exists"]
    assert refusal(act, None, ConfirmReservation, "R-1") == ["reservation.unknown-book"]
    assert refusal(act, quoted, ConfirmReservation, "R-9") == ["reservation.unknown"]
    assert refusal(act, act(quoted, ConfirmReservation, "R-1"), ConfirmReservation, "R-1") == ["chart.no-move"]
    assert refusal(act, quoted, QuoteReservation, "R-1", 5, FRIDAY, "c", expires_at="2026-01-01T00:00:00Z") == [
        "reservation.used-id",
        "reservation.expired-before-quoted",
        "reservation.not-free",
        "reservation.free-later",
    ]
    assert refusal(
        lambda book, kind: decide(book, kind(by=MEI, id="c1", at="2026-03-02T09:00:00Z")), quoted, Command
    ) == ["reservation.unknown-command"]
    with pytest.raises(RefusedError) as caught:
        decide(quoted, Command(by=MEI, id="c1", at="2026-03-02T09:00:00Z"))
    assert caught.value.code == "reservation.unknown-command"


def test_malformed_commands_never_become_events(act, quoted):
    """Units, periods and quantities are checked first."""
    for kind, what, more, code in (
        (OpenBook, (), {"unit": "?"}, "unit.malformed"),
        (QuoteReservation, ("R-2", 1, FRIDAY, "c"), {"until": "2026-03-05"}, "reservation.period"),
        (QuoteReservation, ("R-2", 1, FRIDAY, "c"), {"until": "2026-03-09"}, "reservation.no-period"),
        (QuoteReservation, ("R-2", 0, FRIDAY, "c"), {}, "reservation.quantity"),
        (ExtendReservation, ("R-1", "soon"), {}, "value.instant-malformed"),
        (ReallocateReservations, ([1],), {}, "value.type"),
    ):
        with pytest.raises(InvalidValueError) as caught:
            act(None if kind is OpenBook else quoted, kind, *what, **more)
        assert caught.value.code == code


def test_a_history_that_cannot_be_is_refused(quoted):
    """Events that `decide` never made."""
    again = ReservationQuoted(STAMP, "P-7", Reservation("R-1", 1, FRIDAY, "c"))
    for book, event in (
        (quoted, BookOpened(STAMP, "P-7", "stock", "C62")),
        (None, ReservationConfirmed(STAMP, "P-7", "R-1")),
        (quoted, ReservationConfirmed(STAMP, "P-7", "R-9")),
        (evolve(quoted, ReservationConfirmed(STAMP, "P-7", "R-1")), ReservationConfirmed(STAMP, "P-7", "R-1")),
        (quoted, again),
    ):
        with pytest.raises(InvalidValueError) as caught:
            evolve(book, event)
        assert caught.value.code == "reservation.impossible-event"


def test_commands_and_events_address_the_book(quoted):
    """One stream for each stock and each capacity."""
    assert ConfirmReservation("P-7", "R-1", by=MEI).target == Key("reservation", "P-7")
    event = ReservationConfirmed(STAMP, "P-7", "R-1")
    assert (event.kind, event.stream_id, event.move) == ("reservation", "P-7", "confirm")


def test_what_has_ended_is_swept_out_in_time(stock, act):
    """A book that is used for years does not grow with them."""
    book = stock
    for number in range(200):
        book = act(book, QuoteReservation, f"R-{number}", 1, FRIDAY, "case-1")
        book = act(book, ReleaseReservation, f"R-{number}")
    assert len(book.reservations) <= 65
    assert book.free(FRIDAY) == 4
    assert SYSTEM.automatic


def test_many_desks_share_out_what_there_is_and_no_more():
    """Four threads with desks of their own and a hundred wishes for forty pumps: forty have one, sixty are refused."""
    repository, clock = InMemoryRepository(), WorldClock("2026-03-02T08:00:00Z")
    OrderDesk(repository, clock=clock).handle(OpenBook("P-7", levels=[("2026-03-02", 40)], by=MEI))

    def wish(thread):
        desk, refused = OrderDesk(repository, clock=clock), 0
        for number in range(25):
            command = QuoteReservation("P-7", f"R-{thread}-{number}", 1, FRIDAY, "case", by=MEI)
            while True:
                try:
                    desk.handle(command)
                except ConcurrencyError:
                    continue
                except RefusedError:
                    refused += 1
                break
        return refused

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(wish, range(4))) == 60
    book = repository.load(Key("reservation", "P-7"))
    assert (len(book.live), book.free(FRIDAY)) == (40, 0)
