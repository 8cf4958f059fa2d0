"""The default judgements on cancellations: how far work has gone, what can be stopped, what has to be undone."""

from __future__ import annotations

from decimal import Decimal

import attrs
import pytest
from build import CLERK, at
from changing import counts, two_lines

from orderlib.change.ending import ByPointOfNoReturn, ByProgress
from orderlib.change.policy import Progress
from orderlib.change.record import Cancellation, CancellationRuling, Ending, PointOfNoReturn, Remedy, Side
from orderlib.values.instant import instant
from orderlib.values.lines import Lines

ASKED = Cancellation(
    id="X",
    side=Side.CUSTOMER,
    by=CLERK,
    reason="enough",
    requested_at=instant(at()),
    due_at=instant(at(9)),
)


def counted(line_id="10", **accounts):
    """The counts of a line of ten."""
    return attrs.evolve(counts(line_id, **accounts), ordered=Decimal(10))


def ruled(*lines, state="in_execution", order=None, **asked):
    """What becomes of a cancellation."""
    points = ByProgress()(lines, state).points
    progress = Progress(state, Side.CUSTOMER, Lines(lines))
    return ByPointOfNoReturn()(attrs.evolve(ASKED, **asked), order, progress, points)


@pytest.mark.parametrize(
    ("accounts", "point"),
    [
        ({}, "none"),
        ({"produced": 1}, "soft"),
        ({"despatched": 1}, "soft"),
        ({"invoiced": 1}, "soft"),
        ({"invoiced": 1, "credited": 1}, "none"),
        ({"despatched": 10}, "hard"),
        ({"despatched": 10, "received": 10}, "hard"),
        ({"despatched": 4, "cancelled": 6}, "hard"),
        ({"despatched": 10, "refused": 10}, "none"),
        ({"despatched": 10, "received": 10, "returned": 10}, "none"),
        ({"despatched": 10, "lost": 10}, "none"),
        ({"cancelled": 10}, "none"),
    ],
)
def test_how_far_a_line_has_gone(accounts, point):
    """What has left and not come back counts, and what was made or billed."""
    decision = ByProgress()((counted(**accounts),), "in_execution")
    assert (decision.outcome, decision.points) == (point, (("10", PointOfNoReturn(point)),))
    assert decision.reasons


def test_the_furthest_line_speaks_for_all():
    """Each keeps its own point."""
    decision = ByProgress()((counted(), counted("20", despatched=10), counted("30", produced=1)), "released")
    assert decision.outcome is PointOfNoReturn.HARD
    assert [point.value for _, point in decision.points] == ["none", "hard", "soft"]
    assert ByProgress()((), "enquired").outcome is PointOfNoReturn.NONE


@pytest.mark.parametrize("state", ["enquired", "in_review", "accepted", "released"])
def test_granted_while_nothing_has_begun(state):
    """There is no plan then."""
    decision = ruled(counted(), state=state)
    assert (decision.outcome, decision.plan) == (CancellationRuling.GRANTED, ())


def test_compensation_once_work_has_begun():
    """Even where nothing is made yet, it is stopped."""
    decision = ruled(counted())
    assert (decision.outcome, [each.remedy for each in decision.plan]) == (
        CancellationRuling.COMPENSATION,
        [Remedy.STOP],
    )
    begun = ruled(counted(produced=2), state="accepted")
    assert (begun.outcome, [each.remedy for each in begun.plan]) == (CancellationRuling.COMPENSATION, [Remedy.SCRAP])


def test_refused_where_everything_has_left():
    """The other lines could end; so could this one, if the customer kept it, or for a cause."""
    gone = counted(despatched=10)
    decision = ruled(gone, counted("20"))
    assert decision.outcome is CancellationRuling.REFUSED
    assert [each.code for each in decision.otherwise] == ["cancellation.without-line"]
    assert ruled(gone, counted("20"), keep_delivered=True).outcome is CancellationRuling.COMPENSATION
    assert ruled(gone, ending=Ending.TERMINATE).outcome is CancellationRuling.COMPENSATION


def test_the_plan_is_about_the_lines_asked_for():
    """The others are not touched."""
    decision = ruled(counted(produced=2), counted("20", produced=2), line_ids=("10",))
    assert {each.line.line_id for each in decision.plan} == {"10"}


def test_review_where_nothing_is_known():
    """A running order without a single count is for a person to judge."""
    assert ruled(order=two_lines()).outcome is CancellationRuling.REVIEW
    assert ruled(state="enquired").outcome is CancellationRuling.GRANTED
