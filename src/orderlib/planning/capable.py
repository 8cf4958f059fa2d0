"""Capable to promise: what stock, supply, bills, people and machines together let one promise, and what binds.

What is free of the article is taken first. The rest is made: each component is taken from its own stock and supply,
or made in its turn where that is sooner, and the operations find their place on resources that others hold in part.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final, NamedTuple

import attrs

from orderlib.errors import Finding, FindingCode, Severity
from orderlib.planning.finite import FiniteCapacity, Occupation
from orderlib.planning.promise import Feasibility
from orderlib.planning.record import TaskDraft
from orderlib.planning.schedule import Dated
from orderlib.resource.record import Need
from orderlib.supply.atp import (
    Alternative,
    AlternativeKind,
    AtpAnswer,
    Availed,
    PromisePart,
    check_promise,
)
from orderlib.supply.availability import Availability
from orderlib.supply.bill import Bills
from orderlib.supply.entry import Demand
from orderlib.values.identifier import DocumentId, ItemId
from orderlib.values.instant import Instant, instant
from orderlib.values.quantity import Quantity
from orderlib.values.typed import tuple_of, type_check

__all__ = ["CapableToPromise", "CtpAnswer", "Operation", "Routing"]

MADE: Final = FindingCode(
    "ctp.made",
    Severity.INFO,
    "{made} of {item} can be made by {on}; {free} are free",
    "{item} 可于 {on} 前生产 {made}，现有可用 {free}",
)
MATERIAL: Final = FindingCode(
    "ctp.waits-for-material",
    Severity.WARNING,
    "{item} waits for {quantity} of {component} until {on}",
    "{item} 须等待 {component} {quantity} 至 {on}",
)
NO_MATERIAL: Final = FindingCode(
    "ctp.no-material",
    Severity.ERROR,
    "{quantity} of {component} cannot be had within the horizon, nor made",
    "计划期内无法取得或生产 {component} {quantity}",
)
NO_ROUTING: Final = FindingCode(
    "ctp.not-made", Severity.ERROR, "{item} is not made here: it has no routing", "{item} 没有工艺路线，无法自制"
)
_NIL: Final = timedelta(0)


def _needs(given: Iterable[Need]) -> tuple[Need, ...]:
    return tuple_of(Need, given, "/needs")


_check_operation: Final = type_check(("setup", timedelta), ("per_unit", timedelta))


@attrs.frozen
class Operation:
    """One step of making an article: working time to set up, and for each unit; what it needs while it lasts.

    Raises `InvalidValueError` (`id.*`, `value.type`).
    """

    id: DocumentId = attrs.field(converter=DocumentId)
    setup: timedelta = _NIL
    per_unit: timedelta = _NIL
    needs: tuple[Need, ...] = attrs.field(default=(), converter=_needs, kw_only=True)

    def __attrs_post_init__(self) -> None:
        _check_operation(self)

    def lasting(self, quantity: Quantity) -> timedelta:
        """The working time for a quantity, to the microsecond, rounded up."""
        above, below = quantity.value.as_integer_ratio()
        microsecond = timedelta(microseconds=1)
        return self.setup + -(-(self.per_unit // microsecond) * above // below) * microsecond


def _operations(given: Iterable[Operation]) -> tuple[Operation, ...]:
    return tuple_of(Operation, given, "/operations")


@attrs.frozen
class Routing:
    """The operations that make an article, one after the other."""

    item_id: ItemId = attrs.field(converter=ItemId)
    operations: tuple[Operation, ...] = attrs.field(converter=_operations)


@attrs.frozen
class CtpAnswer:
    """What can be promised of one article, and why not sooner.

    `promised_on` is the day by which all of it is there (None: never), `free` what is there without making anything,
    `made` what has to be made, `dated` when each operation runs, `draws` what it takes of stock and supply.
    """

    item_id: ItemId
    asked: Quantity
    requested_on: date
    promised_on: date | None
    free: Quantity
    made: Quantity
    reasons: tuple[Finding, ...]
    tasks: tuple[TaskDraft, ...] = ()
    dated: tuple[Dated, ...] = ()
    draws: tuple[Demand, ...] = ()

    @property
    def outcome(self) -> Availed:
        """On time, late or never; split where some of it could be there in time."""
        if self.promised_on is not None and self.promised_on <= self.requested_on:
            return Availed.ON_TIME
        if self.promised_on is None:
            return Availed.NEVER
        return Availed.SPLIT if self.free.value > 0 and self.made.value > 0 else Availed.LATE

    @property
    def alternatives(self) -> tuple[Alternative, ...]:
        """What could be promised instead: all of it later, less on the day, or in two parts; none where it is on time.

        Other articles are not looked at: ask the plant for them.
        """
        return tuple(_alternatives(self))


def _alternatives(answer: CtpAnswer) -> Iterator[Alternative]:
    item_id, promised = answer.item_id, answer.promised_on
    if answer.outcome is Availed.ON_TIME:
        return
    some = answer.free.value > 0 and answer.made.value > 0
    if promised is not None:
        yield Alternative(AlternativeKind.DATE, item_id, (PromisePart(promised, answer.asked),))
    if some:
        yield Alternative(AlternativeKind.QUANTITY, item_id, (PromisePart(answer.requested_on, answer.free),))
    if some and promised is not None:
        parts = (PromisePart(answer.requested_on, answer.free), PromisePart(promised, answer.made))
        yield Alternative(AlternativeKind.SPLIT, item_id, parts)


def _availability(given: Iterable[Availability]) -> tuple[Availability, ...]:
    return tuple_of(Availability, given, "/availability")


def _routings(given: Iterable[Routing]) -> tuple[Routing, ...]:
    return tuple_of(Routing, given, "/routings")


class _Question(NamedTuple):
    """What is asked for, by when, and by whom."""

    item_id: ItemId
    asked: Quantity
    requested_on: date
    want: str


class _Draft:
    """An answer while it is worked out: what is left of each article, and the operations so far."""

    def __init__(self, figures: Iterable[Availability], want: str) -> None:
        self.figures = {str(each.item_id): each for each in figures}
        self.want = want
        self.tasks: list[TaskDraft] = []
        self.draws: list[Demand] = []
        self.reasons: list[Finding] = []
        self.failed = False

    def take(self, item_id: str, quantity: Quantity, on: date) -> None:
        """So much of an article is gone from a day on."""
        if quantity.value > 0:
            draw = Demand(f"{self.want}/{len(self.draws) + 1}", item_id, quantity, on)
            self.draws.append(draw)
            known = self.figures[item_id]
            self.figures[item_id] = attrs.evolve(known, demands=(*known.demands, draw))


@attrs.frozen
class CapableToPromise:
    """A plant as far as promises need it: figures by article, bills, routings, and capacity with what others hold.

    A component that is short is waited for, or made where it has a routing whose work alone would be done sooner.
    """

    availability: tuple[Availability, ...] = attrs.field(default=(), converter=_availability)
    bills: Bills = attrs.field(factory=Bills)
    routings: tuple[Routing, ...] = attrs.field(default=(), converter=_routings)
    capacity: FiniteCapacity = attrs.field(factory=FiniteCapacity)

    def check(
        self, item_id: str, asked: Quantity, requested_on: date, now: Instant, *, want: str = "promise"
    ) -> CtpAnswer:
        """What can be promised, without holding anything; `want` names who asks.

        Raises `InvalidValueError` as `check_promise` and bills do (`atp.*`, `supply.*`, `quantity.unit-mismatch`).
        """
        draft, item = _Draft(self.availability, want), ItemId(item_id)
        known = draft.figures.get(item)
        stock = None if known is None else check_promise(known, asked, max(requested_on, now.date()))
        question = _Question(item, asked, requested_on, want)
        if stock is not None and (stock.on_time or self._routing(item) is None):
            return _waiting(question, stock)
        free = Quantity(0, asked.unit) if stock is None else min(stock.free, asked)
        draft.take(item, free, requested_on)
        self._make(draft, item, asked - free, now, item)
        decision = self.capacity(tuple(draft.tasks), now, requested_on)
        if draft.failed or decision.ruling is Feasibility.IMPOSSIBLE:
            failed = decision.reasons if decision.ruling is Feasibility.IMPOSSIBLE else ()
            return _waiting(question, stock, (*draft.reasons, *failed))
        end = max((each.ends_at for each in decision.dated), default=now).date()
        if stock is not None and stock.promised_on is not None and stock.promised_on <= end:
            return _waiting(question, stock)  # what is on its way is there before what would be made
        made = MADE("/routings", made=asked - free, item=item, on=end, free=free)
        # the first reason of the schedule says whether the tasks are in time: that is said here
        reasons = (made, *draft.reasons, *decision.reasons[1:])
        promised, tasks, draws = max(end, requested_on), tuple(draft.tasks), tuple(draft.draws)
        return CtpAnswer(item, asked, requested_on, promised, free, asked - free, reasons, tasks, decision.dated, draws)

    def without(self, answer: CtpAnswer) -> CapableToPromise:
        """The plant with what an answer takes gone: for whoever asks next."""
        figures = tuple(
            attrs.evolve(each, demands=(*each.demands, *taken)) if taken else each
            for each in self.availability
            for taken in (tuple(draw for draw in answer.draws if draw.item_id == each.item_id),)
        )
        held = tuple(
            Occupation(need.resource_id, each.starts_at, each.ends_at, need.amount)
            for each in answer.dated
            for need in each.holds
            if each.starts_at < each.ends_at and need.amount
        )
        capacity = attrs.evolve(self.capacity, occupied=(*self.capacity.occupied, *held))
        return attrs.evolve(self, availability=figures, capacity=capacity)

    def _routing(self, item_id: str) -> Routing | None:
        return next((each for each in self.routings if each.item_id == item_id), None)

    def _make(self, draft: _Draft, item_id: str, quantity: Quantity, now: Instant, way: str) -> str | None:
        """Add the operations that make so much of an article; the last of them, None where it cannot be made."""
        routing, bill = self._routing(item_id), self.bills.of(item_id, now.date())
        if routing is None or not routing.operations:
            draft.reasons.append(NO_ROUTING("/routings", item=item_id))
            draft.failed = True
            return None
        started = quantity if bill is None else bill.started(quantity)
        before: list[str] = []
        ready = now
        for component, wanted in self._components(item_id, started, now):
            arrives, task = self._fetch(draft, item_id, component, wanted, now, f"{way}/{component}")
            ready = max(ready, arrives)
            before += [] if task is None else [task]
        for operation in routing.operations:
            name = f"{way}/{operation.id}"
            draft.tasks.append(
                TaskDraft(
                    name,
                    operation.id,
                    "production",
                    f"{started} of {item_id} have passed {operation.id}",
                    operation.lasting(started),
                    tuple(before),
                    needs=operation.needs,
                    not_before=ready if ready > now else None,
                )
            )
            before = [name]
        return before[0]

    def _components(self, item_id: str, started: Quantity, now: Instant) -> Iterator[tuple[str, Quantity]]:
        """What goes into so much of an article; phantoms give theirs instead of themselves."""
        bill = self.bills.of(item_id, now.date())
        if bill is None:
            return
        times = bill.times(started)
        for component in bill.on(now.date()):
            inner = self.bills.of(component.item_id, now.date())
            wanted = component.needed(times)
            if inner is not None and inner.phantom:
                yield from self._components(component.item_id, inner.started(wanted), now)
            else:
                yield component.item_id, wanted

    def _fetch(
        self, draft: _Draft, item_id: str, component: str, wanted: Quantity, now: Instant, way: str
    ) -> tuple[Instant, str | None]:
        """From when on a component is there, and the operation that makes it, where it is made."""
        known, today = draft.figures.get(component), now.date()
        answer = None if known is None else check_promise(known, wanted, today, early=True)
        arrives = None if answer is None else answer.promised_on
        if arrives is not None and arrives <= today:
            draft.take(component, wanted, today)
            return now, None
        free = Quantity(0, wanted.unit) if answer is None else min(answer.free, wanted)
        routing = self._routing(component)
        if routing is not None and (arrives is None or self._alone(routing, wanted - free, now) < _begin(arrives)):
            draft.take(component, free, today)
            return now, self._make(draft, component, wanted - free, now, way)
        if arrives is None:
            draft.failed = True
            draft.reasons.append(NO_MATERIAL(f"/bills/{item_id}", quantity=wanted, component=component))
            return now, None
        draft.take(component, wanted, arrives)
        draft.reasons.append(
            MATERIAL(f"/bills/{item_id}", item=item_id, quantity=wanted, component=component, on=arrives)
        )
        return max(now, _begin(arrives)), None

    def _alone(self, routing: Routing, quantity: Quantity, now: Instant) -> Instant:
        """When the work of a routing would be done, if nothing stood in its way."""
        work = sum((each.lasting(quantity) for each in routing.operations), _NIL)
        return self.capacity.calendar.add_working(now, work)


def _waiting(question: _Question, stock: AtpAnswer | None, reasons: tuple[Finding, ...] = ()) -> CtpAnswer:
    """The answer that makes nothing: what stock and supply say alone."""
    item, asked, requested_on, want = question
    promised = None if stock is None else stock.promised_on
    draws = () if promised is None else (Demand(f"{want}/1", item, asked, promised),)
    free = Quantity(0, asked.unit) if promised is None else asked
    binding = () if stock is None else (stock.binding,)
    return CtpAnswer(item, asked, requested_on, promised, free, asked - free, (*binding, *reasons), draws=draws)


def _begin(on: date) -> Instant:
    return instant(f"{on.isoformat()}T00:00:00Z")
