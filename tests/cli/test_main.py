"""The four commands: what they print, and what they tell the shell."""

from __future__ import annotations

import json
import sys

import pytest

from orderlib.cli import main as module
from orderlib.cli.charts import lifecycles
from orderlib.cli.main import main


@pytest.fixture
def own_modules(monkeypatch, tmp_path):
    """A working directory whose modules are forgotten afterwards."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", list(sys.path))
    before = set(sys.modules)
    yield tmp_path
    for name in set(sys.modules) - before:
        if not name.startswith("orderlib"):
            del sys.modules[name]


def test_run_prints_a_table_and_tells_how_far_it_is(folder, capsys):
    """The table goes to the output, progress to the error stream; all is well."""
    assert main(["run", str(folder)]) == 0
    out, err = capsys.readouterr()
    assert "A-1" in out
    assert "closed" in out
    assert "[1/2] a.xml: closed after" in err


def test_run_writes_what_replay_rebuilds(folder, tmp_path, capsys):
    """`replay` prints the very bytes of the report, in the language of the run."""
    for lang in ("en", "zh"):
        assert main(["run", str(folder), "--out", str(tmp_path / lang), "--lang", lang]) == 0
        capsys.readouterr()
        assert main(["replay", str(tmp_path / lang / "events.jsonl"), "--lang", lang]) == 0
        assert capsys.readouterr().out == (tmp_path / lang / "report.json").read_text(encoding="utf-8")


def test_run_says_where_something_was_refused(folder, capsys):
    """A document that cannot be taken makes the status 1 and is named with every finding; the others run."""
    (folder / "bad.xml").write_text("<Order>")
    assert main(["run", str(folder), "--lang", "zh"]) == 1
    out, err = capsys.readouterr()
    assert "已拒收: bad.xml" in out
    assert "已关闭" in out
    assert "bad.xml: refused" in err


def test_an_order_that_does_not_end_is_not_all_well(folder, own_modules, capsys):
    """Policies that let nothing go on make the status 1, for the replay, too."""
    (own_modules / "stubborn.py").write_text(
        "from orderlib.case import PolicySet\n"
        "from orderlib.values import Decision, Verdict\n"
        "policies = PolicySet(release=lambda *_: Decision(Verdict.NO))\n"
    )
    assert main(["run", str(folder), "--policies", "stubborn:policies", "--out", "out"]) == 1
    assert "accepted" in capsys.readouterr().out
    assert main(["replay", "out/events.jsonl"]) == 1
    told = json.loads(capsys.readouterr().out)["orders"][0]
    assert "simulation.stuck" in {each["code"] for each in told["findings"]}


@pytest.mark.parametrize(
    ("code", "named", "said"),
    [
        ("", "own", "MODULE:NAME"),
        ("", "nowhere:policies", "No module"),
        ("x = 1", "own:policies", "has no attribute"),
        ("policies = 7", "own:policies", "no PolicySet, but int"),
        ("def policies(): return None", "own:policies", "NoneType"),
        ("raise RuntimeError('broken')", "own:policies", "RuntimeError: broken"),
        ("import sys; sys.exit(3)", "own:policies", "SystemExit"),
        ("def policies(must): pass", "own:policies", "TypeError"),
        ("from orderlib.case import PolicySet\ndef policies(): return PolicySet(nothing=1)", "own:policies", "nothing"),
    ],
)
def test_policies_that_cannot_be_used_are_named(own_modules, capsys, code, named, said):
    """Whatever a foreign module does wrong, the arguments are unusable and it is said why."""
    (own_modules / "own.py").write_text(code)
    assert main(["run", "--policies", named]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["walk"],
        ["run", "--seed", "many"],
        ["run", "--lang", "fr"],
        ["check"],
        ["replay"],
        ["replay", "nothing.jsonl"],
        ["lifecycle", "butterfly"],
        ["lifecycle", "--format", "svg"],
    ],
)
def test_unusable_arguments_are_told(own_modules, capsys, arguments):
    """Status 2, and words on the error stream."""
    assert main(arguments) == 2
    assert capsys.readouterr().err


def test_help_is_all_well(capsys):
    """Whoever asks what can be done gets an answer."""
    assert main(["--help"]) == 0
    out = capsys.readouterr().out
    assert all(command in out for command in ("run", "replay", "check", "lifecycle"))


def test_a_place_that_cannot_be_written_to_is_unusable(folder, tmp_path, monkeypatch, capsys):
    """A file where a folder is wanted, or somebody else's folder, is found before anything runs; a full disk, after."""
    (tmp_path / "file").write_text("")
    for wrong in ("file", "file/out", "file/a/b"):
        assert main(["run", str(folder), "--out", str(tmp_path / wrong)]) == 2
        (said,) = capsys.readouterr().err.splitlines()
        assert "not a folder" in said
    assert main(["run", str(folder), "--out", str(tmp_path / ("x" * 300))]) == 2
    assert "too long" in capsys.readouterr().err
    with monkeypatch.context() as locked:
        locked.setattr(module.os, "access", lambda path, mode: False)
        assert main(["run", str(folder), "--out", str(tmp_path / "new" / "out")]) == 2
    assert "must not be written to" in capsys.readouterr().err
    assert not (tmp_path / "new").exists()

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "write_out", full)
    assert main(["run", str(folder), "--out", str(tmp_path / "out")]) == 2
    assert "No space left" in capsys.readouterr().err


