"""Earned value: what was planned, what is done and what it cost, each at its budget (PMI, Practice Standard for EVM).

With BAC the budget of the whole baseline, PV what of it should be done by now, EV what is done, and AC what was paid:

    SV = EV - PV            SPI = EV / PV           behind or ahead of the plan
    CV = EV - AC            CPI = EV / AC           dearer or cheaper than planned
    EAC = AC + BAC - EV     the rest costs what was planned
    EAC = BAC / CPI         the rest costs as the work so far
    EAC = AC + (BAC - EV) / (CPI * SPI)             and time presses, too
    ETC = EAC - AC          VAC = BAC - EAC
    TCPI = (BAC - EV) / (BAC - AC)  or  (BAC - EV) / (EAC - AC)     how well the rest must go

What would divide by nothing is None: nobody can be ahead of a plan that has not begun.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Context, Decimal
from fractions import Fraction
from typing import Final

import attrs

from orderlib.planning.record import BaselineTask, Plan
from orderlib.values.calendar import WEEKDAYS
from orderlib.values.instant import Instant
from orderlib.values.money import Money
from orderlib.values.worktime import Calendar

__all__ = ["EarnedValue", "earned_values"]

_DIGITS: Final = Context(prec=40)
_PLACES: Final = Decimal("0.000001")
_HUNDRED: Final = 100


@attrs.frozen
class EarnedValue:
    """The figures of a plan at an instant, in one currency; indices to six places."""

    at: Instant
    bac: Money
    pv: Money
    ev: Money
    ac: Money

    @property
    def sv(self) -> Money:
        """Schedule variance, in money; below nothing is behind the plan."""
        return self.ev - self.pv

    @property
    def cv(self) -> Money:
        """Cost variance; below nothing is dearer than planned."""
        return self.ev - self.ac

    @property
    def spi(self) -> Decimal | None:
        """Schedule performance index; below one is behind the plan. None before anything was to be done."""
        return _shown(_ratio(self.ev, self.pv))

    @property
    def cpi(self) -> Decimal | None:
        """Cost performance index; below one is dearer than planned. None before anything was paid."""
        return _shown(_ratio(self.ev, self.ac))

    @property
    def eac_as_planned(self) -> Money:
        """Estimate at completion, where the rest costs what was planned."""
        return self.ac + self.bac - self.ev

    @property
    def eac_as_so_far(self) -> Money | None:
        """Estimate at completion, where the rest costs as the work so far. None before there is a cost and a gain."""
        return self._eac(_ratio(self.ev, self.ac))

    @property
    def eac_under_pressure(self) -> Money | None:
        """Estimate at completion, where the date is to be held as well. None as before, and before anything was due."""
        cost, time = _ratio(self.ev, self.ac), _ratio(self.ev, self.pv)
        return self._eac(cost * time if cost is not None and time is not None else None)

    def _eac(self, performance: Fraction | None) -> Money | None:
        left = self.bac - self.ev
        if not left:
            return self.ac
        return self.ac + left.times(1 / performance) if performance else None

    def etc(self, eac: Money) -> Money:
        """Estimate to complete: what is still to be paid by an estimate at completion."""
        return eac - self.ac

    def vac(self, eac: Money) -> Money:
        """Variance at completion: what is left of the budget by an estimate; below nothing it is not enough."""
        return self.bac - eac

    def tcpi(self, target: Money | None = None) -> Decimal | None:
        """How much must be earned for each unit of money that is left until `target` (the budget, unless another).

        None where nothing is left to spend.
        """
        return _shown(_ratio(self.bac - self.ev, (target or self.bac) - self.ac))


def earned_values(plan: Plan, at: Instant, calendar: Calendar = WEEKDAYS) -> tuple[EarnedValue, ...]:
    """The figures of a plan by its baseline, one for each currency of its budgets and costs, by code.

    A task of the baseline is planned to grow evenly over the working time between its dates; it has earned what
    was reported of it, and all of its budget when it is done. Tasks that were added since have a cost and no budget,
    until there is a new baseline.
    """
    codes = {money.currency for money in _amounts(plan)}
    return tuple(_of_currency(plan, at, calendar, code) for code in sorted(codes))


def _amounts(plan: Plan) -> Iterator[Money]:
    known = plan.baseline.tasks if plan.baseline is not None else ()
    yield from (task.budget for task in known if task.budget is not None)
    yield from (task.cost for task in plan.tasks if task.cost is not None)


def _of_currency(plan: Plan, at: Instant, calendar: Calendar, code: str) -> EarnedValue:
    bac = pv = ev = ac = Money.zero(code)
    for task in plan.tasks:
        if task.cost is not None and task.cost.currency == code:
            ac += task.cost
    for old in plan.baseline.tasks if plan.baseline is not None else ():
        if old.budget is None or old.budget.currency != code:
            continue
        bac += old.budget
        pv += old.budget.times(_planned(old, at, calendar))
        now = plan.tasks.get(old.id)
        if now is not None:
            ev += old.budget.times(Fraction(1) if now.state == "done" else Fraction(now.progress) / _HUNDRED)
    return EarnedValue(at, bac, pv, ev, ac)


def _planned(task: BaselineTask, at: Instant, calendar: Calendar) -> Fraction:
    """The share of a task that should be done by an instant."""
    if at >= task.ends_at:
        return Fraction(1)
    if at <= task.starts_at:
        return Fraction(0)
    whole = calendar.working_between(task.starts_at, task.ends_at)
    microsecond = timedelta(microseconds=1)
    passed = calendar.working_between(task.starts_at, at)
    return Fraction(passed // microsecond, whole // microsecond) if whole else Fraction(0)


def _ratio(above: Money, below: Money) -> Fraction | None:
    return above.share_of(below) if below else None


def _shown(ratio: Fraction | None) -> Decimal | None:
    if ratio is None:
        return None
    return _DIGITS.divide(Decimal(ratio.numerator), Decimal(ratio.denominator)).quantize(_PLACES, context=_DIGITS)
