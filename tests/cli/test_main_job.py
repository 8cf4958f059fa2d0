"""The main job as a newcomer runs it: another process, an empty directory, any hash seed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

import orderlib

#: where the package under test lies: the checkout's or the wheel's
HOME = str(Path(orderlib.__file__).parents[1])
OURS = Path(__file__).parent


def orderlib_at(folder: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """`python -m orderlib …` in a directory."""
    environment = {**os.environ, "PYTHONPATH": HOME, "PYTHONUTF8": "0", "LC_ALL": "C", **more}
    command = [sys.executable, "-m", "orderlib", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False)


@pytest.fixture(scope="module")
def ran(tmp_path_factory) -> tuple[Path, str]:
    """The directory in which the samples were run, and the table that was printed."""
    folder = tmp_path_factory.mktemp("empty")
    done = orderlib_at(folder, "run", "--out", "out", PYTHONHASHSEED="1")
    assert done.returncode == 0, done.stderr
    assert [line for line in done.stderr.splitlines() if line.startswith("[1/")]
    return folder, done.stdout


def test_one_command_shows_whole_lives(ran):
    """Without a path the samples run to their ends, and every decision is explained."""
    folder, table = ran
    report = json.loads((folder / "out" / "report.json").read_text(encoding="utf-8"))
    assert len(report["orders"]) == len(table.splitlines()) - 2
    assert all(each["reasons"] for told in report["orders"] for each in told["decisions"])


def test_the_same_seed_gives_the_same_bytes(ran, tmp_path):
    """Whatever the hash seed, the directory and the locale."""
    folder, table = ran
    again = orderlib_at(tmp_path, "run", "--seed", "1", "--out", "elsewhere", PYTHONHASHSEED="4242", TZ="Asia/Shanghai")
    assert again.stdout == table
    for name in ("report.json", "events.jsonl"):
        assert (tmp_path / "elsewhere" / name).read_bytes() == (folder / "out" / name).read_bytes()


def test_replay_gives_the_same_bytes(ran):
    """The report is rebuilt from the events alone."""
    folder, _ = ran
    done = orderlib_at(folder, "replay", "out/events.jsonl", PYTHONHASHSEED="7")
    assert done.returncode == 0
    assert done.stdout == (folder / "out" / "report.json").read_text(encoding="utf-8")


def test_another_seed_tells_another_story(ran, tmp_path):
    """The seed drives people and plant."""
    folder, _ = ran
    assert orderlib_at(tmp_path, "run", "--seed", "2", "--out", "out").returncode == 0
    assert (tmp_path / "out" / "events.jsonl").read_bytes() != (folder / "out" / "events.jsonl").read_bytes()


def test_chinese_is_printed_in_any_locale(tmp_path):
    """A terminal that knows no Chinese gets the bytes all the same."""
    done = orderlib_at(tmp_path, "run", "--lang", "zh")
    assert done.returncode == 0
    assert "已拒绝" in done.stdout
    assert "来源" in done.stdout


def test_policies_come_from_the_working_directory(tmp_path):
    """With policies that say yes to everything every sample that nobody cancels is closed."""
    (tmp_path / "accept_all.py").write_text((OURS / "accept_all.py").read_text())
    done = orderlib_at(tmp_path, "run", "--policies", "accept_all:policies", "--out", "out")
    assert done.returncode == 0, done.stderr
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    states = {told["source"]: told["state"] for told in report["orders"]}
    assert {name for name, state in states.items() if state != "closed"} <= {"cancelled-conveyor.xml"}


def test_the_how_to_shows_the_module_that_accepts_all(root):
    """What newcomers copy is what is tested here."""
    page = root / "docs" / "how-to" / "run-with-your-own-policies.md"
    if not page.exists():
        pytest.skip("the pages are not here: only the tests were copied")
    assert (OURS / "accept_all.py").read_text() in page.read_text(encoding="utf-8")


def test_ctrl_c_leaves_nothing_behind(tmp_path):
    """A run that is interrupted says so and has written nothing."""
    environment = {**os.environ, "PYTHONPATH": HOME}
    command = [sys.executable, "-m", "orderlib", "run", "--out", "out"]
    heard = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)  # whoever runs us in the background may ignore it
    with subprocess.Popen(
        command,
        cwd=tmp_path,
        env=environment,
        stdout=-1,
        stderr=-1,
        text=True,
        preexec_fn=heard,  # noqa: PLW1509 - it calls nothing
    ) as running:
        first = running.stderr.readline()  # the first order has ended, more are to come
        running.send_signal(signal.SIGINT)
        _, rest = running.communicate(timeout=60)
    assert first.startswith("[1/")
    assert running.returncode == 130, rest
    assert "Traceback" not in rest
    assert "stopped" in rest
    assert not (tmp_path / "out").exists()
