"""Build the distribution, install the wheel into a new virtual environment, and test what was installed.

The tests run from a copy that lies away from `src`, so that only the wheel can answer. Tests that look at the
checkout itself (its floors, its doors, its tools) stay behind. What follows `--` goes to pytest.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
LOOK_AT_THE_CHECKOUT = ("test_architecture.py", "test_compile_charts.py", "test_pages_runner.py")
#: what the installed package is tested with: the rooms from end to end
ROOMS = ("tests/order", "tests/intake", "tests/planning", "tests/settlement", "tests/case", "tests/desk")


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
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", f"{wheel}[calendars,testing]", "pytest-randomly", "pytest-xdist"],
        check=True,
    )
    behind = shutil.ignore_patterns("__pycache__", *LOOK_AT_THE_CHECKOUT)
    shutil.copytree(ROOT / "tests", folder / "tests", ignore=behind)
    shutil.copy(ROOT / "pyproject.toml", folder)
    more = sys.argv[sys.argv.index("--") + 1 :] if "--" in sys.argv else []
    subprocess.run([python, "-m", "pytest", "--quiet", "-n", "auto", *ROOMS, *more], check=True, cwd=folder)


def main() -> None:
    """Build, look inside, install, test."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        wheel = built(folder / "dist")
        carries(wheel)
        tested(wheel, folder)
        print(f"{wheel.name}: built, installed, tested")


if __name__ == "__main__":
    main()
