"""Resources: what they can, and how much of them there is when."""

from __future__ import annotations

from decimal import Decimal

import pytest

from orderlib.errors import InvalidValueError
from orderlib.resource.record import CapacityChange, Need, Resource, ResourceKind
from orderlib.values.calendar import WEEKDAYS
from orderlib.values.instant import instant

MONDAY = "2026-03-02T08:00:00Z"
SUNDAY = "2026-03-01T08:00:00Z"


def codes(make):
    """The codes with which something is refused."""
    with pytest.raises(InvalidValueError) as caught:
        make()
    return [(each.code, each.address) for each in caught.value.findings]


class TestNeed:
    def test_a_need_names_one_thing(self):
        """A skill or a resource: both would leave open which counts, neither asks for nothing."""
        assert Need(skill="welding").of == "welding"
        assert Need(resource_id="crane").of == "crane"
        for wrong in ({}, {"skill": "welding", "resource_id": "li"}):
            assert codes(lambda wrong=wrong: Need(**wrong)) == [("resource.need-one", "/skill")]

    def test_a_need_is_more_than_nothing(self):
        """Zero or less of a skill is no need; what is no number is no amount."""
        for wrong in (0, "-1"):
            assert codes(lambda wrong=wrong: Need(skill="welding", amount=wrong)) == [("resource.amount", "/amount")]
        assert codes(lambda: Need(skill="welding", amount="NaN"))[0][1] == "/amount"


class TestResource:
    def test_it_meets_needs_by_skill_or_by_name(self):
        """A skill may be had by many, a name by one."""
        li = Resource("li", "person", skills=["welding", "painting"])
        assert li.meets(Need(skill="painting"))
        assert li.meets(Need(resource_id="li"))
        assert not li.meets(Need(skill="testing"))
        assert not li.meets(Need(resource_id="wang"))

    def test_kinds_and_skills_are_checked(self):
        """A word that is no kind is refused, and one skill is not a list of letters."""
        assert Resource("l", "machine").kind is ResourceKind.MACHINE
        assert codes(lambda: Resource("l", "robot")) == [("code.unknown", "/kind")]
        assert codes(lambda: Resource("l", "person", skills="welding"))[0][1] == "/skills"

    def test_capacity_changes_from_instant_to_instant(self):
        """A change holds from its instant on, whatever the order in which changes are given."""
        lathe = Resource(
            "lathe",
            "machine",
            capacity=2,
            changes=[CapacityChange("2026-03-05T00:00:00Z", 3), CapacityChange("2026-03-03T00:00:00Z", 0)],
        )
        levels = [lathe.capacity_at(instant(f"2026-03-0{day}T00:00:00Z")) for day in (2, 3, 4, 5)]
        assert levels == [2, 0, 0, 3]

    def test_it_changes_once_at_an_instant(self):
        """Two changes at one instant contradict each other."""
        twice = [CapacityChange(MONDAY, 1), CapacityChange(MONDAY, 2)]
        assert codes(lambda: Resource("l", "machine", changes=twice)) == [("resource.changes", "/changes/1/from_at")]

    def test_it_rests_where_its_calendar_does_unless_it_is_used_up(self):
        """On Sunday nobody welds, but the steel lies there."""
        li = Resource("li", "person", calendar=WEEKDAYS)
        steel = Resource("steel", "material", capacity="1200", calendar=WEEKDAYS)
        assert (li.capacity_at(instant(SUNDAY)), li.level_at(instant(SUNDAY))) == (0, 1)
        assert li.capacity_at(instant(MONDAY)) == 1
        assert steel.capacity_at(instant(SUNDAY)) == Decimal(1200)
        assert (li.used_up, steel.used_up) == (False, True)
