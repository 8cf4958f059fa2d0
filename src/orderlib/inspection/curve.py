"""What a sampling plan lets pass: operating characteristic, average outgoing quality, risks.

Quality is what the AQL is: percent nonconforming, or nonconformities per hundred units. Three distributions say how
many of them a sample holds:

* hypergeometric: a sample of units out of one finite lot, exact, by whole numbers alone;
* binomial: a sample of units out of a process (the limit for ever larger lots);
* Poisson: nonconformities counted, several of which a unit may have.

Sums have only positive terms, and are taken with 50 digits; what is given is rounded to 12 behind the point, half to
even, so that it is the same everywhere. Sources: MIL-STD-105E, table X (binomial where the AQL is 10 or less and the
sample 80 or less, otherwise Poisson); ISO 2859-1:1999, 12.1.

>>> str(acceptance_probability(80, 2, "1.0", "binomial"))
'0.953446814264'
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import ROUND_HALF_EVEN, Context, Decimal
from enum import StrEnum
from math import comb
from typing import Final

import attrs

from orderlib.errors import FindingCode, InvalidValueError, Severity
from orderlib.inspection.letter import lot_size_of
from orderlib.inspection.sampling import Counting, SamplingPlan
from orderlib.values.codelist import member, whole
from orderlib.values.decimals import Number, canonical, decimal

__all__ = [
    "Distribution",
    "OcPoint",
    "OutgoingQuality",
    "acceptance_probability",
    "average_outgoing_quality",
    "distribution_of",
    "oc_curve",
    "outgoing_limit",
    "quality_at",
]

QUALITY: Final = FindingCode(
    "oc.quality",
    Severity.ERROR,
    "a quality of {quality} is not between 0 and {limit}",
    "质量水平 {quality} 不在 0 与 {limit} 之间",
)
PROBABILITY: Final = FindingCode(
    "oc.probability",
    Severity.ERROR,
    "a probability of {value} is not between 0 and 1, both excluded",
    "概率 {value} 不在 0 与 1 之间（不含端点）",
)
LOT_NEEDED: Final = FindingCode(
    "oc.lot-needed",
    Severity.ERROR,
    "the hypergeometric distribution needs the size of the lot, and a sample within it",
    "超几何分布需要批量，且样本量不得大于批量",
)

_WIDE: Final = Context(prec=50, rounding=ROUND_HALF_EVEN, Emin=-999_999_999, Emax=999_999_999, traps=[])
_PLACES: Final = Decimal("1e-12")
_LARGEST_SAMPLE: Final = 100_000
_HUNDRED: Final = Decimal(100)
_WORST: Final = Decimal(10_000)
_ONE: Final = Decimal(1)


class Distribution(StrEnum):
    """How many of those that do not conform get into a sample."""

    HYPERGEOMETRIC = "hypergeometric"
    BINOMIAL = "binomial"
    POISSON = "poisson"


@attrs.frozen
class OcPoint:
    """A point of the operating characteristic: quality, and the probability with which a lot of it is accepted."""

    quality: Decimal
    probability: Decimal


@attrs.frozen
class OutgoingQuality:
    """What comes in and what goes out on average, both as the AQL counts, where rejected lots are sorted."""

    incoming: Decimal
    outgoing: Decimal


def distribution_of(plan: SamplingPlan) -> Distribution:
    """The distribution by which the standard draws the curve of a plan: Poisson for nonconformities and for samples
    above 80, else binomial.
    """
    large = plan.sample_size > 80 or plan.counting is Counting.NONCONFORMITIES
    return Distribution.POISSON if large else Distribution.BINOMIAL


def _rounded(value: Decimal) -> Decimal:
    return canonical(_WIDE.quantize(min(value, _ONE), _PLACES))


def _kind(value: str) -> Distribution:
    return member(Distribution, value, "/distribution")


def _quality(value: Number, kind: Distribution) -> Decimal:
    number = decimal(value, address="/quality")
    limit = _WORST if kind is Distribution.POISSON else _HUNDRED
    if not 0 <= number <= limit:
        raise InvalidValueError(QUALITY("/quality", quality=number, limit=limit))
    return number


def _binomial(sample: int, accept: int, share: Decimal) -> Decimal:
    """The chance of at most so many in a sample, each there with the same chance."""
    if accept >= sample or not share:
        return _ONE
    rest = _WIDE.subtract(_ONE, share)
    if not rest:
        return Decimal(0)
    odds = _WIDE.divide(share, rest)
    term = total = _WIDE.power(rest, sample)
    for found in range(1, accept + 1):
        step = _WIDE.divide(_WIDE.multiply(odds, Decimal(sample - found + 1)), Decimal(found))
        term = _WIDE.multiply(term, step)
        total = _WIDE.add(total, term)
    return total


def _poisson(accept: int, mean: Decimal) -> Decimal:
    """The chance of at most so many where so many are expected."""
    term = total = _WIDE.exp(_WIDE.minus(mean))
    for found in range(1, accept + 1):
        term = _WIDE.divide(_WIDE.multiply(term, mean), Decimal(found))
        total = _WIDE.add(total, term)
    return total


def _hypergeometric(lot: int, sample: int, accept: int, bad: int) -> Decimal:
    """The chance of at most so many bad ones in a sample without putting back: a ratio of whole numbers."""
    most = min(accept, bad, sample)
    ways = sum(comb(bad, found) * comb(lot - bad, sample - found) for found in range(most + 1))
    return _WIDE.scaleb(Decimal(ways * 10**40 // comb(lot, sample)), -40)


def acceptance_probability(
    sample_size: int,
    accept: int,
    quality: Number,
    distribution: str = Distribution.BINOMIAL,
    *,
    lot_size: int | None = None,
) -> Decimal:
    """With which probability a lot of that quality is accepted; 12 digits behind the point.

    `quality` is percent nonconforming, or nonconformities per hundred units (Poisson, up to 10,000). For the
    hypergeometric distribution give `lot_size`; as a lot holds whole units, the number of bad ones is rounded down.
    Raises `InvalidValueError` (`oc.*`, `number.whole`, `sampling.lot-size`, and the findings of `decimals.decimal`).
    """
    kind = _kind(distribution)
    whole(sample_size, 1, _LARGEST_SAMPLE, "/sample_size")
    whole(accept, 0, _LARGEST_SAMPLE, "/accept")
    share = _WIDE.divide(_quality(quality, kind), _HUNDRED)
    if kind is Distribution.POISSON:
        return _rounded(_poisson(accept, _WIDE.multiply(share, Decimal(sample_size))))
    if kind is Distribution.BINOMIAL:
        return _rounded(_binomial(sample_size, accept, share))
    if lot_size is None or sample_size > lot_size_of(lot_size):
        raise InvalidValueError(LOT_NEEDED("/lot_size"))
    bad = int(_WIDE.multiply(share, Decimal(lot_size)))
    return _rounded(_hypergeometric(lot_size, sample_size, accept, bad))


def _chance(plan: SamplingPlan, distribution: str | None) -> tuple[Distribution, Callable[[Decimal], Decimal]]:
    """The distribution of a plan, and the probability of passing by quality; what is marginal passes."""
    kind = distribution_of(plan) if distribution is None else _kind(distribution)

    def chance(quality: Decimal) -> Decimal:
        return acceptance_probability(plan.sample_size, plan.reject - 1, quality, kind, lot_size=plan.lot_size)

    return kind, chance


def oc_curve(
    plan: SamplingPlan, qualities: Iterable[Number] | None = None, distribution: str | None = None
) -> tuple[OcPoint, ...]:
    """The operating characteristic of a plan at the qualities given, or at 41 even steps to where next to none passes.

    A lot between acceptance and rejection number passes (MIL-STD-105E, 4.10), and is counted so. Raises as
    `acceptance_probability` does.
    """
    kind, chance = _chance(plan, distribution)
    if qualities is None:
        last = quality_at(plan, "0.01", kind)
        qualities = [_millionths(int(_WIDE.scaleb(last, 6)) * step // 40) for step in range(41)]
    return tuple(OcPoint(point, chance(point)) for point in (_quality(each, kind) for each in qualities))


def quality_at(plan: SamplingPlan, probability: Number, distribution: str | None = None) -> Decimal:
    """The quality that is accepted with that probability, to 6 digits behind the point, rounded down.

    0.95 gives the quality with a producer's risk of 5 %, 0.10 the one with a consumer's risk of 10 %. Where even the
    worst is accepted more often (every unit bad, and the sample no larger than its number), it is the worst. Raises
    `InvalidValueError` (`oc.probability`, and as `acceptance_probability` does).
    """
    wanted = decimal(probability, address="/probability")
    if not 0 < wanted < 1:
        raise InvalidValueError(PROBABILITY("/probability", value=wanted))
    kind, chance = _chance(plan, distribution)
    low, high = 0, int((_WORST if kind is Distribution.POISSON else _HUNDRED) * 10**6)
    while low < high:  # the chance falls as quality gets worse
        middle = (low + high + 1) // 2
        if chance(_millionths(middle)) >= wanted:
            low = middle
        else:
            high = middle - 1
    return _millionths(low)


def _millionths(count: int) -> Decimal:
    return canonical(_WIDE.scaleb(Decimal(count), -6))


def average_outgoing_quality(plan: SamplingPlan, quality: Number, distribution: str | None = None) -> Decimal:
    """The average quality of what goes out, where rejected lots are sorted and bad units replaced.

    Quality times the probability of acceptance, times the share of the lot that was not looked at (MIL-STD-105E,
    4.11); 12 digits behind the point.
    """
    kind, chance = _chance(plan, distribution)
    number = _quality(quality, kind)
    unseen = _WIDE.divide(Decimal(plan.lot_size - plan.sample_size), Decimal(plan.lot_size))
    return canonical(_WIDE.quantize(_WIDE.multiply(_WIDE.multiply(number, chance(number)), unseen), _PLACES))


def outgoing_limit(plan: SamplingPlan, distribution: str | None = None) -> OutgoingQuality:
    """The average outgoing quality limit (AOQL): the worst that goes out on average, and what must come in for it.

    The incoming quality is found to 3 digits behind the point. The curve rises to one summit and falls, so that
    thirds of the range are thrown away until the summit is left.
    """
    kind, _ = _chance(plan, distribution)
    low, high = 0, int((_WORST if kind is Distribution.POISSON else _HUNDRED) * 1000)

    def out(thousandths: int) -> Decimal:
        return average_outgoing_quality(plan, canonical(_WIDE.scaleb(Decimal(thousandths), -3)), kind)

    while high - low > 2:
        third = (high - low) // 3
        if out(low + third) < out(high - third):
            low += third
        else:
            high -= third
    best = max(range(low, high + 1), key=out)
    return OutgoingQuality(canonical(_WIDE.scaleb(Decimal(best), -3)), out(best))
