"""Amounts of an order in the currency in which a limit is set."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from orderlib.account.record import convert
from orderlib.errors import InvalidValueError
from orderlib.order.record import Order
from orderlib.values.fact import Facts
from orderlib.values.money import Money
from orderlib.values.rate import ExchangeRate

__all__ = ["converted", "percent_of", "rates_of"]


def rates_of(order: Order, facts: Facts) -> tuple[ExchangeRate, ...]:
    """The rates that count for an order: the one kept on it first, then those of the facts."""
    kept: Iterable[ExchangeRate] = () if order.exchange_rate is None else (order.exchange_rate,)
    return (*kept, *facts.rates)


def converted(money: Money, currency: str, order: Order, facts: Facts) -> Money | None:
    """The amount in another currency, or None where no rate leads there."""
    if money.currency == currency:
        return money
    try:
        return convert(money, currency, rates_of(order, facts))
    except InvalidValueError:
        return None


def percent_of(share: Fraction) -> str:
    """A share in percent with one place, as people read it."""
    tenths = round(share * 1000)
    return f"{'-' if tenths < 0 else ''}{abs(tenths) // 10}.{abs(tenths) % 10}"
