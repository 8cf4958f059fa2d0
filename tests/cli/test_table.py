"""The table stands in line, in both languages, and never obeys what a document says."""

from __future__ import annotations

from unicodedata import east_asian_width

from orderlib.cli.table import printable, said_lines, table_of


def width(text: str) -> int:
    """Columns of a terminal."""
    return sum(2 if east_asian_width(each) in "WF" else 1 for each in text)


def test_columns_stand_in_line(samples_run):
    """Every row is as wide as its rule up to the last column."""
    for lang in ("en", "zh"):
        head, rule, *rows = table_of(samples_run.report(lang), lang).splitlines()
        edge = width(rule.rpartition("  ")[0])
        assert len(rows) == len(samples_run.stories)
        assert all(width(row) <= width(rule) for row in rows)
        assert width(head) > edge


def test_an_end_other_than_closed_has_its_rule(samples_run):
    """The last column names slot, outcome and code; closed orders need none."""
    lines = {row.split()[0]: row for row in table_of(samples_run.report()).splitlines()}
    assert lines["rejected-pipe-fittings.xml"].endswith("review: rejected (assess.margin)")
    assert "cancellation: compensation (cancellation." in lines["cancelled-conveyor.xml"]
    assert lines["telecom-roll-out.xml"].split()[-1].isdigit()


def test_states_are_said_in_the_language_asked_for(samples_run):
    """A Chinese table has Chinese states and heads."""
    table = table_of(samples_run.report("zh"), "zh")
    assert "来源" in table
    assert "已关闭" in table
    assert "closed" not in table


def test_refused_documents_follow_with_their_findings():
    """Each finding stands on a line of its own; a table without orders has no head."""
    found = {"code": "x.y", "severity": "error", "address": "/a", "message": "wrong"}
    report = {"orders": [], "refused": [{"source": "bad.xml", "findings": [found]}]}
    assert table_of(report) == "refused: bad.xml: error [x.y] /a wrong"
    assert table_of(report, "zh").startswith("已拒收: bad.xml")


def test_an_order_that_has_not_ended_has_no_rule():
    """Where no decision brought an end, nothing is claimed; where one had no reasons, its outcome is enough."""
    order = {
        "source": "a", "order_id": "1", "state": "accepted", "currency": "EUR", "totals": {}, "lines": 0, "events": 1,
        "decisions": [], "findings": [], "timeline": [],
    }  # fmt: skip
    assert table_of({"orders": [order], "refused": []}).splitlines()[-1].endswith("0")
    rejected = order | {"state": "rejected", "decisions": [{"slot": "review", "outcome": "rejected", "reasons": []}]}
    assert table_of({"orders": [rejected], "refused": []}).splitlines()[-1].endswith("review: rejected")
    assert table_of({"orders": [order | {"state": "rejected"}], "refused": []}).splitlines()[-1].endswith("0")


def test_nothing_that_a_terminal_obeys_is_printed():
    """Escapes and line feeds out of a document are marked, not sent."""
    assert printable("a\x1b[2Jb\n") == "a\N{REPLACEMENT CHARACTER}[2Jb\N{REPLACEMENT CHARACTER}"
    assert said_lines("x\x07", []) == ["x\N{REPLACEMENT CHARACTER}: -"]
