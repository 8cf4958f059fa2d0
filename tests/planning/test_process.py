"""Planning, promising, releasing, and following tasks."""

from __future__ import annotations

from datetime import date, timedelta

import attrs
import pytest
from build import order
from plans import PLANNER, accepted

from orderlib.case.message import PassTime
from orderlib.case.policies import PolicySet
from orderlib.order.record import OrderType
from orderlib.order.terms import DeliveryTerms
from orderlib.planning.message import (
    AddTask,
    CompleteTask,
    DropTask,
    MovePromise,
    PlanOrder,
    PromiseMoved,
    PromiseOrder,
    ReleaseOrder,
    ReplanOrder,
    StartTask,
)
from orderlib.planning.policy import PrecedenceSchedule, TasksByOrderType
from orderlib.planning.record import TaskDraft
from orderlib.values.fact import Facts
from orderlib.values.instant import instant
from orderlib.values.party import SYSTEM, Actor

MAKER = Actor("otto", department="production")
CASE = "case-1"


def planned(story):
    """The story with a plan."""
    story.tell(PlanOrder(CASE, by=PLANNER))
    return story


def released(story):
    """The story with a plan, promises and the release."""
    planned(story)
    story.tell(PromiseOrder(CASE, by=PLANNER))
    story.tell(ReleaseOrder(CASE, by=PLANNER))
    return story


def test_an_accepted_order_gets_its_tasks_from_the_template_of_its_type(story):
    """Made to order: supply, make, inspect, ship, each after the one before, with a milestone at the end."""
    planned(story)
    plan = story.case.planning
    assert list(plan.tasks.ids()) == ["supply", "make", "inspect", "ship"]
    ends = [task.ends_at for task in plan.tasks]
    assert ends == sorted(ends)
    assert [(each.id, each.task_id, each.due_at) for each in plan.milestones] == [("ready", "ship", ends[-1])]
    assert {each.id: each.ends_at for each in plan.baseline.tasks} == {task.id: task.ends_at for task in plan.tasks}
    assert story.case.phase == "planned"


def test_a_plan_may_begin_later_but_not_in_the_past(story):
    """`start_at` moves the beginning; a moment that is over counts as now."""
    story.tell(PlanOrder(CASE, start_at=instant("2026-04-01T08:00:00Z"), by=PLANNER))
    assert story.case.planning.tasks["supply"].starts_at == instant("2026-04-01T08:00:00Z")
    other = accepted()
    other.tell(PlanOrder(CASE, start_at=instant("2020-01-01T08:00:00Z"), by=PLANNER))
    assert other.case.planning.tasks["supply"].starts_at >= instant("2026-03-02T09:00:00Z")


def test_an_order_is_planned_once(story):
    """A second plan is refused; replanning is what is meant."""
    planned(story)
    assert story.refused(PlanOrder(CASE, by=PLANNER)) == ("planning.planned",)


def test_a_blanket_order_has_no_work_of_its_own():
    """The template asks for a person, and planning says so."""
    story = accepted(type=OrderType.BLANKET)
    assert set(story.refused(PlanOrder(CASE, by=PLANNER))) == {"planning.no-tasks", "planning.no-template"}


def test_every_line_gets_a_promise_not_before_the_day_wanted(story):
    """The plan is ready early; the promise still is the day wanted."""
    planned(story)
    story.tell(PromiseOrder(CASE, by=PLANNER))
    promises = story.case.planning.promises
    assert [promise.promised_on for promise in promises] == [date(2026, 4, 30), date(2026, 4, 30)]
    assert not any(promise.late for promise in promises)


def test_a_long_lead_time_binds_its_line_and_says_so(story):
    """A fact about one article makes one promise late, with the reason; the other keeps its day."""
    planned(story)
    story.tell(PromiseOrder(CASE, by=PLANNER), facts=Facts(lead_time={"P-9": timedelta(days=90)}))
    first, second = story.case.planning.promises
    assert not first.late
    assert second.late
    assert "lead time of P-9" in second.reason


