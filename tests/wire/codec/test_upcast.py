"""Steps from version to version are chained when a registry is made."""

from __future__ import annotations

import pytest

from orderlib.wire.codec.upcast import Upcaster, chain


def same(members):
    """A step that changes nothing."""
    return members


def test_steps_are_chained_to_the_newest():
    """From every old version there is a way, across a new name too."""
    first, second, third = (
        Upcaster("a", 1, same),
        Upcaster("a", 2, same, to_tag="b", to_version=1),
        Upcaster("b", 1, same),
    )
    ways = chain((third, first, second), [("b", 2)])
    assert ways == {("a", 1): (first, second, third), ("a", 2): (second, third), ("b", 1): (third,)}


@pytest.mark.parametrize(
    "upcasters",
    [
        (Upcaster("a", 1, same), Upcaster("a", 1, same)),
        (Upcaster("a", 2, same),),
        (Upcaster("a", 0, same),),
        (Upcaster("a", 1, same, to_tag="b", to_version=1), Upcaster("b", 1, same, to_tag="a", to_version=1)),
    ],
    ids=["twice", "from the newest", "leads nowhere", "in a circle"],
)
def test_steps_that_do_not_arrive_are_a_mistake(upcasters):
    """A chain with a hole is found when the registry is made, not when a record is read."""
    with pytest.raises(ValueError, match="upcaster from"):
        chain(upcasters, [("a", 2)])
