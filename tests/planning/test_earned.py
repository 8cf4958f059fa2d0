"""Progress reported, and what it has earned."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plans import PLANNER, accepted

from orderlib.case.policies import PolicySet
from orderlib.errors import InvalidValueError
from orderlib.planning.earned import EarnedValue, earned_values
from orderlib.planning.message import (
    BaselinePlan,
    CompleteTask,
    PlanOrder,
    ProgressReported,
    PromiseOrder,
    ReleaseOrder,
    ReportProgress,
    StartTask,
)
from orderlib.planning.policy import TasksByOrderType
from orderlib.planning.record import Plan, TaskDraft
from orderlib.values.instant import instant
from orderlib.values.money import Money
from orderlib.values.party import Actor

MAKER = Actor("otto", department="production")
CASE = "case-1"
NOW = instant("2026-03-02T13:00:00Z")


def euro(amount):
    """Some euros."""
    return Money(amount, "EUR")


def draft(name, cost, *after):
    """A task of a day."""
    return TaskDraft(name, name, "production", "done", timedelta(hours=8), after, budget=euro(cost))


@pytest.fixture
def work():
    """Two tasks of a day, one after the other, of 800 and 200 euros; the first begins on Monday at eight."""
    story = accepted()
    story.policies = PolicySet(template=TasksByOrderType(make=(draft("make", 800), draft("test", 200, "make"))))
    story.tell(PlanOrder(CASE, by=PLANNER, at="2026-03-02T08:00:00Z"))
    story.tell(PromiseOrder(CASE, by=PLANNER, at="2026-03-02T08:00:00Z"))
    story.tell(ReleaseOrder(CASE, by=PLANNER, at="2026-03-02T08:00:00Z"))
    return story


def figures(**more):
    """The figures of a plan of 1000, half due, a quarter done at a cost of 400, unless said otherwise."""
    given = {"bac": "1000", "pv": "500", "ev": "250", "ac": "400"} | more
    return EarnedValue(NOW, **{name: euro(amount) for name, amount in given.items()})


class TestEarnedValue:
    def test_the_figures_of_a_late_and_dear_plan(self):
        """A worked example: half of what is due is done, at 1.6 times its budget."""
        found = figures()
        assert (found.sv, found.cv) == (euro("-250"), euro("-150"))
        assert (found.spi, found.cpi) == (Decimal("0.5"), Decimal("0.625"))
        assert (found.eac_as_planned, found.eac_as_so_far, found.eac_under_pressure) == (
            euro("1150"),
            euro("1600"),
            euro("2800"),
        )
        assert (found.etc(euro("1600")), found.vac(euro("1600"))) == (euro("1200"), euro("-600"))
        assert (found.tcpi(), found.tcpi(euro("1600"))) == (Decimal("1.25"), Decimal("0.625"))

    def test_nothing_is_divided_by_nothing(self):
        """Before the beginning there are no indices, and no estimate from them."""
        found = figures(pv=0, ev=0, ac=0)
        assert (found.spi, found.cpi, found.eac_as_so_far, found.eac_under_pressure) == (None, None, None, None)
        assert found.eac_as_planned == euro(1000)
        assert figures(ac="1000").tcpi() is None

    def test_what_is_done_costs_what_it_cost(self):
        """Whatever the indices say."""
        found = figures(ev="1000", ac="1234")
        assert found.eac_as_planned == found.eac_as_so_far == found.eac_under_pressure == euro("1234")

    @given(st.tuples(*[st.integers(1, 10**9)] * 4))
    def test_the_estimates_agree_where_the_work_goes_as_planned(self, amounts):
        """With both indices at one, all three estimates are the budget."""
        bac = Money.of_minor(max(amounts), "EUR")
        done = Money.of_minor(min(amounts), "EUR")
        found = EarnedValue(NOW, bac, done, done, done)
        assert found.eac_as_planned == found.eac_as_so_far == found.eac_under_pressure == bac


class TestProgress:
    def test_planned_value_grows_with_working_time(self, work):
        """After half of the first day, half of its budget; at night it rests."""
        plan = work.case.planning

        def planned(at):
            (found,) = earned_values(plan, instant(at))
            return found.pv

        assert planned("2026-03-01T08:00:00Z") == euro(0)
        assert planned("2026-03-02T12:00:00Z") == planned("2026-03-02T13:00:00Z") == euro(400)
        assert planned("2026-03-02T23:00:00Z") == euro(800)
        assert planned("2026-03-20T08:00:00Z") == euro(1000)

    def test_a_report_books_progress_and_cost(self, work):
        """A task that nobody began has begun with it."""
        work.tell(ReportProgress(CASE, "make", "25", cost=euro(300), evidence="photo 1", by=MAKER, at=NOW))
        assert work.names == ["TaskStarted", "ProgressReported"]
        (found,) = earned_values(work.case.planning, NOW)
        assert (found.bac, found.pv, found.ev, found.ac) == (euro(1000), euro(400), euro(200), euro(300))

    def test_what_is_done_has_earned_its_budget(self, work):
        """Whatever was reported before."""
        work.tell(StartTask(CASE, "make", by=MAKER, at=NOW))
        work.tell(CompleteTask(CASE, "make", "log", by=MAKER))
        (found,) = earned_values(work.case.planning, NOW)
        assert (found.ev, found.ac) == (euro(800), euro(0))

    def test_a_report_may_say_when_it_will_be_finished(self, work):
        """The estimate moves, the baseline stays."""
        later = instant("2026-03-05T17:00:00Z")
        work.tell(ReportProgress(CASE, "make", 10, ends_at=later, by=MAKER, at=NOW))
        plan = work.case.planning
        assert plan.tasks["make"].ends_at == later > plan.baseline.tasks["make"].ends_at

    def test_odd_reports_are_booked_with_what_is_odd(self, work):
        """Less than before, cheaper than before, before its turn, after its end."""

        def odd(command):
            work.tell(command)
            return [finding.code for finding in work.one(ProgressReported).findings]

        assert odd(ReportProgress(CASE, "test", 5, by=MAKER)) == ["task.waits"]
        assert odd(ReportProgress(CASE, "make", 50, cost=euro(500), by=MAKER)) == []
        assert odd(ReportProgress(CASE, "make", 40, cost=euro(450), by=MAKER)) == [
            "task.progress-back",
            "task.cost-back",
        ]
        work.tell(CompleteTask(CASE, "make", "log", by=MAKER))
        assert odd(ReportProgress(CASE, "make", 100, by=MAKER)) == ["task.progress-over"]
        assert work.case.planning.tasks["make"].cost == euro(450)

    def test_reports_that_cannot_be_meant_are_refused(self, work):
        """No such task, another currency, the future, more than all."""
        work.tell(ReportProgress(CASE, "make", 50, cost=euro(500), by=MAKER, at=NOW))
        for wrong, code in (
            ({"task_id": "nothing"}, "task.unknown"),
            ({"cost": Money(1, "CNY")}, "task.cost-currency"),
            ({"occurred_at": instant("2026-04-01T08:00:00Z")}, "fact.future"),
        ):
            command = ReportProgress(
                **({"case_id": CASE, "task_id": "make", "progress": 60, "by": MAKER} | wrong), at=NOW
            )
            with pytest.raises(InvalidValueError) as caught:
                work.tell(command)
            assert [each.code for each in caught.value.findings] == [code]
        with pytest.raises(InvalidValueError) as caught:
            ReportProgress(CASE, "make", "100.1", by=MAKER)
        assert caught.value.findings[0].code == "task.progress-range"

    def test_a_new_baseline_takes_added_budgets_in(self, work):
        """Each currency has figures of its own; a plan without money has none."""
        work.tell(ReportProgress(CASE, "make", 50, by=MAKER, at=NOW))
        work.tell(BaselinePlan(CASE, by=PLANNER, reason="agreed"))
        assert [each.bac for each in earned_values(work.case.planning, NOW)] == [euro(1000)]
        assert earned_values(Plan(), NOW) == ()
