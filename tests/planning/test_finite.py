"""Tasks on resources that are not enough for all of them at once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plans import PLANNER, accepted

from orderlib.case.policies import PolicySet
from orderlib.errors import InvalidValueError
from orderlib.planning.finite import FiniteCapacity, Occupation, running_dates
from orderlib.planning.message import PlanOrder
from orderlib.planning.policy import PrecedenceSchedule, TasksByOrderType
from orderlib.planning.precedence import TaskLink
from orderlib.planning.promise import Feasibility
from orderlib.planning.record import TaskDraft
from orderlib.planning.scheduling.search import JustifiedSampling
from orderlib.resource.record import CapacityChange, Need, Resource
from orderlib.values.calendar import WEEKDAYS
from orderlib.values.instant import instant

START = instant("2026-03-02T08:00:00Z")
WELD = Need(skill="welding")


def task(name, hours, *needs, **more):
    """A task of some hours."""
    return TaskDraft(name, name, "production", "done", timedelta(hours=hours), needs=needs, **more)


def person(id, *skills, **more):
    """Somebody who can something."""
    return Resource(id, "person", skills=skills, **more)


def hours(decision):
    """When each task runs, in hours after the start, by the clock."""
    return {
        str(each.task_id): tuple((at - START).total_seconds() / 3600 for at in (each.starts_at, each.ends_at))
        for each in decision.dated
    }


def codes(decision):
    """The codes of the reasons."""
    return [reason.code for reason in decision.reasons]


def test_two_tasks_that_need_the_same_welder_follow_each_other():
    """The second waits, and the reason names for whom."""
    found = FiniteCapacity([person("li", "welding")])((task("a", 2, WELD), task("b", 2, WELD)), START, None)
    assert hours(found) == {"a": (0, 2), "b": (2, 4)}
    assert codes(found) == ["planning.on-time", "planning.waits-for-resource"]
    assert "waits for li" in found.reasons[1].message()


def test_of_two_who_can_the_one_with_fewer_other_skills_goes_first():
    """So that whoever can more is free for what only they can."""
    pool = [person("wu", "welding", "testing"), person("li", "welding")]
    found = FiniteCapacity(pool)((task("a", 2, WELD), task("b", 2, Need(skill="testing"))), START, None)
    assert hours(found) == {"a": (0, 2), "b": (0, 2)}


def test_nobody_stands_in_two_places():
    """One person of two skills does one thing after the other."""
    pool = [person("wu", "welding", "testing")]
    found = FiniteCapacity(pool)((task("a", 2, WELD), task("b", 2, Need(skill="testing"))), START, None)
    assert sorted(hours(found).values()) == [(0, 2), (2, 4)]


def test_a_team_is_made_of_people_and_a_machine_has_places():
    """Two welders are two people; a furnace of three places holds two loads and one more."""
    pool = [person("li", "welding"), person("wu", "welding"), Resource("furnace", "machine", capacity=3)]
    heat = Need(resource_id="furnace", amount=2)
    tasks = (task("frame", 2, Need(skill="welding", amount=2)), task("a", 1, heat), task("b", 1, heat))
    found = FiniteCapacity(pool)(tasks, START, None)
    assert hours(found)["frame"] == (0, 2)
    assert sorted([hours(found)["a"], hours(found)["b"]]) == [(0, 1), (1, 2)]


def test_what_others_hold_and_what_is_away_is_not_there():
    """Li works for another order until ten, and is on leave from eleven until Tuesday."""
    li = person(
        "li", "welding", changes=[CapacityChange("2026-03-02T11:00:00Z", 0), CapacityChange("2026-03-03T08:00:00Z", 1)]
    )
    busy = Occupation("li", "2026-03-02T07:00:00Z", "2026-03-02T10:00:00Z")
    found = FiniteCapacity([li], occupied=[busy])((task("a", 1, WELD), task("b", 1, WELD)), START, None)
    assert hours(found) == {"a": (2, 3), "b": (24, 25)}


def test_people_work_by_their_own_calendars():
    """A task pauses where its calendar or that of its people does."""
    mornings = WEEKDAYS
    found = FiniteCapacity([person("li", "welding", calendar=mornings)])((task("a", 6, WELD),), START, None)
    assert hours(found) == {"a": (0, 7)}


def test_lags_and_relations_hold():
    """As without limits."""
    tasks = (task("pour", 2), task("strip", 1, links=[TaskLink("pour", lag=timedelta(hours=24))]))
    assert hours(FiniteCapacity()(tasks, START, None))["strip"] == (26, 27)


def test_a_late_schedule_says_what_more_resources_would_do():
    """With one welder Wednesday, with as many as wanted Monday."""
    tasks = tuple(task(f"t{number}", 8, WELD) for number in range(3))
    found = FiniteCapacity([person("li", "welding")])(tasks, START, date(2026, 3, 2))
    assert found.ruling is Feasibility.LATE
    assert codes(found)[0] == "planning.late"
    (otherwise,) = found.otherwise
    assert "2026-03-02" in otherwise.message()


def test_what_nobody_can_is_impossible_and_named():
    """A skill that is not there, more people than there are, and a time that does not suffice."""
    pool = [person("li", "welding")]
    found = FiniteCapacity(pool)(
        (task("a", 1, Need(skill="testing")), task("b", 1, Need(skill="welding", amount=2))), START, None
    )
    assert found.ruling is Feasibility.IMPOSSIBLE
    assert [(each.code, each.address) for each in found.reasons] == [
        ("planning.nobody-can", "/tasks/a/needs/0"),
        ("planning.nobody-can", "/tasks/b/needs/0"),
    ]
    short = FiniteCapacity(pool, horizon=timedelta(days=1))((task("a", 30, WELD),), START, None)
    assert short.ruling is Feasibility.IMPOSSIBLE


def test_material_is_no_matter_of_time():
    """It is there or not; the analysis of needs says so."""
    found = FiniteCapacity([Resource("steel", "material", capacity=9)])(
        (task("a", 1, Need(resource_id="steel", amount=20)),), START, None
    )
    assert hours(found) == {"a": (0, 1)}


def test_an_order_that_cannot_be_scheduled_is_not_planned():
    """The refusal carries the reasons of the policy."""
    story = accepted()
    story.policies = PolicySet(template=TasksByOrderType(make=(task("a", 1, WELD),)), scheduling=FiniteCapacity())
    assert story.refused(PlanOrder("case-1", by=PLANNER)) == ("planning.impossible", "planning.nobody-can")


def test_an_occupation_ends_after_it_starts():
    """And holds something."""
    for wrong in (("2026-03-02T08:00:00Z", 1), ("2026-03-02T09:00:00Z", 0)):
        with pytest.raises(InvalidValueError) as caught:
            Occupation("li", "2026-03-02T08:00:00Z", *wrong)
        assert caught.value.findings[0].code == "planning.occupation-reversed"


@given(st.lists(st.tuples(st.integers(0, 12), st.sets(st.integers(0, 7), max_size=2)), min_size=1, max_size=8))
def test_without_needs_it_is_the_schedule_of_precedence(parts):
    """Both know the same calendar; a search finds the same as one pass."""
    tasks = tuple(
        task(f"t{number}", length, after=[f"t{each}" for each in sorted(after) if each < number])
        for number, (length, after) in enumerate(parts)
    )
    plain = {each.task_id: each.ends_at for each in PrecedenceSchedule()(tasks, START, None).dated}
    for scheduler in (FiniteCapacity(), FiniteCapacity(scheduler=JustifiedSampling(iterations=3))):
        found = {each.task_id: each.ends_at for each in scheduler(tasks, START, None).dated}
        assert max(found.values()) == max(plain.values())
    assert {each.task_id: each.ends_at for each in FiniteCapacity()(tasks, START, None).dated} == plain


def test_a_new_schedule_moves_as_little_as_it_can():
    """A rush task takes its slot; what ran in the afternoon stays there, and who worked on it works on it."""
    pool = [person("li", "welding"), person("wu", "welding")]
    story = accepted()
    tasks = (task("a", 4, WELD), task("b", 4, WELD), task("c", 4, WELD, after=("a",)))
    story.policies = PolicySet(template=TasksByOrderType(make=tasks), scheduling=FiniteCapacity(pool))
    story.tell(PlanOrder("case-1", by=PLANNER, at=START))
    plan = story.case.planning
    running = running_dates(plan)
    assert [str(each.task_id) for each in running] == ["a", "b", "c"]
    rush = (task("rush", 4, WELD), *tasks)
    anew = FiniteCapacity(pool)(rush, START, None)
    kept = FiniteCapacity(pool, running=running)(rush, START, None)
    before = {each.task_id: (each.starts_at, each.holds) for each in running}

    def moved(decision):
        return sum(
            before[each.task_id] != (each.starts_at, each.holds) for each in decision.dated if each.task_id in before
        )

    assert moved(kept) == 0 < moved(anew)


def test_what_is_frozen_stays_whatever_comes():
    """And what lay behind the beginning is planned anew."""
    pool = [person("li", "welding")]
    tasks = (task("a", 2, WELD), task("b", 2, WELD))
    running = FiniteCapacity(pool)(tasks, START, None).dated
    late = (task("a", 2, WELD, not_before="2026-03-03T08:00:00Z"), tasks[1])
    held = FiniteCapacity(pool, running=running, frozen_until="2026-03-02T09:00:00Z")(late, START, None)
    assert hours(held)["a"] == (0, 2)
    behind = FiniteCapacity(pool, running=running)(tasks, instant("2026-03-03T08:00:00Z"), None)
    assert min(hours(behind).values()) == (24, 26)
