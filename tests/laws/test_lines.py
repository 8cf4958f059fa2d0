"""`Lines` behaves as a list of members would, and no version ever changes."""

from __future__ import annotations

import attrs
from hypothesis import given
from hypothesis import strategies as st

from orderlib.errors import InvalidValueError
from orderlib.values.lines import Lines


@attrs.frozen
class Thing:
    id: str
    size: int


THINGS = st.builds(Thing, st.integers(0, 90).map(str), st.integers(0, 2))
MANY = st.lists(THINGS, max_size=70, unique_by=lambda thing: thing.id)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["add", "replace", "without"]),
        st.integers(0, 99),
        st.lists(THINGS, max_size=5, unique_by=lambda thing: thing.id),
    ),
    max_size=12,
)


def replaced(members, new):
    """A list with members in the places of those that had their ids, or None where one has none."""
    by_id = {thing.id: thing for thing in new}
    if not by_id.keys() <= {thing.id for thing in members}:
        return None
    return [by_id.get(thing.id, thing) for thing in members]


def model(members, verb, new):
    """What a list makes of the same step; None where the step is refused."""
    if verb == "replace":
        return replaced(members, new)
    if verb == "without":
        gone = {thing.id for thing in new}
        return [thing for thing in members if thing.id not in gone]
    if {thing.id for thing in new} & {thing.id for thing in members}:
        return None
    return [*members, *new]


def step(lines, verb, new):
    """The step on the real collection; None where it is refused."""
    try:
        return getattr(lines, verb)([thing.id for thing in new] if verb == "without" else new)
    except InvalidValueError:
        return None


def agree(lines, members):
    """Whether the collection is what the list says, in every way of asking."""
    assert list(lines) == members
    assert len(lines) == len(members)
    assert lines.ids() == tuple(thing.id for thing in members)
    assert lines == Lines(members)
    assert hash(lines) == hash(Lines(members))
    for number in range(91):
        line_id = str(number)
        found = next((thing for thing in members if thing.id == line_id), None)
        assert lines.get(line_id) == found
        assert (line_id in lines) == (found is not None)
        if found is not None:
            assert members[lines.index(line_id)] is lines[line_id]


@given(MANY, STEPS)
def test_every_version_of_a_collection_stays_what_it_was(start, steps):
    """Steps begin at any earlier version, so that indexes are shared, parted and shared again."""
    versions = [(Lines(start), start)]
    for verb, which, new in steps:
        lines, members = versions[which % len(versions)]
        ours, theirs = step(lines, verb, new), model(members, verb, new)
        assert (ours is None) == (theirs is None)
        if ours is not None:
            versions.append((ours, theirs))
    for lines, members in versions:
        agree(lines, members)


@given(MANY, STEPS, st.integers(0, 99), st.integers(0, 99))
def test_changes_between_any_two_versions_are_complete(start, steps, one, other):
    """What differs is named, what does not is not, however much the two share."""
    versions = [Lines(start)]
    for verb, which, new in steps:
        after = step(versions[which % len(versions)], verb, new)
        versions += [] if after is None else [after]
    mine, theirs = versions[one % len(versions)], versions[other % len(versions)]
    expected = {
        key: (mine.get(key), theirs.get(key))
        for key in {*mine.ids(), *theirs.ids()}
        if mine.get(key) != theirs.get(key)
    }
    found = list(mine.changed(theirs))
    assert len(found) == len(expected)
    assert {(a or b).id: (a, b) for a, b in found} == expected
