"""Formulas: what they can do, and that they can do nothing else."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderlib.errors import InvalidValueError
from orderlib.inspection.formula import Formula

VALUES = {"a": Decimal(6), "b": Decimal(4), "z": Decimal(0), "厚度": Decimal("1.25")}


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("a + b * 2", "14"),
        ("(a + b) * 2", "20"),
        ("a - b - 1", "1"),
        ("a / b / 2", "0.75"),
        ("-a + --b", "-2"),
        ("2 * -(a - b)", "-4"),
        ("mean(a, b, 2)", "4"),
        ("min(a, b) + max(a, b)", "10"),
        ("abs(b - a) + sqrt(b)", "4"),
        ("1 / 3", "0.333333333333"),
        ("厚度 * 2", "2.5"),
        (" 7 ", "7"),
    ],
)
def test_sums(text, result):
    """Usual order of operations; twelve digits behind the point."""
    assert str(Formula(text).evaluate(VALUES)) == result


def test_the_names_that_it_needs():
    """Each once, in the order in which they occur; functions are none."""
    formula = Formula("mean(a, b) - a / min(b, c)")
    assert formula.names == ("a", "b", "c")
    with pytest.raises(InvalidValueError) as caught:
        formula.evaluate({"a": Decimal(1)})
    assert [(each.code, each.address) for each in caught.value.findings] == [
        ("formula.missing", "/b"),
        ("formula.missing", "/c"),
    ]


def test_equal_by_their_text():
    """And written as they were given."""
    assert Formula("a+b") == Formula("a+b") != Formula("a + b")
    assert str(Formula("a+b")) == "a+b"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "formula.syntax"),
        ("a +", "formula.syntax"),
        ("(a", "formula.syntax"),
        ("a)", "formula.syntax"),
        ("a b", "formula.syntax"),
        ("a ** b", "formula.syntax"),
        ("a.b", "formula.syntax"),
        ("a == b", "formula.syntax"),
        ("'a'", "formula.syntax"),
        ("1e9", "formula.syntax"),
        ("a[0]", "formula.syntax"),
        ("min()", "formula.syntax"),
        ("sqrt(a, b)", "formula.arguments"),
        ("__import__(a)", "formula.unknown-function"),
        ("eval(a)", "formula.unknown-function"),
        ("(" * 21 + "a" + ")" * 21, "formula.too-deep"),
        ("-" * 501, "formula.too-long"),
        ("1" * 30, "decimal.too-long"),
        (None, "formula.not-text"),
        (7, "formula.not-text"),
    ],
)
def test_what_is_no_formula(text, code):
    """Refused before anything is reckoned, with its place."""
    with pytest.raises(InvalidValueError) as caught:
        Formula(text)
    assert (caught.value.code, caught.value.findings[0].address) == (code, "/text")


def test_the_place_of_the_fault():
    """Counted from one; the end is a place as well."""
    for text, place, found in (("a + * b", "5", "'*'"), ("(a + b", "7", "the end"), ("a  §", "4", r"'\xa7'")):
        with pytest.raises(InvalidValueError) as caught:
            Formula(text)
        assert dict(caught.value.findings[0].evidence) == {"found": found, "position": place}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a / z", "formula.undefined"),
        ("z / z", "formula.undefined"),
        ("sqrt(z - a)", "formula.undefined"),
        ("1000000000 * 1000000", "formula.too-large"),
        ("*".join(["large"] * 40), "formula.too-large"),
    ],
)
def test_what_has_no_value(text, code):
    """A finding, not an exception from inside."""
    with pytest.raises(InvalidValueError) as caught:
        Formula(text).evaluate(VALUES | {"large": Decimal("9" * 28)})
    assert (caught.value.code, caught.value.findings[0].address) == (code, "/text")


@given(st.text(alphabet="ab1.+-*/(), sqrtmin", max_size=40))
def test_any_text_is_a_formula_or_refused(text):
    """With documented codes alone, when it is read and when it is reckoned."""
    said = None
    try:
        Formula(text).evaluate(VALUES)
    except InvalidValueError as error:
        said = error
    assert said is None or said.code.partition(".")[0] in {"formula", "decimal"}
