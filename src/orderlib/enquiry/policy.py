"""Judgements of an enquiry: are the requirements ready, how long does an offer stand, how soon do we answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final, Protocol

import attrs

from orderlib.enquiry.clock import ClockDecision, Urgency
from orderlib.enquiry.record import AnalysisOutcome, Enquiry, Requirement, Validity
from orderlib.errors import FindingCode, Severity
from orderlib.order.record import Order
from orderlib.values.decision import Decision
from orderlib.values.fact import Facts
from orderlib.values.objective import Objectives
from orderlib.values.parameter import span, whole_between

__all__ = [
    "DEFAULTS",
    "OUTCOMES",
    "AnalysisPolicy",
    "EnquiryClockPolicy",
    "SoonestFirst",
    "UntilWanted",
    "ValidityDecision",
    "ValidityPolicy",
    "from_objectives",
]

CLOCK: Final = FindingCode(
    "enquiry.clock",
    Severity.INFO,
    "{urgency}: wanted in {days} days, answered within {within}",
    "{urgency}：{days} 天后需要，须在 {within} 内答复",
)
VALIDITY: Final = FindingCode(
    "enquiry.validity", Severity.INFO, "an offer stands {days} days: {why}", "报价有效期 {days} 天：{why}"
)
WANTED_TOO_SOON: Final = FindingCode(
    "enquiry.wanted-too-soon",
    Severity.WARNING,
    "the goods are wanted on {day}: no offer can stand until then",
    "货物要求于 {day} 交付，报价无法在此之前保持有效",
)


@attrs.frozen
class ValidityDecision(Decision[Validity]):
    """How long an offer stands; without `valid_for` a person must say."""

    valid_for: timedelta | None = attrs.field(default=None, kw_only=True)


class AnalysisPolicy(Protocol):
    """Says whether the requirements are complete, unambiguous and feasible (slot `analysis`)."""

    def __call__(self, enquiry: Enquiry, on: date, facts: Facts, /) -> Decision[AnalysisOutcome]:
        """The outcome on that day. A plain `Decision` rules all requirements alike."""
        ...


class ValidityPolicy(Protocol):
    """Says how long an offer stands (slot `proposal_validity`)."""

    def __call__(self, offer: Order, on: date, /) -> Decision[Validity]:
        """The validity of an offer made on that day; a plain `Decision` leaves the time to a person."""
        ...


class EnquiryClockPolicy(Protocol):
    """Says how soon we answer, and how long we wait for the customer (slot `enquiry_clock`)."""

    def __call__(self, requirements: tuple[Requirement, ...], on: date, /) -> Decision[Urgency]:
        """The urgency on that day; a `ClockDecision` says the times."""
        ...


@attrs.frozen(kw_only=True)
class SoonestFirst:
    """An enquiry is urgent where anything is wanted within `notice`; others may take `standard`. We wait `patience`
    for the customer.
    """

    notice: timedelta = attrs.field(default=timedelta(days=10), validator=span())
    standard: timedelta = attrs.field(default=timedelta(days=3), validator=span())
    rush: timedelta = attrs.field(default=timedelta(days=1), validator=span())
    patience: timedelta = attrs.field(default=timedelta(days=14), validator=span())

    def __call__(self, requirements: tuple[Requirement, ...], on: date, /) -> ClockDecision:
        """The urgency and the times."""
        wanted = [each.wanted_on for each in requirements if each.wanted_on is not None]
        days = (min(wanted) - on).days if wanted else None
        urgent = days is not None and timedelta(days=days) <= self.notice
        urgency = Urgency.RUSH if urgent else Urgency.STANDARD
        times = {Urgency.STANDARD: self.standard, Urgency.RUSH: self.rush}
        said = {
            each: CLOCK("/requirements", urgency=each, days="?" if days is None else days, within=within)
            for each, within in times.items()
        }
        reason = said.pop(urgency)
        return ClockDecision(
            urgency, (reason,), said.values(), respond_within=times[urgency], wait_within=self.patience
        )


@attrs.frozen(kw_only=True)
class UntilWanted:
    """An offer stands `days`, fewer (`exposed`) where it carries an exchange rate that moves, and never beyond the
    day on which the goods are wanted.
    """

    days: int = attrs.field(default=30, validator=whole_between(0, 3660))
    exposed: int = attrs.field(default=10, validator=whole_between(0, 3660))

    def __call__(self, offer: Order, on: date, /) -> ValidityDecision:
        """The validity, and why."""
        limits = [(self.days, "as usual")]
        if offer.exchange_rate is not None:
            limits.append((self.exposed, "its exchange rate moves"))
        wanted = offer.requested_on
        if wanted is not None:
            limits.append(((wanted - on).days, "the goods are wanted then"))
        days, why = min(limits)
        reason = VALIDITY("/validity", days=days, why=why)
        usual = VALIDITY("/validity", days=self.days, why="as usual")
        if days <= 0 and wanted is not None:
            return ValidityDecision(Validity.REVIEW, (WANTED_TOO_SOON("/lines", day=wanted),), (usual,))
        if days < self.days:
            return ValidityDecision(Validity.SHORTENED, (reason,), (usual,), valid_for=timedelta(days=days))
        shorter = VALIDITY("/validity", days=self.exposed, why="its exchange rate moves")
        return ValidityDecision(Validity.FULL, (reason,), (shorter,), valid_for=timedelta(days=days))


def _analysis() -> AnalysisPolicy:
    from orderlib.enquiry.analysis import CompleteAndUnambiguous  # noqa: PLC0415 - most cases begin with an order

    return CompleteAndUnambiguous()


#: the default of each slot
DEFAULTS: Final[Mapping[str, Callable[[], Any]]] = {
    "analysis": _analysis,
    "proposal_validity": UntilWanted,
    "enquiry_clock": SoonestFirst,
}

#: what each slot may answer, best first
OUTCOMES: Final[Mapping[str, type[StrEnum]]] = {
    "analysis": AnalysisOutcome,
    "proposal_validity": Validity,
    "enquiry_clock": Urgency,
}


def from_objectives(objectives: Objectives) -> dict[str, Any]:
    """Answers as soon as the target time of the stage wants them, urgent ones in a third of it."""
    target = objectives.stage_times.get("enquiry")
    return {} if target is None else {"enquiry_clock": SoonestFirst(standard=target, rush=target / 3)}
