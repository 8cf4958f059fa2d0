"""Instances of the scheduling literature, read as problems of ours, each with the best value that is known.

Every reader takes text. `instances` looks through a folder, however it is laid out: `*.sm` of the PSPLIB with
`*optimum*.csv`, job shops beside an `instances.json`, `wtN.txt` of the OR-Library with `wtoptN.txt`, several projects
(`*.rcmp`), several skills (`*.msrcp`), and job shops with due dates. A value given as a range of bounds counts by its upper one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import combinations, product
from pathlib import Path

import attrs

from orderlib.planning.scheduling import Activity, Mode, SchedulingProblem, SchedulingResource


@attrs.frozen
class Instance:
    """A problem by its set and name, and the best value known of its objective (none: unknown)."""

    set: str
    name: str
    problem: SchedulingProblem
    best: int | None = None


def numbers(line: str) -> list[int]:
    """The whole numbers of a line."""
    return [int(each) for each in line.split()]


def needs(amounts: list[int]) -> dict[str, int]:
    """Amounts by position as needs."""
    return {f"R{at}": amount for at, amount in enumerate(amounts) if amount}


def pools(capacities: list[int]) -> list[SchedulingResource]:
    """Capacities by position as resources."""
    return [SchedulingResource(f"R{at}", capacity) for at, capacity in enumerate(capacities)]


def project(text: str) -> SchedulingProblem:
    """A PSPLIB file (`.sm`, one mode or several, renewable resources)."""
    parts = re.split(r"^\*+\s*$", text, flags=re.MULTILINE)
    after: dict[int, list[str]] = {}
    modes: dict[int, list[Mode]] = {}
    capacities: list[int] = []
    for part in parts:
        lines = [line for line in part.splitlines() if line.strip()]
        if not lines:
            continue
        if lines[0].startswith("PRECEDENCE"):
            for job, _, _, *followers in map(numbers, lines[2:]):
                after.setdefault(job, [])
                for follower in followers:
                    after.setdefault(follower, []).append(str(job))
        elif lines[0].startswith("REQUESTS"):
            job, columns = 0, lines[1].count(" R ") + 3
            for row in map(numbers, lines[3:]):
                job = row[0] if len(row) == columns else job  # further modes of a job do not repeat its number
                mode, duration, *amounts = row[-columns + 1 :]
                modes.setdefault(job, []).append(Mode(duration, needs(amounts), str(mode)))
        elif lines[0].startswith("RESOURCEAVAIL"):
            capacities = numbers(lines[2])
    return SchedulingProblem([Activity(str(job), modes[job], after[job]) for job in modes], pools(capacities))


def job_shop(text: str) -> SchedulingProblem:
    """A job shop in the usual form: a line per job, machine and time in turn."""
    head, *rows = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    jobs, machines = numbers(head)[:2]
    return shop([list(zip(row[::2], row[1::2], strict=True)) for row in map(numbers, rows[:jobs])], machines)


def shop(routes: list[list[tuple[int, int]]], machines: int, dues: list[int] | None = None) -> SchedulingProblem:
    """Jobs as routes of (machine, time), with due dates where lateness counts."""
    activities = [
        Activity(
            f"{job}-{step}",
            Mode(time, {f"R{machine}": 1}),
            [f"{job}-{step - 1}"] if step else [],
            due=dues[job] if dues and step == len(route) - 1 else None,
        )
        for job, route in enumerate(routes)
        for step, (machine, time) in enumerate(route)
    ]
    objective = "weighted-tardiness" if dues else "makespan"
    return SchedulingProblem(activities, pools([1] * machines), objective=objective)


def job_shop_with_dues(text: str) -> SchedulingProblem:
    """Processing times, routes counted from 1, and due dates, each under its heading."""
    body = re.split(r"^[A-Za-z ]+:\s*$", text, flags=re.MULTILINE)[1:]
    times, routes, dues = ([numbers(line) for line in part.splitlines() if line.strip()] for part in body)
    made = [[(machine - 1, times[job][machine - 1]) for machine in route] for job, route in enumerate(routes)]
    return shop(made, len(times[0]), [due for due, *_ in dues])


def one_machine(text: str, jobs: int) -> Iterator[SchedulingProblem]:
    """The OR-Library's weighted tardiness: for each instance the times, the weights, the due dates."""
    every = numbers(text)
    for at in range(0, len(every) - 3 * jobs + 1, 3 * jobs):
        times, weights, dues = (every[at + part * jobs : at + (part + 1) * jobs] for part in range(3))
        yield SchedulingProblem(
            [
                Activity(str(job), Mode(times[job], {"R0": 1}), due=dues[job], weight=weights[job])
                for job in range(jobs)
            ],
            pools([1]),
            objective="weighted-tardiness",
        )


def projects(text: str) -> SchedulingProblem:
    """Several projects on shared resources (MPLIB): successors are written as project:activity."""
    rows = [line.split() for line in text.splitlines() if line.strip()]
    count, kinds, capacities = int(rows[0][0]), int(rows[1][0]), [int(each) for each in rows[2]]
    at, modes, after = 3, dict[str, Mode](), dict[str, list[str]]()
    for one in range(1, count + 1):
        size = int(rows[at][0])
        release, at = int(rows[at][1]) if len(rows[at]) > 1 else 0, at + 2
        for number in range(1, size + 1):
            name, row = f"{one}:{number}", rows[at]
            at += 1
            modes[name] = Mode(int(row[0]), needs([int(each) for each in row[1 : 1 + kinds]]))
            after.setdefault(name, [])
            for follower in row[2 + kinds :]:
                after.setdefault(follower, []).append(name)
        assert release == 0, "projects that are released later were never seen"
    return SchedulingProblem([Activity(name, mode, after[name]) for name, mode in modes.items()], pools(capacities))


