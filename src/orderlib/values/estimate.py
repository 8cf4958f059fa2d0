"""What is not known for certain: how long it takes, whether it has to be done again, whether it comes late.

Three points say how long: at best, most likely, at worst (PMI: three-point estimate). Chance fills the triangle over
them. Rates are shares from 0 to 1.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from math import sqrt
from typing import Final

import attrs

from orderlib.errors import FindingCode, InvalidValueError, Severity
from orderlib.values.chance import triangular
from orderlib.values.codelist import whole
from orderlib.values.decimals import Number, decimal
from orderlib.values.typed import tuple_of, type_check

__all__ = ["Delay", "Estimate", "Rework"]

ORDER: Final = FindingCode(
    "estimate.order",
    Severity.ERROR,
    "an estimate goes from its best to its worst case, not {low}, {likely}, {high}",
    "估计须从最好到最坏排列，而不是 {low}、{likely}、{high}",
)
LONG: Final = FindingCode(
    "estimate.duration", Severity.ERROR, "{value} is no length of time up to {most}", "{value} 不是不超过 {most} 的时长"
)
RATE: Final = FindingCode(
    "estimate.rate", Severity.ERROR, "{value} is no share from 0 to 1", "{value} 不是 0 到 1 之间的比率"
)
NO_HISTORY: Final = FindingCode(
    "estimate.no-history", Severity.ERROR, "an estimate needs at least one duration", "估计至少需要一个历史时长"
)

_ZERO: Final = timedelta(0)
_TICK: Final = timedelta(microseconds=1)
_LONGEST: Final = timedelta(days=36_600)


def _rate(value: Number, address: str) -> Decimal:
    number = decimal(value, address=address)
    if not 0 <= number <= 1:
        raise InvalidValueError(RATE(address, value=number))
    return number


def _peak(skewness: float) -> float:
    """Where the peak of a triangle of that skewness lies between its ends, from 0 to 1."""
    first, last = 0.0, 1.0
    for _ in range(60):
        middle = (first + last) / 2
        lean = sqrt(2) * (1 - 2 * middle) * (1 + middle) * (2 - middle) / (5 * (1 - middle + middle**2) ** 1.5)
        first, last = (middle, last) if lean > skewness else (first, middle)
    return first


_check: Final = type_check(("low", timedelta), ("likely", timedelta), ("high", timedelta))


@attrs.frozen
class Estimate:
    """How long something takes: at best, most likely, at worst.

    Raises `InvalidValueError` (`estimate.duration` for what is negative or longer than a century, `estimate.order`,
    `value.type`).
    """

    low: timedelta
    likely: timedelta
    high: timedelta

    def __attrs_post_init__(self) -> None:
        _check(self)
        for name in ("low", "likely", "high"):
            value = getattr(self, name)
            if not _ZERO <= value <= _LONGEST:
                raise InvalidValueError(LONG(f"/{name}", value=value, most=_LONGEST))
        if not self.low <= self.likely <= self.high:
            raise InvalidValueError(ORDER("", low=self.low, likely=self.likely, high=self.high))

    @classmethod
    def fixed(cls, duration: timedelta) -> Estimate:
        """What is known for certain."""
        return cls(duration, duration, duration)

    @classmethod
    def fitted(cls, durations: Iterable[timedelta]) -> Estimate:
        """The triangle whose mean, spread and lean are those of what was seen, as far as a triangle can have them.

        It matches the first three moments; it leans no further than a right-angled one, and begins no earlier than
        at nothing. Raises `InvalidValueError` (`estimate.no-history`, `estimate.duration`, `value.type`).
        """
        seen = [each // _TICK for each in tuple_of(timedelta, durations, "/durations")]
        if not seen:
            raise InvalidValueError(NO_HISTORY("/durations"))
        count, total = len(seen), sum(seen)
        # whole numbers, so that the order of what was seen does not matter
        off = [count * each - total for each in seen]
        second, third = (sum(each**power for each in off) for power in (2, 3))
        if not second:
            return cls.fixed(_TICK * seen[0])
        mean, deviation = total / count, sqrt(second / count) / count
        peak = _peak(third / count / (second / count) ** 1.5)
        span = deviation * sqrt(18 / (1 - peak + peak * peak))
        low = max(0.0, mean - span * (1 + peak) / 3)
        points = (low, low + span * peak, low + span)
        return cls(*(_TICK * int(point + 0.5) for point in points))

    @property
    def expected(self) -> timedelta:
        """The mean of the triangle."""
        return (self.low + self.likely + self.high) / 3

    def within(self, share: Number) -> timedelta:
        """The time within which so large a share (0 to 1) is done. Raises `InvalidValueError` (`estimate.rate`)."""
        low, likely, high = (float(each // _TICK) for each in (self.low, self.likely, self.high))
        return _TICK * int(triangular(low, likely, high, float(_rate(share, "/share"))) + 0.5)


def _delay_rate(value: Number) -> Decimal:
    return _rate(value, "/rate")


_check_delay: Final = type_check(("length", Estimate))


@attrs.frozen
class Delay:
    """With the chance `rate` it comes later by `length`: a supplier of 90 % reliability has a rate of 0.1.

    Raises `InvalidValueError` (`estimate.rate`, `decimal.*`, `value.type`).
    """

    rate: Decimal = attrs.field(converter=_delay_rate)
    length: Estimate

    def __attrs_post_init__(self) -> None:
        _check_delay(self)


def _share(value: Number) -> Decimal:
    return _rate(value, "/share")


@attrs.frozen
class Rework:
    """With the chance `rate` a share of the work is done again, and again with the same chance, at most `most` times.

    Raises `InvalidValueError` (`estimate.rate`, `number.whole`, `decimal.*`).
    """

    rate: Decimal = attrs.field(converter=_delay_rate)
    share: Decimal = attrs.field(default=Decimal(1), converter=_share)
    most: int = 3

    def __attrs_post_init__(self) -> None:
        whole(self.most, 1, 20, "/most")
