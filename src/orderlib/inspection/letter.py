"""Sample size code letters: how much of a lot of a given size is looked at, by inspection level.

MIL-STD-105E, table I, and ISO 2859-1:1999, table 1, are the same. The letters I and O are not used; S stands in the
tables for tightened inspection alone and belongs to no size of lot.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from orderlib.errors import FindingCode, InvalidValueError, Severity
from orderlib.values.codelist import member

__all__ = ["MAX_LOT", "CodeLetter", "InspectionLevel", "code_letter", "level_of", "lot_size_of"]

LOT_SIZE: Final = FindingCode(
    "sampling.lot-size",
    Severity.ERROR,
    "a lot has from 1 to {limit} units, a whole number; {size} is none",
    "批量须为 1 至 {limit} 的整数；{size} 无效",
)

MAX_LOT: Final = 10**15 - 1
"""The largest lot: the largest whole quantity that can be written."""


class InspectionLevel(StrEnum):
    """How much is inspected for a size of lot (MIL-STD-105E, 4.9); II where nothing else is agreed."""

    S_1 = "S-1"
    S_2 = "S-2"
    S_3 = "S-3"
    S_4 = "S-4"
    I = "I"  # noqa: E741 - the standard's own name
    II = "II"
    III = "III"


class CodeLetter(StrEnum):
    """A sample size code letter, smallest sample first."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"
    G = "G"
    H = "H"
    J = "J"
    K = "K"
    L = "L"
    M = "M"
    N = "N"
    P = "P"
    Q = "Q"
    R = "R"
    S = "S"


# The upper ends of the ranges of lot sizes; the last range is open.
_ENDS: Final = (8, 15, 25, 50, 90, 150, 280, 500, 1_200, 3_200, 10_000, 35_000, 150_000, 500_000)

_LETTERS: Final[Mapping[InspectionLevel, str]] = {
    InspectionLevel.S_1: "AAAABBBBCCCCDDD",
    InspectionLevel.S_2: "AAABBBCCCDDDEEE",
    InspectionLevel.S_3: "AABBCCDDEEFFGGH",
    InspectionLevel.S_4: "AABCCDEEFGGHJJK",
    InspectionLevel.I: "AABCCDEFGHJKLMN",
    InspectionLevel.II: "ABCDEFGHJKLMNPQ",
    InspectionLevel.III: "BCDEFGHJKLMNPQR",
}


def level_of(value: str) -> InspectionLevel:
    """The inspection level that a word stands for; a converter. Raises `InvalidValueError` (`code.unknown`)."""
    return member(InspectionLevel, value, "/level")


def lot_size_of(value: int, address: str = "/lot_size") -> int:
    """A size of lot, in whole units; a converter. Raises `InvalidValueError` (`sampling.lot-size`) at the address."""
    if type(value) is not int:
        raise InvalidValueError(LOT_SIZE(address, size=type(value).__name__[:40], limit=MAX_LOT))
    if not 1 <= value <= MAX_LOT:
        shown = value if abs(value) < 10**18 else "it"  # the text of a giant would take longer than the check
        raise InvalidValueError(LOT_SIZE(address, size=shown, limit=MAX_LOT))
    return value


def code_letter(lot_size: int, level: str = InspectionLevel.II) -> CodeLetter:
    """The code letter for a lot of so many units.

    The standard begins at two units; a lot of one is looked at as a whole, whatever the letter. Raises
    `InvalidValueError` (`sampling.lot-size`, `code.unknown`).

    >>> str(code_letter(1000)), str(code_letter(1000, "S-2"))
    ('J', 'C')
    """
    return CodeLetter(_LETTERS[level_of(level)][bisect_left(_ENDS, lot_size_of(lot_size))])
