"""A book never gives out more than there is, and an allocation shares out what there is, by its rules."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderlib.errors import OrderlibError
from orderlib.reservation.allocation import AllocationClass, Claim, allocate
from orderlib.reservation.message import (
    ConfirmReservation,
    OpenBook,
    QuoteReservation,
    ReleaseReservation,
    ReportReservationUsed,
)
from orderlib.reservation.process import decide, evolve, lapse
from orderlib.reservation.record import BookKind, Reservation, ReservationBook
from orderlib.values.instant import instant
from orderlib.values.message import Stamp
from orderlib.values.party import SYSTEM

DAYS = st.integers(1, 9).map(lambda day: date(2026, 3, day))
LEVELS = st.dictionaries(DAYS, st.integers(0, 6), max_size=4).map(lambda each: list(each.items()))
NAMES = st.sampled_from(["R-1", "R-2", "R-3", "R-4"])
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["quote", "confirm", "release", "use", "tick"]),
        NAMES,
        st.integers(1, 5),
        DAYS,
        st.integers(0, 3),
    ),
    max_size=14,
)


def command(verb, name, quantity, on, length, kind, at):
    """One step as a command; the last of the numbers is a length or an expiry in hours."""
    more = {"by": SYSTEM, "id": "c", "at": at}
    if verb == "quote":
        until = date(2026, 3, min(31, on.day + length)) if kind is BookKind.CAPACITY else None
        expires = f"2026-03-01T{min(23, 9 + 4 * length):02}:00:00Z" if length else None
        return QuoteReservation("b", name, quantity, on, "case", until=until, expires_at=expires, **more)
    if verb == "use":
        return ReportReservationUsed("b", name, quantity, **more)
    return (ConfirmReservation if verb == "confirm" else ReleaseReservation)("b", name, **more)


def slack(book, on):
    """What there is on a day less what is held, worked out the long way."""
    if book.kind is BookKind.STOCK:
        there = sum(each.quantity for each in book.levels if each.on <= on) - book.taken
        return there - sum(each.held for each in book.live if each.on <= on)
    there = [each.quantity for each in book.levels if each.on <= on][-1:] or [0]
    return there[0] - sum(each.held for each in book.live if each.on <= on <= (each.until or each.on))


@pytest.mark.parametrize("kind", BookKind)
@given(levels=LEVELS, steps=STEPS)
def test_no_quote_is_given_twice(kind, levels, steps):
    """Whatever happens in whatever order: a quote that is given leaves no day with less than nothing.

    Only a use, which is a fact, may do that; replaying the events gives the identical book.
    """
    book, events = (
        None,
        list(decide(None, OpenBook("b", kind, levels=levels, by=SYSTEM, id="c", at="2026-03-01T08:00:00Z"))),
    )
    book = evolve(None, events[0])
    for number, (verb, name, quantity, on, length) in enumerate(steps):
        at = f"2026-03-01T{9 + number:02}:00:00Z"
        before = book.overdrawn
        if verb == "tick":
            now = instant(at)
            found = lapse(book, now, Stamp("c", SYSTEM, now, now))
        else:
            try:
                found = decide(book, command(verb, name, quantity, on, length, kind, at))
            except OrderlibError:
                continue
        for event in found:
            book = evolve(book, event)
        events += found
        assert book.overdrawn <= before or verb == "use"
        for day in range(1, 14):
            assert book.free(date(2026, 3, day)) <= max(0, slack(book, date(2026, 3, day)))
    again = None
    for event in events:
        again = evolve(again, event)
    assert again == book
    assert all(each.expires_at is None or each.state == "quoted" for each in book.live)


HELD = st.lists(st.tuples(st.integers(1, 4), DAYS, st.integers(0, 4)), max_size=5)


@pytest.mark.parametrize("kind", BookKind)
@given(levels=LEVELS, held=HELD, taken=st.integers(0, 3), asked=st.integers(1, 8), on=DAYS, length=st.integers(0, 5))
def test_an_inquiry_tells_the_first_day_that_would_do(kind, levels, held, taken, asked, on, length):
    """Day by day looked at, no earlier one is free for as long, and the one that is told is."""
    capacity = kind is BookKind.CAPACITY
    reservations = [
        Reservation(f"r{at}", quantity, day, "c", until=later(day, days) if capacity else None)
        for at, (quantity, day, days) in enumerate(held)
    ]
    book = ReservationBook(id="b", kind=kind, levels=levels, reservations=reservations, taken=Decimal(taken))
    until = later(on, length) if capacity else None
    answer = book.inquire(asked, on, until)
    would = [
        day
        for day in (later(on, days) for days in range(25))
        if book.free(day, later(day, length) if capacity else None) >= asked
    ]
    assert answer.earliest_on == next(iter(would), None)
    assert (answer.outcome == "yes") == (answer.free >= asked) == (answer.earliest_on == on)


def later(on, days):
    """So many days on."""
    return date.fromordinal(on.toordinal() + days)


CLAIMS = st.lists(
    st.tuples(st.integers(0, 9), DAYS, st.sampled_from(AllocationClass), st.integers(0, 9), st.integers(0, 2)),
    max_size=7,
).map(
    lambda given: [
        Claim(f"c{at}", wanted, on, klass, confirmed=had, rank=rank)
        for at, (wanted, on, klass, had, rank) in enumerate(given)
    ]
)


@given(CLAIMS, LEVELS)
def test_an_allocation_conserves_and_keeps_its_classes(claims, levels):
    """What is given and what is left is what there is; no day gives more than has come; each class as it is named."""
    preview = allocate(claims, levels)
    given_out = sum(each.after for each in preview.outcomes)
    assert given_out + preview.left == preview.supply == sum(quantity for _, quantity in levels)
    assert sum(each.change for each in preview.outcomes) == given_out - sum(each.confirmed for each in claims)
    for day in range(1, 10):
        come = sum(quantity for on, quantity in levels if on <= date(2026, 3, day))
        assert sum(each.after for each in preview.outcomes if each.claim.on.day <= day) <= come
    for each in preview.outcomes:
        klass, had, wanted = each.claim.klass, each.claim.confirmed, each.claim.wanted
        assert 0 <= each.after <= wanted
        assert klass is not AllocationClass.LOSE or each.after == 0
        assert klass is not AllocationClass.FILL or each.after <= had
        if klass in (AllocationClass.WIN, AllocationClass.GAIN, AllocationClass.IMPROVE):
            assert each.after >= min(had, wanted) or each.reason.code == "reallocation.broken"


@given(CLAIMS, LEVELS)
def test_nothing_is_left_that_somebody_might_have(claims, levels):
    """Who has less than the class allows could not be given one more without taking it from another."""
    preview = allocate(claims, levels)
    for each in preview.outcomes:
        klass = each.claim.klass
        aim = 0 if klass is AllocationClass.LOSE else each.claim.wanted
        aim = min(aim, each.claim.confirmed) if klass is AllocationClass.FILL else aim
        if each.after < aim:
            slack = []
            for day in range(each.claim.on.day, 10):
                come = sum(quantity for on, quantity in levels if on <= date(2026, 3, day))
                slack.append(come - sum(other.after for other in preview.outcomes if other.claim.on.day <= day))
            assert min(slack) == 0


@given(CLAIMS, LEVELS, st.randoms(use_true_random=False))
def test_the_order_of_the_claims_decides_nothing_but_ties(claims, levels, dice):
    """Shuffled claims of different rank or day get the same."""
    keys = Counter((each.klass, each.rank, each.on) for each in claims)
    if claims and max(keys.values()) > 1:
        return
    shuffled = list(claims)
    dice.shuffle(shuffled)
    one, other = (
        {each.claim.id: each.after for each in allocate(every, levels).outcomes} for every in (claims, shuffled)
    )
    assert one == other
