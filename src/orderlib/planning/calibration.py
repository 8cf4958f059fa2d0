"""Whether probable dates deserve their names: what was foretold held against what came.

A quantile at level p is good if it covers p of the cases, and the better the smaller its pinball loss: too late costs
p for each unit that the case came after it, too early 1 - p for each that it came before (Koenker and Bassett, 1978).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from fractions import Fraction
from typing import Final

import attrs

from orderlib.errors import FindingCode, InvalidValueError, Severity
from orderlib.values.codelist import whole
from orderlib.values.typed import couples_of

__all__ = ["Calibration", "calibrated", "pinball_loss"]

NOTHING: Final = FindingCode(
    "calibration.empty", Severity.ERROR, "there is nothing to hold it against", "没有可供对照的结果"
)

_TICK: Final = timedelta(microseconds=1)
_MANY: Final = 10**12


def pinball_loss(foretold: timedelta, came: timedelta, percent: int) -> timedelta:
    """The loss of one quantile against what came, rounded down to the microsecond.

    Raises `InvalidValueError` (`number.whole`).
    """
    level = whole(percent, 1, 99, "/percent")
    over = (came - foretold) // _TICK
    return _TICK * ((over * level if over >= 0 else -over * (100 - level)) // 100)


@attrs.frozen(kw_only=True)
class Calibration:
    """How a quantile did over many cases: how many it covered, and its mean pinball loss.

    Raises `InvalidValueError` (`number.whole`).
    """

    percent: int
    cases: int
    covered: int
    loss: timedelta

    def __attrs_post_init__(self) -> None:
        whole(self.percent, 1, 99, "/percent")
        whole(self.cases, 1, _MANY, "/cases")
        whole(self.covered, 0, self.cases, "/covered")

    @property
    def coverage(self) -> Fraction:
        """The share of the cases that came no later than foretold; a good quantile covers its own level."""
        return Fraction(self.covered, self.cases)

    def within(self, points: int) -> bool:
        """Whether the coverage lies at most so many percentage points off the level."""
        return abs(self.coverage * 100 - self.percent) <= points


def calibrated(cases: Iterable[tuple[timedelta, timedelta]], percent: int) -> Calibration:
    """Pairs of what was foretold at a level and what came, as one judgement.

    Use cases from which nothing was learnt. Raises `InvalidValueError` (`calibration.empty`, `number.whole`,
    `value.type`).
    """
    pairs = couples_of(timedelta, timedelta, cases, "/cases")
    if not pairs:
        raise InvalidValueError(NOTHING("/cases"))
    losses = [pinball_loss(foretold, came, percent) for foretold, came in pairs]
    covered = sum(came <= foretold for foretold, came in pairs)
    return Calibration(percent=percent, cases=len(pairs), covered=covered, loss=sum(losses, timedelta(0)) / len(pairs))
