"""Probable dates: a network of tasks whose durations are estimates, run many times.

Every run draws each duration, the rework and the delays, and passes through the network. What is told is by when a
milestone is reached in half, in eight and in nine and a half of ten runs, and in how many runs the end hung on a
task. Draws are named, not taken in turn (see `orderlib.values.chance`): the result is the same with and without
numpy, on one machine or many, and however the runs are shared out.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from datetime import timedelta
from fractions import Fraction
from importlib.util import find_spec
from typing import Final

import attrs

from orderlib.errors import Finding, FindingCode, InvalidValueError, Severity
from orderlib.planning.network import ProbableNetwork
from orderlib.planning.sampling import Runs, run_plain
from orderlib.planning.vectorised import run_many
from orderlib.values.chance import MASK
from orderlib.values.codelist import whole
from orderlib.values.identifier import text
from orderlib.values.instant import Instant, later
from orderlib.values.typed import couples_of, tuple_of, type_check

__all__ = ["MilestoneOutlook", "Outlook", "simulate_network"]

NO_RUNS: Final = FindingCode(
    "probable.no-runs", Severity.ERROR, "no run was finished: nothing can be told", "没有完成任何一次模拟，无法给出结果"
)
UNKNOWN: Final = FindingCode(
    "probable.unknown-milestone", Severity.ERROR, "there is no milestone {milestone}", "不存在里程碑 {milestone}"
)
NO_NUMPY: Final = FindingCode(
    "probable.no-numpy",
    Severity.ERROR,
    "numpy is not installed: it comes with the extra `fast`",
    "未安装 numpy：请安装扩展 `fast`",
)
CANCELLED: Final = FindingCode(
    "probable.cancelled",
    Severity.WARNING,
    "{runs} of {asked} runs were finished before it was cancelled",
    "取消前完成了 {asked} 次模拟中的 {runs} 次",
)

_MOST_RUNS: Final = 10_000_000
_CHUNK: Final = {False: 500, True: 8192}  # runs at a time: plainly, and with numpy


def _sorted(given: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(tuple_of(int, given, "/ends")))


@attrs.frozen
class MilestoneOutlook:
    """When a milestone was reached in each run, in periods from the start, soonest first; no id: the end of all."""

    id: str = attrs.field(converter=text)
    ends: tuple[int, ...] = attrs.field(converter=_sorted)

    def within(self, percent: int) -> int:
        """The periods within which it was reached in so many percent of the runs (the nearest rank).

        Raises `InvalidValueError` (`number.whole`, `probable.no-runs`).
        """
        rank = -(-whole(percent, 1, 100, "/percent") * len(self.ends) // 100)
        if not rank:
            raise InvalidValueError(NO_RUNS())
        return self.ends[rank - 1]


def _milestones(given: Iterable[MilestoneOutlook]) -> tuple[MilestoneOutlook, ...]:
    return tuple_of(MilestoneOutlook, given, "/milestones")


def _critical(given: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    return couples_of(str, int, given, "/critical")


_check: Final = type_check(("period", timedelta))


@attrs.frozen(kw_only=True)
class Outlook:
    """What the runs of a network came to.

    `critical` counts by task the runs in which the end hung on it; `asked` is how many runs were asked for, `runs` how
    many were finished. Made by `simulate_network`.
    """

    runs: int
    asked: int
    seed: int
    period: timedelta
    milestones: tuple[MilestoneOutlook, ...] = attrs.field(converter=_milestones)
    critical: tuple[tuple[str, int], ...] = attrs.field(converter=_critical)

    def __attrs_post_init__(self) -> None:
        _check(self)

    def of(self, milestone: str = "") -> MilestoneOutlook:
        """One milestone, by default the end of all; raises `InvalidValueError` (`probable.unknown-milestone`)."""
        for each in self.milestones:
            if each.id == milestone:
                return each
        raise InvalidValueError(UNKNOWN("/milestone", milestone=milestone))

    def within(self, percent: int, milestone: str = "") -> timedelta:
        """The time from the start within which a milestone is reached with so much certainty (80: P80).

        Raises `InvalidValueError` (`number.whole`, `probable.no-runs`, `probable.unknown-milestone`).
        """
        return self.period * self.of(milestone).within(percent)

    def at(self, percent: int, start_at: Instant, milestone: str = "") -> Instant:
        """The moment by which a milestone is reached with so much certainty; raises as `within` does."""
        return later(start_at, self.within(percent, milestone))

    def chance_within(self, time: timedelta, milestone: str = "") -> Fraction:
        """The share of the runs in which a milestone is reached within a time from the start.

        Raises `InvalidValueError` (`probable.no-runs`, `probable.unknown-milestone`).
        """
        ends = self.of(milestone).ends
        if not ends:
            raise InvalidValueError(NO_RUNS())
        return Fraction(bisect_right(ends, time // self.period), len(ends))

    @property
    def criticality(self) -> dict[str, Fraction]:
        """By task, the share of the runs in which the end hung on it (PMI: criticality index)."""
        return {task: Fraction(count, self.runs) for task, count in self.critical} if self.runs else {}

    @property
    def findings(self) -> tuple[Finding, ...]:
        """That it was cancelled before all runs were done, where it was."""
        return () if self.runs == self.asked else (CANCELLED("/runs", runs=self.runs, asked=self.asked),)


def simulate_network(
    network: ProbableNetwork,
    runs: int = 2000,
    seed: int = 0,
    *,
    executor: Executor | None = None,
    fast: bool | None = None,
    chunk: int | None = None,
    progress: Callable[[int, int], object] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Outlook:
    """Run a network so many times; the same seed gives the same outlook.

    `executor` (any `concurrent.futures.Executor`) takes chunks of `chunk` runs, `fast` says whether numpy is used
    (None: where it is installed). `progress` is told after each chunk how many runs are done, and of how many;
    `cancelled` is asked before each; what was finished is told. Raises `InvalidValueError` (`number.whole`,
    `probable.no-numpy`).
    """
    whole(runs, 1, _MOST_RUNS, "/runs")
    whole(seed, 0, MASK, "/seed")
    many = _quickly(fast)
    size = whole(_CHUNK[many] if chunk is None else chunk, 1, _MOST_RUNS, "/chunk")
    parts = [(network, seed, first, min(first + size, runs)) for first in range(0, runs, size)]
    done, gathered = 0, Runs({"": []}, [0] * len(network.tasks))
    found = _parts(run_many if many else run_plain, parts, executor, cancelled)
    for (_, _, first, last), part in zip(parts, found, strict=False):
        gathered = _together(gathered, part)
        done += last - first
        if progress is not None:
            progress(done, runs)
    return Outlook(
        runs=done,
        asked=runs,
        seed=seed,
        period=network.period,
        milestones=tuple(MilestoneOutlook(name, ends) for name, ends in gathered.ends.items()),
        critical=tuple((str(task.id), count) for task, count in zip(network.tasks, gathered.critical, strict=True)),
    )


def _quickly(fast: bool | None) -> bool:  # noqa: FBT001 - as it was asked
    there = find_spec("numpy") is not None
    if fast and not there:
        raise InvalidValueError(NO_NUMPY("/fast"))
    return there if fast is None else fast


def _together(runs: Runs, more: Runs) -> Runs:
    for name, found in more.ends.items():
        runs.ends.setdefault(name, []).extend(found)
    return Runs(runs.ends, [sum(pair) for pair in zip(runs.critical, more.critical, strict=True)])


def _parts(
    run: Callable[[ProbableNetwork, int, int, int], Runs],
    parts: list[tuple[ProbableNetwork, int, int, int]],
    executor: Executor | None,
    cancelled: Callable[[], bool] | None,
) -> Iterator[Runs]:
    """The chunks in their order, until somebody cancels."""
    if executor is None:
        for part in parts:
            if cancelled is not None and cancelled():
                return
            yield run(*part)
        return
    waiting = [executor.submit(run, *part) for part in parts]
    for place, future in enumerate(waiting):
        if cancelled is not None and cancelled():
            for each in waiting[place:]:
                each.cancel()
            return
        yield future.result()
