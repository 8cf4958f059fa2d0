"""Bills of material: what an article is made of, over all levels.

Two percentages say what is lost. `scrap` of a component is the share of what is issued that is lost on the way; the
`good` of a bill is the share of what is started that comes out well. Both divide: of 90 good ones at a yield of 90 %
100 are started. What is needed is rounded up to the digits of its unit: nobody issues two fifths of a bolt.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

import attrs

from orderlib.errors import Finding, FindingCode, InvalidValueError, Severity
from orderlib.supply.entry import check_sign
from orderlib.values.decimals import EXACT, Number, decimal
from orderlib.values.identifier import ItemId
from orderlib.values.instant import day
from orderlib.values.period import DayPeriod
from orderlib.values.quantity import Quantity
from orderlib.values.rounding import UP, rounded
from orderlib.values.twin import maker
from orderlib.values.typed import tuple_of, type_check
from orderlib.values.unit import UnitRounding

__all__ = ["Bill", "Bills", "Component", "Requirement", "Substitute", "explode"]

LOSS: Final = FindingCode(
    "bill.loss", Severity.ERROR, "{value} is no percentage from 0 to below 100", "{value} 不是 0 到 100（不含）的百分比"
)
GOOD: Final = FindingCode(
    "bill.good",
    Severity.ERROR,
    "{value} is no percentage above 0 and up to 100",
    "{value} 不是大于 0 且不超过 100 的百分比",
)
MAKES_NOTHING: Final = FindingCode(
    "bill.makes-nothing", Severity.ERROR, "a bill makes something, not {makes}", "物料清单的产出不能为 {makes}"
)
CYCLE: Final = FindingCode(
    "bill.cycle", Severity.ERROR, "articles that contain themselves: {way}", "物料清单循环：{way}"
)
OVERLAP: Final = FindingCode(
    "bill.overlap",
    Severity.ERROR,
    "two bills of {item} hold on the same days",
    "{item} 的两份物料清单有效期重叠",
)
TOO_LARGE: Final = FindingCode(
    "bill.too-large",
    Severity.ERROR,
    "the bill of {item} has more than {limit} lines over all levels",
    "{item} 的多级物料清单超过 {limit} 行",
)

_ZERO: Final = Decimal(0)
_HUNDRED: Final = Decimal(100)
_LINES: Final = 100_000
_DIGITS: Final = UnitRounding()


def _loss(value: Number) -> Decimal:
    number = decimal(value, address="/scrap")
    if not 0 <= number < _HUNDRED:
        raise InvalidValueError(LOSS("/scrap", value=number))
    return number


def _good(value: Number) -> Decimal:
    number = decimal(value, address="/good")
    if not 0 < number <= _HUNDRED:
        raise InvalidValueError(GOOD("/good", value=number))
    return number


_check_quantity: Final = type_check(("quantity", Quantity))
_check_component: Final = type_check(("quantity", Quantity), ("valid", DayPeriod))
_check_bill: Final = type_check(("makes", Quantity), ("phantom", bool), ("valid", DayPeriod))


@attrs.frozen
class Substitute:
    """What may be taken instead of a component, and how much of it for the same quantity of the product."""

    item_id: ItemId = attrs.field(converter=ItemId)
    quantity: Quantity

    def __attrs_post_init__(self) -> None:
        _check_quantity(self)
        check_sign(self.quantity)


def _substitutes(given: Iterable[Substitute]) -> tuple[Substitute, ...]:
    return tuple_of(Substitute, given, "/substitutes")


@attrs.frozen
class Component:
    """One line of a bill: so much of an article for what the bill makes, `scrap` percent of it lost on the way.

    It holds on the days of `valid`. `substitutes` stand in the order in which they are preferred. Raises
    `InvalidValueError` (`bill.loss`, `supply.negative-quantity`, `id.*`).
    """

    item_id: ItemId = attrs.field(converter=ItemId)
    quantity: Quantity
    scrap: Decimal = attrs.field(default=_ZERO, converter=_loss, kw_only=True)
    valid: DayPeriod = attrs.field(factory=DayPeriod, kw_only=True)
    substitutes: tuple[Substitute, ...] = attrs.field(default=(), converter=_substitutes, kw_only=True)

    def __attrs_post_init__(self) -> None:
        _check_component(self)
        check_sign(self.quantity)

    def needed(self, made: Fraction, per: Quantity | None = None) -> Quantity:
        """How much has to be issued for so many times what the bill makes; `per` of a substitute, where it is one."""
        each = per or self.quantity
        share = 1 - Fraction(self.scrap) / 100
        return rounded_up(Fraction(each.value) * made / share, each.unit)


def _components(given: Iterable[Component]) -> tuple[Component, ...]:
    return tuple_of(Component, given, "/components")


@attrs.frozen
class Bill:
    """What it takes to make `makes` of an article, of which `good` percent come out well.

    A `phantom` is never kept: its components are issued straight to what contains it. `valid` are the days on which
    an order for it is started. Raises `InvalidValueError` (`bill.good`, `bill.makes-nothing`, `value.type`).
    """

    item_id: ItemId = attrs.field(converter=ItemId)
    components: tuple[Component, ...] = attrs.field(converter=_components)
    makes: Quantity = attrs.field(factory=lambda: Quantity(1), kw_only=True)
    good: Decimal = attrs.field(default=_HUNDRED, converter=_good, kw_only=True)
    phantom: bool = attrs.field(default=False, kw_only=True)
    valid: DayPeriod = attrs.field(factory=DayPeriod, kw_only=True)

    def __attrs_post_init__(self) -> None:
        _check_bill(self)
        if self.makes.value <= 0:
            raise InvalidValueError(MAKES_NOTHING("/makes", makes=self.makes))

    def started(self, wanted: Quantity) -> Quantity:
        """How much has to be started so that so much comes out well."""
        return rounded_up(Fraction(wanted.value) * 100 / Fraction(self.good), wanted.unit)

    def on(self, day: date) -> tuple[Component, ...]:
        """The components that hold on a day."""
        return tuple(each for each in self.components if day in each.valid)

    def times(self, started: Quantity) -> Fraction:
        """How many times what the bill makes is started. Raises `InvalidValueError` (`quantity.unit-mismatch`)."""
        return started.share_of(self.makes)


def rounded_up(exact: Fraction, unit: str) -> Quantity:
    """An exact quantity with as many digits as its unit has, never less."""
    digits = _DIGITS(unit)
    count = rounded(UP, exact.numerator * 10**digits, exact.denominator)
    return Quantity(EXACT.scaleb(Decimal(count), -digits), unit)


def _bills(given: Iterable[Bill]) -> tuple[Bill, ...]:
    return tuple_of(Bill, given, "/bills")


@attrs.frozen
class Bills:
    """All bills of a plant: for one article several, as long as no two hold on the same day.

    Raises `InvalidValueError` with every overlap (`bill.overlap`) and every circle of articles that contain
    themselves (`bill.cycle`, which names them), whatever the days on which they hold.
    """

    bills: tuple[Bill, ...] = attrs.field(default=(), converter=_bills)
    _by_item: Mapping[str, tuple[Bill, ...]] = attrs.field(init=False, eq=False, repr=False)
    _levels: Mapping[str, int] = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        by_item: dict[str, list[Bill]] = {}
        wrong: list[Finding] = []
        for place, bill in enumerate(self.bills):
            known = by_item.setdefault(bill.item_id, [])
            if any(bill.valid.overlaps(other.valid) for other in known):
                wrong.append(OVERLAP(f"/bills/{place}/valid", item=bill.item_id))
            known.append(bill)
        inside = {item: _contents(bills) for item, bills in by_item.items()}
        place_of = {str(bill.item_id): place for place, bill in reversed(list(enumerate(self.bills)))}
        wrong += [CYCLE(f"/bills/{place_of[way[0]]}", way=" → ".join(way)) for way in _circles(inside)]
        if wrong:
            raise InvalidValueError(*wrong)
        object.__setattr__(self, "_by_item", {item: tuple(bills) for item, bills in by_item.items()})
        object.__setattr__(self, "_levels", _levels(inside))

    def of(self, item_id: str, on: date) -> Bill | None:
        """The bill of an article for orders that are started on a day, or None."""
        return next((bill for bill in self._by_item.get(item_id, ()) if on in bill.valid), None)

    def level(self, item_id: str) -> int:
        """The low-level code: how many levels of bills, at most, lie above the article; 0 for what nothing contains."""
        return self._levels.get(item_id, 0)


def _contents(bills: Iterable[Bill]) -> tuple[str, ...]:
    """The articles that may go into one, substitutes included."""
    found: dict[str, None] = {}
    for bill in bills:
        for component in bill.components:
            found |= dict.fromkeys((str(component.item_id), *(str(each.item_id) for each in component.substitutes)))
    return tuple(found)


def _circles(inside: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """Ways that lead from an article back to it, one for each step that closes one."""
    done: set[str] = set()
    for start in inside:
        way: dict[str, Iterator[str]] = {} if start in done else {start: iter(inside[start])}
        while way:
            here = next(reversed(way))
            below = next(way[here], None)
            if below is None:
                done.add(here)
                del way[here]
            elif below in way:
                steps = list(way)
                yield (*steps[steps.index(below) :], below)
            elif below not in done:
                way[below] = iter(inside.get(below, ()))


def _levels(inside: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """The longest way from above to each article; there are no circles."""
    above: dict[str, int] = dict.fromkeys(inside, 0)
    for contents in inside.values():
        for item in contents:
            above[item] = above.get(item, 0) + 1
    levels = dict.fromkeys(above, 0)
    ready = [item for item, count in above.items() if not count]
    while ready:
        here = ready.pop()
        for item in inside.get(here, ()):
            levels[item] = max(levels[item], levels[here] + 1)
            above[item] -= 1
            if not above[item]:
                ready.append(item)
    return levels


@attrs.frozen
class Requirement:
    """One line of an explosion: so much of an article, `level` bills below the product, by the way that led there."""

    item_id: ItemId
    quantity: Quantity
    level: int
    way: tuple[ItemId, ...]
    phantom: bool = False


_requirement = maker(Requirement, "item_id", "quantity", "level", "way", "phantom")


def explode(
    bills: Bills, item_id: str, quantity: Quantity, on: date, *, limit: int = _LINES
) -> tuple[Requirement, ...]:
    """Everything that goes into so much of an article, level by level as the tree is drawn, stock left aside.

    The product itself stands first, at level 0. Bills and components are those that hold on the day `on`. Raises
    `InvalidValueError` (`bill.too-large` beyond `limit` lines, `quantity.unit-mismatch`, `supply.negative-quantity`).
    """
    on = day(on, address="/on")
    check_sign(quantity)
    found: list[Requirement] = []
    waiting: list[tuple[ItemId, Quantity, tuple[ItemId, ...]]] = [(ItemId(item_id), quantity, ())]
    while waiting:
        item, wanted, way = waiting.pop()
        bill = bills.of(item, on)
        found.append(_requirement(item, wanted, len(way), way, bill is not None and bill.phantom))
        if len(found) + len(waiting) > limit:
            raise InvalidValueError(TOO_LARGE(item=item_id, limit=limit))
        if bill is not None:
            times, inside = bill.times(bill.started(wanted)), (*way, item)
            waiting += reversed([(each.item_id, each.needed(times), inside) for each in bill.on(on)])
    return tuple(found)
