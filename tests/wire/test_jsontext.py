"""JSON text is read strictly within limits, and written canonically."""

from __future__ import annotations

import json
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderlib.errors import DocumentError
from orderlib.wire.jsontext import address_of, digest, dumps, fits_text, loads, pointer, unfit_character
from orderlib.wire.limits import Limits

HOSTILE = [
    (b"", "json.malformed", ""),
    (b"[1,]", "json.malformed", ""),
    (b"[1] 2", "json.malformed", ""),
    (b'{"a":1,"a":2,}', "json.malformed", ""),
    (b'"\x00"', "json.malformed", ""),
    (b"\xff", "json.encoding", ""),
    (b"\xed\xa0\x80", "json.encoding", ""),
    (b"\xef\xbb\xbf{}", "json.encoding", ""),
    ("[1]".encode("utf-16"), "json.encoding", ""),
    (b'{"a":{"b":1,"b":2}}', "json.duplicate-key", "/a/b"),
    (b"[NaN]", "json.not-finite", "/0"),
    (b"[0,-Infinity]", "json.not-finite", "/1"),
    (b'{"x":1e999}', "json.not-finite", "/x"),
    (b"1e-400", "json.not-finite", ""),
    (b'["\\ud800"]', "json.character", "/0"),
    (b'["\\udc00\\ud800"]', "json.character", "/0"),
    (b'{"a~/b":"\\u0000"}', "json.character", "/a~0~1b"),
    (b'{"\\u0000":1}', "json.character", "/\\x00"),
    (b"1" * 41, "json.long-number", ""),
    (b"[0." + b"1" * 41 + b"]", "json.long-number", "/0"),
    (b"1" * 5000, "json.long-number", ""),
    (b"[" * 100_000, "json.too-deep", ""),
    (b'[{"a":' * 40 + b"1" + b"}]" * 40, "json.too-deep", ""),
]


def refusal(data: bytes, **limits: int) -> DocumentError:
    """The error that reading raises."""
    with pytest.raises(DocumentError) as caught:
        loads(data, Limits(**limits))
    return caught.value


@pytest.mark.parametrize(("data", "code", "address"), HOSTILE)
def test_hostile_text_is_refused_with_its_code_and_place(data, code, address):
    """What no strict parser takes is one documented error, at the value that is to blame."""
    finding = refusal(data).findings[0]
    assert (finding.code, finding.address) == (code, address)


@pytest.mark.parametrize(
    "data",
    [b"0", b"-0", b'"\\\\u0000"', b'"\\ud83d\\ude00"', b'{"a":1,"b":{"a":1}}', b" [1.5, true , null]\n", b"1" * 40],
)
def test_what_json_allows_is_read_as_any_parser_would(data):
    """Strictness costs no valid document: pairs of surrogates and text about escapes are fine."""
    assert loads(data) == json.loads(data)


def test_every_fault_of_a_document_is_told():
    """Several faults are found in one reading, in the document's order."""
    codes = [(each.code, each.address) for each in refusal(b'{"a":NaN,"b":["\\u0000"],"b":1e999}').findings]
    assert codes == [("json.duplicate-key", "/b"), ("json.not-finite", "/a"), ("json.not-finite", "/b")]


def test_faults_beyond_the_limit_are_not_told():
    """A flood of faults ends in one finding that says so."""
    findings = refusal(b"[" + b"NaN," * 500 + b"0]", max_faults=3).findings
    assert [each.code for each in findings] == ["json.not-finite"] * 3 + ["json.too-many-faults"]


@pytest.mark.parametrize(
    ("data", "limits", "code"),
    [
        (b"[1]", {"max_bytes": 2}, "json.too-large"),
        (b"[1,2,3]", {"max_nodes": 3}, "json.too-many-values"),
        (b"[[[]]]", {"max_depth": 2}, "json.too-deep"),
        (b'["abcd"]', {"max_text": 3}, "json.long-text"),
        (b"[1234]", {"max_digits": 3}, "json.long-number"),
    ],
)
def test_limits_are_values_that_one_can_set(data, limits, code):
    """Each limit refuses just what lies beyond it."""
    assert refusal(data, **limits).code == code
    assert loads(data, Limits(**{name: value + 1 for name, value in limits.items()})) is not None


