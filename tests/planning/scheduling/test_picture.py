from __future__ import annotations

from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest

from orderlib.errors import InvalidValueError
from orderlib.planning.scheduling import (
    Activity,
    Assignment,
    CapacityStep,
    Mode,
    Schedule,
    SchedulingProblem,
    SchedulingResource,
    SerialSchedule,
    TimeGrid,
    gantt_mermaid,
    gantt_svg,
    load_mermaid,
    load_svg,
)
from orderlib.values.instant import instant

PROBLEM = SchedulingProblem(
    [
        Activity("cut <A&B>", Mode(4, {"saw": 1}), order_id="A", due=3),
        Activity("drill: b", Mode(2, {"saw": 2}), order_id="B", due=9),
        Activity("done", Mode(0), "cut <A&B>", order_id="A"),
    ],
    [SchedulingResource("saw", [CapacityStep(1, 2), CapacityStep(50, 3)]), SchedulingResource("idle")],
)
SCHEDULE = SerialSchedule()(PROBLEM)
GRID = TimeGrid(instant("2026-03-02T08:00:00Z"), timedelta(minutes=1))
NAMES = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("grid", [None, GRID])
@pytest.mark.parametrize("draw", [gantt_svg, load_svg])
@pytest.mark.parametrize("schedule", [SCHEDULE, Schedule([]), Schedule([Assignment("stranger", 0, 2)])])
def test_pictures_are_documents_whatever_is_drawn(draw, grid, schedule):
    """Names with signs of their own, schedules without anything in them, and strangers."""
    root = ET.fromstring(draw(PROBLEM, schedule, grid))
    assert root.tag == f"{NAMES}svg"


def test_a_gantt_chart_has_a_bar_for_each_and_shows_what_is_late():
    """Two orders, two colours; the missed due date is red; times are instants where a grid says so."""
    root = ET.fromstring(gantt_svg(PROBLEM, SCHEDULE, GRID))
    bars = [each for each in root.iter(f"{NAMES}rect") if each.find(f"{NAMES}title") is not None]
    assert len(bars) == 3
    assert len({each.get("fill") for each in bars}) == 2
    assert any("2026-03-02 08:01" in each.find(f"{NAMES}title").text for each in bars)
    assert [each.get("stroke") for each in root.iter(f"{NAMES}path")].count("#c00000") == 1


def test_a_load_profile_draws_every_resource():
    """An area and a line for each."""
    root = ET.fromstring(load_svg(PROBLEM, SCHEDULE))
    assert len([each for each in root.iter(f"{NAMES}path") if each.get("stroke-dasharray")]) == 2


def test_mermaid_says_the_same_in_words():
    """A section for each order, late ones marked, milestones told, no sign that Mermaid would misread."""
    assert gantt_mermaid(PROBLEM, SCHEDULE).splitlines() == [
        "gantt",
        "    dateFormat X",
        "    axisFormat %s",
        "    section A",
        "    cut <A&B> :crit, 1, 5",
        "    done :milestone, 5, 5",
        "    section B",
        "    drill  b :5, 7",
    ]
    assert "1772438460" in gantt_mermaid(PROBLEM, SCHEDULE, GRID)
    assert gantt_mermaid(PROBLEM, Schedule([])).count("section") == 2


def test_a_chart_of_load_shows_means_in_bins():
    """Seven periods, a bar for each; many periods are put together."""
    assert load_mermaid(PROBLEM, SCHEDULE, "saw").splitlines() == [
        "xychart-beta",
        '    title "saw"',
        "    x-axis [0, 1, 2, 3, 4, 5, 6]",
        "    bar [0, 1, 1, 1, 1, 2, 2]",
        "    line [3, 3, 3, 3, 3, 3, 3]",
    ]
    long = SchedulingProblem([Activity("a", Mode(100, {"m": 1}))], [SchedulingResource("m")])
    assert load_mermaid(long, SerialSchedule()(long), "m").count("1, 1") > 5
    with pytest.raises(InvalidValueError, match="lathe"):
        load_mermaid(PROBLEM, SCHEDULE, "lathe")
