"""Early dates over precedence and a calendar."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderlib.errors import InvalidValueError
from orderlib.planning.precedence import TaskLink
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


def linked(name, hours, *links):
    """A task that waits for others in all the ways there are."""
    return TaskDraft(name, name, "production", "done", timedelta(hours=hours), links=links)


def hours_of(*tasks):
    """When each task runs, in hours after the start, by the clock."""
    return {
        each.task_id: tuple((at - START).total_seconds() / 3600 for at in (each.starts_at, each.ends_at))
        for each in forward(tasks, START, WEEKDAYS)
    }


def test_each_relation_binds_the_ends_that_it_names():
    """A pour of two hours; what waits for its start or its finish, with its own start or its own finish."""
    found = hours_of(
        linked("pour", 2),
        linked("fs", 1, TaskLink("pour", "FS")),
        linked("ss", 1, TaskLink("pour", "SS", timedelta(hours=1))),
        linked("ff", 1, TaskLink("pour", "FF", timedelta(hours=1))),
        linked("sf", 1, TaskLink("pour", "SF", timedelta(hours=2))),
    )
    assert found == {"pour": (0, 2), "fs": (2, 3), "ss": (1, 2), "ff": (2, 3), "sf": (1, 2)}


def test_a_lag_runs_through_the_night():
    """Concrete cures while nobody works: what follows waits for the clock, then for the shift."""
    found = hours_of(linked("pour", 2), linked("strip", 1, TaskLink("pour", lag=timedelta(hours=24))))
    assert found["strip"] == (26, 27)


def test_a_negative_lag_lets_tasks_overlap():
    """But nothing begins before the start of all."""
    found = hours_of(
        linked("make", 4),
        linked("pack", 1, TaskLink("make", lag=timedelta(hours=-2))),
        linked("early", 1, TaskLink("make", lag=timedelta(hours=-40))),
    )
    assert (found["pack"], found["early"]) == ((2, 3), (0, 1))


def test_a_finish_that_is_bound_in_time_off_ends_with_its_bound():
    """The work is done by Friday evening; the task is over when what it waits for is."""
    cure = TaskLink("pour", "FF", timedelta(hours=118))
    found = hours_of(linked("pour", 2), linked("watch", 1, cure))
    start, end = found["watch"]
    assert end == 120
    assert start < 120


def test_links_to_strangers_and_circles_of_links_are_named():
    """As with the plain kind."""
    assert codes([linked("a", 1, TaskLink("x", "SS"))]) == ["planning.unknown-task"]
    assert codes([linked("a", 1, TaskLink("b", "SS")), linked("b", 1, TaskLink("a", "FF"))]) == ["planning.cycle"]
