"""Response clocks tell how long each stage has had an order."""

from __future__ import annotations

from datetime import timedelta

import pytest
from build import CLERK, at, order

from orderlib.account.message import OpenAccount
from orderlib.desk.clocks import STAGE_TARGETS, ResponseClocks
from orderlib.desk.desk import OrderDesk
from orderlib.desk.follow import follow
from orderlib.intake.message import ReceiveOrder, ScreenOrder
from orderlib.simulation.clock import WorldClock
from orderlib.values.calendar import WEEKDAYS
from orderlib.values.objective import Objectives


@pytest.fixture
def desk():
    """A desk with an account, and an order that has been with intake for two hours, then with review."""
    clock = WorldClock(at())
    made = OrderDesk(clock=clock)
    made.handle(OpenAccount("C1", "EUR", by=CLERK))
    made.handle(ReceiveOrder(order(), case_id="case-1", by=CLERK))
    clock.work(2)
    made.handle(ScreenOrder("case-1", by=CLERK))
    clock.work(8)
    return made


def test_each_stay_runs_from_one_move_to_the_next(desk):
    """The one that is over has its time, the one that lasts is measured now; accounts have none."""
    clocks = ResponseClocks(calendar=WEEKDAYS)
    follow(desk.repository, clocks)
    now = desk._clock()
    (over,) = clocks.finished()
    (running,) = clocks.running()
    assert (over.stage, over.taken(now, WEEKDAYS)) == ("intake", timedelta(hours=2))
    assert (running.stage, running.taken(now, WEEKDAYS)) == ("review", timedelta(hours=8))
    assert running.target == STAGE_TARGETS["review"]
    assert clocks.finished("review") == ()
    assert clocks.overdue(now) == ()


def test_objectives_set_the_targets(desk):
    """A stay beyond its target is overdue; those within are counted of those that have one."""
    clocks = ResponseClocks(Objectives(stage_times={"review": timedelta(hours=4)}), WEEKDAYS)
    follow(desk.repository, clocks)
    now = desk._clock()
    assert [clock.case_id for clock in clocks.overdue(now)] == ["case-1"]
    assert clocks.within_target((*clocks.running(), *clocks.finished()), now) == (1, 2)


def test_a_case_that_has_ended_runs_no_clock(desk):
    """Nor does one that stays in a stage begin anew."""
    clocks = ResponseClocks()
    desk.handle(ReceiveOrder(order(id="4712"), case_id="case-2", by=CLERK))
    desk.handle(ScreenOrder("case-2", override="reject", by=CLERK, reason="not for us"))
    follow(desk.repository, clocks)
    assert [clock.case_id for clock in clocks.running()] == ["case-1"]
    assert [clock.stage for clock in clocks.finished()] == ["intake", "intake"]
