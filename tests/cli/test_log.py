"""The event log holds everything that the report is made of."""

from __future__ import annotations

import json

import pytest

from orderlib.cli.log import read_log, write_log
from orderlib.cli.report import Refusal, report_of
from orderlib.errors import DocumentError, FindingCode, Severity

CODE = FindingCode("tests.log", Severity.ERROR, "{n} things", "{n} 件事")


def written(run, *refused: Refusal) -> list[bytes]:
    """The lines of a run's log."""
    return list(write_log([(story.case_id, story.source) for story in run.stories], refused or run.refused, run.feed))


def test_a_log_gives_the_report_again(samples_run):
    """Stories and refusals come back as they were, in both languages."""
    refusal = Refusal("bad.xml", (CODE("/x", n=3),))
    stories, refused = read_log(b"".join(written(samples_run, refusal)))
    assert stories == samples_run.stories
    assert refused == (refusal,)
    for lang in ("en", "zh"):
        assert report_of(stories, refused, lang) == report_of(samples_run.stories, (refusal,), lang)


def test_every_event_stands_on_a_line_of_its_own(samples_run):
    """Each line is one JSON value; events of agreements are there, too."""
    lines = [json.loads(each) for each in written(samples_run)]
    assert lines[0] == {"format": "orderlib-events", "version": 1}
    events = [each["event"] for each in lines if "event" in each]
    assert len(events) == len(samples_run.feed)
    assert {each["stream"].partition("/")[0] for each in events} >= {"case", "agreement"}
    assert all(line.endswith(b"\n") and line.count(b"\n") == 1 for line in written(samples_run))


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (lambda lines: [], "log.format"),
        (lambda lines: lines[1:], "log.format"),
        (lambda lines: [*lines, b"7\n"], "log.format"),
        (lambda lines: [*lines, b'{"event": 1}\n'], "log.format"),
        (lambda lines: [*lines, b"{\n"], "json"),
        (lambda lines: [each for number, each in enumerate(lines) if number != 20], "log.out-of-order"),
        (lambda lines: [*lines, lines[-1]], "log.out-of-order"),
        (lambda lines: [each.replace(b'"order-received"', b'"nothing-known"') for each in lines], "json"),
    ],
)
def test_a_damaged_log_is_refused(samples_run, damage, code):
    """Lines that are missing, doubled or not of a log are found."""
    with pytest.raises(DocumentError) as caught:
        read_log(b"".join(damage(written(samples_run))))
    assert caught.value.code.startswith(code)
