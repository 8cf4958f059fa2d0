"""A run is written whole or not at all."""

from __future__ import annotations

import json

import pytest

from orderlib.cli.output import report_text, write_out
from orderlib.cli.run import Run


def test_both_files_are_written(samples_run, tmp_path):
    """Report and log lie in the folder, which is made; nothing else does."""
    write_out(samples_run, tmp_path / "a" / "b", "zh")
    assert sorted(path.name for path in (tmp_path / "a" / "b").iterdir()) == ["events.jsonl", "plan.svg", "report.json"]
    text = (tmp_path / "a" / "b" / "report.json").read_text(encoding="utf-8")
    assert json.loads(text) == samples_run.report("zh")
    assert text == report_text(samples_run.report("zh"))


def test_writing_again_replaces(samples_run, tmp_path):
    """A second run takes the place of the first."""
    write_out(samples_run, tmp_path)
    before = (tmp_path / "report.json").stat().st_size
    write_out(Run((), (), ()), tmp_path)
    assert (tmp_path / "report.json").stat().st_size < before


def test_what_is_interrupted_leaves_nothing_behind(samples_run, tmp_path, monkeypatch):
    """Whoever stops the writing finds what was there before, and no drafts."""
    (tmp_path / "report.json").write_text("before")

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("pathlib.Path.replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_out(samples_run, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["report.json"]
    assert (tmp_path / "report.json").read_text() == "before"
