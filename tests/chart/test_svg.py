from __future__ import annotations

import xml.etree.ElementTree as ET

import attrs
import pytest

from orderlib.case.table import ORDER
from orderlib.chart.svg import _wide
from orderlib.chart.table import Table
from orderlib.errors import ChartError

NS = "{http://www.w3.org/2000/svg}"


def texts(svg, style):
    """The texts of one style in a drawing."""
    return [each.text for each in ET.fromstring(svg).iter(f"{NS}text") if each.get("class") == style]


def test_a_drawing_shows_states_ends_and_moves(gate):
    """A box for each state with its titles, a second rim for each end, an arrow for each pair of states."""
    root = ET.fromstring(gate.to_svg())
    styles = [each.get("class") for each in root.iter(f"{NS}rect")]
    assert sorted(styles) == ["page", "rim", "rim", "state", "state end", "state end", "state first"]
    assert texts(gate.to_svg(), "name") == ["shut", "wide open", "sold", "gone"]
    assert texts(gate.to_svg(), "other") == ["关闭"]
    moves = [each.get("class") for each in root.iter(f"{NS}path") if each.get("class")]
    assert sorted(moves) == ["move"] * 4 + ["move back"] * 2
    assert len(list(root.iter(f"{NS}circle"))) == 1


def test_a_drawing_speaks_chinese(gate):
    """The other language stands below, in both directions."""
    svg = gate.to_svg("zh")
    assert texts(svg, "name")[0] == "关闭"
    assert texts(svg, "other") == ["shut"]
    assert "抬杆" in texts(svg, "label")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_move_is_missing_from_a_drawing(lang):
    """What is not an arrow is a sentence below."""
    svg = ORDER.to_svg(lang)
    said = " ".join([*texts(svg, "label"), *texts(svg, "note")])
    assert [event for event in ORDER.all_events if ORDER.title(event, lang) not in said] == []


def test_moves_that_stay_are_told_below(gate):
    """With the states in which they are possible."""
    assert texts(gate.to_svg(), "note") == ["paint: \u21ba shut, wide open"]


def test_long_sentences_break_into_lines():
    """The notes stay within the width of the drawing."""
    root = ET.fromstring(ORDER.to_svg())
    notes = texts(ORDER.to_svg(), "note")
    assert len(notes) > 1
    assert max(_wide(note, 12) for note in notes) <= float(root.get("width"))


def test_titles_are_escaped(gate):
    """A title with angle brackets stays text."""
    svg = attrs.evolve(gate, en={"open": "<b>&"}).to_svg()
    assert "<b>&" in texts(svg, "name")


def test_states_of_one_layer_are_joined_by_a_bow():
    """An arrow between two that stand above each other leaves and arrives on their right."""
    moves = {"a": {"x": "b", "y": "c"}, "b": {"z": "d"}, "c": {"w": "d", "v": "b"}, "d": {}}
    table = Table(name="t", initial="a", states=tuple("abcd"), ends=frozenset("d"), moves=moves)
    assert table.to_svg().count('class="move') == 5


def test_a_lone_state_can_be_drawn():
    """A life of one state has no arrows and no notes."""
    svg = Table(name="t", initial="a", states=("a",), ends=frozenset("a"), moves={}).to_svg()
    assert texts(svg, "name") == ["a"]
    assert texts(svg, "note") == []


def test_what_cannot_be_drawn_says_why(gate):
    """A table with states that it does not have is refused with the findings of the graph check."""
    with pytest.raises(ChartError) as caught:
        attrs.evolve(gate, moves={"shut": {"go": "nowhere"}}).to_svg()
    assert caught.value.code == "chart.unknown-state"
    with pytest.raises(ChartError):
        Table(name="t", initial="", states=(), ends=frozenset(), moves={}).to_svg()


def test_the_same_table_is_drawn_the_same(gate):
    """Nothing of a drawing depends on chance."""
    assert gate.to_svg() == attrs.evolve(gate).to_svg()
