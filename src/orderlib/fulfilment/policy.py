"""Judgements of execution: how much may be sent, whether a promise is in danger, who hears of it next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final, Protocol

import attrs

from orderlib.errors import Finding, FindingCode, Severity
from orderlib.fulfilment.record import Incident
from orderlib.ledger.record import LineLedger
from orderlib.order.terms import DeliveryTerms
from orderlib.planning.record import Plan
from orderlib.values.calendar import WEEKDAYS
from orderlib.values.decision import Decision, Verdict
from orderlib.values.instant import Instant
from orderlib.values.objective import Objectives
from orderlib.values.worktime import Calendar

__all__ = [
    "ANSWERS",
    "DEFAULTS",
    "OUTCOMES",
    "EarlyWarningPolicy",
    "Escalation",
    "EscalationDecision",
    "EscalationLadder",
    "EscalationPolicy",
    "Outlook",
    "PlanAgainstPromise",
    "TolerancePolicy",
    "WithinTerms",
]

WITHIN: Final = FindingCode(
    "tolerance.within", Severity.INFO, "{after} of {limit} {unit}", "{after}／上限 {limit} {unit}"
)
ABOVE: Final = FindingCode(
    "tolerance.above",
    Severity.ERROR,
    "line {line} would come to {after}, {limit} is the most that the terms allow",
    "行 {line} 将达到 {after}，条款上限为 {limit}",
)
PROMISE_SAFE: Final = FindingCode(
    "warning.none", Severity.INFO, "the plan ends on {end}, before {promised}", "计划于 {end} 完成，早于承诺 {promised}"
)
PROMISE_NEAR: Final = FindingCode(
    "warning.lead-short",
    Severity.WARNING,
    "the plan ends on {end}, {lead} before line {line} is promised",
    "计划于 {end} 完成，距行 {line} 承诺仅 {lead}",
)
PROMISE_LOST: Final = FindingCode(
    "warning.promise-in-danger",
    Severity.ERROR,
    "the plan ends on {end}, after {promised} promised for line {line}; {task} binds",
    "计划于 {end} 完成，晚于行 {line} 承诺的 {promised}；受任务 {task} 限制",
)
STEP_UP: Final = FindingCode(
    "escalation.step",
    Severity.WARNING,
    "after {owner} comes {next}, within {time}",
    "{owner} 之后由 {next} 在 {time} 内处理",
)
TOP: Final = FindingCode(
    "escalation.top", Severity.ERROR, "{owner} is the last step; it is reminded", "{owner} 已是最后一级，继续催办"
)


class Outlook(StrEnum):
    """How sure the promises are; best first."""

    CLEAR = "clear"
    WATCH = "watch"
    JEOPARDY = "jeopardy"


class Escalation(StrEnum):
    """What becomes of an exception that nobody resolved in time."""

    NEXT_STEP = "next-step"
    REMIND = "remind"


@attrs.frozen
class EscalationDecision(Decision[Escalation]):
    """To whom an exception goes next, and until when."""

    owner: str = attrs.field(default="management", kw_only=True)
    due_at: Instant | None = attrs.field(default=None, kw_only=True)


class TolerancePolicy(Protocol):
    """Whether so much may be sent (slot `tolerance`)."""

    def __call__(self, line: LineLedger, quantity: Decimal, terms: DeliveryTerms, /) -> Decision[Verdict]:
        """Yes within the terms, no above them."""
        ...


class EarlyWarningPolicy(Protocol):
    """Whether the promises are in danger (slot `early_warning`)."""

    def __call__(self, plan: Plan, now: Instant, /) -> Decision[Outlook]:
        """Clear, watch or jeopardy, with what binds."""
        ...


class EscalationPolicy(Protocol):
    """Who hears of an unresolved exception next (slot `escalation`)."""

    def __call__(self, incident: Incident, now: Instant, /) -> Decision[Escalation]:
        """An `EscalationDecision`."""
        ...


@attrs.frozen
class WithinTerms:
    """At most the quantity still wanted plus the over-delivery tolerance of the order's terms.

    `extra` is a tolerance in percent of the ordered quantity that the company grants in any case.
    """

    extra: Decimal = Decimal(0)

    def __call__(self, line: LineLedger, quantity: Decimal, terms: DeliveryTerms, /) -> Decision[Verdict]:
        """Yes or no."""
        share = max(self.extra, terms.over_tolerance)
        limit = line.demand + line.ordered * share / 100
        after = line.delivered + line.in_transit + quantity
        if after <= limit:
            return Decision(Verdict.YES, (WITHIN(f"/lines/{line.id}", after=after, limit=limit, unit=""),))
        return Decision(Verdict.NO, (ABOVE(f"/lines/{line.id}", line=line.id, after=after, limit=limit),))


@attrs.frozen
class PlanAgainstPromise:
    """Jeopardy where the plan ends after a promised day, watch where less than `lead` is left."""

    lead: timedelta = timedelta(days=2)

    def __call__(self, plan: Plan, now: Instant, /) -> Decision[Outlook]:
        """Clear, watch or jeopardy."""
        open_tasks = [task for task in plan.tasks if task.state in ("planned", "started")]
        end = max([now, *(task.ends_at for task in open_tasks)]) if open_tasks else now
        last = max(open_tasks, key=lambda task: task.ends_at, default=None)
        binding = last.draft.name if last is not None else "time itself"
        outcome, reasons = Outlook.CLEAR, list[Finding]()
        for promise in plan.promises:
            left = promise.promised_on - end.date()
            facts: dict[str, Any] = {"end": end.date(), "line": promise.id, "promised": promise.promised_on}
            if left < timedelta(0):
                outcome = Outlook.JEOPARDY
                reasons.append(PROMISE_LOST(f"/promises/{promise.id}", **facts, task=binding))
            elif left < self.lead:
                outcome = outcome if outcome is Outlook.JEOPARDY else Outlook.WATCH
                reasons.append(PROMISE_NEAR(f"/promises/{promise.id}", **facts, lead=left))
        if not reasons:
            soonest = min((promise.promised_on for promise in plan.promises), default=None)
            reasons.append(PROMISE_SAFE("/promises", end=end.date(), promised=soonest or "any day"))
        return Decision(outcome, tuple(reasons))


@attrs.frozen
class EscalationLadder:
    """Each step has `time` (working time) to resolve it; then the next department, at last management, for ever."""

    steps: tuple[str, ...] = ("planning", "management")
    time: timedelta = timedelta(hours=16)
    calendar: Calendar = WEEKDAYS

    def __call__(self, incident: Incident, now: Instant, /) -> EscalationDecision:
        """The next owner and the next due moment."""
        due = self.calendar.add_working(now, self.time)
        # whoever is not on the ladder hands it to the first step
        place = self.steps.index(incident.owner) + 1 if incident.owner in self.steps else 0
        if place < len(self.steps):
            owner = self.steps[place]
            reason = STEP_UP("/owner", owner=incident.owner, next=owner, time=self.time)
            return EscalationDecision(Escalation.NEXT_STEP, (reason,), owner=owner, due_at=due)
        reason = TOP("/owner", owner=incident.owner)
        return EscalationDecision(Escalation.REMIND, (reason,), owner=incident.owner, due_at=due)


DEFAULTS: Final[Mapping[str, Callable[[], Any]]] = {
    "tolerance": WithinTerms,
    "early_warning": PlanAgainstPromise,
    "escalation": EscalationLadder,
}
OUTCOMES: Final[Mapping[str, type[StrEnum]]] = {
    "tolerance": Verdict,
    "early_warning": Outlook,
    "escalation": Escalation,
}
#: slots in which a decision has to say more than its outcome
ANSWERS: Final[Mapping[str, type[Decision[Any]]]] = {"escalation": EscalationDecision}


def from_objectives(objectives: Objectives) -> dict[str, Any]:
    """Tolerance and warning lead as the strategy wants them."""
    return {
        "tolerance": WithinTerms(objectives.over_delivery),
        "early_warning": PlanAgainstPromise(objectives.flexibility / 2),
    }
