"""Everybody has habits for commands that there are."""

from __future__ import annotations

from orderlib.case.rooms import every_rule
from orderlib.simulation.everyone import EVERYONE


def test_every_habit_is_one_of_a_command():
    """No habit waits for a command that nobody handles."""
    assert set(EVERYONE) <= {rule.command.__name__ for rule in every_rule()}


def test_what_is_in_question_goes_first_and_the_end_comes_last():
    """Changes before work, work before the end."""
    order = list(EVERYONE)
    assert order.index("DecideChange") < order.index("ReportProduced") < order.index("CloseOrder") == len(order) - 1
