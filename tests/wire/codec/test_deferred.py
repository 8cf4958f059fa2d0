"""Names that stand under TYPE_CHECKING are followed, as far as they lead anywhere."""

from __future__ import annotations

from orderlib.values.money import Money
from orderlib.wire.codec import deferred
from orderlib.wire.codec.deferred import deferred_names


def test_names_for_annotations_alone_are_found(tmp_path, monkeypatch):
    """Under their own name or another; what does not exist is left out."""
    source = """
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    from orderlib.values.money import Money as Sum
    from nowhere import Nothing
"""
    (tmp_path / "deferring_sample.py").write_text(source, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    assert deferred_names("deferring_sample") == {"Sum": Money}


def test_a_module_without_source_defers_nothing():
    """There is nothing to read then, and no harm in it."""
    assert deferred_names("sys") == {}
    assert deferred.__all__ == ["deferred_names"]
