"""Tables that the documentation takes from the code, so that they cannot say anything else.

`WRITTEN` names them. `<!-- written: policies -->` on a page of docs/ is replaced by the table while the site is
built. README is read without a build: there the table stands between `<!-- kept: benchmarks -->` and
`<!-- end of benchmarks -->`, and `tools/check_docs.py` compares it, or with `--write` puts it there.
"""

from __future__ import annotations

import ast
import importlib
import json
import pkgutil
import re
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src"
if str(SOURCE) not in sys.path:
    sys.path.insert(0, str(SOURCE))

from orderlib.case.authority import BY_DEPARTMENT  # noqa: E402 - the lines above make it importable
from orderlib.case.phase import PHASES_ZH  # noqa: E402
from orderlib.case.policies import SLOTS, PolicySet  # noqa: E402
from orderlib.case.rooms import every_rule  # noqa: E402
from orderlib.case.table import ORDER  # noqa: E402
from orderlib.errors import FindingCode, known_codes  # noqa: E402
from orderlib.wire.ubl.response_out import _ANSWERS as ANSWERS  # noqa: E402

__all__ = ["WRITTEN", "codes_page", "commands_page"]


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table in Markdown."""
    names = list(head)
    lines = [names, ["---"] * len(names), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '&#124;') for cell in line)} |" for line in lines)


def said(thing: Any) -> str:
    """The first sentence of a docstring, on one line."""
    words = " ".join((thing.__doc__ or "").split("\n\n")[0].split())
    end = words.find(". ")
    return words if end < 0 else words[: end + 1]


def code(words: Iterable[object]) -> str:
    """Words as code, one after the other."""
    return ", ".join(f"`{word}`" for word in words)


def listed(words: Iterable[str]) -> str:
    """Words in the order of the alphabet."""
    return ", ".join(sorted(words))


def policies() -> str:
    """Every slot with its default, the rule, and what it may answer, best first."""
    policies = PolicySet()
    rows = []
    for slot, room in SLOTS.items():
        bound = getattr(policies, slot)
        kind = type(bound.policy)
        rows.append((f"`{slot}`", room, f"`{kind.__name__}`", said(kind), code(bound.outcomes)))
    return table(("slot", "room", "default", "its rule", "outcomes, best first"), rows)


def departments() -> str:
    """The responsibility matrix that a `PolicySet` has where it is given no other."""
    rows = (
        (f"`{stage}`", row.accountable, *map(listed, (row.responsible, row.consulted, row.informed)))
        for stage, row in BY_DEPARTMENT.rows.items()
    )
    return table(("row", "accountable", "responsible", "consulted", "informed"), rows)


def phases() -> str:
    """The phases, in English and Chinese."""
    return table(("phase", "阶段"), PHASES_ZH.items())


def states() -> str:
    """How many states and moves the order's life has, and which of the states are ends."""
    moves = sum(len(moves) for moves in ORDER.moves.values())
    ends = code(state for state in ORDER.states if state in ORDER.ends)
    return f"{len(ORDER.states)} states, {moves} moves; ends are {ends}."


#: the state of a TM Forum product order (TMF622 4.0, ProductOrderStateType) that says most nearly the same
TMF622: Final[Mapping[str, str]] = {
    "new": "",
    "enquired": "",
    "proposed": "",
    "received": "acknowledged",
    "returned": "pending",
    "in_review": "acknowledged",
    "accepted": "inProgress",
    "conditionally_accepted": "pending",
    "released": "inProgress",
    "in_execution": "inProgress",
    "closed": "completed",
    "rejected": "rejected",
    "expired": "cancelled",
    "declined": "cancelled",
    "cancelled": "cancelled",
    "terminated": "failed",
}


def answers() -> str:
    """Every state of the order's life beside what other standards call it; a state without a word here fails."""
    rows = (
        (f"`{state}`", ORDER.title(state, "zh"), ANSWERS.get(state, ""), TMF622[state] and f"`{TMF622[state]}`")
        for state in ORDER.states
    )
    return table(("state", "状态", "UBL OrderResponse", "TMF622"), rows)


def floors() -> str:
    """The floors of the import contract, highest first, with the rooms that stand on each."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    (contract,) = (each for each in settings["contracts"] if each["type"] == "layers")
    rows: list[tuple[str, str]] = []
    for layer in contract["layers"]:
        named = ((name, story(name)) for name in re.findall(r"\w+", layer))
        rooms = [(name, told) for name, told in named if told is not None]
        words = "<br>".join(told if len(rooms) == 1 else f"`{name}`: {told}" for name, told in rooms)
        if rooms:
            rows.append((code(name for name, _ in rooms), words))
    return table(("floor", "what lives there"), rows)


def story(name: str) -> str | None:
    """What the first line of a room's docstring says; None where there is no such room."""
    room = SOURCE / "orderlib" / name
    for path in (room / "__init__.py", room.with_suffix(".py")):
        if path.exists():
            module = ast.parse(path.read_text(encoding="utf-8"))
            return " ".join((ast.get_docstring(module) or "").split("\n\n")[0].split())
    return None


