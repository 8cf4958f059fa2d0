"""Plans drawn."""

from __future__ import annotations

from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from plans import PLANNER, accepted

from orderlib.case.policies import PolicySet
from orderlib.planning.gantt import plan_gantt, plan_gantt_mermaid
from orderlib.planning.message import (
    CompleteTask,
    DropTask,
    PlanOrder,
    PromiseOrder,
    ReleaseOrder,
    ReplanOrder,
    StartTask,
)
from orderlib.planning.policy import TasksByOrderType
from orderlib.planning.record import Plan, TaskDraft
from orderlib.values.instant import instant, later
from orderlib.values.party import Actor

CASE = "case-1"
NOW = instant("2026-03-02T08:00:00Z")
MAKER = Actor("otto", department="production")
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def story():
    """Four tasks: one done, one in work, one to come with a milestone, one dropped."""
    story = accepted()
    names = (
        ("dig", "Dig"),
        ("weld", "Weld <all> & grind; then clean every seam twice over"),
        ("ship", "Ship"),
        ("x", "No"),
    )
    tasks = [
        TaskDraft(key, name, "production", "done", timedelta(hours=16), milestone="ready" if key == "ship" else "")
        for key, name in names
    ]
    story.policies = PolicySet(template=TasksByOrderType(make=tuple(tasks)))
    for command in (PlanOrder, PromiseOrder, ReleaseOrder):
        story.tell(command(CASE, by=PLANNER, at=NOW))
    story.tell(DropTask(CASE, "x", by=PLANNER, reason="not needed", at=NOW))
    for name in ("dig", "weld"):
        story.tell(StartTask(CASE, name, by=MAKER, at=NOW))
    story.tell(CompleteTask(CASE, "dig", "log", by=MAKER, at=later(NOW, timedelta(days=1))))
    return story


def bars(svg):
    """The classes and widths of the bars of tasks."""
    root = ET.fromstring(svg)
    return [
        (each.get("class"), float(each.get("width")))
        for each in root.iter(f"{SVG}rect")
        if each.find(f"{SVG}title") is not None
    ]


def test_each_task_that_counts_has_a_bar_by_its_state(story):
    """As long as it took, or as it is estimated."""
    found = bars(plan_gantt({"4711": story.case.planning}, now=NOW))
    assert [kind for kind, _ in found] == ["done", "started", "planned"]
    assert found[0][1] < found[1][1]


def test_what_ends_after_its_baseline_is_marked(story):
    """And a milestone that was missed."""
    story.tell(ReplanOrder(CASE, by=PLANNER, reason="rain", at=later(NOW, timedelta(days=9))))
    svg = plan_gantt({"4711": story.case.planning})
    assert [kind for kind, _ in bars(svg)] == ["done", "started late", "planned late"]
    assert 'class="missed"' in svg or 'class="milestone" d=' in svg


def test_texts_cannot_break_the_picture(story):
    """Whatever stands in names, the picture is well-formed, and long ones are cut."""
    plan = story.case.planning
    svg = plan_gantt({"<script>&": plan, "b": plan}, lang="zh")
    root = ET.fromstring(svg)
    texts = [each.text for each in root.iter(f"{SVG}text")]
    assert "<script>&" in texts
    assert all(len(text) <= 40 for text in texts)
    assert "计划" in texts


def test_no_plan_is_an_empty_picture():
    """Nothing to draw is no error."""
    for plans in ({}, {"4711": Plan()}):
        assert ET.fromstring(plan_gantt(plans)).tag == f"{SVG}svg"
        assert plan_gantt_mermaid(plans).startswith("gantt")


def test_long_plans_have_few_lines(story):
    """The axis thins out."""
    late = later(NOW, timedelta(days=2000))
    svg = plan_gantt({"4711": story.case.planning}, now=late)
    assert 1 < svg.count('class="grid"') <= 15


def test_mermaid_tells_the_same(story):
    """A section an order, a line a task, and milestones."""
    text = plan_gantt_mermaid({"4711": story.case.planning})
    assert "    section 4711" in text
    assert "    Dig :done, o0t0, 2026-03-02T08:00, 2026-03-03T08:00" in text
    assert "    Weld <all> & grind then clean every seam twice over :active, o0t1, " in text
    assert "    ready :milestone, " in text
    assert " x" not in text
