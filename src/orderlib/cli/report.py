"""The report: what became of each order, told by its events alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import attrs

from orderlib.case.evolution import evolve, evolve_all
from orderlib.case.phase import PHASES_ZH
from orderlib.case.record import OrderCase
from orderlib.errors import Finding, Language
from orderlib.order.record import Order
from orderlib.planning.message import OrderPlanned
from orderlib.planning.outlook import plan_outlook
from orderlib.planning.record import LinePromise, Plan
from orderlib.values.decision import Decided
from orderlib.values.identifier import CaseId
from orderlib.values.instant import format_instant
from orderlib.values.message import Event

__all__ = ["Refusal", "Source", "Story", "plans_of", "report_of", "said"]


@attrs.frozen
class Source:
    """Where an order came from, and what was noticed when its document was read."""

    name: str
    findings: tuple[Finding, ...] = ()


@attrs.frozen
class Refusal:
    """A document that was not taken, with every reason."""

    source: str
    findings: tuple[Finding, ...]


@attrs.frozen
class Story:
    """One order: its case, its source, and its events in recorded order."""

    case_id: str
    source: Source
    events: tuple[Event, ...]


#: of a plan, to tell its certainty
_RUNS: Final = 400
_TOTALS: Final = ("line_extension", "tax_exclusive", "tax_inclusive", "payable")


def report_of(stories: Iterable[Story], refused: Iterable[Refusal], lang: Language = "en") -> dict[str, Any]:
    """The report as plain JSON values; amounts are text."""
    return {
        "orders": [_order(story, lang) for story in stories],
        "refused": [
            {"source": refusal.source, "findings": [said(finding, lang) for finding in refusal.findings]}
            for refusal in refused
        ],
    }


def said(finding: Finding, lang: Language) -> dict[str, str]:
    """A finding as the report shows it."""
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "address": finding.address,
        "message": finding.message(lang),
    }


def _order(story: Story, lang: Language) -> dict[str, Any]:
    case = OrderCase(id=CaseId(story.case_id))
    timeline: list[dict[str, str]] = []
    decided: Decided | None = None
    plan: dict[str, Any] | None = None
    for event in story.events:
        case = evolve(case, event)
        if isinstance(event, OrderPlanned) and case.planning is not None:
            plan = _plan(case.planning, event)
        if isinstance(event, Decided):
            decided = event  # a reason for what follows, and no step by itself
            continue
        phase = PHASES_ZH.get(case.phase, case.phase) if lang == "zh" else case.phase
        if not timeline or (timeline[-1]["state"], timeline[-1]["phase"]) != (case.state, phase):
            timeline.append(
                {
                    "state": case.state,
                    "phase": phase,
                    "at": format_instant(event.recorded_at),
                    "by": str(event.by.id),
                    "reason": _reason(event, decided, lang),
                }
            )
    order = case.order
    return {
        "source": story.source.name,
        "order_id": str(order.id) if order is not None else "",
        "state": case.state,
        "currency": order.currency if order is not None else "",
        "totals": _totals(order) if order is not None else {},
        "lines": len(order.lines) if order is not None else 0,
        "events": len(story.events),
        "decisions": [_decision(event, lang) for event in story.events if isinstance(event, Decided)],
        "findings": [said(finding, lang) for finding in _findings(story)],
        "timeline": timeline,
        "plan": plan,
        "promises": [] if case.planning is None else [_promise(each) for each in case.planning.promises],
    }


def _plan(plan: Plan, event: OrderPlanned) -> dict[str, Any]:
    """What the last schedule said: its end, and by which days it is reached with which certainty."""
    at = event.occurred_at
    outlook = plan_outlook(plan, at, runs=_RUNS)
    sure = {} if outlook is None else {f"p{each}_on": outlook.at(each, at).date().isoformat() for each in (50, 80, 95)}
    ends_at = plan.ends_at
    return {"tasks": len(plan.tasks), "ends_on": "" if ends_at is None else ends_at.date().isoformat(), **sure}


def _promise(promise: LinePromise) -> dict[str, str]:
    wanted = promise.requested_on
    return {
        "line": str(promise.id),
        "requested_on": "" if wanted is None else wanted.isoformat(),
        "promised_on": promise.promised_on.isoformat(),
        "reason": promise.reason,
    }


def plans_of(stories: Iterable[Story]) -> dict[str, Plan]:
    """The plan of each order that has one, as it is at the end, by the name of its source."""
    cases = ((story, evolve_all(OrderCase(id=CaseId(story.case_id)), story.events)) for story in stories)
    return {story.source.name: case.planning for story, case in cases if case.planning is not None}


def _reason(event: Event, decided: Decided | None, lang: Language) -> str:
    """What whoever acted said; else the gravest reason of the decision that the same command led to."""
    if event.stamp.reason or decided is None or decided.stamp.cause != event.stamp.cause:
        return event.stamp.reason
    reasons = sorted(decided.decision.reasons, key=lambda each: -each.severity.rank)
    return reasons[0].message(lang) if reasons else ""


def _totals(order: Order) -> Mapping[str, str]:
    totals = order.totals
    return {name: format(getattr(totals, name).amount, "f") for name in _TOTALS}


def _decision(event: Decided, lang: Language) -> dict[str, Any]:
    decision = event.decision
    return {
        "slot": event.slot,
        "outcome": str(decision.ruling),
        "policy": str(decision.policy) if decision.policy is not None else "",
        "reasons": [said(reason, lang) for reason in decision.reasons],
    }


def _findings(story: Story) -> Iterator[Finding]:
    """What the reader of the document noticed, and every warning and error of the stages; each thing once."""
    found = dict.fromkeys(story.source.findings)
    for event in story.events:
        noted: Any = getattr(event, "findings", ())
        found |= dict.fromkeys(each for each in noted if isinstance(each, Finding) and each.severity.rank)
    return iter(found)
