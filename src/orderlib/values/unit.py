"""Units of measure: the codes of UN/ECE Recommendation 20, and of Recommendation 21 behind an X.

Every code of both lists is known, also deleted and deprecated ones, because documents outlive them;
`status` tells them apart. Some hundred units of commerce carry a dimension and an exact factor and so
convert into each other. How many pieces are in a box no list can say: that is a `Conversion` of the item.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from fractions import Fraction
from functools import cache
from types import MappingProxyType
from typing import ClassVar, Final

import attrs

from orderlib.errors import FindingCode, InvalidValueError, Severity
from orderlib.values.decimals import excerpt
from orderlib.values.typed import couples_of

__all__ = ["Dimension", "Unit", "UnitRounding", "UnitStatus", "convertible_units", "unit", "unit_codes"]

MALFORMED = FindingCode(
    "unit.malformed",
    Severity.ERROR,
    "a unit is a code of UN/ECE Recommendation 20, not {text}",
    "计量单位须为 UN/ECE 第 20 号建议书代码，而不是 {text}",
)
UNKNOWN = FindingCode(
    "unit.unknown",
    Severity.ERROR,
    "UN/ECE Recommendations 20 and 21 know no unit {code}",
    "UN/ECE 第 20 号和第 21 号建议书中没有计量单位 {code}",
)
BAD_DIGITS = FindingCode(
    "unit.digits",
    Severity.ERROR,
    "a unit is rounded to 0 to 12 digits behind the point",
    "计量单位的舍入位数须为 0 至 12 位小数",
)


class Dimension(StrEnum):
    """What a convertible unit measures; CALENDAR holds months and years, which are no fixed number of days."""

    MASS = "mass"
    LENGTH = "length"
    AREA = "area"
    VOLUME = "volume"
    TIME = "time"
    CALENDAR = "calendar"
    ENERGY = "energy"
    POWER = "power"
    COUNT = "count"


class UnitStatus(StrEnum):
    """Standing of a code in its list; the values are the marks of Recommendation 20."""

    ACTIVE = ""
    DEPRECATED = "D"
    DELETED = "X"


@attrs.frozen
class Unit:
    """A unit of measure.

    `factor` is how many of the dimension's own unit (kg, m, m2, m3, s, month, J, W, one) it makes, exactly;
    both are None for a unit that no table converts. `whole` units come in whole numbers. `name` is empty
    for units that are known by their code alone.
    """

    code: str
    name: str = ""
    dimension: Dimension | None = None
    factor: Fraction | None = None
    whole: bool = False
    status: UnitStatus = UnitStatus.ACTIVE

    def __str__(self) -> str:
        return self.code


@cache
def convertible_units() -> Mapping[str, Unit]:
    """The units that carry an exact factor, by code."""
    from orderlib.values import _units  # noqa: PLC0415 - read when the first unit is asked for

    found: dict[str, Unit] = {}
    for line in _units.CONVERTIBLE.splitlines():
        code, dimension, factor, name = line.split(" ", 3)
        whole = dimension == Dimension.COUNT
        found[code] = Unit(code, name, Dimension(dimension), Fraction(factor), whole, unit_codes()[code])
    return MappingProxyType(found)


@cache
def unit_codes() -> Mapping[str, UnitStatus]:
    """All codes of Recommendation 20, and those of Recommendation 21 behind an X, with their standing."""
    from orderlib.values import _unit_codes  # noqa: PLC0415 - two thousand codes wait until they are needed

    codes: dict[str, UnitStatus] = dict.fromkeys(_unit_codes.ACTIVE.split(), UnitStatus.ACTIVE)
    codes.update(dict.fromkeys(_unit_codes.DEPRECATED.split(), UnitStatus.DEPRECATED))
    codes.update(dict.fromkeys(_unit_codes.DELETED.split(), UnitStatus.DELETED))
    for package in _unit_codes.PACKAGES.split():
        codes.setdefault("X" + package, UnitStatus.ACTIVE)
    return MappingProxyType(codes)


@cache
def _whole_names() -> Mapping[str, str]:
    from orderlib.values import _units  # noqa: PLC0415 - as above

    names: dict[str, str] = {}
    for entry in _units.WHOLE.replace("\n", ", ").split(", "):
        code, _, name = entry.partition(" ")
        names[code] = name
    return names


_known: Final[dict[str, Unit]] = {}


def unit(code: str, /, *, address: str = "") -> Unit:
    """The unit of that code.

    Raises `InvalidValueError` at `address`: `unit.malformed` for what is no text of two or three letters
    and digits, `unit.unknown`.
    """
    if type(code) is not str:
        raise InvalidValueError(MALFORMED(address, text=type(code).__name__[:40]))
    found = _known.get(code)
    if found is None:
        found = _known[code] = _look_up(code, address)
    return found


def _look_up(code: str, address: str) -> Unit:
    if not (2 <= len(code) <= 3 and code.isascii() and code.isalnum()):
        raise InvalidValueError(MALFORMED(address, text=excerpt(code)))
    status = unit_codes().get(code)
    if status is None:
        raise InvalidValueError(UNKNOWN(address, code=code))
    listed = convertible_units().get(code)
    if listed is not None:
        return listed
    name = _whole_names().get(code, "")
    return Unit(code, name, whole=bool(name) or _is_package(code), status=status)


def _is_package(code: str) -> bool:
    from orderlib.values import _unit_codes  # noqa: PLC0415 - as above

    return len(code) == 3 and code[0] == "X" and code[1:] in _unit_codes.PACKAGES.split()


def _digits(_: object, __: object, value: int) -> None:
    if type(value) is not int or not 0 <= value <= 12:
        raise InvalidValueError(BAD_DIGITS("/digits"))


def _pairs(given: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    return couples_of(str, int, given, "/exceptions")


def _exceptions(_: object, __: object, value: tuple[tuple[str, int], ...]) -> None:
    for place, (code, digits) in enumerate(value):
        unit(code, address=f"/exceptions/{place}/0")
        _digits(None, None, digits)


@attrs.frozen
class UnitRounding:
    """To how many digits a quantity of a unit is rounded: none for whole units, else `digits`.

    `exceptions` name units that differ: `UnitRounding(exceptions=(("TNE", 6), ("DZN", 2)))`. Raises
    `InvalidValueError` (`unit.digits`, `unit.unknown`).
    """

    version: ClassVar[str] = "1"
    digits: int = attrs.field(default=3, validator=_digits)
    exceptions: tuple[tuple[str, int], ...] = attrs.field(default=(), converter=_pairs, validator=_exceptions)

    def __call__(self, code: str, /) -> int:
        """Digits behind the point for the unit of that code."""
        for exception, digits in self.exceptions:
            if exception == code:
                return digits
        return 0 if unit(code).whole else self.digits
