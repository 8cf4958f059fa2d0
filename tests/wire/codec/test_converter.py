"""An application's own classes and hooks go together with the library's."""

from __future__ import annotations

import dataclasses
from collections import deque
from typing import Any

import attrs
import cattrs
import pytest

from orderlib.errors import DocumentError
from orderlib.values.money import Money
from orderlib.wire.codec.converter import StrictConverter, make_converter
from orderlib.wire.codec.registry import Registry
from orderlib.wire.limits import Limits


class Coordinates:
    """A class that nothing here knows."""

    def __init__(self, north: int, east: int) -> None:
        self.both = (north, east)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Coordinates) and self.both == other.both

    __hash__ = None  # type: ignore[assignment]


@dataclasses.dataclass
class Crate:
    """Read by cattrs itself, its fields by the codec."""

    size: int
    worth: Money
    parts: list[Money]


@attrs.frozen
class Site:
    name: str
    at: Coordinates
    crate: Crate | None = None
    way: tuple[Coordinates, ...] = ()
    queue: deque[int] = attrs.field(factory=deque)


@attrs.frozen
class Temperature:
    degrees: int


SITE = Site(
    "dam", Coordinates(1, 2), Crate(1, Money("1", "EUR"), [Money("2", "EUR")]), (Coordinates(3, 4),), deque([5])
)
WRITTEN = {
    "name": "dam",
    "at": [1, 2],
    "crate": {
        "size": 1,
        "worth": {"amount": "1.00", "currency": "EUR"},
        "parts": [{"amount": "2.00", "currency": "EUR"}],
    },
    "way": [[3, 4]],
    "queue": [5],
}


def read_coordinates(data: Any, _: Any) -> Coordinates:
    """A hook as an application writes it."""
    north, east = data
    return Coordinates(north, east)


@pytest.fixture
def converter() -> StrictConverter:
    """A converter with one hook of the application's."""
    made = make_converter()
    made.register_structure_hook(Coordinates, read_coordinates)
    made.register_unstructure_hook(Coordinates, lambda value: list(value.both))
    return made


def test_own_classes_mix_with_the_librarys(converter):
    """An attrs class holds a foreign class and a dataclass, which holds money."""
    assert converter.unstructure(SITE) == WRITTEN
    assert converter.structure(WRITTEN, Site) == SITE
    assert converter.codec.loads(Site, converter.codec.dumps(SITE)) == SITE


def test_faults_keep_their_addresses_through_foreign_hooks(converter):
    """What an application's hook, or cattrs itself, refuses is told with the others."""
    data = {
        "name": 1,
        "at": [1],
        "crate": {"size": True, "worth": {"amount": "1.005", "currency": "EUR"}, "parts": [3], "x": 1},
        "way": [[1, 2], 7],
        "queue": [1, "x"],
    }
    with pytest.raises(DocumentError) as caught:
        converter.structure(data, Site)
    found = {(each.code, each.address) for each in caught.value.findings}
    assert {
        ("json.wrong-type", "/name"),
        ("json.invalid-value", "/at"),
        ("json.wrong-type", "/crate/size"),
        ("money.too-fine", "/crate/worth/amount"),
        ("json.wrong-type", "/crate/parts/0"),
        ("json.invalid-value", "/way/1"),
        ("json.wrong-type", "/queue/1"),
    } <= found


def test_a_dataclass_at_the_top_goes_through_the_codec_or_through_cattrs(converter):
    """The codec gives one documented error; cattrs raises its own group around ours."""
    with pytest.raises(DocumentError) as caught:
        converter.codec.structure(Crate, {"size": 1, "worth": 2, "parts": []})
    assert [(each.code, each.address) for each in caught.value.findings] == [("json.wrong-type", "/worth")]
    with pytest.raises(cattrs.ClassValidationError):
        converter.structure({"size": 1, "worth": 2, "parts": []}, Crate)


def test_a_hook_for_an_attrs_class_is_used():
    """An application may decide how its own attrs class is written."""
    converter = make_converter()
    converter.register_structure_hook(Temperature, lambda data, _: Temperature(int(data.removesuffix("°"))))
    converter.register_unstructure_hook(Temperature, lambda value: f"{value.degrees}°")
    assert converter.codec.structure(tuple[Temperature, ...], ["5°"]) == (Temperature(5),)
    assert converter.codec.unstructure((Temperature(5),), tuple[Temperature, ...]) == ["5°"]


def test_a_class_without_hook_is_a_mistake(converter):
    """Nothing is guessed: neither by us nor by cattrs."""
    with pytest.raises(TypeError, match="no JSON form"):
        converter.codec.structure(object.__class__, {})


def test_registry_and_limits_are_the_codecs():
    """A converter takes what a codec takes."""
    converter = make_converter(Registry((Temperature,)), Limits(max_faults=1))
    assert converter.structure({"type": "temperature", "v": 1, "degrees": 3}, Temperature) == Temperature(3)
    with pytest.raises(DocumentError) as caught:
        converter.structure(["x", "y"], tuple[int, ...])
    assert [each.code for each in caught.value.findings] == ["json.wrong-type", "json.too-many-faults"]


def test_foreign_types_have_an_open_schema(converter):
    """What only a hook knows, the schema leaves open."""
    assert converter.codec.schema(Site)["$defs"]["Site"]["properties"]["at"] == {}
