"""When an order can still be stopped, and what has to be undone, by rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Final

import attrs

from orderlib.change.policy import (
    CancellationDecision,
    CompensationDraft,
    NoReturnDecision,
    Progress,
)
from orderlib.change.record import Cancellation, CancellationRuling, Ending, PointOfNoReturn, Remedy
from orderlib.errors import Finding, FindingCode, Severity
from orderlib.ledger.record import ZERO, LineLedger, LineQuantity
from orderlib.order.record import Order
from orderlib.values.decision import Decision
from orderlib.values.identifier import LineId

__all__ = ["ByPointOfNoReturn", "ByProgress", "plan_for", "still_out"]

UNTOUCHED: Final = FindingCode("no-return.untouched", Severity.INFO, "nothing is made or sent yet", "尚未生产或发货")
BEGUN: Final = FindingCode(
    "no-return.begun",
    Severity.WARNING,
    "of line {line}, {produced} are made and {despatched} have left",
    "行 {line} 已生产 {produced}，已发出 {despatched}",
)
GONE: Final = FindingCode(
    "no-return.gone", Severity.WARNING, "everything of line {line} has left", "行 {line} 已全部发出"
)
NOT_BEGUN: Final = FindingCode("cancellation.not-begun", Severity.INFO, "no work has begun", "尚未开工")
AT_WORK: Final = FindingCode("cancellation.at-work", Severity.INFO, "work has begun and is stopped", "已开工，需要停止")
LINE_BEGUN: Final = FindingCode(
    "cancellation.begun", Severity.WARNING, "work on line {line} has to be undone", "行 {line} 的工作需要善后"
)
LINE_GONE: Final = FindingCode(
    "cancellation.gone",
    Severity.ERROR,
    "line {line} has passed the point of no return",
    "行 {line} 已过不可撤销点",
)
WITHOUT_LINE: Final = FindingCode(
    "cancellation.without-line",
    Severity.INFO,
    "the lines other than {line} could be cancelled",
    "除行 {line} 外可以取消",
)
UNKNOWN_PROGRESS: Final = FindingCode(
    "cancellation.progress-unknown",
    Severity.WARNING,
    "nobody knows how far the work has gone",
    "工作进度未知",
)

_WORKING: Final = frozenset({"released", "in_execution"})


@attrs.frozen
class ByProgress:
    """Soft once anything of a line is made or has left, hard once everything that is wanted has."""

    def __call__(self, lines: tuple[LineLedger, ...], _state: str, /) -> Decision[PointOfNoReturn]:
        """The point of each line, and the furthest."""
        points: list[tuple[LineId, PointOfNoReturn]] = []
        reasons: list[Finding] = []
        for line in lines:
            point = _point(line)
            points.append((line.id, point))
            if point is not PointOfNoReturn.NONE:
                reasons.append(_reason(line, point))
        order = list(PointOfNoReturn)
        worst = max((point for _, point in points), key=order.index, default=PointOfNoReturn.NONE)
        return NoReturnDecision(worst, tuple(reasons) or (UNTOUCHED("/lines"),), points=points)


def still_out(line: LineLedger) -> Decimal:
    """What of a line is with the customer or on its way; more may have come back than was ever reported to arrive."""
    return line.in_transit + max(ZERO, line.delivered - line.returned)


def _reason(line: LineLedger, point: PointOfNoReturn) -> Finding:
    where = f"/lines/{line.id}"
    if point is PointOfNoReturn.HARD:
        return GONE(where, line=line.id)
    return BEGUN(where, line=line.id, produced=line.produced, despatched=line.despatched)


def _point(line: LineLedger) -> PointOfNoReturn:
    out = still_out(line)
    if out > 0 and line.to_despatch == 0:
        return PointOfNoReturn.HARD
    return PointOfNoReturn.SOFT if max(line.produced, out, line.invoiced - line.credited) > 0 else PointOfNoReturn.NONE


@attrs.frozen(kw_only=True)
class ByPointOfNoReturn:
    """Granted while nothing has begun; refused where a line has passed the hard point and is to come back; otherwise
    everything is undone first. A termination is never refused.

    Each thing to undo is to be done `within` that time. Where nothing is known of lines, a person judges.
    """

    within: timedelta = timedelta(days=7)
    answer_within: timedelta = timedelta(days=5)

    def __call__(
        self,
        asked: Cancellation,
        order: Order | None,
        progress: Progress,
        points: tuple[tuple[LineId, PointOfNoReturn], ...],
        /,
    ) -> Decision[CancellationRuling]:
        """Granted, compensation, review, or refused."""
        running = progress.state in _WORKING
        if order is not None and running and not points:
            return self._said(CancellationRuling.REVIEW, (UNKNOWN_PROGRESS("/lines"),))
        hard = [line_id for line_id, point in points if point is PointOfNoReturn.HARD]
        if hard and asked.ending is Ending.CANCEL and not asked.keep_delivered:
            against = tuple(LINE_GONE(f"/lines/{each}", line=each) for each in hard)
            otherwise = tuple(WITHOUT_LINE(f"/lines/{each}", line=each) for each in hard)
            return self._said(CancellationRuling.REFUSED, against, otherwise)
        begun = [line_id for line_id, point in points if point is not PointOfNoReturn.NONE]
        if begun or progress.state == "in_execution":
            reasons = tuple(LINE_BEGUN(f"/lines/{each}", line=each) for each in begun) or (AT_WORK("/state"),)
            lines = [line for line in progress.lines if asked.whole or line.id in asked.line_ids]
            plan = plan_for(asked, order, lines, running=running, within=self.within)
            return self._said(CancellationRuling.COMPENSATION, reasons, plan=tuple(plan))
        return self._said(CancellationRuling.GRANTED, (NOT_BEGUN("/state"),))

    def _said(
        self,
        outcome: CancellationRuling,
        reasons: tuple[Finding, ...],
        otherwise: tuple[Finding, ...] = (),
        *,
        plan: tuple[CompensationDraft, ...] = (),
    ) -> CancellationDecision:
        return CancellationDecision(outcome, reasons, otherwise, plan=plan, answer_within=self.answer_within)


def plan_for(
    asked: Cancellation,
    order: Order | None,
    lines: Iterable[LineLedger],
    *,
    running: bool,
    within: timedelta = timedelta(days=7),
) -> Iterator[CompensationDraft]:
    """What has to be undone, line by line: stop the work, scrap what is made, take back what has left, credit what is
    billed; and for the order, give back what was paid.
    """
    paid = False
    for line in lines:
        out = still_out(line)
        kept = out if asked.keep_delivered else ZERO
        made = line.produced - line.despatched
        billed = line.invoiced - line.credited
        paid = paid or billed > kept
        for remedy, owner, quantity in (
            (Remedy.STOP, "production", line.to_despatch if running else ZERO),
            (Remedy.SCRAP, "production", made),
            (Remedy.RETURN, "logistics", out - kept),
            (Remedy.CREDIT, "finance", billed - kept),
        ):
            if quantity > 0:
                yield CompensationDraft(remedy, owner, LineQuantity(line.id, quantity), within)
    advanced = order is not None and (order.prepaid is not None or order.payment.advance > 0)
    if paid or (advanced and asked.whole and not asked.keep_delivered):
        yield CompensationDraft(Remedy.REFUND, "finance", None, within)
