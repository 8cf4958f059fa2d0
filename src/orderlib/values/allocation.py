"""Sharing out a whole number of indivisible units in proportion to weights: the method of largest remainders.

Each share is cut off towards zero; the units left over go, one each, to the shares that lost most, the
earlier one where two lost the same. A negative total is shared as its opposite is, mirrored. So shares
always sum to the total, none is a whole unit away from its exact value, and a weight of zero gets nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import lcm
from typing import Final

from orderlib.errors import FindingCode, InvalidValueError, Severity
from orderlib.values.decimals import Number, ratio

__all__ = ["MAX_PARTS", "apportion", "split_evenly", "whole_weights"]

MAX_PARTS: Final = 100_000
"""Into how many parts something may be shared."""

_MAX_BITS: Final = 512

BAD_WEIGHTS = FindingCode(
    "allocation.weights",
    Severity.ERROR,
    "weights are numbers of at least zero, at least one above zero, at most {limit} of them",
    "权重须为不小于零的数，且至少有一个大于零，数量不超过 {limit}",
)
BAD_PARTS = FindingCode(
    "allocation.parts",
    Severity.ERROR,
    "the number of parts is an integer from 1 to {limit}",
    "份数须为 1 至 {limit} 的整数",
)


def whole_weights(weights: Iterable[Number | Fraction], /) -> list[int]:
    """The weights as integers in the same proportion; `InvalidValueError` (`allocation.weights`, at `/weights`)."""
    given = _listed(weights)
    if set(map(type, given)) == {int}:
        whole = [int(weight) for weight in given]
    else:
        ratios = [ratio(weight, address=f"/weights/{place}") for place, weight in enumerate(given)]
        common = 1
        for _, denominator in ratios:
            common = lcm(common, denominator)
            if common.bit_length() > _MAX_BITS:
                raise InvalidValueError(BAD_WEIGHTS("/weights", limit=MAX_PARTS))
        whole = [numerator * (common // denominator) for numerator, denominator in ratios]
    if not whole or min(whole) < 0 or not 0 < max(whole).bit_length() <= 2 * _MAX_BITS:
        raise InvalidValueError(BAD_WEIGHTS("/weights", limit=MAX_PARTS))
    return whole


def _listed(weights: Iterable[Number | Fraction]) -> list[Number | Fraction]:
    given: list[Number | Fraction] = []
    try:
        for weight in weights:
            given.append(weight)
            if len(given) > MAX_PARTS:
                break
    except TypeError:
        given = []
    if not 0 < len(given) <= MAX_PARTS:
        raise InvalidValueError(BAD_WEIGHTS("/weights", limit=MAX_PARTS))
    return given


def apportion(total: int, weights: Sequence[int], /) -> list[int]:
    """Integers in proportion to the weights, which sum to the total. Weights are as `whole_weights` gives them."""
    if total < 0:
        return [-share for share in apportion(-total, weights)]
    whole = sum(weights)
    shares = [total * weight // whole for weight in weights]
    left = total - sum(shares)
    if left:
        lost = [total * weight % whole for weight in weights]
        for place in sorted(range(len(weights)), key=lost.__getitem__, reverse=True)[:left]:
            shares[place] += 1
    return shares


def split_evenly(total: int, parts: int, /) -> list[int]:
    """Equal shares, the earlier ones larger by the units left over; `InvalidValueError` (`allocation.parts`)."""
    if type(parts) is not int or not 1 <= parts <= MAX_PARTS:
        raise InvalidValueError(BAD_PARTS("/parts", limit=MAX_PARTS))
    share, left = divmod(abs(total), parts)
    sign = 1 if total >= 0 else -1
    return [sign * (share + 1)] * left + [sign * share] * (parts - left)
