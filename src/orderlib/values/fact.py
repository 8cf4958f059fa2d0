"""What the outside world says at a moment: the facts that an application hands to policies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Final

import attrs

from orderlib.values.quantity import Quantity
from orderlib.values.rate import ExchangeRate, UnitPrice

__all__ = ["NO_FACTS", "Facts"]


def _rates(given: Iterable[ExchangeRate]) -> tuple[ExchangeRate, ...]:
    return tuple(given)


@attrs.frozen(kw_only=True)
class Facts:
    """A snapshot of stock, costs, prices, capacity and rates, by article or department.

    All of it is optional: a policy that misses a fact it needs answers *review*, never *accept*.
    `stock` is what is free, `unit_cost` what one unit costs to make or buy, `market_price` what the
    market pays, `lead_time` how long one takes to get, `load` how full a department or resource is
    (0 to 1 and above), `other` whatever an application's own policies want, as text.
    """

    stock: Mapping[str, Quantity] = attrs.field(factory=dict)
    unit_cost: Mapping[str, UnitPrice] = attrs.field(factory=dict)
    market_price: Mapping[str, UnitPrice] = attrs.field(factory=dict)
    lead_time: Mapping[str, timedelta] = attrs.field(factory=dict)
    load: Mapping[str, Decimal] = attrs.field(factory=dict)
    rates: tuple[ExchangeRate, ...] = attrs.field(default=(), converter=_rates)
    other: Mapping[str, str] = attrs.field(factory=dict)


NO_FACTS: Final = Facts()
