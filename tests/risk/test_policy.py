"""The default judgements on risks: how grave, and what to do."""

from __future__ import annotations

import pytest

from orderlib.risk.policy import ScoreMatrix, TreatByCause
from orderlib.risk.record import Rating, Risk, RiskCause, RiskLevel, Treatment


class TestScoreMatrix:
    @pytest.mark.parametrize(
        ("likelihood", "consequence", "level"),
        [(1, 1, "low"), (2, 2, "low"), (1, 5, "medium"), (3, 3, "medium"), (3, 4, "high"), (5, 5, "high")],
    )
    def test_level_by_the_product(self, likelihood, consequence, level):
        """Medium from 5, high from 12."""
        assert ScoreMatrix()(Rating(likelihood, consequence)).outcome == level

    def test_it_says_which_limit_was_passed_and_which_was_not(self):
        """The reason names the limit, and what would have changed it the ones above."""
        decision = ScoreMatrix()(Rating(2, 4))
        assert dict(decision.reasons[0].evidence)["limit"] == "5"
        assert [dict(each.evidence)["limit"] for each in decision.otherwise] == ["12"]
        assert ScoreMatrix()(Rating(5, 5)).otherwise == ()

    def test_limits_are_parameters(self):
        """A careful house calls everything medium at least."""
        careful = ScoreMatrix(medium=2, high=6)
        assert [careful(Rating(1, each)).outcome.value for each in (1, 2, 5)] == ["low", "medium", "medium"]
        assert careful(Rating(2, 3)).outcome is RiskLevel.HIGH


class TestTreatByCause:
    @pytest.mark.parametrize(
        ("cause", "level", "treatment"),
        [
            ("supply", "low", "retain"),
            ("regulation", "medium", "avoid"),
            ("supply", "high", "share"),
            ("market", "medium", "change-likelihood"),
            ("customer", "high", "change-consequence"),
        ],
    )
    def test_by_source_and_level(self, cause, level, treatment):
        """Low ones are retained, whatever their source."""
        risk = Risk("R-1", "x", RiskCause(cause), Rating(3, 3))
        assert TreatByCause()(risk, RiskLevel(level)).outcome is Treatment(treatment)

    def test_it_says_what_another_level_would_mean(self):
        """Only where that is another treatment."""
        risk = Risk("R-1", "x", RiskCause.SUPPLY, Rating(3, 3))
        low = TreatByCause()(risk, RiskLevel.LOW).otherwise
        assert [dict(each.evidence) for each in low] == [
            {"level": "medium", "treatment": "share"},
            {"level": "high", "treatment": "share"},
        ]
        high = TreatByCause()(risk, RiskLevel.HIGH).otherwise
        assert [dict(each.evidence)["level"] for each in high] == ["low"]
