"""The laws of a life, over orders that lived in a seeded world and commands of every kind."""

from __future__ import annotations

from datetime import timedelta

import attrs
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from orderlib.case.deciding import allowed, decide
from orderlib.case.evolution import evolve_all
from orderlib.case.history import as_of, replay
from orderlib.case.policies import PolicySet
from orderlib.errors import CommandReusedError, OrderlibError, RefusedError
from orderlib.testing.cases import histories
from orderlib.testing.commands import any_commands, legal_commands
from orderlib.values.dispatch import View
from orderlib.values.instant import later
from orderlib.values.message import Event
from orderlib.wire.codec.standard import dumps, loads

POLICIES = PolicySet()
#: a life is a whole story: making it smaller takes longer than reading it
LIVES = settings(
    max_examples=25,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def _decided(case, command):
    """The changes or the documented error; anything else is let through, and fails the test."""
    try:
        return decide(View(case), command, POLICIES), None
    except OrderlibError as error:
        return None, error


@LIVES
@given(histories())
def test_folding_the_events_gives_the_identical_case(life):
    """Law 1: replay from objects."""
    assert replay(life.case.id, life.events) == life.case


@LIVES
@given(histories())
def test_folding_the_events_read_back_from_bytes_gives_the_identical_case(life):
    """Law 1 and 14: replay from bytes; every event that was told can be written and read."""
    written = [dumps(event, Event) for event in life.events]
    assert replay(life.case.id, [loads(Event, line) for line in written]) == life.case


@LIVES
@given(histories())
def test_the_case_as_of_its_last_moment_is_the_case(life):
    """Time travel to the last recorded moment is the present, and to before the first is nothing."""
    moments = [event.recorded_at for event in life.events]
    assert as_of(life.case.id, life.events, max(moments)) == life.case
    assert as_of(life.case.id, life.events, min(moments) - timedelta(seconds=1)).version == 0


@LIVES
@given(histories(), st.data())
def test_a_refused_command_changes_nothing_and_names_every_reason(life, data):
    """Law 3: whatever is given to whatever case, it leads to events, or to one documented error with findings."""
    at = later(life.clock(), timedelta(minutes=1))
    command = data.draw(any_commands(life.case, at=at, id="any-1"))
    before = dumps(life.case)
    changes, error = _decided(life.case, command)
    if error is not None:
        assert error.findings
        assert all(finding.code and finding.message("zh") for finding in error.findings)
        if isinstance(error, RefusedError):
            assert set(error.allowed) <= {offer.command for offer in allowed(life.case, POLICIES)}
    else:
        told = changes.get(life.case.key, ())
        assert evolve_all(life.case, told).version == life.case.version + len(told)
    assert dumps(life.case) == before


@LIVES
@given(histories(), st.data())
def test_what_is_offered_is_not_impossible(life, data):
    """A command that `allowed` offers is never refused for the state, a hold or a missing authority."""
    at = later(life.clock(), timedelta(minutes=1))
    if life.case.next_due is not None and life.case.next_due <= at:
        return  # what lapses first may change what is possible
    command = data.draw(legal_commands(life.case, at=at, id="legal-1"))
    _, error = _decided(life.case, command)
    if error is not None:
        impossible = {"command.impossible", "command.held", "authority.department"}
        assert error.findings
        assert not impossible & {finding.code for finding in error.findings}


@LIVES
@given(histories(), st.data())
def test_the_same_command_twice_happens_once(life, data):
    """Law 4: same id and content give the first outcome; same id and other content are an error."""
    at = later(life.clock(), timedelta(minutes=1))
    command = data.draw(legal_commands(life.case, at=at, id="twice"))
    try:
        first = life.desk.handle(command)
    except OrderlibError:
        return
    if not first.events:
        return
    version = life.desk.load(life.case.id).version
    again = life.desk.handle(command)
    assert again.replayed
    assert again.events == first.events
    assert life.desk.load(life.case.id).version == version
    with pytest.raises(CommandReusedError):
        life.desk.handle(attrs.evolve(command, reason="something else"))


@LIVES
@given(histories(), st.data())
def test_the_same_input_gives_the_same_output(life, data):
    """Law 10: deciding twice gives equal events, written alike byte for byte."""
    at = later(life.clock(), timedelta(minutes=1))
    command = data.draw(legal_commands(life.case, at=at, id="same"))
    outcomes = []
    for _ in range(2):
        changes, error = _decided(life.case, command)
        found = error.findings if error is not None else ()
        told = [dumps(event, Event) for event in changes.events] if changes is not None else []
        outcomes.append((told, [str(finding) for finding in found]))
    assert outcomes[0] == outcomes[1]


@LIVES
@given(histories())
def test_a_case_survives_being_written(life):
    """Law 14: the whole case, with every record of every stage, is written and read back equal."""
    assert loads(type(life.case), dumps(life.case)) == life.case
