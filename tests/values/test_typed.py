"""A part of another type is a finding, not an error from somewhere inside."""

from __future__ import annotations

from types import NoneType

import attrs
import pytest

from orderlib.errors import InvalidValueError
from orderlib.values.typed import pairs_of, tuple_of, type_check

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
