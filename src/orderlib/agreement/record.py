"""What was agreed for many orders at once, and how much of it has been called off."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from types import NoneType
from typing import Final

import attrs

from orderlib.errors import FindingCode, InvalidValueError, Severity
from orderlib.order.line import Item
from orderlib.order.payment import PaymentTerms
from orderlib.order.terms import DeliveryTerms
from orderlib.values.currency import priced_currency
from orderlib.values.decimals import EXACT, Number, decimal
from orderlib.values.identifier import AgreementId, CaseId, ItemId, text
from orderlib.values.instant import Instant, Zone, day_start, zone
from orderlib.values.lines import Lines
from orderlib.values.party import ExternalReference, Party, references_of
from orderlib.values.period import DayPeriod
from orderlib.values.quantity import conversion_factor
from orderlib.values.rate import UnitPrice
from orderlib.values.typed import tuple_of, type_check
from orderlib.values.unit import unit as unit_of

__all__ = ["AgreedItem", "Agreement", "AgreementAccount", "CallOff", "ItemBalance", "ItemQuantity"]

NEGATIVE: Final = FindingCode(
    "agreement.negative-quantity",
    Severity.ERROR,
    "a quantity of {quantity} cannot be agreed",
    "不能约定数量 {quantity}",
)
PRICE_CURRENCY: Final = FindingCode(
    "agreement.price-currency",
    Severity.ERROR,
    "a price in {found} where the agreement is in {expected}",
    "价格币种为 {found}，而协议币种为 {expected}",
)
_ZERO: Final = Decimal(0)
_LIMITED: Final = frozenset({"drafted", "in_force", "suspended"})


def _quantity(value: Number) -> Decimal:
    return decimal(value, address="/quantity")


def _limit(value: Number | None) -> Decimal | None:
    return None if value is None else decimal(value)


def _unit(code: str) -> str:
    return unit_of(code, address="/unit").code


_check_agreed: Final = type_check(("item", Item), ("price", (UnitPrice, NoneType)))


@attrs.frozen
class AgreedItem:
    """An article, its agreed price, and how much of it may be called off, in `unit`.

    `total` is for the whole term of the agreement, `maximum` for one order; None sets no bound. Raises
    `InvalidValueError` (`agreement.negative-quantity`, `conversion.missing` where the price's unit and the
    item's do not convert, and the findings of units and decimals).
    """

    item: Item
    price: UnitPrice | None = None
    unit: str = attrs.field(default="C62", converter=_unit, kw_only=True)
    total: Decimal | None = attrs.field(default=None, converter=_limit, kw_only=True)
    maximum: Decimal | None = attrs.field(default=None, converter=_limit, kw_only=True)

    def __attrs_post_init__(self) -> None:
        _check_agreed(self)
        for name, quantity in (("total", self.total), ("maximum", self.maximum)):
            if quantity is not None and quantity < 0:
                raise InvalidValueError(NEGATIVE(f"/{name}", quantity=quantity))
        if self.price is not None and self.price.unit is not None:
            conversion_factor(self.unit, self.price.unit, self.item.conversions)

    @property
    def id(self) -> ItemId:
        """The article's id."""
        return self.item.id


def _currency(code: str) -> str:
    return priced_currency(code, address="/currency")[0]


def _items(given: Iterable[AgreedItem]) -> Lines[AgreedItem]:
    return given if isinstance(given, Lines) else Lines(tuple_of(AgreedItem, given, "/items"))


def _zone(name: str) -> Zone:
    return zone(name, address="/zone")


_check_parts: Final = type_check(
    ("buyer", Party),
    ("seller", Party),
    ("valid", DayPeriod),
    ("delivery", (DeliveryTerms, NoneType)),
    ("payment", (PaymentTerms, NoneType)),
)


@attrs.frozen
class Agreement:
    """A framework agreement between a buyer and a seller (blanket order, UNCL 1001 code 221).

    `valid` is the term, in days of `zone`; open ends are open. Terms of delivery and payment, where they are
    agreed, hold for every call-off. Raises `InvalidValueError` (`agreement.price-currency`,
    `lines.duplicate-id`, `currency.*`, `value.zone-unknown`).
    """

    id: AgreementId = attrs.field(converter=AgreementId)
    buyer: Party
    seller: Party
    currency: str = attrs.field(converter=_currency)
    items: Lines[AgreedItem] = attrs.field(converter=_items)
    valid: DayPeriod = attrs.field(factory=DayPeriod, kw_only=True)
    zone: Zone = attrs.field(default="UTC", converter=_zone, kw_only=True)
    delivery: DeliveryTerms | None = attrs.field(default=None, kw_only=True)
    payment: PaymentTerms | None = attrs.field(default=None, kw_only=True)
    note: str = attrs.field(default="", converter=text, kw_only=True)
    references: tuple[ExternalReference, ...] = attrs.field(default=(), converter=references_of, kw_only=True)

    def __attrs_post_init__(self) -> None:
        _check_parts(self)
        wrong = [
            PRICE_CURRENCY(f"/items/{position}/price/currency", found=each.price.currency, expected=self.currency)
            for position, each in enumerate(self.items)
            if each.price is not None and each.price.currency != self.currency
        ]
        if wrong:
            raise InvalidValueError(*wrong)

    @property
    def ends_at(self) -> Instant | None:
        """The instant at which the term is over: the start of the day after its last; None where it is open."""
        last = self.valid.end_on
        if last is None or last == date.max:
            return None
        return day_start(last + timedelta(days=1), self.zone)


@attrs.frozen
class ItemQuantity:
    """So much of an agreed item, in the unit of the agreement."""

    item_id: ItemId = attrs.field(converter=ItemId)
    quantity: Decimal = attrs.field(converter=_quantity)


def _quantities(given: Iterable[ItemQuantity]) -> tuple[ItemQuantity, ...]:
    return tuple_of(ItemQuantity, given)


@attrs.frozen
class CallOff:
    """What one case has reserved of the agreement, and what of it has been delivered for good."""

    id: CaseId = attrs.field(converter=CaseId)
    reserved: tuple[ItemQuantity, ...] = attrs.field(default=(), converter=_quantities)
    consumed: tuple[ItemQuantity, ...] = attrs.field(default=(), converter=_quantities)


@attrs.frozen
class ItemBalance:
    """What all cases together have reserved and consumed of one item."""

    id: ItemId = attrs.field(converter=ItemId)
    reserved: Decimal = _ZERO
    consumed: Decimal = _ZERO

    @property
    def called_off(self) -> Decimal:
        """Reserved and consumed."""
        return EXACT.add(self.reserved, self.consumed)


def _call_offs(given: Iterable[CallOff]) -> Lines[CallOff]:
    return Lines(given)


def _balances(given: Iterable[ItemBalance]) -> Lines[ItemBalance]:
    return Lines(given)


@attrs.frozen(kw_only=True)
class AgreementAccount:
    """The stream of one agreement: its terms, its state in `AgreementLifecycle`, and what was called off.

    Made by `evolve` from events and by nothing else; `version` counts them.
    """

    agreement: Agreement
    state: str = "drafted"
    version: int = 0
    balances: Lines[ItemBalance] = attrs.field(factory=Lines[ItemBalance], converter=_balances)
    call_offs: Lines[CallOff] = attrs.field(factory=Lines[CallOff], converter=_call_offs)

    @property
    def id(self) -> AgreementId:
        """The agreement's id."""
        return self.agreement.id

    @property
    def next_due(self) -> Instant | None:
        """When the term is over, as long as that would change anything."""
        return self.agreement.ends_at if self.state in _LIMITED else None

    @property
    def references(self) -> tuple[tuple[str, str], ...]:
        """Under what the stream can be found again: parties, external ids."""
        agreement = self.agreement
        parties = (("party", str(party.id)) for party in (agreement.buyer, agreement.seller))
        return (*parties, *(("external", f"{each.system}/{each.id}") for each in agreement.references))

    def left(self, item_id: str) -> Decimal | None:
        """How much of an item may still be called off; None without bound, zero for what was not agreed."""
        agreed = self.agreement.items.get(item_id)
        if agreed is None:
            return _ZERO
        if agreed.total is None:
            return None
        balance = self.balances.get(item_id)
        return agreed.total if balance is None else max(_ZERO, EXACT.subtract(agreed.total, balance.called_off))

    @property
    def used_up(self) -> bool:
        """Whether every item is bounded and has been consumed to its bound."""
        return bool(self.agreement.items) and all(
            each.total is not None and self._consumed(each.id) >= each.total for each in self.agreement.items
        )

    def _consumed(self, item_id: str) -> Decimal:
        balance = self.balances.get(item_id)
        return _ZERO if balance is None else balance.consumed
