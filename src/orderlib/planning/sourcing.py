"""Where the goods of a line come from: own stock, own work, purchase or a partner, and why (APICS: make-or-buy)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from decimal import Decimal
from types import NoneType
from typing import Any, Final, Protocol, cast

import attrs

from orderlib.errors import Finding, FindingCode, InvalidValueError, Severity
from orderlib.order.field import pointer
from orderlib.planning.record import LineSource, Source, source_of
from orderlib.values.decimals import Number, decimal
from orderlib.values.decision import Decision
from orderlib.values.fact import Facts
from orderlib.values.identifier import text
from orderlib.values.money import Money
from orderlib.values.quantity import Quantity
from orderlib.values.rate import UnitPrice
from orderlib.values.typed import tuple_of, type_check, values_of

__all__ = ["CheapestInTime", "MakeOrBuy", "SourceOption", "SourcingDecision", "SourcingPolicy"]

STOCK: Final = FindingCode(
    "sourcing.stock", Severity.INFO, "{stock} of {item} are free, {wanted} wanted", "{item} 可用 {stock}，需要 {wanted}"
)
MAKE: Final = FindingCode(
    "sourcing.make",
    Severity.INFO,
    "{item} is made; load {load} is below {limit}",
    "{item} 自制；负荷 {load} 低于 {limit}",
)
BUY: Final = FindingCode(
    "sourcing.buy",
    Severity.INFO,
    "{item} is bought; load {load} is not below {limit}",
    "{item} 外购；负荷 {load} 不低于 {limit}",
)
BELOW: Final = FindingCode(
    "sourcing.below-limit", Severity.INFO, "it would be made with a load below {limit}", "若负荷低于 {limit}，则自制"
)
CHOSEN: Final = FindingCode(
    "sourcing.chosen",
    Severity.INFO,
    "{option} takes {days} and costs {cost}",
    "{option} 需 {days}，成本 {cost}",
)
TOO_SLOW: Final = FindingCode(
    "sourcing.too-slow",
    Severity.WARNING,
    "{option} takes {days}, {limit} are left",
    "{option} 需 {days}，仅剩 {limit}",
)
TOO_MUCH: Final = FindingCode(
    "sourcing.too-much",
    Severity.WARNING,
    "{option} gives {most} at most, {wanted} are wanted",
    "{option} 最多提供 {most}，需要 {wanted}",
)
UNPRICED: Final = FindingCode(
    "sourcing.unpriced",
    Severity.WARNING,
    "{option} cannot be compared: its cost is not known in {currency}",
    "{option} 的 {currency} 成本未知，无法比较",
)
NOTHING: Final = FindingCode(
    "sourcing.nothing", Severity.ERROR, "nobody gives {wanted} of {item}", "没有来源可提供 {item} {wanted}"
)
LEAD: Final = FindingCode("sourcing.lead-time", Severity.ERROR, "a lead time cannot be {value}", "提前期不能为 {value}")
_NONE: Final = timedelta(0)


_check_option: Final = type_check(
    ("lead_time", timedelta), ("unit_cost", (UnitPrice, NoneType)), ("most", (Quantity, NoneType))
)


@attrs.frozen
class SourceOption:
    """One way to get an article: from where, through whom, how soon, at what price, and how much at most.

    Raises `InvalidValueError` (`sourcing.lead-time` for less than nothing, `code.unknown`, `value.type`).
    """

    source: Source = attrs.field(converter=source_of)
    party: str = attrs.field(default="", converter=text)
    lead_time: timedelta = _NONE
    unit_cost: UnitPrice | None = None
    most: Quantity | None = None

    def __attrs_post_init__(self) -> None:
        _check_option(self)
        if self.lead_time < _NONE:
            raise InvalidValueError(LEAD("/lead_time", value=self.lead_time))

    def gives(self, wanted: Quantity) -> bool:
        """Whether it gives so much."""
        return self.most is None or (self.most.unit == wanted.unit and self.most >= wanted)

    def __str__(self) -> str:
        return f"{self.source}, {self.party}" if self.party else str(self.source)


@attrs.frozen
class SourcingDecision(Decision[Source]):
    """Where the goods come from, through whom, how long that takes and what it costs in all, where that is known."""

    party: str = attrs.field(default="", kw_only=True)
    lead_time: timedelta = attrs.field(default=_NONE, kw_only=True)
    cost: Money | None = attrs.field(default=None, kw_only=True)

    def for_line(self, line_id: str) -> LineSource:
        """What the plan keeps of it."""
        return LineSource(line_id, self.ruling, self.party, self.lead_time, self.cost)


class SourcingPolicy(Protocol):
    """Where an article comes from (slot `sourcing`)."""

    def __call__(self, item_id: str, wanted: Quantity, facts: Facts, /) -> Decision[Source]:
        """A `SourcingDecision`: stock, own make, purchase, a partner, or none."""
        ...


def _limit(value: Number) -> Decimal:
    return decimal(value, address="/limit")


@attrs.frozen
class MakeOrBuy:
    """From stock where it suffices, made where production's load is below `limit`, bought otherwise.

    Lead time and cost are what the facts say of the article. Raises `InvalidValueError` (`decimal.*`).
    """

    limit: Decimal = attrs.field(default=Decimal("0.9"), converter=_limit)

    def __call__(self, item_id: str, wanted: Quantity, facts: Facts, /) -> SourcingDecision:
        """Stock, make or buy."""
        price = facts.unit_cost.get(item_id)
        cost = _cost(price, wanted)
        stock = facts.stock.get(item_id)
        if stock is not None and stock.unit == wanted.unit and stock >= wanted:
            return SourcingDecision(
                Source.STOCK, (STOCK("/stock", item=item_id, stock=stock, wanted=wanted),), cost=cost
            )
        lead_time = facts.lead_time.get(item_id, _NONE)
        load = facts.load.get("production")
        if load is not None and load < self.limit:
            reason = MAKE("/load", item=item_id, load=load, limit=self.limit)
            return SourcingDecision(Source.MAKE, (reason,), lead_time=lead_time, cost=cost)
        reason = BUY("/load", item=item_id, load="unknown" if load is None else load, limit=self.limit)
        otherwise = (BELOW("/load", limit=self.limit),)
        return SourcingDecision(Source.BUY, (reason,), otherwise, lead_time=lead_time, cost=cost)


def _options(given: Mapping[str, Iterable[SourceOption]]) -> dict[str, tuple[SourceOption, ...]]:
    named = values_of(object, cast("Mapping[str, Any]", given), "/options")
    return {
        text(item): tuple_of(SourceOption, cast("Any", each), pointer("options", item)) for item, each in named.items()
    }


_check_within: Final = type_check(("within", (timedelta, NoneType)))


@attrs.frozen
class CheapestInTime:
    """Of the ways to get an article, the cheapest that is soon enough and gives enough.

    `options` are the ways by article, each with its lead time, its price and its limit: own work, suppliers, partners.
    Where `within` is given, slower ones are left out, unless all are: then the soonest is taken. What stock has is
    taken first. Raises `InvalidValueError` (`value.type`, `text.*`).
    """

    options: Mapping[str, tuple[SourceOption, ...]] = attrs.field(converter=_options)
    within: timedelta | None = None

    def __attrs_post_init__(self) -> None:
        _check_within(self)

    def __call__(self, item_id: str, wanted: Quantity, facts: Facts, /) -> SourcingDecision:
        """The option, with a reason for each that was passed over; none where nobody gives enough."""
        stock = facts.stock.get(item_id)
        if stock is not None and stock.unit == wanted.unit and stock >= wanted:
            reason = STOCK("/stock", item=item_id, stock=stock, wanted=wanted)
            return SourcingDecision(Source.STOCK, (reason,), cost=_cost(facts.unit_cost.get(item_id), wanted))
        known = self.options.get(item_id, ())
        enough = [
            each for each in known if each.most is None or (each.most.unit == wanted.unit and each.most >= wanted)
        ]
        passed = [
            TOO_MUCH("/options", option=each, most=each.most, wanted=wanted) for each in known if each not in enough
        ]
        if not enough:
            return SourcingDecision(Source.NONE, (NOTHING("/options", wanted=wanted, item=item_id), *passed))
        quick = [each for each in enough if self.within is None or each.lead_time <= self.within]
        passed += [
            TOO_SLOW("/options", option=each, days=each.lead_time, limit=self.within)
            for each in enough
            if each not in quick
        ]
        if not quick:
            return _chosen(min(enough, key=lambda each: each.lead_time), wanted, passed)
        best, unpriced = _cheapest(quick, wanted)
        return _chosen(best, wanted, [*passed, *unpriced])


def _cheapest(options: list[SourceOption], wanted: Quantity) -> tuple[SourceOption, list[Finding]]:
    """The cheapest of the options in the currency of the first that has a price; the others with what they lack."""
    costs = [_cost(each.unit_cost, wanted) for each in options]
    currency = next((cost.currency for cost in costs if cost is not None), None)
    if currency is None:
        return min(options, key=lambda each: each.lead_time), []
    priced = [
        (cost, option.lead_time, place)
        for place, (option, cost) in enumerate(zip(options, costs, strict=True))
        if cost is not None and cost.currency == currency
    ]
    places = {place for _, _, place in priced}
    left = [
        UNPRICED("/options", option=each, currency=currency)
        for place, each in enumerate(options)
        if place not in places
    ]
    return options[min(priced)[2]], left


def _chosen(option: SourceOption, wanted: Quantity, passed: list[Finding]) -> SourcingDecision:
    cost = _cost(option.unit_cost, wanted)
    reason = CHOSEN(
        "/options", option=option, days=option.lead_time, cost="an unknown amount" if cost is None else cost
    )
    return SourcingDecision(option.source, (reason, *passed), party=option.party, lead_time=option.lead_time, cost=cost)


def _cost(price: UnitPrice | None, wanted: Quantity) -> Money | None:
    """The cost of so much, where the price is for a unit that it can be counted in."""
    if price is None:
        return None
    try:
        return price.extend(wanted)
    except InvalidValueError:
        return None
