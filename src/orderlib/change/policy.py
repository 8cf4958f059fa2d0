"""Judgements on changes and cancellations: what a change does, what it costs, who has to look again, what can stop."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from enum import StrEnum
from importlib import import_module
from types import NoneType
from typing import Any, Final, Protocol

import attrs

from orderlib.change.record import (
    Cancellation,
    CancellationRuling,
    ChangeImpact,
    ChargeRuling,
    PointOfNoReturn,
    Reapproval,
    Remedy,
    Side,
    remedy_of,
)
from orderlib.ledger.record import LineLedger, LineQuantity
from orderlib.order.field import Aspect
from orderlib.order.record import Order
from orderlib.order.revision import Difference
from orderlib.values.decision import Decision
from orderlib.values.identifier import LineId, text
from orderlib.values.lines import Lines
from orderlib.values.money import Money
from orderlib.values.objective import Objectives
from orderlib.values.typed import couples_of, tuple_of, type_check

__all__ = [
    "DEFAULTS",
    "OUTCOMES",
    "CancellationDecision",
    "CancellationPolicy",
    "ChargeDecision",
    "ChargePolicy",
    "CompensationDraft",
    "ImpactDecision",
    "ImpactPolicy",
    "NoReturnDecision",
    "NoReturnPolicy",
    "Progress",
    "ReReviewPolicy",
]

_DAYS: Final = timedelta(days=5)


@attrs.frozen
class Progress:
    """How far an order has come: its commercial state, whose wish is judged, and the counts of its lines."""

    state: str
    side: Side
    lines: Lines[LineLedger]


@attrs.frozen
class ImpactDecision(Decision[ChangeImpact]):
    """What a change does, and how long whoever has the word may take."""

    answer_within: timedelta = attrs.field(default=_DAYS, kw_only=True)


@attrs.frozen
class ChargeDecision(Decision[ChargeRuling]):
    """What a change or cancellation costs the customer, and how long the customer may take to answer."""

    amount: Money | None = attrs.field(default=None, kw_only=True)
    answer_within: timedelta = attrs.field(default=_DAYS, kw_only=True)


def _points(given: Iterable[tuple[str, PointOfNoReturn]]) -> tuple[tuple[LineId, PointOfNoReturn], ...]:
    return tuple((LineId(line_id), point) for line_id, point in couples_of(str, PointOfNoReturn, given, "/points"))


@attrs.frozen
class NoReturnDecision(Decision[PointOfNoReturn]):
    """How far work has gone: the outcome for the furthest line, `points` for each."""

    points: tuple[tuple[LineId, PointOfNoReturn], ...] = attrs.field(default=(), converter=_points, kw_only=True)


_check_draft: Final = type_check(("line", (LineQuantity, NoneType)), ("within", timedelta))


@attrs.frozen
class CompensationDraft:
    """What has to be undone, before it is entered: a remedy, for how much of which line, by whom, within which time.

    Raises `InvalidValueError` (`code.unknown`, `value.type`, `text.*`).
    """

    remedy: Remedy = attrs.field(converter=remedy_of)
    owner: str = attrs.field(converter=text)
    line: LineQuantity | None = None
    within: timedelta = timedelta(days=7)

    def __attrs_post_init__(self) -> None:
        _check_draft(self)


def _drafts(given: Iterable[CompensationDraft]) -> tuple[CompensationDraft, ...]:
    return tuple_of(CompensationDraft, given, "/plan")


@attrs.frozen
class CancellationDecision(Decision[CancellationRuling]):
    """What becomes of a cancellation; `plan` is what has to be undone first, `answer_within` how long a person has."""

    plan: tuple[CompensationDraft, ...] = attrs.field(default=(), converter=_drafts, kw_only=True)
    answer_within: timedelta = attrs.field(default=_DAYS, kw_only=True)


class ImpactPolicy(Protocol):
    """Says what a change does to the order as it stands (slot `change_impact`)."""

    def __call__(
        self, order: Order, revised: Order, wanted: Difference, progress: Progress, /
    ) -> Decision[ChangeImpact]:
        """Harmless changes are applied at once, impossible ones rejected; all others are decided by a person."""
        ...


class ReReviewPolicy(Protocol):
    """Says what a change does to the acceptance that stands (slot `re_review`)."""

    def __call__(
        self, order: Order, revised: Order, wanted: Difference, scope: frozenset[Aspect], /
    ) -> Decision[Reapproval]:
        """Whether the panel must meet again; `scope` is what of the order was approved."""
        ...


class ChargePolicy(Protocol):
    """Says what it costs that made goods are not wanted any more (slot `charge`)."""

    def __call__(self, order: Order, unwanted: tuple[LineQuantity, ...], /) -> Decision[ChargeRuling]:
        """None, or quoted with an amount in a `ChargeDecision`; *review* where a person has to say."""
        ...


class NoReturnPolicy(Protocol):
    """Says how far work on lines has gone (slot `no_return`)."""

    def __call__(self, lines: tuple[LineLedger, ...], state: str, /) -> Decision[PointOfNoReturn]:
        """The point that the furthest line has passed, and in a `NoReturnDecision` that of each."""
        ...


class CancellationPolicy(Protocol):
    """Says what becomes of a cancellation (slot `cancellation`)."""

    def __call__(
        self,
        asked: Cancellation,
        order: Order | None,
        progress: Progress,
        points: tuple[tuple[LineId, PointOfNoReturn], ...],
        /,
    ) -> Decision[CancellationRuling]:
        """Granted at once, granted once everything is undone, for a person to judge, or refused."""
        ...


#: each slot's default: module and name
_HOMES: Final[Mapping[str, tuple[str, str]]] = {
    "change_impact": ("impact", "TouchesWhatIsDone"),
    "re_review": ("impact", "ReviewAboveShare"),
    "charge": ("impact", "MadeGoodsAtPrice"),
    "no_return": ("ending", "ByProgress"),
    "cancellation": ("ending", "ByPointOfNoReturn"),
}


def _named(slot: str, **parameters: Any) -> Any:
    module, name = _HOMES[slot]
    return getattr(import_module(f"orderlib.change.{module}"), name)(**parameters)


def _factory(slot: str) -> Callable[[], Any]:
    return lambda: _named(slot)


DEFAULTS: Final[Mapping[str, Callable[[], Any]]] = {slot: _factory(slot) for slot in _HOMES}
OUTCOMES: Final[Mapping[str, type[StrEnum]]] = {
    "change_impact": ChangeImpact,
    "re_review": Reapproval,
    "charge": ChargeRuling,
    "no_return": PointOfNoReturn,
    "cancellation": CancellationRuling,
}


def from_objectives(objectives: Objectives) -> dict[str, Any]:
    """Changes are answered within the time in which the strategy wants them absorbed."""
    return {"change_impact": _named("change_impact", answer_within=objectives.flexibility)}
