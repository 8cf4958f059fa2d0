"""Run what the documentation shows: every code block of README.md and docs/, page by page.

* `python` blocks of one page share a namespace and run from top to bottom. A block with `title="name.py"` is
  written to a file of that name and imported, so that later blocks and commands can use it.
* `console` and `bash` blocks hold commands that begin with `python`; they run in the page's own empty folder.
* A block of any other language (`text`, `mermaid`, `json`) under the line `<!-- output -->` must equal what the last
  block that ran printed; a line that holds only `…` stands for any lines, and how many seconds something took
  (`in 0.05s`) is not compared.
* `<!-- exit status: 1 -->` over a command block says that the command ends so.
* `<!-- not run: the reason -->` is the only excuse.
* What stands between `<!-- kept: benchmarks -->` and `<!-- end of benchmarks -->` must be what `written.py` makes of
  that name.

Everything runs as in a plain terminal of 80 columns, whatever terminal this script itself is run in.

`--write` puts what was printed in the place of what was shown, for you to read before you commit. Exit status 0
where all is as shown; otherwise each difference is printed with its page and line.
"""

from __future__ import annotations

import argparse
import contextlib
import difflib
import importlib
import io
import os
import re
import shlex
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import attrs

ROOT = Path(__file__).parents[1]
FENCE = re.compile(r"^(?P<indent> *)(?P<ticks>`{3,})(?P<info>.*)$")
EXCUSE = re.compile(r"<!-- not run: (?P<reason>\S.*?) -->")
STATUS = re.compile(r"<!-- exit status: (?P<status>\d+) -->")
TITLE = re.compile(r'title="(?P<name>[\w-]+\.\w+)"')
KEPT = re.compile(
    r"^<!-- kept: (?P<name>[\w-]+) -->\n(?P<body>.*?)^<!-- end of (?P=name) -->$", re.MULTILINE | re.DOTALL
)
SECONDS = re.compile(r"\bin \d+\.\d+ ?s\b")
OUTPUT = "<!-- output -->"
RUNNABLE = {"python", "bash", "console", "sh", "shell"}
PLAIN = {"COLUMNS": "80", "NO_COLOR": "1", "PYTHONUTF8": "1", "PYTHONWARNINGS": "error", "TERM": "dumb"}
UNWANTED = ("FORCE_COLOR", "LINES", "PY_COLORS", "PYTEST_ADDOPTS")


class Mismatch(Exception):  # noqa: N818 - a difference, not an error of this script
    """The page shows something that does not happen."""


@attrs.frozen
class Block:
    """A fenced block: its language and options, its text, its first line, and the comment line above it."""

    info: str
    text: str
    line: int
    above: str
    indent: int

    @property
    def language(self) -> str:
        """The first word after the fence."""
        return self.info.split(maxsplit=1)[0].lower() if self.info.strip() else ""


def blocks_of(page: str) -> Iterator[Block]:
    """The fenced blocks of a page, in order; indented ones (lists, admonitions) too."""
    lines, above, number = page.splitlines(), "", 0
    while number < len(lines):
        fence = FENCE.match(lines[number])
        if fence is None:
            above = lines[number].strip() or above
            number += 1
            continue
        indent, start, body = len(fence["indent"]), number + 1, list[str]()
        number += 1
        while number < len(lines) and lines[number].strip() != fence["ticks"]:
            body.append(lines[number][indent:])
            number += 1
        yield Block(fence["info"].strip(), "".join(f"{line}\n" for line in body), start + 1, above, indent)
        above = ""
        number += 1


def same(shown: str, printed: str) -> bool:
    """Whether the page shows what was printed; a line of `…` stands for any lines, and times may differ."""
    parts = ["\n".join(part) for part in split_at_ellipsis(comparable(shown))]
    pattern = ".*".join(re.escape(part) for part in parts)
    return re.fullmatch(pattern, "\n".join(comparable(printed)), re.DOTALL) is not None


def comparable(text: str) -> list[str]:
    """The lines of a text without what nobody sees, or what differs from run to run."""
    return [SECONDS.sub("in some time", line.rstrip()) for line in text.rstrip().splitlines()]


def plain_terminal() -> None:
    """Let this process, and each that it starts, see a terminal of one width and no colours."""
    for name in UNWANTED:
        os.environ.pop(name, None)
    os.environ.update(PLAIN)


def split_at_ellipsis(lines: list[str]) -> list[list[str]]:
    """The lines between the lines that hold only `…`."""
    parts: list[list[str]] = [[]]
    for line in lines:
        if line.strip() == "…":
            parts.append([])
        else:
            parts[-1].append(line)
    return parts


