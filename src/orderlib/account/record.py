"""What a customer owes and may owe, over all orders."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import attrs

from orderlib.errors import FindingCode, InvalidValueError, Severity
from orderlib.values.codelist import whole
from orderlib.values.currency import priced_currency
from orderlib.values.identifier import CaseId, PartyId, text
from orderlib.values.lines import Lines
from orderlib.values.money import Money
from orderlib.values.rate import ExchangeRate
from orderlib.values.rounding import HALF_UP, RoundingRule
from orderlib.values.typed import couples_of, instance_of, tuple_of

__all__ = ["CreditPosition", "CustomerAccount", "Exposure", "convert"]

RATE_MISSING: Final = FindingCode(
    "account.rate-missing",
    Severity.ERROR,
    "no rate is given from {source} to {target}",
    "没有给出从 {source} 到 {target} 的汇率",
)
CURRENCY: Final = FindingCode(
    "account.currency",
    Severity.ERROR,
    "an amount in {found} where the account is in {expected}",
    "金额币种为 {found}，而账户币种为 {expected}",
)
NEGATIVE_LIMIT: Final = FindingCode(
    "account.negative-limit", Severity.ERROR, "a credit limit of {limit} cannot be", "信用额度 {limit} 无效"
)


def convert(money: Money, currency: str, rates: Iterable[ExchangeRate] = (), rule: RoundingRule = HALF_UP) -> Money:
    """The amount in another currency, by the first rate given that leads there, forwards or backwards.

    Raises `InvalidValueError` (`account.rate-missing`).
    """
    if instance_of(Money, money, "/money").currency == currency:
        return money
    for rate in tuple_of(ExchangeRate, rates, "/rates"):
        if (rate.source, rate.target) == (money.currency, currency):
            return rate.convert(money, rule)
        if (rate.target, rate.source) == (money.currency, currency):
            return rate.convert_back(money, rule)
    raise InvalidValueError(RATE_MISSING(source=money.currency, target=currency))


@attrs.frozen
class Exposure:
    """What one case puts at risk, in the account's currency.

    `order` is accepted and not yet delivered, `delivered` is delivered and not yet invoiced, `receivable` is
    invoiced and not yet paid.
    """

    id: CaseId = attrs.field(converter=CaseId)
    order: Money
    delivered: Money
    receivable: Money

    @property
    def total(self) -> Money:
        """All three parts."""
        return self.order + self.delivered + self.receivable


def _currency(code: str) -> str:
    return priced_currency(code, address="/currency")[0]


def _exposures(given: Iterable[Exposure]) -> Lines[Exposure]:
    return Lines(given)


def _dunned(given: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    return couples_of(str, int, given, "/dunned")


@attrs.frozen(kw_only=True)
class CustomerAccount:
    """The stream of one customer's account: credit limit, block, dunning level, and what every case exposes.

    `limit` is None where nobody has set one. `order`, `delivered` and `receivable` are the sums over all cases,
    carried along so that asking costs the same for one open order and for a hundred thousand. `dunned` holds the level
    of reminders by case, where there is one, `dunning_level` the highest of them. `settled` counts
    the cases that expose nothing any more and have not been swept out yet. Made by `evolve` from events.
    """

    id: PartyId = attrs.field(converter=PartyId)
    currency: str = attrs.field(converter=_currency)
    order: Money
    delivered: Money
    receivable: Money
    version: int = 0
    limit: Money | None = None
    blocked: bool = False
    blocked_because: str = attrs.field(default="", converter=text)
    dunning_level: int = 0
    dunned: tuple[tuple[str, int], ...] = attrs.field(default=(), converter=_dunned)
    exposures: Lines[Exposure] = attrs.field(factory=Lines[Exposure], converter=_exposures)
    settled: int = 0

    def __attrs_post_init__(self) -> None:
        whole(self.dunning_level, 0, 99, "/dunning_level")
        check_limit(self.limit, self.currency)

    @property
    def next_due(self) -> None:
        """Nothing of an account lapses."""
        return

    @property
    def references(self) -> tuple[tuple[str, str], ...]:
        """Under what the stream can be found again: the party."""
        return (("party", str(self.id)),)

    def position(self, *, without: str = "") -> CreditPosition:
        """How the customer's credit stands now; `without` leaves out what one case exposes already."""
        order, delivered, receivable = self.order, self.delivered, self.receivable
        own = self.exposures.get(without) if without else None
        if own is not None:
            order, delivered, receivable = order - own.order, delivered - own.delivered, receivable - own.receivable
        return CreditPosition(
            limit=self.limit,
            order=order,
            delivered=delivered,
            receivable=receivable,
            blocked=self.blocked,
            dunning_level=self.dunning_level,
        )


def check_limit(limit: Money | None, currency: str) -> None:
    """Raise `InvalidValueError` (`account.currency`, `account.negative-limit`) for a limit that cannot be."""
    if limit is None:
        return
    if limit.currency != currency:
        raise InvalidValueError(CURRENCY("/limit/currency", found=limit.currency, expected=currency))
    if limit.minor < 0:
        raise InvalidValueError(NEGATIVE_LIMIT("/limit", limit=limit))


@attrs.frozen(kw_only=True)
class CreditPosition:
    """How a customer's credit stands: a plain value for policies, all in one currency.

    Exposure is what is ordered and not delivered, delivered and not invoiced, invoiced and not paid. Without a
    limit `available` is None, and a policy that needs one answers *review*.
    """

    limit: Money | None
    order: Money
    delivered: Money
    receivable: Money
    blocked: bool = False
    dunning_level: int = 0

    @property
    def currency(self) -> str:
        """The currency of every amount here."""
        return self.order.currency

    @property
    def exposure(self) -> Money:
        """All that is at risk."""
        return self.order + self.delivered + self.receivable

    @property
    def available(self) -> Money | None:
        """What is left of the limit, below zero where it is passed; None without a limit."""
        return None if self.limit is None else self.limit - self.exposure

    def after(self, order: Money, rates: Iterable[ExchangeRate] = ()) -> CreditPosition:
        """The position once an order of that amount has been accepted, too.

        Raises `InvalidValueError` (`account.rate-missing`) for another currency without a rate.
        """
        return attrs.evolve(self, order=self.order + convert(order, self.currency, rates))
