"""Rounding as a policy that has a name.

A rule is any callable that takes an exact ratio, numerator and positive denominator, and gives the
integer that stands for it::

    HALF_UP(5, 2)        # 3
    ToStep(5)(1233, 1)   # 1235: cash in Switzerland, whose smallest coin is 0.05

What the integer counts is the caller's business: minor units of a currency, thousandths of a kilogram.
The ten rules here bear the names of IEEE 754 and of the `decimal` module; HALF_UP is the commercial
rule, away from zero. All are symmetric about zero but FLOOR, CEILING, HALF_FLOOR and HALF_CEILING.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import ClassVar, Final, Protocol

import attrs

from orderlib.errors import FindingCode, InvalidValueError, OrderlibError, PolicyError, Severity

__all__ = [
    "CEILING",
    "DOWN",
    "FLOOR",
    "HALF_CEILING",
    "HALF_DOWN",
    "HALF_EVEN",
    "HALF_FLOOR",
    "HALF_ODD",
    "HALF_UP",
    "ROUNDINGS",
    "UP",
    "Rounding",
    "RoundingRule",
    "RoundingScope",
    "ToStep",
    "rounded",
]

BAD_RATIO = FindingCode(
    "rounding.ratio",
    Severity.ERROR,
    "a ratio is two integers, the denominator above zero",
    "比率由两个整数组成，分母须大于零",
)
BAD_STEP = FindingCode(
    "rounding.step", Severity.ERROR, "a rounding step is an integer of at least 1", "舍入步长须为不小于 1 的整数"
)
NOT_INTEGER = FindingCode(
    "rounding.not-integer",
    Severity.ERROR,
    "the rounding rule {rule} gave {type} instead of an integer",
    "舍入规则 {rule} 返回 {type}，而不是整数",
)
FAILED = FindingCode(
    "rounding.failed", Severity.ERROR, "the rounding rule {rule} raised {error}", "舍入规则 {rule} 抛出了 {error}"
)


class RoundingRule(Protocol):
    """Anything that turns an exact ratio into an integer."""

    def __call__(self, numerator: int, denominator: int, /) -> int:
        """The integer that stands for `numerator / denominator`; the denominator is above zero."""
        ...


class RoundingScope(StrEnum):
    """Where a document rounds: each line by itself, or only the sums of the whole document."""

    LINE = "line"
    DOCUMENT = "document"


@attrs.frozen(repr=False)
class Rounding:
    """One of the named rules; equal, hashed, printed and pickled by its name."""

    version: ClassVar[str] = "1"
    name: str
    _integer: Callable[[int, int], int] = attrs.field(eq=False)

    def __call__(self, numerator: int, denominator: int = 1, /) -> int:
        """The integer that stands for the ratio; `InvalidValueError` unless both are ints, the lower above 0."""
        if type(numerator) is not int or type(denominator) is not int or denominator < 1:
            raise InvalidValueError(BAD_RATIO())
        return self._integer(numerator, denominator)

    def __repr__(self) -> str:
        return self.name

    def __reduce__(self) -> str:
        return self.name


def _down(n: int, d: int) -> int:
    return n // d if n >= 0 else -(-n // d)


def _up(n: int, d: int) -> int:
    return -(-n // d) if n >= 0 else n // d


def _half_up(n: int, d: int) -> int:
    return (2 * n + d) // (2 * d) if n >= 0 else -((d - 2 * n) // (2 * d))


def _half_down(n: int, d: int) -> int:
    return -((d - 2 * n) // (2 * d)) if n >= 0 else (2 * n + d) // (2 * d)


def _half_even(n: int, d: int) -> int:
    floor, rest = divmod(n, d)
    return floor + (2 * rest > d or (2 * rest == d and floor % 2 == 1))


def _half_odd(n: int, d: int) -> int:
    floor, rest = divmod(n, d)
    return floor + (2 * rest > d or (2 * rest == d and floor % 2 == 0))


def _floor(n: int, d: int) -> int:
    return n // d


def _ceiling(n: int, d: int) -> int:
    return -(-n // d)


def _half_floor(n: int, d: int) -> int:
    return -((d - 2 * n) // (2 * d))


def _half_ceiling(n: int, d: int) -> int:
    return (2 * n + d) // (2 * d)


HALF_UP: Final = Rounding("HALF_UP", _half_up)
"""To the nearest, a tie away from zero: commercial rounding."""
HALF_DOWN: Final = Rounding("HALF_DOWN", _half_down)
"""To the nearest, a tie towards zero."""
HALF_EVEN: Final = Rounding("HALF_EVEN", _half_even)
"""To the nearest, a tie to the even neighbour: no drift over many roundings."""
HALF_ODD: Final = Rounding("HALF_ODD", _half_odd)
"""To the nearest, a tie to the odd neighbour."""
HALF_CEILING: Final = Rounding("HALF_CEILING", _half_ceiling)
"""To the nearest, a tie upwards."""
HALF_FLOOR: Final = Rounding("HALF_FLOOR", _half_floor)
"""To the nearest, a tie downwards."""
UP: Final = Rounding("UP", _up)
"""Away from zero."""
DOWN: Final = Rounding("DOWN", _down)
"""Towards zero: what is beyond the last digit is cut off."""
CEILING: Final = Rounding("CEILING", _ceiling)
"""Upwards."""
FLOOR: Final = Rounding("FLOOR", _floor)
"""Downwards."""

ROUNDINGS: Final[Mapping[str, Rounding]] = MappingProxyType(
    {
        rule.name: rule
        for rule in (
            CEILING,
            DOWN,
            FLOOR,
            HALF_CEILING,
            HALF_DOWN,
            HALF_EVEN,
            HALF_FLOOR,
            HALF_ODD,
            HALF_UP,
            UP,
        )
    }
)
"""The named rules by their names."""


def _step(_: object, __: object, value: int) -> None:
    if type(value) is not int or not 1 <= value < 10**18:
        raise InvalidValueError(BAD_STEP("/step"))


@attrs.frozen
class ToStep:
    """To whole multiples of a step, counted in the units that are kept: `ToStep(5)` for 0.05 CHF.

    Raises `InvalidValueError` (`rounding.step`) unless the step is an int of at least 1.
    """

    version: ClassVar[str] = "1"
    step: int = attrs.field(validator=_step)
    rule: RoundingRule = HALF_UP

    def __call__(self, numerator: int, denominator: int = 1, /) -> int:
        """The multiple of the step that stands for the ratio."""
        return self.step * rounded(self.rule, numerator, denominator * self.step)


def rounded(rule: RoundingRule, numerator: int, denominator: int, /) -> int:
    """What the rule makes of the ratio.

    Raises `PolicyError` where an application's rule gives no int (`rounding.not-integer`) or raises
    (`rounding.failed`).
    """
    try:
        result = rule(numerator, denominator)
    except OrderlibError:
        raise
    except Exception as error:
        raise PolicyError(FAILED(rule=_name(rule), error=type(error).__name__)) from error
    if type(result) is not int:
        raise PolicyError(NOT_INTEGER(rule=_name(rule), type=type(result).__name__))
    return result


def _name(rule: RoundingRule) -> str:
    return str(getattr(rule, "name", None) or getattr(rule, "__name__", None) or type(rule).__name__)[:40]
