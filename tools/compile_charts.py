"""Compile the declared lifecycles: every `lifecycle.py` gets the `table.py` beside it.

A room declares its lifecycles as `Chart` classes in `lifecycle.py`. This script writes them as `Table` constants into
`table.py`, so that running an order loads no state machine. `OrderLifecycle` becomes `ORDER`. `--check` only
compares, and exits 1 where a table is out of date.
"""

from __future__ import annotations

import argparse
import importlib
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src"
sys.path.insert(0, str(SOURCE))  # a bare checkout works too

from orderlib.chart.chart import Chart  # noqa: E402 - the line above makes it importable
from orderlib.chart.compile import compile_chart  # noqa: E402 - see above
from orderlib.chart.table import Table  # noqa: E402 - see above

HEADER = '''"""{subject}, compiled from `lifecycle.py` beside it.

Generated: change the lifecycle, then run `python tools/compile_charts.py`.
"""

from __future__ import annotations

from typing import Final

from orderlib.chart.table import Table

__all__ = {offered}
'''


def charts_in(module: str) -> list[type[Chart]]:
    """The lifecycles that a module declares itself, in its order."""
    found = vars(importlib.import_module(module)).values()
    return [each for each in found if isinstance(each, type) and issubclass(each, Chart) and each.__module__ == module]


def lifecycles(source: Path = SOURCE) -> Iterator[tuple[Path, list[type[Chart]]]]:
    """Every `lifecycle.py` with the classes that it declares."""
    for path in sorted((source / "orderlib").rglob("lifecycle.py")):
        yield path, charts_in(".".join(path.relative_to(source).with_suffix("").parts))


def written(charts: list[type[Chart]]) -> str:
    """The text of a `table.py`, as the formatter leaves it."""
    tables = {compile_chart(chart).name.upper(): compile_chart(chart) for chart in charts}
    subject = ", ".join(
        re.sub(r"\.$", "", (chart.__doc__ or chart.__name__).strip().splitlines()[0]) for chart in charts
    )
    text = HEADER.format(subject=subject if len(charts) == 1 else "Lifecycles", offered=sorted(tables))
    text += "".join(f"\n{name}: Final[Table] = {constructor(table)}\n" for name, table in tables.items())
    done = subprocess.run(
        [sys.executable, "-m", "ruff", "format", "--stdin-filename", str(SOURCE / "table.py"), "-"],
        input=text,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        cwd=ROOT,
    )
    return done.stdout


def constructor(table: Table) -> str:
    """The expression that makes the table; trailing commas keep one move to a line."""
    moves = "".join(f"{state!r}: {spread(leaving)}," for state, leaving in table.moves.items())
    ends = ", ".join(repr(state) for state in table.states if state in table.ends)
    titles = "".join(f"{field}={spread(said)}," for field in ("en", "zh") if (said := dict(getattr(table, field))))
    states = "".join(f"{state!r}," for state in table.states)
    return (
        f"Table(name={table.name!r}, initial={table.initial!r}, states=({states}),"
        f" ends=frozenset({{{ends}}}), moves={{{moves}}}, {titles})"
    )


def spread(row: object) -> str:
    """A dict as text, one item to a line unless it is empty."""
    assert isinstance(row, dict)  # noqa: S101 - tables hold dicts
    return "{" + "".join(f"{key!r}: {value!r}," for key, value in row.items()) + "}"


def main(argv: list[str] | None = None) -> int:
    """Write every table that is out of date, or with `--check` name it."""
    parser = argparse.ArgumentParser(description="Compile the declared lifecycles into tables.")
    parser.add_argument("--check", action="store_true", help="compare only; exit 1 where a table is out of date")
    check = parser.parse_args(argv).check
    stale = 0
    for path, charts in lifecycles():
        table = path.with_name("table.py")
        text = written(charts)
        if table.exists() and table.read_text(encoding="utf-8") == text:
            continue
        stale += 1
        print(f"{table.relative_to(ROOT)}: {'out of date, run tools/compile_charts.py' if check else 'written'}")
        if not check:
            table.write_text(text, encoding="utf-8")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
