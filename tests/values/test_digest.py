"""The same content gives the same fingerprint, and other content another."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum, StrEnum
from fractions import Fraction

import attrs
import pytest

from orderlib.desk.clocks import ResponseClocks
from orderlib.errors import InvalidValueError
from orderlib.values.digest import digest
from orderlib.values.lines import Lines
from orderlib.values.money import Money
from orderlib.values.quantity import Quantity


class Colour(StrEnum):
    RED = "red"


class Plain(Enum):
    ONE = 1


@attrs.frozen
class Part:
    id: str
    colour: str = "red"
    seen: int = attrs.field(default=0, eq=False)


SOME = [
    None,
    True,
    0,
    1,
    Decimal(1),
    Fraction(1, 3),
    "",
    "1",
    date(2026, 3, 2),
    datetime(2026, 3, 2),  # noqa: DTZ001 - a value like any other
    timedelta(days=1),
    (),
    ("a",),
    (("a",),),
    ("a", "b"),
    {},
    {"a": 1},
    {"a": "1"},
    {1: 1},
    {1: "a", "1": "b"},
    {1: "b", "1": "a"},
    frozenset({"a"}),
    frozenset({"a", "b"}),
    Part("1"),
    Part("1", "blue"),
    Lines([Part("1")]),
    Money("1", "EUR"),
    Money("1", "USD"),
    Quantity(1, "C62"),
]


def test_different_values_have_different_digests():
    """None of these is taken for another one."""
    assert len({digest(value) for value in SOME}) == len(SOME)
    assert all(len(digest(value)) == 64 for value in SOME)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
        ({1: "a", "1": "b"}, {"1": "b", 1: "a"}),
        ({"a", "b", "c"}, frozenset({"c", "b", "a"})),
        (["a"], ("a",)),
        (Colour.RED, "red"),
        (Part("1", seen=1), Part("1", seen=2)),
        (Money("1", "EUR"), Money("1.00", "EUR")),
    ],
)
def test_the_same_content_has_the_same_digest(one, other):
    """Neither the order of entries, nor the kind of container, nor what does not count for equality matters."""
    assert digest(one) == digest(other)


def test_the_digest_is_the_same_everywhere():
    """It is written into records, so it may not change from one release to the next."""
    assert digest((None, "ä", {"k": Decimal("1.5")})).startswith("a0ae2ececb98")


@pytest.mark.parametrize("value", [b"bytes", object(), Plain.ONE, print, ResponseClocks(), int])
def test_what_is_no_value_has_none(value):
    """A finding names its type."""
    with pytest.raises(InvalidValueError) as caught:
        digest(value)
    (finding,) = caught.value.findings
    assert (finding.code, dict(finding.evidence)) == ("digest.kind", {"kind": type(value).__qualname__})
