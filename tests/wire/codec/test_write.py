"""Writers refuse what would be lost, and write equal values alike."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import attrs
import pytest

from orderlib.errors import DocumentError
from orderlib.values.money import Money
from orderlib.values.quantity import Quantity
from orderlib.wire.codec.codec import Codec
from orderlib.wire.codec.registry import Registry


@attrs.frozen
class Base:
    one: int = 1


@attrs.frozen
class Derived(Base):
    two: int = 2


@attrs.frozen
class Holder:
    base: Base
    pairs: tuple[tuple[Base, Base | None], ...] = ()
    nested: tuple[tuple[int, ...], ...] = ()
    amounts: tuple[Money | None, ...] = ()
    counts: tuple[Quantity, ...] = ()
    numbers: tuple[Decimal, ...] = ()
    table: Mapping[str, Mapping[str, Base]] = attrs.field(factory=dict)
    point: tuple[Base, int] = (Base(), 0)
    sets: frozenset[tuple[int, int]] = frozenset()
    choice: Base | str | None = None
    deep: Holder | None = None


HOLDER = Holder(
    Base(2),
    ((Base(3), None), (Base(4), Base(5))),
    ((), (1, 2)),
    (None, Money("1.10", "EUR")),
    (Quantity("1.5"),),
    (Decimal("10.10"), Decimal(7)),
    MappingProxyType({"b": {}, "a": {"x": Base()}}),
    (Base(6), 2),
    frozenset({(2, 1), (1, 2)}),
    Base(9),
    Holder(Base(), deep=Holder(Base(), deep=Holder(Base(), deep=Holder(Base(8))))),
)
CODEC = Codec()


def test_nested_records_arrays_and_tables_survive():
    """In place, in arrays, in pairs, in tables, within themselves."""
    assert CODEC.loads(Holder, CODEC.dumps(HOLDER)) == attrs.evolve(HOLDER, table=dict(HOLDER.table))


def test_sets_and_tables_are_written_in_one_order():
    """The order of a mapping or of a set does not show."""
    turned = attrs.evolve(HOLDER, table={"a": {"x": Base()}, "b": {}}, sets=frozenset({(1, 2), (2, 1)}))
    assert CODEC.dumps(turned) == CODEC.dumps(HOLDER)
    assert CODEC.unstructure(HOLDER)["sets"] == [[1, 2], [2, 1]]


@pytest.mark.parametrize(
    "value", [Holder(Derived()), Holder(Base(), ((Derived(), None),)), Holder(Base(), choice=Derived())]
)
def test_a_subclass_in_the_place_of_a_record_is_refused(value):
    """What it adds would be lost without a word."""
    with pytest.raises(DocumentError) as caught:
        CODEC.unstructure(value)
    assert caught.value.code == "json.unknown-class"


@pytest.mark.parametrize("value", [b"x", {1}, Base(), object(), [Base()]])
def test_only_public_values_stand_in_open_places(value):
    """What no registry knows cannot be read back, so it is not written."""
    with pytest.raises(DocumentError) as caught:
        CODEC.unstructure(value, object)
    assert caught.value.code == "json.unknown-class"


def test_a_union_writes_its_plain_members():
    """A text, a number or a tagged record, as the value is."""
    written: Any = CODEC.unstructure(Holder(Base(), choice="x"))
    assert written["choice"] == "x"
    assert CODEC.structure(Holder, written).choice == "x"
    assert CODEC.unstructure(HOLDER)["choice"] == {"type": "base", "v": 1, "one": 9}


def test_a_registered_subclass_is_written_with_its_tag():
    """Where a registry knows the subclasses of a class, each stands with its own tag."""
    codec = Codec(Registry((Base, Derived)))
    value = Holder(Derived(1, 3))
    assert codec.unstructure(value)["base"] == {"type": "derived", "v": 1, "one": 1, "two": 3}
    assert codec.structure(Holder, codec.unstructure(value)) == value
