"""A key names a stream by kind and id."""

from __future__ import annotations

from orderlib.values.identifier import CaseId
from orderlib.values.key import Key


def test_keys_are_equal_by_content():
    """A typed id and its text name the same stream; the kind tells streams apart."""
    assert Key("case", CaseId("1")) == Key("case", "1")
    assert hash(Key("case", CaseId("1"))) == hash(Key("case", "1"))
    assert Key("case", "1") != Key("account", "1")


def test_a_key_prints_as_a_path():
    """Kind and id, for logs."""
    assert str(Key("case", "1")) == "case/1"
