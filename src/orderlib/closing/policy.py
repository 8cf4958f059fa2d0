"""Judgements of closing: is the dossier complete, may the order be closed, what is to be learnt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any, Final, Protocol

import attrs

from orderlib.closing.record import PaperKind, Signal, words_of
from orderlib.errors import Finding, FindingCode, Severity
from orderlib.order.record import Order, OrderType
from orderlib.values.decision import Decision
from orderlib.values.typed import tuple_of

__all__ = [
    "DEFAULTS",
    "OUTCOMES",
    "ByKindOfOrder",
    "CloseGate",
    "CloseGatePolicy",
    "Completeness",
    "DossierDecision",
    "DossierPolicy",
    "EverySignal",
    "Learning",
    "LessonDecision",
    "LessonPolicy",
    "NothingOpen",
]

PAPER_THERE: Final = FindingCode("dossier.complete", Severity.INFO, "every paper is there", "资料齐全")
PAPER_MISSING: Final = FindingCode(
    "dossier.missing", Severity.ERROR, "a paper of kind {kind} is missing", "缺少类型为 {kind} 的资料"
)
PAPER_FILED: Final = FindingCode(
    "dossier.when-filed", Severity.INFO, "once {kind} is filed it is complete", "归档 {kind} 后即齐全"
)
NOTHING_MISSING: Final = FindingCode("close.nothing-open", Severity.INFO, "nothing is open", "没有未完成事项")
TOLERATED: Final = FindingCode(
    "close.tolerated", Severity.INFO, "{code} is open and tolerated", "{code} 未完成，但可容许"
)
WHEN_DONE: Final = FindingCode(
    "close.when-done", Severity.INFO, "once all of it is done the order can be closed", "全部完成后订单即可关闭"
)
NO_SIGNAL: Final = FindingCode(
    "lesson.nothing", Severity.INFO, "nothing stands out that others could learn from", "没有值得总结的事项"
)
WHEN_IGNORED: Final = FindingCode(
    "lesson.otherwise", Severity.INFO, "without these nothing would have to be learnt", "若无这些事项，则无需总结"
)


class Completeness(StrEnum):
    """Whether a dossier is complete; best first."""

    COMPLETE = "complete"
    INCOMPLETE = "incomplete"


def _missing(given: Iterable[str]) -> tuple[str, ...]:
    return words_of(given, "/missing")


@attrs.frozen
class DossierDecision(Decision[Completeness]):
    """The decision with the kinds of paper that are missing."""

    missing: tuple[str, ...] = attrs.field(default=(), converter=_missing, kw_only=True)


class DossierPolicy(Protocol):
    """Which papers an order needs before it is closed (slot `dossier`)."""

    def __call__(self, order: Order, kinds: frozenset[str], expected: frozenset[str], /) -> DossierDecision:
        """`kinds` are there; `expected` is what the course of the order should have left behind."""
        ...


@attrs.frozen
class ByKindOfOrder:
    """What the course of the order should have left behind, except what this type of order may do without, and more.

    `without` and `more` say by type of order (UNCL 1001 code) which kinds are not needed, or needed besides.
    """

    without: Mapping[str, frozenset[str]] = attrs.field(
        factory=lambda: {OrderType.SAMPLE.value: frozenset({PaperKind.REVIEW.value, PaperKind.PLAN.value})}
    )
    more: Mapping[str, frozenset[str]] = attrs.field(factory=dict[str, frozenset[str]])

    def __call__(self, order: Order, kinds: frozenset[str], expected: frozenset[str], /) -> DossierDecision:
        """Complete, or the kinds that are missing, sorted."""
        nothing: frozenset[str] = frozenset()
        kind = order.type.value
        needed = (expected - self.without.get(kind, nothing)) | self.more.get(kind, nothing)
        missing = tuple(sorted(needed - kinds))
        if not missing:
            return DossierDecision(Completeness.COMPLETE, (PAPER_THERE("/dossier"),))
        reasons = tuple(PAPER_MISSING(f"/dossier/{each}", kind=each) for each in missing)
        otherwise = tuple(PAPER_FILED(f"/dossier/{each}", kind=each) for each in missing)
        return DossierDecision(Completeness.INCOMPLETE, reasons, otherwise, missing=missing)


class CloseGate(StrEnum):
    """Whether an order may be closed; best first."""

    OPEN = "open"
    SHUT = "shut"


class CloseGatePolicy(Protocol):
    """Whether an order may be closed with what is still open of it (slot `close_gate`)."""

    def __call__(self, order: Order, obstacles: tuple[Finding, ...], /) -> Decision[CloseGate]:
        """`obstacles` is everything that is open, of every stage."""
        ...


@attrs.frozen
class NothingOpen:
    """Shut while anything is open that is not among the `tolerated` codes."""

    tolerated: frozenset[str] = frozenset()

    def __call__(self, _order: Order, obstacles: tuple[Finding, ...], /) -> Decision[CloseGate]:
        """All that is in the way."""
        found = tuple(each for each in obstacles if each.code not in self.tolerated)
        if found:
            return Decision(CloseGate.SHUT, found, (WHEN_DONE("/"),))
        tolerated = tuple(TOLERATED(each.address, code=each.code) for each in obstacles)
        return Decision(CloseGate.OPEN, tolerated or (NOTHING_MISSING("/"),))


class Learning(StrEnum):
    """Whether something is to be learnt; best first."""

    NOTHING = "nothing"
    LESSONS = "lessons"


def _proposed(given: Iterable[Signal]) -> tuple[Signal, ...]:
    return tuple_of(Signal, given, "/proposed")


@attrs.frozen
class LessonDecision(Decision[Learning]):
    """The decision with the signals that deserve a lesson."""

    proposed: tuple[Signal, ...] = attrs.field(default=(), converter=_proposed, kw_only=True)


class LessonPolicy(Protocol):
    """Which signals of a case deserve a lesson (slot `lesson`)."""

    def __call__(self, order: Order, signals: tuple[Signal, ...], /) -> LessonDecision:
        """Those signals; each has then to be answered by a lesson, or dismissed with a reason."""
        ...


@attrs.frozen
class EverySignal:
    """Every signal but the `ignored` ones, from `least` occurrences on."""

    ignored: frozenset[str] = frozenset()
    least: int = 1

    def __call__(self, _order: Order, signals: tuple[Signal, ...], /) -> LessonDecision:
        """Those that count."""
        found = tuple(each for each in signals if each.cause not in self.ignored and len(each.findings) >= self.least)
        if not found:
            return LessonDecision(Learning.NOTHING, (NO_SIGNAL("/"),))
        reasons = tuple(finding for each in found for finding in each.findings)
        return LessonDecision(Learning.LESSONS, reasons, (WHEN_IGNORED("/"),), proposed=found)


DEFAULTS: Final[Mapping[str, Callable[[], Any]]] = {
    "dossier": ByKindOfOrder,
    "close_gate": NothingOpen,
    "lesson": EverySignal,
}
OUTCOMES: Final[Mapping[str, type[StrEnum]]] = {
    "dossier": Completeness,
    "close_gate": CloseGate,
    "lesson": Learning,
}
