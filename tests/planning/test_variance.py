"""The plan against its baseline."""

from __future__ import annotations

from datetime import timedelta

import attrs
import pytest
from plans import PLANNER, accepted

from orderlib.planning.message import AddTask, BaselinePlan, DropTask, PlanOrder, ReplanOrder
from orderlib.planning.record import Plan, TaskDraft
from orderlib.planning.variance import VarianceKind, variances
from orderlib.values.instant import instant
from orderlib.values.lines import Lines
from orderlib.values.money import Money

CASE = "case-1"
LATE = instant("2026-03-09T08:00:00Z")


@pytest.fixture
def story():
    """An accepted order with its plan."""
    story = accepted()
    story.tell(PlanOrder(CASE, by=PLANNER))
    return story


def test_a_plan_is_its_first_baseline(story):
    """Nothing differs yet; before there is a plan, nothing can."""
    assert story.case.planning.baseline.number == 1
    assert variances(story.case.planning) == ()
    assert variances(Plan()) == ()


def test_a_plan_that_slips_shows_by_how_much(story):
    """Every task that a new schedule moves, later counted as more."""
    before = story.case.planning.tasks["ship"].ends_at
    story.tell(ReplanOrder(CASE, by=PLANNER, reason="late steel", at=LATE))
    found = {each.id: each for each in variances(story.case.planning)}
    moved = story.case.planning.tasks["ship"].ends_at - before
    assert set(found) == {"supply", "make", "inspect", "ship"}
    assert found["ship"].finish == moved > timedelta(0)
    assert found["ship"].kind is VarianceKind.KEPT


def test_tasks_that_came_and_went_are_told(story):
    """With what they cost, or would have."""
    extra = TaskDraft("crane", "Hire a crane", "purchasing", "it stands", budget=Money("400", "EUR"))
    story.tell(AddTask(CASE, extra, by=PLANNER))
    story.tell(DropTask(CASE, "inspect", by=PLANNER, reason="the customer inspects"))
    found = {each.id: (each.kind, each.budget) for each in variances(story.case.planning)}
    assert found == {"inspect": (VarianceKind.DROPPED, None), "crane": (VarianceKind.ADDED, Money("400", "EUR"))}


def test_a_new_baseline_needs_a_reason_and_keeps_the_old_one(story):
    """From then on the plan is measured against what it is."""
    story.tell(ReplanOrder(CASE, by=PLANNER, reason="late steel", at=LATE))
    assert story.refused(BaselinePlan(CASE, by=PLANNER)) == ("planning.reason-missing",)
    first = story.case.planning.baseline
    story.tell(BaselinePlan(CASE, by=PLANNER, reason="agreed with the customer"))
    plan = story.case.planning
    assert (plan.baseline.number, plan.baseline.reason, plan.earlier) == (2, "agreed with the customer", (first,))
    assert variances(plan) == ()


def test_there_is_no_baseline_without_a_plan():
    """Nothing to measure against."""
    assert accepted().refused(BaselinePlan(CASE, by=PLANNER, reason="why not")) == ("planning.no-plan",)


@pytest.mark.parametrize(
    ("old", "new", "difference"),
    [
        (("100", "EUR"), ("130", "EUR"), Money("30", "EUR")),
        (("100", "EUR"), ("130", "CNY"), None),
        (None, ("130", "CNY"), Money("130", "CNY")),
        (("100", "EUR"), None, Money("-100", "EUR")),
        (None, None, None),
    ],
)
def test_budgets_are_compared_in_one_currency(story, old, new, difference):
    """A budget that came counts whole, one that went counts against."""

    def budgeted(money):
        return None if money is None else Money(*money)

    plan = story.case.planning
    task = plan.tasks["make"]
    base = attrs.evolve(plan.baseline.tasks["make"], budget=budgeted(old))
    plan = attrs.evolve(
        plan,
        tasks=Lines([attrs.evolve(task, draft=attrs.evolve(task.draft, budget=budgeted(new)))]),
        baseline=attrs.evolve(plan.baseline, tasks=Lines([base])),
    )
    found = variances(plan)
    assert [each.budget for each in found] == ([] if difference is None else [difference])
