"""Sharing out a whole number of indivisible units in proportion to weights: the method of largest remainders.

Each share is cut off towards zero; the units left over go, one each, to the shares that lost most, the
earlier one where two lost the same. A negative total is shared as its opposite is, mirrored. So shares
always sum to the total, none is a whole unit away from its exact value, and a weight of zero gets nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import islice
from math import lcm
from typing import Any, Final

from orderlib.errors import FindingCode, InvalidValueError, Severity
from orderlib.values.decimals import Number, ratio

__all__ = ["MAX_PARTS", "apportion", "split_evenly"]

MAX_PARTS: Final = 100_000
"""Into how many parts something may be shared."""

_MAX_BITS: Final = 1024
_AT_HAND: Final = (list, tuple)

BAD_WEIGHTS = FindingCode(
    "allocation.weights",
    Severity.ERROR,
    "weights are numbers of at least zero, at least one above zero, at most {limit} of them",
    "权重须为不小于零的数，且至少有一个大于零，数量不超过 {limit}",
)
BAD_TOTAL = FindingCode(
    "allocation.total", Severity.ERROR, "an integer is shared out, not {type}", "分摊的须为整数，而不是 {type}"
)
BAD_PARTS = FindingCode(
    "allocation.parts",
    Severity.ERROR,
    "the number of parts is an integer from 1 to {limit}",
    "份数须为 1 至 {limit} 的整数",
)


def apportion(total: int, weights: Iterable[Number | Fraction], /) -> list[int]:
    """Integers in proportion to the weights, which sum to the total.

    Raises `InvalidValueError`: `allocation.total` where the total is no integer; `allocation.weights`, at
    `/weights`, unless there are 1 to `MAX_PARTS` weights of at least zero, one of them above zero; and the
    findings of `decimals.ratio` for what is no number.
    """
    if type(total) is not int:
        raise InvalidValueError(BAD_TOTAL("/total", type=type(total).__name__[:40]))
    if total < 0:
        return [-share for share in apportion(-total, weights)]
    parts, whole = _whole_weights(weights)
    shares: list[int] = []
    lost: list[int] = []
    for part in parts:
        exact = total * part
        shares.append(exact // whole)
        lost.append(exact % whole)
    left = total - sum(shares)
    if left:
        for place in sorted(range(len(lost)), key=lost.__getitem__, reverse=True)[:left]:
            shares[place] += 1
    return shares


def _whole_weights(weights: Iterable[Number | Fraction]) -> tuple[Sequence[int], int]:
    """The weights as integers in the same proportion, and their sum."""
    try:
        given: Any = weights if type(weights) in _AT_HAND else tuple(islice(weights, MAX_PARTS + 1))
    except TypeError:
        given = ()
    whole = 0
    for weight in given:
        if type(weight) is not int:
            given = _scaled(given)
            whole = sum(given) if min(given) >= 0 else 0
            break
        if weight < 0:
            whole = 0
            break
        whole += weight
    if not 0 < whole.bit_length() <= _MAX_BITS or len(given) > MAX_PARTS:
        raise InvalidValueError(BAD_WEIGHTS("/weights", limit=MAX_PARTS))
    return given, whole


def _scaled(weights: Iterable[Number | Fraction]) -> list[int]:
    ratios = [ratio(weight, address=f"/weights/{place}") for place, weight in enumerate(weights)]
    common = 1
    for _, denominator in ratios:
        common = lcm(common, denominator)
        if common.bit_length() > _MAX_BITS:
            raise InvalidValueError(BAD_WEIGHTS("/weights", limit=MAX_PARTS))
    return [numerator * (common // denominator) for numerator, denominator in ratios]


def split_evenly(total: int, parts: int, /) -> list[int]:
    """Equal shares, the earlier ones larger by the units left over; `InvalidValueError` (`allocation.parts`)."""
    if type(parts) is not int or not 1 <= parts <= MAX_PARTS:
        raise InvalidValueError(BAD_PARTS("/parts", limit=MAX_PARTS))
    share, left = divmod(abs(total), parts)
    sign = 1 if total >= 0 else -1
    return [sign * (share + 1)] * left + [sign * share] * (parts - left)
