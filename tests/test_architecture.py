"""The house keeps its rules: floors, doors, docstrings."""

from __future__ import annotations

import importlib
import inspect
import os
import pkgutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import grimp
import pytest

import orderlib

# The prompt runs when it is imported; everything else may be looked at.
MODULES = sorted(
    info.name for info in pkgutil.walk_packages(orderlib.__path__, "orderlib.") if not info.name.endswith("__main__")
)


def offered(module: ModuleType) -> list[str]:
    """What a module says it offers."""
    return list(getattr(module, "__all__", ()))


def test_imports_point_down_the_floors(root, tmp_path):
    """The import contracts of the project file hold."""
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
    done = subprocess.run(
        [*command, "--no-cache", "--config", str(root / "pyproject.toml")],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(root / "src"), "PYTHONUTF8": "1"},
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_module_waits_for_itself():
    """No chain of imports leads back to where it began."""
    graph = grimp.build_graph("orderlib", cache_dir=None)
    around = [
        (importer, imported)
        for importer in sorted(graph.modules)
        for imported in sorted(graph.find_modules_directly_imported_by(importer))
        if graph.chain_exists(importer=imported, imported=importer)
    ]
    assert around == []


def test_no_room_borrows_from_the_front_door(root):
    """Inside the package nobody imports from `orderlib` itself: the door is for users."""
    graph = grimp.build_graph("orderlib", cache_dir=None)
    borrowers = graph.find_modules_that_directly_import("orderlib") - {"orderlib.__main__"}
    assert {name for name in borrowers if not name.startswith("orderlib.cli")} == set()


@pytest.mark.parametrize("name", ["orderlib", *MODULES])
def test_what_a_module_offers_is_there_and_documented(name):
    """`__all__` names each thing once, everything in it exists, and what is defined here says what it is."""
    module = importlib.import_module(name)
    names = offered(module)
    assert module.__doc__, "a module says what it is for"
    assert len(set(names)) == len(names)
    silent = [each for each in names if not documented(getattr(module, each))]
    assert silent == []


def documented(thing: object) -> bool:
    """Has a docstring of its own, or is plain data or somebody else's, whose place in the module documents it."""
    ours = str(getattr(thing, "__module__", "")).startswith("orderlib")
    if not ours or not (inspect.isclass(thing) or inspect.isroutine(thing)):
        return True
    own = thing.__dict__.get("__doc__") if inspect.isclass(thing) else thing.__doc__
    return bool(own and own.strip())


def test_every_package_has_a_door(root):
    """Every package lists its public names in `__all__`."""
    packages = [path.parent for path in (root / "src").rglob("__init__.py")]
    names = [".".join(path.relative_to(root / "src").parts) for path in packages]
    assert [name for name in names if not hasattr(importlib.import_module(name), "__all__")] == []


@pytest.mark.parametrize("name", ["orderlib", *MODULES])
def test_a_lazy_door_leads_where_it_says(name):
    """Each name of a lazy package is the object that its module defines, and hides no module of the package."""
    package = importlib.import_module(name)
    where = getattr(package, "_WHERE", {})
    wrong = [
        each
        for each, home in where.items()
        if getattr(package, each) is not getattr(importlib.import_module(home), each)
    ]
    assert wrong == []
    assert not where.keys() & {info.name for info in pkgutil.iter_modules(getattr(package, "__path__", ()))}


def test_the_doors_are_up_to_date(root):
    """The tables of the lazy packages agree with what their modules offer."""
    script = Path("tools", "doors.py")
    done = subprocess.run([sys.executable, root / script, "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