def test_promising_again_moves_promises_and_wants_a_reason(story):
    """A promise that moves carries a reason, and counts how often it moved."""
    planned(story)
    story.tell(PromiseOrder(CASE, by=PLANNER))
    facts = Facts(lead_time={"P-9": timedelta(days=90)})
    story.tell(PromiseOrder(CASE, by=PLANNER), facts=facts)
    moved = story.one(PromiseMoved).promise
    assert (moved.id, moved.moved) == ("20", 1)
    assert "lead time" in moved.reason
    assert story.refused(PromiseOrder(CASE, by=PLANNER)) == ("planning.reason-missing",)


def test_a_promise_is_moved_by_hand_with_a_reason(story):
    """Unknown line, same day and missing reason are all named; with a reason it moves."""
    planned(story)
    story.tell(PromiseOrder(CASE, by=PLANNER))
    day = date(2026, 5, 8)
    assert story.refused(MovePromise(CASE, "99", day, by=PLANNER)) == ("promise.none", "planning.reason-missing")
    same = MovePromise(CASE, "10", date(2026, 4, 30), by=PLANNER, reason="no")
    assert story.refused(same) == ("promise.unmoved",)
    story.tell(MovePromise(CASE, "10", day, by=PLANNER, reason="the foundry is late"))
    promise = story.case.planning.promises["10"]
    assert (promise.promised_on, promise.moved, promise.reason, promise.late) == (day, 1, "the foundry is late", True)


def test_without_a_plan_nothing_is_promised_or_moved(story):
    """Promises rest on a plan."""
    assert story.refused(PromiseOrder(CASE, by=PLANNER)) == ("planning.no-plan",)
    moved = MovePromise(CASE, "10", date(2026, 5, 8), by=PLANNER, reason="r")
    assert story.refused(moved) == ("promise.none",)
    assert story.refused(ReplanOrder(CASE, by=PLANNER, reason="r")) == ("planning.no-plan",)
    assert story.refused(StartTask(CASE, "make", by=MAKER)) == ("command.impossible",)


def test_work_begins_only_with_a_plan_and_all_promises(story):
    """The release policy names all that is missing; then it lets go."""
    assert story.refused(ReleaseOrder(CASE, by=PLANNER)) == ("release.missing",) * 3
    released(story)
    assert story.case.state == "released"
    assert story.case.phase == "to be started"


def test_a_task_waits_for_those_before_it_and_is_done_with_evidence(story):
    """Start, complete, evidence; the milestone is reached with its task."""
    released(story)
    assert story.refused(StartTask(CASE, "make", by=MAKER)) == ("task.waits",)
    for task in ("supply", "make", "inspect", "ship"):
        story.tell(StartTask(CASE, task, by=MAKER))
        assert story.refused(CompleteTask(CASE, task, "  ", by=MAKER)) == ("task.evidence-missing",)
        story.tell(CompleteTask(CASE, task, "signed sheet 7", by=MAKER))
    plan = story.case.planning
    assert {task.state for task in plan.tasks} == {"done"}
    assert plan.milestones["ready"].state == "reached"
    assert plan.next_due is None
    assert story.refused(StartTask(CASE, "make", by=MAKER)) == ("task.state",)
    assert story.refused(StartTask(CASE, "nothing", by=MAKER)) == ("task.unknown",)


def test_a_late_task_and_a_missed_milestone_lapse_once(story):
    """Time passes; owners are told once; a missed milestone can still be reached."""
    released(story)
    story.tell(PassTime(CASE, by=SYSTEM, at="2026-03-31T09:00:00Z"))
    assert story.names.count("TaskOverdue") == 4
    assert story.names.count("MilestoneMissed") == 1
    assert story.case.planning.milestones["ready"].state == "violated"
    assert story.case.planning.next_due is None
    for task in ("supply", "make", "inspect", "ship"):
        story.tell(StartTask(CASE, task, by=MAKER))
        story.tell(CompleteTask(CASE, task, "done", by=MAKER))
    assert story.case.planning.milestones["ready"].state == "reached"


