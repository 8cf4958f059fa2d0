"""The event log: one JSON value a line, from which the report can be rebuilt.

The first line names the format; then `{"source": …}` lines say which case came from where, `{"refused": …}` lines what
was not taken, and `{"event": …}` lines hold every event of every stream in the order in which they were recorded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from orderlib.case.repository import Recorded
from orderlib.cli.report import Refusal, Source, Story
from orderlib.errors import DocumentError, Finding, FindingCode, Severity
from orderlib.values.message import Event
from orderlib.wire.codec.standard import structure, unstructure
from orderlib.wire.jsontext import Json, dumps, loads
from orderlib.wire.limits import Limits

__all__ = ["LOG_BROKEN", "read_log", "write_log"]

LOG_FORMAT: Final = FindingCode(
    "log.format", Severity.ERROR, "line {line} is not of an event log", "第 {line} 行不属于事件日志"
)
LOG_ORDER: Final = FindingCode(
    "log.out-of-order",
    Severity.ERROR,
    "line {line}: event {version} of {case} follows event {last}",
    "第 {line} 行：{case} 的事件 {version} 接在事件 {last} 之后",
)
LOG_BROKEN: Final = FindingCode(
    "log.broken", Severity.ERROR, "the events do not fit together ({error})", "事件之间不一致（{error}）"
)

_HEAD: Final = {"format": "orderlib-events", "version": 1}
_USUAL: Final = Limits()


def write_log(
    sources: Iterable[tuple[str, Source]], refused: Iterable[Refusal], feed: Iterable[Recorded]
) -> Iterator[bytes]:
    """The lines of a log: sources by case, refusals, then all events as the feed gives them."""
    yield _line(_HEAD)
    for case_id, source in sources:
        found = [unstructure(finding) for finding in source.findings]
        yield _line({"source": {"case": case_id, "name": source.name, "findings": found}})
    for refusal in refused:
        found = [unstructure(finding) for finding in refusal.findings]
        yield _line({"refused": {"name": refusal.source, "findings": found}})
    for recorded in feed:
        event = unstructure(recorded.event, Event)
        yield _line({"event": {"stream": str(recorded.key), "version": recorded.version, "told": event}})


def _line(value: Json) -> bytes:
    return dumps(value) + b"\n"


def read_log(data: bytes, limits: Limits = _USUAL) -> tuple[tuple[Story, ...], tuple[Refusal, ...]]:
    """The stories and refusals that a log tells of.

    Raises `DocumentError` (`log.format`, `log.out-of-order`, and whatever a line's JSON is at fault with).
    """
    lines = data.splitlines()
    if not lines or loads(lines[0], limits) != _HEAD:
        raise DocumentError(LOG_FORMAT("/0", line=1))
    names: dict[str, Source] = {}
    told: dict[str, list[Event]] = {}
    refused: list[Refusal] = []
    for number, line in enumerate(lines[1:], 2):
        entry = loads(line, limits)
        match entry:
            case {"source": {"case": str(case), "name": str(name), "findings": found}}:
                names[case] = Source(name, structure(tuple[Finding, ...], found, limits))
            case {"refused": {"name": str(name), "findings": found}}:
                refused.append(Refusal(name, structure(tuple[Finding, ...], found, limits)))
            case {"event": {"stream": str(stream), "version": int(version), "told": event}}:
                events = told.setdefault(stream, [])
                if version != len(events) + 1:
                    last = len(events)
                    raise DocumentError(
                        LOG_ORDER(f"/{number - 1}", line=number, case=stream, version=version, last=last)
                    )
                events.append(structure(Event, event, limits))
            case _:
                raise DocumentError(LOG_FORMAT(f"/{number - 1}", line=number))
    stories = (Story(case, source, tuple(told.get(f"case/{case}", ()))) for case, source in names.items())
    return tuple(stories), tuple(refused)
