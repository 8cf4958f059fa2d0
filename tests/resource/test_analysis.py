"""Needs against what there is."""

from __future__ import annotations

from decimal import Decimal

import pytest

from orderlib.errors import InvalidValueError
from orderlib.resource.analysis import Work, analyse_needs
from orderlib.resource.record import CapacityChange, Need, Resource

WELD = Need(skill="welding")


def work(id, start, end, *needs):
    """Work on the Monday, from hour to hour."""
    return Work(id, f"2026-03-02T{start:02}:00:00Z", f"2026-03-02T{end:02}:00:00Z", needs)


def person(id, *skills):
    """Somebody who can something."""
    return Resource(id, "person", skills=skills)


class TestOccupied:
    def test_hours_add_up_and_the_peak_is_where_most_runs_at_once(self):
        """Three pieces of work, two of them at once: the peak is two, the hours are all of them."""
        found = analyse_needs(
            [work("a", 8, 10, WELD), work("b", 9, 12, WELD), work("c", 13, 14, WELD)],
            [person("li", "welding"), person("wu", "welding")],
        )
        total = found.total("welding")
        assert (total.hours, total.peak, total.at_peak, total.short) == (Decimal(6), 2, ("a", "b"), 0)
        assert total.able == ("li", "wu")
        assert not found.findings

    def test_work_that_follows_does_not_meet(self):
        """What ends at an instant frees its people for what starts then."""
        found = analyse_needs([work("a", 8, 10, WELD), work("b", 10, 12, WELD)], [person("li", "welding")])
        assert found.total("welding").peak == 1
        assert not found.findings

    def test_too_few_at_once_are_named_with_the_work(self):
        """A warning: later, the work would fit."""
        found = analyse_needs([work("a", 8, 10, WELD), work("b", 9, 12, WELD)], [person("li", "welding")])
        (finding,) = found.findings
        assert (finding.code, finding.address) == ("resource.too-few", "/needs/welding")
        assert finding.message() == "2 of welding are needed on 2026-03-02T09:00:00Z, by a, b; 1 can be had"
        assert found.total("welding").short == 1

    def test_capacity_counts_as_it_is_at_the_peak(self):
        """A machine that is away then is not there."""
        lathe = Resource("lathe", "machine", changes=[CapacityChange("2026-03-02T09:00:00Z", 0)])
        found = analyse_needs([work("a", 9, 10, Need(resource_id="lathe"))], [lathe])
        assert [each.code for each in found.findings] == ["resource.too-few"]

    def test_what_nobody_can_is_an_error(self):
        """No time would help."""
        found = analyse_needs([work("a", 8, 10, Need(skill="testing"))], [person("li", "welding")])
        (finding,) = found.findings
        assert (finding.code, finding.address) == ("resource.nobody", "/needs/testing")


class TestUsedUp:
    def test_material_is_needed_in_all(self):
        """One after the other takes as much as at once."""
        steel = Need(resource_id="steel", amount="700")
        found = analyse_needs(
            [work("a", 8, 9, steel), work("b", 9, 10, steel)], [Resource("steel", "material", capacity="1200")]
        )
        (finding,) = found.findings
        assert (finding.code, found.total("steel").short) == ("resource.runs-out", Decimal(200))

    def test_what_arrives_before_the_last_work_counts(self):
        """Steel that comes at nine serves the work at nine."""
        steel = Need(resource_id="steel", amount="700")
        stock = Resource("steel", "material", capacity=700, changes=[CapacityChange("2026-03-02T09:00:00Z", 1400)])
        assert not analyse_needs([work("a", 8, 9, steel), work("b", 9, 10, steel)], [stock]).findings


def test_nothing_is_needed_of_nothing():
    """No work, no totals."""
    found = analyse_needs([], [person("li", "welding")])
    assert (found.totals, found.findings, found.total("welding")) == ((), (), None)


def test_work_that_ends_before_it_starts_is_refused():
    """With its name."""
    with pytest.raises(InvalidValueError) as caught:
        work("a", 10, 9, WELD)
    assert caught.value.findings[0].code == "resource.reversed"


def test_a_resource_stands_once():
    """Two of one id would count twice."""
    with pytest.raises(InvalidValueError) as caught:
        analyse_needs([], [person("li"), person("li")])
    assert caught.value.findings[0].code == "lines.duplicate-id"
