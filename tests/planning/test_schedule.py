"""Early dates over precedence and a calendar."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderlib.errors import InvalidValueError
from orderlib.planning.record import TaskDraft
from orderlib.planning.schedule import forward, in_precedence
from orderlib.values.calendar import WEEKDAYS
from orderlib.values.instant import instant

START = instant("2026-03-02T08:00:00Z")


def draft(name, *after, hours=4):
    """A task by its name and what it waits for."""
    return TaskDraft(name, name, "production", "done", timedelta(hours=hours), after)


def codes(tasks):
    """The codes of what is wrong with some tasks."""
    with pytest.raises(InvalidValueError) as caught:
        in_precedence(tasks)
    return [finding.code for finding in caught.value.findings]


def test_twins_strangers_and_cycles_are_named():
    """Every fault at once, the cycle by its members."""
    assert codes([draft("a", "x"), draft("a")]) == ["planning.duplicate-task", "planning.unknown-task"]
    assert codes([draft("a", "b"), draft("b", "a"), draft("c")]) == ["planning.cycle"]


def test_a_task_of_no_duration_is_a_point_in_time():
    """It is not pushed to working hours."""
    at = instant("2026-03-01T03:00:00Z")
    (dated,) = forward([draft("gate", hours=0)], at, WEEKDAYS)
    assert (dated.starts_at, dated.ends_at) == (at, at)


@st.composite
def networks(draw):
    """Up to eight tasks, each after some of those before it."""
    count = draw(st.integers(1, 8))
    names = [f"t{number}" for number in range(count)]
    tasks = []
    for number, name in enumerate(names):
        after = draw(st.lists(st.sampled_from(names[:number]), unique=True, max_size=3)) if number else []
        tasks.append(draft(name, *after, hours=draw(st.integers(0, 20))))
    return draw(st.permutations(tasks))


@given(networks())
def test_no_task_starts_before_those_it_waits_for_end(tasks):
    """Precedence holds, working time is as long as the duration, and nothing starts before the start."""
    dated = {each.task_id: each for each in forward(tasks, START, WEEKDAYS)}
    for task in tasks:
        here = dated[task.id]
        assert here.starts_at >= START
        assert all(dated[after].ends_at <= here.starts_at for after in task.after)
        assert WEEKDAYS.working_between(here.starts_at, here.ends_at) == task.duration
