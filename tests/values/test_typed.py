"""A part of another type is a finding, not an error from somewhere inside."""

from __future__ import annotations

from types import NoneType
from typing import Any

import attrs
import pytest

from orderlib.errors import InvalidValueError
from orderlib.values.typed import (
    couples_of,
    declared_check,
    pairs_of,
    texts_of,
    tuple_of,
    type_check,
    values_of,
)

check_pair = type_check(("left", int), ("right", (str, NoneType)))


@attrs.frozen
class Pair:
    left: object
    right: object = None

    def __attrs_post_init__(self):
        check_pair(self)


def told(make):
    """Address and message of everything that the call refuses."""
    with pytest.raises(InvalidValueError) as caught:
        make()
    assert {each.code for each in caught.value.findings} == {"value.type"}
    return [(each.address, each.message()) for each in caught.value.findings]


def test_every_part_of_another_type_is_named():
    """All of them, with what is needed and what was given."""
    assert Pair(1, "a").right == "a"
    assert told(lambda: Pair("x", 2)) == [
        ("/left", "int is needed here, not str"),
        ("/right", "str or None is needed here, not int"),
    ]


def test_what_has_passed_once_passes_again():
    """Also what derives from the type; what has not passed is refused each time."""
    assert Pair(True).left is True
    assert Pair(True).left is True
    for _ in range(2):
        assert len(told(lambda: Pair("x"))) == 1


def test_many_of_one_type_become_a_tuple():
    """Of any iterable."""
    assert tuple_of(int, ()) == ()
    assert tuple_of(int, [1, 2]) == (1, 2)
    assert tuple_of(int, (each for each in (3, 4))) == (3, 4)


@pytest.mark.parametrize(
    ("given", "address"), [(None, "/x"), (5, "/x"), ("text", "/x"), ([1, "2"], "/x/1"), ([None], "/x/0")]
)
def test_what_is_not_many_of_one_type_is_refused(given, address):
    """Text is not many of anything; the first stranger is named."""
    assert told(lambda: tuple_of(int, given, "/x"))[0][0] == address


def test_pairs_are_two_texts_each():
    """Lists will do; three do not."""
    assert pairs_of([["a", "b"]]) == (("a", "b"),)
    assert told(lambda: pairs_of([("a", "b", "c")], "/x")) == [("/x/0", "a pair of str is needed here, not 3 of them")]
    assert told(lambda: pairs_of(["ab"], "/x"))[0][0] == "/x/0"
    assert told(lambda: pairs_of([("a", 1)], "/x"))[0][0] == "/x/0/1"


@attrs.frozen
class Declared:
    """A class whose fields say what they are, one of them by a name that nobody knows at run time."""

    count: int
    word: str | None
    many: tuple[int, ...]
    unknown: Nowhere  # type: ignore[name-defined] # noqa: F821
    anything: Any = None
    converted: int = attrs.field(default=0, converter=int)


def test_a_class_is_checked_by_what_it_declares():
    """Classes, unions of them and the outside of containers; not what converts, nor what may be anything."""
    check = declared_check(Declared)
    check(Declared(1, None, (), object(), object()))
    assert told(lambda: check(Declared("1", 2, [3], None))) == [
        ("/count", "int is needed here, not str"),
        ("/word", "str or None is needed here, not int"),
        ("/many", "tuple is needed here, not list"),
    ]


def test_a_class_that_declares_nothing_to_check_passes():
    """There is nothing that could be wrong."""
    declared_check(attrs.make_class("Nothing", []))(object())


def test_couples_have_a_type_on_either_side():
    """Each side is told apart."""
    assert couples_of(str, int, [("a", 1)]) == (("a", 1),)
    assert told(lambda: couples_of(str, int, [("a", 1), ("b", "2")], "/x"))[0][0] == "/x/1/1"
    assert told(lambda: couples_of(str, int, [(1, 1)], "/x"))[0] == ("/x/0/0", "str is needed here, not int")
    assert (
        told(lambda: couples_of(str, int, [("a",)], "/x"))[0][1]
        == "a pair of str and int is needed here, not 1 of them"
    )


def test_a_mapping_becomes_a_dict_of_one_type():
    """What is no mapping is refused, and so is a value of another type."""
    assert values_of(int, {"a": 1}) == {"a": 1}
    assert texts_of({"a": "b"}) == {"a": "b"}
    assert told(lambda: values_of(int, [("a", 1)], "/x"))[0] == ("/x", "int by name is needed here, not list")
    assert told(lambda: texts_of({"a": 1}, "/x"))[0][0] == "/x/0/1"
