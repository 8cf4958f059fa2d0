"""Ids look alike only if they are alike; free text holds nothing that hides."""

from __future__ import annotations

import copy
import pickle

import pytest

from orderlib.errors import InvalidValueError
from orderlib.values.identifier import CaseId, Identifier, LineId, OrderId, text


def refused(make, value, code):
    """The value is refused with that code."""
    with pytest.raises(InvalidValueError) as caught:
        make(value)
    assert caught.value.code == code


@pytest.mark.parametrize("value", ["4711", "PO 4711/b", "Größe-7", "订单-42", "a" * 200, "🚲", "Σ"])
def test_graphic_text_is_an_id(value):
    """Any script, blanks inside, up to 200 characters."""
    assert OrderId(value) == value


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("", "id.empty"),
        ("a" * 201, "id.too-long"),
        (" 4711", "id.blank"),
        ("4711 ", "id.blank"),
        ("47\n11", "id.character"),
        ("47\x0011", "id.character"),
        ("47\u202e11", "id.character"),
        ("47\u200b11", "id.character"),
        ("47\u00a011", "id.character"),
        ("47\ufeff11", "id.character"),
        ("47\u3164", "id.character"),
        ("47\ufe0f", "id.character"),
        ("47\u2800", "id.character"),
        ("47\ud800", "id.character"),
        ("47\ue000", "id.character"),
        ("\u2028", "id.character"),
        (4711, "id.not-text"),
        (None, "id.not-text"),
        (b"4711", "id.not-text"),
    ],
)
def test_what_hides_or_is_no_text_is_refused(value, code):
    """Control, bidi, zero-width, filler, unpaired and private characters make ids that only look alike."""
    refused(OrderId, value, code)


def test_the_first_bad_character_is_named():
    """The finding tells which one and where."""
    with pytest.raises(InvalidValueError) as caught:
        OrderId("ab\u200bc\u202e")
    assert dict(caught.value.findings[0].evidence) == {"character": "U+200B", "position": "2"}


def test_ids_are_kept_in_normal_form_c():
    """A letter with a combining mark is the same as the composed letter."""
    assert OrderId("A\u030a") == OrderId("\u00c5") == "\u00c5"


def test_normalising_does_not_pass_the_limit():
    """Some characters grow when they are normalised."""
    grows = "\u0958"  # one character that normal form C takes apart into two
    assert len(OrderId(grows * 100)) == 200
    refused(OrderId, grows * 101, "id.too-long")


def test_an_id_of_one_type_becomes_another_only_on_purpose():
    """The same id comes back as it is; another type makes a new one."""
    order_id = OrderId("1")
    assert OrderId(order_id) is order_id
    assert type(LineId(order_id)) is LineId


def test_a_subclass_of_text_cannot_lie():
    """What counts is the text itself, not what a subclass says of it."""

    class Liar(str):
        __slots__ = ()

        def isascii(self):
            return True

        def isprintable(self):
            return True

        def __str__(self):
            return "innocent"

    refused(OrderId, Liar("47\u200b11"), "id.character")
    refused(text, Liar("47\u202e11"), "text.character")
    assert text(Liar("fine")) == "fine"
    assert type(text(Liar("fine"))) is str


def test_an_id_prints_and_travels():
    """`repr` names the type, `str` is plain text, a pickle keeps the type."""
    case_id = CaseId("c-1")
    assert repr(case_id) == "CaseId('c-1')"
    assert type(str(case_id)) is str
    for twin in (pickle.loads(pickle.dumps(case_id)), copy.deepcopy(case_id)):
        assert twin == case_id
        assert type(twin) is CaseId


def test_a_type_may_have_its_own_limit():
    """An application's own ids may be shorter."""

    class Short(Identifier):
        limit = 3

    assert Short("abc") == "abc"
    refused(Short, "abcd", "id.too-long")


def test_free_text_may_have_lines_and_any_script():
    """Carriage returns become line feeds; joiners, wide blanks and soft hyphens may stand."""
    assert text("one\r\ntwo\rthree\n\tfour") == "one\ntwo\nthree\n\tfour"
    wide = "می\u200cخواهم\u3000a\u2009b\u00a0c\u00add"
    assert text(wide) == wide
    assert text("") == ""


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("a\x00b", "text.character"),
        ("a\u202eb", "text.character"),
        ("a\u2066b", "text.character"),
        ("a\ud800b", "text.character"),
        ("a\u2028b", "text.character"),
        ("a\x1bb", "text.character"),
        ("x" * 10_001, "id.too-long"),
        (7, "id.not-text"),
    ],
)
def test_free_text_refuses_what_misleads(value, code):
    """Control and bidi characters turn what people read into something else."""
    refused(text, value, code)


def test_free_text_may_be_held_shorter():
    """The limit is the caller's."""
    assert text("abc", 3) == "abc"
    refused(lambda value: text(value, 3), "abcd", "id.too-long")
