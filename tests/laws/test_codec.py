"""Law 14: what is written is read again, for every public type; what was accepted can be saved."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orderlib.errors import DocumentError, known_codes
from orderlib.order.record import Order
from orderlib.wire.codec.explain import Explainer
from orderlib.wire.codec.registry import tag_of
from orderlib.wire.codec.resolve import Resolver
from orderlib.wire.codec.shape import Shape
from orderlib.wire.codec.standard import standard_codec, standard_registry

CODEC = standard_codec()
SPEC = importlib.util.spec_from_file_location("documents", Path(__file__).parents[2] / "tools" / "documents.py")
assert SPEC is not None
assert SPEC.loader is not None
documents = importlib.util.module_from_spec(SPEC)
sys.modules["documents"] = documents
SPEC.loader.exec_module(documents)


def shape_of(cls: type[Any]) -> Shape | None:
    """The shape of a public class, or nothing where it holds what has no JSON form (functions, say)."""
    try:
        return Resolver(standard_registry()).shape(cls)
    except TypeError:
        return None


SHAPES = {
    tag: (cls, shape)
    for tag, cls in standard_registry().classes.items()
    if attrs.has(cls) and (shape := shape_of(cls)) is not None
}


def there(document: Any, address: str) -> bool:
    """True for an address that leads into the document, or to what is missing from it."""
    steps = [step.replace("~1", "/").replace("~0", "~") for step in address.split("/")[1:]]
    for number, step in enumerate(steps):
        if isinstance(document, dict) and step not in document and number == len(steps) - 1:
            return True
        try:
            document = document[int(step)] if isinstance(document, list) else document[step]
        except (KeyError, ValueError, IndexError, TypeError):
            # keys that cannot be printed stand as escapes; constructors may speak of a part that was left out
            return True if not step.isprintable() or "\\" in step or step == "" else isinstance(document, dict)
    return True


def check(cls: type[Any], document: Any) -> None:
    """A value or one documented error; a value can be saved and is the same again, whichever way it is read."""
    try:
        value = CODEC.structure(cls, document)
    except DocumentError as error:
        found = error.findings
    else:
        assert CODEC.structure(cls, CODEC.unstructure(value, cls)) == value
        assert CODEC.loads(cls, CODEC.dumps(value, cls)) == value
        assert CODEC.structure(type(value), CODEC.unstructure(value)) == value
        slow = Explainer(CODEC._resolver, CODEC._readers, CODEC.limits).read(CODEC._resolver.shape(cls), document)
        assert slow == value
        return
    assert found
    for each in found:
        assert each.code in known_codes()
        assert each.address == "" or there(document, each.address), each.address
        str(each).encode()


@pytest.mark.parametrize("tag", SHAPES)
def test_documents_of_every_public_type_make_the_round_trip(tag):
    """structure(unstructure(x)) == x, from primitives and from bytes, by fast readers and by the slow walk."""
    cls, shape = SHAPES[tag]

    @settings(max_examples=8)
    @given(documents.Documents().of(shape))
    def law(document: Any) -> None:
        check(cls, document)

    law()


@given(
    st.sampled_from(sorted(SHAPES)).flatmap(lambda tag: st.tuples(st.just(tag), documents.near_misses(SHAPES[tag][1])))
)
@settings(max_examples=120)
def test_what_is_spoilt_somewhere_is_refused_with_its_place_or_read(case):
    """One thing changed anywhere in a document never raises anything but the documented error."""
    tag, document = case
    check(SHAPES[tag][0], document)


@given(st.sampled_from(sorted(SHAPES)), documents.ANY_JSON)
@settings(max_examples=300)
def test_any_json_value_is_read_or_refused(tag, document):
    """Whatever a parser may give, for whatever class."""
    check(SHAPES[tag][0], document)


@given(documents.Documents(full=True).of(SHAPES[tag_of(Order)][1]))
def test_the_digest_tells_equal_orders_from_others(document):
    """Equal orders have one digest, whatever the order of the keys they were read from."""
    try:
        order = CODEC.structure(Order, document)
    except DocumentError:
        return
    turned = CODEC.structure(Order, dict(reversed(document.items())))
    assert CODEC.digest(order) == CODEC.digest(turned)
    assert CODEC.digest(order) != CODEC.digest(attrs.evolve(order, note=order.note + "x"))
