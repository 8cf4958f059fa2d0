"""Netting: what is wanted against what is there and on its way, level by level, and orders for the rest.

Articles are taken in the order of their low-level codes, so that all that is wanted of one is known before it is
looked at. A demand takes the supplies that are there by its day, oldest first. For the rest an order is planned, due
on its day and released the lead time before it, on working days. Where it is too late for that, what comes anyway
before a new order could is taken first, then an order that begins today: late, and said so (APICS: material
requirements planning).
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from heapq import heapify, heappop, heappush
from typing import Final

import attrs

from orderlib.errors import Finding, FindingCode, InvalidValueError, Severity
from orderlib.supply.bill import Bill, Bills, Component
from orderlib.supply.entry import OTHER_UNIT, Demand, DemandKind, Supply, supplies_of
from orderlib.supply.pegging import Peg, PlannedOrder, Shortage, SupplyPlan, Surplus
from orderlib.supply.replenish import Procurement, Replenishment
from orderlib.values.calendar import WEEKDAYS
from orderlib.values.decimals import EXACT
from orderlib.values.identifier import DocumentId, ItemId
from orderlib.values.instant import day
from orderlib.values.lines import Lines
from orderlib.values.quantity import Quantity, sum_quantities
from orderlib.values.typed import tuple_of
from orderlib.values.worktime import Calendar

__all__ = ["net_requirements"]

TWICE: Final = FindingCode("supply.used-id", Severity.ERROR, "the id {id} stands twice", "标识 {id} 重复")
NO_BILL: Final = FindingCode(
    "supply.no-bill",
    Severity.WARNING,
    "{item} is made, and no bill of it holds on {on}: nothing is planned for {order}",
    "{item} 为自制件，但 {on} 没有有效的物料清单：未为 {order} 计划物料",
)
SUBSTITUTED: Final = FindingCode(
    "supply.substituted",
    Severity.INFO,
    "{order} takes {quantity} of {taken} instead of {item}",
    "{order} 以 {taken} {quantity} 代替 {item}",
)

_ZERO: Final = Decimal(0)
NO_BILLS: Final = Bills()


@attrs.define(order=True)
class _Lot:
    """What is left of a supply."""

    on: date
    place: int
    id: DocumentId = attrs.field(order=False)
    left: Decimal = attrs.field(order=False)


@attrs.define
class _Netting:
    """One run: what is known of each article, and what has been found so far."""

    bills: Bills
    rules: Lines[Replenishment]
    calendar: Calendar
    today: date
    units: dict[ItemId, str] = attrs.field(factory=dict[ItemId, str])
    lots: dict[ItemId, list[_Lot]] = attrs.field(factory=dict[ItemId, list[_Lot]])
    wanted: dict[ItemId, list[Demand]] = attrs.field(factory=dict[ItemId, list[Demand]])
    waiting: list[tuple[int, ItemId]] = attrs.field(factory=list[tuple[int, ItemId]])
    used: set[str] = attrs.field(factory=set[str])
    last: dict[str, int] = attrs.field(factory=dict[str, int])
    orders: list[PlannedOrder] = attrs.field(factory=list[PlannedOrder])
    needs: list[Demand] = attrs.field(factory=list[Demand])
    pegs: list[Peg] = attrs.field(factory=list[Peg])
    shortages: list[Shortage] = attrs.field(factory=list[Shortage])
    surplus: list[Surplus] = attrs.field(factory=list[Surplus])
    notes: list[Finding] = attrs.field(factory=list[Finding])

    def take_in(self, demands: tuple[Demand, ...], supplies: tuple[Supply, ...]) -> None:
        """Sort what was given by article; refuse what stands twice or is in another unit."""
        self.units = {rule.id: rule.unit for rule in self.rules}
        wrong: list[Finding] = []
        given: tuple[tuple[str, tuple[Demand | Supply, ...]], ...] = (("demands", demands), ("supplies", supplies))
        for kind, entries in given:
            seen: set[str] = set()
            for place, each in enumerate(entries):
                if each.id in seen:
                    wrong.append(TWICE(f"/{kind}/{place}/id", id=each.id))
                seen.add(each.id)
                wrong += self._of_unit(each.item_id, each.quantity, f"/{kind}/{place}/quantity/unit")
            self.used |= seen
        if wrong:
            raise InvalidValueError(*wrong)
        for demand in demands:
            self.wanted.setdefault(demand.item_id, []).append(demand)
        for place, supply in enumerate(supplies):
            lot = _Lot(supply.on, place, supply.id, supply.quantity.value)
            self.lots.setdefault(supply.item_id, []).append(lot)

    def _of_unit(self, item: ItemId, quantity: Quantity, address: str) -> list[Finding]:
        expected, found = self.units.setdefault(item, quantity.unit), quantity.unit
        return [] if found == expected else [OTHER_UNIT(address, item=item, found=found, expected=expected)]

    def run(self) -> SupplyPlan:
        """Article by article, from the products down: what an order needs always lies below it."""
        first = {*self.wanted, *self.lots, *(rule.id for rule in self.rules if rule.safety)}
        self.waiting = [(self.bills.level(item), item) for item in first]
        heapify(self.waiting)
        done: set[ItemId] = set()
        while self.waiting:
            _, here = heappop(self.waiting)
            if here not in done:
                done.add(here)
                self._article(here)
        return SupplyPlan(
            orders=self.orders,
            needs=self.needs,
            pegs=self.pegs,
            shortages=self.shortages,
            surplus=self.surplus,
            notes=tuple(self.notes),
        )

    def _article(self, item: ItemId) -> None:
        lots, rule = self.lots.setdefault(item, []), self._rule_of(item)
        for demand in sorted(self.wanted.get(item, ()), key=lambda each: each.on):
            self._serve(demand, lots, rule)
        if rule is not None and rule.safety:
            quantity = Quantity(rule.safety, rule.unit)
            kept = Demand(self._new_id("safety-"), item, quantity, self.today, DemandKind.SAFETY)
            self.needs.append(kept)
            left = self._peg(kept, lots, date.max, rule.safety)
            if left:
                self._order(kept, lots, rule, left)
        unit = self.units.get(item, "C62")
        self.surplus += [Surplus(lot.id, item, Quantity(lot.left, unit), lot.on) for lot in lots if lot.left]

    def _rule_of(self, item: ItemId) -> Replenishment | None:
        """How an article is got; what only passes through on paper is made at once, in the quantity wanted."""
        bill = self.bills.of(item, self.today)
        if bill is not None and bill.phantom:
            return Replenishment(item, Procurement.MAKE, unit=self.units.get(item, bill.makes.unit))
        return self.rules.get(item)

    def _serve(self, demand: Demand, lots: list[_Lot], rule: Replenishment | None) -> None:
        """Peg supplies to a demand, plan an order for the rest, and say what is short."""
        before = len(self.pegs)
        left = self._peg(demand, lots, demand.on, demand.quantity.value)
        if left:
            left = self._peg(demand, lots, date.max, left) if rule is None else self._order(demand, lots, rule, left)
        unit, late = demand.quantity.unit, [each for each in self.pegs[before:] if each.late]
        if left:
            self.shortages.append(Shortage(demand.id, demand.item_id, Quantity(left, unit), demand.on))
        if late:
            quantity = sum_quantities((each.quantity for each in late), unit)
            until = max(each.on for each in late)
            self.shortages.append(Shortage(demand.id, demand.item_id, quantity, demand.on, until))

    def _order(self, demand: Demand, lots: list[_Lot], rule: Replenishment, left: Decimal) -> Decimal:
        """Plan an order for what a demand lacks, after what comes before any order could where it is late."""
        due = self.calendar.previous_working_day(demand.on)
        release = self.calendar.add_days(due, -rule.lead_days)
        if release < self.today:
            release = self.calendar.next_working_day(self.today)
            due = self.calendar.add_days(release, rule.lead_days)
            left = self._peg(demand, lots, due, left)
        if left:
            insort(lots, self._plan(rule, left, release, due))
            left = self._peg(demand, lots, due, left)
        return left

    def _peg(self, demand: Demand, lots: list[_Lot], by: date, wanted: Decimal) -> Decimal:
        """Give a demand what there is by a day, oldest first; what is still wanted."""
        used_up = 0
        for lot in lots:
            if not wanted or lot.on > by:
                break
            given = min(lot.left, wanted)
            if given:
                lot.left = EXACT.subtract(lot.left, given)
                wanted = EXACT.subtract(wanted, given)
                quantity = Quantity(given, demand.quantity.unit)
                self.pegs.append(Peg(demand.id, lot.id, demand.item_id, quantity, demand.on, lot.on))
            used_up += not lot.left
        del lots[:used_up]  # what comes first is used up first
        return wanted

    def _plan(self, rule: Replenishment, needed: Decimal, release: date, due: date) -> _Lot:
        """An order for what is needed, in the lots of the article, with the needs that it brings."""
        ordered = rule.lot.ordered(needed)
        quantity = started = Quantity(ordered, rule.unit)
        order_id, needs = DocumentId(self._new_id("plan-")), list[Demand]()
        if rule.procurement is Procurement.MAKE:
            bill = self.bills.of(rule.id, release)
            if bill is None:
                self.notes.append(NO_BILL(f"/orders/{order_id}", item=rule.id, on=release, order=order_id))
            else:
                started = bill.started(quantity)
                needs = self._components(order_id, bill, started, release)
        order = PlannedOrder(
            id=order_id,
            item_id=rule.id,
            procurement=rule.procurement,
            quantity=quantity,
            started=started,
            release_on=release,
            due_on=due,
            lead_days=rule.lead_days,
            lots=rule.lot.lots(ordered),
            needs=tuple(need.id for need in needs),
        )
        self.orders.append(order)
        self.needs += needs
        return _Lot(due, len(self.used), order_id, ordered)

    def _components(self, order: DocumentId, bill: Bill, started: Quantity, on: date) -> list[Demand]:
        """The demands for what goes into an order, from the day on which it begins."""
        times, found = bill.times(started), list[Demand]()
        for component in bill.on(on):
            item, quantity = self._chosen(order, component, times, on)
            if not quantity:
                continue
            wrong = self._of_unit(item, quantity, "/bills")
            if wrong:
                raise InvalidValueError(*wrong)
            need = Demand(self._new_id(f"{order}."), item, quantity, on, DemandKind.COMPONENT)
            if item not in self.wanted:
                heappush(self.waiting, (self.bills.level(item), item))
            self.wanted.setdefault(item, []).append(need)
            found.append(need)
        return found

    def _chosen(self, order: DocumentId, component: Component, times: Fraction, on: date) -> tuple[ItemId, Quantity]:
        """The component, or the first substitute of which there is enough where there is not enough of it."""
        quantity = component.needed(times)
        if component.substitutes and self._free(component.item_id, on) < quantity.value:
            for each in component.substitutes:
                instead = component.needed(times, each.quantity)
                same_unit = self.units.get(each.item_id, instead.unit) == instead.unit
                if same_unit and self._free(each.item_id, on) >= instead.value:
                    where, facts = f"/orders/{order}", {"item": component.item_id, "taken": each.item_id}
                    self.notes.append(SUBSTITUTED(where, order=order, quantity=instead, severity=None, **facts))
                    return each.item_id, instead
        return component.item_id, quantity

    def _free(self, item: ItemId, on: date) -> Decimal:
        """What comes of an article by a day, less all that is known to want it so far."""
        free = _ZERO
        for lot in self.lots.get(item, ()):
            free = EXACT.add(free, lot.left if lot.on <= on else _ZERO)
        for each in self.wanted.get(item, ()):
            free = EXACT.subtract(free, each.quantity.value)
        return free

    def _new_id(self, stem: str) -> str:
        """An id that nobody has."""
        number = self.last.get(stem, 0) + 1
        while f"{stem}{number}" in self.used:
            number += 1
        self.last[stem] = number
        self.used.add(f"{stem}{number}")
        return f"{stem}{number}"


def net_requirements(
    demands: Iterable[Demand],
    supplies: Iterable[Supply],
    *,
    today: date,
    bills: Bills = NO_BILLS,
    rules: Iterable[Replenishment] = (),
    calendar: Calendar = WEEKDAYS,
) -> SupplyPlan:
    """What has to be ordered, who is served by what, what is short and what is left over.

    `rules` say how articles are got; one without a rule has only what is given. Components of orders that run
    already are demands that the caller gives. Raises `InvalidValueError` (`supply.used-id`, `supply.unit`,
    `lines.duplicate-id` for a second rule of one article, `quantity.*`, `value.type`, and as the calendar does).
    """
    known = tuple_of(Replenishment, rules, "/rules")
    run = _Netting(bills, Lines(known), calendar, day(today, address="/today"))
    run.take_in(tuple_of(Demand, demands, "/demands"), supplies_of(supplies))
    return run.run()
