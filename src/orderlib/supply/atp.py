"""Available to promise: what can be had by when, why not sooner, and what there is instead."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import chain
from typing import Any, Final

import attrs

from orderlib.errors import Finding, FindingCode, InvalidValueError, Severity
from orderlib.supply.availability import Availability
from orderlib.supply.entry import OTHER_UNIT
from orderlib.values.codelist import member, whole
from orderlib.values.decimals import EXACT
from orderlib.values.decision import Decision
from orderlib.values.identifier import ItemId
from orderlib.values.instant import day
from orderlib.values.quantity import Quantity, sum_quantities
from orderlib.values.twin import maker
from orderlib.values.typed import tuple_of, type_check

__all__ = ["Alternative", "AlternativeKind", "AtpAnswer", "Availed", "PromisePart", "Shipment", "check_promise"]

NOTHING_ASKED: Final = FindingCode(
    "atp.nothing-asked", Severity.ERROR, "{asked} is nothing that could be promised", "无法对 {asked} 作出承诺"
)
FREE: Final = FindingCode(
    "atp.free",
    Severity.INFO,
    "{free} of {item} are free by {on}, {asked} are asked for",
    "截至 {on}，{item} 可用 {free}，需求 {asked}",
)
WAITS: Final = FindingCode(
    "atp.waits-for-supply",
    Severity.WARNING,
    "{free} of {item} are free by {requested}, {asked} are asked for: it waits for {supply} on {on}",
    "截至 {requested}，{item} 可用 {free}，需求 {asked}：须等待 {on} 的 {supply}",
)
WAITS_LEAD: Final = FindingCode(
    "atp.waits-for-lead-time",
    Severity.WARNING,
    "{free} of {item} are free by {requested}, {asked} are asked for: more can be got from {on} on",
    "截至 {requested}，{item} 可用 {free}，需求 {asked}：{on} 起可再取得",
)
BEYOND: Final = FindingCode(
    "atp.beyond-horizon",
    Severity.ERROR,
    "{free} of {item} are free until {on}, where the horizon ends; {asked} are asked for",
    "截至计划期末 {on}，{item} 可用 {free}，需求 {asked}",
)
TAKEN: Final = FindingCode(
    "atp.taken", Severity.INFO, "{demand} takes {quantity} of {item} on {on}", "{demand} 于 {on} 占用 {item} {quantity}"
)
WOULD_FIT: Final = FindingCode(
    "atp.would-fit", Severity.INFO, "{quantity} of {item} could be had by {on}", "{on} 可供 {item} {quantity}"
)

_ZERO: Final = Decimal(0)
_SHOWN: Final = 3


class Shipment(StrEnum):
    """Whether everything comes at once, or each part as soon as it is there."""

    COMPLETE = "complete"
    PARTIAL = "partial"


class Availed(StrEnum):
    """What became of the wish; best first. `split` means that a part comes by the day, the rest later."""

    ON_TIME = "on-time"
    SPLIT = "split"
    LATE = "late"
    NEVER = "never"


class AlternativeKind(StrEnum):
    """In what an offer differs from what was asked for."""

    DATE = "date"
    QUANTITY = "quantity"
    SPLIT = "split"
    SUBSTITUTE = "substitute"


def _day(value: str | date) -> date:
    return day(value, address="/on")


def _requested(value: str | date) -> date:
    return day(value, address="/requested_on")


def _kind(value: str) -> AlternativeKind:
    return member(AlternativeKind, value, "/kind")


def _shipment(value: str) -> Shipment:
    return member(Shipment, value, "/shipment")


_check_part: Final = type_check(("quantity", Quantity))


@attrs.frozen
class PromisePart:
    """So much on a day."""

    on: date = attrs.field(converter=_day)
    quantity: Quantity

    def __attrs_post_init__(self) -> None:
        _check_part(self)


def _parts(given: Iterable[PromisePart]) -> tuple[PromisePart, ...]:
    return tuple_of(PromisePart, given, "/parts")


@attrs.frozen
class Alternative:
    """What could be promised instead: another day, a smaller quantity, several days, another article."""

    kind: AlternativeKind = attrs.field(converter=_kind)
    item_id: ItemId = attrs.field(converter=ItemId)
    parts: tuple[PromisePart, ...] = attrs.field(converter=_parts)


_check_answer: Final = type_check(("availability", Availability), ("asked", Quantity), ("early", bool))


@attrs.frozen
class AtpAnswer:
    """The answer to one look at the figures; what explains it is worked out when it is read.

    `place` is the period by which (with a rule that does not accumulate: in which alone) all that was asked for is
    there, None where no period has it. Made by `check_promise`.
    """

    availability: Availability
    asked: Quantity
    requested_on: date = attrs.field(converter=_requested)
    place: int | None = None
    shipment: Shipment = attrs.field(default=Shipment.COMPLETE, converter=_shipment)
    early: bool = False

    def __attrs_post_init__(self) -> None:
        _check_answer(self)
        _refuse(self.availability, self.asked)
        if self.place is not None:
            whole(self.place, 0, len(self.availability.buckets) - 1, "/place")

    @property
    def promised_on(self) -> date | None:
        """The day on which all of it is there, not before the day wanted unless asked `early`; None for never."""
        found, fence = self._found_on(), self._fence_on()
        if found is None or fence is None:
            return found or fence
        return min(found, fence)

    @property
    def on_time(self) -> bool:
        """Whether all of it is there by the day wanted."""
        promised = self.promised_on
        return promised is not None and promised <= self.requested_on

    @property
    def drawn(self) -> tuple[tuple[date, Quantity], ...]:
        """The periods, by their first days, whose free quantities are taken, and how much of each."""
        starts, unit = self.availability.buckets.starts, self.asked.unit
        return tuple((starts[place], Quantity(taken, unit)) for place, taken in self._draws())

    @property
    def parts(self) -> tuple[PromisePart, ...]:
        """What comes when: one part for a complete shipment, as many as there are days for a partial one."""
        promised = self.promised_on
        if self.shipment is Shipment.COMPLETE:
            return () if promised is None else (PromisePart(promised, self.asked),)
        sums: dict[date, Decimal] = {}
        for place, taken in self._draws():
            on = self._day_of(place)
            sums[on] = EXACT.add(sums.get(on, _ZERO), taken)
        fence = self._fence_on()
        if fence is not None:
            sums = {on: taken for on, taken in sums.items() if on < fence}
            left = EXACT.subtract(self.asked.value, sum(sums.values(), _ZERO))
            if left:
                sums[fence] = left
        return tuple(PromisePart(on, Quantity(sums[on], self.asked.unit)) for on in sorted(sums))

    @property
    def outcome(self) -> Availed:
        """On time, split, late or never."""
        if self.on_time:
            return Availed.ON_TIME
        if self.shipment is Shipment.PARTIAL and any(part.on <= self.requested_on for part in self.parts):
            return Availed.SPLIT
        return Availed.NEVER if self.promised_on is None else Availed.LATE

    @property
    def free(self) -> Quantity:
        """What could be had by the day wanted, if less was asked for."""
        here = self.availability
        place = here.buckets.place(self.requested_on)
        place -= here.ready[place] > self.requested_on
        return Quantity(self._free_by(place) if place >= 0 else _ZERO, self.asked.unit)

    @property
    def binding(self) -> Finding:
        """What holds the promise where it is: the free quantity, the supply or the lead time that it waits for."""
        here, promised = self.availability, self.promised_on
        facts: dict[str, Any] = {"item": here.item_id, "asked": self.asked}
        if self.on_time:
            return FREE("/supplies", free=self.free, on=self.requested_on, **facts)
        facts |= {"requested": self.requested_on, "free": self.free}
        if promised is None:
            facts["free"] = Quantity(self._free_by(len(here.buckets) - 1), self.asked.unit)
            return BEYOND("/supplies", on=here.buckets.last_on, **facts)
        if self._found_on() != promised:
            return WAITS_LEAD("/unlimited_from", on=promised, **facts)
        at, last = [
            (at, each)
            for at, each in enumerate(here.supplies)
            if each.quantity and here.counts(each) and here.buckets.place(each.on) == self.place
        ][-1]
        return WAITS(f"/supplies/{at}", supply=last.id, on=promised, **facts)

    def decision(self, substitutes: Iterable[Availability] = ()) -> Decision[Availed]:
        """The answer as a decision: why so, and what would have been possible."""
        here = self.availability
        reasons = [self.binding]
        if not self.on_time:
            earlier = [
                (at, each)
                for at, each in enumerate(here.demands)
                if each.kind in here.rule.demands and each.on <= self.requested_on and each.quantity
            ]
            earlier.sort(key=lambda entry: (-entry[1].quantity.value, entry[0]))
            reasons += [
                TAKEN(f"/demands/{at}", demand=each.id, quantity=each.quantity, item=here.item_id, on=each.on)
                for at, each in earlier[:_SHOWN]
            ]
        otherwise = [
            WOULD_FIT(f"/alternatives/{at}", item=each.item_id, quantity=part.quantity, on=part.on)
            for at, each in enumerate(self.alternatives(substitutes))
            for part in each.parts
        ]
        return Decision(self.outcome, tuple(reasons), tuple(otherwise))

    def alternatives(self, substitutes: Iterable[Availability] = ()) -> tuple[Alternative, ...]:
        """What could be promised instead: all of it on another day, less on the day, in parts, another article."""
        return tuple(dict.fromkeys(chain(self._own_alternatives(), self._others(substitutes))))

    def _own_alternatives(self) -> Iterator[Alternative]:
        item_id, promised = self.availability.item_id, self.promised_on
        soonest = check_promise(self.availability, self.asked, self.requested_on, early=True).promised_on
        if self.on_time:
            if soonest is not None and promised is not None and soonest < promised:
                yield Alternative(AlternativeKind.DATE, item_id, (PromisePart(soonest, self.asked),))
            return
        if promised is not None:
            yield Alternative(AlternativeKind.DATE, item_id, (PromisePart(promised, self.asked),))
        if self.free:
            yield Alternative(AlternativeKind.QUANTITY, item_id, (PromisePart(self.requested_on, self.free),))
        parts = attrs.evolve(self, shipment=Shipment.PARTIAL).parts
        if len(parts) > 1 and sum_quantities((part.quantity for part in parts), self.asked.unit) == self.asked:
            yield Alternative(AlternativeKind.SPLIT, item_id, parts)

    def _others(self, substitutes: Iterable[Availability]) -> Iterator[Alternative]:
        if self.on_time:
            return
        for each in substitutes:
            if each.unit != self.asked.unit:
                continue
            answer = check_promise(each, self.asked, self.requested_on)
            if answer.on_time:
                yield Alternative(AlternativeKind.SUBSTITUTE, each.item_id, answer.parts)

    def _found_on(self) -> date | None:
        """The day on which the figures have all of it."""
        if self.place is None:
            return None
        if self.availability.rule.accumulate and self.place < self.availability.buckets.place(self.requested_on):
            return self.availability.ready[self.place] if self.early else self.requested_on
        return self._day_of(self.place)

    def _fence_on(self) -> date | None:
        """The day from which any quantity can be had."""
        fence = self.availability.unlimited_from
        return fence if fence is None or self.early else max(fence, self.requested_on)

    def _day_of(self, place: int) -> date:
        ready = self.availability.ready[place]
        return ready if self.early else max(ready, self.requested_on)

    def _free_by(self, place: int) -> Decimal:
        """What a demand in that period could have: of it and those before, or of the one that has most."""
        here = self.availability
        if here.rule.accumulate:
            return here.cumulative[place]
        figures = here.free[: place + 1] if here.rule.backward else here.free[place : place + 1]
        return max(_ZERO, *figures)

    def _draws(self) -> Iterator[tuple[int, Decimal]]:
        """Period by period what is taken, until all that was asked for is taken."""
        here, left = self.availability, self.asked.value
        if self.shipment is Shipment.COMPLETE and self.place is None:
            return
        for place in self._order():
            taken = min(here.free[place], left)
            if taken > 0:
                left = EXACT.subtract(left, taken)
                yield place, taken
            if not left:
                return

    def _order(self) -> Iterable[int]:
        """The periods in the order in which they are drawn on: the latest that does, then those before."""
        here, first = self.availability, self.availability.buckets.place(self.requested_on)
        if self.shipment is Shipment.COMPLETE and self.place is not None:
            if not here.rule.accumulate:
                return (self.place,)
            last = self.place if self.early else max(self.place, first)
            if self.place < last and here.ready[last] > self.requested_on:
                last -= 1
            return range(last, -1, -1)
        before = range(first - 1, -1, -1) if here.rule.accumulate or here.rule.backward else ()
        return chain((first,), before, range(first + 1, len(here.buckets)))


_answer = maker(AtpAnswer)


def check_promise(
    availability: Availability,
    asked: Quantity,
    requested_on: date,
    shipment: Shipment = Shipment.COMPLETE,
    *,
    early: bool = False,
) -> AtpAnswer:
    """When so much can be had, wanted on that day.

    Nothing is promised before the day wanted unless `early` is asked for, and nothing before the horizon begins.
    Raises `InvalidValueError` (`atp.nothing-asked`, `supply.unit`, `value.day-malformed`, `code.unknown`).
    """
    value = asked.value
    if asked.unit != availability.unit:
        _refuse(availability, asked)
    if type(requested_on) is not date:
        requested_on = _requested(requested_on)
    if type(shipment) is not Shipment:
        shipment = _shipment(shipment)
    place: int | None
    if availability.rule.accumulate:
        total = availability._total  # noqa: SLF001 - this is the one look that has to be quick
        place = bisect_left(total, value)
        if not place:
            _refuse(availability, asked)  # nothing, or less, would be found at once
        elif place == len(total):
            place = None
    else:
        _refuse(availability, asked)
        place = availability.nearest(max(0, bisect_right(availability.buckets.starts, requested_on) - 1), value)
    return _answer(availability, asked, requested_on, place, shipment, early)


def _refuse(availability: Availability, asked: Quantity) -> None:
    if asked.unit != availability.unit:
        item, expected = availability.item_id, availability.unit
        raise InvalidValueError(OTHER_UNIT("/asked/unit", item=item, found=asked.unit, expected=expected))
    if asked.value <= 0:
        raise InvalidValueError(NOTHING_ASKED("/asked", asked=asked))
