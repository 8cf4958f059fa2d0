"""What is finer than money: unit prices, exchange rates, percentages.

All are bounded decimals that meet money through one exact product and one rounding, by a rule that has a
name. Source for the price with its base quantity: EN 16931-1, BT-146 to BT-150.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

import attrs

from orderlib.errors import FindingCode, InvalidValueError, Severity
from orderlib.values.currency import priced_currency
from orderlib.values.decimals import Number, decimal, excerpt
from orderlib.values.money import Money
from orderlib.values.quantity import Conversion, Quantity, conversion_factor
from orderlib.values.rounding import HALF_UP, RoundingRule
from orderlib.values.typed import instance_of
from orderlib.values.unit import unit as unit_of

__all__ = ["ExchangeRate", "Percentage", "UnitPrice", "percent"]

_MAX_ORIGIN: Final = 80
_PERCENT_DIGITS: Final = 18
_ONE: Final = Decimal(1)

NOT_POSITIVE = FindingCode("rate.not-positive", Severity.ERROR, "{value} is not above zero", "{value} 不大于零")
SAME_CURRENCY = FindingCode(
    "rate.same-currency", Severity.ERROR, "a rate leads from one currency to another", "汇率须涉及两种不同货币"
)
NOT_DAY = FindingCode(
    "rate.day", Severity.ERROR, "a rate holds on a date, not on {type}", "汇率须对应一个日期，而不是 {type}"
)
BAD_ORIGIN = FindingCode(
    "rate.origin",
    Severity.ERROR,
    "the origin of a rate is a printable text of at most {limit} characters, not {text}",
    "汇率来源须为不超过 {limit} 个字符的可打印文本，而不是 {text}",
)
WRONG_CURRENCY = FindingCode(
    "rate.currency-mismatch",
    Severity.ERROR,
    "the rate converts {expected}, not {currency}",
    "该汇率换算的是 {expected}，而不是 {currency}",
)


def _amount(value: Number) -> Decimal:
    return decimal(value, address="/amount")


def _base(value: Number) -> Decimal:
    return _ONE if value is _ONE else _above_zero(value, "/per")


def _rate(value: Number) -> Decimal:
    return _above_zero(value, "/rate")


def _percent(value: Number) -> Decimal:
    return decimal(value, address="/value", max_digits=_PERCENT_DIGITS)


def _above_zero(value: Number, address: str) -> Decimal:
    number = decimal(value, address=address)
    if number <= 0:
        raise InvalidValueError(NOT_POSITIVE(address, value=number))
    return number


def _currency(code: str) -> str:
    return priced_currency(code, address="/currency")[0]


def _source(code: str) -> str:
    return priced_currency(code, address="/source")[0]


def _target(code: str) -> str:
    return priced_currency(code, address="/target")[0]


def _unit(code: str | None) -> str | None:
    return None if code is None else unit_of(code, address="/unit").code


def _day(_: object, __: object, value: date) -> None:
    if type(value) is not date:
        raise InvalidValueError(NOT_DAY("/on", type=type(value).__name__[:40]))


def _origin(_: object, __: object, value: str) -> None:
    if type(value) is not str or len(value) > _MAX_ORIGIN or not value.isprintable():
        text = excerpt(value) if type(value) is str else type(value).__name__[:40]
        raise InvalidValueError(BAD_ORIGIN("/origin", text=text, limit=_MAX_ORIGIN))


@attrs.frozen(repr=False)
class UnitPrice:
    """A price for a base quantity: `UnitPrice("1.2345", "EUR", per=100, unit="H87")` is 1.2345 EUR per 100 pieces.

    `amount` and `per` are bounded decimals in major units and in `unit`; without a unit the price is for
    whatever unit the quantity has. Raises `InvalidValueError` with the findings of `decimals.decimal`,
    `currency.priced_currency` and `unit.unit`, and `rate.not-positive` for a base of zero or below.
    Source: EN 16931-1, BT-146 (net price), BT-149 (base quantity), BT-150 (its unit).
    """

    amount: Decimal = attrs.field(converter=_amount)
    currency: str = attrs.field(converter=_currency)
    per: Decimal = attrs.field(default=_ONE, converter=_base)
    unit: str | None = attrs.field(default=None, converter=_unit)

    def extend(self, quantity: Quantity, rule: RoundingRule = HALF_UP, conversions: Iterable[Conversion] = ()) -> Money:
        """Price times quantity over base quantity, rounded once to the minor unit.

        A quantity in another unit than the price's is converted exactly; `conversion.missing` if it cannot be.
        """
        return Money.of_ratio(*self._product(quantity, conversions), self.currency, rule)

    def exact(self, quantity: Quantity, conversions: Iterable[Conversion] = ()) -> Fraction:
        """Price times quantity over base quantity in major units, as it is before any rounding."""
        return Fraction(*self._product(quantity, conversions))

    def _product(self, quantity: Quantity, conversions: Iterable[Conversion]) -> tuple[int, int]:
        instance_of(Quantity, quantity, "/quantity")
        price, price_below = self.amount.as_integer_ratio()
        count, count_below = quantity.value.as_integer_ratio()
        base, base_below = self.per.as_integer_ratio()
        above, below = price * count * base_below, price_below * count_below * base
        if self.unit is None or self.unit == quantity.unit:
            return above, below
        factor = conversion_factor(quantity.unit, self.unit, conversions)
        return above * factor.numerator, below * factor.denominator

    def __str__(self) -> str:
        per = "" if self.per == 1 and self.unit is None else f" / {self.per:f}"
        return f"{self.amount:f} {self.currency}{per}{' ' + self.unit if self.unit else ''}"

    def __repr__(self) -> str:
        per = "" if self.per == 1 else f", per='{self.per:f}'"
        unit = "" if self.unit is None else f", unit='{self.unit}'"
        return f"UnitPrice('{self.amount:f}', '{self.currency}'{per}{unit})"


@attrs.frozen
class ExchangeRate:
    """One unit of `source` buys `rate` units of `target` on a day: `ExchangeRate("USD", "EUR", "0.92", on=day)`.

    `origin` says where the rate comes from (a contract, a central bank). Raises `InvalidValueError` with the
    findings of `decimals.decimal` and `currency.priced_currency`, `rate.not-positive`, `rate.same-currency`,
    `rate.day`, `rate.origin`.
    """

    source: str = attrs.field(converter=_source)
    target: str = attrs.field(converter=_target)
    rate: Decimal = attrs.field(converter=_rate)
    on: date = attrs.field(validator=_day)
    origin: str = attrs.field(default="", validator=_origin)

    def __attrs_post_init__(self) -> None:
        if self.source == self.target:
            raise InvalidValueError(SAME_CURRENCY("/target"))

    def convert(self, money: Money, rule: RoundingRule = HALF_UP) -> Money:
        """Money of the source currency in the target currency; `rate.currency-mismatch` for any other."""
        self._expect(money, self.source)
        return Money.rounded(Fraction(money.amount) * Fraction(self.rate), self.target, rule)

    def convert_back(self, money: Money, rule: RoundingRule = HALF_UP) -> Money:
        """Money of the target currency in the source currency, divided by the same rate."""
        self._expect(money, self.target)
        return Money.rounded(Fraction(money.amount) / Fraction(self.rate), self.source, rule)

    def _expect(self, money: Money, currency: str) -> None:
        if instance_of(Money, money, "/money").currency != currency:
            raise InvalidValueError(WRONG_CURRENCY(expected=currency, currency=money.currency))

    def __str__(self) -> str:
        return f"1 {self.source} = {self.rate:f} {self.target} ({self.on.isoformat()})"


@attrs.frozen(order=True, repr=False)
class Percentage:
    """So many hundredths: `Percentage("19")` is 19 %; a bounded decimal, also below zero or above a hundred.

    Raises `InvalidValueError` with the findings of `decimals.decimal` at `/value`.
    """

    value: Decimal = attrs.field(converter=_percent)

    @property
    def ratio(self) -> Fraction:
        """The same as an exact fraction: 19 % is 19/100."""
        return Fraction(self.value) / 100

    def of(self, money: Money, rule: RoundingRule = HALF_UP) -> Money:
        """That share of an amount, rounded once to the minor unit."""
        return instance_of(Money, money, "/money").times(self.ratio, rule)

    def __str__(self) -> str:
        return f"{self.value:f} %"

    def __repr__(self) -> str:
        return f"Percentage('{self.value:f}')"


def percent(value: Number) -> Percentage:
    """So many hundredths: `percent("20").of(money)` is a fifth of it."""
    return Percentage(value)
