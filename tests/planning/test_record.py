"""What a task must say before it is one."""

from __future__ import annotations

from datetime import timedelta

import pytest

from orderlib.errors import InvalidValueError
from orderlib.planning.record import Plan, TaskDraft


def test_no_task_without_owner_criterion_and_a_possible_duration():
    """All three are named at once."""
    with pytest.raises(InvalidValueError) as caught:
        TaskDraft("t", "Do it", " ", "", timedelta(seconds=-1))
    codes = [finding.code for finding in caught.value.findings]
    assert codes == ["task.owner-missing", "task.criterion-missing", "task.duration"]


def test_an_empty_plan_awaits_nothing():
    """No tasks, nothing due, no end."""
    plan = Plan()
    assert (plan.next_due, plan.ends_at, plan.startable()) == (None, None, ())
