"""The runner of the documentation's code blocks notices what differs."""

from __future__ import annotations

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
    ],
    ids=["output", "unmarked", "ellipsis", "shared names", "file", "status", "excused"],
)
def test_a_true_page_passes(read, page):
    """What a page shows and what happens agree."""
    status, said = read(page)
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
