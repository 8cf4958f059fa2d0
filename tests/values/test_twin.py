"""Frozen values are copied through a mutable twin."""

from __future__ import annotations

import attrs
import pytest

from orderlib.values.twin import adder, changer, copier, maker, quick, sealer


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


@attrs.frozen
class Tally:
    names: tuple[str, ...]
    total: int = 0
    notes: list[str] = attrs.field(factory=list)
    by: str = attrs.field(default="nobody", kw_only=True)


def test_a_changed_instance_differs_in_the_fields_named():
    """New values come by position; the original is untouched."""
    old = Point(1, 2, 3)
    new = changer(Point, "b", "a")(old, 7, 8)
    assert (type(new), new, old) == (Point, Point(8, 7, 3), Point(1, 2, 3))


def test_a_changed_instance_forgets_its_hash():
    """A hash that was kept belongs to the old content."""
    old = Hashed(1)
    hash(old)
    assert hash(changer(Hashed, "a")(old, 2)) == hash(Hashed(2))


def test_only_fields_can_be_changed():
    """A name that is none is a programmer's mistake, found where the function is made."""
    with pytest.raises(TypeError, match="Point has no z"):
        changer(Point, "a", "z")


def test_what_is_added_comes_on_top():
    """The sum is asked for, unless nothing has been counted yet: then the other's part is taken as it is."""
    asked = []

    def add(old, new):
        asked.append((old, new))
        return old + new

    plus = adder(Tally, "total", "b", add)
    first = plus(Tally(("x",)), Point(1, 5))
    assert (first.total, asked) == (5, [])
    assert (plus(first, Point(1, 2)).total, asked) == (7, [(5, 2)])


def test_a_made_instance_equals_a_constructed_one():
    """With the constructor's own signature; a default that a factory makes is made anew each time."""
    make = maker(Tally)
    one, other = make(("x",)), make(("x",), 3, ["n"], by="mei")
    assert (one, other) == (Tally(("x",)), Tally(("x",), 3, ["n"], by="mei"))
    assert one.notes is not make(("x",)).notes
    with pytest.raises(TypeError):
        make(("x",), 3, [], "mei")


def test_a_maker_may_take_some_fields_only():
    """These alone, by position; all others take their defaults."""
    make = maker(Tally, "total", "names")
    assert make(3, ("x",)) == Tally(("x",), 3)
    assert maker(Point, "a")(1) == Point(1)
    with pytest.raises(TypeError):
        make(3, ("x",), ["n"])
    with pytest.raises(TypeError, match="names has no default"):
        maker(Tally, "total")


def test_a_made_instance_has_no_hash_yet():
    """It hashes as its own content does."""
    assert hash(maker(Hashed)(4)) == hash(Hashed(4))


def test_a_field_that_is_not_given_cannot_be_made():
    """Its value would come from the hook that a maker passes over."""

    @attrs.frozen
    class Derived:
        a: int
        twice: int = attrs.field(init=False)

    with pytest.raises(TypeError, match="twice is not given"):
        maker(Derived)


def test_a_quick_class_is_constructed_like_any_other():
    """Same signature, same values, as frozen as before."""

    @quick
    @attrs.frozen
    class Wide:
        a: int
        b: list[int] = attrs.field(factory=list)
        c: int = attrs.field(default=7, kw_only=True)

    wide = Wide(1)
    assert (type(wide), wide.a, wide.b, wide.c) == (Wide, 1, [], 7)
    assert wide == Wide(1, [], c=7) != Wide(a=1, b=[2], c=8)
    assert wide.b is not Wide(1).b
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        wide.a = 2
    with pytest.raises(TypeError):
        Wide()


def test_a_class_that_checks_cannot_be_quick():
    """Converters, validators and what is done afterwards would be passed over in silence."""

    @attrs.frozen
    class Converted:
        a: int = attrs.field(converter=int)

    @attrs.frozen
    class Validated:
        a: int = attrs.field(validator=attrs.validators.instance_of(int))

    @attrs.frozen
    class Completed:
        a: int

        def __attrs_post_init__(self):
            assert self.a

    for kind in (Converted, Validated, Completed):
        with pytest.raises(TypeError, match="checks what it is given"):
            quick(kind)
