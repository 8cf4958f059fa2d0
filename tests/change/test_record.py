"""What is kept of changes, charges and cancellations."""

from __future__ import annotations

import attrs
import pytest
from build import CLERK, at
from changing import other, two_lines

from orderlib.change.record import Cancellation, ChangeLog, ChangeRequest, Charge, Compensation, Remedy
from orderlib.errors import InvalidValueError
from orderlib.order.revision import difference
from orderlib.values.instant import instant
from orderlib.values.lines import Lines
from orderlib.values.money import Money


def request(**more):
    """A customer's wish for fewer pumps."""
    what = {"cause": "customer", "side": "customer", "by": CLERK, "id": "C-1"} | more
    wanted = difference(two_lines(), other(two_lines(), q10=4))
    return ChangeRequest(wanted=wanted, requested_at=instant(at()), due_at=instant(at(9)), **what)


def cancellation(**more):
    """A cancellation of the whole order."""
    what = {"id": "X", "side": "customer", "by": CLERK, "reason": "enough"} | more
    return Cancellation(requested_at=instant(at()), due_at=instant(at(7)), **what)


def charge(**more):
    """A charge of ten euros."""
    return Charge(id="C-1/charge", about="C-1", amount=Money(10, "EUR"), due_at=instant(at(5)), **more)


def item(number, day, **more):
    """Something to undo by a day in March."""
    return Compensation(id=f"X/{number}", remedy=Remedy.STOP, owner="production", due_at=instant(at(day)), **more)


@pytest.mark.parametrize(("field", "word"), [("cause", "moon"), ("side", "moon")])
def test_words_are_checked(field, word):
    """There are five causes and two sides."""
    with pytest.raises(InvalidValueError) as caught:
        request(**{field: word})
    assert caught.value.code == "code.unknown"


def test_numbers_count_from_one():
    """A message has a number, or none."""
    assert request(sequence=None).sequence is None
    with pytest.raises(InvalidValueError) as caught:
        request(sequence=0)
    assert caught.value.code == "number.whole"


@pytest.mark.parametrize(
    ("state", "word"),
    [("requested", "supplier"), ("proposed", "customer"), ("charged", "customer"), ("applied", None), ("lapsed", None)],
)
def test_somebody_has_the_word_as_long_as_it_is_open(state, word):
    """Ours first, then the customer's, then nobody's."""
    known = request(state=state)
    assert (known.waits_for, known.open) == (word, word is not None)


def test_which_lines_a_cancellation_concerns():
    """The whole order concerns every line, some lines only theirs; nothing named means everything."""
    assert cancellation().concerns(["10"])
    part = cancellation(line_ids=("10", "20"))
    assert part.concerns(["20", "30"])
    assert not part.concerns(["30"])
    assert part.concerns([])


def test_the_log_knows_what_is_open():
    """And when the first of it lapses."""
    log = ChangeLog(
        requests=Lines([request(), request(id="C-2", state="proposed"), request(id="C-3", state="applied")]),
        charges=Lines([charge(), attrs.evolve(charge(state="accepted"), id="a")]),
        cancellations=Lines([cancellation(), cancellation(id="Y", state="refused")]),
    )
    assert [each.id for each in log.open_requests] == ["C-1", "C-2"]
    assert [each.id for each in log.proposals] == ["C-2"]
    assert [each.id for each in log.open_charges] == ["C-1/charge"]
    assert [each.id for each in log.accepted_charges] == ["a"]
    assert [each.id for each in log.open_cancellations] == ["X"]
    assert not log.quiet
    assert log.next_due == instant(at(5))


def test_an_empty_log_is_quiet():
    """Nothing is awaited."""
    assert ChangeLog().quiet
    assert ChangeLog().next_due is None


def test_what_is_undone_or_known_to_be_late_is_not_awaited():
    """A cancellation that is being undone waits for its items, not for its own day."""
    items = Lines([item(1, 3, warned=True), item(2, 4, done_at=instant(at(3))), item(3, 8)])
    undoing = cancellation(state="compensating", items=items)
    assert [each.id for each in undoing.unfinished] == ["X/1", "X/3"]
    assert ChangeLog(cancellations=Lines([undoing])).next_due == instant(at(8))
    assert cancellation(items=items).unfinished == ()
