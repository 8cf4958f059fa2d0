"""Commands and events say who, when and why."""

from __future__ import annotations

from typing import ClassVar

import attrs
import pytest

from orderlib.errors import InvalidValueError
from orderlib.values.instant import instant
from orderlib.values.key import Key
from orderlib.values.message import CaseCommand, Command, Event, Fact, Stamp
from orderlib.values.party import Actor

MEI = Actor("mei")
NINE, TEN = instant("2026-03-02T09:00:00Z"), instant("2026-03-02T10:00:00Z")


@attrs.frozen
class Rang(Event):
    move: ClassVar[str] = "ring"


def test_an_event_tells_what_its_stamp_says():
    """Both clocks and the actor are read through the event."""
    event = Rang(Stamp("c1", MEI, NINE, TEN, "door"))
    assert (event.occurred_at, event.recorded_at, event.by, event.stamp.reason) == (NINE, TEN, MEI, "door")
    assert event.stream_id is None
    assert (Rang.kind, Rang.move, Rang.version) == ("case", "ring", 1)


def test_a_command_reads_its_moment_strictly():
    """The moment enters as RFC 3339 text and is an instant afterwards."""
    command = Command(by=MEI, id="c1", at="2026-03-02T10:00:00+01:00")
    assert command.moment == NINE
    assert command.target is None
    with pytest.raises(InvalidValueError):
        Command(by=MEI, at="tomorrow")


def test_a_stamped_command_stamps_its_events():
    """Without an outside fact, both clocks show the command's moment."""
    stamp = Command(by=MEI, id="c1", at=TEN, reason="because").stamp()
    assert stamp == Stamp("c1", MEI, TEN, TEN, "because")


@pytest.mark.parametrize(("given", "missing"), [({"at": TEN}, "/id"), ({"id": "c1"}, "/at"), ({}, "/id")])
def test_an_unstamped_command_cannot_stamp(given, missing):
    """What is missing is named."""
    with pytest.raises(InvalidValueError) as caught:
        Command(by=MEI, **given).stamp()
    assert caught.value.code == "command.unstamped"
    assert caught.value.findings[0].address == missing


def test_a_command_without_a_moment_has_none():
    """Asking for it is the documented error."""
    with pytest.raises(InvalidValueError) as caught:
        _ = Command(by=MEI).moment
    assert caught.value.code == "command.unstamped"


def test_a_case_command_addresses_its_case():
    """The target is the case's key."""
    assert CaseCommand("case-1", by=MEI).target == Key("case", "case-1")


def test_a_fact_has_a_moment_of_its_own():
    """When it happened may lie before it was reported; left out, it is the moment of the report."""
    early = Fact("case-1", by=MEI, id="c1", at=TEN, occurred_at="2026-03-02T09:00:00Z").stamp()
    assert (early.occurred_at, early.recorded_at) == (NINE, TEN)
    plain = Fact("case-1", by=MEI, id="c1", at=TEN).stamp()
    assert (plain.occurred_at, plain.recorded_at) == (TEN, TEN)


@pytest.mark.parametrize("by", [None, "mei", 1])
def test_a_command_is_given_by_an_actor(by):
    """Anything else is refused when the command is made, not when it is decided."""
    with pytest.raises(InvalidValueError) as caught:
        CaseCommand("case-1", by=by)
    assert [(each.code, each.address) for each in caught.value.findings] == [("value.type", "/by")]
