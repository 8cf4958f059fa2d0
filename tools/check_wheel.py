"""Build the distribution, install the wheel into a new virtual environment, and test what was installed.

All tests run, from a copy that lies away from `src`, so that only the wheel can answer. Those that look at the checkout
itself (its floors, its doors, its tools) stay behind, and so do those on real documents, which run on the same code
elsewhere. What follows `--` goes to pytest.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import venv
import zipfile
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parents[1]
LOOK_AT_THE_CHECKOUT = ("test_architecture.py", "test_compile_charts.py", "test_pages_runner.py")
#: pages and scripts that some tests read
READ_BY_TESTS = ("docs", "tools", "pyproject.toml")


def built(into: Path) -> Path:
    """The wheel, made from the source distribution made from the checkout."""
    subprocess.run([sys.executable, "-m", "build", "--outdir", into, ROOT], check=True, stdout=subprocess.DEVNULL)
    (wheel,) = into.glob("*.whl")
    return wheel


def carries(wheel: Path) -> None:
    """The wheel holds the package's modules, its type marker and its licence, and nothing else's."""
    names = zipfile.ZipFile(wheel).namelist()
    strangers = [name for name in names if not name.startswith("orderlib")]
    missing = [name for name in ("orderlib/py.typed", "orderlib/__init__.py") if name not in names]
    if strangers or missing or not any(name.endswith("licenses/LICENSE") for name in names):
        sys.exit(f"{wheel.name}: strangers {strangers}, missing {missing}")


def tested(wheel: Path, folder: Path) -> None:
    """The tests pass on the wheel in an environment that holds it and the test tools alone."""
    venv.create(folder / "venv", with_pip=True)
    python = folder / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    alone = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHONPATH", "PYTHONHOME"))}
    run = partial(subprocess.run, check=True, cwd=folder, env=alone)
    more = ("pytest-randomly", "pytest-xdist")
    run([python, "-m", "pip", "install", "--quiet", f"{wheel}[calendars,testing]", *more])
    behind = shutil.ignore_patterns("__pycache__", *LOOK_AT_THE_CHECKOUT)
    shutil.copytree(ROOT / "tests", folder / "tests", ignore=behind)
    for name in READ_BY_TESTS:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    where = run(
        [python, "-c", "import orderlib; print(orderlib.__file__)"], stdout=subprocess.PIPE, text=True
    ).stdout.strip()
    if not Path(where).is_relative_to(folder / "venv"):
        sys.exit(f"the tests would look at {where}, not at the installed wheel")
    asked = sys.argv[sys.argv.index("--") + 1 :] if "--" in sys.argv else []
    run([python, "-m", "pytest", "--quiet", "-n", "auto", "-m", "not conformance", *asked])


def main() -> None:
    """Build, look inside, install, test."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        wheel = built(folder / "dist")
        carries(wheel)
        tested(wheel, folder)
        print(f"{wheel.name}: built, installed, tested")


if __name__ == "__main__":
    main()
