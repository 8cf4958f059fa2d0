"""Two values of any public type are compared place by place."""

from __future__ import annotations

import attrs
import pytest

from orderlib.values.compare import Change, differences
from orderlib.values.lines import Lines
from orderlib.values.money import Money


@attrs.frozen
class Part:
    id: str
    colour: str = "red"


@attrs.frozen
class Thing:
    parts: Lines[Part] = attrs.field(factory=Lines)
    tags: tuple[str, ...] = ()
    facts: dict[object, object] = attrs.field(factory=dict)
    price: Money | None = None
    seen: int = attrs.field(default=0, eq=False)


def places(before, after):
    """Every difference, as it is printed."""
    return [str(each) for each in differences(before, after)]


def test_what_is_equal_differs_nowhere():
    """Neither the same object nor an equal one differs."""
    thing = Thing(Lines([Part("1")]), ("a",), {"k": 1}, Money("5", "EUR"))
    assert places(thing, thing) == []
    assert places(thing, Thing(Lines([Part("1")]), ("a",), {"k": 1}, Money("5.00", "EUR"))) == []


def test_fields_are_compared_in_their_order():
    """The address is a JSON Pointer; fields that do not count for equality are passed over."""
    before, after = Thing(tags=("a",), price=Money("5", "EUR"), seen=1), Thing(tags=("b",), seen=2)
    assert list(differences(before, after)) == [
        Change("/tags/0", "a", "b"),
        Change("/price", Money("5", "EUR"), None),
    ]


def test_members_are_compared_by_id():
    """What was taken away, put in and altered, each under its id, wherever it stands."""
    before = Lines([Part("1"), Part("2"), Part("a/b~c")])
    after = Lines([Part("3"), Part("2", "blue"), Part("a/b~c", "green")])
    assert places(before, after) == [
        "/1: Part(id='1', colour='red') → None",
        "/2/colour: red → blue",
        "/a~1b~0c/colour: red → green",
        "/3: None → Part(id='3', colour='red')",
    ]


def test_entries_are_compared_by_key():
    """Keys come in the order of their text, and of their type where the text is the same."""
    before, after = {"b": 1, "gone": 2, 1: "x"}, {"b": 2, "1": "y", 1: "z"}
    assert places(before, after) == ["/1: x → z", "/1: None → y", "/b: 1 → 2", "/gone: 2 → None"]


def test_tuples_are_compared_by_position():
    """The longer one has something where the other has nothing, on either side."""
    assert places(("a", "b", "c"), ("a", "x")) == ["/1: b → x", "/2: c → None"]
    assert places((), ("a",)) == ["/0: None → a"]


@pytest.mark.parametrize(("before", "after"), [(1, "1"), (1, True), (Part("1"), Thing()), ({}, ()), (None, 0)])
def test_values_of_different_types_differ_as_a_whole(before, after):
    """Nobody looks into them, even where they happen to be equal."""
    assert list(differences(before, after, "/here")) == [Change("/here", before, after)]
