"""Which day is promised for each line, and why it is not the day wanted (APICS: promise date, lead time)."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Final, Protocol

import attrs

from orderlib.errors import Finding, FindingCode, Severity
from orderlib.order.record import Order
from orderlib.planning.record import LinePromise, PartPromise
from orderlib.values.calendar import WEEKDAYS
from orderlib.values.decision import Decision
from orderlib.values.fact import Facts
from orderlib.values.instant import Instant
from orderlib.values.typed import tuple_of
from orderlib.values.worktime import Calendar

__all__ = ["Feasibility", "LeadTimePromise", "PromiseDecision", "PromisePolicy"]

PROMISE_KEPT: Final = FindingCode(
    "promise.as-requested", Severity.INFO, "{promised} is not before the day wanted", "{promised} 不早于要求日期"
)
PROMISE_LATE: Final = FindingCode(
    "promise.late",
    Severity.WARNING,
    "wanted on {requested}, promised for {promised}, because {binding} takes until then",
    "要求 {requested}，承诺 {promised}，受 {binding} 限制",
)


class Feasibility(StrEnum):
    """Whether a plan holds the day that is wanted; best first."""

    ON_TIME = "on-time"
    LATE = "late"
    IMPOSSIBLE = "impossible"


def _promises(given: Iterable[LinePromise]) -> tuple[LinePromise, ...]:
    return tuple_of(LinePromise, given, "/promises")


@attrs.frozen
class PromiseDecision(Decision[Feasibility]):
    """The day for each line."""

    promises: tuple[LinePromise, ...] = attrs.field(default=(), converter=_promises, kw_only=True)


class PromisePolicy(Protocol):
    """Which day is promised for each line (slot `promise`)."""

    def __call__(self, order: Order, ready_at: Instant, facts: Facts, /) -> Decision[Feasibility]:
        """A `PromiseDecision`; no promise is earlier than the wish."""
        ...


@attrs.frozen
class LeadTimePromise:
    """The day on which the plan is ready plus transit, by the working calendar; never before the day wanted.

    An article whose own lead time (fact `lead_time`) ends later binds its line.
    """

    transit_days: int = 1
    calendar: Calendar = WEEKDAYS

    def __call__(self, order: Order, ready_at: Instant, facts: Facts, /) -> PromiseDecision:
        """A day for each line, and the reason where it is late."""
        promises: list[LinePromise] = []
        reasons: list[Finding] = []
        planned = self.calendar.add_days(ready_at.date(), self.transit_days)
        default = order.delivery.requested_period.end_on if order.delivery.requested_period else None
        for line in order.lines:
            wanted = line.requested_on or default
            own = facts.lead_time.get(line.item.id)
            supplied = self.calendar.add_days((ready_at + own).date(), self.transit_days) if own else planned
            earliest = max(planned, supplied)
            parts = [
                PartPromise(part.id, part.quantity, day, max(earliest, day) if day else earliest)
                for part in line.schedule
                for day in (part.requested_on or wanted,)
            ]
            days = [part.promised_on for part in parts] or [max(earliest, wanted) if wanted else earliest]
            promise = LinePromise(line.id, wanted, max(days), parts=parts)
            binding = f"the lead time of {line.item.id}" if supplied > planned else "the plan"
            told = [*promise.parts] or [promise]
            said = [
                (PROMISE_LATE if each.late else PROMISE_KEPT)(
                    f"/lines/{line.id}" if each is promise else f"/lines/{line.id}/schedule/{each.id}",
                    requested=each.requested_on,
                    promised=each.promised_on,
                    binding=binding,
                )
                for each in told
            ]
            reasons += said
            why = "; ".join(reason.message() for reason, each in zip(said, told, strict=True) if each.late)
            promises.append(attrs.evolve(promise, reason=why))
        outcome = Feasibility.LATE if any(promise.late for promise in promises) else Feasibility.ON_TIME
        return PromiseDecision(outcome, tuple(reasons), promises=tuple(promises))
