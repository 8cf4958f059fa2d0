"""What the simulated company knows of its stock, costs, prices and load: the same for the same seed."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from random import Random

import attrs

from orderlib.case.record import OrderCase
from orderlib.order.record import Order
from orderlib.values.fact import NO_FACTS, Facts
from orderlib.values.message import Command
from orderlib.values.quantity import Quantity
from orderlib.values.rate import UnitPrice

__all__ = ["SeededFacts"]


@attrs.frozen
class SeededFacts:
    """A `FactSource`: costs 60 to 85 % of the price, a market price near it, a part of it on stock, moderate load.

    What is `known` of an article or a department goes before what the dice say.
    """

    seed: int = 1
    known: Facts = NO_FACTS
    #: what was said of the order that was asked about last, which is mostly asked about next
    _said: list[tuple[Order, Facts]] = attrs.field(factory=list[tuple[Order, Facts]], init=False, eq=False, repr=False)

    def __call__(self, case: OrderCase, command: Command, /) -> Facts:
        """The facts for the articles of the order that the case or the command holds."""
        order = case.order if case.order is not None else getattr(command, "order", None)
        if not isinstance(order, Order):
            return NO_FACTS
        if not self._said or self._said[0][0] is not order:
            self._said[:] = [(order, self._facts(order))]
        return self._said[0][1]

    def _facts(self, order: Order) -> Facts:
        costs: dict[str, UnitPrice] = {}
        market: dict[str, UnitPrice] = {}
        stock: dict[str, Quantity] = {}
        lead: dict[str, timedelta] = {}
        for line in order.lines:
            item = str(line.item.id)
            dice = Random(f"{self.seed}/{item}")  # noqa: S311 - a story, not a secret
            lead[item] = timedelta(days=dice.randint(2, 15))
            stock[item] = Quantity(dice.randint(0, 50), line.quantity.unit)
            if line.price is not None:
                price = line.price
                costs[item] = _scaled(price, dice.randint(60, 85))
                market[item] = _scaled(price, dice.randint(95, 110))
        dice = Random(f"{self.seed}/load")  # noqa: S311 - a story, not a secret
        departments = ("technology", "production", "purchasing", "quality", "logistics", "planning")
        load = {name: Decimal(dice.randint(40, 85)) / 100 for name in departments}
        known = self.known
        return Facts(
            stock={**stock, **known.stock},
            unit_cost={**costs, **known.unit_cost},
            market_price={**market, **known.market_price},
            lead_time={**lead, **known.lead_time},
            load={**load, **known.load},
            rates=known.rates,
            other=known.other,
        )


def _scaled(price: UnitPrice, percent: int) -> UnitPrice:
    amount = (price.amount * percent / 100).quantize(Decimal("0.0001"))
    return UnitPrice(amount, price.currency, price.per)
