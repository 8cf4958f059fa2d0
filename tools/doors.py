"""Keep the doors: the list of public names that a lazy package shows, in the three forms that it needs.

A package with a lazy door has, in its `__init__.py`, a region between two comment lines::

    # door: every name          (or `# door: chosen names`)
    ...
    # end of door

`every name` shows what the package's modules list in their `__all__`. Constants are left out: a finding code or a
limit is read from its own module, where its name says enough. So is a function that bears the name of a module of
the package: whoever came first would hide the other. `chosen names` shows what the region imports for types: to add
a name, add one line `from orderlib.room.module import Name as Name` there. Either way this script writes the
imports, `__all__` and the table anew; `--check` only compares.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
from pathlib import Path

SOURCE = Path(__file__).parents[1] / "src"
REGION = re.compile(r"^# door: (?P<mode>every|chosen) names?\n(?P<body>.*?)^# end of door\n", re.MULTILINE | re.DOTALL)


def listed_in(module: Path) -> list[str]:
    """The names in a module's literal `__all__`, or none."""
    for node in ast.parse(module.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return [str(name) for name in ast.literal_eval(node.value)]
    return []


def every_name(package: Path) -> dict[str, str]:
    """Name to module, for all public modules that lie directly in the package; some stay at home."""
    found: dict[str, str] = {}
    rooms = {path.stem for path in package.glob("*")}
    for module in sorted(package.glob("*.py")):
        if module.stem.startswith("_"):
            continue
        dotted = ".".join((*package.relative_to(SOURCE).parts, module.stem))
        for name in listed_in(module):
            if rank(name)[0] == 0 or name in rooms:
                continue
            if name in found:
                sys.exit(f"{name} is public in {found[name]} and in {dotted}")
            found[name] = dotted
    return found


def chosen_names(body: str) -> dict[str, str]:
    """Name to module, from the imports that stand in the region."""
    imports = (node for node in ast.walk(ast.parse(body)) if isinstance(node, ast.ImportFrom))
    return {alias.name: node.module or "" for node in imports for alias in node.names}


def rank(name: str) -> tuple[int, list[tuple[int, str]]]:
    """The place of a name in `__all__`: constants, classes, functions, each in natural order."""
    kind = 0 if name.isupper() and len(name) > 1 else 1 if name[0].isupper() else 2
    parts = re.findall(r"\d+|\D+", name)
    return kind, [(int(part), "") if part.isdigit() else (-1, part) for part in parts]


def written(where: dict[str, str]) -> str:
    """The body of a region: imports for types, `__all__`, and the table that the door reads."""
    imports = sorted(where.items(), key=lambda item: (item[1], rank(item[0])))
    names = sorted(where, key=rank)
    lines = ["if TYPE_CHECKING:"]
    lines += [f"    from {module} import {name} as {name}" for name, module in imports]
    lines += ["" if where else "    pass\n", "__all__ = [", *(f'    "{name}",' for name in names), "]", ""]
    lines += ["_WHERE = {", *(f'    "{name}": "{where[name]}",' for name in names), "}", ""]
    return "\n".join(lines)


def renewed(door: Path) -> str | None:
    """The text that the file should have, or nothing where it has no door."""
    text = door.read_text(encoding="utf-8")
    region = REGION.search(text)
    if region is None:
        return None
    where = every_name(door.parent) if region["mode"] == "every" else chosen_names(region["body"])
    return f"{text[: region.start('body')]}{written(where)}{text[region.end('body') :]}"


def main() -> int:
    """Renew every door, or with `--check` name those that are out of date."""
    parser = argparse.ArgumentParser(description="Write the tables of the lazy packages.")
    parser.add_argument("--check", action="store_true", help="compare only; exit 1 where a door is out of date")
    check = parser.parse_args().check
    stale = 0
    for door in sorted(SOURCE.rglob("__init__.py")):
        text = renewed(door)
        if text is None or text == door.read_text(encoding="utf-8"):
            continue
        stale += 1
        print(f"{door.relative_to(SOURCE.parent)}: {'out of date, run `make doors`' if check else 'renewed'}")
        if not check:
            door.write_text(text, encoding="utf-8")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
