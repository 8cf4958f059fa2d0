"""Annotations find their shape, or say why they have none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, Generic, NewType, Optional, TypeVar, Union

import attrs
import pytest

from orderlib.errors import DocumentError
from orderlib.values.lines import Lines
from orderlib.values.money import Money
from orderlib.values.party import Party
from orderlib.wire.codec.codec import Codec
from orderlib.wire.codec.registry import Registry

if TYPE_CHECKING:
    from nowhere import Nothing

Count = NewType("Count", int)
T = TypeVar("T")
E_co = TypeVar("E_co", bound=StrEnum, covariant=True)
P = TypeVar("P", bound=Party)
ANY = TypeVar("ANY", int, str)


class Verdict(StrEnum):
    YES = "yes"


@attrs.frozen
class Judged(Generic[E_co]):
    outcome: E_co


@attrs.frozen
class JudgedOrder(Judged[Verdict]):
    score: int = 0


@attrs.frozen
class Pair(Generic[T]):
    left: T
    right: tuple[T, ...]


@attrs.frozen
class Twice(Pair[T], Generic[T]):
    middle: T | None = None


@attrs.frozen
class Members:
    count: Count = Count(1)
    named: Annotated[int, "an order's"] = 1
    several: Sequence[int] = ()
    set_of: AbstractSet[int] = frozenset()
    table: dict[Verdict, Optional[Decimal]] = attrs.field(factory=dict)  # noqa: UP045 - the old spelling is read too
    bare_list: list = attrs.field(factory=list)
    bare_dict: dict = attrs.field(factory=dict)
    bare_tuple: tuple = ()
    empty: tuple[()] = ()
    anything: Any | None = None
    party: P | None = None  # type: ignore[valid-type]
    either: ANY | None = None  # type: ignore[valid-type]
    loose: Union[int, Any] = 0  # noqa: UP007 - as above


@attrs.frozen
class Lost:
    what: Nothing


@attrs.frozen
class Complex:
    what: complex


@attrs.frozen
class BadTable:
    what: Mapping[int, str]


@attrs.frozen
class BadUnion:
    what: Decimal | Verdict


@attrs.frozen
class BadRecords:
    what: Mapping[str, int] | Judged[Any]


@attrs.frozen
class HasType:
    type: str


@attrs.frozen
class Other:
    x: int = 0


@attrs.frozen
class BadReserved:
    what: HasType | Other


@attrs.frozen
class BadTwice:
    what: Pair[int] | Pair[str]


CODEC = Codec(Registry(known=(Verdict,)))


def test_every_way_to_annotate_is_understood():
    """New types, annotated types, abstract collections, bare collections, old unions."""
    data = {
        "count": 2,
        "several": [1],
        "set_of": [2, 3],
        "table": {"yes": None},
        "bare_list": [1, "x"],
        "bare_dict": {"a": [True]},
        "bare_tuple": [None],
        "empty": [],
        "anything": 5,
        "either": "x",
        "loose": "y",
    }
    made = CODEC.structure(Members, data)
    assert made == Members(
        Count(2),
        1,
        (1,),
        frozenset({2, 3}),
        {Verdict.YES: None},
        [1, "x"],
        {"a": (True,)},
        (None,),
        (),
        5,
        None,
        "x",
        "y",
    )
    assert CODEC.structure(Members, CODEC.unstructure(made)) == made


def test_a_named_alias_is_looked_through():
    """As a `type` statement makes it in newer versions of Python."""

    class Alias:
        __value__ = tuple[int, ...]

    assert CODEC.structure(Alias(), [1]) == (1,)


def test_a_bound_says_which_record():
    """A type variable with an attrs class as bound is read as that class."""
    assert CODEC.structure(Members, {"party": {"id": "P"}}).party == Party("P")


def test_type_variables_are_filled_in():
    """By the arguments of an alias, and by the base of a subclass; an open one carries tags."""
    assert CODEC.structure(Judged[Verdict], {"outcome": "yes"}) == Judged(Verdict.YES)
    assert CODEC.structure(JudgedOrder, {"outcome": "yes"}) == JudgedOrder(Verdict.YES)
    assert CODEC.structure(Twice[int], {"left": 1, "right": [2], "middle": 3}) == Twice(1, (2,), 3)
    open_form = {"outcome": {"type": "verdict", "v": 1, "value": "yes"}}
    assert CODEC.unstructure(Judged(Verdict.YES)) == open_form
    assert CODEC.structure(Judged, open_form) == Judged(Verdict.YES)


@pytest.mark.parametrize(
    ("cls", "message"),
    [
        (Lost, "Nothing"),
        (Complex, "complex"),
        (BadTable, "keys of"),
        (BadUnion, "told apart"),
        (BadRecords, "told apart"),
        (BadReserved, "called type or v"),
        (BadTwice, "stands for two classes"),
        (type[int], "no JSON form"),
        ("forward", "no JSON form"),
    ],
)
def test_what_has_no_form_says_so(cls, message):
    """A programmer's mistake is a TypeError that names it, each time it is asked for."""
    for _ in range(2):
        with pytest.raises(TypeError, match=message):
            CODEC.structure(cls, {})


def test_an_enumeration_without_members_is_only_a_name():
    """Where any enumeration is declared, the value's tag says which one it is."""
    written = CODEC.unstructure(Verdict.YES, StrEnum)
    assert written == {"type": "verdict", "v": 1, "value": "yes"}
    assert CODEC.structure(StrEnum, written) is Verdict.YES


def test_a_registered_class_without_a_form_cannot_be_named():
    """A document that names it gets a finding, not a crash; a value of it is not written."""
    codec = Codec(Registry(known=(Complex,)))
    with pytest.raises(DocumentError) as caught:
        codec.structure(object, {"type": "binary", "v": 1, "value": {"what": "x"}})
    assert caught.value.code == "json.unknown-tag"
    with pytest.raises(DocumentError) as caught:
        codec.unstructure(Complex(1j), object)
    assert caught.value.code == "json.unknown-class"


def test_a_tagged_class_whose_set_has_no_form_is_a_mistake_each_time():
    """A set that could not be resolved is not remembered half-made."""
    codec = Codec(Registry((Complex,)))
    for _ in range(2):
        with pytest.raises(TypeError, match="complex"):
            codec.structure(Complex, {})


@pytest.mark.parametrize(
    ("hint", "known"),
    [
        (int, True),
        (tuple[complex, ...], True),
        (Lines[Party], True),
        (Verdict, True),
        (Count, True),
        (Money, True),
        (Judged[Any], True),
        (int | None, True),
        (bytes, True),
        (complex, False),
        (Codec, False),
    ],
)
def test_a_codec_tells_what_it_knows(hint, known):
    """A type is known by its own form; what it holds is looked at when it is used."""
    assert CODEC.knows(hint) is known


@pytest.mark.parametrize(
    ("hint", "said"),
    [
        (int | None, "integer or null"),
        (str | int, "string or integer"),
        (Judged[Any] | str, "string or object"),
        (float, "number"),
        (bool, "boolean"),
        (object, "value"),
    ],
)
def test_findings_say_what_was_expected(hint, said):
    """In JSON's own words."""
    from orderlib.wire.codec.resolve import expected

    assert expected(CODEC._resolver.shape(hint)) == said
