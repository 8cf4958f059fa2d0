"""P9: how good schedules are, on the instances of the literature that lie in a folder.

    python benchmarks/run.py --only schedule-quality [--data DIR] [--optimum FILE]

The default policy: mean gap to the best value known, in percent, within 100 iterations (job shops 200), set by set;
on one machine the total over the total of the optima. With the `solver` extra, one worker: how many of the j30 are
not optimal and proven, and the median of the seconds that this thread spends on one; the job shops la01 to la15 to
the optimum within 20 seconds each, la16 to la20 within 2 % in 60, with the bound. Whatever is found is checked by the
independent checker before it counts.
"""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import mean, median

from measure import Row, at_most
from schedule_instances import Instance, instances

from orderlib.planning.scheduling import ConstraintSolver, JustifiedSampling, Schedule, check_schedule

BARS = {"j30": 1.0, "j60": 2.0, "j120": 6.0}
FIRST = tuple(f"la{number:02}" for number in range(1, 16))
HARDER = tuple(f"la{number:02}" for number in range(16, 21))


def found(instance: Instance, policy: Callable[..., Schedule]) -> Schedule:
    """The schedule of a policy, if the checker has nothing to say about it."""
    schedule = policy(instance.problem)
    wrong = check_schedule(instance.problem, schedule)
    assert not wrong, f"{instance.name}: {wrong[0]}"
    return schedule


def mean_gap(group: Iterable[Instance], policy: Callable[..., Schedule]) -> float:
    """The mean of the gaps to the best values known, in percent."""
    return 100 * mean([found(each, policy).value / each.best - 1 for each in group if each.best])


def sampled(sets: dict[str, list[Instance]]) -> list[Row]:
    """The default policy, set by set."""
    rows = [
        at_most(
            f"P9 {name}: mean gap in %, 100 iterations, {len(group)} instances",
            BARS[name],
            mean_gap(group, JustifiedSampling(100)),
        )
        for name, group in sets.items()
        if name in BARS
    ]
    shops = [each for each in sets.get("jsp", []) if each.name in FIRST + HARDER]
    if shops:
        name = f"P9 job shops: mean gap in %, 200 iterations, {len(shops)} instances"
        rows.append(at_most(name, 12, mean_gap(shops, JustifiedSampling(200))))
    for name, group in sets.items():
        known = [each for each in group if each.best is not None]
        if name.startswith("wt") and known:
            total = sum(found(each, JustifiedSampling(100)).value for each in known)
            over = 100 * (total / sum(each.best or 0 for each in known) - 1)
            rows.append(at_most(f"P9 {name}: total over the optima in %, {len(known)} instances", 3, over))
    return rows


def solved(sets: dict[str, list[Instance]]) -> list[Row]:
    """The solver on those small enough for a proof."""
    rows: list[Row] = []
    if "j30" in sets:
        spent: list[float] = []
        unproven = 0
        for each in sets["j30"]:
            schedule, took = timed(each, ConstraintSolver(limit=60))
            spent.append(took)
            unproven += not (schedule.proven and (each.best is None or schedule.value == each.best))
        rows += [
            at_most(f"P9 j30 with the solver: not proven optimal, of {len(spent)}", 0, unproven),
            at_most("P9 j30 with the solver: median in s", 0.1, median(spent)),
        ]
    shops = {each.name: each for each in sets.get("jsp", [])}
    if first := [shops[name] for name in FIRST if name in shops]:
        late = 0
        for each in first:
            schedule, took = timed(each, ConstraintSolver(limit=20, seconds=60))
            late += schedule.value != each.best or took > 20
        rows.append(at_most(f"P9 la01-15 with the solver: not optimal in 20 s, of {len(first)}", 0, late))
    if harder := [shops[name] for name in HARDER if name in shops]:
        gaps: list[float] = []
        for each in harder:
            schedule, took = timed(each, ConstraintSolver(limit=60, seconds=60))
            gaps.append(100 * (schedule.value / (each.best or schedule.value) - 1))
            print(f"  {each.name}: {schedule.value}, bound {schedule.lower_bound}, best {each.best}, {took:.1f} s")
        rows.append(at_most("P9 la16-20 with the solver: largest gap in %, 60 s", 2, max(gaps)))
    return rows


def timed(instance: Instance, policy: Callable[..., Schedule]) -> tuple[Schedule, float]:
    """The schedule, and the seconds that this thread has spent on it."""
    start = time.thread_time()
    schedule = policy(instance.problem)
    took = time.thread_time() - start
    assert not check_schedule(instance.problem, schedule), instance.name
    return schedule, took


def run(data: Path | None = None, optimum: Path | None = None, *, smoke: bool = False) -> list[Row]:
    """The rows of those sets that are there."""
    if data is None:
        return []
    folder = data / "30_scheduling"
    sets: dict[str, list[Instance]] = {}
    for each in instances(folder if folder.is_dir() else data, optimum):
        sets.setdefault(each.set, []).append(each)
    if smoke:
        sets = {name: group[:2] for name, group in sets.items()}
    rows = sampled(sets)
    if importlib.util.find_spec("ortools"):
        rows += solved(sets)
    return rows


if __name__ == "__main__":
    for row in run(Path("../shared/data")):
        print(row)
