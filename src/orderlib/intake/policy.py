"""Judgements of intake: what screening makes of an order, what becomes of a difference, how soon to answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, Protocol

import attrs

from orderlib.enquiry.clock import ClockDecision, Urgency
from orderlib.errors import FindingCode, Severity
from orderlib.intake.record import Channel, Resolution, ScreeningOutcome
from orderlib.order.record import Order, OrderType
from orderlib.values.decision import Decision
from orderlib.values.parameter import span

if TYPE_CHECKING:
    from orderlib.intake.submission import Submission
    from orderlib.order.compare import Deviation
    from orderlib.values.objective import Objectives

__all__ = [
    "DEFAULTS",
    "OUTCOMES",
    "DeviationPolicy",
    "OrderClockPolicy",
    "RushFirst",
    "ScreeningPolicy",
    "from_objectives",
]

CLOCK: Final = FindingCode(
    "intake.clock",
    Severity.INFO,
    "an order of type {type} by {channel} is answered within {within}",
    "类型 {type}、渠道 {channel} 的订单须在 {within} 内答复",
)


class ScreeningPolicy(Protocol):
    """Screens an order (slot `screening`)."""

    def __call__(self, order: Order, submission: Submission, /) -> Decision[ScreeningOutcome]:
        """The outcome, with every finding as a reason, each with its address in the order."""
        ...


class DeviationPolicy(Protocol):
    """Says what becomes of the differences between an order and what was agreed (slot `deviation`)."""

    def __call__(self, deviations: tuple[Deviation, ...], order: Order, agreed: Order, /) -> Decision[Resolution]:
        """A resolution for each; a plain `Decision` rules them all alike."""
        ...


class OrderClockPolicy(Protocol):
    """Says how soon an order is answered, and how long we wait for the customer (slot `order_clock`)."""

    def __call__(self, order: Order, channel: Channel, /) -> Decision[Urgency]:
        """The urgency; a `ClockDecision` says the times."""
        ...


@attrs.frozen(kw_only=True)
class RushFirst:
    """Rush orders and spoken ones are answered within `rush`, all others within `standard`; we wait `patience`."""

    standard: timedelta = attrs.field(default=timedelta(days=2), validator=span())
    rush: timedelta = attrs.field(default=timedelta(hours=4), validator=span())
    patience: timedelta = attrs.field(default=timedelta(days=14), validator=span())

    def __call__(self, order: Order, channel: Channel, /) -> ClockDecision:
        """The urgency and the times."""
        urgent = order.type is OrderType.RUSH or channel.spoken
        times = {Urgency.STANDARD: self.standard, Urgency.RUSH: self.rush}
        urgency = Urgency.RUSH if urgent else Urgency.STANDARD
        facts: dict[str, Any] = {"type": order.type, "channel": channel}
        reasons = {each: CLOCK("/type", **facts, within=within) for each, within in times.items()}
        reason = reasons.pop(urgency)
        return ClockDecision(
            urgency,
            (reason,),
            tuple(reasons.values()),
            respond_within=times[urgency],
            wait_within=self.patience,
        )


def _screening() -> ScreeningPolicy:
    from orderlib.intake.screening import EveryFinding  # noqa: PLC0415 - receiving orders needs no rules

    return EveryFinding()


def _deviation() -> DeviationPolicy:
    from orderlib.intake.deviation import NotToOurLoss  # noqa: PLC0415 - see above

    return NotToOurLoss()


#: the default of each slot
DEFAULTS: Final[Mapping[str, Callable[[], Any]]] = {
    "screening": _screening,
    "deviation": _deviation,
    "order_clock": RushFirst,
}

#: what each slot may answer, best first
OUTCOMES: Final[Mapping[str, type[StrEnum]]] = {
    "screening": ScreeningOutcome,
    "deviation": Resolution,
    "order_clock": Urgency,
}


def from_objectives(objectives: Objectives) -> dict[str, Any]:
    """Answers as soon as the target time of the stage wants them; a rush order in a sixth of it."""
    target = objectives.stage_times.get("intake")
    return {} if target is None else {"order_clock": RushFirst(standard=target, rush=target / 6)}
