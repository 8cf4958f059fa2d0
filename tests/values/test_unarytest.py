from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderlib.errors import InvalidValueError
from orderlib.values.decision import Verdict
from orderlib.values.unarytest import probes, unary_test


@pytest.mark.parametrize(
    ("cell", "inside", "outside"),
    [
        ("", ["-1", "5"], []),
        ("-", ["-1", "5"], []),
        ("5", ["5"], ["4.9", "5.1"]),
        ("< 5", ["4.9"], ["5"]),
        ("<= 5", ["5"], ["5.1"]),
        (">5", ["5.1"], ["5"]),
        (">= 5", ["5"], ["4.9"]),
        ("[1..5]", ["1", "5"], ["0.9", "5.1"]),
        ("(1..5]", ["1.1", "5"], ["1"]),
        ("]1..5[", ["1.1", "4.9"], ["1", "5"]),
        ("1, [3..4], > 9", ["1", "3.5", "10"], ["2", "5"]),
        ("not(1, > 5)", ["2", "5"], ["1", "6"]),
    ],
)
def test_numbers_are_compared(cell, inside, outside):
    """Values, sides, intervals, lists and what is not among them."""
    test = unary_test(cell, Decimal)
    assert all(test.passes(Decimal(each)) for each in inside)
    assert not any(test.passes(Decimal(each)) for each in outside)


@pytest.mark.parametrize(
    ("cell", "kind", "inside", "outside"),
    [
        ("[2026-01-01..2026-01-31]", date, date(2026, 1, 31), date(2026, 2, 1)),
        ("not(2026-01-01)", date, date(2026, 1, 2), date(2026, 1, 1)),
        (">= 3", int, 3, 2),
        ("DE, FR", str, "FR", "IT"),
        ('"a, b", c', str, "a, b", "a"),
        ("not(DE)", str, "IT", "DE"),
        ("yes", bool, True, False),
        ("review", Verdict, Verdict.REVIEW, Verdict.NO),
    ],
)
def test_every_type_has_its_words(cell, kind, inside, outside):
    """Days, whole numbers, text, truth values, codes."""
    test = unary_test(cell, kind)
    assert test.passes(inside)
    assert not test.passes(outside)


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("five", Decimal),
        ("> x", Decimal),
        ("[5..1]", Decimal),
        ("1,,2", Decimal),
        ("1.5", int),
        ("2026-13-01", date),
        ("maybe", bool),
        ("perhaps", Verdict),
        ("NaN", Decimal),
        ("1" * 1001, Decimal),
        ("a" * 1001, str),
    ],
)
def test_a_cell_that_says_nothing_is_refused(cell, kind):
    """With the cell, and at its address."""
    with pytest.raises(InvalidValueError) as caught:
        unary_test(cell, kind, "/3/amount")
    assert [(each.code, each.address) for each in caught.value.findings] == [("table.cell", "/3/amount")]


def test_an_input_is_of_a_known_type():
    """A float is none of them."""
    with pytest.raises(InvalidValueError, match=r"table\.input-type"):
        unary_test("1", float)


numbers = st.decimals(-5, 5, places=1)
cells = st.one_of(
    st.builds("{}".format, numbers),
    st.builds("{} {}".format, st.sampled_from(["<", "<=", ">", ">="]), numbers),
    st.builds(lambda a, b: f"[{min(a, b)}..{max(a, b)})", numbers, numbers),
    st.builds("not({})".format, numbers),
).map(lambda cell: cell.replace("-0.0", "0"))


@given(st.lists(cells, min_size=1, max_size=4), numbers)
def test_probes_stand_for_every_value(written, value):
    """Whatever a value passes, one of the probes passes exactly the same tests."""
    tests = [unary_test(cell, Decimal) for cell in written]
    seen = {tuple(test.passes(probe) for test in tests) for probe in probes(Decimal, tests)}
    assert tuple(test.passes(value) for test in tests) in seen


@given(st.lists(st.dates(date(2026, 1, 1), date(2026, 1, 9)), max_size=3), st.dates(date(2026, 1, 1), date(2026, 1, 9)))
def test_probes_stand_for_every_day(days, value):
    """Days have neighbours, and nothing between them."""
    tests = [unary_test(f"> {each}", date) for each in days]
    seen = {tuple(test.passes(probe) for test in tests) for probe in probes(date, tests)}
    assert tuple(test.passes(value) for test in tests) in seen


def test_codes_and_truth_values_are_probed_one_by_one():
    """Text has one that nobody named."""
    assert probes(bool, ()) == (True, False)
    assert probes(Verdict, ()) == tuple(Verdict)
    assert probes(str, [unary_test("a, b", str)]) == ("a", "b", "ab?")
    assert probes(int, [unary_test("1, 2, 5", int)]) == (0, 1, 2, 3, 5, 6)
    assert probes(date, [unary_test("9999-12-31", date)])[-1] == date.max
