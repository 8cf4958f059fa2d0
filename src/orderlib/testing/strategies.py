"""All strategies in one place: `from orderlib.testing import strategies as st`."""

from __future__ import annotations

from orderlib.testing.cases import cases, histories
from orderlib.testing.commands import any_commands, legal_commands
from orderlib.testing.values import (
    actors,
    addresses,
    amounts,
    currencies,
    days,
    identifiers,
    instants,
    items,
    money,
    order_lines,
    orders,
    parties,
    quantities,
    tax_categories,
    texts,
    unit_prices,
)

__all__ = [
    "actors",
    "addresses",
    "amounts",
    "any_commands",
    "cases",
    "currencies",
    "days",
    "histories",
    "identifiers",
    "instants",
    "items",
    "legal_commands",
    "money",
    "order_lines",
    "orders",
    "parties",
    "quantities",
    "tax_categories",
    "texts",
    "unit_prices",
]
