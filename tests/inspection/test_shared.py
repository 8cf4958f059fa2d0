"""A sampling scheme that many orders share."""

from __future__ import annotations

import pytest

from orderlib.errors import InvalidValueError, RefusedError
from orderlib.inspection.sampling import sampling_plan
from orderlib.inspection.shared import (
    FoundScheme,
    LotFollowed,
    ResumeSampling,
    SchemeFounded,
    SharedScheme,
    decide_scheme,
    evolve_scheme,
    follow_lot,
)
from orderlib.inspection.switching import SamplingScheme
from orderlib.values.key import Key
from orderlib.values.message import Stamp
from orderlib.values.party import Actor
from orderlib.values.port import FixedClock

LIN = Actor("lin", "quality")
NOW = FixedClock("2026-03-02T08:00:00Z")()
STAMP = Stamp("c9", LIN, NOW, NOW)
WHO = {"by": LIN, "id": "c1", "at": NOW}


@pytest.fixture
def founded():
    """Pumps of S1 at AQL 1.0."""
    (event,) = decide_scheme(None, FoundScheme(SamplingScheme("S1/P-7", aql="1.0"), **WHO))
    return evolve_scheme(None, event)


def lots(state, *founds, **more):
    """Lots of a thousand, judged one after the other; the state and the last event."""
    event = None
    for number, found in enumerate(founds):
        outcome = state.scheme.plan(1000).outcome(f"L-{number}", found, **more)
        (event,) = follow_lot(state, outcome, STAMP)
        state = evolve_scheme(state, event)
    return state, event


def refused(state, command):
    """The codes of a refusal."""
    with pytest.raises(RefusedError) as caught:
        decide_scheme(state, command)
    return [each.code for each in caught.value.findings]


def test_founded_once(founded):
    """In a stream of its own."""
    command = FoundScheme(founded.scheme, **WHO)
    assert command.target == Key("sampling", "S1/P-7")
    assert SchemeFounded(STAMP, founded.scheme).stream_id == "S1/P-7"
    assert (founded.version, founded.next_due, founded.id) == (1, None, "S1/P-7")
    assert refused(founded, command) == ["scheme.exists"]


def test_lots_move_it(founded):
    """Each with the decision that followed."""
    state, event = lots(founded, 9, 9)
    assert (state.scheme.severity, state.version, event.stream_id) == ("tightened", 3, "S1/P-7")
    assert event.decision.reasons[0].code == "switching.tighten"


@pytest.mark.parametrize(
    ("plan", "more"),
    [
        (sampling_plan(1000, "1.0"), {"original": False}),
        (sampling_plan(1000, "1.0", severity="reduced"), {}),
        (sampling_plan(1000, "2.5"), {}),
    ],
)
def test_what_does_not_count_is_booked_all_the_same(founded, plan, more):
    """The scheme stands as it stood; the event tells of the lot."""
    (event,) = follow_lot(founded, plan.outcome("L-1", 9, **more), STAMP)
    assert isinstance(event, LotFollowed)
    assert event.decision is None
    after = evolve_scheme(founded, event)
    assert (after.scheme, after.version) == (founded.scheme, 2)


def test_resumed_for_a_reason(founded):
    """Once it is discontinued, and not before."""
    resume = ResumeSampling("S1/P-7", **WHO)
    assert resume.target == Key("sampling", "S1/P-7")
    assert refused(founded, resume) == ["scheme.reason-missing", "switching.not-discontinued"]
    state, _ = lots(founded, 9, 9, *[9] * 10)
    assert state.scheme.severity == "discontinued"
    (booked,) = follow_lot(state, sampling_plan(1000, "1.0").outcome("late", 0), STAMP)
    assert booked.decision is None
    (event,) = decide_scheme(state, ResumeSampling("S1/P-7", reason="a new drill", **WHO))
    assert event.stream_id == "S1/P-7"
    assert evolve_scheme(state, event).scheme.severity == "tightened"


def test_what_is_no_command_and_what_there_is_not(founded):
    """Both are named."""
    from orderlib.case.message import PassTime

    assert refused(None, ResumeSampling("X", reason="x", **WHO)) == ["scheme.unknown"]
    assert refused(founded, PassTime("case-1", **WHO)) == ["scheme.unknown-command"]
    with pytest.raises(InvalidValueError) as caught:
        FoundScheme("S1/P-7", **WHO)
    assert caught.value.code == "value.type"


def test_a_history_that_cannot_be(founded):
    """Founded twice, or followed before it was."""
    event = SchemeFounded(STAMP, founded.scheme)
    for state, wrong in ((founded, event), (None, lots(founded, 0)[1])):
        with pytest.raises(InvalidValueError) as caught:
            evolve_scheme(state, wrong)
        assert caught.value.code == "scheme.impossible-event"
    assert SharedScheme(founded.scheme) == founded
