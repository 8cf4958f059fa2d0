from __future__ import annotations

import attrs


def test_markdown_has_a_line_for_every_move(gate):
    """Declared order, ends marked, moves that stay say so, ends without moves are not left out."""
    assert gate.to_markdown() == (
        "| State | Move | leads to |\n"
        "| --- | --- | --- |\n"
        "| `shut` | `raise_bar` | `open` wide open |\n"
        "| `shut` | `paint` | stays |\n"
        "| `shut` | `sell` | `sold` |\n"
        "| `shut` | `remove` | `gone` |\n"
        "| `open` wide open | `lower_bar` lower the bar | `shut` |\n"
        "| `open` wide open | `paint` | stays |\n"
        "| `open` wide open | `remove` | `gone` |\n"
        "| `sold` (end) | `buy_back` | `shut` |\n"
        "| `gone` (end) |  |  |\n"
    )


def test_markdown_speaks_chinese(gate):
    """Headings, marks and titles."""
    text = gate.to_markdown("zh")
    assert "| `shut` 关闭 | `raise_bar` 抬杆 | `open` wide open |" in text
    assert "| `shut` 关闭 | `paint` | 不变 |" in text
    assert "`gone` (终点)" in text


def test_a_title_cannot_break_the_table(gate):
    """Bars and line breaks in a title stay inside their cell."""
    text = attrs.evolve(gate, en={"open": "wide|open\nnow"}).to_markdown()
    assert "`open` wide\\|open now" in text


def test_mermaid_draws_every_move_once(gate):
    """Parallel moves share an arrow, ends lead to the final mark, what stays stands in a note."""
    more = {**gate.moves, "open": {**gate.moves["open"], "slam": "shut"}}
    assert attrs.evolve(gate, moves=more).to_mermaid() == (
        "stateDiagram-v2\n"
        "    direction LR\n"
        "    shut : shut\n"
        "    open : wide open\n"
        "    sold : sold\n"
        "    gone : gone\n"
        "    [*] --> shut\n"
        "    shut --> open : raise bar\n"
        "    shut --> sold : sell\n"
        "    shut --> gone : remove\n"
        "    note right of shut\n"
        "        stays: paint\n"
        "    end note\n"
        "    open --> shut : lower the bar / slam\n"
        "    open --> gone : remove\n"
        "    note right of open\n"
        "        stays: paint\n"
        "    end note\n"
        "    sold --> shut : buy back\n"
        "    sold --> [*]\n"
        "    gone --> [*]\n"
    )


def test_mermaid_labels_are_tamed(gate):
    """What would end a label is taken out of it."""
    text = attrs.evolve(gate, en={"open": "a;b: c#d\ne"}).to_mermaid()
    assert "    open : a,b c d e\n" in text
    assert "关闭" in gate.to_mermaid("zh")