def test_a_run_that_is_stopped_writes_nothing(folder, tmp_path, monkeypatch, capsys):
    """Ctrl-C ends the run with a word and the status that shells expect."""

    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "run_documents", stopped)
    assert main(["run", str(folder), "--out", str(tmp_path / "out")]) == 130
    assert "stopped" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_check_prints_findings_and_nothing_else(folder, capsys):
    """A document without findings has a dash; a bad one all that is wrong with it."""
    assert main(["check", str(folder)]) == 0
    assert capsys.readouterr().out == "a.xml: -\nb.json: -\n"
    text = (folder / "a.xml").read_text().replace(">599.70<", ">1.00<", 1)
    (folder / "a.xml").write_text(text)
    assert main(["check", str(folder / "a.xml"), "--lang", "zh"]) == 0
    assert "[" in capsys.readouterr().out
    (folder / "b.json").write_text("{}")
    assert main(["check", str(folder)]) == 1
    assert "b.json: error [json." in capsys.readouterr().out


def test_replay_refuses_what_is_no_log(tmp_path, capsys):
    """Other files, and logs whose events do not fit together, are refused with a finding."""
    (tmp_path / "x.jsonl").write_text("hello")
    assert main(["replay", str(tmp_path / "x.jsonl")]) == 1
    assert "x.jsonl: error [" in capsys.readouterr().out


def test_replay_refuses_events_that_do_not_fit(folder, tmp_path, capsys):
    """Events about something that no event has brought are found out."""
    main(["run", str(folder), "--out", str(tmp_path)])
    lines = [json.loads(each) for each in (tmp_path / "events.jsonl").read_text().splitlines()]
    events = [each for each in lines if "event" in each]
    kept, version = [each for each in lines if "event" not in each], {}
    for each in events:
        if each["event"]["told"]["type"] not in ("goods-despatched", "order-planned"):
            stream = each["event"]["stream"]
            version[stream] = each["event"]["version"] = version.get(stream, 0) + 1
            kept.append(each)
    (tmp_path / "cut.jsonl").write_text("\n".join(json.dumps(each) for each in kept))
    capsys.readouterr()
    assert main(["replay", str(tmp_path / "cut.jsonl")]) == 1
    assert "log.broken" in capsys.readouterr().out


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_lifecycle_is_printed_in_both_forms(capsys, lang):
    """A table or a diagram, in either language; the order's own where none is named."""
    for name, table in lifecycles().items():
        assert main(["lifecycle", name, "--lang", lang]) == 0
        assert capsys.readouterr().out == table.to_markdown(lang).rstrip() + "\n"
        assert main(["lifecycle", name, "--format", "mermaid", "--lang", lang]) == 0
        assert capsys.readouterr().out.startswith("stateDiagram-v2")
    assert main(["lifecycle"]) == 0
    assert "in_execution" in capsys.readouterr().out


def test_a_reader_who_has_seen_enough_ends_it_quietly(monkeypatch):
    """A pipe that is closed at the other end is no error."""

    class Closed:
        """An output whose reader has gone."""

        def write(self, _: str) -> int:
            raise BrokenPipeError

        def flush(self) -> None:
            """Nothing is left."""

        def fileno(self) -> int:
            return os.open(os.devnull, os.O_WRONLY)

    import os

    monkeypatch.setattr(sys, "stdout", Closed())
    assert main(["lifecycle"]) == 0
