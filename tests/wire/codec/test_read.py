"""Fast readers take and give what the slow walk takes and gives."""

from __future__ import annotations

from typing import Any, ClassVar, Self

import attrs
import pytest

from orderlib.errors import DocumentError
from orderlib.wire.codec.codec import Codec
from orderlib.wire.codec.explain import Explainer

CALLS: list[str] = []


def doubled(value: int) -> int:
    """A converter that shows how often it ran."""
    return value * 2


def checked(_instance: Any, _attribute: Any, value: int) -> None:
    """A validator that keeps account."""
    CALLS.append(f"check {value}")
    if value > 100:
        raise ValueError("too much")


@attrs.frozen
class Filled:
    """Filled directly: converters, validators and post-init run as in the constructor."""

    first: int = attrs.field(converter=doubled, validator=checked)
    second: list[int] = attrs.field(factory=list, converter=list)
    third: int = attrs.field(default=5, converter=doubled)

    def __attrs_post_init__(self) -> None:
        CALLS.append("post")
        object.__setattr__(self, "second", [*self.second, 0])


@attrs.frozen
class Empty:
    pass


@attrs.define(slots=False)
class Open:
    """Goes through its constructor: it has no slots."""

    one: int
    two: str = attrs.field(default="x", kw_only=True)
    three: int = 3


@attrs.frozen(init=False)
class OwnInit:
    one: int
    two: int = 2

    def __init__(self, one: int, two: int = 2) -> None:
        self.__attrs_init__(one + 1, two)


@attrs.frozen
class Private:
    _hidden: int
    derived: int = attrs.field(init=False, default=7)


@attrs.frozen(cache_hash=True)
class Hashed:
    one: int


@attrs.frozen
class SelfMade:
    one: int
    two: int = attrs.field(default=attrs.Factory(lambda self: self.one + 1, takes_self=True))


@attrs.frozen
class Whole:
    one: int = attrs.field(converter=attrs.Converter(lambda value, _self: value, takes_self=True))  # type: ignore[call-overload]


@attrs.frozen
class Started:
    one: int

    def __attrs_pre_init__(self) -> None:
        """Keeps account, too."""
        CALLS.append("pre")


@attrs.frozen
class Counted:
    made: ClassVar[int] = 0
    one: int = 0

    def __new__(cls, *_: Any, **__: Any) -> Self:
        """Counts."""
        Counted.made += 1
        return object.__new__(cls)


@attrs.frozen
class Watching:
    seen: ClassVar[list[type]] = []
    one: int = 0

    def __init_subclass__(cls) -> None:
        """Keeps account of the classes."""
        Watching.seen.append(cls)


CASES: list[tuple[Any, Any]] = [
    (Filled, {"first": 1, "second": [4], "third": 2}),
    (Filled, {"first": 1}),
    (Empty, {}),
    (Open, {"one": 1, "two": "y", "three": 4}),
    (Open, {"one": 1, "three": 4}),
    (OwnInit, {"one": 1, "two": 5}),
    (OwnInit, {"one": 1}),
    (Private, {"hidden": 4}),
    (Hashed, {"one": 1}),
    (SelfMade, {"one": 1}),
    (SelfMade, {"one": 1, "two": 5}),
    (Whole, {"one": 1}),
    (Started, {"one": 1}),
    (Counted, {}),
    (Watching, {"one": 2}),
]


@pytest.mark.parametrize(("cls", "data"), CASES)
def test_a_record_is_what_its_constructor_makes(cls, data):
    """Whether filled or constructed, fast or slow, the value is the same and of the very class."""
    codec = Codec()
    made = codec.structure(cls, data)
    assert made == cls(**data)
    assert type(made) is cls
    assert made == Explainer(codec._resolver, codec._readers, codec.limits).read(codec._resolver.shape(cls), data)


def test_filling_runs_everything_that_constructing_runs():
    """Nothing that a class checks is passed over."""
    CALLS.clear()
    Filled(3)
    constructed = list(CALLS)
    CALLS.clear()
    Codec().structure(Filled, {"first": 3})
    assert constructed == CALLS == ["check 6", "post"]
    with pytest.raises(DocumentError) as caught:
        Codec().structure(Filled, {"first": 60})
    assert [(each.code, each.address) for each in caught.value.findings] == [("json.invalid-value", "")]


def test_filling_leaves_a_frozen_value():
    """What comes out cannot be written to."""
    made = Codec().structure(Filled, {"first": 3})
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        made.first = 4  # type: ignore[misc]


def test_classes_that_watch_their_subclasses_see_none():
    """A class that keeps account of its subclasses is constructed, not filled."""
    Codec().structure(Watching, {})
    assert Watching.seen == []


def test_defaults_are_made_anew():
    """Two records that leave a list out do not share it."""
    codec = Codec()
    one, other = codec.structure(Filled, {"first": 1}), codec.structure(Filled, {"first": 1})
    assert one.second is not other.second


@pytest.mark.parametrize("cls", [Filled, Open, Empty])
@pytest.mark.parametrize("data", [{"first": 1, "x": 1}, {"x": 1}, {"one": 1, "x": 2, "three": 1}, [], "first", 5, None])
def test_what_does_not_fit_is_never_taken(cls, data):
    """Unknown keys, missing keys and other kinds of values, whichever way the class is made."""
    with pytest.raises(DocumentError):
        Codec().structure(cls, data)


def test_without_a_global_lock_everything_is_constructed(monkeypatch):
    """Where threads run freely no half-made instance changes its class."""
    from orderlib.wire.codec import fill

    assert fill.draft_of(Filled) is not None
    monkeypatch.setattr(fill, "_NO_LOCK", True)
    assert fill.draft_of(Filled) is None
    codec = Codec()
    assert codec.structure(Filled, {"first": 1}) == Filled(1)
    assert codec.structure(Filled, {"first": 1, "second": [1], "third": 3}) == Filled(1, [1], 3)
