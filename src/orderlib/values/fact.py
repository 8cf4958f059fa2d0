"""What the outside world says at a moment: the facts that an application hands to policies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any, Final, cast

import attrs

from orderlib.values.quantity import Quantity
from orderlib.values.rate import ExchangeRate, UnitPrice
from orderlib.values.typed import tuple_of, type_check

__all__ = ["NO_FACTS", "Facts"]

# `dict[str, Quantity]()` would be typed as well, and take ten times as long
_nothing: Final = cast("Callable[[], dict[str, Any]]", dict)


def _rates(given: Iterable[ExchangeRate]) -> tuple[ExchangeRate, ...]:
    return tuple_of(ExchangeRate, given, "/rates")


_check_tables: Final = type_check(
    *((name, Mapping) for name in ("stock", "unit_cost", "market_price", "lead_time", "load", "other"))
)


@attrs.frozen(kw_only=True)
class Facts:
    """A snapshot of stock, costs, prices, capacity and rates, by article or department.

    All of it is optional: a policy that misses a fact it needs answers *review*, never *accept*.
    `stock` is what is free, `unit_cost` what one unit costs to make or buy, `market_price` what the
    market pays, `lead_time` how long one takes to get, `load` how full a department or resource is
    (0 to 1 and above), `other` whatever an application's own policies want, as text. A table may be any
    mapping, also one that looks things up when it is asked. Raises `InvalidValueError` (`value.type`).
    """

    stock: Mapping[str, Quantity] = attrs.field(factory=_nothing)
    unit_cost: Mapping[str, UnitPrice] = attrs.field(factory=_nothing)
    market_price: Mapping[str, UnitPrice] = attrs.field(factory=_nothing)
    lead_time: Mapping[str, timedelta] = attrs.field(factory=_nothing)
    load: Mapping[str, Decimal] = attrs.field(factory=_nothing)
    rates: tuple[ExchangeRate, ...] = attrs.field(default=(), converter=_rates)
    other: Mapping[str, str] = attrs.field(factory=_nothing)

    def __attrs_post_init__(self) -> None:
        _check_tables(self)


NO_FACTS: Final = Facts()
