"""Who gets what of a supply that is not enough for all, shown before it happens."""

from __future__ import annotations

import pytest

from orderlib.errors import InvalidValueError
from orderlib.reservation.allocation import AllocationClass, AllocationPreview, Claim, allocate, claims_of
from orderlib.reservation.message import QuoteReservation, ReallocateReservations

MONDAY, FRIDAY = "2026-03-02", "2026-03-06"


def claim(id, wanted, klass, had=0, on=FRIDAY, **more):
    """One order's claim."""
    return Claim(id, wanted, on, klass, confirmed=had, **more)


def after(preview):
    """What each has then."""
    return {each.claim.id: int(each.after) for each in preview.outcomes}


def told(preview):
    """The code for each."""
    return {each.claim.id: each.reason.code.removeprefix("reallocation.") for each in preview.outcomes}


SIX = [
    claim("lose", 5, "lose", 5),
    claim("fill", 6, "fill", 4),
    claim("improve", 6, "improve", 2),
    claim("redistribute", 6, "redistribute", 6),
    claim("gain", 6, "gain", 3),
    claim("win", 8, "win", 2),
]


def test_classes_rule_in_their_order():
    """Twenty-two for thirty-seven: one wins, one gains, one keeps and improves by nothing, the rest give up."""
    preview = allocate(SIX, [(MONDAY, 22)])
    assert after(preview) == {"win": 8, "gain": 6, "redistribute": 6, "improve": 2, "fill": 0, "lose": 0}
    assert told(preview) == {
        "win": "gained",
        "gain": "gained",
        "redistribute": "kept",
        "improve": "kept",
        "fill": "lost",
        "lose": "lost",
    }
    assert preview.left == 0
    assert [each.code for each in preview.findings][:2] == ["reallocation.lost", "reallocation.lost"]
    assert dict(preview.outcomes[0].reason.evidence)["to"] == "win, gain"


def test_what_is_left_goes_down_the_classes():
    """With plenty everybody has what the class allows: fill never gains, lose never keeps."""
    preview = allocate(SIX, [(MONDAY, 99)])
    assert after(preview) == {"win": 8, "gain": 6, "redistribute": 6, "improve": 6, "fill": 4, "lose": 0}
    assert preview.left == 99 - 30
    assert [each.claim.id for each in preview.changed] == ["lose", "improve", "gain", "win"]
    assert [int(each.change) for each in preview.changed] == [-5, 4, 3, 6]


def test_promises_of_the_upper_classes_come_before_wishes():
    """The winner gets no more than the others' kept promises leave, and it is told."""
    preview = allocate([claim("win", 9, "win", 1), claim("gain", 5, "gain", 5)], [(MONDAY, 10)])
    assert after(preview) == {"win": 5, "gain": 5}
    assert told(preview) == {"win": "short", "gain": "kept"}


def test_promises_that_cannot_be_kept_are_told():
    """Where less is there than was promised to those who keep, the lower ones break first."""
    preview = allocate([claim("improve", 5, "improve", 5), claim("gain", 5, "gain", 5)], [(MONDAY, 7)])
    assert after(preview) == {"improve": 2, "gain": 5}
    assert told(preview) == {"improve": "broken", "gain": "kept"}
    assert preview.findings[0].severity == "error"


def test_within_a_class_rank_rules_then_the_day():
    """The lower rank first; among equals whoever wants it sooner."""
    claims = [
        claim("c", 3, "redistribute", on="2026-03-05", rank=2),
        claim("b", 3, "redistribute", on=FRIDAY, rank=1),
        claim("a", 3, "redistribute", on="2026-03-04", rank=1),
    ]
    assert after(allocate(claims, [(MONDAY, 5)])) == {"a": 3, "b": 2, "c": 0}


def test_nobody_is_served_from_what_comes_too_late():
    """What comes on Friday is no help on Wednesday, and what is used on Wednesday is gone on Friday."""
    claims = [claim("wednesday", 5, "win", on="2026-03-04"), claim("friday", 5, "redistribute")]
    preview = allocate(claims, [(MONDAY, 3), (FRIDAY, 4)])
    assert after(preview) == {"wednesday": 3, "friday": 4}
    assert told(preview)["wednesday"] == "short"


def test_a_book_is_shared_out_again(stock, act):
    """Its reservations are the claims; the preview becomes a command, and the book is as was shown."""
    book = act(stock, QuoteReservation, "R-1", 3, FRIDAY, "case-1")
    book = act(book, QuoteReservation, "R-2", 1, FRIDAY, "case-2")
    claims = claims_of(book, {"R-1": AllocationClass.FILL, "R-2": AllocationClass.WIN}, wanted={"R-2": 3})
    preview = allocate(claims, book.levels)
    assert after(preview) == {"R-1": 1, "R-2": 3}
    done = act(book, ReallocateReservations, preview.grants, reason="by class")
    assert {each.id: int(each.held) for each in done.live} == {"R-1": 1, "R-2": 3}
    assert [each.klass for each in claims_of(book, {})] == ["gain", "gain"]


@pytest.mark.parametrize(
    ("made", "code", "address"),
    [
        (lambda: claim("a", -1, "win"), "reallocation.negative", "/wanted"),
        (lambda: claim("a", 1, "win", -1), "reallocation.negative", "/confirmed"),
        (lambda: claim("a", 1, "first"), "code.unknown", "/klass"),
        (lambda: claim("a", 1, "win", rank=-1), "number.whole", "/rank"),
        (lambda: allocate([claim("a", 1, "win")] * 2, []), "reallocation.duplicate-claim", "/claims/0/id"),
        (lambda: allocate([1], []), "value.type", "/claims/0"),
        (lambda: AllocationPreview([1], 0, 0), "value.type", "/outcomes/0"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(made, code, address):
    """One fault, one code, one address."""
    with pytest.raises(InvalidValueError) as caught:
        made()
    assert [(each.code, each.address) for each in caught.value.findings] == [(code, address)]


def test_a_capacity_is_not_shared_out_so(machine):
    """What is given back is another question."""
    with pytest.raises(InvalidValueError) as caught:
        claims_of(machine, {})
    assert caught.value.code == "reallocation.capacity"
