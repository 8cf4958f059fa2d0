"""The closed set of classes: tags, versions, what is refused at once."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, ClassVar

import attrs
import pytest

from orderlib.wire.codec.registry import NO_CLASSES, Registry, tag_of, version_of
from orderlib.wire.codec.upcast import Upcaster, UpcastError


class Mode(StrEnum):
    ON = "on"


@attrs.frozen
class Happened:
    pass


@attrs.frozen
class ThingHappened(Happened):
    version: ClassVar[int] = 2


@attrs.frozen
class UBLThingHappened(Happened):
    tag: ClassVar[str] = "ubl-thing"
    version: ClassVar[str] = "two"


@attrs.frozen
class Typed:
    type: str


@attrs.frozen
class MoreTyped(Typed):
    more: int = 0


@pytest.mark.parametrize(
    ("name", "tag"),
    [("OrderReceived", "order-received"), ("UBLOrder", "ubl-order"), ("A", "a"), ("Order2Sent", "order2-sent")],
)
def test_a_tag_is_the_name_in_kebab_case(name, tag):
    """Humps become hyphens, acronyms stay together."""
    assert tag_of(type(name, (), {})) == tag


def test_a_class_may_name_its_tag_and_version():
    """Class attributes decide; what is no integer is no version."""
    assert (tag_of(UBLThingHappened), version_of(UBLThingHappened)) == ("ubl-thing", 1)
    assert version_of(ThingHappened) == 2


def test_a_registry_finds_by_tag_and_by_base():
    """Tagged classes are found under their base, known ones by name only."""
    registry = Registry((ThingHappened, UBLThingHappened), known=(Mode, Typed))
    assert registry.classes["mode"] is Mode
    assert registry.closed_set(Happened) == (ThingHappened, UBLThingHappened)
    assert registry.closed_set(Typed) == ()
    assert registry.always == {"thing-happened", "ubl-thing"}
    assert registry.knows(Typed)
    assert not registry.knows(Happened)
    assert repr(registry) == "Registry(4 classes, 0 older versions)"
    assert NO_CLASSES.classes == {}


def test_known_classes_form_a_set_under_their_base():
    """A base without fields is only a name; one with fields may stand for itself."""
    registry = Registry(known=(Happened, ThingHappened, Typed, MoreTyped))
    assert registry.closed_set(Happened) == (ThingHappened,)
    assert registry.closed_set(Typed) == (Typed, MoreTyped)
    assert registry.closed_set(MoreTyped) == ()


def test_two_classes_with_one_tag_are_a_mistake():
    """A tag means one class."""
    other: Any = type("Mode", (), {})
    with pytest.raises(ValueError, match="same tag 'mode'"):
        Registry(known=(Mode, other))


def test_a_registry_may_give_other_names():
    """Where two classes share a word, one of them gets another."""
    other: Any = type("Mode", (), {})
    registry = Registry(known=(Mode, other), names={other: "their.mode"})
    assert registry.classes == {"mode": Mode, "their.mode": other}
    assert registry.tag(other) == "their.mode"
    assert registry.extended().classes == registry.classes


def test_a_tagged_class_leaves_the_two_keys_free():
    """Fields called type or v would hide the tag."""
    with pytest.raises(ValueError, match="fields called"):
        Registry((Typed,))


def test_a_registry_can_be_extended():
    """An application adds its classes and steps; the first registry stays as it was."""
    first = Registry((ThingHappened,), known=(Mode,), upcasters=(Upcaster("thing-happened", 1, dict),))
    more = first.extended(
        (UBLThingHappened,), known=(Typed,), upcasters=(Upcaster("old", 1, dict, to_tag="typed", to_version=1),)
    )
    assert set(more.classes) == {"thing-happened", "ubl-thing", "mode", "typed"}
    assert dict(more.old_tags()) == {("thing-happened", 1): ("thing-happened", 2), ("old", 1): ("typed", 1)}
    assert set(first.classes) == {"thing-happened", "mode"}


def test_upcasting_follows_the_steps():
    """Members go through each step; what is current comes back as it is."""
    registry = Registry(
        (ThingHappened,), upcasters=(Upcaster("thing-happened", 1, lambda members: {**members, "x": 1}),)
    )
    assert registry.upcast(("thing-happened", 1), {"a": 0}) == (("thing-happened", 2), {"a": 0, "x": 1})
    assert registry.upcast(("thing-happened", 2), {}) == (("thing-happened", 2), {})
    assert registry.upcast(("elsewhere", 1), {}) == (("elsewhere", 1), {})


@pytest.mark.parametrize("function", [lambda members: members["gone"], lambda members: None])
def test_a_step_that_fails_says_which(function):
    """An old record that lacks what its upcaster needs is told apart from a current one."""
    registry = Registry((ThingHappened,), upcasters=(Upcaster("thing-happened", 1, function),))
    with pytest.raises(UpcastError, match="thing-happened"):
        registry.upcast(("thing-happened", 1), {})