class Page:
    """One page as it is read from top to bottom."""

    def __init__(self, path: Path, *, write: bool = False) -> None:
        self.path = path
        self.write = write
        self.module = ModuleType("__page__")
        sys.modules["__page__"] = self.module  # classes of the page must be found by their module's name
        self.printed = ""
        self.run_count = 0
        self.corrections: list[tuple[Block, str]] = []

    def run(self) -> int:
        """Run all blocks in the current folder; the number of blocks that ran."""
        for block in blocks_of(self.path.read_text(encoding="utf-8")):
            if block.above == OUTPUT and block.language not in RUNNABLE:
                self.compare(block)
            elif block.language in RUNNABLE and EXCUSE.search(block.above) is None:
                self.run_count += 1
                self.printed = self.python(block) if block.language == "python" else self.commands(block)
        return self.run_count

    def compare(self, block: Block) -> None:
        """Hold the shown output against what was printed last."""
        if same(block.text, self.printed):
            return
        if self.write:
            self.corrections.append((block, self.printed))
        else:
            shown, printed = block.text.splitlines(), self.printed.splitlines()
            difference = difflib.unified_diff(shown, printed, "shown", "printed", lineterm="")
            raise Mismatch("\n".join((f"line {block.line}: the output differs", *difference)))

    def correct(self) -> None:
        """Write what was printed into the page, from its foot upwards."""
        lines = self.path.read_text(encoding="utf-8").splitlines()
        for block, printed in reversed(self.corrections):
            start = block.line - 1
            lines[start : start + block.text.count("\n")] = [" " * block.indent + line for line in printed.splitlines()]
        self.path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def python(self, block: Block) -> str:
        """Run a block of Python; what it printed."""
        out = io.StringIO()
        title = TITLE.search(block.info)
        try:
            with contextlib.redirect_stdout(out):
                if title is not None:
                    Path(title["name"]).write_text(block.text, encoding="utf-8")
                    self.adopt(importlib.import_module(Path(title["name"]).stem))
                else:
                    source = "\n" * (block.line - 1) + block.text  # so that a traceback names the page's line
                    exec(compile(source, str(self.path), "exec"), vars(self.module))  # noqa: S102 - our own pages
        except Exception as error:
            raise Mismatch(f"line {block.line}: the block fails\n{traceback.format_exc(limit=-3)}") from error
        return out.getvalue()

    def adopt(self, module: ModuleType) -> None:
        """Let the names of a file that the page shows be used by the blocks below it."""
        vars(self.module).update({name: value for name, value in vars(module).items() if not name.startswith("__")})

    def commands(self, block: Block) -> str:
        """Run each command of a block; what they wrote on standard output."""
        wanted = STATUS.search(block.above)
        status, printed = int(wanted["status"]) if wanted else 0, ""
        for line in block.text.replace("\\\n", " ").splitlines():
            words = shlex.split(line.removeprefix("$ "), comments=True)
            if not words:
                continue
            if words[0] != "python":
                raise Mismatch(f"line {block.line}: `{line}` is neither run nor excused")
            done = subprocess.run(  # noqa: PLW1510 - the status is compared below
                [sys.executable, *words[1:]], capture_output=True, text=True, encoding="utf-8", stdin=subprocess.DEVNULL
            )
            printed += done.stdout
            if done.returncode != status:
                raise Mismatch(f"line {block.line}: `{line}` ends with {done.returncode}\n{done.stdout}{done.stderr}")
        return printed


def keep(path: Path, *, write: bool) -> int:
    """Hold the tables that the page keeps against the code, or renew them; how many there are."""
    text = path.read_text(encoding="utf-8")
    found = list(KEPT.finditer(text))
    for region in reversed(found):
        written = importlib.import_module("written")
        made = f"\n{written.WRITTEN[region['name']]()}\n\n"
        if made != region["body"]:
            if not write:
                raise Mismatch(f"the table of {region['name']} is out of date: run `make pages`")
            text = f"{text[: region.start('body')]}{made}{text[region.end('body') :]}"
    if write and found:
        path.write_text(text, encoding="utf-8")
    return len(found)


def run_page(path: Path, *, write: bool) -> int:
    """Run one page in an empty folder of its own, in this process."""
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        sys.path.insert(0, folder)
        try:
            page = Page(path, write=write)
            count = page.run()
            if page.corrections:
                page.correct()
            keep(path, write=write)
        except Mismatch as mismatch:
            print(f"{path.relative_to(ROOT)}, {mismatch}")
            return 1
    print(f"{path.relative_to(ROOT)}: {count} blocks ran")
    return 0


def main() -> int:
    """Run the pages named, or all; each in an interpreter of its own."""
    parser = argparse.ArgumentParser(description="Run the code blocks of README.md and docs/.")
    parser.add_argument("pages", nargs="*", type=Path, help="pages to run; all where none is named")
    parser.add_argument("--here", action="store_true", help="run the page in this very process")
    parser.add_argument("--write", action="store_true", help="correct what the page shows as output")
    arguments = parser.parse_args()
    plain_terminal()
    pages = [page.resolve() for page in arguments.pages] or [ROOT / "README.md", *sorted(ROOT.glob("docs/**/*.md"))]
    if arguments.here:
        return max(run_page(page, write=arguments.write) for page in pages)
    failed = 0
    for page in pages:
        text = page.read_text(encoding="utf-8")
        if KEPT.search(text) or any(block.language in RUNNABLE for block in blocks_of(text)):
            command = [sys.executable, __file__, "--here", *(["--write"] if arguments.write else []), str(page)]
            failed += subprocess.run(command, check=False).returncode != 0
    print(f"{len(pages)} pages read, {failed} differ from what happens")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
