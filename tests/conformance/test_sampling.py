"""Sampling tables against independent copies: code letters, and the table for normal inspection with its arrows."""

from __future__ import annotations

import csv

import pytest

from orderlib.inspection.letter import CodeLetter, InspectionLevel, code_letter
from orderlib.inspection.master import Arrow, master_cell, sample_size_of

pytestmark = pytest.mark.conformance

ARROWS = {"↑": Arrow.UP, "↓": Arrow.DOWN}


def tables(data, columns):
    """Every table of the folder whose head fulfils a condition, with its name."""
    folder = data / "40_quality"
    if not folder.is_dir():
        pytest.skip("no sampling tables here")
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as lines:
            head, *rows = csv.reader(lines)
        if columns(head):
            yield path.name, head, rows


def ends(text):
    """The first and the last size of a range; an open one is tried far out."""
    if text.endswith("+"):
        return int(text[:-1]), 10**12
    first, last = text.split("-")
    return int(first), int(last)


def test_code_letters(data, cases_run):
    """Each range of lots and each level, at both ends of the range."""
    run = wrong = 0
    for _, head, rows in tables(data, lambda head: set(InspectionLevel) <= set(head)):
        for row in rows:
            for level, letter in zip(head[1:], row[1:], strict=True):
                run += 1
                wrong += any(code_letter(size, level) != letter for size in ends(row[0]))
    assert run
    cases_run.append(f"sampling: {run} code letters, {run - wrong} right")
    assert wrong == 0


def test_master_table_for_normal_inspection(data, cases_run):
    """Sample size, acceptance number or arrow of every cell."""
    run, wrong = 0, []
    for name, head, rows in tables(data, lambda head: len(head) == 28):
        for letter, size, *cells in rows:
            assert sample_size_of(CodeLetter(letter), "normal") == int(size)
            for aql, cell in zip(head[2:], cells, strict=True):
                found = master_cell("MIL-STD-105E", "normal", letter, aql)
                run += 1
                if (found if isinstance(found, Arrow) else found.accept) != (ARROWS.get(cell) or int(cell)):
                    wrong.append((name, letter, aql, cell, found))
    assert run
    cases_run.append(f"sampling: {run} cells of the table for normal inspection, {run - len(wrong)} right")
    assert wrong == []
