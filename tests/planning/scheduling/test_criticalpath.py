from __future__ import annotations

import pytest

from orderlib.errors import InvalidValueError
from orderlib.planning.scheduling import Activity, Link, Mode, SchedulingProblem, WorkingTime, critical_path


def dates(path, name):
    """Early, late, floats."""
    each = path.of(name)
    return each.early_start, each.early_finish, each.late_start, each.late_finish, each.total_float, each.free_float


def test_early_and_late_dates_and_both_floats():
    """A network worked out by hand: a-c-e is critical, b may slip into its free float, d into the total."""
    path = critical_path(
        SchedulingProblem(
            [
                Activity("a", Mode(3)),
                Activity("b", Mode(2), "a"),
                Activity("c", Mode(4), "a"),
                Activity("d", Mode(1), "b"),
                Activity("e", Mode(2), ["c", "d"]),
            ]
        )
    )
    assert path.length == 9
    assert path.critical == ("a", "c", "e")
    assert dates(path, "b") == (3, 5, 4, 6, 1, 0)
    assert dates(path, "d") == (5, 6, 6, 7, 1, 1)
    assert dates(path, "e") == (7, 9, 7, 9, 0, 0)
    assert path.of("x") is None


def test_all_four_relations_with_lags_bind_both_ways():
    """Starts and finishes are bound as the relation says, forward and backward."""
    links = [Link("a", "SS", 2), Link("b", "FF", 1), Link("c", "SF", 4), Link("d", "FS", -1)]
    path = critical_path(
        SchedulingProblem(
            [Activity("a", Mode(5)), *(Activity(n, Mode(3), x) for n, x in zip("bcde", links, strict=True))]
        )
    )
    assert [path.of(name).early_start for name in "abcde"] == [0, 2, 3, 4, 6]
    assert [path.of(name).total_float for name in "abcde"] == [0, 0, 0, 0, 0]
    assert path.length == 9


def test_work_pauses_where_nobody_works():
    """Two spans of two periods: three periods of work end in the second; late dates start in working time."""
    problem = SchedulingProblem(
        [
            Activity("a", Mode(3), calendar_id="c"),
            Activity("b", Mode(1), "a", calendar_id="c"),
            Activity("m", Mode(0), "a"),
        ],
        calendars=[WorkingTime("c", [(1, 3), (6, 8), (20, 30)])],
    )
    path = critical_path(problem)
    assert dates(path, "a") == (1, 7, 1, 7, 0, 0)
    assert dates(path, "b") == (7, 8, 7, 8, 0, 0)
    assert dates(path, "m") == (7, 7, 8, 8, 1, 1)
    assert critical_path(problem, 25).of("b").late_start == 24


def test_an_end_that_cannot_be_held_leaves_negative_float():
    """Against an end that is too early, or a deadline, late dates lie before early ones."""
    chain = SchedulingProblem([Activity("a", Mode(3)), Activity("b", Mode(3), "a", deadline=8)])
    assert critical_path(chain, 4).of("a").total_float == -2
    assert critical_path(chain, 20).of("b").late_finish == 8
    calendar = SchedulingProblem([Activity("a", Mode(3), calendar_id="c")], calendars=[WorkingTime("c", [(2, 9)])])
    assert critical_path(calendar, 4).of("a").total_float < 0


def test_the_end_is_a_period():
    """Nonsense is refused, and calendars that end too early are told."""
    with pytest.raises(InvalidValueError, match="end"):
        critical_path(SchedulingProblem([]), -1)
    assert critical_path(SchedulingProblem([])).length == 0
    fast_or_open = [Mode(1, id="short"), Mode(9, id="long")]
    problem = SchedulingProblem([Activity("a", fast_or_open)])
    assert critical_path(problem).length == 1
