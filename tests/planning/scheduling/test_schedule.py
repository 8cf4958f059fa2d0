from __future__ import annotations

from orderlib.planning.scheduling import Assignment, Schedule, ScheduleFigures, ScheduleObjective


def test_a_schedule_speaks_of_its_objective():
    """Value and proof follow the objective; assignments are found by activity."""
    figures = ScheduleFigures(5, 7, 9)
    one = Assignment("a", 0, 5)
    for objective, value in zip(ScheduleObjective, (5, 7, 9), strict=True):
        assert Schedule([one], figures, objective=objective).value == value
    assert Schedule([one], figures, lower_bound=5).proven
    assert not Schedule([one], figures, lower_bound=4).proven
    assert not Schedule([one], figures).proven
    assert Schedule([one], figures).makespan == 5
    assert Schedule([one]).of("a") == one
    assert Schedule([one]).of("b") is None
