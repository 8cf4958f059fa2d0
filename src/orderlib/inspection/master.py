"""The master tables for single sampling: sample size, acceptance and rejection number by letter and AQL.

Both rule sets are built on one idea: sample sizes and AQLs grow by the same factor (about 1.6), so that a step down
the letters and a step back in the AQLs leave their product, and with it the acceptance number, where it was. A table
is therefore one series along its diagonals. The place on the diagonal is the letter's place (A is 0) plus the AQL's
(0.010 is 0); where there is no plan, an arrow points along the column to the plan that is used instead.

* **MIL-STD-105E**, tables II-A, II-B and II-C, a work of the United States government. In reduced inspection a gap lies
  between acceptance and rejection number (4.10).
* **ISO 2859-1:1999**, tables 2-A, 2-B and 2-C: normal inspection is the same; tightened has a plan more, for letter A
  at AQL 10; reduced has no gap, and in its place somewhat larger acceptance numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Final

import attrs

from orderlib.errors import FindingCode, InvalidValueError, Severity
from orderlib.inspection.letter import CodeLetter
from orderlib.values.codelist import member
from orderlib.values.decimals import Number, decimal

__all__ = [
    "AQLS",
    "AcceptanceNumbers",
    "Arrow",
    "InspectionSeverity",
    "RuleSet",
    "aql_of",
    "letters_of",
    "master_cell",
    "resolved_cell",
    "rule_set_of",
    "sample_size_of",
    "severity_of",
]

AQL_UNKNOWN: Final = FindingCode(
    "sampling.aql-unknown",
    Severity.ERROR,
    "{aql} is not one of the 26 acceptance quality limits from 0.010 to 1000",
    "{aql} 不是 0.010 至 1000 的 26 个接收质量限之一",
)
NO_TABLE: Final = FindingCode(
    "sampling.discontinued",
    Severity.ERROR,
    "sampling inspection is discontinued: there is no plan until it is resumed",
    "抽样检验已暂停：恢复之前没有抽样方案",
)
NO_LETTER: Final = FindingCode(
    "sampling.no-letter",
    Severity.ERROR,
    "{how} inspection by {rules} has no row {letter}",
    "{rules} 的 {how} 检验没有字码 {letter}",
)


class RuleSet(StrEnum):
    """The sampling rules that are followed."""

    MIL_STD_105E = "MIL-STD-105E"
    ISO_2859_1_1999 = "ISO 2859-1:1999"


class InspectionSeverity(StrEnum):
    """How severe inspection is, mildest first; `DISCONTINUED` means that no sample can pass a lot any more."""

    REDUCED = "reduced"
    NORMAL = "normal"
    TIGHTENED = "tightened"
    DISCONTINUED = "discontinued"


class Arrow(StrEnum):
    """Where no plan stands: the first plan above or below the arrow is used, sample size and all."""

    UP = "up"
    DOWN = "down"


@attrs.frozen
class AcceptanceNumbers:
    """A lot passes with `accept` found or fewer, and fails with `reject` or more."""

    accept: int
    reject: int


_AQL_TEXT: Final = """
0.010 0.015 0.025 0.040 0.065 0.10 0.15 0.25 0.40 0.65 1.0 1.5 2.5 4.0 6.5
10 15 25 40 65 100 150 250 400 650 1000
"""

AQLS: Final[tuple[Decimal, ...]] = tuple(decimal(each) for each in _AQL_TEXT.split())
"""The acceptance quality limits: percent nonconforming up to 10, nonconformities per hundred units up to 1000."""

_AT: Final = {aql: place for place, aql in enumerate(AQLS)}
_ROWS: Final = tuple(CodeLetter)
_FULL: Final = (2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800, 1250, 2000, 3150)
_LESS: Final = (2, 2, 2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800)

_Cell = AcceptanceNumbers | Arrow


def _series(first: int, text: str) -> dict[int, _Cell]:
    """A series along the diagonals, or along a row, from a place on; `0/2` is a pair, `3` stands for `3/4`."""
    return {place: _read(each) for place, each in enumerate(text.split(), first)}


def _read(text: str) -> _Cell:
    if text in "^v":
        return Arrow.UP if text == "^" else Arrow.DOWN
    accept, _, reject = text.partition("/")
    return AcceptanceNumbers(int(accept), int(reject or int(accept) + 1))


@attrs.frozen
class _Master:
    """One table: the series along its diagonals, rows that go another way, and cells that do."""

    diagonal: Mapping[int, _Cell]
    rows: Mapping[CodeLetter, Mapping[int, _Cell]] = attrs.field(factory=dict[CodeLetter, Mapping[int, _Cell]])
    last: CodeLetter = CodeLetter.R

    def at(self, letter: CodeLetter, column: int) -> _Cell:
        """What the table says before the ends of the column are looked at."""
        row = self.rows.get(letter)
        if row is not None:
            return row.get(column, Arrow.DOWN if column < min(row) else Arrow.UP)
        place = _ROWS.index(letter) + column
        if letter >= CodeLetter.F and place > 24:  # beyond 21 found in a sample the largest samples are not worth it
            return Arrow.UP
        return self.diagonal.get(place, Arrow.DOWN if place < min(self.diagonal) else Arrow.UP)


_NORMAL: Final = _Master(_series(14, "0 ^ v 1 2 3 5 7 10 14 21 30 44"))
_TIGHT_SERIES: Final = _series(15, "0 v v 1 2 3 5 8 12 18 27 41")
_S: Final[Mapping[int, _Cell]] = {2: AcceptanceNumbers(1, 2)}
_TIGHT_105E: Final = _Master(
    _TIGHT_SERIES,
    {CodeLetter.A: _series(18, "1 2 3 5 8 12 18 27"), CodeLetter.S: _S},
    CodeLetter.S,
)
_TIGHT_1999: Final = _Master(_TIGHT_SERIES, {CodeLetter.S: _S}, CodeLetter.S)
_LEAST: Final = "1 2 3 5 7 10 14 21 30"
_REDUCED_105E: Final = _Master(
    _series(14, "0 ^ v 0/2 1/3 1/4 2/5 3/6 5/8 7/10 10/13 14/17 21/24"),
    {
        CodeLetter.A: _series(14, f"0 v v {_LEAST}"),
        CodeLetter.B: _series(13, "0 ^ v 0/2 1/3 2/4 3/5 5 7 10 14 21 30"),
    },
)
_REDUCED_1999: Final = _Master(
    _series(14, "0 ^ v v 1 2 3 5 6 8 10 14 21"),
    {
        CodeLetter.A: _series(14, f"0 v v {_LEAST}"),
        CodeLetter.B: _series(13, f"0 ^ v v {_LEAST}"),
    },
)
_TABLES: Final[Mapping[tuple[RuleSet, InspectionSeverity], _Master]] = {
    (RuleSet.MIL_STD_105E, InspectionSeverity.NORMAL): _NORMAL,
    (RuleSet.MIL_STD_105E, InspectionSeverity.TIGHTENED): _TIGHT_105E,
    (RuleSet.MIL_STD_105E, InspectionSeverity.REDUCED): _REDUCED_105E,
    (RuleSet.ISO_2859_1_1999, InspectionSeverity.NORMAL): _NORMAL,
    (RuleSet.ISO_2859_1_1999, InspectionSeverity.TIGHTENED): _TIGHT_1999,
    (RuleSet.ISO_2859_1_1999, InspectionSeverity.REDUCED): _REDUCED_1999,
}


def rule_set_of(value: str) -> RuleSet:
    """The rule set that a name stands for; a converter. Raises `InvalidValueError` (`code.unknown`)."""
    return member(RuleSet, value, "/rule_set")


def severity_of(value: str) -> InspectionSeverity:
    """The severity that a word stands for; a converter. Raises `InvalidValueError` (`code.unknown`)."""
    return member(InspectionSeverity, value, "/severity")


def aql_of(value: Number) -> Decimal:
    """An acceptance quality limit of the tables; a converter.

    Raises `InvalidValueError` at `/aql` (`sampling.aql-unknown`, and the findings of `decimals.decimal`).
    """
    number = decimal(value, address="/aql")
    if number not in _AT:
        raise InvalidValueError(AQL_UNKNOWN("/aql", aql=number))
    return number


def letters_of(rule_set: str, severity: str) -> tuple[CodeLetter, ...]:
    """The rows of a table, smallest sample first. Raises `InvalidValueError` (`sampling.discontinued`)."""
    return _ROWS[: _ROWS.index(_table(rule_set, severity).last) + 1]


def sample_size_of(letter: CodeLetter, severity: str) -> int:
    """How many units the sample of a row has; the row must be one of `letters_of`."""
    sizes = _LESS if severity == InspectionSeverity.REDUCED else _FULL
    return sizes[_ROWS.index(letter)]


def master_cell(rule_set: str, severity: str, letter: str, aql: Number) -> AcceptanceNumbers | Arrow | None:
    """What stands in one cell of the table as it is printed; nothing in the blank cells of row S.

    Raises `InvalidValueError` (`code.unknown`, `sampling.aql-unknown`, `sampling.discontinued`, `sampling.no-letter`).
    """
    table = _table(rule_set, severity)
    row = member(CodeLetter, letter, "/letter")
    if row > table.last:
        raise InvalidValueError(NO_LETTER("/letter", letter=row, how=severity, rules=rule_set))
    column = _AT[aql_of(aql)]
    if row is CodeLetter.S and column not in _S:
        return None
    return _turned(table, row, column)


def _turned(table: _Master, row: CodeLetter, column: int) -> _Cell:
    """The cell, where an arrow that points out of the table turns round."""
    cell = table.at(row, column)
    if isinstance(cell, AcceptanceNumbers) or _follow(table, row, column, cell) is not None:
        return cell
    return Arrow.DOWN if cell is Arrow.UP else Arrow.UP


def _follow(table: _Master, row: CodeLetter, column: int, arrow: Arrow) -> tuple[CodeLetter, AcceptanceNumbers] | None:
    """The first plan of the column in the direction of an arrow."""
    here = _ROWS.index(row)
    way = reversed(_ROWS[:here]) if arrow is Arrow.UP else _ROWS[here + 1 : _ROWS.index(table.last) + 1]
    for other in way:
        cell = table.at(other, column)
        if isinstance(cell, AcceptanceNumbers):
            return other, cell
    return None


def resolved_cell(rule_set: str, severity: str, letter: str, aql: Number) -> tuple[CodeLetter, AcceptanceNumbers]:
    """The row that is used in the end, and its numbers: arrows are followed, and the sample size with them.

    Raises `InvalidValueError` as `master_cell` does, and `sampling.no-letter` for a blank cell.
    """
    cell = master_cell(rule_set, severity, letter, aql)
    row = CodeLetter(letter)
    if isinstance(cell, AcceptanceNumbers):
        return row, cell
    found = None if cell is None else _follow(_table(rule_set, severity), row, _AT[aql_of(aql)], cell)
    if found is None:
        raise InvalidValueError(NO_LETTER("/letter", letter=row, how=severity, rules=rule_set))
    return found


def _table(rule_set: str, severity: str) -> _Master:
    rules, how = rule_set_of(rule_set), severity_of(severity)
    if how is InspectionSeverity.DISCONTINUED:
        raise InvalidValueError(NO_TABLE("/severity"))
    return _TABLES[rules, how]