def skills(text: str) -> SchedulingProblem:
    """People with skills (MSLIB): each team that has the skills needed is a mode; levels are not looked at."""
    parts = {
        name.strip(): [line.split() for line in body.splitlines() if line.strip()]
        for name, body in re.findall(r"\\\*([^\n*\\]*)(?:\*\\)?[^\n]*\n(.*?)(?=\\\*|\Z)", text, re.DOTALL)
    }
    rows = [row for row in parts["Project Module"] if len(row) > 1]
    size = int(rows[0][0])
    people = [{skill for skill, has in enumerate(row) if has != "0"} for row in parts["Workforce Module"]]
    wanted = [[int(each) for each in row] for row in parts["Skill Requirements Module"]]
    after: list[list[str]] = [[] for _ in range(size)]
    for number, row in enumerate(rows[1 : size + 1]):
        for follower in row[2:]:
            after[int(follower) - 1].append(str(number + 1))
    activities = []
    for number, row in enumerate(rows[1 : size + 1]):
        teams = teams_for(people, wanted[number])
        modes = [Mode(int(row[0]), {f"R{each}": 1 for each in sorted(team)}, f"m{at}") for at, team in enumerate(teams)]
        activities.append(Activity(str(number + 1), modes, after[number]))
    return SchedulingProblem(activities, pools([1] * len(people)))


def teams_for(people: list[set[int]], wanted: list[int]) -> list[frozenset[int]]:
    """Every set of people in which each skill is there as often as it is wanted."""
    choices = [
        list(combinations([each for each, has in enumerate(people) if skill in has], count))
        for skill, count in enumerate(wanted)
        if count
    ]
    teams = {frozenset(each for part in picked for each in part) for picked in product(*choices)}
    full = [team for team in teams if len(team) == sum(wanted)]
    return sorted(full, key=sorted) or [frozenset()]


def upper(value: str) -> int:
    """A value, or the upper of two bounds."""
    return int(value.rsplit("..", maxsplit=1)[-1])


def optima(path: Path) -> dict[str, int]:
    """Best values by name, from a table of two columns."""
    rows = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]
    return {row[0].strip(): upper(row[1]) for row in rows if len(row) > 1 and re.match(r"[\d.]+\s*$", row[1].strip())}


def instances(folder: Path, optimum: Path | None = None) -> Iterator[Instance]:
    """Every instance below a folder; best values from the files found there, or from the one given."""
    best: dict[str, int] = {}
    for path in [optimum] if optimum else sorted(folder.rglob("*optimum*.csv")):
        best |= optima(path)
    for path in sorted(folder.rglob("*.sm")):
        yield Instance(_group(path), path.stem, project(_text(path)), best.get(path.name, best.get(path.stem)))
    for index in sorted(folder.rglob("instances.json")):
        yield from shops(index, best)
    for path in sorted(folder.rglob("*.txt")):
        if found := re.fullmatch(r"wt(\d+)", path.stem):
            yield from tardy(path, int(found[1]))
        elif "Routes of jobs" in (text := _text(path)):
            known = tardiness_known(path)
            yield Instance("job shop tardiness", path.stem, job_shop_with_dues(text), known.get(path.stem))
    for kind, reader in (("*.rcmp", projects), ("*.msrcp", skills)):
        for path in sorted(folder.rglob(kind)):
            yield Instance(path.stem.split("_")[0], path.stem, reader(_text(path)))


def tardiness_known(path: Path) -> dict[str, int]:
    """The least total tardiness that any of the models in `Results` reached, by instance (P1, P2 …)."""
    folder = next((up / "Results" for up in path.parents if (up / "Results").is_dir()), None)
    tables = [_text(each).splitlines() for each in folder.glob("*.csv")] if folder else []
    rows = [[float(re.split(r"[\s,]", line)[0]) for line in table if line.strip()] for table in tables]
    reached = [[value for value in values if value >= 0] for values in zip(*rows, strict=False)]
    return {f"P{at + 1}": round(min(values)) for at, values in enumerate(reached) if values}


def tardy(path: Path, jobs: int) -> Iterator[Instance]:
    """The instances of one file of weighted tardiness, with the optima that lie beside it."""
    known = path.with_name(f"wtopt{jobs}.txt")
    values = numbers(_text(known)) if known.exists() else []
    for at, problem in enumerate(one_machine(_text(path), jobs)):
        yield Instance(path.stem, f"{path.stem}-{at + 1}", problem, values[at] if at < len(values) else None)


def shops(index: Path, best: dict[str, int]) -> Iterator[Instance]:
    """The job shops that an index lists and that are there."""
    for each in json.loads(_text(index)):
        path = index.parent / each["path"]
        if path.exists():
            value = each.get("optimum") or (each.get("bounds") or {}).get("upper")
            yield Instance("jsp", each["name"], job_shop(_text(path)), best.get(each["name"], value))


def _group(path: Path) -> str:
    found = re.match(r"j(?:10|12|14|16|18|20|30|60|90|120)(?=\d{1,2}_)", path.stem)
    return "j120" if path.stem.startswith("j120") else found[0] if found else path.parent.name


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")
