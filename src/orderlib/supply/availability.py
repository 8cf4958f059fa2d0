"""What of an article is free on which day: supplies and demands by period, and the cumulative figures over them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

import attrs

from orderlib.errors import FindingCode, InvalidValueError, Severity
from orderlib.supply.consume import BACKWARD_ACCUMULATED, AtpRule, cumulated, free_figures, shown
from orderlib.supply.entry import Demand, Supply, demands_of, strangers, supplies_of
from orderlib.values.codelist import whole
from orderlib.values.decimals import EXACT
from orderlib.values.identifier import ItemId
from orderlib.values.instant import day
from orderlib.values.quantity import Quantity
from orderlib.values.typed import tuple_of, type_check
from orderlib.values.unit import unit as unit_of
from orderlib.values.worktime import Calendar

__all__ = ["Availability", "Buckets"]

NO_BUCKET: Final = FindingCode("supply.no-period", Severity.ERROR, "there is no period", "没有任何时段")
BUCKET_ORDER: Final = FindingCode(
    "supply.period-order",
    Severity.ERROR,
    "a period that begins on {start} cannot follow one that begins on {before}",
    "始于 {start} 的时段不能排在始于 {before} 的时段之后",
)
BUCKET_END: Final = FindingCode(
    "supply.period-end",
    Severity.ERROR,
    "the last period begins on {start} and cannot end on {end}",
    "最后时段始于 {start}，不能止于 {end}",
)
BUCKET_SPAN: Final = FindingCode(
    "supply.period-span",
    Severity.ERROR,
    "{count} periods from {start} on leave the calendar",
    "自 {start} 起的 {count} 个时段超出日历范围",
)

_ZERO: Final = Decimal(0)
_NONE: Final = Decimal(-1)  # less than anybody may ask for
_MOST: Final = 100_000


def _starts(given: Iterable[str | date]) -> tuple[date, ...]:
    every = tuple_of(object, given, "/starts")
    return tuple(day(each, address=f"/starts/{place}") for place, each in enumerate(every))  # type: ignore[arg-type]


def _last_on(value: str | date) -> date:
    return day(value, address="/last_on")


@attrs.frozen
class Buckets:
    """The periods of a horizon, by their first days; the last one ends on `last_on`.

    Periods need not be of one length: days first, then weeks. Raises `InvalidValueError` (`supply.no-period`,
    `supply.period-order`, `supply.period-end`, `value.day-malformed`).
    """

    starts: tuple[date, ...] = attrs.field(converter=_starts)
    last_on: date = attrs.field(converter=_last_on)

    def __attrs_post_init__(self) -> None:
        if not self.starts:
            raise InvalidValueError(NO_BUCKET("/starts"))
        wrong = [
            BUCKET_ORDER(f"/starts/{place}", start=start, before=before)
            for place, (before, start) in enumerate(zip(self.starts, self.starts[1:], strict=False), 1)
            if start <= before
        ]
        if self.last_on < self.starts[-1]:
            wrong.append(BUCKET_END("/last_on", start=self.starts[-1], end=self.last_on))
        if wrong:
            raise InvalidValueError(*wrong)

    @classmethod
    def every(cls, days: int, first_on: str | date, count: int) -> Buckets:
        """So many periods of so many days each: `Buckets.every(7, "2026-03-02", 12)` is a quarter in weeks.

        Raises `InvalidValueError` (`number.whole`, `supply.period-span`, `value.day-malformed`).
        """
        first = day(first_on, address="/first_on")
        step = timedelta(days=whole(days, 1, 3660, "/days"))
        try:
            starts = tuple(first + step * place for place in range(whole(count, 1, _MOST, "/count")))
            return cls(starts, starts[-1] + step - timedelta(days=1))
        except OverflowError:
            raise InvalidValueError(BUCKET_SPAN("/count", start=first, count=count)) from None

    @classmethod
    def working_days(cls, calendar: Calendar, first_on: str | date, count: int) -> Buckets:
        """So many working days, each with the days off that follow it.

        Raises `InvalidValueError` (`number.whole`, `calendar.horizon-exceeded`, `value.day-malformed`).
        """
        here = calendar.next_working_day(day(first_on, address="/first_on"))
        starts: list[date] = []
        for _ in range(whole(count, 1, _MOST, "/count")):
            starts.append(here)
            here = calendar.add_days(here, 1)
        return cls(tuple(starts), here - timedelta(days=1))

    def place(self, on: date) -> int:
        """The period in which a day lies; the first for days before it, the last for days after it."""
        return max(0, bisect_right(self.starts, on) - 1)

    def __len__(self) -> int:
        return len(self.starts)


class _Peaks:
    """Finds the nearest figure that is large enough, before or after a place, without looking at each.

    A tree of maxima: node n holds the larger of nodes 2n and 2n + 1, the figures are its leaves.
    """

    __slots__ = ("size", "tree")

    def __init__(self, figures: Sequence[Decimal]) -> None:
        self.size = 1 << max(0, len(figures) - 1).bit_length()
        self.tree = [_NONE] * (2 * self.size)
        self.tree[self.size : self.size + len(figures)] = figures
        for node in range(self.size - 1, 0, -1):
            self.tree[node] = max(self.tree[2 * node], self.tree[2 * node + 1])

    def after(self, place: int, least: Decimal) -> int | None:
        """The first place from `place` on whose figure is at least so much."""
        tree, node = self.tree, place + self.size
        while tree[node] < least:
            while node & 1:
                node >>= 1
            if not node:
                return None
            node += 1
        while node < self.size:
            node *= 2
            node += tree[node] < least
        return node - self.size

    def before(self, place: int, least: Decimal) -> int | None:
        """The last place up to `place` whose figure is at least so much."""
        tree, node = self.tree, place + self.size
        while tree[node] < least:
            while node > 1 and not node & 1:
                node >>= 1
            if node == 1:
                return None
            node -= 1
        while node < self.size:
            node = 2 * node + 1
            node -= tree[node] < least
        return node - self.size


def _unit(code: str) -> str:
    return unit_of(code, address="/unit").code


def _fence(value: str | date | None) -> date | None:
    return None if value is None else day(value, address="/unlimited_from")


_check: Final = type_check(("buckets", Buckets), ("rule", AtpRule))


@attrs.frozen
class Availability:
    """What of one article may be promised, period by period, under a rule.

    Entries before the first period count in it, those after the last one do not count. From `unlimited_from` on
    (the day by which more can be made or bought, the article's lead time from today) any quantity is to be had.
    Figures are worked out once, when it is made: one look at them costs two bisections, whatever the horizon.
    Raises `InvalidValueError` (`supply.unit`, `supply.other-item`, `unit.*`, `id.*`).
    """

    item_id: ItemId = attrs.field(converter=ItemId)
    unit: str = attrs.field(converter=_unit)
    buckets: Buckets
    supplies: tuple[Supply, ...] = attrs.field(default=(), converter=supplies_of)
    demands: tuple[Demand, ...] = attrs.field(default=(), converter=demands_of)
    rule: AtpRule = BACKWARD_ACCUMULATED
    unlimited_from: date | None = attrs.field(default=None, converter=_fence, kw_only=True)
    _net: tuple[Decimal, ...] = attrs.field(init=False, eq=False, repr=False)
    _free: tuple[Decimal, ...] = attrs.field(init=False, eq=False, repr=False)
    _total: tuple[Decimal, ...] = attrs.field(init=False, eq=False, repr=False)
    _ready: tuple[date, ...] = attrs.field(init=False, eq=False, repr=False)
    _peaks: _Peaks | None = attrs.field(init=False, eq=False, repr=False, default=None)

    def __attrs_post_init__(self) -> None:
        _check(self)
        wrong = [
            *strangers(self.supplies, self.item_id, self.unit, "/supplies"),
            *strangers(self.demands, self.item_id, self.unit, "/demands"),
        ]
        if wrong:
            raise InvalidValueError(*wrong)
        net, ready = self._summed()
        free = free_figures(net, self.rule)
        worked_out: dict[str, Any] = {"_net": tuple(net), "_free": tuple(free), "_ready": tuple(ready)}
        worked_out["_total"] = tuple(cumulated(free))
        if not self.rule.accumulate:
            worked_out["_peaks"] = _Peaks(free)
        for name, value in worked_out.items():
            object.__setattr__(self, name, value)

    def _summed(self) -> tuple[list[Decimal], list[date]]:
        """Supply less demand by period, and the day by which all supplies of a period are there."""
        net = [_ZERO] * len(self.buckets)
        ready = list(self.buckets.starts)
        for supply in self.counted:
            place = self.buckets.place(supply.on)
            net[place] = EXACT.add(net[place], supply.quantity.value)
            if supply.quantity:
                ready[place] = max(ready[place], supply.on)
        for demand in filter(self.counts, self.demands):
            place = self.buckets.place(demand.on)
            net[place] = EXACT.subtract(net[place], demand.quantity.value)
        return net, ready

    def counts(self, entry: Supply | Demand) -> bool:
        """Whether an entry is of a kind that the rule counts, and comes within the horizon."""
        kinds = self.rule.supplies if isinstance(entry, Supply) else self.rule.demands
        return entry.kind in kinds and entry.on <= self.buckets.last_on

    @property
    def counted(self) -> tuple[Supply, ...]:
        """The supplies that count, in the order of their days."""
        return tuple(filter(self.counts, self.supplies))

    @property
    def net(self) -> tuple[Decimal, ...]:
        """Supply less demand by period."""
        return self._net

    @property
    def free(self) -> tuple[Decimal, ...]:
        """What is left over by period, once shortages have drawn on other periods; below zero where it is short."""
        return self._free

    @property
    def cumulative(self) -> tuple[Decimal, ...]:
        """All that is left over up to and including each period; it never falls."""
        return self._total

    @property
    def ready(self) -> tuple[date, ...]:
        """The day by which what a period offers is there: its first, or that of its last supply."""
        return self._ready

    @property
    def atp(self) -> tuple[Decimal, ...]:
        """What is available to promise by period, as people read it: accumulated where the rule says so."""
        return tuple(shown(self._free, self.rule))

    @property
    def shortage(self) -> Quantity:
        """What existing demand lacks in all."""
        lacking = _ZERO
        for figure in self._free:
            lacking = EXACT.subtract(lacking, min(figure, _ZERO))
        return Quantity(lacking, self.unit)

    @property
    def overdue(self) -> tuple[Supply, ...]:
        """Supplies, other than stock, that should be there by now; they count in the first period."""
        return tuple(each for each in self.counted if each.on < self.buckets.starts[0] and each.kind != "stock")

    def nearest(self, place: int, least: Decimal) -> int | None:
        """The period that alone has so much: this one, then (with backward consumption) one before, then one after.

        The nearest of each; for rules that do not accumulate.
        """
        if self._free[place] >= least:
            return place
        peaks = self._peaks or _Peaks(self._free)
        if peaks.tree[1] < least:
            return None
        earlier = peaks.before(place, least) if self.rule.backward else None
        return peaks.after(place, least) if earlier is None else earlier
