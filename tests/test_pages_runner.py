"""The runner of the documentation's code blocks notices what differs."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

PRINTS = "```python\nprint(6 * 7)\n```\n"


@pytest.fixture
def read(root, tmp_path):
    """Run the blocks of a page with this text; the exit status and what was said."""

    def run(page: str) -> tuple[int, str]:
        runner = tmp_path / "tools" / "check_docs.py"
        runner.parent.mkdir(exist_ok=True)
        runner.write_text((root / "tools" / "check_docs.py").read_text(encoding="utf-8"), encoding="utf-8")
        (tmp_path / "README.md").write_text(page, encoding="utf-8")
        done = subprocess.run(
            [sys.executable, runner, "--here", tmp_path / "README.md"], capture_output=True, text=True, check=False
        )
        return done.returncode, done.stdout + done.stderr

    return run


@pytest.mark.parametrize(
    "page",
    [
        f"{PRINTS}\n<!-- output -->\n```text\n42\n```\n",
        f"{PRINTS}\n```text\nnothing marks this as output\n```\n",
        "```python\nfor n in range(9):\n    print(n)\n```\n\n<!-- output -->\n```text\n0\n…\n8\n```\n",
        "```python\nanswer = 42\n```\nand then\n```python\nassert answer == 42\n```\n",
        '```python title="rule.py"\ndef rule():\n    return 42\n```\n```console\n$ python -c "import rule"\n```\n',
        "<!-- exit status: 3 -->\n```console\n$ python -c 'raise SystemExit(3)'\n```\n",
        "<!-- not run: it needs a server -->\n```python\nraise RuntimeError\n```\n",
        "```python\nprint('2 passed in 9.99s')\n```\n\n<!-- output -->\n```text\n2 passed in 0.05s\n```\n",
    ],
    ids=["output", "unmarked", "ellipsis", "shared names", "file", "status", "excused", "time taken"],
)
def test_a_true_page_passes(read, page):
    """What a page shows and what happens agree."""
    status, said = read(page)
    assert status == 0, said


def test_a_page_sees_one_terminal(read, monkeypatch):
    """However wide and colourful the terminal is, blocks and commands see eighty columns and no colours."""
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("FORCE_COLOR", "1")
    look = "import os; print(os.environ['COLUMNS'], 'FORCE_COLOR' in os.environ)"
    shown = "<!-- output -->\n```text\n80 False\n```\n"
    status, said = read(f'```python\n{look}\n```\n\n{shown}\n```console\n$ python -c "{look}"\n```\n\n{shown}')
    assert status == 0, said


@pytest.mark.parametrize(
    ("page", "complaint"),
    [
        (f"{PRINTS}\n<!-- output -->\n```text\n43\n```\n", "the output differs"),
        ("```python\n1 / 0\n```\n", "ZeroDivisionError"),
        ("```console\n$ python -c 'raise SystemExit(3)'\n```\n", "ends with 3"),
        ("```bash\nmake coffee\n```\n", "neither run nor excused"),
        ("<!-- not run: -->\n```python\nraise RuntimeError\n```\n", "RuntimeError"),
    ],
    ids=["output", "error", "status", "other command", "excuse without a reason"],
)
def test_a_page_that_shows_what_does_not_happen_fails(read, page, complaint):
    """Each kind of difference is found, with its line."""
    status, said = read(page)
    assert status == 1
    assert complaint in said
    assert "README.md, line " in said


KEEPS = "# A page\n\n<!-- kept: answer -->\n\n42\n\n<!-- end of answer -->\n"


@pytest.mark.parametrize(("made", "status"), [("42", 0), ("43", 1)], ids=["the same", "another"])
def test_a_table_that_a_page_keeps_is_held_against_the_code(read, tmp_path, made, status):
    """A kept table must be what the code writes now."""
    source = f'WRITTEN = {{"answer": lambda: "{made}"}}\n'
    (tmp_path / "tools").mkdir()
    (tmp_path / "tools" / "written.py").write_text(source, encoding="utf-8")
    ended, said = read(KEEPS)
    assert ended == status, said
    assert ("out of date" in said) == bool(status)


def test_coverage_names_tests_and_modules_that_exist(root):
    """What the coverage page points to is there: tests, and modules of the library."""
    page = (root / "docs" / "coverage.md").read_text(encoding="utf-8")
    named = {each for each in re.findall(r"`([\w./]+)`", page) if "." in each or "/" in each}
    source = root / "src" / "orderlib"
    gone = []
    for name in sorted(named):
        if name.startswith("tests/"):
            found = (root / name).exists()
        else:
            # a module, or a class of the module that comes before it
            parts = name.split(".")
            places = (source.joinpath(*parts[:length]) for length in (len(parts), len(parts) - 1))
            found = any(place.is_dir() or place.with_suffix(".py").exists() for place in places)
        if not (found or name[0].isupper()):
            gone.append(name)
    assert gone == []


def test_every_row_of_coverage_says_where_it_stands(root):
    """A row that is done names code, test and page; one that is in part names what is missing."""
    rows = re.findall(
        r"^\| (D?\d+) \|(.+)\|$", (root / "docs" / "coverage.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert [key for key, _ in rows] == [f"D{n}" for n in range(1, 28)] + [str(n) for n in range(1, 106)]
    for key, cells in rows:
        _what, status, code, test, page, missing = (cell.strip() for cell in cells.split("|"))
        assert status in ("done", "in part", "open"), key
        assert status != "done" or (code and test and page and not missing), key
        assert status != "in part" or missing, key
        pages = [root / "docs" / name for name in re.findall(r"\]\(([^)#]+)", page)]
        assert status != "done" or any("```python" in each.read_text(encoding="utf-8") for each in pages), key
