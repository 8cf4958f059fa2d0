"""Characteristics, and what readings of them say."""

from __future__ import annotations

import pytest

from orderlib.errors import InvalidValueError
from orderlib.inspection.characteristic import (
    Characteristic,
    NonconformityGrade,
    Reading,
    check_formulas,
    judge_readings,
)
from orderlib.values.lines import Lines

INNER = Characteristic("inner", "inner diameter", lower="4.9", upper="5.1", unit="MMT")
OUTER = Characteristic("outer", "outer diameter", upper="9.0", unit="MMT", grade="minor")
WALL = Characteristic("wall", "wall", lower="1.9", formula="(outer - inner) / 2", grade="critical")
CLEAN = Characteristic("clean", "no burr")
ALL = Lines([INNER, OUTER, WALL, CLEAN])


def unit(item="1", inner="5.0", outer="8.9", *, clean=True):
    """Readings of one unit."""
    return [
        Reading(item, "inner", inner),
        Reading(item, "outer", outer),
        Reading(item, "clean", conforms=clean),
    ]


class TestCharacteristic:
    def test_three_kinds(self):
        """By what is given."""
        assert [each.kind.value for each in ALL] == ["numeric", "numeric", "formula", "attributive"]

    @pytest.mark.parametrize(
        ("more", "found"),
        [
            ({"lower": 2, "upper": 1, "unit": "MMT"}, [("characteristic.limits", "/lower")]),
            ({"unit": "MMT"}, [("characteristic.no-limit", "/lower")]),
            ({"formula": "a"}, [("characteristic.no-limit", "/lower")]),
            ({"lower": 2, "upper": 1}, [("characteristic.limits", "/lower"), ("characteristic.no-unit", "/unit")]),
            ({"lower": "NaN", "unit": "MMT"}, [("decimal.malformed", "/lower")]),
            ({"upper": 1.5, "unit": "MMT"}, [("decimal.type", "/upper")]),
            ({"upper": 1, "unit": "furlong"}, [("unit.malformed", "/unit")]),
            ({"upper": 1, "formula": "a +"}, [("formula.syntax", "/text")]),
            ({"grade": "grave"}, [("code.unknown", "/grade")]),
        ],
    )
    def test_what_is_none(self, more, found):
        """Every fault with its place."""
        with pytest.raises(InvalidValueError) as caught:
            Characteristic("x", **more)
        assert [(each.code, each.address) for each in caught.value.findings] == found


class TestReading:
    @pytest.mark.parametrize(
        ("more", "code"),
        [
            ({"value": "1e5"}, "decimal.malformed"),
            ({"conforms": 1}, "characteristic.kind"),
            ({"value": "9" * 29}, "decimal.too-long"),
        ],
    )
    def test_what_is_none(self, more, code):
        """A number that is none, a word that is neither."""
        with pytest.raises(InvalidValueError) as caught:
            Reading("1", "inner", **more)
        assert caught.value.code == code


class TestJudged:
    def test_a_unit_that_conforms(self):
        """Limits are included."""
        (verdict,) = judge_readings(ALL, unit(inner="5.1", outer="9"))
        assert (verdict.conforms, verdict.grade) == (True, None)

    def test_every_departure_and_the_gravest_grade(self):
        """A number below, one above, a sum below, and a no."""
        (verdict,) = judge_readings(ALL, unit(inner="5.2", outer="8.9", clean=False))
        assert [each.code for each in verdict.findings] == [
            "characteristic.above",
            "characteristic.below",
            "characteristic.failed",
        ]
        assert verdict.findings[1].message() == "wall of unit 1 is 1.85, below 1.9"
        assert verdict.grade is NonconformityGrade.CRITICAL

    def test_units_come_in_their_order(self):
        """Each with its own verdict."""
        verdicts = judge_readings(ALL, [*unit("b"), *unit("a", outer="9.5")])
        assert [(each.item, each.conforms) for each in verdicts] == [("b", True), ("a", False)]
        assert judge_readings(ALL, []) == ()

    @pytest.mark.parametrize(
        ("readings", "found"),
        [
            (
                [*unit(), Reading("1", "colour", conforms=True)],
                [("characteristic.unknown", "/readings/3/characteristic_id")],
            ),
            ([*unit(), Reading("1", "inner", "5")], [("characteristic.twice", "/readings/3")]),
            (unit()[:2], [("characteristic.not-read", "/readings/1")]),
            ([*unit(), Reading("1", "wall", "2")], [("characteristic.kind", "/readings/3")]),
            (
                [Reading("1", "inner", conforms=True), *unit()[1:2], Reading("1", "clean", "1")],
                [("characteristic.kind", "/readings/0"), ("characteristic.kind", "/readings/2")],
            ),
        ],
    )
    def test_what_cannot_be_judged(self, readings, found):
        """All faults at once, with their places, in both languages."""
        with pytest.raises(InvalidValueError) as caught:
            judge_readings(ALL, readings)
        assert [(each.code, each.address) for each in caught.value.findings] == found
        assert all("?" not in each.message("zh") for each in caught.value.findings)

    def test_a_formula_without_a_value(self):
        """Its finding is addressed by the unit."""
        ratio = Characteristic("ratio", upper=2, formula="outer / inner")
        with pytest.raises(InvalidValueError) as caught:
            judge_readings(Lines([INNER, OUTER, ratio]), unit(inner="0")[:2])
        assert (caught.value.code, caught.value.findings[0].address) == ("formula.undefined", "/readings/1/text")


def test_formulas_need_what_is_measured():
    """Neither words nor other formulas."""
    plan = Lines([INNER, CLEAN, Characteristic("sum", upper=9, formula="inner + clean + wall")])
    assert [(each.code, dict(each.evidence)["name"]) for each in check_formulas(plan)] == [
        ("characteristic.formula-name", "clean"),
        ("characteristic.formula-name", "wall"),
    ]
    assert [*check_formulas(ALL)] == []
