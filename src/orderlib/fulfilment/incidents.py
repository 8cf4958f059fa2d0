"""Early warning and exceptions: each has an owner, a clock, and a way up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any, Final, cast

import attrs

from orderlib.errors import Finding, RefusedError
from orderlib.fulfilment.message import (
    CheckProgress,
    IncidentEscalated,
    IncidentOpened,
    IncidentResolved,
    OpenIncident,
    ResolveIncident,
)
from orderlib.fulfilment.policy import EscalationDecision, Outlook
from orderlib.fulfilment.record import ExceptionKind, Fulfilment, Incident
from orderlib.fulfilment.table import INCIDENT
from orderlib.fulfilment.view import (
    INCIDENT_REPORTED,
    INCIDENT_TWICE,
    INCIDENT_UNKNOWN,
    PLAN_MISSING,
    REASON_MISSING,
    FulfilmentCase,
    FulfilmentPolicies,
    working,
)
from orderlib.values.calendar import WEEKDAYS
from orderlib.values.decision import Decided
from orderlib.values.dispatch import Rule, View
from orderlib.values.identifier import DocumentId, LineId
from orderlib.values.instant import Instant
from orderlib.values.message import Event, Stamp

__all__ = ["FOLDS_OF_INCIDENTS", "RULES_OF_INCIDENTS", "lapse_incidents"]

#: working time in which the first owner of an exception has to resolve it
RESPONSE: Final = timedelta(hours=8)


def _opened(
    stamp: Stamp, incident_id: str, kind: ExceptionKind, finding: Finding, owner: str, line_id: LineId | None = None
) -> IncidentOpened:
    due = WEEKDAYS.add_working(stamp.recorded_at, RESPONSE)
    incident = Incident(
        id=DocumentId(incident_id),
        kind=kind,
        finding=finding,
        owner=owner,
        opened_at=stamp.occurred_at,
        due_at=due,
        line_id=line_id,
    )
    return IncidentOpened(stamp, incident)


def _check(view: View[FulfilmentCase], command: CheckProgress, policies: FulfilmentPolicies) -> Iterator[Event]:
    plan = view.case.planning
    if plan is None or not plan.tasks:
        raise RefusedError(PLAN_MISSING("/planning"))
    stamp = command.stamp()
    decision = policies.early_warning(plan, command.moment)
    yield Decided(stamp, "early_warning", decision)
    if decision.ruling is not Outlook.JEOPARDY:
        return
    known = {each.finding.address for each in _open(view.case) if each.kind is ExceptionKind.JEOPARDY}
    for number, reason in enumerate(decision.reasons, 1):
        if reason.code == "warning.promise-in-danger" and reason.address not in known:
            yield _opened(stamp, f"{stamp.cause}-{number}", ExceptionKind.JEOPARDY, reason, "planning")


def _report(view: View[FulfilmentCase], command: OpenIncident, _policies: FulfilmentPolicies) -> Iterable[Event]:
    record = view.case.fulfilment
    wrong: list[Finding] = []
    if record is not None and command.incident_id in record.incidents:
        wrong.append(INCIDENT_TWICE("/incident_id", incident=command.incident_id))
    if not command.reason:
        wrong.append(REASON_MISSING("/reason"))
    if wrong:
        raise RefusedError(*wrong)
    address = f"/lines/{command.line_id}" if command.line_id is not None else ""
    finding = INCIDENT_REPORTED(address, reason=command.reason)
    owner = command.owner or command.by.department or "planning"
    return (_opened(command.stamp(), command.incident_id, command.category, finding, owner, command.line_id),)


def _resolve(view: View[FulfilmentCase], command: ResolveIncident, _policies: FulfilmentPolicies) -> Iterable[Event]:
    wrong: list[Finding] = []
    if command.incident_id not in {each.id for each in _open(view.case)}:
        wrong.append(INCIDENT_UNKNOWN("/incident_id", incident=command.incident_id))
    if not command.reason:
        wrong.append(REASON_MISSING("/reason"))
    if wrong:
        raise RefusedError(*wrong)
    return (IncidentResolved(command.stamp(), command.incident_id),)


def lapse_incidents(case: FulfilmentCase, now: Instant, stamp: Stamp, policies: FulfilmentPolicies) -> Iterator[Event]:
    """Every exception whose time is over goes one step up, by the escalation policy."""
    for incident in _open(case):
        if incident.due_at <= now:
            decision = cast("EscalationDecision", policies.escalation(incident, now))
            # an owner who gets no new moment would never be asked again
            due = decision.due_at if decision.due_at is not None and decision.due_at > now else now + timedelta(days=1)
            yield Decided(stamp, "escalation", decision)
            yield IncidentEscalated(stamp, incident.id, decision.owner, due)


def _open(case: FulfilmentCase) -> tuple[Incident, ...]:
    return case.fulfilment.open_incidents if case.fulfilment is not None else ()


def _entered(record: Fulfilment | None, event: IncidentOpened) -> Fulfilment:
    known = record or Fulfilment()
    return Fulfilment(known.despatches, known.incidents.add((event.incident,)), known.findings)


def _escalated(record: Fulfilment, event: IncidentEscalated) -> Fulfilment:
    known = record.incidents[event.incident_id]
    new = attrs.evolve(
        known,
        state=INCIDENT.moves[known.state]["escalate"],
        level=known.level + 1,
        owner=event.owner,
        due_at=event.due_at,
    )
    return Fulfilment(record.despatches, record.incidents.replace((new,)), record.findings)


def _resolved(record: Fulfilment, event: IncidentResolved) -> Fulfilment:
    known = record.incidents[event.incident_id]
    new = attrs.evolve(known, state=INCIDENT.moves[known.state]["resolve"], resolution=event.stamp.reason)
    return Fulfilment(record.despatches, record.incidents.replace((new,)), record.findings)


def _open_ids(case: FulfilmentCase) -> Iterable[str]:
    return [each.id for each in _open(case)]


def _planned(case: FulfilmentCase) -> Iterable[str]:
    return (case.order.id,) if case.planning is not None and case.planning.tasks and case.order is not None else ()


RULES_OF_INCIDENTS: Final[tuple[Rule[Any], ...]] = (
    Rule(command=CheckProgress, handle=_check, states=working, stage="fulfilment", about=_planned),
    Rule(command=OpenIncident, handle=_report, states=working, stage="fulfilment"),
    Rule(command=ResolveIncident, handle=_resolve, states=working, stage="fulfilment", about=_open_ids),
)

FOLDS_OF_INCIDENTS: Final[Mapping[type[Event], Callable[[Any, Any], Fulfilment]]] = {
    IncidentOpened: _entered,
    IncidentEscalated: _escalated,
    IncidentResolved: _resolved,
}
