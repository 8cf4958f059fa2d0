"""Run the benchmarks: print every row with its bar and what was measured, and write results.json beside this file.

Each `bench_NAME.py` in this folder offers `run(data: Path | None = None, smoke: bool = False) -> list[Row]` (see
measure.py); it may leave out parameters that it does not need. Exit status 1 where a bar is missed.

    python benchmarks/run.py [--only NAME] [--data DIR] [--optimum FILE] [--smoke]

NAME is a file (`import`), or a row (`P10`) that the file names in its docstring. `--smoke` runs every benchmark
with a minimum of rounds, writes nothing and judges nothing: it shows only that they still run.
"""

from __future__ import annotations

import argparse
import importlib
import inspect
import json
import os
import platform
import re
import sys
from pathlib import Path
from types import ModuleType

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from measure import Row  # noqa: E402 - its folder is put on the path above


def benches(only: str | None) -> list[ModuleType]:
    """The benchmarks of this folder, or the one asked for."""
    modules = [importlib.import_module(path.stem) for path in sorted(HERE.glob("bench_*.py"))]
    if only is None:
        return modules
    wanted = only.lower().replace("-", "_").removeprefix("bench_")
    return [
        module
        for module in modules
        if module.__name__ == f"bench_{wanted}" or wanted in re.findall(r"\bp\d+\b", (module.__doc__ or "").lower())
    ]


def rows_of(module: ModuleType, data: Path | None, optimum: Path | None = None, *, smoke: bool) -> list[Row]:
    """What a benchmark measures, given those of our arguments that it takes."""
    offered = {"data": data, "optimum": optimum, "smoke": smoke}
    taken = inspect.signature(module.run).parameters
    rows: list[Row] = module.run(**{name: value for name, value in offered.items() if name in taken})
    return rows


def data_folder(given: Path | None) -> Path | None:
    """The folder of real documents: as given, else `ORDERLIB_DATA`, else beside the checkout, else none."""
    folder = given or Path(os.environ.get("ORDERLIB_DATA") or HERE.parents[1] / "shared" / "data")
    return folder if folder.is_dir() else None


def shown(row: Row, *, smoke: bool) -> str:
    """A row as a line of the table."""
    verdict = "ran" if smoke else "ok" if row["ok"] else "MISSED"
    return f"{row['name']:<72} {row['bar']:>10} {row['measured']:>12.4g}  {verdict}"


def write(results: list[Row], *, keep: bool) -> None:
    """Write the rows; those of benchmarks that did not run now stay as they were, where asked."""
    path = HERE / "results.json"
    new = {row["name"] for row in results}
    old = json.loads(path.read_text(encoding="utf-8"))["rows"] if keep and path.exists() else []
    rows = sorted([row for row in old if row["name"] not in new] + results, key=lambda row: row["name"])
    record = {"python": platform.python_version(), "rows": rows}
    path.write_text(json.dumps(record, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def main() -> int:
    """Measure, print, write; 1 where a bar is missed, 2 where nothing of that name exists."""
    parser = argparse.ArgumentParser(description="Measure the bars.")
    parser.add_argument("--only", metavar="NAME", help="one benchmark, by its file or its row")
    parser.add_argument("--data", type=Path, metavar="DIR", help="folder of real documents")
    parser.add_argument("--optimum", type=Path, metavar="FILE", help="best values known, where they lie elsewhere")
    parser.add_argument("--smoke", action="store_true", help="show that they run; judge nothing")
    arguments = parser.parse_args()
    found = benches(arguments.only)
    if not found:
        parser.error(f"no benchmark is called {arguments.only}")
    print(f"{'row':<72} {'bar':>10} {'measured':>12}")
    results: list[Row] = []
    for module in found:
        for row in rows_of(module, data_folder(arguments.data), arguments.optimum, smoke=arguments.smoke):
            print(shown(row, smoke=arguments.smoke), flush=True)
            results.append(row)
    if arguments.smoke:
        return 0
    write(results, keep=arguments.only is not None)
    missed = [row["name"] for row in results if not row["ok"]]
    print(f"{len(results)} rows, {len(missed)} missed")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
