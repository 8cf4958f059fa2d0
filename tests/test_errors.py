"""Errors carry every finding, in both languages, and survive a pickle."""

from __future__ import annotations

import copy
import pickle

import pytest

from orderlib.errors import (
    ChartError,
    CommandReusedError,
    ConcurrencyError,
    DocumentError,
    Finding,
    FindingCode,
    InvalidValueError,
    OrderlibError,
    PolicyError,
    RefusedError,
    Severity,
    UnknownKeyError,
    known_codes,
)

COLD = FindingCode("test.cold", Severity.WARNING, "{room} has {degrees} degrees", "{room} 为 {degrees} 度")
DARK = FindingCode("test.dark", Severity.ERROR, "no light", "没有灯光")
NOTED = FindingCode("test.noted", Severity.INFO, "noted", "已记录")


def test_severities_have_a_rank():
    """Information weighs least, an error most."""
    assert [each.rank for each in Severity] == [0, 1, 2]


def test_a_finding_speaks_both_languages():
    """The evidence fills either sentence."""
    finding = COLD("/rooms/1", room="hall", degrees=9)
    assert finding.message() == "hall has 9 degrees"
    assert finding.message("zh") == "hall 为 9 度"
    assert str(finding) == "[test.cold] at /rooms/1: hall has 9 degrees"
    assert str(DARK()) == "[test.dark]: no light"


def test_a_missing_fact_does_not_break_a_message():
    """A stored finding of an older version may lack a fact that the sentence has since come to use."""
    assert Finding("test.cold", evidence=(("room", "hall"),)).message() == "hall has ? degrees"


def test_evidence_is_never_read_as_a_template():
    """Braces that come from outside stay what they are."""
    assert COLD(room="{degrees}", degrees="{0.__class__}").message() == "{degrees} has {0.__class__} degrees"


def test_an_unknown_code_speaks_through_its_evidence():
    """An application's own codes need no catalogue."""
    assert Finding("ours.odd", evidence=(("a", "1"), ("b", "2"))).message("zh") == "ours.odd (a=1, b=2)"
    assert Finding("ours.odd").message() == "ours.odd"


def test_a_finding_can_be_addressed_from_further_up():
    """What a part says is found under the part's place in the whole."""
    assert COLD("/x").under("/lines/0").address == "/lines/0/x"


def test_a_call_may_weigh_otherwise():
    """A rule may report as a warning what is an error elsewhere."""
    assert DARK(severity=Severity.INFO).severity is Severity.INFO
    assert DARK().severity is Severity.ERROR


def test_a_finding_takes_the_written_severity():
    """Stored findings name the severity; what is none is a documented error."""
    assert Finding("x", "warning").severity is Severity.WARNING
    with pytest.raises(InvalidValueError) as caught:
        Finding("x", "fatal")
    assert caught.value.code == "finding.severity"


def test_a_code_is_declared_once():
    """The same code with another sentence is a programmer's mistake; with the same sentence it is the same."""
    assert FindingCode("test.dark", Severity.ERROR, "no light", "没有灯光") == DARK
    with pytest.raises(ValueError, match="declared twice"):
        FindingCode("test.dark", Severity.ERROR, "no lamp", "没有灯光")


def test_known_codes_are_sorted():
    """The catalogue holds what was declared, by code."""
    codes = list(known_codes())
    assert codes == sorted(codes)
    assert known_codes()["test.cold"] is COLD


def test_the_code_of_an_error_is_that_of_its_gravest_finding():
    """Of several equally grave ones the first; without any, the kind's own."""
    assert OrderlibError(NOTED(), COLD(), DARK()).code == "test.dark"
    assert OrderlibError(COLD(), COLD("/2")).findings[0].address == ""
    assert InvalidValueError().code == "value.invalid"
    assert str(InvalidValueError()) == "value.invalid"


def test_an_error_prints_every_finding():
    """Nothing that was found is swallowed."""
    assert str(InvalidValueError(DARK(), NOTED("/a"))) == "[test.dark]: no light; [test.noted] at /a: noted"


@pytest.mark.parametrize(
    "kind",
    [
        ChartError,
        CommandReusedError,
        ConcurrencyError,
        DocumentError,
        InvalidValueError,
        OrderlibError,
        PolicyError,
        UnknownKeyError,
    ],
)
def test_errors_survive_pickle_and_copy(kind):
    """Process pools and deep copies bring them home whole."""
    error = kind(DARK("/x"))
    for twin in (pickle.loads(pickle.dumps(error)), copy.deepcopy(error)):
        assert type(twin) is kind
        assert twin.findings == error.findings
    assert kind().code == kind.default_code


@pytest.mark.parametrize(
    ("kind", "builtin"), [(InvalidValueError, ValueError), (DocumentError, ValueError), (UnknownKeyError, LookupError)]
)
def test_errors_are_what_a_newcomer_would_catch(kind, builtin):
    """Values and documents are ValueErrors, unknown keys LookupErrors."""
    assert issubclass(kind, builtin)
    assert issubclass(kind, OrderlibError)


def test_a_refusal_reasons_only_when_asked_and_only_once():
    """Refusing is cheap: reasons and ways out are computed when they are read."""
    asked = []

    def reasons():
        asked.append("reasons")
        return (DARK(),)

    def allowed():
        asked.append("allowed")
        return ("Wait", "Cancel")

    refused = RefusedError(NOTED(), reasons=reasons, allowed=allowed)
    assert asked == []
    assert refused.findings == (NOTED(), DARK())
    assert refused.allowed == ("Cancel", "Wait")
    assert refused.findings == (NOTED(), DARK())
    assert refused.allowed == ("Cancel", "Wait")
    assert asked == ["reasons", "allowed"]


def test_a_refusal_says_what_is_possible():
    """The text ends with the commands that would be taken, if there are any."""
    assert str(RefusedError(DARK(), allowed=["Wait"])) == "[test.dark]: no light (allowed now: Wait)"
    assert str(RefusedError(DARK())) == "[test.dark]: no light"


def test_a_refusal_survives_pickle_with_its_reasons():
    """The functions behind it need not be picklable: what they say is."""
    refused = pickle.loads(pickle.dumps(RefusedError(reasons=lambda: (DARK(),), allowed=lambda: ("Wait",))))
    assert refused.findings == (DARK(),)
    assert refused.allowed == ("Wait",)


def test_evidence_may_be_given_as_any_pairs():
    """A finding is hashable and equal whatever its evidence came in."""
    finding = Finding("test.pairs", evidence=[["a", "1"], ("b", "2")])
    assert finding == Finding("test.pairs", evidence=(("a", "1"), ("b", "2")))
    assert len({finding, Finding("test.pairs", evidence=(("a", "1"), ("b", "2")))}) == 1
