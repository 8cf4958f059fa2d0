"""Look for what must not stand in this project, and for rooms that have grown too large.

Text: paths of somebody's machine, host names of package indexes, advice to install a stranger's package, words about
the way somebody happens to work. Code: modules over 400 and functions over 40 lines (generated
tables apart), forbidden module names, and, in the core, any reach for the clock, chance, files or the environment.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
PLACES = ("src", "tests", "docs", "tools", "benchmarks", ".ci")
KINDS = {".cfg", ".csv", ".json", ".jsonl", ".md", ".py", ".toml", ".txt", ".xml", ".yaml", ".yml", ""}
SKIPPED = {"__pycache__", "site", "golden"}

TEXT_RULES = {
    "a path of one machine": r"(?<![\w.~)}-])/(?:home|root|tmp|Users|opt|work|farm|mnt)/",
    "a package index": r"\bpy[p]i\.|python[h]osted\.org|--(?:extra-)?index[-]url|registry\.npm[j]s",
    "a stranger's package": r"pip3? install (?:-\S+ )*[\"']?order[l]ib(?![-_./\w])",
    "somebody's way of working": r"(?i)\b(?:cl[a]ude|chat[g]pt|cop[i]lot|sub-?[a]gent|the br[i]ef)\b",
    "a tracker's number": r"(?i)\b(?:iss[u]es?|ticket) #?\d+\b",
    "an unfinished note": r"\b(?:TO[D]O|FIX[M]E)\b",
}

MODULE_LINES, FUNCTION_LINES = 400, 40
VAGUE_NAMES = {"utils", "helpers", "common", "manager", "service", "base"}
DOOR = re.compile(r"^# door: .*?^# end of door\n", re.MULTILINE | re.DOTALL)
GENERATED = re.compile(r"^Generated\b", re.MULTILINE)  # a line of the module's docstring

# The prompt opens files; the desk's own clock and source of ids stand where an application brings none.
OUTSIDE = ("__main__.py", "cli/", "desk/system.py")
CALLS = {
    "open": "opens a file",
    "input": "asks at the prompt",
    "datetime.now": "reads the clock",
    "datetime.utcnow": "reads the clock",
    "datetime.today": "reads the clock",
    "date.today": "reads the clock",
    "pendulum.now": "reads the clock",
    "pendulum.today": "reads the clock",
    "pendulum.parse": "reads a moment loosely",
    "os.getenv": "reads the environment",
    "os.urandom": "rolls dice",
    "uuid.uuid1": "rolls dice",
    "uuid.uuid4": "rolls dice",
}
MODULES = {"time": "reads the clock", "secrets": "rolls dice", "tempfile": "opens a file", "socket": "uses the network"}
METHODS = {
    "read_text": "opens a file",
    "read_bytes": "opens a file",
    "write_text": "writes a file",
    "write_bytes": "writes a file",
}
ATTRIBUTES = {"os.environ": "reads the environment"}
TEST_MODULES = {"requests": "uses the network", "socket": "uses the network", "urllib.request": "uses the network"}
TEST_CALLS = {"time.sleep": "sleeps", **{name: why for name, why in CALLS.items() if why == "reads the clock"}}


def files() -> Iterator[Path]:
    """Every text file of the project."""
    for path in sorted(ROOT.iterdir()):
        if path.is_file() and path.suffix in KINDS and (not path.name.startswith(".") or path.name == ".gitignore"):
            yield path
    for place in PLACES:
        for path in sorted((ROOT / place).rglob("*")):
            if path.is_file() and path.suffix in KINDS and not SKIPPED & set(path.parts):
                yield path


def text_faults(path: Path) -> Iterator[str]:
    """What the words of a file give away."""
    for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
        for fault, pattern in TEXT_RULES.items():
            if re.search(pattern, line):
                yield f"{number}: {fault}: {line.strip()[:100]}"


def size_faults(path: Path, text: str, tree: ast.Module) -> Iterator[str]:
    """Rooms that have outgrown their walls, and names that say nothing."""
    if VAGUE_NAMES & {path.stem, path.parent.name}:
        yield "1: a name that does not say what lives here"
    works = any(isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) for node in ast.walk(tree))
    if not works or GENERATED.search(ast.get_docstring(tree) or ""):
        return  # a table is as long as what it lists
    length = len(DOOR.sub("", text).splitlines())
    if length > MODULE_LINES:
        yield f"1: {length} lines, more than {MODULE_LINES}"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION_LINES:
                yield f"{node.lineno}: {node.name} has {lines} lines, more than {FUNCTION_LINES}"


def dotted(node: ast.expr) -> str:
    """`a.b.c` as text, where the expression is one; the last two names decide."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def imported(node: ast.AST) -> Iterator[str]:
    """The modules, and names of modules, that an import statement fetches."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module:
        yield node.module
        yield from (f"{node.module}.{alias.name}" for alias in node.names)


def reach_faults(tree: ast.Module, calls: dict[str, str], modules: dict[str, str]) -> Iterator[str]:
    """Where the code reaches for the world outside."""
    for node in ast.walk(tree):
        line = getattr(node, "lineno", 0)
        for name in imported(node):
            if name in modules or name in calls:
                yield f"{line}: {modules.get(name) or calls[name]}: {name}"
        if isinstance(node, ast.Call):
            name = dotted(node.func)
            last_two = ".".join(name.split(".")[-2:])
            if last_two in calls:
                yield f"{line}: {calls[last_two]}: {name}"
            elif name.startswith("random.") and name != "random.Random":
                yield f"{line}: rolls dice: {name}"


def core_faults(tree: ast.Module) -> Iterator[str]:
    """What only the core must not do: touch files by their paths, look into the environment."""
    yield from reach_faults(tree, CALLS, MODULES)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in METHODS:
            yield f"{node.lineno}: {METHODS[node.func.attr]}: {node.func.attr}"
        elif isinstance(node, ast.Attribute) and dotted(node) in ATTRIBUTES:
            yield f"{node.lineno}: {ATTRIBUTES[dotted(node)]}: {dotted(node)}"


def code_faults(path: Path) -> Iterator[str]:
    """What the rules of its place forbid a Python file."""
    place = path.relative_to(ROOT).parts
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    if place[0] == "src":
        yield from size_faults(path, text, tree)
        if not "/".join(place[2:]).startswith(OUTSIDE):
            yield from core_faults(tree)
    elif place[0] == "tests":
        yield from reach_faults(tree, TEST_CALLS, TEST_MODULES)


def main() -> int:
    """Print every fault with its place; 1 where there is one."""
    count = 0
    for path in files():
        faults = [*text_faults(path), *(code_faults(path) if path.suffix == ".py" else ())]
        count += len(faults)
        for fault in faults:
            print(f"{path.relative_to(ROOT)}:{fault}")
    print(f"{count} faults")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
