"""Risks as values, and what the register tells of those that stand."""

from __future__ import annotations

import pytest
from build import at

from orderlib.errors import InvalidValueError
from orderlib.risk.record import Rating, Risk, RiskCause, RiskRegister, Treatment
from orderlib.values.instant import instant
from orderlib.values.lines import Lines


def risk(id="R-1", likelihood=3, consequence=4, **more):
    """A supply risk that stands."""
    return Risk(id, "late castings", more.pop("cause", "supply"), Rating(likelihood, consequence), **more)


class TestRating:
    def test_both_scales_count_from_one_to_five(self):
        """What lies outside is refused, both at once."""
        assert Rating(1, 5).score == 5
        for wrong in (0, 6, "3", 2.0, True, None):
            with pytest.raises(InvalidValueError) as caught:
                Rating(wrong, wrong)
            assert [each.address for each in caught.value.findings] == ["/likelihood", "/consequence"]


class TestRisk:
    def test_the_residual_rating_counts_once_there_is_one(self):
        """Before treatment it is the inherent one."""
        assert risk().rating == Rating(3, 4)
        assert risk(residual=Rating(1, 4)).rating == Rating(1, 4)

    def test_words_are_checked(self):
        """Causes and treatments are words of their lists."""
        known = risk(treatment="share")
        assert (known.cause, known.treatment) == (RiskCause.SUPPLY, Treatment.SHARE)
        for wrong in ({"cause": "weather"}, {"treatment": "pray"}):
            with pytest.raises(InvalidValueError) as caught:
                risk(**wrong)
            assert caught.value.code == "code.unknown"


class TestRegister:
    register = RiskRegister(
        Lines(
            [
                risk("a", 3, 4, review_at=instant(at(9))),
                risk("b", 3, 4, state="treated", residual=Rating(1, 4), review_at=instant(at(5))),
                risk("c", 3, 4),
                risk("d", state="closed", review_at=instant(at(3))),
                risk("e", state="occurred"),
            ]
        )
    )

    def test_what_stands(self):
        """Identified and treated; what is closed or has come true stands no more."""
        assert [each.id for each in self.register.live] == ["a", "b", "c"]

    def test_what_is_looked_at_next(self):
        """The earliest day of those that stand."""
        assert self.register.next_due == instant(at(5))
        assert RiskRegister().next_due is None

    def test_the_matrix(self):
        """By the rating that counts now, cells in order."""
        assert self.register.matrix() == {(1, 4): ("b",), (3, 4): ("a", "c")}
        assert list(self.register.matrix()) == [(1, 4), (3, 4)]
        assert RiskRegister().matrix() == {}
