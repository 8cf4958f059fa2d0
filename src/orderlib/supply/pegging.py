"""Which supply serves which demand: every unit that comes is pegged to somebody, or declared a surplus.

What is pegged to an article's demands, with what is declared short, is what is wanted of it; what is pegged to its
supplies, with what is declared left over, is what comes of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

import attrs

from orderlib.errors import Finding, FindingCode, Severity
from orderlib.supply.entry import Demand
from orderlib.supply.replenish import Procurement
from orderlib.values.identifier import DocumentId, ItemId
from orderlib.values.instant import day
from orderlib.values.lines import Lines
from orderlib.values.quantity import Quantity
from orderlib.values.typed import tuple_of, type_check
from orderlib.values.worktime import Calendar

__all__ = ["Peg", "PlannedOrder", "Shortage", "SupplyPlan", "Surplus", "TracedPeg", "ready_days", "trace"]

SHORT: Final = FindingCode(
    "supply.short",
    Severity.ERROR,
    "{demand} lacks {quantity} of {item}, wanted on {on}: nothing comes, and nothing says how it is got",
    "{demand} 缺少 {item} {quantity}（需求日 {on}）：没有来源，也没有补货规则",
)
SHORT_UNTIL: Final = FindingCode(
    "supply.short-until",
    Severity.WARNING,
    "{demand} lacks {quantity} of {item} from {on} until {until}",
    "{demand} 自 {on} 至 {until} 缺少 {item} {quantity}",
)
SURPLUS: Final = FindingCode(
    "supply.surplus",
    Severity.INFO,
    "nobody wants {quantity} of {item} that {supply} has on {on}",
    "{supply} 于 {on} 提供的 {item} 有 {quantity} 无人需求",
)


def _on(value: str | date) -> date:
    return day(value, address="/on")


def _needed_on(value: str | date) -> date:
    return day(value, address="/needed_on")


_check_quantity: Final = type_check(("quantity", Quantity))


@attrs.frozen
class Peg:
    """So much of a supply, there on the day `on`, goes to a demand that wants it on `needed_on`."""

    demand_id: DocumentId = attrs.field(converter=DocumentId)
    supply_id: DocumentId = attrs.field(converter=DocumentId)
    item_id: ItemId = attrs.field(converter=ItemId)
    quantity: Quantity
    needed_on: date = attrs.field(converter=_needed_on)
    on: date = attrs.field(converter=_on)

    def __attrs_post_init__(self) -> None:
        _check_quantity(self)

    @property
    def late(self) -> bool:
        """Whether it comes after the day on which it is wanted."""
        return self.on > self.needed_on


@attrs.frozen
class Shortage:
    """So much is not there when it is wanted; `covered_on` is when it will be, None where nothing covers it."""

    demand_id: DocumentId = attrs.field(converter=DocumentId)
    item_id: ItemId = attrs.field(converter=ItemId)
    quantity: Quantity
    needed_on: date = attrs.field(converter=_needed_on)
    covered_on: date | None = None

    def __attrs_post_init__(self) -> None:
        _check_quantity(self)

    @property
    def finding(self) -> Finding:
        """The shortage as a signal, addressed by the demand."""
        where, item, quantity, on = f"/demands/{self.demand_id}", self.item_id, self.quantity, self.needed_on
        if self.covered_on is None:
            return SHORT(where, demand=self.demand_id, item=item, quantity=quantity, on=on)
        return SHORT_UNTIL(where, demand=self.demand_id, item=item, quantity=quantity, on=on, until=self.covered_on)


@attrs.frozen
class Surplus:
    """So much of a supply is pegged to nobody."""

    supply_id: DocumentId = attrs.field(converter=DocumentId)
    item_id: ItemId = attrs.field(converter=ItemId)
    quantity: Quantity
    on: date = attrs.field(converter=_on)

    def __attrs_post_init__(self) -> None:
        _check_quantity(self)

    @property
    def finding(self) -> Finding:
        """The surplus as a signal, addressed by the supply."""
        where, item = f"/supplies/{self.supply_id}", self.item_id
        return SURPLUS(where, supply=self.supply_id, item=item, quantity=self.quantity, on=self.on)


def _ids(given: Iterable[str]) -> tuple[DocumentId, ...]:
    return tuple(map(DocumentId, tuple_of(str, given, "/needs")))


@attrs.frozen(kw_only=True)
class PlannedOrder:
    """An order that netting proposes: to make or to buy so much, released and due on working days.

    `started` is what has to be put in so that `quantity` comes out well, `needs` names the demands for its
    components, `lots` says in how many lots it is ordered.
    """

    id: DocumentId = attrs.field(converter=DocumentId)
    item_id: ItemId = attrs.field(converter=ItemId)
    procurement: Procurement
    quantity: Quantity
    started: Quantity
    release_on: date
    due_on: date
    lead_days: int = 0
    lots: int = 1
    needs: tuple[DocumentId, ...] = attrs.field(default=(), converter=_ids)


def _orders(given: Iterable[PlannedOrder]) -> Lines[PlannedOrder]:
    return given if isinstance(given, Lines) else Lines(tuple_of(PlannedOrder, given, "/orders"))


def _demands(given: Iterable[Demand]) -> Lines[Demand]:
    return given if isinstance(given, Lines) else Lines(tuple_of(Demand, given, "/needs"))


def _pegs(given: Iterable[Peg]) -> tuple[Peg, ...]:
    return tuple_of(Peg, given, "/pegs")


def _shortages(given: Iterable[Shortage]) -> tuple[Shortage, ...]:
    return tuple_of(Shortage, given, "/shortages")


def _surplus(given: Iterable[Surplus]) -> tuple[Surplus, ...]:
    return tuple_of(Surplus, given, "/surplus")


@attrs.frozen(kw_only=True)
class SupplyPlan:
    """What netting found: orders to place, the needs that these bring with them, and who is served by what.

    Planned orders stand before those for their components; `needs` are the demands that the plan itself makes
    (components, safety stocks), `notes` what else is to be said (a substitute was taken, a bill is missing).
    """

    orders: Lines[PlannedOrder] = attrs.field(factory=Lines[PlannedOrder], converter=_orders)
    needs: Lines[Demand] = attrs.field(factory=Lines[Demand], converter=_demands)
    pegs: tuple[Peg, ...] = attrs.field(default=(), converter=_pegs)
    shortages: tuple[Shortage, ...] = attrs.field(default=(), converter=_shortages)
    surplus: tuple[Surplus, ...] = attrs.field(default=(), converter=_surplus)
    notes: tuple[Finding, ...] = ()

    def pegs_of(self, demand_id: str) -> tuple[Peg, ...]:
        """The pegs of one demand."""
        return tuple(each for each in self.pegs if each.demand_id == demand_id)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Shortages first, then surplus, then notes."""
        told = (*(each.finding for each in self.shortages), *(each.finding for each in self.surplus))
        return (*told, *self.notes)


