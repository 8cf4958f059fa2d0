"""What is done about changes and cancellations: our word, the customer's, and what was begun undone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Final

from orderlib.acceptance.message import ReportReturned
from orderlib.case.record import OrderCase
from orderlib.change.message import (
    AnswerChange,
    AnswerCharge,
    CompleteCompensation,
    DecideCancellation,
    DecideChange,
)
from orderlib.change.record import Compensation, Remedy
from orderlib.ledger.record import LineLedger, LineQuantity
from orderlib.settlement.billing import charges_draft
from orderlib.simulation.world import Habit, Moment
from orderlib.values.message import Command
from orderlib.values.money import Money
from orderlib.values.party import Actor

__all__ = ["CHANGING_HABITS"]

CUSTOMER: Final = Actor("customer", department="customer", roles=("customer",))
#: decides what a clerk may not
_DIRECTOR: Final = Actor("managing-director", department="management", roles=("management",))


def _decide_change(moment: Moment) -> Command:
    moment.clock.work(moment.dice.randint(2, 8))
    accept = moment.dice.random() >= moment.temper.refuses_change
    reason = "we can still do it" if accept else "it comes too late for us"
    charge = _waived(moment.case) if accept else None
    return DecideChange(moment.case.id, moment.offer.about[0], accept, charge=charge, by=_DIRECTOR, reason=reason)


def _answer_change(moment: Moment) -> Command:
    moment.clock.work(moment.dice.randint(4, 16))
    agrees = moment.dice.random() >= moment.temper.refuses_offer
    return AnswerChange(moment.case.id, moment.offer.about[0], agrees, by=CUSTOMER)


def _answer_charge(moment: Moment) -> Command:
    moment.clock.work(moment.dice.randint(4, 16))
    accepts = moment.dice.random() >= moment.temper.refuses_offer
    return AnswerCharge(moment.case.id, moment.offer.about[0], accepts, by=CUSTOMER)


def _decide_cancellation(moment: Moment) -> Command:
    moment.clock.work(4)
    grant = moment.dice.random() >= moment.temper.refuses_change
    reason = "the customer has good reasons" if grant else "too much is done already"
    charge = _waived(moment.case) if grant else None
    return DecideCancellation(moment.case.id, moment.offer.about[0], grant, charge=charge, by=_DIRECTOR, reason=reason)


def _waived(case: OrderCase) -> Money | None:
    """Nothing is charged for what has no price, since no rule can say how much; all else is left to the policy."""
    order = case.order
    if order is None or all(line.price is not None for line in order.lines):
        return None
    return Money.zero(order.currency)


def _bring_back(moment: Moment) -> Command | None:
    """Goods that are to come back are fetched."""
    wanted = [item for item in _unfinished(moment.case) if item.remedy is Remedy.RETURN]
    lines = [LineQuantity(line.id, quantity) for line, quantity in _to_fetch(moment.case, wanted)]
    if not lines:
        return None
    days = moment.fate("return", wanted[0].id).randint(1, 5)
    if not moment.ripe(wanted[0].due_at - timedelta(days=days)):
        return None
    by = Actor("carrier", department="logistics")
    return ReportReturned(moment.case.id, lines, by=by, reason="the order was cancelled")


def _to_fetch(case: OrderCase, wanted: Iterable[Compensation]) -> Iterator[tuple[LineLedger, Decimal]]:
    ids = {item.line_id for item in wanted}
    for line in case.ledger.lines:
        quantity = line.delivered - line.returned
        if line.id in ids and quantity > 0:
            yield line, quantity


def _unfinished(case: OrderCase) -> tuple[Compensation, ...]:
    log = case.change
    return () if log is None else tuple(item for each in log.open_cancellations for item in each.unfinished)


def _compensate(moment: Moment) -> Command | None:
    """Whoever owns something to be undone does it; the last of it waits until nothing is owed any more."""
    case = moment.case
    items = _unfinished(case)
    ready = [item for item in items if not _counted_against(case, item)]
    if not ready or (len(items) == 1 and _owing(case)):
        return None
    item = ready[0]
    moment.clock.work(moment.dice.randint(2, 12))
    by = Actor(f"{item.owner}/compensation", department=item.owner)
    return CompleteCompensation(case.id, item.id, f"{item.remedy} of {item.line_id or 'the order'}: protocol", by=by)


def _counted_against(case: OrderCase, item: Compensation) -> bool:
    """Whether the counts say that it is not undone yet."""
    if item.remedy is Remedy.REFUND:
        return _owing(case)
    line = case.ledger.lines.get(item.line_id) if item.line_id is not None else None
    if line is None:
        return False
    if item.remedy is Remedy.RETURN:
        return line.in_transit + line.delivered > line.returned
    return item.remedy is Remedy.CREDIT and line.invoiced > line.credited


def _owing(case: OrderCase) -> bool:
    """Whether something is still to be billed, paid, credited or given back."""
    record = case.settlement
    if case.order is not None and not charges_draft(case, case.order).empty:
        return True
    if record is None:
        return False
    unpaid = any(invoice.open.minor > 0 for invoice in record.invoices)
    return bool(unpaid or record.live or record.unallocated)


#: habits by command, whoever is first in this order acts first
CHANGING_HABITS: Final[Mapping[str, Habit]] = {
    "AnswerCharge": _answer_charge,
    "AnswerChange": _answer_change,
    "DecideChange": _decide_change,
    "DecideCancellation": _decide_cancellation,
    "ReportReturned": _bring_back,
    "CompleteCompensation": _compensate,
}
