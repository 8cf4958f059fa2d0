"""What orders share has streams of its own; here is which room keeps each kind."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import Any, Final

from orderlib.case.evolution import evolve_all
from orderlib.case.record import OrderCase
from orderlib.errors import FindingCode, RefusedError, Severity
from orderlib.values.identifier import CaseId
from orderlib.values.key import Key
from orderlib.values.message import Command, Event
from orderlib.values.typed import instance_of

__all__ = ["STREAMS", "decide_stream", "evolve_stream", "founding", "lapse_stream"]

STREAM_UNKNOWN: Final = FindingCode(
    "stream.unknown-kind", Severity.ERROR, "there are no streams of kind {kind}", "不存在类型为 {kind} 的数据流"
)

#: kinds of shared streams, each kept by the room of its name: `decide`, `evolve` and `lapse` of its process
STREAMS: Final = ("agreement", "account", "reservation", "supply")


def _process(kind: str) -> Any:
    if kind not in STREAMS:
        raise RefusedError(STREAM_UNKNOWN("/kind", kind=kind))
    return import_module(f"orderlib.{kind}.process")


def founding(key: Key[Any]) -> OrderCase | None:
    """The state of a stream that does not exist yet: a new case, None for a shared stream."""
    return OrderCase(id=CaseId(key.id)) if key.kind == "case" else None


def decide_stream(state: Any, command: Command) -> tuple[Event, ...]:
    """What a command changes that addresses a shared stream; raises `RefusedError`, `InvalidValueError`."""
    instance_of(Command, command, "/command")
    return tuple(_process(type(command).kind).decide(state, command))


def evolve_stream(key: Key[Any], state: Any, events: Iterable[Event]) -> Any:
    """The state of any stream after events; raises `InvalidValueError`, `RefusedError` (`stream.unknown-kind`)."""
    if instance_of(Key, key, "/key").kind == "case":
        return evolve_all(state, events)
    evolve = _process(key.kind).evolve
    for event in events:
        state = evolve(state, event)
    return state


def lapse_stream(key: Key[Any], state: Any, command: Command) -> tuple[Event, ...]:
    """Everything of a shared stream that has lapsed by the command's moment."""
    return tuple(_process(key.kind).lapse(state, command.moment, command.stamp()))
