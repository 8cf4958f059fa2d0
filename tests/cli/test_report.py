"""The report tells each order by its events alone."""

from __future__ import annotations

from itertools import pairwise

from orderlib.cli.report import Refusal, Source, Story, plans_of, report_of
from orderlib.errors import FindingCode, Severity

CODE = FindingCode("tests.report", Severity.WARNING, "something", "某事")


def test_the_report_has_the_documented_structure(samples_run):
    """Every key stands where it was promised, amounts are text."""
    report = samples_run.report()
    assert list(report) == ["orders", "refused"]
    for told in report["orders"]:
        assert list(told) == [
            "source", "order_id", "state", "currency", "totals", "lines", "events", "decisions", "findings", "timeline",
            "plan", "promises",
        ]  # fmt: skip
        assert list(told["totals"]) == ["line_extension", "tax_exclusive", "tax_inclusive", "payable"]
        assert all(isinstance(amount, str) for amount in told["totals"].values())
        for each in told["decisions"]:
            assert list(each) == ["slot", "outcome", "policy", "reasons"]
            assert each["policy"]
            for reason in each["reasons"]:
                assert list(reason) == ["code", "severity", "address", "message"]
        for each in told["findings"]:
            assert list(each) == ["code", "severity", "address", "message"]
        for each in told["timeline"]:
            assert list(each) == ["state", "phase", "at", "by", "reason"]
        assert told["timeline"][-1]["state"] == told["state"]


def test_the_timeline_has_a_step_for_each_change_of_state_or_phase(samples_run):
    """No two steps in a row are the same, and time does not go backwards."""
    for told in samples_run.report()["orders"]:
        steps = [(each["state"], each["phase"]) for each in told["timeline"]]
        assert all(before != after for before, after in pairwise(steps))
        moments = [each["at"] for each in told["timeline"]]
        assert moments == sorted(moments)


def test_the_timeline_says_why(samples_run):
    """Where nobody gave a reason, the decision that led there has one."""
    (told,) = (each for each in samples_run.report()["orders"] if each["state"] == "rejected")
    assert "rejects" in told["timeline"][-1]["reason"]


def test_what_was_planned_is_told_with_its_certainty_and_promised_line_by_line(samples_run):
    """The surer, the later; a promise that is late says why; what was never planned has neither."""
    orders = samples_run.report()["orders"]
    planned = [told for told in orders if told["plan"] is not None]
    assert planned
    for told in planned:
        plan = told["plan"]
        assert plan["p50_on"] <= plan["p80_on"] <= plan["p95_on"]
        assert plan["ends_on"] <= plan["p95_on"]
        assert len(told["promises"]) == told["lines"]
        assert all(each["reason"] for each in told["promises"] if each["promised_on"] > each["requested_on"] > "")
    assert all(told["promises"] == [] for told in orders if told["plan"] is None)
    assert set(plans_of(samples_run.stories)) == {told["source"] for told in planned}


def test_messages_and_phases_come_in_chinese(samples_run):
    """Codes, states and numbers stay as they are; what people read is Chinese."""
    english, chinese = samples_run.report(), samples_run.report("zh")
    for ours, theirs in zip(english["orders"], chinese["orders"], strict=True):
        assert ours["state"] == theirs["state"]
        assert [each["code"] for each in ours["findings"]] == [each["code"] for each in theirs["findings"]]
        assert ours["timeline"][0]["phase"] == "under screening"
        assert theirs["timeline"][0]["phase"] == "初审中"


def test_findings_are_told_once():
    """What the document and the stages both noticed stands there once; refusals keep their findings."""
    story = Story("c1", Source("a.xml", (CODE("/x"), CODE("/x"))), ())
    report = report_of([story], [Refusal("b.xml", (CODE("/y"),))], "zh")
    assert [each["address"] for each in report["orders"][0]["findings"]] == ["/x"]
    assert report["orders"][0]["totals"] == {}
    assert report["refused"] == [
        {
            "source": "b.xml",
            "findings": [{"code": "tests.report", "severity": "warning", "address": "/y", "message": "某事"}],
        }
    ]
