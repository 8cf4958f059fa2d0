"""Limit numbers: how few must have been found in the last ten lots before inspection may be reduced.

MIL-STD-105E, table VIII. The first row that holds the number of units in those samples, and the column of the AQL. A
missing number means that so few units say too little: more than ten lots may then be taken, if they are the latest,
all were inspected normally, and none was rejected.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import Final

from orderlib.inspection.master import AQLS, aql_of
from orderlib.values.codelist import whole
from orderlib.values.decimals import Number

__all__ = ["least_units", "limit_number"]

# Where each row begins; the last one is open.
_ROWS: Final = (
    20, 30, 50, 80, 130, 200, 320, 500, 800, 1_250, 2_000, 3_150, 5_000, 8_000, 12_500, 20_000, 31_500,
)  # fmt: skip

# One line for each AQL: in how many rows, from the top, there is no number, and then the numbers down the column.
_COLUMNS: Final = """
15  0 0
14  0 0 1
13  0 0 2 4
12  0 0 2 4 8
11  0 0 2 4 8 14
10  0 0 2 4 7 14 24
9   0 0 1 3 7 13 22 38
8   0 0 2 4 7 14 24 40 67
7   0 0 2 4 8 14 24 40 68 111
6   0 0 2 4 8 14 25 42 69 115 186
5   0 0 2 4 7 14 24 40 68 110 181
4   0 0 1 3 7 13 22 38 63 105 169
3   0 0 2 4 7 14 24 40 67 110 181
2   0 0 2 4 8 14 24 40 68 111 181
1   0 0 2 4 8 14 25 42 69 115 186
0   0 0 2 4 7 14 24 40 68 110 181
0   0 1 3 7 13 22 39 63 105 169
0   2 3 7 14 25 40 68 110 181
0   4 7 14 24 42 68 113 181
0   8 13 25 42 72 115 189
0   14 22 40 68 115 181
0   22 36 63 105 177 277
0   40 63 110 181 301 471
0   68 105 181 297 490
0   115 178 301
0   181 277
"""


def _columns() -> tuple[tuple[int, tuple[int, ...]], ...]:
    lines = [[int(each) for each in line.split()] for line in _COLUMNS.strip().splitlines()]
    return tuple((line[0], tuple(line[1:])) for line in lines)


_NUMBERS: Final = _columns()


def limit_number(units: int, aql: Number) -> int | None:
    """The most that may have been found in so many units; nothing where they are too few to say anything.

    Below its last number a column goes on with it, which is strict: the table has no larger one. Raises
    `InvalidValueError` (`number.whole`, `sampling.aql-unknown`).
    """
    whole(units, 0, 10**18, "/units")
    missing, numbers = _NUMBERS[AQLS.index(aql_of(aql))]
    row = bisect_right(_ROWS, units) - 1 - missing
    return None if row < 0 else numbers[min(row, len(numbers) - 1)]


def least_units(aql: Number) -> int:
    """From how many units on there is a limit number for an AQL."""
    return _ROWS[_NUMBERS[AQLS.index(aql_of(aql))][0]]