@pytest.mark.parametrize(
    "data",
    [b'["[[[[,,,,"]', b'["\\"[[[[", "]"]', b'["\\\\", [[1]]]', b'[{"a":[]}]'],
    ids=["plain", "quote", "slash", "mix"],
)
def test_brackets_within_strings_do_not_count(data):
    """Depth and number of values are those of the document, whatever its texts hold."""
    assert loads(data, Limits(max_depth=3, max_nodes=5)) == json.loads(data)


def test_depth_beyond_the_interpreter_is_refused_too():
    """A limit set too high does not end in a crash."""
    deep = sys.getrecursionlimit() * 3
    assert refusal(b"[" * deep + b"]" * deep, max_depth=10**6).code == "json.too-deep"


@given(st.binary(max_size=60) | st.text(max_size=40).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_give_a_value_or_the_documented_error(data):
    """Nothing else escapes."""
    try:
        value = loads(data)
    except DocumentError as error:
        found = error.findings
    else:
        assert loads(dumps(value)) == value
        return
    assert all(each.code.startswith("json.") for each in found)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8", exclude_characters="\0")),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.text(st.characters(codec="utf-8", exclude_characters="\0")), inner)
    ),
    max_leaves=20,
)


@given(JSON)
def test_what_is_written_is_read_again(value):
    """Canonical bytes are UTF-8, compact, and stand for the same value."""
    data = dumps(value)
    assert json.loads(data) == value
    assert data == dumps(json.loads(data))
    assert loads(data) == value


def test_writing_keeps_the_order_of_keys_and_the_digest_does_not():
    """Bytes follow the declared order; equal content has one digest whatever the order."""
    one, other = {"b": [1, "ü"], "a": None}, {"a": None, "b": [1, "ü"]}
    assert dumps(one) == '{"b":[1,"ü"],"a":null}'.encode()
    assert dumps(one) != dumps(other)
    assert digest(one) == digest(other) != digest({"a": None})
    assert len(digest(one)) == 64


@pytest.mark.parametrize(
    ("value", "code"),
    [(float("nan"), "json.not-finite"), (["\ud800"], "json.character"), ({"a": "\0"}, "json.character")],
)
def test_what_no_strict_reader_takes_is_not_written(value, code):
    """Whatever is saved can be read again."""
    for write in (dumps, digest):
        with pytest.raises(DocumentError) as caught:
            write(value)
        assert caught.value.code == code


def test_text_about_escapes_is_written():
    """A backslash followed by u0000 is plain text."""
    assert loads(dumps(["\\u0000"])) == ["\\u0000"]


def test_endless_nesting_is_not_written():
    """A value that holds itself is the documented error."""
    value: list[object] = []
    value.append(value)
    with pytest.raises(DocumentError) as caught:
        dumps(value)
    assert caught.value.code == "json.too-deep"


def test_what_is_no_json_value_is_a_programmers_mistake():
    """Sets and the like are a TypeError."""
    with pytest.raises(TypeError):
        dumps({1, 2})


@pytest.mark.parametrize(
    ("token", "step"),
    [("a", "/a"), (3, "/3"), ("a/b~c", "/a~1b~0c"), ("", "/"), ("\ud800", "/\\ud800"), ("x" * 200, None)],
)
def test_a_pointer_can_always_be_printed(token, step):
    """Tokens are escaped after RFC 6901, cut when long, and never hold what UTF-8 cannot."""
    made = pointer(token)
    made.encode()
    assert made == step if step else len(made) < 110


def test_the_address_of_a_path_reads_from_the_top():
    """Paths are linked from the leaf; addresses start at the root."""
    assert address_of((((None, "lines"), 0), "id")) == "/lines/0/id"
    assert address_of(None) == ""


def test_unfit_characters_are_named():
    """NUL and half surrogates are the two kinds that cannot be kept."""
    assert [unfit_character(each) for each in ("ok\n", "a\0", "\udfff")] == ["", "0000", "DFFF"]
    assert fits_text("ok\u202e")
    assert not fits_text("a\0")
