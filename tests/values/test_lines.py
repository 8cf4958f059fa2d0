"""`Lines` is an ordered, immutable collection that shares what does not change."""

from __future__ import annotations

import pickle

import attrs
import pytest

from orderlib.errors import InvalidValueError
from orderlib.values.lines import Lines


@attrs.frozen
class Thing:
    id: str
    size: int = 0


def things(*ids):
    """Members with these ids."""
    return [Thing(str(each)) for each in ids]


MANY = Lines(things(*range(200)))


def codes(error):
    """Code and address of every finding."""
    return [(each.code, each.address) for each in error.value.findings]


def test_members_keep_their_order_and_are_found_by_id():
    """Iterating gives the members, subscripting finds one."""
    lines = Lines(things("b", "a"))
    assert [each.id for each in lines] == ["b", "a"]
    assert lines.ids() == ("b", "a")
    assert lines["a"] == Thing("a")
    assert lines.get("a") == Thing("a")
    assert lines.require("a") == Thing("a")
    assert lines.index("a") == 1
    assert "a" in lines
    assert len(lines) == 2


def test_what_is_not_there_is_said_as_a_mapping_says_it():
    """Subscripting raises KeyError, `get` gives None, `require` raises the documented error."""
    lines = Lines(things("a"))
    assert lines.get("z") is None
    assert "z" not in lines
    for ask in (lines.__getitem__, lines.index):
        with pytest.raises(KeyError):
            ask("z")
    with pytest.raises(InvalidValueError) as caught:
        lines.require("z", "/x")
    assert codes(caught) == [("lines.unknown-id", "/x")]


def test_an_id_stands_once():
    """Every repetition is named by its place."""
    with pytest.raises(InvalidValueError) as caught:
        Lines(things("a", "b", "a", "a"))
    assert codes(caught) == [("lines.duplicate-id", "/2/id"), ("lines.duplicate-id", "/3/id")]


def test_lines_of_lines_are_the_same():
    """Making a collection of a collection costs nothing."""
    assert Lines(MANY) is MANY


def test_a_collection_does_not_change():
    """Attributes can be neither set nor deleted."""
    with pytest.raises(AttributeError):
        MANY._size = 3
    with pytest.raises(AttributeError):
        del MANY._size


def test_replacing_touches_one_chunk():
    """All other chunks are the same objects as before."""
    new = MANY.replace([Thing("70", 1)])
    assert new["70"].size == 1
    assert MANY["70"].size == 0
    assert [mine is theirs for mine, theirs in zip(MANY._chunks, new._chunks, strict=True)] == [True, False, True, True]


def test_replacing_several_in_one_chunk():
    """The chunk is copied once and takes all of them."""
    new = MANY.replace([Thing("1", 1), Thing("2", 2)])
    assert (new["1"].size, new["2"].size) == (1, 2)


def test_replacing_nothing_changes_nothing():
    """The same object comes back."""
    assert MANY.replace([]) is MANY
    assert MANY.add([]) is MANY
    assert MANY.without(["z"]) is MANY


def test_only_what_is_there_can_be_replaced():
    """An unknown id is an error, also one that a grown sibling has."""
    grown = MANY.add([Thing("new")])
    assert "new" in grown
    with pytest.raises(InvalidValueError) as caught:
        MANY.replace([Thing("new")])
    assert codes(caught) == [("lines.unknown-id", "")]


def test_update_applies_a_function():
    """Members are replaced by what the function makes of them."""
    new = MANY.update(["3", "5"], lambda each: attrs.evolve(each, size=9))
    assert [new["3"].size, new["4"].size, new["5"].size] == [9, 0, 9]


@pytest.mark.parametrize("size", [0, 1, 63, 64, 65, 130])
@pytest.mark.parametrize("more", [1, 2, 64, 70])
def test_adding_gives_the_same_as_making_anew(size, more):
    """Chunks fill up before new ones begin, whatever the sizes."""
    lines = Lines(things(*range(size))).add(things(*range(size, size + more)))
    whole = Lines(things(*range(size + more)))
    assert lines == whole
    assert hash(lines) == hash(whole)
    assert lines.ids() == whole.ids()


