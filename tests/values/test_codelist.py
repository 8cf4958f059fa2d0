"""Codes and counts enter through one strict door each."""

from __future__ import annotations

from enum import StrEnum

import pytest

from orderlib.errors import InvalidValueError
from orderlib.values.codelist import member, whole


class Colour(StrEnum):
    RED = "R"
    BLUE = "B"


def refusal(ask):
    """The finding of the error that is raised."""
    with pytest.raises(InvalidValueError) as caught:
        ask()
    return caught.value.findings[0]


def test_a_code_becomes_its_member():
    """The code, or the member itself."""
    assert member(Colour, "R") is Colour.RED
    assert member(Colour, Colour.BLUE) is Colour.BLUE


@pytest.mark.parametrize("value", ["r", "RED", "", None, 7, ["R"], "x" * 1000])
def test_what_is_no_code_is_refused(value):
    """Whatever it is, and shown shortened."""
    finding = refusal(lambda: member(Colour, value, "/colour"))
    assert (finding.code, finding.address) == ("code.unknown", "/colour")
    assert len(finding.message()) < 120


@pytest.mark.parametrize("value", [0, 5, 10])
def test_a_whole_number_within_bounds_passes(value):
    """Both bounds belong."""
    assert whole(value, 0, 10) == value


@pytest.mark.parametrize("value", [-1, 11, True, 5.0, "5", None, pytest.param(10**100_000, id="giant")])
def test_what_is_no_whole_number_within_bounds_is_refused(value):
    """A bool is no number, and a giant is not written out."""
    finding = refusal(lambda: whole(value, 0, 10, "/n"))
    assert (finding.code, finding.address) == ("number.whole", "/n")
    assert len(finding.message()) < 120
