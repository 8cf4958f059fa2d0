"""The codec that ships knows every public type, and its old records for ever."""

from __future__ import annotations

import importlib
import pkgutil
from enum import Enum
from pathlib import Path
from typing import Any

import attrs
import pytest

import orderlib
from orderlib.errors import DocumentError
from orderlib.values.decision import Decision
from orderlib.values.identifier import Identifier
from orderlib.values.message import Command, Event
from orderlib.values.money import Money
from orderlib.wire import codec
from orderlib.wire.codec.registry import tag_of
from orderlib.wire.codec.standard import (
    digest,
    dumps,
    loads,
    names_of,
    schema,
    standard_codec,
    standard_registry,
    structure,
    unstructure,
)
from orderlib.wire.limits import Limits

GOLDEN = sorted((Path(__file__).parents[1] / "golden").glob("*.json"))


def public_classes() -> list[type[Any]]:
    """Every class that a module of the library exports."""
    found: dict[type[Any], None] = {}
    for info in pkgutil.walk_packages(orderlib.__path__, "orderlib."):
        if not info.name.endswith("__main__") and info.name.split(".")[1] not in ("testing", "simulation", "wire"):
            module = importlib.import_module(info.name)
            exported = (getattr(module, name) for name in getattr(module, "__all__", ()))
            found |= dict.fromkeys(each for each in exported if isinstance(each, type))
    return [each for each in found if each.__module__.startswith("orderlib.")]


def test_every_command_and_event_is_registered():
    """No message of the library is without its tag."""
    messages = {
        each
        for each in public_classes()
        if issubclass(each, (Event, Command, Decision)) and each.__module__ != Event.__module__
    }
    assert messages == set(standard_registry().tagged)


def test_every_noun_has_a_tag_of_its_own():
    """Each record, code list and id can be named where any value may stand, even where two rooms use one word."""
    registry = standard_registry()
    nouns = [
        each
        for each in public_classes()
        if (attrs.has(each) and "__call__" not in dir(each)) or issubclass(each, (Enum, Identifier))
    ]
    tags = [registry.tag(each) for each in nouns if registry.knows(each)]
    assert len(tags) == len(set(tags))
    assert {"order", "order-id", "verdict"} <= set(tags)


def test_where_two_rooms_use_one_word_the_later_says_whose_it_is():
    """The first keeps the plain word."""
    one, other = (type("Source", (), {"__module__": f"orderlib.{room}.record"}) for room in ("enquiry", "planning"))
    assert names_of([one, other, Money]) == {other: "planning.source"}


@pytest.mark.parametrize("cls", standard_registry().tagged, ids=tag_of)
def test_every_message_has_a_form_and_a_schema(cls):
    """Readers, writers and schemas can be made for each."""
    made = standard_codec()
    with pytest.raises(DocumentError):
        made.structure(cls, {})
    assert made.schema(cls)["oneOf"]
    assert made._writers.writer(made._resolver.shape(cls))


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_a_record_once_written_is_read_for_ever(path):
    """A sample of each version of each message still loads, as the class of its tag or of the one it became."""
    data = path.read_bytes()
    tag, _, version = path.stem.rpartition(".v")
    registry = standard_registry()
    tag = dict(registry.old_tags()).get((tag, int(version)), (tag, 0))[0]
    value = loads(registry.classes[tag], data)
    assert type(value) is registry.classes[tag]
    assert loads(registry.classes[tag], dumps(value)) == value


def test_the_functions_are_those_of_the_codec():
    """One door for the whole library."""
    money = Money("1", "EUR")
    data = {"amount": "1.00", "currency": "EUR"}
    assert unstructure(money) == data
    assert structure(Money, data) == money
    assert loads(Money, dumps(money)) == money
    assert digest(money) == digest(Money("1.00", "EUR"))
    assert schema(Money)["required"] == ["amount", "currency"]
    assert unstructure(money, object)["type"] == "money"
    with pytest.raises(DocumentError) as caught:
        loads(Money, b"{}" * 10, Limits(max_bytes=5))
    assert caught.value.code == "json.too-large"
    assert codec.loads is loads
    assert "make_converter" in dir(codec)
