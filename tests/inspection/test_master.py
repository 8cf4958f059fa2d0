"""The master tables, cell by cell where the two rule sets differ."""

from __future__ import annotations

from decimal import Decimal

import pytest

from orderlib.errors import InvalidValueError
from orderlib.inspection.letter import CodeLetter
from orderlib.inspection.master import (
    AQLS,
    AcceptanceNumbers,
    Arrow,
    InspectionSeverity,
    RuleSet,
    letters_of,
    master_cell,
    resolved_cell,
    sample_size_of,
)

MIL, ISO = RuleSet.MIL_STD_105E, RuleSet.ISO_2859_1_1999


def resolved(rules, severity, letter, aql):
    """Row, sample, acceptance and rejection number."""
    row, numbers = resolved_cell(rules, severity, letter, aql)
    return str(row), sample_size_of(row, severity), numbers.accept, numbers.reject


@pytest.mark.parametrize(
    ("rules", "severity", "letter", "aql", "expected"),
    [
        # an arrow up, and one down, beside each other
        (MIL, "normal", "F", "1.0", ("E", 13, 0, 1)),
        (MIL, "normal", "G", "1.0", ("H", 50, 1, 2)),
        (MIL, "normal", "K", "6.5", ("K", 125, 14, 15)),
        # the upper right corner, where the largest samples are not worth it
        (MIL, "normal", "F", "100", ("E", 13, 21, 22)),
        (MIL, "normal", "R", "1000", ("B", 3, 44, 45)),
        # tightened inspection goes down twice where normal goes up
        (MIL, "tightened", "H", "0.65", ("K", 125, 1, 2)),
        (MIL, "tightened", "K", "2.5", ("K", 125, 5, 6)),
        (MIL, "tightened", "Q", "0.025", ("S", 3150, 1, 2)),
        # the one cell in which the tightened tables differ
        (MIL, "tightened", "A", "10", ("D", 8, 1, 2)),
        (ISO, "tightened", "A", "10", ("A", 2, 0, 1)),
        # a gap in one, none in the other
        (MIL, "reduced", "K", "1.0", ("K", 50, 1, 4)),
        (ISO, "reduced", "K", "1.0", ("K", 50, 2, 3)),
        (MIL, "reduced", "G", "1.0", ("H", 20, 0, 2)),
        (ISO, "reduced", "G", "1.0", ("J", 32, 1, 2)),
        (MIL, "reduced", "Q", "0.025", ("R", 800, 0, 2)),
        (ISO, "reduced", "Q", "0.025", ("N", 200, 0, 1)),
        (MIL, "reduced", "B", "40", ("B", 2, 2, 4)),
        (ISO, "reduced", "B", "40", ("B", 2, 2, 3)),
    ],
)
def test_known_plans(rules, severity, letter, aql, expected):
    """Plans that can be looked up in the printed tables."""
    assert resolved(rules, severity, letter, aql) == expected


def test_arrows_stand_as_printed():
    """Before they are followed, and turned where they would leave the table."""
    assert master_cell(MIL, "normal", "F", "1.0") is Arrow.UP
    assert master_cell(MIL, "normal", "G", "1.0") is Arrow.DOWN
    assert master_cell(MIL, "normal", "A", "10") is Arrow.DOWN
    assert master_cell(MIL, "normal", "R", "0.015") is Arrow.UP
    assert master_cell(MIL, "normal", "J", "1.0") == AcceptanceNumbers(2, 3)


def test_the_row_of_the_largest_sample():
    """S stands in the tables for tightened inspection, with one plan."""
    assert letters_of(MIL, "tightened")[-1] is CodeLetter.S
    assert letters_of(ISO, "reduced")[-1] is CodeLetter.R
    assert master_cell(MIL, "tightened", "S", "0.025") == AcceptanceNumbers(1, 2)
    assert [aql for aql in AQLS if master_cell(ISO, "tightened", "S", aql)] == [Decimal("0.025")]


@pytest.mark.parametrize(
    ("severity", "letter", "aql", "code", "address"),
    [
        ("normal", "S", "1.0", "sampling.no-letter", "/letter"),
        ("tightened", "S", "1.0", "sampling.no-letter", "/letter"),
        ("normal", "I", "1.0", "code.unknown", "/letter"),
        ("normal", "K", "1.1", "sampling.aql-unknown", "/aql"),
        ("normal", "K", "NaN", "decimal.malformed", "/aql"),
        ("normal", "K", 1.0, "decimal.type", "/aql"),
        ("mild", "K", "1.0", "code.unknown", "/severity"),
        (InspectionSeverity.DISCONTINUED, "K", "1.0", "sampling.discontinued", "/severity"),
    ],
)
def test_what_is_no_cell(severity, letter, aql, code, address):
    """Named, with its place, in both languages."""
    with pytest.raises(InvalidValueError) as caught:
        resolved_cell(MIL, severity, letter, aql)
    found = caught.value.findings[0]
    assert (found.code, found.address) == (code, address)
    assert "?" not in found.message("en") + found.message("zh")


def test_rule_sets_are_named():
    """By the name and year of the standard."""
    with pytest.raises(InvalidValueError) as caught:
        master_cell("ISO 2859", "normal", "K", "1.0")
    assert caught.value.findings[0].address == "/rule_set"
