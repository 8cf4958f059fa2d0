"""Whom to buy from: price, lead time and reliability of the offers, and why this one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final, Protocol

import attrs

from orderlib.errors import Finding, FindingCode, InvalidValueError, Severity
from orderlib.supply.entry import Demand, check_sign
from orderlib.values.calendar import WEEKDAYS
from orderlib.values.codelist import whole
from orderlib.values.decimals import Number, decimal
from orderlib.values.decision import Decision, Verdict
from orderlib.values.identifier import PartyId
from orderlib.values.quantity import Quantity
from orderlib.values.rate import UnitPrice
from orderlib.values.typed import type_check
from orderlib.values.worktime import Calendar

__all__ = [
    "DEFAULTS",
    "OUTCOMES",
    "CheapestReliableInTime",
    "SupplierDecision",
    "SupplierOffer",
    "SupplierPolicy",
]


def _code(name: str, severity: Severity, en: str, zh: str) -> FindingCode:
    return FindingCode(f"supplier.{name}", severity, en, zh)


RELIABILITY: Final = _code(
    "reliability", Severity.ERROR, "{value} is no share from 0 to 1", "{value} 不是 0 到 1 的比率"
)
NO_OFFER: Final = _code("no-offer", Severity.ERROR, "nobody offers {item}", "没有供应商提供 {item}")
CHOSEN: Final = _code(
    "chosen",
    Severity.INFO,
    "{supplier} delivers by {on} with {reliability} for {price}",
    "{supplier} 于 {on} 交付，可靠度 {reliability}，价格 {price}",
)
NOT_IN_TIME: Final = _code(
    "not-in-time",
    Severity.WARNING,
    "{supplier} delivers by {on}, wanted on {wanted}",
    "{supplier} 于 {on} 交付，要求 {wanted}",
)
UNRELIABLE: Final = _code(
    "unreliable",
    Severity.WARNING,
    "{supplier} keeps its word in {reliability} of the cases, {least} is asked for",
    "{supplier} 的履约率为 {reliability}，要求 {least}",
)
TOO_LITTLE: Final = _code(
    "minimum",
    Severity.WARNING,
    "{supplier} sells {minimum} at least, {wanted} are wanted",
    "{supplier} 起订 {minimum}，需求 {wanted}",
)
OTHER_UNIT: Final = _code("unit", Severity.WARNING, "{supplier} sells in another unit", "{supplier} 的计量单位不同")
OTHER_CURRENCY: Final = _code(
    "currency",
    Severity.WARNING,
    "{supplier} asks for {found}, the first offer is in {expected}: they cannot be compared",
    "{supplier} 的币种为 {found}，首个报价为 {expected}，无法比较",
)
WOULD_BE: Final = _code(
    "would-be", Severity.INFO, "{supplier} would be chosen below {price}", "若低于 {price}，则选择 {supplier}"
)
WOULD_BE_SOONER: Final = _code(
    "would-be-sooner",
    Severity.INFO,
    "{supplier} would be chosen with {days} working days less",
    "若缩短 {days} 个工作日，则选择 {supplier}",
)


def _reliability(value: Number) -> Decimal:
    number = decimal(value, address="/reliability")
    if not 0 <= number <= 1:
        raise InvalidValueError(RELIABILITY("/reliability", value=number))
    return number


_check: Final = type_check(("price", UnitPrice), ("minimum", (Quantity, type(None))))


@attrs.frozen
class SupplierOffer:
    """What a supplier asks, how many working days it takes, and in which share of the cases it has kept its word.

    Raises `InvalidValueError` (`supplier.reliability`, `number.whole`, `supply.negative-quantity`, `id.*`).
    """

    supplier_id: PartyId = attrs.field(converter=PartyId)
    price: UnitPrice
    lead_days: int
    reliability: Decimal = attrs.field(default=Decimal(1), converter=_reliability)
    minimum: Quantity | None = None

    def __attrs_post_init__(self) -> None:
        _check(self)
        whole(self.lead_days, 0, 3660, "/lead_days")
        if self.minimum is not None:
            check_sign(self.minimum, "/minimum")


@attrs.frozen
class SupplierDecision(Decision[Verdict]):
    """Whom to buy from: yes; review, where nobody meets all that is asked for, with the best one; no without any."""

    chosen: PartyId | None = attrs.field(default=None, converter=attrs.converters.optional(PartyId), kw_only=True)
    expected_on: date | None = attrs.field(default=None, kw_only=True)


class SupplierPolicy(Protocol):
    """Chooses among offers (slot `supplier`)."""

    def __call__(self, need: Demand, offers: tuple[SupplierOffer, ...], today: date, /) -> Decision[Verdict]:
        """A `SupplierDecision` that says why, and what would have led to another."""
        ...


@attrs.frozen
class _Judged:
    place: int
    offer: SupplierOffer
    on: date
    cost: Fraction
    faults: tuple[Finding, ...]


@attrs.frozen
class CheapestReliableInTime:
    """The lowest price among those who deliver in time and keep their word in at least `least` of the cases.

    Where nobody does, a person looks at it, and the one who comes soonest is named, then the more reliable, then the
    cheaper. Ties go to the more reliable, the quicker, the first.
    """

    least: Decimal = Decimal("0.8")
    calendar: Calendar = WEEKDAYS

    def __call__(self, need: Demand, offers: tuple[SupplierOffer, ...], today: date, /) -> SupplierDecision:
        """Whom to buy from, with what speaks against each of the others."""
        judged = list(self._judged(need, offers, today))
        if not judged:
            return SupplierDecision(Verdict.NO, (NO_OFFER("/offers", item=need.item_id),))
        fit = [each for each in judged if not each.faults]
        others = [fault for each in judged for fault in each.faults]
        if fit:
            best = min(fit, key=lambda each: (each.cost, -each.offer.reliability, each.on, each.place))
            return self._decided(Verdict.YES, best, others, self._otherwise(need, best, judged))
        possible = [each for each in judged if not {fault.code for fault in each.faults} & _BARRED]
        if not possible:
            return SupplierDecision(Verdict.NO, tuple(others))
        best = min(possible, key=lambda each: (each.on, -each.offer.reliability, each.cost, each.place))
        return self._decided(Verdict.REVIEW, best, others, ())

    def _judged(self, need: Demand, offers: Iterable[SupplierOffer], today: date) -> Iterable[_Judged]:
        currency = next((each.price.currency for each in offers), "")
        for place, offer in enumerate(offers):
            where, supplier = f"/offers/{place}", offer.supplier_id
            on = self.calendar.add_days(self.calendar.next_working_day(today), offer.lead_days)
            faults: list[Finding] = []
            cost = Fraction(0)
            try:
                cost = offer.price.exact(need.quantity)
            except InvalidValueError:
                faults.append(OTHER_UNIT(f"{where}/price/unit", supplier=supplier))
            if offer.price.currency != currency:
                found = offer.price.currency
                faults.append(
                    OTHER_CURRENCY(f"{where}/price/currency", supplier=supplier, found=found, expected=currency)
                )
            faults += self._short(need, offer, on, where)
            yield _Judged(place, offer, on, cost, tuple(faults))

    def _short(self, need: Demand, offer: SupplierOffer, on: date, where: str) -> Iterable[Finding]:
        """What an offer lacks of what is asked for."""
        supplier, minimum = offer.supplier_id, offer.minimum
        if minimum is not None and minimum.unit != need.quantity.unit:
            yield OTHER_UNIT(f"{where}/minimum/unit", supplier=supplier)
        elif minimum is not None and minimum > need.quantity:
            yield TOO_LITTLE(f"{where}/minimum", supplier=supplier, minimum=minimum, wanted=need.quantity)
        if offer.reliability < self.least:
            facts: Mapping[str, Any] = {"reliability": offer.reliability, "least": self.least}
            yield UNRELIABLE(f"{where}/reliability", supplier=supplier, **facts)
        if on > need.on:
            yield NOT_IN_TIME(f"{where}/lead_days", supplier=supplier, on=on, wanted=need.on)

    def _otherwise(self, need: Demand, best: _Judged, judged: Iterable[_Judged]) -> Iterable[Finding]:
        """What would have made another the choice: a lower price, or less time."""
        price = best.offer.price.extend(need.quantity)
        for each in judged:
            where, supplier = f"/offers/{each.place}", each.offer.supplier_id
            if each is not best and not each.faults:
                yield WOULD_BE(f"{where}/price", supplier=supplier, price=price)
            elif [fault.code for fault in each.faults] == [NOT_IN_TIME.code] and each.cost < best.cost:
                days = self.calendar.days_between(need.on, each.on)
                yield WOULD_BE_SOONER(f"{where}/lead_days", supplier=supplier, days=days)

    def _decided(
        self, verdict: Verdict, best: _Judged, others: Iterable[Finding], otherwise: Iterable[Finding]
    ) -> SupplierDecision:
        offer = best.offer
        facts: Mapping[str, Any] = {"reliability": offer.reliability, "price": offer.price, "on": best.on}
        reason = CHOSEN(f"/offers/{best.place}", supplier=offer.supplier_id, **facts)
        return SupplierDecision(
            verdict, (reason, *others), tuple(otherwise), chosen=offer.supplier_id, expected_on=best.on
        )


_BARRED: Final = frozenset({OTHER_UNIT.code, OTHER_CURRENCY.code, TOO_LITTLE.code})

DEFAULTS: Final[Mapping[str, Callable[[], Any]]] = {"supplier": CheapestReliableInTime}
OUTCOMES: Final[Mapping[str, type[StrEnum]]] = {"supplier": Verdict}