def test_what_grows_is_not_seen_by_what_it_grew_from():
    """The index is shared forwards; the older one looks no further than its length."""
    old = Lines(things("a"))
    new = old.add(things("b"))
    assert new._place is old._place
    assert "b" not in old
    assert old.get("b") is None
    assert list(old) == things("a")
    with pytest.raises(KeyError):
        old["b"]


def test_two_that_grow_from_one_part_there():
    """The second to grow gets an index of its own, unless it grows the same way."""
    root = Lines(things("a"))
    left = root.add(things("b"))
    right = root.add(things("c"))
    again = root.add([Thing("b", 7)])
    assert left.ids() == ("a", "b")
    assert right.ids() == ("a", "c")
    assert again["b"].size == 7
    assert left["b"].size == 0
    assert again._place is left._place
    assert "b" not in right
    assert right.add(things("b")).index("b") == 2


def test_adding_refuses_an_id_that_is_there():
    """Also one that stands twice among what is added; the collection stays usable."""
    root = Lines(things("a"))
    for added in (things("a"), things("b", "b")):
        with pytest.raises(InvalidValueError) as caught:
            root.add(added)
        assert caught.value.code == "lines.duplicate-id"
    assert root.add(things("c")).ids() == ("a", "c")


def test_removing_makes_a_new_collection():
    """What is not there is passed over."""
    assert Lines(things("a", "b", "c")).without(["b", "z"]).ids() == ("a", "c")


def test_changes_are_found_through_shared_chunks():
    """Only chunks that differ are compared."""
    new = MANY.replace([Thing("70", 1), Thing("71")])
    assert list(MANY.changed(new)) == [(Thing("70"), Thing("70", 1))]
    assert list(MANY.changed(MANY)) == []
    assert MANY.shares_with(new)


def test_changes_are_found_where_one_grew_from_the_other():
    """What was added has no partner on the other side."""
    new = MANY.add(things("x", "y"))
    assert list(MANY.changed(new)) == [(None, Thing("x")), (None, Thing("y"))]
    assert list(new.changed(MANY)) == [(Thing("x"), None), (Thing("y"), None)]
    assert not MANY.shares_with(new)


def test_changes_are_found_between_strangers():
    """Members are matched by id: changed, gone, new."""
    old, new = Lines(things("a", "b", "c")), Lines([Thing("b", 1), Thing("c"), Thing("d")])
    assert list(old.changed(new)) == [
        (Thing("a"), None),
        (Thing("b"), Thing("b", 1)),
        (None, Thing("d")),
    ]


def test_equality_is_by_content():
    """However it was made; a list is something else."""
    assert Lines(things("a", "b")) == Lines(things("a")).add(things("b"))
    assert Lines(things("a", "b")) != Lines(things("b", "a"))
    assert Lines(things("a")) != things("a")
    assert MANY.replace([Thing("3")]) == MANY


def test_the_hash_is_computed_once():
    """Equal collections hash alike."""
    twin = Lines(things(*range(200)))
    assert hash(MANY) == hash(twin)
    assert twin._hash == hash(MANY)
    assert hash(twin) == hash(MANY)


def test_a_short_collection_prints_its_members():
    """A long one says how many."""
    assert repr(Lines(things("a"))) == "Lines([Thing(id='a', size=0)])"
    assert repr(MANY) == "Lines(<200 members>)"


def test_a_pickle_brings_back_an_equal_collection():
    """The index is made anew."""
    assert pickle.loads(pickle.dumps(MANY)) == MANY


@pytest.mark.parametrize("members", [None, 5, [object()], ["abc"], [None]])
def test_only_members_with_an_id_stand_in_lines(members):
    """Anything else is a documented error, not one from inside."""
    with pytest.raises(InvalidValueError) as caught:
        Lines(members)
    assert caught.value.code == "lines.members"
