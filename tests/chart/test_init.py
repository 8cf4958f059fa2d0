from __future__ import annotations

import doctest

import pytest

import orderlib.chart


def test_the_story_at_the_door_is_true():
    """The example in the docstring runs."""
    result = doctest.testmod(orderlib.chart)
    assert result.attempted > 3
    assert result.failed == 0


def test_the_door_shows_what_lies_behind():
    """Names are loaded when they are asked for, and others do not exist."""
    assert orderlib.chart.Table.__module__ == "orderlib.chart.table"
    assert set(orderlib.chart.__all__) <= set(dir(orderlib.chart))
    with pytest.raises(AttributeError):
        _ = orderlib.chart.Machine
