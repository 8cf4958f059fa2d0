from __future__ import annotations

import importlib.util
import subprocess
import sys

import pytest


@pytest.fixture
def tool(root):
    """The script, as a module."""
    spec = importlib.util.spec_from_file_location("compile_charts", root / "tools" / "compile_charts.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_shipped_tables_are_up_to_date(root):
    """What stands in the rooms is what the lifecycles compile to, byte for byte."""
    command = [sys.executable, str(root / "tools" / "compile_charts.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


def test_a_written_module_makes_the_same_table(tool, chart):
    """The generated code, when it is run, is the compiled table."""
    names = {}
    exec(tool.written([chart]), names)
    assert names["GATE"] == chart.compiled
    assert names["__all__"] == ["GATE"]
    assert names["__doc__"].startswith("The life of a gate, compiled from")


def test_a_stale_table_is_named_and_then_written(tool, chart, tmp_path, monkeypatch, capsys):
    """`--check` exits 1 and leaves the file alone; without it the file is written, and then all is well."""
    table = tmp_path / "table.py"
    monkeypatch.setattr(tool, "ROOT", tmp_path)
    monkeypatch.setattr(tool, "lifecycles", lambda: [(tmp_path / "lifecycle.py", [chart])])
    assert tool.main(["--check"]) == 1
    assert "table.py: out of date" in capsys.readouterr().out
    assert not table.exists()
    assert tool.main([]) == 0
    assert "GATE: Final[Table] = Table(" in table.read_text(encoding="utf-8")
    assert tool.main(["--check"]) == 0
    assert capsys.readouterr().out == "table.py: written\n"


def test_several_lifecycles_of_a_room_share_a_module(tool, chart):
    """Each becomes a constant of its own."""
    text = tool.written([chart, chart])
    assert text.startswith('"""Lifecycles, compiled from')