def benchmarks() -> str:
    """What was measured last, against its bar."""
    found = json.loads((ROOT / "benchmarks" / "results.json").read_text(encoding="utf-8"))
    ordered = sorted(found["rows"], key=lambda row: [int(part) if part.isdigit() else part for part in numbered(row)])
    rows = ((row["name"], row["bar"], f"{row['measured']:.4g}", "yes" if row["ok"] else "no") for row in ordered)
    return table(("work, and what is compared", "bar", "measured", "reached"), rows)


def numbered(row: Mapping[str, Any]) -> list[str]:
    """The name of a row, its numbers apart from its words, so that P2 comes before P10."""
    return re.findall(r"\d+|\D+", row["name"])


def commands_page() -> str:
    """The page that lists every command."""
    head = (
        "# Commands\n\nEvery command to a case, in the order of the floors: what it is, in which states of the order "
        "it is possible, which [row of the responsibility matrix](../explanation/policies.md#who-may-act) says who may "
        "give it, and which hold stops it. A *fact* is booked in every state; the states say where it is expected. "
        "What a command then does is decided by its room and its policies."
    )
    parts, room = [head], ""
    rows: list[tuple[str, ...]] = []
    for rule in (*every_rule(), None):
        here = rule.command.__module__.split(".")[1] if rule is not None else ""
        if here != room and rows:
            parts.append(f"## {room}\n\n{table(('command', 'what it is', 'states', 'row', 'hold'), rows)}")
            rows = []
        room = here
        if rule is not None:
            name = f"[`{rule.command.__name__}`]({room}.md#{rule.command.__module__}.{rule.command.__name__})"
            what = f"{'*fact*: ' if rule.fact else ''}{said(rule.command)}"
            rows.append((name, what, code(possible(rule)) or "all", rule.stage, str(rule.gate or "")))
    return "\n\n".join(parts)


def possible(rule: Any) -> tuple[str, ...]:
    """The states in which a command is possible; none means all."""
    if rule.moves:
        moved = {state for state, moves in ORDER.moves.items() if not moves.keys().isdisjoint(rule.moves)}
        return tuple(state for state in ORDER.states if state in moved | rule.states)
    return tuple(state for state in ORDER.states if state in rule.states)


@cache
def every_code() -> Mapping[str, FindingCode]:
    """Every code that any module of the library declares."""
    package = importlib.import_module("orderlib")
    for found in pkgutil.walk_packages(package.__path__, "orderlib."):
        # the prompt runs when it is imported; the tester's kit declares no codes and needs other packages
        if not found.name.startswith(("orderlib.__main__", "orderlib.testing")):
            importlib.import_module(found.name)
    return {code: declared for code, declared in known_codes().items() if "{" not in code}


def codes_page() -> str:
    """The page of all finding codes."""
    codes = every_code()
    head = (
        f"# Finding codes\n\nAll {len(codes)} codes that the library declares, with their weight and their sentences. "
        "A code is stable: a program may act on it. Words in braces are filled from the finding's evidence. How "
        "findings and errors belong together is told in [errors and codes](../explanation/errors.md)."
    )
    return "\n\n".join((head, *code_tables(codes)))


def code_tables(codes: Mapping[str, FindingCode]) -> Iterator[str]:
    """A table for each family of codes: the library's own by their first word, those of standards by theirs."""
    family = re.compile(r"[a-z][\w-]*(?=\.)|[A-Z]+")
    groups: dict[str, list[tuple[str, ...]]] = {}
    for each in codes.values():
        found = family.match(each.code)
        name = found[0] if found else each.code
        row = (f"`{each.code}`", str(each.severity), braced(each.en), braced(each.zh))
        groups.setdefault(name, []).append(row)
    for name, rows in groups.items():
        yield f"## {name}\n\n{table(('code', 'severity', 'English', '中文'), rows)}"


def braced(template: str) -> str:
    """A template without what Markdown would take for markup."""
    return template.replace("<", "&lt;").replace("*", "\\*").replace("_", "\\_")


WRITTEN: Final[Mapping[str, Callable[[], str]]] = {
    "answers": answers,
    "benchmarks": benchmarks,
    "departments": departments,
    "floors": floors,
    "phases": phases,
    "policies": policies,
    "states": states,
}
