"""Frozen values are copied through a mutable twin."""

from __future__ import annotations

import attrs
import pytest

from orderlib.values.twin import copier, sealer


@attrs.frozen
class Base:
    a: int


@attrs.frozen
class Point(Base):
    b: int = 0
    _c: int = 0


@attrs.frozen(cache_hash=True)
class Hashed:
    a: int


def test_a_copy_is_changed_and_sealed():
    """The result is of the frozen class, equal to one made by the constructor; the original is untouched."""
    copy, seal = copier(Point), sealer(Point)
    old = Point(1, 2, 3)
    twin = copy(old)
    twin.b = 5
    new = seal(twin)
    assert type(new) is Point
    assert new == Point(1, 5, 3)
    assert old == Point(1, 2, 3)


def test_what_is_sealed_is_frozen():
    """No attribute of it can be set or deleted any more."""
    new = sealer(Point)(copier(Point)(Point(1)))
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        new.a = 2
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        del new.a


def test_a_kept_hash_is_not_copied():
    """The copy hashes as its own content does."""
    old = Hashed(1)
    hash(old)
    twin = copier(Hashed)(old)
    twin.a = 2
    assert hash(sealer(Hashed)(twin)) == hash(Hashed(2))


def test_only_slotted_attrs_classes_have_twins():
    """Anything else has another layout, which a class cannot be changed into."""

    @attrs.define(slots=False)
    class Loose:
        a: int

    for kind in (Loose, int):
        with pytest.raises(TypeError):
            copier(kind)
