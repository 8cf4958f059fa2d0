"""What is free, on which day, and what is overdrawn."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from orderlib.errors import InvalidValueError
from orderlib.reservation.message import ConfirmReservation, QuoteReservation, ReleaseReservation, ReportLevels
from orderlib.reservation.record import BookKind, Level, Reservation, ReservationBook
from orderlib.values.decision import Verdict


def free(book, *days):
    """What is free on days of March."""
    return [int(book.free(date(2026, 3, each))) for each in days]


def test_stock_is_free_where_no_later_day_lacks_it(stock, act):
    """What is promised for the 9th cannot be taken on the 5th."""
    assert free(stock, 1, 2, 8, 9) == [0, 4, 4, 10]
    held = act(stock, QuoteReservation, "R-1", 8, "2026-03-10", "case-1")
    assert free(held, 2, 9, 10) == [2, 2, 2]
    assert held.next_due is None
    assert held.references == (("case", "case-1"),)


def test_a_capacity_is_free_again_after_its_period(machine, act):
    """Two lathes, one held from the 10th to the 12th; from the 16th on there is one."""
    held = act(machine, QuoteReservation, "R-1", 1, "2026-03-10", "case-1", until="2026-03-12")
    assert free(held, 9, 10, 12, 13, 16) == [2, 1, 1, 2, 1]
    assert held.free("2026-03-08", "2026-03-11") == 1
    assert held.free("2026-03-13", "2026-03-16") == 1
    assert held.free("2026-02-01") == 0
    one_day = act(machine, QuoteReservation, "R-1", 2, "2026-03-10", "case-1")
    assert free(one_day, 10, 11) == [0, 2]


def test_an_inquiry_holds_nothing_and_tells_the_day(stock, machine, act):
    """Yes or no, how much is free, from when on there is enough; a capacity for as long as was asked."""
    answer = stock.inquire(3, "2026-03-05")
    assert (answer.outcome, answer.free, answer.earliest_on) == (Verdict.YES, 4, date(2026, 3, 5))
    answer = stock.inquire(7, "2026-03-05")
    assert (answer.outcome, answer.free, answer.earliest_on) == (Verdict.NO, 4, date(2026, 3, 9))
    assert [each.code for each in (*answer.reasons, *answer.otherwise)] == [
        "reservation.not-free",
        "reservation.free-later",
    ]
    assert stock.inquire(11, "2026-03-05").earliest_on is None
    assert stock.live == ()
    held = act(machine, QuoteReservation, "R-1", 1, "2026-03-04", "case-1", until="2026-03-06")
    assert held.inquire(2, "2026-03-03", "2026-03-05").earliest_on == date(2026, 3, 7)
    assert held.inquire(2, "2026-03-06", "2026-03-16").earliest_on is None


def test_what_is_reported_too_low_is_overdrawn(stock, act):
    """Nobody loses anything; the largest gap is told."""
    held = act(stock, QuoteReservation, "R-1", 8, "2026-03-10", "case-1")
    low = act(held, ReportLevels, [("2026-03-02", 3), ("2026-03-12", 3)])
    assert low.overdrawn == Decimal(5)
    assert free(low, 2, 12) == [0, 0]
    assert held.overdrawn == 0


def test_a_quote_for_all_time_leaves_the_calendar_alone(machine, act):
    """The last of all days has none after it."""
    held = act(machine, QuoteReservation, "R-1", 1, "9999-12-30", "case-1", until="9999-12-31")
    assert held.free("9999-12-31") == 0
    assert machine.inquire(3, "9999-12-30", "9999-12-31").earliest_on is None
    assert held.inquire(2, "9999-12-29", "9999-12-31").earliest_on is None


def test_what_has_ended_holds_nothing(stock, act):
    """A reservation knows what it still holds."""
    book = act(stock, QuoteReservation, "R-1", 3, "2026-03-05", "case-1")
    book = act(book, ConfirmReservation, "R-1")
    assert book.reservations["R-1"].held == 3
    gone = act(book, ReleaseReservation, "R-1").reservations["R-1"]
    assert (gone.held, gone.live) == (0, False)


@pytest.mark.parametrize(
    ("made", "code", "address"),
    [
        (lambda: Level("2026-03-02", -1), "reservation.level", "/quantity"),
        (lambda: Level("soon", 1), "value.day-malformed", "/on"),
        (
            lambda: ReservationBook(id="b", levels=[("2026-03-02", 1), ("2026-03-02", 2)]),
            "reservation.level-twice",
            "/levels",
        ),
        (lambda: ReservationBook(id="b", levels=[1]), "value.type", "/levels/0"),
        (lambda: ReservationBook(id="b", levels=[("2026-03-02", 1, 1)]), "value.day-malformed", "/on"),
        (lambda: ReservationBook(id="b", levels=[()]), "value.day-malformed", "/on"),
        (lambda: ReservationBook(id="b", kind="cloud"), "code.unknown", "/kind"),
        (lambda: ReservationBook(id="b", unit="?"), "unit.malformed", "/unit"),
        (lambda: ReservationBook(id="b", reservations=[1]), "value.type", "/reservations/0"),
        (lambda: Reservation("r", 0, "2026-03-02", "c"), "reservation.quantity", "/quantity"),
        (lambda: Reservation("r", 1, "2026-03-02", "c", until="2026-03-01"), "reservation.period", "/until"),
        (lambda: ReservationBook(id="b").free("2026-03-02", "2026-03-03"), "reservation.no-period", "/until"),
        (
            lambda: ReservationBook(id="b", kind=BookKind.CAPACITY).free("2026-03-02", "2026-03-01"),
            "reservation.period",
            "/until",
        ),
        (lambda: ReservationBook(id="b").inquire(0, "2026-03-02"), "reservation.quantity", "/quantity"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(made, code, address):
    """One fault, one code, one address."""
    with pytest.raises(InvalidValueError) as caught:
        made()
    assert [(each.code, each.address) for each in caught.value.findings] == [(code, address)]