def test_replanning_moves_only_what_is_not_done_and_keeps_the_baseline(story):
    """What is done keeps its dates; what is late gets new ones, and may warn again."""
    released(story)
    story.tell(StartTask(CASE, "supply", by=MAKER))
    story.tell(CompleteTask(CASE, "supply", "on stock", by=MAKER))
    before = story.case.planning
    assert story.refused(ReplanOrder(CASE, by=PLANNER)) == ("planning.reason-missing",)
    story.tell(ReplanOrder(CASE, by=PLANNER, reason="breakdown", at="2026-04-07T09:00:00Z"))
    plan = story.case.planning
    assert plan.tasks["supply"] == before.tasks["supply"]
    assert plan.tasks["make"].starts_at >= instant("2026-04-07T09:00:00Z")
    assert plan.milestones["ready"].due_at == plan.tasks["ship"].ends_at
    assert plan.baseline == before.baseline
    assert plan.revision == before.revision + 1


def test_a_further_task_fits_into_the_plan(story):
    """A new task after a known one; a known id and an unknown predecessor are refused together."""
    planned(story)
    wrong = TaskDraft("make", "Make", "production", "made", after=("nowhere",))
    assert story.refused(AddTask(CASE, wrong, by=PLANNER)) == ("task.used-id", "task.unknown")
    story.tell(
        AddTask(CASE, TaskDraft("train", "Train", "customer-service", "all trained", after=("ship",)), by=PLANNER)
    )
    plan = story.case.planning
    assert plan.tasks["train"].starts_at == plan.tasks["ship"].ends_at


def test_a_dropped_task_takes_its_milestone_along(story):
    """Dropping needs a reason; a milestone that hangs on the task will never be reached and says so."""
    released(story)
    assert story.refused(DropTask(CASE, "ship", by=PLANNER)) == ("planning.reason-missing",)
    story.tell(DropTask(CASE, "ship", by=PLANNER, reason="the customer collects"))
    assert story.case.planning.tasks["ship"].state == "dropped"
    assert story.case.planning.milestones["ready"].state == "dropped"


@pytest.mark.parametrize("type_", [OrderType.CALL_OFF, OrderType.SAMPLE, OrderType.CONSIGNMENT])
def test_goods_from_stock_are_picked_and_shipped(type_):
    """Call-offs, samples and consignment need no making."""
    story = planned(accepted(type=type_))
    assert list(story.case.planning.tasks.ids()) == ["pick", "ship"]


def test_a_custom_template_and_calendar_rule():
    """A template in ten lines: policies are plain values."""
    tasks = (TaskDraft("weld", "Weld", "production", "seam tested", timedelta(hours=2)),)
    policies = PolicySet(template=TasksByOrderType(make=tasks), scheduling=PrecedenceSchedule())
    story = accepted()
    story.policies = policies
    planned(story)
    assert list(story.case.planning.tasks.ids()) == ["weld"]


def test_an_order_wanted_too_soon_is_planned_late_and_the_decision_says_what_would_help():
    """The schedule says late, by how much, and which task would have to be shorter."""
    soon = attrs.evolve(order(), delivery=DeliveryTerms(), lines=[attrs.evolve(order().lines["10"])])
    lines = [attrs.evolve(each, requested_period=None, schedule=[]) for each in soon.lines]
    story = accepted(*lines, delivery=DeliveryTerms(requested_period=_until("2026-03-03")))
    decision = next(
        d.decision for d in story.tell(PlanOrder(CASE, by=PLANNER)) if getattr(d, "slot", "") == "scheduling"
    )
    assert decision.outcome == "late"
    assert decision.otherwise[0].code == "planning.would-be-on-time"


def _until(day):
    from orderlib.values.period import DayPeriod

    return DayPeriod(None, day)
