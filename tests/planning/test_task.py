"""Tasks that wait for others in all the ways there are."""

from __future__ import annotations

from datetime import timedelta

import pytest
from plans import PLANNER, accepted

from orderlib.case.policies import PolicySet
from orderlib.planning.message import (
    AddTask,
    CompleteTask,
    DropTask,
    PlanOrder,
    PromiseOrder,
    ReleaseOrder,
    ReplanOrder,
    ReportProgress,
    StartTask,
)
from orderlib.planning.policy import TasksByOrderType
from orderlib.planning.precedence import TaskLink
from orderlib.planning.record import TaskDraft
from orderlib.values.instant import instant, later
from orderlib.values.money import Money
from orderlib.values.party import Actor

MAKER = Actor("otto", department="production")
CASE = "case-1"
HOUR = timedelta(hours=1)


def draft(name, *links, **more):
    """A task of four hours."""
    return TaskDraft(name, name, "production", "done", 4 * HOUR, links=links, **more)


TASKS = (
    draft("pour", phase="civil", budget=Money("900", "EUR")),
    draft("strip", TaskLink("pour", lag=48 * HOUR), phase="civil", budget=Money("100", "EUR")),
    draft("watch", TaskLink("pour", "SS", HOUR), TaskLink("pour", "FF"), phase="quality", budget=Money("50", "CNY")),
)


@pytest.fixture
def work():
    """An order in work whose tasks pour, strip and watch."""
    story = accepted()
    story.policies = PolicySet(template=TasksByOrderType(make=TASKS))
    for command in (PlanOrder(CASE, by=PLANNER), PromiseOrder(CASE, by=PLANNER), ReleaseOrder(CASE, by=PLANNER)):
        story.tell(command)
    return story


def test_what_can_start_is_what_waits_for_no_start_or_finish(work):
    """Watching waits for the pour to begin, stripping for its end."""
    assert [task.id for task in work.case.planning.startable()] == ["pour"]
    assert work.refused(StartTask(CASE, "watch", by=MAKER)) == ("task.waits",)
    work.tell(StartTask(CASE, "pour", by=MAKER))
    assert [task.id for task in work.case.planning.startable()] == ["watch"]


def test_a_finish_waits_as_well(work):
    """Watching begins an hour after the pour, and cannot end before it."""
    work.tell(StartTask(CASE, "pour", by=MAKER))
    work.tell(StartTask(CASE, "watch", by=MAKER))
    refused = work.refused(CompleteTask(CASE, "watch", " ", by=MAKER))
    assert refused[:2] == ("task.waits", "task.evidence-missing")
    work.tell(CompleteTask(CASE, "pour", "log 7", by=MAKER))
    work.tell(CompleteTask(CASE, "watch", "log 8", by=MAKER))
    assert work.case.planning.tasks["watch"].state == "done"


def test_a_lag_has_to_run_out(work):
    """Two days after the pour, and the refusal says until when."""
    work.tell(StartTask(CASE, "pour", by=MAKER))
    work.tell(CompleteTask(CASE, "pour", "log 7", by=MAKER))
    poured = work.case.planning.tasks["pour"].done_at
    assert "task.lags" in work.refused(StartTask(CASE, "strip", by=MAKER, at=later(poured, 47 * HOUR)))
    work.tell(StartTask(CASE, "strip", by=MAKER, at=later(poured, 48 * HOUR)))
    assert work.case.planning.tasks["strip"].state == "started"


def test_a_task_that_is_dropped_keeps_nobody_waiting(work):
    """Neither its finish nor its lag."""
    work.tell(DropTask(CASE, "pour", by=PLANNER, reason="poured last year"))
    work.tell(StartTask(CASE, "strip", by=MAKER))
    assert work.case.planning.tasks["strip"].state == "started"


def test_a_further_task_is_dated_by_its_links(work):
    """Its strangers are named at their places."""
    plan = work.case.planning
    assert work.refused(AddTask(CASE, draft("photo", TaskLink("nobody")), by=PLANNER)) == ("task.unknown",)
    links = (TaskLink("pour", "SS", HOUR), TaskLink("strip", "FF", HOUR))
    work.tell(AddTask(CASE, draft("photo", *links), by=PLANNER))
    photo = work.case.planning.tasks["photo"]
    assert photo.starts_at == max(work.now, later(plan.tasks["pour"].starts_at, HOUR))
    assert photo.ends_at == later(plan.tasks["strip"].ends_at, HOUR)


def test_phases_and_budgets_add_up_the_tasks(work):
    """Dropped ones are left out; each currency by itself."""
    plan = work.case.planning
    assert [(phase.name, phase.count, phase.done) for phase in plan.phases()] == [("civil", 2, 0), ("quality", 1, 0)]
    assert plan.phases()[0].ends_at == plan.tasks["strip"].ends_at
    assert plan.budget() == (Money("50", "CNY"), Money("1000", "EUR"))
    work.tell(StartTask(CASE, "pour", by=MAKER))
    work.tell(CompleteTask(CASE, "pour", "log 7", by=MAKER))
    work.tell(DropTask(CASE, "strip", by=PLANNER, reason="stays in"))
    plan = work.case.planning
    assert plan.phases()[0].done == plan.phases()[0].count == 1
    assert plan.phases()[0].ends_at == plan.tasks["pour"].done_at
    assert plan.budget() == (Money("50", "CNY"), Money("900", "EUR"))


def test_a_new_schedule_leaves_what_has_begun_where_it_is(work):
    """It ends when it is estimated to, and what follows waits for that; its start is a fact."""
    work.tell(StartTask(CASE, "pour", by=MAKER))
    began = work.case.planning.tasks["pour"]
    end = later(work.now, 30 * HOUR)
    work.tell(ReportProgress(CASE, "pour", 50, ends_at=end, by=MAKER))
    work.tell(ReplanOrder(CASE, by=PLANNER, reason="the pump broke"))
    tasks = work.case.planning.tasks
    assert (tasks["pour"].starts_at, tasks["pour"].ends_at) == (began.starts_at, end)
    assert tasks["strip"].starts_at >= later(end, 48 * HOUR)
    assert tasks["watch"].ends_at >= end


def test_where_the_estimate_has_passed_the_rest_is_scheduled(work):
    """Half of four hours, from now on, in working time."""
    work.tell(ReportProgress(CASE, "pour", 50, by=MAKER, at="2026-03-02T14:00:00Z"))
    late = instant("2026-03-10T08:00:00Z")
    work.tell(ReplanOrder(CASE, by=PLANNER, reason="nobody looked", at=late))
    assert work.case.planning.tasks["pour"].ends_at == later(late, 2 * HOUR)


def test_lags_from_what_is_done_hold_in_a_new_schedule(work):
    """The form comes off two days after the pour, however early the plan is made anew."""
    work.tell(StartTask(CASE, "pour", by=MAKER))
    work.tell(CompleteTask(CASE, "pour", "log 7", by=MAKER))
    poured = work.case.planning.tasks["pour"].done_at
    work.tell(ReplanOrder(CASE, by=PLANNER, reason="again"))
    assert work.case.planning.tasks["strip"].starts_at >= later(poured, 48 * HOUR)
