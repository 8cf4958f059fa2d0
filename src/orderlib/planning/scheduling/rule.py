"""Named priority rules: which of the activities that could be placed next comes first.

A rule is any callable from a `Candidate` and a period to a number; the smallest goes first. A rule whose attribute
`dynamic` is true is asked again before each placement, with the earliest period at which any could start; others are
asked once, at 0. Names and definitions follow Kolisch (1996) for projects, Panwalkar and Iskander (1977, "A survey of
scheduling rules") and Pinedo ("Scheduling: theory, algorithms, and systems") for machines.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, inf
from typing import ClassVar, Final, Protocol

import attrs

from orderlib.errors import InvalidValueError
from orderlib.planning.scheduling.criticalpath import early_dates, late_dates
from orderlib.planning.scheduling.fault import SETTING
from orderlib.planning.scheduling.network import Network
from orderlib.planning.scheduling.problem import Activity

__all__ = [
    "RULES",
    "ApparentTardinessCost",
    "Candidate",
    "EarliestDueDate",
    "FirstReleased",
    "GreatestRank",
    "LatestFinish",
    "LatestStart",
    "LongestProcessing",
    "MinimumSlack",
    "MostSuccessors",
    "PriorityRule",
    "ShortestProcessing",
    "WeightedShortestProcessing",
]


@attrs.frozen
class Candidate:
    """What a rule sees of an activity: itself, its shortest duration, dates of the critical path, those behind it.

    `due` is the period by which it has to end so that it and those behind it can be in time (infinite: no wish);
    `weight` is its own, or the largest of those behind it. `successors` counts all activities behind it, `rank`
    is its duration and those of its immediate successors (the greatest rank positional weight).
    `average` is the mean duration of all activities.
    """

    activity: Activity
    duration: int
    early_start: int
    early_finish: int
    late_start: int
    late_finish: int
    due: float
    weight: int
    successors: int
    rank: int
    average: float


class PriorityRule(Protocol):
    """The order in which activities are placed."""

    def __call__(self, candidate: Candidate, at: int, /) -> float:
        """A number; the smallest is placed first, the earlier in the problem of two alike."""
        ...


@attrs.frozen
class LatestFinish:
    """The smallest late finish of the critical path first (LFT)."""

    def __call__(self, candidate: Candidate, _at: int, /) -> float:
        """The late finish."""
        return candidate.late_finish


@attrs.frozen
class LatestStart:
    """The smallest late start of the critical path first (LST)."""

    def __call__(self, candidate: Candidate, _at: int, /) -> float:
        """The late start."""
        return candidate.late_start


@attrs.frozen
class MinimumSlack:
    """The smallest total float first (MSLK)."""

    def __call__(self, candidate: Candidate, _at: int, /) -> float:
        """The total float."""
        return candidate.late_start - candidate.early_start


@attrs.frozen
class ShortestProcessing:
    """The shortest first (SPT)."""

    def __call__(self, candidate: Candidate, _at: int, /) -> float:
        """The duration."""
        return candidate.duration


@attrs.frozen
class LongestProcessing:
    """The longest first (LPT)."""

    def __call__(self, candidate: Candidate, _at: int, /) -> float:
        """Minus the duration."""
        return -candidate.duration


@attrs.frozen
class WeightedShortestProcessing:
    """The shortest for its weight first (WSPT; Smith 1956)."""

    def __call__(self, candidate: Candidate, _at: int, /) -> float:
        """Duration over weight."""
        return candidate.duration / candidate.weight if candidate.weight else inf


@attrs.frozen
class EarliestDueDate:
    """The earliest due date first (EDD; Jackson 1955), reckoned back from those behind it."""

    def __call__(self, candidate: Candidate, _at: int, /) -> float:
        """The due date."""
        return candidate.due


@attrs.frozen
class FirstReleased:
    """First come, first served: the earliest release first (FCFS)."""

    def __call__(self, candidate: Candidate, _at: int, /) -> float:
        """The release date."""
        return candidate.activity.release


@attrs.frozen
class MostSuccessors:
    """That for which most others wait first (MTS)."""

    def __call__(self, candidate: Candidate, _at: int, /) -> float:
        """Minus the number of all activities behind it."""
        return -candidate.successors


@attrs.frozen
class GreatestRank:
    """The greatest rank positional weight first (GRPW; Alvarez-Valdés and Tamarit 1989)."""

    def __call__(self, candidate: Candidate, _at: int, /) -> float:
        """Minus its duration and those of its immediate successors."""
        return -candidate.rank


def _look_ahead(value: float) -> float:
    if not 0 < value < inf:
        raise InvalidValueError(SETTING("/look_ahead", name="look_ahead", value=value))
    return value


@attrs.frozen
class ApparentTardinessCost:
    """Weight over duration, the less the more slack is left (ATC; Vepsalainen and Morton 1987).

    `look_ahead` says how many average durations of slack make an activity e times less urgent. Dynamic.
    """

    dynamic: ClassVar[bool] = True
    look_ahead: float = attrs.field(default=2.0, converter=_look_ahead)

    def __call__(self, candidate: Candidate, at: int, /) -> float:
        """Minus the index at a period; without a due date an activity comes last, by late finish."""
        if candidate.due == inf:
            return candidate.late_finish
        slack = max(candidate.due - candidate.duration - at, 0.0)
        scale = self.look_ahead * (candidate.average or 1.0)
        return -candidate.weight / (candidate.duration or 0.5) * exp(-slack / scale)


RULES: Final[tuple[PriorityRule, ...]] = (
    LatestFinish(),
    LatestStart(),
    MinimumSlack(),
    ShortestProcessing(),
    LongestProcessing(),
    WeightedShortestProcessing(),
    EarliestDueDate(),
    FirstReleased(),
    MostSuccessors(),
    GreatestRank(),
    ApparentTardinessCost(),
)
"""Every rule by its usual parameters."""


def candidates(network: Network) -> list[Candidate]:
    """What rules see, for all activities."""
    modes = network.shortest()
    starts, finishes = early_dates(network, modes)
    late_starts, late_finishes = late_dates(network, modes, max(finishes, default=0))
    takes = [network.options[at][mode].duration for at, mode in enumerate(modes)]
    dues, weights = _dues(network, takes)
    behind = _behind(network)
    average = sum(takes) / len(takes) if takes else 0.0
    return [
        Candidate(
            each,
            takes[at],
            starts[at],
            finishes[at],
            late_starts[at],
            late_finishes[at],
            dues[at],
            weights[at],
            behind[at],
            takes[at] + sum(takes[to] for to, _, _ in network.succs[at]),
            average,
        )
        for at, each in enumerate(network.activities)
    ]


def _dues(network: Network, takes: Sequence[int]) -> tuple[list[float], list[int]]:
    """Due dates reckoned back along the links, and the weights that hang on them."""
    dues: list[float] = [inf if due is None else float(due) for due in network.due]
    weights = [0 if due is None else weight for due, weight in zip(network.due, network.weight, strict=True)]
    for at in reversed(network.order):
        for to, _, lag in network.succs[at]:
            dues[at] = min(dues[at], dues[to] - takes[to] - lag)
        if network.due[at] is None:
            weights[at] = max((weights[to] for to, _, _ in network.succs[at]), default=0)
    return dues, weights


def _behind(network: Network) -> list[int]:
    """How many activities come after each, directly or not."""
    places, sizes, masks = [-1] * network.count, list[int](), [0] * network.count
    for first in network.order:  # numbered within what hangs together, so that many orders need no long numbers
        ahead = [first] if places[first] < 0 else []
        if ahead:
            sizes.append(0)
        while ahead:
            at = ahead.pop()
            if places[at] < 0:
                places[at] = sizes[-1]
                sizes[-1] += 1
                ahead += [other for arcs in (network.preds[at], network.succs[at]) for other, _, _ in arcs]
    for at in reversed(network.order):
        for to, _, _ in network.succs[at]:
            masks[at] |= masks[to] | (1 << places[to])
    return [mask.bit_count() for mask in masks]
