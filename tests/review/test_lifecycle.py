"""The charts of the room hold what the tables say."""

from __future__ import annotations

import pytest

from orderlib.chart.compile import compile_chart
from orderlib.review.lifecycle import AssessmentLifecycle, ConditionLifecycle, CounterOfferLifecycle
from orderlib.review.table import ASSESSMENT, CONDITION, COUNTER_OFFER


@pytest.mark.parametrize(
    ("chart", "table"),
    [(AssessmentLifecycle, ASSESSMENT), (ConditionLifecycle, CONDITION), (CounterOfferLifecycle, COUNTER_OFFER)],
)
def test_a_table_is_its_chart(chart, table):
    """State by state and move by move."""
    assert compile_chart(chart) == table


def test_what_was_submitted_may_rest_and_what_was_agreed_too():
    """Both can be left again: withdrawn or void, met or overdue."""
    assert {"submitted", "withdrawn", "excused", "voided"} == ASSESSMENT.ends
    assert "agreed" in CONDITION.ends
