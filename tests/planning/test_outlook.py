"""How sure the dates of a plan are."""

from __future__ import annotations

from datetime import timedelta

import pytest
from plans import PLANNER, accepted

from orderlib.case.policies import PolicySet
from orderlib.planning.finite import FiniteCapacity, Occupation
from orderlib.planning.message import DropTask, PlanOrder, PromiseOrder, ReleaseOrder, ReportProgress, StartTask
from orderlib.planning.outlook import plan_outlook
from orderlib.planning.policy import TasksByOrderType
from orderlib.planning.precedence import TaskLink
from orderlib.planning.record import Plan, TaskDraft
from orderlib.resource.record import Need, Resource
from orderlib.values.estimate import Estimate, Rework
from orderlib.values.instant import instant
from orderlib.values.party import Actor

CASE = "case-1"
NOW = instant("2026-03-02T08:00:00Z")
MAKER = Actor("otto", department="production")


def hours(count):
    """So many hours."""
    return timedelta(hours=count)


def task(name, length, *, spread=0, **more):
    """A task of some hours, give or take some."""
    estimate = Estimate(hours(length - spread), hours(length), hours(length + 2 * spread)) if spread else None
    return TaskDraft(name, name, "production", "done", hours(length), estimate=estimate, **more)


def planned(*tasks, **policies):
    """An order planned on a Monday at eight, in work."""
    story = accepted()
    story.policies = PolicySet(template=TasksByOrderType(make=tasks), **policies)
    for command in (PlanOrder, PromiseOrder, ReleaseOrder):
        story.tell(command(CASE, by=PLANNER, at=NOW))
    return story


def test_what_is_certain_happens_as_planned():
    """Fixed durations have one end, the planned one, whatever the certainty."""
    plan = planned(task("make", 8), task("test", 4, after=("make",))).case.planning
    outlook = plan_outlook(plan, NOW)
    assert outlook.at(1, NOW) == outlook.at(99, NOW) == plan.ends_at
    assert outlook.at(50, NOW, "make") == plan.tasks["make"].ends_at


def test_what_is_not_certain_takes_longer_the_surer_one_wants_to_be():
    """Estimates lean to the late side, and rework adds to them."""
    plan = planned(task("make", 16, spread=8)).case.planning
    outlook = plan_outlook(plan, NOW)
    assert outlook.at(50, NOW) > plan.ends_at
    assert outlook.at(50, NOW) < outlook.at(80, NOW) < outlook.at(99, NOW)
    again = planned(task("make", 16, spread=8, rework=Rework("0.5"))).case.planning
    assert plan_outlook(again, NOW).at(80, NOW) > outlook.at(80, NOW)
    assert plan_outlook(plan, NOW) == outlook != plan_outlook(plan, NOW, seed=1)


def test_what_is_done_is_certain():
    """Half of a task that is reported as done cannot take longer."""
    story = planned(task("make", 40, spread=20))
    before = plan_outlook(story.case.planning, NOW)
    story.tell(ReportProgress(CASE, "make", 90, by=MAKER, at=NOW))
    after = plan_outlook(story.case.planning, NOW)
    assert after.within(99) < before.within(1)
    assert plan_outlook(Plan(), NOW) is None


def test_whoever_works_on_two_tasks_does_one_after_the_other():
    """In every run; with two welders the tasks run side by side."""
    weld = {"needs": [Need(skill="welding")]}
    tasks = (task("a", 4, **weld), task("b", 4, **weld))
    pool = [Resource("li", "person", skills=["welding"]), Resource("wu", "person", skills=["welding"])]
    alone = planned(*tasks, scheduling=FiniteCapacity(pool[:1])).case.planning
    both = planned(*tasks, scheduling=FiniteCapacity(pool)).case.planning
    assert plan_outlook(alone, NOW).at(50, NOW) == alone.ends_at
    assert plan_outlook(both, NOW).at(50, NOW) == both.ends_at < alone.ends_at


def test_a_slot_on_a_machine_that_others_hold_is_not_brought_forward():
    """The booth is free on Thursday, however soon the welding is done."""
    pool = [Resource("booth", "machine")]
    held = Occupation("booth", "2026-03-02T00:00:00Z", "2026-03-05T00:00:00Z")
    tasks = (task("weld", 4, spread=2), task("paint", 4, after=("weld",), needs=[Need(resource_id="booth")]))
    plan = planned(*tasks, scheduling=FiniteCapacity(pool, occupied=[held])).case.planning
    assert plan_outlook(plan, NOW).at(5, NOW) == plan.ends_at == instant("2026-03-05T12:00:00Z")


def test_lags_run_on_from_what_is_done():
    """The pour is over; the form comes off a day later, and not before its own day."""
    story = planned(task("pour", 4), task("strip", 1, links=[TaskLink("pour", lag=hours(24))]))
    assert plan_outlook(story.case.planning, NOW).at(50, NOW) == instant("2026-03-03T14:00:00Z")
    story.tell(StartTask(CASE, "pour", by=MAKER, at=NOW))
    story.tell(ReportProgress(CASE, "pour", 50, by=MAKER, at=NOW))
    assert plan_outlook(story.case.planning, NOW).at(50, NOW, "pour") == instant("2026-03-02T10:00:00Z")
    late = planned(task("paint", 2, not_before="2026-03-05T08:00:00Z")).case.planning
    assert plan_outlook(late, NOW).at(50, NOW) == instant("2026-03-05T10:00:00Z")


def test_nothing_waits_for_what_was_dropped():
    """It is not in the network."""
    story = planned(task("a", 40), task("b", 2, after=("a",)))
    story.tell(DropTask(CASE, "a", by=PLANNER, reason="bought instead", at=NOW))
    outlook = plan_outlook(story.case.planning, NOW)
    assert outlook.at(50, NOW) == instant("2026-03-02T10:00:00Z")
    assert set(outlook.criticality) == {"b"}


@pytest.mark.parametrize("runs", [1, 7])
def test_runs_are_counted(runs):
    """As many as were asked for."""
    assert plan_outlook(planned(task("a", 4)).case.planning, NOW, runs=runs).runs == runs