@attrs.frozen
class TracedPeg:
    """A peg, so many levels below the demand that was asked about."""

    depth: int
    peg: Peg


def trace(plan: SupplyPlan, demand_id: str) -> tuple[TracedPeg, ...]:
    """Everything that serves a demand, through planned orders down to what is bought or on stock."""
    by_demand: dict[str, list[Peg]] = {}
    for peg in plan.pegs:
        by_demand.setdefault(peg.demand_id, []).append(peg)
    return tuple(_below(plan, by_demand, demand_id))


def _below(plan: SupplyPlan, by_demand: Mapping[str, list[Peg]], demand_id: str) -> Iterator[TracedPeg]:
    waiting = [TracedPeg(0, peg) for peg in reversed(by_demand.get(demand_id, ()))]
    seen: set[str] = set()
    while waiting:
        here = waiting.pop()
        yield here
        order = plan.orders.get(here.peg.supply_id)
        if order is None or order.id in seen:  # a lot that serves two needs is opened once
            continue
        seen.add(order.id)
        below = [peg for need in order.needs for peg in by_demand.get(need, ())]
        waiting += [TracedPeg(here.depth + 1, peg) for peg in reversed(below)]


def ready_days(plan: SupplyPlan, calendar: Calendar) -> Mapping[str, date | None]:
    """The day on which each demand can really be met: an order begins when its last component is there.

    By the id of the demand; None where something that it needs is not to be had at all. This is what makes a plan
    whose dates were set backwards from the wish come true forwards. Raises as the calendar does.
    """
    short = {each.demand_id for each in plan.shortages if each.covered_on is None}
    by_demand: dict[str, list[Peg]] = {each: [] for each in short}
    for peg in plan.pegs:
        by_demand.setdefault(peg.demand_id, []).append(peg)
    made: dict[str, date | None] = {}

    def met(demand_id: str) -> date | None:
        days = [made.get(peg.supply_id, peg.on) for peg in by_demand.get(demand_id, ())]
        known = [each for each in days if each is not None]
        return None if demand_id in short or len(known) < len(days) else max(known, default=date.min)

    for order in reversed(tuple(plan.orders)):  # components stand behind what they go into
        needs = [met(need) for need in order.needs]
        if None in needs:
            made[order.id] = None
            continue
        last = max((each for each in needs if each is not None), default=order.release_on)
        late = last > order.release_on
        made[order.id] = calendar.add_days(calendar.next_working_day(last), order.lead_days) if late else order.due_on
    return {demand_id: met(demand_id) for demand_id in by_demand}
